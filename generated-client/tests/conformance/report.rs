//! Reports the outcome of all trials to `cargo xtask conformance`.

use std::fs;
use std::sync::Mutex;

use serde_json::{Value, json};

use crate::mode::Mode;
use crate::trial;

/// The environment variable with the path of the report.
const VARIABLE: &str = "CONFORMANCE_RESULT";

static TRIALS: Mutex<Vec<Value>> = Mutex::new(Vec::new());

/// Records the outcome of a trial.
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

/// Writes the report if the variable is set.
pub(crate) fn write() {
    if let Some(path) = std::env::var_os(VARIABLE) {
        let trials = Value::Array(TRIALS.lock().expect("nothing fails here").clone());
        fs::write(path, trials.to_string()).expect("a file that can be written");
    }
}
