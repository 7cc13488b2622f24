//! What an operation takes, and where it is sent.

use super::Field;

/// A parameter of an operation, wherever it is sent.
#[derive(Debug)]
pub(crate) struct Parameter {
    /// It has the key by which the API knows it.
    pub(crate) field: Field,
    /// What it is called by among the parameters.
    pub(crate) word: String,
    pub(crate) location: ParameterLocation,
    /// How its value is encoded there.
    pub(crate) encoding: Encoding,
}

/// Where a parameter is sent. Arguments stand in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ParameterLocation {
    /// `/things/{id}`
    Path,
    /// `?limit=10`
    Query,
    Header,
    Cookie,
    /// A property of the body.
    Property,
    /// The body itself.
    Body,
}

/// How a value becomes text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Encoding {
    pub(crate) style: Style,
    /// Whether each element and each property stands by itself.
    pub(crate) explode: bool,
    /// Whether characters that mean something in an address are left as they are.
    pub(crate) reserved: bool,
}

/// The styles of OpenAPI, and JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Style {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    Json,
}

/// What an operation sends as its body.
#[derive(Debug)]
pub(crate) enum Body {
    Nothing,
    /// A JSON object with the properties, of this media type.
    Json(String),
    /// A form, with the properties that are written in a way of their own.
    Form(Vec<(String, Encoding)>),
    /// Many parts, with the media types of some.
    Multipart(Vec<(String, String)>),
    /// One value, of this media type.
    Whole(Whole, String),
}

/// What a body is that is one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whole {
    Json,
    Text,
    Bytes,
}

impl ParameterLocation {
    /// The word that tells parameters of one name apart.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
            Self::Property | Self::Body => "body",
        }
    }

    /// Whether the parameter is part of the body.
    pub(crate) fn is_in_body(self) -> bool {
        matches!(self, Self::Property | Self::Body)
    }

    /// The style that OpenAPI prescribes where a document names none.
    pub(crate) fn default_style(self) -> Style {
        match self {
            Self::Path | Self::Header => Style::Simple,
            Self::Query | Self::Cookie => Style::Form,
            Self::Property | Self::Body => Style::Json,
        }
    }
}

impl Style {
    /// As the runtime calls it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Simple => "Simple",
            Self::Label => "Label",
            Self::Matrix => "Matrix",
            Self::Form => "Form",
            Self::SpaceDelimited => "SpaceDelimited",
            Self::PipeDelimited => "PipeDelimited",
            Self::DeepObject => "DeepObject",
            Self::Json => "Json",
        }
    }
}

impl Encoding {
    /// What holds where a document says nothing else.
    pub(crate) fn of(style: Style) -> Self {
        Self { style, explode: style == Style::Form, reserved: false }
    }
}
