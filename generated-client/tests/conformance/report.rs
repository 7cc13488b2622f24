//! What came of all trials, for `cargo xtask conformance`.

use std::fs;
use std::sync::Mutex;

use serde_json::{Value, json};

use crate::mode::Mode;
use crate::trial;

/// The environment variable that says where to write it.
const VARIABLE: &str = "CONFORMANCE_RESULT";

static TRIALS: Mutex<Vec<Value>> = Mutex::new(Vec::new());

/// Keeps the outcome of a trial.
pub(crate) fn keep(
    operation: &str,
    call: &str,
    mode: Mode,
    result: &trial::Result,
    listed: Option<&str>,
) {
    let trial = json!({
        "operation": operation,
        "call": call,
        "server": mode.name(),
        "passed": result.is_ok(),
        "repairs": result.as_ref().map_or(0, |read| read.repairs),
        "broken": result.as_ref().is_ok_and(|read| read.is_broken),
        "problem": result.as_ref().err(),
        "listed": listed,
    });
    TRIALS.lock().expect("nothing fails here").push(trial);
}

/// Writes it where somebody asks for it.
pub(crate) fn write() {
    if let Some(path) = std::env::var_os(VARIABLE) {
        let trials = Value::Array(TRIALS.lock().expect("nothing fails here").clone());
        fs::write(path, trials.to_string()).expect("a file that can be written");
    }
}
