//! Objects: the struct, and which key goes to which field.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::arguments::{argument, is_argument, setters};
use super::docs;
use super::module::{Import, Module};
use super::types::{self, Scope};
use crate::api::{Api, Definition, Field, Openness, Place, Presence, Struct, Type, Usage};

pub(super) fn generate(
    api: &Api,
    place: &Place,
    definition: &Definition,
    object: &Struct,
    module: &mut Module,
) -> syn::Result<()> {
    let name = definition.name.ident();
    let described = docs::described(&definition.docs, &docs::of_place(place));
    let deprecated = docs::deprecated(definition.deprecated.as_ref());
    let here = Scope { root: &place.root, modules: &definition.modules };
    let usage = definition.usage;
    let fields = object.fields.iter().map(|field| declare(api, field, usage, &here, module));
    let mut fields: Vec<TokenStream> = fields.collect();
    if let Some(others) = &object.others {
        let (name, ty) = (others.name.ident(), types::path(api, &others.ty, &here, module));
        fields.push(quote! {
            #[doc = " Properties that the API does not name."]
            pub #name: #ty
        });
    }
    module.item(quote! {
        #described
        #deprecated
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct #name { #(#fields),* }
    })?;
    if usage == Usage::Requests {
        let members = makers(api, object, &here, module);
        module.implementation(&quote!(impl #name), members)?;
    }
    module.import(Import::Json);
    module.implementation(&quote!(impl json::Object for #name), members(object, usage))?;
    module.item(quote!(json::object!(#name);))
}

/// What makes a value: what is required at once, and the rest step by step.
fn makers(api: &Api, object: &Struct, here: &Scope<'_>, module: &mut Module) -> Vec<TokenStream> {
    let mut arguments = Vec::new();
    let mut values = Vec::new();
    for field in &object.fields {
        let name = field.name.ident();
        if is_argument(field) {
            let (ty, value) = argument(api, field, here, module);
            arguments.push(quote!(#name: #ty));
            values.push(quote!(#name: #value));
        } else {
            values.push(quote!(#name: None));
        }
    }
    values.extend(object.others.iter().map(|others| {
        let name = others.name.ident();
        quote!(#name: json::neutral())
    }));
    let described = if arguments.is_empty() {
        " Makes one with nothing set."
    } else {
        " Makes one with what is required."
    };
    let mut makers = vec![quote! {
        #[doc = #described]
        #[must_use]
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#values),* }
        }
    }];
    for field in object.fields.iter().filter(|field| !is_argument(field)) {
        let setters = setters(api, field, here, module);
        makers.extend(setters.into_iter().map(|setter| quote!(#[must_use] #setter)));
    }
    makers.extend(object.others.iter().map(|others| {
        let (name, ty) = (others.name.ident(), types::path(api, &others.ty, here, module));
        quote! {
            #[doc = " Properties that the API does not name."]
            #[must_use]
            pub fn #name(mut self, #name: #ty) -> Self {
                self.#name = #name;
                self
            }
        }
    }));
    makers
}

fn declare(
    api: &Api,
    field: &Field,
    usage: Usage,
    here: &Scope<'_>,
    module: &mut Module,
) -> TokenStream {
    let described = describe(field);
    let deprecated = docs::deprecated(field.deprecated.as_ref());
    let name = field.name.ident();
    let ty = types::field(api, &field.ty, field.presence, usage, here, module);
    quote!(#described #deprecated pub #name: #ty)
}

/// What the document says about a field, and that it has only one value if so.
pub(super) fn describe(field: &Field) -> TokenStream {
    let described =
        docs::described(&field.docs, &format!("`{}`, which the API does not describe.", field.key));
    match field.ty {
        Type::Constant(value) => {
            let always =
                docs::attributes(&format!("\nAlways `{value}` as far as the API is described."));
            quote!(#described #always)
        }
        _ => described,
    }
}

/// What the object trait asks for.
fn members(object: &Struct, usage: Usage) -> Vec<TokenStream> {
    let fields = &object.fields;
    let others = object.others.iter().map(|others| {
        let name = others.name.ident();
        quote!(#name: json::neutral())
    });
    let neutral = fields.iter().map(|field| {
        let name = field.name.ident();
        let value = neutral(field, usage);
        quote!(#name: #value)
    });
    let neutral = neutral.chain(others);
    let keys = fields.iter().map(key);
    let mut members = vec![
        quote! {
            #[inline]
            fn neutral() -> Self {
                Self { #(#neutral),* }
            }
        },
        quote! {
            #[inline]
            fn fields(&self) -> &'static [json::Field] {
                const { &[#(#keys),*] }
            }
        },
    ];
    if object.openness == Openness::Closed {
        members.push(quote! {
            #[inline]
            fn is_closed(&self) -> bool {
                true
            }
        });
    }
    members.extend(["get", "get_mut"].into_iter().filter_map(|name| accessor(name, fields)));
    if let Some(others) = &object.others {
        let name = others.name.ident();
        members.push(quote! {
            #[inline]
            fn others(&self) -> Option<&dyn json::Map> {
                Some(&self.#name)
            }
        });
        members.push(quote! {
            #[inline]
            fn others_mut(&mut self) -> Option<&mut dyn json::Map> {
                Some(&mut self.#name)
            }
        });
    }
    members
}

fn neutral(field: &Field, usage: Usage) -> TokenStream {
    match &field.ty {
        _ if field.presence.is_option(&field.ty, usage) => quote!(None),
        Type::Constant(value) => quote!(#value),
        _ => quote!(json::neutral()),
    }
}

/// How reading knows a field.
pub(super) fn key(field: &Field) -> TokenStream {
    let key = &field.key;
    let described = match field.presence {
        Presence::Required | Presence::RequiredNullable => quote!(json::Field::required(#key)),
        Presence::Identity => quote!(json::Field::essential(#key)),
        Presence::Optional | Presence::OptionalNullable => quote!(json::Field::optional(#key)),
        Presence::Expendable => quote!(json::Field::expendable(#key)),
    };
    match field.ty {
        Type::Constant(value) => quote!(#described.always(#value)),
        _ => described,
    }
}

/// From the position of a key to its field.
fn accessor(name: &str, fields: &[Field]) -> Option<TokenStream> {
    let (last, others) = fields.split_last()?;
    let (receiver, borrow, result) = match name {
        "get" => (quote!(&self), quote!(&), quote!(&dyn json::Json)),
        _ => (quote!(&mut self), quote!(&mut), quote!(&mut dyn json::Json)),
    };
    let method = quote::format_ident!("{name}");
    let last = last.name.ident();
    if others.is_empty() {
        return Some(quote! {
            #[inline]
            fn #method(#receiver, _: usize) -> #result {
                #borrow self.#last
            }
        });
    }
    let arms = others.iter().enumerate().map(|(index, field)| {
        let (index, name) = (Literal::usize_unsuffixed(index), field.name.ident());
        quote!(#index => #borrow self.#name)
    });
    Some(quote! {
        #[inline]
        fn #method(#receiver, index: usize) -> #result {
            match index {
                #(#arms,)*
                _ => #borrow self.#last,
            }
        }
    })
}
