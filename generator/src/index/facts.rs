//! Facts about an item that two versions are compared by: its Rust signature, its behavior at run time, its authentication,
//! and its documentation.

use std::collections::BTreeSet;

use super::{FunctionParameter, Signature};
use crate::api::{
    Answer, Arm, Body, Definition, Deprecation, Dispatch, Docs, Effect, Field, Kind, Operation,
    Parameter, ParameterLocation, Presence, Scheme, Type, Usage,
};

/// The facts about one item.
#[derive(Clone, Debug)]
pub(crate) struct Facts {
    pub(crate) signature: Signature,
    /// Facts that matter at run time. If one of them changes, code still compiles but does something else.
    pub(crate) behaviour: Vec<Fact>,
    /// The alternative sets of security schemes of an operation.
    pub(crate) security: BTreeSet<String>,
    /// The title and description in the document.
    pub(crate) docs: Docs,
    pub(crate) deprecated: Option<Deprecation>,
}

/// A fact about the behavior of an item: its name, with which a sentence in a report can begin, and its value.
pub(crate) type Fact = (&'static str, String);

/// The fact that says how a response without the property is decoded.
pub(crate) const MISSING: &str = "if the response lacks it";
/// The fact that says which JSON key a property or parameter has.
pub(crate) const KEY: &str = "JSON key";

impl Facts {
    fn of(signature: Signature) -> Self {
        Self {
            signature,
            behaviour: Vec::new(),
            security: BTreeSet::new(),
            docs: Docs::default(),
            deprecated: None,
        }
    }

    pub(super) fn name() -> Self {
        Self::of(Signature::Name)
    }

    pub(super) fn value(ty: String) -> Self {
        Self::of(Signature::Value(ty))
    }

    pub(super) fn function(parameters: Vec<FunctionParameter>, returns: String) -> Self {
        Self::of(Signature::Function { parameters, returns })
    }

    pub(super) fn setter(parameter: FunctionParameter) -> Self {
        Self::function(vec![parameter], "Self".to_owned())
    }

    /// The facts of an argument as an item of its own. Its type is the only part of its signature.
    pub(super) fn argument(parameter: &FunctionParameter) -> Self {
        Self::value(parameter.to_string())
    }

    pub(super) fn call(output: String) -> Self {
        Self::of(Signature::Call(output))
    }

    pub(super) fn variant(ty: Option<String>) -> Self {
        Self::of(Signature::Variant(ty))
    }

    pub(super) fn ty(from: Vec<String>) -> Self {
        Self::of(Signature::Type { original: None, from })
    }

    pub(super) fn alias(of: String) -> Self {
        Self::of(Signature::Type { original: Some(of), from: Vec::new() })
    }

    pub(super) fn scheme(scheme: &Scheme) -> Self {
        let sent = ("kind", format!("{:?}", scheme.kind));
        Self::value("Scheme".to_owned()).described(&scheme.docs).and(&[sent])
    }

    pub(super) fn field(ty: String, field: &Field, usage: Usage) -> Self {
        let mut facts = Self::value(ty).of_field(field);
        if usage == Usage::Answers {
            let missing = match field.presence {
                Presence::Identity => "error",
                Presence::Required | Presence::RequiredNullable => "repaired",
                Presence::Optional | Presence::OptionalNullable | Presence::Droppable => "accepted",
            };
            facts.behaviour.push((MISSING, missing.to_owned()));
        }
        facts
    }

    pub(super) fn described(mut self, docs: &Docs) -> Self {
        self.docs = docs.clone();
        self
    }

    pub(super) fn deprecated(mut self, deprecated: Option<&Deprecation>) -> Self {
        self.deprecated = deprecated.cloned();
        self
    }

    pub(super) fn and(mut self, facts: &[Fact]) -> Self {
        self.behaviour.extend_from_slice(facts);
        self
    }

    pub(super) fn of_field(mut self, field: &Field) -> Self {
        self.behaviour.push((KEY, field.key.clone()));
        if let Type::Constant(value) = field.ty {
            self.behaviour.push(("only value", value.to_string()));
        }
        self.described(&field.docs).deprecated(field.deprecated.as_ref())
    }

    pub(super) fn of_arm(self, arm: &Arm) -> Self {
        let constant = arm.constant.iter();
        let constant: Vec<Fact> =
            constant.map(|(key, value)| ("also sends", format!("{key}={value}"))).collect();
        let facts = match arm.field() {
            Some(field) => self.of_field(field),
            None => self,
        };
        let needed: Vec<Fact> = at_least_one(&arm.at_least_one).collect();
        facts.and(&constant).and(&needed)
    }

    pub(super) fn of_type(self, definition: &Definition) -> Self {
        let dispatch = match &definition.kind {
            Kind::Union(union) => Some(match &union.dispatch {
                Dispatch::Discriminator(discriminator) => discriminator.property.clone(),
                Dispatch::Presence => "the property that is present".to_owned(),
                Dispatch::JsonType => "the JSON type".to_owned(),
                Dispatch::Order => "the first that matches".to_owned(),
                Dispatch::Status => "the status of the response".to_owned(),
            }),
            _ => None,
        };
        let dispatch = dispatch.map(|key| ("variants are distinguished by", key));
        let facts = self.and(dispatch.as_slice());
        facts.described(&definition.docs).deprecated(definition.deprecated.as_ref())
    }

    pub(super) fn of_operation(self, operation: &Operation) -> Self {
        let verbs: Vec<&str> = operation.methods.iter().map(|method| method.as_str()).collect();
        let effect = match operation.effect {
            Effect::Read | Effect::Idempotent => "retried",
            Effect::Write => "not retried",
        };
        let mut behaviour = vec![
            ("request", format!("{} {}", verbs.join(" or "), operation.path)),
            ("a failed call", effect.to_owned()),
            ("result", answer(&operation.answer)),
        ];
        behaviour.extend(body(&operation.body).map(|media| ("request body", media)));
        behaviour
            .extend(operation.accept.iter().map(|media| ("requested media type", media.clone())));
        behaviour.extend(at_least_one(&operation.at_least_one));
        let mut facts = self.and(&behaviour).described(&operation.docs);
        facts.security = operation.security.iter().map(|way| way.join(" with ")).collect();
        facts.deprecated(operation.deprecated.as_ref())
    }

    /// Where and how a parameter is sent.
    pub(super) fn sent(parameter: &Parameter) -> Vec<Fact> {
        let encoding = parameter.encoding;
        let place = match parameter.location {
            ParameterLocation::Path => format!("in the path, {encoding:?}"),
            ParameterLocation::Query => format!("in the query, {encoding:?}"),
            ParameterLocation::Header => format!("in a header, {encoding:?}"),
            ParameterLocation::Cookie => format!("in a cookie, {encoding:?}"),
            ParameterLocation::Property => "in the body".to_owned(),
            ParameterLocation::Body => "as the body".to_owned(),
        };
        vec![("sent", place)]
    }
}

/// Groups of parameters of which at least one has to be set.
fn at_least_one(lists: &[Vec<String>]) -> impl Iterator<Item = Fact> + '_ {
    lists.iter().map(|keys| ("at least one required", format!("`{}`", keys.join("`, `"))))
}

/// The media type of the body, unless it is `application/json`.
fn body(body: &Body) -> Option<String> {
    match body {
        Body::Nothing => None,
        Body::Json(media) | Body::Whole(_, media) => Some(media.clone()),
        Body::Form(_) => Some("application/x-www-form-urlencoded".to_owned()),
        Body::Multipart(_) => Some("multipart/form-data".to_owned()),
    }
    .filter(|media| media != "application/json")
}

fn answer(answer: &Answer) -> String {
    match answer {
        Answer::Key { key, presence, .. } if presence.is_argument() => {
            format!("the property `{key}`")
        }
        Answer::Key { key, .. } => format!("the property `{key}`, or nothing"),
        Answer::Body(_) => "the body".to_owned(),
        Answer::Optional(_) => "the body, or nothing".to_owned(),
        Answer::ByStatus { is_optional: false, .. } => "the body of each status".to_owned(),
        Answer::ByStatus { is_optional: true, .. } => {
            "the body of each status, or nothing".to_owned()
        }
        Answer::Text => "text".to_owned(),
        Answer::Bytes => "bytes".to_owned(),
        Answer::Envelope { .. } => "the described properties of the body".to_owned(),
        Answer::Nothing => "nothing".to_owned(),
    }
}
