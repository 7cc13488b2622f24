//! Writes the changelog entry of a version.

use std::fmt::Write as _;

use seam_generator::{Change, Comparison, Weight};

use crate::diff::{Cause, causes};

/// Returns the changelog with an entry for `version`. An entry that an earlier run wrote is replaced.
pub(super) fn with_entry(
    changelog: &str,
    version: &str,
    origin: &str,
    comparison: &Comparison,
) -> String {
    let heading = format!("## {version}\n");
    let entry = entry(&heading, origin, comparison);
    let start = changelog.find(&heading).filter(|start| is_line_start(changelog, *start));
    if let Some(start) = start {
        let after = start + heading.len();
        let end = changelog[after..].find("\n## ").map_or(changelog.len(), |end| after + end);
        return format!("{}{entry}{}", &changelog[..start], &changelog[end..]);
    }
    match changelog.find("\n## ") {
        Some(first) => format!("{}\n{entry}{}", &changelog[..first], &changelog[first..]),
        None => format!("{}\n\n{entry}", changelog.trim_end()).trim_start().to_owned(),
    }
}

fn is_line_start(text: &str, at: usize) -> bool {
    at == 0 || text[..at].ends_with('\n')
}

fn entry(heading: &str, origin: &str, comparison: &Comparison) -> String {
    let mut text = format!("{heading}\nFrom {origin}.\n");
    let broken = causes(&comparison.changes, Weight::Breaking);
    if !broken.is_empty() {
        let entries: String = broken.iter().map(migration).collect();
        let _ = write!(text, "\n### Breaking\n\n{entries}");
    }
    for weight in [Weight::Behaviour, Weight::Addition] {
        let changes = comparison.changes.iter().filter(|change| change.weight == weight);
        let lines: String = changes.map(line).collect();
        if !lines.is_empty() {
            let heading = match weight {
                Weight::Behaviour => "Behaviour",
                _ => "Additions",
            };
            // Writing to a string cannot fail.
            let _ = write!(text, "\n### {heading}\n\n{lines}");
        }
    }
    let described = comparison.changes.iter();
    let described = described.filter(|change| change.weight == Weight::Documentation).count();
    if described > 0 {
        let _ = write!(text, "\nThe documentation of {described} items is different.\n");
    }
    text
}

/// The maximum number of items that are listed for one cause.
const NAMED: usize = 8;

/// The migration advice for one cause: what happened, an example before and after, and the items.
fn migration(cause: &Cause<'_>) -> String {
    let mut text = format!("- {}\n", cause.headline());
    if let Some(example) = cause.example() {
        text.push_str("  ```diff\n");
        example.lines().for_each(|line| text.push_str(&format!("  {line}\n")));
        text.push_str("  ```\n");
    }
    if cause.changes.len() > 1 {
        let named: Vec<String> =
            cause.changes.iter().take(NAMED).map(|change| format!("`{}`", change.path())).collect();
        let more = cause.changes.len().saturating_sub(NAMED);
        let more = if more == 0 { String::new() } else { format!(", and {more} more") };
        let _ = writeln!(text, "  {}{more}.", named.join(", "));
    }
    text
}

fn line(change: &Change) -> String {
    let implied = match change.implied {
        0 => String::new(),
        more => format!(" And {more} more with it."),
    };
    let advice = change.advice.iter().map(|advice| format!(" {advice}")).collect::<String>();
    format!("- {}{implied}{advice}\n", change.sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHANGES: &str = "# Changes\n\nAbout versions.\n\n## 0.1.0\n\n- First.\n";

    #[test]
    fn a_new_version_comes_first() {
        let written = with_entry(CHANGES, "0.1.1", "npm:it@2", &Comparison::default());
        let expected =
            "# Changes\n\nAbout versions.\n\n## 0.1.1\n\nFrom npm:it@2.\n\n## 0.1.0\n\n- First.\n";
        assert_eq!(written, expected);
        assert_eq!(with_entry(&written, "0.1.1", "npm:it@2", &Comparison::default()), expected);
        let empty = with_entry("", "0.1.1", "npm:it@2", &Comparison::default());
        assert_eq!(empty, "## 0.1.1\n\nFrom npm:it@2.\n");
    }

    #[test]
    fn an_entry_that_was_begun_is_replaced() {
        let before = with_entry(CHANGES, "0.1.0", "npm:it@2", &Comparison::default());
        assert_eq!(before, "# Changes\n\nAbout versions.\n\n## 0.1.0\n\nFrom npm:it@2.\n");
        let two = "## 0.1.1\n\nOld.\n\n## 0.1.0\n";
        let written = with_entry(two, "0.1.1", "here", &Comparison::default());
        assert_eq!(written, "## 0.1.1\n\nFrom here.\n\n## 0.1.0\n");
    }
}
