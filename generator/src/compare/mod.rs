//! What a Rust user of the client would notice between two versions of a document.
//!
//! Both versions are lowered and named, and the items of their clients are compared. Most changes of a document do not
//! change any item.

mod advice;
mod items;
mod renames;
mod report;
pub(crate) mod wire;

use std::fmt;

use self::wire::WireReport;
use crate::api::Api;
use crate::document::{Document, Pointer};
use crate::index::{self, Entry, Kind, Role};
use crate::review::Decision;

/// How severe a change is for users of the client, from the least to the most severe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// Only documentation changed.
    Documentation,
    /// Something was added.
    Addition,
    /// Code still compiles and does something else.
    Behaviour,
    /// Code may no longer compile.
    Breaking,
}

/// How an item changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// It is gone.
    Removed,
    /// It has another path.
    Renamed,
    /// Its signature changed: its type, its arguments, or its return type.
    Changed,
    /// It accepts more than before.
    Widened,
    /// An alias became a separate type.
    AliasSplit,
    /// Two distinct types became one.
    TypesMerged,
    /// It behaves differently at run time.
    Behaviour,
    /// It became deprecated.
    Deprecated,
    /// It is new.
    Added,
    /// Its documentation changed.
    Documentation,
}

/// An item in one of the two versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// The path in Rust, relative to the root of the crate.
    pub path: String,
    /// The path and the signature, similar to a declaration.
    pub rust: String,
    /// JSON pointer to the source of the item, or to the nearest ancestor that exists.
    pub pointer: String,
    /// The line of the pointer in the document, from one.
    pub line: usize,
}

/// One change that a user would notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// How severe the change is.
    pub weight: Weight,
    /// How the item changed.
    pub kind: ChangeKind,
    /// The kind of the item, in the new version if it exists there.
    pub item: Kind,
    /// The old item; `None` if it was added.
    pub old: Option<Side>,
    /// The new item; `None` if it was removed.
    pub new: Option<Side>,
    /// The change in a sentence.
    pub sentence: String,
    /// What to do about a breaking change.
    pub advice: Option<String>,
    /// The number of other changes that this one implies, such as the removal of the members of a removed type.
    pub implied: usize,
    /// The paths of other items of the same kind with the same change.
    pub others: Vec<String>,
}

/// All differences between two versions.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// The changes for users, sorted by severity (most severe first) and path.
    pub changes: Vec<Change>,
    /// Every item of the old client that code may no longer be able to use as before, including items that changed only
    /// because of others.
    pub broken: Vec<(String, Role)>,
    /// What a deployed client of the old version meets at an API that follows the new document.
    pub wire: WireReport,
    /// Questions for a maintainer that the new document raises and the old one does not.
    pub decisions: Vec<Decision>,
}

impl Weight {
    /// All weights, from the most to the least severe.
    pub const ALL: [Self; 4] =
        [Self::Breaking, Self::Behaviour, Self::Addition, Self::Documentation];

    /// Returns the weight in a word, as in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Documentation => "documentation",
            Self::Addition => "addition",
            Self::Behaviour => "behaviour",
            Self::Breaking => "breaking",
        }
    }
}

impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl ChangeKind {
    /// Returns the kind of change in a word, as in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Removed => "removed",
            Self::Renamed => "renamed",
            Self::Changed => "changed",
            Self::Widened => "widened",
            Self::AliasSplit => "alias-split",
            Self::TypesMerged => "types-merged",
            Self::Behaviour => "behaviour",
            Self::Deprecated => "deprecated",
            Self::Added => "added",
            Self::Documentation => "documentation",
        }
    }

    /// Returns how severe changes of this kind are.
    #[must_use]
    pub fn weight(self) -> Weight {
        match self {
            Self::Removed
            | Self::Renamed
            | Self::Changed
            | Self::AliasSplit
            | Self::TypesMerged => Weight::Breaking,
            Self::Behaviour | Self::Deprecated => Weight::Behaviour,
            Self::Added | Self::Widened => Weight::Addition,
            Self::Documentation => Weight::Documentation,
        }
    }
}

impl Change {
    /// Returns the path of the old item, or that of the new one if it was added.
    #[must_use]
    pub fn path(&self) -> &str {
        self.old.as_ref().or(self.new.as_ref()).map_or("", |side| &side.path)
    }
}

impl Comparison {
    /// Returns the weight of the most severe change, or `None` if nothing changed.
    #[must_use]
    pub fn weight(&self) -> Option<Weight> {
        self.changes.iter().map(|change| change.weight).max()
    }
}

/// A document with the items of its client.
pub(crate) struct Read<'a> {
    /// Resolves the places of items.
    document: &'a dyn Find,
    entries: Vec<Entry>,
    /// The name of the client type.
    client: String,
    /// The default server.
    server: Option<String>,
}

/// Finds places in a document. A trait object hides the lifetime of the document's text.
trait Find {
    /// The pointer that an item's place stands for, and its line.
    fn find(&self, place: &str) -> (Pointer, usize);
}

impl Find for Document<'_> {
    fn find(&self, place: &str) -> (Pointer, usize) {
        let pointer = self.resolve(place);
        (self.original(&pointer), self.own_line(&pointer))
    }
}

impl<'a> Read<'a> {
    pub(crate) fn new(document: &'a Document<'_>, api: &Api) -> Self {
        let (client, server) = (api.client.clone(), api.server.clone());
        Self { document, entries: index::entries(api), client, server }
    }

    /// The items of the client.
    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Describes an item for a change.
    fn side(&self, entry: &Entry) -> Side {
        let rust = format!("{}{}", entry.item.path, entry.facts.signature);
        self.at(&entry.item.place, entry.item.path.clone(), rust)
    }

    /// Describes the default server like an item.
    fn server_side(&self) -> Side {
        let rust = format!("{} at {}", self.client, self.server.as_deref().unwrap_or("none"));
        self.at("/servers/0/url", self.client.clone(), rust)
    }

    fn at(&self, place: &str, path: String, rust: String) -> Side {
        let (pointer, line) = self.document.find(place);
        Side { path, rust, pointer: pointer.as_str().to_owned(), line }
    }
}

/// Compares two versions.
pub(crate) fn compare(old: &Read<'_>, new: &Read<'_>, wire: WireReport) -> Comparison {
    let (changes, broken) = report::report(old, new);
    Comparison { changes, broken, wire, decisions: Vec::new() }
}
