//! The API as Rust sees it: what `lower` makes of a document, the passes decide on, and `emit` prints.

mod name;
mod parameter;
mod place;

use std::collections::{BTreeMap, BTreeSet};

pub(crate) use self::name::{
    FieldName, FunctionName, ModuleName, Name, TypeName, VariantName, ident, singular, words,
};
pub(crate) use self::parameter::{Body, Encoding, Parameter, Source, Style, Whole};
pub(crate) use self::place::{Place, Root, Step};

/// The whole of it.
#[derive(Debug)]
pub(crate) struct Api {
    /// The package that the output becomes part of.
    pub(crate) package: String,
    pub(crate) title: String,
    pub(crate) version: String,
    /// Where it is served, unless a client is told otherwise.
    pub(crate) server: Option<String>,
    /// The first level of the method chain.
    pub(crate) namespaces: Vec<Namespace>,
    /// Every type, by where the document describes it.
    pub(crate) types: BTreeMap<Place, Definition>,
    /// What the document has ids for (`acs_user`): its component schemas with an id of their own.
    pub(crate) resources: BTreeSet<String>,
    /// The ids that occur, by what they identify.
    pub(crate) ids: BTreeMap<String, TypeName>,
}

/// A link of the method chain: `seam.acs()`.
#[derive(Debug)]
pub(crate) struct Namespace {
    /// The words of the chain up to here (`["acs", "credentials"]`).
    pub(crate) path: Vec<String>,
    pub(crate) module: ModuleName,
    pub(crate) function: FunctionName,
    pub(crate) name: TypeName,
    pub(crate) operations: Vec<Operation>,
    pub(crate) namespaces: Vec<Self>,
}

/// One method of the client.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) path: String,
    /// As the document calls it (`assign`).
    pub(crate) wire: String,
    pub(crate) function: FunctionName,
    pub(crate) module: ModuleName,
    /// The verbs by which it can be called, the preferred one first.
    pub(crate) methods: Vec<Method>,
    pub(crate) docs: Docs,
    pub(crate) deprecated: Option<Deprecation>,
    /// Names of the ways to authenticate, each a combination of security schemes.
    pub(crate) security: Vec<String>,
    /// In the order of the arguments: those in the path as they stand there, then sorted by place and key.
    pub(crate) parameters: Vec<Parameter>,
    /// Parameters of which one is given.
    pub(crate) choices: Vec<Choice>,
    pub(crate) body: Body,
    pub(crate) answer: Answer,
    /// What it says when it fails, where that is described, sorted by status.
    pub(crate) failures: Vec<Failure>,
    /// The media type to ask for, where it is not `application/json`.
    pub(crate) accept: Option<String>,
}

/// A verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
}

impl Method {
    /// As it stands on the wire, and as `http` names its constant.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
        }
    }
}

/// What an operation gives back.
#[derive(Debug)]
pub(crate) enum Answer {
    /// The value under a key of the body.
    Key { key: String, ty: Type },
    /// The body itself.
    Body(Type),
    /// The body itself, or nothing, as the server decides.
    Optional(Type),
    /// The body as text.
    Text,
    /// The body as it comes.
    Bytes,
    /// The body as an envelope that may lack anything, since the operation is not about what it answers.
    Envelope(Place),
    /// `()`
    Nothing,
}

/// What an operation says with a status that is no success.
#[derive(Debug)]
pub(crate) struct Failure {
    /// As the document writes it: `404`, `4XX`, `default`.
    pub(crate) status: String,
    /// What it is called, unless the type itself is called so.
    pub(crate) name: TypeName,
    pub(crate) ty: Place,
}

/// A type of the API.
#[derive(Debug)]
pub(crate) struct Definition {
    /// The modules below `models` or `api` that lead to it.
    pub(crate) modules: Vec<ModuleName>,
    pub(crate) name: TypeName,
    pub(crate) docs: Docs,
    pub(crate) deprecated: Option<Deprecation>,
    pub(crate) usage: Usage,
    pub(crate) kind: Kind,
}

/// Where a type is used, which decides what people do with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Usage {
    /// It is only ever read.
    Answers,
    /// It is written too, so it can be made, and what is absent is not the same as what is null or empty.
    Requests,
}

/// What a definition is in Rust.
#[derive(Debug)]
pub(crate) enum Kind {
    /// `struct { … }`
    Struct(Struct),
    /// `enum { Card, Code, Unrecognized(String) }`
    Enum(Enum),
    /// `enum { BeingDeleted(…), Unrecognized(Value) }`
    Union(Union),
    /// `type Name = …;` for a type that is defined elsewhere.
    Alias(Place),
}

/// An object.
#[derive(Debug)]
pub(crate) struct Struct {
    /// Sorted by key.
    pub(crate) fields: Vec<Field>,
    /// What else there may be.
    pub(crate) others: Option<Others>,
}

/// Properties that the document does not name: `BTreeMap<String, T>`.
#[derive(Debug)]
pub(crate) struct Others {
    pub(crate) name: FieldName,
    pub(crate) ty: Type,
}

impl Others {
    /// What they are called, unless a property is called so.
    pub(crate) const WORDS: &'static str = "additional_properties";
}

/// A property of an object.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) key: String,
    pub(crate) name: FieldName,
    pub(crate) ty: Type,
    pub(crate) presence: Presence,
    pub(crate) docs: Docs,
    pub(crate) deprecated: Option<Deprecation>,
}

/// Whether a property has to be there, and whether it may be null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// `T`
    Required,
    /// `T`, and it identifies the object.
    Identity,
    /// `Option<T>`, absent as `None`.
    Optional,
    /// `Option<T>`, null as `None`.
    RequiredNullable,
    /// `Option<T>` where it is read; where it is written, absent, null and a value differ.
    OptionalNullable,
    /// `Option<T>`, given up when it cannot be read.
    Expendable,
}

/// A type where it is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    /// `bool`
    Boolean,
    /// `bool`, described as always the same.
    Constant(bool),
    /// `i64`
    Integer,
    /// `f64`
    Number,
    /// `String`
    String,
    /// `String`, or an id if the name of the property says of what.
    Uuid,
    /// `jiff::Timestamp`
    DateTime,
    /// `ids::AcsUserId`, by what it identifies.
    Id(String),
    /// `Scalar`: a boolean, a number or a string
    Scalar,
    /// `bytes::Bytes`
    Bytes,
    /// `File`, a part of a body
    File,
    /// `serde_json::Value`
    Any,
    /// `Vec<T>`
    List(Box<Self>),
    /// `BTreeMap<String, T>`
    Map(Box<Self>),
    /// A definition.
    Named(Place),
    /// `Option<T>`, in a list or a map
    Nullable(Box<Self>),
    /// `Box<T>`, for a type that contains itself.
    Boxed(Box<Self>),
}

/// An open set of texts.
#[derive(Debug)]
pub(crate) struct Enum {
    /// In the order of the document.
    pub(crate) values: Vec<Value>,
}

/// One of the texts.
#[derive(Debug)]
pub(crate) struct Value {
    pub(crate) text: String,
    pub(crate) name: VariantName,
}

/// Objects told apart by the value of one property.
#[derive(Debug)]
pub(crate) struct Union {
    pub(crate) key: String,
    pub(crate) key_kind: KeyKind,
    /// The method that gives the value of the key.
    pub(crate) accessor: FunctionName,
    /// In the order of the document.
    pub(crate) variants: Vec<Variant>,
}

/// What the value of a key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyKind {
    /// `"being_deleted"`
    Text,
    /// `true`, which is the tag `true`
    Boolean,
    /// That the property is there: its name is the tag.
    Presence,
}

/// One of the objects.
#[derive(Debug)]
pub(crate) struct Variant {
    /// The values of the key that it has.
    pub(crate) tags: Vec<String>,
    /// What it is called by.
    pub(crate) word: String,
    pub(crate) name: VariantName,
    pub(crate) ty: Place,
    pub(crate) key: KeyPlace,
    pub(crate) docs: Docs,
}

/// Where a variant has its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyPlace {
    /// The union knows it, and its object has the other properties.
    Union,
    /// It is one of the properties of its object.
    Object,
}

/// Parameters that exclude each other: one argument.
#[derive(Debug)]
pub(crate) struct Choice {
    /// As the document titles it.
    pub(crate) title: String,
    /// The argument, or the setter if nothing need be chosen.
    pub(crate) argument: FieldName,
    pub(crate) name: TypeName,
    pub(crate) docs: Docs,
    pub(crate) presence: Presence,
    pub(crate) arms: Vec<Arm>,
}

/// One of the alternatives.
#[derive(Debug)]
pub(crate) struct Arm {
    /// What it is called by.
    pub(crate) word: String,
    pub(crate) name: VariantName,
    /// A property that always has the same value with this alternative.
    pub(crate) constant: Option<(String, String)>,
    pub(crate) payload: Payload,
    pub(crate) conversion: Conversion,
}

/// How a value becomes an alternative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Conversion {
    /// By naming it: `Celsius(20.0)`
    Named,
    /// By itself, as `From` is implemented.
    ByType,
}

/// The parameters that go with an alternative.
#[derive(Debug)]
pub(crate) enum Payload {
    /// `Off`
    None,
    /// `AcsUser(AcsUserId)`
    Field(Box<Field>),
    /// `Heat(Heat)`, an object whose properties are parameters.
    Object(Place),
}

impl Arm {
    /// The parameter, if it is just one that has to be there.
    pub(crate) fn field(&self) -> Option<&Field> {
        match &self.payload {
            Payload::Field(field) => Some(field),
            Payload::None | Payload::Object(_) => None,
        }
    }
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

    /// Calls `visit` with every field of structs, parameters and choices, and where it stands.
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
            let arms = operation.choices.iter_mut().flat_map(|choice| &mut choice.arms);
            for arm in arms {
                if let Payload::Field(field) = &mut arm.payload {
                    visit(&place, field);
                }
            }
        });
    }
}

impl Operation {
    /// The types that a request is made of.
    pub(crate) fn written_types(&self) -> impl Iterator<Item = &Place> {
        let arms = self.choices.iter().flat_map(|choice| &choice.arms);
        let in_arms = arms.filter_map(|arm| match &arm.payload {
            Payload::None => None,
            Payload::Field(field) => field.ty.named(),
            Payload::Object(place) => Some(place),
        });
        self.parameters.iter().filter_map(|parameter| parameter.field.ty.named()).chain(in_arms)
    }

    /// Where it stands in the document.
    pub(crate) fn place(&self) -> Place {
        Place::operation(&self.path, &self.wire)
    }
}

impl Type {
    /// The definition that this type uses, behind whatever wraps it.
    pub(crate) fn named(&self) -> Option<&Place> {
        match self.innermost() {
            Self::Named(place) => Some(place),
            _ => None,
        }
    }

    /// What a list, a map or a box holds in the end.
    pub(crate) fn innermost(&self) -> &Self {
        match self {
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) | Self::Boxed(inner) => {
                inner.innermost()
            }
            other => other,
        }
    }

    /// The same, to be changed.
    pub(crate) fn innermost_mut(&mut self) -> &mut Self {
        match self {
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) | Self::Boxed(inner) => {
                inner.innermost_mut()
            }
            other => other,
        }
    }

    /// The ids that this type uses.
    pub(crate) fn collect_ids(&self, ids: &mut BTreeSet<String>) {
        if let Self::Id(resource) = self.innermost() {
            ids.insert(resource.clone());
        }
    }
}
