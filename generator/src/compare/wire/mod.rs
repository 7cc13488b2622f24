//! Does a client that is already deployed still work? Finds what a client of the old document meets at an API that follows
//! the new one: what it repairs, which unknown values it keeps, and where it fails.
//!
//! The rules are those of the client's runtime (`json/`, `execute/` and `operation/` there), applied to types. [`value`]
//! lists what the API may send, and [`read`] how the client reads it. [`accept`] checks what the client may send against
//! what the API accepts. The pairs of types that are compared are the nodes of a [`graph`]: each is compared once, and its
//! findings concern every operation that leads to it.
//!
//! Constraints that are not part of the model's types (lengths, patterns, bounds, formats except `date-time`) are not
//! compared. Properties of a response beside the result are compared.
//!
//! Parts that the new document marks as undocumented (`x-undocumented`) are still sent and accepted by the API.

mod accept;
mod answer;
mod call;
mod change;
mod graph;
mod names;
mod object;
mod read;
mod request;
mod summary;
mod value;
mod variants;

use std::collections::{BTreeMap, BTreeSet};

pub use self::change::{
    Direction, Frequency, OperationImpact, Outcome, WireChange, WireChangeKind, WireReport,
};
use self::graph::{Difference, Finding};
use self::names::{Names, Side, Sides};
use crate::api::Api;
use crate::index::Entry;

/// Compares all operations of `old` with their counterparts in `new`.
///
/// Findings refer to items of the old client, `entries`.
pub(crate) fn wire(old: &Api, entries: &[Entry], new: &Api) -> WireReport {
    let (old_names, new_names) = (Names::new(old, entries), Names::new(new, &[]));
    let (old, new) = (Side { api: old, names: &old_names }, Side { api: new, names: &new_names });
    let WireReport { operations, mut findings } = between(Sides { old, new });
    // Findings that also appear if the old document is compared with itself are not changes, such as a property that the
    // client does not read.
    let unchanged = between(Sides { old, new: old }).findings;
    let unchanged: BTreeSet<_> = unchanged.iter().map(of_its_kind).collect();
    findings.retain(|finding| {
        finding.outcome != Outcome::Works || !unchanged.contains(&of_its_kind(finding))
    });
    WireReport { operations, findings }
}

/// Identifies equal findings, regardless of operations and places.
fn of_its_kind(finding: &WireChange) -> (&str, &str) {
    (&finding.item, &finding.sentence)
}

/// Compares two APIs.
fn between(sides: Sides<'_>) -> WireReport {
    let mut compared = call::compare_operations(sides);
    compared.sort_by(|(a, _), (b, _)| (&a.path, &a.operation).cmp(&(&b.path, &b.operation)));
    let mut concerned: BTreeMap<Finding, Vec<usize>> = BTreeMap::new();
    let mut operations = Vec::new();
    for (index, (operation, found)) in compared.into_iter().enumerate() {
        operations.push(operation);
        for found in found {
            concerned.entry(found).or_default().push(index);
        }
    }
    let mut findings: Vec<WireChange> = merged(concerned).into_iter().map(finding).collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.outcome));
    WireReport { operations, findings }
}

/// Merges findings that differ only in their values.
fn merged(
    concerned: BTreeMap<Finding, Vec<usize>>,
) -> BTreeMap<(Finding, Vec<usize>), BTreeSet<String>> {
    let mut merged: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
    for (mut found, operations) in concerned {
        let values = std::mem::take(&mut found.difference.values);
        merged.entry((found, operations)).or_default().extend(values);
    }
    merged
}

fn finding(((found, operations), values): ((Finding, Vec<usize>), BTreeSet<String>)) -> WireChange {
    let Finding { outcome, frequency, direction, kind, item, old, new, difference, consequence } =
        found;
    let difference = Difference { values, ..difference };
    let [old, new] = [old, new].map(|place| place.map(|place| place.to_string()));
    let sentence = format!("{difference}: {consequence}");
    let values = difference.values.into_iter().collect();
    WireChange { outcome, frequency, direction, kind, item, old, new, sentence, values, operations }
}
