//! The call itself: whether the path, the verb and the authentication still exist.

use std::collections::{BTreeMap, BTreeSet};

use super::accept::Checker;
use super::graph::Finding;
use super::names::{Side, Sides};
use super::read::Reader;
use super::{Direction, Frequency, OperationImpact, Outcome, WireChangeKind, answer, request};
use crate::api::{Api, Operation, SchemeKind};
use crate::index::places;

/// Compares each operation of the old client with the new API.
pub(super) fn compare_operations(sides: Sides<'_>) -> Vec<(OperationImpact, BTreeSet<Finding>)> {
    let mut there: BTreeMap<String, Vec<&Operation>> = BTreeMap::new();
    for operation in sides.new.api.operations() {
        there.entry(shape(&operation.path)).or_default().push(operation);
    }
    let (mut reader, mut checker) = (Reader::new(sides, 0), Checker::new(sides));
    let operations = sides.old.api.operations().into_iter();
    let compared = operations.map(|old| {
        let here = there.get(&shape(&old.path)).map(Vec::as_slice).unwrap_or_default();
        let found = compare_operation(&mut reader, &mut checker, old, here);
        (impact(sides.old, old, &found), found)
    });
    compared.collect()
}

fn impact(side: Side<'_>, operation: &Operation, found: &BTreeSet<Finding>) -> OperationImpact {
    let worst = |found: &mut dyn Iterator<Item = &Finding>| {
        found.map(|found| found.outcome).max().unwrap_or(Outcome::Works)
    };
    OperationImpact {
        operation: side.names.method(operation),
        path: operation.path.clone(),
        methods: operation.methods.iter().map(|method| method.as_str()).collect(),
        outcome: worst(&mut found.iter()),
        response: worst(&mut found.iter().filter(|found| found.direction == Direction::Response)),
    }
}

/// A path without the names of its parameters, which are not part of a request.
fn shape(path: &str) -> String {
    let mut shape = String::new();
    for (index, part) in path.split('{').enumerate() {
        match part.split_once('}') {
            Some((_, rest)) if index > 0 => shape.push_str(&format!("{{}}{rest}")),
            _ => shape.push_str(part),
        }
    }
    shape
}

fn compare_operation<'a>(
    reader: &mut Reader<'a>,
    checker: &mut Checker<'a>,
    old: &'a Operation,
    here: &[&'a Operation],
) -> BTreeSet<Finding> {
    let sides = reader.sides;
    let mut found = BTreeSet::new();
    if here.is_empty() {
        let what = format!("`{}` was removed", old.path);
        found.insert(refused(sides, old, None, WireChangeKind::PathGone, Frequency::Always, what));
        return found;
    }
    let (new, refusal) = counterpart(sides, old, here);
    found.extend(refusal);
    let Some(new) = new else { return found };
    let node = answer::read(reader, old, new);
    found.extend(reader.graph.reached(node));
    // The request is only known for the verb that the document describes.
    if old.methods.iter().any(|method| new.methods.contains(method)) {
        let node = request::check(checker, old, new);
        found.extend(checker.graph.reached(node));
    }
    found.extend(security(sides, old, new));
    found.extend(paging(sides, old, new));
    found
}

/// Finds the new operation that receives the call, with a finding if it does not take the client's preferred verb.
fn counterpart<'a>(
    sides: Sides<'_>,
    old: &Operation,
    here: &[&'a Operation],
) -> (Option<&'a Operation>, Option<Finding>) {
    let preferred = old.methods.first().copied();
    let takes =
        |one: &&&'a Operation| preferred.is_some_and(|method| one.methods.contains(&method));
    let knows =
        |one: &&&'a Operation| preferred.is_some_and(|method| one.other_methods.contains(&method));
    let shares = |one: &&&'a Operation| one.methods.iter().any(|one| old.methods.contains(one));
    let same = here.iter().find(takes);
    if let Some(new) = same.or_else(|| here.iter().find(knows)) {
        return (Some(new), None);
    }
    let new = here.iter().find(shares).copied();
    let verb = preferred.map_or("", |method| method.as_str());
    let (frequency, unless) = match new {
        Some(_) => (Frequency::Sometimes, " unless the client is set to send POST only"),
        None => (Frequency::Always, ""),
    };
    let what = format!("`{verb}` of `{}` was removed, which the client uses{unless}", old.path);
    (new, Some(refused(sides, old, new, WireChangeKind::MethodGone, frequency, what)))
}

fn refused(
    sides: Sides<'_>,
    old: &Operation,
    new: Option<&Operation>,
    kind: WireChangeKind,
    frequency: Frequency,
    what: String,
) -> Finding {
    Finding {
        outcome: Outcome::Fails,
        frequency,
        direction: Direction::Call,
        kind,
        item: sides.old.names.method(old),
        old: Some(places::operation(old)),
        new: new.map(places::operation),
        difference: what.into(),
        consequence: "the API rejects the request",
    }
}

/// Reports ways to authenticate that the new API no longer accepts.
fn security(sides: Sides<'_>, old: &Operation, new: &Operation) -> Vec<Finding> {
    let ways = |api: &Api, operation: &Operation| -> Vec<BTreeSet<String>> {
        let ways = operation.security.iter();
        let mut ways: Vec<BTreeSet<String>> =
            ways.map(|way| way.iter().filter_map(|name| sent(api, name)).collect()).collect();
        if ways.is_empty() {
            ways.push(BTreeSet::new());
        }
        ways
    };
    let taken = ways(sides.new.api, new);
    let mut gone: Vec<BTreeSet<String>> = ways(sides.old.api, old);
    gone.retain(|way| !taken.iter().any(|taken| taken.is_subset(way)));
    let all = gone.len() == ways(sides.old.api, old).len();
    let frequency = if all { Frequency::Always } else { Frequency::Sometimes };
    let findings = gone.into_iter().map(|way| {
        let way: Vec<String> = way.into_iter().collect();
        let way = if way.is_empty() { "no credentials".to_owned() } else { way.join(" and ") };
        let what = format!("`{}` can no longer be called with {way}", old.path);
        refused(sides, old, Some(new), WireChangeKind::SecurityGone, frequency, what)
    });
    findings.collect()
}

/// Describes the credential that a scheme sends. The name of a scheme is not part of a request.
fn sent(api: &Api, name: &str) -> Option<String> {
    let scheme = api.schemes.get(name)?;
    Some(match &scheme.kind {
        SchemeKind::Bearer(_) => "a bearer token".to_owned(),
        SchemeKind::Basic => "a user name and a password".to_owned(),
        SchemeKind::Http(name) => format!("the HTTP scheme `{}`", name.to_lowercase()),
        SchemeKind::Header(name) => format!("a key in the header `{}`", name.to_lowercase()),
        SchemeKind::Query(name) => format!("a key in the query parameter `{name}`"),
        SchemeKind::Cookie(name) => format!("a key in the cookie `{name}`"),
    })
}

/// Reports a missing cursor for the next page. Without it, the client stops after the first page.
fn paging(sides: Sides<'_>, old: &Operation, new: &Operation) -> Option<Finding> {
    let next = &old.pagination.as_ref()?.next;
    if new.pagination.as_ref().is_some_and(|new| new.next == *next) {
        return None;
    }
    let what = format!(
        "`{}` no longer returns the cursor of the next page in `{}`",
        old.path,
        next.join(".")
    );
    let kind = WireChangeKind::PagingGone;
    let found = refused(sides, old, Some(new), kind, Frequency::Sometimes, what);
    Some(Finding { consequence: "the client stops after the first page", ..found })
}
