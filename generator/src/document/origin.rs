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

    /// Notes that what stands at `from` is going to stand at `to`, with everything in it.
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

    /// Forgets what is in a part that is no longer there.
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

/// Where the parts of the document as the rest of the generator sees it stand in the sources.
#[derive(Debug)]
pub(super) struct History {
    /// From before references were resolved.
    pub(super) resolved: Origins,
    /// From before the document was brought to the model of OpenAPI 3.0.
    pub(super) adapted: Origins,
}

impl History {
    /// Where what `pointer` points to comes from.
    pub(super) fn of(&self, pointer: &Pointer) -> Origin {
        self.resolved.of(&self.adapted.of(pointer).pointer)
    }
}
