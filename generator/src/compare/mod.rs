//! What a Rust user of the client would notice between two versions of a document.
//!
//! Both become clients as far as their names, and the items of these are compared: the document is described in a hundred
//! ways, and only some of them are seen in Rust.

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

/// How much a change weighs for somebody who uses the client. A later one outweighs the ones before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// Only what people read is different.
    Documentation,
    /// There is more than before.
    Addition,
    /// The same code compiles and does something else.
    Behaviour,
    /// Code that compiled may not compile.
    Breaking,
}

/// What happened to an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// It is gone.
    Removed,
    /// It has another path.
    Renamed,
    /// It has another type, or takes or gives others.
    Changed,
    /// It takes what it took, and more.
    Widened,
    /// A second name of a type became a type of its own.
    Parted,
    /// Two types became one.
    Joined,
    /// It is different at run time.
    Behaves,
    /// It should no longer be used.
    Deprecated,
    /// It is new.
    Added,
    /// It is described in other words.
    Described,
}

/// An item in one of the two clients.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// Its path in Rust, below the root of the crate.
    pub path: String,
    /// The path and what Rust knows besides, as a declaration would say it.
    pub rust: String,
    /// JSON pointer to what it is made from, or to the nearest thing around it.
    pub pointer: String,
    /// Line of that in the document, from one.
    pub line: usize,
}

/// One thing that a user would notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// How much it weighs.
    pub weight: Weight,
    /// What happened.
    pub kind: ChangeKind,
    /// What the item is in Rust; the new one if it changed that, too.
    pub item: Kind,
    /// The item before; none if it is new.
    pub old: Option<Side>,
    /// The item now; none if it is gone.
    pub new: Option<Side>,
    /// What happened, in a sentence.
    pub sentence: String,
    /// What to do about it, for what is breaking.
    pub advice: Option<String>,
    /// How many more items changed by this alone: what is in a type that is gone, what has a type that has another name.
    pub along: usize,
    /// The paths of other items of the same kind of which just the same is to be said.
    pub others: Vec<String>,
}

/// All differences between two clients.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// The heaviest ones first, then by path.
    pub changes: Vec<Change>,
    /// Every item of the old client that code can no longer use as it did, with what is only broken along with others.
    pub broken: Vec<(String, Role)>,
    /// What an old client that stays meets at an API that is as the new document describes it.
    pub wire: WireReport,
    /// What the new document leaves open that the old one does not, for a maintainer to decide.
    pub decisions: Vec<Decision>,
}

impl Weight {
    /// All weights, the heaviest first.
    pub const ALL: [Self; 4] =
        [Self::Breaking, Self::Behaviour, Self::Addition, Self::Documentation];

    /// In a word.
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
    /// In a word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Removed => "removed",
            Self::Renamed => "renamed",
            Self::Changed => "changed",
            Self::Widened => "widened",
            Self::Parted => "parted",
            Self::Joined => "joined",
            Self::Behaves => "behaves",
            Self::Deprecated => "deprecated",
            Self::Added => "added",
            Self::Described => "described",
        }
    }

    /// What such a change weighs.
    #[must_use]
    pub fn weight(self) -> Weight {
        match self {
            Self::Removed | Self::Renamed | Self::Changed | Self::Parted | Self::Joined => {
                Weight::Breaking
            }
            Self::Behaves | Self::Deprecated => Weight::Behaviour,
            Self::Added | Self::Widened => Weight::Addition,
            Self::Described => Weight::Documentation,
        }
    }
}

impl Change {
    /// The path of the item: the old one, unless it is new.
    #[must_use]
    pub fn path(&self) -> &str {
        self.old.as_ref().or(self.new.as_ref()).map_or("", |side| &side.path)
    }
}

impl Comparison {
    /// The weight of the heaviest change; none if nothing changed.
    #[must_use]
    pub fn weight(&self) -> Option<Weight> {
        self.changes.iter().map(|change| change.weight).max()
    }
}

/// A document, and the items of its client.
pub(crate) struct Read<'a> {
    /// Finds what an item's place describes.
    document: &'a dyn Find,
    entries: Vec<Entry>,
    /// The type that all calls begin with.
    client: String,
    /// Where the API is served.
    server: Option<String>,
}

/// What finds things in a document; the document itself cannot stand in for one that is dropped earlier.
trait Find {
    /// The pointer to what an item's place describes, and its line.
    fn find(&self, place: &str) -> (Pointer, usize);
}

impl Find for Document<'_> {
    fn find(&self, place: &str) -> (Pointer, usize) {
        let pointer = self.resolve(place);
        let line = self.place(&pointer).line;
        (self.original(&pointer), line)
    }
}

impl<'a> Read<'a> {
    pub(crate) fn new(document: &'a Document<'_>, api: &Api) -> Self {
        let (client, server) = (api.client.clone(), api.server.clone());
        Self { document, entries: index::entries(api), client, server }
    }

    /// The items.
    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// An item, and where it comes from.
    fn side(&self, entry: &Entry) -> Side {
        let rust = format!("{}{}", entry.item.path, entry.facts.signature);
        self.at(&entry.item.place, entry.item.path.clone(), rust)
    }

    /// Where calls go, as a side of its own.
    fn server_side(&self) -> Side {
        let rust = format!("{} at {}", self.client, self.server.as_deref().unwrap_or("none"));
        self.at("/servers/0/url", self.client.clone(), rust)
    }

    fn at(&self, place: &str, path: String, rust: String) -> Side {
        let (pointer, line) = self.document.find(place);
        Side { path, rust, pointer: pointer.as_str().to_owned(), line }
    }
}

/// Compares two clients.
pub(crate) fn compare(old: &Read<'_>, new: &Read<'_>, wire: WireReport) -> Comparison {
    let (changes, broken) = report::report(old, new);
    Comparison { changes, broken, wire, decisions: Vec::new() }
}
