//! Measures generating a client of the whole document, with undocumented operations.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use serde_json::Value;

use xtask::progress;
use xtask::repo::{DOCUMENT, OVERLAY, Repo};

use super::figure::{Figure, Unit};
use super::folder;
use super::program::Program;
use super::scale::scaled;
use super::stage::Stage;
use super::table::Sheet;
use crate::usage::Usage;

/// The factor by which the cost of a larger document may exceed its size.
const LINEAR: f64 = 1.25;
/// How many times the document is repeated.
const SIZES: [usize; 3] = [2, 4, 8];

/// Measures all figures of the group.
pub(super) fn measure(repo: &Repo, runs: u32, sheet: &mut Sheet) -> Result<()> {
    let program = Program::built(repo)?;
    stages(&program, runs, sheet)?;
    for figure in
        progress::during("the whole command".to_owned(), || commands(repo, &program, runs))?
    {
        sheet.add(figure)?;
    }
    growth(repo, &program, sheet)
}

/// Measures the generator alone, and the part of its work that no generator can avoid.
fn stages(program: &Program<'_>, runs: u32, sheet: &mut Sheet) -> Result<()> {
    let cost = |name: &str, stage: Stage, times: u32| {
        let costs = (0..runs).map(|_| program.cost(stage, times));
        let costs = progress::during(name.to_owned(), || costs.collect::<Result<Vec<_>>>())?;
        anyhow::Ok(Figure::of_runs(name, costs, Unit::CpuSeconds))
    };
    let generate = cost("the generator, with the calls for the test", Stage::Generate, 3)?;
    sheet.add(generate.clone().at_most(1.0))?;
    sheet.add(cost("only the library", Stage::Library, 3)?)?;
    let parse = cost("openapiv3 reads the document", Stage::Parse, 10)?;
    sheet.add(parse.clone())?;
    let printed = cost("prettyplease prints the same files", Stage::Print, 10)?;
    sheet.add(printed.clone())?;
    let ratio = generate.least / (parse.least + printed.least);
    sheet.add(Figure::new("the generator ÷ these two", ratio, Unit::Times).at_most(3.0))?;
    let memory = Usage::of(&mut program.stage(Stage::Generate, None, 1))?.memory;
    sheet.add(Figure::new("memory", memory, Unit::Mebibytes).at_most(150.0))
}

/// Measures the whole command, which also reads and writes files.
fn commands(repo: &Repo, program: &Program<'_>, runs: u32) -> Result<Vec<Figure>> {
    let (mut writing, mut checking) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        remove(&written(repo))?;
        writing.push(Usage::of(&mut whole(repo, program))?.cpu);
        checking.push(Usage::of(whole(repo, program).arg("--check"))?.cpu);
    }
    let writing = Figure::of_runs("`generate --spec --out`", writing, Unit::CpuSeconds);
    let most = writing.least;
    let checking = Figure::of_runs("the same with `--check`", checking, Unit::CpuSeconds);
    Ok(vec![writing, checking.at_most(most)])
}

/// The output folder of [`whole`].
pub(super) fn written(repo: &Repo) -> PathBuf {
    folder(repo).join("written")
}

/// The whole command, without its output.
pub(super) fn whole(repo: &Repo, program: &Program<'_>) -> Command {
    let mut command = program.command(&["generate", "--undocumented"]);
    command.arg("--spec").arg(repo.path(DOCUMENT)).arg("--overlay").arg(repo.path(OVERLAY));
    command.arg("--out").arg(written(repo)).stderr(Stdio::null());
    command
}

/// Removes a folder if it exists.
pub(super) fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)
            .with_context(|| format!("{} cannot be removed", folder.display()))?;
    }
    Ok(())
}

/// Measures the cost of larger documents, divided by their size relative to the checked-in document.
fn growth(repo: &Repo, program: &Program<'_>, sheet: &mut Sheet) -> Result<()> {
    let text = repo.read(DOCUMENT, "run `cargo xtask fetch`")?;
    let document: Value = serde_json::from_str(&text)?;
    let cost = |size: usize| {
        let path = larger(repo, &document, size)?;
        progress::during(format!("{size} times the document"), || {
            let run = || Usage::of(&mut program.stage(Stage::Generate, Some(&path), 1));
            let (one, other) = (run()?, run()?);
            anyhow::Ok((one.cpu.min(other.cpu), one.memory.min(other.memory)))
        })
    };
    let (cpu, memory) = cost(1)?;
    for size in SIZES {
        let (larger_cpu, larger_memory) = cost(size)?;
        for (what, larger, one) in [("CPU", larger_cpu, cpu), ("memory", larger_memory, memory)] {
            let name = format!("{what} for {size} times the document, ÷ {size}");
            let figure = Figure::new(name, larger / size as f64 / one, Unit::Times);
            sheet.add(figure.at_most(LINEAR))?;
        }
    }
    Ok(())
}

/// Writes the document, repeated `size` times, and returns the path.
fn larger(repo: &Repo, document: &Value, size: usize) -> Result<PathBuf> {
    let path = folder(repo).join(format!("{size}-documents.json"));
    fs::write(&path, scaled(document, size)?.to_string())
        .with_context(|| format!("{} cannot be written", path.display()))?;
    Ok(path)
}
