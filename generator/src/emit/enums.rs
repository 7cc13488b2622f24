//! Open sets of texts.

use proc_macro2::Literal;
use quote::quote;

use super::docs;
use super::module::{Import, Module};
use crate::api::{Definition, Enum, Place};
use crate::markdown;

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
        let (doc, name) = (docs::attributes(&markdown::code(&value.text)), value.name.ident());
        quote!(#doc #name)
    });
    module.item(quote! {
        #described
        #deprecated
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #[doc = " A text that this version of the client does not know."]
            Unrecognized(String),
        }
    })?;
    module.import(Import::Json);
    // Which text is which variant.
    let rows = values
        .values
        .iter()
        .map(|value| format!("{} = {},", value.name.ident(), Literal::string(&value.text)));
    module.table(&format!("json::open_enum!({name}"), rows);
    Ok(())
}
