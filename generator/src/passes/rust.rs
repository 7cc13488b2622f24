//! Determines the methods and modules that lead to each operation.

use std::collections::BTreeMap;

use crate::api::{Api, FunctionName, ModuleName, Namespace, Place, PollTarget};

pub(super) fn run(api: &mut Api) {
    for namespace in &mut api.namespaces {
        set_paths(namespace, &[], &[]);
    }
    let targets: BTreeMap<Place, PollTarget> = (api.operations().into_iter())
        .filter_map(|operation| {
            let schema = operation.polling.as_ref()?.schema.clone();
            let modules = operation.modules.clone();
            Some((operation.place(), PollTarget { modules, schema }))
        })
        .collect();
    api.each_operation_mut(&mut |operation| {
        if let Some(wait) = &mut operation.wait {
            wait.target = targets.get(&wait.polling).cloned();
        }
    });
}

fn set_paths(namespace: &mut Namespace, links: &[FunctionName], modules: &[ModuleName]) {
    let links = [links, std::slice::from_ref(&namespace.function)].concat();
    let modules = [modules, std::slice::from_ref(&namespace.module)].concat();
    for operation in &mut namespace.operations {
        operation.links.clone_from(&links);
        operation.modules = [&modules[..], std::slice::from_ref(&operation.module)].concat();
    }
    for inner in &mut namespace.namespaces {
        set_paths(inner, &links, &modules);
    }
}
