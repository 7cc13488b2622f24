//! The executor: sends a request, retries it if that is harmless, and receives the response, independent of its type.

mod attempt;
mod context;
mod endpoint;
mod preview;
mod raw;
mod trace;

use tracing::{Instrument, Span};

pub(crate) use self::context::Context;
pub(crate) use self::endpoint::{Endpoint, PlainHttp};
pub use self::preview::Preview;
pub(crate) use self::raw::{PreparedRequest, RawResponse, RequestTime};
use crate::clock;
use crate::error::Error;
use crate::operation::Effect;
use crate::platform::BoxFuture;
use crate::retry::Attempts;

/// Sends a request and receives the response. The future is boxed here, so that it is compiled once.
pub(crate) fn execute(request: PreparedRequest) -> BoxFuture<'static, Result<RawResponse, Error>> {
    Box::pin(async move {
        let span = trace::span(&request);
        run(request, span.clone()).instrument(span).await
    })
}

/// Runs the attempts one after another.
async fn run(request: PreparedRequest, span: Span) -> Result<RawResponse, Error> {
    let PreparedRequest { context, operation, method, encoded } = request;
    let options = &context.options;
    options.check()?;
    let mut encoded = encoded?;
    match options.scope() {
        Some(scope) => {
            context.credentials.with_scope(scope.clone()).add_to(&operation, &mut encoded)?;
        }
        None => context.credentials.add_to(&operation, &mut encoded)?,
    }
    let effect = match operation.effect {
        Effect::Write if options.is_idempotent() => Effect::Idempotent,
        effect => effect,
    };
    let policy = options.retry_policy();
    let mut attempts = Attempts::begin(&policy, effect, options.time_limit());
    loop {
        let time = RequestTime { started: attempts.started(), end: attempts.end() };
        let outcome = {
            let request = raw::outgoing_request(&context, operation, &method, &encoded);
            attempt::attempt(&context, operation, request, &attempts, time.end).await
        };
        let wait = outcome.as_ref().err().and_then(|error| attempts.wait_after(error));
        trace::attempt(&span, &attempts, &outcome, wait);
        match (outcome, wait) {
            (Err(_), Some(wait)) => clock::sleep(wait).await,
            (outcome, _) => {
                let attempt::CompleteResponse { meta, headers, body } = outcome?;
                return Ok(RawResponse { context, operation, meta, headers, body, span, time });
            }
        }
        attempts.number += 1;
    }
}
