//! A module while it is being written: its items, the modules in it, and what they import.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{docs, print};
use crate::api::{ModuleFile, ModuleName, Name};

/// What generated code imports from the crate, by the name it is used by.
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
    Style,
}

impl Import {
    /// The module of the crate that it comes from, and its name there.
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
            Self::Style => ("operation", "Style"),
        }
    }
}

/// A module.
pub(crate) struct Module {
    docs: String,
    /// How far the modules in it can be seen.
    visibility: TokenStream,
    allowed: Option<TokenStream>,
    /// Modules that are files of their own, each with the condition on which it is compiled and where it is.
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

    /// A module of which only its crate sees what is in it.
    pub(crate) fn of_crate(docs: &str) -> Self {
        Self { visibility: quote!(pub(crate)), ..Self::new(docs) }
    }

    /// Switches lints off.
    pub(crate) fn allow(&mut self, lints: &TokenStream) {
        self.allowed = Some(lints.clone());
    }

    /// Declares a module that is a file of its own.
    pub(crate) fn declare(&mut self, name: &str) {
        self.declared.insert(name.to_owned(), TokenStream::new());
    }

    /// The same for one that stands in this file, and is compiled on a condition, a `#[cfg(…)]`.
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

    /// Imports something, so that what is printed can use its name.
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

    /// Adds a call of a macro with a row for each of what it is about. It is plain text, as there is nothing in it to lay
    /// out.
    pub(crate) fn table(&mut self, head: &str, rows: impl IntoIterator<Item = String>) {
        let rows: String = rows.into_iter().map(|row| format!("    {row}\n")).collect();
        let line = if rows.is_empty() { "" } else { "\n" };
        self.text(format!("{head} {{{line}{rows}}});\n"));
    }

    /// Adds an item that is printed already.
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

    /// The module of that name in this one.
    pub(crate) fn child(&mut self, name: &ModuleName, docs: &str) -> &mut Self {
        self.children.entry(name.clone()).or_insert_with(|| Self::new(docs))
    }

    /// Makes the module of that name in this one a file of its own.
    pub(crate) fn take_file(&mut self, name: &ModuleName, file: &ModuleFile) -> Option<Self> {
        let child = self.children.remove(name)?;
        self.declare_file(name, file, &TokenStream::new());
        Some(child)
    }

    /// The text of the file that this module is, in the crate of this client type.
    pub(crate) fn print(&self, client: &str) -> syn::Result<String> {
        let mut parts = vec![docs::inner(&self.docs)];
        if let Some(lints) = &self.allowed {
            parts.push(print::inner_attribute(quote!(#![allow(#lints)]))?);
        }
        parts.extend(self.body(client)?);
        Ok(parts.join("\n"))
    }

    /// What stands in the module, in the order in which people look for it.
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
            // Items are printed one by one, so that there are blank lines between them.
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
        // A list of names comes after a name, which the names in the root are compared by if there is only one.
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
