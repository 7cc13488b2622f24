//! Where things stand in the repository, and the options that stand there with them.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use serde::Deserialize;

/// The folder of the document; `fetch` replaces it as a whole.
pub(crate) const OPENAPI: &str = "openapi";
/// The document as published, one value a line.
pub(crate) const DOCUMENT: &str = "openapi/openapi.json";
/// Where the document came from.
pub(crate) const SOURCE: &str = "openapi/source.toml";
/// Corrections to the document.
pub(crate) const OVERLAY: &str = "openapi/overlay.yaml";
/// What `generate` does when it is not told otherwise.
pub(crate) const STANDING: &str = "openapi/generate.toml";
/// Published versions of the document to try the generator on.
pub(crate) const VERSIONS: &str = "openapi/versions.toml";
/// The package that the generated files become part of.
pub(crate) const CLIENT: &str = "generated-client";
/// The manifest of that package.
pub(crate) const MANIFEST: &str = "generated-client/Cargo.toml";
/// The files that the generator owns.
pub(crate) const GENERATED: &str = "generated-client/src/generated";
/// The versions of all dependencies, which those of crates that are made for a purpose are, too.
pub(crate) const LOCK: &str = "Cargo.lock";
/// The manifest of the workspace.
pub(crate) const WORKSPACE: &str = "Cargo.toml";

/// A checkout of this repository.
pub(crate) struct Repo {
    root: PathBuf,
}

impl Default for Repo {
    /// The checkout that this program was built in.
    fn default() -> Self {
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        Self::at(package.parent().unwrap_or(package).to_path_buf())
    }
}

impl Repo {
    /// The checkout at `root`.
    pub(crate) fn at(root: PathBuf) -> Self {
        Self { root }
    }

    /// The path of what `name` calls, one of the constants above or something below them.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// The text of a file, or nothing where there is no such file.
    pub(crate) fn read_if_present(&self, name: &str) -> Result<Option<String>> {
        match fs::read_to_string(self.path(name)) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("{name} cannot be read")),
        }
    }

    /// The text of a file that has to be there; `remedy` says what to do where it is not.
    pub(crate) fn read(&self, name: &str, remedy: &str) -> Result<String> {
        self.read_if_present(name)?.ok_or_else(|| anyhow!("{name} is missing; {remedy}"))
    }

    /// Where Cargo puts what it builds.
    pub(crate) fn target(&self) -> PathBuf {
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| self.path("target"), PathBuf::from)
    }

    /// The standing options of `generate`.
    pub(crate) fn standing(&self) -> Result<Standing> {
        Standing::parse(&self.read_if_present(STANDING)?.unwrap_or_default())
    }
}

impl Standing {
    /// Reads the text of such a file.
    pub(crate) fn parse(text: &str) -> Result<Self> {
        toml_edit::de::from_str(text).with_context(|| format!("{STANDING} cannot be used"))
    }
}

/// What `openapi/generate.toml` may say.
#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Standing {
    /// Paths that the checked-in client is limited to; all of them when empty.
    pub(crate) only: Vec<String>,
    /// Whether operations that the document marks as undocumented are part of it.
    pub(crate) undocumented: bool,
    /// Whether everything has to have a Rust.
    pub(crate) strict: bool,
    /// Name of the client type.
    pub(crate) client: Option<String>,
    /// Path of the constant with what the document does not say of the API.
    pub(crate) profile: Option<String>,
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
    fn an_unknown_standing_option_is_named_with_its_file() {
        let message = format!("{:#}", standing("olny = [\"/a\"]").unwrap_err());
        assert!(message.contains(STANDING), "{message}");
        assert!(message.contains("`olny`"), "{message}");
        let message = format!("{:#}", standing("only = 1").unwrap_err());
        assert!(message.contains("only = 1"), "{message}");
    }
}
