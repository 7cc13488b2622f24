//! The argument types that a parameter accepts (`impl Into<T>` accepts several).

use std::collections::BTreeMap;

use crate::api::ArgumentType;
use crate::index::{Entry, FunctionParameter, Kind, Role, Signature};

/// The integer types that `IntoInteger` is tested with.
const INTEGERS: [&str; 4] = ["i64", "i32", "u64", "usize"];

/// Finds the types that convert to a type for which `impl Into` is taken.
pub(super) struct Forms<'a> {
    entries: BTreeMap<&'a str, &'a Entry>,
    /// The aliases of each type.
    second_names: BTreeMap<&'a str, Vec<&'a str>>,
}

impl<'a> Forms<'a> {
    pub(super) fn of(entries: &'a [Entry]) -> Self {
        let is_type = |entry: &&Entry| matches!(entry.item.kind.role(), Role::Type | Role::Id);
        let types = entries.iter().filter(is_type);
        let entries = types.map(|entry| (entry.item.path.as_str(), entry)).collect();
        let mut forms = Self { entries, second_names: BTreeMap::new() };
        let aliases = forms.entries.iter().filter(|(_, entry)| entry.item.kind == Kind::Alias);
        let mut second_names: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (path, _) in aliases {
            if let Some(defined) = forms.defined(path) {
                second_names.entry(&defined.item.path).or_default().push(path);
            }
        }
        forms.second_names = second_names;
        forms
    }

    /// The names of the type that come before the alias at `path`: the original name, and aliases that sort before it.
    pub(super) fn names_before(&self, path: &'a str) -> impl Iterator<Item = &'a str> {
        let first = self.defined(path).map(|entry| entry.item.path.as_str());
        let others = first.and_then(|first| self.second_names.get(first)).into_iter().flatten();
        first.into_iter().chain(others.copied().take_while(move |other| *other < path))
    }

    /// The entry of the type at `path`, with aliases resolved.
    pub(super) fn defined(&self, path: &str) -> Option<&'a Entry> {
        let found = self.entries.get(path)?;
        match &found.facts.signature {
            Signature::Type { original: Some(original), .. } if original != path => {
                self.defined(original)
            }
            _ => Some(found),
        }
    }

    /// The argument types that `taken` accepts, its own type first.
    pub(super) fn of_parameter(&self, parameter: &FunctionParameter) -> Vec<String> {
        let FunctionParameter { how, ty, .. } = parameter;
        match how {
            ArgumentType::Exact => vec![ty.clone()],
            ArgumentType::Into => std::iter::once(ty.clone()).chain(self.others(ty)).collect(),
            ArgumentType::IntoOption => vec![ty.clone(), format!("Option<{ty}>")],
            ArgumentType::Integer => {
                let integers = INTEGERS.into_iter().filter(|integer| integer != ty);
                std::iter::once(ty.clone()).chain(integers.map(str::to_owned)).collect()
            }
            ArgumentType::IntegerItems => vec![format!("Vec<{ty}>"), "[usize; 1]".to_owned()],
            ArgumentType::Items => {
                let others = self.others(ty).into_iter().map(|form| format!("[{form}; 1]"));
                std::iter::once(format!("Vec<{ty}>")).chain(others).collect()
            }
        }
    }

    /// The other types that convert to `ty`.
    fn others(&self, ty: &str) -> Vec<String> {
        let known: &[&str] = match ty {
            "String" => &["&str", "&String"],
            "i64" | "f64" => &["i32"],
            "i128" => &["i64", "i32"],
            "Scalar" => &["bool", "f64", "i32", "&str", "String"],
            "serde_json::Value" => &["bool", "i64", "f64", "&str", "String"],
            "bytes::Bytes" => &["Vec<u8>", "&'static [u8]", "&'static str", "String"],
            "DateTime" => &["jiff::Timestamp", "jiff::ZonedDateTime", "&str", "String", "&String"],
            "Decimal" => &["i32", "i64", "f64"],
            "File" => &["bytes::Bytes", "Vec<u8>"],
            _ => return self.of_defined(ty),
        };
        known.iter().map(|&form| form.to_owned()).collect()
    }

    fn of_defined(&self, ty: &str) -> Vec<String> {
        let Some(entry) = self.defined(ty) else { return Vec::new() };
        let texts = ["&str", "String", "&String"].map(str::to_owned);
        match (entry.item.kind, &entry.facts.signature) {
            (Kind::Enum, _) => texts.to_vec(),
            (Kind::Id, _) => texts.into_iter().chain([format!("&{ty}")]).collect(),
            (_, Signature::Type { from, .. }) => from.clone(),
            _ => Vec::new(),
        }
    }
}
