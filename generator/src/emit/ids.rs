//! ID types, one for each resource, so that IDs of different resources cannot be confused.

use quote::quote;

use super::docs;
use super::module::{Import, Module};
use crate::api::{Api, Name};
use crate::markdown::code;

pub(super) fn module(api: &Api) -> syn::Result<Module> {
    let mut module = Module::new(
        "Ids, one type for each kind of thing that has them. They are texts: the API makes them, \
         and nobody else reads \
         anything into them.",
    );
    for (resource, name) in &api.ids {
        let described = docs::attributes(&format!("Identifies one {}.", code(resource)));
        module.import(Import::Json);
        let name = crate::api::ident(name.as_str());
        module.item(quote! {
            #described
            #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct #name(String);
        })?;
        module.item(quote!(json::id!(#name);))?;
    }
    Ok(module)
}
