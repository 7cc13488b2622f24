//! Choices: one argument for parameters that exclude each other.

use proc_macro2::TokenStream;
use quote::quote;

use super::module::{Import, Module};
use super::types::{self, Scope};
use super::{debug, docs, fields, requests};
use crate::api::{Api, Arm, Choice, Conversion, Payload, Type};
use crate::markdown::code;

pub(super) fn generate(
    api: &Api,
    choice: &Choice,
    here: &Scope<'_>,
    module: &mut Module,
) -> syn::Result<()> {
    let name = choice.name.ident();
    let described = docs::described(&choice.docs, "One of the parameters below.");
    let variants: Vec<TokenStream> =
        choice.arms.iter().map(|arm| variant(api, arm, here, module)).collect();
    let derived = if debug::is_secret(choice) {
        quote!(Clone, PartialEq)
    } else {
        quote!(Clone, Debug, PartialEq)
    };
    module.item(quote! {
        #described
        #[derive(#derived)]
        #[non_exhaustive]
        pub enum #name { #(#variants),* }
    })?;
    if debug::is_secret(choice) {
        module.item(debug::of_choice(choice))?;
    }
    for arm in choice.arms.iter().filter(|arm| arm.conversion != Conversion::Named) {
        let Some(ty) = payload(api, arm, here, module) else { continue };
        let variant = arm.name.ident();
        module.item(quote! {
            impl From<#ty> for #name {
                fn from(value: #ty) -> Self {
                    Self::#variant(value)
                }
            }
        })?;
        if let Some(Type::Id(_)) = arm.field().map(|field| &field.ty) {
            // Arguments that are IDs accept references, so a choice of IDs does as well.
            module.item(quote! {
                impl From<&#ty> for #name {
                    fn from(value: &#ty) -> Self {
                        Self::#variant(value.clone())
                    }
                }
            })?;
        }
        if arm.conversion == Conversion::ByText {
            for text in [quote!(&str), quote!(String)] {
                module.item(quote! {
                    impl From<#text> for #name {
                        fn from(id: #text) -> Self {
                            Self::#variant(id.into())
                        }
                    }
                })?;
            }
        }
    }
    let written: Vec<TokenStream> = choice.arms.iter().map(write).collect();
    module.import(Import::Json);
    module.item(quote! {
        impl json::Body for #name {
            fn fields<'a>(&'a self, fields: &mut json::Fields<'a>) {
                match self { #(#written)* }
            }
        }
    })
}

fn payload(api: &Api, arm: &Arm, here: &Scope<'_>, module: &mut Module) -> Option<TokenStream> {
    match &arm.payload {
        Payload::None => None,
        Payload::Field(field) => Some(types::path(api, &field.ty, here, module)),
        Payload::Object(place) => Some(types::named(api, place, here, module)),
    }
}

fn variant(api: &Api, arm: &Arm, here: &Scope<'_>, module: &mut Module) -> TokenStream {
    let name = arm.name.ident();
    let described = match (arm.field(), &arm.constant) {
        (Some(field), _) => fields::describe(field),
        (None, Some((key, value))) => {
            docs::attributes(&format!("{} is {}.", code(key), code(value)))
        }
        (None, None) => docs::attributes(&code(&arm.word)),
    };
    let deprecated = docs::deprecated(arm.field().and_then(|field| field.deprecated.as_ref()));
    match payload(api, arm, here, module) {
        Some(ty) => quote!(#described #deprecated #name(#ty)),
        None => quote!(#described #name),
    }
}

/// The code that adds the properties of an alternative to the body.
fn write(arm: &Arm) -> TokenStream {
    let name = arm.name.ident();
    let constant = arm.constant.as_ref().map(|(key, value)| quote!(fields.add(#key, &#value)));
    let written = match &arm.payload {
        Payload::None => return quote!(Self::#name => { #constant }),
        Payload::Field(field) => {
            let key = &field.key;
            quote!(fields.add(#key, value))
        }
        Payload::Object(_) => quote!(fields.add_all(value)),
    };
    let fields = quote!(fields);
    let checks: Vec<_> = requests::at_least_one(&fields, &arm.at_least_one).collect();
    if constant.is_none() && checks.is_empty() {
        return quote!(Self::#name(value) => #written,);
    }
    let statements = constant.into_iter().map(|one| quote!(#one;)).chain([quote!(#written;)]);
    quote! {
        Self::#name(value) => {
            #(#statements)*
            #(#checks)*
        }
    }
}
