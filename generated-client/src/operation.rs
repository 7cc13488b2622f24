//! What generated code says about an operation, and how it hands over a call.

use std::fmt;

pub(crate) use reqwest::Method;

use crate::client::Seam;
use crate::exchange::Raw;
use crate::json::{self, Json};
use crate::options::CallOptions;
use crate::request::{Input, Wire};
use crate::response::Response;
use crate::sending::{Prepared, Sending};

/// An operation of the API, as a constant.
#[derive(Debug)]
#[allow(dead_code, reason = "a document may have no operations")]
pub(crate) struct Operation {
    /// Its path, which begins with a slash; parameters stand in it as `{name}`.
    pub(crate) path: &'static str,
    /// The methods that do the same, the most telling one first.
    pub(crate) methods: &'static [Method],
    pub(crate) effect: Effect,
    pub(crate) answer: Answer,
}

/// What a second call of an operation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "a document need not have each kind")]
pub(crate) enum Effect {
    /// Nothing, as it only reads.
    Read,
    /// Nothing more than the first one.
    Idempotent,
    /// The same once more.
    Write,
}

/// What an operation answers with.
#[derive(Debug)]
#[allow(dead_code, reason = "a document need not have each kind")]
pub(crate) enum Answer {
    /// What was asked for stands under this key. An essential one has to be there, and is what it should be.
    Key(json::Field),
    /// The body itself is what was asked for.
    Body,
    /// The body, and no body is nothing.
    Optional,
    /// The body as a text.
    Text,
    /// The body as it comes.
    Bytes,
    /// An object of which nothing has to be there.
    Envelope,
    /// Nothing that anybody looks at.
    Nothing,
}

/// A call to be sent, whatever its parameters are.
#[derive(Clone)]
pub(crate) struct Call {
    client: Seam,
    operation: &'static Operation,
    /// Those of this call alone. Few calls have some, and all are moved about.
    options: Option<Box<CallOptions>>,
}

#[allow(dead_code, reason = "a document may have no operations")]
impl Call {
    pub(crate) fn new(client: Seam, operation: &'static Operation) -> Self {
        Self { client, operation, options: None }
    }

    /// Sets options; what earlier ones say besides stays.
    pub(crate) fn set(&mut self, options: CallOptions) {
        self.options = Some(Box::new(match self.options.take() {
            Some(earlier) => options.over(&earlier),
            None => options,
        }));
    }

    /// Sends the call, and gives the value that it is made for.
    pub(crate) fn send<T: Json>(&self, input: &dyn Input) -> Sending<T> {
        Sending::new(self.prepare(input), |exchange| Ok(exchange.read()?.0))
    }

    /// Sends the call, and gives the answer with all that came with it.
    pub(crate) fn response<T: Json>(&self, input: &dyn Input) -> Sending<Response<T>> {
        Sending::new(self.prepare(input), |exchange| {
            let (value, repairs) = exchange.read()?;
            Ok(Response::new(value, exchange, repairs))
        })
    }

    /// The same for an answer that is no JSON.
    pub(crate) fn send_raw<T: Raw>(&self, input: &dyn Input) -> Sending<T> {
        Sending::new(self.prepare(input), |exchange| T::read(&exchange))
    }

    /// Likewise.
    pub(crate) fn response_raw<T: Raw>(&self, input: &dyn Input) -> Sending<Response<T>> {
        Sending::new(self.prepare(input), |exchange| {
            Ok(Response::new(T::read(&exchange)?, exchange, Vec::new()))
        })
    }

    fn prepare(&self, input: &dyn Input) -> Prepared {
        let options = self.options();
        let method = self.method(&options);
        Prepared {
            client: self.client.clone(),
            operation: self.operation,
            wire: Wire::new(self.operation.path, &method, input),
            method,
            options,
        }
    }

    /// The options of the call, and those of the client where it has none.
    fn options(&self) -> CallOptions {
        let of_client = &self.client.inner().options;
        match &self.options {
            Some(options) => CallOptions::clone(options).over(of_client),
            None => of_client.clone(),
        }
    }

    fn method(&self, options: &CallOptions) -> Method {
        let methods = self.operation.methods;
        let post_only = options.is_post_only() && methods.contains(&Method::POST);
        match methods.first() {
            Some(method) if !post_only => method.clone(),
            _ => Method::POST,
        }
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("method", &self.method(&self.options()))
            .field("path", &self.operation.path)
            .field("options", &self.options)
            .field("client", &self.client)
            .finish()
    }
}
