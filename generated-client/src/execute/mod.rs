//! The one executor: it sends a call, again where that does no harm, and takes in the answer, without knowing any type.

mod attempt;
mod outgoing;
mod trace;
mod transport;

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use reqwest::Method;
use tracing::{Instrument, Span};

pub(crate) use self::outgoing::OutgoingRequest;
pub(crate) use self::transport::{Body, Transport, TransportResponse};
use crate::client::Seam;
use crate::clock;
use crate::error::{Error, InvalidOptionsError};
use crate::operation::{Effect, Operation};
use crate::platform::BoxFuture;
use crate::request::EncodedRequest;
use crate::response::RawResponse;
use crate::retry::Attempts;

/// A call that is being sent, as a future of its outcome.
///
/// Nothing is sent before it is polled. To drop it is to stop waiting, not to undo: the server may have carried the call
/// out.
#[must_use = "a call is sent by `.await`"]
pub struct ResponseFuture<T> {
    operation: &'static Operation,
    exchange: BoxFuture<Result<RawResponse, Error>>,
    finish: fn(RawResponse) -> Result<T, Error>,
}

impl<T> ResponseFuture<T> {
    #[allow(dead_code, reason = "a document may have no operations")]
    pub(crate) fn new(
        prepared: PreparedRequest,
        finish: fn(RawResponse) -> Result<T, Error>,
    ) -> Self {
        Self { operation: prepared.operation, exchange: execute(prepared), finish }
    }
}

impl<T> Future for ResponseFuture<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let exchange = self.exchange.as_mut().poll(context);
        exchange.map(|exchange| (self.finish)(exchange?))
    }
}

impl<T> fmt::Debug for ResponseFuture<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseFuture").field("path", &self.operation.path).finish_non_exhaustive()
    }
}

/// Everything that sending needs.
pub(crate) struct PreparedRequest {
    /// The client, with the options of the call: what follows the call has them as well.
    pub(crate) client: Seam,
    pub(crate) operation: &'static Operation,
    pub(crate) method: Method,
    /// What is sent, or why it cannot be written.
    pub(crate) wire: Result<EncodedRequest, InvalidOptionsError>,
}

/// Sends a call and takes in the whole answer. It is boxed here, so that it is compiled once and here.
fn execute(prepared: PreparedRequest) -> BoxFuture<Result<RawResponse, Error>> {
    Box::pin(async move {
        let span = trace::span(&prepared);
        run(prepared, span.clone()).instrument(span).await
    })
}

/// Makes one attempt after the other.
async fn run(prepared: PreparedRequest, span: Span) -> Result<RawResponse, Error> {
    let PreparedRequest { client, operation, method, wire } = prepared;
    let inner = client.inner();
    let options = &inner.options;
    options.check()?;
    let mut wire = wire?;
    match options.workspace_id() {
        Some(id) => inner.credentials.with_workspace(id).add_to(operation, &mut wire)?,
        None => inner.credentials.add_to(operation, &mut wire)?,
    }
    let effect = match operation.effect {
        Effect::Write if options.is_idempotent() => Effect::Idempotent,
        effect => effect,
    };
    let policy = options.retry_policy();
    let mut attempts = Attempts::begin(&policy, effect, options.time_limit());
    loop {
        let outcome = {
            let request = OutgoingRequest::new(inner, &method, &wire);
            attempt::attempt(inner, operation, request, &attempts).await
        };
        let wait = outcome.as_ref().err().and_then(|error| attempts.wait_after(error));
        trace::attempt(&span, &attempts, &outcome, wait);
        match (outcome, wait) {
            (Err(_), Some(wait)) => clock::sleep(wait).await,
            (outcome, _) => {
                let attempt::CompleteResponse { head, headers, body } = outcome?;
                return Ok(RawResponse { client, operation, head, headers, body, span });
            }
        }
        attempts.number += 1;
    }
}
