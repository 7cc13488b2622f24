//! What came back from an accepted call, and how it becomes a value.

use bytes::Bytes;
use reqwest::header::HeaderMap;
use serde_json::Value;
use tracing::Span;

use crate::client::Seam;
use crate::error::{DecodeError, Error, ResponseMeta};
use crate::json::{self, Json, Policy, ReadError, Repair, RepairKind};
use crate::operation::{Operation, ResponseShape};

/// A complete answer whose status is a success.
pub(crate) struct RawResponse {
    pub(crate) client: Seam,
    pub(crate) operation: &'static Operation,
    pub(crate) head: ResponseMeta,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// The span of the call.
    pub(crate) span: Span,
}

/// How much of a value is there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Filled {
    Whole,
    /// What cannot be used, as the rest of it could not be read.
    InPart,
}

impl RawResponse {
    /// Reads the value that the call was made for, and says what had to be put right.
    pub(crate) fn read<T: Json>(&self) -> Result<(T, Vec<Repair>), Error> {
        let mut value = T::neutral();
        let (filled, repairs) = self.fill(&mut value)?;
        Ok((if filled == Filled::InPart { T::neutral() } else { value }, repairs))
    }

    /// Reads what is behind these properties of the body, whatever the call was made for.
    pub(crate) fn read_at<T: Json>(
        &self,
        path: &[&'static json::Field],
    ) -> Result<(T, Vec<Repair>), Error> {
        let mut value = T::neutral();
        let repairs = self.fill_at(&mut value, path)?;
        Ok((value, repairs))
    }

    /// The first of these two, compiled once for all types.
    fn fill(&self, place: &mut dyn Json) -> Result<(Filled, Vec<Repair>), Error> {
        let path: &[&'static json::Field] = match &self.operation.response {
            ResponseShape::Envelope | ResponseShape::Optional
                if self.body.trim_ascii().is_empty() =>
            {
                return Ok((Filled::Whole, Vec::new()));
            }
            // The last two are read without this.
            ResponseShape::Nothing | ResponseShape::Text | ResponseShape::Bytes => {
                return Ok((Filled::Whole, Vec::new()));
            }
            ResponseShape::Envelope | ResponseShape::Optional | ResponseShape::Body => &[],
            ResponseShape::Key(field) => &[field],
        };
        match json::fill_at(place, &self.body, path, self.client.inner().policy) {
            Ok(repairs) => Ok((Filled::Whole, self.report(repairs))),
            Err(error) => Ok((Filled::InPart, self.report(vec![self.leave_out(&error)?]))),
        }
    }

    /// The second one likewise.
    fn fill_at(
        &self,
        place: &mut dyn Json,
        path: &[&'static json::Field],
    ) -> Result<Vec<Repair>, Error> {
        match json::fill_at(place, &self.body, path, self.client.inner().policy) {
            Ok(repairs) => Ok(self.report(repairs)),
            Err(error) => Err(self.decode_error(&error)),
        }
    }

    /// What is behind these properties of the body as it was sent; null if there is nothing.
    pub(crate) fn peek(&self, path: &[&'static json::Field]) -> Value {
        json::read_at(&self.body, path, Policy::Open).map_or(Value::Null, |(value, _)| value)
    }

    /// Where nothing has to be there, a body that cannot be read takes nothing away from the success.
    fn leave_out(&self, error: &ReadError) -> Result<Repair, Error> {
        let lenient = self.client.inner().policy == Policy::Open;
        if lenient && matches!(self.operation.response, ResponseShape::Envelope) {
            let reason = match error.path.as_str() {
                "" => error.message.clone(),
                path => format!("{path}: {}", error.message),
            };
            return Ok(Repair::new(String::new(), RepairKind::LeftOut { reason }));
        }
        Err(self.decode_error(error))
    }

    /// Says why the answer is of no use.
    pub(crate) fn decode_error(&self, error: &ReadError) -> Error {
        let credentials = &self.client.inner().credentials;
        let error = DecodeError::new(self.head.clone(), error, self.body.clone(), credentials);
        Error::Decode(Box::new(error))
    }

    /// Tells of each repair, so that drift is noticed also where nobody asks for the response.
    fn report(&self, mut repairs: Vec<Repair>) -> Vec<Repair> {
        let credentials = &self.client.inner().credentials;
        let _inside = self.span.enter();
        self.span.record("repairs", repairs.len());
        for repair in &mut repairs {
            repair.scrub(|text| credentials.scrub(text).into_owned());
            tracing::warn!(
                operation = self.operation.path,
                request_id = self.head.request_id.as_deref(),
                path = repair.path(),
                problem = %repair.kind(),
                "the answer is not as the API describes it"
            );
        }
        repairs
    }
}

/// An answer that is no JSON.
pub(crate) trait RawBody: Sized {
    /// Takes it from the body.
    fn read(exchange: &RawResponse) -> Result<Self, Error>;
}

impl RawBody for Bytes {
    fn read(exchange: &RawResponse) -> Result<Self, Error> {
        Ok(exchange.body.clone())
    }
}

impl RawBody for String {
    fn read(exchange: &RawResponse) -> Result<Self, Error> {
        match str::from_utf8(&exchange.body) {
            Ok(text) => Ok(text.to_owned()),
            Err(error) => {
                Err(exchange
                    .decode_error(&ReadError { path: Self::new(), message: error.to_string() }))
            }
        }
    }
}
