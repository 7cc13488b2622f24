//! Generating a client of the whole document, with the undocumented parts.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::progress;
use crate::repo::{DOCUMENT, OVERLAY, Repo};

use super::figure::{Figure, Unit};
use super::folder;
use super::program::Program;
use super::scale::scaled;
use super::stage::Stage;
use super::table::Sheet;
use super::usage::Usage;

/// How much more a document may cost than its size says.
const LINEAR: f64 = 1.25;
/// How often the document is repeated.
const SIZES: [usize; 4] = [1, 2, 4, 8];

/// Measures all of it.
pub(super) fn measure(repo: &Repo, runs: u32, sheet: &mut Sheet) -> Result<()> {
    let program = Program::built(repo)?;
    stages(&program, runs, sheet)?;
    for figure in
        progress::during("the whole command".to_owned(), || commands(repo, &program, runs))?
    {
        sheet.add(figure)?;
    }
    for figure in progress::during("larger documents".to_owned(), || growth(repo, &program))? {
        sheet.add(figure)?;
    }
    Ok(())
}

/// The generator alone, and what any generator that does as much has to do.
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

/// The command as a whole, which reads and writes files.
fn commands(repo: &Repo, program: &Program<'_>, runs: u32) -> Result<Vec<Figure>> {
    let out = folder(repo).join("written");
    let paths = [repo.path(DOCUMENT), repo.path(OVERLAY), out.clone()];
    let [document, overlay, place] = paths.map(|path| path.display().to_string());
    let arguments =
        ["generate", "--undocumented", "--spec", &document, "--overlay", &overlay, "--out", &place];
    let (mut writing, mut checking) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        remove(&out)?;
        writing.push(Usage::of(&mut quiet(program, &arguments))?.cpu);
        let check = [&arguments[..], &["--check"]].concat();
        checking.push(Usage::of(&mut quiet(program, &check))?.cpu);
    }
    let writing = Figure::of_runs("`generate --spec --out`", writing, Unit::CpuSeconds);
    let most = writing.least;
    let checking = Figure::of_runs("the same with `--check`", checking, Unit::CpuSeconds);
    Ok(vec![writing, checking.at_most(most)])
}

/// The program without what it says of each file.
fn quiet(program: &Program<'_>, arguments: &[&str]) -> Command {
    let mut command = program.command(arguments);
    command.stderr(Stdio::null());
    command
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)
            .with_context(|| format!("{} cannot be removed", folder.display()))?;
    }
    Ok(())
}

/// What larger documents cost, for each part of the size of the checked-in one.
fn growth(repo: &Repo, program: &Program<'_>) -> Result<Vec<Figure>> {
    let text = repo.read(DOCUMENT, "`cargo xtask fetch` brings it")?;
    let document: Value = serde_json::from_str(&text)?;
    let mut measured = Vec::new();
    for size in SIZES {
        let path = larger(repo, &document, size)?;
        let run = |_| {
            let used = Usage::of(&mut program.stage(Stage::Generate, Some(&path), 1))?;
            anyhow::Ok((used.cpu, used.memory))
        };
        let runs = (0..2).map(run).collect::<Result<Vec<_>>>()?;
        let least = runs.into_iter().reduce(|a, b| (a.0.min(b.0), a.1.min(b.1)));
        let (cpu, memory) = least.unwrap_or_default();
        measured.push((size as f64, cpu, memory));
    }
    let mut figures = Vec::new();
    if let Some(&(_, one, held)) = measured.first() {
        for &(size, cpu, memory) in &measured[1..] {
            let cpu = Figure::new(
                format!("CPU for {size} times the document, ÷ {size}"),
                cpu / size / one,
                Unit::Times,
            );
            let memory = memory / size / held;
            let memory = Figure::new(
                format!("memory for {size} times the document, ÷ {size}"),
                memory,
                Unit::Times,
            );
            figures.extend([cpu.at_most(LINEAR), memory.at_most(LINEAR)]);
        }
    }
    Ok(figures)
}

/// Writes the document so many times over, and says where.
fn larger(repo: &Repo, document: &Value, size: usize) -> Result<PathBuf> {
    let path = folder(repo).join(format!("{size}-documents.json"));
    fs::write(&path, scaled(document, size)?.to_string())
        .with_context(|| format!("{} cannot be written", path.display()))?;
    Ok(path)
}
