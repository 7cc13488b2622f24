//! The part of a pull request before the changes: decisions, commented-out overlay actions, and remaining steps.

use std::fmt::Write as _;

use seam_generator::{DeadAction, Decision};

/// The maximum length of one section, in characters.
const MOST: usize = 12_000;

/// Commands that maintainers still have to run, with what each one updates.
const STEPS: [(&str, &str); 3] = [
    (
        "cargo xtask conformance --write",
        "the table in the client's README, and the list of calls that cannot pass (needs Node.js)",
    ),
    ("cargo xtask bench counts --write", "the counts, if the test of them fails"),
    ("cargo xtask test", "everything that has to pass"),
];

/// A label of the pull request. `.ci/propose` accepts these names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// A maintainer has to decide something.
    Decide,
    /// Overlay actions were commented out.
    SetAside,
}

impl Label {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Decide => "decide",
            Self::SetAside => "set-aside",
        }
    }
}

/// What maintainers have to look at.
#[derive(Default)]
pub(super) struct Proposal {
    pub(super) decisions: Vec<Decision>,
    pub(super) set_aside: Vec<DeadAction>,
    /// Entries that were removed from the list of impossible calls.
    pub(super) taken_off: Vec<String>,
}

impl Proposal {
    pub(super) fn labels(&self) -> Vec<Label> {
        let mut labels = Vec::new();
        if !self.decisions.is_empty() {
            labels.push(Label::Decide);
        }
        if !self.set_aside.is_empty() {
            labels.push(Label::SetAside);
        }
        labels
    }

    /// The sections of a pull request before the changes, as Markdown.
    pub(super) fn markdown(&self) -> String {
        let mut text = self.decided();
        text.push_str(&self.put_aside());
        text.push_str("\n## Remaining steps\n\n");
        for (command, brings) in STEPS {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "- [ ] `{command}`: {brings}");
        }
        if !self.taken_off.is_empty() {
            let list = self.taken_off.join("`, `");
            let _ = writeln!(text, "\nTaken off the list of calls that cannot pass: `{list}`.");
        }
        text
    }

    fn decided(&self) -> String {
        if self.decisions.is_empty() {
            return String::new();
        }
        let mut text = format!(
            "\n## Please decide ({})\n\nThe overlay actions are proposals for `openapi/overlay.yaml`.\n\n",
            self.decisions.len()
        );
        for (index, one) in self.decisions.iter().enumerate() {
            let entry = decision(one);
            if text.len() + entry.len() > MOST {
                let _ = writeln!(text, "- … and {} more", self.decisions.len() - index);
                break;
            }
            text.push_str(&entry);
        }
        text
    }

    fn put_aside(&self) -> String {
        if self.set_aside.is_empty() {
            return String::new();
        }
        let mut text = format!(
            "\n## Overlay actions that were set aside ({})\n\nThey are comments in `openapi/overlay.yaml` now: take them \
             out, or give them another target.\n\n",
            self.set_aside.len()
        );
        for DeadAction { target, reason, cause, place, .. } in &self.set_aside {
            let (line, cause) = (place.line, cause.as_str());
            let _ =
                writeln!(text, "- `{target}` (line {line}) {cause}. It was for: {}", quiet(reason));
        }
        text
    }

    /// The same for a terminal, one line each.
    pub(super) fn lines(&self) -> Vec<String> {
        let decisions = self.decisions.iter().map(|one| {
            format!("please decide ({}): {} ({})", one.kind.as_str(), one.question, one.place)
        });
        let set_aside = self
            .set_aside
            .iter()
            .map(|one| format!("set aside: {} {} ({})", one.target, one.cause.as_str(), one.place));
        decisions.chain(set_aside).collect()
    }
}

fn decision(one: &Decision) -> String {
    let mut text =
        format!("- **{}**, line {}: {}\n", one.kind.as_str(), one.place.line, quiet(&one.question));
    if let Some(snippet) = &one.snippet {
        text.push_str("  ```yaml\n");
        for line in snippet.lines() {
            let _ = writeln!(text, "    {line}");
        }
        text.push_str("  ```\n");
    }
    text
}

/// Escapes `@`, so that text of the document does not mention GitHub users.
fn quiet(text: &str) -> String {
    text.replace('@', "&#64;")
}
