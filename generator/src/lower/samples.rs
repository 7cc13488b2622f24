//! What the document lets be sent: samples of all parameters, for the calls of tests.

use std::collections::BTreeMap;

use super::operation::LoweredOperation;
use super::types::Types;
use super::view::View;
use crate::api::{Field, Kind, Operation, Parameter, ParameterLocation, Payload, Samples};
use crate::document::Pointer;
use crate::samples::{Sampler, Undocumented};

impl Types<'_, '_> {
    /// Samples by where the document describes what they are of; none at all if nobody asked for them.
    pub(super) fn samples(
        &self,
        lowered: &[LoweredOperation<'_>],
    ) -> Option<BTreeMap<Pointer, Samples>> {
        if !self.view.options.conformance {
            return None;
        }
        let undocumented = if self.view.options.undocumented {
            Undocumented::Included
        } else {
            Undocumented::LeftOut
        };
        let sampler = Sampler::new(self.view.document.root(), undocumented);
        let mut samples = BTreeMap::new();
        for operation in lowered.iter().map(|one| &one.operation) {
            let parameters = operation.parameters.iter().filter_map(|parameter| {
                let at = operation.described_at(parameter)?;
                let schema = self.view.schema_of(parameter, &at)?;
                Some((parameter.field.key.as_str(), at, schema))
            });
            let in_arms = self.in_arms(operation).into_iter().filter_map(|field| {
                let at = field.at.clone()?;
                Some((field.key.as_str(), at.clone(), at))
            });
            for (name, at, schema) in parameters.chain(in_arms) {
                samples.entry(at).or_insert_with(|| Samples {
                    all: sampler.samples_called(schema.as_str(), name),
                    smallest: sampler.smallest_called(schema.as_str(), name),
                });
            }
        }
        Some(samples)
    }

    /// The parameters that stand in alternatives.
    fn in_arms<'o>(&'o self, operation: &'o Operation) -> Vec<&'o Field> {
        let mut fields = Vec::new();
        for arm in operation.choices.iter().flat_map(|choice| &choice.arms) {
            match &arm.payload {
                Payload::None => {}
                Payload::Field(field) => fields.push(&**field),
                Payload::Object(place) => {
                    if let Some(Kind::Struct(object)) = self.kind(place) {
                        fields.extend(&object.fields);
                    }
                }
            }
        }
        fields
    }
}

impl View<'_, '_> {
    /// Where the schema of a parameter stands that is described at `at`.
    fn schema_of(&self, parameter: &Parameter, at: &Pointer) -> Option<Pointer> {
        if parameter.location == ParameterLocation::Property {
            return Some(at.clone());
        }
        let described = self.document.value(at)?;
        let reference = described.get("$ref").and_then(|reference| reference.as_str());
        let at =
            reference.and_then(|text| text.strip_prefix('#')).map_or(at.clone(), Pointer::parse);
        let schema = at.child("schema");
        if self.document.value(&schema).is_some() {
            return Some(schema);
        }
        let content = at.child("content");
        let media = self.document.value(&content)?.as_object()?.iter();
        let described = media.filter(|(_, media)| media.get("schema").is_some());
        let (media, _) = described.min_by_key(|(media, _)| !media.contains("json"))?;
        Some(content.child(media).child("schema"))
    }
}
