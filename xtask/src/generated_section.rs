//! Sections of hand-written files that a command writes, marked by two comments.

use std::fs;

use anyhow::{Context, Result, anyhow};

use crate::repo::Repo;

/// The comment at the end of every generated section.
const END: &str = "<!-- end -->\n";

/// A generated section of a file.
pub struct GeneratedSection<'a> {
    /// The file that contains the section.
    pub file: &'a str,
    /// The command that writes the section; its opening comment names it.
    pub command: &'a str,
}

impl GeneratedSection<'_> {
    /// Replaces the text of the section with `text`.
    pub fn write(&self, repo: &Repo, text: &str) -> Result<()> {
        let wanted = self.wanted(&self.read(repo)?, text)?;
        fs::write(repo.path(self.file), wanted)
            .with_context(|| format!("{} cannot be written", self.file))
    }

    /// Whether the text of the section is `text`.
    pub fn holds(&self, repo: &Repo, text: &str) -> Result<bool> {
        let present = self.read(repo)?;
        Ok(self.wanted(&present, text)? == present)
    }

    fn read(&self, repo: &Repo) -> Result<String> {
        repo.read(self.file, "restore it from git")
    }

    /// The content of the file with `text` in the section.
    fn wanted(&self, present: &str, text: &str) -> Result<String> {
        let Self { file, command } = self;
        let begin = format!("<!-- written by `{command}` -->\n");
        let parts = present
            .split_once(&begin)
            .and_then(|(before, rest)| Some((before, rest.split_once(END)?.1)));
        let (before, after) =
            parts.ok_or_else(|| anyhow!("{file} has no place for this, from {begin}to {END}"))?;
        Ok(format!("{before}{begin}\n{text}\n{END}{after}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: GeneratedSection<'_> =
        GeneratedSection { file: "README.md", command: "it --write" };

    #[test]
    fn what_stands_around_it_stays() {
        let present = "a\n<!-- written by `it --write` -->\nold\n<!-- end -->\nz\n<!-- end -->\n";
        let wanted = HERE.wanted(present, "new").unwrap();
        let expected =
            "a\n<!-- written by `it --write` -->\n\nnew\n<!-- end -->\nz\n<!-- end -->\n";
        assert_eq!(wanted, expected);
        assert_eq!(HERE.wanted(&wanted, "new").unwrap(), wanted);
    }

    #[test]
    fn a_file_without_a_place_for_it_is_not_touched() {
        let message = HERE.wanted("a\n", "new").unwrap_err().to_string();
        assert!(message.contains("README.md") && message.contains("it --write"), "{message}");
    }
}
