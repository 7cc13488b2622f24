//! The parts of a path, and the namespace that a path stands for.

use super::word::{are_things, is_number, is_version, verb_length};
use crate::api::words;

/// A part of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Fixed words, all of them as they stand in the document, and the namespace that they stand for.
    Static { words: Vec<String>, all: Vec<String>, namespace: String },
    /// A parameter, by the words of its name.
    Parameter(Vec<String>),
}

impl Part {
    pub(super) fn words(&self) -> Option<&[String]> {
        match self {
            Self::Static { words, .. } => Some(words),
            Self::Parameter(_) => None,
        }
    }
}

/// The parts of a path, without the prefix `api/v1`. A fragment and what follows a colon are parts of their own, and so is
/// each parameter in a segment. `@me` and `0` are values of a parameter.
pub(super) fn parts(path: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    for segment in path.split(['/', '#', ':']).filter(|segment| !segment.is_empty()) {
        if segment.starts_with('@') || is_number(segment) {
            parts.push(Part::Parameter(split(segment)));
            continue;
        }
        let mut rest = segment;
        while !rest.is_empty() {
            let (fixed, after) = rest.split_once('{').unwrap_or((rest, ""));
            if !fixed.is_empty() && (fixed == segment || !split(fixed).is_empty()) {
                parts.push(fixed_part(fixed));
            }
            let (parameter, after) = after.split_once('}').unwrap_or((after, ""));
            if rest.contains('{') {
                parts.push(Part::Parameter(split(parameter)));
            }
            rest = after;
        }
    }
    without_prefix(parts)
}

/// The words of a name, in snake case.
pub(super) fn split(name: &str) -> Vec<String> {
    let words = words(name);
    words.split('_').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Fixed words without a part that is no word but a key, such as `6VMVochwUWo`.
fn fixed_part(text: &str) -> Part {
    let is_key = |part: &str| {
        part.len() > 5
            && part.bytes().any(|byte| byte.is_ascii_digit())
            && part.bytes().any(|byte| byte.is_ascii_uppercase())
            && part.bytes().any(|byte| byte.is_ascii_lowercase())
    };
    let kept: Vec<&str> = text.split('-').filter(|part| !is_key(part)).collect();
    let words = split(&kept.join("-"));
    let namespace = if words.is_empty() { text.to_owned() } else { words.join("_") };
    Part::Static { words, all: split(text), namespace }
}

fn without_prefix(mut parts: Vec<Part>) -> Vec<Part> {
    let is_prefix = |part: &Part| {
        part.words().is_some_and(|words| match words {
            [word] => word == "api" || is_version(word),
            _ => false,
        })
    };
    let length = parts.iter().take_while(|part| is_prefix(part)).count();
    if length < parts.len() {
        parts.drain(..length);
    }
    parts
}

/// The namespaces of a path without a tag.
pub(super) fn namespace(parts: &[Part]) -> Vec<String> {
    let fixed = parts.iter().filter_map(|part| match part {
        Part::Static { namespace, .. } => Some(namespace.clone()),
        Part::Parameter(_) => None,
    });
    fixed.collect()
}

/// The words at the end of a path, if it does not end with a parameter.
pub(super) fn ending(parts: &[Part]) -> Option<&[String]> {
    parts.last().and_then(Part::words)
}

/// The words at the end of a path that begin with a verb.
pub(super) fn action(parts: &[Part]) -> Option<&[String]> {
    ending(parts).filter(|words| verb_length(words) > 0 && !are_things(words))
}
