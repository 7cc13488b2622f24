//! Samples of the schemas in a document: a few JSON values in which every alternative occurs at least once.
//!
//! Samples are derived from the document and not from the model of the generator. That makes them an independent check: the
//! generated types have to decode all of them.
//!
//! The samples of an object do not combine all alternatives of its properties. Each object uses the next sample of every
//! property, so that an object has about as many samples as the property that has the most:
//!
//! - the first sample has every property, and the last has only the required ones;
//! - the samples between them show what is new: the other values of an enum, the other variants of a `oneOf` or `anyOf`,
//!   null, both booleans, empty and longer lists.
//!
//! The same document gives the same samples. Strings and numbers are derived from the names of their properties, so that a
//! test notices if two properties are mixed up.

mod keywords;
mod members;
mod operations;
mod pattern;
mod plain;
mod scalars;
mod smallest;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use self::keywords::{Kind, is_nullable};
pub use self::operations::{Answered, Success};

/// How many references are followed into each other. Deeper schemas are represented by their smallest sample.
const DEPTH: usize = 3;

/// The maximum length of strings and lists, even if a document asks for more.
const LONGEST: usize = 10_000;

/// Whether samples include parts that are marked as undocumented (`x-undocumented`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undocumented {
    /// Samples do not include them, as clients do not know them.
    Excluded,
    /// Samples include them.
    Included,
}

/// Makes samples of the schemas in a document.
///
/// ```
/// use seam_generator::samples::{Sampler, Undocumented};
///
/// let document = serde_json::json!({"components": {"schemas": {"light": {
///     "type": "object",
///     "properties": {"is_on": {"type": "boolean"}, "color": {"enum": ["red", "green"]}},
///     "required": ["is_on"],
/// }}}});
/// let sampler = Sampler::new(&document, Undocumented::Excluded);
/// let samples = sampler.samples("/components/schemas/light");
/// assert_eq!(samples, [
///     serde_json::json!({"is_on": true, "color": "red"}),
///     serde_json::json!({"is_on": false, "color": "green"}),
///     serde_json::json!({"is_on": true}),
/// ]);
/// ```
#[derive(Debug)]
pub struct Sampler<'a> {
    document: &'a Value,
    undocumented: Undocumented,
    /// The samples of targets of references, by reference and depth.
    known: RefCell<BTreeMap<(String, usize), Vec<Value>>>,
    /// The smallest samples of targets of references, by reference and depth.
    known_smallest: RefCell<BTreeMap<(String, usize), Option<Value>>>,
}

impl<'a> Sampler<'a> {
    /// Creates a sampler for an OpenAPI 3.0 document, as [`read`](crate::read) returns it.
    #[must_use]
    pub fn new(document: &'a Value, undocumented: Undocumented) -> Self {
        Self {
            document,
            undocumented,
            known: RefCell::default(),
            known_smallest: RefCell::default(),
        }
    }

    /// Returns samples of the schema at `pointer` (RFC 6901): the most complete first, the smallest last.
    ///
    /// Returns none if there is no schema at `pointer`, or if no finite value is valid, such as for an object with a
    /// required property of its own type.
    #[must_use]
    pub fn samples(&self, pointer: &str) -> Vec<Value> {
        self.samples_called(pointer, last_step(pointer))
    }

    /// Like [`samples`](Self::samples), with a name for the values instead of the last step of the pointer.
    pub(crate) fn samples_called(&self, pointer: &str, name: &str) -> Vec<Value> {
        let schema = self.document.pointer(pointer);
        schema.map(|schema| self.all(schema, name, DEPTH)).unwrap_or_default()
    }

    /// Returns the sample of the schema at `pointer` with required properties only, and with null wherever it is allowed.
    #[must_use]
    pub fn smallest(&self, pointer: &str) -> Option<Value> {
        self.smallest_called(pointer, last_step(pointer))
    }

    /// Like [`smallest`](Self::smallest), with a name for the value instead of the last step of the pointer.
    pub(crate) fn smallest_called(&self, pointer: &str, name: &str) -> Option<Value> {
        self.smallest_of(self.document.pointer(pointer)?, name, smallest::FUEL)
    }

    /// Samples of `schema`, with values derived from `name`.
    fn all(&self, schema: &Value, name: &str, depth: usize) -> Vec<Value> {
        if let Some(reference) = keywords::reference(schema) {
            return self.referenced(reference, depth);
        }
        let mut samples = match keywords::variants(schema) {
            Some(variants) => {
                let discriminator = schema.get("discriminator");
                let of_variant = |variant| self.variant(variant, discriminator, name, depth);
                variants.flat_map(of_variant).collect()
            }
            None => self.plainly(schema, name, depth),
        };
        if is_nullable(schema) {
            samples.insert(samples.len().min(1), Value::Null);
        }
        distinct(samples)
    }

    fn referenced(&self, reference: &str, depth: usize) -> Vec<Value> {
        let Some((schema, name)) = self.target(reference) else { return Vec::new() };
        let Some(deeper) = depth.checked_sub(1) else {
            return self.smallest_of(schema, name, smallest::FUEL).into_iter().collect();
        };
        let key = (reference.to_owned(), depth);
        if let Some(known) = self.known.borrow().get(&key) {
            return known.clone();
        }
        let samples = self.all(schema, name, deeper);
        self.known.borrow_mut().insert(key, samples.clone());
        samples
    }

    /// Samples of a schema that is neither a reference nor only a list of alternatives.
    fn plainly(&self, schema: &Value, name: &str, depth: usize) -> Vec<Value> {
        let plain = self.plain(schema);
        let Some(depth) = depth.checked_sub(usize::from(plain.is_behind_references)) else {
            return self.smallest_of(schema, name, smallest::FUEL).into_iter().collect();
        };
        plain.schemas.iter().flat_map(|schema| self.of_plain(schema, name, depth)).collect()
    }

    fn of_plain(&self, schema: &Map<String, Value>, name: &str, depth: usize) -> Vec<Value> {
        match Kind::of(schema) {
            Kind::Nothing => Vec::new(),
            Kind::Enum(values) => values,
            Kind::Object => self.objects(schema, name, depth),
            Kind::Array => self.arrays(schema, name, depth),
            Kind::Boolean => vec![true.into(), false.into()],
            Kind::Integer => vec![scalars::integer(schema, name)],
            Kind::Number => scalars::numbers(schema, name),
            Kind::Text => scalars::texts(schema, name),
            Kind::Any => scalars::anything(name),
        }
    }

    /// Samples of a variant, including the tag that a discriminator implies for it.
    fn variant(
        &self,
        variant: &Value,
        discriminator: Option<&Value>,
        name: &str,
        depth: usize,
    ) -> Vec<Value> {
        if keywords::is_only_null(variant) {
            return vec![Value::Null];
        }
        let mut samples = self.all(variant, name, depth);
        let Some((key, tags)) = self.implied_tags(variant, discriminator) else { return samples };
        let fullest = samples.first().cloned();
        let set = |sample: &mut Value, tag: &String| {
            if let Value::Object(object) = sample {
                object.insert(key.to_owned(), tag.clone().into());
            }
        };
        samples.iter_mut().zip(tags.iter().take(1).cycle()).for_each(|(one, tag)| set(one, tag));
        for tag in tags.iter().skip(1) {
            samples.extend(fullest.clone().map(|mut sample| {
                set(&mut sample, tag);
                sample
            }));
        }
        samples
    }
}

fn last_step(pointer: &str) -> &str {
    pointer.rsplit('/').next().unwrap_or_default()
}

/// Removes repeated samples.
fn distinct(mut samples: Vec<Value>) -> Vec<Value> {
    let mut seen = BTreeSet::new();
    samples.retain(|sample| seen.insert(sample.to_string()));
    samples
}
