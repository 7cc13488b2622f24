//! Unique names in one scope.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::Name;

/// The names in one scope: those of Rust and the runtime, and those that are already taken.
pub(super) struct Scope<'a> {
    reserved: Vec<&'a [&'a str]>,
    taken: BTreeSet<String>,
}

impl<'a> Scope<'a> {
    /// A scope with these names of Rust and the runtime.
    pub(super) fn new(reserved: &[&'a [&'a str]]) -> Self {
        Self { reserved: reserved.to_vec(), taken: BTreeSet::new() }
    }

    /// Adds the names of another scope. Types and modules share a namespace.
    pub(super) fn beside(mut self, other: &Scope<'_>) -> Self {
        self.taken.extend(other.taken.iter().cloned());
        self
    }

    /// Adds a taken name.
    pub(super) fn with(mut self, name: &impl Name) -> Self {
        self.taken.insert(name.as_str().to_owned());
        self
    }

    /// Whether a name is taken.
    pub(super) fn has(&self, name: &impl Name) -> bool {
        self.is_reserved(name) || self.taken.contains(name.as_str())
    }

    /// Names a single item.
    pub(super) fn name_one<N: Name>(&mut self, words: &str) -> N {
        self.name(&[words]).pop().unwrap_or_else(|| N::new(words))
    }

    /// Names the items that the document calls by these words. The result does not depend on their order.
    ///
    /// If several words give the same name, punctuation is spelled out. If the names are still equal, the words that
    /// are written exactly like the name get it. The others are numbered in the order of their words, after everything
    /// else has its name.
    pub(super) fn name<N: Name>(&mut self, words: &[&str]) -> Vec<N> {
        self.name_like::<N, N>(words)
    }

    /// Names items that have a second name, such as the modules of types. Both names get the same number.
    pub(super) fn name_like<N: Name, Other: Name>(&mut self, words: &[&str]) -> Vec<N> {
        let plain = spelled::<N>(words);
        let mut names = plain.clone();
        let mut others = Vec::new();
        for index in order::<Other>(words) {
            if self.is_reserved(&names[index]) {
                names[index] = names[index].escaped();
            }
            if !self.taken.insert(names[index].as_str().to_owned()) {
                others.push(index);
            }
        }
        for index in others {
            let numbered = (2..).map(|number| plain[index].numbered(number));
            if let Some(name) = numbered.into_iter().find(|name| !self.has(name)) {
                self.taken.insert(name.as_str().to_owned());
                names[index] = name;
            }
        }
        names
    }

    fn is_reserved(&self, name: &impl Name) -> bool {
        self.reserved.iter().any(|names| names.contains(&name.as_str()))
    }
}

/// The order in which items are named.
fn order<N: Name>(words: &[&str]) -> Vec<usize> {
    let names = spelled::<N>(words);
    let mut order: Vec<usize> = (0..words.len()).collect();
    order.sort_by_cached_key(|&index| {
        let (words, name) = (words[index], names[index].as_str());
        (N::new(words).as_str() != name, words != name, words)
    });
    order
}

/// The names of the words. Where several are equal, punctuation is spelled out.
fn spelled<N: Name>(words: &[&str]) -> Vec<N> {
    let plain: Vec<N> = words.iter().map(|words| N::new(words)).collect();
    let mut of_name: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (name, words) in plain.iter().zip(words) {
        of_name.entry(name.as_str()).or_default().insert(words);
    }
    let spelled = plain.iter().zip(words).map(|(name, words)| match &of_name[name.as_str()] {
        alike if alike.len() > 1 => N::spelled_out(words),
        _ => name.clone(),
    });
    spelled.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{FieldName, FunctionName, ModuleName, TypeName};

    fn named<N: Name>(words: &[&str], reserved: &[&str]) -> Vec<String> {
        let names = Scope::new(&[reserved]).name::<N>(words);
        names.iter().map(|name| name.as_str().to_owned()).collect()
    }

    #[test]
    fn words_that_are_written_like_the_name_get_it() {
        assert_eq!(named::<FieldName>(&["fooBar", "foo_bar"], &[]), ["foo_bar_2", "foo_bar"]);
        assert_eq!(named::<TypeName>(&["foo", "Foo"], &[]), ["Foo2", "Foo"]);
        assert_eq!(named::<TypeName>(&["a.b", "aB"], &[]), ["ADotB", "AB"]);
    }

    #[test]
    fn a_number_is_never_the_name_of_something_else() {
        assert_eq!(named::<FieldName>(&["A", "a", "a_2"], &[]), ["a_3", "a", "a_2"]);
        assert_eq!(named::<FieldName>(&["a", "a", "a_2"], &[]), ["a", "a_3", "a_2"]);
    }

    #[test]
    fn what_is_reserved_is_escaped_before_it_is_numbered() {
        assert_eq!(named::<FunctionName>(&["send", "Send"], &["send"]), ["send_", "send_2"]);
        let reserved = ["send", "send_2"];
        assert_eq!(named::<FunctionName>(&["send", "Send"], &reserved), ["send_", "send_3"]);
        assert_eq!(named::<TypeName>(&["vec"], &["Vec"]), ["VecType"]);
    }

    #[test]
    fn types_and_their_modules_have_the_same_numbers() {
        let mut types = Scope::new(&[]);
        let words = ["foo", "Foo", "2fa"];
        let names: Vec<TypeName> = types.name(&words);
        let modules = Scope::new(&[]).beside(&types).name_like::<ModuleName, TypeName>(&words);
        let pairs =
            names.iter().zip(&modules).map(|(name, module)| (name.as_str(), module.as_str()));
        let pairs: Vec<_> = pairs.collect();
        assert_eq!(pairs, [("Foo2", "foo_2"), ("Foo", "foo"), ("_2fa", "_2fa_2")]);
    }
}
