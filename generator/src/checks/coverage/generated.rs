//! The places in the document of everything that is generated, according to the model.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::api::{Answer, Api, Arm, Field, Kind, Operation, Payload, Root};
use crate::document::Pointer;

/// Pointers into the document.
pub(super) type Pointers<'a> = BTreeSet<Cow<'a, str>>;

/// The pointers of the operations, parameters, properties and schemas in `api`.
pub(super) fn generated(api: &Api) -> Pointers<'_> {
    let mut pointers = Pointers::new();
    for operation in api.operations() {
        pointers.extend(of_operation(operation).map(known));
    }
    for (place, definition) in &api.types {
        if let (Root::Schema(name), []) = (&place.root, &place.steps[..]) {
            let schema = Pointer::root().join(["components", "schemas", name]);
            pointers.insert(schema.as_str().to_owned().into());
        }
        match &definition.kind {
            Kind::Struct(object) => pointers.extend(object.fields.iter().filter_map(of_field)),
            Kind::Union(union) => {
                let keys = union.variants.iter().flat_map(|variant| &variant.tag.at);
                pointers.extend(keys.map(known));
            }
            Kind::Enum(_) | Kind::Alias(_) => {}
        }
    }
    pointers
}

fn of_operation(operation: &Operation) -> impl Iterator<Item = &Pointer> {
    let parameters = operation.parameters.iter().filter_map(|one| one.field.at.as_ref());
    let arms = operation.choices.iter().flat_map(|choice| &choice.arms).flat_map(of_arm);
    let result = match &operation.answer {
        Answer::Key { at, .. } => Some(at),
        _ => None,
    };
    std::iter::once(&operation.at).chain(parameters).chain(arms).chain(result)
}

fn of_arm(arm: &Arm) -> impl Iterator<Item = &Pointer> {
    let field = match &arm.payload {
        Payload::Field(field) => field.at.as_ref(),
        Payload::None | Payload::Object(_) => None,
    };
    field.into_iter().chain(&arm.constant_at)
}

fn of_field(field: &Field) -> Option<Cow<'_, str>> {
    field.at.as_ref().map(known)
}

fn known(at: &Pointer) -> Cow<'_, str> {
    at.as_str().into()
}
