//! Request bodies: parameters, and those among them that exclude each other.

use std::collections::BTreeSet;

use openapiv3::{Operation, Schema};

use super::Lower;
use super::schema::{Described, docs};
use super::shape::{Alternatives, ObjectShape, Property, SchemaRef, Shape};
use crate::api::{
    Arm, Choice, Field, FieldName, Kind, Name, Payload, Place, Presence, Step, Struct, TypeName,
    VariantName,
};
use crate::document::Pointer;

/// What a choice is called when the document does not say.
const UNTITLED: &str = "choice";

/// One of the alternatives.
struct Branch<'a> {
    schema: &'a Schema,
    object: ObjectShape<'a>,
    /// Its value of the discriminator.
    tag: Option<String>,
}

impl<'a> Branch<'a> {
    fn keys(&self) -> BTreeSet<&'a str> {
        let object = &self.object;
        object.properties.keys().chain(&object.required).copied().collect()
    }
}

impl<'a> Lower<'a, '_> {
    /// What an operation takes in its body.
    pub(super) fn request_body(
        &mut self,
        described: &'a Operation,
        at: &Pointer,
        place: &Place,
    ) -> (Vec<Field>, Vec<Choice>) {
        let Some(mut object) = self.body_object(described, at) else {
            return (Vec::new(), Vec::new());
        };
        let mut choices = Vec::new();
        for alternatives in std::mem::take(&mut object.alternatives) {
            choices.extend(self.choice(&alternatives, &mut object, place));
        }
        let parameters = self.fields(&object, place);
        choices.sort_by(|a: &Choice, b: &Choice| a.title.cmp(&b.title));
        (parameters, choices)
    }

    /// Alternatives are one argument. What all of them have in common is a parameter like any other.
    fn choice(
        &mut self,
        alternatives: &Alternatives<'a>,
        object: &mut ObjectShape<'a>,
        place: &Place,
    ) -> Option<Choice> {
        let data = &alternatives.schema.schema_data;
        let discriminator = data.discriminator.as_ref().map(|found| found.property_name.as_str());
        let mut branches = self.branches(alternatives, discriminator)?;
        self.hoist_common(&mut branches, object);
        self.complete(&mut branches, object, alternatives)?;
        let title = data.title.as_deref().or(discriminator).unwrap_or(UNTITLED);
        let place = place.inside(Step::Property(title.to_owned()));
        // Without anything in it, an alternative is that nothing is chosen.
        let before = branches.len();
        branches.retain(|branch| !branch.keys().is_empty() || branch.tag.is_some());
        let presence =
            if branches.len() < before { Presence::Optional } else { Presence::Required };
        let arms = branches.into_iter().map(|branch| self.arm(branch, discriminator, &place));
        Some(Choice {
            title: title.to_owned(),
            argument: FieldName::new(title),
            name: TypeName::new(title),
            docs: docs(data),
            presence,
            arms: arms.collect(),
        })
    }

    fn branches(
        &mut self,
        alternatives: &Alternatives<'a>,
        discriminator: Option<&str>,
    ) -> Option<Vec<Branch<'a>>> {
        let mut branches = Vec::new();
        for (index, branch) in alternatives.branches.iter().enumerate() {
            let at = alternatives.at.child(index);
            let found = self.object_shape(branch.into(), &at).zip(self.resolve(branch.into(), &at));
            let Some((mut object, (schema, _))) = found else {
                let diagnostic = self
                    .error(
                        &at,
                        "unsupported-choice",
                        "this condition on the parameters has no Rust yet",
                    )
                    .help("an alternative is an object with `properties`, `required` or both");
                self.diagnostics.push(diagnostic);
                return None;
            };
            let undocumented = !self.options.undocumented;
            object
                .properties
                .retain(|_, property| !(undocumented && self.is_undocumented(property)));
            let tag = discriminator.and_then(|key| {
                let property = object.properties.remove(key)?;
                object.required.remove(key);
                self.only_value(&property)
            });
            branches.push(Branch { schema, object, tag });
        }
        Some(branches)
    }

    fn only_value(&self, property: &Property<'a>) -> Option<String> {
        let (schema, _) = self.resolve(property.schema, &property.at)?;
        match Shape::of(schema) {
            Shape::String(text) => text.values.first().map(|text| (*text).to_owned()),
            _ => None,
        }
    }

    /// Moves what all alternatives describe alike to the parameters that do not depend on the choice.
    fn hoist_common(&self, branches: &mut [Branch<'a>], object: &mut ObjectShape<'a>) {
        let Some((first, others)) = branches.split_first() else { return };
        if others.is_empty() {
            return;
        }
        let value = |property: &Property<'a>| match property.schema {
            SchemaRef::Item(_) => self.document.value(&property.at),
            SchemaRef::Reference(_) => None,
        };
        let common: Vec<&'a str> = (first.object.properties.iter())
            .filter(|(key, property)| {
                others.iter().all(|other| {
                    let same = other.object.properties.get(*key);
                    same.is_some_and(|same| value(same).is_some() && value(same) == value(property))
                        && other.object.required.contains(*key)
                            == first.object.required.contains(*key)
                })
            })
            .map(|(key, _)| *key)
            .collect();
        for key in common {
            for branch in branches.iter_mut() {
                if let Some(property) = branch.object.properties.remove(key) {
                    object.properties.insert(key, property);
                }
                if branch.object.required.remove(key) {
                    object.required.insert(key);
                }
            }
        }
    }

    /// Moves what the alternatives only name from the parameters beside them into the alternatives.
    fn complete(
        &mut self,
        branches: &mut [Branch<'a>],
        object: &mut ObjectShape<'a>,
        alternatives: &Alternatives<'a>,
    ) -> Option<()> {
        let mut moved = BTreeSet::new();
        for (index, branch) in branches.iter_mut().enumerate() {
            for key in branch.object.required.clone() {
                if branch.object.properties.contains_key(key) {
                    continue;
                }
                let Some(property) = object.properties.get(key) else {
                    let at = alternatives.at.child(index).child("required");
                    let diagnostic = self
                        .error(&at, "unknown-property", format!("the body has no property `{key}`"))
                        .help("name one of the properties beside this choice");
                    self.diagnostics.push(diagnostic);
                    return None;
                };
                branch.object.properties.insert(key, property.clone());
                moved.insert(key);
            }
        }
        object.properties.retain(|key, _| !moved.contains(key));
        Some(())
    }

    fn arm(&mut self, branch: Branch<'a>, discriminator: Option<&str>, place: &Place) -> Arm {
        let mut keys: Vec<&str> = branch.object.required.iter().copied().collect();
        if keys.is_empty() {
            keys = branch.object.properties.keys().copied().collect();
        }
        let word = branch.tag.clone().unwrap_or_else(|| keys.join("_and_"));
        let place = place.inside(Step::Variant(word.clone()));
        let constant = discriminator.map(str::to_owned).zip(branch.tag);
        let mut fields = self.fields(&branch.object, &place);
        let is_plain = fields.len() == 1 && fields[0].presence == Presence::Required;
        let payload = match fields.pop() {
            None => Payload::None,
            // A constant says which alternative it is, so the parameter alone does not.
            Some(field) if is_plain && constant.is_none() => Payload::Field(Box::new(field)),
            Some(field) => {
                fields.push(field);
                let kind = Kind::Struct(Struct { fields });
                self.define(Described::of(&branch.schema.schema_data), kind, &place);
                Payload::Object(place)
            }
        };
        Arm { name: VariantName::new(&word), word, constant, payload }
    }
}
