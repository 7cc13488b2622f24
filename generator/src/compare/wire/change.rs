//! What a deployed client notices when the API changes.

/// What a client made from one document meets at an API that is as another one describes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WireReport {
    /// Every operation of the old client, sorted by path and item.
    pub operations: Vec<OperationImpact>,
    /// What was found, the worst first; each concerns at least one operation.
    pub findings: Vec<WireChange>,
}

/// What a client meets when it calls an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationImpact {
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
pub struct WireChange {
    /// What comes of it for these operations.
    pub outcome: Outcome,
    /// Whether it always does.
    pub frequency: Frequency,
    /// On which way it is met.
    pub direction: Direction,
    /// What it is.
    pub kind: WireChangeKind,
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
    /// The operations that it concerns, by their positions among those of [`WireReport`].
    pub operations: Vec<usize>,
}

/// How often something is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Frequency {
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
        pub enum WireChangeKind {
            $($(#[$doc])* $name,)+
        }

        impl WireChangeKind {
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
