//! Replies of a fake.

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use serde_json::{Value, json};

use super::answerable::Written;
use crate::error::{InvalidOptionsError, TransportFailure};
use crate::operation::{Content, OperationInfo, ResponseShape, StatusBody};
use crate::transport::TransportResponse;

/// How a [`Fake`](super::Fake) replies to a request.
#[derive(Clone, Debug)]
#[must_use = "a reply has no effect before it is given to a fake"]
pub struct Reply {
    kind: Kind,
    headers: HeaderMap,
    problem: Option<InvalidOptionsError>,
}

#[derive(Clone, Debug)]
enum Kind {
    /// The result of the operation, without the envelope around it.
    Value(Written),
    Status(StatusCode, Bytes),
    Unreachable,
    Lost,
    Silence,
}

impl Reply {
    /// A success with this result, without the envelope that the API has around it.
    pub fn json(value: Value) -> Self {
        Self::new(Kind::Value(Written::Json(Ok(value), None)))
    }

    pub(super) fn value(written: Written) -> Self {
        Self::new(Kind::Value(written))
    }

    /// A response with this status, from 100 to 999, and exactly this body.
    pub fn raw(status: u16, body: impl Into<Bytes>) -> Self {
        match StatusCode::from_u16(status) {
            Ok(status) => Self::new(Kind::Status(status, body.into())),
            Err(_) => Self::new(Kind::Lost).with_problem(format!("{status} is no status")),
        }
    }

    /// A response with this status, a type of error such as `device_not_found`, and a message.
    pub fn error(status: u16, error_type: &str, message: &str) -> Self {
        let error = json!({"ok": false, "error": {"type": error_type, "message": message}});
        Self::raw(status, error.to_string())
    }

    /// No connection can be made, so nothing is sent.
    pub fn unreachable() -> Self {
        Self::new(Kind::Unreachable)
    }

    /// The connection breaks after the request was sent.
    pub fn lost() -> Self {
        Self::new(Kind::Lost)
    }

    /// There is no response, however long the client waits.
    pub fn silence() -> Self {
        Self::new(Kind::Silence)
    }

    /// Adds a header to the response, such as `retry-after`.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match (name.parse::<HeaderName>(), HeaderValue::from_str(value)) {
            (Ok(name), Ok(value)) => {
                self.headers.insert(name, value);
                self
            }
            _ => self.with_problem(format!("`{name}: {value}` is no header")),
        }
    }

    /// Makes the response that the client receives.
    pub(super) async fn respond(
        self,
        operation: &OperationInfo,
    ) -> Result<TransportResponse, TransportFailure> {
        if let Some(problem) = self.problem {
            return Err(problem.into());
        }
        let (status, body) = match self.kind {
            Kind::Value(written) => enclosed(written, operation.response).map_err(|problem| {
                let path = operation.path;
                TransportFailure::rejected(format!("the fake cannot answer {path}: {problem}"))
            })?,
            Kind::Status(status, body) => (status, body),
            Kind::Unreachable => return Err(TransportFailure::not_sent("faked: no connection")),
            Kind::Lost => return Err(TransportFailure::broken("faked: the connection broke")),
            Kind::Silence => std::future::pending().await,
        };
        let mut headers = self.headers;
        let json = HeaderValue::from_static("application/json");
        headers.entry(CONTENT_TYPE).or_insert(json);
        Ok(TransportResponse { status, headers, body: body.into() })
    }

    fn new(kind: Kind) -> Self {
        Self { kind, headers: HeaderMap::new(), problem: None }
    }

    fn with_problem(mut self, problem: String) -> Self {
        self.problem = Some(InvalidOptionsError::new(problem));
        self
    }
}

/// Puts the result into its envelope. Returns the status of the response and its body.
fn enclosed(written: Written, response: &ResponseShape) -> Result<(StatusCode, Bytes), String> {
    let (value, variant) = match written {
        Written::Bytes(bytes) => return Ok((StatusCode::OK, bytes)),
        Written::Json(value, variant) => (value?, variant),
    };
    let body = match (response, value) {
        (ResponseShape::ByStatus(bodies), value) => return Ok(by_status(bodies, value, variant)),
        (ResponseShape::Key(field), value) => json!({ field.key: value }).to_string().into(),
        (ResponseShape::Nothing, _) | (ResponseShape::Optional(_), Value::Null) => Bytes::new(),
        (ResponseShape::Text | ResponseShape::Bytes, Value::String(text)) => text.into(),
        (_, value) => value.to_string().into(),
    };
    Ok((StatusCode::OK, body))
}

/// The response for a variant of a result that depends on the status; the first one if it is not known.
fn by_status(bodies: &[StatusBody], value: Value, variant: Option<usize>) -> (StatusCode, Bytes) {
    let (without, mut with): (Vec<_>, Vec<_>) =
        bodies.iter().partition(|body| body.content == Content::Nothing);
    let chosen = match without.into_iter().next().filter(|_| value.is_null() && variant.is_none()) {
        Some(nothing) => Some(nothing),
        None => {
            let index = variant.unwrap_or_default();
            (index < with.len()).then(|| with.swap_remove(index))
        }
    };
    let status = chosen.map_or(StatusCode::OK, StatusBody::example);
    let body = match (chosen.map(|body| body.content), value) {
        (Some(Content::Nothing), _) => Bytes::new(),
        (Some(Content::Text), Value::String(text)) => text.into(),
        (_, value) => value.to_string().into(),
    };
    (status, body)
}
