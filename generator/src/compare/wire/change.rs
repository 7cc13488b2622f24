//! The report of what a deployed client meets when the API changes.

/// What a client of the old document meets at an API that follows the new document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WireReport {
    /// Every operation of the old client, sorted by path and item.
    pub operations: Vec<OperationImpact>,
    /// The findings, the worst first. Each concerns at least one operation.
    pub findings: Vec<WireChange>,
}

/// The effect of the changes on one operation of the old client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationImpact {
    /// The method of the old client, as in [`names`](crate::names).
    pub operation: String,
    /// The path as in the old document.
    pub path: String,
    /// The HTTP methods that the old client uses, the preferred one first.
    pub methods: Vec<&'static str>,
    /// The worst possible outcome.
    pub outcome: Outcome,
    /// The worst possible outcome of reading the response, regardless of whether the call is accepted.
    pub response: Outcome,
}

/// The outcome of a call, from the best to the worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// The call works as before.
    Works,
    /// The response has values that the client does not know; it keeps them unchanged.
    Keeps,
    /// The client repairs missing or unreadable values, and reports that in the response.
    Repairs,
    /// The call is refused, or its response cannot be read.
    Fails,
}

/// One difference that an old client meets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WireChange {
    /// The outcome for the operations that it concerns.
    pub outcome: Outcome,
    /// Whether that always happens.
    pub frequency: Frequency,
    /// Whether it concerns the call itself, the request, or the response.
    pub direction: Direction,
    /// The kind of difference.
    pub kind: WireChangeKind,
    /// The item of the old client, as in [`names`](crate::names).
    pub item: String,
    /// The place in the old document, in the format of [`Item::place`](crate::Item::place).
    pub old: Option<String>,
    /// The place in the new document, in the same format.
    pub new: Option<String>,
    /// The difference and its consequence in a sentence. Names only the first few values.
    pub sentence: String,
    /// The enum values or variants that it is about; may be empty.
    pub values: Vec<String>,
    /// The operations that it concerns, as indices into [`WireReport`]'s operations.
    pub operations: Vec<usize>,
}

/// How often a difference is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Frequency {
    /// By some calls, depending on what is sent or what the API returns.
    Sometimes,
    /// Whenever the item is sent or received.
    Always,
}

/// The part of a call that a difference concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// The call itself: path, HTTP method, authentication, pagination.
    Call,
    /// The parameters or the body of the request.
    Request,
    /// The response.
    Response,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident, $word:literal;)+) => {
        /// The kind of a difference that an old client meets.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum WireChangeKind {
            $($(#[$doc])* $name,)+
        }

        impl WireChangeKind {
            /// Returns a short, stable name.
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
    /// The HTTP method that the client uses is gone.
    MethodGone, "method-gone";
    /// A way to authenticate is gone.
    SecurityGone, "security-gone";
    /// The property with the cursor of the next page is gone.
    PagingGone, "paging-gone";
    /// The request body has another media type.
    BodyChanged, "body-changed";
    /// A parameter or property is required that the client does not know or may leave out.
    RequiredInRequest, "required-in-request";
    /// The API does not know a parameter or property that the client sends.
    UnknownInRequest, "unknown-in-request";
    /// A parameter or property has another type, location or encoding.
    RequestType, "request-type";
    /// The API does not know a value that the client can send.
    RequestValue, "request-value";
    /// The client can send parameters that match no alternative of a choice.
    RequestChoice, "request-choice";
    /// The response is of another kind: empty, text, bytes or JSON.
    ResponseChanged, "response-changed";
    /// The result of the operation is missing from the response, or may be.
    ResultMissing, "result-missing";
    /// A property is missing from the response, or may be.
    Missing, "missing";
    /// A property of the response may be null.
    Null, "null";
    /// A value in the response has another type.
    OtherType, "other-type";
    /// An enum may have a value that the client does not know.
    UnknownValue, "unknown-value";
    /// A union may have a variant that the client does not know, or a value that matches none of its variants.
    UnknownVariant, "unknown-variant";
    /// The discriminator of a union is missing, or may be.
    KeyMissing, "key-missing";
    /// An object has a property that the client does not know.
    NewProperty, "new-property";
}

impl Outcome {
    /// All outcomes, from the best to the worst.
    pub const ALL: [Self; 4] = [Self::Works, Self::Keeps, Self::Repairs, Self::Fails];

    /// Returns the outcome in a word, as in reports.
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
