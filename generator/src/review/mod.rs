//! What a document leaves open and a maintainer has to decide, each as a question with an overlay action that answers it.
//!
//! A document has many of these. Those that a newer version of it adds are of interest: see [`new`].

mod body;
mod choices;
mod counterparts;
mod names;
mod rules;
mod snippet;

use std::collections::BTreeSet;

use crate::api::Api;
use crate::diagnostic::Place;
use crate::document::{Document, Pointer};

/// Something that a maintainer has to decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What kind of question it is.
    pub kind: DecisionKind,
    /// What it is about: an operation by its path, or an item of the client. The same in two versions of a document.
    pub subject: String,
    /// The question, in a sentence or two.
    pub question: String,
    /// JSON pointer to what the document says.
    pub pointer: String,
    /// Where that is in the text.
    pub place: Place,
    /// Overlay actions that answer the question in the likeliest way, as YAML; none if no overlay can.
    pub snippet: Option<String>,
}

/// The kinds of decisions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DecisionKind {
    /// A choice between parameters, or one of its alternatives, has no name.
    UntitledChoice,
    /// A description says how parameters go together, and no schema does.
    UnexpressedRule,
    /// An operation needs at least one of its parameters, and it is not said of which.
    AtLeastOne,
    /// An operation lacks the one that usually comes with it.
    MissingCounterpart,
    /// A name is long.
    LongName,
}

impl DecisionKind {
    /// A short name that stays.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::UntitledChoice => "untitled-choice",
            Self::UnexpressedRule => "unexpressed-rule",
            Self::AtLeastOne => "at-least-one",
            Self::MissingCounterpart => "missing-counterpart",
            Self::LongName => "long-name",
        }
    }
}

/// A document, and the client that is made from it.
#[derive(Clone, Copy)]
struct Reviewed<'a, 's> {
    document: &'a Document<'s>,
    api: &'a Api,
}

impl Reviewed<'_, '_> {
    /// How an overlay names a part of the document.
    fn path(self, pointer: &Pointer) -> String {
        self.document.original(pointer).to_path()
    }

    fn decision(
        self,
        kind: DecisionKind,
        subject: impl Into<String>,
        pointer: &Pointer,
        question: String,
    ) -> Decision {
        Decision {
            kind,
            subject: subject.into(),
            question,
            pointer: self.document.original(pointer).as_str().to_owned(),
            place: self.document.place(pointer),
            snippet: None,
        }
    }
}

/// Everything that `document` leaves open, by kind.
pub(crate) fn decisions(document: &Document<'_>, api: &Api) -> Vec<Decision> {
    let reviewed = Reviewed { document, api };
    let mut all = choices::untitled(reviewed);
    all.extend(rules::unexpressed(reviewed));
    all.extend(rules::at_least_one(reviewed));
    all.extend(counterparts::missing(reviewed));
    all.extend(names::long(reviewed));
    all.sort_by(|a, b| (a.kind, &a.subject).cmp(&(b.kind, &b.subject)));
    all
}

/// Those of `new` that `old` does not have.
pub(crate) fn new(old: Vec<Decision>, new: Vec<Decision>) -> Vec<Decision> {
    let key = |one: &Decision| (one.kind, one.subject.clone());
    let known: BTreeSet<_> = old.iter().map(key).collect();
    new.into_iter().filter(|one| !known.contains(&key(one))).collect()
}
