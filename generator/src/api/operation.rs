//! Operations: what the client's methods are made of.

use std::collections::BTreeMap;

use super::{
    Body, Conversion, Deprecation, Docs, ExampleCall, Field, FieldName, FunctionName, ModuleFile,
    ModuleName, Openness, Pagination, Parameter, ParameterLocation, Place, Polling, Presence,
    Security, Type, TypeName, VariantName, Wait,
};
use crate::document::Pointer;

/// A link of the method chain: `client.pets()`.
#[derive(Debug)]
pub(crate) struct Namespace {
    /// The words of the chain up to here (`["acs", "credentials"]`).
    pub(crate) path: Vec<String>,
    pub(crate) module: ModuleName,
    pub(crate) file: ModuleFile,
    pub(crate) function: FunctionName,
    pub(crate) name: TypeName,
    /// The Cargo feature with which it is compiled, if it is not always.
    pub(crate) feature: Option<String>,
    pub(crate) operations: Vec<Operation>,
    pub(crate) namespaces: Vec<Self>,
}

/// One method of the client.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) path: String,
    /// Where the document describes it.
    pub(crate) at: Pointer,
    /// The name in the document (`assign`).
    pub(crate) wire: String,
    pub(crate) function: FunctionName,
    pub(crate) module: ModuleName,
    pub(crate) file: ModuleFile,
    /// The methods that lead from the client to its namespace.
    pub(crate) links: Vec<FunctionName>,
    /// The modules below `api` that lead to what is inline in it, its own last.
    pub(crate) modules: Vec<ModuleName>,
    /// The struct of a call. No other operation of the namespace has one of this name.
    pub(crate) request: TypeName,
    /// The type of a response that is described inline, likewise.
    pub(crate) response: TypeName,
    /// The HTTP methods that the client uses, the preferred one first.
    pub(crate) methods: Vec<Method>,
    /// Other HTTP methods of the same operation, which the client does not use.
    pub(crate) other_methods: Vec<Method>,
    pub(crate) effect: Effect,
    pub(crate) docs: Docs,
    pub(crate) deprecated: Option<Deprecation>,
    /// The ways to authenticate.
    pub(crate) security: Security,
    /// In the order of the arguments: those in the path as they stand there, then sorted by place and key.
    pub(crate) parameters: Vec<Parameter>,
    /// Groups of parameters that exclude each other.
    pub(crate) choices: Vec<Choice>,
    /// Keys of optional parameters: of each list at least one parameter has to be given.
    pub(crate) at_least_one: Vec<Vec<String>>,
    pub(crate) body: Body,
    /// Whether the body may have other properties.
    pub(crate) openness: Openness,
    pub(crate) answer: Answer,
    /// The described successes, sorted by status, without those that are not read.
    pub(crate) successes: Vec<SuccessStatus>,
    /// The described error responses, sorted by status.
    pub(crate) failures: Vec<Failure>,
    /// The described statuses that begin with 3, sorted. They are errors.
    pub(crate) redirects: Vec<String>,
    /// The media type to ask for, where it is not `application/json`.
    pub(crate) accept: Option<String>,
    pub(crate) pagination: Option<Pagination>,
    pub(crate) wait: Option<Wait>,
    pub(crate) polling: Option<Polling>,
    /// What its documentation passes, if that is short enough to be of use.
    pub(crate) example: Option<ExampleCall>,
}

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
}

impl Operation {
    /// The path as it is sent: without the fragment by which a document tells it from the same path.
    pub(crate) fn address(&self) -> &str {
        self.path.split('#').next().unwrap_or_default()
    }
}

impl Method {
    /// The name on the wire, which is also the name of its constant in the `http` crate.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
        }
    }
}

/// What a second call of an operation does. It decides whether the client may retry on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Nothing: the operation only reads.
    Read,
    /// Nothing more than the first call.
    Idempotent,
    /// The same again.
    Write,
}

impl Effect {
    /// The name of the variant in the runtime.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Read => "Read",
            Self::Idempotent => "Idempotent",
            Self::Write => "Write",
        }
    }
}

/// What an operation returns.
#[derive(Debug)]
pub(crate) enum Answer {
    /// The value of one property of the body. `presence` says whether it may be missing.
    Key { key: String, ty: Type, presence: Presence, at: Pointer, beside: BTreeMap<String, Beside> },
    /// The body itself.
    Body(Type),
    /// The body itself, or nothing if the server sends none.
    Optional(Type),
    /// The body itself. The type is a union with a variant for each status that has a body, in their order.
    /// `is_optional` if some status has none.
    ByStatus { ty: Place, is_optional: bool },
    /// The body as text.
    Text,
    /// The body as bytes.
    Bytes,
    /// The body as a struct of options, because the operation has no result. `described` has the presence of each property
    /// as the document describes it.
    Envelope { ty: Place, described: BTreeMap<String, Presence> },
    /// `()`
    Nothing,
}

/// A status of success, and what its body is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SuccessStatus {
    /// The status as the document writes it: `201`, `2XX`, `default`.
    pub(crate) status: String,
    pub(crate) content: SuccessContent,
}

/// What the body of a success is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SuccessContent {
    /// JSON.
    Json,
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// There is no body.
    Nothing,
}

impl Operation {
    /// The statuses whose responses have no body.
    pub(crate) fn statuses_without_body(&self) -> impl Iterator<Item = &str> {
        let without = self.successes.iter().filter(|one| one.content == SuccessContent::Nothing);
        without.map(|one| one.status.as_str())
    }
}

/// A property of a response body beside the result. The client does not read it.
#[derive(Debug)]
pub(crate) struct Beside {
    pub(crate) presence: Presence,
    /// Its type, where all of a response is asked for. Nothing is generated for it.
    pub(crate) ty: Option<Type>,
}

/// A response with an error status.
#[derive(Debug)]
pub(crate) struct Failure {
    /// The status as the document writes it: `404`, `4XX`, `default`.
    pub(crate) status: String,
    /// The name of an alias for the type, unless the type itself has that name.
    pub(crate) name: TypeName,
    pub(crate) ty: Place,
}

/// Parameters that exclude each other: one argument.
#[derive(Debug)]
pub(crate) struct Choice {
    /// The title in the document.
    pub(crate) title: String,
    /// The argument, or the setter if the choice is optional.
    pub(crate) argument: FieldName,
    pub(crate) name: TypeName,
    pub(crate) docs: Docs,
    pub(crate) presence: Presence,
    pub(crate) arms: Vec<Arm>,
}

/// One of the alternatives.
#[derive(Debug)]
pub(crate) struct Arm {
    /// The words that its name is made from.
    pub(crate) word: String,
    pub(crate) name: VariantName,
    /// A property that always has the same value with this alternative.
    pub(crate) constant: Option<(String, String)>,
    /// Where the document describes that property.
    pub(crate) constant_at: Option<Pointer>,
    pub(crate) payload: Payload,
    /// Keys of optional properties of the payload: of each list at least one has to be given.
    pub(crate) at_least_one: Vec<Vec<String>>,
    pub(crate) conversion: Conversion,
}

/// The parameters of an alternative.
#[derive(Debug)]
pub(crate) enum Payload {
    /// `Off`
    None,
    /// `AcsUser(AcsUserId)`
    Field(Box<Field>),
    /// `Heat(Heat)`, an object whose properties are parameters.
    Object(Place),
}

impl Arm {
    /// The parameter, if the alternative has exactly one and it is required.
    pub(crate) fn field(&self) -> Option<&Field> {
        match &self.payload {
            Payload::Field(field) => Some(field),
            Payload::None | Payload::Object(_) => None,
        }
    }
}

impl Operation {
    /// The types that a request uses.
    pub(crate) fn written_types(&self) -> impl Iterator<Item = &Place> {
        let arms = self.choices.iter().flat_map(|choice| &choice.arms);
        let in_arms = arms.filter_map(|arm| match &arm.payload {
            Payload::None => None,
            Payload::Field(field) => field.ty.named(),
            Payload::Object(place) => Some(place),
        });
        self.parameters.iter().filter_map(|parameter| parameter.field.ty.named()).chain(in_arms)
    }

    /// The types that a request or a response uses.
    pub(crate) fn types(&self) -> impl Iterator<Item = &Place> {
        let answer = match &self.answer {
            Answer::Key { ty, .. } | Answer::Body(ty) | Answer::Optional(ty) => ty.named(),
            Answer::Envelope { ty, .. } | Answer::ByStatus { ty, .. } => Some(ty),
            Answer::Text | Answer::Bytes | Answer::Nothing => None,
        };
        let failures = self.failures.iter().map(|failure| &failure.ty);
        let waited = self.wait.iter().filter_map(|wait| wait.result.as_ref()?.ty.named());
        self.written_types().chain(answer).chain(failures).chain(waited)
    }

    /// Finds a parameter by its word.
    pub(crate) fn parameter(&self, word: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|parameter| parameter.word == word)
    }

    /// Where the document describes a parameter, if it does.
    pub(crate) fn described_at(&self, parameter: &Parameter) -> Option<Pointer> {
        match parameter.location {
            ParameterLocation::Body => Some(self.at.child("requestBody")),
            _ => parameter.field.at.clone(),
        }
    }

    /// Where it stands in the document.
    pub(crate) fn place(&self) -> Place {
        Place::operation(&self.path, &self.wire, &self.at)
    }
}
