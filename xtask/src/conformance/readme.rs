//! The table in generated-client/tests/README.md.

use anyhow::Result;

use crate::generated_section::GeneratedSection;
use crate::repo::Repo;

use super::table::markdown;
use super::trials::Trials;

/// The section of the README that contains the table.
const TABLE: GeneratedSection<'_> = GeneratedSection {
    file: "generated-client/tests/README.md",
    command: "cargo xtask conformance --write",
};

/// Writes the table into the README.
pub(super) fn write(repo: &Repo, trials: &Trials) -> Result<bool> {
    TABLE.write(repo, &markdown(trials))?;
    Ok(true)
}

/// Whether the table in the README matches these results.
pub(super) fn is_true(repo: &Repo, trials: &Trials) -> Result<bool> {
    let GeneratedSection { file, command } = TABLE;
    let is_true = TABLE.holds(repo, &markdown(trials))?;
    if !is_true {
        eprintln!("{file} does not say so\nrun: {command}");
    }
    Ok(is_true)
}
