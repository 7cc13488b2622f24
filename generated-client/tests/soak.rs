//! Many calls against a server that fails at random, with figures: retries, errors, and what is left over in the end.
//!
//! `cargo xtask soak` runs it with 20,000 calls. The environment variables `SOAK_CALLS` and `SOAK_SEED` set the number of
//! calls, and the seed of the faults.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where its helpers fail")]

mod faults;
#[path = "hostile/server.rs"]
#[allow(dead_code, reason = "this is about another server, which reads requests likewise")]
mod server;
mod support;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};
use std::{env, fs};

use faults::{World, assert_true, call};
use seam_client::{Error, RetryPolicy, Seam};
use server::{Kept, http};
use support::API_KEY;
use tokio::net::TcpListener;
use tokio::task::{JoinSet, yield_now};

/// The number of calls in an ordinary test run.
const CALLS: u64 = 500;

/// The number of calls at once.
const AT_ONCE: usize = 50;

/// The growth of the resident memory, in KiB, that the records of this test and the allocator account for.
const GROWTH: usize = 64 << 10;

/// The value of an environment variable.
fn variable(name: &str) -> Option<u64> {
    let value = env::var(name).ok()?;
    Some(value.parse().unwrap_or_else(|_| panic!("{name} is a number, and not `{value}`")))
}

/// A line of `/proc/self/status` in KiB, if the system has it.
fn memory(line: &str) -> Option<usize> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let value = status.lines().find_map(|candidate| candidate.strip_prefix(line))?;
    value.trim().trim_end_matches(" kB").parse().ok()
}

/// What kind of error it is.
fn kind(error: &Error) -> String {
    let status = error.status().map(|status| status.to_string());
    let name = match error {
        Error::Api(_) => "Api",
        Error::Decode(_) => "Decode",
        Error::Transport(_) => "Transport",
        Error::Timeout(_) => "Timeout",
        other => panic!("{other:?}"),
    };
    format!("{name}, {}", status.as_deref().unwrap_or("no status"))
}

/// What all calls came to.
#[derive(Default)]
struct Figures {
    succeeded: usize,
    errors: BTreeMap<String, usize>,
    /// The resident memory after a quarter of the calls, in KiB.
    memory: Option<usize>,
}

/// Makes the calls, a few at once, and checks each against what the server has seen.
async fn calls(seam: Seam, world: &World, count: usize) -> Figures {
    let mut figures = Figures::default();
    let mut running = JoinSet::new();
    let mut next = 0;
    let mut done = 0;
    while done < count {
        while next < count && running.len() < AT_ONCE {
            let (seam, id) = (seam.clone(), next);
            running.spawn(async move { (id, call(seam, id).await) });
            next += 1;
        }
        let (id, outcome) = running.join_next().await.unwrap().unwrap();
        let fates = world.fates.lock().unwrap().get(&id).cloned().unwrap_or_default();
        assert_true(id, &outcome, &fates);
        match outcome {
            Ok(_) => figures.succeeded += 1,
            Err(error) => *figures.errors.entry(kind(&error)).or_default() += 1,
        }
        done += 1;
        if done == count / 4 {
            figures.memory = memory("VmRSS:");
        }
    }
    figures
}

/// Waits until the server has seen the end of each connection.
async fn all_closed(world: &World) -> bool {
    let closed = async {
        while world.live.load(Ordering::SeqCst) > 0 {
            yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), closed).await.is_ok()
}

fn show(name: &str, value: impl std::fmt::Display) {
    println!("{name:<44} {value}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_calls_against_a_failing_server_leave_nothing_behind() {
    let seed = variable("SOAK_SEED").unwrap_or_else(|| fastrand::u64(..));
    let count = usize::try_from(variable("SOAK_CALLS").unwrap_or(CALLS)).unwrap();
    show("seed", seed);
    let world = Arc::new(World::new(seed));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(Arc::clone(&world).accept(listener));
    let seam = Seam::builder().api_key(API_KEY).endpoint(endpoint).http_client(http(Kept::Yes));
    let at_once = RetryPolicy::new().initial_backoff(Duration::ZERO);
    let seam = seam.retry(at_once).build().unwrap();
    let begun = Instant::now();
    let figures = calls(seam, &world, count).await;
    let seconds = begun.elapsed().as_secs_f64();
    // The client is dropped, and with it the connections that it has kept.
    let is_closed = all_closed(&world).await;
    let after = memory("VmRSS:");
    server.abort();

    let fates = world.fates.lock().unwrap();
    let requests: usize = fates.values().map(Vec::len).sum();
    let repeated = fates.values().filter(|fates| fates.len() > 1).count();
    show("calls", count);
    show("seconds", format!("{seconds:.1}"));
    show("calls that succeeded", figures.succeeded);
    for (kind, number) in &figures.errors {
        show(&format!("calls that failed with {kind}"), number);
    }
    show("requests that the server read", requests);
    show("calls that it read more than once", repeated);
    show("connections", world.total.load(Ordering::SeqCst));
    show("connections at once, at most", world.most.load(Ordering::SeqCst));
    show("connections that were left open", world.live.load(Ordering::SeqCst));
    let kilobytes = |value: Option<usize>| {
        value.map_or_else(|| "unknown".to_owned(), |value| format!("{value} KiB"))
    };
    show("memory after a quarter of the calls", kilobytes(figures.memory));
    show("memory in the end", kilobytes(after));
    show("memory at most", kilobytes(memory("VmHWM:")));

    assert!(is_closed, "connections were left open");
    assert_eq!(fates.range(count..).count(), 0);
    assert_eq!(figures.succeeded + figures.errors.values().sum::<usize>(), count);
    if let (Some(before), Some(after)) = (figures.memory, after) {
        assert!(after <= before + GROWTH, "the memory grew from {before} KiB to {after} KiB");
    }
}
