//! Breaks texts.

use crate::{Unstructured, below, pick};

/// Breaks a text in a few places, with pieces of the text itself or with `words`.
pub fn splice(text: &mut Vec<u8>, recipe: &mut Unstructured<'_>, words: &[&str]) {
    for _ in 0..=below(recipe, 6) {
        let (at, end) = range(text.len(), recipe);
        match below(recipe, 6) {
            0 => drop(text.drain(at..end)),
            1 => text.truncate(at),
            2 => drop(text.splice(at..at, text[at..end].repeat(1 << below(recipe, 8)))),
            3 => {
                let raw = below(recipe, 8);
                let raw = recipe.bytes(raw.min(recipe.len())).unwrap_or_default().to_vec();
                drop(text.splice(at..at, raw));
            }
            4 => drop(text.splice(at..end, pick(recipe, words).bytes())),
            _ => drop(text.splice(at..at, pick(recipe, words).bytes())),
        }
        if recipe.is_empty() {
            return;
        }
    }
}

/// Selects a range in a text of this length, usually a short one.
fn range(length: usize, recipe: &mut Unstructured<'_>) -> (usize, usize) {
    let at = below(recipe, length + 1);
    let longest = if below(recipe, 8) == 0 { length } else { 16 };
    (at, (at + below(recipe, longest + 1)).min(length))
}
