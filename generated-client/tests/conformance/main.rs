//! Calls every operation, with its required parameters alone and with all parameters, and checks requests and responses
//! against the published document, with code that the client does not use.
//!
//! Each trial is an operation, a call and a server: `acs::credentials::assign::everything @ prism-dynamic`. Without servers,
//! the proxy itself returns empty responses, and only requests are checked. `cargo xtask conformance` starts the servers and
//! sets the variables of [`Mode::variable`] to their addresses. [`impossible.yaml`](listed) lists calls that cannot pass.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test ends where its helpers fail"
)]

mod call;
mod credentials;
mod document;
mod ecma;
mod form;
#[path = "../../src/generated/conformance/mod.rs"]
#[rustfmt::skip]
mod generated;
mod listed;
mod mode;
mod parameters;
mod proxy;
mod received;
mod report;
mod same;
mod schema;
mod sent;
mod shown;
mod source;
mod tampered;
mod together;
mod trial;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};

#[allow(unused_imports, reason = "not every document has values and answers of each kind")]
pub(crate) use self::call::{Call, called, called_bytes, json};
use self::generated::CASES;
use self::generated::Client;
use self::mode::Mode;

/// An operation and its calls.
pub(crate) struct Case {
    /// The JSON pointer to the operation in the document (RFC 6901).
    pub(crate) pointer: &'static str,
    /// The Rust path of the operation.
    pub(crate) name: &'static str,
    pub(crate) calls: &'static [(&'static str, Make)],
}

/// Makes a call.
pub(crate) type Make = fn(&Client) -> Call;

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    // There are too many trials to list each of them.
    arguments.quiet |= arguments.format.is_none();
    let itself = |name, check: fn(&[&Case]) -> Result<(), String>| {
        Trial::test(name, move || Ok(check(&cases())?))
    };
    let mut trials = vec![
        itself("what is listed as impossible is there", listed::are_all_known),
        itself("what was changed on the way is noticed", tampered::is_noticed),
    ];
    for mode in Mode::all() {
        for case in cases() {
            trials.extend(of_case(case, mode));
        }
    }
    let conclusion = libtest_mimic::run(&arguments, trials);
    report::write();
    conclusion.exit_code()
}

fn cases() -> Vec<&'static Case> {
    CASES.iter().copied().flatten().collect()
}

/// The trials of one operation with one server.
fn of_case(case: &'static Case, mode: Mode) -> Vec<Trial> {
    let named = |call: &'static str, run: Box<dyn FnOnce() -> trial::Result + Send>| {
        let name = format!("{}::{call} @ {mode}", case.name);
        Trial::test(name, move || trial::judged(case, call, mode, run()).map_err(Failed::from))
    };
    let calls = case.calls.iter();
    let mut trials: Vec<Trial> = calls
        .map(|(call, make)| named(call, Box::new(move || trial::run(case, call, *make, mode))))
        .collect();
    if mode == Mode::Offline {
        trials.push(named(together::NAME, Box::new(move || together::run(case))));
    }
    trials
}
