//! Parameters outside of the body: where they are sent, and how they are encoded.

use crate::percent::Reserved;

/// A parameter as the document describes it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parameter {
    pub(crate) name: &'static str,
    pub(crate) location: ParameterLocation,
    pub(crate) style: Style,
    /// Whether elements and properties are written separately (`explode`).
    pub(crate) explode: bool,
    /// Which characters are percent-encoded.
    pub(crate) reserved: Reserved,
}

/// Where a parameter is sent (OpenAPI's `in`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ParameterLocation {
    Path,
    Query,
    Header,
    Cookie,
}

/// How a value is encoded as text. The examples show `ids` with the value `[1, 2]`, not exploded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "a document need not have each kind")]
pub(crate) enum Style {
    /// `1,2`
    Simple,
    /// `.1,2`
    Label,
    /// `;ids=1,2`
    Matrix,
    /// `ids=1,2`
    Form,
    /// `ids=1%202`
    SpaceDelimited,
    /// `ids=1%7C2`
    PipeDelimited,
    /// `filter[name]=a`
    DeepObject,
    /// `[1,2]`
    Json,
    /// `ids=1&ids=2`, and an object as JSON.
    Field,
}

#[allow(dead_code, reason = "a document need not have each kind")]
impl Parameter {
    const fn new(
        name: &'static str,
        location: ParameterLocation,
        style: Style,
        explode: bool,
    ) -> Self {
        Self { name, location, style, explode, reserved: Reserved::Encoded }
    }

    /// In the path: `1,2`.
    pub(crate) const fn path(name: &'static str) -> Self {
        Self::new(name, ParameterLocation::Path, Style::Simple, false)
    }

    /// In the query: `ids=1&ids=2`.
    pub(crate) const fn query(name: &'static str) -> Self {
        Self::new(name, ParameterLocation::Query, Style::Form, true)
    }

    /// In a header: `1,2`.
    pub(crate) const fn header(name: &'static str) -> Self {
        Self::new(name, ParameterLocation::Header, Style::Simple, false)
    }

    /// In a cookie.
    pub(crate) const fn cookie(name: &'static str) -> Self {
        Self::new(name, ParameterLocation::Cookie, Style::Form, true)
    }

    /// In a form whose encoding the document leaves open.
    pub(crate) const fn field(name: &'static str) -> Self {
        Self::new(name, ParameterLocation::Query, Style::Field, true)
    }

    /// Sets the style.
    pub(crate) const fn style(mut self, style: Style) -> Self {
        self.style = style;
        self
    }

    /// Sets whether elements and properties are written separately.
    pub(crate) const fn explode(mut self, explode: bool) -> Self {
        self.explode = explode;
        self
    }

    /// Leaves reserved characters as they are (`allowReserved`).
    pub(crate) const fn reserved(mut self) -> Self {
        self.reserved = Reserved::Allowed;
        self
    }
}
