//! The list of test calls that the document makes impossible, without what the client does not have any more.

use std::collections::{BTreeMap, BTreeSet};

/// Where the list stands.
pub(super) const IMPOSSIBLE: &str = "generated-client/tests/conformance/impossible.yaml";

/// The trial of all calls of an operation, which each operation has.
const TOGETHER: &str = "together";

/// Test calls of each operation, by its path in Rust.
type Calls = BTreeMap<String, BTreeSet<String>>;

/// The list without what is not there any more, and what that was. Comments and the rest of the text stay as they are.
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

/// The lines of the text, those of each entry by themselves.
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

/// An entry with the calls that its operation still has; nothing if it has none of them.
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
    // Calls that stand in brackets are not looked at.
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
