//! What a document describes once and refers to: parameters, request bodies, responses.

use openapiv3::{Components, Parameter, ReferenceOr, RequestBody, Response};

use super::Lower;
use super::shape::LONGEST_WAY;
use crate::document::{Pointer, component_name};

/// A part of an operation that can stand among the components.
pub(super) trait Component: Sized {
    /// Where the components of this kind are.
    const KIND: &'static str;

    /// The component of that name.
    fn find<'a>(components: &'a Components, name: &str) -> Option<&'a ReferenceOr<Self>>;
}

macro_rules! components {
    ($($type:ident, $field:ident, $kind:literal;)+) => {$(
        impl Component for $type {
            const KIND: &'static str = $kind;

            fn find<'a>(components: &'a Components, name: &str) -> Option<&'a ReferenceOr<Self>> {
                components.$field.get(name)
            }
        }
    )+};
}

components! {
    Parameter, parameters, "parameters";
    RequestBody, request_bodies, "requestBodies";
    Response, responses, "responses";
}

impl<'a> Lower<'a, '_> {
    /// What stands behind references, and where; nothing if there is none, which has been said then.
    pub(super) fn component<T: Component>(
        &mut self,
        described: &'a ReferenceOr<T>,
        at: &Pointer,
    ) -> Option<(&'a T, Pointer)> {
        let (mut described, mut at) = (described, at.clone());
        for _ in 0..LONGEST_WAY {
            let reference = match described {
                ReferenceOr::Item(item) => return Some((item, at)),
                ReferenceOr::Reference { reference } => reference,
            };
            let kind = T::KIND;
            let components = self.document.api().components.as_ref();
            let name = component_name(reference, kind);
            let found = name.and_then(|name| Some((T::find(components?, &name)?, name)));
            let Some((next, name)) = found else {
                let diagnostic = self.document.dangling(&at.child("$ref"), reference);
                self.leave_out_because(diagnostic);
                return None;
            };
            described = next;
            at = Pointer::root().join(["components", kind, &name]);
        }
        self.leave_out(&at, "unsupported-ref", "these references lead to each other");
        None
    }
}
