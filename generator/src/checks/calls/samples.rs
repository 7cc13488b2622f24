//! Samples of all request parameters, for the test calls.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::api::{Api, Field, Operation, Parameter, ParameterLocation, Payload, Style};
use crate::checks::samples::{Sampler, Undocumented};
use crate::document::{Document, Pointer};
use crate::options::Options;

/// The samples of one parameter.
#[derive(Debug, Default)]
pub(super) struct Samples {
    /// The most complete sample first, followed by those that show something new.
    pub(super) all: Vec<Value>,
    /// The sample with required properties only.
    pub(super) smallest: Option<Value>,
}

/// Collects samples of all parameters, by the pointer to their description.
pub(super) fn collect(
    api: &Api,
    document: &Document<'_>,
    options: &Options,
) -> BTreeMap<Pointer, Samples> {
    let undocumented =
        if options.undocumented { Undocumented::Included } else { Undocumented::Excluded };
    let sampler = Sampler::new(document.root(), undocumented);
    let mut samples = BTreeMap::new();
    for operation in api.operations() {
        let parameters = operation.parameters.iter().filter_map(|parameter| {
            let at = operation.described_at(parameter)?;
            let schema = schema_of(document, parameter, &at)?;
            Some((parameter.field.key.as_str(), at, schema, written(parameter)))
        });
        let in_arms = fields_in_arms(api, operation).filter_map(|field| {
            let at = field.at.clone()?;
            Some((field.key.as_str(), at.clone(), at, Written::Json))
        });
        for (name, at, schema, written) in parameters.chain(in_arms) {
            samples.entry(at).or_insert_with(|| {
                let samples = Samples {
                    all: sampler.samples_called(schema.as_str(), name),
                    smallest: sampler.smallest_called(schema.as_str(), name),
                };
                match written {
                    Written::Json => samples,
                    Written::Text => samples.that_can_be_seen(),
                }
            });
        }
    }
    samples
}

/// How a value is encoded.
enum Written {
    Json,
    /// In the path, the query, a header or a cookie, where an empty list cannot be told from an absent one.
    Text,
}

fn written(parameter: &Parameter) -> Written {
    match parameter.location {
        ParameterLocation::Property | ParameterLocation::Body => Written::Json,
        _ if parameter.encoding.style == Style::Json => Written::Json,
        _ => Written::Text,
    }
}

impl Samples {
    /// Removes the values whose encoding is empty, unless there are no others.
    fn that_can_be_seen(mut self) -> Self {
        let is_seen = |value: &Value| match value {
            Value::Null => false,
            Value::String(text) => !text.is_empty(),
            Value::Array(elements) => !elements.is_empty(),
            Value::Object(entries) => !entries.is_empty(),
            Value::Bool(_) | Value::Number(_) => true,
        };
        if self.all.iter().any(is_seen) {
            self.all.retain(is_seen);
            self.smallest = self.smallest.filter(is_seen);
        }
        self
    }
}

/// The pointer to the schema of the parameter at `at`.
fn schema_of(document: &Document<'_>, parameter: &Parameter, at: &Pointer) -> Option<Pointer> {
    if parameter.location == ParameterLocation::Property {
        return Some(at.clone());
    }
    let described = document.value(at)?;
    let reference = described.get("$ref").and_then(|reference| reference.as_str());
    let at = reference.and_then(|text| text.strip_prefix('#')).map_or(at.clone(), Pointer::parse);
    let schema = at.child("schema");
    if document.value(&schema).is_some() {
        return Some(schema);
    }
    let content = at.child("content");
    let media = document.value(&content)?.as_object()?.iter();
    let described = media.filter(|(_, media)| media.get("schema").is_some());
    let (media, _) = described.min_by_key(|(media, _)| !media.contains("json"))?;
    Some(content.child(media).child("schema"))
}

/// The parameters in the arms of choices.
fn fields_in_arms<'a>(api: &'a Api, operation: &'a Operation) -> impl Iterator<Item = &'a Field> {
    let arms = operation.choices.iter().flat_map(|choice| &choice.arms);
    arms.flat_map(|arm| match &arm.payload {
        Payload::None => &[],
        Payload::Field(field) => std::slice::from_ref(&**field),
        Payload::Object(_) => api.fields_of_arm(arm),
    })
}
