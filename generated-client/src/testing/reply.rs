//! What a fake answers.

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use serde_json::{Value, json};

use super::Written;
use crate::error::{Failure, InvalidOptionsError};
use crate::execute::{Body, TransportResponse};
use crate::operation::{Operation, ResponseShape};

/// What a [`Fake`](super::Fake) does with a request.
#[derive(Clone, Debug)]
#[must_use = "a fake has to be told of it"]
pub struct Reply {
    kind: Kind,
    headers: HeaderMap,
    problem: Option<InvalidOptionsError>,
}

#[derive(Clone, Debug)]
enum Kind {
    /// What the operation is called for, in whatever envelope it comes.
    Value(Written),
    Status(StatusCode, Bytes),
    Unreachable,
    Lost,
    Silence,
}

impl Reply {
    /// What `send` gives, as JSON: where the API has an envelope around it, it is not part of this.
    pub fn json(value: Value) -> Self {
        Self::new(Kind::Value(Written::Json(Ok(value))))
    }

    pub(super) fn value(written: Written) -> Self {
        Self::new(Kind::Value(written))
    }

    /// An answer with this status, from 100 to 999, and this body, byte for byte.
    pub fn raw(status: u16, body: impl Into<Bytes>) -> Self {
        match StatusCode::from_u16(status) {
            Ok(status) => Self::new(Kind::Status(status, body.into())),
            Err(_) => Self::new(Kind::Lost).with_problem(format!("{status} is no status")),
        }
    }

    /// An answer with this status that says what went wrong: a type such as `device_not_found`, and a message.
    pub fn error(status: u16, error_type: &str, message: &str) -> Self {
        let error = json!({"ok": false, "error": {"type": error_type, "message": message}});
        Self::raw(status, error.to_string())
    }

    /// No connection can be made, so that nothing is sent.
    pub fn unreachable() -> Self {
        Self::new(Kind::Unreachable)
    }

    /// The connection breaks after everything was sent.
    pub fn lost() -> Self {
        Self::new(Kind::Lost)
    }

    /// There is no answer, however long the client waits.
    pub fn silence() -> Self {
        Self::new(Kind::Silence)
    }

    /// Adds a header to an answer, such as `retry-after`.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match (name.parse::<HeaderName>(), HeaderValue::from_str(value)) {
            (Ok(name), Ok(value)) => {
                self.headers.insert(name, value);
                self
            }
            _ => self.with_problem(format!("`{name}: {value}` is no header")),
        }
    }

    /// What the client sees of it.
    pub(super) async fn arrive(self, operation: &Operation) -> Result<TransportResponse, Failure> {
        if let Some(problem) = self.problem {
            return Err(Failure::Refused(problem));
        }
        let (status, body) = match self.kind {
            Kind::Value(written) => {
                let body = enclosed(written, &operation.response).map_err(|problem| {
                    let path = operation.path;
                    let message = format!("the fake cannot answer {path}: {problem}");
                    Failure::Refused(InvalidOptionsError::new(message))
                })?;
                (StatusCode::OK, body)
            }
            Kind::Status(status, body) => (status, body),
            Kind::Unreachable => return Err(Failure::NotSent("faked: no connection".into())),
            Kind::Lost => return Err(Failure::Broken("faked: the connection broke".into())),
            Kind::Silence => std::future::pending().await,
        };
        let mut headers = self.headers;
        let json = HeaderValue::from_static("application/json");
        headers.entry(CONTENT_TYPE).or_insert(json);
        Ok(TransportResponse { status, headers, body: Body::Fake(Some(body)) })
    }

    fn new(kind: Kind) -> Self {
        Self { kind, headers: HeaderMap::new(), problem: None }
    }

    fn with_problem(mut self, problem: String) -> Self {
        self.problem = Some(InvalidOptionsError::new(problem));
        self
    }
}

/// The body in which the value is.
fn enclosed(written: Written, answer: &ResponseShape) -> Result<Bytes, String> {
    let value = match written {
        Written::Bytes(bytes) => return Ok(bytes),
        Written::Json(value) => value?,
    };
    Ok(match (answer, value) {
        (ResponseShape::Key(field), value) => json!({ field.key: value }).to_string().into(),
        (ResponseShape::Nothing, _) | (ResponseShape::Optional, Value::Null) => Bytes::new(),
        (ResponseShape::Text | ResponseShape::Bytes, Value::String(text)) => text.into(),
        (_, value) => value.to_string().into(),
    })
}
