//! Removes calls that no longer exist from the list of calls that the document makes impossible.

use std::collections::{BTreeMap, BTreeSet};

/// The path of the list.
pub(super) const IMPOSSIBLE: &str = "generated-client/tests/conformance/impossible.yaml";

/// The trial of all calls of an operation together, which exists for each operation.
const TOGETHER: &str = "together";

/// The test calls of each operation, by the operation's Rust path.
type Calls = BTreeMap<String, BTreeSet<String>>;

/// Returns the list without calls that no longer exist, and the removed calls. Comments and formatting are kept.
pub(super) fn without_gone(text: &str, calls: &Calls) -> (String, Vec<String>) {
    let (mut kept, mut gone) = (String::new(), Vec::new());
    for entry in entries(text) {
        match operation(&entry) {
            None => kept.push_str(&entry.concat()),
            Some(operation) => match calls.get(operation) {
                Some(calls) => kept.push_str(&of_operation(&entry, operation, calls, &mut gone)),
                None => gone.push(operation.to_owned()),
            },
        }
    }
    (kept, gone)
}

/// Splits the text into entries, each as its lines.
fn entries(text: &str) -> Vec<Vec<&str>> {
    let mut entries = vec![Vec::new()];
    for line in text.split_inclusive('\n') {
        if line.starts_with("- ") {
            entries.push(Vec::new());
        }
        if let Some(last) = entries.last_mut() {
            last.push(line);
        }
    }
    entries
}

fn operation<'a>(entry: &[&'a str]) -> Option<&'a str> {
    entry.first()?.strip_prefix("- operation:").map(str::trim)
}

/// Returns the entry with the calls that still exist. If none of its calls exist, the result is empty.
fn of_operation(
    entry: &[&str],
    operation: &str,
    calls: &BTreeSet<String>,
    gone: &mut Vec<String>,
) -> String {
    let (mut kept, mut is_in_calls, mut count) = (String::new(), false, 0);
    for line in entry {
        if !line.starts_with("    ") {
            is_in_calls = line.trim_end() == "  calls:";
        }
        let call = line.strip_prefix("    - ").filter(|_| is_in_calls);
        let call = call.map(|call| call.trim().trim_matches(['\'', '"']));
        match call {
            Some(call) if call != TOGETHER && !calls.contains(call) => {
                gone.push(format!("{operation}, {call}"));
            }
            _ => {
                count += usize::from(call.is_some());
                kept.push_str(line);
            }
        }
    }
    // Entries whose calls are written in brackets are kept as they are.
    let is_listed = entry.iter().any(|line| line.trim_end() == "  calls:");
    if is_listed && count == 0 { String::new() } else { kept }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "# The list.\n- operation: a::get\n  calls:\n    - everything\n    - everything, one\n    - together\n  \
                        servers: [offline]\n  reason: >-\n    - everything is odd.\n- operation: b::get\n  calls:\n    \
                        - smallest\n  servers: [offline]\n  reason: None.\n";

    fn calls(operations: &[(&str, &[&str])]) -> Calls {
        let set = |calls: &[&str]| calls.iter().map(|call| (*call).to_owned()).collect();
        operations.iter().map(|(name, calls)| ((*name).to_owned(), set(calls))).collect()
    }

    #[test]
    fn what_is_still_there_stays_as_it_is() {
        let all =
            calls(&[("a::get", &["everything", "everything, one"]), ("b::get", &["smallest"])]);
        assert_eq!(without_gone(LIST, &all), (LIST.to_owned(), Vec::new()));
    }

    #[test]
    fn calls_and_operations_that_are_gone_are_taken_off() {
        let left = calls(&[("a::get", &["everything"])]);
        let (text, gone) = without_gone(LIST, &left);
        let expected = "# The list.\n- operation: a::get\n  calls:\n    - everything\n    - together\n  servers: [offline]\n  \
                        reason: >-\n    - everything is odd.\n";
        assert_eq!(text, expected);
        assert_eq!(gone, ["a::get, everything, one", "b::get"]);
    }

    #[test]
    fn an_entry_without_a_call_is_taken_off() {
        let left =
            calls(&[("a::get", &["everything", "everything, one"]), ("b::get", &["everything"])]);
        let (text, gone) = without_gone(LIST, &left);
        assert!(!text.contains("b::get"), "{text}");
        assert_eq!(gone, ["b::get, smallest"]);
    }
}
