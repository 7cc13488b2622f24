//! The public items of two clients, and whether code that compiles with the old item compiles with the new one.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::ArgumentType;
use crate::index::{Entry, FunctionParameter, Kind, Role, Signature};

/// Identifies an item to users: items with the same path differ in their roles.
pub(super) type Key<'a> = (&'a str, Role);

/// The items of one client.
pub(super) struct Items<'a> {
    pub(super) all: BTreeMap<Key<'a>, &'a Entry>,
    /// The target of each alias.
    originals: BTreeMap<&'a str, &'a str>,
    /// The aliases of each type.
    aliases: BTreeMap<&'a str, BTreeSet<&'a str>>,
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
        let mut items = Self { all, originals: originals.collect(), aliases: BTreeMap::new() };
        let names: Vec<&'a str> = items.originals.keys().copied().collect();
        for name in names {
            items.aliases.entry(items.defined_at(name)).or_default().insert(name);
        }
        items
    }

    pub(super) fn get(&self, key: Key<'_>) -> Option<&'a Entry> {
        self.all.get(&key).copied()
    }

    /// The path of the type that `path` is an alias of, or `path` itself.
    pub(super) fn defined_at<'b>(&self, path: &'b str) -> &'b str
    where
        'a: 'b,
    {
        let mut path = path;
        // An alias may refer to another alias. The limit only prevents an endless loop.
        for _ in 0..4 {
            match self.originals.get(path) {
                Some(original) => path = original,
                None => break,
            }
        }
        path
    }

    /// Another name of the type that `new` still has: the original name, or else an alias that sorts before `path`. Code may
    /// rely on the two being the same type.
    pub(super) fn other_name<'b>(&'b self, new: &Items<'_>, path: &'b str) -> Option<&'b str> {
        let original = self.defined_at(path);
        if original == path {
            return None;
        }
        let others = self.aliases.get(original).into_iter().flatten().copied();
        let before = std::iter::once(original).chain(others.take_while(|other| *other < path));
        before.into_iter().find(|other| new.get((other, Role::Type)).is_some())
    }

    /// Whether two signatures name the same types, if aliases are resolved.
    fn is_same_type(&self, before: &str, after: &str) -> bool {
        let with_originals = |text: &str| each_path(text, |path| self.defined_at(path).to_owned());
        before == after || with_originals(before) == with_originals(after)
    }

    /// The types that convert to the type at `path` by `From`.
    fn from(&self, path: &str) -> &'a [String] {
        self.get((self.defined_at(path), Role::Type)).map_or(&[], from)
    }

    /// The kind of the type at `path`, with aliases resolved.
    pub(super) fn kind(&self, path: &str) -> Option<Kind> {
        self.get((self.defined_at(path), Role::Type)).map(|entry| entry.item.kind)
    }

    /// Whether a type converts from every string type that converts to `String`.
    fn is_text(&self, ty: &str) -> bool {
        ty == "DateTime" || ty.starts_with("ids::") || self.kind(ty) == Some(Kind::Enum)
    }

    /// For a member of an alias, the key of the same member of the original type.
    pub(super) fn original_member(&self, entry: &Entry) -> Option<(String, Role)> {
        let (owner, name) = entry.item.path.rsplit_once("::")?;
        let original = self.originals.get(owner)?;
        Some((format!("{original}::{name}"), entry.item.kind.role()))
    }

    /// Whether `entry` is a type and not an alias.
    fn is_defined(&self, entry: &Entry) -> bool {
        entry.item.kind.role() == Role::Type
            && !self.originals.contains_key(entry.item.path.as_str())
    }
}

/// Replaces each path in a signature.
pub(super) fn each_path(text: &str, mut change: impl FnMut(&str) -> String) -> String {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | ':' | '#');
    let mut changed = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c| is_part(c) != is_part(first)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        changed.push_str(&change(word));
        rest = after;
    }
    changed
}

pub(super) fn key(entry: &Entry) -> Key<'_> {
    (&entry.item.path, entry.item.kind.role())
}

/// Whether code that uses an item still compiles if the item has changed and its path has not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Compatibility {
    Same,
    /// It accepts more than before.
    Wider,
    /// It was an alias and is a separate type now.
    AliasSplit,
    /// It was a separate type and is the same as another type now.
    TypesMerged,
    Breaking,
}

/// Compares the items at one path of both clients.
pub(super) fn compatibility(
    old: &Items<'_>,
    new: &Items<'_>,
    before: &Entry,
    after: &Entry,
) -> Compatibility {
    if before.item.kind.role() == Role::Type {
        return of_type(old, new, before, after);
    }
    match (&before.facts.signature, &after.facts.signature) {
        (
            Signature::Function { parameters: before, returns: returned },
            Signature::Function { parameters: after, returns },
        ) if new.is_same_type(returned, returns) && before.len() == after.len() => {
            let parameters = before.iter().zip(after);
            let parameters = parameters.map(|(before, after)| parameter(old, new, before, after));
            parameters.max().unwrap_or(Compatibility::Same)
        }
        (Signature::Function { .. }, _) => Compatibility::Breaking,
        (before, after) if new.is_same_type(&before.to_string(), &after.to_string()) => {
            Compatibility::Same
        }
        _ => Compatibility::Breaking,
    }
}

fn parameter(
    old: &Items<'_>,
    new: &Items<'_>,
    before: &FunctionParameter,
    after: &FunctionParameter,
) -> Compatibility {
    let is_same_type = new.is_same_type(&before.ty, &after.ty);
    match (before.how, after.how) {
        // Every type that converted to the old type still has to convert to the new one.
        (ArgumentType::Into | ArgumentType::Items, how) if how == before.how && is_same_type => {
            let is_kept = |from: &String| new.from(&after.ty).contains(from);
            let all_are = old.from(&before.ty).iter().all(is_kept);
            if all_are { Compatibility::Same } else { Compatibility::Breaking }
        }
        (how, other) if how == other && is_same_type => Compatibility::Same,
        // `impl Into<Option<T>>` accepts a `T`, but not what converts to `T`.
        (ArgumentType::Exact, ArgumentType::IntoOption) if is_same_type => Compatibility::Wider,
        (ArgumentType::Into, ArgumentType::IntoOption)
            if is_same_type && matches!(old.kind(&before.ty), Some(Kind::Struct | Kind::Union)) =>
        {
            if old.from(&before.ty).is_empty() {
                Compatibility::Wider
            } else {
                Compatibility::Breaking
            }
        }
        (ArgumentType::Into, ArgumentType::Into) | (ArgumentType::Items, ArgumentType::Items)
            if before.ty == "String" && new.is_text(&after.ty) =>
        {
            Compatibility::Wider
        }
        _ => Compatibility::Breaking,
    }
}

fn of_type(old: &Items<'_>, new: &Items<'_>, before: &Entry, after: &Entry) -> Compatibility {
    let path = before.item.path.as_str();
    let is_split = old
        .other_name(new, path)
        .is_some_and(|other| new.defined_at(other) != new.defined_at(path));
    if is_split {
        return Compatibility::AliasSplit;
    }
    let after = new.get((new.defined_at(path), Role::Type)).unwrap_or(after);
    let is_kept = |ty: &String| from(after).contains(ty);
    if old.kind(path) != new.kind(path) || !from(before).iter().all(is_kept) {
        return Compatibility::Breaking;
    }
    Compatibility::Same
}

/// The types that convert to a type by `From`.
fn from(entry: &Entry) -> &[String] {
    match &entry.facts.signature {
        Signature::Type { from, .. } => from,
        _ => &[],
    }
}

/// Types that were distinct and are the same type now, except for one of each group. Code that implements a trait for each
/// of them has conflicting implementations now.
pub(super) fn merged_types<'a>(old: &Items<'a>, new: &Items<'a>) -> BTreeSet<Key<'a>> {
    let mut by_type: BTreeMap<&str, Vec<Key<'a>>> = BTreeMap::new();
    let types = old.all.iter().filter(|(_, entry)| old.is_defined(entry));
    for (key, _) in types.filter(|(key, _)| new.get(**key).is_some()) {
        by_type.entry(new.defined_at(key.0)).or_default().push(*key);
    }
    let merged = by_type.into_iter().flat_map(|(name, mut keys)| {
        let first = keys.iter().position(|(path, _)| *path == name).unwrap_or(0);
        keys.remove(first);
        keys
    });
    merged.collect()
}
