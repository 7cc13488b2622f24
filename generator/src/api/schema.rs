//! Types: what schemas become in Rust.

use std::collections::BTreeSet;

use super::{
    ArgumentType, Civil, Deprecation, Docs, Enum, FieldName, FieldOwner, FunctionName, ModuleName,
    Place, Root, TypeName, VariantName, Width,
};
use crate::document::Pointer;

/// A type of the API.
#[derive(Debug)]
pub(crate) struct Definition {
    /// The modules below `models` or `api` that contain it.
    pub(crate) modules: Vec<ModuleName>,
    pub(crate) name: TypeName,
    pub(crate) docs: Docs,
    pub(crate) deprecated: Option<Deprecation>,
    pub(crate) usage: Usage,
    pub(crate) kind: Kind,
}

impl Definition {
    /// The modules by which users name it, from the root of the crate: `models` re-exports the types of whole schemas.
    pub(crate) fn public_path(&self, place: &Place) -> (&'static str, &[ModuleName]) {
        match place.root {
            Root::Schema(_) if place.steps.is_empty() => ("models", &[]),
            Root::Schema(_) => ("models", &self.modules),
            Root::Operation { .. } => ("api", &self.modules),
        }
    }
}

/// Whether values of a type are only received or also sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Usage {
    /// Values are only received.
    Answers,
    /// Values are sent too: the type has a constructor, and it distinguishes absent from null and empty.
    Requests,
}

/// The kind of a definition.
#[derive(Debug)]
pub(crate) enum Kind {
    /// `struct { … }`
    Struct(Struct),
    /// `enum { Card, Code, Unrecognized(String) }`
    Enum(Enum),
    /// `enum { BeingDeleted(…), Text(String), Unrecognized(Value) }`
    Union(Union),
    /// `type Name = …;` for a type that is defined elsewhere.
    Alias(Place),
}

impl Kind {
    /// The types that it uses.
    pub(crate) fn types(&self) -> Box<dyn Iterator<Item = &Place> + '_> {
        match self {
            Self::Struct(object) => {
                let others = object.others.iter().filter_map(|others| others.ty.named());
                Box::new(object.fields.iter().filter_map(|field| field.ty.named()).chain(others))
            }
            Self::Union(union) => {
                Box::new(union.variants.iter().filter_map(|variant| variant.ty.named()))
            }
            Self::Alias(original) => Box::new(std::iter::once(original)),
            Self::Enum(_) => Box::new(std::iter::empty()),
        }
    }
}

/// An object.
#[derive(Debug)]
pub(crate) struct Struct {
    /// Sorted by key.
    pub(crate) fields: Vec<Field>,
    /// The type of properties that the document does not name, if there can be some.
    pub(crate) others: Option<Others>,
    pub(crate) openness: Openness,
}

/// Whether an object may have other properties. Objects are decoded in either case. It matters where variants are tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Openness {
    Open,
    Closed,
}

/// Properties that the document does not name: `BTreeMap<String, T>`.
#[derive(Debug)]
pub(crate) struct Others {
    pub(crate) name: FieldName,
    pub(crate) ty: Type,
    pub(crate) sensitivity: Sensitivity,
}

impl Others {
    /// The words of their name, unless a property has them.
    pub(crate) const WORDS: &'static str = "additional_properties";
}

/// A property of an object.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) key: String,
    pub(crate) name: FieldName,
    /// The setter that makes it null, where that is not the same as leaving it out.
    pub(crate) null: Option<FieldName>,
    pub(crate) ty: Type,
    pub(crate) presence: Presence,
    pub(crate) sensitivity: Sensitivity,
    pub(crate) docs: Docs,
    pub(crate) deprecated: Option<Deprecation>,
    /// Where the document describes it, if it does.
    pub(crate) at: Option<Pointer>,
}

/// Whether a value may be shown by `Debug`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sensitivity {
    Public,
    Secret,
}

/// Whether a property is required, and whether it may be null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// `T`
    Required,
    /// `T`, the ID of the object.
    Identity,
    /// `Option<T>`, absent as `None`.
    Optional,
    /// `Option<T>`, null as `None`.
    RequiredNullable,
    /// `Option<T>` where it is read; where it is written, absent, null and a value differ.
    OptionalNullable,
    /// `Option<T>`, `None` if the value cannot be decoded.
    Droppable,
}

/// A type where it is used.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Type {
    /// `bool`
    Boolean,
    /// `bool` with only one value.
    Constant(bool),
    /// `i64`, or another integer that holds all values
    Integer(Width),
    /// `f64`
    Number,
    /// `String`
    String,
    /// `String`, or an ID type if the name of the property says what it identifies.
    Uuid,
    /// `DateTime`: a text, and its instant if it has an offset
    DateTime,
    /// `jiff::civil::Date`, or what else of a date and a time has no offset
    Civil(Civil),
    /// `Decimal`: a number of any precision
    Decimal,
    /// `ids::AcsUserId`, by the component schema that it identifies.
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

/// A value of one of several types.
#[derive(Debug)]
pub(crate) struct Union {
    /// How the variant of a value is found.
    pub(crate) dispatch: Dispatch,
    /// In the order of the document.
    pub(crate) variants: Vec<Variant>,
    /// The properties that all variants have, sorted by key.
    pub(crate) shared: Vec<Shared>,
}

/// How the variant of a value is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Dispatch {
    /// All variants are objects, and the value of one property says which it is.
    Discriminator(Discriminator),
    /// All variants are objects, and each has a property of its own.
    Presence,
    /// Each variant has JSON types of its own.
    JsonType,
    /// The variants are tried, in the order of the document.
    Order,
    /// The status of the response says which variant its body is.
    Status,
}

/// The property whose value says which variant an object is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Discriminator {
    pub(crate) property: String,
    pub(crate) kind: TagKind,
    /// The method that returns its value.
    pub(crate) accessor: FunctionName,
}

/// The JSON type of a discriminator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TagKind {
    /// `"being_deleted"`
    Text,
    /// `true`, which is the tag `true`
    Boolean,
}

/// A property that all variants of a union have, with one type.
#[derive(Clone, Debug)]
pub(crate) struct Shared {
    pub(crate) key: String,
    /// The method that returns its value.
    pub(crate) name: FunctionName,
    pub(crate) ty: Type,
    pub(crate) docs: Docs,
    pub(crate) deprecated: Option<Deprecation>,
}

/// One of the types of a union.
#[derive(Debug)]
pub(crate) struct Variant {
    /// The words that its name is made from.
    pub(crate) word: String,
    pub(crate) name: VariantName,
    pub(crate) ty: Type,
    /// What selects it, if the variants are told apart by properties.
    pub(crate) tag: Tag,
    pub(crate) conversion: Conversion,
    pub(crate) docs: Docs,
}

/// What selects a variant of a union whose variants are told apart by properties.
#[derive(Debug)]
pub(crate) struct Tag {
    /// The values of the discriminator, or the property whose presence selects the variant. Empty for any other union.
    pub(crate) values: Vec<String>,
    pub(crate) holder: TagHolder,
    /// What the document says about the presence of the discriminator. The client relies on it in any case.
    pub(crate) presence: Presence,
    /// Where the document describes the discriminator, if the union holds it.
    pub(crate) at: Vec<Pointer>,
}

/// Which type has the field for a discriminator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TagHolder {
    /// The union reads and writes it, and the object of the variant has the other properties.
    Union,
    /// It is a field of the object.
    Object,
}

/// How a value becomes an alternative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Conversion {
    /// By naming it: `Celsius(20.0)`
    Named,
    /// By itself, as `From` is implemented.
    ByType,
    /// By itself or by its text: the only ID among the alternatives.
    ByText,
}

impl Union {
    /// The property whose value says which variant an object is, if there is one.
    pub(crate) fn discriminator(&self) -> Option<&Discriminator> {
        match &self.dispatch {
            Dispatch::Discriminator(discriminator) => Some(discriminator),
            Dispatch::Presence | Dispatch::JsonType | Dispatch::Order | Dispatch::Status => None,
        }
    }
}

impl Tag {
    /// The tag of a variant that is not told apart by a property.
    pub(crate) fn none() -> Self {
        let (values, at) = (Vec::new(), Vec::new());
        Self { values, holder: TagHolder::Object, presence: Presence::Required, at }
    }
}

impl Presence {
    /// Whether the value is an argument of the constructor.
    pub(crate) fn is_argument(self) -> bool {
        matches!(self, Self::Required | Self::Identity | Self::RequiredNullable)
    }

    /// Whether a field of type `ty` is an `Option` of it. Absent lists and maps are empty where they are read; whatever else
    /// may be absent is an option. Where null has to stand for something, it is not the same as empty.
    pub(crate) fn is_option(self, ty: &Type, usage: Usage) -> bool {
        match self {
            Self::Required | Self::Identity => false,
            Self::RequiredNullable => usage == Usage::Requests || *ty != Type::Any,
            Self::Optional | Self::OptionalNullable | Self::Droppable => {
                usage == Usage::Requests || !matches!(ty, Type::List(_) | Type::Map(_) | Type::Any)
            }
        }
    }
}

impl Field {
    /// How an argument or a setter takes its value.
    pub(crate) fn argument_type(&self, owner: FieldOwner) -> ArgumentType {
        match &self.ty {
            _ if self.presence == Presence::RequiredNullable => ArgumentType::IntoOption,
            Type::Integer(_) if owner == FieldOwner::Request => ArgumentType::Integer,
            Type::Integer(width) if !width.is_made_from_literals() => ArgumentType::Exact,
            Type::List(inner) => match **inner {
                Type::Integer(_) if owner == FieldOwner::Request => ArgumentType::IntegerItems,
                Type::Integer(width) if !width.is_made_from_literals() => ArgumentType::Exact,
                _ => ArgumentType::Items,
            },
            Type::Boolean | Type::Constant(_) | Type::Civil(_) | Type::Map(_) | Type::Boxed(_) => {
                ArgumentType::Exact
            }
            _ => ArgumentType::Into,
        }
    }
}

impl Variant {
    /// The type besides its own that converts into it.
    pub(crate) fn also_from(&self) -> Option<&'static str> {
        match self.ty {
            Type::String => Some("&str"),
            Type::DateTime => Some("jiff::Timestamp"),
            Type::Integer(Width::I64 | Width::I128) | Type::Number => Some("i32"),
            _ => None,
        }
    }
}

impl Type {
    /// The definition that it uses, inside lists, maps, options and boxes.
    pub(crate) fn named(&self) -> Option<&Place> {
        match self.innermost() {
            Self::Named(place) => Some(place),
            _ => None,
        }
    }

    /// The type inside lists, maps, options and boxes.
    pub(crate) fn innermost(&self) -> &Self {
        match self {
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) | Self::Boxed(inner) => {
                inner.innermost()
            }
            other => other,
        }
    }

    /// Mutable access to the type inside lists, maps, options and boxes.
    pub(crate) fn innermost_mut(&mut self) -> &mut Self {
        match self {
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) | Self::Boxed(inner) => {
                inner.innermost_mut()
            }
            other => other,
        }
    }

    /// Adds the IDs that it uses.
    pub(crate) fn collect_ids(&self, ids: &mut BTreeSet<String>) {
        if let Self::Id(resource) = self.innermost() {
            ids.insert(resource.clone());
        }
    }
}
