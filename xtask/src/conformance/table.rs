//! Formats the results, as text and as a Markdown table.

use std::collections::BTreeMap;

use super::trials::{Trial, Trials, operations};

/// The maximum number of failures that are shown.
const SHOWN: usize = 20;

/// The results as text for the terminal.
pub(super) fn shown(trials: &Trials) -> String {
    let mut text = markdown(trials);
    for (server, trials) in trials.by_server() {
        let broken = trials.iter().filter(|trial| trial.broken).count();
        if broken > 0 {
            text.push_str(&format!(
                "\n{broken} answers of {server} were not as the document describes them"
            ));
        }
    }
    text.push_str(&failures(trials));
    text
}

/// The unexpected trials, and the failures that the test printed.
pub(super) fn failures(trials: &Trials) -> String {
    let unexpected: Vec<&Trial> =
        trials.all.iter().filter(|trial| !trial.is_as_expected()).collect();
    let mut text = format!("\n{} trials went otherwise than they should have\n", unexpected.len());
    for Trial { operation, call, server, problem, .. } in unexpected.iter().take(SHOWN) {
        let problem =
            problem.as_deref().unwrap_or("it passes, although it is listed as impossible");
        text.push_str(&format!(
            "  {operation}::{call} @ {server}\n    {}\n",
            problem.replace('\n', "\n    ")
        ));
    }
    if !trials.pass() {
        let (_, failures) = trials.said.split_once("failures:").unwrap_or(("", &trials.said));
        text.push_str(&format!("the test says:\n{}\n", failures.trim()));
    }
    text
}

/// The results as Markdown for the README.
pub(super) fn markdown(trials: &Trials) -> String {
    let mut text =
        "| server | operations | calls | impossible | repairs |\n|---|---|---|---|---|\n"
            .to_owned();
    for (server, trials) in trials.by_server() {
        let (passed, all) = operations(&trials);
        let calls = trials.iter().filter(|trial| trial.passed).count();
        let listed = trials.iter().filter(|trial| trial.listed.is_some()).count();
        let repairs: usize = trials.iter().map(|trial| trial.repairs).sum();
        text.push_str(&format!(
            "| {} | {passed} of {all} | {calls} of {} | {listed} | {} |\n",
            described(server),
            trials.len(),
            if server == "offline" { "–".to_owned() } else { repairs.to_string() },
        ));
    }
    let together: Vec<&Trial> = trials.all.iter().filter(|trial| trial.is_together()).collect();
    let (passed, all) = operations(&together);
    text.push_str(&format!(
        "\nThe calls of {passed} of {all} operations send every parameter and property that is documented, one or another \
         of them.\n"
    ));
    text.push_str(&impossible(trials));
    text
}

/// The name of a server as readers know it.
fn described(server: &str) -> &str {
    match server {
        "offline" => "none, only what is sent",
        "steady" => "Steady",
        "prism-static" => "Prism, static answers",
        "prism-dynamic" => "Prism, dynamic answers",
        other => other,
    }
}

/// The list of impossible calls.
fn impossible(trials: &Trials) -> String {
    // Calls and servers, by operation and reason.
    let mut listed: BTreeMap<_, [Vec<&str>; 2]> = BTreeMap::new();
    for trial in &trials.all {
        let Some(reason) = &trial.listed else { continue };
        let found = listed.entry((&trial.operation, reason)).or_default();
        for (names, name) in found.iter_mut().zip([&*trial.call, described(&trial.server)]) {
            if !names.contains(&name) {
                names.push(name);
                names.sort_unstable();
            }
        }
    }
    if listed.is_empty() {
        return String::new();
    }
    let mut text = "\n| impossible | with | why |\n|---|---|---|\n".to_owned();
    for ((operation, reason), [calls, servers]) in listed {
        let calls = calls.join("`, `");
        let servers = servers.join("; ");
        text.push_str(&format!("| `{operation}`: `{calls}` | {servers} | {reason} |\n"));
    }
    text
}
