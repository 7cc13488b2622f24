//! Security: the schemes of each operation, and what is sent for them.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{APIKeyLocation, ReferenceOr, SecurityRequirement, SecurityScheme};

use super::endpoint::Endpoint;
use super::report::Report;
use super::view::View;
use crate::api::{ConstantName, Docs, Name, Scheme, SchemeKind, Security};
use crate::document::Pointer;

/// HTTP authentication schemes for which a client has to compute the response to a challenge. They are not supported.
const CHALLENGES: [&str; 7] =
    ["digest", "dpop", "hoba", "mutual", "negotiate", "ntlm", "signature"];

/// The maximum length of a label.
const LONGEST_LABEL: usize = 60;

/// The security schemes that operations use.
pub(super) struct Schemes<'a, 's> {
    view: View<'a, 's>,
    pub(super) found: BTreeMap<String, Scheme>,
    /// The names of all schemes that were looked up, including unsupported ones.
    looked_up: BTreeSet<&'a str>,
}

impl<'a, 's> Schemes<'a, 's> {
    pub(super) fn new(view: View<'a, 's>) -> Self {
        Self { view, found: BTreeMap::new(), looked_up: BTreeSet::new() }
    }

    /// The ways to authenticate a call. Ways with an unsupported scheme are left out.
    pub(super) fn security(
        &mut self,
        endpoint: &Endpoint<'a>,
        report: &mut Report<'a, 's>,
    ) -> Security {
        let api = self.view.document.api();
        let (requirements, at) = match (&endpoint.operation.security, &api.security) {
            (Some(own), _) => (own, endpoint.at.child("security")),
            (None, Some(shared)) => (shared, Pointer::root().child("security")),
            (None, None) => return Vec::new(),
        };
        let mut ways = Vec::new();
        for (index, requirement) in requirements.iter().enumerate() {
            if let Some(way) = self.way(requirement, &at.child(index), report)
                && !ways.contains(&way)
            {
                ways.push(way);
            }
        }
        // No authentication is the default.
        if ways.iter().all(Vec::is_empty) { Vec::new() } else { ways }
    }

    /// The schemes of one way, sorted; `None` if one of them is not supported.
    fn way(
        &mut self,
        requirement: &'a SecurityRequirement,
        at: &Pointer,
        report: &mut Report<'a, 's>,
    ) -> Option<Vec<String>> {
        let mut names: Vec<&'a str> = requirement.keys().map(String::as_str).collect();
        names.sort_unstable();
        // All schemes are looked up, so that all errors are reported at once.
        for name in names.iter().filter(|name| !self.looked_up.contains(**name)).copied() {
            let scheme = self.scheme(name, at, report);
            self.found.extend(scheme.map(|scheme| (name.to_owned(), scheme)));
        }
        self.looked_up.extend(&names);
        let is_known = names.iter().all(|name| self.found.contains_key(*name));
        is_known.then(|| names.into_iter().map(str::to_owned).collect())
    }

    /// The scheme with this name, which the way at `way` requires first.
    fn scheme(&self, name: &str, way: &Pointer, report: &mut Report<'a, 's>) -> Option<Scheme> {
        let place = Pointer::root().join(["components", "securitySchemes", name]);
        let is_there = self.view.document.value(&place).is_some();
        let found = self.resolved(name).ok_or_else(|| match is_there {
            true => format!(
                "the security scheme `{name}` is of an unknown kind, or described elsewhere"
            ),
            false => format!("there is no security scheme `{name}`"),
        });
        let (scheme, kind) = match found.and_then(|scheme| Ok((scheme, kind(scheme)?))) {
            Ok(found) => found,
            Err(message) => {
                let at = if is_there { place } else { way.child(name) };
                let error = self.view.error(&at, "unsupported-security", message);
                let instead = "so the ways to authenticate that take it are left out";
                let way = self.view.document.original(way);
                report.degrade(error.help(how_to_remove(&way)), instead);
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

    /// Resolves the name of a scheme, which can be an alias.
    fn resolved(&self, name: &str) -> Option<&'a SecurityScheme> {
        let schemes = &self.view.document.api().components.as_ref()?.security_schemes;
        let mut scheme = schemes.get(name)?;
        // A chain with more steps than there are schemes is circular.
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

/// The overlay action that removes a way to authenticate.
fn how_to_remove(way: &Pointer) -> String {
    format!(
        "describe the scheme in another way with an overlay, or leave out there what takes it:\n       \
         - target: {}\n         remove: true",
        way.to_path()
    )
}

/// What is sent for a scheme, or why it is not supported.
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
        // How the user obtains such a token is outside the scope of the client.
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

/// Whether it is a token in the grammar of HTTP, as the names of headers, cookies and schemes are.
fn is_token(name: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(is_part)
}

/// The description, if it is short enough to be a name.
fn label(description: &str) -> Option<String> {
    let text = description.trim();
    let text = text.strip_suffix('.').unwrap_or(text);
    let is_short = text.chars().count() <= LONGEST_LABEL && !text.contains(['\n', '[', ']']);
    (is_short && !text.contains(". ")).then(|| text.to_owned())
}
