//! Requests that are built, but not sent yet.

use std::fmt;
use std::sync::Arc;

use reqwest::Method;

use super::future::ResponseFuture;
use super::raw::RawBody;
use super::typed::Response;
use crate::error::{Error, InvalidOptionsError};
use crate::execute::{Context, PreparedRequest, Preview, RawResponse};
use crate::json::Json;
use crate::operation::Operation;
use crate::options::CallOptions;
use crate::request::{EncodedRequest, Input, IntoInteger};

/// A request to be sent, without its parameters.
#[derive(Clone)]
pub(crate) struct PendingRequest {
    /// Includes the options of the request.
    context: Arc<Context>,
    operation: &'static Operation,
    /// The integers that do not fit into what the API takes, with the names of the parameters.
    misfits: Vec<(&'static str, InvalidOptionsError)>,
}

#[allow(dead_code, reason = "a document may have no operations")]
impl PendingRequest {
    pub(crate) fn new(context: &Arc<Context>, operation: &'static Operation) -> Self {
        Self { context: context.clone(), operation, misfits: Vec::new() }
    }

    /// Sets options. Earlier ones stay where the new ones say nothing.
    pub(crate) fn set(&mut self, options: CallOptions) {
        self.context = Arc::new(self.context.with(options));
    }

    /// Returns the value of a parameter. If it does not fit, the request fails when it is sent.
    pub(crate) fn integer<T>(&mut self, parameter: &'static str, value: impl IntoInteger) -> T
    where
        T: TryFrom<i128> + Default,
    {
        self.misfits.retain(|(other, _)| *other != parameter);
        self.fitting(parameter, value.into_integer())
    }

    /// Returns the values of a parameter that is a list. If one does not fit, the request fails when it is sent.
    pub(crate) fn integers<T>(
        &mut self,
        parameter: &'static str,
        values: impl IntoIterator<Item = impl IntoInteger>,
    ) -> Vec<T>
    where
        T: TryFrom<i128> + Default,
    {
        self.misfits.retain(|(other, _)| *other != parameter);
        let values = values.into_iter();
        values.map(|value| self.fitting(parameter, value.into_integer())).collect()
    }

    fn fitting<T>(&mut self, parameter: &'static str, value: Option<i128>) -> T
    where
        T: TryFrom<i128> + Default,
    {
        let fitting = value.and_then(|value| T::try_from(value).ok());
        if fitting.is_none() {
            self.misfit(parameter, value, std::any::type_name::<T>());
        }
        fitting.unwrap_or_default()
    }

    fn misfit(&mut self, parameter: &'static str, value: Option<i128>, ty: &str) {
        let value = value.map_or_else(|| "a value".to_owned(), |value| value.to_string());
        let error = InvalidOptionsError::new(format!(
            "the parameter `{parameter}` of {} cannot be sent: {value} does not fit into `{ty}`",
            self.operation.path
        ));
        self.misfits.push((parameter, error));
    }

    /// Sends the request and decodes the result.
    pub(crate) fn send<T: Json + Send + 'static>(&self, input: &dyn Input) -> ResponseFuture<T> {
        ResponseFuture::decoded(self.prepare(input), |response| Ok(response.read()?.0))
    }

    /// Sends the request and decodes the result, with the rest of the response.
    pub(crate) fn response<T: Json + Send + 'static>(
        &self,
        input: &dyn Input,
    ) -> ResponseFuture<Response<T>> {
        ResponseFuture::decoded(self.prepare(input), |response| {
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
        let encoded = match self.misfits.first() {
            Some((_, error)) => Err(error.clone()),
            None => EncodedRequest::new(self.operation.path, &method, input),
        };
        PreparedRequest {
            operation: self.operation.info(),
            encoded,
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
