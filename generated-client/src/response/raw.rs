//! Decoding of responses.

use std::collections::BTreeSet;

use bytes::Bytes;
use reqwest::header::CONTENT_ENCODING;
use serde_json::Value;
use tracing::Level;

use crate::error::{DecodeError, Error};
use crate::execute::RawResponse;
use crate::json::{self, Json, Policy, ReadError, Repair, RepairKind, Slot};
use crate::operation::{Content, ResponseShape, StatusBody, is_listed};

/// Whether a value was decoded completely.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Filled {
    Whole,
    /// A part, which is not used as the rest could not be decoded.
    InPart,
}

impl RawResponse {
    /// Decodes the result, and returns what was repaired.
    pub(crate) fn read<T: Json>(&self) -> Result<(T, Vec<Repair>), Error> {
        let mut value = T::neutral();
        let (filled, repairs) = self.fill(&mut value)?;
        Ok((if filled == Filled::InPart { T::neutral() } else { value }, repairs))
    }

    /// Decodes what is at a path in the body.
    pub(crate) fn read_at<T: Json>(
        &self,
        path: &[&'static json::Field],
    ) -> Result<(T, Vec<Repair>), Error> {
        let mut value = T::neutral();
        let repairs = self.fill_at(&mut value, path)?;
        Ok((value, repairs))
    }

    /// [`read`](Self::read), compiled once for all types.
    fn fill(&self, target: &mut dyn Json) -> Result<(Filled, Vec<Repair>), Error> {
        let path: &[&'static json::Field] = match self.operation.response {
            ResponseShape::Envelope | ResponseShape::Optional(_) if self.is_empty() => {
                return Ok((Filled::Whole, Vec::new()));
            }
            ResponseShape::Optional(without) if is_listed(without, self.meta.status) => {
                return Ok((Filled::Whole, Vec::new()));
            }
            ResponseShape::ByStatus(bodies) => {
                return Ok((Filled::Whole, self.fill_by_status(target, bodies)?));
            }
            // Text and bytes are not decoded here.
            ResponseShape::Nothing | ResponseShape::Text | ResponseShape::Bytes => {
                return Ok((Filled::Whole, Vec::new()));
            }
            ResponseShape::Envelope | ResponseShape::Optional(_) | ResponseShape::Body => &[],
            ResponseShape::Key(field) => &[field],
        };
        match json::fill_at(target, &self.body, path, self.context.policy) {
            Ok(repairs) => Ok((Filled::Whole, self.report(repairs))),
            Err(error) => {
                let error = self.explain(error);
                Ok((Filled::InPart, self.report(vec![self.leave_out(&error)?])))
            }
        }
    }

    /// Decodes the variant of a union that belongs to the status. A status that the document does not have becomes the
    /// variant for unknown values.
    fn fill_by_status(
        &self,
        target: &mut dyn Json,
        bodies: &[StatusBody],
    ) -> Result<Vec<Repair>, Error> {
        let (content, variant) = match StatusBody::find(bodies, self.meta.status) {
            Some((content, variant)) => (Some(content), variant),
            None => (None, bodies.len()),
        };
        let is_optional = bodies.iter().any(|body| body.content == Content::Nothing);
        let is_none = self.is_empty() && is_optional && content != Some(Content::Text);
        if content == Some(Content::Nothing) || is_none {
            return Ok(Vec::new());
        }
        let Slot::OneOf(union) = target.filled() else { return Ok(Vec::new()) };
        match (content, union.select(variant)) {
            (Some(Content::Text), Some(place)) => {
                if let Slot::String(text) = place.slot() {
                    *text = RawBody::read(self)?;
                }
                Ok(Vec::new())
            }
            (Some(_), Some(place)) => self.fill_at(place, &[]),
            _ => {
                union.set_unrecognized(self.unknown_status()?);
                Ok(Vec::new())
            }
        }
    }

    /// The body of a response whose status the document does not have.
    fn unknown_status(&self) -> Result<Value, Error> {
        if self.context.policy == Policy::Strict {
            let message = format!("the API does not describe the status {}", self.meta.status);
            return Err(self.decode_error(&ReadError { path: String::new(), message }));
        }
        let mut value = Value::Null;
        if !self.is_empty() {
            self.fill_at(&mut value, &[])?;
        }
        Ok(value)
    }

    fn is_empty(&self) -> bool {
        self.body.trim_ascii().is_empty()
    }

    /// [`read_at`](Self::read_at), compiled once for all types.
    fn fill_at(
        &self,
        target: &mut dyn Json,
        path: &[&'static json::Field],
    ) -> Result<Vec<Repair>, Error> {
        match json::fill_at(target, &self.body, path, self.context.policy) {
            Ok(repairs) => Ok(self.report(repairs)),
            Err(error) => Err(self.decode_error(&self.explain(error))),
        }
    }

    /// Says if a body that cannot be decoded is encoded, which no request asks for.
    fn explain(&self, mut error: ReadError) -> ReadError {
        let encoding = self.headers.get(CONTENT_ENCODING).and_then(|name| name.to_str().ok());
        if let Some(encoding) = encoding.filter(|name| !name.eq_ignore_ascii_case("identity")) {
            error.message = format!(
                "{}; the body has the content-encoding `{encoding}`, which the request did not ask for",
                error.message
            );
        }
        error
    }

    /// Returns the value at a path in the body without repairs, or null if there is none.
    pub(crate) fn peek(&self, path: &[&'static json::Field]) -> Value {
        json::read_at(&self.body, path, Policy::Open).map_or(Value::Null, |(value, _)| value)
    }

    /// Repairs a body that cannot be decoded, if all of it is optional.
    fn leave_out(&self, error: &ReadError) -> Result<Repair, Error> {
        let lenient = self.context.policy == Policy::Open;
        if lenient && matches!(self.operation.response, ResponseShape::Envelope) {
            let reason = match error.path.as_str() {
                "" => error.message.clone(),
                path => format!("{path}: {}", error.message),
            };
            return Ok(Repair::new(String::new(), RepairKind::LeftOut { reason }));
        }
        Err(self.decode_error(error))
    }

    /// Converts a decoding error of this response to an [`Error`], with its secrets redacted.
    pub(crate) fn decode_error(&self, error: &ReadError) -> Error {
        let redactor = self.context.credentials.redactor();
        let redact = |text: &str| redactor.redact(text).into_owned();
        let error = ReadError { path: redact(&error.path), message: redact(&error.message) };
        let body = redactor.redact_body(self.body.clone());
        Error::Decode(Box::new(DecodeError::new(self.meta.clone(), error, body)))
    }

    /// Reports the repairs to `tracing` with one event, so that they are noticed even if the caller does not ask for them.
    /// The event lists the places only where the level `DEBUG` is enabled.
    fn report(&self, mut repairs: Vec<Repair>) -> Vec<Repair> {
        let redactor = self.context.credentials.redactor();
        let _inside = self.span.enter();
        self.span.record("repairs", repairs.len());
        for repair in &mut repairs {
            repair.redact(|text| redactor.redact(text).into_owned());
        }
        if !repairs.is_empty() {
            let places = tracing::enabled!(Level::DEBUG).then(|| distinct_places(&repairs));
            tracing::warn!(
                operation = self.operation.path,
                request_id = self.meta.request_id.as_deref(),
                repairs = repairs.len(),
                places,
                "the response is not as the API describes it"
            );
        }
        repairs
    }
}

/// The places of repairs and what was odd there, each once for all elements of a list.
fn distinct_places(repairs: &[Repair]) -> String {
    let places: BTreeSet<String> = repairs.iter().map(Repair::in_any_element).collect();
    places.into_iter().collect::<Vec<_>>().join("; ")
}

/// A result that is not JSON.
pub(crate) trait RawBody: Sized {
    /// Reads the result from the body.
    fn read(response: &RawResponse) -> Result<Self, Error>;
}

impl RawBody for Bytes {
    fn read(response: &RawResponse) -> Result<Self, Error> {
        Ok(response.body.clone())
    }
}

impl RawBody for String {
    fn read(response: &RawResponse) -> Result<Self, Error> {
        match str::from_utf8(&response.body) {
            Ok(text) => Ok(text.to_owned()),
            Err(error) => {
                let error = ReadError { path: Self::new(), message: error.to_string() };
                Err(response.decode_error(&response.explain(error)))
            }
        }
    }
}
