//! Replaces several files together, and restores them if one of them fails.

use anyhow::Result;

use crate::fetch::Found;
use xtask::atomic_dir;
use xtask::generate::Client;
use xtask::repo::{GENERATED, Repo};

/// New contents of single files.
#[derive(Default)]
pub(super) struct Edits {
    files: Vec<Edit>,
}

struct Edit {
    name: &'static str,
    before: String,
    after: String,
}

impl Edits {
    pub(super) fn add(&mut self, name: &'static str, before: String, after: String) {
        if before != after {
            self.files.push(Edit { name, before, after });
        }
    }

    /// The files that would change, one line for each.
    pub(super) fn changes(&self, client: &Client, found: Option<&Found>) -> Result<Vec<String>> {
        let mut changes: Vec<String> = self.files.iter().map(|edit| edit.name.to_owned()).collect();
        if let Some(difference) = client.difference()? {
            changes.push(format!("{GENERATED}: {difference}"));
        }
        changes.extend(found.iter().flat_map(|found| found.changes()).map(str::to_owned));
        Ok(changes)
    }

    /// Writes everything, the document last: until it is written, another run repeats the same update.
    pub(super) fn write(&self, repo: &Repo, client: &Client, found: Option<&Found>) -> Result<()> {
        let before = client.present()?;
        let written = self.put(repo, |edit| &edit.after).and_then(|()| {
            client.write(&client.files)?;
            found.map_or(Ok(()), |found| found.keep(repo))
        });
        let Err(error) = written else { return Ok(()) };
        // If restoring fails too, the original error says enough: the cause is the same disk.
        let restored = self.put(repo, |edit| &edit.before).and(client.write(&before));
        let state = match restored {
            Ok(_) => "everything was put back",
            Err(_) => "not everything could be put back; run the command again, or `git restore .`",
        };
        Err(error.context(state))
    }

    fn put(&self, repo: &Repo, text: impl Fn(&Edit) -> &str) -> Result<()> {
        for edit in &self.files {
            atomic_dir::replace_file(&repo.path(edit.name), text(edit))?;
        }
        Ok(())
    }
}
