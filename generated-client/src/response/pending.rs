//! Requests that are built and not sent yet.

use std::fmt;

use reqwest::Method;

use super::{RawBody, RawResponse, Response};
use crate::client::Seam;
use crate::execute::{PreparedRequest, ResponseFuture};
use crate::json::Json;
use crate::operation::Operation;
use crate::options::CallOptions;
use crate::request::{EncodedRequest, Input};

/// A call to be sent, whatever its parameters are.
#[derive(Clone)]
pub(crate) struct PendingRequest {
    /// With the options of the call.
    client: Seam,
    operation: &'static Operation,
}

#[allow(dead_code, reason = "a document may have no operations")]
impl PendingRequest {
    pub(crate) fn new(client: Seam, operation: &'static Operation) -> Self {
        Self { client, operation }
    }

    /// Sets options; what earlier ones say besides stays.
    pub(crate) fn set(&mut self, options: CallOptions) {
        self.client = self.client.with(options);
    }

    /// Sends the call, and gives the value that it is made for.
    pub(crate) fn send<T: Json>(&self, input: &dyn Input) -> ResponseFuture<T> {
        ResponseFuture::new(self.prepare(input), |exchange| Ok(exchange.read()?.0))
    }

    /// Sends the call, and gives the answer with all that came with it.
    pub(crate) fn response<T: Json>(&self, input: &dyn Input) -> ResponseFuture<Response<T>> {
        ResponseFuture::new(self.prepare(input), |exchange| {
            let (value, repairs) = exchange.read()?;
            Ok(Response::new(value, exchange, repairs))
        })
    }

    /// The same for an answer that is no JSON.
    pub(crate) fn send_raw<T: RawBody>(&self, input: &dyn Input) -> ResponseFuture<T> {
        ResponseFuture::new(self.prepare(input), |exchange| T::read(&exchange))
    }

    /// Likewise.
    pub(crate) fn response_raw<T: RawBody>(
        &self,
        input: &dyn Input,
    ) -> ResponseFuture<Response<T>> {
        ResponseFuture::new(self.prepare(input), |exchange| {
            Ok(Response::new(T::read(&exchange)?, exchange, Vec::new()))
        })
    }

    /// Sends the call, for those who read the answer themselves.
    pub(crate) fn exchange(&self, input: &dyn Input) -> ResponseFuture<RawResponse> {
        ResponseFuture::new(self.prepare(input), Ok)
    }

    pub(crate) fn client(&self) -> &Seam {
        &self.client
    }

    fn prepare(&self, input: &dyn Input) -> PreparedRequest {
        let method = self.method();
        PreparedRequest {
            operation: self.operation,
            wire: EncodedRequest::new(self.operation.path, &method, input),
            method,
            client: self.client.clone(),
        }
    }

    fn method(&self) -> Method {
        let methods = self.operation.methods;
        let post_only =
            self.client.inner().options.is_post_only() && methods.contains(&Method::POST);
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
            .field("options", &self.client.inner().options)
            .field("client", &self.client)
            .finish()
    }
}
