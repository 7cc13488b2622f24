//! The index: every public name of the generated client, with its place in the document.
//!
//! The index is what two versions of a document are compared by: items with the same [`Identity`] in both stand for the same
//! part of the document, even if their Rust names differ.

pub(crate) mod facts;
mod operations;
pub(crate) mod places;
mod signature;
mod types;

use std::fmt;

pub(crate) use self::facts::{Fact, Facts};
use self::places::Places;
use self::signature::TypeNames;
pub(crate) use self::signature::{FunctionParameter, Signature};
use crate::api::{Api, Name};
use crate::document::Pointer;

/// One public name of the generated client.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Item {
    /// The path in Rust, relative to the root of the crate: `models::AcsCredential::code`. An argument is written in
    /// parentheses after its function.
    pub path: String,
    /// The kind of Rust item.
    pub kind: Kind,
    /// The place in the document: a JSON pointer without array indices. A variant is named by its tag
    /// (`/oneOf/being_deleted`), a parameter by its location and name, a successful response by `2XX`, and the parts of an
    /// `allOf` count as one object. A namespace has no place in the document; it is named by its words (`acs.credentials`).
    pub place: String,
}

/// Identifies an item across versions of a document, whatever its name in Rust.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity<'a> {
    /// The place in the document.
    pub place: &'a str,
    /// Which of the items that are generated from this place.
    pub role: Role,
}

/// Distinguishes the items that are generated from the same place in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The module of the inline types at the place.
    Module,
    /// The struct of a namespace, a link of the method chain.
    Namespace,
    /// The method that returns the namespace.
    Link,
    /// The method of an operation, which returns a request.
    Method,
    /// The request struct of an operation.
    Request,
    /// The constructor of a struct.
    Constructor,
    /// An argument or a setter of a request or a struct.
    Parameter,
    /// The setter that sets a parameter to null.
    Null,
    /// A type.
    Type,
    /// The ID type of a resource.
    Id,
    /// A field of a struct, or the accessor of a union for a field that its variants share.
    Field,
    /// A variant of an enum, a union, or a choice.
    Variant,
    /// The method that returns the discriminator value of a union.
    Key,
    /// The method that returns the pages of a list.
    Pages,
    /// The method that returns the items on all pages of a list.
    Items,
    /// The method that sends a request and waits for the result of the action that it starts.
    Wait,
    /// The method that waits for the result of an action that another request started.
    Poll,
    /// The constant of a security scheme.
    Scheme,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident, $word:literal, $role:ident;)+) => {
        /// The kind of an item in Rust.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $($(#[$doc])* $name,)+
        }

        impl Kind {
            /// Returns the kind in words, as in reports.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word,)+ }
            }

            /// Returns the role of items of this kind.
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
    /// The method that returns a namespace.
    Link, "link", Link;
    /// The method of an operation.
    Method, "method", Method;
    /// The request struct of an operation.
    Request, "request", Request;
    /// The constructor of a struct.
    Constructor, "constructor", Constructor;
    /// A required parameter.
    Argument, "argument", Parameter;
    /// The setter of an optional parameter.
    Setter, "setter", Parameter;
    /// The setter that sets a parameter to null.
    NullSetter, "null setter", Null;
    /// A struct for an object.
    Struct, "struct", Type;
    /// An enum of strings that keeps unknown values.
    Enum, "enum", Type;
    /// An enum of numbers that keeps unknown values.
    NumericEnum, "enum of numbers", Type;
    /// An enum with a type in each variant, for a `oneOf` or `anyOf`.
    Union, "union", Type;
    /// An enum of alternative parameters, of which a request has one.
    Choice, "choice", Type;
    /// An alias of another type.
    Alias, "alias", Type;
    /// The ID type of a resource.
    Id, "id", Id;
    /// A field of a struct.
    Field, "field", Field;
    /// A variant of an enum, a union or a choice.
    Variant, "variant", Variant;
    /// The method that returns the discriminator value of a union.
    Key, "key", Key;
    /// The method that returns a property that the variants of a union share.
    Accessor, "accessor", Field;
    /// The method that returns the pages of a list.
    Pages, "pages", Pages;
    /// The method that returns the items on all pages of a list.
    Items, "items", Items;
    /// The method that sends a request and waits for the result of the action that it starts.
    Wait, "wait", Wait;
    /// The method that waits for the result of an action that another request started.
    Poll, "poll", Poll;
    /// The constant of a security scheme.
    Scheme, "scheme", Scheme;
}

impl Item {
    /// Returns what identifies the item across versions of a document.
    #[must_use]
    pub fn identity(&self) -> Identity<'_> {
        Identity { place: &self.place, role: self.kind.role() }
    }
}

/// Writes the path, the kind and the place, separated by tabs.
impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\t{}\t{}", self.path, self.kind.as_str(), self.place)
    }
}

/// An item with the facts that versions are compared by.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) item: Item,
    pub(crate) facts: Facts,
}

/// Lists all items of `api`, sorted by path.
pub(crate) fn names(api: &Api) -> Vec<Item> {
    entries(api).into_iter().map(|entry| entry.item).collect()
}

/// Lists all items of `api` with their facts, sorted by path.
pub(crate) fn entries(api: &Api) -> Vec<Entry> {
    let (places, type_names) = (Places::new(api), TypeNames::new(api));
    let mut index = Index { api, places, type_names, entries: Vec::new() };
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
    // A module is added once for each item in it.
    entries.sort_by(|a, b| a.item.cmp(&b.item));
    entries.dedup_by(|a, b| a.item == b.item);
    entries
}

/// Collects the entries of an API.
struct Index<'a> {
    api: &'a Api,
    places: Places<'a>,
    type_names: TypeNames<'a>,
    entries: Vec<Entry>,
}

impl Index<'_> {
    fn add(&mut self, kind: Kind, path: String, place: &impl fmt::Display, facts: Facts) {
        let item = Item { path, kind, place: place.to_string() };
        self.entries.push(Entry { item, facts });
    }
}

/// The path of an item in `path`, with raw identifiers where Rust needs them.
fn below(path: &str, name: &impl Name) -> String {
    format!("{path}::{}", crate::api::raw(name.as_str()))
}

/// The path of an argument of the function at `path`.
fn argument(path: &str, name: &impl Name) -> String {
    format!("{path}({})", name.as_str())
}
