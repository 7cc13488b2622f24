//! The input of a run: texts and options.

/// A text that the generator reads, with its name for messages.
#[derive(Clone, Debug)]
pub struct Source {
    /// The name in messages, usually the path that the user gave.
    pub name: String,
    /// The whole text.
    pub text: String,
}

/// The size of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Paths in the document.
    pub paths: usize,
    /// Operations in the document.
    pub operations: usize,
    /// Component schemas in the document.
    pub schemas: usize,
}

/// Options of a run: what to generate, and under which names.
#[derive(Clone, Debug)]
pub struct Options {
    /// Generates only these paths and the types that they use; all paths if empty.
    pub only: Vec<String>,
    /// Whether to include the parts of the document that are marked as undocumented (`x-undocumented`).
    pub undocumented: bool,
    /// Whether unsupported parts of the document are errors. By default, they are warnings that say what is generated
    /// instead.
    pub strict: bool,
    /// The files that the document refers to, directly or through other files
    /// ([`referenced_files`](crate::referenced_files)).
    pub files: Vec<Source>,
    /// The name of the package that contains the generated code (`petstore-client`), for examples.
    pub package: String,
    /// The name of the client type in upper camel case: `Client`. The runtime of the package defines this type.
    pub client: String,
    /// The functions that the package adds to the client type by hand. No namespace has one of these names.
    pub reserved: Vec<String>,
    /// The path of a constant in the package with facts about the API that are not in the document:
    /// `crate::petstore::PROFILE`. Defaults to the runtime's own profile.
    pub profile: Option<String>,
    /// A test that decodes and encodes every schema and response type, as a path relative to `src/generated/`. Its module
    /// has to define `round_trip::<T>`, of the type `RoundTrip`. A table of these types is generated for it, in test builds
    /// only.
    pub round_trips: Option<String>,
    /// Whether to generate test calls of each operation in `conformance/`. The library does not compile them: the test does,
    /// and its root has to define `Case`, `Call`, `called` and the other names that the calls use.
    pub conformance: bool,
}

impl Default for Options {
    /// Documented operations only, for a client type named `Client`.
    fn default() -> Self {
        Self {
            only: Vec::new(),
            undocumented: false,
            strict: false,
            files: Vec::new(),
            package: String::new(),
            client: "Client".to_owned(),
            reserved: Vec::new(),
            profile: None,
            round_trips: None,
            conformance: false,
        }
    }
}

/// A document with the overlay and options for generating a client from it.
#[derive(Clone, Copy, Debug)]
pub struct Version<'a> {
    /// The document.
    pub document: &'a Source,
    /// The overlay that corrects it.
    pub overlay: Option<&'a Source>,
    /// The options to generate its client with.
    pub options: &'a Options,
}
