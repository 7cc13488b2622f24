//! The reserved names, held against the sources of the runtime and against the code that is generated.

#![allow(clippy::expect_used, reason = "a failed step fails the test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{ImplItem, Item, UseTree};

use super::*;

type Names = BTreeSet<String>;

fn set<'a>(lists: impl IntoIterator<Item = &'a [&'a str]>) -> Names {
    lists.into_iter().flatten().map(|name| (*name).to_owned()).collect()
}

/// The Rust files below a folder of the repository.
fn files(folder: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let (mut files, mut open) = (Vec::new(), vec![root]);
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).expect("the folder can be listed") {
            let path = entry.expect("it can be listed").path();
            match path.extension().and_then(|extension| extension.to_str()) {
                _ if path.is_dir() => open.push(path),
                Some("rs") => files.push(path),
                _ => {}
            }
        }
    }
    files.sort();
    files
}

fn parsed(path: &Path) -> syn::File {
    let text = fs::read_to_string(path).expect("it can be read");
    syn::parse_file(&text).expect("it is Rust")
}

/// The hand-written part of the client.
fn runtime() -> impl Iterator<Item = syn::File> {
    let files = files("../generated-client/src").into_iter();
    files
        .filter(|path| !path.components().any(|part| part.as_os_str() == "generated"))
        .map(|path| parsed(&path))
}

/// The functions in the blocks of a type of the runtime.
fn functions_of(name: &str) -> Names {
    let mut found = Names::new();
    for file in runtime() {
        for item in file.items {
            let Item::Impl(block) = item else { continue };
            let syn::Type::Path(ty) = &*block.self_ty else { continue };
            if block.trait_.is_none() && ty.path.is_ident(name) {
                found.extend(block.items.iter().filter_map(|member| match member {
                    ImplItem::Fn(function) => Some(function.sig.ident.to_string()),
                    _ => None,
                }));
            }
        }
    }
    found
}

/// The macros that generated code calls, and those that these call, with their bodies.
fn macros() -> BTreeMap<&'static str, TokenStream> {
    const NAMES: [&str; 7] =
        ["id", "object", "one_of", "open_enum", "request", "serde_impls", "union"];
    let items = runtime().flat_map(|file| file.items);
    let macros = items.filter_map(|item| match item {
        Item::Macro(definition) => {
            let name = definition.ident?;
            Some((*NAMES.iter().find(|known| name == **known)?, definition.mac.tokens))
        }
        _ => None,
    });
    let macros: BTreeMap<_, _> = macros.collect();
    assert_eq!(macros.len(), NAMES.len(), "a macro is not there any more");
    macros
}

/// The functions that a macro implements on the type that it is called with, but for those of traits.
fn functions_in(tokens: TokenStream, found: &mut Names) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is = |tree: &TokenTree, word: &str| matches!(tree, TokenTree::Ident(one) if one == word);
    let mut index = 0;
    while let Some(tree) = tokens.get(index) {
        index += 1;
        if is(tree, "impl") {
            let head: Vec<&TokenTree> = tokens[index..]
                .iter()
                .take_while(|one| !matches!(one, TokenTree::Group(group) if group.delimiter() == proc_macro2::Delimiter::Brace))
                .collect();
            index += head.len();
            if let Some(TokenTree::Group(block)) = tokens.get(index)
                && !head.iter().any(|one| is(one, "for"))
            {
                let block: Vec<TokenTree> = block.stream().into_iter().collect();
                let pairs = block.windows(2).filter(|pair| is(&pair[0], "fn"));
                found.extend(pairs.map(|pair| pair[1].to_string()));
            }
        } else if let TokenTree::Group(group) = tree {
            functions_in(group.stream(), found);
        }
    }
}

/// What a macro calls by a name of its own in upper camel case.
fn types_in(tokens: TokenStream, found: &mut Names) {
    let mut before = String::new();
    for tree in tokens {
        match &tree {
            TokenTree::Group(group) => types_in(group.stream(), found),
            TokenTree::Ident(name) if !matches!(before.as_str(), ":" | "$" | "type") => {
                let name = name.to_string();
                if is_camel(&name) {
                    found.insert(name);
                }
            }
            _ => {}
        }
        before = tree.to_string();
    }
}

fn is_camel(name: &str) -> bool {
    name.starts_with(char::is_uppercase) && name.contains(char::is_lowercase)
}

#[test]
fn the_functions_of_the_client_are_reserved() {
    let mut functions = functions_of("Client");
    // This one is generated.
    functions.insert("builder".to_owned());
    assert_eq!(functions, set([&CLIENT[..]]));
}

#[test]
fn the_methods_of_requests_are_reserved() {
    let mut functions = Names::new();
    functions_in(macros()["request"].clone(), &mut functions);
    assert!(functions.contains("send"), "{functions:?}");
    // The field.
    functions.insert("call".to_owned());
    assert_eq!(functions, set([&REQUEST[..]]));
}

#[test]
fn macros_add_no_other_functions_to_types_with_generated_ones() {
    let macros = macros();
    for name in ["object", "union", "one_of", "serde_impls"] {
        let mut functions = Names::new();
        functions_in(macros[name].clone(), &mut functions);
        assert!(functions.is_empty(), "{name}: reserve {functions:?}");
    }
    let mut functions = Names::new();
    functions_in(macros["open_enum"].clone(), &mut functions);
    assert!(functions.contains("as_str"), "the functions of a macro are found");
}

#[test]
fn macros_use_only_reserved_types_without_a_path() {
    let mut used = Names::new();
    for (_, tokens) in macros() {
        types_in(tokens, &mut used);
    }
    assert!(used.contains("Option"), "{used:?}");
    // The last two are words that a macro passes on.
    let reserved = set([&TYPES[..], &["Other", "Unknown"]]);
    let others: Vec<&String> = used.difference(&reserved).collect();
    assert!(others.is_empty(), "reserve {others:?}");
}

/// What a generated file declares, and what it uses that it does not.
#[derive(Default)]
struct Uses {
    declared: Names,
    imported: Names,
    types: Names,
    modules: Names,
}

impl<'a> Visit<'a> for Uses {
    fn visit_item(&mut self, item: &'a Item) {
        let name = match item {
            Item::Enum(one) => &one.ident,
            Item::Mod(one) => &one.ident,
            Item::Struct(one) => &one.ident,
            Item::Type(one) => &one.ident,
            Item::Use(one) => {
                return self.import(&one.tree, !matches!(one.vis, syn::Visibility::Inherited));
            }
            _ => return visit::visit_item(self, item),
        };
        self.declared.insert(name.to_string());
        visit::visit_item(self, item);
    }

    fn visit_path(&mut self, path: &'a syn::Path) {
        let first = path.segments.first().map(|segment| segment.ident.to_string());
        if let (Some(first), None) = (first, path.leading_colon) {
            if is_camel(&first) {
                self.types.insert(first);
            } else if path.segments.len() > 1 && !UNWRITABLE.contains(&first.as_str()) {
                self.modules.insert(first);
            }
        }
        visit::visit_path(self, path);
    }

    fn visit_attribute(&mut self, _: &'a syn::Attribute) {}
}

impl Uses {
    fn import(&mut self, tree: &UseTree, is_public: bool) {
        match tree {
            UseTree::Path(path) => self.import(&path.tree, is_public),
            UseTree::Group(group) => group.items.iter().for_each(|one| self.import(one, is_public)),
            UseTree::Name(name) if is_public => drop(self.declared.insert(name.ident.to_string())),
            UseTree::Name(name) => drop(self.imported.insert(name.ident.to_string())),
            UseTree::Rename(_) | UseTree::Glob(_) => {}
        }
    }
}

#[test]
fn generated_code_uses_only_reserved_names_that_it_does_not_declare() {
    // Those of the runtime are never beside what the document names.
    let runtime = ["Client".to_owned()];
    let types = set([&TYPES[..], &IMPORTED, &IN_OPERATIONS]);
    let modules = set([&MODULES[..]]);
    let is_known =
        |name: &String| types.contains(name) || modules.contains(name) || runtime.contains(name);
    let mut seen = Uses::default();
    for path in files("tests/golden") {
        let text = path.to_string_lossy();
        if !text.contains("/api/") && !text.contains("/models/") || text.contains("/conformance/") {
            continue;
        }
        let mut uses = Uses::default();
        uses.visit_file(&parsed(&path));
        for name in uses.imported.iter().chain(&uses.types).chain(&uses.modules) {
            assert!(uses.declared.contains(name) || is_known(name), "{text} uses {name}");
        }
        seen.types.extend(uses.types);
        seen.modules.extend(uses.modules);
        seen.imported.extend(uses.imported);
    }
    for (name, among) in
        [("Option", &seen.types), ("json", &seen.modules), ("Operation", &seen.imported)]
    {
        assert!(among.contains(name), "{name} is used somewhere");
    }
}
