//! Finds the parts of a document that `openapiv3` rejects, and repairs them with as little loss as possible.

use std::collections::BTreeMap;

use openapiv3::{
    Callback, Header, Info, MediaType, Operation, Parameter, PathItem, ReferenceOr, RequestBody,
    Response, Schema, Server, Tag,
};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::super::adapt::Remark;
use super::super::grammar::{Kind, Node, VERBS};
use super::super::overlay::read_as;
use super::super::pointer::Pointer;
use super::super::references::Unresolved;
use super::keywords::{self, CODE};

const CORRECT: &str = "correct the document, or correct it here with an overlay";

/// The maximum number of invalid keys that are removed from one object before the whole object is given up.
const MOST_LEFT_OUT: usize = 8;

/// The state of a repair.
pub(super) struct Repair<'a> {
    /// The references that cannot be resolved.
    unresolved: &'a BTreeMap<String, Unresolved>,
    pub(super) remarks: Vec<Remark>,
    pub(super) unusable: Vec<(Pointer, &'static str)>,
}

impl<'a> Repair<'a> {
    pub(super) fn new(unresolved: &'a BTreeMap<String, Unresolved>) -> Self {
        Self { unresolved, remarks: Vec::new(), unusable: Vec::new() }
    }

    pub(super) fn document(&mut self, root: &mut Value) {
        let at = Pointer::root();
        self.whole(root);
        let Value::Object(document) = root else { return };
        for (key, value) in document.iter_mut() {
            if let Some(kind) = Kind::DOCUMENT.under(key).filter(|_| key != "webhooks") {
                self.value(value, kind, &at.child(key));
            }
        }
    }

    /// Repairs the document object, except for paths and components.
    fn whole(&mut self, root: &mut Value) {
        let Value::Object(document) = root else { return };
        let at = Pointer::root();
        let info = document.entry("info").or_insert_with(|| json!({}));
        if !info.is_object() {
            *info = json!({});
        }
        self.fit::<Info>(
            info,
            &at.child("info"),
            &[("title", json!("API")), ("version", json!("0"))],
        );
        for key in ["servers", "tags"] {
            if let Some(Value::Array(elements)) = document.get_mut(key) {
                for (index, element) in elements.iter_mut().enumerate() {
                    let at = at.child(key).child(index);
                    if key == "servers" {
                        self.fit::<Server>(element, &at, &[("url", json!("/"))]);
                    } else {
                        self.fit::<Tag>(element, &at, &[("name", json!(""))]);
                    }
                }
            }
        }
        if !document.get("paths").is_some_and(Value::is_object) {
            self.say(&at, "`paths` is missing", "so there are no operations");
            document.insert("paths".to_owned(), json!({}));
        }
        if let Some(components) = document.get_mut("components") {
            self.components(components, &at.child("components"));
        }
    }

    /// Empties sections of `components` that are not objects. Examples and links, which clients do not use, are emptied
    /// silently.
    fn components(&mut self, components: &mut Value, at: &Pointer) {
        let Value::Object(sections) = components else {
            *components = json!({});
            return;
        };
        for (section, value) in sections.iter_mut() {
            if section.starts_with("x-") {
                continue;
            }
            let is_unused = matches!(section.as_str(), "examples" | "links");
            let is_bad = match section.as_str() {
                "examples" => {
                    !reads::<indexmap::IndexMap<String, ReferenceOr<openapiv3::Example>>>(value)
                }
                "links" => {
                    !reads::<indexmap::IndexMap<String, ReferenceOr<openapiv3::Link>>>(value)
                }
                _ => !value.is_object(),
            };
            if is_bad {
                if !is_unused {
                    self.say(&at.child(section), "this has to be an object", "so it is ignored");
                }
                *value = json!({});
            }
        }
    }

    fn value(&mut self, value: &mut Value, kind: Kind, at: &Pointer) {
        if kind == Kind::One(Node::Schema) {
            self.schema(value, at);
            return;
        }
        let is_of_kind = match kind {
            Kind::List(_) => value.is_array(),
            Kind::Map(_) | Kind::One(_) => value.is_object(),
        };
        if !is_of_kind && !matches!(kind, Kind::One(node) if node.description().is_some()) {
            let what = if matches!(kind, Kind::List(_)) { "a list" } else { "an object" };
            self.say(at, &format!("this has to be {what}"), "so it is ignored");
            *value = if matches!(kind, Kind::List(_)) { json!([]) } else { json!({}) };
            return;
        }
        match value {
            Value::Object(object) => {
                for (key, value) in object.iter_mut() {
                    if let Some(kind) = kind.under(key) {
                        self.value(value, kind, &at.child(key));
                    }
                }
            }
            Value::Array(elements) => {
                for (index, value) in elements.iter_mut().enumerate() {
                    if let Some(kind) = kind.under("0") {
                        self.value(value, kind, &at.child(index));
                    }
                }
            }
            _ => {}
        }
        if let Kind::One(node) = kind {
            self.node(node, value, at);
        }
    }

    /// Repairs an object whose contents were already repaired.
    fn node(&mut self, node: Node, value: &mut Value, at: &Pointer) {
        if self.unusable.iter().any(|(unusable, _)| at.is_within(unusable)) {
            return;
        }
        match node {
            Node::Parameter => {
                self.repair_parameter(value, at);
                self.fit_or_leave_out::<Parameter>(value, at, &[]);
            }
            Node::Header if !reads::<ReferenceOr<Header>>(value) => {
                add_schema(value);
                self.fit_or_replace::<Header>(value, at, json!({ "schema": {} }));
            }
            Node::RequestBody => self.fit_or_leave_out::<RequestBody>(value, at, &[]),
            Node::Response => {
                let description = [("description", json!(""))];
                self.fit::<Response>(value, at, &description);
                if !reads::<ReferenceOr<Response>>(value) {
                    self.say(at, "this response cannot be read", "so its body is ignored");
                    *value = json!({ "description": "" });
                }
            }
            Node::MediaType => self.fit_or_replace::<MediaType>(value, at, json!({})),
            Node::Callback if !reads::<Callback>(value) => *value = json!({}),
            Node::Responses => self.statuses(value, at),
            Node::Operation if value.get("$ref").is_some() => self.operation_elsewhere(value, at),
            Node::Operation => {
                self.fit_or_leave_out::<Operation>(value, at, &[("responses", json!({}))]);
            }
            Node::PathItem => self.path_item(value, at),
            _ => {}
        }
    }

    /// Leaves out an operation that is a reference. OpenAPI does not allow that.
    fn operation_elsewhere(&mut self, value: &Value, at: &Pointer) {
        let reference = value.get("$ref").and_then(Value::as_str).unwrap_or_default();
        let unresolved = self.unresolved.get(reference).cloned();
        let Unresolved { code, message, help } =
            unresolved.unwrap_or_else(|| Unresolved::unknown(reference));
        let instead = Some("so the operation is left out");
        self.remarks.push(Remark { at: at.child("$ref"), code, message, instead, help });
        self.unusable.push((at.clone(), code));
    }

    /// Removes responses whose key is not a status.
    fn statuses(&mut self, value: &mut Value, at: &Pointer) {
        let Value::Object(responses) = value else { return };
        let is_status = |key: &str| {
            let has_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
            let is_range = key.len() == 3
                && key
                    .get(1..)
                    .is_some_and(|rest| rest.eq_ignore_ascii_case("XX") || has_digits(rest))
                && key.get(..1).is_some_and(has_digits);
            is_range || key == "default" || key.starts_with("x-")
        };
        let others: Vec<String> = responses.keys().filter(|key| !is_status(key)).cloned().collect();
        for key in others {
            responses.remove(&key);
            let message = format!("`{key}` is not a status");
            self.say(&at.child(&key), &message, "so this response is ignored");
        }
    }

    /// Repairs a path item without its operations, which are repaired separately.
    fn path_item(&mut self, value: &mut Value, at: &Pointer) {
        if reads::<ReferenceOr<PathItem>>(value) {
            return;
        }
        let Value::Object(item) = value else {
            self.leave_out(at, "this has to be an object", "so it is left out");
            return;
        };
        let (operations, rest): (Map<_, _>, Map<_, _>) =
            std::mem::take(item).into_iter().partition(|(key, _)| VERBS.contains(&key.as_str()));
        let mut rest = Value::Object(rest);
        self.fit::<PathItem>(&mut rest, at, &[]);
        let fits = reads::<PathItem>(&rest);
        if let Value::Object(rest) = rest {
            item.extend(rest);
        }
        item.extend(operations);
        if !fits {
            self.leave_out(at, "this path cannot be read", "so it is left out");
        }
    }

    fn repair_parameter(&mut self, value: &mut Value, at: &Pointer) {
        if reads::<ReferenceOr<Parameter>>(value) {
            return;
        }
        let Value::Object(parameter) = &mut *value else { return };
        if !parameter.contains_key("schema") && !parameter.contains_key("content") {
            self.say(at, "this parameter does not say what its values are", "so it is any JSON");
        }
        add_schema(value);
    }

    /// Repairs a schema: first the schemas inside of it, then its keywords.
    fn schema(&mut self, value: &mut Value, at: &Pointer) {
        if reads::<ReferenceOr<Schema>>(value) {
            return;
        }
        let Value::Object(schema) = value else {
            let is_anything = *value == Value::Bool(true);
            if !is_anything {
                self.say(at, "a schema has to be an object", "so it is any JSON");
            }
            *value = json!({});
            return;
        };
        for (key, value) in schema.iter_mut() {
            match Kind::One(Node::Schema).under(key) {
                Some(Kind::One(_)) if value.is_boolean() && key == "additionalProperties" => {}
                Some(Kind::One(_)) if value.is_array() => {}
                Some(Kind::List(_)) if value.is_array() => {
                    self.value(value, Kind::List(Node::Schema), &at.child(key));
                }
                Some(Kind::Map(_)) if value.is_object() => {
                    self.value(value, Kind::Map(Node::Schema), &at.child(key));
                }
                Some(Kind::One(node)) => self.value(value, Kind::One(node), &at.child(key)),
                _ => {}
            }
        }
        self.remarks.extend(keywords::repair(schema, at));
        if !reads::<ReferenceOr<Schema>>(value) {
            self.fit_or_replace::<Schema>(value, at, json!({}));
        }
    }

    /// Repairs an object: adds missing keys that are `needed`, and removes invalid ones.
    fn fit<T: DeserializeOwned>(
        &mut self,
        value: &mut Value,
        at: &Pointer,
        needed: &[(&str, Value)],
    ) {
        if reads::<ReferenceOr<T>>(value) {
            return;
        }
        let Value::Object(object) = &mut *value else { return };
        for (key, default) in needed {
            if !object.contains_key(*key) {
                let message = format!("`{key}` is missing");
                self.remarks.push(remark(at, message, None));
                object.insert((*key).to_owned(), default.clone());
            }
        }
        for _ in 0..MOST_LEFT_OUT {
            let Some(fault) = read_as::<T>(value, at).err() else { return };
            let Value::Object(object) = &mut *value else { return };
            let culprit = culprit::<T>(object, needed);
            let Some(key) = culprit else { return };
            let message = format!("`{key}` is not as OpenAPI says: {}", fault.1);
            self.remarks.push(remark(&at.child(&key), message, Some("so it is ignored")));
            match needed.iter().find(|(needed, _)| *needed == key) {
                Some((_, default)) => object.insert(key, default.clone()),
                None => object.remove(&key),
            };
        }
    }

    fn fit_or_replace<T: DeserializeOwned>(
        &mut self,
        value: &mut Value,
        at: &Pointer,
        other: Value,
    ) {
        self.fit::<T>(value, at, &[]);
        if !reads::<ReferenceOr<T>>(value) {
            let message =
                read_as::<T>(value, at).err().map_or_else(String::new, |(_, message)| message);
            self.say(at, &message, "so it is any JSON");
            *value = other;
        }
    }

    fn fit_or_leave_out<T: DeserializeOwned>(
        &mut self,
        value: &mut Value,
        at: &Pointer,
        needed: &[(&str, Value)],
    ) {
        self.fit::<T>(value, at, needed);
        if let Some((_, message)) = read_as::<ReferenceOr<T>>(value, at).err() {
            self.leave_out(at, &message, "so the operation is left out");
        }
    }

    /// Leaves out the operation, path or component that contains `at`.
    fn leave_out(&mut self, at: &Pointer, message: &str, instead: &'static str) {
        let steps: Vec<String> = at.steps().collect();
        let is_in_operation =
            steps.len() > 2 && steps.get(2).is_some_and(|step| VERBS.contains(&step.as_str()));
        let depth = match steps.first().map(String::as_str) {
            Some("paths") if !is_in_operation => 2,
            _ => 3,
        };
        let item = steps.iter().take(depth).fold(Pointer::root(), |at, step| at.child(step));
        self.say(at, message, instead);
        if !self.unusable.iter().any(|(known, _)| *known == item) {
            self.unusable.push((item, CODE));
        }
    }

    fn say(&mut self, at: &Pointer, message: &str, instead: &'static str) {
        self.remarks.push(remark(at, message.to_owned(), Some(instead)));
    }
}

fn remark(at: &Pointer, message: String, instead: Option<&'static str>) -> Remark {
    Remark { at: at.clone(), code: CODE, message, instead, help: CORRECT.to_owned() }
}

/// The first key whose removal (or replacement by its default) makes the object valid.
fn culprit<T: DeserializeOwned>(
    object: &Map<String, Value>,
    needed: &[(&str, Value)],
) -> Option<String> {
    let fits_without = |key: &&String| {
        let mut other = object.clone();
        match needed.iter().find(|(needed, _)| needed == key) {
            Some((_, default)) => drop(other.insert((*key).clone(), default.clone())),
            None => drop(other.remove(*key)),
        }
        T::deserialize(&Value::Object(other)).is_ok()
    };
    object.keys().find(fits_without).cloned()
}

fn reads<T: DeserializeOwned>(value: &Value) -> bool {
    T::deserialize(value).is_ok()
}

/// Adds an empty schema to a parameter or header that has neither `schema` nor `content`.
fn add_schema(value: &mut Value) {
    if let Value::Object(object) = value
        && !object.contains_key("$ref")
        && !object.contains_key("schema")
        && !object.contains_key("content")
    {
        object.insert("schema".to_owned(), json!({}));
    }
}
