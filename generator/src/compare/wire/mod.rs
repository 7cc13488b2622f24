//! Does the client that is already deployed still work? What a client made from the old document meets at an API that is
//! as the new one describes: what it repairs, what it keeps though it does not know it, and what it fails on.
//!
//! The rules are those of the client's runtime (`json/`, `exchange/`, `operation.rs` there), seen from the types: [`value`]
//! says what the API may write, [`read`] how the client takes it; [`accept`] holds what the client may send against what
//! the API expects. The pairs of types that are met on the way are the nodes of a [`graph`], so that each is looked at once
//! and its findings concern every operation that leads to it.
//!
//! What the document says and the API's types do not have (lengths, patterns, bounds, formats but date-time) is not
//! compared. Properties beside the result of a response are compared as well.
//!
//! What the new document does not want to be known of (`x-undocumented`) is still answered and still taken.

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
use self::graph::{Found, What};
use self::names::{Names, Side, Sides};
use crate::api::Api;
use crate::index::Entry;

/// Compares all operations of `old` with what `new` has in their place.
///
/// What is found is called by the items of the old client, `entries`.
pub(crate) fn wire(old: &Api, entries: &[Entry], new: &Api) -> WireReport {
    let (old_names, new_names) = (Names::new(old, entries), Names::new(new, &[]));
    let (old, new) = (Side { api: old, names: &old_names }, Side { api: new, names: &new_names });
    let WireReport { operations, mut findings } = between(Sides { old, new });
    // What the old document describes too is no change, such as a property that its client leaves out.
    let unchanged = between(Sides { old, new: old }).findings;
    let unchanged: BTreeSet<_> = unchanged.iter().map(of_its_kind).collect();
    findings.retain(|finding| {
        finding.outcome != Outcome::Works || !unchanged.contains(&of_its_kind(finding))
    });
    WireReport { operations, findings }
}

/// What makes two findings the same, in whichever operations and places.
fn of_its_kind(finding: &WireChange) -> (&str, &str) {
    (&finding.item, &finding.sentence)
}

/// Everything that is found between two documents.
fn between(sides: Sides<'_>) -> WireReport {
    let mut met = call::meet_all(sides);
    met.sort_by(|(a, _), (b, _)| (&a.path, &a.operation).cmp(&(&b.path, &b.operation)));
    let mut concerned: BTreeMap<Found, Vec<usize>> = BTreeMap::new();
    let mut operations = Vec::new();
    for (index, (operation, found)) in met.into_iter().enumerate() {
        operations.push(operation);
        for found in found {
            concerned.entry(found).or_default().push(index);
        }
    }
    let mut findings: Vec<WireChange> = merged(concerned).into_iter().map(finding).collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.outcome));
    WireReport { operations, findings }
}

/// Findings that differ only in the values that they name are one.
fn merged(
    concerned: BTreeMap<Found, Vec<usize>>,
) -> BTreeMap<(Found, Vec<usize>), BTreeSet<String>> {
    let mut merged: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
    for (mut found, operations) in concerned {
        let values = std::mem::take(&mut found.what.values);
        merged.entry((found, operations)).or_default().extend(values);
    }
    merged
}

fn finding(((found, operations), values): ((Found, Vec<usize>), BTreeSet<String>)) -> WireChange {
    let Found { outcome, frequency, direction, kind, item, old, new, what, then } = found;
    let what = What { values, ..what };
    let [old, new] = [old, new].map(|place| place.map(|place| place.to_string()));
    let sentence = format!("{what}: {then}");
    let values = what.values.into_iter().collect();
    WireChange { outcome, frequency, direction, kind, item, old, new, sentence, values, operations }
}
