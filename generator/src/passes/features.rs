//! Assigns Cargo features: one for each namespace at the first level of the method chain, and for each schema the
//! features whose operations use it.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{Api, Definition, ModuleName, Namespace, Operation, Place, Root, WHOLE_API};

/// The minimum number of namespaces. With only one there is nothing to choose.
const FEWEST: usize = 2;

pub(super) fn run(api: &mut Api) {
    if api.namespaces.len() < FEWEST {
        return;
    }
    let mut parts = BTreeMap::new();
    let mut users: BTreeMap<ModuleName, BTreeSet<String>> = BTreeMap::new();
    for namespace in &api.namespaces {
        let name = name(namespace);
        let mut needs = BTreeSet::new();
        for operation in operations(namespace) {
            for file in files(api, operation) {
                users.entry(file).or_default().insert(name.clone());
            }
            let polled = operation.wait.as_ref().and_then(|wait| first_link(api, &wait.polling));
            needs.extend(polled.map(self::name).filter(|other| *other != name));
        }
        parts.insert(name, needs);
    }
    for file in api.types.iter().filter_map(|(place, definition)| file(place, definition)) {
        users.entry(file.clone()).or_insert_with(|| BTreeSet::from([WHOLE_API.to_owned()]));
    }
    for namespace in &mut api.namespaces {
        namespace.feature = Some(name(namespace));
    }
    let whole = parts.keys().cloned().collect();
    api.features = parts;
    api.features.insert(WHOLE_API.to_owned(), whole);
    api.users = users;
}

fn name(namespace: &Namespace) -> String {
    format!("{WHOLE_API}-{}", namespace.file.stem.trim_end_matches('_').replace('_', "-"))
}

/// The file of a schema that contains a type.
fn file<'a>(place: &Place, definition: &'a Definition) -> Option<&'a ModuleName> {
    match place.root {
        Root::Schema(_) => definition.modules.first(),
        Root::Operation { .. } => None,
    }
}

fn operations(namespace: &Namespace) -> Vec<&Operation> {
    let below = namespace.namespaces.iter().flat_map(operations);
    namespace.operations.iter().chain(below).collect()
}

/// The first link of the method chain of an operation.
fn first_link<'a>(api: &'a Api, operation: &Place) -> Option<&'a Namespace> {
    let leads = |namespace: &&Namespace| {
        operations(namespace).iter().any(|other| other.place() == *operation)
    };
    api.namespaces.iter().find(leads)
}

/// The files of the schemas that an operation uses.
fn files(api: &Api, operation: &Operation) -> BTreeSet<ModuleName> {
    let root = operation.place().root;
    let mut open: Vec<&Place> = operation.types().collect();
    open.extend(api.types_of(&root).map(|(place, _)| place));
    let mut seen = BTreeSet::new();
    let mut files = BTreeSet::new();
    while let Some(place) = open.pop() {
        if !seen.insert(place) {
            continue;
        }
        let Some(definition) = api.types.get(place) else { continue };
        if let Some(file) = file(place, definition) {
            // A file is compiled as a whole, with all types in it.
            if files.insert(file.clone()) {
                open.extend(api.types_of(&place.root).map(|(place, _)| place));
            }
        }
        open.extend(definition.kind.types());
    }
    files
}
