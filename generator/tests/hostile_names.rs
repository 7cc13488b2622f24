//! Names that hostile documents give: each is the only one of its scope, as Rust and its lints see it, its file can be found on
//! every file system, and it stays what it is when something else is added. `xtask/tests/compiles.rs` compiles some.
//!
//! The documents are the same in every run. `HOSTILE=5000 cargo test -p seam-generator --test hostile_names` tries more.

#![allow(clippy::expect_used, clippy::panic, reason = "a failed step fails the test")]

mod hostile;

use std::collections::{BTreeMap, BTreeSet};

use seam_generator::{Generated, Item as Name, Options, Source, SourceTree, generate, names};
use serde_json::{Value, json};
use syn::{FnArg, ImplItem, Item, Pat, UseTree};
use unicode_normalization::is_nfc;

/// How many documents are tried.
const SOME: u64 = 6;
/// How many schemas and paths a document has at most.
const SIZE: usize = 8;

fn documents() -> impl Iterator<Item = (u64, Value)> {
    let count = std::env::var("HOSTILE").ok().and_then(|count| count.parse().ok());
    (0..count.unwrap_or(SOME)).map(|number| (number, hostile::document(number, SIZE)))
}

fn source(document: &Value) -> Source {
    Source { name: "hostile.json".to_owned(), text: document.to_string() }
}

/// Calls for a test are long, so only some documents have them.
fn options(number: u64) -> Options {
    let conformance = number.is_multiple_of(6);
    Options { package: "hostile".to_owned(), conformance, ..Options::default() }
}

fn generated(number: u64, document: &Value) -> Generated {
    generate(&source(document), None, &options(number))
        .unwrap_or_else(|error| panic!("document {number} is refused: {error}"))
}

fn listed(document: &Value) -> Vec<Name> {
    names(&source(document), None, &Options::default()).expect("the document is in order")
}

#[test]
fn each_name_is_the_only_one_of_its_scope() {
    for (number, document) in documents() {
        let tree = generated(number, &document).tree;
        let mut crates = Crate { number, tree: &tree, reached: BTreeSet::new() };
        crates.file("mod.rs", "", &["crate"]);
        if options(number).conformance {
            crates.file("conformance/mod.rs", "conformance/", &["conformance"]);
        }
        let missed: Vec<&str> = tree
            .iter()
            .map(|(path, _)| path)
            .filter(|path| !crates.reached.contains(*path))
            .collect();
        assert!(missed.is_empty(), "document {number}: nothing declares {missed:?}");
    }
}

#[test]
fn each_listed_name_is_listed_once() {
    for (number, document) in documents() {
        let names = listed(&document);
        let found: BTreeSet<_> = names.iter().map(|name| (&name.path, name.kind)).collect();
        assert_eq!(found.len(), names.len(), "document {number}");
    }
}

#[test]
fn what_is_added_renames_nothing_else() {
    let added = json!({ "get": {
        "tags": ["unrelated"],
        "operationId": "look_at_it",
        "responses": { "200": { "description": "", "content": { "application/json": { "schema": {
            "$ref": "#/components/schemas/unrelated_thing",
        } } } } },
    } });
    for (number, document) in documents() {
        let mut more = document.clone();
        more["paths"]["/unrelated"] = added.clone();
        more["components"]["schemas"]["unrelated_thing"] =
            json!({ "type": "object", "properties": { "unrelated": { "type": "string" } } });
        let (before, after) = (listed(&document), listed(&more));
        let after: BTreeSet<_> = after.iter().map(|name| (name.identity(), &name.path)).collect();
        for name in &before {
            let is_there = after.contains(&(name.identity(), &name.path));
            assert!(is_there, "document {number}: {name} has another name");
        }
    }
}

/// A crate of which files are found as the compiler finds them.
struct Crate<'a> {
    number: u64,
    tree: &'a SourceTree,
    reached: BTreeSet<String>,
}

impl Crate<'_> {
    /// Checks a file, and those of its modules that stand in `folder`.
    fn file(&mut self, path: &str, folder: &str, module: &[&str]) {
        let number = self.number;
        assert!(is_portable(path), "document {number}: {path}");
        let is_new = self.reached.insert(path.to_lowercase());
        assert!(is_new, "document {number}: two modules have the file {path}");
        let text = self.tree.iter().find(|(found, _)| *found == path);
        let (_, text) = text.unwrap_or_else(|| panic!("document {number}: {path} is not there"));
        let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        let beside = path.rsplit_once('/').map_or("", |(above, _)| &path[..=above.len()]);
        self.module(&file.items, beside, folder, module);
    }

    fn module(&mut self, items: &[Item], beside: &str, folder: &str, module: &[&str]) {
        let mut scope = Scopes {
            place: format!("document {}: {}", self.number, module.join("::")),
            ..Scopes::default()
        };
        if module == ["crate", "api"] {
            scope.have("Client", &["builder", "call", "context", "new", "request", "with"]);
        }
        items.iter().for_each(|item| scope.item(item));
        for item in items {
            let Item::Mod(inner) = item else { continue };
            let name = inner.ident.to_string();
            let path = [module, &[&name]].concat();
            match (&inner.content, located(inner)) {
                (Some((_, items)), _) => self.module(items, beside, folder, &path),
                (None, Some(located)) => {
                    let file = format!("{beside}{located}");
                    // The compiler looks for the modules of such a file beside it.
                    self.file(
                        &file,
                        file.rsplit_once('/').map_or("", |(above, _)| &file[..=above.len()]),
                        &path,
                    );
                }
                (None, None) => {
                    let name = name.trim_start_matches("r#");
                    assert!(name.is_ascii(), "{} declares {name} without a path", scope.place);
                    self.file(&format!("{folder}{name}.rs"), &format!("{folder}{name}/"), &path);
                }
            }
        }
    }
}

/// The path in the attribute of a module.
fn located(module: &syn::ItemMod) -> Option<String> {
    let values = module.attrs.iter().filter_map(|attribute| match &attribute.meta {
        syn::Meta::NameValue(pair) if pair.path.is_ident("path") => Some(&pair.value),
        _ => None,
    });
    values.into_iter().find_map(|value| match value {
        syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text.value()),
        _ => None,
    })
}

/// Whether every file system can have a file at a path.
fn is_portable(path: &str) -> bool {
    const DEVICES: [&str; 7] = ["aux", "con", "nul", "prn", "com1", "lpt1", "lpt9"];
    path.is_ascii()
        && path == path.to_lowercase()
        && path
            .split('/')
            .all(|part| part.len() < 200 && !DEVICES.contains(&part.trim_end_matches(".rs")))
}

/// The names in one module.
#[derive(Default)]
struct Scopes {
    place: String,
    types: BTreeSet<String>,
    values: BTreeSet<String>,
    functions: BTreeMap<String, BTreeSet<String>>,
}

#[derive(Clone, Copy)]
enum Case {
    Camel,
    Snake,
    Shouty,
}

impl Scopes {
    fn item(&mut self, item: &Item) {
        match item {
            Item::Mod(one) => self.declare_type(&one.ident, Case::Snake),
            Item::Type(one) => self.declare_type(&one.ident, Case::Camel),
            Item::Use(one) => self.import(&one.tree),
            Item::Const(one) => self.declare_value(&one.ident, Case::Shouty),
            Item::Static(one) => self.declare_value(&one.ident, Case::Shouty),
            Item::Fn(one) => self.declare_value(&one.sig.ident, Case::Snake),
            Item::Struct(one) => {
                self.declare_type(&one.ident, Case::Camel);
                let fields = one.fields.iter().filter_map(|field| field.ident.as_ref());
                self.each_once(fields, Case::Snake, &one.ident, &[]);
            }
            Item::Enum(one) => {
                self.declare_type(&one.ident, Case::Camel);
                let variants = one.variants.iter().map(|variant| &variant.ident);
                self.each_once(variants, Case::Camel, &one.ident, &["Self"]);
            }
            Item::Impl(one) if one.trait_.is_none() => self.members(one),
            Item::Macro(one)
                if one.mac.path.segments.last().is_some_and(|last| last.ident == "request") =>
            {
                let name = one.mac.tokens.clone().into_iter().next().expect("it names a type");
                self.have(&name.to_string(), &["options", "preview", "response", "send"]);
            }
            _ => {}
        }
    }

    /// Gives a type functions of the runtime.
    fn have(&mut self, owner: &str, functions: &[&str]) {
        let functions = functions.iter().map(|name| (*name).to_owned());
        for name in functions {
            let is_new = self.functions.entry(owner.to_owned()).or_default().insert(name.clone());
            assert!(is_new, "{}: two functions {owner}::{name}", self.place);
        }
    }

    fn declare_type(&mut self, name: &syn::Ident, case: Case) {
        self.lint(name, case);
        assert!(self.types.insert(name.to_string()), "{}: two types or modules {name}", self.place);
    }

    fn declare_value(&mut self, name: &syn::Ident, case: Case) {
        self.lint(name, case);
        assert!(
            self.values.insert(name.to_string()),
            "{}: two functions or constants {name}",
            self.place
        );
    }

    /// Imports are types and modules, but for the functions and constants that calls of a test import.
    fn import(&mut self, tree: &UseTree) {
        match tree {
            UseTree::Path(path) => self.import(&path.tree),
            UseTree::Group(group) => group.items.iter().for_each(|one| self.import(one)),
            UseTree::Name(name) => {
                let name = name.ident.to_string();
                let is_value = ["called", "called_bytes", "instant", "CASES"]
                    .contains(&name.as_str())
                    || name == "json" && self.place.contains("conformance");
                let names = if is_value { &mut self.values } else { &mut self.types };
                assert!(names.insert(name.clone()), "{}: {name} is imported too", self.place);
            }
            UseTree::Rename(name) => {
                let name = name.rename.to_string();
                assert!(self.types.insert(name.clone()), "{}: {name} is imported too", self.place);
            }
            UseTree::Glob(_) => panic!("{}: a glob", self.place),
        }
    }

    fn members(&mut self, block: &syn::ItemImpl) {
        let syn::Type::Path(ty) = &*block.self_ty else { return };
        let owner = ty.path.get_ident().expect("it is a type of this module").clone();
        for member in &block.items {
            let ImplItem::Fn(function) = member else { continue };
            let name = &function.sig.ident;
            self.lint(name, Case::Snake);
            let functions = self.functions.entry(owner.to_string()).or_default();
            let is_new = functions.insert(name.to_string());
            assert!(is_new, "{}: two functions {owner}::{name}", self.place);
            let arguments = function.sig.inputs.iter().filter_map(|input| match input {
                FnArg::Typed(typed) => match &*typed.pat {
                    Pat::Ident(name) => Some(&name.ident),
                    _ => None,
                },
                FnArg::Receiver(_) => None,
            });
            self.each_once(arguments, Case::Snake, name, &[]);
        }
    }

    fn each_once<'a>(
        &self,
        names: impl Iterator<Item = &'a syn::Ident>,
        case: Case,
        of: &syn::Ident,
        reserved: &[&str],
    ) {
        let mut seen: BTreeSet<String> = reserved.iter().map(|name| (*name).to_owned()).collect();
        for name in names {
            self.lint(name, case);
            assert!(seen.insert(name.to_string()), "{}: two {name} in {of}", self.place);
        }
    }

    /// What the compiler warns of, and what it takes for another name.
    fn lint(&self, name: &syn::Ident, case: Case) {
        let name = name.to_string();
        let name = name.trim_start_matches("r#");
        let words = name.trim_matches('_');
        let is_good = match case {
            Case::Camel => !words.starts_with(char::is_lowercase),
            Case::Snake => !words.contains(char::is_uppercase),
            Case::Shouty => !words.contains(char::is_lowercase),
        };
        let is_good = is_good && !words.is_empty() && !words.contains("__") && is_nfc(name);
        assert!(is_good, "{}: {name}", self.place);
    }
}
