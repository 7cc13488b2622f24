//! Which items that are gone are there under another name: what the document has at the same place, and else types and
//! operations that are alike in everything but the name and have no double.

use std::collections::{BTreeMap, BTreeSet};

use super::items::{Items, Key, each_path, key};
use crate::api::Docs;
use crate::index::{Entry, Identity, Role};

/// Other names, by the old path and role.
#[derive(Default)]
pub(super) struct Renames<'a> {
    pairs: BTreeMap<Key<'a>, (&'a Entry, &'a Entry)>,
    /// What is there under another name, by the new path and role.
    given: BTreeSet<Key<'a>>,
    /// Other paths of what has something in it.
    paths: BTreeMap<&'a str, &'a str>,
}

impl<'a> Renames<'a> {
    pub(super) fn find(
        old: &Items<'a>,
        new: &Items<'a>,
        gone: &[&'a Entry],
        added: &[&'a Entry],
    ) -> Self {
        let by_identity: BTreeMap<Identity<'_>, &'a Entry> =
            added.iter().map(|entry| (entry.item.identity(), *entry)).collect();
        let mut renames = Self::default();
        for before in gone {
            if let Some(after) = by_identity.get(&before.item.identity()) {
                renames.add(before, after);
            }
        }
        renames.moved(old, new, gone, added);
        renames
    }

    fn add(&mut self, before: &'a Entry, after: &'a Entry) {
        self.pairs.insert(key(before), (before, after));
        self.given.insert(key(after));
        self.paths.insert(&before.item.path, &after.item.path);
    }

    /// Adds what stands elsewhere in the document, with all that is in it.
    fn moved(&mut self, old: &Items<'a>, new: &Items<'a>, gone: &[&'a Entry], added: &[&'a Entry]) {
        let mut alike: BTreeMap<String, (Vec<&'a Entry>, Vec<&'a Entry>)> = BTreeMap::new();
        let is_left = |entry: &Entry| !self.pairs.contains_key(&key(entry));
        for entry in gone.iter().filter(|entry| is_left(entry)) {
            alike.entry(shape(old, entry)).or_default().0.push(*entry);
        }
        for entry in added.iter().filter(|entry| !self.gives(key(entry))) {
            alike.entry(shape(new, entry)).or_default().1.push(*entry);
        }
        for (shape, (before, after)) in alike {
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

    /// The pairs that are not just part of another pair.
    pub(super) fn outermost(&self) -> impl Iterator<Item = (&'a Entry, &'a Entry)> {
        self.pairs.values().copied().filter(|(before, after)| {
            let (old, new) = (before.item.path.as_str(), after.item.path.as_str());
            let outer = old.match_indices("::").map(|(end, _)| &old[..end]);
            let mut outer = outer.filter_map(|outer| Some((outer, *self.paths.get(outer)?)));
            !outer.any(|(from, to)| new.strip_prefix(to) == old.strip_prefix(from))
        })
    }

    pub(super) fn has(&self, key: Key<'_>) -> bool {
        self.pairs.contains_key(&key)
    }

    pub(super) fn gives(&self, key: Key<'_>) -> bool {
        self.given.contains(&key)
    }

    /// What else has another name because `before` has.
    pub(super) fn along(&self, before: &Entry) -> usize {
        let prefix = format!("{}::", before.item.path);
        self.pairs.values().filter(|(inner, _)| inner.item.path.starts_with(&prefix)).count()
    }

    /// A text about types with the names that they have now.
    pub(super) fn applied(&self, text: &str) -> String {
        each_path(text, |path| self.paths.get(path).copied().unwrap_or(path).to_owned())
    }
}

/// What is in an item, by path.
fn members<'a>(items: &Items<'a>, entry: &Entry) -> Vec<&'a Entry> {
    let prefix = format!("{}::", entry.item.path);
    let from = items.all.range((prefix.as_str(), Role::Module)..);
    let members = from.take_while(|((path, _), _)| path.starts_with(&prefix));
    members.map(|(_, entry)| *entry).collect()
}

/// Everything about a type, an operation or a property but its name; nothing for what is like too much else.
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
