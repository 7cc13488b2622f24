//! A thousand concurrent calls on one client, with a server that fails at random, and the memory that they take.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where its helpers fail")]

mod faults;
#[path = "hostile/server.rs"]
#[allow(dead_code, reason = "this is about another server, which reads requests likewise")]
mod server;
mod support;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use faults::{World, assert_true, call};
use seam_client::{RetryPolicy, Seam};
use server::{Kept, Server, Step, http};
use support::API_KEY;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

const CALLS: usize = 1000;

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
