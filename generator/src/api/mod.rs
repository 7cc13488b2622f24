//! The intermediate representation: the API as Rust sees it. `lower` builds it, the passes complete it, `emit` prints it.

mod argument_type;
mod enums;
mod example;
mod file;
mod name;
mod omissions;
mod operation;
mod pagination;
mod parameter;
mod place;
mod polling;
mod reading_order;
mod scalars;
mod schema;
mod security;

use std::collections::{BTreeMap, BTreeSet};

pub(crate) use self::argument_type::{ArgumentType, FieldOwner};
pub(crate) use self::enums::{Enum, EnumOf, Value};
pub(crate) use self::example::{ChosenArm, ExampleCall, ExampleValue};
pub(crate) use self::file::ModuleFile;
pub(crate) use self::name::{
    BORROWING, ConstantName, FieldName, FunctionName, ModuleName, Name, TypeName, UNWRITABLE,
    VariantName, ident, raw, singular, words,
};
pub(crate) use self::omissions::Omissions;
pub use self::omissions::Reason;
pub(crate) use self::operation::{
    Answer, Arm, Beside, Choice, Effect, Failure, Method, Namespace, Operation, Payload,
    SuccessContent, SuccessStatus,
};
pub(crate) use self::pagination::Pagination;
pub(crate) use self::parameter::{Body, Encoding, Parameter, ParameterLocation, Style, Whole};
pub(crate) use self::place::{Place, Root, Step};
pub(crate) use self::polling::{PollTarget, Polling, Wait};
pub(crate) use self::scalars::{Civil, Width};
pub(crate) use self::schema::{
    Conversion, Definition, Discriminator, Dispatch, Field, Kind, Openness, Others, Presence,
    Sensitivity, Shared, Struct, Tag, TagHolder, TagKind, Type, Union, Usage, Variant,
};
pub(crate) use self::security::{Scheme, SchemeKind, Security};

/// The Cargo feature that enables the whole API. The features of its parts begin with this name and a hyphen.
pub const WHOLE_API: &str = "api";

/// A whole API.
#[derive(Debug)]
pub(crate) struct Api {
    /// The package that the output becomes part of.
    pub(crate) package: String,
    /// The type that the method chain begins with.
    pub(crate) client: String,
    /// The functions that the crate's own part gives the client.
    pub(crate) reserved: Vec<String>,
    /// The path of the constant with what the document does not say of the API, if the crate has one.
    pub(crate) profile: Option<String>,
    pub(crate) title: String,
    pub(crate) version: String,
    /// The server that a client calls by default.
    pub(crate) server: Option<String>,
    /// The first level of the method chain.
    pub(crate) namespaces: Vec<Namespace>,
    /// The types of the component schemas, by name.
    pub(crate) schemas: BTreeMap<String, Type>,
    /// All definitions, by their place in the document.
    pub(crate) types: BTreeMap<Place, Definition>,
    /// The component schemas that have an ID of their own, such as `acs_user` with `acs_user_id`.
    pub(crate) resources: BTreeSet<String>,
    /// The ID types that are used, by the component schema that they identify.
    pub(crate) ids: BTreeMap<String, TypeName>,
    /// The security schemes that operations require, by their names in the document.
    pub(crate) schemes: BTreeMap<String, Scheme>,
    /// The Cargo features that the API and its parts are compiled with, each with those that it cannot do without; none if
    /// all of it always is.
    pub(crate) features: BTreeMap<String, BTreeSet<String>>,
    /// The features of which each enables the module of a schema.
    pub(crate) users: BTreeMap<ModuleName, BTreeSet<String>>,
    /// The files of the modules of schemas.
    pub(crate) files: BTreeMap<ModuleName, ModuleFile>,
}

/// The title and description of an item, as Markdown for rustdoc.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Docs {
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
}

/// Marks an item as deprecated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Deprecation {
    pub(crate) note: Option<String>,
}

impl Api {
    /// The place of the definition, behind an alias if `place` is one.
    pub(crate) fn defined_at<'a>(&'a self, place: &'a Place) -> &'a Place {
        match self.types.get(place).map(|definition| &definition.kind) {
            Some(Kind::Alias(original)) => original,
            _ => place,
        }
    }

    /// The definitions of a component schema or an operation.
    pub(crate) fn types_of<'a>(
        &'a self,
        root: &'a Root,
    ) -> impl Iterator<Item = (&'a Place, &'a Definition)> {
        let first = Place { root: root.clone(), steps: Vec::new() };
        self.types.range(first..).take_while(|(place, _)| place.root == *root)
    }

    /// The fields of the object that an arm carries.
    pub(crate) fn fields_of_arm(&self, arm: &Arm) -> &[Field] {
        let Payload::Object(place) = &arm.payload else { return &[] };
        match self.types.get(self.defined_at(place)).map(|definition| &definition.kind) {
            Some(Kind::Struct(object)) => &object.fields,
            _ => &[],
        }
    }

    /// Returns all operations.
    pub(crate) fn operations(&self) -> Vec<&Operation> {
        fn collect<'a>(namespaces: &'a [Namespace], all: &mut Vec<&'a Operation>) {
            for namespace in namespaces {
                all.extend(&namespace.operations);
                collect(&namespace.namespaces, all);
            }
        }
        let mut all = Vec::new();
        collect(&self.namespaces, &mut all);
        all
    }

    /// Calls `visit` with every operation.
    pub(crate) fn each_operation_mut(&mut self, visit: &mut impl FnMut(&mut Operation)) {
        fn walk(namespaces: &mut [Namespace], visit: &mut impl FnMut(&mut Operation)) {
            for namespace in namespaces {
                namespace.operations.iter_mut().for_each(&mut *visit);
                walk(&mut namespace.namespaces, visit);
            }
        }
        walk(&mut self.namespaces, visit);
    }

    /// Calls `visit` with the place and the field of each struct field, parameter, choice and result.
    pub(crate) fn each_field_mut(&mut self, visit: &mut impl FnMut(&Place, &mut Field)) {
        for (place, definition) in &mut self.types {
            if let Kind::Struct(object) = &mut definition.kind {
                object.fields.iter_mut().for_each(|field| visit(place, field));
            }
        }
        self.each_operation_mut(&mut |operation| {
            let place = operation.place();
            let parameters = operation.parameters.iter_mut();
            parameters.for_each(|parameter| visit(&place, &mut parameter.field));
            let waited = operation.wait.iter_mut().filter_map(|wait| wait.result.as_mut());
            waited.for_each(|field| visit(&place, field));
            let arms = operation.choices.iter_mut().flat_map(|choice| &mut choice.arms);
            for arm in arms {
                if let Payload::Field(field) = &mut arm.payload {
                    visit(&place, field);
                }
            }
        });
    }
}
