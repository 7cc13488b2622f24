//! Operation IDs: what frameworks and versions add to them, and those that only repeat the verb and the path.

use super::path::{Part, split};
use super::word::{is_article, is_number, is_version};
use crate::api::{Method, singular};

/// An operation ID without what says nothing.
pub(super) struct OperationId {
    pub(super) words: Vec<String>,
    /// The version at the end, as words.
    pub(super) version: Vec<String>,
    /// Whether it is only the verb and the words of the path.
    pub(super) is_path: bool,
}

impl OperationId {
    pub(super) fn new(id: &str, method: Method, path: &str, parts: &[Part]) -> Self {
        let all = without_springfox(split(without_fastapi(id, method, path)), method);
        let all = without_leading_version(all);
        let (words, version) = without_trailing_version(all);
        let is_path = is_path(&words, method, parts);
        let named: Vec<String> = words.iter().filter(|word| !is_article(word)).cloned().collect();
        let words = if named.is_empty() { words } else { named };
        Self { words, version, is_path }
    }
}

/// Removes what Springfox adds: `_using_GET`, `_using_GET_1`.
fn without_springfox(mut words: Vec<String>, method: Method) -> Vec<String> {
    let numbered = words.len() - usize::from(words.last().is_some_and(|word| is_number(word)));
    if let Some(length) = numbered.checked_sub(2)
        && length > 0
        && words[length] == "using"
        && words[length + 1] == method.as_str().to_lowercase()
    {
        words.truncate(length);
    }
    words
}

/// Removes what FastAPI adds: `_api_v1_items_get` of `GET /api/v1/items`.
fn without_fastapi<'a>(id: &'a str, method: Method, path: &str) -> &'a str {
    let underscored = path.replace(|c: char| !c.is_alphanumeric(), "_");
    let suffix = underscored.trim_matches('_');
    let rest = id.strip_suffix(&method.as_str().to_lowercase()).map(|id| id.trim_end_matches('_'));
    let name = rest.and_then(|rest| rest.strip_suffix(suffix)).unwrap_or_default();
    let is_name = !suffix.is_empty()
        && name.ends_with('_')
        && split(name).iter().any(|word| word != "api" && !is_version(word));
    if is_name { name } else { id }
}

fn without_leading_version(mut words: Vec<String>) -> Vec<String> {
    let version = usize::from(words.first().is_some_and(|word| word == "api"));
    if words.len() > version + 1 && is_version(&words[version]) {
        words.drain(..=version);
    }
    words
}

/// Splits `get_batches_v2025_0` into the name and the version.
fn without_trailing_version(mut words: Vec<String>) -> (Vec<String>, Vec<String>) {
    let numbers = words.iter().rev().take_while(|word| is_number(word)).count();
    match words.len().checked_sub(numbers + 1) {
        Some(start) if start > 0 && is_version(&words[start]) => {
            let version = words.split_off(start);
            (words, version)
        }
        _ => (words, Vec::new()),
    }
}

/// Whether words are the verb and the path: `get_files_id_content` of `GET /files/{file_id}/content`.
fn is_path(words: &[String], method: Method, parts: &[Part]) -> bool {
    let verb = method.as_str().to_lowercase();
    let begin = words.first().filter(|word| **word == verb).map(|_| &words[1..]);
    let end = words.last().filter(|word| **word == verb).map(|_| &words[..words.len() - 1]);
    let is_spelled = |words: &[String]| spells(&words.concat(), parts);
    begin.is_some_and(is_spelled) || end.is_some_and(is_spelled)
}

/// Whether a text without separators is the path, where parameters may be missing, be called `id`, or follow `by`.
fn spells(text: &str, parts: &[Part]) -> bool {
    let Some((part, rest)) = parts.split_first() else { return text.is_empty() };
    let follows = |word: &str| text.strip_prefix(word).is_some_and(|text| spells(text, rest));
    match part {
        Part::Static { all, .. } => {
            let plural = all.concat();
            let singular = singular(&all.join("_")).replace('_', "");
            follows(&plural) || (singular != plural && follows(&singular))
        }
        Part::Parameter(words) => {
            let name = words.concat();
            let by = format!("by{name}");
            let names = ["", "id", "byid", name.as_str(), by.as_str()];
            let count = if ["", "id"].contains(&name.as_str()) { 3 } else { names.len() };
            names[..count].iter().any(|name| follows(name))
        }
    }
}
