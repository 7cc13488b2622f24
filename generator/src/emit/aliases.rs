//! Type aliases, for equal types that have several names.

use quote::quote;

use super::docs;
use super::module::Module;
use super::types::{self, Scope};
use crate::api::{Api, Definition, Place};

pub(super) fn generate(
    api: &Api,
    place: &Place,
    definition: &Definition,
    original: &Place,
    module: &mut Module,
) -> syn::Result<()> {
    let name = definition.name.ident();
    let described = docs::described(&definition.docs, &docs::of_place(place));
    let deprecated = docs::deprecated(definition.deprecated.as_ref());
    let here = Scope { root: &place.root, modules: &definition.modules };
    let original = types::named(api, original, &here, module);
    module.item(quote! {
        #described
        #deprecated
        pub type #name = #original;
    })
}
