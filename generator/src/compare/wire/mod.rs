//! Does the client that is already deployed still work? What a client made from the old document meets at an API that is
//! as the new one describes: what it repairs, what it keeps though it does not know it, and what it fails on.
//!
//! The rules are those of the client's runtime (`json/`, `exchange/`, `operation.rs` there), seen from the types: [`value`]
//! says what the API may write, [`read`] how the client takes it; [`accept`] holds what the client may send against what
//! the API expects. The pairs of types that are met on the way are the nodes of a [`graph`], so that each is looked at once
//! and its findings concern every operation that leads to it.
//!
//! What the document says and the API's types do not have (lengths, patterns, bounds, formats but date-time) is not
//! compared. Properties beside the result of a response are compared as well.
//!
//! What the new document does not want to be known of (`x-undocumented`) is still answered and still taken.

mod accept;
mod answer;
mod call;
mod graph;
mod names;
mod object;
mod read;
mod request;
mod summary;
mod value;
mod variants;

use std::collections::{BTreeMap, BTreeSet};

use self::graph::{Found, What};
use self::names::{Names, Side, Sides};
use crate::api::Api;
use crate::index::Entry;

/// What a client made from one document meets at an API that is as another one describes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wire {
    /// Every operation of the old client, sorted by path and item.
    pub operations: Vec<Met>,
    /// What was found, the worst first; each concerns at least one operation.
    pub findings: Vec<Finding>,
}

/// What a client meets when it calls an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Met {
    /// The method of the old client, as [`names`](crate::names) calls it.
    pub operation: String,
    /// Its path, as the old document writes it.
    pub path: String,
    /// The verbs by which the old client calls it, the preferred one first.
    pub methods: Vec<&'static str>,
    /// The worst of what can happen.
    pub outcome: Outcome,
    /// The worst of what can happen when its answer is read, however the call went.
    pub answer: Outcome,
}

/// What becomes of a call, from the best to the worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Nothing that the client would notice.
    Works,
    /// Values that the client does not know are kept as they are.
    Keeps,
    /// What is missing or cannot be read is put right, and the response says so.
    Repairs,
    /// The call is refused, or its answer is of no use.
    Fails,
}

/// One thing that is not as the old client knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What comes of it for these operations.
    pub outcome: Outcome,
    /// Whether it always does.
    pub extent: Extent,
    /// On which way it is met.
    pub direction: Direction,
    /// What it is.
    pub kind: FindingKind,
    /// The Rust item of the old client, as [`names`](crate::names) calls it.
    pub item: String,
    /// Where it stands in the old document, in the manner of [`Item::place`](crate::Item::place).
    pub old: Option<String>,
    /// Where it stands in the new document, likewise.
    pub new: Option<String>,
    /// All of it in words, of many values some.
    pub sentence: String,
    /// The enum values or the variants that it is about, if it is about some.
    pub values: Vec<String>,
    /// The operations that it concerns, by their positions among those of [`Wire`].
    pub operations: Vec<usize>,
}

/// How often something is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Extent {
    /// By some calls: it depends on what is sent, or on what the API happens to answer.
    Sometimes,
    /// Wherever the item is sent or answered.
    Always,
}

/// On which way something is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// By the call as such.
    Call,
    /// In what is sent.
    Request,
    /// In what is answered.
    Answer,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident, $word:literal;)+) => {
        /// What is not as the old client knows it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum FindingKind {
            $($(#[$doc])* $name,)+
        }

        impl FindingKind {
            /// A short name that stays.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word,)+ }
            }
        }
    };
}

kinds! {
    /// The path is gone.
    PathGone, "path-gone";
    /// The verb by which the client calls is gone.
    MethodGone, "method-gone";
    /// A way to authenticate is gone.
    SecurityGone, "security-gone";
    /// What leads to the next page is gone.
    PagingGone, "paging-gone";
    /// The body is of another media type.
    BodyChanged, "body-changed";
    /// A parameter or a property has to be sent that the client may leave out, or does not know.
    RequiredInRequest, "required-in-request";
    /// A parameter or a property that the client sends is not known.
    UnknownInRequest, "unknown-in-request";
    /// A parameter or a property is of another type, or is written in another way.
    RequestType, "request-type";
    /// A value that the client can send is not known.
    RequestValue, "request-value";
    /// Of some parameters one has to be chosen in another way.
    RequestChoice, "request-choice";
    /// The answer is of another sort: nothing, a text, or JSON.
    AnswerChanged, "answer-changed";
    /// What the answer is about is not under its key.
    ResultMissing, "result-missing";
    /// A property is not answered, or may be missing.
    Missing, "missing";
    /// A property may be null.
    Null, "null";
    /// A value is of another type.
    OtherType, "other-type";
    /// An enum has a value that is not known.
    UnknownValue, "unknown-value";
    /// A union has a variant that is not known, or a value is none of several types.
    UnknownVariant, "unknown-variant";
    /// Nothing says which variant of a union an object is.
    KeyMissing, "key-missing";
    /// An object has a property that is not known.
    NewProperty, "new-property";
}

impl Outcome {
    /// All of them, from the best to the worst.
    pub const ALL: [Self; 4] = [Self::Works, Self::Keeps, Self::Repairs, Self::Fails];

    /// In a word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Works => "works",
            Self::Keeps => "keeps",
            Self::Repairs => "repairs",
            Self::Fails => "fails",
        }
    }
}

/// Compares all operations of `old` with what `new` has in their place.
///
/// What is found is called by the items of the old client, `entries`.
pub(crate) fn wire(old: &Api, entries: &[Entry], new: &Api) -> Wire {
    let (old_names, new_names) = (Names::new(old, entries), Names::new(new, &[]));
    let (old, new) = (Side { api: old, names: &old_names }, Side { api: new, names: &new_names });
    let Wire { operations, mut findings } = between(Sides { old, new });
    // What the old document describes too is no change, such as a property that its client leaves out.
    let unchanged = between(Sides { old, new: old }).findings;
    let unchanged: BTreeSet<_> = unchanged.iter().map(of_its_kind).collect();
    findings.retain(|finding| {
        finding.outcome != Outcome::Works || !unchanged.contains(&of_its_kind(finding))
    });
    Wire { operations, findings }
}

/// What makes two findings the same, in whichever operations and places.
fn of_its_kind(finding: &Finding) -> (&str, &str) {
    (&finding.item, &finding.sentence)
}

/// Everything that is found between two documents.
fn between(sides: Sides<'_>) -> Wire {
    let mut met = call::meet_all(sides);
    met.sort_by(|(a, _), (b, _)| (&a.path, &a.operation).cmp(&(&b.path, &b.operation)));
    let mut concerned: BTreeMap<Found, Vec<usize>> = BTreeMap::new();
    let mut operations = Vec::new();
    for (index, (operation, found)) in met.into_iter().enumerate() {
        operations.push(operation);
        for found in found {
            concerned.entry(found).or_default().push(index);
        }
    }
    let mut findings: Vec<Finding> = merged(concerned).into_iter().map(finding).collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.outcome));
    Wire { operations, findings }
}

/// Findings that differ only in the values that they name are one.
fn merged(
    concerned: BTreeMap<Found, Vec<usize>>,
) -> BTreeMap<(Found, Vec<usize>), BTreeSet<String>> {
    let mut merged: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
    for (mut found, operations) in concerned {
        let values = std::mem::take(&mut found.what.values);
        merged.entry((found, operations)).or_default().extend(values);
    }
    merged
}

fn finding(((found, operations), values): ((Found, Vec<usize>), BTreeSet<String>)) -> Finding {
    let Found { outcome, extent, direction, kind, item, old, new, what, then } = found;
    let what = What { values, ..what };
    let [old, new] = [old, new].map(|place| place.map(|place| place.to_string()));
    let sentence = format!("{what}: {then}");
    let values = what.values.into_iter().collect();
    Finding { outcome, extent, direction, kind, item, old, new, sentence, values, operations }
}
