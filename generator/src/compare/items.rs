//! The public items of two clients, beside each other, and whether what compiles with the one compiles with the other.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::Taking;
use crate::index::{Entry, Kind, Role, Signature, Taken};

/// What an item is to users: two items of one path can be told apart by their roles.
pub(super) type Key<'a> = (&'a str, Role);

/// The items of one client.
pub(super) struct Items<'a> {
    pub(super) all: BTreeMap<Key<'a>, &'a Entry>,
    /// Second names of types, and the first ones.
    originals: BTreeMap<&'a str, &'a str>,
}

impl<'a> Items<'a> {
    pub(super) fn new(entries: &'a [Entry]) -> Self {
        let all = entries.iter().map(|entry| (key(entry), entry)).collect();
        let originals = entries.iter().filter_map(|entry| match &entry.facts.signature {
            Signature::Type { original: Some(original), .. } => {
                Some((entry.item.path.as_str(), original.as_str()))
            }
            _ => None,
        });
        Self { all, originals: originals.collect() }
    }

    pub(super) fn get(&self, key: Key<'_>) -> Option<&'a Entry> {
        self.all.get(&key).copied()
    }

    /// The path at which a type is defined, whatever it is called.
    pub(super) fn defined_at<'b>(&'b self, path: &'b str) -> &'b str {
        let mut path = path;
        // A second name of a second name is as far as it goes; a longer way would go round.
        for _ in 0..4 {
            match self.originals.get(path) {
                Some(original) => path = original,
                None => break,
            }
        }
        path
    }

    /// What a type is, behind its second names.
    pub(super) fn kind(&self, path: &str) -> Option<Kind> {
        self.get((self.defined_at(path), Role::Type)).map(|entry| entry.item.kind)
    }

    /// Whether a value of this type can be made from a text as a `String` can.
    fn is_text(&self, ty: &str) -> bool {
        ty.starts_with("ids::") || self.kind(ty) == Some(Kind::Enum)
    }

    /// The same item by the first name of the type that it belongs to, if it has another one.
    pub(super) fn first_name(&self, entry: &Entry) -> Option<(String, Role)> {
        let (owner, name) = entry.item.path.rsplit_once("::")?;
        let original = self.originals.get(owner)?;
        Some((format!("{original}::{name}"), entry.item.kind.role()))
    }

    /// Whether `entry` is a type by its first name.
    fn is_defined(&self, entry: &Entry) -> bool {
        entry.item.kind.role() == Role::Type
            && !self.originals.contains_key(entry.item.path.as_str())
    }
}

pub(super) fn key(entry: &Entry) -> Key<'_> {
    (&entry.item.path, entry.item.kind.role())
}

/// What became of an item whose path is still there, to code that uses it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    Same,
    /// It takes what it took, and more.
    Wider,
    /// It is no longer the type that it was a second name of.
    Parted,
    /// It is the same type as another one now.
    Joined,
    Breaks,
}

/// Compares what is at one path in both clients.
pub(super) fn source(old: &Items<'_>, new: &Items<'_>, before: &Entry, after: &Entry) -> Source {
    if before.item.kind.role() == Role::Type {
        return ty(old, new, before, after);
    }
    match (&before.facts.signature, &after.facts.signature) {
        (before, after) if before == after => Source::Same,
        (
            Signature::Function { takes: before, gives: gave },
            Signature::Function { takes: after, gives },
        ) if gave == gives && before.len() == after.len() => {
            let takes = before.iter().zip(after).map(|(before, after)| taken(new, before, after));
            takes.max().unwrap_or(Source::Same)
        }
        _ => Source::Breaks,
    }
}

fn taken(new: &Items<'_>, before: &Taken, after: &Taken) -> Source {
    match (before.how, after.how) {
        _ if before.how == after.how && before.ty == after.ty => Source::Same,
        (Taking::Into, Taking::Into) | (Taking::Each, Taking::Each)
            if before.ty == "String" && new.is_text(&after.ty) =>
        {
            Source::Wider
        }
        _ => Source::Breaks,
    }
}

fn ty(old: &Items<'_>, new: &Items<'_>, before: &Entry, after: &Entry) -> Source {
    let path = before.item.path.as_str();
    let original = old.defined_at(path);
    if original != path && new.defined_at(path) != new.defined_at(original) {
        return Source::Parted;
    }
    let after = new.get((new.defined_at(path), Role::Type)).unwrap_or(after);
    let is_kept = |ty: &String| from(after).contains(ty);
    if old.kind(path) != new.kind(path) || !from(before).iter().all(is_kept) {
        return Source::Breaks;
    }
    Source::Same
}

/// What a type can be made from.
fn from(entry: &Entry) -> &[String] {
    match &entry.facts.signature {
        Signature::Type { from, .. } => from,
        _ => &[],
    }
}

/// Types that were several and are one now, but for the first of each: code that implements a trait for all of them does
/// so twice for one.
pub(super) fn joined<'a>(old: &Items<'a>, new: &Items<'_>) -> BTreeSet<Key<'a>> {
    let mut first = BTreeSet::new();
    let types = old.all.iter().filter(|(_, entry)| old.is_defined(entry));
    let kept = types.filter(|(key, _)| new.get(**key).is_some());
    let others = kept.filter(|((path, _), _)| !first.insert(new.defined_at(path).to_owned()));
    others.map(|(key, _)| *key).collect()
}
