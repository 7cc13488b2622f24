//! Maps the parts of the normalized document to their places in the sources.

use std::collections::BTreeMap;

use super::pointer::Pointer;

/// A place in one of the sources.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Origin {
    /// The index of the source; 0 is the document itself.
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

/// The origins of parts that were moved. The contents of a part move with it.
#[derive(Debug, Default)]
pub(super) struct Origins(BTreeMap<Pointer, Origin>);

impl Origins {
    /// Records that the part at `to` comes from `from`.
    pub(super) fn insert(&mut self, to: Pointer, from: Origin) {
        self.0.insert(to, from);
    }

    /// Records that the part at `from` is being moved to `to`, with its contents.
    pub(super) fn moved(&mut self, from: &Pointer, to: &Pointer) {
        if from == to {
            return;
        }
        let origin = self.of(from);
        let moving = self.within(from).into_iter();
        let inner: Vec<(Pointer, Origin)> = moving
            .filter_map(|pointer| {
                let origin = self.0.remove(&pointer)?;
                Some((to.append(pointer.below(from)), origin))
            })
            .collect();
        if !from.is_within(to) && !to.is_within(from) {
            self.forget(to);
        }
        self.0.insert(to.clone(), origin);
        self.0.extend(inner);
    }

    /// Removes the records of a part that no longer exists.
    pub(super) fn forget(&mut self, pointer: &Pointer) {
        for inner in self.within(pointer) {
            self.0.remove(&inner);
        }
    }

    fn within(&self, pointer: &Pointer) -> Vec<Pointer> {
        let after = self.0.range(pointer.clone()..).map(|(inner, _)| inner);
        let alike = after.take_while(|inner| inner.as_str().starts_with(pointer.as_str()));
        alike.filter(|inner| inner.is_within(pointer)).cloned().collect()
    }

    /// The origin of the part at `pointer`.
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

/// The origins of all parts of the normalized document, in two stages.
#[derive(Debug)]
pub(super) struct History {
    /// The parts that an overlay added, with their places in the overlay.
    pub(super) overlaid: Origins,
    /// From the document with resolved references to the sources.
    pub(super) resolved: Origins,
    /// From the document in the model of OpenAPI 3.0 to the one with resolved references.
    pub(super) adapted: Origins,
}

impl History {
    /// The origin of the part at `pointer`.
    pub(super) fn of(&self, pointer: &Pointer) -> Origin {
        self.resolved.of(&self.adapted.of(pointer).pointer)
    }

    /// The text in which a part of the document stands: that of the overlay, if the overlay put it there.
    pub(super) fn source(&self, origin: &Origin) -> Origin {
        if origin.file == 0 { self.overlaid.of(&origin.pointer) } else { origin.clone() }
    }
}
