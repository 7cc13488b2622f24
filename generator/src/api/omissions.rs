//! What was passed over, and why.

use std::collections::BTreeMap;
use std::fmt;

use crate::document::Pointer;

/// Why a part of the document is not in the Rust code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// The document marks it as undocumented.
    Undocumented,
    /// The document tells generators to leave it alone.
    Ignored,
    /// Its path is not among those that were asked for.
    NotAskedFor,
    /// It is the same operation by another verb, and that one has the method.
    OtherVerb,
    /// Nothing that is generated refers to it.
    Unused,
    /// A component schema that is a plain Rust type, or another schema's type, where it is used.
    Plain,
    /// A component schema that only types with more in them are made of.
    Combined,
    /// The same property is described in another part of its object, or in another alternative.
    Repeated,
    /// It stands beside the result, and the method gives the result.
    BesideResult,
    /// The operation has no result.
    NoResult,
    /// It is in an answer that is not read, as another one is the success.
    OtherAnswer,
    /// It is in a content of a media type that is not the chosen one.
    OtherMedia,
    /// It is in a content that is sent or read as a whole, as text or bytes.
    Whole,
    /// It is in a header of an answer or a part, which are texts.
    Header,
    /// The server calls it.
    Callback,
    /// It is in an alternative that restricts an object, which nothing checks.
    Condition,
    /// The alternative that it is in says that it has to be absent.
    Absent,
    /// It is in what the keys are that the document does not name, where they cannot be given.
    OtherKeys,
    /// It is in a keyword that says nothing beside the others of its schema, or in a variant beside one that is anything.
    Meaningless,
    /// Something else describes it: credentials, and the type of the body.
    Elsewhere,
    /// It has no Rust; the diagnostic with this code says more.
    NoRust(&'static str),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            Self::Undocumented => "undocumented",
            Self::Ignored => "ignored by generators",
            Self::NotAskedFor => "not asked for",
            Self::OtherVerb => "same method by another verb",
            Self::Unused => "used by nothing generated",
            Self::Plain => "plain type where it is used",
            Self::Combined => "part of other types",
            Self::Repeated => "described again",
            Self::BesideResult => "beside the result",
            Self::NoResult => "no result",
            Self::OtherAnswer => "answer that is not read",
            Self::OtherMedia => "other media type",
            Self::Whole => "text or bytes as a whole",
            Self::Header => "header of an answer",
            Self::Callback => "called by the server",
            Self::Condition => "unchecked condition",
            Self::Absent => "has to be absent",
            Self::OtherKeys => "keys without a name",
            Self::Meaningless => "meaningless keyword",
            Self::Elsewhere => "described elsewhere",
            Self::NoRust(code) => return write!(f, "no Rust: {code}"),
        };
        f.write_str(text)
    }
}

/// What lowering passed over.
#[derive(Clone, Debug, Default)]
pub(crate) struct Omissions(BTreeMap<String, Omission>);

/// What is said about one place.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Omission {
    /// Why what stands there is left out, with everything in it.
    pub(crate) whole: Option<Reason>,
    /// Why what stands there is left out, but not what is in it.
    pub(crate) itself: Option<Reason>,
    /// Why everything in what stands there is left out.
    pub(crate) inside: Option<Reason>,
}

impl Omissions {
    /// What stands at `at` is left out, with everything in it.
    pub(crate) fn whole(&mut self, at: &Pointer, reason: Reason) {
        self.record(at).whole.get_or_insert(reason);
    }

    /// What stands at `at` is left out, but not what is in it.
    pub(crate) fn itself(&mut self, at: &Pointer, reason: Reason) {
        self.record(at).itself.get_or_insert(reason);
    }

    /// Everything in what stands at `at` is left out.
    pub(crate) fn inside(&mut self, at: &Pointer, reason: Reason) {
        self.record(at).inside.get_or_insert(reason);
    }

    /// All that `other` says, too.
    pub(crate) fn append(&mut self, other: Self) {
        for (at, other) in other.0 {
            let record = self.0.entry(at).or_default();
            record.whole = record.whole.or(other.whole);
            record.itself = record.itself.or(other.itself);
            record.inside = record.inside.or(other.inside);
        }
    }

    pub(crate) fn at(&self, at: &str) -> Omission {
        self.0.get(at).copied().unwrap_or_default()
    }

    /// What is left out, by its place.
    #[cfg(test)]
    pub(crate) fn each(&self) -> impl Iterator<Item = (String, Vec<Reason>)> {
        self.0.iter().map(|(at, Omission { whole, itself, inside })| {
            (at.clone(), [whole, itself, inside].into_iter().flatten().copied().collect())
        })
    }

    /// The same without what is said about one place.
    #[cfg(test)]
    pub(crate) fn without(&self, at: &str) -> Self {
        let mut other = self.clone();
        other.0.remove(at);
        other
    }

    fn record(&mut self, at: &Pointer) -> &mut Omission {
        self.0.entry(at.as_str().to_owned()).or_default()
    }
}
