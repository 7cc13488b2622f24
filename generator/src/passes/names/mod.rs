//! Chooses all names, scope by scope, independent of the order of the document. No other code makes names.

mod files;
mod members;
mod namespaces;
mod reserved;
mod scope;
mod types;

use std::collections::BTreeMap;

use self::scope::Scope;
use crate::api::{Api, ConstantName, ModuleName, Root, TypeName};

/// The modules below `models` or `api` that contain the types of a root.
type Modules = BTreeMap<Root, Vec<ModuleName>>;

pub(super) fn run(api: &mut Api) {
    let mut modules = namespaces::run(api);
    types::run(api, &mut modules);
    members::run(api);
    name_ids(api);
    name_security(api);
}

fn joined(path: &[ModuleName], module: &ModuleName) -> Vec<ModuleName> {
    path.iter().cloned().chain([module.clone()]).collect()
}

fn name_ids(api: &mut Api) {
    let words: Vec<String> = api.ids.keys().map(|resource| format!("{resource}_id")).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let names = Scope::new(&[&reserved::TYPES]).name::<TypeName>(&words);
    api.ids.values_mut().zip(names).for_each(|(id, name)| *id = name);
}

fn name_security(api: &mut Api) {
    let words: Vec<&str> = api.schemes.keys().map(String::as_str).collect();
    let constants = Scope::new(&[]).name::<ConstantName>(&words);
    let named = api.schemes.values_mut().zip(constants);
    named.for_each(|(scheme, constant)| scheme.constant = constant);
}
