//! Webhooks: their payloads become component schemas with the names of the webhooks.

use serde_json::{Map, Value};

use super::super::grammar::VERBS;
use super::super::pointer::Pointer;
use super::super::references::{is_alike, schemas_of};
use super::Adapter;

impl Adapter {
    /// Adds the payload of each webhook to the component schemas.
    pub(super) fn webhooks(&mut self, root: &mut Value) {
        let Some(object) = root.as_object_mut() else { return };
        let Some(Value::Object(webhooks)) = object.remove("webhooks") else { return };
        for (name, item) in &webhooks {
            let item_at = Pointer::root().join(["webhooks", name]);
            let operations: Vec<(&String, &Value)> = (item.as_object().into_iter().flatten())
                .filter(|(verb, _)| VERBS.contains(&verb.as_str()))
                .collect();
            for (verb, operation) in &operations {
                let name =
                    if operations.len() > 1 { format!("{name}_{verb}") } else { name.clone() };
                let Some(body) = operation.get("requestBody") else { continue };
                let body_at = item_at.child(verb).child("requestBody");
                self.payload(root, &name, body, &body_at);
            }
        }
    }

    fn payload(&mut self, root: &mut Value, name: &str, body: &Value, at: &Pointer) {
        let referred =
            body.get("$ref").and_then(Value::as_str).and_then(|text| text.strip_prefix('#'));
        let (body, at) = match referred {
            Some(pointer) => {
                let Some(body) = root.pointer(pointer).cloned() else { return };
                (body, Pointer::parse(pointer))
            }
            None => (body.clone(), at.clone()),
        };
        let content = body.get("content").and_then(Value::as_object);
        let json = content.into_iter().flatten().find(|(media, _)| is_json(media));
        let Some((media, schema)) = json.and_then(|(media, it)| Some((media, it.get("schema")?)))
        else {
            let message = "the payload of this webhook is not described as JSON";
            let help = "add a schema for `application/json` with an overlay";
            self.remark(&at, "webhook", message, Some("so it has no type"), help);
            return;
        };
        let from = at.child("content").child(media).child("schema");
        let Some(schemas) = schemas_of(root) else { return };
        let refers_to = schema.get("$ref").and_then(Value::as_str);
        let target = refers_to.and_then(|text| text.rsplit('/').next());
        if target.is_some_and(|target| is_alike(target, name)) {
            return;
        }
        let name = free_name(name, schemas);
        let to = Pointer::root().join(["components", "schemas", &name]);
        // If the payload is a component, its schema is copied: an alias would not get a type of its own.
        let component = target.and_then(|target| Some((target, schemas.get(target)?.clone())));
        if let Some((target, schema)) = component {
            let from = Pointer::root().join(["components", "schemas", target]);
            let from = self.origins.of(&from);
            self.origins.insert(to, from);
            schemas.insert(name, schema);
            return;
        }
        if referred.is_some() {
            // The shared request body keeps its schema.
            let from = self.origins.of(&from);
            self.origins.insert(to, from);
        } else {
            self.moved(&from, &to);
        }
        schemas.insert(name, schema.clone());
    }
}

fn free_name(name: &str, schemas: &Map<String, Value>) -> String {
    let is_taken = |name: &str| schemas.keys().any(|other| is_alike(other, name));
    let candidates =
        [name.to_owned(), format!("{name}_webhook"), format!("{name}_webhook_payload")];
    let free = candidates.iter().find(|candidate| !is_taken(candidate));
    free.unwrap_or(&candidates[2]).clone()
}

fn is_json(media: &str) -> bool {
    let essence = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || essence.ends_with("+json")
}
