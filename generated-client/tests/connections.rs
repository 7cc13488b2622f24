//! What is sent over real connections that fail, break, or never end.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where its helpers fail")]

mod support;

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use seam_client::ids::AcsUserId;
use seam_client::reqwest::dns::{Addrs, Name, Resolve, Resolving};
use seam_client::{CallOptions, Error, RetryPolicy, Seam};
use support::{API_KEY, Answer, CREDENTIAL, Pace, Reply, Server, USER};

const ATTEMPT: &str = r#"{"action_attempt":{"action_attempt_id":"a","action_type":"UNLOCK_DOOR","status":"pending"}}"#;

/// The default policy, without waits between attempts.
fn at_once() -> RetryPolicy {
    RetryPolicy::new().initial_backoff(Duration::ZERO)
}

fn client(server: &Server) -> Seam {
    server.build(Seam::builder().api_key(API_KEY).retry(at_once()))
}

#[tokio::test]
async fn a_read_is_sent_until_it_is_answered() {
    let server = Server::start([
        Answer::new(503, "").into(),
        Answer::new(429, "").header("retry-after", "0").into(),
        Answer::new(200, r#"{"devices":[]}"#).into(),
    ]);
    let response = client(&server).devices().list().response().await.unwrap();
    assert_eq!((response.attempts(), server.requests().len()), (3, 3));
}

#[tokio::test]
async fn a_read_survives_each_way_to_break_a_connection() {
    let cut = Reply::Cut(Answer::new(200, r#"{"devices":[]}"#), 5);
    for broken in [Reply::CloseAtOnce, Reply::CloseAfterRequest, cut] {
        let server = Server::start([broken, Answer::new(200, r#"{"devices":[]}"#).into()]);
        let response = client(&server).devices().list().response().await.unwrap();
        assert_eq!(response.attempts(), 2);
    }
}

#[tokio::test]
async fn a_write_that_may_have_arrived_is_sent_once() {
    let cut = Reply::Cut(Answer::new(200, ATTEMPT), 5);
    for broken in [Reply::CloseAfterRequest, cut, Answer::new(503, "").into()] {
        let server = Server::start([broken, Answer::new(200, ATTEMPT).into()]);
        let error = client(&server).locks().unlock_door("d").send().await.unwrap_err();
        assert!(error.was_sent() && error.attempts() == 1, "{error}");
        assert_eq!(server.request().target, "/locks/unlock_door");
    }
}

/// Reads the requests of a kept-alive connection, responds to all but the last one, and closes the connection.
fn serve_kept(stream: TcpStream, count: usize) {
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let mut reader = BufReader::new(stream);
    for number in 1..=count {
        let mut length = 0;
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).unwrap();
            if let Some(value) = line.strip_prefix("content-length: ") {
                length = value.trim().parse().unwrap();
            }
            if line.trim().is_empty() {
                break;
            }
        }
        reader.read_exact(&mut vec![0; length]).unwrap();
        if number < count {
            let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", ATTEMPT.len());
            reader.get_mut().write_all(format!("{head}{ATTEMPT}").as_bytes()).unwrap();
        }
    }
}

#[tokio::test]
async fn a_write_on_a_connection_that_was_kept_is_sent_once_too() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        serve_kept(listener.accept().unwrap().0, 2);
        listener
    });
    let http = seam_client::reqwest::Client::builder().no_proxy().build().unwrap();
    let seam = Seam::builder().api_key(API_KEY).endpoint(endpoint).http_client(http);
    let seam = seam.retry(at_once()).build().unwrap();
    seam.locks().unlock_door("d").send().await.unwrap();
    // Lets the HTTP client return the connection to its pool.
    for _ in 0..10 {
        tokio::task::yield_now().await;
    }
    let error = seam.locks().unlock_door("d").send().await.unwrap_err();
    assert!(error.was_sent() && error.attempts() == 1, "{error}");
    // There was no other connection.
    let listener = server.join().unwrap();
    listener.set_nonblocking(true).unwrap();
    assert_eq!(listener.accept().unwrap_err().kind(), std::io::ErrorKind::WouldBlock);
}

/// A resolver that returns these addresses in turn; `None` stands for an unknown name.
#[derive(Clone)]
struct Directory(Arc<Mutex<VecDeque<Option<Ipv4Addr>>>>);

impl Resolve for Directory {
    fn resolve(&self, _: Name) -> Resolving {
        let found = self.0.lock().unwrap().pop_front().flatten();
        Box::pin(async move {
            let address = found.ok_or("no such name")?;
            let addresses: Addrs = Box::new([SocketAddr::new(IpAddr::V4(address), 0)].into_iter());
            Ok(addresses)
        })
    }
}

#[tokio::test]
async fn a_call_that_found_no_server_is_sent_again_whatever_it_does() {
    let server = Server::ok(ATTEMPT);
    let port = server.url().rsplit(':').next().unwrap().to_owned();
    // There is no server at the second of these addresses.
    let known = [None, Some(Ipv4Addr::new(127, 0, 0, 2)), Some(Ipv4Addr::LOCALHOST)];
    let directory = Directory(Arc::new(Mutex::new(known.into())));
    let http = seam_client::reqwest::Client::builder().no_proxy().dns_resolver(directory.clone());
    let seam = Seam::builder()
        .api_key(API_KEY)
        .endpoint(format!("http://api.localhost:{port}"))
        .allow_http()
        .http_client(http.build().unwrap())
        .retry(at_once())
        .build()
        .unwrap();
    let response = seam.locks().unlock_door("d").response().await.unwrap();
    assert_eq!((response.attempts(), server.requests().len()), (3, 1));

    let error = seam.locks().unlock_door("d").send().await.unwrap_err();
    assert!(!error.was_sent() && error.attempts() == 3, "{error}");
    assert!(
        error.to_string().ends_with("check the endpoint and the network (3 attempts)"),
        "{error}"
    );
}

#[cfg(feature = "rustls")]
#[tokio::test]
async fn what_tls_refuses_is_tried_once() {
    // The TLS alert of a server that does not trust the client, or supports none of its ciphers.
    const HANDSHAKE_FAILURE: [u8; 7] = [21, 3, 3, 0, 2, 2, 40];
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("https://{}", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream.write_all(&HANDSHAKE_FAILURE).unwrap();
        // Waits until the client closes the connection; what it has sent is ignored.
        let _ = stream.read_to_end(&mut Vec::new());
        listener
    });
    let http = seam_client::reqwest::Client::builder().no_proxy().build().unwrap();
    let seam = Seam::builder().api_key(API_KEY).endpoint(endpoint).http_client(http);
    let error = seam.retry(at_once()).build().unwrap().devices().list().send().await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error}");
    assert!(!error.was_sent() && !error.is_retryable() && error.attempts() == 1, "{error}");
    assert!(error.to_string().contains("a certificate cannot be trusted"), "{error}");
    let listener = server.join().unwrap();
    listener.set_nonblocking(true).unwrap();
    assert_eq!(listener.accept().unwrap_err().kind(), std::io::ErrorKind::WouldBlock);
}

#[tokio::test]
async fn a_call_can_have_less_time_than_the_others() {
    let server = Server::start([Reply::Silence]);
    let call = client(&server).locks().unlock_door("d");
    let error = call.options(CallOptions::new().timeout(Duration::from_millis(50))).send().await;
    assert!(matches!(error, Err(Error::Timeout(_))), "{error:?}");
}

#[tokio::test]
async fn a_call_can_bring_headers() {
    let server = Server::ok(ATTEMPT);
    let options = CallOptions::new().header("x-trace", "7").header("authorization", "Bearer mine");
    let call = client(&server).locks().unlock_door("d").options(options);
    call.send().await.unwrap();
    let request = server.request();
    let bearer = format!("Bearer {API_KEY}");
    assert_eq!(request.header("x-trace"), Some("7"));
    assert_eq!(request.header("authorization"), Some(bearer.as_str()));
}

// Needs a second thread, which closes the connection while the test waits for the server to notice.
#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_drips_ends_with_the_time_limit() {
    for (status, late) in [(200, true), (404, false)] {
        let server = Server::start([Reply::Endless(status, Pace::Slow)]);
        let options = CallOptions::new().timeout(Duration::from_millis(500));
        let call = client(&server).locks().unlock_door("d").options(options);
        let error = call.send().await.unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert_eq!(matches!(error, Error::Timeout(_)), late, "{error}");
    }
}

// Needs a second thread, which closes the connection while the test waits for the server to notice.
#[tokio::test(flavor = "multi_thread")]
async fn a_body_without_end_ends_at_the_limit() {
    let limited = || Seam::builder().api_key(API_KEY).body_limit(100_000);
    let server = Server::start([Reply::Endless(200, Pace::Fast)]);
    let error = server.build(limited()).locks().unlock_door("d").send().await.unwrap_err();
    assert!(matches!(error, Error::Decode(_)) && error.was_accepted(), "{error}");
    assert!(error.to_string().contains("longer than 100000 bytes"), "{error}");

    let server = Server::start([Reply::Endless(404, Pace::Fast)]);
    let error = server.build(limited()).locks().unlock_door("d").send().await.unwrap_err();
    let Error::Api(api) = &error else { panic!("{error}") };
    assert!(api.body().len() <= 100_000);

    // The result of this operation is optional, so a body that is too long is left out.
    let server = Server::start([Reply::Endless(200, Pace::Fast)]);
    let credentials = server.build(limited()).acs().credentials();
    let assigned = credentials.assign(CREDENTIAL, AcsUserId::from(USER)).response().await.unwrap();
    assert_eq!((assigned.value().acs_credential.as_ref(), assigned.repairs().len()), (None, 1));
}
