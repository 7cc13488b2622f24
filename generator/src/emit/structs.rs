//! Structs of objects, and the keys of their fields.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::debug::{self, DebugField, Depth};
use super::docs;
use super::fields::{self, ArgumentOf, argument, describe, is_argument, presence, setters};
use super::module::{Import, Module};
use super::types::{self, Scope};
use crate::api::{Api, Definition, Field, Openness, Place, Struct, Type, Usage};

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
    let fields = object.reading_order().into_iter();
    let fields = fields.map(|field| declare(api, field, usage, &here, module));
    let mut declared: Vec<TokenStream> = fields.collect();
    if let Some(others) = &object.others {
        let (name, ty) = (others.name.ident(), types::path(api, &others.ty, &here, module));
        let described = fields::describe_others(others);
        declared.push(quote!(#described pub #name: #ty));
    }
    let shown = shown(object, usage);
    let derived = debug::derives(&shown, &quote!(, PartialEq));
    module.item(quote! {
        #described
        #deprecated
        #[derive(#derived)]
        #[non_exhaustive]
        pub struct #name { #(#declared),* }
    })?;
    debug::implement(&definition.name, &shown, module);
    if usage == Usage::Requests {
        let members = makers(api, object, &here, module);
        module.implementation(&quote!(impl #name), members)?;
    }
    module.import(Import::Json);
    table(definition, object, module);
    Ok(())
}

/// The constructor, with the required fields, and the setters of all other fields.
fn makers(api: &Api, object: &Struct, here: &Scope<'_>, module: &mut Module) -> Vec<TokenStream> {
    let mut arguments = Vec::new();
    let mut values = Vec::new();
    for field in &object.fields {
        let name = field.name.ident();
        if is_argument(field) {
            let (ty, value) = argument(api, field, ArgumentOf::Object, here, module);
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
        let setters = setters(api, field, ArgumentOf::Object, here, module);
        makers.extend(setters);
    }
    makers.extend(object.others.iter().map(|others| {
        let (name, ty) = (others.name.ident(), types::path(api, &others.ty, here, module));
        let described = fields::describe_others(others);
        quote! {
            #described
            #[must_use]
            pub fn #name(mut self, #name: #ty) -> Self {
                self.#name = #name;
                self
            }
        }
    }));
    makers
}

/// How `Debug` shows each field.
fn shown(object: &Struct, usage: Usage) -> Vec<DebugField<'_>> {
    let fields = object.reading_order().into_iter().map(|field| {
        let depth = Depth::of(field.presence, &field.ty, usage);
        DebugField::new(&field.name, field.sensitivity, depth)
    });
    let others = object.others.iter();
    let others =
        others.map(|others| DebugField::new(&others.name, others.sensitivity, Depth::None));
    fields.chain(others).collect()
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

/// The macro call that maps keys to fields.
fn table(definition: &Definition, object: &Struct, module: &mut Module) {
    let closed = match object.openness {
        Openness::Closed => "#[closed] ",
        Openness::Open => "",
    };
    let fields = object.fields.iter().enumerate().map(|(index, field)| {
        let (name, key) = (field.name.ident(), Literal::string(&field.key));
        let always = match field.ty {
            Type::Constant(value) => format!(".always({value})"),
            _ => String::new(),
        };
        format!("{index} => {name}: {}({key}){always},", presence(field))
    });
    let others = object.others.iter().map(|others| format!("..{}", others.name.ident()));
    let head = format!("json::object!({closed}{}", definition.name.ident());
    module.table(&head, fields.chain(others));
}
