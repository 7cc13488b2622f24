//! Chooses all names, scope by scope, independent of the order of the document. No other code makes names.

mod files;
mod members;
mod namespaces;
mod reserved;
mod scope;
mod types;

use std::collections::BTreeMap;

use self::scope::Scope;
use crate::api::{Api, ConstantName, ModuleName, Root, TypeName, words};

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
    let words: Vec<String> = api.schemes.keys().map(|name| without_security(name, api)).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let constants = Scope::new(&[]).name::<ConstantName>(&words);
    let named = api.schemes.values_mut().zip(constants);
    named.for_each(|(scheme, constant)| scheme.constant = constant);
}

/// The name of a security scheme without the name of its module: `OAuth2Security` is `security::OAUTH2`. All of it if another
/// scheme has that name.
fn without_security(name: &str, api: &Api) -> String {
    let plain = words(name);
    let short = plain
        .strip_suffix("_security")
        .filter(|short| !api.schemes.keys().any(|other| words(other) == *short));
    short.map_or_else(|| name.to_owned(), str::to_owned)
}
