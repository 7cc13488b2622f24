//! The words of a name without those of its namespace.

use super::word::{alike, is_modifier, is_owning, is_plural, is_preposition, is_verb, verb_length};

/// A namespace, as far as names repeat it.
pub(super) struct Repeated<'a> {
    /// The words of each namespace.
    pub(super) namespace: &'a [Vec<String>],
    /// Whether a parameter of the path is one of what the namespace holds.
    pub(super) has_owner: bool,
}

impl Repeated<'_> {
    /// Removes the words of the namespace where they only repeat it: at the start, after the verb and its modifiers, and
    /// after a preposition at the end. Words after a noun stay, because they are what the noun belongs to: `list_api_keys`.
    ///
    /// Returns an empty name if nothing else is there.
    pub(super) fn stripped(&self, name: &[String]) -> Vec<String> {
        let mut words = name.to_vec();
        // Each round removes at least one word.
        while let Some((start, end)) = self.removable(&words) {
            words.drain(start..end);
        }
        words
    }

    /// The first words that can be removed.
    fn removable(&self, words: &[String]) -> Option<(usize, usize)> {
        let verb = verb_length(words);
        (0..words.len()).find_map(|start| {
            let end = start + run(&words[start..], self.namespace);
            if end == start {
                return None;
            }
            let is_at_start = start == 0 && !begins_with_own_verb(words, end);
            if is_at_start || (verb > 0 && self.is_after_verb(words, verb, start, end)) {
                return Some((start, end));
            }
            let before = start.checked_sub(1).map(|index| words[index].as_str());
            let is_phrase = before.is_some_and(is_owning) && end == words.len() && start > 1;
            is_phrase.then(|| (start - 1, end))
        })
    }

    /// Whether words after the verb repeat the namespace. `delete_identity_sessions` is about sessions of an identity, but
    /// `remove_albums_user` is not about users of albums, unless the path is `/albums/{id}/users`.
    fn is_after_verb(&self, words: &[String], verb: usize, start: usize, end: usize) -> bool {
        let is_last = words.get(end).is_none_or(|next| is_preposition(next));
        let is_owner = start == verb && (self.has_owner || !is_plural(&words[end - 1]));
        start >= verb
            && words[verb..start].iter().all(|word| is_modifier(word))
            && (is_last || is_owner)
    }
}

/// Whether the words at the start are the verb of the name, and not its namespace: `search_items` of `search`.
fn begins_with_own_verb(words: &[String], end: usize) -> bool {
    let is_followed_by_verb = words.get(end).is_some_and(|word| is_verb(word));
    verb_length(words) > 0 && !is_followed_by_verb
}

/// The number of words at the start that are those of namespaces.
fn run(words: &[String], namespace: &[Vec<String>]) -> usize {
    let mut length = 0;
    while let Some(found) = namespace.iter().rev().find_map(|name| prefix(&words[length..], name)) {
        length += found;
    }
    length
}

/// The number of words that are a namespace if a name begins with it. `oauth` is `o_auth`.
fn prefix(words: &[String], namespace: &[String]) -> Option<usize> {
    let joined = namespace.concat();
    let is_it = |length: &usize| !joined.is_empty() && alike(&words[..*length].concat(), &joined);
    (1..=words.len().min(namespace.len() + 1)).find(is_it)
}

/// `create_shard_snapshot` of `snapshots` is `create_for_shard`, if the path has a shard that owns the snapshots.
pub(super) fn owned(
    words: &[String],
    namespace: &[Vec<String>],
    owners: &[Vec<String>],
) -> Option<Vec<String>> {
    let verb = verb_length(words);
    let noun = &words[verb..];
    let end = noun.iter().position(|word| is_preposition(word)).unwrap_or(noun.len());
    let owner = owners.iter().find_map(|owner| prefix(&noun[..end], owner))?;
    let is_rest_of_namespace = owner < end && run(&noun[owner..end], namespace) == end - owner;
    if verb == 0 || !is_rest_of_namespace || end < noun.len() {
        return None;
    }
    Some([&words[..verb], &["for".to_owned()], &noun[..owner]].concat())
}

/// `list_api_keys` of `keys` is `list` if its path is `/keys` or `/keys/{id}`: all nouns of the name are the resource. So
/// is `list_features` of `experimental_features`.
pub(super) fn of_resource(words: &[String], namespace: &[String]) -> Option<Vec<String>> {
    let verb = verb_length(words);
    let noun = &words[verb..];
    let has_preposition = noun.iter().any(|word| is_preposition(word) || is_modifier(word));
    let ends_alike =
        noun.iter().rev().zip(namespace.iter().rev()).all(|(one, other)| alike(one, other));
    let is_resource = !noun.is_empty() && noun.len() != namespace.len() && ends_alike;
    (verb > 0 && is_resource && !has_preposition).then(|| words[..verb].to_vec())
}
