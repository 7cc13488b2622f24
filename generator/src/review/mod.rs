//! Open questions: points that a document leaves open and a maintainer has to decide. Each comes with a suggested overlay
//! action if an overlay can answer it.
//!
//! A document has many of these; usually only the ones that a new version adds are shown: see [`new`].

mod body;
mod choices;
mod counterparts;
mod names;
mod rules;
mod snippet;
mod times;

use std::collections::BTreeSet;

use crate::api::Api;
use crate::diagnostic::Place;
use crate::document::{Document, Pointer};

/// A question that a maintainer has to decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The kind of question.
    pub kind: DecisionKind,
    /// The subject: the path of an operation or of an item of the client. It is stable between versions of a document.
    pub subject: String,
    /// The question, in a sentence or two.
    pub question: String,
    /// JSON pointer to the part of the document that raises the question.
    pub pointer: String,
    /// The position in the text.
    pub place: Place,
    /// Overlay actions with the likeliest answer, as YAML; `None` if no overlay can answer the question.
    pub snippet: Option<String>,
}

/// The kinds of decisions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DecisionKind {
    /// A choice between parameters, or one of its alternatives, has no name.
    UntitledChoice,
    /// A description states a rule about combining parameters that the schema does not express.
    UnexpressedRule,
    /// An operation needs at least one of its parameters, but the document does not say which.
    AtLeastOne,
    /// An operation has no counterpart that undoes it.
    MissingCounterpart,
    /// A name is too long.
    LongName,
    /// A description calls a string a date and time, but the schema has no format.
    TimeWithoutFormat,
}

impl DecisionKind {
    /// Returns a short, stable name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::UntitledChoice => "untitled-choice",
            Self::UnexpressedRule => "unexpressed-rule",
            Self::AtLeastOne => "at-least-one",
            Self::MissingCounterpart => "missing-counterpart",
            Self::LongName => "long-name",
            Self::TimeWithoutFormat => "time-without-format",
        }
    }
}

/// A document with the model of its client.
#[derive(Clone, Copy)]
struct Reviewed<'a, 's> {
    document: &'a Document<'s>,
    api: &'a Api,
}

impl Reviewed<'_, '_> {
    /// The JSONPath by which an overlay refers to a part of the document.
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

/// Finds all open questions of `document`, sorted by kind and subject.
pub(crate) fn decisions(document: &Document<'_>, api: &Api) -> Vec<Decision> {
    let reviewed = Reviewed { document, api };
    let mut all = choices::untitled(reviewed);
    all.extend(rules::unexpressed(reviewed));
    all.extend(rules::at_least_one(reviewed));
    all.extend(counterparts::missing(reviewed));
    all.extend(names::long(reviewed));
    all.extend(times::without_format(reviewed));
    all.sort_by(|a, b| (a.kind, &a.subject).cmp(&(b.kind, &b.subject)));
    all
}

/// Returns the questions in `new` that are not in `old`.
pub(crate) fn new(old: Vec<Decision>, new: Vec<Decision>) -> Vec<Decision> {
    let key = |one: &Decision| (one.kind, one.subject.clone());
    let known: BTreeSet<_> = old.iter().map(key).collect();
    new.into_iter().filter(|one| !known.contains(&key(one))).collect()
}
