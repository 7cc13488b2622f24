//! A module that is being built: its items, its inner modules, and their imports.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{docs, print};
use crate::api::{ModuleFile, ModuleName, Name};

/// The items of the crate that generated code imports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Import {
    Api,
    Client,
    Effect,
    Ids,
    Input,
    Json,
    Method,
    Models,
    Operation,
    Parameter,
    PendingRequest,
    RequestParts,
    ResponseShape,
    Scalar,
    Scheme,
    Security,
    StatusBody,
    Style,
}

impl Import {
    /// The module of the crate that has the item, and the name of the item.
    fn path(self, client: &str) -> (&'static str, &str) {
        match self {
            Self::Api => ("", "api"),
            Self::Client => ("", client),
            Self::Effect => ("operation", "Effect"),
            Self::Ids => ("", "ids"),
            Self::Input => ("request", "Input"),
            Self::Json => ("", "json"),
            Self::Method => ("operation", "Method"),
            Self::Models => ("", "models"),
            Self::Operation => ("operation", "Operation"),
            Self::Parameter => ("operation", "Parameter"),
            Self::PendingRequest => ("response", "PendingRequest"),
            Self::RequestParts => ("request", "RequestParts"),
            Self::ResponseShape => ("operation", "ResponseShape"),
            Self::Scalar => ("", "Scalar"),
            Self::Scheme => ("", "Scheme"),
            Self::Security => ("", "security"),
            Self::StatusBody => ("operation", "StatusBody"),
            Self::Style => ("operation", "Style"),
        }
    }
}

/// A module.
pub(crate) struct Module {
    docs: String,
    /// The visibility of the modules in it.
    visibility: TokenStream,
    allowed: Option<TokenStream>,
    /// Modules in files of their own, each with its `#[cfg]` and `#[path]` attributes.
    declared: BTreeMap<String, TokenStream>,
    imports: BTreeSet<Import>,
    /// Printed, in the order of rustfmt.
    reexports: BTreeSet<String>,
    items: Vec<String>,
    children: BTreeMap<ModuleName, Self>,
}

impl Module {
    pub(crate) fn new(docs: &str) -> Self {
        Self {
            docs: docs.to_owned(),
            visibility: quote!(pub),
            allowed: None,
            declared: BTreeMap::new(),
            imports: BTreeSet::new(),
            reexports: BTreeSet::new(),
            items: Vec::new(),
            children: BTreeMap::new(),
        }
    }

    /// A module that is only visible in its crate.
    pub(crate) fn of_crate(docs: &str) -> Self {
        Self { visibility: quote!(pub(crate)), ..Self::new(docs) }
    }

    /// Allows lints in the module.
    pub(crate) fn allow(&mut self, lints: &TokenStream) {
        self.allowed = Some(lints.clone());
    }

    /// Declares a module in a file of its own.
    pub(crate) fn declare(&mut self, name: &str) {
        self.declared.insert(name.to_owned(), TokenStream::new());
    }

    /// Declares a module in `file`, with a `#[cfg(…)]` attribute.
    pub(crate) fn declare_file(
        &mut self,
        name: &ModuleName,
        file: &ModuleFile,
        condition: &TokenStream,
    ) {
        let path = file.path.iter();
        let attributes = quote!(#condition #(#[path = #path])*);
        self.declared.insert(name.as_str().to_owned(), attributes);
    }

    /// Adds an import.
    pub(crate) fn import(&mut self, import: Import) {
        self.imports.insert(import);
    }

    pub(crate) fn reexport(&mut self, tokens: TokenStream) -> syn::Result<()> {
        self.reexports.insert(print::item(tokens)?);
        Ok(())
    }

    /// Adds an item.
    pub(crate) fn item(&mut self, tokens: TokenStream) -> syn::Result<()> {
        self.items.push(print::item(tokens)?);
        Ok(())
    }

    /// Adds a macro call with one row for each entry of a table. It is built as text, because prettyplease does not
    /// format the arguments of macros.
    pub(crate) fn table(&mut self, head: &str, rows: impl IntoIterator<Item = String>) {
        let rows: String = rows.into_iter().map(|row| format!("    {row}\n")).collect();
        let line = if rows.is_empty() { "" } else { "\n" };
        self.text(format!("{head} {{{line}{rows}}});\n"));
    }

    /// Adds an item as text.
    pub(crate) fn text(&mut self, text: String) {
        self.items.push(text);
    }

    /// Adds an `impl`.
    pub(crate) fn implementation(
        &mut self,
        head: &TokenStream,
        members: impl IntoIterator<Item = TokenStream>,
    ) -> syn::Result<()> {
        self.items.push(print::implementation(head, members)?);
        Ok(())
    }

    /// The inner module with this name.
    pub(crate) fn child(&mut self, name: &ModuleName, docs: &str) -> &mut Self {
        self.children.entry(name.clone()).or_insert_with(|| Self::new(docs))
    }

    /// Moves the inner module with this name to a file of its own.
    pub(crate) fn take_file(&mut self, name: &ModuleName, file: &ModuleFile) -> Option<Self> {
        let child = self.children.remove(name)?;
        self.declare_file(name, file, &TokenStream::new());
        Some(child)
    }

    /// Prints the file of this module, in the crate of this client type.
    pub(crate) fn print(&self, client: &str) -> syn::Result<String> {
        let mut parts = vec![docs::inner(&self.docs)];
        if let Some(lints) = &self.allowed {
            parts.push(print::inner_attribute(quote!(#![allow(#lints)]))?);
        }
        parts.extend(self.body(client)?);
        Ok(parts.join("\n"))
    }

    /// The content of the module, in the usual order: modules, imports, re-exports, items.
    fn body(&self, client: &str) -> syn::Result<Vec<String>> {
        let mut parts = Vec::new();
        let visibility = &self.visibility;
        let declared = self.declared.iter().map(|(name, attributes)| {
            let name = crate::api::ident(name);
            print::item(quote!(#attributes #visibility mod #name;))
        });
        parts.extend(some(declared.collect::<syn::Result<String>>()?));
        parts.extend(some(self.uses(client)?));
        parts.extend(some(self.reexports.iter().map(String::as_str).collect()));
        parts.extend(self.items.iter().cloned());
        for (name, child) in &self.children {
            let name = name.ident();
            let body = print::indented(&child.body(client)?.join("\n"));
            let docs = docs::outer(&child.docs);
            // Items are printed separately, so that there are blank lines between them.
            parts.push(format!("{docs}pub mod {name} {{\n{body}}}\n"));
        }
        Ok(parts)
    }

    /// The imports, in the order of rustfmt.
    fn uses(&self, client: &str) -> syn::Result<String> {
        let mut by_module: BTreeMap<&str, Vec<Ident>> = BTreeMap::new();
        let mut imports: Vec<_> = self.imports.iter().map(|import| import.path(client)).collect();
        imports.sort_unstable();
        for (module, name) in imports {
            by_module.entry(module).or_default().push(quote::format_ident!("{name}"));
        }
        let mut uses: Vec<_> = by_module.into_iter().collect();
        // Lists sort after single names. A single name in the root of the crate sorts among the modules.
        uses.sort_by_key(|(module, names)| match (*module, names.as_slice()) {
            ("", [name]) => (false, name.to_string()),
            (module, _) => (module.is_empty(), module.to_owned()),
        });
        let mut lines = String::new();
        for (module, names) in uses {
            let path = match module {
                "" => quote!(crate),
                module => {
                    let module = quote::format_ident!("{module}");
                    quote!(crate::#module)
                }
            };
            let names = match names.as_slice() {
                [name] => quote!(#name),
                names => quote!({ #(#names),* }),
            };
            lines.push_str(&print::item(quote!(use #path::#names;))?);
        }
        Ok(lines)
    }
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}
