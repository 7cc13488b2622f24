//! The overlay beside a newer document: what it corrects no longer is set aside.

use anyhow::Result;
use seam_generator::{DeadAction, SetAside, Source, set_aside};

use xtask::repo::{OVERLAY, Repo};

/// The overlay as it is and as it has to be.
pub(super) struct Corrections {
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
    /// The actions that are set aside, also by an earlier run for the same document.
    pub(super) set_aside: Vec<DeadAction>,
}

impl Corrections {
    /// The corrections to `document`, beside those that git's HEAD has.
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
