//! Compares the names of two versions of the document.

use std::collections::BTreeMap;

use seam_generator::{Identity, Item, Role};

/// The comparison of the names of two versions.
pub(super) struct Stability<'a> {
    /// Number of items that only the older document has.
    pub(super) gone: usize,
    /// Number of items that only the newer document has.
    pub(super) new: usize,
    pub(super) kept: usize,
    /// Parameters that became required or optional: an argument became a setter of the same name, or the other way round.
    pub(super) required: Vec<Change<'a>>,
    /// Items that both documents have, whose path changed for another reason.
    pub(super) renamed: Vec<Change<'a>>,
}

/// An item in two versions.
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

    /// The number of items that both documents have.
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
