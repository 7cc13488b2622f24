//! Parameters: their location, their encoding, and the request body.

use super::Field;

/// A parameter of an operation, in any location.
#[derive(Debug)]
pub(crate) struct Parameter {
    /// The field, whose key is the name on the wire.
    pub(crate) field: Field,
    /// The words that its name is made from. No other parameter of the operation has them.
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
    /// Whether each element of an array and each property of an object is a parameter of its own.
    pub(crate) explode: bool,
    /// Whether the reserved characters of URLs are sent unescaped.
    pub(crate) reserved: bool,
}

/// The styles of OpenAPI, and JSON for parameters with a media type.
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
    /// A form, with the encodings of the properties that do not have the default encoding.
    Form(Vec<(String, Encoding)>),
    /// A multipart form, with the media types of the parts that name one.
    Multipart(Vec<(String, String)>),
    /// One value, of this media type.
    Whole(Whole, String),
}

/// What a body is whose value is one parameter.
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
    /// The name of the variant in the runtime.
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
    /// The default encoding of a style.
    pub(crate) fn of(style: Style) -> Self {
        Self { style, explode: style == Style::Form, reserved: false }
    }
}
