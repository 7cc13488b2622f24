//! Formats the results as text.

use std::fmt::Write as _;

use xtask::output::aligned;

use super::client::Client;
use super::stability::{Change, Stability};

/// The heading of the lines on names.
pub(super) const STABILITY: &str = "\nnames of what is in both documents:\n";

/// A table with a line for each version.
pub(super) fn clients(clients: &[Client]) -> String {
    let mut rows = vec![
        ["version", "paths", "methods", "names", "files", "lines", "diagnostics", "verdict"]
            .map(str::to_owned),
    ];
    rows.extend(clients.iter().map(|client| {
        [
            client.version.clone(),
            client.paths().to_string(),
            client.methods().to_string(),
            client.names.len().to_string(),
            client.files.to_string(),
            client.lines.to_string(),
            diagnostics(client),
            client.verdict.as_str().to_owned(),
        ]
    }));
    aligned(&rows)
}

fn diagnostics(client: &Client) -> String {
    let counts: Vec<String> =
        client.diagnostics.iter().map(|(code, count)| format!("{count} {code}")).collect();
    if counts.is_empty() { "none".to_owned() } else { counts.join(", ") }
}

/// How many names are stable from one version to the next, and a list of those that are not.
pub(super) fn stability(before: &Client, after: &Client, stability: &Stability<'_>) -> String {
    let Stability { gone, new, kept, required, renamed } = stability;
    let mut text = format!(
        "{} → {}: {kept} of {} kept, {} became arguments or setters, {} renamed; {gone} of what is gone, {new} of what is \
         new\n",
        before.version,
        after.version,
        stability.both(),
        required.len(),
        renamed.len()
    );
    let reasons = [(required, "what has to be given changed"), (renamed, "renamed")];
    for (changes, reason) in reasons {
        for Change { before, after } in changes {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "  {} → {}: {reason}, {}", before.path, after.path, after.place);
        }
    }
    text
}
