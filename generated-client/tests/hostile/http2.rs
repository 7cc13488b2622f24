//! HTTP/2: streams that are reset, GOAWAY frames, and connections that break under many calls.

use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use seam_client::{Error, RetryPolicy, Seam, SeamBuilder, reqwest};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

use crate::call::{Call, Effect, assert_broken};
use crate::support::API_KEY;

// Types of frames.
const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const GOAWAY: u8 = 7;

// Flags of frames.
const NONE: u8 = 0;
const ACK: u8 = 1;
const END_STREAM: u8 = 1;
const END_HEADERS: u8 = 4;

// Error codes.
const NO_ERROR: u32 = 0;
const PROTOCOL_ERROR: u32 = 1;
const INTERNAL_ERROR: u32 = 2;
const REFUSED_STREAM: u32 = 7;
const CANCEL: u32 = 8;
const ENHANCE_YOUR_CALM: u32 = 11;

/// `:status: 200` from the static table of HPACK.
const OK: &[u8] = &[0x88];

/// What the server does with a stream after its request has arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reply {
    Answer,
    Reset(u32),
    /// Resets the stream after the head of a response.
    ResetAnswer(u32),
    /// Resets the stream after half of the body.
    ResetBody(u32),
    /// Sends GOAWAY with this error code, and with this stream or an earlier one as the last stream, and closes the
    /// connection.
    Goodbye(u32, Last),
    Close,
    /// Closes the connection when this many streams have arrived.
    CloseAt(usize),
    /// Sends an invalid frame.
    Noise,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Last {
    This,
    Earlier,
}

fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    [&length[1..], &[kind, flags], &stream.to_be_bytes(), payload].concat()
}

/// A server that gives each stream the next reply, on any connection. The last reply is repeated.
pub(crate) struct Server {
    address: SocketAddr,
    streams: Arc<Mutex<usize>>,
    task: JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Server {
    pub(crate) async fn start(
        answer: &'static str,
        replies: impl IntoIterator<Item = Reply>,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let streams = Arc::new(Mutex::new(0));
        let replies = Arc::new(Mutex::new(replies.into_iter().collect::<VecDeque<_>>()));
        let seen = Arc::clone(&streams);
        let task = tokio::spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                let (seen, replies) = (Arc::clone(&seen), Arc::clone(&replies));
                connections.spawn(async move {
                    // If the client closes the connection, its test sees that.
                    let _ = serve(stream, answer, &replies, &seen).await;
                });
            }
        });
        Self { address, streams, task }
    }

    fn client(&self, http: &reqwest::Client) -> Seam {
        self.build(Seam::builder().api_key(API_KEY), http)
    }

    pub(crate) fn build(&self, builder: SeamBuilder, http: &reqwest::Client) -> Seam {
        let once_more = RetryPolicy::new().max_retries(1).initial_backoff(Duration::ZERO);
        let builder = builder.endpoint(format!("http://{}", self.address));
        builder.http_client(http.clone()).retry(once_more).build().unwrap()
    }

    /// The number of requests that arrived.
    fn streams(&self) -> usize {
        *self.streams.lock().unwrap()
    }
}

async fn serve(
    mut stream: TcpStream,
    answer: &str,
    replies: &Mutex<VecDeque<Reply>>,
    seen: &Mutex<usize>,
) -> io::Result<()> {
    stream.read_exact(&mut [0; 24]).await?;
    stream.write_all(&frame(SETTINGS, NONE, 0, &[])).await?;
    loop {
        let mut head = [0; 9];
        stream.read_exact(&mut head).await?;
        let [_, a, b, kind, flags, id @ ..] = head;
        let mut payload = vec![0; usize::from(u16::from_be_bytes([a, b]))];
        stream.read_exact(&mut payload).await?;
        if kind == SETTINGS && flags & ACK == 0 {
            stream.write_all(&frame(SETTINGS, ACK, 0, &[])).await?;
        }
        if !matches!(kind, HEADERS | DATA) || flags & END_STREAM == 0 {
            continue;
        }
        let count = {
            let mut seen = seen.lock().unwrap();
            *seen += 1;
            *seen
        };
        let reply = {
            let mut replies = replies.lock().unwrap();
            if replies.len() > 1 { replies.pop_front().unwrap() } else { replies[0] }
        };
        stream.write_all(&written(reply, u32::from_be_bytes(id), answer)).await?;
        match reply {
            Reply::Close | Reply::Goodbye(..) => return stream.shutdown().await,
            Reply::CloseAt(most) if count == most => {
                // All later streams get a response.
                replies.lock().unwrap().push_front(Reply::Answer);
                replies.lock().unwrap().truncate(1);
                return Ok(());
            }
            _ => {}
        }
    }
}

/// An HTTP client that uses HTTP/2 without negotiating it by TLS.
pub(crate) fn http() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().http2_prior_knowledge().build().unwrap()
}

/// The frames of a reply.
fn written(reply: Reply, id: u32, answer: &str) -> Vec<u8> {
    let begun = frame(HEADERS, END_HEADERS, id, OK);
    let reset = |reason: u32| frame(RST_STREAM, NONE, id, &reason.to_be_bytes());
    match reply {
        Reply::Answer => [begun, frame(DATA, END_STREAM, id, answer.as_bytes())].concat(),
        Reply::Reset(reason) => reset(reason),
        Reply::ResetAnswer(reason) => [begun, reset(reason)].concat(),
        Reply::ResetBody(reason) => {
            let half = frame(DATA, NONE, id, &answer.as_bytes()[..5]);
            [begun, half, reset(reason)].concat()
        }
        Reply::Goodbye(reason, last) => {
            let last = if last == Last::This { id } else { id - 1 };
            frame(GOAWAY, NONE, 0, &[last.to_be_bytes(), reason.to_be_bytes()].concat())
        }
        Reply::Noise => frame(HEADERS, END_STREAM, id, &[0xff; 40]),
        Reply::Close | Reply::CloseAt(_) => Vec::new(),
    }
}

#[tokio::test]
async fn a_stream_that_was_refused_is_sent_again_whatever_it_does() {
    let http = http();
    let goodbye = Reply::Goodbye(NO_ERROR, Last::Earlier);
    for refused in [Reply::Reset(REFUSED_STREAM), goodbye] {
        for call in Call::ALL {
            let server = Server::start(call.answer(), [refused, Reply::Answer]).await;
            call.send(&server.client(&http)).await.unwrap();
            assert_eq!(server.streams(), 2, "{refused:?}, {call:?}");
        }
    }
}

#[tokio::test]
async fn one_that_is_refused_again_and_again_is_given_up() {
    let http = http();
    for call in Call::ALL {
        let server = Server::start(call.answer(), [Reply::Reset(REFUSED_STREAM)]).await;
        let error = call.send(&server.client(&http)).await.unwrap_err();
        assert!(matches!(error, Error::Transport(_)), "{call:?}: {error:?}");
        assert!(server.streams() <= 6, "{call:?}: {}", server.streams());
    }
}

/// Replies after which the server may have started to process the request.
const BEGUN: [Reply; 8] = [
    Reply::Reset(NO_ERROR),
    Reply::Reset(INTERNAL_ERROR),
    Reply::Reset(CANCEL),
    Reply::Reset(ENHANCE_YOUR_CALM),
    Reply::Goodbye(NO_ERROR, Last::This),
    Reply::Goodbye(PROTOCOL_ERROR, Last::This),
    Reply::Close,
    Reply::Noise,
];

#[tokio::test]
async fn what_may_have_been_carried_out_is_sent_again_only_where_that_does_no_harm() {
    let http = http();
    let mut cases = 0;
    for reply in BEGUN {
        for call in Call::ALL {
            let case = format!("{reply:?}, {call:?}");
            let server = Server::start(call.answer(), [reply, Reply::Answer]).await;
            let outcome = call.send(&server.client(&http)).await;
            if call.effect() == Effect::Write {
                assert_broken(&outcome.unwrap_err(), false, &case);
                assert_eq!(server.streams(), 1, "{case}");
            } else {
                assert_eq!(outcome.unwrap(), 2, "{case}");
                assert_eq!(server.streams(), 2, "{case}");
            }
            cases += 1;
        }
    }
    assert_eq!(cases, 40);
}

#[tokio::test]
async fn an_answer_that_breaks_off_says_that_the_call_was_accepted() {
    let http = http();
    for reason in [REFUSED_STREAM, INTERNAL_ERROR, CANCEL] {
        for reply in [Reply::ResetAnswer(reason), Reply::ResetBody(reason)] {
            for call in Call::ALL {
                let case = format!("{reply:?}, {call:?}");
                let server = Server::start(call.answer(), [reply, Reply::Answer]).await;
                let outcome = call.send(&server.client(&http)).await;
                if call.effect() == Effect::Read {
                    assert_eq!(outcome.unwrap(), 2, "{case}");
                    continue;
                }
                let error = outcome.unwrap_err();
                assert!(matches!(error, Error::Transport(_)), "{case}: {error:?}");
                assert!(error.was_accepted() && !error.is_retryable(), "{case}: {error}");
                assert_eq!(server.streams(), 1, "{case}");
            }
        }
    }
}

#[tokio::test]
async fn a_connection_that_breaks_under_many_calls_breaks_each_of_them_once() {
    const CALLS: usize = 50;
    let http = http();
    for call in [Call::List, Call::Unlock] {
        let server = Server::start(call.answer(), [Reply::CloseAt(CALLS)]).await;
        let seam = server.client(&http);
        let mut calls = JoinSet::new();
        for _ in 0..CALLS {
            let seam = seam.clone();
            calls.spawn(async move { call.send(&seam).await });
        }
        let outcomes = calls.join_all().await;
        let failed = outcomes.iter().filter(|outcome| outcome.is_err()).count();
        if call.effect() == Effect::Write {
            assert_eq!((failed, server.streams()), (CALLS, CALLS));
        } else {
            assert_eq!((failed, server.streams()), (0, 2 * CALLS));
        }
    }
}
