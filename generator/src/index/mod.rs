//! Every name that the client has for others, and what in the document it is the name of.
//!
//! Two versions of a document can be compared by it: what has the same [`Identity`] in both is the same thing to whoever
//! wrote the document, whatever its name in Rust.

pub(crate) mod facts;
mod operations;
pub(crate) mod places;
mod signature;
mod types;

use std::fmt;

pub(crate) use self::facts::{Fact, Facts};
use self::places::Places;
use self::signature::Written;
pub(crate) use self::signature::{Signature, Taken};
use crate::api::{Api, Name};
use crate::document::Pointer;

/// One public name of the generated client.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Item {
    /// Where it is in Rust, below the root of the crate: `models::AcsCredential::code`. An argument stands in parentheses
    /// after its function.
    pub path: String,
    /// What it is in Rust.
    pub kind: Kind,
    /// A JSON pointer in which nothing is counted: a variant is called by its tag (`/oneOf/being_deleted`), a parameter by
    /// where it is sent and its name, a success by `2XX`, and what an `allOf` puts together is one object. A namespace
    /// stands nowhere by itself and has its words (`acs.credentials`).
    pub place: String,
}

/// What an item is the name of, which is the same in two versions of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity<'a> {
    /// The place in the document.
    pub place: &'a str,
    /// Which of the names that come from there.
    pub role: Role,
}

/// Which of the names that come from one place in the document a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The module of what is inline there.
    Module,
    /// A link of the method chain.
    Namespace,
    /// The method that leads to it.
    Link,
    /// The method that describes a call.
    Method,
    /// The call.
    Request,
    /// The function that makes a value.
    Constructor,
    /// What a call or a value is made with.
    Parameter,
    /// The setter that makes it null.
    Null,
    /// A type.
    Type,
    /// The type of its ids.
    Id,
    /// A field of a struct.
    Field,
    /// A value, a variant or an alternative.
    Variant,
    /// The method that gives the key of a union.
    Key,
    /// The method that gives the pages of a list.
    Pages,
    /// The method that gives what is on them.
    Items,
    /// The method that waits for what a call begins.
    Wait,
    /// The method that waits for what another call began.
    Poll,
    /// The constant of a security scheme.
    Scheme,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident, $word:literal, $role:ident;)+) => {
        /// What an item is in Rust.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $($(#[$doc])* $name,)+
        }

        impl Kind {
            /// In a word or two.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word,)+ }
            }

            /// What the item is the name of.
            #[must_use]
            pub fn role(self) -> Role {
                match self { $(Self::$name => Role::$role,)+ }
            }
        }
    };
}

kinds! {
    /// A module.
    Module, "module", Module;
    /// The struct of a namespace.
    Namespace, "namespace", Namespace;
    /// The method that leads to a namespace.
    Link, "link", Link;
    /// The method of an operation.
    Method, "method", Method;
    /// The struct of a call.
    Request, "request", Request;
    /// The function that makes an object.
    Constructor, "constructor", Constructor;
    /// A parameter that has to be given.
    Argument, "argument", Parameter;
    /// A parameter that may be given.
    Setter, "setter", Parameter;
    /// The setter that makes a parameter null.
    NullSetter, "null setter", Null;
    /// An object.
    Struct, "struct", Type;
    /// An open set of texts.
    Enum, "enum", Type;
    /// Objects told apart by a key.
    Union, "union", Type;
    /// Parameters of which one is given.
    Choice, "choice", Type;
    /// A second name of another type.
    Alias, "alias", Type;
    /// The type of an id.
    Id, "id", Id;
    /// A field of a struct.
    Field, "field", Field;
    /// A variant of an enum, a union or a choice.
    Variant, "variant", Variant;
    /// The method that gives the key of a union.
    Key, "key", Key;
    /// The method that gives what all variants of a union have.
    Accessor, "accessor", Field;
    /// The method that gives the pages of a list.
    Pages, "pages", Pages;
    /// The method that gives what is on them.
    Items, "items", Items;
    /// The method that waits for what a call begins.
    Wait, "wait", Wait;
    /// The method that waits for what another call began.
    Poll, "poll", Poll;
    /// The constant of a security scheme.
    Scheme, "scheme", Scheme;
}

impl Item {
    /// What it is the name of.
    #[must_use]
    pub fn identity(&self) -> Identity<'_> {
        Identity { place: &self.place, role: self.kind.role() }
    }
}

/// The path, the kind and the place, with tabs between them.
impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\t{}\t{}", self.path, self.kind.as_str(), self.place)
    }
}

/// An item, with all that Rust and the API know of it.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) item: Item,
    pub(crate) facts: Facts,
}

/// All items of `api`, sorted by path.
pub(crate) fn names(api: &Api) -> Vec<Item> {
    entries(api).into_iter().map(|entry| entry.item).collect()
}

/// All items of `api` with what is known of them, sorted by path.
pub(crate) fn entries(api: &Api) -> Vec<Entry> {
    let (places, written) = (Places::new(api), Written::new(api));
    let mut index = Index { api, places, written, entries: Vec::new() };
    for (resource, name) in &api.ids {
        let place = places::schema(resource);
        index.add(Kind::Id, below("ids", name), &place, Facts::name());
    }
    for (name, scheme) in &api.schemes {
        let place = Pointer::root().join(["components", "securitySchemes", name]);
        index.add(Kind::Scheme, below("security", &scheme.constant), &place, Facts::scheme(scheme));
    }
    index.namespaces(&api.namespaces, "api", &api.client);
    for (place, definition) in &api.types {
        index.definition(place, definition);
    }
    let mut entries = index.entries;
    // A module is found once for everything in it.
    entries.sort_by(|a, b| a.item.cmp(&b.item));
    entries.dedup_by(|a, b| a.item == b.item);
    entries
}

/// What has been found so far.
struct Index<'a> {
    api: &'a Api,
    places: Places<'a>,
    written: Written<'a>,
    entries: Vec<Entry>,
}

impl Index<'_> {
    fn add(&mut self, kind: Kind, path: String, place: &impl fmt::Display, facts: Facts) {
        let item = Item { path, kind, place: place.to_string() };
        self.entries.push(Entry { item, facts });
    }
}

/// A path one step further, as it is written in Rust.
fn below(path: &str, name: &impl Name) -> String {
    format!("{path}::{}", crate::api::raw(name.as_str()))
}

/// An argument of the function at `path`.
fn argument(path: &str, name: &impl Name) -> String {
    format!("{path}({})", name.as_str())
}
