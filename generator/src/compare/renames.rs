//! Detects items that were renamed. A new item at the same place of the document is the same item. Otherwise, a type or a
//! field is the same as a new one that equals it in everything but the name, if both are unique in that.

use std::collections::{BTreeMap, BTreeSet};

use super::items::{Items, Key, each_path, key};
use crate::api::Docs;
use crate::index::{Entry, Identity, Role};

/// The renamed items, by old path and role.
#[derive(Default)]
pub(super) struct Renames<'a> {
    pairs: BTreeMap<Key<'a>, (&'a Entry, &'a Entry)>,
    /// The new paths and roles of renamed items.
    new_keys: BTreeSet<Key<'a>>,
    /// The new path for each old path of a renamed item.
    paths: BTreeMap<&'a str, &'a str>,
}

impl<'a> Renames<'a> {
    pub(super) fn find(
        old: &Items<'a>,
        new: &Items<'a>,
        removed: &[&'a Entry],
        added: &[&'a Entry],
    ) -> Self {
        let by_identity: BTreeMap<Identity<'_>, &'a Entry> =
            added.iter().map(|entry| (entry.item.identity(), *entry)).collect();
        let mut renames = Self::default();
        for before in removed {
            if let Some(after) = by_identity.get(&before.item.identity()) {
                renames.add(before, after);
            }
        }
        renames.moved(old, new, removed, added);
        renames
    }

    fn add(&mut self, before: &'a Entry, after: &'a Entry) {
        self.pairs.insert(key(before), (before, after));
        self.new_keys.insert(key(after));
        self.paths.insert(&before.item.path, &after.item.path);
    }

    /// Adds items that moved to another place of the document, together with their members.
    fn moved(
        &mut self,
        old: &Items<'a>,
        new: &Items<'a>,
        removed: &[&'a Entry],
        added: &[&'a Entry],
    ) {
        let mut by_shape: BTreeMap<String, (Vec<&'a Entry>, Vec<&'a Entry>)> = BTreeMap::new();
        let is_left = |entry: &Entry| !self.pairs.contains_key(&key(entry));
        for entry in removed.iter().filter(|entry| is_left(entry)) {
            by_shape.entry(shape(old, entry)).or_default().0.push(*entry);
        }
        for entry in added.iter().filter(|entry| !self.has_new(key(entry))) {
            by_shape.entry(shape(new, entry)).or_default().1.push(*entry);
        }
        for (shape, (before, after)) in by_shape {
            if let ([before], [after], false) =
                (before.as_slice(), after.as_slice(), shape.is_empty())
            {
                self.add(before, after);
                for (before, after) in members(old, before).into_iter().zip(members(new, after)) {
                    self.add(before, after);
                }
            }
        }
    }

    /// The pairs that are not implied by the renaming of an item that contains them.
    pub(super) fn outermost(&self) -> impl Iterator<Item = (&'a Entry, &'a Entry)> {
        self.pairs.values().copied().filter(|(before, after)| {
            let (old, new) = (before.item.path.as_str(), after.item.path.as_str());
            let outer = old.match_indices("::").map(|(end, _)| &old[..end]);
            let mut outer = outer.filter_map(|outer| Some((outer, *self.paths.get(outer)?)));
            !outer.any(|(from, to)| new.strip_prefix(to) == old.strip_prefix(from))
        })
    }

    pub(super) fn has_old(&self, key: Key<'_>) -> bool {
        self.pairs.contains_key(&key)
    }

    pub(super) fn has_new(&self, key: Key<'_>) -> bool {
        self.new_keys.contains(&key)
    }

    /// The number of members that were renamed together with `before`.
    pub(super) fn implied(&self, before: &Entry) -> usize {
        let prefix = format!("{}::", before.item.path);
        self.pairs.values().filter(|(inner, _)| inner.item.path.starts_with(&prefix)).count()
    }

    /// Replaces old paths in a signature by the new ones.
    pub(super) fn applied_to(&self, text: &str) -> String {
        each_path(text, |path| self.paths.get(path).copied().unwrap_or(path).to_owned())
    }
}

/// The members of an item, by path.
fn members<'a>(items: &Items<'a>, entry: &Entry) -> Vec<&'a Entry> {
    let prefix = format!("{}::", entry.item.path);
    let from = items.all.range((prefix.as_str(), Role::Module)..);
    let members = from.take_while(|((path, _), _)| path.starts_with(&prefix));
    members.map(|(_, entry)| *entry).collect()
}

/// A description of a type or a documented field without its name. Empty for items that are too similar to others.
fn shape(items: &Items<'_>, entry: &Entry) -> String {
    let path = entry.item.path.as_str();
    let own = |text: String| text.replace(path, "Self");
    match entry.item.kind.role() {
        Role::Type => {
            let members = members(items, entry)
                .into_iter()
                .map(|member| own(format!("{}{}", member.item.path, member.facts.signature)));
            let members: Vec<String> = members.collect();
            let is_plain = members.is_empty();
            if is_plain { String::new() } else { format!("{:?} {members:?}", items.kind(path)) }
        }
        Role::Field if entry.facts.docs != Docs::default() => {
            let owner = path.rsplit_once("::").map_or("", |(owner, _)| owner);
            format!("field of {owner}{} {:?}", entry.facts.signature, entry.facts.docs)
        }
        _ => String::new(),
    }
}
