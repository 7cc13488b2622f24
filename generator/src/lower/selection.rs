//! Which paths are lowered.

use std::collections::BTreeSet;

use super::report::Report;
use super::view::View;
use crate::diagnostic::Diagnostic;

/// The paths that the options select, sorted; all of them if the options name none.
pub(super) fn select<'a>(view: View<'a, '_>, report: &mut Report<'_, '_>) -> BTreeSet<&'a str> {
    let all: BTreeSet<&str> = view.document.paths().map(|(path, _)| path).collect();
    if view.options.only.is_empty() {
        return all;
    }
    let mut selected = BTreeSet::new();
    for path in &view.options.only {
        match all.get(path.as_str()) {
            Some(path) => {
                selected.insert(*path);
            }
            None => report.push(unknown(path, &all)),
        }
    }
    selected
}

fn unknown(path: &str, all: &BTreeSet<&str>) -> Diagnostic {
    let help = closest(path, all).map_or_else(
        || "name a path as it stands under `paths`".to_owned(),
        |closest| format!("did you mean `{closest}`?"),
    );
    Diagnostic::error("unknown-path", format!("the document has no path `{path}`")).help(help)
}

/// The most similar path, if there is a similar one.
fn closest<'a>(path: &str, all: &BTreeSet<&'a str>) -> Option<&'a str> {
    let limit = path.len() / 3 + 1;
    let distances = all.iter().map(|other| (strsim::levenshtein(path, other), *other));
    distances.filter(|(distance, _)| *distance <= limit).min().map(|(_, other)| other)
}
