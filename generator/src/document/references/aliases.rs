//! Components that are only references to other components.

use std::collections::BTreeMap;

use serde_json::Value;

use super::super::grammar::Node;
use super::super::pointer::Pointer;

/// Shortens chains of component references, so that each component refers directly to the last one of its chain. Returns the
/// schemas that only refer to themselves; their reference is removed.
pub(in super::super) fn shorten_aliases(root: &mut Value) -> Vec<Pointer> {
    let mut circular = Vec::new();
    for node in [Node::Schema, Node::Response, Node::Parameter, Node::RequestBody, Node::Header] {
        let Some(section) = node.section() else { continue };
        let at = Pointer::root().join(["components", section]);
        let components = root.pointer_mut(at.as_str()).and_then(Value::as_object_mut);
        let Some(components) = components else { continue };
        let prefix = format!("#{}/", at.as_str());
        let target = |value: &Value| -> Option<String> {
            let reference = value.get("$ref")?.as_str()?.strip_prefix(&prefix)?;
            Some(reference.replace("~1", "/").replace("~0", "~"))
        };
        let aliases: BTreeMap<String, String> = components
            .iter()
            .filter_map(|(name, value)| Some((name.clone(), target(value)?)))
            .collect();
        if aliases.is_empty() {
            continue;
        }
        for (name, end) in ends(&aliases) {
            match end {
                Some(end) if aliases.get(&name) == Some(&end) => {}
                Some(end) => {
                    if let Some(Value::Object(alias)) = components.get_mut(&name) {
                        let reference = format!("#{}", at.child(end).as_str());
                        alias.insert("$ref".to_owned(), reference.into());
                    }
                }
                None if node == Node::Schema => {
                    circular.push(at.child(&name));
                    if let Some(Value::Object(alias)) = components.get_mut(&name) {
                        alias.remove("$ref");
                    }
                }
                None => {}
            }
        }
    }
    circular
}

/// The last component of each chain; `None` for a chain that leads back to itself.
fn ends(aliases: &BTreeMap<String, String>) -> BTreeMap<String, Option<String>> {
    let mut ends: BTreeMap<String, Option<String>> = BTreeMap::new();
    for start in aliases.keys() {
        let mut way: Vec<&String> = Vec::new();
        let mut here = start;
        let end = loop {
            if let Some(known) = ends.get(here) {
                break known.clone();
            }
            let Some(next) = aliases.get(here) else { break Some(here.clone()) };
            way.push(here);
            // A chain that is longer than the number of aliases is circular.
            if way.len() > aliases.len() {
                break None;
            }
            here = next;
        };
        ends.extend(way.into_iter().map(|one| (one.clone(), end.clone())));
    }
    ends
}
