//! What generated code says about an operation, and how it hands over a call.

use std::fmt;

pub(crate) use reqwest::Method;

use crate::auth::Scheme;
use crate::client::Seam;
use crate::exchange::{Exchange, Raw};
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
    /// The ways to authenticate, each with all schemes that it takes; none if everybody may call.
    pub(crate) security: &'static [&'static [Scheme]],
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

#[allow(dead_code, reason = "not every document has pages or something to wait for")]
impl Answer {
    /// The properties of the body behind which is what was asked for.
    pub(crate) fn path(&'static self) -> Vec<&'static json::Field> {
        match self {
            Self::Key(field) => vec![field],
            _ => Vec::new(),
        }
    }
}

/// A call to be sent, whatever its parameters are.
#[derive(Clone)]
pub(crate) struct Call {
    /// With the options of the call.
    client: Seam,
    operation: &'static Operation,
}

#[allow(dead_code, reason = "a document may have no operations")]
impl Call {
    pub(crate) fn new(client: Seam, operation: &'static Operation) -> Self {
        Self { client, operation }
    }

    /// Sets options; what earlier ones say besides stays.
    pub(crate) fn set(&mut self, options: CallOptions) {
        self.client = self.client.with(options);
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

    /// Sends the call, for those who read the answer themselves.
    pub(crate) fn exchange(&self, input: &dyn Input) -> Sending<Exchange> {
        Sending::new(self.prepare(input), Ok)
    }

    pub(crate) fn client(&self) -> &Seam {
        &self.client
    }

    fn prepare(&self, input: &dyn Input) -> Prepared {
        let method = self.method();
        Prepared {
            operation: self.operation,
            wire: Wire::new(self.operation.path, &method, input),
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

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("methods", &self.operation.methods)
            .field("path", &self.operation.path)
            .field("options", &self.client.inner().options)
            .field("client", &self.client)
            .finish()
    }
}

/// Gives a request, whose `call` is that of `OPERATION` and which is its input, the ways to send it.
#[allow(unused_macros, reason = "a document may have no operations")]
macro_rules! request {
    ($name:ident -> raw $output:ty) => {
        $crate::operation::request!($name, $output, send_raw, response_raw);
    };
    ($name:ident -> $output:ty) => {
        $crate::operation::request!($name, $output, send, response);
    };
    ($name:ident, $output:ty, $send:ident, $response:ident) => {
        // Each function is `#[inline]`, so that only a crate that calls one compiles it, with the types that it handles.
        impl $name {
            /// Sends the request with these options, which win over those of the client.
            #[inline]
            pub fn options(mut self, options: $crate::CallOptions) -> Self {
                self.call.set(options);
                self
            }

            /// Sends the request.
            #[inline]
            pub fn send(self) -> $crate::Sending<$output> {
                self.call.$send(&self)
            }

            /// Sends the request, and gives the answer with all that came with it.
            #[inline]
            pub fn response(self) -> $crate::Sending<$crate::Response<$output>> {
                self.call.$response(&self)
            }
        }

        // Whoever does not ask for fakes does not compile what a fake of the transport has to know.
        #[cfg(feature = "testing")]
        impl $crate::testing::Fakeable for $name {
            type Output = $output;
            const OPERATION: $crate::testing::Faked = $crate::testing::Faked::new(&OPERATION);
        }
    };
}
#[allow(unused_imports, reason = "a document may have no operations")]
pub(crate) use request;
