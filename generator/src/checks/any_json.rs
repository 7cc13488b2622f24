//! Finds the places of the API that are `serde_json::Value` in Rust, and what the document says about them.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::api::{Answer, Api, Field, Kind, Payload, Type};
use crate::document::{Document, Pointer};

/// The places that are `serde_json::Value` in Rust.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnyJson {
    /// Their number: fields, parameters, variants, elements and responses.
    pub places: usize,
    /// Pointers to those among them that the document describes as something else.
    pub described: BTreeSet<String>,
}

/// The keywords that restrict the type of a value, besides references and compositions.
const TELLING: [&str; 7] =
    ["type", "enum", "properties", "items", "additionalProperties", "format", "pattern"];

/// The maximum length of a chain of references, which may be cyclic.
const MOST_REFERENCES: usize = 16;

/// Finds all places that are `serde_json::Value`.
pub(crate) fn any_json(api: &Api, document: &Document<'_>) -> AnyJson {
    let mut search = Search { document, found: AnyJson::default() };
    for operation in api.operations() {
        for parameter in &operation.parameters {
            let at = operation.described_at(parameter).map(|at| search.schema(at));
            search.look(&parameter.field.ty, at);
        }
        let arms = operation.choices.iter().flat_map(|choice| &choice.arms);
        for arm in arms {
            if let Payload::Field(field) = &arm.payload {
                search.field(field);
            }
        }
        match &operation.answer {
            Answer::Key { ty, at, .. } => search.look(ty, Some(at.clone())),
            Answer::Body(ty) | Answer::Optional(ty) => search.look(ty, None),
            Answer::Text
            | Answer::Bytes
            | Answer::Envelope { .. }
            | Answer::ByStatus { .. }
            | Answer::Nothing => {}
        }
    }
    for definition in api.types.values() {
        match &definition.kind {
            Kind::Struct(object) => {
                object.fields.iter().for_each(|field| search.field(field));
                object.others.iter().for_each(|others| search.look(&others.ty, None));
            }
            Kind::Union(union) => {
                union.variants.iter().for_each(|variant| search.look(&variant.ty, None));
            }
            Kind::Enum(_) | Kind::Alias(_) => {}
        }
    }
    search.found
}

struct Search<'a, 's> {
    document: &'a Document<'s>,
    found: AnyJson,
}

impl Search<'_, '_> {
    /// The pointer to the schema of the parameter or property at `at`.
    fn schema(&self, at: Pointer) -> Pointer {
        self.inside(Some(at.clone()), "schema").unwrap_or(at)
    }

    fn field(&mut self, field: &Field) {
        self.look(&field.ty, field.at.clone());
    }

    /// Searches a type. `at` is the pointer to its schema, if known.
    fn look(&mut self, ty: &Type, at: Option<Pointer>) {
        match ty {
            Type::Any => {
                self.found.places += 1;
                let schema = at.as_ref().and_then(|at| self.document.value(at));
                if let (Some(at), Some(schema)) = (&at, schema)
                    && self.tells(schema, &mut BTreeSet::new())
                {
                    let original = self.document.original(at);
                    self.found.described.insert(original.as_str().to_owned());
                }
            }
            Type::List(inner) => self.look(inner, self.inside(at, "items")),
            Type::Map(inner) => self.look(inner, self.inside(at, "additionalProperties")),
            Type::Nullable(inner) | Type::Boxed(inner) => self.look(inner, at),
            _ => {}
        }
    }

    /// The pointer to `key` in the schema at `at`, with references resolved.
    fn inside(&self, at: Option<Pointer>, key: &str) -> Option<Pointer> {
        let mut at = at?;
        let reference = |at: &Pointer| self.document.value(at)?.get("$ref")?.as_str();
        for _ in 0..MOST_REFERENCES {
            let Some(target) = reference(&at).and_then(|target| target.strip_prefix('#')) else {
                break;
            };
            at = Pointer::parse(target);
        }
        let inside = at.child(key);
        self.document.value(&inside).map(|_| inside)
    }

    /// Whether a schema restricts the type of its values. `seen` has the references that led to it.
    fn tells<'d>(&'d self, schema: &'d Value, seen: &mut BTreeSet<&'d str>) -> bool {
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            let target = reference.strip_prefix('#').filter(|_| seen.insert(reference));
            let target = target.and_then(|target| self.document.root().pointer(target));
            return target.is_some_and(|target| self.tells(target, seen));
        }
        let parts = |key: &str| schema.get(key).and_then(Value::as_array).into_iter().flatten();
        TELLING.iter().any(|key| schema.get(key).is_some())
            || parts("allOf").any(|part| self.tells(part, seen))
            || ["oneOf", "anyOf"].iter().any(|key| {
                parts(key).next().is_some() && parts(key).all(|part| self.tells(part, seen))
            })
    }
}
