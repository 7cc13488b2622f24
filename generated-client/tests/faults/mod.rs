//! A server that treats each request at random: it answers, fails or breaks the connection. What it does with a request is
//! compared with what the call reports.

use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use seam_client::ids::{AcsUserId, DeviceId};
use seam_client::{Error, Seam};
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use crate::server::read_request;
use crate::support::USER;

/// How the server treats a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fate {
    Answer,
    AnswerInChunks,
    AnswerAndClose,
    AnswerAndReset,
    Close,
    Reset,
    CutHead,
    CutBody,
    Unavailable,
    Limited,
    Noise,
    Page,
}

impl Fate {
    /// A third of the requests succeed.
    const ALL: [Self; 16] = [
        Self::Answer,
        Self::Answer,
        Self::Answer,
        Self::AnswerInChunks,
        Self::AnswerInChunks,
        Self::AnswerAndClose,
        Self::AnswerAndReset,
        Self::Close,
        Self::Close,
        Self::Reset,
        Self::CutHead,
        Self::CutBody,
        Self::Unavailable,
        Self::Limited,
        Self::Noise,
        Self::Page,
    ];

    /// Returns the response, and whether the connection stays open.
    fn answer(self, id: usize) -> (String, bool) {
        let body = format!(
            r#"{{"device":{{"device_id":"call-{id}"}},"acs_credential":{{"acs_credential_id":"call-{id}"}},"action_attempt":{{"action_attempt_id":"call-{id}","action_type":"UNLOCK_DOOR","status":"pending"}}}}"#
        );
        let with = |status: u16, body: &str| {
            let length = body.len();
            format!(
                "HTTP/1.1 {status} Whatever\r\nretry-after: 0\r\ncontent-length: {length}\r\n\r\n{body}"
            )
        };
        let length = body.len();
        match self {
            Self::Answer => (with(200, &body), true),
            Self::AnswerInChunks => {
                let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
                (format!("{head}{length:x}\r\n{body}\r\n0\r\n\r\n"), true)
            }
            Self::AnswerAndClose | Self::AnswerAndReset => (with(200, &body), false),
            Self::Close | Self::Reset => (String::new(), false),
            Self::CutHead => ("HTTP/1.1 200 OK\r\ncontent-le".to_owned(), false),
            Self::CutBody => (with(200, &body)[..100].to_owned(), false),
            Self::Unavailable => (with(503, "busy"), true),
            Self::Limited => (with(429, "slower"), true),
            Self::Noise => ("\u{16}\u{3}\u{1}\r\n\r\n".to_owned(), false),
            Self::Page => (with(200, "<html></html>"), true),
        }
    }

    /// Whether the client can tell that its call was accepted.
    fn accepts(self) -> bool {
        matches!(
            self,
            Self::Answer
                | Self::AnswerInChunks
                | Self::AnswerAndClose
                | Self::AnswerAndReset
                | Self::CutBody
                | Self::Page
        )
    }
}

/// How the server has treated the attempts of each call, in order.
pub(crate) type Fates = BTreeMap<usize, Vec<Fate>>;

/// The server, with what it has seen.
pub(crate) struct World {
    chance: Mutex<fastrand::Rng>,
    pub(crate) fates: Mutex<Fates>,
    /// The connections that are open.
    pub(crate) live: AtomicUsize,
    /// The connections so far.
    pub(crate) total: AtomicUsize,
    /// The most connections that were open at once.
    pub(crate) most: AtomicUsize,
}

impl World {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            chance: Mutex::new(fastrand::Rng::with_seed(seed)),
            fates: Mutex::default(),
            live: AtomicUsize::new(0),
            total: AtomicUsize::new(0),
            most: AtomicUsize::new(0),
        }
    }

    fn draw(&self, below: usize) -> usize {
        self.chance.lock().unwrap().usize(..below)
    }

    pub(crate) async fn accept(self: Arc<Self>, listener: TcpListener) {
        let mut connections = JoinSet::new();
        while let Ok((stream, _)) = listener.accept().await {
            let live = self.live.fetch_add(1, Ordering::SeqCst) + 1;
            self.total.fetch_add(1, Ordering::SeqCst);
            self.most.fetch_max(live, Ordering::SeqCst);
            let world = Arc::clone(&self);
            connections.spawn(async move {
                // If the client closes the connection, its test sees that.
                let _ = world.serve(stream).await;
                world.live.fetch_sub(1, Ordering::SeqCst);
            });
        }
    }

    async fn serve(&self, mut stream: TcpStream) -> io::Result<()> {
        // Some connections are closed before a request is read, including those that were kept alive.
        while self.draw(12) > 0 {
            let request = read_request(&mut stream).await?;
            let id = request.rsplit("\"call-").next().and_then(|rest| rest.split('"').next());
            let id: usize = id.unwrap().parse().unwrap();
            let fate = Fate::ALL[self.draw(Fate::ALL.len())];
            self.fates.lock().unwrap().entry(id).or_default().push(fate);
            let (answer, goes_on) = fate.answer(id);
            stream.write_all(answer.as_bytes()).await?;
            if matches!(fate, Fate::Reset | Fate::AnswerAndReset) {
                stream.set_zero_linger()?;
            }
            if !goes_on {
                break;
            }
        }
        Ok(())
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    Read,
    Idempotent,
    Write,
}

/// The effect of a call, by its number.
pub(crate) fn effect(id: usize) -> Effect {
    [Effect::Read, Effect::Idempotent, Effect::Write, Effect::Write][id % 4]
}

/// Makes a call. Returns the number of attempts, and the ID in the response.
pub(crate) async fn call(seam: Seam, id: usize) -> Result<(u32, Option<String>), Error> {
    let name = format!("call-{id}");
    let credentials = seam.acs().credentials();
    Ok(match id % 4 {
        0 => {
            let response = seam.devices().get(DeviceId::from(name)).response().await?;
            (response.attempts(), Some(response.value().device_id.to_string()))
        }
        1 => (credentials.delete(name).response().await?.attempts(), None),
        2 => {
            let response = seam.locks().unlock_door(name).response().await?;
            let id = response.value().action_attempt_id().map(ToString::to_string);
            (response.attempts(), id)
        }
        _ => {
            let response = credentials.assign(name, AcsUserId::from(USER)).response().await?;
            let credential = response.value().acs_credential.as_ref();
            let id = credential.map(|credential| credential.acs_credential_id.to_string());
            (response.attempts(), id)
        }
    })
}

/// Compares the outcome of a call with the attempts that the server has seen.
pub(crate) fn assert_true(
    id: usize,
    outcome: &Result<(u32, Option<String>), Error>,
    fates: &[Fate],
) {
    let case = format!("call {id}, {:?}: {outcome:?}, {fates:?}", effect(id));
    let seen = fates.len();
    let accepted = fates.last().is_some_and(|fate| fate.accepts());
    if effect(id) == Effect::Write {
        assert!(seen <= 1, "{case}");
    }
    match outcome {
        Ok((attempts, name)) => {
            assert!((1..=*attempts as usize).contains(&seen) && accepted, "{case}");
            assert!(name.as_ref().is_none_or(|name| *name == format!("call-{id}")), "{case}");
        }
        Err(error) => {
            assert!(seen <= error.attempts() as usize, "{case}");
            assert!(error.was_sent() || seen == 0, "{case}");
            assert_eq!(error.was_accepted(), accepted && error.status().is_some(), "{case}");
            let given_up = match effect(id) {
                Effect::Read => error.attempts() == 3 || matches!(error, Error::Decode(_)),
                Effect::Idempotent => error.attempts() == 3 || error.was_accepted(),
                Effect::Write => error.attempts() == 1,
            };
            assert!(given_up, "{case}");
        }
    }
}
