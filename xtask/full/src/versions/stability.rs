//! Which names stayed from one version of the document to the next.

use std::collections::BTreeMap;

use seam_generator::{Identity, Item, Role};

/// What became of the names of what is in both of two documents.
pub(super) struct Stability<'a> {
    /// How many are of what only the older document has.
    pub(super) gone: usize,
    /// How many are of what only the newer document has.
    pub(super) new: usize,
    pub(super) kept: usize,
    /// What has to be given now and could be left out before, or the other way round: an argument became a setter, or a
    /// setter an argument, of the same name.
    pub(super) required: Vec<Change<'a>>,
    /// What has another path for no reason that the document gives.
    pub(super) renamed: Vec<Change<'a>>,
}

/// The names of one thing in two versions.
#[derive(Debug)]
pub(super) struct Change<'a> {
    pub(super) before: &'a Item,
    pub(super) after: &'a Item,
}

impl<'a> Stability<'a> {
    pub(super) fn between(before: &'a [Item], after: &'a [Item]) -> Self {
        let mut others: BTreeMap<Identity<'_>, &Item> =
            after.iter().map(|item| (item.identity(), item)).collect();
        let mut stability =
            Self { gone: 0, new: 0, kept: 0, required: Vec::new(), renamed: Vec::new() };
        for before in before {
            let Some(after) = others.remove(&before.identity()) else {
                stability.gone += 1;
                continue;
            };
            let change = Change { before, after };
            if before.path == after.path {
                stability.kept += 1;
            } else if before.kind != after.kind && before.kind.role() == Role::Parameter {
                stability.required.push(change);
            } else {
                stability.renamed.push(change);
            }
        }
        stability.new = others.len();
        stability
    }

    /// How many names are of what is in both documents.
    pub(super) fn both(&self) -> usize {
        self.kept + self.required.len() + self.renamed.len()
    }
}

#[cfg(test)]
mod tests {
    use seam_generator::Kind;

    use super::*;

    fn item(path: &str, kind: Kind, place: &str) -> Item {
        Item { path: path.to_owned(), kind, place: place.to_owned() }
    }

    #[test]
    fn names_are_compared_by_what_they_are_of() {
        let before = [
            item("a::A", Kind::Struct, "/a"),
            item("a::B", Kind::Struct, "/b"),
            item("a::f(c)", Kind::Argument, "/c"),
            item("a::Gone", Kind::Struct, "/gone"),
        ];
        let after = [
            item("a::A", Kind::Alias, "/a"),
            item("a::A", Kind::Module, "/a"),
            item("a::B2", Kind::Struct, "/b"),
            item("a::F::c", Kind::Setter, "/c"),
            item("a::New", Kind::Struct, "/new"),
        ];
        let stability = Stability::between(&before, &after);
        assert_eq!((stability.both(), stability.kept), (3, 1));
        assert_eq!((stability.gone, stability.new), (1, 2));
        let paths = |changes: &[Change<'_>]| -> Vec<(String, String)> {
            let paths = changes.iter();
            paths.map(|one| (one.before.path.clone(), one.after.path.clone())).collect()
        };
        assert_eq!(paths(&stability.renamed), [("a::B".to_owned(), "a::B2".to_owned())]);
        assert_eq!(paths(&stability.required), [("a::f(c)".to_owned(), "a::F::c".to_owned())]);
    }
}
