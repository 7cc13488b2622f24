//! A thousand concurrent calls on one client, with a server that fails at random, and the memory that they take.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where its helpers fail")]

#[path = "hostile/server.rs"]
#[allow(dead_code, reason = "this is about another server, which reads requests likewise")]
mod server;
mod support;

use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use seam_client::ids::{AcsUserId, DeviceId};
use seam_client::{Error, RetryPolicy, Seam};
use server::{Kept, Server, Step, http, read_request};
use support::{API_KEY, USER};
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

const CALLS: usize = 1000;

/// How the server treats a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
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
type Fates = BTreeMap<usize, Vec<Fate>>;

struct World {
    chance: Mutex<fastrand::Rng>,
    fates: Mutex<Fates>,
    live: AtomicUsize,
    most: AtomicUsize,
}

impl World {
    fn new(seed: u64) -> Self {
        Self {
            chance: Mutex::new(fastrand::Rng::with_seed(seed)),
            fates: Mutex::default(),
            live: AtomicUsize::new(0),
            most: AtomicUsize::new(0),
        }
    }

    fn draw(&self, below: usize) -> usize {
        self.chance.lock().unwrap().usize(..below)
    }

    async fn accept(self: Arc<Self>, listener: TcpListener) {
        let mut connections = JoinSet::new();
        while let Ok((stream, _)) = listener.accept().await {
            let live = self.live.fetch_add(1, Ordering::SeqCst) + 1;
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
enum Effect {
    Read,
    Idempotent,
    Write,
}

/// The effect of a call, by its number.
fn effect(id: usize) -> Effect {
    [Effect::Read, Effect::Idempotent, Effect::Write, Effect::Write][id % 4]
}

/// Makes a call. Returns the number of attempts, and the ID in the response.
async fn call(seam: Seam, id: usize) -> Result<(u32, Option<String>), Error> {
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
fn assert_true(id: usize, outcome: &Result<(u32, Option<String>), Error>, fates: &[Fate]) {
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

/// Raises the limit on open files: each connection has two ends in this process.
fn allow_many_files() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let limit = getrlimit(Resource::Nofile);
        let wanted = 8 * CALLS as u64;
        if limit.current.is_some_and(|current| current < wanted) {
            let current = Some(limit.maximum.map_or(wanted, |most| most.min(wanted)));
            setrlimit(Resource::Nofile, Rlimit { current, maximum: limit.maximum }).unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_of_a_thousand_calls_ends_once_and_no_write_is_sent_twice() {
    allow_many_files();
    let seed = fastrand::u64(..);
    println!("seed {seed}");
    let world = Arc::new(World::new(seed));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(Arc::clone(&world).accept(listener));
    let at_once = RetryPolicy::new().initial_backoff(Duration::ZERO);
    let seam = Seam::builder().api_key(API_KEY).endpoint(endpoint).http_client(http(Kept::Yes));
    let seam = seam.retry(at_once).build().unwrap();
    let mut calls = JoinSet::new();
    for id in 0..CALLS {
        let seam = seam.clone();
        calls.spawn(async move { (id, call(seam, id).await) });
    }
    let outcomes: BTreeMap<_, _> = calls.join_all().await.into_iter().collect();
    server.abort();
    let fates = world.fates.lock().unwrap();
    for (id, outcome) in &outcomes {
        assert_true(*id, outcome, fates.get(id).map_or(&[], Vec::as_slice));
    }
    let seen: usize = fates.values().map(Vec::len).sum();
    let succeeded = outcomes.values().filter(|outcome| outcome.is_ok()).count();
    let most = world.most.load(Ordering::SeqCst);
    println!("{seen} requests, {succeeded} successes, at most {most} connections at once");
    assert_eq!((outcomes.len(), fates.range(CALLS..).count()), (CALLS, 0));
    assert!((1..CALLS).contains(&succeeded), "{succeeded}");
    assert!(most <= 2 * CALLS, "{most}");
    assert_memory();
}

/// The default limit of a body, with the additional memory that decoding may need: a growing vector is copied.
const MOST_MEMORY: usize = 512 << 20;

/// Checks the peak memory of this process, if the system reports it.
fn assert_memory() {
    let Ok(status) = std::fs::read_to_string("/proc/self/status") else { return };
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes: usize = line.unwrap().trim().trim_end_matches(" kB").parse().unwrap();
    println!(
        "at most {} MiB, a device is {} bytes",
        kilobytes >> 10,
        size_of::<seam_client::models::Device>()
    );
    assert!(kilobytes << 10 <= MOST_MEMORY, "{kilobytes} kB");
}

#[tokio::test]
async fn an_answer_costs_no_more_memory_than_its_limit_allows() {
    let http = http(Kept::No);
    let begun = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    let chunk = format!("100000\r\n{}\r\n", " ".repeat(1 << 20)).into_bytes();
    let server = Server::same([Step::Read, Step::write(begun), Step::Forever(chunk)]).await;
    let error = server.client(&http).devices().list().send().await.unwrap_err();
    assert!(error.to_string().contains("longer than 67108864 bytes"), "{error}");
    // Each of these elements would be repaired to a whole device, although the response has none of its properties.
    for element in ["{},", r#"{"device_id":"d"},"#, "null,"] {
        let body = format!(r#"{{"devices":[{}null]}}"#, element.repeat((6 << 20) / element.len()));
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
        let server = Server::answer(head + &body).await;
        let error = server.client(&http).devices().list().send().await.unwrap_err();
        assert!(error.to_string().contains("not as the API describes"), "{error}");
    }
    assert_memory();
}
