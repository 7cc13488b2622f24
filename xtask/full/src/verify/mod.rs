//! Checks the prediction of `diff` with the compiler: compiles a witness of the old client against the new client.
//!
//! The witness is a generated crate that uses each item of the old client by itself. The compiler stops at the first stage
//! with errors: if names are missing, for example, it does not check types. So the uses with errors are removed and the rest
//! is compiled again, until there are no errors.

mod agreement;
mod attribution;
mod crates;
mod rustc;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, bail, ensure};
use seam_generator::{Item as Name, Kind, Role, Use};

use xtask::Outcome;
use xtask::diff::{self, Side};
use xtask::progress;
use xtask::repo::Repo;

use self::agreement::agreement;
use self::attribution::Attribution;
use self::crates::Crates;
use crate::versions;

/// Runs `diff --verify`: compares the verdict of the compiler with the prediction of `diff`.
pub(crate) fn run(repo: &Repo, args: &diff::Args) -> Result<Outcome> {
    let (old, new) = diff::sides(repo, args, &versions::document)?;
    let comparison = diff::compare(&old, &new)?;
    agreement(&comparison, &verify(repo, &old, &new)?)
}

/// The maximum number of compiler runs. Rust has about four stages from name resolution to borrow checking, and removing a
/// use may reveal errors behind it.
const MOST_ROUNDS: usize = 12;

/// An item of the old client: its path and its role.
pub(crate) type Item = (String, Role);

/// The verdict of the compiler.
#[derive(Debug, Default)]
pub(crate) struct Verdict {
    /// The error messages for each item whose use no longer compiles.
    pub(crate) broken: BTreeMap<Item, Vec<String>>,
    /// All items that the witness uses.
    pub(crate) used: BTreeSet<Item>,
    /// The number of compiler runs.
    pub(crate) rounds: usize,
}

/// Compiles uses of all items of the client of `old` against the client of `new`.
///
/// # Errors
///
/// If the new client does not compile, or if an error in the witness cannot be attributed to a use.
fn verify(repo: &Repo, old: &Side, new: &Side) -> Result<Verdict> {
    let witness = seam_generator::witness(&old.document, old.overlay.as_ref(), &old.options)?;
    let names = seam_generator::names(&new.document, new.overlay.as_ref(), &new.options)?;
    let crates = Crates::new(repo, new)?;
    let blame = Attribution::new(&witness.uses, second_names(&names));
    let mut verdict =
        Verdict { used: witness.uses.iter().map(item).collect(), ..Verdict::default() };
    let mut left_out = of_no_account(&witness.uses, &names);
    loop {
        ensure!(
            verdict.rounds < MOST_ROUNDS,
            "after {MOST_ROUNDS} rounds there are still new errors"
        );
        verdict.rounds += 1;
        crates.write(&witness, &left_out)?;
        let title = format!("compiling the witness, round {}", verdict.rounds);
        let checked = progress::during(title, || rustc::check(repo, &crates.witness()))?;
        if checked.succeeded {
            return Ok(verdict);
        }
        let blamed = blame.of(&checked.errors)?;
        if blamed.is_empty() {
            bail!("the witness does not compile:\n{}", checked.said());
        }
        for (index, message) in blamed {
            left_out.insert(index);
            let said = verdict.broken.entry(item(&witness.uses[index])).or_default();
            if !said.contains(&message) {
                said.push(message);
            }
        }
    }
}

fn item(used: &Use) -> Item {
    (used.path.clone(), used.role)
}

/// The uses to leave out from the start: those that require two names to be the same type. Only the first of them for each
/// path is compiled, and only if the other name still exists.
fn of_no_account(uses: &[Use], names: &[Name]) -> BTreeSet<usize> {
    let names: BTreeSet<&str> = names.iter().map(|name| name.path.as_str()).collect();
    let mut held = BTreeSet::new();
    let mut counts = |used: &Use| match &used.same_as {
        Some(other) => names.contains(other.as_str()) && held.insert(used.path.clone()),
        None => true,
    };
    (0..).zip(uses).filter(|(_, used)| !counts(used)).map(|(index, _)| index).collect()
}

/// The types that are aliases of other types.
fn second_names(names: &[Name]) -> BTreeSet<&str> {
    let aliases = names.iter().filter(|item| item.kind == Kind::Alias);
    aliases.map(|item| item.path.as_str()).collect()
}

#[cfg(test)]
mod tests;
