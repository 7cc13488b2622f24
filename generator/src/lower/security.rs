//! Security: which schemes an operation takes, and what is sent for them.

use openapiv3::{
    APIKeyLocation, Operation as Described, ReferenceOr, SecurityRequirement, SecurityScheme,
};

use super::Lower;
use crate::api::{ConstantName, Docs, Name, Scheme, SchemeKind, Security};
use crate::document::Pointer;

/// The schemes of HTTP that answer a question of the server, for which a client has to compute something.
const CHALLENGES: [&str; 7] =
    ["digest", "dpop", "hoba", "mutual", "negotiate", "ntlm", "signature"];

/// A label longer than this is a text.
const LONGEST_LABEL: usize = 60;

impl<'a> Lower<'a, '_> {
    /// The ways to authenticate a call. One that takes a scheme without Rust is left out.
    pub(super) fn security(&mut self, described: &'a Described, at: &Pointer) -> Security {
        let api = self.document.api();
        let (requirements, at) = match (&described.security, &api.security) {
            (Some(own), _) => (own, at.child("security")),
            (None, Some(shared)) => (shared, Pointer::root().child("security")),
            (None, None) => return Vec::new(),
        };
        let mut ways = Vec::new();
        for (index, requirement) in requirements.iter().enumerate() {
            if let Some(way) = self.way(requirement, &at.child(index))
                && !ways.contains(&way)
            {
                ways.push(way);
            }
        }
        // Where nothing else is left, everybody is let in, and that need not be said.
        if ways.iter().all(Vec::is_empty) { Vec::new() } else { ways }
    }

    /// The schemes of one way, sorted.
    fn way(&mut self, requirement: &'a SecurityRequirement, at: &Pointer) -> Option<Vec<String>> {
        let mut names: Vec<&'a str> = requirement.keys().map(String::as_str).collect();
        names.sort_unstable();
        // Each is looked at, so that all that is wrong is said at once.
        let known = names.iter().filter(|name| self.knows_scheme(name, at)).count();
        (known == names.len()).then(|| names.into_iter().map(str::to_owned).collect())
    }

    fn knows_scheme(&mut self, name: &'a str, way: &Pointer) -> bool {
        if !self.looked_up_schemes.contains(name) {
            self.looked_up_schemes.insert(name);
            let scheme = self.scheme(name, way);
            self.schemes.extend(scheme.map(|scheme| (name.to_owned(), scheme)));
        }
        self.schemes.contains_key(name)
    }

    /// The scheme of that name, which is taken first by the way that stands at `way`.
    fn scheme(&mut self, name: &str, way: &Pointer) -> Option<Scheme> {
        let place = Pointer::root().join(["components", "securitySchemes", name]);
        let found = self.resolved(name).ok_or_else(|| {
            if self.document.value(&place).is_some() {
                format!(
                    "the security scheme `{name}` is of an unknown kind, or described elsewhere"
                )
            } else {
                format!("there is no security scheme `{name}`")
            }
        });
        let (scheme, kind) = match found.and_then(|scheme| Ok((scheme, kind(scheme)?))) {
            Ok(found) => found,
            Err(message) => {
                let is_there = self.document.value(&place).is_some();
                let at = if is_there { place } else { way.child(name) };
                self.leave_out_way(&at, way, message);
                return None;
            }
        };
        let description = description(scheme).filter(|text| !text.trim().is_empty());
        Some(Scheme {
            constant: ConstantName::new(name),
            kind,
            label: description
                .and_then(label)
                .unwrap_or_else(|| name.replace(['_', '-', '[', ']'], " ")),
            docs: Docs { title: None, description: description.map(str::to_owned) },
        })
    }

    /// Says why a way to authenticate is left out.
    fn leave_out_way(&mut self, at: &Pointer, way: &Pointer, message: String) {
        let help = format!(
            "describe the scheme in another way with an overlay, or leave out there what takes it:\n       \
             - target: {}\n         remove: true",
            self.document.original(way).to_path()
        );
        let diagnostic = self.error(at, "unsupported-security", message).help(help);
        self.degrade(diagnostic, "so the ways to authenticate that take it are left out");
    }

    /// The scheme that a name stands for, be it by way of other names.
    fn resolved(&self, name: &str) -> Option<&'a SecurityScheme> {
        let schemes = &self.document.api().components.as_ref()?.security_schemes;
        let mut scheme = schemes.get(name)?;
        // As many steps as there are schemes lead anywhere but round in circles.
        for _ in 0..=schemes.len() {
            match scheme {
                ReferenceOr::Item(scheme) => return Some(scheme),
                ReferenceOr::Reference { reference } => {
                    let name = reference.strip_prefix("#/components/securitySchemes/")?;
                    scheme = schemes.get(name)?;
                }
            }
        }
        None
    }
}

/// What is sent for a scheme, or why nothing can be.
fn kind(scheme: &SecurityScheme) -> Result<SchemeKind, String> {
    match scheme {
        SecurityScheme::HTTP { scheme, bearer_format, .. } => {
            match scheme.to_ascii_lowercase().as_str() {
                "bearer" => Ok(SchemeKind::Bearer(bearer_format.clone())),
                "basic" => Ok(SchemeKind::Basic),
                lower if CHALLENGES.contains(&lower) || lower.starts_with("scram-") => {
                    Err(format!("a client cannot compute what the scheme `{scheme}` asks for"))
                }
                _ if is_token(scheme) => Ok(SchemeKind::Http(scheme.clone())),
                _ => Err(format!("HTTP cannot have a scheme `{scheme}`")),
            }
        }
        // How a client comes by such a token is between its user and who issues it.
        SecurityScheme::OAuth2 { .. } => Ok(SchemeKind::Bearer(Some("OAuth 2".to_owned()))),
        SecurityScheme::OpenIDConnect { .. } => {
            Ok(SchemeKind::Bearer(Some("OpenID Connect".to_owned())))
        }
        SecurityScheme::APIKey { location, name, .. } => match location {
            APIKeyLocation::Query if !name.is_empty() => Ok(SchemeKind::Query(name.clone())),
            APIKeyLocation::Header if is_token(name) => Ok(SchemeKind::Header(name.clone())),
            APIKeyLocation::Cookie if is_token(name) => Ok(SchemeKind::Cookie(name.clone())),
            _ => Err(format!("nothing can be sent by the name `{name}` there")),
        },
    }
}

fn description(scheme: &SecurityScheme) -> Option<&str> {
    match scheme {
        SecurityScheme::APIKey { description, .. }
        | SecurityScheme::HTTP { description, .. }
        | SecurityScheme::OAuth2 { description, .. }
        | SecurityScheme::OpenIDConnect { description, .. } => description.as_deref(),
    }
}

/// What HTTP calls a token: the names of headers, cookies and schemes.
fn is_token(name: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(is_part)
}

/// A description that is short enough for being a name.
fn label(description: &str) -> Option<String> {
    let text = description.trim();
    let text = text.strip_suffix('.').unwrap_or(text);
    let is_short = text.chars().count() <= LONGEST_LABEL && !text.contains(['\n', '[', ']']);
    (is_short && !text.contains(". ")).then(|| text.to_owned())
}
