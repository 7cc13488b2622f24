//! From the parts of a request to its encoding.

use std::borrow::Cow;

use bytes::Bytes;
use reqwest::Method;
use reqwest::header::{ACCEPT, HeaderValue};

use super::encode;
use super::encoded::EncodedRequest;
use super::header::header;
use super::parts::{Input, Payload, RequestParts};
use crate::error::InvalidOptionsError;
use crate::json::{self, Fields};

impl EncodedRequest {
    /// Encodes what `input` sends to `path`.
    pub(crate) fn new(
        path: &'static str,
        method: &Method,
        input: &dyn Input,
    ) -> Result<Self, InvalidOptionsError> {
        let mut parts = RequestParts::default();
        input.write(&mut parts);
        if let Some(keys) = parts.fields.lacking() {
            return Err(InvalidOptionsError::new(format!(
                "{path} needs at least one of `{}`, and none is set: set one of them",
                keys.join("`, `")
            )));
        }
        // The path of the document may bring a part of the query with it.
        let (before, query) = path.split_once('?').unwrap_or((path, ""));
        let query = Some(query.to_owned());
        let mut wire = Self { path: before.into(), query, ..Self::default() };
        for (parameter, value, add) in parts.parameters {
            add(&mut wire, &parameter, value).map_err(|problem| {
                InvalidOptionsError::new(format!(
                    "the parameter `{}` of {path} cannot be sent: {problem}",
                    parameter.name
                ))
            })?;
        }
        encode::check_path(&wire.path).map_err(|problem| {
            InvalidOptionsError::new(format!("the parameters of {path} cannot be sent: {problem}"))
        })?;
        wire.query = wire.query.filter(|query| !query.is_empty());
        if let Some(accept) = parts.accept {
            wire.headers.insert(ACCEPT, HeaderValue::from_static(accept));
        }
        wire.body = body(parts.payload, &parts.fields, method).map_err(|problem| {
            InvalidOptionsError::new(format!(
                "the parameters of {path} cannot be written: {problem}"
            ))
        })?;
        Ok(wire)
    }
}

fn body(
    payload: Payload<'_>,
    fields: &Fields<'_>,
    method: &Method,
) -> Result<Option<(HeaderValue, Bytes)>, Cow<'static, str>> {
    let message = |error: serde_json::Error| Cow::from(error.to_string());
    let (media, bytes) = match payload {
        Payload::Nothing => return Ok(None),
        // Many servers reject a body with the other methods.
        Payload::Json(_) if fields.is_empty() && !takes_body(method) => return Ok(None),
        Payload::Json(media) => (media.into(), serde_json::to_vec(fields).map_err(message)?.into()),
        Payload::Form(encodings, form) => form(encodings, fields)?,
        Payload::Multipart(types, files, multipart) => multipart(types, files, fields)?,
        Payload::Value(media, value) => {
            let mut bytes = Vec::new();
            json::serialize(value, &mut serde_json::Serializer::new(&mut bytes))
                .map_err(message)?;
            (media.into(), bytes.into())
        }
        Payload::Bytes(media, bytes) => (media.into(), bytes),
    };
    Ok(Some((header(media)?, bytes)))
}

fn takes_body(method: &Method) -> bool {
    matches!(*method, Method::POST | Method::PUT | Method::PATCH)
}
