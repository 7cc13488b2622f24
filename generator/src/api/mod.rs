//! The API as Rust sees it: what `lower` makes of a document, the passes decide on, and `emit` prints.

mod call;
mod name;
mod operation;
mod parameter;
mod place;
mod schema;
mod security;
mod sequel;

use std::collections::{BTreeMap, BTreeSet};

pub(crate) use self::call::{Chosen, Given, Sample, Samples, TestCall};
pub(crate) use self::name::{
    ConstantName, FieldName, FunctionName, ModuleName, Name, TypeName, VariantName, ident, raw,
    singular, words,
};
pub(crate) use self::operation::{
    Answer, Arm, Beside, Choice, Conversion, Effect, Failure, Method, Namespace, Operation, Payload,
};
pub(crate) use self::parameter::{Body, Encoding, Parameter, ParameterLocation, Style, Whole};
pub(crate) use self::place::{Place, Root, Step};
pub(crate) use self::schema::{
    Definition, Discriminator, Dispatch, Enum, Field, Kind, Openness, Others, Presence, Shared,
    Struct, Tag, TagHolder, TagKind, Taking, Type, Union, Usage, Value, Variant,
};
pub(crate) use self::security::{Scheme, SchemeKind, Security};
pub(crate) use self::sequel::{Pagination, Polling, Wait};
use crate::document::Pointer;

/// The Cargo feature that is the whole API. Those of its parts begin with it and a hyphen.
pub const WHOLE_API: &str = "api";

/// The whole of it.
#[derive(Debug)]
pub(crate) struct Api {
    /// The package that the output becomes part of.
    pub(crate) package: String,
    /// The type that the method chain begins with.
    pub(crate) client: String,
    /// The path of the constant with what the document does not say of the API, if the crate has one.
    pub(crate) profile: Option<String>,
    /// The test that goes through all types that are read, by its path from the output.
    pub(crate) round_trips: Option<String>,
    /// What may be sent, by where the document describes it; none if no calls are to be made for tests.
    pub(crate) samples: Option<BTreeMap<Pointer, Samples>>,
    pub(crate) title: String,
    pub(crate) version: String,
    /// Where it is served, unless a client is told otherwise.
    pub(crate) server: Option<String>,
    /// The first level of the method chain.
    pub(crate) namespaces: Vec<Namespace>,
    /// What the component schemas are, by name.
    pub(crate) schemas: BTreeMap<String, Type>,
    /// Every type, by where the document describes it.
    pub(crate) types: BTreeMap<Place, Definition>,
    /// What the document has ids for (`acs_user`): its component schemas with an id of their own.
    pub(crate) resources: BTreeSet<String>,
    /// The ids that occur, by what they identify.
    pub(crate) ids: BTreeMap<String, TypeName>,
    /// The security schemes that operations take, by their names in the document.
    pub(crate) schemes: BTreeMap<String, Scheme>,
    /// The Cargo features that the API and its parts are compiled with, each with those that it cannot do without; none if
    /// all of it always is.
    pub(crate) features: BTreeMap<String, BTreeSet<String>>,
    /// By the module of a schema, the features with any of which it is compiled.
    pub(crate) users: BTreeMap<ModuleName, BTreeSet<String>>,
}

/// What the document says about something, as Markdown that rustdoc reads the same way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Docs {
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
}

/// That something should no longer be used, and what the document says about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Deprecation {
    pub(crate) note: Option<String>,
}

impl Api {
    /// The place at which a type is defined, if this one is an alias.
    pub(crate) fn defined_at<'a>(&'a self, place: &'a Place) -> &'a Place {
        match self.types.get(place).map(|definition| &definition.kind) {
            Some(Kind::Alias(original)) => original,
            _ => place,
        }
    }

    /// The types of a component schema or an operation.
    pub(crate) fn types_of<'a>(
        &'a self,
        root: &'a Root,
    ) -> impl Iterator<Item = (&'a Place, &'a Definition)> {
        let first = Place { root: root.clone(), steps: Vec::new() };
        self.types.range(first..).take_while(|(place, _)| place.root == *root)
    }

    /// An operation, and the namespace in which it stands.
    pub(crate) fn operation(&self, place: &Place) -> Option<(&Namespace, &Operation)> {
        fn find<'a>(
            namespaces: &'a [Namespace],
            place: &Place,
        ) -> Option<(&'a Namespace, &'a Operation)> {
            namespaces.iter().find_map(|namespace| {
                let found = namespace.operations.iter().find(|one| one.place() == *place);
                let found = found.map(|operation| (namespace, operation));
                found.or_else(|| find(&namespace.namespaces, place))
            })
        }
        find(&self.namespaces, place)
    }

    /// Every operation.
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

    /// Calls `visit` with every field of structs, parameters, choices and results, and where it stands.
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
