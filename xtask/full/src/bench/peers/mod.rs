//! Compares the client with those that other generators make from the same document.

mod decode;
mod document;
mod generated;
mod peer;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use serde_json::Value;

use xtask::progress;
use xtask::repo::{DOCUMENT, Repo};

use self::generated::Generated;
use self::peer::Peer;
use super::compile::Crate;
use super::figure::Unit;
use super::generate::{whole, written};
use super::program::Program;
use super::table::{Row, Sheet};
use crate::usage::Usage;

/// A result for each peer, or the reason why there is none.
type Each<T> = [Result<T, String>; 2];

/// The name and the unit of a figure, and how to get it from a result.
type Of<T> = (&'static str, Unit, fn(&T) -> f64);

/// An installed peer with the document that it can read, and the number of changes to that document.
#[derive(Clone)]
struct Asked {
    peer: Peer,
    document: Value,
    changes: usize,
}

/// The headings of the columns.
pub(super) fn heading(name: String) -> Row {
    let [first, second] = Peer::ALL.map(|peer| format!("{} {}", peer.name(), peer.version()));
    [name, "this generator".to_owned(), first, second]
}

/// Measures all figures of the group. If a peer fails at something, its figures for that are left out.
pub(super) fn measure(repo: &Repo, runs: u32, sheet: &mut Sheet) -> Result<()> {
    let text = repo.read(DOCUMENT, "run `cargo xtask fetch`")?;
    let published: Value = serde_json::from_str(&text)?;
    let asked = Peer::ALL.map(|peer| {
        let mut document = published.clone();
        let changes = peer.suit(&mut document);
        attempt(peer, "be installed", || peer.install(repo))?;
        Ok(Asked { peer, document, changes })
    });
    generating(repo, runs, &asked, sheet)?;
    compiling(repo, &asked, sheet)?;
    decoding(repo, &asked, sheet)
}

fn generating(repo: &Repo, runs: u32, asked: &Each<Asked>, sheet: &mut Sheet) -> Result<()> {
    let program = Program::built(repo)?;
    let ours = Generated::of(runs, &written(repo), || Ok(whole(repo, &program)))?;
    let theirs =
        each(asked, "generate", |Asked { peer, document, .. }| peer.generate(repo, document, runs));
    let changes = asked.clone().map(|asked| Ok(asked?.changes as f64));
    sheet.add_row(row("`default`s that had to be taken out", Unit::Count, 0.0, changes))?;
    let figures: [Of<Generated>; 5] = [
        ("generating", Unit::CpuSeconds, |made| made.cpu),
        ("generating, memory", Unit::Mebibytes, |made| made.memory),
        ("files", Unit::Count, |made| made.files),
        ("lines", Unit::Count, |made| made.lines),
        ("bytes", Unit::Count, |made| made.bytes),
    ];
    add(sheet, &figures, &ours, &theirs)
}

fn compiling(repo: &Repo, asked: &Each<Asked>, sheet: &mut Sheet) -> Result<()> {
    let ours = Crate::undocumented(repo)?.checked(repo)?;
    let theirs = each(asked, "be compiled", |asked| asked.peer.client(repo).checked(repo));
    let figures: [Of<Usage>; 2] = [
        ("check", Unit::CpuSeconds, |used| used.cpu),
        ("check, memory", Unit::Mebibytes, |used| used.memory),
    ];
    add(sheet, &figures, &ours, &theirs)
}

fn decoding(repo: &Repo, asked: &Each<Asked>, sheet: &mut Sheet) -> Result<()> {
    let measured =
        each(asked, "decode", |asked| decode::measure(asked.peer, repo, &asked.document));
    let cases: BTreeSet<&String> = measured.iter().flatten().flat_map(BTreeMap::keys).collect();
    for case in cases {
        let times = measured.each_ref().map(|all| match all {
            Ok(all) => all.get(case).ok_or_else(|| "–".to_owned()),
            Err(failure) => Err(failure.clone()),
        });
        // The client was measured in turn with each peer; its minimum counts.
        let ours = times.iter().flatten().map(|times| times.ours / 1000.0);
        let ours = ours.fold(f64::INFINITY, f64::min);
        let theirs = times.map(|times| Ok(times?.theirs.clone()? / 1000.0));
        sheet.add_row(row(&format!("decoding `{case}`"), Unit::Microseconds, ours, theirs))?;
    }
    Ok(())
}

/// Runs `work` for each peer that is installed.
fn each<T>(asked: &Each<Asked>, what: &str, work: impl Fn(&Asked) -> Result<T>) -> Each<T> {
    let attempted = |asked: &Result<Asked, String>| {
        let asked = asked.as_ref().map_err(String::clone)?;
        attempt(asked.peer, what, || work(asked))
    };
    asked.each_ref().map(attempted)
}

/// Runs `work`. If it fails, the error is printed, and the peer's cells show a short version.
fn attempt<T>(peer: Peer, what: &str, work: impl FnOnce() -> Result<T>) -> Result<T, String> {
    let failure = format!("cannot {what}");
    progress::during(format!("{}: {what}", peer.name()), work).map_err(|error| {
        eprintln!("{} {failure}: {error:#}", peer.name());
        failure
    })
}

/// Adds a row for each figure.
fn add<T>(sheet: &mut Sheet, figures: &[Of<T>], ours: &T, theirs: &Each<T>) -> Result<()> {
    for (name, unit, of) in figures {
        let theirs = theirs.each_ref().map(|theirs| theirs.as_ref().map(of).map_err(String::clone));
        sheet.add_row(row(name, *unit, of(ours), theirs))?;
    }
    Ok(())
}

/// A row. The figures of the peers are followed by their ratio to ours.
fn row(name: &str, unit: Unit, ours: f64, theirs: Each<f64>) -> Row {
    let [first, second] = theirs.map(|theirs| match theirs {
        Ok(value) if unit == Unit::Count => unit.shown(value),
        Ok(value) => format!("{} ({:.1} ×)", unit.shown(value), value / ours),
        Err(failure) => failure.replace('|', "\\|"),
    });
    [name.to_owned(), unit.shown(ours), first, second]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_peer_costs_stands_beside_ours_and_so_does_that_it_failed() {
        let cells = row("it", Unit::CpuSeconds, 2.0, [Ok(5.0), Err("cannot a|b".to_owned())]);
        assert_eq!(cells, ["it", "2.00 s", "5.00 s (2.5 ×)", "cannot a\\|b"]);
        let cells = row("it", Unit::Count, 0.0, [Ok(12.0), Ok(0.0)]);
        assert_eq!(cells, ["it", "0", "12", "0"]);
    }
}
