//! Resolves references. No other module does.
//!
//! Afterwards, every reference of the document names a component of the right kind, or cannot be resolved ([`Unresolved`]
//! says why). Any other reference is replaced by its target:
//!
//! - a path item, parameter, response, request body or header is copied to the place of the reference;
//! - a schema is copied as well, as if it were inline. It becomes a component if it is in another file or under `$defs`, or
//!   if it contains itself.

mod aliases;
mod plain;
mod resolve;
mod schema_names;
mod unresolved;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde_json::{Map, Value};

pub(super) use self::aliases::shorten_aliases;
pub(crate) use self::plain::component_name;
use self::plain::is_component;
pub(super) use self::plain::{are_plain, schema_name};
pub(super) use self::resolve::files_of;
use self::resolve::{File, Found, Index};
pub(super) use self::schema_names::is_alike;
pub(super) use self::unresolved::Unresolved;
use super::grammar::{Kind, Node};
use super::origin::{Origin, Origins};
use super::pointer::Pointer;
use super::version::Version;

/// The maximum number of copied objects. Beyond it, schemas become components instead.
const MOST_COPIED: usize = 50_000;

/// The result of [`rewrite`].
pub(super) struct Rewritten {
    pub(super) root: Value,
    pub(super) origins: Origins,
    /// The references in `root` that cannot be resolved.
    pub(super) unresolved: BTreeMap<String, Unresolved>,
}

/// Resolves the references in the first of `files`, which is the document.
pub(super) fn rewrite(files: &[(String, Value)], version: Version) -> Rewritten {
    let Some((_, root)) = files.first() else {
        return Rewritten {
            root: Value::Null,
            origins: Origins::default(),
            unresolved: BTreeMap::new(),
        };
    };
    let mut rewrite = Rewrite {
        index: Index::new(files.iter().map(|(name, root)| File { name, root }).collect()),
        version,
        origins: Origins::default(),
        unresolved: BTreeMap::new(),
        within: Vec::new(),
        extracted: BTreeMap::new(),
        pending: VecDeque::new(),
        taken: schema_names::of(root),
        copied: 0,
    };
    rewrite.name_by_components(root);
    let mut root = rewrite.build(root, Kind::DOCUMENT, &At::root());
    rewrite.build_extracted(&mut root);
    let Rewrite { origins, unresolved, .. } = rewrite;
    Rewritten { root, origins, unresolved }
}

/// The place of a part in its source and in the result.
#[derive(Clone)]
struct At {
    from: Origin,
    to: Pointer,
}

impl At {
    fn root() -> Self {
        Self { from: Origin::new(0, Pointer::root()), to: Pointer::root() }
    }

    fn child(&self, key: impl std::fmt::Display) -> Self {
        Self { from: self.from.child(&key), to: self.to.child(&key) }
    }
}

struct Rewrite<'d> {
    index: Index<'d>,
    version: Version,
    origins: Origins,
    unresolved: BTreeMap<String, Unresolved>,
    /// The origins of the objects that are being copied, from the outermost.
    within: Vec<Origin>,
    /// The names of the schemas that become components, by origin.
    extracted: BTreeMap<Origin, String>,
    /// The schemas that become components and have not been built yet.
    pending: VecDeque<(Found<'d>, String)>,
    /// The names of all component schemas, including new ones.
    taken: BTreeSet<String>,
    copied: usize,
}

impl<'d> Rewrite<'d> {
    /// If a component schema is a reference to something that is not a component, its target gets the name of the component.
    fn name_by_components(&mut self, root: &'d Value) {
        let schemas = root.pointer("/components/schemas").and_then(Value::as_object);
        for (name, schema) in schemas.into_iter().flatten() {
            let Some(reference) = schema.get("$ref").and_then(Value::as_str) else { continue };
            let Ok(found) = self.index.resolve(0, reference, Node::Schema) else { continue };
            let is_plain =
                found.at.file == 0 && is_component(found.at.pointer.as_str(), Node::Schema);
            if !is_plain {
                self.extracted.entry(found.at).or_insert_with(|| name.clone());
            }
        }
    }

    fn build(&mut self, value: &'d Value, kind: Kind, at: &At) -> Value {
        match value {
            Value::Object(object) => {
                if let Some(node) = kind.referable()
                    && let Some(Value::String(reference)) =
                        object.get("$ref").or_else(|| object.get("$dynamicRef"))
                {
                    return self.reference(object, reference, node, at);
                }
                if let Kind::Map(node) = kind
                    && let Some(Value::String(reference)) = object.get("$ref")
                    && let Some(copy) = self.copy_map(reference, node, at)
                {
                    return copy;
                }
                self.object(object, kind, at).into()
            }
            Value::Array(elements) => {
                let elements = elements.iter().enumerate();
                let built = elements.map(|(index, value)| match kind.under("0") {
                    Some(kind) => self.build(value, kind, &at.child(index)),
                    None => value.clone(),
                });
                built.collect()
            }
            other => other.clone(),
        }
    }

    fn object(
        &mut self,
        object: &'d Map<String, Value>,
        kind: Kind,
        at: &At,
    ) -> Map<String, Value> {
        let entries = object.iter().map(|(key, value)| {
            let built = match kind.under(key) {
                Some(kind) => self.build(value, kind, &at.child(key)),
                None if kind == Kind::One(Node::Schema) && key == "discriminator" => {
                    self.discriminator(value, at)
                }
                None => value.clone(),
            };
            (key.clone(), built)
        });
        entries.collect()
    }

    /// Resolves a reference. `object` is the object that contains it, with any other keywords.
    fn reference(
        &mut self,
        object: &'d Map<String, Value>,
        reference: &'d str,
        node: Node,
        at: &At,
    ) -> Value {
        let found = match self.index.resolve(at.from.file, reference, node) {
            Ok(found) => found,
            Err(unresolved) => {
                self.unresolved.insert(reference.to_owned(), unresolved);
                return self.referring(reference.to_owned(), object, node, at);
            }
        };
        if found.at.file == 0 && is_component(found.at.pointer.as_str(), node) {
            return self.referring(format!("#{}", found.at.pointer.as_str()), object, node, at);
        }
        if node == Node::Schema && self.has_to_be_extracted(&found, at) {
            let name = self.extract(found.clone());
            let component = Pointer::root().join(["components", "schemas", &name]);
            if component != at.to {
                return self.referring(format!("#{}", component.as_str()), object, node, at);
            }
        } else if self.within.contains(&found.at) {
            self.unresolved.insert(reference.to_owned(), Unresolved::circular(reference));
            return self.referring(reference.to_owned(), object, node, at);
        }
        self.copy(found, object, node, at)
    }

    /// Builds an object with a reference, and with the keywords beside it if they apply.
    fn referring(
        &mut self,
        reference: String,
        object: &'d Map<String, Value>,
        node: Node,
        at: &At,
    ) -> Value {
        let mut referring = Map::new();
        referring.insert("$ref".to_owned(), reference.into());
        if self.counts_beside_reference(node) {
            let beside = self.object(object, Kind::One(node), at);
            let is_reference = |key: &str| key == "$ref" || key == "$dynamicRef";
            referring.extend(beside.into_iter().filter(|(key, _)| !is_reference(key)));
        }
        referring.into()
    }

    /// Whether keywords beside a reference apply: in schemas since OpenAPI 3.1, and in path items.
    fn counts_beside_reference(&self, node: Node) -> bool {
        match node {
            Node::Schema => self.version > Version::V3_0,
            _ => node == Node::PathItem,
        }
    }

    /// Copies the target of a reference to the place of the reference.
    fn copy(
        &mut self,
        found: Found<'d>,
        object: &'d Map<String, Value>,
        node: Node,
        at: &At,
    ) -> Value {
        let counts = self.counts_beside_reference(node);
        let beside = object.iter().filter(|(key, _)| *key != "$ref" && *key != "$dynamicRef");
        let beside: Vec<&String> = beside.map(|(key, _)| key).filter(|_| counts).collect();
        let is_part =
            node == Node::Schema && beside.iter().any(|key| Kind::One(node).under(key).is_some());
        let to = if is_part { at.to.child("allOf").child(0) } else { at.to.clone() };
        self.origins.insert(to.clone(), found.at.clone());
        self.within.push(found.at.clone());
        self.copied += 1;
        let copy = self.build(found.value, Kind::One(node), &At { from: found.at, to });
        self.within.pop();
        if beside.is_empty() {
            return copy;
        }
        for key in &beside {
            self.origins.insert(at.to.child(key), at.from.child(key));
        }
        let mut own = self.object(object, Kind::One(node), at);
        own.retain(|key, _| beside.contains(&key));
        if is_part && let Some(parts) = own.remove("allOf") {
            own.insert(
                "allOf".to_owned(),
                Value::Array(vec![copy, serde_json::json!({"allOf": parts})]),
            );
            let [part, parts] =
                [at.to.child("allOf").child(1).child("allOf"), at.from.pointer.child("allOf")];
            self.origins.insert(part, Origin::new(at.from.file, parts));
            return own.into();
        }
        match (is_part, copy) {
            (true, copy) => {
                own.insert("allOf".to_owned(), vec![copy].into());
                own.into()
            }
            (false, Value::Object(mut copy)) => {
                copy.extend(own);
                copy.into()
            }
            (false, _) => own.into(),
        }
    }

    /// Copies a whole map, such as `properties`, to the place of a reference to it. OpenAPI does not allow such references,
    /// but some documents have them.
    fn copy_map(&mut self, reference: &str, node: Node, at: &At) -> Option<Value> {
        let found = self.index.lookup(at.from.file, reference, node).ok()?;
        if !found.value.is_object() || self.within.contains(&found.at) {
            return None;
        }
        self.origins.insert(at.to.clone(), found.at.clone());
        self.within.push(found.at.clone());
        let at = At { from: found.at, to: at.to.clone() };
        let copy = self.build(found.value, Kind::Map(node), &at);
        self.within.pop();
        Some(copy)
    }

    fn has_to_be_extracted(&self, found: &Found<'d>, at: &At) -> bool {
        let pointer = &found.at.pointer;
        found.at.file != 0
            || self.extracted.contains_key(&found.at)
            || self.within.contains(&found.at)
            || (at.from.file == found.at.file && at.from.pointer.is_within(pointer))
            || pointer.steps().any(|step| step == "$defs" || step == "definitions")
            || self.copied > MOST_COPIED
    }

    /// Makes a schema a component, and returns the name of the component.
    fn extract(&mut self, found: Found<'d>) -> String {
        if let Some(name) = self.extracted.get(&found.at) {
            return name.clone();
        }
        let file = &self.index.name(found.at.file);
        let name = schema_names::choose(&found.at, file, &self.taken);
        self.taken.insert(name.clone());
        self.extracted.insert(found.at.clone(), name.clone());
        self.pending.push_back((found, name.clone()));
        name
    }

    fn build_extracted(&mut self, root: &mut Value) {
        while let Some((found, name)) = self.pending.pop_front() {
            let to = Pointer::root().join(["components", "schemas", &name]);
            self.origins.insert(to.clone(), found.at.clone());
            let built =
                self.build(found.value, Kind::One(Node::Schema), &At { from: found.at, to });
            if let Some(schemas) = schemas_of(root) {
                schemas.insert(name, built);
            }
        }
    }

    /// Updates the mapping of a discriminator, since its targets may become components.
    fn discriminator(&mut self, value: &'d Value, at: &At) -> Value {
        let mut discriminator = value.clone();
        let mapping = discriminator.get_mut("mapping").and_then(Value::as_object_mut);
        for (_, target) in mapping.into_iter().flatten() {
            let Value::String(reference) = target else { continue };
            let Ok(found) = self.index.resolve(at.from.file, reference, Node::Schema) else {
                continue;
            };
            let is_plain =
                found.at.file == 0 && is_component(found.at.pointer.as_str(), Node::Schema);
            *reference = if is_plain {
                format!("#{}", found.at.pointer.as_str())
            } else {
                let name = self.extract(found);
                format!("#{}", Pointer::root().join(["components", "schemas", &name]).as_str())
            };
        }
        discriminator
    }
}

/// The component schemas of a document. Adds an empty map if there is none.
pub(super) fn schemas_of(root: &mut Value) -> Option<&mut Map<String, Value>> {
    let entry = |value: &mut Map<String, Value>, key: &str| {
        let entry = value.entry(key).or_insert_with(|| Value::Object(Map::new()));
        if !entry.is_object() {
            *entry = Value::Object(Map::new());
        }
    };
    let root = root.as_object_mut()?;
    entry(root, "components");
    let components = root.get_mut("components")?.as_object_mut()?;
    entry(components, "schemas");
    components.get_mut("schemas")?.as_object_mut()
}
