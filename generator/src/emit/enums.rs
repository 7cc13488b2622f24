//! Enums of strings and numbers.

use proc_macro2::Literal;
use quote::quote;

use super::docs;
use super::module::{Import, Module};
use crate::api::{Definition, Enum, EnumOf, Place};
use crate::markdown;

const TEXT: &str = " A text that this version of the client does not know.";
const NUMBER: &str = " A number that this version of the client does not know.";

pub(super) fn generate(
    place: &Place,
    definition: &Definition,
    values: &Enum,
    module: &mut Module,
) -> syn::Result<()> {
    let name = definition.name.ident();
    let described = docs::described(&definition.docs, &docs::of_place(place));
    let deprecated = docs::deprecated(definition.deprecated.as_ref());
    let variants = values.values.iter().map(|value| {
        let text = markdown::code(&value.text);
        let text = match &value.description {
            Some(description) => format!("{text}: {description}"),
            None => text,
        };
        let (doc, name) = (docs::attributes(&text), value.name.ident());
        quote!(#doc #name)
    });
    let (traits, inner, unknown) = match values.of {
        EnumOf::Texts => (quote!(Clone, Debug, PartialEq, Eq, Hash), quote!(String), TEXT),
        EnumOf::Integers(width) => {
            let inner = quote::format_ident!("{}", width.as_str());
            (quote!(Clone, Copy, Debug, PartialEq, Eq, Hash), quote!(#inner), NUMBER)
        }
        EnumOf::Numbers => (quote!(Clone, Copy, Debug, PartialEq), quote!(f64), NUMBER),
    };
    module.item(quote! {
        #described
        #deprecated
        #[derive(#traits)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #[doc = #unknown]
            Unrecognized(#inner),
        }
    })?;
    module.import(Import::Json);
    // The string or number of each variant.
    let (name, of) = (definition.name.ident(), values.of);
    let rows = values.values.iter().map(|value| {
        let value_text = match of {
            EnumOf::Texts => Literal::string(&value.text).to_string(),
            EnumOf::Integers(_) | EnumOf::Numbers => value.text.clone(),
        };
        format!("{} = {value_text},", value.name.ident())
    });
    let head = match of {
        EnumOf::Texts => format!("json::open_enum!({name}"),
        EnumOf::Integers(width) => format!("json::open_integers!({name}: {}", width.as_str()),
        EnumOf::Numbers => format!("json::open_numbers!({name}: f64"),
    };
    module.table(&head, rows);
    Ok(())
}
