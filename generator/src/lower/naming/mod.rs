//! The namespaces and the names of operations: as the document says in extensions, else from tags, operation IDs and paths.
//! `xtask/README.md` describes the rule.
//!
//! Each operation has candidates for its name, the shortest first. The operations choose in an order that depends on
//! nothing but themselves, so an operation that is added can only take names that it shares with others.

mod from_path;
mod listing;
mod operation_id;
mod path;
mod strip;
mod word;

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::Operation as Described;

use self::from_path::FromPath;
use self::listing::Ending;
use self::operation_id::OperationId;
use self::path::Part;
use self::strip::Repeated;
use super::extensions::Extensions;
use super::verb_aliases;
use super::verbs::{Verb, verb_key, verbs};
use crate::api::{BORROWING, FunctionName, Method, Name, UNWRITABLE, raw, singular, words};
use crate::document::{Document, Pointer};

/// The words of the method chain, and the name of the method.
pub(super) type Named = (Vec<String>, String);

/// The names of all operations, by path and verb.
pub(super) type Names<'a> = BTreeMap<(&'a str, &'static str), Named>;

/// The names that are taken, each in its namespace.
type Taken = BTreeSet<(Vec<String>, FunctionName)>;

/// An operation without a name in an extension.
struct Unnamed<'a> {
    path: &'a str,
    verb: Verb<'a>,
    /// The verbs of the path, each with whether its operation has the same tag.
    beside: Vec<(Method, bool)>,
    parts: Vec<Part>,
    id: Option<OperationId>,
    namespace: Vec<String>,
    /// Whether the namespace is only the fixed words of the path.
    is_by_path: bool,
}

/// Names all operations of the document, so that it makes no difference which of them are asked for.
pub(super) fn name_all<'a>(document: &'a Document<'_>) -> Names<'a> {
    let mut names = Names::new();
    let mut unnamed = Vec::new();
    for (path, item) in document.paths() {
        let verbs = verbs(item);
        for verb in verbs.iter().copied() {
            let operation = Unnamed::new(path, verb, &verbs);
            match Extensions(&verb.operation.extensions).method_name() {
                Some(name) => {
                    let named = (operation.namespace, name.to_owned());
                    names.insert((path, verb.method.as_str()), named);
                }
                None => unnamed.push(operation),
            }
        }
    }
    shorten_namespaces(&mut unnamed, &names);
    unnamed.sort_by_cached_key(Unnamed::order);
    let mut taken = taken_names(&names, &unnamed);
    let mut chosen: BTreeMap<(&str, &str, Vec<String>), (Pointer, String)> = BTreeMap::new();
    for operation in unnamed {
        let at = operation.at();
        let id = operation_id(operation.verb.operation);
        let alias = id.map(|id| (operation.path, id, operation.namespace.clone()));
        let original = alias.as_ref().and_then(|alias| chosen.get(alias));
        let name = match original.filter(|(original, _)| are_aliases(document, original, &at)) {
            Some((_, name)) => name.clone(),
            None => operation.choose(document, &mut taken),
        };
        if let Some(alias) = alias {
            chosen.entry(alias).or_insert((at, name.clone()));
        }
        let key = (operation.path, operation.verb.method.as_str());
        names.insert(key, (operation.namespace, name));
    }
    names
}

/// Whether two verbs of a path with the same operation ID are one operation. PATCH and PUT are if they are described alike.
fn are_aliases(document: &Document<'_>, one: &Pointer, other: &Pointer) -> bool {
    let has_body = |at: &Pointer| at.as_str().ends_with("/patch") || at.as_str().ends_with("/put");
    !(has_body(one) || has_body(other)) || verb_aliases::compare(document, one, other).is_none()
}

/// The names in extensions, and those of namespaces inside of others.
fn taken_names(names: &Names<'_>, unnamed: &[Unnamed<'_>]) -> Taken {
    let methods = names.values().map(|(namespace, name)| (namespace.clone(), name.as_str()));
    let mut taken: Taken =
        methods.map(|(namespace, name)| (namespace, FunctionName::new(name))).collect();
    let named = names.values().map(|(namespace, _)| namespace);
    for namespace in named.chain(unnamed.iter().map(|one| &one.namespace)) {
        for length in 1..namespace.len() {
            let above = namespace[..length].to_vec();
            taken.insert((above, FunctionName::new(&namespace[length])));
        }
    }
    taken
}

/// The operation IDs that are not the only ones of their name, where names come from them, with the paths after the first.
pub(super) fn duplicates<'a>(document: &'a Document<'_>) -> Vec<(&'a str, Method, &'a str)> {
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    let mut duplicates = Vec::new();
    let paths: BTreeMap<&str, _> = document.paths().collect();
    for (path, item) in paths {
        for verb in verbs(item) {
            let Some(id) = operation_id(verb.operation) else { continue };
            if Extensions(&verb.operation.extensions).method_name().is_some() {
                continue;
            }
            if *seen.entry(id).or_insert(path) != path {
                duplicates.push((path, verb.method, id));
            }
        }
    }
    duplicates
}

/// Turns the last word of a path into the method where it is a verb: `POST /things/get` is `things().get()`. It stays a
/// namespace if other paths are in it.
fn shorten_namespaces(operations: &mut [Unnamed<'_>], names: &Names<'_>) {
    let named = names.iter().map(|((path, _), (namespace, _))| (namespace.clone(), *path));
    let unnamed = operations.iter().map(|one| (one.namespace.clone(), one.path));
    let users: BTreeSet<(Vec<String>, &str)> = named.chain(unnamed).collect();
    let other = operations.iter().filter(|one| !one.ends_with_method()).map(|one| one.path);
    let other: BTreeSet<&str> = other.collect();
    for operation in operations.iter_mut().filter(|one| !other.contains(one.path)) {
        let from = (operation.namespace.clone(), "");
        let mut inside = users
            .range(from..)
            .take_while(|(namespace, _)| namespace.starts_with(&operation.namespace));
        if inside.all(|(_, path)| *path == operation.path) {
            operation.namespace.pop();
        }
    }
}

fn operation_id(operation: &Described) -> Option<&str> {
    operation.operation_id.as_deref().filter(|id| !words(id).is_empty())
}

impl<'a> Unnamed<'a> {
    fn new(path: &'a str, verb: Verb<'a>, verbs: &[Verb<'a>]) -> Self {
        let parts = path::parts(path);
        let tag = verb.operation.tags.first().map(|tag| words(tag)).filter(|tag| !tag.is_empty());
        let group = Extensions(&verb.operation.extensions).group_name();
        let is_by_path = group.is_none() && tag.is_none();
        let mut namespace: Vec<String> = match (group, tag) {
            (Some(group), _) => group.into_iter().map(str::to_owned).collect(),
            (None, Some(tag)) => vec![tag],
            (None, None) => path::namespace(&parts),
        };
        if namespace.is_empty() {
            namespace.push("root".to_owned());
        }
        let id = operation_id(verb.operation);
        let id = id.map(|id| OperationId::new(id, verb.method, path, &parts));
        let has_tag =
            |other: &Verb<'_>| other.operation.tags.first() == verb.operation.tags.first();
        let beside = verbs.iter().map(|other| (other.method, has_tag(other))).collect();
        Self { path, verb, beside, parts, id, namespace, is_by_path }
    }

    /// The order in which operations choose names: short operation IDs and paths first.
    fn order(&self) -> (usize, usize, &'a str, bool, &'static str) {
        let id = self.verb.operation.operation_id.as_deref();
        let length = id.map_or(usize::MAX, |id| id.chars().count());
        let method = self.verb.method;
        let is_special = matches!(method, Method::Head | Method::Options | Method::Trace);
        (length, self.parts.len(), self.path, is_special, method.as_str())
    }

    fn at(&self) -> Pointer {
        Pointer::root().join(["paths", self.path]).child(verb_key(self.verb.method))
    }

    /// Whether the last namespace is the verb of the operation.
    fn ends_with_method(&self) -> bool {
        let Some(ending) = path::ending(&self.parts) else { return false };
        if !self.is_by_path || self.namespace.len() < 2 {
            return false;
        }
        let is_action = path::action(&self.parts).is_some();
        match &self.id {
            Some(id) if !id.is_path => {
                let above = namespace_words(&self.namespace[..self.namespace.len() - 1], &id.words);
                is_action && ending.iter().all(|word| id.words.contains(word))
                    || same(&self.stripped(id, &above), ending)
            }
            _ => is_action,
        }
    }

    /// Chooses the first name that is free in the namespace.
    fn choose(&self, document: &Document<'_>, taken: &mut Taken) -> String {
        let candidates = self.candidates(document);
        let last = candidates.last().cloned().unwrap_or_default();
        let numbered = (2..).map(|number| format!("{last}_{number}"));
        let mut names = candidates.into_iter().chain(numbered);
        let is_free =
            |name: &String| taken.insert((self.namespace.clone(), FunctionName::new(name)));
        names.find(is_free).unwrap_or(last)
    }

    /// The possible names, the best one first.
    fn candidates(&self, document: &Document<'_>) -> Vec<String> {
        let ending = path::ending(&self.parts).and_then(<[String]>::last);
        let ending = ending.map_or(Ending::Parameter, |word| Ending::Word(word));
        let is_list =
            self.verb.method == Method::Get && listing::is_list(document, &self.at(), ending);
        let known: &[String] = self.id.as_ref().map_or(&[], |id| &id.words);
        let namespace = namespace_words(&self.namespace, known);
        let from_path = FromPath {
            method: self.verb.method,
            parts: &self.parts,
            namespace: &namespace,
            is_list,
            beside: &self.beside,
        };
        let mut candidates = match &self.id {
            Some(id) if !id.is_path => self.by_id(id, &from_path),
            _ => from_path.names(),
        };
        if let Some(id) = &self.id {
            if !id.version.is_empty() {
                let versioned = [candidates[0].as_slice(), &id.version].concat();
                candidates.insert(1, versioned);
            }
            candidates.push([id.words.as_slice(), &id.version].concat());
            candidates.extend(from_path.names());
        }
        for name in &mut candidates {
            // `list_my` is no English, `list_mine` is.
            if let Some(last) = name.last_mut().filter(|last| *last == "my") {
                *last = "mine".to_owned();
            }
        }
        let names = candidates.into_iter().map(|words| words.join("_"));
        let mut names: Vec<String> = names.filter(|name| !name.is_empty()).collect();
        self.avoid_taken(&mut names);
        names.extend(operation_id(self.verb.operation).map(str::to_owned));
        names
    }

    /// Puts the noun of the namespace after a verb that cannot stand alone: `files().move_file(…)`.
    fn avoid_taken(&self, names: &mut Vec<String>) {
        let noun = self.namespace.last().map(|namespace| singular(&words(namespace)));
        if let (Some(first), Some(noun)) = (names.first(), noun)
            && (BORROWING.iter().chain(&UNWRITABLE).any(|taken| taken == first)
                || raw(first) != *first)
        {
            names.insert(0, format!("{first}_{noun}"));
        }
    }

    /// An operation ID without the words of a namespace.
    fn stripped(&self, id: &OperationId, namespace: &[Vec<String>]) -> Vec<String> {
        let has_owner = from_path::has_owner(&self.parts, namespace);
        Repeated { namespace, has_owner }.stripped(&id.words)
    }

    /// The names from an operation ID.
    fn by_id(&self, id: &OperationId, from_path: &FromPath<'_>) -> Vec<Vec<String>> {
        let namespace = from_path.namespace;
        let short = self.stripped(id, namespace);
        let mut names = Vec::new();
        names.extend(strip::owned(&short, namespace, &from_path::owners_of_last(&self.parts)));
        if let [Part::Static { words, .. }] | [Part::Static { words, .. }, Part::Parameter(_)] =
            self.parts.as_slice()
            && namespace.iter().any(|name| name == words)
        {
            names.extend(strip::of_resource(&short, words));
        }
        match short.first() {
            None if word::verb_length(&id.words) == 0 => names.extend(from_path.names()),
            None => {}
            Some(first) if word::is_preposition(first) && short != id.words => {
                if path::action(&self.parts).is_some() {
                    names.extend(from_path.names());
                } else if self.verb.method == Method::Get {
                    names.push([&["get".to_owned()], short.as_slice()].concat());
                }
            }
            Some(_) => {
                names.push(short.clone());
                names.extend(self.with_owner(short, id));
            }
        }
        names.push(id.words.clone());
        if names.first() != Some(&id.words) {
            with_usual_verb(&mut names, from_path.is_list);
        }
        names
    }

    /// `list_sessions_for_identity` if the path has an identity that owns the sessions, and the operation ID names it.
    fn with_owner(&self, short: Vec<String>, id: &OperationId) -> Option<Vec<String>> {
        let owner = from_path::owners_of_last(&self.parts).pop()?;
        let is_in =
            |word: &String, words: &[String]| words.iter().any(|other| word::alike(word, other));
        let is_named = owner.iter().all(|word| is_in(word, &id.words) && !is_in(word, &short));
        let has_phrase = short.iter().any(|word| word::is_preposition(word));
        (is_named && !has_phrase).then(|| [short, vec!["for".to_owned()], owner].concat())
    }
}

/// Replaces a name that is only an HTTP verb: `get` of a list is `list`, `post` is `create`, and `put` is `update`.
fn with_usual_verb(names: &mut Vec<Vec<String>>, is_list: bool) {
    let Some(first) = names.first() else { return };
    let usual = match first.join("_").as_str() {
        "get" | "get_all" if is_list => "list",
        "post" => "create",
        "put" => "update",
        _ if is_list && first[0] == "get" && first.get(1).is_some_and(|word| word == "for") => {
            let name = [&["list".to_owned()], &first[1..]].concat();
            names.insert(0, name);
            return;
        }
        _ => return,
    };
    names.insert(0, vec![usual.to_owned()]);
}

/// Whether words are the same, singular or plural.
fn same(words: &[String], others: &[String]) -> bool {
    words.len() == others.len()
        && words.iter().zip(others).all(|(one, other)| word::alike(one, other))
}

/// The words of each namespace. If a name has all words of a namespace, but not together, each counts by itself.
fn namespace_words(namespace: &[String], name: &[String]) -> Vec<Vec<String>> {
    let mut all: Vec<Vec<String>> = namespace.iter().map(|one| path::split(one)).collect();
    for words in all.clone() {
        let is_in_name = |word: &String| name.iter().any(|other| word::alike(word, other));
        if words.len() > 1 && words.iter().all(is_in_name) {
            all.extend(words.into_iter().map(|word| vec![word]));
        }
    }
    all
}
