//! A call of each operation as a user would write it, which the documentation tests compile.

use std::collections::BTreeMap;
use std::fmt::Write;

use quote::quote;
use serde_json::Value;

use super::arguments::is_argument;
use super::values::Values;
use super::{calls, print};
use crate::api::{
    Answer, Api, Choice, Chosen, Field, Given, Kind, Namespace, Operation, Payload, Place,
    Presence, Sample, Type, Usage, ident,
};

/// How deep objects are filled in before it is clear that they contain themselves.
const DEEPEST: usize = 6;

/// The section of the documentation that shows a call; nothing if one would be too long to be of use.
pub(super) fn section(
    api: &Api,
    operation: &Operation,
    namespace: &Namespace,
) -> syn::Result<Option<String>> {
    let Some(given) = given(api, operation) else { return Ok(None) };
    let mut values = Values::shown(api);
    let package = values.package();
    let request = calls::request(&mut values, operation, namespace, &given);
    let call = quote!(#request.send().await?);
    let statement = match operation.answer {
        Answer::Nothing => quote!(#call;),
        _ => quote!(let answer = #call;),
    };
    let client = ident(&api.client);
    let function = print::item(quote! {
        async fn example(client: #package::#client) -> Result<(), #package::Error> {
            #statement
            Ok(())
        }
    })?;
    Ok(Some(hidden(&function)))
}

/// Markdown that shows only what matters of a function.
fn hidden(function: &str) -> String {
    let lines: Vec<&str> = function.lines().collect();
    let body = lines.len().saturating_sub(2);
    let mut text = "# Example\n\n```no_run\n".to_owned();
    for (index, line) in lines.iter().enumerate() {
        let shown = index > 0 && index < body;
        let line = if shown { line.strip_prefix("    ").unwrap_or(line) } else { line };
        let _ = if shown { writeln!(text, "{line}") } else { writeln!(text, "# {line}") };
    }
    text.push_str("```");
    text
}

/// Only what has to be passed, with names for texts.
fn given(api: &Api, operation: &Operation) -> Option<Given> {
    let parameters = operation.parameters.iter().map(|parameter| {
        let field = Some(&parameter.field).filter(|field| is_argument(field));
        field.map(|field| argument(api, field, 0)).map_or(Some(None), |value| value.map(Some))
    });
    let choices = operation.choices.iter().map(|choice| match choice.presence {
        Presence::Optional => Some(None),
        _ => chosen(api, choice).map(Some),
    });
    Some(Given {
        parameters: parameters.collect::<Option<_>>()?,
        choices: choices.collect::<Option<_>>()?,
    })
}

fn chosen(api: &Api, choice: &Choice) -> Option<Chosen> {
    let payload = match &choice.arms.first()?.payload {
        Payload::None => Sample::Null,
        Payload::Object(place) => named(api, place, 0)?,
        Payload::Field(field) => value(api, &field.ty, &field.key, 0)?,
    };
    Some(Chosen { arm: 0, payload })
}

/// What to pass for a field.
fn argument(api: &Api, field: &Field, depth: usize) -> Option<Sample> {
    match &field.ty {
        _ if field.presence == Presence::RequiredNullable => Some(Sample::Null),
        Type::List(inner) => Some(Sample::List(vec![value(api, inner, &field.key, depth)?])),
        ty => value(api, ty, &field.key, depth),
    }
}

fn value(api: &Api, ty: &Type, key: &str, depth: usize) -> Option<Sample> {
    Some(match ty {
        Type::Boolean => Sample::Boolean(true),
        Type::Constant(value) => Sample::Boolean(*value),
        Type::Integer => Sample::Integer(1),
        Type::Number => Sample::Number(1.0),
        Type::Bytes | Type::File => Sample::Bytes,
        Type::Any => Sample::Json(Value::Null),
        Type::String | Type::Uuid | Type::Id(_) | Type::Scalar | Type::DateTime => {
            Sample::Text(key.to_owned())
        }
        Type::List(_) => Sample::List(Vec::new()),
        Type::Map(_) => Sample::Map(BTreeMap::new()),
        Type::Nullable(_) => Sample::Null,
        Type::Boxed(inner) => value(api, inner, key, depth)?,
        Type::Named(place) => named(api, place, depth)?,
    })
}

fn named(api: &Api, place: &Place, depth: usize) -> Option<Sample> {
    if depth > DEEPEST {
        return None;
    }
    let definition = api.types.get(api.defined_at(place))?;
    match &definition.kind {
        Kind::Struct(object) if definition.usage == Usage::Requests => {
            let required = object.fields.iter().enumerate().filter(|(_, field)| is_argument(field));
            let set =
                required.map(|(index, field)| Some((index, argument(api, field, depth + 1)?)));
            Some(Sample::Object(set.collect::<Option<_>>()?, BTreeMap::new()))
        }
        Kind::Enum(values) => Some(Sample::Text(values.values.first()?.text.clone())),
        Kind::Union(union) => {
            let variant = union.variants.first()?;
            let inner = value(api, &variant.ty, &variant.word, depth + 1)?;
            Some(Sample::Variant(0, Box::new(inner)))
        }
        Kind::Struct(_) | Kind::Alias(_) => None,
    }
}
