//! Names the method chain: namespaces, operations, and the items in their modules.

use super::files::Files;
use super::reserved::{
    BORROWING, CLIENT, IMPORTED, IN_OPERATIONS, MODULES, TYPES, UNWRITABLE, WAIT,
};
use super::scope::Scope;
use super::{Modules, joined};
use crate::api::{Api, FunctionName, ModuleName, Namespace, TypeName};

/// The scopes of one file of the method chain: the methods of its type, and the modules that it declares.
struct Level<'a> {
    functions: Scope<'a>,
    modules: Scope<'a>,
    files: Files,
}

pub(super) fn run(api: &mut Api) -> Modules {
    let reserved: Vec<&str> = api.reserved.iter().map(String::as_str).collect();
    let mut level = Level {
        functions: Scope::new(&[&CLIENT, &BORROWING, &UNWRITABLE, &reserved]),
        modules: Scope::new(&[&MODULES, &UNWRITABLE]),
        files: Files::below("api"),
    };
    let mut modules = Modules::new();
    name_links(&mut api.namespaces, &mut level);
    for namespace in &mut api.namespaces {
        name_inside(namespace, &api.client, &[], &mut modules);
    }
    modules
}

/// Names the methods that lead to namespaces, and their modules.
fn name_links(namespaces: &mut [Namespace], level: &mut Level<'_>) {
    let last = |namespace: &Namespace| namespace.path.last().cloned().unwrap_or_default();
    let words: Vec<String> = namespaces.iter().map(last).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let functions = level.functions.name::<FunctionName>(&words);
    let modules = level.modules.name_like::<ModuleName, FunctionName>(&words);
    let files = level.files.name(&modules);
    let named = namespaces.iter_mut().zip(functions).zip(modules).zip(files);
    for (((namespace, function), module), file) in named {
        namespace.function = function;
        namespace.module = module;
        namespace.file = file;
    }
}

/// Names the items in the file of a namespace, and those below it. Types take precedence, then links, then methods.
fn name_inside(
    namespace: &mut Namespace,
    client: &str,
    above: &[ModuleName],
    modules: &mut Modules,
) {
    let path = joined(above, &namespace.module);
    let client_type = [client];
    let mut types = Scope::new(&[&TYPES, &IMPORTED, &client_type]);
    namespace.name = types.name_one(namespace.path.last().map_or("", String::as_str));
    let types = Scope::new(&[&TYPES, &IMPORTED, &IN_OPERATIONS, &client_type]);
    let mut types = types.with(&namespace.name);
    name_calls(namespace, &mut types);
    let mut level = Level {
        functions: Scope::new(&[&BORROWING, &UNWRITABLE]),
        modules: Scope::new(&[&MODULES, &UNWRITABLE]).beside(&types),
        files: Files::of(&namespace.file),
    };
    name_links(&mut namespace.namespaces, &mut level);
    name_operations(namespace, &mut level);
    for operation in &namespace.operations {
        modules.insert(operation.place().root, joined(&path, &operation.module));
    }
    for inner in &mut namespace.namespaces {
        name_inside(inner, client, &path, modules);
    }
}

fn name_operations(namespace: &mut Namespace, level: &mut Level<'_>) {
    let words: Vec<String> = namespace.operations.iter().map(|one| one.wire.clone()).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let functions = level.functions.name::<FunctionName>(&words);
    let modules = level.modules.name_like::<ModuleName, FunctionName>(&words);
    let files = level.files.name(&modules);
    let operations = namespace.operations.iter_mut();
    for (((operation, function), module), file) in operations.zip(functions).zip(modules).zip(files)
    {
        operation.function = function;
        operation.module = module;
        operation.file = file;
    }
    // Names from the document take precedence over those of polling methods.
    let waiting = namespace.operations.iter_mut().filter_map(|one| one.polling.as_mut());
    for polling in waiting {
        polling.function = level.functions.name_one(WAIT);
    }
}

/// Names the types of requests and responses. They are in the modules of their operations, and are re-exported beside
/// the struct of the namespace.
fn name_calls(namespace: &mut Namespace, types: &mut Scope<'_>) {
    let suffixed = |suffix: &str| -> Vec<String> {
        namespace.operations.iter().map(|one| format!("{}_{suffix}", one.wire)).collect()
    };
    let words = [suffixed("request"), suffixed("response")].concat();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut requests = types.name_like::<TypeName, FunctionName>(&words);
    let responses = requests.split_off(namespace.operations.len());
    let named = namespace.operations.iter_mut().zip(requests).zip(responses);
    for ((operation, request), response) in named {
        operation.request = request;
        operation.response = response;
    }
}
