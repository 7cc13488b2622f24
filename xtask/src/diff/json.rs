//! A comparison for programs. The README describes the layout.

use anyhow::Result;
use seam_generator::{Change, Side};
use serde::Serialize;

use super::Report;

/// The version of the layout: it is raised when something is taken out or means something else.
const LAYOUT: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    layout: u32,
    old: &'a str,
    new: &'a str,
    weight: Option<&'static str>,
    version: Versions,
    changes: Vec<One<'a>>,
}

#[derive(Serialize)]
struct Versions {
    from: String,
    to: String,
}

#[derive(Serialize)]
struct One<'a> {
    weight: &'static str,
    kind: &'static str,
    item: &'static str,
    path: &'a str,
    old: Option<Place<'a>>,
    new: Option<Place<'a>>,
    sentence: &'a str,
    advice: Option<&'a str>,
    along: usize,
    others: &'a [String],
}

#[derive(Serialize)]
struct Place<'a> {
    path: &'a str,
    rust: &'a str,
    pointer: &'a str,
    line: usize,
}

pub(super) fn written(report: &Report<'_>) -> Result<String> {
    let bump = report.bump();
    let document = Document {
        layout: LAYOUT,
        old: &report.old.name,
        new: &report.new.name,
        weight: report.comparison.weight().map(|weight| weight.as_str()),
        version: Versions { from: bump.from, to: bump.to },
        changes: report.comparison.changes.iter().map(one).collect(),
    };
    Ok(format!("{}\n", serde_json::to_string_pretty(&document)?))
}

fn one(change: &Change) -> One<'_> {
    One {
        weight: change.weight.as_str(),
        kind: change.kind.as_str(),
        item: change.item.as_str(),
        path: change.path(),
        old: change.old.as_ref().map(place),
        new: change.new.as_ref().map(place),
        sentence: &change.sentence,
        advice: change.advice.as_deref(),
        along: change.along,
        others: &change.others,
    }
}

fn place(side: &Side) -> Place<'_> {
    Place { path: &side.path, rust: &side.rust, pointer: &side.pointer, line: side.line }
}
