//! Turns the differences into a list of changes. Each cause is reported once, without everything that follows from it.

use std::collections::{BTreeMap, BTreeSet};

use super::items::{self, Items, Source, key};
use super::renames::Renames;
use super::{Change, ChangeKind, Read, Side, advice};
use crate::index::{Entry, Fact, Kind, Role, facts};

/// Returns the changes, and every item that code may no longer be able to use as before.
pub(super) fn report(old: &Read<'_>, new: &Read<'_>) -> (Vec<Change>, Vec<(String, Role)>) {
    let (before, after) = (Items::new(&old.entries), Items::new(&new.entries));
    let found = Found::new(&before, &after);
    let mut report =
        Report { old, new, before, after, found, alike: BTreeMap::new(), changes: Vec::new() };
    report.removed();
    report.renamed();
    report.kept();
    report.alike();
    report.added();
    report.server();
    let broken = report.found.broken();
    let mut changes = report.changes;
    changes.sort_by(|a, b| b.weight.cmp(&a.weight).then_with(|| a.path().cmp(b.path())));
    (changes, broken)
}

/// All items by what happened to them.
struct Found<'a> {
    gone: Vec<&'a Entry>,
    added: Vec<&'a Entry>,
    /// Items whose path exists in both versions.
    kept: Vec<(&'a Entry, &'a Entry, Source)>,
    renames: Renames<'a>,
    /// Which removed and which added items are reported by themselves.
    gone_heads: Heads<'a>,
    added_heads: Heads<'a>,
}

impl<'a> Found<'a> {
    fn new(old: &Items<'a>, new: &Items<'a>) -> Self {
        let joined = items::joined(old, new);
        let mut kept = Vec::new();
        let mut gone = Vec::new();
        for (key, before) in &old.all {
            match new.get(*key) {
                None => gone.push(*before),
                Some(after) => {
                    let source = items::source(old, new, before, after);
                    let is_joined = source == Source::Same && joined.contains(key);
                    kept.push((*before, after, if is_joined { Source::Joined } else { source }));
                }
            }
        }
        let added = new.all.iter().filter(|(key, _)| old.get(**key).is_none());
        let added: Vec<&Entry> = added.map(|(_, entry)| *entry).collect();
        let renames = Renames::find(old, new, &gone, &added);
        let changed = |side: fn(&(&'a Entry, &'a Entry, Source)) -> &'a Entry| {
            let broken = kept.iter().filter(|(.., source)| *source == Source::Breaks);
            broken.map(side).collect::<Vec<_>>()
        };
        let gone_heads = Heads::new(&gone, &changed(|(before, ..)| *before));
        let added_heads = Heads::new(&added, &changed(|(_, after, _)| *after));
        Self { gone, added, kept, renames, gone_heads, added_heads }
    }

    /// Every item that code may no longer be able to use as before. Arguments are part of their function.
    fn broken(&self) -> Vec<(String, Role)> {
        let kept = self.kept.iter().filter(|(.., source)| *source > Source::Wider);
        let broken = self.gone.iter().copied().chain(kept.map(|(before, ..)| *before));
        let broken = broken.filter(|entry| entry.item.kind != Kind::Argument);
        broken.map(|entry| (entry.item.path.clone(), entry.item.kind.role())).collect()
    }
}

/// Decides which items are reported: an item is not if one that contains it, or a more important one at its place, is.
struct Heads<'a> {
    /// The removed or added items, by place and rank.
    whole: BTreeSet<(&'a str, Rank)>,
    /// The places of items that changed their type. The inline types of the old and new type come and go with them.
    changed: BTreeSet<&'a str>,
}

impl<'a> Heads<'a> {
    fn new(entries: &[&'a Entry], changed: &[&'a Entry]) -> Self {
        let whole = entries.iter().map(|entry| (entry.item.place.as_str(), rank(entry)));
        let has_type = |entry: &&&Entry| {
            matches!(rank(entry), Rank::Field | Rank::Parameter | Rank::Variant | Rank::Request)
        };
        let changed = changed.iter().filter(has_type).map(|entry| entry.item.place.as_str());
        Self { whole: whole.collect(), changed: changed.collect() }
    }

    /// Whether the report of another item covers this one.
    fn tell_of(&self, entry: &Entry) -> bool {
        let (place, rank) = (entry.item.place.as_str(), rank(entry));
        if rank >= Rank::Request {
            return rank != Rank::Sequel || self.is_whole(place, Rank::Method);
        }
        let beside = self.whole.range((place, Rank::Method)..(place, rank)).next().is_some();
        let mut outer = place.match_indices('/').map(|(end, _)| &place[..end]);
        let below = outer.any(|outer| {
            [Rank::Method, Rank::Field, Rank::Variant, Rank::Type]
                .iter()
                .any(|rank| self.is_whole(outer, *rank))
        });
        let of_changed = rank == Rank::Type && {
            let holder = place.strip_suffix("/items").unwrap_or(place);
            let answer = place.split_once("/responses/").map_or("", |(operation, _)| operation);
            self.changed.contains(holder) || self.changed.contains(answer)
        };
        beside || below || of_changed
    }

    fn is_whole(&self, place: &str, rank: Rank) -> bool {
        self.whole.contains(&(place, rank))
    }
}

/// The importance of an item among those at one place. The first is reported and covers the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Method,
    Field,
    Parameter,
    Variant,
    Type,
    /// A part of one of the above.
    Part,
    Request,
    /// A method for pagination or polling.
    Sequel,
    /// A module, namespace or link that only leads to other items, or an argument.
    Way,
}

fn rank(entry: &Entry) -> Rank {
    match entry.item.kind.role() {
        Role::Method => Rank::Method,
        Role::Field => Rank::Field,
        Role::Parameter if entry.item.kind == Kind::Argument => Rank::Way,
        Role::Parameter => Rank::Parameter,
        Role::Variant => Rank::Variant,
        Role::Type => Rank::Type,
        Role::Id | Role::Scheme | Role::Constructor | Role::Null | Role::Key => Rank::Part,
        Role::Request => Rank::Request,
        Role::Pages | Role::Items | Role::Wait | Role::Poll => Rank::Sequel,
        Role::Module | Role::Namespace | Role::Link => Rank::Way,
    }
}

/// An item of both versions.
type Pair<'a> = (&'a Entry, &'a Entry);

struct Report<'a> {
    old: &'a Read<'a>,
    new: &'a Read<'a>,
    before: Items<'a>,
    after: Items<'a>,
    found: Found<'a>,
    /// Changes that may apply to several items, by their wording.
    alike: BTreeMap<(ChangeKind, Kind, String), Vec<Pair<'a>>>,
    changes: Vec<Change>,
}

impl<'a> Report<'a> {
    fn removed(&mut self) {
        for before in self.found.gone.clone() {
            let again = self.before.first_name(before);
            let is_said = self.found.gone_heads.tell_of(before)
                || again.is_some_and(|(path, role)| self.after.get((&path, role)).is_none());
            if is_said || self.found.renames.has(key(before)) {
                continue;
            }
            let sentence = format!("{} is no longer there.", advice::called(before));
            let along = below(&self.found.gone, before);
            let advised = advice::removed((&self.before, &self.after), before);
            let change = self.add(ChangeKind::Removed, Some(before), None, sentence);
            change.advice = Some(advised);
            change.along = along;
        }
    }

    fn renamed(&mut self) {
        let outermost: Vec<_> = self.found.renames.outermost().collect();
        for (before, after) in outermost {
            // The change of the method covers its arguments, including a setter that became an argument.
            let is_moved = rank(before) == Rank::Parameter && rank(after) == Rank::Way;
            if is_moved || rank(before) >= Rank::Part && rank(before) != Rank::Sequel {
                continue;
            }
            let sentence = format!("{} is {} now.", advice::called(before), advice::called(after));
            let along = self.found.renames.along(before);
            let change = self.add(ChangeKind::Renamed, Some(before), Some(after), sentence);
            change.advice = Some(format!("Write `{}`.", after.item.path));
            change.along = along;
        }
    }

    fn kept(&mut self) {
        for (before, after, source) in self.found.kept.clone() {
            if self.is_second_name(before, after) {
                continue;
            }
            self.source(before, after, source);
            self.behaviour(before, after, source);
            self.security(before, after);
            self.deprecated(before, after);
            if before.facts.docs != after.facts.docs {
                let sentence = format!("{} is described in other words.", advice::called(after));
                self.add(ChangeKind::Described, Some(before), Some(after), sentence);
            }
        }
    }

    /// Whether the item is a member of an alias and the member of the original type is compared as well.
    fn is_second_name(&self, before: &Entry, after: &Entry) -> bool {
        let again = (self.before.first_name(before), self.after.first_name(after));
        matches!(again, (Some(before), Some(after)) if before == after)
    }

    fn source(&mut self, before: &'a Entry, after: &'a Entry, source: Source) {
        let kind = match source {
            Source::Same => return,
            Source::Wider => ChangeKind::Widened,
            Source::Parted => ChangeKind::Parted,
            Source::Joined => ChangeKind::Joined,
            Source::Breaks => ChangeKind::Changed,
        };
        if rank(before) == Rank::Way || self.is_by_name_only(before, after) {
            return;
        }
        let items = (&self.before, &self.after);
        let (sentence, advice) = advice::changed(items, before, after, source);
        self.add(kind, Some(before), Some(after), sentence).advice = advice;
    }

    /// Whether the signature differs only in the new names of renamed types.
    fn is_by_name_only(&self, before: &Entry, after: &Entry) -> bool {
        let renamed = self.found.renames.applied(&before.facts.signature.to_string());
        before.facts.signature != after.facts.signature
            && renamed == after.facts.signature.to_string()
    }

    fn behaviour(&mut self, before: &'a Entry, after: &'a Entry, source: Source) {
        let was = |fact: &&Fact| !after.facts.behaviour.contains(fact);
        let changed = before.facts.behaviour.iter().filter(was).filter_map(|(name, was)| {
            let now = after.facts.behaviour.iter().find(|(other, _)| other == name);
            // If the type changed, it already shows whether the value may be missing.
            let is_seen = source == Source::Breaks && *name == facts::MISSING;
            let now = now.map_or("nothing", |(_, now)| now.as_str());
            (!is_seen).then(|| format!("{name}: {was} → {now}"))
        });
        let changed: Vec<String> = changed.collect();
        if !changed.is_empty() {
            self.say(ChangeKind::Behaves, before, after, changed.join("; "));
        }
    }

    fn security(&mut self, before: &'a Entry, after: &'a Entry) {
        let (was, is) = (&before.facts.ways, &after.facts.ways);
        let lost = was.difference(is).map(|way| format!("`{way}`")).collect::<Vec<_>>();
        if !lost.is_empty() {
            let what = format!("no longer authenticated by {}", lost.join(" or "));
            self.say(ChangeKind::Behaves, before, after, what);
        }
        let gained = is.difference(was).map(|way| format!("`{way}`")).collect::<Vec<_>>();
        if !gained.is_empty() {
            let what = format!("also authenticated by {}", gained.join(" or "));
            self.say(ChangeKind::Widened, before, after, what);
        }
    }

    /// Records a change that may apply to several items.
    fn say(&mut self, kind: ChangeKind, before: &'a Entry, after: &'a Entry, what: String) {
        let alike = self.alike.entry((kind, after.item.kind, what)).or_default();
        alike.push((before, after));
    }

    /// Reports each recorded change once for all items that it applies to.
    fn alike(&mut self) {
        for ((kind, item, what), entries) in std::mem::take(&mut self.alike) {
            let Some(((before, after), others)) = entries.split_first() else { continue };
            let sentence = match others.len() {
                0 => format!("{}: {what}.", advice::called(after)),
                more => format!("{} {}s: {what}.", more + 1, item.as_str()),
            };
            let others = others.iter().map(|(_, after)| after.item.path.clone()).collect();
            self.add(kind, Some(before), Some(after), sentence).others = others;
        }
    }

    fn deprecated(&mut self, before: &'a Entry, after: &'a Entry) {
        let Some(deprecated) = &after.facts.deprecated else { return };
        if before.facts.deprecated.is_none() {
            let note = deprecated.note.as_deref().unwrap_or("the document does not say why.");
            let sentence = format!("{} is deprecated: {note}", advice::called(after));
            self.add(ChangeKind::Deprecated, Some(before), Some(after), sentence);
        }
    }

    fn added(&mut self) {
        for after in self.found.added.clone() {
            let again = self.after.first_name(after);
            let is_said = self.found.added_heads.tell_of(after)
                || again.is_some_and(|(path, role)| self.before.get((&path, role)).is_none());
            if is_said || self.found.renames.gives(key(after)) {
                continue;
            }
            let sentence = format!("{} is new.", advice::called(after));
            let along = below(&self.found.added, after);
            self.add(ChangeKind::Added, None, Some(after), sentence).along = along;
        }
    }

    /// Reports a change of the default server, which is not an item.
    fn server(&mut self) {
        let (before, after) = (&self.old.server, &self.new.server);
        if before != after {
            let name = |server: &Option<String>| {
                server.clone().unwrap_or_else(|| "nowhere by default".to_owned())
            };
            let sentence = format!("Calls went to {}, and go to {}.", name(before), name(after));
            let (old, new) = (Some(self.old.server_side()), Some(self.new.server_side()));
            self.push(ChangeKind::Behaves, Kind::Namespace, (old, new), sentence);
        }
    }

    fn add(
        &mut self,
        kind: ChangeKind,
        before: Option<&Entry>,
        after: Option<&Entry>,
        sentence: String,
    ) -> &mut Change {
        let item = after.or(before).map_or(Kind::Module, |entry| entry.item.kind);
        let old = before.map(|entry| self.old.side(entry));
        let new = after.map(|entry| self.new.side(entry));
        self.push(kind, item, (old, new), sentence)
    }

    fn push(
        &mut self,
        kind: ChangeKind,
        item: Kind,
        (old, new): (Option<Side>, Option<Side>),
        sentence: String,
    ) -> &mut Change {
        let (weight, index) = (kind.weight(), self.changes.len());
        self.changes.push(Change {
            weight,
            kind,
            item,
            old,
            new,
            sentence,
            advice: None,
            along: 0,
            others: Vec::new(),
        });
        &mut self.changes[index]
    }
}

/// The number of entries at the place of `head` or below it, besides `head` itself.
fn below(entries: &[&Entry], head: &Entry) -> usize {
    let prefix = format!("{}/", head.item.place);
    let is_below = |entry: &&&Entry| {
        let place = entry.item.place.as_str();
        rank(entry) != Rank::Way && (place == head.item.place || place.starts_with(&prefix))
    };
    entries.iter().filter(is_below).count().saturating_sub(1)
}
