//! Security schemes, as the document describes them.

use std::fmt;

use super::parameter::ParameterLocation;

/// A security scheme of the API's document: one of the constants in [`security`](crate::generated::security).
///
/// The client's builder takes it together with a secret, in
/// [`credential`](crate::client::ClientBuilder::credential) and [`basic`](crate::client::ClientBuilder::basic).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Scheme {
    /// The name of its constant.
    constant: &'static str,
    location: ParameterLocation,
    /// The name of the header, the query parameter or the cookie.
    name: &'static str,
    form: Form,
}

/// How a secret is encoded.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// The secret itself.
    Plain,
    /// The secret after the name of an HTTP authentication scheme, such as `Bearer`.
    Prefixed(&'static str),
    /// A user name and a password, as HTTP's scheme `Basic` writes them.
    Basic,
}

#[allow(dead_code, reason = "a document need not have each kind")]
impl Scheme {
    /// A token in the header `authorization`.
    pub(crate) const fn bearer(constant: &'static str) -> Self {
        Self::http(constant, "Bearer")
    }

    /// A token in the header `authorization`, after the name of any HTTP authentication scheme.
    pub(crate) const fn http(constant: &'static str, scheme: &'static str) -> Self {
        let (location, name) = (ParameterLocation::Header, AUTHORIZATION);
        Self { constant, location, name, form: Form::Prefixed(scheme) }
    }

    /// A user name and a password in the header `authorization`.
    pub(crate) const fn basic(constant: &'static str) -> Self {
        Self {
            constant,
            location: ParameterLocation::Header,
            name: AUTHORIZATION,
            form: Form::Basic,
        }
    }

    /// A key in the header `name`.
    pub(crate) const fn header(constant: &'static str, name: &'static str) -> Self {
        Self { constant, location: ParameterLocation::Header, name, form: Form::Plain }
    }

    /// A key in the query parameter `name`.
    pub(crate) const fn query(constant: &'static str, name: &'static str) -> Self {
        Self { constant, location: ParameterLocation::Query, name, form: Form::Plain }
    }

    /// A key in the cookie `name`.
    pub(crate) const fn cookie(constant: &'static str, name: &'static str) -> Self {
        Self { constant, location: ParameterLocation::Cookie, name, form: Form::Plain }
    }

    /// The name of its constant.
    pub(crate) fn constant(self) -> &'static str {
        self.constant
    }

    pub(crate) fn location(self) -> ParameterLocation {
        self.location
    }

    /// The name of the header, the query parameter or the cookie.
    pub(crate) fn name(self) -> &'static str {
        self.name
    }

    pub(crate) fn form(self) -> Form {
        self.form
    }

    /// Returns the builder call that sets the secret, for messages.
    pub(crate) fn how_to_give(self) -> String {
        match self.form {
            Form::Basic => format!("`.basic({self:?}, name, password)`"),
            Form::Plain | Form::Prefixed(_) => format!("`.credential({self:?}, secret)`"),
        }
    }
}

const AUTHORIZATION: &str = "authorization";

/// Shows the path of the constant.
impl fmt::Debug for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "security::{}", self.constant)
    }
}
