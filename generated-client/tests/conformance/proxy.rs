//! A proxy between the client and a server, which records requests and responses.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{LazyLock, Mutex};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, header};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

use crate::mode::Mode;

/// A recorded request.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) method: Method,
    /// The path as it was written, without the number of the call.
    pub(crate) path: String,
    pub(crate) query: Option<String>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// A recorded response.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// A request and its response.
#[derive(Clone, Debug)]
pub(crate) struct Exchange {
    pub(crate) sent: Sent,
    pub(crate) received: Received,
}

/// The runtime of the proxy and of the calls.
pub(crate) static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime"));

static ADDRESS: LazyLock<SocketAddr> = LazyLock::new(|| {
    let listener = RUNTIME.block_on(TcpListener::bind("127.0.0.1:0")).expect("a free port");
    let address = listener.local_addr().expect("the port");
    let router = Router::new().fallback(pass);
    RUNTIME.spawn(async { axum::serve(listener, router).await });
    address
});

/// The calls in progress, by the first segment of their paths.
static CALLS: Mutex<BTreeMap<usize, Recorded>> = Mutex::new(BTreeMap::new());

struct Recorded {
    mode: Mode,
    status: StatusCode,
    exchanges: Vec<Exchange>,
}

/// A call whose requests are being recorded.
pub(crate) struct Recording {
    number: usize,
}

impl Recording {
    /// Starts to record a call. Without a server, the proxy responds with `status`.
    pub(crate) fn begin(mode: Mode, status: StatusCode) -> Self {
        let mut calls = CALLS.lock().expect("no trial failed meanwhile");
        let number = calls.last_key_value().map_or(0, |(last, _)| last + 1);
        calls.insert(number, Recorded { mode, status, exchanges: Vec::new() });
        Self { number }
    }

    /// The endpoint for the client.
    pub(crate) fn endpoint(&self) -> String {
        format!("http://{}/{}", *ADDRESS, self.number)
    }

    /// Ends the recording and returns it.
    pub(crate) fn end(self) -> Vec<Exchange> {
        let calls = CALLS.lock().expect("no trial failed meanwhile").remove(&self.number);
        calls.map(|call| call.exchanges).unwrap_or_default()
    }
}

/// Responds to one request.
async fn pass(request: Request<Body>) -> Response<Body> {
    let (head, body) = request.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
    let whole = head.uri.path().trim_start_matches('/');
    let (number, path) = whole.split_once('/').unwrap_or((whole, ""));
    let number = number.parse().unwrap_or(usize::MAX);
    let sent = Sent {
        method: head.method,
        path: format!("/{path}"),
        query: head.uri.query().map(str::to_owned),
        headers: head.headers,
        body,
    };
    let call = CALLS
        .lock()
        .expect("no trial failed meanwhile")
        .get(&number)
        .map(|call| (call.mode, call.status));
    let received = match call {
        Some((Mode::Offline, status)) => nothing(status),
        Some((mode, _)) => forward(mode, &sent).await,
        None => failed("no call is made there"),
    };
    let answer = answer(&received);
    if let Some(call) = CALLS.lock().expect("no trial failed meanwhile").get_mut(&number) {
        call.exchanges.push(Exchange { sent, received });
    }
    answer
}

fn answer(received: &Received) -> Response<Body> {
    let mut answer = Response::new(Body::from(received.body.clone()));
    *answer.status_mut() = received.status;
    let headers = received.headers.iter().filter(|(name, _)| !is_of_connection(name));
    answer.headers_mut().extend(headers.map(|(name, value)| (name.clone(), value.clone())));
    answer
}

/// A response with an empty object.
fn nothing(status: StatusCode) -> Received {
    let json = HeaderValue::from_static("application/json");
    let headers = [(header::CONTENT_TYPE, json)].into_iter().collect();
    Received { status, headers, body: Bytes::from_static(b"{}") }
}

/// The response if the server fails.
fn failed(problem: &str) -> Received {
    let body = Bytes::from(problem.to_owned());
    Received { status: StatusCode::BAD_GATEWAY, headers: HeaderMap::new(), body }
}

/// Sends the request to the server and returns its response.
async fn forward(mode: Mode, sent: &Sent) -> Received {
    match fetch(mode, sent).await {
        Ok(received) => received,
        Err(error) => failed(&format!("the server does not answer: {error:?}")),
    }
}

async fn fetch(mode: Mode, sent: &Sent) -> reqwest::Result<Received> {
    let query = sent.query.as_ref().map_or_else(String::new, |query| format!("?{query}"));
    let upstream = mode.upstream().unwrap_or_default();
    let mut headers = sent.headers.clone();
    headers.remove(header::HOST);
    if let Some(preference) = mode.preference() {
        headers.insert("prefer", HeaderValue::from_static(preference));
    }
    let address = format!("{upstream}{}{query}", sent.path);
    let request = crate::trial::HTTP.request(sent.method.clone(), address);
    let answer = request.headers(headers).body(sent.body.clone()).send().await?;
    let (status, headers) = (answer.status(), answer.headers().clone());
    Ok(Received { status, headers, body: answer.bytes().await? })
}

/// Whether a header concerns the connection and not the message.
fn is_of_connection(name: &header::HeaderName) -> bool {
    [header::CONNECTION, header::TRANSFER_ENCODING, header::CONTENT_LENGTH].contains(name)
        || name == "keep-alive"
}
