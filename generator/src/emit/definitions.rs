//! Prints each definition by its kind.

use super::module::Module;
use super::{aliases, enums, one_of, structs, unions};
use crate::api::{Api, Definition, Dispatch, Kind, Name, Place};

/// Adds a definition to its module. The first `depth` modules of its path lead to the file.
pub(super) fn define(
    api: &Api,
    place: &Place,
    definition: &Definition,
    file: &mut Module,
    depth: usize,
) -> syn::Result<()> {
    let mut module = file;
    for name in &definition.modules[depth..] {
        let docs = format!("What is inline in `{name}`.", name = name.as_str());
        module = module.child(name, &docs);
    }
    match &definition.kind {
        Kind::Struct(object) => structs::generate(api, place, definition, object, module),
        Kind::Enum(values) => enums::generate(place, definition, values, module),
        Kind::Union(union) => match union.dispatch {
            Dispatch::Discriminator(_) | Dispatch::Presence => {
                unions::generate(api, place, definition, union, module)
            }
            Dispatch::JsonType | Dispatch::Order | Dispatch::Status => {
                one_of::generate(api, place, definition, union, module)
            }
        },
        Kind::Alias(original) => aliases::generate(api, place, definition, original, module),
    }
}
