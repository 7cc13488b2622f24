//! Names of operations from their verb and path.

use super::path::{Part, action, ending};
use super::strip::Repeated;
use super::word::{alike, is_plural};
use crate::api::{Method, singular};

/// What a name from a path depends on.
pub(super) struct FromPath<'a> {
    pub(super) method: Method,
    pub(super) parts: &'a [Part],
    /// The words of each namespace.
    pub(super) namespace: &'a [Vec<String>],
    /// Whether the result is a list.
    pub(super) is_list: bool,
    /// The verbs of the path, each with whether its operation has the same tag.
    pub(super) beside: &'a [(Method, bool)],
}

impl FromPath<'_> {
    /// The names from the shortest to the longest.
    pub(super) fn names(&self) -> Vec<Vec<String>> {
        let mut names = action(self.parts).map_or(Vec::new(), |action| self.of_action(action));
        let covered = self.parts.iter().rposition(|part| self.is_covered(part));
        let after = &self.parts[covered.map_or(0, |index| index + 1)..];
        let last = after.iter().rposition(|part| part.words().is_some());
        let noun = last.map_or(Vec::new(), |index| self.noun(after, index));
        let short = self.without_namespace([self.verb(), noun.clone()].concat());
        let owner = covered.map_or(Vec::new(), |index| owner(&self.parts[..index], self.namespace));
        names.push([short.clone(), owner.clone()].concat());
        names.push([short.clone(), any_owner(self.parts)].concat());
        names.push([self.verb(), self.all_words(), owner].concat());
        if let Some(Part::Parameter(words)) = self.parts.last() {
            names.push([short, vec!["by".to_owned()], words.clone()].concat());
        }
        names.push(self.in_full());
        names
    }

    fn without_namespace(&self, name: Vec<String>) -> Vec<String> {
        let short = Repeated { namespace: self.namespace, has_owner: false }.stripped(&name);
        if short.is_empty() { name } else { short }
    }

    /// Whether the words of a part are in the name of the namespace.
    fn is_covered(&self, part: &Part) -> bool {
        let Part::Static { words, all, .. } = part else { return false };
        let mut known = self.namespace.iter().flatten();
        let is_in = |word: &String| {
            let mut known = self.namespace.iter().flatten();
            known.any(|other| alike(word, other) || is_participle(other, word))
        };
        // `docgen_templates` is in `doc_gen_templates`.
        let joined = words.concat();
        let is_joined = words.len() > 1
            && self.namespace.iter().any(|name| name.concat().ends_with(joined.as_str()));
        let has_key = words != all;
        let has_noun = words.last().is_some_and(|last| known.any(|other| alike(last, other)));
        !words.is_empty() && (words.iter().all(is_in) || is_joined || (has_key && has_noun))
    }

    /// `copy`, or `rotate_secret` if the verb is about a part of what is in the namespace.
    fn of_action(&self, action: &[String]) -> Vec<Vec<String>> {
        let before = &self.parts[..self.parts.len() - 1];
        let start = before.iter().rposition(|part| self.is_covered(part)).map(|index| index + 1);
        let after = &before[start.unwrap_or(0)..];
        let noun = after.iter().rposition(|part| part.words().is_some());
        // A first word that nothing follows is a prefix: `/oauth2/revoke`.
        let noun = noun.filter(|&index| start.is_some() || after.len() > 1 || index > 0);
        let name = match noun {
            Some(index) if action.len() == 1 => [action.to_vec(), noun_of(after, index)].concat(),
            _ => action.to_vec(),
        };
        let last = before.iter().rfind(|part| part.words().is_some());
        let last = last.filter(|part| !self.is_covered(part)).and_then(Part::words);
        let whose = last.map(|words| [name.as_slice(), &["for".to_owned()], words].concat());
        let verb = self.method.as_str().to_lowercase();
        let by_verb = (action[0] != verb).then(|| [&[verb], action].concat());
        let short = self.without_namespace(name.clone());
        [Some(short), Some(name), whose, by_verb].into_iter().flatten().collect()
    }

    /// The words for what the operation does.
    fn verb(&self) -> Vec<String> {
        let is_beside = |method| self.beside.contains(&(method, true));
        let is_elsewhere = |method| self.beside.contains(&(method, false));
        let is_one = ending(self.parts).is_none();
        let is_several =
            ending(self.parts).and_then(<[String]>::last).is_some_and(|word| is_plural(word));
        let is_all =
            !is_one && is_several && self.parts.last().is_some_and(|part| self.is_covered(part));
        let verb: &[&str] = match self.method {
            Method::Get if self.is_list => &["list"],
            Method::Get => &["get"],
            Method::Post if !is_one || self.parts.is_empty() => &["create"],
            Method::Post if is_beside(Method::Put) || is_beside(Method::Patch) => &["create"],
            // What updates it is another operation, and nothing says what this one does.
            Method::Post if is_elsewhere(Method::Put) || is_elsewhere(Method::Patch) => &["post"],
            Method::Patch if is_beside(Method::Put) => &["patch"],
            Method::Post | Method::Put | Method::Patch => &["update"],
            Method::Delete if is_all => &["delete", "all"],
            Method::Delete => &["delete"],
            Method::Head => &["head"],
            Method::Options => &["options"],
            Method::Trace => &["trace"],
        };
        verb.iter().map(|word| (*word).to_owned()).collect()
    }

    /// The noun after the verb.
    fn noun(&self, parts: &[Part], index: usize) -> Vec<String> {
        let noun = noun_of(parts, index);
        if self.method == Method::Post { one_of(noun) } else { noun }
    }

    /// All words of the path that are not in the name of the namespace.
    fn all_words(&self) -> Vec<String> {
        let parts = self.parts.iter().filter(|part| !self.is_covered(part));
        let words: Vec<String> = parts.filter_map(Part::words).flatten().cloned().collect();
        if self.method == Method::Post { one_of(words) } else { words }
    }

    /// The HTTP verb, and all words of the path with its parameters.
    fn in_full(&self) -> Vec<String> {
        let mut name = vec![self.method.as_str().to_lowercase()];
        for part in self.parts {
            match part {
                Part::Static { words, .. } => name.extend(words.clone()),
                Part::Parameter(words) => {
                    name.push("by".to_owned());
                    name.extend(words.clone());
                }
            }
        }
        name
    }
}

/// The words of a part; a single thing if a parameter follows.
fn noun_of(parts: &[Part], index: usize) -> Vec<String> {
    let words = parts[index].words().unwrap_or_default().to_vec();
    if index + 1 < parts.len() { one_of(words) } else { words }
}

fn one_of(mut words: Vec<String>) -> Vec<String> {
    if let Some(last) = words.last_mut() {
        *last = singular(last);
    }
    words
}

/// `for_file`, if the path begins with a file that is not in the name of the namespace.
fn owner(before: &[Part], namespace: &[Vec<String>]) -> Vec<String> {
    let is_in = |word: &String| namespace.iter().flatten().any(|other| alike(word, other));
    let owners = owners(before);
    let mut outside = owners.into_iter().filter(|words| !words.iter().all(is_in));
    outside.next_back().map_or(Vec::new(), with_for)
}

/// `for_file`, whether or not the namespace says so.
fn any_owner(parts: &[Part]) -> Vec<String> {
    owners_of_last(parts).pop().map_or(Vec::new(), with_for)
}

fn with_for(owner: Vec<String>) -> Vec<String> {
    [vec!["for".to_owned()], owner].concat()
}

/// The things in a path that own the last one.
pub(super) fn owners_of_last(parts: &[Part]) -> Vec<Vec<String>> {
    let end = parts.iter().rposition(|part| part.words().is_some()).unwrap_or(0);
    owners(&parts[..end])
}

/// Whether a parameter of the path is one of what a namespace holds.
pub(super) fn has_owner(parts: &[Part], namespace: &[Vec<String>]) -> bool {
    let is_in =
        |owner: &Vec<String>| namespace.iter().any(|name| alike(&name.concat(), &owner.concat()));
    owners(parts).iter().any(is_in)
}

/// The things in a path that a parameter identifies, as single ones.
fn owners(parts: &[Part]) -> Vec<Vec<String>> {
    let pairs = parts.iter().zip(parts.iter().skip(1));
    let owned = pairs.filter_map(|(part, next)| match next {
        Part::Parameter(_) => part.words().map(|words| one_of(words.to_vec())),
        Part::Static { .. } => None,
    });
    owned.collect()
}

/// `trashed` says `trash`.
fn is_participle(word: &str, verb: &str) -> bool {
    word.strip_suffix("ed").is_some_and(|stem| stem == verb)
}
