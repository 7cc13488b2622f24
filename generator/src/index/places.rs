//! Places in a document as JSON pointers without array indices, so that they survive reordering.

use std::collections::BTreeMap;

use crate::api::{
    Answer, Api, Choice, Operation, Parameter, ParameterLocation, Place, Root, Step, Type,
};
use crate::document::Pointer;

/// Converts places of an API to pointers.
pub(crate) struct Places<'a> {
    operations: BTreeMap<Root, &'a Operation>,
}

/// The pointer to a component schema.
pub(crate) fn schema(name: &str) -> Pointer {
    Pointer::root().join(["components", "schemas", name])
}

/// The pointer to the operation object of the verb that describes the operation.
pub(crate) fn operation(operation: &Operation) -> Pointer {
    // If an operation has several verbs, the last one describes it.
    let verb = operation.methods.last().map_or("", |method| method.as_str());
    Pointer::root().join(["paths", &operation.path, &verb.to_lowercase()])
}

/// The pointer to a parameter of an operation.
pub(crate) fn parameter(of: &Operation, parameter: &Parameter) -> Pointer {
    let (above, key) = (operation(of), parameter.field.key.as_str());
    match parameter.location {
        ParameterLocation::Path
        | ParameterLocation::Query
        | ParameterLocation::Header
        | ParameterLocation::Cookie => above.join(["parameters", parameter.location.word(), key]),
        ParameterLocation::Property => above.join(["requestBody", "properties", key]),
        ParameterLocation::Body => above.child("requestBody"),
    }
}

/// The pointer to a choice among the parameters of an operation.
pub(crate) fn choice(of: &Operation, choice: &Choice) -> Pointer {
    operation(of).join(["requestBody", &choice.title])
}

/// The pointer to an enum value, a union variant or an alternative of a choice of the type at `above`.
pub(crate) fn variant(above: &Pointer, word: &str) -> Pointer {
    above.child("oneOf").child(word)
}

/// The pointer to a property of the object at `above`.
pub(crate) fn property(above: &Pointer, key: &str) -> Pointer {
    above.child("properties").child(key)
}

/// The path of the module that contains `module`.
pub(super) fn module_above(module: &str) -> &str {
    module.rsplit_once("::").map_or(module, |(above, _)| above)
}

impl<'a> Places<'a> {
    pub(crate) fn new(api: &'a Api) -> Self {
        let operations = api.operations().into_iter();
        Self { operations: operations.map(|one| (one.place().root, one)).collect() }
    }

    /// The pointer to the first `depth` steps of `place`.
    pub(crate) fn upper(&self, place: &Place, depth: usize) -> Pointer {
        let steps = &place.steps[..depth.min(place.steps.len())];
        let (root, rest) = match (&place.root, steps) {
            (Root::Schema(name), _) => (schema(name), steps),
            (root @ Root::Operation { .. }, []) => (self.operation(root), steps),
            (root @ Root::Operation { .. }, [first, rest @ ..]) => (self.inside(root, first), rest),
        };
        rest.iter().fold(root, |above, step| below(&above, step))
    }

    /// The pointer to `place`.
    pub(crate) fn of(&self, place: &Place) -> Pointer {
        self.upper(place, place.steps.len())
    }

    fn operation(&self, root: &Root) -> Pointer {
        self.operations.get(root).map_or_else(Pointer::root, |found| operation(found))
    }

    /// The pointer to the first step into an operation: an inline type belongs to a parameter, the request body, or a
    /// response.
    fn inside(&self, root: &Root, step: &Step) -> Pointer {
        let Some(found) = self.operations.get(root) else { return Pointer::root() };
        let is_there = |ty: &Type| {
            ty.named().is_some_and(|place| place.root == *root && place.steps.first() == Some(step))
        };
        let answers = operation(found).child("responses");
        let (Step::Property(key) | Step::Element(key) | Step::Variant(key)) = step else {
            return match (&found.answer, step) {
                (Answer::Key { key, ty, .. }, Step::Output) if is_there(ty) => {
                    property(&answers.child("2XX"), key)
                }
                (_, Step::Failure(status)) => answers.child(status),
                _ => answers.child("2XX"),
            };
        };
        if matches!(&found.answer, Answer::Key { ty, .. } if is_there(ty)) {
            return property(&answers.child("2XX"), key);
        }
        if let Some(choice) = found.choices.iter().find(|choice| choice.title == *key) {
            return self::choice(found, choice);
        }
        let parameter = found.parameters.iter().find(|one| is_there(&one.field.ty));
        let pointer = match parameter {
            Some(parameter) => self::parameter(found, parameter),
            None => property(&operation(found).child("requestBody"), key),
        };
        if matches!(step, Step::Element(_)) { pointer.child("items") } else { pointer }
    }
}

fn below(above: &Pointer, step: &Step) -> Pointer {
    match step {
        Step::Property(key) => property(above, key),
        Step::Element(key) => property(above, key).child("items"),
        Step::Variant(word) => variant(above, word),
        Step::Output => above.child("responses").child("2XX"),
        Step::Failure(status) => above.child("responses").child(status),
    }
}
