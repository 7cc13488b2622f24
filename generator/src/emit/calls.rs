//! A call of an operation with values, as a user writes it.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::arguments::is_argument;
use super::operations::modules_of;
use super::values::Values;
use crate::api::{
    Api, Choice, Chosen, Conversion, Given, Namespace, Operation, Payload, Presence, Type,
};

/// The request that such a call makes, beginning with a `client`.
pub(super) fn request(
    values: &mut Values<'_>,
    operation: &Operation,
    namespace: &Namespace,
    given: &Given,
) -> TokenStream {
    let (mut arguments, mut setters) = (Vec::new(), Vec::new());
    for (parameter, sample) in operation.parameters.iter().zip(&given.parameters) {
        let Some(sample) = sample else { continue };
        if is_argument(&parameter.field) {
            arguments.push(values.argument(&parameter.field, sample));
        } else {
            setters.push(values.setter(&parameter.field, sample));
        }
    }
    for (choice, chosen) in operation.choices.iter().zip(&given.choices) {
        let Some(chosen) = chosen else { continue };
        let value = self::chosen(values, operation, namespace, choice, chosen);
        if choice.presence == Presence::Optional {
            let name = choice.argument.ident();
            setters.push(quote!(.#name(#value)));
        } else {
            arguments.extend(value);
        }
    }
    let links = links(values.api, namespace);
    let function = operation.function.ident();
    quote!(client #(.#links())* .#function(#(#arguments),*) #(#setters)*)
}

/// The functions that lead to a namespace.
fn links(api: &Api, namespace: &Namespace) -> Vec<Ident> {
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

fn chosen(
    values: &mut Values<'_>,
    operation: &Operation,
    namespace: &Namespace,
    choice: &Choice,
    chosen: &Chosen,
) -> Option<TokenStream> {
    let arm = choice.arms.get(chosen.arm)?;
    let ty = match &arm.payload {
        Payload::None => None,
        Payload::Field(field) => Some(field.ty.clone()),
        Payload::Object(place) => Some(Type::Named(place.clone())),
    };
    if let (Some(ty), Conversion::ByType) = (&ty, arm.conversion) {
        return Some(values.typed(ty, &chosen.payload));
    }
    let modules = modules_of(values.api, operation, namespace);
    let (path, name) = (values.in_api(&modules, &choice.name.ident()), arm.name.ident());
    Some(match ty {
        None => quote!(#path::#name),
        Some(ty) => {
            let value = values.exactly(&ty, &chosen.payload);
            quote!(#path::#name(#value))
        }
    })
}
