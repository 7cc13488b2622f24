//! Measures counts that do not depend on the machine. The test `counts` counts most of them; valgrind counts instructions.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, anyhow, ensure};
use toml_edit::{DocumentMut, Item, Table, value};

use xtask::cargo::{TESTS, cargo};
use xtask::progress;
use xtask::repo::Repo;

use super::figure::{Figure, Unit};
use super::program::Program;
use super::stage::Stage;
use super::table::Sheet;
use super::{folder, readme};

/// The file of the checked-in counts.
const CHECKED_IN: &str = "xtask/bench.toml";
/// The environment variable that makes the test write the counts to a file instead of comparing them.
const WRITE: &str = "WRITE_COUNTS";
/// The factor by which a count may grow before the checked-in file has to be updated.
const GROWTH: f64 = 1.1;
/// The table of the instruction counts, and the key of the compiler version that they were measured with.
const INSTRUCTIONS: &str = "instructions";
const COMPILER: &str = "compiler";

/// Measures all counts, with the checked-in counts as targets.
pub(super) fn measure(repo: &Repo, sheet: &mut Sheet) -> Result<()> {
    let counted = counted(repo)?;
    let before = repo.read_if_present(CHECKED_IN)?.unwrap_or_default();
    let before = numbers(&before.parse().with_context(|| format!("{CHECKED_IN} cannot be used"))?);
    for (name, count) in numbers(&counted) {
        let figure = Figure::new(&name, count, Unit::Count);
        sheet.add(match before.get(&name) {
            Some(before) => figure.at_most(before * GROWTH),
            None => figure,
        })?;
    }
    Ok(())
}

/// Replaces the checked-in counts with those of the last [`measure`].
pub(super) fn write(repo: &Repo) -> Result<()> {
    fs::copy(place(repo), repo.path(CHECKED_IN))
        .with_context(|| format!("{CHECKED_IN} cannot be written"))?;
    Ok(())
}

/// The file of the measured counts.
fn place(repo: &Repo) -> PathBuf {
    folder(repo).join("counts.toml")
}

fn counted(repo: &Repo) -> Result<DocumentMut> {
    let place = place(repo);
    fs::create_dir_all(folder(repo))?;
    let mut test = cargo(repo, TESTS.into_iter().chain(["--quiet", "--test", "counts"]));
    test.env(WRITE, &place).stdout(Stdio::null());
    let status = progress::during("the test `counts`".to_owned(), || test.status());
    ensure!(status.context("cargo cannot be started")?.success(), "the test `counts` fails");
    let mut counts: DocumentMut = fs::read_to_string(&place)?.parse()?;
    match instructions(repo)? {
        Some(count) => {
            let mut table = Table::new();
            table.insert(COMPILER, value(readme::compiler()?));
            table.insert("generate", value(count));
            counts.insert(INSTRUCTIONS, Item::Table(table));
        }
        None => eprintln!("instructions are left out, as there is no valgrind"),
    }
    fs::write(&place, counts.to_string())?;
    Ok(counts)
}

/// The number of instructions of one generation; `None` if valgrind is not installed.
fn instructions(repo: &Repo) -> Result<Option<i64>> {
    let program = Program::built(repo)?;
    let stage = program.stage(Stage::Generate, None, 1);
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]);
    valgrind.arg(stage.get_program()).args(stage.get_args()).stdin(Stdio::null());
    let output = match progress::during("valgrind".to_owned(), || valgrind.output()) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        output => output.context("valgrind cannot be started")?,
    };
    let said = String::from_utf8_lossy(&output.stderr);
    let count = said.lines().find_map(|line| line.split_once("refs:")).map(|(_, count)| count);
    let count = count.ok_or_else(|| anyhow!("valgrind counts no instructions:\n{said}"))?;
    Ok(Some(count.trim().replace(',', "").parse()?))
}

/// All numbers by name, which includes the name of the table.
fn numbers(counts: &DocumentMut) -> BTreeMap<String, f64> {
    let tables = counts.iter().filter_map(|(name, item)| Some((name, item.as_table()?)));
    let numbers = tables.flat_map(|(of, table)| {
        let number = move |(key, item): (&str, &Item)| {
            Some((format!("{of}, {key}"), item.as_integer()? as f64))
        };
        table.iter().filter_map(number)
    });
    numbers.collect()
}
