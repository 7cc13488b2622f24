//! Media types: which of them the client reads and writes, and how.

use indexmap::IndexMap;
use openapiv3::{MediaType, ReferenceOr};

use super::report::Report;
use super::shape::is_binary;
use crate::api::Reason;
use crate::document::Pointer;

/// The most common media type.
const JSON: &str = "application/json";

/// How the client handles a content, the most specific first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Json,
    Multipart,
    Form,
    Text,
    Bytes,
}

/// One of the described contents.
#[derive(Clone)]
pub(super) struct Content<'a> {
    pub(super) kind: Kind,
    /// The media type to send, without parameters.
    pub(super) name: String,
    /// The media type or range to ask for, where it is not `application/json`.
    pub(super) accept: Option<String>,
    pub(super) media: &'a MediaType,
    pub(super) at: Pointer,
}

impl Report<'_, '_> {
    /// Chooses one of the contents at `at`, and leaves out the others.
    pub(super) fn choose<'a>(
        &mut self,
        content: &'a IndexMap<String, MediaType>,
        at: &Pointer,
    ) -> Option<Content<'a>> {
        let chosen = choose(content, at)?;
        for described in content.keys() {
            let other = at.child("content").child(described);
            if other != chosen.at {
                self.left_out.whole(&other, Reason::OtherMedia);
            }
        }
        self.left_out.whole(&chosen.at.child("encoding"), Reason::Header);
        Some(chosen)
    }

    /// Leaves out the schema of a content that is sent or received as text or bytes.
    pub(super) fn ignore_schema(&mut self, content: &Content<'_>) {
        self.left_out.inside(&content.at.child("schema"), Reason::Whole);
    }
}

/// The content at `at` that the client reads or writes.
pub(super) fn choose<'a>(
    content: &'a IndexMap<String, MediaType>,
    at: &Pointer,
) -> Option<Content<'a>> {
    let at = at.child("content");
    let all = content.iter().map(|(described, media)| {
        let name = described.split(';').next().unwrap_or_default().trim().to_lowercase();
        let is_range = name.contains('*');
        (is_range, kind_of(&name, media), name != JSON, described, name, media)
    });
    let (_, kind, _, described, name, media) = all.min_by(|a, b| order(a).cmp(&order(b)))?;
    let is_usual = name == JSON || (kind == Kind::Json && name.contains('*'));
    let accept = (!is_usual && is_sound(&name)).then(|| name.clone());
    Some(Content { kind, name: concrete(kind, name), accept, media, at: at.child(described) })
}

type Ranked<'a> = (bool, Kind, bool, &'a String, String, &'a MediaType);

/// The order of preference: full media types before ranges, then the most specific.
fn order<'r>(
    (is_range, kind, is_variant, described, ..): &'r Ranked<'_>,
) -> (bool, Kind, bool, &'r str) {
    (*is_range, *kind, *is_variant, described)
}

fn kind_of(name: &str, media: &MediaType) -> Kind {
    let is_json = match name {
        JSON | "text/json" => true,
        // A server that accepts anything accepts JSON, if the schema describes values.
        "application/*" | "*/*" => match &media.schema {
            Some(ReferenceOr::Item(schema)) => !is_binary(schema),
            other => other.is_some(),
        },
        _ => false,
    };
    let is_text = |name: &str| {
        let plain = [
            "application/xml",
            "application/yaml",
            "application/x-yaml",
            "application/javascript",
            "application/jwt",
            "application/x-ndjson",
            "application/graphql",
            "application/sql",
        ];
        name.starts_with("text/")
            || name.ends_with("+xml")
            || name.ends_with("+yaml")
            || plain.contains(&name)
    };
    match name {
        "multipart/form-data" => Kind::Multipart,
        "application/x-www-form-urlencoded" => Kind::Form,
        name if is_json || name.ends_with("+json") => Kind::Json,
        name if is_text(name) => Kind::Text,
        _ => Kind::Bytes,
    }
}

/// Chooses a media type within a range.
fn concrete(kind: Kind, name: String) -> String {
    if !name.contains('*') && is_sound(&name) {
        return name;
    }
    let media = match kind {
        Kind::Json => JSON,
        Kind::Text => "text/plain",
        _ => "application/octet-stream",
    };
    media.to_owned()
}

/// Whether it is valid in a header.
fn is_sound(name: &str) -> bool {
    name.contains('/') && name.bytes().all(|byte| byte.is_ascii_graphic())
}
