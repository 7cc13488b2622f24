//! Tests the structure of the generator: layers, cyclic imports, and the invariants of its architecture.
//!
//! The `use` items of all files under `src/` are resolved to the files that define what they import. A facade that only
//! re-exports (`pub(crate) use self::…`) is looked through. Unit tests may import anything.

#![allow(clippy::expect_used, clippy::panic, reason = "a failed step fails the test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use syn::{Item, UseTree};

/// Folders and files of `src/`, the lowest layer first. A file imports only from its own layer and from lower ones.
const LAYERS: [&[&str]; 10] = [
    &["diagnostic", "markdown", "options", "stack", "tree"],
    &["document"],
    &["api"],
    &["lower"],
    &["passes"],
    &["emit"],
    &["checks"],
    &["index"],
    &["compare", "review", "witness"],
    &["lib"],
];

/// The folder whose files still import each other. No other file may be part of a cycle.
const KNOWN_CIRCLE: &str = "document/typing/";

/// Text files by their path under `src/`.
type Files = BTreeMap<String, String>;

#[test]
fn imports_lead_to_lower_layers_and_never_in_a_circle() {
    let violations = violations(&sources());
    assert!(violations.is_empty(), "{}", violations.join("\n"));
}

#[test]
fn an_upward_import_and_a_circle_are_found() {
    let files = |texts: &[(&str, &str)]| -> Files {
        texts.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
    };
    let base = [("lib.rs", "mod api; mod emit;"), ("api/mod.rs", ""), ("emit/mod.rs", "")];
    assert!(violations(&files(&base)).is_empty());
    let upward = [("api/name.rs", "use crate::emit::Module;")];
    let found = violations(&files(&[&base[..], &upward].concat()));
    assert_eq!(found, ["api/name.rs imports from the higher layer of emit/mod.rs"]);
    let circle = [
        ("emit/mod.rs", "mod a; mod b; pub(crate) use self::b::{self, Thing};"),
        ("emit/a.rs", "use super::{b, Thing};"),
        ("emit/b.rs", "use super::a::Other; fn f() {}"),
    ];
    let found = violations(&files(&[&base[..], &circle].concat()));
    assert_eq!(found, ["emit/a.rs, emit/b.rs import each other"]);
    let unknown = [("other.rs", "")];
    let found = violations(&files(&[&base[..], &unknown].concat()));
    assert_eq!(found, ["other.rs is in no layer"]);
    let tests = [("api/name.rs", "#[cfg(test)] mod tests { use crate::emit::Module; }")];
    assert!(violations(&files(&[&base[..], &tests].concat())).is_empty());
}

#[test]
fn only_lowering_checks_and_comparisons_see_the_document() {
    for (path, text) in sources() {
        let sees_it = ["document/", "lower/", "checks/", "compare/", "review/", "lib.rs"];
        if !sees_it.iter().any(|folder| path.starts_with(folder)) {
            let imports = imports(&path, &text);
            let from_document =
                imports.iter().filter(|import| import.starts_with("crate::document"));
            for import in from_document {
                assert_eq!(import, "crate::document::Pointer", "{path} sees the document");
            }
        }
    }
}

#[test]
fn names_are_made_before_the_code_is_printed() {
    for (path, text) in sources() {
        let prints = ["emit/", "checks/", "index/", "compare/", "witness/"];
        if prints.iter().any(|folder| path.starts_with(folder)) {
            let makers =
                ["Name::new(", "Name::spelled_out(", "Scope::new(&", ".numbered(", ".escaped("];
            for maker in makers {
                assert!(!text.contains(maker), "{path} makes names: {maker}");
            }
            assert!(!text.contains("&mut Api"), "{path} changes the API");
        }
    }
}

#[test]
fn every_pass_is_in_the_list() {
    let files = sources();
    let list = &files["passes/mod.rs"];
    // A file, or a folder of files.
    let passes = files.keys().filter_map(|path| path.strip_prefix("passes/")?.split('/').next());
    let passes: BTreeSet<&str> = passes.map(|pass| pass.trim_end_matches(".rs")).collect();
    for pass in passes.into_iter().filter(|pass| *pass != "mod") {
        assert!(list.contains(&format!("{pass}::run(api)")), "{pass} is not run");
    }
}

#[test]
fn the_generator_does_no_io() {
    for (path, text) in sources() {
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        let is_test = path.ends_with("/tests.rs");
        for module in ["fs", "env", "net", "process", "time", "io"] {
            assert!(
                is_test || !text.contains(&format!("std::{module}")),
                "{path} uses std::{module}"
            );
        }
    }
}

#[test]
fn the_generator_is_not_about_one_api() {
    for (path, text) in sources() {
        // The name of this package is allowed.
        let text = text.to_lowercase().replace("seam_generator", "");
        assert!(!text.contains("seam"), "{path} names an API");
    }
}

fn sources() -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Files::new();
    let mut open = vec![root.clone()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).expect("the folder can be listed") {
            let path = entry.expect("it can be listed").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(&root).expect("it is below").to_string_lossy();
                let text = fs::read_to_string(&path).expect("it can be read");
                files.insert(name.replace('\\', "/"), text);
            }
        }
    }
    files
}

/// The violations of the layers, one per line.
fn violations(files: &Files) -> Vec<String> {
    let graph = Graph::new(files);
    let mut found = Vec::new();
    for file in files.keys().filter(|file| layer(file).is_none()) {
        found.push(format!("{file} is in no layer"));
    }
    for (from, targets) in &graph.edges {
        for to in targets.iter().filter(|to| layer(to) > layer(from)) {
            found.push(format!("{from} imports from the higher layer of {to}"));
        }
    }
    let circles = graph.circles().into_iter();
    let circles =
        circles.filter(|circle| !circle.iter().all(|file| file.starts_with(KNOWN_CIRCLE)));
    found.extend(circles.map(|circle| {
        let files: Vec<&str> = circle.iter().copied().collect();
        format!("{} import each other", files.join(", "))
    }));
    found
}

fn layer(file: &str) -> Option<usize> {
    let top = file.split('/').next().unwrap_or_default().trim_end_matches(".rs");
    LAYERS.iter().position(|layer| layer.contains(&top))
}

/// The imports between files.
struct Graph {
    edges: BTreeMap<String, BTreeSet<String>>,
}

impl Graph {
    fn new(files: &Files) -> Self {
        let modules: BTreeMap<String, &str> =
            files.keys().map(|file| (module(file), file.as_str())).collect();
        let parsed: BTreeMap<&str, Uses> =
            files.iter().map(|(file, text)| (file.as_str(), Uses::of(file, text))).collect();
        let mut edges = BTreeMap::new();
        for (file, uses) in &parsed {
            let targets = uses.imports.iter().filter_map(|path| target(path, &modules, &parsed, 0));
            let targets = targets.filter(|target| target != file).map(str::to_owned).collect();
            edges.insert((*file).to_owned(), targets);
        }
        Self { edges }
    }

    /// Files that import each other, directly or through others.
    fn circles(&self) -> Vec<BTreeSet<&str>> {
        let reached: BTreeMap<&str, BTreeSet<&str>> =
            self.edges.keys().map(|file| (file.as_str(), self.reached(file))).collect();
        let mut circles: Vec<BTreeSet<&str>> = Vec::new();
        for (file, others) in &reached {
            if others.contains(file) && !circles.iter().any(|circle| circle.contains(file)) {
                let circle = others.iter().filter(|other| reached[**other].contains(file));
                circles.push(circle.copied().collect());
            }
        }
        circles
    }

    fn reached(&self, file: &str) -> BTreeSet<&str> {
        let mut reached = BTreeSet::new();
        let mut open: Vec<&str> = self.edges[file].iter().map(String::as_str).collect();
        while let Some(next) = open.pop() {
            if reached.insert(next) {
                open.extend(self.edges[next].iter().map(String::as_str));
            }
        }
        reached
    }
}

/// The `use` items of a file.
#[derive(Default)]
struct Uses {
    /// Paths from the root of the crate.
    imports: BTreeSet<String>,
    /// The paths of re-exported items, by the names under which they are exported.
    exports: BTreeMap<String, String>,
}

impl Uses {
    fn of(file: &str, text: &str) -> Self {
        let parsed = syn::parse_file(text).unwrap_or_else(|error| panic!("{file}: {error}"));
        let mut uses = Self::default();
        if file.ends_with("/tests.rs") {
            return uses;
        }
        for item in &parsed.items {
            let Item::Use(item) = item else { continue };
            let mut paths = Vec::new();
            expand(&item.tree, &mut Vec::new(), &mut paths);
            for (path, name) in paths {
                let Some(path) = absolute(&path, &module(file)) else { continue };
                if matches!(item.vis, syn::Visibility::Inherited) {
                    uses.imports.insert(path);
                } else {
                    uses.exports.insert(name, path);
                }
            }
        }
        uses
    }
}

/// All imports of a file, with paths from the root of the crate.
fn imports(file: &str, text: &str) -> BTreeSet<String> {
    let uses = Uses::of(file, text);
    uses.imports.into_iter().chain(uses.exports.into_values()).collect()
}

/// The paths of a `use` item, and the names that they get.
fn expand(tree: &UseTree, above: &mut Vec<String>, paths: &mut Vec<(Vec<String>, String)>) {
    match tree {
        UseTree::Path(path) => {
            above.push(path.ident.to_string());
            expand(&path.tree, above, paths);
            above.pop();
        }
        UseTree::Group(group) => {
            group.items.iter().for_each(|inner| expand(inner, above, paths));
        }
        UseTree::Name(name) => {
            let name = name.ident.to_string();
            let is_self = name == "self";
            let path: Vec<String> =
                above.iter().cloned().chain((!is_self).then(|| name.clone())).collect();
            let name = path.last().cloned().unwrap_or_default();
            paths.push((path, name));
        }
        UseTree::Rename(rename) => {
            let path = above.iter().cloned().chain([rename.ident.to_string()]).collect();
            paths.push((path, rename.rename.to_string()));
        }
        UseTree::Glob(_) => paths.push((above.clone(), String::new())),
    }
}

/// A path from the root of the crate, or `None` if it leads to another crate.
fn absolute(path: &[String], module: &str) -> Option<String> {
    let mut base: Vec<&str> = match path.first()?.as_str() {
        "crate" => vec!["crate"],
        "self" | "super" => module.split("::").collect(),
        _ => return None,
    };
    for step in path {
        match step.as_str() {
            "crate" | "self" => {}
            "super" => {
                base.pop();
            }
            step => base.push(step),
        }
    }
    Some(base.join("::"))
}

/// The module of a file: `checks/calls/mod.rs` is `crate::checks::calls`.
fn module(file: &str) -> String {
    let path = file.trim_end_matches(".rs").trim_end_matches("/mod").replace('/', "::");
    if path == "lib" { "crate".to_owned() } else { format!("crate::{path}") }
}

/// The file that defines the item at a path.
fn target<'a>(
    path: &str,
    modules: &BTreeMap<String, &'a str>,
    parsed: &BTreeMap<&str, Uses>,
    depth: usize,
) -> Option<&'a str> {
    assert!(depth < 10, "{path} is re-exported in a circle");
    let steps: Vec<&str> = path.split("::").collect();
    let known =
        (1..=steps.len()).rev().find(|count| modules.contains_key(&steps[..*count].join("::")))?;
    let file = modules[&steps[..known].join("::")];
    let exported = steps.get(known).and_then(|name| parsed[file].exports.get(*name));
    match exported {
        Some(exported) => target(exported, modules, parsed, depth + 1),
        None => Some(file),
    }
}
