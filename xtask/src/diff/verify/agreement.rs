//! Whether the compiler agrees with what was predicted.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use anyhow::Result;
use seam_generator::Comparison;

use crate::Outcome;
use crate::output::print;

use super::{Item, Verdict};

/// Prints it: the items on which they differ, and how many they are one about.
pub(crate) fn agreement(comparison: &Comparison, verdict: &Verdict) -> Result<Outcome> {
    let predicted: BTreeSet<Item> = comparison.broken.iter().cloned().collect();
    // An argument is used with its function.
    let predicted: BTreeSet<&Item> = predicted.intersection(&verdict.used).collect();
    let mut text = String::new();
    for (item, messages) in verdict.broken.iter().filter(|(item, _)| !predicted.contains(item)) {
        let (path, role) = item;
        let _ = writeln!(text, "{path} ({role:?}) breaks, unpredicted: {}", messages.join("; "));
    }
    for (path, role) in predicted.iter().filter(|item| !verdict.broken.contains_key(**item)) {
        let _ = writeln!(text, "{path} ({role:?}) compiles, and was predicted to break");
    }
    let agreed = predicted.iter().filter(|item| verdict.broken.contains_key(**item)).count();
    let Verdict { used, rounds, .. } = verdict;
    let _ = writeln!(
        text,
        "of {} items {} were predicted to break, and {} do: {agreed} are the same; found in {rounds} rounds",
        used.len(),
        predicted.len(),
        verdict.broken.len()
    );
    let agree = text.lines().count() == 1;
    print(&text)?;
    Ok(if agree { Outcome::Done } else { Outcome::Failed })
}
