//! Finds the target of a reference.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::super::grammar::{Kind, Node};
use super::super::origin::Origin;
use super::super::pointer::Pointer;
use super::unresolved::Unresolved;

/// The maximum number of references that are followed to find a target.
const MOST_HOPS: usize = 32;

/// A source, as JSON.
#[derive(Clone, Copy)]
pub(super) struct File<'d> {
    pub(super) name: &'d str,
    pub(super) root: &'d Value,
}

/// The target of a reference.
#[derive(Clone)]
pub(super) struct Found<'d> {
    pub(super) at: Origin,
    pub(super) value: &'d Value,
}

/// Everything that references can refer to.
pub(super) struct Index<'d> {
    files: Vec<File<'d>>,
    /// The schemas with an `$id` or an anchor, by that name. Collected when the first one is needed.
    names: OnceCell<BTreeMap<(usize, String), Found<'d>>>,
}

impl<'d> Index<'d> {
    pub(super) fn new(files: Vec<File<'d>>) -> Self {
        Self { files, names: OnceCell::new() }
    }

    /// The name of a file in messages.
    pub(super) fn name(&self, file: usize) -> &'d str {
        self.files.get(file).map_or("", |file| file.name)
    }

    /// The target of `reference` in a file. It has to be an object of the kind `node`.
    pub(super) fn resolve(
        &self,
        file: usize,
        reference: &str,
        node: Node,
    ) -> Result<Found<'d>, Unresolved> {
        let found = self.lookup(file, reference, node)?;
        let is_fitting = match kind_at(&found.at) {
            Some(kind) => kind == Kind::One(node),
            None => true,
        };
        let is_value =
            found.value.is_object() || (node == Node::Schema && found.value.is_boolean());
        if is_fitting && is_value {
            Ok(found)
        } else {
            Err(Unresolved::wrong_kind(reference, node))
        }
    }

    /// The target of `reference`, whatever its kind.
    pub(super) fn lookup(
        &self,
        file: usize,
        reference: &str,
        node: Node,
    ) -> Result<Found<'d>, Unresolved> {
        self.follow(file, reference, node, MOST_HOPS)
    }

    fn follow(
        &self,
        file: usize,
        reference: &str,
        node: Node,
        hops: usize,
    ) -> Result<Found<'d>, Unresolved> {
        let (address, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let missing = || Unresolved::missing(reference, node);
        let start = if address.is_empty() {
            self.whole(file)
        } else if let Some(found) = self.named(file, address) {
            Some(found)
        } else {
            Some(self.file(file, address, reference)?)
        };
        let start = start.ok_or_else(missing)?;
        let fragment = percent_decoded(fragment);
        if fragment.is_empty() {
            return Ok(start);
        }
        if !fragment.starts_with('/') {
            return self.named(start.at.file, &format!("#{fragment}")).ok_or_else(missing);
        }
        let pointer = Pointer::parse(&fragment);
        self.walk(start, &pointer, hops).ok_or_else(missing)
    }

    /// Follows `pointer` from `start`, through any references on the way.
    fn walk(&self, start: Found<'d>, pointer: &Pointer, hops: usize) -> Option<Found<'d>> {
        let mut here = start;
        for step in pointer.steps() {
            let mut hops = hops;
            while step_into(here.value, &step).is_none()
                && let Some(Value::String(reference)) = here.value.get("$ref")
            {
                hops = hops.checked_sub(1)?;
                let kind = kind_at(&here.at).and_then(Kind::referable);
                let node = kind.unwrap_or(Node::Schema);
                here = self.follow(here.at.file, reference, node, hops).ok()?;
            }
            here = Found { value: step_into(here.value, &step)?, at: here.at.child(&step) };
        }
        Some(here)
    }

    fn whole(&self, file: usize) -> Option<Found<'d>> {
        let root = self.files.get(file)?.root;
        Some(Found { at: Origin::new(file, Pointer::root()), value: root })
    }

    /// The file at `address`, which is relative to the file `from`.
    fn file(&self, from: usize, address: &str, reference: &str) -> Result<Found<'d>, Unresolved> {
        let path = relative_to(self.name(from), &percent_decoded(address));
        let position = self.files.iter().position(|file| normal(file.name) == path);
        let found = position.and_then(|file| self.whole(file));
        found.ok_or_else(|| Unresolved::elsewhere(reference, &path))
    }

    /// The schema with this `$id`, or with this anchor in the file if the name begins with `#`.
    fn named(&self, file: usize, name: &str) -> Option<Found<'d>> {
        let names = self.names.get_or_init(|| {
            let mut names = BTreeMap::new();
            for file in 0..self.files.len() {
                if let Some(found) = self.whole(file) {
                    add_names(found, Kind::DOCUMENT, &mut names);
                }
            }
            names
        });
        let file = if name.starts_with('#') { file } else { usize::MAX };
        names.get(&(file, name.to_owned())).cloned()
    }
}

fn add_names<'d>(here: Found<'d>, kind: Kind, names: &mut BTreeMap<(usize, String), Found<'d>>) {
    match here.value {
        Value::Object(object) => {
            if kind == Kind::One(Node::Schema) {
                for key in ["$anchor", "$dynamicAnchor"] {
                    if let Some(Value::String(anchor)) = object.get(key) {
                        let name = (here.at.file, format!("#{anchor}"));
                        names.entry(name).or_insert_with(|| here.clone());
                    }
                }
                if let Some(Value::String(id)) = object.get("$id") {
                    let id = id.trim_end_matches('#').to_owned();
                    names.entry((usize::MAX, id)).or_insert_with(|| here.clone());
                }
            }
            for (key, value) in object {
                if let Some(kind) = kind.under(key) {
                    add_names(Found { at: here.at.child(key), value }, kind, names);
                }
            }
        }
        Value::Array(elements) => {
            for (index, value) in elements.iter().enumerate() {
                if let Some(kind) = kind.under("0") {
                    add_names(Found { at: here.at.child(index), value }, kind, names);
                }
            }
        }
        _ => {}
    }
}

fn step_into<'d>(value: &'d Value, step: &str) -> Option<&'d Value> {
    match value {
        Value::Array(elements) => elements.get(step.parse::<usize>().ok()?),
        other => other.get(step),
    }
}

/// The kind of the value at a place, by the structure of OpenAPI. Unknown for other files, which need not be documents.
fn kind_at(at: &Origin) -> Option<Kind> {
    if at.file != 0 {
        return None;
    }
    at.pointer.steps().try_fold(Kind::DOCUMENT, |kind, step| kind.under(&step))
}

/// The files that a source refers to, sorted by path.
pub(in super::super) fn files_of(name: &str, root: &Value) -> BTreeSet<String> {
    let mut files = BTreeSet::new();
    let mut open = vec![root];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(object) => {
                if let Some(Value::String(reference)) = object.get("$ref") {
                    let address = reference.split('#').next().unwrap_or_default();
                    let is_document =
                        [".yaml", ".yml", ".json"].iter().any(|end| address.ends_with(end));
                    if is_document && !address.contains("://") {
                        files.insert(relative_to(name, &percent_decoded(address)));
                    }
                }
                open.extend(object.values());
            }
            Value::Array(elements) => open.extend(elements),
            _ => {}
        }
    }
    files
}

/// The path of a file, given the path of the file that refers to it.
fn relative_to(file: &str, address: &str) -> String {
    if address.contains("://") || address.starts_with('/') {
        return normal(address);
    }
    let folder = file.replace('\\', "/");
    let folder = folder.rsplit_once('/').map_or("", |(folder, _)| folder);
    normal(&if folder.is_empty() { address.to_owned() } else { format!("{folder}/{address}") })
}

/// Removes `.` from a path, and `..` if possible.
fn normal(path: &str) -> String {
    if path.contains("://") {
        return path.to_owned();
    }
    let path = path.replace('\\', "/");
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." if parts.last().is_some_and(|last| *last != ".." && !last.is_empty()) => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Decodes `%XX`. Returns the text unchanged if the result is not UTF-8.
fn percent_decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut index = 0;
    while let Some(byte) = bytes.get(index) {
        let digits = text.get(index + 1..index + 3);
        let value = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match value {
            Some(value) if *byte == b'%' => {
                decoded.push(value);
                index += 3;
            }
            _ => {
                decoded.push(*byte);
                index += 1;
            }
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}
