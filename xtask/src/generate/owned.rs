//! Records which files of a crate were generated, to detect whether a user has edited them.
//!
//! The crate has a list of these files with their hashes. All other files in its folder belong to the user.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::atomic_dir::Files;

/// The file name of the list.
pub(super) const LIST: &str = ".generated-files";
/// The first line of the list.
const HEADER: &str =
    "# Files that were generated, with their hashes; other files in this folder are left alone.\n";
/// The folder in which all files are generated.
const GENERATED: &str = "src/generated/";
/// The maximum number of files that an error names.
const SHOWN: usize = 20;

/// The generated files of a crate: the path and the hash of each.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Owned(BTreeMap<String, String>);

/// What to do with generated files that a user has edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edited {
    Refuse,
    Overwrite,
}

impl Owned {
    /// Reads the list in this folder; `None` if there is none.
    pub(super) fn read(folder: &Path) -> Result<Option<Self>> {
        let path = folder.join(LIST);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).context(format!("{} cannot be read", path.display())),
        };
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        let files = lines.filter_map(|line| line.split_once("  "));
        Ok(Some(Self(files.map(|(hash, path)| (path.to_owned(), hash.to_owned())).collect())))
    }

    /// Makes the list of these files.
    pub(super) fn of(files: &Files) -> Self {
        Self(files.iter().map(|(path, bytes)| (path.clone(), hash(bytes))).collect())
    }

    /// The text of the list.
    pub(super) fn text(&self) -> String {
        let mut text = HEADER.to_owned();
        for (path, hash) in &self.0 {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{hash}  {path}");
        }
        text
    }

    /// The paths that this run may change: the generated files of the last run and of this one.
    pub(super) fn with(&self, wanted: &Files) -> BTreeSet<String> {
        self.0.keys().chain(wanted.keys()).cloned().collect()
    }

    /// Fails if replacing the files in `found` would lose a file that a user has written or edited.
    pub(super) fn ensure_unedited(&self, found: &Files, wanted: &Files, out: &str) -> Result<()> {
        let would_be_lost = |path: &&String| {
            let Some(bytes) = found.get(*path) else { return false };
            let is_as_generated = self.0.get(*path).is_some_and(|known| *known == hash(bytes));
            *path != LIST && !is_as_generated && wanted.get(*path) != Some(bytes)
        };
        let lost: Vec<&String> = found.keys().filter(would_be_lost).collect();
        if lost.is_empty() {
            return Ok(());
        }
        let mut names: String = lost.iter().take(SHOWN).map(|path| format!("  {path}\n")).collect();
        if lost.len() > SHOWN {
            let _ = writeln!(names, "  … and {} more", lost.len() - SHOWN);
        }
        bail!(
            "{out} was left as it is: these files are not as they were generated, and would be overwritten:\n{names}\
             move your changes to files of your own, or use --force to overwrite them"
        )
    }
}

/// Whether the file or folder at `path` is, or contains, none of the files that this run may change.
pub(super) fn is_foreign(changeable: &BTreeSet<String>, path: &str) -> bool {
    let folder = format!("{path}/");
    let holds_one =
        changeable.range(folder.clone()..).next().is_some_and(|one| one.starts_with(&folder));
    !holds_one && !changeable.contains(path) && !path.starts_with(GENERATED)
}

/// The 64-bit FNV-1a hash. It only has to detect edits, not to withstand attacks.
fn hash(bytes: &[u8]) -> String {
    let fold = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{:016x}", bytes.iter().fold(0xcbf2_9ce4_8422_2325, fold))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(list: &[(&str, &str)]) -> Files {
        list.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn hashes_are_those_of_fnv_1a() {
        assert_eq!(hash(b""), "cbf29ce484222325");
        assert_eq!(hash(b"foobar"), "85944171f73967e8");
    }

    #[test]
    fn a_list_is_read_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Owned::read(folder.path()).unwrap(), None);
        let owned = Owned::of(&files(&[("a b.rs", "1"), ("src/c.rs", "2")]));
        fs::write(folder.path().join(LIST), owned.text()).unwrap();
        assert_eq!(Owned::read(folder.path()).unwrap(), Some(owned));
    }

    #[test]
    fn only_edits_that_would_be_lost_are_refused() {
        let owned =
            Owned::of(&files(&[("same", "1"), ("edited", "1"), ("gone", "1"), ("right", "1")]));
        let found = files(&[("same", "1"), ("edited", "mine"), ("right", "2"), ("new", "mine")]);
        let wanted =
            files(&[("same", "2"), ("edited", "2"), ("right", "2"), ("new", "2"), ("gone", "2")]);
        let message = owned.ensure_unedited(&found, &wanted, "out").unwrap_err().to_string();
        assert!(message.contains("overwritten:\n  edited\n  new\nmove"), "{message}");
        let found = files(&[("same", "1"), ("right", "2")]);
        owned.ensure_unedited(&found, &wanted, "out").unwrap();
    }

    #[test]
    fn folders_without_generated_files_are_foreign_as_a_whole() {
        let changeable = BTreeSet::from(["src/lib.rs".to_owned(), "a-b".to_owned()]);
        for (path, expected) in [
            ("src", false),
            ("src/lib.rs", false),
            ("src/own.rs", true),
            ("examples", true),
            ("a", true),
            ("src/generated/old.rs", false),
        ] {
            assert_eq!(is_foreign(&changeable, path), expected, "{path}");
        }
    }
}
