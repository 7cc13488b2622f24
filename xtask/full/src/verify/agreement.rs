//! Whether the compiler agrees with what was predicted.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use anyhow::Result;
use seam_generator::Comparison;

use xtask::Outcome;
use xtask::output::print;

use super::{Item, Verdict};

/// Prints it: the items on which they differ, and how many they are one about.
pub(crate) fn agreement(comparison: &Comparison, verdict: &Verdict) -> Result<Outcome> {
    let (agreed, differences) = differences(comparison, verdict);
    let Verdict { used, broken, rounds } = verdict;
    let mut text: String = differences.iter().map(|line| format!("{line}\n")).collect();
    let _ = writeln!(
        text,
        "of {} items {} do not compile any more, {agreed} of them as predicted; found in {rounds} rounds",
        used.len(),
        broken.len(),
    );
    print(&text)?;
    Ok(if differences.is_empty() { Outcome::Done } else { Outcome::Failed })
}

/// How many items break as predicted, and a line for each that breaks without being predicted, or does not break.
pub(super) fn differences(comparison: &Comparison, verdict: &Verdict) -> (usize, Vec<String>) {
    let predicted: BTreeSet<Item> = comparison.broken.iter().cloned().collect();
    // An argument is used with its function.
    let predicted: BTreeSet<&Item> = predicted.intersection(&verdict.used).collect();
    let broken = &verdict.broken;
    let unpredicted = broken.iter().filter(|(item, _)| !predicted.contains(item));
    let unpredicted = unpredicted.map(|((path, role), messages)| {
        format!("{path} ({role:?}) breaks, unpredicted: {}", messages.join("; "))
    });
    let unbroken = predicted.iter().filter(|item| !broken.contains_key(**item));
    let unbroken = unbroken
        .map(|(path, role)| format!("{path} ({role:?}) compiles, and was predicted to break"));
    let agreed = predicted.iter().filter(|item| broken.contains_key(**item)).count();
    (agreed, unpredicted.chain(unbroken).collect())
}
