//! The structure of OpenAPI 3.0 to 3.2 documents: which object is allowed under which key.

/// A kind of object that OpenAPI defines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Node {
    Document,
    Components,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    Responses,
    Response,
    Header,
    MediaType,
    Encoding,
    Callback,
    Schema,
}

/// The kind of a value in a document: an object, or a map or list of objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    One(Node),
    Map(Node),
    List(Node),
}

impl Kind {
    /// The whole document.
    pub(super) const DOCUMENT: Self = Self::One(Node::Document);

    /// The kind of the value under `key`, if it is or contains such objects.
    pub(super) fn under(self, key: &str) -> Option<Self> {
        match self {
            Self::One(node) => node.under(key),
            Self::Map(Node::PathItem) if key.starts_with("x-") => None,
            Self::Map(node) | Self::List(node) => Some(Self::One(node)),
        }
    }

    /// The kind of this object, if a reference is allowed in its place.
    pub(super) fn referable(self) -> Option<Node> {
        match self {
            Self::One(node) if node.description().is_some() => Some(node),
            _ => None,
        }
    }
}

impl Node {
    fn under(self, key: &str) -> Option<Kind> {
        use Kind::{List, Map, One};
        Some(match (self, key) {
            (Self::Document, "paths" | "webhooks") => Map(Self::PathItem),
            (Self::Document, "components") => One(Self::Components),
            (Self::Components, key) => Map(Self::component(key)?),
            (Self::PathItem, verb) if VERBS.contains(&verb) => One(Self::Operation),
            (Self::PathItem, "additionalOperations") => Map(Self::Operation),
            (Self::PathItem | Self::Operation, "parameters") => List(Self::Parameter),
            (Self::Operation, "requestBody") => One(Self::RequestBody),
            (Self::Operation, "responses") => One(Self::Responses),
            (Self::Operation, "callbacks") => Map(Self::Callback),
            (Self::Responses, status) if !status.starts_with("x-") => One(Self::Response),
            (Self::Callback, expression) if !expression.starts_with("x-") => One(Self::PathItem),
            (Self::Response | Self::Encoding, "headers") => Map(Self::Header),
            (Self::Parameter | Self::Header | Self::Response | Self::RequestBody, "content") => {
                Map(Self::MediaType)
            }
            (Self::Parameter | Self::Header | Self::MediaType, "schema" | "itemSchema") => {
                One(Self::Schema)
            }
            (Self::MediaType, "encoding") => Map(Self::Encoding),
            (Self::Schema, keyword) => return under_schema(keyword),
            _ => return None,
        })
    }

    /// The kind of the components in a section.
    fn component(section: &str) -> Option<Self> {
        SECTIONS.iter().find(|(name, _)| *name == section).map(|(_, node)| *node)
    }

    /// The section of `components` for objects of this kind.
    pub(super) fn section(self) -> Option<&'static str> {
        SECTIONS.iter().find(|(_, node)| *node == self).map(|(name, _)| *name)
    }

    /// The name in messages of an object that may be a reference.
    pub(super) fn description(self) -> Option<&'static str> {
        Some(match self {
            Self::PathItem => "path item",
            Self::Operation => "operation",
            Self::Parameter => "parameter",
            Self::RequestBody => "request body",
            Self::Response => "response",
            Self::Header => "header",
            Self::Callback => "callback",
            Self::MediaType => "media type",
            Self::Schema => "schema",
            _ => return None,
        })
    }
}

/// The sections of `components`.
const SECTIONS: [(&str, Node); 8] = [
    ("schemas", Node::Schema),
    ("responses", Node::Response),
    ("parameters", Node::Parameter),
    ("requestBodies", Node::RequestBody),
    ("headers", Node::Header),
    ("callbacks", Node::Callback),
    ("pathItems", Node::PathItem),
    ("mediaTypes", Node::MediaType),
];

/// The HTTP methods that are keys of a path item; `query` is new in OpenAPI 3.2.
pub(super) const VERBS: [&str; 9] =
    ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// The keywords of JSON Schema that contain schemas.
fn under_schema(keyword: &str) -> Option<Kind> {
    Some(match keyword {
        "properties" | "patternProperties" | "dependentSchemas" | "$defs" | "definitions" => {
            Kind::Map(Node::Schema)
        }
        "allOf" | "anyOf" | "oneOf" | "prefixItems" => Kind::List(Node::Schema),
        "items"
        | "additionalProperties"
        | "unevaluatedItems"
        | "unevaluatedProperties"
        | "propertyNames"
        | "contains"
        | "contentSchema"
        | "not"
        | "if"
        | "then"
        | "else" => Kind::One(Node::Schema),
        _ => return None,
    })
}
