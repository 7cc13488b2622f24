//! Names the files of modules, in ASCII that all file systems accept, and determines their `#[path]` attributes.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use crate::api::{ModuleFile, ModuleName, Name};

/// Names of devices on Windows, which files cannot have.
const DEVICES: [&str; 4] = ["aux", "con", "nul", "prn"];
/// The same, followed by a digit.
const NUMBERED_DEVICES: [&str; 2] = ["com", "lpt"];

/// The maximum length of a file name. File systems allow 255 bytes, including suffixes that tools append.
const MAX_LENGTH: usize = 120;

/// The files of the modules that one file declares.
pub(super) struct Files {
    /// The name of the file that declares them, and of their folder.
    above: String,
    /// Whether that file has a `#[path]`. If so, Rust looks for its modules in the same folder.
    is_above_by_path: bool,
    taken: BTreeSet<String>,
}

impl Files {
    /// The files of the modules that `above.rs` declares, which Rust finds without a `#[path]`.
    pub(super) fn below(above: &str) -> Self {
        Self { above: above.to_owned(), is_above_by_path: false, taken: BTreeSet::new() }
    }

    /// The files of the modules that this one declares.
    pub(super) fn of(file: &ModuleFile) -> Self {
        Self { is_above_by_path: file.path.is_some(), ..Self::below(&file.stem) }
    }

    /// Chooses a file for each module, with the name of the module where possible.
    pub(super) fn name(&mut self, modules: &[ModuleName]) -> Vec<ModuleFile> {
        let stems: Vec<String> = modules.iter().map(|module| stem(module.as_str())).collect();
        let mut order: Vec<usize> = (0..modules.len()).collect();
        order.sort_by_key(|&index| (stems[index] != modules[index].as_str(), &modules[index]));
        let mut files = vec![ModuleFile::default(); modules.len()];
        for index in order {
            files[index] = self.file(&modules[index], &stems[index]);
        }
        files
    }

    fn file(&mut self, module: &ModuleName, stem: &str) -> ModuleFile {
        let numbered = (2..).map(|number| format!("{stem}_{number}"));
        let mut stems = std::iter::once(stem.to_owned()).chain(numbered);
        let stem = stems.find(|stem| !self.taken.contains(stem)).unwrap_or_default();
        self.taken.insert(stem.clone());
        let is_found = !self.is_above_by_path && stem == module.as_str();
        let path = (!is_found).then(|| format!("{}/{stem}.rs", self.above));
        ModuleFile { stem, path }
    }
}

/// The file name for a module: letters without diacritics, and the code points of letters that ASCII lacks.
fn stem(module: &str) -> String {
    let mut stem = String::new();
    for c in module.nfkd() {
        match c {
            'ß' => stem.push_str("ss"),
            _ if c.is_ascii() => stem.push(c.to_ascii_lowercase()),
            _ if is_mark(c) => {}
            _ => stem.push_str(&format!("u{:x}", u32::from(c))),
        }
    }
    stem.truncate(MAX_LENGTH);
    let is_device = DEVICES.contains(&stem.as_str())
        || NUMBERED_DEVICES.iter().any(|device| {
            let digit = stem.strip_prefix(device);
            digit.is_some_and(|digit| digit.len() == 1 && digit.as_bytes()[0].is_ascii_digit())
        });
    if is_device { stem + "_" } else { stem }
}

/// Whether a character is a combining mark.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(files: &mut Files, modules: &[&str]) -> Vec<(String, Option<String>)> {
        let modules: Vec<ModuleName> = modules.iter().map(|words| ModuleName::new(words)).collect();
        files.name(&modules).into_iter().map(|file| (file.stem, file.path)).collect()
    }

    #[test]
    fn files_have_ascii_names_of_their_own() {
        let modules = ["größen", "grossen", "日本", "aux", "com1", "type"];
        let path = |stem: &str| (stem.to_owned(), Some(format!("api/{stem}.rs")));
        let own = |stem: &str| (stem.to_owned(), None);
        assert_eq!(
            named(&mut Files::below("api"), &modules),
            [
                path("grossen_2"),
                own("grossen"),
                path("u65e5u672c"),
                path("aux_"),
                path("com1_"),
                own("type"),
            ]
        );
    }

    #[test]
    fn modules_in_a_file_that_was_found_by_its_path_are_too() {
        let mut above = Files::below("api");
        let file = above.name(&[ModuleName::new("größen")]).remove(0);
        let inner = named(&mut Files::of(&file), &["liste"]);
        assert_eq!(inner, [("liste".to_owned(), Some("grossen/liste.rs".to_owned()))]);
    }

    #[test]
    fn long_names_have_short_files() {
        let long = "a".repeat(300);
        let names = named(&mut Files::below("api"), &[&long, &format!("{long}b")]);
        assert!(names.iter().all(|(stem, path)| stem.len() < 130 && path.is_some()));
        assert_ne!(names[0], names[1]);
    }
}
