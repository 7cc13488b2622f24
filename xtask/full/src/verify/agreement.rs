//! Compares the prediction with the verdict of the compiler.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use anyhow::Result;
use seam_generator::Comparison;

use xtask::Outcome;
use xtask::output::print;

use super::{Item, Verdict};

/// Prints the items on which the two disagree, and the number of items on which they agree.
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

/// Returns the number of items that break as predicted, and a line for each item on which prediction and compiler disagree.
pub(super) fn differences(comparison: &Comparison, verdict: &Verdict) -> (usize, Vec<String>) {
    let predicted: BTreeSet<Item> = comparison.broken.iter().cloned().collect();
    // Only items that the witness uses are compared. Arguments, for example, are used with their function.
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
