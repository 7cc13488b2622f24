//! What generated code says about an operation, and how it hands over a call.

use std::fmt;

pub(crate) use reqwest::Method;

use crate::client::Seam;
use crate::error::InvalidOptionsError;
use crate::json::{self, Json};
use crate::response::Response;
use crate::sending::{Prepared, Sending};

/// An operation of the API, as a constant.
#[derive(Debug)]
#[allow(dead_code, reason = "a document may have no operations")]
pub(crate) struct Operation {
    /// Its path, which begins with a slash.
    pub(crate) path: &'static str,
    /// The methods that do the same, the most telling one first.
    pub(crate) methods: &'static [Method],
    pub(crate) answer: Answer,
}

/// What an operation answers with.
#[derive(Debug)]
#[allow(dead_code, reason = "a document need not have each kind")]
pub(crate) enum Answer {
    /// What was asked for stands under this key. An essential one has to be there, and is what it should be.
    Key(json::Field),
    /// The body itself is what was asked for.
    Body,
    /// An object of which nothing has to be there.
    Envelope,
    /// Nothing that anybody looks at.
    Nothing,
}

/// A call to be sent, whatever its parameters are. Options of a single call belong here.
#[derive(Clone)]
pub(crate) struct Call {
    client: Seam,
    operation: &'static Operation,
}

#[allow(dead_code, reason = "a document may have no operations")]
impl Call {
    pub(crate) fn new(client: Seam, operation: &'static Operation) -> Self {
        Self { client, operation }
    }

    /// Sends the call with `body`, and gives the value that it is made for.
    pub(crate) fn send<T: Json>(&self, body: &dyn json::Body) -> Sending<T> {
        Sending::new(self.prepare(body), |exchange| Ok(exchange.read()?.0))
    }

    /// Sends the call with `body`, and gives the answer with all that came with it.
    pub(crate) fn response<T: Json>(&self, body: &dyn json::Body) -> Sending<Response<T>> {
        Sending::new(self.prepare(body), |exchange| {
            let (value, repairs) = exchange.read()?;
            Ok(Response::new(value, exchange, repairs))
        })
    }

    fn prepare(&self, body: &dyn json::Body) -> Prepared {
        let mut fields = json::Fields::default();
        body.fields(&mut fields);
        let body = serde_json::to_vec(&fields).map_err(|error| {
            InvalidOptionsError::new(format!(
                "the parameters of {} cannot be written: {error}",
                self.operation.path
            ))
        });
        Prepared {
            client: self.client.clone(),
            operation: self.operation,
            method: self.method(),
            body: body.map(Into::into),
        }
    }

    fn method(&self) -> Method {
        let methods = self.operation.methods;
        let post_only = self.client.inner().post_only && methods.contains(&Method::POST);
        match methods.first() {
            Some(method) if !post_only => method.clone(),
            _ => Method::POST,
        }
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("method", &self.method())
            .field("path", &self.operation.path)
            .field("client", &self.client)
            .finish()
    }
}
