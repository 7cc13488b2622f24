//! Arguments and setters.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::module::Module;
use super::types::{self, Scope};
use crate::api::{Api, ArgumentType, Field, FieldOwner, Others, Presence, Sensitivity, Type};
use crate::markdown::code;

/// The sentence in the documentation of secrets.
const SECRET: &str = "Secret: `Debug` does not show it.";

/// Whether a field is an argument of the constructor or method.
pub(super) fn is_argument(field: &Field) -> bool {
    field.presence.is_argument()
}

/// The kind of function that takes the value of a field.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ArgumentOf {
    /// The method of an operation.
    Method,
    /// A setter of a request.
    Request,
    /// The constructor or a setter of an object.
    Object,
}

impl ArgumentOf {
    fn owner(self) -> FieldOwner {
        match self {
            Self::Method | Self::Request => FieldOwner::Request,
            Self::Object => FieldOwner::Object,
        }
    }

    /// The object that records integers out of range.
    fn call(self) -> TokenStream {
        match self {
            Self::Method => quote!(call),
            Self::Request | Self::Object => quote!(self.call),
        }
    }
}

/// Whether the value of an argument of a method is checked against the type of the field.
pub(super) fn is_checked(field: &Field) -> bool {
    matches!(
        field.argument_type(FieldOwner::Request),
        ArgumentType::Integer | ArgumentType::IntegerItems
    )
}

/// The type of an argument or of the parameter of a setter, and the expression that converts it to the type of the
/// field.
pub(super) fn argument(
    api: &Api,
    field: &Field,
    of: ArgumentOf,
    here: &Scope<'_>,
    module: &mut Module,
) -> (TokenStream, TokenStream) {
    let name = field.name.ident();
    let ty = types::path(api, &field.ty, here, module);
    let (key, call) = (&field.key, of.call());
    match (field.argument_type(of.owner()), &field.ty) {
        (ArgumentType::IntoOption, _) => (quote!(impl Into<Option<#ty>>), quote!(#name.into())),
        (ArgumentType::Exact, _) => (ty, quote!(#name)),
        (ArgumentType::Integer, _) => {
            (quote!(impl crate::IntoInteger), quote!(#call.integer(#key, #name)))
        }
        (ArgumentType::IntegerItems, _) => (
            quote!(impl IntoIterator<Item = impl crate::IntoInteger>),
            quote!(#call.integers(#key, #name)),
        ),
        (ArgumentType::Items, Type::List(inner)) => {
            let inner = types::path(api, inner, here, module);
            let ty = quote!(impl IntoIterator<Item = impl Into<#inner>>);
            (ty, quote!(#name.into_iter().map(Into::into).collect()))
        }
        (ArgumentType::Into | ArgumentType::Items, _) => {
            (quote!(impl Into<#ty>), quote!(#name.into()))
        }
    }
}

/// The setter of a field, and for nullable fields also the setter that makes it null.
pub(super) fn setters(
    api: &Api,
    field: &Field,
    of: ArgumentOf,
    here: &Scope<'_>,
    module: &mut Module,
) -> Vec<TokenStream> {
    let described = describe(field);
    let deprecated = docs::deprecated(field.deprecated.as_ref());
    let name = field.name.ident();
    let (ty, value) = argument(api, field, of, here, module);
    let nullable = field.presence == Presence::OptionalNullable;
    let value = if nullable { quote!(Some(Some(#value))) } else { quote!(Some(#value)) };
    // A request is `#[must_use]` itself.
    let must_use = (of == ArgumentOf::Object).then(|| quote!(#[must_use]));
    let mut setters = vec![quote! {
        #described
        #deprecated
        #must_use
        pub fn #name(mut self, #name: #ty) -> Self {
            self.#name = #value;
            self
        }
    }];
    if let Some(null) = &field.null {
        let doc = docs::attributes(&format!(
            "Sets {} to null, which is not the same as leaving it out.",
            code(&field.key)
        ));
        let null = null.ident();
        setters.push(quote! {
            #doc
            #deprecated
            #must_use
            pub fn #null(mut self) -> Self {
                self.#name = Some(None);
                self
            }
        });
    }
    setters
}

/// The documentation of a field: its description, whether it is constant, and whether it is secret. Without a
/// description there is no default text, which would only repeat the name.
pub(super) fn describe(field: &Field) -> TokenStream {
    let described = docs::if_described(&field.docs);
    let mut more = Vec::new();
    if let Type::Constant(value) = field.ty {
        more.push(format!("Always `{value}` as far as the API is described."));
    }
    if field.sensitivity == Sensitivity::Secret {
        more.push(SECRET.to_owned());
    }
    if more.is_empty() {
        return described;
    }
    let break_before = if described.is_empty() { "" } else { "\n" };
    let more = docs::attributes(&format!("{break_before}{}", more.join("\n\n")));
    quote!(#described #more)
}

/// The documentation of the field for additional properties.
pub(super) fn describe_others(others: &Others) -> TokenStream {
    let secret = match others.sensitivity {
        Sensitivity::Public => String::new(),
        Sensitivity::Secret => format!("\n\n{SECRET}"),
    };
    docs::attributes(&format!("Properties that the API does not name.{secret}"))
}

/// The constructor of `json::Field` for the presence of a field.
pub(super) fn presence(field: &Field) -> &'static str {
    match field.presence {
        Presence::Required | Presence::RequiredNullable => "required",
        Presence::Identity => "essential",
        Presence::Optional | Presence::OptionalNullable => "optional",
        Presence::Droppable => "droppable",
    }
}

/// The `json::Field` of a field.
pub(super) fn key(field: &Field) -> TokenStream {
    let key = &field.key;
    let presence = quote::format_ident!("{}", presence(field));
    let described = quote!(json::Field::#presence(#key));
    match field.ty {
        Type::Constant(value) => quote!(#described.always(#value)),
        _ => described,
    }
}
