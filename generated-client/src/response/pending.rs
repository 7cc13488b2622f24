//! Requests that are built, but not sent yet.

use std::fmt;
use std::sync::Arc;

use reqwest::Method;

use super::future::ResponseFuture;
use super::raw::RawBody;
use super::typed::Response;
use crate::error::Error;
use crate::execute::{Context, PreparedRequest, Preview, RawResponse};
use crate::json::Json;
use crate::operation::Operation;
use crate::options::CallOptions;
use crate::request::{EncodedRequest, Input};

/// A request to be sent, without its parameters.
#[derive(Clone)]
pub(crate) struct PendingRequest {
    /// Includes the options of the request.
    context: Arc<Context>,
    operation: &'static Operation,
}

#[allow(dead_code, reason = "a document may have no operations")]
impl PendingRequest {
    pub(crate) fn new(context: &Arc<Context>, operation: &'static Operation) -> Self {
        Self { context: context.clone(), operation }
    }

    /// Sets options. Earlier ones stay where the new ones say nothing.
    pub(crate) fn set(&mut self, options: CallOptions) {
        self.context = Arc::new(self.context.with(options));
    }

    /// Sends the request and decodes the result.
    pub(crate) fn send<T: Json>(&self, input: &dyn Input) -> ResponseFuture<T> {
        ResponseFuture::new(self.prepare(input), |response| Ok(response.read()?.0))
    }

    /// Sends the request and decodes the result, with the rest of the response.
    pub(crate) fn response<T: Json>(&self, input: &dyn Input) -> ResponseFuture<Response<T>> {
        ResponseFuture::new(self.prepare(input), |response| {
            let (value, repairs) = response.read()?;
            Ok(Response::new(value, response, repairs))
        })
    }

    /// Sends the request and returns the body, which is not JSON.
    pub(crate) fn send_raw<T: RawBody>(&self, input: &dyn Input) -> ResponseFuture<T> {
        ResponseFuture::new(self.prepare(input), |response| T::read(&response))
    }

    /// Sends the request and returns the body, which is not JSON, with the rest of the response.
    pub(crate) fn response_raw<T: RawBody>(
        &self,
        input: &dyn Input,
    ) -> ResponseFuture<Response<T>> {
        ResponseFuture::new(self.prepare(input), |response| {
            Ok(Response::new(T::read(&response)?, response, Vec::new()))
        })
    }

    /// Sends the request, for callers that decode the response themselves.
    pub(crate) fn raw_response(&self, input: &dyn Input) -> ResponseFuture<RawResponse> {
        ResponseFuture::new(self.prepare(input), Ok)
    }

    /// Returns what the request would send.
    pub(crate) fn preview(&self, input: &dyn Input) -> Result<Preview, Error> {
        self.prepare(input).preview()
    }

    pub(crate) fn context(&self) -> &Context {
        &self.context
    }

    fn prepare(&self, input: &dyn Input) -> PreparedRequest {
        let method = self.method();
        PreparedRequest {
            operation: self.operation.info(),
            encoded: EncodedRequest::new(self.operation.path, &method, input),
            method,
            context: self.context.clone(),
        }
    }

    fn method(&self) -> Method {
        let methods = self.operation.methods;
        let post_only = self.context.options.is_post_only() && methods.contains(&Method::POST);
        match methods.first() {
            Some(method) if !post_only => method.clone(),
            _ => Method::POST,
        }
    }
}

impl fmt::Debug for PendingRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PendingRequest")
            .field("methods", &self.operation.methods)
            .field("path", &self.operation.path)
            .field("options", &self.context.options)
            .field("client", &self.context)
            .finish()
    }
}
