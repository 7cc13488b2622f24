//! Which paths are lowered.

use std::collections::BTreeSet;

use crate::Options;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::Document;

/// The paths that `options` ask for, sorted; all of them when none is named.
pub(super) fn select<'a>(
    document: &'a Document<'_>,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> BTreeSet<&'a str> {
    let all: BTreeSet<&str> = document.paths().map(|(path, _)| path).collect();
    if options.only.is_empty() {
        return all;
    }
    let mut selected = BTreeSet::new();
    for path in &options.only {
        match all.get(path.as_str()) {
            Some(path) => {
                selected.insert(*path);
            }
            None => diagnostics.push(unknown(path, &all)),
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

/// The path that takes the fewest edits, if it is not too far off.
fn closest<'a>(path: &str, all: &BTreeSet<&'a str>) -> Option<&'a str> {
    let limit = path.len() / 3 + 1;
    let distances = all.iter().map(|other| (strsim::levenshtein(path, other), *other));
    distances.filter(|(distance, _)| *distance <= limit).min().map(|(_, other)| other)
}
