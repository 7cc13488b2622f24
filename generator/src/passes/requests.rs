//! What a request can be made of so far: scalars, ids, enums, and lists and maps of them.

use crate::api::{Api, Field, Kind};
use crate::diagnostic::Diagnostics;
use crate::document::Document;

pub(super) fn check(api: &Api, document: &Document<'_>, diagnostics: &mut Diagnostics) {
    for operation in api.operations() {
        let arms = operation.choices.iter().flat_map(|choice| &choice.arms).map(|arm| &arm.field);
        for field in operation.parameters.iter().chain(arms) {
            if !is_supported(api, field) {
                let message = format!("an object in a request, `{}`, has no Rust yet", field.key);
                let help = "leave the operation out with `--only`";
                diagnostics
                    .push(document.error(&field.pointer, "unsupported-body", message).help(help));
            }
        }
    }
}

fn is_supported(api: &Api, field: &Field) -> bool {
    let definition = field.ty.named().and_then(|place| api.types.get(place));
    definition.is_none_or(|definition| matches!(definition.kind, Kind::Enum(_)))
}
