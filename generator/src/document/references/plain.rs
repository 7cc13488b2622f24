//! References that name components, which need no resolving.

use serde_json::Value;

use super::super::grammar::{Kind, Node};

/// Whether every reference of `root` names an existing component, as in most documents.
pub(in super::super) fn are_plain(root: &Value) -> bool {
    fn check(root: &Value, value: &Value, kind: Kind) -> bool {
        match value {
            Value::Object(object) => {
                if let (Some(node), Some(Value::String(reference))) =
                    (kind.referable(), object.get("$ref"))
                {
                    let pointer = reference.strip_prefix('#').unwrap_or_default();
                    let is_plain = !reference.contains('%')
                        && is_component(pointer, node)
                        && root.pointer(pointer).is_some();
                    if !is_plain {
                        return false;
                    }
                } else if object.contains_key("$dynamicRef") && kind.referable().is_some()
                    || matches!(kind, Kind::Map(_))
                        && object.get("$ref").is_some_and(Value::is_string)
                {
                    return false;
                }
                object
                    .iter()
                    .all(|(key, value)| kind.under(key).is_none_or(|kind| check(root, value, kind)))
            }
            Value::Array(elements) => {
                let element = kind.under("0");
                element.is_none_or(|kind| elements.iter().all(|value| check(root, value, kind)))
            }
            _ => true,
        }
    }
    check(root, root, Kind::DOCUMENT)
}

/// The name of the component in `section` that a reference names.
pub(crate) fn component_name(reference: &str, section: &str) -> Option<String> {
    let path = reference.strip_prefix("#/components/")?;
    let name = path.strip_prefix(section)?.strip_prefix('/')?;
    (!name.contains('/')).then(|| name.replace("~1", "/").replace("~0", "~"))
}

/// The name of the component schema that a reference object refers to.
pub(in super::super) fn schema_name(reference: Option<&Value>) -> Option<String> {
    component_name(reference?.as_str()?, "schemas")
}

/// Whether `pointer` has the form of a component that an object of the kind `node` can refer to.
pub(super) fn is_component(pointer: &str, node: Node) -> bool {
    let mut steps = pointer.split('/');
    node != Node::PathItem
        && steps.next() == Some("")
        && steps.next() == Some("components")
        && steps.next().is_some_and(|section| node.section() == Some(section))
        && steps.next().is_some_and(|name| !name.is_empty())
        && steps.next().is_none()
}
