//! Chooses the values in the example call of each operation: placeholders for its required parameters.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::api::{
    Api, Choice, ChosenArm, ExampleCall, ExampleValue, Field, Kind, Operation, Payload, Place,
    Presence, Type, Usage,
};
use crate::document::Pointer;

/// The maximum depth of nested objects. A deeper object would be too long for an example, or contains itself.
const MAX_DEPTH: usize = 6;

pub(super) fn run(api: &mut Api) {
    let operations = api.operations().into_iter();
    let examples: Vec<Option<ExampleCall>> = operations
        .map(|operation| required_call(api, operation, &|field, _| argument(api, field, 0)))
        .collect();
    let mut examples = examples.into_iter();
    api.each_operation_mut(&mut |operation| operation.example = examples.next().flatten());
}

/// Returns the value of a field that the document describes at a place, or `None` if no value is known.
type ValueOf<'a> = dyn Fn(&Field, Option<&Pointer>) -> Option<ExampleValue> + 'a;

/// Makes the call with only the required values; `None` if one of them is unknown.
pub(crate) fn required_call(
    api: &Api,
    operation: &Operation,
    value: &ValueOf<'_>,
) -> Option<ExampleCall> {
    let all = operation.parameters.iter().map(|one| (&one.field, operation.described_at(one)));
    let needed = needed(&operation.at_least_one, all, value);
    let parameters = operation.parameters.iter().map(|one| {
        if one.field.presence.is_argument() || needed.contains(one.field.key.as_str()) {
            value(&one.field, operation.described_at(one).as_ref()).map(Some)
        } else {
            Some(None)
        }
    });
    let choices = operation.choices.iter().map(|choice| match choice.presence {
        Presence::Optional => Some(None),
        _ => first_arm(api, choice, value).map(Some),
    });
    Some(ExampleCall {
        parameters: parameters.collect::<Option<_>>()?,
        choices: choices.collect::<Option<_>>()?,
    })
}

/// The keys of the optional fields that have to be set: the first one of each list whose value is known.
fn needed<'a>(
    lists: &[Vec<String>],
    fields: impl Iterator<Item = (&'a Field, Option<Pointer>)>,
    value: &ValueOf<'_>,
) -> BTreeSet<&'a str> {
    let mut open: Vec<&Vec<String>> = lists.iter().collect();
    let mut needed = BTreeSet::new();
    for (field, at) in fields {
        let is_listed = open.iter().any(|list| list.contains(&field.key));
        if is_listed && value(field, at.as_ref()).is_some() {
            open.retain(|list| !list.contains(&field.key));
            needed.insert(field.key.as_str());
        }
    }
    needed
}

/// The first arm for which all values are known, with its required fields.
fn first_arm(api: &Api, choice: &Choice, value: &ValueOf<'_>) -> Option<ChosenArm> {
    let mut arms = choice.arms.iter().enumerate();
    arms.find_map(|(arm, described)| {
        let payload = match &described.payload {
            Payload::None => ExampleValue::Null,
            Payload::Field(field) => value(field, field.at.as_ref())?,
            Payload::Object(_) => {
                let fields = api.fields_of_arm(described).iter();
                let all = fields.clone().map(|field| (field, field.at.clone()));
                let needed = needed(&described.at_least_one, all, value);
                let required = fields.enumerate().filter(|(_, field)| {
                    field.presence.is_argument() || needed.contains(field.key.as_str())
                });
                let set = required.map(|(index, one)| Some((index, value(one, one.at.as_ref())?)));
                ExampleValue::Object(set.collect::<Option<_>>()?, BTreeMap::new())
            }
        };
        Some(ChosenArm { arm, payload })
    })
}

/// A placeholder for a field. Text fields get the name of the field.
fn argument(api: &Api, field: &Field, depth: usize) -> Option<ExampleValue> {
    match &field.ty {
        _ if field.presence == Presence::RequiredNullable => Some(ExampleValue::Null),
        Type::List(inner) => {
            Some(ExampleValue::List(vec![placeholder(api, inner, &field.key, depth)?]))
        }
        ty => placeholder(api, ty, &field.key, depth),
    }
}

fn placeholder(api: &Api, ty: &Type, key: &str, depth: usize) -> Option<ExampleValue> {
    Some(match ty {
        Type::Boolean => ExampleValue::Boolean(true),
        Type::Constant(value) => ExampleValue::Boolean(*value),
        Type::Integer(_) => ExampleValue::Integer(1),
        Type::Number => ExampleValue::Number(1.0),
        Type::Decimal => ExampleValue::Text("1.5".to_owned()),
        Type::Bytes | Type::File => ExampleValue::Bytes,
        Type::Any => ExampleValue::Json(Value::Null),
        Type::String
        | Type::Uuid
        | Type::Id(_)
        | Type::Scalar
        | Type::DateTime
        | Type::Civil(_) => ExampleValue::Text(key.to_owned()),
        Type::List(_) => ExampleValue::List(Vec::new()),
        Type::Map(_) => ExampleValue::Map(BTreeMap::new()),
        Type::Nullable(_) => ExampleValue::Null,
        Type::Boxed(inner) => placeholder(api, inner, key, depth)?,
        Type::Named(place) => named(api, place, depth)?,
    })
}

fn named(api: &Api, place: &Place, depth: usize) -> Option<ExampleValue> {
    if depth > MAX_DEPTH {
        return None;
    }
    let definition = api.types.get(api.defined_at(place))?;
    match &definition.kind {
        Kind::Struct(object) if definition.usage == Usage::Requests => {
            let fields = object.fields.iter().enumerate();
            let required = fields.filter(|(_, field)| field.presence.is_argument());
            let set =
                required.map(|(index, field)| Some((index, argument(api, field, depth + 1)?)));
            Some(ExampleValue::Object(set.collect::<Option<_>>()?, BTreeMap::new()))
        }
        Kind::Enum(values) => Some(ExampleValue::Text(values.values.first()?.text.clone())),
        Kind::Union(union) => {
            let variant = union.variants.first()?;
            let inner = placeholder(api, &variant.ty, &variant.word, depth + 1)?;
            Some(ExampleValue::Variant(0, Box::new(inner)))
        }
        Kind::Struct(_) | Kind::Alias(_) => None,
    }
}
