//! `Debug` implementations of types with secrets. All other types derive `Debug`.

use proc_macro2::TokenStream;
use quote::quote;

use super::module::Module;
use crate::api::{Choice, FieldName, Name, Payload, Presence, Sensitivity, Type, TypeName, Usage};

/// How `Debug` shows a field.
pub(super) enum DebugField<'a> {
    Whole(&'a str),
    /// Hidden, except whether it is set, for an `Option` or an `Option<Option<_>>`.
    Hidden(&'a str, Depth),
}

/// The number of nested `Option`s of a field.
#[derive(Clone, Copy)]
pub(super) enum Depth {
    None,
    Option,
    OptionOfOption,
}

impl Depth {
    /// The depth of a struct field.
    pub(super) fn of(presence: Presence, ty: &Type, usage: Usage) -> Self {
        if presence == Presence::OptionalNullable && usage == Usage::Requests {
            Self::OptionOfOption
        } else if presence.is_option(ty, usage) {
            Self::Option
        } else {
            Self::None
        }
    }
}

impl<'a> DebugField<'a> {
    pub(super) fn new(name: &'a FieldName, sensitivity: Sensitivity, depth: Depth) -> Self {
        match sensitivity {
            Sensitivity::Public => Self::Whole(name.as_str()),
            Sensitivity::Secret => Self::Hidden(name.as_str(), depth),
        }
    }

    /// A field that is not a property.
    pub(super) fn other(name: &'a str) -> Self {
        Self::Whole(name)
    }

    fn row(&self) -> String {
        let (name, how) = match self {
            Self::Whole(name) => (name, ""),
            Self::Hidden(name, Depth::None) => (name, ": hidden"),
            Self::Hidden(name, Depth::Option) => (name, ": hidden option"),
            Self::Hidden(name, Depth::OptionOfOption) => (name, ": hidden option of option"),
        };
        format!("{}{how},", crate::api::ident(name))
    }
}

/// The `derive` attribute of a type with these fields, with or without `Debug`.
pub(super) fn derives(fields: &[DebugField<'_>], others: &TokenStream) -> TokenStream {
    if has_secret(fields) { quote!(Clone #others) } else { quote!(Clone, Debug #others) }
}

fn has_secret(fields: &[DebugField<'_>]) -> bool {
    fields.iter().any(|field| matches!(field, DebugField::Hidden(..)))
}

/// Implements `Debug` for a struct, unless it is derived.
pub(super) fn implement(name: &TypeName, fields: &[DebugField<'_>], module: &mut Module) {
    if has_secret(fields) {
        let head = format!("crate::macros::debug!({}", name.ident());
        module.table(&head, fields.iter().map(DebugField::row));
    }
}

/// Whether the value of an alternative is a secret.
pub(super) fn is_secret(choice: &Choice) -> bool {
    choice.arms.iter().any(|arm| is_hidden(&arm.payload))
}

fn is_hidden(payload: &Payload) -> bool {
    matches!(payload, Payload::Field(field) if field.sensitivity == Sensitivity::Secret)
}

/// Implements `Debug` for a choice, unless it is derived.
pub(super) fn of_choice(choice: &Choice) -> TokenStream {
    let name = choice.name.ident();
    let arms = choice.arms.iter().map(|arm| {
        let (variant, text) = (arm.name.ident(), arm.name.as_str());
        match &arm.payload {
            Payload::None => quote!(Self::#variant => f.write_str(#text)),
            payload if is_hidden(payload) => quote! {
                Self::#variant(_) => f.debug_tuple(#text).field(&crate::redact::Hidden).finish()
            },
            Payload::Field(_) | Payload::Object(_) => quote! {
                Self::#variant(value) => f.debug_tuple(#text).field(value).finish()
            },
        }
    });
    quote! {
        impl std::fmt::Debug for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self { #(#arms,)* }
            }
        }
    }
}
