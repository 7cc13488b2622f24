//! A call of each operation as a user would write it, which the documentation tests compile.

use std::fmt::Write;

use proc_macro2::TokenStream;
use quote::quote;

use super::arguments::is_argument;
use super::operations::modules_of;
use super::print;
use crate::api::{
    Answer, Api, Choice, Conversion, Field, Kind, Namespace, Operation, Payload, Place, Presence,
    Root, Type, Usage,
};

/// How deep objects are filled in before it is clear that they contain themselves.
const DEEPEST: usize = 6;

/// The section of the documentation that shows a call; nothing if one would be too long to be of use.
pub(super) fn section(
    api: &Api,
    operation: &Operation,
    namespace: &Namespace,
) -> syn::Result<Option<String>> {
    let package = package(api);
    let mut arguments = Vec::new();
    let parameters = operation.parameters.iter().map(|parameter| &parameter.field);
    for field in parameters.filter(|field| is_argument(field)) {
        let Some(value) = argument(api, field, 0) else { return Ok(None) };
        arguments.push(value);
    }
    for choice in operation.choices.iter().filter(|choice| choice.presence != Presence::Optional) {
        let Some(value) = chosen(api, operation, namespace, choice) else { return Ok(None) };
        arguments.push(value);
    }
    let links = links(api, namespace);
    let function = operation.function.ident();
    let call = quote!(client #(.#links())* .#function(#(#arguments),*).send().await?);
    let statement = match operation.answer {
        Answer::Nothing => quote!(#call;),
        _ => quote!(let answer = #call;),
    };
    let function = print::item(quote! {
        async fn example(client: #package::Seam) -> Result<(), #package::Error> {
            #statement
            Ok(())
        }
    })?;
    Ok(Some(hidden(&function)))
}

/// The crate as a user calls it.
fn package(api: &Api) -> proc_macro2::Ident {
    crate::api::ident(&api.package.replace('-', "_"))
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

/// The functions that lead to a namespace.
fn links(api: &Api, namespace: &Namespace) -> Vec<proc_macro2::Ident> {
    let mut links = Vec::new();
    let mut level = &api.namespaces;
    for depth in 1..=namespace.path.len() {
        if let Some(found) = level.iter().find(|other| other.path == namespace.path[..depth]) {
            links.push(found.function.ident());
            level = &found.namespaces;
        }
    }
    links
}

/// What to pass for a field.
fn argument(api: &Api, field: &Field, depth: usize) -> Option<TokenStream> {
    match &field.ty {
        _ if field.presence == Presence::RequiredNullable => Some(quote!(None)),
        Type::List(inner) => {
            let inner = into(api, inner, &field.key, depth)?;
            Some(quote!([#inner]))
        }
        ty => into(api, ty, &field.key, depth),
    }
}

/// A value that converts into `ty`.
fn into(api: &Api, ty: &Type, key: &str, depth: usize) -> Option<TokenStream> {
    if let Type::Named(place) = ty
        && let Kind::Enum(values) = &api.types.get(api.defined_at(place))?.kind
    {
        let text = values.values.first().map_or("", |value| value.text.as_str());
        return Some(quote!(#text));
    }
    match ty {
        Type::String | Type::Uuid | Type::Id(_) | Type::Scalar => Some(quote!(#key)),
        Type::Bytes | Type::File => Some(quote!(vec![1, 2, 3])),
        other => value(api, other, key, depth),
    }
}

/// A value of exactly that type.
fn value(api: &Api, ty: &Type, key: &str, depth: usize) -> Option<TokenStream> {
    let package = package(api);
    Some(match ty {
        Type::Boolean => quote!(true),
        Type::Constant(value) => quote!(#value),
        Type::Integer => quote!(1),
        Type::Number => quote!(1.0),
        Type::DateTime => quote!(#package::jiff::Timestamp::UNIX_EPOCH),
        Type::Bytes => quote!(#package::bytes::Bytes::new()),
        Type::File => quote!(#package::File::new(vec![1, 2, 3])),
        Type::Any => quote!(serde_json::Value::Null),
        Type::String | Type::Uuid | Type::Id(_) | Type::Scalar => quote!(#key.into()),
        Type::List(_) | Type::Map(_) => quote!(Default::default()),
        Type::Nullable(_) => quote!(None),
        Type::Boxed(inner) => {
            let inner = value(api, inner, key, depth)?;
            quote!(Box::new(#inner))
        }
        Type::Named(place) => named(api, place, depth)?,
    })
}

fn named(api: &Api, place: &Place, depth: usize) -> Option<TokenStream> {
    if depth > DEEPEST {
        return None;
    }
    let path = path(api, place)?;
    let definition = api.types.get(api.defined_at(place))?;
    match &definition.kind {
        Kind::Struct(object) if definition.usage == Usage::Requests => {
            let required = object.fields.iter().filter(|field| is_argument(field));
            let arguments: Option<Vec<_>> =
                required.map(|field| argument(api, field, depth + 1)).collect();
            let arguments = arguments?;
            Some(quote!(#path::new(#(#arguments),*)))
        }
        Kind::Enum(values) => {
            let first = values.values.first()?.name.ident();
            Some(quote!(#path::#first))
        }
        Kind::Union(union) => {
            let variant = union.variants.first()?;
            let (name, value) = (variant.name.ident(), named(api, &variant.ty, depth + 1)?);
            Some(quote!(#path::#name(#value)))
        }
        Kind::OneOf(one_of) => {
            let variant = one_of.variants.first()?;
            let value = value(api, &variant.ty, &variant.word, depth + 1)?;
            let name = variant.name.ident();
            Some(quote!(#path::#name(#value)))
        }
        Kind::Struct(_) | Kind::Alias(_) => None,
    }
}

fn chosen(
    api: &Api,
    operation: &Operation,
    namespace: &Namespace,
    choice: &Choice,
) -> Option<TokenStream> {
    let arm = choice.arms.first()?;
    let choice_path = || {
        let modules = modules_of(api, operation, namespace);
        let modules = modules.iter().map(|module| module.ident());
        let package = package(api);
        let (choice, arm) = (choice.name.ident(), arm.name.ident());
        quote!(#package::api::#(#modules::)*#choice::#arm)
    };
    Some(match &arm.payload {
        Payload::None => choice_path(),
        Payload::Object(place) if arm.conversion == Conversion::ByType => named(api, place, 0)?,
        Payload::Object(place) => {
            let (path, value) = (choice_path(), named(api, place, 0)?);
            quote!(#path(#value))
        }
        Payload::Field(field) if arm.conversion == Conversion::ByType => typed(api, field)?,
        Payload::Field(field) => {
            let path = choice_path();
            let value = value(api, &field.ty, &field.key, 0)?;
            quote!(#path(#value))
        }
    })
}

/// A value whose type is to be seen.
fn typed(api: &Api, field: &Field) -> Option<TokenStream> {
    let key = &field.key;
    match &field.ty {
        Type::Id(resource) => {
            let package = package(api);
            let id = api.ids.get(resource)?.ident();
            Some(quote!(#package::ids::#id::from(#key)))
        }
        Type::String | Type::Uuid => Some(quote!(#key.to_owned())),
        ty => value(api, ty, key, 0),
    }
}

fn path(api: &Api, place: &Place) -> Option<TokenStream> {
    let definition = api.types.get(place)?;
    let package = package(api);
    let name = definition.name.ident();
    let modules = definition.modules.iter().map(|module| module.ident());
    Some(match (&place.root, place.steps.is_empty()) {
        (Root::Schema(_), true) => quote!(#package::models::#name),
        (Root::Schema(_), false) => quote!(#package::models::#(#modules::)*#name),
        (Root::Operation { .. }, _) => quote!(#package::api::#(#modules::)*#name),
    })
}
