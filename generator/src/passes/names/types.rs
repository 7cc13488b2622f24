//! Names types, module by module. The inline types of a type are in the module with its name.

use std::collections::{BTreeMap, BTreeSet};

use super::files::Files;
use super::reserved::{IMPORTED, IN_OPERATIONS, MODULES, TYPES, UNWRITABLE};
use super::scope::Scope;
use super::{Modules, joined};
use crate::api::{
    Api, Failure, ModuleName, Name, Operation, Place, Root, Step, TypeName, singular,
};

/// The types of one root that already have names, and the scope that the others share with them.
struct Top {
    types: Scope<'static>,
    /// Inline types that already have names.
    named: BTreeMap<Step, TypeName>,
}

pub(super) fn run(api: &mut Api, modules: &mut Modules) {
    let mut tops = BTreeMap::new();
    api.each_operation_mut(&mut |operation| {
        tops.insert(operation.place().root, name_operation(operation));
    });
    name_schemas(api, modules, &mut tops);
    let mut roots: BTreeMap<Root, Vec<Place>> = BTreeMap::new();
    for place in api.types.keys() {
        roots.entry(place.root.clone()).or_default().push(place.clone());
    }
    for (root, places) in roots {
        if let (Some(path), Some(top)) = (modules.get(&root), tops.remove(&root)) {
            let place = Place { root, steps: Vec::new() };
            name_level(api, &places, &place, path, top);
        }
    }
}

/// Names the component schemas, with their modules and files.
fn name_schemas(api: &mut Api, modules: &mut Modules, tops: &mut BTreeMap<Root, Top>) {
    let of_schema = |place: &Place| match &place.root {
        Root::Schema(name) => Some(name.clone()),
        Root::Operation { .. } => None,
    };
    let schemas: BTreeSet<String> = api.types.keys().filter_map(of_schema).collect();
    let words: Vec<&str> = schemas.iter().map(String::as_str).collect();
    let mut types = Scope::new(&[&TYPES, &IMPORTED]);
    let names = types.name::<TypeName>(&words);
    let mut beside = Scope::new(&[&MODULES, &UNWRITABLE]).beside(&types);
    let own = beside.name_like::<ModuleName, TypeName>(&words);
    let files = Files::below("models").name(&own);
    for (((schema, name), module), file) in words.iter().zip(names).zip(own).zip(files) {
        let types = Scope::new(&[&TYPES, &IMPORTED]).with(&name);
        tops.insert(Root::Schema((*schema).to_owned()), Top { types, named: BTreeMap::new() });
        if let Some(definition) = api.types.get_mut(&Place::schema(schema)) {
            definition.modules = vec![module.clone()];
            definition.name = name;
        }
        api.files.insert(module.clone(), file);
        modules.insert(Root::Schema((*schema).to_owned()), vec![module]);
    }
}

/// Names the inline types of an operation.
fn name_operation(operation: &mut Operation) -> Top {
    let types = Scope::new(&[&TYPES, &IMPORTED, &IN_OPERATIONS]);
    let mut types = types.with(&operation.request).with(&operation.response);
    let titles: Vec<&str> = operation.choices.iter().map(|one| one.title.as_str()).collect();
    let choices = types.name::<TypeName>(&titles);
    operation.choices.iter_mut().zip(choices).for_each(|(choice, name)| choice.name = name);
    let words = |failure: &Failure| failure_words(&failure.status.to_lowercase());
    let words: Vec<String> = operation.failures.iter().map(words).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let names = types.name::<TypeName>(&words);
    let mut named = BTreeMap::from([(Step::Output, operation.response.clone())]);
    for (failure, name) in operation.failures.iter_mut().zip(names) {
        if let Some(step @ Step::Failure(_)) = failure.ty.steps.last() {
            named.insert(step.clone(), name.clone());
        }
        failure.name = name;
    }
    Top { types, named }
}

fn name_level(api: &mut Api, places: &[Place], above: &Place, path: &[ModuleName], top: Top) {
    let Top { mut types, named } = top;
    let depth = above.steps.len();
    let below = places.iter().filter(|place| place.steps.starts_with(&above.steps));
    let steps: BTreeSet<&Step> = below.filter_map(|place| place.steps.get(depth)).collect();
    let (settled, open): (Vec<&Step>, Vec<&Step>) =
        steps.into_iter().partition(|step| named.contains_key(step));
    let mut words = level_words(&open, &types);
    let open_words: Vec<&str> = words.iter().map(String::as_str).collect();
    let names = types.name::<TypeName>(&open_words);
    let known = settled.iter().map(|step| named[step].clone());
    let names: Vec<TypeName> = names.into_iter().chain(known).collect();
    words.extend(settled.iter().map(|step| named[step].as_str().to_owned()));
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut beside = Scope::new(&[&MODULES, &UNWRITABLE]).beside(&types);
    let modules = beside.name_like::<ModuleName, TypeName>(&words);
    for ((step, name), module) in open.into_iter().chain(settled).zip(names).zip(modules) {
        let place = above.inside(step.clone());
        if let Some(definition) = api.types.get_mut(&place) {
            definition.modules = path.to_vec();
            definition.name = name;
        }
        let types = Scope::new(&[&TYPES, &IMPORTED]);
        let inside = Top { types, named: BTreeMap::new() };
        name_level(api, places, &place, &joined(path, &module), inside);
    }
}

/// The words for the types of one module. The element type of a list is named by the singular, or by `{key}_item` if
/// another type has that name: a number would say less, and would change when a third type with that name is added.
fn level_words(steps: &[&Step], types: &Scope<'_>) -> Vec<String> {
    let words: Vec<String> = steps.iter().map(|step| step_words(step)).collect();
    let names: Vec<TypeName> = words.iter().map(|words| TypeName::new(words)).collect();
    let is_taken = |name: &TypeName| {
        types.has(name) || names.iter().filter(|other| *other == name).count() > 1
    };
    let settled = steps.iter().zip(&words).zip(&names).map(|((step, word), name)| match step {
        Step::Element(key) if key != word && is_taken(name) => format!("{key}_item"),
        _ => word.clone(),
    });
    settled.collect()
}

fn step_words(step: &Step) -> String {
    match step {
        Step::Property(key) => key.clone(),
        Step::Element(key) => singular(key),
        Step::Variant(tag) => tag.clone(),
        Step::Output => "response".to_owned(),
        Step::Failure(status) => failure_words(status),
    }
}

fn failure_words(status: &str) -> String {
    format!("failure_{status}")
}
