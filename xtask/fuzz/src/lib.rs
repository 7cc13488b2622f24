//! Shared code of the fuzz targets: turns libFuzzer's bytes into useful inputs.
//!
//! A few random bytes are rarely a valid document or response. So most inputs are recipes, which select a known good input
//! and describe how to break it.

mod text;
mod tree;

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

pub use libfuzzer_sys::arbitrary::Unstructured;

pub use self::text::splice;
pub use self::tree::edit;

/// The file for the current input, which remains if the process ends.
static LAST: LazyLock<Option<PathBuf>> =
    LazyLock::new(|| std::env::var_os("SEAM_FUZZ_LAST").map(PathBuf::from));

/// Records the current input. A stack overflow ends the process before libFuzzer can save the input, and libFuzzer would
/// only save the recipe.
pub fn trying(input: &[u8]) {
    if let Some(path) = &*LAST {
        // If writing fails, libFuzzer's own artifact still has the recipe.
        let _ = fs::write(path, input);
    }
}

/// Returns an element of a slice, selected by the recipe, or the first one when the recipe is used up.
///
/// # Panics
///
/// If the slice is empty.
pub fn pick<'a, T>(recipe: &mut Unstructured<'_>, from: &'a [T]) -> &'a T {
    &from[below(recipe, from.len())]
}

/// Returns a number below `limit`, selected by the recipe, or 0 when the recipe is used up.
pub fn below(recipe: &mut Unstructured<'_>, limit: usize) -> usize {
    recipe.int_in_range(0..=limit.saturating_sub(1)).unwrap_or_default()
}

/// Consumes the rest of the recipe.
pub fn rest(recipe: &mut Unstructured<'_>) -> Vec<u8> {
    recipe.bytes(recipe.len()).unwrap_or_default().to_vec()
}

/// Reads the wanted files in a folder of the repository: names and texts, sorted by name, so that a recipe selects the same
/// file in every run.
///
/// # Panics
///
/// If they cannot be read.
#[must_use]
pub fn files(folder: &str, is_wanted: fn(&str) -> bool) -> Vec<(String, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder);
    let entries = fs::read_dir(&folder).expect("the folder is in the repository");
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| is_wanted(name)).collect();
    names.sort();
    let read = |name: String| {
        let text = fs::read_to_string(folder.join(&name)).expect("the file is text");
        (name, text)
    };
    names.into_iter().map(read).collect()
}
