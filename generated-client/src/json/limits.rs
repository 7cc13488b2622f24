//! The limit of the memory that decoding takes.
//!
//! A short text can stand for many large values: `{}` in a list is a whole struct, and `{"":0}` in a value of any type is a
//! node of a map. What decoding keeps is therefore estimated while it is made, and compared with the size of the body.

use std::ptr;

use serde_json::Value;

use super::buffered::{Buffered, Entry};

/// The limit for long bodies, as a multiple of their size. A conforming list of large objects takes up to 15 times
/// the size of its text if most of their properties are absent; other lists take far less.
pub(super) const FACTOR: usize = 16;

/// The limit for short bodies. Free-form objects, and objects with few of their many properties, take up to 40 times the size
/// of their text. This is enough for a page of them.
pub(super) const LEAST: usize = 128 << 20;

/// An element of an array of any type: it is buffered first, and then kept.
const ELEMENT: usize = size_of::<Buffered<'_>>() + size_of::<Value>();

/// The capacity of a node of a `BTreeMap`. The nodes of a map with several nodes are at least half full.
const NODE: usize = 11;

/// The address range of a value that was counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counted(usize, usize);

/// The estimated memory that is left for decoding a body.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budget {
    allowed: usize,
    left: usize,
    is_exhausted: bool,
    /// The address range of the last value whose memory was taken. Objects inside of it need no more memory.
    counted: Counted,
}

impl Default for Budget {
    /// No limit: for what was stored, whose size is not known.
    fn default() -> Self {
        Self { allowed: usize::MAX, left: usize::MAX, is_exhausted: false, counted: Counted(0, 0) }
    }
}

impl Budget {
    pub(super) fn of_body(length: usize) -> Self {
        let allowed = length.saturating_mul(FACTOR).max(LEAST);
        Self { allowed, left: allowed, is_exhausted: false, counted: Counted(0, 0) }
    }

    /// Takes memory for a value that is kept.
    #[inline]
    pub(super) fn take(&mut self, bytes: usize) {
        match self.left.checked_sub(bytes) {
            Some(left) => self.left = left,
            None => self.is_exhausted = true,
        }
    }

    /// Takes the memory of a value, unless it is inside of the last one. Returns what was counted before, for
    /// [`leave`](Self::leave).
    #[inline]
    pub(super) fn enter<T: ?Sized>(&mut self, value: &T) -> Counted {
        let before = self.counted;
        let begin = ptr::from_ref(value).addr();
        if begin < self.counted.0 || begin >= self.counted.1 {
            let size = size_of_val(value);
            self.take(size);
            self.counted = Counted(begin, begin + size);
        }
        before
    }

    /// Enters a value whose memory was taken already.
    #[inline]
    pub(super) fn enter_counted<T: ?Sized>(&mut self, value: &T) -> Counted {
        let begin = ptr::from_ref(value).addr();
        std::mem::replace(&mut self.counted, Counted(begin, begin + size_of_val(value)))
    }

    /// What was entered last.
    pub(super) fn outside(&self) -> Counted {
        self.counted
    }

    /// Leaves a value that was [entered](Self::enter).
    #[inline]
    pub(super) fn leave(&mut self, before: Counted) {
        self.counted = before;
    }

    /// Takes the memory of an element in an array of any type.
    pub(super) fn take_element(&mut self) {
        self.take(ELEMENT);
    }

    /// Takes the memory of a property in an object of any type that has `count` properties so far.
    pub(super) fn take_property(&mut self, key: &str, count: usize) {
        self.take(size_of::<Entry<'_>>());
        self.take_entry(key, size_of::<Value>(), count);
    }

    /// Takes the memory of an entry in a map that has `count` entries so far.
    pub(super) fn take_entry(&mut self, key: &str, value: usize, count: usize) {
        let places = if count == 0 { NODE } else { 2 };
        self.take(key.len() + places * (size_of::<String>() + value));
    }

    /// Makes the same memory available as in `earlier`, when what was made since then is left out.
    pub(super) fn restore(&mut self, earlier: Self) {
        self.left = earlier.left;
    }

    /// Exhausts this budget if a trial has exhausted its own.
    pub(super) fn join(&mut self, trial: Self) {
        self.is_exhausted |= trial.is_exhausted;
    }

    #[inline]
    pub(super) fn is_exhausted(&self) -> bool {
        self.is_exhausted
    }

    /// The message of a body that exceeds the limit.
    pub(super) fn message(&self) -> String {
        format!(
            "decoding the body would take more than {} bytes of memory; the limit is {FACTOR} times the size of the body, \
             and at least {LEAST} bytes",
            self.allowed
        )
    }
}
