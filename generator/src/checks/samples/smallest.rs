//! The smallest sample: required properties only, with null or an empty list wherever they are allowed.

use serde_json::{Map, Value};

use super::keywords::{self, Kind, is_nullable};
use super::{Sampler, scalars};

/// How many references are followed into each other. A schema that needs more is taken to require itself endlessly.
pub(super) const FUEL: usize = 16;

impl<'a> Sampler<'a> {
    /// The smallest sample of `schema`, derived from `name`. Returns `None` if no finite value is valid.
    pub(super) fn smallest_of(&self, schema: &Value, name: &str, fuel: usize) -> Option<Value> {
        if is_nullable(schema) {
            return Some(Value::Null);
        }
        if let Some(reference) = keywords::reference(schema) {
            return self.smallest_referenced(reference, fuel);
        }
        if let Some(variants) = keywords::variants(schema) {
            let discriminator = schema.get("discriminator");
            let samples = variants.filter_map(|variant| {
                let mut sample = self.smallest_of(variant, name, fuel)?;
                let tags = self.implied_tags(variant, discriminator);
                if let (Some((key, tags)), Value::Object(object)) = (tags, &mut sample) {
                    object.extend(tags.into_iter().take(1).map(|tag| (key.to_owned(), tag.into())));
                }
                Some(sample)
            });
            return samples.min_by_key(size);
        }
        let plain = self.plain(schema);
        let fuel = fuel.checked_sub(usize::from(plain.is_behind_references))?;
        let samples =
            plain.schemas.iter().filter_map(|schema| self.of_smallest(schema, name, fuel));
        samples.min_by_key(size)
    }

    fn smallest_referenced(&self, reference: &str, fuel: usize) -> Option<Value> {
        let fuel = fuel.checked_sub(1)?;
        let (schema, name) = self.target(reference)?;
        let key = (reference.to_owned(), fuel);
        if let Some(known) = self.known_smallest.borrow().get(&key) {
            return known.clone();
        }
        let smallest = self.smallest_of(schema, name, fuel);
        self.known_smallest.borrow_mut().insert(key, smallest.clone());
        smallest
    }

    fn of_smallest(&self, schema: &Map<String, Value>, name: &str, fuel: usize) -> Option<Value> {
        match Kind::of(schema) {
            Kind::Nothing => None,
            Kind::Enum(values) => values.into_iter().next(),
            Kind::Object => self.smallest_object(schema, fuel),
            Kind::Array => self.smallest_array(schema, name, fuel),
            Kind::Boolean => Some(true.into()),
            Kind::Integer => Some(scalars::integer(schema, name)),
            Kind::Number => scalars::numbers(schema, name).into_iter().next(),
            Kind::Text => scalars::texts(schema, name).into_iter().next(),
            Kind::Any => scalars::anything(name).into_iter().next(),
        }
    }
}

fn size(sample: &Value) -> usize {
    sample.to_string().len()
}
