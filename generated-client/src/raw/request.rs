//! A request to any path.

use std::fmt;
use std::sync::Arc;

use reqwest::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::decode::decode;
use crate::error::Error;
use crate::execute::{Context, PreparedRequest, Preview, RawResponse};
use crate::operation::{Effect, OperationInfo, ResponseShape, Security};
use crate::options::CallOptions;
use crate::request::FreeRequest;
use crate::response::{Response, ResponseFuture};

/// A request that the document does not describe: to a new or an undocumented path of the API.
///
/// [`Client::request`](crate::client::Client::request) creates it. It is sent like every other request: with the client's
/// credentials, headers and options, with retries, [`Error`]s and `tracing` spans. The caller names the type of the result,
/// which is decoded with serde: a model of this crate, a type of the caller, or [`serde_json::Value`]. Nothing in it is
/// repaired, except what the models of this crate repair themselves, which is not reported.
///
/// The method is POST if there is a body, and GET otherwise; [`method`](Self::method) sets another one.
///
/// ```no_run
/// # use seam_client::{Effect, Error, RawRequest};
/// # use serde_json::{Value, json};
/// # async fn example(request: RawRequest) -> Result<(), Error> {
/// // let request = client.request("/things/list");
/// let things: Vec<Value> = request
///     .json(json!({"limit": 10}))
///     .effect(Effect::Read)
///     .response_key("things")
///     .send()
///     .await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[must_use = "nothing is sent before `.await`"]
pub struct RawRequest {
    context: Arc<Context>,
    method: Option<Method>,
    effect: Option<Effect>,
    parts: FreeRequest,
    key: Option<String>,
}

impl RawRequest {
    pub(crate) fn new(context: &Arc<Context>, path: &'static str) -> Self {
        let context = context.clone();
        Self { context, method: None, effect: None, parts: FreeRequest::new(path), key: None }
    }

    /// Sets the HTTP method.
    pub fn method(mut self, method: Method) -> Self {
        self.method = Some(method);
        self
    }

    /// Declares what sending the request twice does, on which its retries depend. The default goes by the method: GET and
    /// HEAD read, PUT and DELETE are idempotent, and all others write. See [`RetryPolicy`](crate::RetryPolicy).
    pub fn effect(mut self, effect: Effect) -> Self {
        self.effect = Some(effect);
        self
    }

    /// Fills in `{name}` in the path. The value is percent-encoded, and must not be empty.
    pub fn path_parameter(mut self, name: impl Into<String>, value: impl ToString) -> Self {
        self.parts.parameters.push((name.into(), value.to_string()));
        self
    }

    /// Adds a parameter to the query, after those that it has.
    pub fn query(mut self, name: impl Into<String>, value: impl ToString) -> Self {
        self.parts.query.push((name.into(), value.to_string()));
        self
    }

    /// Makes this value the body, as JSON.
    ///
    /// If it cannot be serialized, the request fails with [`Error::InvalidOptions`] before anything is sent.
    #[allow(clippy::needless_pass_by_value, reason = "callers make the value for this call")]
    pub fn json(mut self, value: impl Serialize) -> Self {
        self.parts.body = Some(serde_json::to_value(value).map_err(|error| error.to_string()));
        self
    }

    /// Adds a header. The client's own headers win over it, in particular the credentials.
    pub fn header(self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.options(CallOptions::new().header(name, value))
    }

    /// Sends the request with these options, which win over those of the client.
    pub fn options(mut self, options: CallOptions) -> Self {
        self.context = Arc::new(self.context.with(options));
        self
    }

    /// Names the property of the response with the result. Without it, the whole body is the result.
    pub fn response_key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// Sends the request, and decodes the result as `T`. An empty body is decoded like `null`; to ignore the body, decode
    /// it as [`serde::de::IgnoredAny`].
    pub fn send<T: DeserializeOwned + Send + 'static>(self) -> ResponseFuture<T> {
        ResponseFuture::keyed(self.prepare(), self.key, |response, key| decode(&response, key))
    }

    /// The same, and returns the result with the rest of the response.
    pub fn response<T: DeserializeOwned + Send + 'static>(self) -> ResponseFuture<Response<T>> {
        ResponseFuture::keyed(self.prepare(), self.key, |response, key| {
            Ok(Response::new(decode(&response, key)?, response, Vec::new()))
        })
    }

    /// Returns what the request would send, without credentials.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidOptions`] if it cannot be sent.
    pub fn preview(&self) -> Result<Preview, Error> {
        self.prepare().preview()
    }

    /// Requests the page of this cursor.
    pub(super) fn set_cursor(&mut self, parameter: &str, cursor: &str) {
        self.parts.set(parameter, cursor);
    }

    /// Sends the request, for callers that decode the response themselves.
    pub(super) fn raw_response(&self) -> ResponseFuture<RawResponse> {
        ResponseFuture::new(self.prepare(), Ok)
    }

    fn prepare(&self) -> PreparedRequest {
        let method = self.resolved_method();
        let operation = OperationInfo {
            path: self.parts.path,
            effect: self.effect.unwrap_or_else(|| Effect::of(&method)),
            response: &ResponseShape::Body,
            security: Security::AsGiven,
        };
        let (context, encoded) = (self.context.clone(), self.parts.encode());
        PreparedRequest { context, operation, method, encoded }
    }

    fn resolved_method(&self) -> Method {
        let default = if self.parts.body.is_some() { Method::POST } else { Method::GET };
        self.method.clone().unwrap_or(default)
    }
}

/// Sends the request, and returns the result as JSON.
impl IntoFuture for RawRequest {
    type Output = Result<Value, Error>;
    type IntoFuture = ResponseFuture<Value>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}

/// Leaves out the parameters and the body, which may be private.
impl fmt::Debug for RawRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawRequest")
            .field("method", &self.resolved_method())
            .field("path", &self.parts.path)
            .field("options", &self.context.options)
            .field("client", &self.context)
            .finish_non_exhaustive()
    }
}
