//! The names of types and of what is in them.

use super::{Index, Kind, argument, below, places};
use crate::api::{
    Definition, Enum, Field, KeyKind, Kind as Defined, Place, Presence, Root, Struct, Union, Usage,
};
use crate::document::Pointer;

impl Index<'_> {
    /// A type, the modules that lead to it, and what is in it.
    pub(super) fn definition(&mut self, place: &Place, definition: &Definition) {
        let module = self.modules(place, definition);
        // The types of whole schemas stand in the module of all of them too, and people use them from there.
        let module = match place.root {
            Root::Schema(_) if place.steps.is_empty() => "models",
            _ => &module,
        };
        let path = below(module, &definition.name);
        let at = self.places.of(place);
        let kind = self.members(&definition.kind, definition.usage, &path, &at);
        self.add(kind, path, &at);
    }

    /// What is in a type, and what it is. By its second name everything in it can be used, too.
    fn members(&mut self, kind: &Defined, usage: Usage, path: &str, at: &Pointer) -> Kind {
        match kind {
            Defined::Struct(object) => {
                self.object(object, usage, path, at);
                Kind::Struct
            }
            Defined::Enum(values) => {
                self.values(values, path, at);
                Kind::Enum
            }
            Defined::Union(union) => {
                self.union(union, path, at);
                Kind::Union
            }
            Defined::OneOf(one_of) => {
                for variant in &one_of.variants {
                    let at = places::variant(at, &variant.word);
                    self.add(Kind::Variant, below(path, &variant.name), &at);
                }
                Kind::Union
            }
            Defined::Alias(original) => {
                if let Some(original) = self.api.types.get(original) {
                    self.members(&original.kind, original.usage, path, at);
                }
                Kind::Alias
            }
        }
    }

    /// The modules of what a type is inline in, each with the place of that. Gives the path of the innermost one.
    fn modules(&mut self, place: &Place, definition: &Definition) -> String {
        let outside = definition.modules.len() - place.steps.len().saturating_sub(1);
        let mut path = match place.root {
            Root::Schema(_) => "models".to_owned(),
            Root::Operation { .. } => "api".to_owned(),
        };
        for (index, module) in definition.modules.iter().enumerate() {
            path = below(&path, module);
            if let Some(depth) = (index + 1).checked_sub(outside) {
                let at = self.places.upper(place, depth);
                self.add(Kind::Module, path.clone(), &at);
            }
        }
        path
    }

    fn object(&mut self, object: &Struct, usage: Usage, path: &str, at: &Pointer) {
        for field in &object.fields {
            let at = places::property(at, &field.key);
            self.add(Kind::Field, below(path, &field.name), &at);
            if usage == Usage::Requests {
                self.parameter(field, &format!("{path}::new"), path, &at);
            }
        }
        if let Some(others) = &object.others {
            let at = at.child("additionalProperties");
            self.add(Kind::Field, below(path, &others.name), &at);
            if usage == Usage::Requests {
                self.add(Kind::Setter, below(path, &others.name), &at);
            }
        }
    }

    /// What `function` takes, or the type at `setters` can be told.
    pub(super) fn parameter(&mut self, field: &Field, function: &str, setters: &str, at: &Pointer) {
        if field.presence.is_argument() {
            self.add(Kind::Argument, argument(function, &field.name), at);
            return;
        }
        self.add(Kind::Setter, below(setters, &field.name), at);
        if field.presence == Presence::OptionalNullable {
            self.add(Kind::NullSetter, below(setters, &field.name.null()), at);
        }
    }

    fn values(&mut self, values: &Enum, path: &str, at: &Pointer) {
        for value in &values.values {
            let at = at.child("enum").child(&value.text);
            self.add(Kind::Variant, below(path, &value.name), &at);
        }
    }

    fn union(&mut self, union: &Union, path: &str, at: &Pointer) {
        for variant in &union.variants {
            let at = places::variant(at, &variant.word);
            self.add(Kind::Variant, below(path, &variant.name), &at);
        }
        if union.key_kind != KeyKind::Presence {
            self.add(Kind::Key, below(path, &union.accessor), &at.child("discriminator"));
        }
        for shared in &union.shared {
            let at = places::property(at, &shared.key);
            self.add(Kind::Accessor, below(path, &shared.name), &at);
        }
    }
}
