//! What a run is given: texts, and what to make of them.

/// A text that the generator reads, with the name it has in messages.
#[derive(Clone, Debug)]
pub struct Source {
    /// What a message calls it, usually the path that the user gave.
    pub name: String,
    /// The whole text.
    pub text: String,
}

/// What a document holds, counted without generating anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Paths in the document.
    pub paths: usize,
    /// Operations in the document.
    pub operations: usize,
    /// Component schemas in the document.
    pub schemas: usize,
}

/// What to generate, and under which name.
#[derive(Clone, Debug)]
pub struct Options {
    /// Paths to limit the output to, with what they reach; all of them when empty.
    pub only: Vec<String>,
    /// Whether to include what the document marks as undocumented.
    pub undocumented: bool,
    /// Whether what cannot be expressed is an error, instead of a warning that says what is generated in its place.
    pub strict: bool,
    /// The files that the document refers to, and those that these refer to ([`referenced_files`](crate::referenced_files)).
    pub files: Vec<Source>,
    /// Name of the package that the tree becomes part of, as its examples write it (`petstore-client`).
    pub package: String,
    /// Name of the client type, which the runtime of the package defines, in upper camel case: `Client`.
    pub client: String,
    /// Path of a constant in the package with what the document does not say of the API: `crate::petstore::PROFILE`. Without
    /// one, the runtime's own is used.
    pub profile: Option<String>,
    /// A test, as a path below `src/generated/`, that goes through all types that are read; its module has to have
    /// `round_trip::<T>`, of the type `RoundTrip`. A table of these types is generated for it, in test builds only.
    pub round_trips: Option<String>,
    /// Whether to make calls of each operation for a test, in `conformance/`. The library does not compile them: the test does,
    /// whose root has to have `Case`, `Call`, `called` and what else they need.
    pub conformance: bool,
}

impl Default for Options {
    /// Everything that is documented, for a client type named `Client`.
    fn default() -> Self {
        Self {
            only: Vec::new(),
            undocumented: false,
            strict: false,
            files: Vec::new(),
            package: String::new(),
            client: "Client".to_owned(),
            profile: None,
            round_trips: None,
            conformance: false,
        }
    }
}

/// A document as a client is made from it.
#[derive(Clone, Copy, Debug)]
pub struct Version<'a> {
    /// The document.
    pub document: &'a Source,
    /// Corrections to it.
    pub overlay: Option<&'a Source>,
    /// What is made of it.
    pub options: &'a Options,
}
