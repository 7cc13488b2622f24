//! Where things stand in the repository, and the options that stand there with them.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use serde::Deserialize;

/// The folder of the document; `fetch` replaces it as a whole.
pub const OPENAPI: &str = "openapi";
/// The document as published, one value a line.
pub const DOCUMENT: &str = "openapi/openapi.json";
/// Where the document came from.
pub const SOURCE: &str = "openapi/source.toml";
/// Corrections to the document.
pub const OVERLAY: &str = "openapi/overlay.yaml";
/// What `generate` does when it is not told otherwise.
pub const STANDING: &str = "openapi/generate.toml";
/// Published versions of the document to try the generator on.
pub const VERSIONS: &str = "openapi/versions.toml";
/// The package that the generated files become part of.
pub const CLIENT: &str = "generated-client";
/// The manifest of that package.
pub const MANIFEST: &str = "generated-client/Cargo.toml";
/// The files that the generator owns.
pub const GENERATED: &str = "generated-client/src/generated";
/// The versions of all dependencies, which those of crates that are made for a purpose are, too.
pub const LOCK: &str = "Cargo.lock";
/// The manifest of the workspace.
pub const WORKSPACE: &str = "Cargo.toml";

/// A checkout of this repository.
#[derive(Debug)]
pub struct Repo {
    root: PathBuf,
}

impl Repo {
    /// The checkout that the current folder is in.
    ///
    /// # Errors
    ///
    /// If it is in none.
    pub fn of_current_folder() -> Result<Self> {
        let folder = std::env::current_dir().context("the current folder cannot be found")?;
        Self::around(&folder)
    }

    /// The innermost checkout that `folder` is in.
    fn around(folder: &Path) -> Result<Self> {
        let is_root =
            |folder: &&Path| folder.join(MANIFEST).is_file() && folder.join(OPENAPI).is_dir();
        let root = folder.ancestors().find(is_root).with_context(|| {
            format!(
                "{} is in no checkout with {MANIFEST} and {OPENAPI}/; change to one, or name it with --root DIR",
                folder.display()
            )
        })?;
        Ok(Self::at(root.to_path_buf()))
    }

    /// The checkout at `root`.
    pub fn at(root: PathBuf) -> Self {
        Self { root }
    }

    /// The path of what `name` calls, one of the constants above or something below them.
    pub fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// The text of a file, or nothing where there is no such file.
    pub fn read_if_present(&self, name: &str) -> Result<Option<String>> {
        match fs::read_to_string(self.path(name)) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("{name} cannot be read")),
        }
    }

    /// The text of a file that has to be there; `remedy` says what to do where it is not.
    pub fn read(&self, name: &str, remedy: &str) -> Result<String> {
        self.read_if_present(name)?.ok_or_else(|| anyhow!("{name} is missing; {remedy}"))
    }

    /// Where Cargo puts what it builds.
    pub fn target(&self) -> PathBuf {
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| self.path("target"), PathBuf::from)
    }

    /// The standing options of `generate`.
    pub fn standing(&self) -> Result<Standing> {
        Standing::parse(&self.read_if_present(STANDING)?.unwrap_or_default())
    }
}

impl Standing {
    /// Reads the text of such a file.
    pub fn parse(text: &str) -> Result<Self> {
        toml_edit::de::from_str(text).with_context(|| format!("{STANDING} cannot be used"))
    }
}

/// What `openapi/generate.toml` may say.
#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Standing {
    /// Paths that the checked-in client is limited to; all of them when empty.
    pub only: Vec<String>,
    /// Whether operations that the document marks as undocumented are part of it.
    pub undocumented: bool,
    /// Whether everything has to have a Rust.
    pub strict: bool,
    /// Name of the client type.
    pub client: Option<String>,
    /// Path of the constant with what the document does not say of the API.
    pub profile: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(text: &str) -> Result<Standing> {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(OPENAPI)).unwrap();
        fs::write(folder.path().join(STANDING), text).unwrap();
        Repo::at(folder.path().to_path_buf()).standing()
    }

    #[test]
    fn standing_options_are_read() {
        assert_eq!(standing("only = [\"/a\"]").unwrap().only, ["/a"]);
        assert_eq!(standing("").unwrap(), Standing::default());
        let nowhere = Repo::at(PathBuf::from("no-such-folder"));
        assert_eq!(nowhere.standing().unwrap(), Standing::default());
    }

    #[test]
    fn the_checkout_is_the_one_that_the_current_folder_is_in() {
        let folder = tempfile::tempdir().unwrap();
        let message = format!("{:#}", Repo::around(folder.path()).unwrap_err());
        assert!(message.contains("--root DIR"), "{message}");
        for root in ["outer", "outer/below/inner"].map(|root| folder.path().join(root)) {
            fs::create_dir_all(root.join(OPENAPI)).unwrap();
            fs::create_dir_all(root.join(GENERATED)).unwrap();
            fs::write(root.join(MANIFEST), "").unwrap();
            let repo = Repo::around(&root.join(GENERATED)).unwrap();
            assert_eq!(repo.path(MANIFEST), root.join(MANIFEST));
        }
    }

    #[test]
    fn an_unknown_standing_option_is_named_with_its_file() {
        let message = format!("{:#}", standing("olny = [\"/a\"]").unwrap_err());
        assert!(message.contains(STANDING), "{message}");
        assert!(message.contains("`olny`"), "{message}");
        let message = format!("{:#}", standing("only = 1").unwrap_err());
        assert!(message.contains("only = 1"), "{message}");
    }
}
