//! The library is layered: a module imports only itself and modules of lower layers.
#![allow(clippy::unwrap_used, reason = "a test ends where a file cannot be read")]

use std::fs;
use std::path::Path;

/// The layers from the lowest to the highest.
const LAYERS: [&str; 24] = [
    "platform",
    "clock",
    "percent",
    "redact",
    "json",
    "error",
    "operation",
    "request",
    "auth",
    "retry",
    "options",
    "transport",
    "execute",
    "response",
    "page",
    "raw",
    "poll",
    "client",
    "seam",
    "blocking",
    "webhooks",
    "testing",
    "macros",
    "generated",
];

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|name| *name == module)
}

/// The imports from higher layers in a file of `module`.
fn upward(module: &str, text: &str) -> Vec<String> {
    let own = layer(module);
    let imports = text.lines().filter(|line| line.contains("use crate::"));
    let wrong = imports.filter(|line| {
        let path = line.split("use crate::").nth(1).unwrap_or_default();
        let end = path.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        let imported = layer(&path[..end.unwrap_or(path.len())]);
        own.is_none() || imported.is_none() || imported > own
    });
    wrong.map(|line| format!("{module}: {}", line.trim())).collect()
}

/// The imports from higher layers in a folder. `module` is the top module that it belongs to.
fn in_folder(folder: &Path, module: Option<&str>) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        // Unit tests may use everything.
        if name == "tests" || (module.is_none() && matches!(&*name, "generated" | "lib")) {
            continue;
        }
        let module = module.unwrap_or(&name);
        if path.is_dir() {
            found.extend(in_folder(&path, Some(module)));
        } else {
            found.extend(upward(module, &fs::read_to_string(&path).unwrap()));
        }
    }
    found
}

#[test]
fn no_module_imports_a_higher_layer() {
    let found = in_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), None);
    assert!(found.is_empty(), "imports of a higher or an unknown layer:\n{}", found.join("\n"));
}

#[test]
fn an_upward_import_and_an_unknown_module_are_found() {
    assert_eq!(upward("error", "use crate::json::Json;\npub(crate) use crate::platform;"), [""; 0]);
    assert_eq!(
        upward("error", "use crate::json;\nuse crate::auth::Credentials;"),
        ["error: use crate::auth::Credentials;"]
    );
    assert_eq!(upward("client", "use crate::Seam;").len(), 1);
    assert_eq!(upward("new", "use crate::json::Json;").len(), 1);
}
