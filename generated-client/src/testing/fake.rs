//! The fake transport.

use std::collections::VecDeque;
use std::fmt;
use std::marker::PhantomData;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;

use super::answerable::{Answerable, Fakeable, Faked};
use super::credential::FakeCredential;
use super::reply::Reply;
use super::sent::Sent;
use crate::client::{Client, ClientBuilder};
use crate::error::{Error, InvalidOptionsError, TransportFailure};
use crate::operation::{Effect, Method, OperationInfo, ResponseShape, Security};
use crate::platform::BoxFuture;
use crate::raw::RawRequest;
use crate::transport::{Transport, TransportRequest, TransportResponse};

/// A transport that returns prepared responses and records the requests. A clone is the same fake.
#[derive(Clone, Default)]
pub struct Fake {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    plans: Vec<Plan>,
    calls: Vec<Sent>,
}

/// The responses of one operation, in turn.
struct Plan {
    operation: OperationInfo,
    methods: Vec<Method>,
    replies: VecDeque<Replier>,
}

type Replier = Arc<dyn Fn(&Sent) -> Reply + Send + Sync>;

impl Fake {
    /// Creates a fake without responses. A request without a response fails with [`Error::InvalidOptions`], which says what to
    /// add.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a client that uses this fake, with made-up credentials. For a client with other options, give the fake to
    /// [`ClientBuilder::fake`](crate::client::ClientBuilder::fake).
    ///
    /// # Errors
    /// If the client cannot be set up, which is not expected.
    pub fn client(&self) -> Result<Client, Error> {
        let mut builder = Client::builder().endpoint("https://fake.invalid").fake(self);
        builder.credentials.add(Arc::new(FakeCredential));
        builder.build()
    }

    /// Sets the responses of an operation, by the request type in its module of `api`:
    /// `fake.on::<api::devices::GetRequest>().answer(device)`.
    pub fn on<R: Fakeable>(&self) -> On<'_, R> {
        let Faked(operation) = R::OPERATION;
        let methods = operation.methods.to_vec();
        On { fake: self, operation: operation.info(), methods, request: PhantomData }
    }

    /// Sets the responses of a [`RawRequest`], by its method and path. Replies are the whole body:
    /// [`response_key`](RawRequest::response_key) does not put anything around them.
    pub fn on_request(&self, method: Method, path: &'static str) -> On<'_, RawRequest> {
        let operation = OperationInfo {
            path,
            effect: Effect::Write,
            response: &ResponseShape::Body,
            security: Security::AsGiven,
        };
        On { fake: self, operation, methods: vec![method], request: PhantomData }
    }

    /// Returns all requests so far, in order.
    #[must_use]
    pub fn calls(&self) -> Vec<Sent> {
        self.state().calls.clone()
    }

    /// Returns all requests of one operation so far, in order.
    #[must_use]
    pub fn calls_of<R: Fakeable>(&self) -> Vec<Sent> {
        let mut calls = self.calls();
        calls.retain(|sent| sent.operation() == R::OPERATION.0.path);
        calls
    }

    /// Returns the next reply. The last one is repeated.
    fn next(&self, sent: &Sent) -> Option<(OperationInfo, Replier)> {
        let mut state = self.state();
        state.calls.push(sent.clone());
        let Plan { operation, replies, .. } = state.plan(sent.operation(), sent.method())?;
        let reply = if replies.len() > 1 { replies.pop_front() } else { replies.front().cloned() };
        Some((*operation, reply?))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A test that panicked with the lock leaves the state usable.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Transport for Fake {
    fn send(
        &self,
        request: TransportRequest,
    ) -> BoxFuture<'_, Result<TransportResponse, TransportFailure>> {
        Box::pin(async move {
            let sent = Sent::new(request);
            match self.next(&sent) {
                Some((operation, replier)) => replier(&sent).respond(&operation).await,
                None => Err(InvalidOptionsError::new(format!(
                    "the fake has no response for {}; add one with `fake.on::<…>().answer(…)`, with the request type of \
                     the operation's module in `api`, or with `fake.on_request(…)` for a raw request",
                    sent.operation()
                ))
                .into()),
            }
        })
    }
}

impl ClientBuilder {
    /// Uses a fake transport; no request leaves the process.
    pub fn fake(self, fake: &Fake) -> Self {
        self.transport(fake.clone())
    }
}

impl State {
    fn plan(&mut self, path: &str, method: &Method) -> Option<&mut Plan> {
        let mut plans = self.plans.iter_mut();
        plans.find(|plan| plan.operation.path == path && plan.methods.contains(method))
    }
}

/// Shows the number of operations with responses, and of requests.
impl fmt::Debug for Fake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state();
        f.debug_struct("Fake")
            .field("operations", &state.plans.len())
            .field("calls", &state.calls.len())
            .finish()
    }
}

/// Sets the responses of an operation. Several are returned in turn, one for each attempt, and the last one is repeated.
#[derive(Clone, Debug)]
pub struct On<'a, R> {
    fake: &'a Fake,
    operation: OperationInfo,
    methods: Vec<Method>,
    request: PhantomData<fn(R)>,
}

impl<R: Fakeable> On<'_, R> {
    /// Responds with this value.
    #[allow(clippy::needless_pass_by_value, reason = "tests make the value for this call")]
    pub fn answer(self, value: R::Output) -> Self {
        self.reply(Reply::value(value.written()))
    }
}

impl<R> On<'_, R> {
    /// Responds with this value as JSON. The client repairs it like any response.
    pub fn answer_json(self, value: Value) -> Self {
        self.reply(Reply::json(value))
    }

    /// Responds with this status, type of error, and message.
    pub fn error(self, status: u16, error_type: &str, message: &str) -> Self {
        self.reply(Reply::error(status, error_type, message))
    }

    /// Breaks the connection after the request was sent.
    pub fn transport_failure(self) -> Self {
        self.reply(Reply::lost())
    }

    /// Gives this reply.
    pub fn reply(self, reply: Reply) -> Self {
        self.answer_with(move |_| reply.clone())
    }

    /// Computes the reply from the request.
    pub fn answer_with(self, replier: impl Fn(&Sent) -> Reply + Send + Sync + 'static) -> Self {
        let replier: Replier = Arc::new(replier);
        let mut state = self.fake.state();
        let plan = self.methods.first().and_then(|first| state.plan(self.operation.path, first));
        match plan {
            Some(plan) => plan.replies.push_back(replier),
            None => {
                let (operation, methods) = (self.operation, self.methods.clone());
                state.plans.push(Plan { operation, methods, replies: [replier].into() });
            }
        }
        drop(state);
        self
    }
}
