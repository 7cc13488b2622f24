//! Measures the size of programs that use the client: stripped release builds with Cargo's default settings, without LTO.

use std::fs;

use anyhow::{Context, Result};

use xtask::repo::Repo;

use super::built;
use crate::bench::figure::{Figure, Unit};
use crate::bench::table::Sheet;

/// The maximum number of kilobytes that the client may add to a program that calls one operation.
const ADDED: f64 = 150.0;

/// Measures all figures of the group.
pub(in crate::bench) fn measure(repo: &Repo, sheet: &mut Sheet) -> Result<()> {
    let programs = built(repo)?;
    let size = |name: &str| -> Result<f64> {
        let path = programs.join(name);
        let file = fs::metadata(&path).with_context(|| format!("{} is missing", path.display()))?;
        Ok(file.len() as f64 / 1000.0)
    };
    let (by_hand, client, twenty) =
        (size("size-by-hand")?, size("size-client")?, size("size-twenty")?);
    let figure = |name: &str, size: f64| Figure::new(name, size, Unit::Kilobytes);
    sheet.add(figure("a program that calls `assign` by hand", by_hand))?;
    sheet.add(figure("the same by the client", client))?;
    sheet.add(figure("what the client adds", client - by_hand).at_most(ADDED))?;
    sheet.add(figure("a program that calls twenty operations by the client", twenty))
}
