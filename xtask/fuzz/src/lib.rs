//! What the fuzz targets share: how the bytes of libFuzzer become an input that is worth trying.
//!
//! Few random bytes are a document or an answer, so most inputs are recipes: each says which of the known good inputs to
//! begin with, and how to break it.

mod text;
mod tree;

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

pub use libfuzzer_sys::arbitrary::Unstructured;

pub use self::text::splice;
pub use self::tree::edit;

/// Where to leave what is tried, for whoever finds that it was the last.
static LAST: LazyLock<Option<PathBuf>> =
    LazyLock::new(|| std::env::var_os("SEAM_FUZZ_LAST").map(PathBuf::from));

/// Says what is tried now. A stack that overflows ends the process, before libFuzzer can keep what did it; and a recipe
/// shows to nobody what came of it.
pub fn trying(input: &[u8]) {
    if let Some(path) = &*LAST {
        // Without it, there is still what libFuzzer keeps.
        let _ = fs::write(path, input);
    }
}

/// One of several, as the recipe has it; the first one when it is used up.
///
/// # Panics
///
/// If there is none.
pub fn pick<'a, T>(recipe: &mut Unstructured<'_>, from: &'a [T]) -> &'a T {
    &from[below(recipe, from.len())]
}

/// A number below `limit`, as the recipe has it; 0 when it is used up.
pub fn below(recipe: &mut Unstructured<'_>, limit: usize) -> usize {
    recipe.int_in_range(0..=limit.saturating_sub(1)).unwrap_or_default()
}

/// What is left of a recipe, as it is.
pub fn rest(recipe: &mut Unstructured<'_>) -> Vec<u8> {
    recipe.bytes(recipe.len()).unwrap_or_default().to_vec()
}

/// Whatever the name of a file in a folder, its text; sorted, so that a recipe finds the same ones each time.
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
