//! Translates ECMAScript patterns with lookahead, which the validator does not support.

use std::collections::BTreeMap;
use std::sync::Mutex;

use boon::{Compiler, Draft, Schemas};
use serde_json::{Value, json};

/// Translates a pattern to JSON Schema. Each lookahead at its start becomes a condition of its own. A pattern with other
/// lookaround, or with syntax that the validator does not support, is not checked.
pub(crate) fn conditions(pattern: &str) -> Vec<Value> {
    let anchored = pattern.strip_prefix('^');
    let mut rest = anchored.unwrap_or(pattern);
    let mut conditions = Vec::new();
    // Without an anchor, a lookahead may apply anywhere in the text.
    while let Some((is_negative, inner, after)) = anchored.and_then(|_| look_ahead(rest)) {
        let condition = json!({ "pattern": format!("^(?:{inner})") });
        conditions.push((inner, if is_negative { json!({ "not": condition }) } else { condition }));
        rest = after;
    }
    let whole = if conditions.is_empty() { pattern.to_owned() } else { format!("^{rest}") };
    let own = is_known(&whole).then(|| json!({ "pattern": whole }));
    let ahead = conditions.into_iter().filter(|(inner, _)| is_known(&format!("^(?:{inner})")));
    ahead.map(|(_, condition)| condition).chain(own).collect()
}

/// The lookahead at the start of a pattern: whether it is negative, its inner pattern, and the rest of the pattern.
fn look_ahead(pattern: &str) -> Option<(bool, &str, &str)> {
    let (is_negative, rest) = match (pattern.strip_prefix("(?="), pattern.strip_prefix("(?!")) {
        (Some(rest), _) => (false, rest),
        (None, Some(rest)) => (true, rest),
        (None, None) => return None,
    };
    let (mut depth, mut is_in_class, mut is_escaped) = (1, false, false);
    for (index, c) in rest.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '[' => is_in_class = true,
            ']' => is_in_class = false,
            '(' if !is_in_class => depth += 1,
            ')' if !is_in_class => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let after = &rest[index + 1..];
            // A quantifier changes its meaning.
            let is_plain = !after.starts_with(['?', '*', '+', '{']);
            return is_plain.then_some((is_negative, &rest[..index], after));
        }
    }
    None
}

/// Whether the validator supports a pattern. Results are cached.
fn is_known(pattern: &str) -> bool {
    static KNOWN: Mutex<BTreeMap<String, bool>> = Mutex::new(BTreeMap::new());
    let mut known = KNOWN.lock().expect("nothing fails here");
    *known.entry(pattern.to_owned()).or_insert_with(|| {
        let mut compiler = Compiler::new();
        compiler.set_default_draft(Draft::V7);
        let added = compiler.add_resource("ecma:/pattern", json!({ "pattern": pattern }));
        added.is_ok() && compiler.compile("ecma:/pattern", &mut Schemas::new()).is_ok()
    })
}
