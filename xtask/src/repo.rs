//! Paths in the repository, and the options in `openapi/generate.toml`.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use serde::Deserialize;

/// The folder of the OpenAPI document; `fetch` replaces it as a whole.
pub const OPENAPI: &str = "openapi";
/// The document as it was published, formatted with one value per line.
pub const DOCUMENT: &str = "openapi/openapi.json";
/// The origin of the document: URL or npm version, hashes and date.
pub const SOURCE: &str = "openapi/source.toml";
/// Corrections to the document, an OpenAPI Overlay.
pub const OVERLAY: &str = "openapi/overlay.yaml";
/// The default options of `generate`.
pub const DEFAULT_OPTIONS: &str = "openapi/generate.toml";
/// The list of published versions of the document that the generator is tested with.
pub const VERSIONS: &str = "openapi/versions.toml";
/// The package of the client, which contains the generated files.
pub const CLIENT: &str = "generated-client";
/// The manifest of the client's package.
pub const MANIFEST: &str = "generated-client/Cargo.toml";
/// The folder of the generated files.
pub const GENERATED: &str = "generated-client/src/generated";
/// The lock file. Temporary crates are built with the same versions of dependencies.
pub const LOCK: &str = "Cargo.lock";
/// The manifest of the workspace.
pub const WORKSPACE: &str = "Cargo.toml";

/// A checkout of this repository.
#[derive(Debug)]
pub struct Repo {
    root: PathBuf,
}

impl Repo {
    /// The checkout that contains the current folder.
    ///
    /// # Errors
    ///
    /// If the current folder is not in a checkout.
    pub fn of_current_folder() -> Result<Self> {
        let folder = std::env::current_dir().context("the current folder cannot be found")?;
        Self::around(&folder)
    }

    /// The innermost checkout that contains `folder`.
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

    /// The checkout with this root.
    pub fn at(root: PathBuf) -> Self {
        Self { root }
    }

    /// The path of `name`, which is one of the constants above, or a path relative to the root.
    pub fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// Reads a file; `None` if it does not exist.
    pub fn read_if_present(&self, name: &str) -> Result<Option<String>> {
        match fs::read_to_string(self.path(name)) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("{name} cannot be read")),
        }
    }

    /// Reads a file that has to exist. `remedy` says how to restore it.
    pub fn read(&self, name: &str, remedy: &str) -> Result<String> {
        self.read_if_present(name)?.ok_or_else(|| anyhow!("{name} is missing; {remedy}"))
    }

    /// The folder for Cargo's build output.
    pub fn target(&self) -> PathBuf {
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| self.path("target"), PathBuf::from)
    }

    /// Reads the default options of `generate`.
    pub fn default_options(&self) -> Result<DefaultOptions> {
        DefaultOptions::parse(&self.read_if_present(DEFAULT_OPTIONS)?.unwrap_or_default())
    }
}

impl DefaultOptions {
    /// Parses the text of `openapi/generate.toml`.
    pub fn parse(text: &str) -> Result<Self> {
        toml_edit::de::from_str(text).with_context(|| format!("{DEFAULT_OPTIONS} cannot be used"))
    }
}

/// The options in `openapi/generate.toml`.
#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DefaultOptions {
    /// Paths that the checked-in client is limited to. Empty means all paths.
    pub only: Vec<String>,
    /// Whether operations that the document marks as undocumented are included.
    pub undocumented: bool,
    /// Whether parts of the document that the generator does not support are errors.
    pub strict: bool,
    /// Name of the client type.
    pub client: Option<String>,
    /// Functions of the client type that are written by hand for this API.
    pub reserved: Vec<String>,
    /// Rust path of the constant with facts about the API that the document lacks.
    pub profile: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn default_options(text: &str) -> Result<DefaultOptions> {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(OPENAPI)).unwrap();
        fs::write(folder.path().join(DEFAULT_OPTIONS), text).unwrap();
        Repo::at(folder.path().to_path_buf()).default_options()
    }

    #[test]
    fn standing_options_are_read() {
        assert_eq!(default_options("only = [\"/a\"]").unwrap().only, ["/a"]);
        assert_eq!(default_options("").unwrap(), DefaultOptions::default());
        let nowhere = Repo::at(PathBuf::from("no-such-folder"));
        assert_eq!(nowhere.default_options().unwrap(), DefaultOptions::default());
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
        let message = format!("{:#}", default_options("olny = [\"/a\"]").unwrap_err());
        assert!(message.contains(DEFAULT_OPTIONS), "{message}");
        assert!(message.contains("`olny`"), "{message}");
        let message = format!("{:#}", default_options("only = 1").unwrap_err());
        assert!(message.contains("only = 1"), "{message}");
    }
}
