//! The items of types: fields, variants, constructors, setters and accessors.

use super::{Fact, Facts, FunctionParameter, Index, Kind, argument, below, places};
use crate::api::{
    ArgumentType, Definition, Enum, EnumOf, Field, FieldOwner, Kind as Defined, Name, Place, Root,
    Step, Struct, TagKind, Type, Union, Usage,
};
use crate::document::Pointer;

impl Index<'_> {
    /// Adds a type, the modules that contain it, and its members.
    pub(super) fn definition(&mut self, place: &Place, definition: &Definition) {
        let module = self.modules(place, definition);
        // Types of whole schemas are also exported from `models`, and types of whole responses from the module of the
        // namespace. Users refer to them by these paths.
        let module = match (&place.root, place.steps.as_slice()) {
            (Root::Schema(_), []) => "models",
            (Root::Operation { .. }, [Step::Output]) => places::module_above(&module),
            _ => &module,
        };
        let path = below(module, &definition.name);
        let at = self.places.of(place);
        let kind = self.members(&definition.kind, definition.usage, &path, &at);
        let facts = match &definition.kind {
            Defined::Alias(original) => Facts::alias(self.type_names.path(original)),
            Defined::Union(union) => Facts::ty(self.type_names.from(&union.variants)),
            Defined::Enum(values) => {
                Facts::ty(values.of.number().map(str::to_owned).into_iter().collect())
            }
            _ => Facts::ty(Vec::new()),
        };
        self.add(kind, path, &at, facts.of_type(definition));
    }

    /// Adds the members of a type and returns its kind. An alias has all members of the type that it stands for.
    fn members(&mut self, kind: &Defined, usage: Usage, path: &str, at: &Pointer) -> Kind {
        match kind {
            Defined::Struct(object) => {
                self.object(object, usage, path, at);
                Kind::Struct
            }
            Defined::Enum(values) => {
                self.values(values, path, at);
                if values.of == EnumOf::Texts { Kind::Enum } else { Kind::NumericEnum }
            }
            Defined::Union(union) => {
                self.union(union, path, at);
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

    /// Adds the modules that contain an inline type, each with its place. Returns the path of the innermost module.
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
                self.add(Kind::Module, path.clone(), &at, Facts::name());
            }
        }
        path
    }

    fn object(&mut self, object: &Struct, usage: Usage, path: &str, at: &Pointer) {
        let function = format!("{path}::new");
        for field in &object.fields {
            let at = places::property(at, &field.key);
            let ty = self.type_names.field(&field.ty, field.presence, usage);
            let facts = Facts::field(ty, field, usage);
            self.add(Kind::Field, below(path, &field.name), &at, facts);
            if usage == Usage::Requests {
                self.parameter(field, FieldOwner::Object, &function, path, &at, &[]);
            }
        }
        if let Some(others) = &object.others {
            let (at, ty) = (at.child("additionalProperties"), self.type_names.ty(&others.ty));
            if usage == Usage::Requests {
                let name = others.name.as_str().to_owned();
                let parameter =
                    FunctionParameter { name, how: ArgumentType::Exact, ty: ty.clone() };
                self.add(Kind::Setter, below(path, &others.name), &at, Facts::setter(parameter));
            }
            self.add(Kind::Field, below(path, &others.name), &at, Facts::value(ty));
        }
        if usage == Usage::Requests {
            let fields = object.fields.iter().filter(|field| field.presence.is_argument());
            let parameters =
                fields.map(|field| self.type_names.parameter(field, FieldOwner::Object)).collect();
            let facts = Facts::function(parameters, path.to_owned());
            self.add(Kind::Constructor, function, at, facts);
        }
    }

    /// Adds a parameter: an argument of `function` if it is required, and otherwise a setter of the type at `setters`.
    pub(super) fn parameter(
        &mut self,
        field: &Field,
        owner: FieldOwner,
        function: &str,
        setters: &str,
        at: &Pointer,
        sent: &[Fact],
    ) {
        let parameter = self.type_names.parameter(field, owner);
        if field.presence.is_argument() {
            let facts = Facts::argument(&parameter).of_field(field).and(sent);
            self.add(Kind::Argument, argument(function, &field.name), at, facts);
            return;
        }
        let facts = Facts::setter(parameter).of_field(field).and(sent);
        self.add(Kind::Setter, below(setters, &field.name), at, facts);
        if let Some(null) = &field.null {
            let facts = Facts::function(Vec::new(), "Self".to_owned());
            self.add(Kind::NullSetter, below(setters, null), at, facts);
        }
    }

    fn values(&mut self, values: &Enum, path: &str, at: &Pointer) {
        for value in &values.values {
            let at = at.child("enum").child(&value.text);
            let facts = Facts::variant(None).and(&[("value", value.text.clone())]);
            self.add(Kind::Variant, below(path, &value.name), &at, facts);
        }
    }

    fn union(&mut self, union: &Union, path: &str, at: &Pointer) {
        for variant in &union.variants {
            let at = places::variant(at, &variant.word);
            let facts = Facts::variant(Some(self.type_names.ty(&variant.ty)));
            let tags = Some(&variant.tag.values).filter(|tags| !tags.is_empty());
            let tags = tags.map(|tags| ("tag", tags.join(" or ")));
            let facts = facts.described(&variant.docs).and(tags.as_slice());
            self.add(Kind::Variant, below(path, &variant.name), &at, facts);
        }
        let returns_option = |ty: &str| Facts::function(Vec::new(), format!("Option<{ty}>"));
        if let Some(discriminator) = union.discriminator() {
            let ty = match discriminator.kind {
                TagKind::Text => "&str",
                TagKind::Boolean => "bool",
            };
            let path = below(path, &discriminator.accessor);
            self.add(Kind::Key, path, &at.child("discriminator"), returns_option(ty));
        }
        for shared in &union.shared {
            let at = places::property(at, &shared.key);
            let ty = match &shared.ty {
                Type::String => "&str".to_owned(),
                Type::Civil(_) => self.type_names.ty(&shared.ty),
                ty => format!("&{}", self.type_names.ty(ty)),
            };
            let facts =
                returns_option(&ty).described(&shared.docs).deprecated(shared.deprecated.as_ref());
            self.add(Kind::Accessor, below(path, &shared.name), &at, facts);
        }
    }
}
