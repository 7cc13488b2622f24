//! Prints the results.

use xtask::output::aligned;

use super::client::{Client, Compiled, NoCalls};

/// A row for each document, followed by the described places that became `serde_json::Value`.
pub(super) fn shown(clients: &[Client]) -> String {
    let mut rows = vec![
        ["document", "operations", "lines", "any JSON", "check", "calls passed", "diagnostics"]
            .map(str::to_owned),
    ];
    rows.extend(clients.iter().map(row));
    let mut text = aligned(&rows);
    for client in clients {
        for pointer in &client.any_json.described {
            text.push_str(&format!("{}: {pointer} is described, and any JSON\n", client.name));
        }
    }
    text
}

fn row(client: &Client) -> [String; 7] {
    [
        client.name.clone(),
        client.operations.to_string(),
        client.lines.to_string(),
        any_json(client),
        match client.compiled {
            Compiled::Yes(seconds) => format!("{seconds:.1} s"),
            Compiled::No => "does not compile".to_owned(),
            Compiled::Refused => "is refused".to_owned(),
        },
        match &client.calls {
            Ok(calls) => format!("{} of {}", calls.passed, calls.made),
            Err(NoCalls::NotAsked) => "–".to_owned(),
            Err(NoCalls::DoNotCompile) => "do not compile".to_owned(),
        },
        diagnostics(client),
    ]
}

fn any_json(client: &Client) -> String {
    let described = client.any_json.described.len();
    let places = client.any_json.places;
    if described == 0 { places.to_string() } else { format!("{places} ({described} described)") }
}

fn diagnostics(client: &Client) -> String {
    let counts: Vec<String> =
        client.diagnostics.iter().map(|(code, count)| format!("{count} {code}")).collect();
    if counts.is_empty() { "none".to_owned() } else { counts.join(", ") }
}
