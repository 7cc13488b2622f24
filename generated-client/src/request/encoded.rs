//! Requests as they are sent.

use std::borrow::Cow;

use bytes::Bytes;
use reqwest::header::{COOKIE, HeaderMap, HeaderValue};
use serde_json::Value;

use super::encode;
use super::header::{add_secret, fits_cookie, header, name_of};
use crate::json::{self, Json, View};
use crate::operation::{Parameter, ParameterLocation, Style};
use crate::percent::{self, Reserved};

/// A request as it is sent, without the server's address and the client's own headers.
#[derive(Debug, Default)]
pub(crate) struct EncodedRequest {
    /// With the path parameters in their places.
    pub(crate) path: Cow<'static, str>,
    pub(crate) query: Option<String>,
    pub(crate) headers: HeaderMap,
    /// The body and its media type.
    pub(crate) body: Option<(HeaderValue, Bytes)>,
}

impl EncodedRequest {
    /// Adds a parameter.
    pub(super) fn add_value(
        &mut self,
        parameter: &Parameter,
        value: &dyn Json,
    ) -> Result<(), Cow<'static, str>> {
        let value = &parameter_value(parameter, value)?;
        match parameter.location {
            ParameterLocation::Path => {
                let segment = encode::path(parameter, value)?;
                let template = format!("{{{}}}", parameter.name);
                self.path = self.path.replace(&template, &segment).into();
            }
            ParameterLocation::Query => {
                let query = self.query.get_or_insert_default();
                encode::query(parameter, parameter.name, value, query);
            }
            ParameterLocation::Header => {
                let value = header(encode::header(parameter, value))?;
                self.headers.insert(name_of(parameter.name)?, value);
            }
            ParameterLocation::Cookie => self.add_cookies(&encode::cookie(parameter, value))?,
        }
        Ok(())
    }

    /// Adds a secret parameter, which `Debug` does not show. A cookie is not encoded, as the server made it.
    pub(crate) fn add_secret(
        &mut self,
        location: ParameterLocation,
        name: &'static str,
        secret: &str,
    ) -> Result<(), Cow<'static, str>> {
        match location {
            ParameterLocation::Path | ParameterLocation::Query => {
                let query = self.query.get_or_insert_default();
                let encode = |text| percent::encode(text, Reserved::Encoded);
                encode::add_pair(&encode(name), &encode(secret), query);
            }
            ParameterLocation::Header => add_secret(&mut self.headers, name_of(name)?, secret)?,
            ParameterLocation::Cookie if secret.bytes().all(fits_cookie) => {
                self.add_cookies(&format!("{name}={secret}"))?;
                if let Some(cookies) = self.headers.get_mut(COOKIE) {
                    cookies.set_sensitive(true);
                }
            }
            ParameterLocation::Cookie => {
                return Err("it has characters that a cookie cannot hold".into());
            }
        }
        Ok(())
    }

    fn add_cookies(&mut self, cookies: &str) -> Result<(), Cow<'static, str>> {
        let others = self.headers.get(COOKIE).map(|others| [others.as_bytes(), b"; "].concat());
        let cookies = [others.unwrap_or_default(), cookies.into()].concat();
        let cookies = HeaderValue::from_bytes(&cookies);
        self.headers.insert(COOKIE, cookies.map_err(|_| "it does not fit into a cookie")?);
        Ok(())
    }
}

/// The value of a parameter as JSON. A number that `Value` does not hold is the same as a text.
fn parameter_value(parameter: &Parameter, value: &dyn Json) -> Result<Value, Cow<'static, str>> {
    match value.view() {
        View::Whole(value)
            if parameter.style != Style::Json
                && i64::try_from(value).is_err()
                && u64::try_from(value).is_err() =>
        {
            Ok(value.to_string().into())
        }
        View::Digits(text) if parameter.style != Style::Json => Ok(text.into()),
        _ => value_of(value),
    }
}

/// The value as JSON, from which all encodings start.
pub(super) fn value_of(value: &dyn Json) -> Result<Value, Cow<'static, str>> {
    json::serialize(value, serde_json::value::Serializer).map_err(|error| error.to_string().into())
}
