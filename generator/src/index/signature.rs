//! The Rust signatures of items. Types are written as paths from the root of the crate.

use std::collections::BTreeMap;
use std::fmt;

use crate::api::{
    Answer, Api, ArgumentType, Conversion, Field, FieldOwner, Name, Operation, Payload, Place,
    Presence, Root, Step, Type, Usage, Variant, Wait, raw,
};

/// The signature of an item, as far as the compiler sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Signature {
    /// Only the name matters (modules, namespaces, IDs).
    Name,
    /// A value of this type (fields, arguments, security schemes).
    Value(String),
    /// A function or method.
    Function { parameters: Vec<FunctionParameter>, returns: String },
    /// A request that returns a value of this type when it is sent.
    Call(String),
    /// A variant, with the type in it.
    Variant(Option<String>),
    /// A type: the type that it is an alias of, and the types that convert to it by `From`, without naming a variant.
    Type { original: Option<String>, from: Vec<String> },
}

/// A parameter of a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FunctionParameter {
    /// The name of the argument. Callers do not write it.
    pub(crate) name: String,
    pub(crate) how: ArgumentType,
    /// The type that the argument is converted to; for a list, the type of its elements.
    pub(crate) ty: String,
}

impl fmt::Display for FunctionParameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, how, ty } = self;
        match how {
            ArgumentType::Exact => write!(f, "{name}: {ty}"),
            ArgumentType::Into => write!(f, "{name}: impl Into<{ty}>"),
            ArgumentType::IntoOption => write!(f, "{name}: impl Into<Option<{ty}>>"),
            ArgumentType::Integer => write!(f, "{name}: impl IntoInteger"),
            ArgumentType::IntegerItems => {
                write!(f, "{name}: impl IntoIterator<Item = impl IntoInteger>")
            }
            ArgumentType::Items => write!(f, "{name}: impl IntoIterator<Item = impl Into<{ty}>>"),
        }
    }
}

/// Writes the signature as it follows the name in a declaration.
impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name | Self::Variant(None) => Ok(()),
            Self::Value(ty) => write!(f, ": {ty}"),
            Self::Function { parameters, returns } => {
                let parameters: Vec<String> = parameters.iter().map(ToString::to_string).collect();
                write!(f, "({}) -> {returns}", parameters.join(", "))
            }
            Self::Call(output) => write!(f, " -> {output}"),
            Self::Variant(Some(ty)) => write!(f, "({ty})"),
            Self::Type { original, from } => {
                if let Some(original) = original {
                    write!(f, " = {original}")?;
                }
                if !from.is_empty() {
                    write!(f, " from {}", from.join(", "))?;
                }
                Ok(())
            }
        }
    }
}

/// Names types as paths from the root of the crate.
pub(super) struct TypeNames<'a> {
    api: &'a Api,
    /// The paths of all definitions.
    paths: BTreeMap<&'a Place, String>,
}

impl Signature {
    /// The first of the types that a type is made from.
    pub(crate) fn made_from(&self) -> Option<&str> {
        match self {
            Self::Type { from, .. } => from.first().map(String::as_str),
            _ => None,
        }
    }
}

impl<'a> TypeNames<'a> {
    pub(super) fn new(api: &'a Api) -> Self {
        let paths = api.types.iter().map(|(place, definition)| {
            let own = match (&place.root, place.steps.as_slice()) {
                // The type of a whole schema is re-exported one module further up, in `models`. That of a whole response is
                // re-exported in the module of the namespace.
                (Root::Schema(_), []) | (Root::Operation { .. }, [Step::Output]) => 1,
                _ => 0,
            };
            let modules = definition.modules.iter().rev().skip(own).rev();
            let modules: String =
                modules.map(|module| format!("{}::", raw(module.as_str()))).collect();
            let above = match place.root {
                Root::Schema(_) => "models",
                Root::Operation { .. } => "api",
            };
            (place, format!("{above}::{modules}{}", definition.name.as_str()))
        });
        Self { api, paths: paths.collect() }
    }

    /// The path of a definition.
    pub(super) fn path(&self, place: &Place) -> String {
        self.paths.get(place).cloned().unwrap_or_else(|| "serde_json::Value".to_owned())
    }

    pub(super) fn ty(&self, ty: &Type) -> String {
        match ty {
            Type::Boolean | Type::Constant(_) => "bool".to_owned(),
            Type::Integer(width) => width.as_str().to_owned(),
            Type::Number => "f64".to_owned(),
            Type::String | Type::Uuid => "String".to_owned(),
            Type::DateTime => "DateTime".to_owned(),
            Type::Civil(civil) => format!("jiff::civil::{}", civil.as_str()),
            Type::Decimal => "Decimal".to_owned(),
            Type::Bytes => "bytes::Bytes".to_owned(),
            Type::File => "File".to_owned(),
            Type::Any => "serde_json::Value".to_owned(),
            Type::Scalar => "Scalar".to_owned(),
            Type::Id(resource) => {
                format!("ids::{}", self.api.ids.get(resource).map_or("", Name::as_str))
            }
            Type::List(inner) => format!("Vec<{}>", self.ty(inner)),
            Type::Map(inner) => {
                format!("std::collections::BTreeMap<String, {}>", self.ty(inner))
            }
            Type::Nullable(inner) => option(&self.ty(inner)),
            Type::Boxed(inner) => format!("Box<{}>", self.ty(inner)),
            Type::Named(place) => self.path(place),
        }
    }

    /// The type of a field.
    pub(super) fn field(&self, ty: &Type, presence: Presence, usage: Usage) -> String {
        let written = self.ty(ty);
        match presence {
            Presence::OptionalNullable if usage == Usage::Requests => option(&option(&written)),
            _ if presence.is_option(ty, usage) => option(&written),
            _ => written,
        }
    }

    /// The argument or setter parameter that takes the value of a field.
    pub(super) fn parameter(&self, field: &Field, owner: FieldOwner) -> FunctionParameter {
        let how = field.argument_type(owner);
        let ty = match (how, &field.ty) {
            (ArgumentType::Items | ArgumentType::IntegerItems, Type::List(inner)) => self.ty(inner),
            (_, ty) => self.ty(ty),
        };
        FunctionParameter { name: field.name.as_str().to_owned(), how, ty }
    }

    /// The type that `send` returns.
    pub(super) fn output(&self, operation: &Operation) -> String {
        match &operation.answer {
            Answer::Key { ty, presence, .. } => self.field(ty, *presence, Usage::Answers),
            Answer::Body(ty) => self.ty(ty),
            Answer::Optional(ty) => option(&self.ty(ty)),
            Answer::Text => "String".to_owned(),
            Answer::Bytes => "bytes::Bytes".to_owned(),
            Answer::ByStatus { ty, is_optional: true } => option(&self.path(ty)),
            Answer::Envelope { ty, .. } | Answer::ByStatus { ty, .. } => self.path(ty),
            Answer::Nothing => "()".to_owned(),
        }
    }

    /// The type that `wait` returns.
    pub(super) fn polled(&self, operation: &Operation, wait: &Wait) -> String {
        match &wait.result {
            Some(Field { ty, presence, .. }) => self.field(ty, *presence, Usage::Answers),
            None => match &operation.answer {
                Answer::Key { ty, .. } | Answer::Body(ty) => self.ty(ty),
                _ => self.output(operation),
            },
        }
    }

    /// The type in an alternative of a choice.
    pub(super) fn payload(&self, payload: &Payload) -> Option<String> {
        match payload {
            Payload::None => None,
            Payload::Field(field) => Some(self.ty(&field.ty)),
            Payload::Object(place) => Some(self.path(place)),
        }
    }

    /// The types that convert to a union by `From`.
    pub(super) fn from(&self, variants: &[Variant]) -> Vec<String> {
        let by_type = variants.iter().filter(|one| one.conversion == Conversion::ByType);
        let from = by_type.flat_map(|one| {
            std::iter::once(self.ty(&one.ty)).chain(one.also_from().map(str::to_owned))
        });
        from.collect()
    }
}

fn option(ty: &str) -> String {
    format!("Option<{ty}>")
}
