//! Turns the differences into a list of changes. Each cause is reported once, without everything that follows from it.

use std::collections::{BTreeMap, BTreeSet};

use super::items::{self, Compatibility, Items, key};
use super::renames::Renames;
use super::{Change, ChangeKind, Read, Side, advice};
use crate::index::{Entry, Fact, Kind, Role, facts};

/// Returns the changes, and every item that code may no longer be able to use as before.
pub(super) fn report(old: &Read<'_>, new: &Read<'_>) -> (Vec<Change>, Vec<(String, Role)>) {
    let (before, after) = (Items::new(&old.entries), Items::new(&new.entries));
    let differences = Differences::new(&before, &after);
    let mut report = Report {
        old,
        new,
        before,
        after,
        differences,
        shared: BTreeMap::new(),
        changes: Vec::new(),
    };
    report.report_removed();
    report.report_renamed();
    report.report_kept();
    report.report_shared();
    report.report_added();
    report.report_server();
    let broken = report.differences.broken();
    let mut changes = report.changes;
    changes.sort_by(|a, b| b.weight.cmp(&a.weight).then_with(|| a.path().cmp(b.path())));
    (changes, broken)
}

/// All items by what happened to them.
struct Differences<'a> {
    removed: Vec<&'a Entry>,
    added: Vec<&'a Entry>,
    /// Items whose path exists in both versions.
    kept: Vec<(&'a Entry, &'a Entry, Compatibility)>,
    renames: Renames<'a>,
    /// Which removed and which added items are reported by themselves.
    removed_filter: ReportFilter<'a>,
    added_filter: ReportFilter<'a>,
}

impl<'a> Differences<'a> {
    fn new(old: &Items<'a>, new: &Items<'a>) -> Self {
        let merged = items::merged_types(old, new);
        let mut kept = Vec::new();
        let mut removed = Vec::new();
        for (key, before) in &old.all {
            match new.get(*key) {
                None => removed.push(*before),
                Some(after) => {
                    let compatibility = items::compatibility(old, new, before, after);
                    let is_merged = compatibility == Compatibility::Same && merged.contains(key);
                    kept.push((
                        *before,
                        after,
                        if is_merged { Compatibility::TypesMerged } else { compatibility },
                    ));
                }
            }
        }
        let added = new.all.iter().filter(|(key, _)| old.get(**key).is_none());
        let added: Vec<&Entry> = added.map(|(_, entry)| *entry).collect();
        let renames = Renames::find(old, new, &removed, &added);
        let changed = |side: fn(&(&'a Entry, &'a Entry, Compatibility)) -> &'a Entry| {
            let broken =
                kept.iter().filter(|(.., compatibility)| *compatibility == Compatibility::Breaking);
            broken.map(side).collect::<Vec<_>>()
        };
        let removed_filter = ReportFilter::new(&removed, &changed(|(before, ..)| *before));
        let added_filter = ReportFilter::new(&added, &changed(|(_, after, _)| *after));
        Self { removed, added, kept, renames, removed_filter, added_filter }
    }

    /// Every item that code may no longer be able to use as before. Arguments are part of their function.
    fn broken(&self) -> Vec<(String, Role)> {
        let kept =
            self.kept.iter().filter(|(.., compatibility)| *compatibility > Compatibility::Wider);
        let broken = self.removed.iter().copied().chain(kept.map(|(before, ..)| *before));
        let broken = broken.filter(|entry| entry.item.kind != Kind::Argument);
        broken.map(|entry| (entry.item.path.clone(), entry.item.kind.role())).collect()
    }
}

/// Decides which items are reported: an item is not if one that contains it, or a more important one at its place, is.
struct ReportFilter<'a> {
    /// The removed or added items, by place and importance.
    items: BTreeSet<(&'a str, Importance)>,
    /// The places of items that changed their type. The inline types of the old and new type come and go with them.
    changed: BTreeSet<&'a str>,
}

impl<'a> ReportFilter<'a> {
    fn new(entries: &[&'a Entry], changed: &[&'a Entry]) -> Self {
        let items = entries.iter().map(|entry| (entry.item.place.as_str(), importance(entry)));
        let has_type = |entry: &&&Entry| {
            matches!(
                importance(entry),
                Importance::Field
                    | Importance::Parameter
                    | Importance::Variant
                    | Importance::Request
            )
        };
        let changed = changed.iter().filter(has_type).map(|entry| entry.item.place.as_str());
        Self { items: items.collect(), changed: changed.collect() }
    }

    /// Whether the report of another item covers this one.
    fn covers(&self, entry: &Entry) -> bool {
        let (place, importance) = (entry.item.place.as_str(), importance(entry));
        if importance >= Importance::Request {
            return importance != Importance::PagingOrPolling
                || self.has_item(place, Importance::Method);
        }
        let beside =
            self.items.range((place, Importance::Method)..(place, importance)).next().is_some();
        let mut outer = place.match_indices('/').map(|(end, _)| &place[..end]);
        let below = outer.any(|outer| {
            [Importance::Method, Importance::Field, Importance::Variant, Importance::Type]
                .iter()
                .any(|importance| self.has_item(outer, *importance))
        });
        let of_changed = importance == Importance::Type && {
            let holder = place.strip_suffix("/items").unwrap_or(place);
            let answer = place.split_once("/responses/").map_or("", |(operation, _)| operation);
            self.changed.contains(holder) || self.changed.contains(answer)
        };
        beside || below || of_changed
    }

    fn has_item(&self, place: &str, importance: Importance) -> bool {
        self.items.contains(&(place, importance))
    }
}

/// The importance of an item among those at one place. The first is reported and covers the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Importance {
    Method,
    Field,
    Parameter,
    Variant,
    Type,
    /// A part of one of the above.
    Part,
    Request,
    /// A method for pagination or polling.
    PagingOrPolling,
    /// A module, namespace or link that only leads to other items, or an argument.
    Structural,
}

fn importance(entry: &Entry) -> Importance {
    match entry.item.kind.role() {
        Role::Method => Importance::Method,
        Role::Field => Importance::Field,
        Role::Parameter if entry.item.kind == Kind::Argument => Importance::Structural,
        Role::Parameter => Importance::Parameter,
        Role::Variant => Importance::Variant,
        Role::Type => Importance::Type,
        Role::Id | Role::Scheme | Role::Constructor | Role::Null | Role::Key => Importance::Part,
        Role::Request => Importance::Request,
        Role::Pages | Role::Items | Role::Wait | Role::Poll => Importance::PagingOrPolling,
        Role::Module | Role::Namespace | Role::Link => Importance::Structural,
    }
}

/// An item of both versions.
type Pair<'a> = (&'a Entry, &'a Entry);

struct Report<'a> {
    old: &'a Read<'a>,
    new: &'a Read<'a>,
    before: Items<'a>,
    after: Items<'a>,
    differences: Differences<'a>,
    /// Changes that may apply to several items, by their wording.
    shared: BTreeMap<(ChangeKind, Kind, String), Vec<Pair<'a>>>,
    changes: Vec<Change>,
}

impl<'a> Report<'a> {
    fn report_removed(&mut self) {
        for before in self.differences.removed.clone() {
            let again = self.before.original_member(before);
            let is_covered = self.differences.removed_filter.covers(before)
                || again.is_some_and(|(path, role)| self.after.get((&path, role)).is_none());
            if is_covered || self.differences.renames.has_old(key(before)) {
                continue;
            }
            let sentence = format!("{} was removed.", advice::called(before));
            let implied = below(&self.differences.removed, before);
            let advised = advice::removed((&self.before, &self.after), before);
            let change = self.add(ChangeKind::Removed, Some(before), None, sentence);
            change.advice = Some(advised);
            change.implied = implied;
        }
    }

    fn report_renamed(&mut self) {
        let outermost: Vec<_> = self.differences.renames.outermost().collect();
        for (before, after) in outermost {
            // The change of the method covers its arguments, including a setter that became an argument.
            let is_moved = importance(before) == Importance::Parameter
                && importance(after) == Importance::Structural;
            if is_moved
                || importance(before) >= Importance::Part
                    && importance(before) != Importance::PagingOrPolling
            {
                continue;
            }
            let sentence = format!("{} is now {}.", advice::called(before), advice::named(after));
            let implied = self.differences.renames.implied(before);
            let change = self.add(ChangeKind::Renamed, Some(before), Some(after), sentence);
            change.advice = Some(format!("Write `{}`.", after.item.path));
            change.implied = implied;
        }
    }

    fn report_kept(&mut self) {
        for (before, after, compatibility) in self.differences.kept.clone() {
            if self.is_second_name(before, after) {
                continue;
            }
            self.compatibility(before, after, compatibility);
            self.behaviour(before, after, compatibility);
            self.security(before, after);
            self.deprecated(before, after);
            if before.facts.docs != after.facts.docs {
                let sentence = format!("The documentation of {} changed.", advice::named(after));
                self.add(ChangeKind::Documentation, Some(before), Some(after), sentence);
            }
        }
    }

    /// Whether the item is a member of an alias and the member of the original type is compared as well.
    fn is_second_name(&self, before: &Entry, after: &Entry) -> bool {
        let again = (self.before.original_member(before), self.after.original_member(after));
        matches!(again, (Some(before), Some(after)) if before == after)
    }

    fn compatibility(&mut self, before: &'a Entry, after: &'a Entry, compatibility: Compatibility) {
        let kind = match compatibility {
            Compatibility::Same => return,
            Compatibility::Wider => ChangeKind::Widened,
            Compatibility::AliasSplit => ChangeKind::AliasSplit,
            Compatibility::TypesMerged => ChangeKind::TypesMerged,
            Compatibility::Breaking => ChangeKind::Changed,
        };
        if importance(before) == Importance::Structural || self.is_by_name_only(before, after) {
            return;
        }
        let items = (&self.before, &self.after);
        let (sentence, advice) = advice::changed(items, before, after, compatibility);
        self.add(kind, Some(before), Some(after), sentence).advice = advice;
    }

    /// Whether the signature differs only in the new names of renamed types.
    fn is_by_name_only(&self, before: &Entry, after: &Entry) -> bool {
        let renamed = self.differences.renames.applied_to(&before.facts.signature.to_string());
        before.facts.signature != after.facts.signature
            && renamed == after.facts.signature.to_string()
    }

    fn behaviour(&mut self, before: &'a Entry, after: &'a Entry, compatibility: Compatibility) {
        let was = |fact: &&Fact| !after.facts.behaviour.contains(fact);
        let changed = before.facts.behaviour.iter().filter(was).filter_map(|(name, was)| {
            let now = after.facts.behaviour.iter().find(|(other, _)| other == name);
            // If the type changed, it already shows whether the value may be missing.
            let is_seen = compatibility == Compatibility::Breaking && *name == facts::MISSING;
            let now = now.map_or("nothing", |(_, now)| now.as_str());
            (!is_seen).then(|| format!("{name}: {was} → {now}"))
        });
        let changed: Vec<String> = changed.collect();
        if !changed.is_empty() {
            self.record(ChangeKind::Behaviour, before, after, changed.join("; "));
        }
    }

    fn security(&mut self, before: &'a Entry, after: &'a Entry) {
        let (was, is) = (&before.facts.security, &after.facts.security);
        let lost = was.difference(is).map(|way| format!("`{way}`")).collect::<Vec<_>>();
        if !lost.is_empty() {
            let what = format!("no longer authenticated by {}", lost.join(" or "));
            self.record(ChangeKind::Behaviour, before, after, what);
        }
        let gained = is.difference(was).map(|way| format!("`{way}`")).collect::<Vec<_>>();
        if !gained.is_empty() {
            let what = format!("also authenticated by {}", gained.join(" or "));
            self.record(ChangeKind::Widened, before, after, what);
        }
    }

    /// Records a change that may apply to several items.
    fn record(&mut self, kind: ChangeKind, before: &'a Entry, after: &'a Entry, what: String) {
        let shared = self.shared.entry((kind, after.item.kind, what)).or_default();
        shared.push((before, after));
    }

    /// Reports each recorded change once for all items that it applies to.
    fn report_shared(&mut self) {
        for ((kind, item, what), entries) in std::mem::take(&mut self.shared) {
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
            let note = deprecated.note.as_deref().unwrap_or("the document gives no reason.");
            let sentence = format!("{} is deprecated: {note}", advice::called(after));
            self.add(ChangeKind::Deprecated, Some(before), Some(after), sentence);
        }
    }

    fn report_added(&mut self) {
        for after in self.differences.added.clone() {
            let again = self.after.original_member(after);
            let is_covered = self.differences.added_filter.covers(after)
                || again.is_some_and(|(path, role)| self.before.get((&path, role)).is_none());
            if is_covered || self.differences.renames.has_new(key(after)) {
                continue;
            }
            let sentence = format!("{} was added.", advice::called(after));
            let implied = below(&self.differences.added, after);
            self.add(ChangeKind::Added, None, Some(after), sentence).implied = implied;
        }
    }

    /// Reports a change of the default server, which is not an item.
    fn report_server(&mut self) {
        let (before, after) = (&self.old.server, &self.new.server);
        if before != after {
            let name =
                |server: &Option<String>| server.clone().unwrap_or_else(|| "none".to_owned());
            let sentence =
                format!("The default server is now {}; it was {}.", name(after), name(before));
            let (old, new) = (Some(self.old.server_side()), Some(self.new.server_side()));
            self.push(ChangeKind::Behaviour, Kind::Namespace, (old, new), sentence);
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
            implied: 0,
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
        importance(entry) != Importance::Structural
            && (place == head.item.place || place.starts_with(&prefix))
    };
    entries.iter().filter(is_below).count().saturating_sub(1)
}
