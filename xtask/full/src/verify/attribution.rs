//! Attributes compiler errors to the uses in the witness.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, bail};
use seam_generator::Use;

use super::rustc::{Message, Span};

/// The error code for conflicting implementations of a trait.
const CONFLICT: &str = "E0119";

/// Maps source lines to uses.
pub(super) struct Attribution<'a> {
    uses: &'a [Use],
    /// Indices of uses, by file and first line.
    starts: BTreeMap<(&'a str, usize), usize>,
    /// Types that are aliases of other types in the new client.
    second_names: BTreeSet<&'a str>,
}

impl<'a> Attribution<'a> {
    pub(super) fn new(uses: &'a [Use], second_names: BTreeSet<&'a str>) -> Self {
        let starts = uses.iter().enumerate();
        let starts =
            starts.map(|(index, used)| ((used.file.as_str(), used.lines.start), index)).collect();
        Self { uses, starts, second_names }
    }

    /// The indices of the uses that cause these errors, each with its error message.
    pub(super) fn of(&self, errors: &[Message]) -> Result<Vec<(usize, String)>> {
        let mut blamed = Vec::new();
        for error in errors {
            let indices = self.of_error(error);
            // The final message that counts the errors has no place.
            if indices.is_empty() && !error.spans.is_empty() {
                bail!("the witness does not compile:\n{}", error.said());
            }
            blamed.extend(indices.into_iter().map(|index| (index, said(error))));
        }
        Ok(blamed)
    }

    fn of_error(&self, error: &Message) -> BTreeSet<usize> {
        let is_conflict = error.code.as_ref().is_some_and(|code| code.code == CONFLICT);
        let spans = error.spans.iter().filter(|span| is_conflict || span.is_primary);
        let mut indices: BTreeSet<usize> = spans.filter_map(|span| self.at(span)).collect();
        // If two types became one, their implementations conflict. The alias is the type that changed.
        let is_second = |index: &usize| self.second_names.contains(self.uses[*index].path.as_str());
        if is_conflict && indices.iter().any(is_second) {
            indices.retain(is_second);
        }
        indices
    }

    /// The use whose lines contain the start of `span`.
    fn at(&self, span: &Span) -> Option<usize> {
        let file = span.file_name.replace('\\', "/");
        let file = file.strip_prefix("src/")?;
        let mut before = self.starts.range(..=(file, span.line_start));
        let (_, &index) = before.next_back()?;
        let found = &self.uses[index];
        (found.file == file && found.lines.contains(&span.line_start)).then_some(index)
    }
}

/// An error in one line, with the label of its place.
fn said(error: &Message) -> String {
    let code = error.code.as_ref().map(|code| format!("{}: ", code.code)).unwrap_or_default();
    let primary = error.spans.iter().find(|span| span.is_primary);
    let label = primary.and_then(|span| span.label.as_deref()).map(|label| format!(", {label}"));
    format!("{code}{}{}", error.message, label.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use seam_generator::Role;

    fn uses() -> Vec<Use> {
        let used = |path: &str, file: &str, lines| Use {
            path: path.to_owned(),
            role: Role::Type,
            file: file.to_owned(),
            lines,
            same_as: None,
        };
        vec![used("A", "one.rs", 2..4), used("B", "one.rs", 4..6), used("C", "two.rs", 2..3)]
    }

    /// `places` are a file, a line, and whether the span is the primary one.
    fn error(code: &str, places: &[(&str, usize, bool)]) -> Message {
        let spans = places.iter().map(|(file, line, is_primary)| {
            json!({"file_name": file, "line_start": line, "is_primary": is_primary, "label": "here"})
        });
        let spans: Vec<Value> = spans.collect();
        let message =
            json!({"level": "error", "message": "no", "code": {"code": code}, "spans": spans});
        serde_json::from_value(message).unwrap()
    }

    fn blamed(second_names: &[&'static str], error: Message) -> Result<Vec<usize>> {
        let uses = uses();
        let blame = Attribution::new(&uses, second_names.iter().copied().collect());
        Ok(blame.of(&[error])?.into_iter().map(|(index, _)| index).collect())
    }

    #[test]
    fn the_use_in_whose_lines_an_error_is_has_to_answer_for_it() {
        let places = [("src/one.rs", 3, true), ("src/one.rs", 4, false)];
        assert_eq!(blamed(&[], error("E0308", &places)).unwrap(), [0]);
        assert_eq!(blamed(&[], error("E0308", &[("src/one.rs", 4, true)])).unwrap(), [1]);
        assert_eq!(blamed(&[], error("E0308", &[("src\\two.rs", 2, true)])).unwrap(), [2]);
    }

    #[test]
    fn what_no_use_has_to_answer_for_is_an_error() {
        for place in [("src/one.rs", 1, true), ("src/two.rs", 3, true), ("src/kinds.rs", 2, true)] {
            let found = blamed(&[], error("E0277", &[place]));
            let message = found.unwrap_err().to_string();
            assert!(message.starts_with("the witness does not compile:\nno"), "{message}");
        }
        assert_eq!(blamed(&[], error("E0277", &[])).unwrap(), [] as [usize; 0]);
    }

    #[test]
    fn of_types_that_became_one_the_second_name_has_to_answer_for_it() {
        let conflict = || error(CONFLICT, &[("src/one.rs", 3, false), ("src/two.rs", 2, true)]);
        assert_eq!(blamed(&["A"], conflict()).unwrap(), [0]);
        assert_eq!(blamed(&["C"], conflict()).unwrap(), [2]);
        assert_eq!(blamed(&[], conflict()).unwrap(), [0, 2]);
    }

    #[test]
    fn an_error_is_one_line() {
        let error = error("E0308", &[("src/one.rs", 3, true)]);
        assert_eq!(said(&error), "E0308: no, here");
    }
}
