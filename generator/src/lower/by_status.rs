//! Successes whose bodies differ by status: a union with a variant for each status.
//!
//! A success without a body is no variant: the result is then an option, as it is beside a single body. Bytes are no variant
//! either, as a union is made of values.

use super::docs::Described;
use super::media::Kind;
use super::response::{DescribedSuccess, Success};
use super::shape::SchemaRef;
use super::types::Types;
use super::view::View;
use crate::api::{
    Answer, Conversion, Dispatch, Docs, Kind as Defined, Name, Place, Reason, Step, SuccessContent,
    SuccessStatus, Tag, Type, Union, Variant, VariantName,
};

impl DescribedSuccess<'_> {
    /// The status, and what the body is.
    pub(super) fn status(&self) -> SuccessStatus {
        let content = match self.content.as_ref().map(|content| content.kind) {
            None => SuccessContent::Nothing,
            Some(Kind::Json) => SuccessContent::Json,
            Some(Kind::Text | Kind::Form) => SuccessContent::Text,
            Some(Kind::Bytes | Kind::Multipart) => SuccessContent::Bytes,
        };
        SuccessStatus { status: self.status.clone(), content }
    }

    /// Whether the body can be a variant.
    fn is_value(&self) -> bool {
        matches!(self.status().content, SuccessContent::Json | SuccessContent::Text)
    }
}

impl View<'_, '_> {
    /// Whether the bodies of successes differ, so that the status decides how to read them.
    pub(super) fn are_different(self, successes: &[DescribedSuccess<'_>]) -> bool {
        let mut bodies = successes.iter().filter(|one| one.content.is_some());
        let Some(first) = bodies.next().filter(|first| first.is_value()) else { return false };
        bodies.filter(|other| other.is_value()).any(|other| {
            match (&first.content, &other.content) {
                (Some(first), Some(other)) => !self.is_same(first, other),
                _ => false,
            }
        })
    }
}

impl<'a> Types<'a, '_> {
    /// A union of the bodies of successes that differ.
    pub(super) fn by_status(
        &mut self,
        successes: Vec<DescribedSuccess<'a>>,
        place: &Place,
    ) -> Success<'a> {
        let place = place.inside(Step::Output);
        let (mut statuses, mut variants, mut media) = (Vec::new(), Vec::new(), Vec::new());
        let mut json = None;
        for success in successes {
            let status = success.status();
            match status.content {
                SuccessContent::Bytes => {
                    self.ignored_bytes(&success);
                    continue;
                }
                SuccessContent::Nothing => {
                    self.report.left_out.whole(&success.entry, Reason::OtherAnswer);
                }
                SuccessContent::Json | SuccessContent::Text => {
                    let content = success.content.as_ref();
                    let accept = content.and_then(|content| content.accept.clone());
                    media.push(accept.unwrap_or_else(|| "application/json".to_owned()));
                    let schema = content.filter(|content| content.kind == Kind::Json);
                    json = json.or_else(|| {
                        let content = schema?;
                        let schema = content.media.schema.as_ref()?.into();
                        Some((schema, content.at.child("schema")))
                    });
                    variants.push(self.status_variant(&success, &place));
                }
            }
            statuses.push(status);
        }
        let is_optional = statuses.iter().any(|one| one.content == SuccessContent::Nothing);
        let union = Union { dispatch: Dispatch::Status, variants, shared: Vec::new() };
        self.define(Described::default(), Defined::Union(union), &place);
        let response = Answer::ByStatus { ty: place, is_optional };
        Success { response, statuses, accept: accept(media), json }
    }

    /// The variant for a status with a body.
    fn status_variant(&mut self, success: &DescribedSuccess<'a>, union: &Place) -> Variant {
        let word = word(&success.status);
        let ty = match &success.content {
            Some(content) if content.kind == Kind::Json => {
                let place = union.inside(Step::Variant(word.clone()));
                let schema = content.media.schema.as_ref().map(SchemaRef::from);
                let at = content.at.child("schema");
                schema.map_or(Type::Any, |schema| {
                    let ty = self.ty(schema, &at, &place);
                    self.or_null(ty, schema)
                })
            }
            Some(content) => {
                self.report.ignore_schema(content);
                Type::String
            }
            None => Type::Any,
        };
        let described = success.response.description.trim();
        let description = match described {
            "" => format!("The status {}.", success.status),
            described => format!("{}: {described}", success.status),
        };
        Variant {
            name: VariantName::new(&word),
            word,
            ty,
            tag: Tag::none(),
            conversion: Conversion::Named,
            docs: Docs { title: None, description: Some(description) },
        }
    }

    fn ignored_bytes(&mut self, success: &DescribedSuccess<'a>) {
        self.report.left_out.whole(&success.entry, Reason::OtherAnswer);
        let message = "this answer is bytes, which cannot be a variant beside those of other statuses, \
                       so it cannot be read";
        let help = "describe it as text, or leave out the other successes, with an overlay";
        self.report.warn(&success.at, "ignored-response", message, help);
    }
}

/// The value of the header `accept`, unless all is `application/json`.
fn accept(mut media: Vec<String>) -> Option<String> {
    let mut seen = std::collections::BTreeSet::new();
    media.retain(|media| seen.insert(media.clone()));
    (media != ["application/json"]).then(|| media.join(", "))
}

/// What a status is called.
fn word(status: &str) -> String {
    let word = match status {
        "200" => "ok",
        "201" => "created",
        "202" => "accepted",
        "203" => "non_authoritative",
        "204" => "no_content",
        "205" => "reset_content",
        "206" => "partial_content",
        "207" => "multi_status",
        "208" => "already_reported",
        "226" => "im_used",
        "2XX" => "success",
        other => return format!("status_{other}"),
    };
    word.to_owned()
}
