//! The tree of namespaces.

use crate::api::{FunctionName, ModuleFile, ModuleName, Name, Namespace, Operation, TypeName};

/// Builds the tree of namespaces with their operations.
pub(super) fn into_namespaces(operations: Vec<(Vec<String>, Operation)>) -> Vec<Namespace> {
    let mut roots = Vec::new();
    for (path, operation) in operations {
        let mut level = &mut roots;
        let mut operations = None;
        for depth in 0..path.len() {
            let namespace = enter(level, &path[..=depth]);
            level = &mut namespace.namespaces;
            operations = Some(&mut namespace.operations);
        }
        if let Some(operations) = operations {
            operations.push(operation);
        }
    }
    roots
}

fn enter<'a>(level: &'a mut Vec<Namespace>, path: &[String]) -> &'a mut Namespace {
    let index = level.iter().position(|namespace| namespace.path == path).unwrap_or_else(|| {
        let word = path.last().map_or("", String::as_str);
        level.push(Namespace {
            path: path.to_vec(),
            module: ModuleName::new(word),
            file: ModuleFile::default(),
            function: FunctionName::new(word),
            name: TypeName::new(word),
            feature: None,
            operations: Vec::new(),
            namespaces: Vec::new(),
        });
        level.len() - 1
    });
    &mut level[index]
}
