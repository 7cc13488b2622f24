//! Whose fault an error is.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, bail};
use seam_generator::Use;

use super::rustc::{Message, Span};

/// Two implementations of one trait for one type.
const CONFLICT: &str = "E0119";

/// Knows the lines of all uses.
pub(super) struct Blame<'a> {
    uses: &'a [Use],
    /// By file and first line.
    starts: BTreeMap<(&'a str, usize), usize>,
    /// The types that are second names of others in the new client.
    second_names: BTreeSet<&'a str>,
}

impl<'a> Blame<'a> {
    pub(super) fn new(uses: &'a [Use], second_names: BTreeSet<&'a str>) -> Self {
        let starts = uses.iter().enumerate();
        let starts =
            starts.map(|(index, used)| ((used.file.as_str(), used.lines.start), index)).collect();
        Self { uses, starts, second_names }
    }

    /// The uses that errors are about, by their indices, with what is said of each.
    pub(super) fn of(&self, errors: &[Message]) -> Result<Vec<(usize, String)>> {
        let mut blamed = Vec::new();
        for error in errors {
            let indices = self.of_error(error);
            // That there were errors is said without a place.
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
        // Of two types that became one, the one that is a second name is not what it was.
        let is_second = |index: &usize| self.second_names.contains(self.uses[*index].path.as_str());
        if is_conflict && indices.iter().any(is_second) {
            indices.retain(is_second);
        }
        indices
    }

    /// The use in whose lines `span` begins.
    fn at(&self, span: &Span) -> Option<usize> {
        let file = span.file_name.replace('\\', "/");
        let file = file.strip_prefix("src/")?;
        let mut before = self.starts.range(..=(file, span.line_start));
        let (_, &index) = before.next_back()?;
        let found = &self.uses[index];
        (found.file == file && found.lines.contains(&span.line_start)).then_some(index)
    }
}

/// An error in one line, with what is said of its place.
fn said(error: &Message) -> String {
    let code = error.code.as_ref().map(|code| format!("{}: ", code.code)).unwrap_or_default();
    let primary = error.spans.iter().find(|span| span.is_primary);
    let label = primary.and_then(|span| span.label.as_deref()).map(|label| format!(", {label}"));
    format!("{code}{}{}", error.message, label.unwrap_or_default())
}
