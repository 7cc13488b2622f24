//! Groups of parameters in request bodies that exclude each other: choices.

use std::collections::BTreeSet;

use openapiv3::{AnySchema, Schema, SchemaKind};

use super::docs::{Described, docs};
use super::object::{Alternatives, ObjectShape, Property};
use super::shape::{SchemaRef, Shape};
use super::types::Types;
use super::view::View;
use crate::api::Reason;
use crate::api::{
    Arm, Choice, Conversion, Field, FieldName, Kind, Name, Openness, Payload, Place, Presence,
    Step, TypeName, VariantName,
};
use crate::document::Pointer;

/// The name of a choice without a name in the document.
const UNTITLED: &str = "choice";

/// One of the alternatives.
struct Branch<'a> {
    schema: &'a Schema,
    at: Pointer,
    object: ObjectShape<'a>,
    /// The discriminator value, and where it is described.
    tag: Option<(String, Pointer)>,
    /// A word that no other alternative has.
    word: String,
}

impl<'a> Branch<'a> {
    fn keys(&self) -> BTreeSet<&'a str> {
        let object = &self.object;
        object.properties.keys().chain(&object.required).copied().collect()
    }

    /// Its name: from the document, or else from its parameters.
    fn word(&self) -> String {
        let title = self.schema.schema_data.title.as_ref();
        let tag = self.tag.as_ref().map(|(tag, _)| tag);
        tag.or(title).cloned().unwrap_or_else(|| {
            let mut keys: Vec<&str> = self.object.required.iter().copied().collect();
            if keys.is_empty() {
                keys = self.object.properties.keys().copied().collect();
            }
            keys.join("_and_")
        })
    }
}

impl<'a> Types<'a, '_> {
    /// The properties of a body, and its choices.
    pub(super) fn parameter_groups(
        &mut self,
        mut object: ObjectShape<'a>,
        place: &Place,
    ) -> (Vec<Field>, Vec<Choice>) {
        let mut choices: Vec<Choice> = Vec::new();
        for alternatives in std::mem::take(&mut object.alternatives) {
            let title = title(&alternatives, &choices);
            match self.choice(&alternatives, title, &mut object, place) {
                Some(choice) => choices.push(choice),
                None => {
                    self.view.add_possible(alternatives.branches, &alternatives.at, &mut object);
                }
            }
        }
        let parameters = self.fields(object, place);
        choices.sort_by(|a, b| a.title.cmp(&b.title));
        (parameters, choices)
    }

    /// Makes one argument of the alternatives. Properties that all of them share become normal parameters.
    fn choice(
        &mut self,
        alternatives: &Alternatives<'a>,
        title: String,
        object: &mut ObjectShape<'a>,
        place: &Place,
    ) -> Option<Choice> {
        let data = &alternatives.schema.schema_data;
        let discriminator = discriminator(alternatives);
        let mut branches = self.branches(alternatives, discriminator)?;
        self.view.hoist_common(&mut branches, object);
        self.complete(&mut branches, object, alternatives)?;
        let place = place.inside(Step::Property(title.clone()));
        // An alternative without properties makes the choice optional.
        let before = branches.len();
        branches.retain_mut(|branch| {
            let is_something = !branch.keys().is_empty() || branch.tag.is_some();
            if !is_something {
                self.report.settle(&mut branch.object);
            }
            is_something
        });
        let presence =
            if branches.len() < before { Presence::Optional } else { Presence::Required };
        self.view.name(&mut branches);
        let arms = branches.into_iter().map(|branch| self.arm(branch, discriminator, &place));
        Some(Choice {
            argument: FieldName::new(&title),
            name: TypeName::new(&title),
            title,
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
            let found = self
                .view
                .object_shape(branch.into(), &at)
                .zip(self.view.resolve(branch.into(), &at));
            let Some((mut object, (schema, at))) = found else {
                let diagnostic = self
                    .view
                    .error(
                        &at,
                        "unsupported-choice",
                        "this condition on the parameters is not supported",
                    )
                    .help("an alternative is an object with `properties`, `required` or both");
                self.report.degrade(diagnostic, "so its parameters are all optional");
                return None;
            };
            let undocumented = !self.view.options.undocumented;
            object.properties.retain(|_, property| {
                let reason = match property {
                    _ if undocumented && self.view.is_undocumented(property) => {
                        Reason::Undocumented
                    }
                    _ if self.view.is_excluded(property) => Reason::Absent,
                    _ => return true,
                };
                object.left_out.whole(&property.at, reason);
                false
            });
            let tag = discriminator.and_then(|key| {
                let tag = self.view.first_value(object.properties.get(key)?)?;
                let property = object.properties.remove(key)?;
                object.required.remove(key);
                object.left_out.inside(&property.at, Reason::Meaningless);
                Some((tag, property.at))
            });
            branches.push(Branch { schema, at, object, tag, word: String::new() });
        }
        Some(branches)
    }

    /// Moves properties that the alternatives only require from the parameters beside them into the alternatives.
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
                        .view
                        .error(&at, "unknown-property", format!("the body has no property `{key}`"))
                        .help("name one of the properties beside this choice");
                    self.report.degrade(diagnostic, "so its parameters are all optional");
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
        let word = branch.word;
        let place = place.inside(Step::Variant(word.clone()));
        let (tag, constant_at) = branch.tag.unzip();
        let constant = discriminator.map(str::to_owned).zip(tag);
        let mut object = self.structure(branch.object, &place);
        // It is only sent, so no value is matched against it.
        object.openness = Openness::Open;
        let fields: Vec<&Field> = object.fields.iter().collect();
        let extensions = &branch.schema.schema_data.extensions;
        let at_least_one = self.at_least_one(extensions, &branch.at, &fields);
        let is_single = object.fields.len() == 1 && object.others.is_none();
        let payload = match object.fields.pop() {
            None if object.others.is_none() => Payload::None,
            // A constant selects the alternative, so its parameter alone does not.
            Some(field)
                if is_single && field.presence == Presence::Required && constant.is_none() =>
            {
                Payload::Field(Box::new(field))
            }
            field => {
                object.fields.extend(field);
                let described = Described::of(&branch.schema.schema_data);
                self.define(described, Kind::Struct(object), &place);
                Payload::Object(place)
            }
        };
        Arm {
            name: VariantName::new(&word),
            word,
            constant,
            constant_at,
            payload,
            at_least_one,
            conversion: Conversion::Named,
        }
    }
}

impl<'a> View<'a, '_> {
    /// Whether the property has to be absent, because no value is valid. Properties of other alternatives are excluded
    /// anyway.
    fn is_excluded(&self, property: &Property<'a>) -> bool {
        let Some((schema, _)) = self.resolve(property.schema, &property.at) else { return false };
        match &schema.schema_kind {
            SchemaKind::Not { not } => not.as_item().is_some_and(is_anything),
            _ => false,
        }
    }

    /// The first value of a property with a limited set of values.
    fn first_value(&self, property: &Property<'a>) -> Option<String> {
        let (schema, _) = self.resolve(property.schema, &property.at)?;
        match Shape::of(schema) {
            Shape::String(text) => text.values.first().map(|text| (*text).to_owned()),
            _ => None,
        }
    }

    /// Moves properties that are equal in all alternatives to the parameters that do not depend on the choice.
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
                    object.replace(key, property);
                }
                if branch.object.required.remove(key) {
                    object.required.insert(key);
                }
            }
        }
    }

    /// Makes the words of the alternatives unique, because their types are identified by them.
    fn name(&self, branches: &mut [Branch<'a>]) {
        let words: Vec<String> = branches.iter().map(Branch::word).collect();
        let values: Vec<Option<String>> =
            (0..branches.len()).map(|index| self.telling_value(branches, &words, index)).collect();
        let mut taken = BTreeSet::new();
        for ((branch, word), value) in branches.iter_mut().zip(words).zip(values) {
            let word = value.unwrap_or(word);
            let numbered = (2..).map(|number| format!("{word}_{number}"));
            let mut candidates = std::iter::once(word.clone()).chain(numbered);
            branch.word = candidates.find(|word| !taken.contains(word)).unwrap_or(word);
            taken.insert(branch.word.clone());
        }
    }

    /// Distinguishes alternatives with the same word: by the first value of a property whose first value differs in
    /// each of them.
    fn telling_value(
        &self,
        branches: &[Branch<'a>],
        words: &[String],
        index: usize,
    ) -> Option<String> {
        let alike = || (0..branches.len()).filter(|other| words[*other] == words[index]);
        if alike().count() < 2 {
            return None;
        }
        let value = |index: usize, key: &str| {
            branches[index].object.properties.get(key).and_then(|one| self.first_value(one))
        };
        branches[index].object.properties.keys().find_map(|key| {
            let values: Option<BTreeSet<String>> = alike().map(|other| value(other, key)).collect();
            (values?.len() == alike().count()).then(|| value(index, key))?
        })
    }
}

fn is_anything(schema: &Schema) -> bool {
    matches!(&schema.schema_kind, SchemaKind::Any(any) if *any == AnySchema::default())
}

fn discriminator<'a>(alternatives: &Alternatives<'a>) -> Option<&'a str> {
    let found = alternatives.schema.schema_data.discriminator.as_ref()?;
    Some(&found.property_name)
}

/// The name of a choice: from the document, or its discriminator. A name that an earlier choice has is numbered.
fn title(alternatives: &Alternatives<'_>, earlier: &[Choice]) -> String {
    let titled = alternatives.schema.schema_data.title.as_deref();
    let title = titled.or(discriminator(alternatives)).unwrap_or(UNTITLED);
    let is_free = |title: &String| {
        let name = TypeName::new(title);
        earlier.iter().all(|choice| choice.name != name)
    };
    let numbered = (2..).map(|number| format!("{title}_{number}"));
    let mut titles = std::iter::once(title.to_owned()).chain(numbered);
    titles.find(is_free).unwrap_or_default()
}
