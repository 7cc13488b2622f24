//! Makes one call to one server, and checks it.

use std::sync::LazyLock;
use std::time::Duration;

use reqwest::StatusCode;
use serde_json::Value;

use crate::call::Came;
use crate::document::At;
use crate::generated;
use crate::generated::Client;
use crate::generated::client::{Error, RetryPolicy};
use crate::mode::Mode;
use crate::proxy::{Exchange, RUNTIME, Recording};
use crate::received::{self, Read};
use crate::together::Coverage;
use crate::{Case, Make, listed, report, sent, source, together};

/// The outcome of a trial: how the response was decoded, or the problems.
pub(crate) type Result = std::result::Result<Read, String>;

/// The time limit of a call: a server that generates long responses is slow.
const TIME: Duration = Duration::from_secs(60);

/// An HTTP client without proxies, redirects and kept-alive connections, which servers may close just as they are reused.
pub(crate) static HTTP: LazyLock<reqwest::Client> = LazyLock::new(|| {
    let client = reqwest::Client::builder().no_proxy().pool_max_idle_per_host(0).timeout(TIME);
    client.redirect(reqwest::redirect::Policy::none()).build().expect("a client")
});

/// Makes one call, and checks the request and the response.
pub(crate) fn run(case: &Case, call: &str, make: Make, mode: Mode) -> Result {
    let operation = operation(case);
    let (came, exchanges) = recorded(case, make, mode);
    let [exchange] = exchanges.as_slice() else {
        let error = came.err().map(|error| error.to_string()).unwrap_or_default();
        return Err(format!("{} requests were sent, and not one: {error}", exchanges.len()));
    };
    let mut problems = sent::read(&operation, &exchange.sent).problems(call);
    let mut read = Read::default();
    if mode != Mode::Offline {
        let (answer, others) = received::problems(&operation, &exchange.received, came);
        read = answer;
        problems.extend(others);
    }
    if problems.is_empty() { Ok(read) } else { Err(problems.join("\n")) }
}

/// Makes one call, and records its requests.
pub(crate) fn recorded(
    case: &Case,
    make: Make,
    mode: Mode,
) -> (std::result::Result<Came, Error>, Vec<Exchange>) {
    let recording = Recording::begin(mode, success(&operation(case)));
    let builder = generated::credentials(Client::builder()).endpoint(recording.endpoint());
    let builder = builder.timeout(TIME).retry(RetryPolicy::none()).http_client(HTTP.clone());
    let client = builder.build().expect("the options fit");
    let came = RUNTIME.block_on(async { make(&client).await });
    (came, recording.end())
}

/// The description of the operation.
pub(crate) fn operation(case: &Case) -> At {
    At::new(case.pointer).unwrap_or_else(|| panic!("the document has no {}", case.pointer))
}

/// The lowest success status that is described.
fn success(operation: &At) -> StatusCode {
    let responses = operation.get("responses").map(|at| at.value).and_then(Value::as_object);
    let statuses = responses.into_iter().flatten().filter_map(|(status, _)| status.parse().ok());
    statuses.filter(StatusCode::is_success).min().unwrap_or(StatusCode::OK)
}

/// Records the outcome for the report, and compares it with the list of impossible calls.
pub(crate) fn judged(
    case: &Case,
    call: &'static str,
    mode: Mode,
    result: Result,
) -> std::result::Result<(), String> {
    let listed = listed::reason(case.name, call, mode);
    report::keep(case.name, call, mode, &result, listed);
    match (result, listed) {
        (Err(_), None) if call == together::NAME && source::COVERAGE == Coverage::Reported => {
            Ok(())
        }
        (Ok(_), None) | (Err(_), Some(_)) => Ok(()),
        (Err(problems), None) => Err(problems),
        (Ok(_), Some(reason)) => Err(format!(
            "this passes although it is listed as impossible; take it off {}: {reason}",
            source::IMPOSSIBLE
        )),
    }
}
