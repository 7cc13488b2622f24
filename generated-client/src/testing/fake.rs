//! The fake: what it answers, and what it was asked.

use std::collections::VecDeque;
use std::fmt;
use std::marker::PhantomData;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;

use super::{Answerable, Fakeable, Faked, Reply, Sent};
use crate::client::Seam;
use crate::error::{Error, Failure, InvalidOptionsError};
use crate::execute::{OutgoingRequest, TransportResponse};
use crate::operation::Operation;

/// Stands in for the network: it answers calls as it was told to, and keeps them. A clone is the same fake.
#[derive(Clone, Default)]
pub struct Fake {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    plans: Vec<Plan>,
    calls: Vec<Sent>,
}

/// What one operation answers, in turn.
struct Plan {
    operation: &'static Operation,
    replies: VecDeque<Replier>,
}

type Replier = Arc<dyn Fn(&Sent) -> Reply + Send + Sync>;

impl Fake {
    /// A fake that answers nothing yet. A call that it was not told about fails with
    /// [`Error::InvalidOptions`], which says what to add.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A client that calls this fake, with an API key that is none. For one with other options there is
    /// [`SeamBuilder::fake`](crate::SeamBuilder::fake).
    ///
    /// # Errors
    /// None that is known of; setting up a client can fail.
    pub fn client(&self) -> Result<Seam, Error> {
        Seam::builder().api_key("seam_fake_key").endpoint("https://fake.invalid").fake(self).build()
    }

    /// Tells what the operation of a request answers: `fake.on::<api::devices::GetRequest>().answer(device)`.
    pub fn on<R: Fakeable>(&self) -> On<'_, R> {
        On { fake: self, operation: R::OPERATION, request: PhantomData }
    }

    /// What was sent until now, in its order.
    #[must_use]
    pub fn calls(&self) -> Vec<Sent> {
        self.state().calls.clone()
    }

    /// What was sent to one operation until now.
    #[must_use]
    pub fn calls_of<R: Fakeable>(&self) -> Vec<Sent> {
        let mut calls = self.calls();
        calls.retain(|sent| sent.operation() == R::OPERATION.0.path);
        calls
    }

    pub(crate) async fn send(
        &self,
        operation: &'static Operation,
        request: OutgoingRequest,
    ) -> Result<TransportResponse, Failure> {
        let sent = Sent::new(operation, request);
        let replier = self.next(operation, &sent);
        match replier {
            Some(replier) => replier(&sent).arrive(operation).await,
            None => Err(Failure::Refused(InvalidOptionsError::new(format!(
                "the fake was not told what {} answers; tell it with `fake.on::<…>().answer(…)`, by the type of \
                 the requests of that operation",
                operation.path
            )))),
        }
    }

    /// What is to be answered now. The last reply stays.
    fn next(&self, operation: &'static Operation, sent: &Sent) -> Option<Replier> {
        let mut state = self.state();
        state.calls.push(sent.clone());
        let replies = &mut state.plan(operation)?.replies;
        if replies.len() > 1 { replies.pop_front() } else { replies.front().cloned() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A test that failed elsewhere has nothing to do with this.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn plan(&mut self, operation: &'static Operation) -> Option<&mut Plan> {
        self.plans.iter_mut().find(|plan| std::ptr::eq(plan.operation, operation))
    }
}

/// Shows how much it was told and asked.
impl fmt::Debug for Fake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state();
        f.debug_struct("Fake")
            .field("operations", &state.plans.len())
            .field("calls", &state.calls.len())
            .finish()
    }
}

/// What an operation answers. Several answers are given in turn, one for each attempt, and the last one from then on.
#[derive(Clone, Copy, Debug)]
pub struct On<'a, R> {
    fake: &'a Fake,
    operation: Faked,
    request: PhantomData<fn(R)>,
}

impl<R: Fakeable> On<'_, R> {
    /// Answers with this value.
    #[allow(clippy::needless_pass_by_value, reason = "a test has no other use for it")]
    pub fn answer(self, value: R::Output) -> Self {
        self.reply(Reply::value(value.written()))
    }

    /// Answers with this value, as JSON. What it lacks is put right by the client, as with a real answer.
    pub fn answer_json(self, value: Value) -> Self {
        self.reply(Reply::json(value))
    }

    /// Answers with this status, this type of error, and this message.
    pub fn error(self, status: u16, error_type: &str, message: &str) -> Self {
        self.reply(Reply::error(status, error_type, message))
    }

    /// Breaks the connection after everything was sent.
    pub fn transport_failure(self) -> Self {
        self.reply(Reply::lost())
    }

    /// Replies so.
    pub fn reply(self, reply: Reply) -> Self {
        self.answer_with(move |_| reply.clone())
    }

    /// Replies as it depends on what was sent.
    pub fn answer_with(self, replier: impl Fn(&Sent) -> Reply + Send + Sync + 'static) -> Self {
        let operation = self.operation.0;
        let replier: Replier = Arc::new(replier);
        let mut state = self.fake.state();
        match state.plan(operation) {
            Some(plan) => plan.replies.push_back(replier),
            None => state.plans.push(Plan { operation, replies: [replier].into() }),
        }
        drop(state);
        self
    }
}
