//! The index of names: it lists every generated public item and nothing else, and the place of an item does not depend on
//! its neighbors.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so where it stands"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use seam_generator::{Item, Kind, Options, Source, SourceTree, generate, names};
use syn::{FnArg, ImplItem, Item as Rust, Pat, UseTree, Visibility};

/// A document and its overlay, if there is one.
type Fixture = (Source, Option<Source>);

fn fixtures() -> Vec<Fixture> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let source = |name: &str| {
        let text = fs::read_to_string(folder.join(name)).ok()?;
        Some(Source { name: name.to_owned(), text })
    };
    let entries = fs::read_dir(&folder).expect("the folder is there");
    let files = entries.map(|entry| entry.expect("it can be listed").file_name());
    let names = files.filter_map(|file| Some(file.to_str()?.strip_suffix(".yaml")?.to_owned()));
    let names = names.filter(|name| !name.ends_with(".overlay"));
    names
        .map(|name| {
            let document = source(&format!("{name}.yaml")).expect("it can be read");
            (document, source(&format!("{name}.overlay.yaml")))
        })
        .collect()
}

/// The lines of the index of the document `text` that contain `about`.
fn lines(text: &str, about: &str) -> Vec<String> {
    let document = Source { name: "it.yaml".to_owned(), text: text.to_owned() };
    let items = names(&document, None, &Options::default()).expect("the document is in order");
    let lines = items.iter().map(|item| item.to_string().replace('\t', " "));
    lines.filter(|line| line.contains(about)).collect()
}

#[test]
fn a_line_says_path_kind_and_place() {
    let text = r#"
openapi: 3.0.3
info: { title: Names, version: "1" }
paths:
  /doors/open:
    post:
      x-fern-sdk-group-name: [doors]
      x-fern-sdk-method-name: open
      requestBody: { content: { application/json: { schema: {
        type: object, required: [door_id], properties: { door_id: { type: string }, note: { type: string, nullable: true } },
      } } } }
      responses: { 200: { description: OK } }
"#;
    assert_eq!(
        lines(text, ""),
        [
            "Client::doors link doors",
            "api::doors module doors",
            "api::doors::Doors namespace doors",
            "api::doors::Doors::open method /paths/~1doors~1open/post",
            "api::doors::Doors::open(door_id) argument /paths/~1doors~1open/post/requestBody/properties/door_id",
            "api::doors::OpenRequest request /paths/~1doors~1open/post",
            "api::doors::OpenRequest::note setter /paths/~1doors~1open/post/requestBody/properties/note",
            "api::doors::OpenRequest::note_null null setter /paths/~1doors~1open/post/requestBody/properties/note",
            "api::doors::open module /paths/~1doors~1open/post",
        ]
    );
}

#[test]
fn a_place_has_no_numbers_in_it() {
    let text = r#"
openapi: 3.0.3
info: { title: Names, version: "1" }
paths: {}
components: { schemas: { event: {
  type: object, properties: { reasons: { type: array, items: { oneOf: [
    { type: object, required: [code], properties: { code: { type: string, enum: [late] }, by: { type: integer } } },
    { type: object, required: [code], properties: { code: { type: string, enum: [lost] } } },
  ] } } } } } }
"#;
    assert_eq!(
        lines(text, "::reason"),
        [
            "models::Event::reasons field /components/schemas/event/properties/reasons",
            "models::event::reason module /components/schemas/event/properties/reasons/items",
            "models::event::reason::Late struct /components/schemas/event/properties/reasons/items/oneOf/late",
            "models::event::reason::Late::by field \
             /components/schemas/event/properties/reasons/items/oneOf/late/properties/by",
            "models::event::reason::Lost struct /components/schemas/event/properties/reasons/items/oneOf/lost",
        ]
    );
}

#[test]
fn no_two_names_are_of_the_same_thing() {
    for (document, overlay) in fixtures() {
        let items = names(&document, overlay.as_ref(), &Options::default()).expect("it is usable");
        let mut found: BTreeMap<_, &Item> = BTreeMap::new();
        for item in &items {
            if let Some(other) = found.insert(item.identity(), item) {
                panic!("{}: {item} and {other}", document.name);
            }
        }
    }
}

#[test]
fn what_is_listed_is_what_is_printed() {
    for (document, overlay) in fixtures() {
        let options = Options { package: "fixture".to_owned(), ..Options::default() };
        let tree = generate(&document, overlay.as_ref(), &options).expect("it is usable").tree;
        let items = names(&document, overlay.as_ref(), &options).expect("it is usable");
        let printed = Printed::of(&tree);
        let listed: BTreeSet<&str> = items.iter().map(|item| item.path.as_str()).collect();
        let aliases = items.iter().filter(|item| item.kind == Kind::Alias);
        let aliases: Vec<String> = aliases.map(|item| format!("{}::", item.path)).collect();
        let name = &document.name;
        for path in printed.paths.iter().filter(|path| !is_always_there(path)) {
            assert!(listed.contains(path.as_str()), "{name}: {path} is not listed");
        }
        for path in listed {
            // The members of an alias are generated under the original name.
            let by_alias = aliases.iter().any(|alias| path.starts_with(alias.as_str()));
            let is_printed = printed.paths.contains(path) || printed.arguments.contains(path);
            assert!(by_alias || is_printed, "{name}: {path} is not printed");
        }
    }
}

/// The public paths in the generated code, as `syn` parses them.
#[derive(Default)]
struct Printed {
    paths: BTreeSet<String>,
    /// The arguments of methods, including those of setters.
    arguments: BTreeSet<String>,
    /// The paths of re-exports, by the paths of the original items.
    reexports: BTreeMap<String, String>,
    /// Modules whose files have other names, by their file.
    located: BTreeMap<String, String>,
}

/// Whether an item exists for every type of its kind, whatever the document describes.
fn is_always_there(path: &str) -> bool {
    let name = path.rsplit("::").next().unwrap_or_default();
    matches!(name, "Unrecognized" | "as_str" | "options" | "response" | "send")
}

impl Printed {
    fn of(tree: &SourceTree) -> Self {
        let mut printed = Self::default();
        // Shorter paths first, because those files re-export from the others.
        let mut files: Vec<_> = tree.iter().filter(|(path, _)| *path != "mod.rs").collect();
        files.sort_by_key(|(path, _)| path.len());
        for (path, text) in files {
            let file = syn::parse_file(text).expect("it is Rust");
            let module: Vec<String> = path.trim_end_matches(".rs").split('/').map(raw).collect();
            let module = printed.located.get(path).cloned().unwrap_or(module.join("::"));
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| &path[..=folder.len()]);
            printed.locate(&module, folder, &file.items);
            printed.items(&module, &file.items);
        }
        printed
    }

    /// `#[path = "api/grossen.rs"]`
    fn locate(&mut self, module: &str, folder: &str, items: &[Rust]) {
        for item in items {
            let Rust::Mod(inner) = item else { continue };
            for attribute in &inner.attrs {
                if let syn::Meta::NameValue(pair) = &attribute.meta
                    && let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(file), .. }) =
                        &pair.value
                    && pair.path.is_ident("path")
                {
                    let file = format!("{folder}{}", file.value());
                    self.located.insert(file, format!("{module}::{}", inner.ident));
                }
            }
        }
    }

    fn add(&mut self, path: String) {
        self.paths.insert(path);
    }

    fn path(&self, module: &str, name: &str) -> String {
        let path = format!("{module}::{name}");
        self.reexports.get(&path).cloned().unwrap_or(path)
    }

    fn items(&mut self, module: &str, items: &[Rust]) {
        for item in items {
            match item {
                Rust::Mod(inner) => {
                    let path = self.path(module, &inner.ident.to_string());
                    self.items(&path, inner.content.as_ref().map_or(&[], |(_, items)| items));
                    self.add(path);
                }
                Rust::Use(used) if is_public(&used.vis) => self.reexport(module, &used.tree),
                Rust::Const(one) if is_public(&one.vis) => {
                    self.add(self.path(module, &one.ident.to_string()));
                }
                Rust::Type(alias) => self.add(self.path(module, &alias.ident.to_string())),
                Rust::Struct(object) => {
                    let path = self.path(module, &object.ident.to_string());
                    let fields = object.fields.iter().filter(|field| is_public(&field.vis));
                    for name in fields.filter_map(|field| field.ident.as_ref()) {
                        self.add(format!("{path}::{name}"));
                    }
                    self.add(path);
                }
                Rust::Enum(one) => {
                    let path = self.path(module, &one.ident.to_string());
                    one.variants.iter().for_each(|one| self.add(format!("{path}::{}", one.ident)));
                    self.add(path);
                }
                Rust::Impl(one) if one.trait_.is_none() => self.members(module, one),
                _ => {}
            }
        }
    }

    fn members(&mut self, module: &str, one: &syn::ItemImpl) {
        let syn::Type::Path(ty) = &*one.self_ty else { return };
        let Some(name) = ty.path.get_ident().map(ToString::to_string) else { return };
        let owner = if name == "Client" { name } else { self.path(module, &name) };
        for member in &one.items {
            let ImplItem::Fn(function) = member else { continue };
            if !is_public(&function.vis) {
                continue;
            }
            let path = format!("{owner}::{}", function.sig.ident);
            for input in &function.sig.inputs {
                if let FnArg::Typed(input) = input
                    && let Pat::Ident(name) = &*input.pat
                {
                    let name = name.ident.to_string();
                    self.arguments.insert(format!("{path}({})", name.trim_start_matches("r#")));
                }
            }
            self.add(path);
        }
    }

    /// Records re-exports: `pub use self::thing::Thing;`, `pub use self::open::{OpenRequest, OpenResponse};`
    fn reexport(&mut self, module: &str, tree: &UseTree) {
        let UseTree::Path(outer) = tree else { return };
        let UseTree::Path(file) = &*outer.tree else { return };
        let names: Vec<&UseTree> = match &*file.tree {
            UseTree::Group(group) => group.items.iter().collect(),
            one => vec![one],
        };
        for name in names {
            let UseTree::Name(name) = name else { continue };
            let (file, name) = (&file.ident, &name.ident);
            self.reexports.insert(format!("{module}::{file}::{name}"), format!("{module}::{name}"));
        }
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn raw(name: &str) -> String {
    let is_plain = syn::parse_str::<syn::Ident>(name).is_ok();
    if is_plain { name.to_owned() } else { format!("r#{name}") }
}

#[test]
fn a_namespace_is_not_called_like_a_method_of_the_client() {
    let text = r#"
openapi: 3.0.3
info: { title: Names, version: "1" }
paths:
  /request/send:
    post: { tags: [request], operationId: send, responses: { 200: { description: OK } } }
  /context/things/with:
    get: { x-fern-sdk-group-name: [context, with], x-fern-sdk-method-name: get, responses: { 200: { description: OK } } }
"#;
    let links: Vec<String> = lines(text, " link ");
    let links: Vec<&str> = links.iter().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(links, ["Client::context_", "Client::request_", "api::context::Context::with"]);
}
