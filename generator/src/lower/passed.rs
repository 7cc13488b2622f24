//! What of an object or a schema is passed over on the way to Rust, for the count.

use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, ReferenceOr, Schema, SchemaKind};

use super::Lower;
use super::shape::{Additional, LONGEST_WAY, ObjectShape, Property, SchemaRef, Shape};
use crate::api::Openness;
use crate::count::{LeftOut, Reason};
use crate::document::Pointer;

impl<'a> ObjectShape<'a> {
    /// Whether there may be properties that the document does not name.
    pub(super) fn is_open(&self) -> bool {
        let additional = self.additional.as_ref().map(|(additional, _)| additional);
        !matches!(additional, None | Some(AdditionalProperties::Any(false)))
    }

    /// Whether an object with other properties is one of these.
    pub(super) fn openness(&self) -> Openness {
        match self.additional {
            Some((AdditionalProperties::Any(false), _)) => Openness::Closed,
            _ => Openness::Open,
        }
    }

    /// Adds what a schema says; it replaces what another part says about the same property.
    pub(super) fn add_properties(
        &mut self,
        properties: &'a IndexMap<String, ReferenceOr<Box<Schema>>>,
        required: &'a [String],
        at: &Pointer,
    ) {
        let at = at.child("properties");
        for (key, schema) in properties {
            self.replace(key, Property { schema: schema.into(), at: at.child(key) });
        }
        self.required.extend(required.iter().map(String::as_str));
    }

    /// Adds a property in the place of what was known of it.
    pub(super) fn replace(&mut self, key: &'a str, property: Property<'a>) {
        let at = property.at.clone();
        if let Some(earlier) = self.properties.insert(key, property).filter(|one| one.at != at) {
            self.left_out.whole(&earlier.at, Reason::Repeated);
        }
    }

    /// Adds what a schema says about further properties, unless that is known.
    pub(super) fn add_additional(&mut self, additional: Option<Additional<'a>>) {
        match (&self.additional, additional) {
            (Some((_, known)), Some((_, at))) if *known != at => {
                self.left_out.whole(&at, Reason::Repeated);
            }
            (None, additional) => self.additional = additional,
            _ => {}
        }
    }

    /// Adds what there is if another shape holds as well; nothing of that has to be there.
    pub(super) fn add_possible(&mut self, other: Self) {
        for (key, property) in other.properties {
            let known = self.properties.entry(key).or_insert_with(|| property.clone());
            if known.at != property.at {
                self.left_out.whole(&property.at, Reason::Repeated);
            }
        }
        for alternatives in &other.alternatives {
            self.left_out.whole(&alternatives.at, Reason::Condition);
        }
        if let Some((_, at)) = other.additional {
            self.left_out.whole(&at, Reason::OtherKeys);
        }
        self.left_out.append(other.left_out);
    }
}

impl<'a> Lower<'a, '_> {
    /// Notes what is left of an object whose properties have a place in Rust now.
    pub(super) fn settle(&mut self, object: &mut ObjectShape<'a>) {
        for alternatives in std::mem::take(&mut object.alternatives) {
            self.left_out.whole(&alternatives.at, Reason::Condition);
        }
        if let Some((_, at)) = object.additional.take() {
            self.left_out.whole(&at, Reason::OtherKeys);
        }
        self.left_out.append(std::mem::take(&mut object.left_out));
    }

    /// Notes that what a reference leads to becomes part of what refers to it.
    pub(super) fn combined(&self, mut schema: SchemaRef<'a>, left_out: &mut LeftOut) {
        for _ in 0..LONGEST_WAY {
            let SchemaRef::Reference(reference) = schema else { return };
            let Some((next, at)) = self.inner(reference) else { return };
            left_out.itself(&at, Reason::Combined);
            schema = next;
        }
    }
}

/// Notes the keywords with schemas in them that say nothing beside what decides what the schema is.
pub(super) fn note_meaningless(schema: &Schema, at: &Pointer, left_out: &mut LeftOut) {
    let SchemaKind::Any(any) = &schema.schema_kind else { return };
    let telling: &[&str] = match Shape::of(schema) {
        Shape::Object => &["properties", "additionalProperties", "allOf", "anyOf", "oneOf"],
        Shape::Array(_) => &["items"],
        Shape::OneOf(_) => &["oneOf"],
        Shape::AnyOf(_) => &["anyOf"],
        Shape::AllOf(_) => &["allOf"],
        _ => &[],
    };
    let said = [
        ("properties", !any.properties.is_empty()),
        ("additionalProperties", any.additional_properties.is_some()),
        ("items", any.items.is_some()),
        ("allOf", !any.all_of.is_empty()),
        ("anyOf", !any.any_of.is_empty()),
        ("oneOf", !any.one_of.is_empty()),
        ("not", any.not.is_some()),
    ];
    for (keyword, _) in said.into_iter().filter(|(keyword, is)| *is && !telling.contains(keyword)) {
        left_out.whole(&at.child(keyword), Reason::Meaningless);
    }
}
