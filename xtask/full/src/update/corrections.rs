//! Updates the overlay for a newer document: actions that no longer have an effect are commented out.

use anyhow::Result;
use seam_generator::{DeadAction, SetAside, Source, set_aside};

use xtask::repo::{OVERLAY, Repo};

/// The overlay before and after.
pub(super) struct Corrections {
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
    /// The actions that are commented out now, or were by an earlier run for the same document.
    pub(super) set_aside: Vec<DeadAction>,
}

impl Corrections {
    /// Applies the overlay in the working tree to `document`. `committed` is the overlay of git's HEAD.
    pub(super) fn of(repo: &Repo, committed: Option<&Source>, document: &Source) -> Result<Self> {
        let before = repo.read_if_present(OVERLAY)?;
        let Some(text) = before.clone() else {
            return Ok(Self { before: None, after: None, set_aside: Vec::new() });
        };
        let overlay = Source { name: OVERLAY.to_owned(), text };
        let SetAside { text, actions } = set_aside(document, &overlay)?;
        let mut all = match committed {
            Some(committed) if committed.text != overlay.text => {
                set_aside(document, committed).map(|found| found.actions).unwrap_or_default()
            }
            _ => Vec::new(),
        };
        for action in actions {
            if !all.iter().any(|one| (&one.target, &one.reason) == (&action.target, &action.reason))
            {
                all.push(action);
            }
        }
        Ok(Self { before, after: Some(text), set_aside: all })
    }
}
