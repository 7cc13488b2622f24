//! Formats a comparison as JSON. xtask/README.md describes the layout.

use anyhow::Result;
use seam_generator::{Change, Direction, Frequency, OperationImpact, Side, Weight, WireChange};
use serde::Serialize;

use super::{NO_CHANGES, Report};

/// The version of the layout, raised when a key is removed or changes its meaning.
const LAYOUT: u32 = 2;

#[derive(Serialize)]
struct Document<'a> {
    layout: u32,
    old: &'a str,
    new: &'a str,
    /// The weight and the version, or "no changes".
    summary: String,
    weight: Option<&'static str>,
    version: Versions,
    changes: Vec<One<'a>>,
    wire: OnTheWire<'a>,
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
    implied: usize,
    others: &'a [String],
}

#[derive(Serialize)]
struct Place<'a> {
    path: &'a str,
    rust: &'a str,
    pointer: &'a str,
    line: usize,
}

/// The effect on deployed clients.
#[derive(Serialize)]
struct OnTheWire<'a> {
    operations: Vec<Operation<'a>>,
    findings: Vec<Found<'a>>,
}

#[derive(Serialize)]
struct Operation<'a> {
    item: &'a str,
    path: &'a str,
    outcome: &'static str,
    response: &'static str,
}

#[derive(Serialize)]
struct Found<'a> {
    outcome: &'static str,
    always: bool,
    direction: &'static str,
    kind: &'static str,
    item: &'a str,
    old: Option<&'a str>,
    new: Option<&'a str>,
    sentence: &'a str,
    /// Indices into `wire.operations`.
    operations: &'a [usize],
}

pub(super) fn written(report: &Report<'_>) -> Result<String> {
    let bump = report.bump();
    let document = Document {
        layout: LAYOUT,
        old: &report.old.name,
        new: &report.new.name,
        summary: summary(report),
        weight: report.comparison.weight().map(|weight| weight.as_str()),
        version: Versions { from: bump.from, to: bump.to },
        changes: report.comparison.changes.iter().map(one).collect(),
        wire: OnTheWire {
            operations: report.comparison.wire.operations.iter().map(operation).collect(),
            findings: report.comparison.wire.findings.iter().map(found).collect(),
        },
    };
    Ok(format!("{}\n", serde_json::to_string_pretty(&document)?))
}

fn summary(report: &Report<'_>) -> String {
    if report.is_empty() {
        return NO_CHANGES.to_owned();
    }
    let weight =
        report.comparison.weight().map_or("no user of the client would notice", Weight::as_str);
    format!("{weight}, {}", report.bump().sentence())
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
        implied: change.implied,
        others: &change.others,
    }
}

fn place(side: &Side) -> Place<'_> {
    Place { path: &side.path, rust: &side.rust, pointer: &side.pointer, line: side.line }
}

fn operation(met: &OperationImpact) -> Operation<'_> {
    let (outcome, response) = (met.outcome.as_str(), met.response.as_str());
    Operation { item: &met.operation, path: &met.path, outcome, response }
}

fn found(finding: &WireChange) -> Found<'_> {
    let direction = match finding.direction {
        Direction::Call => "call",
        Direction::Request => "request",
        Direction::Response => "response",
    };
    Found {
        outcome: finding.outcome.as_str(),
        always: finding.frequency == Frequency::Always,
        direction,
        kind: finding.kind.as_str(),
        item: &finding.item,
        old: finding.old.as_deref(),
        new: finding.new.as_deref(),
        sentence: &finding.sentence,
        operations: &finding.operations,
    }
}
