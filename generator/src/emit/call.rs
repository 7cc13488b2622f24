//! Example calls of operations, as a user would write them.

use proc_macro2::TokenStream;
use quote::quote;

use super::fields::is_argument;
use super::values::Values;
use crate::api::{
    Choice, ChosenArm, Conversion, ExampleCall, ExampleValue, FieldOwner, FunctionName, Operation,
    Payload, Presence, Type,
};

/// An expression that makes the request of a call, starting from a variable `client`.
pub(crate) fn request(
    values: &mut Values<'_>,
    operation: &Operation,
    call: &ExampleCall,
) -> TokenStream {
    let (mut arguments, mut setters) = (Vec::new(), Vec::new());
    for (parameter, sample) in operation.parameters.iter().zip(&call.parameters) {
        let Some(sample) = sample else { continue };
        if is_argument(&parameter.field) {
            arguments.push(values.argument(&parameter.field, FieldOwner::Request, sample));
        } else {
            setters.push(values.setter(&parameter.field, FieldOwner::Request, sample));
        }
    }
    for (choice, chosen) in operation.choices.iter().zip(&call.choices) {
        let Some(chosen) = chosen else { continue };
        let value = self::chosen(values, operation, choice, chosen);
        if choice.presence == Presence::Optional {
            let name = choice.argument.ident();
            setters.push(quote!(.#name(#value)));
        } else {
            arguments.extend(value);
        }
    }
    let links = operation.links.iter().map(FunctionName::ident);
    let function = operation.function.ident();
    quote!(client #(.#links())* .#function(#(#arguments),*) #(#setters)*)
}

fn chosen(
    values: &mut Values<'_>,
    operation: &Operation,
    choice: &Choice,
    chosen: &ChosenArm,
) -> Option<TokenStream> {
    let arm = choice.arms.get(chosen.arm)?;
    let ty = match &arm.payload {
        Payload::None => None,
        Payload::Field(field) => Some(field.ty.clone()),
        Payload::Object(place) => Some(Type::Named(place.clone())),
    };
    match (&ty, arm.conversion, &chosen.payload) {
        (Some(_), Conversion::ByText, ExampleValue::Text(text)) => return Some(quote!(#text)),
        (Some(ty), Conversion::ByType | Conversion::ByText, payload) => {
            return Some(values.typed(ty, payload));
        }
        _ => {}
    }
    let (path, name) = (values.in_api(&operation.modules, &choice.name.ident()), arm.name.ident());
    Some(match ty {
        None => quote!(#path::#name),
        Some(ty) => {
            let value = values.exactly(&ty, &chosen.payload);
            quote!(#path::#name(#value))
        }
    })
}
