//! Samples of what a document describes: JSON that shows every alternative at least once, in few values.
//!
//! They are made from the document itself, and not from what the generator reads in it, so that the one can be held
//! against the other: what is generated has to read all of them.
//!
//! A list of samples is no product of all alternatives. Properties show theirs side by side, so that an object has about
//! as many samples as the one of its properties that has most:
//!
//! - the first sample has everything that there may be, and the last has only what has to be there;
//! - those between have what the first ones do not show yet: the other values of an enum, the other variants of a
//!   `oneOf` or `anyOf`, null, both booleans, empty lists and longer ones.
//!
//! The same document gives the same samples. Texts and numbers are made of the names of their properties, so that two
//! properties that were taken for each other show.

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
pub use self::operations::Answered;

/// So many references are followed into each other; what lies deeper is shown in its smallest form.
const DEPTH: usize = 3;

/// No text has more characters, and no list more elements, whatever a document asks for.
const LONGEST: usize = 10_000;

/// What to do about what the owner of an API leaves out of its documentation (`x-undocumented`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undocumented {
    /// Samples do not have it, as clients do not know it.
    Excluded,
    /// Samples have it like anything else.
    Included,
}

/// Makes samples of what one document describes.
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
    /// The samples of what references lead to, by reference and depth.
    known: RefCell<BTreeMap<(String, usize), Vec<Value>>>,
    /// The smallest ones, likewise.
    known_smallest: RefCell<BTreeMap<(String, usize), Option<Value>>>,
}

impl<'a> Sampler<'a> {
    /// For an OpenAPI 3.0 document, as [`read`](crate::read) gives it.
    #[must_use]
    pub fn new(document: &'a Value, undocumented: Undocumented) -> Self {
        Self {
            document,
            undocumented,
            known: RefCell::default(),
            known_smallest: RefCell::default(),
        }
    }

    /// Samples of the schema at `pointer` (RFC 6901): the fullest first, the smallest last.
    ///
    /// There are none if nothing stands there, or if nothing finite can be what stands there: an object that has to hold
    /// one of its own kind.
    #[must_use]
    pub fn samples(&self, pointer: &str) -> Vec<Value> {
        self.samples_called(pointer, last_step(pointer))
    }

    /// The same of what is called otherwise than the pointer ends.
    pub(crate) fn samples_called(&self, pointer: &str, name: &str) -> Vec<Value> {
        let schema = self.document.pointer(pointer);
        schema.map(|schema| self.all(schema, name, DEPTH)).unwrap_or_default()
    }

    /// The sample of the schema at `pointer` with only what has to be there, and null wherever that may be.
    #[must_use]
    pub fn smallest(&self, pointer: &str) -> Option<Value> {
        self.smallest_called(pointer, last_step(pointer))
    }

    /// The same of what is called otherwise than the pointer ends.
    pub(crate) fn smallest_called(&self, pointer: &str, name: &str) -> Option<Value> {
        self.smallest_of(self.document.pointer(pointer)?, name, smallest::FUEL)
    }

    /// Samples of `schema`, which is called `name`.
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

    /// Samples of a schema that is put together of others or stands for itself.
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

    /// Samples of a variant, with the tag by which a discriminator knows it.
    fn variant(
        &self,
        variant: &Value,
        discriminator: Option<&Value>,
        name: &str,
        depth: usize,
    ) -> Vec<Value> {
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

/// The samples without repetitions, in their order.
fn distinct(mut samples: Vec<Value>) -> Vec<Value> {
    let mut seen = BTreeSet::new();
    samples.retain(|sample| seen.insert(sample.to_string()));
    samples
}
