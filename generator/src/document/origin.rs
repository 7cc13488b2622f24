//! From the document as the rest of the generator sees it back to where that stands in the sources.

use std::collections::BTreeMap;

use super::pointer::Pointer;

/// A place in one of the sources.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Origin {
    /// The source; the document itself is the first.
    pub(super) file: usize,
    pub(super) pointer: Pointer,
}

impl Origin {
    pub(super) fn new(file: usize, pointer: Pointer) -> Self {
        Self { file, pointer }
    }

    #[must_use]
    pub(super) fn child(&self, key: impl std::fmt::Display) -> Self {
        Self { file: self.file, pointer: self.pointer.child(key) }
    }
}

/// Where the parts of the document come from that do not stand where they did. What is in a part moves with it.
#[derive(Debug, Default)]
pub(super) struct Origins(BTreeMap<Pointer, Origin>);

impl Origins {
    /// Notes that what stands at `to` comes from `from`.
    pub(super) fn insert(&mut self, to: Pointer, from: Origin) {
        self.0.insert(to, from);
    }

    /// Where what `pointer` points to comes from.
    pub(super) fn of(&self, pointer: &Pointer) -> Origin {
        if self.0.is_empty() {
            return Origin::new(0, pointer.clone());
        }
        let mut around = pointer.clone();
        loop {
            if let Some(origin) = self.0.get(&around) {
                let rest = pointer.below(&around);
                return Origin::new(origin.file, origin.pointer.append(rest));
            }
            if around == Pointer::root() {
                return Origin::new(0, pointer.clone());
            }
            around = around.parent();
        }
    }
}
