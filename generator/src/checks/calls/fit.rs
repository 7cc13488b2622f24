//! Converts JSON samples to values of the generated types.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::api::{
    Api, Dispatch, EnumOf, ExampleValue, Field, Kind, Name, Place, Presence, Struct, TagHolder,
    TagKind, Type, Union, Variant, Width, words,
};

/// The properties and variants that a value uses, each with the type that it belongs to, if that has a name.
pub(super) type Covered = BTreeSet<(Option<Place>, String)>;

/// Converts samples to the types of an API.
pub(super) struct Fitting<'a> {
    pub(super) api: &'a Api,
}

impl Fitting<'_> {
    /// Converts the value of a field. Returns `None` if the type does not accept it.
    pub(super) fn field(
        &self,
        field: &Field,
        value: &Value,
        shown: &mut Covered,
    ) -> Option<ExampleValue> {
        let is_nullable =
            matches!(field.presence, Presence::RequiredNullable | Presence::OptionalNullable);
        if is_nullable && value.is_null() {
            return Some(ExampleValue::Null);
        }
        self.value(&field.ty, value, shown)
    }

    fn value(&self, ty: &Type, value: &Value, shown: &mut Covered) -> Option<ExampleValue> {
        Some(match (ty, value) {
            (Type::Any, value) => ExampleValue::Json(value.clone()),
            (Type::Boolean, Value::Bool(value)) => ExampleValue::Boolean(*value),
            (Type::Constant(only), Value::Bool(value)) if only == value => {
                ExampleValue::Boolean(*value)
            }
            (Type::Integer(width), value) => ExampleValue::Integer(integer(*width, value)?),
            (Type::Number, value) => ExampleValue::Number(value.as_f64()?),
            (Type::Bytes | Type::File, Value::String(_)) => ExampleValue::Bytes,
            (Type::Decimal, Value::Number(number)) => ExampleValue::Text(number.to_string()),
            (
                Type::String | Type::Uuid | Type::Id(_) | Type::DateTime | Type::Civil(_),
                Value::String(text),
            ) => ExampleValue::Text(text.clone()),
            (Type::Scalar, value) => return scalar(value, shown),
            (Type::List(inner), Value::Array(elements)) => {
                let elements = elements.iter().map(|element| self.value(inner, element, shown));
                ExampleValue::List(elements.collect::<Option<_>>()?)
            }
            (Type::Map(inner), Value::Object(entries)) => {
                ExampleValue::Map(self.entries(inner, entries.iter(), shown)?)
            }
            (Type::Nullable(_), Value::Null) => ExampleValue::Null,
            (Type::Nullable(inner) | Type::Boxed(inner), value) => {
                return self.value(inner, value, shown);
            }
            (Type::Named(place), value) => return self.named(place, value, None, shown),
            _ => return None,
        })
    }

    fn entries<'v>(
        &self,
        ty: &Type,
        entries: impl Iterator<Item = (&'v String, &'v Value)>,
        shown: &mut Covered,
    ) -> Option<BTreeMap<String, ExampleValue>> {
        entries.map(|(key, value)| Some((key.clone(), self.value(ty, value, shown)?))).collect()
    }

    /// `known` is the discriminator key of the enclosing union, if the union has already read it.
    fn named(
        &self,
        place: &Place,
        value: &Value,
        known: Option<&str>,
        shown: &mut Covered,
    ) -> Option<ExampleValue> {
        let place = self.api.defined_at(place);
        match &self.api.types.get(place)?.kind {
            Kind::Struct(object) => self.object(place, object, value.as_object()?, known, shown),
            Kind::Enum(values) => Some(ExampleValue::Text(match values.of {
                EnumOf::Texts => value.as_str()?.to_owned(),
                EnumOf::Integers(width) => integer(width, value)?.to_string(),
                EnumOf::Numbers => format!("{:?}", value.as_f64()?),
            })),
            Kind::Union(union) => self.union(place, union, value, shown),
            Kind::Alias(_) => None,
        }
    }

    fn object(
        &self,
        place: &Place,
        object: &Struct,
        value: &Map<String, Value>,
        known: Option<&str>,
        shown: &mut Covered,
    ) -> Option<ExampleValue> {
        let mut fields = BTreeMap::new();
        for (index, field) in object.fields.iter().enumerate() {
            match value.get(&field.key) {
                Some(value) => {
                    shown.insert((Some(place.clone()), words(&field.key)));
                    fields.insert(index, self.field(field, value, shown)?);
                }
                None if field.presence.is_argument() => return None,
                None => {}
            }
        }
        let is_named = |key: &str| object.fields.iter().any(|field| field.key == key);
        let others = value.iter().filter(|(key, _)| !is_named(key) && Some(key.as_str()) != known);
        let others = match &object.others {
            Some(described) => self.entries(&described.ty, others, shown)?,
            // The request would not include these properties.
            None if others.count() > 0 => return None,
            None => BTreeMap::new(),
        };
        Some(ExampleValue::Object(fields, others))
    }

    fn union(
        &self,
        place: &Place,
        union: &Union,
        value: &Value,
        shown: &mut Covered,
    ) -> Option<ExampleValue> {
        let mut variants = union.variants.iter().enumerate();
        let is_shown = |variant: &Variant| (Some(place.clone()), words(variant.name.as_str()));
        let (index, sample) = match &union.dispatch {
            Dispatch::JsonType | Dispatch::Order | Dispatch::Status => {
                variants.find_map(|(index, variant)| {
                    let mut inside = Covered::new();
                    let sample = self.value(&variant.ty, value, &mut inside)?;
                    shown.extend(inside);
                    shown.insert(is_shown(variant));
                    Some((index, sample))
                })?
            }
            dispatch => {
                let object = value.as_object()?;
                let has_tag = |tag: &String| has_tag(dispatch, tag, object);
                let is_it = |variant: &Variant| variant.tag.values.iter().any(has_tag);
                let (index, variant) = variants.find(|(_, variant)| is_it(variant))?;
                shown.insert(is_shown(variant));
                let known = union.discriminator().map(|one| one.property.as_str());
                let known = known.filter(|_| variant.tag.holder == TagHolder::Union);
                (index, self.named(variant.ty.named()?, value, known, shown)?)
            }
        };
        Some(ExampleValue::Variant(index, Box::new(sample)))
    }
}

/// Whether an object has this tag.
fn has_tag(dispatch: &Dispatch, tag: &str, object: &Map<String, Value>) -> bool {
    match dispatch {
        Dispatch::Discriminator(discriminator) => {
            let value = object.get(&discriminator.property);
            value.is_some_and(|value| match discriminator.kind {
                TagKind::Text => value.as_str() == Some(tag),
                TagKind::Boolean => value.as_bool().is_some_and(|value| value.to_string() == tag),
            })
        }
        Dispatch::Presence => object.contains_key(tag),
        Dispatch::JsonType | Dispatch::Order | Dispatch::Status => false,
    }
}

/// Converts a `Scalar`. Its kinds count like the variants of a union.
fn scalar(value: &Value, shown: &mut Covered) -> Option<ExampleValue> {
    let (kind, sample) = match value {
        Value::Bool(value) => ("boolean", ExampleValue::Boolean(*value)),
        Value::Number(value) => ("number", ExampleValue::Number(value.as_f64()?)),
        Value::String(text) => ("text", ExampleValue::Text(text.clone())),
        Value::Null | Value::Array(_) | Value::Object(_) => return None,
    };
    shown.insert((None, kind.to_owned()));
    Some(sample)
}

/// A value that the type holds.
fn integer(width: Width, value: &Value) -> Option<i128> {
    let value = value.as_i64().map(i128::from).or_else(|| value.as_u64().map(i128::from))?;
    let (least, largest) = width.bounds();
    (least..=largest).contains(&value).then_some(value)
}
