//! Checks requests against the document.

use reqwest::header::CONTENT_TYPE;
use serde_json::Value;

use crate::credentials;
use crate::document::{At, unescaped};
use crate::form::Tree;
pub(crate) use crate::parameters::described;
use crate::parameters::{Parameter, of_form, pairs, plainly};
use crate::proxy::Sent;
use crate::schema::{Against, at_least_one, check, is_valid};
use crate::shown::{Variants, others, plain, properties};

/// The parameters and the body of a request, as far as the document describes them.
pub(crate) struct Input {
    pub(crate) parameters: Vec<(Parameter, Value)>,
    /// The schema of the body, and its value.
    pub(crate) body: Option<(At, Value)>,
    /// Whether the body is plain bytes.
    pub(crate) is_raw: bool,
    /// The parameters of which the operation requires at least one.
    at_least_one: Vec<String>,
    problems: Vec<String>,
}

/// Parses a request according to the description of `operation`.
pub(crate) fn read(operation: &At, sent: &Sent) -> Input {
    let mut input = Input {
        parameters: Vec::new(),
        body: None,
        is_raw: false,
        at_least_one: at_least_one(&operation.pointer),
        problems: Vec::new(),
    };
    let steps: Vec<String> = operation.pointer.split('/').map(unescaped).collect();
    let [_, _, template, method] = steps.as_slice() else { return input };
    if !sent.method.as_str().eq_ignore_ascii_case(method) {
        input.problems.push(format!("it was sent by {}, and not by {method}", sent.method));
    }
    let path = captured(address(template), &sent.path).unwrap_or_else(|| {
        input.problems.push(format!("it was sent to {}, which is not {template}", sent.path));
        Vec::new()
    });
    input.problems.extend(credentials::problem(operation, sent));
    input.read_parameters(operation, &path, sent);
    input.read_body(operation, sent);
    input
}

impl Input {
    fn read_parameters(&mut self, operation: &At, path: &[(String, String)], sent: &Sent) {
        let parameters = described(operation);
        for parameter in parameters.clone() {
            let name = &parameter.name;
            match parameter.read(path, sent) {
                Some(value) => {
                    let is_alone = !parameters.iter().any(|other| parameter.shares_key_with(other));
                    if let Some(schema) = parameter.schema.as_ref().filter(|_| is_alone) {
                        let checked = check(Against::Sent, &schema.pointer, &value);
                        self.problems.extend(
                            checked.err().map(|error| format!("{name} is {value}: {error}")),
                        );
                    }
                    self.parameters.push((parameter, value));
                }
                None if parameter.is_required() => self.problems.push(format!("{name} is missing")),
                None => {}
            }
        }
    }

    fn read_body(&mut self, operation: &At, sent: &Sent) {
        let Some(body) = operation.get("requestBody") else {
            if !sent.body.is_empty() {
                self.problems.push("there is a body, and none is described".to_owned());
            }
            return;
        };
        let media = sent.headers.get(CONTENT_TYPE).and_then(|media| media.to_str().ok());
        let Some(media) = media else {
            if body.is("required") {
                self.problems.push("the body is missing".to_owned());
            }
            return;
        };
        let (essence, _) = media.split_once(';').unwrap_or((media, ""));
        let content = body.entries("content");
        let described = content.iter().find(|(key, _)| is_range(key, essence));
        let Some((_, described)) = described else {
            self.problems.push(format!("no body of {media} is described"));
            return;
        };
        let schema = described.get("schema");
        match (content_of(media, described, schema.as_ref(), sent), schema) {
            (Some(value), Some(schema)) => {
                let checked = check(Against::Sent, &schema.pointer, &value);
                self.problems
                    .extend(checked.err().map(|error| format!("the body is {value}: {error}")));
                unknown(std::slice::from_ref(&schema), &value, "$", &mut self.problems);
                self.body = Some((schema, value));
            }
            _ => self.is_raw = true,
        }
    }

    /// Checks the request, which was sent by the call of this name, and returns the problems.
    pub(crate) fn problems(mut self, call: &str) -> Vec<String> {
        if call == "required" {
            let is_needed = |key: &str| self.at_least_one.iter().any(|known| known == key);
            let unneeded = self
                .parameters
                .iter()
                .filter(|(parameter, _)| !parameter.is_required() && !is_needed(&parameter.name));
            let unneeded: Vec<String> = unneeded
                .map(|(parameter, _)| format!("{} is sent, and not required", parameter.name))
                .collect();
            self.problems.extend(unneeded);
            if let Some((schema, body)) = &self.body {
                let mut unneeded = unneeded_in(schema, body);
                unneeded.retain(|at| !at.strip_prefix('/').is_some_and(is_needed));
                self.problems.extend(
                    unneeded.iter().map(|at| format!("{at} of the body is sent, and not required")),
                );
            }
        }
        self.problems
    }
}

/// The path of a template without its query and its fragment.
fn address(template: &str) -> &str {
    template.split(['#', '?']).next().unwrap_or_default()
}

/// The values of the template's parameters in a path, still encoded.
fn captured(template: &str, path: &str) -> Option<Vec<(String, String)>> {
    let Some((literal, rest)) = template.split_once('{') else {
        return (plainly(template) == plainly(path)).then(Vec::new);
    };
    let (name, rest) = rest.split_once('}')?;
    let path = path.strip_prefix(literal)?;
    let next = rest.split('{').next().unwrap_or_default();
    let end = if rest.is_empty() {
        path.len()
    } else if next.is_empty() {
        return None;
    } else {
        path.find(next)?
    };
    let (raw, path) = path.split_at(end);
    if raw.contains('/') {
        return None;
    }
    let mut captured = vec![(name.to_owned(), raw.to_owned())];
    captured.extend(self::captured(rest, path)?);
    Some(captured)
}

/// Whether a media type is in a range such as `application/*`.
fn is_range(range: &str, media: &str) -> bool {
    let range = range.split(';').next().unwrap_or_default().trim();
    match range.strip_suffix('*') {
        Some(start) => range == "*/*" || media.starts_with(start),
        None => range.eq_ignore_ascii_case(media.trim()),
    }
}

/// The value of a body, if its media type is supported.
fn content_of(media: &str, described: &At, schema: Option<&At>, sent: &Sent) -> Option<Value> {
    let (essence, settings) = media.split_once(';').unwrap_or((media, ""));
    match essence.trim() {
        json if json.ends_with("/json") || json.ends_with("+json") => {
            serde_json::from_slice(&sent.body).ok()
        }
        "application/x-www-form-urlencoded" => {
            let text = str::from_utf8(&sent.body).ok()?;
            Some(form(text, described, schema?))
        }
        "multipart/form-data" => {
            let (_, boundary) = settings.split_once("boundary=")?;
            let parts = parts(&sent.body, boundary.trim_matches('"'));
            Some(Tree::Node(parts).typed(&[schema?.clone()]))
        }
        text if text.starts_with("text/") => Some(String::from_utf8_lossy(&sent.body).into()),
        _ => None,
    }
}

/// The object in a form.
fn form(text: &str, described: &At, schema: &At) -> Value {
    let known = properties(&plain(std::slice::from_ref(schema), Variants::All));
    let mut object = serde_json::Map::new();
    for (key, schemas) in &known {
        let Some(schema) = schemas.first() else { continue };
        let encoding = described.get("encoding").and_then(|at| at.get(key));
        if let Some(tree) = of_form(key, schema.clone(), encoding).in_query(text) {
            object.insert(key.clone(), tree.typed(schemas));
        }
    }
    let is_known = |key: &str| known.iter().any(|(name, _)| key.split('[').next() == Some(name));
    for (key, text) in pairs(text).filter(|(key, _)| !is_known(key)) {
        object.insert(key, text.into());
    }
    Value::Object(object)
}

/// The parts of a multipart body by name.
fn parts(body: &[u8], boundary: &str) -> Vec<(String, Tree)> {
    let body = String::from_utf8_lossy(body);
    let mut parts: Vec<(String, Tree)> = Vec::new();
    for part in body.split(&format!("--{boundary}")) {
        let Some((head, content)) = part.split_once("\r\n\r\n") else { continue };
        let content = content.strip_suffix("\r\n").unwrap_or(content).to_owned();
        let name = head.split("name=\"").nth(1).and_then(|rest| rest.split('"').next());
        let name = name.unwrap_or_default().to_owned();
        let is_json = head.to_ascii_lowercase().contains("content-type: application/json");
        let json = is_json.then(|| serde_json::from_str(&content).ok()).flatten();
        match (json, parts.iter_mut().find(|(known, _)| *known == name)) {
            (Some(json), _) => parts.push((name, Tree::Json(json))),
            (None, Some((_, Tree::Texts(texts)))) => texts.push(content),
            (None, _) => parts.push((name, Tree::Texts(vec![content]))),
        }
    }
    parts
}

/// Reports values that are sent although the document does not describe them.
fn unknown(schemas: &[At], value: &Value, path: &str, problems: &mut Vec<String>) {
    let plain = plain(schemas, Variants::All);
    let (properties, others) = (properties(&plain), others(&plain));
    match value {
        Value::Object(_) if plain.iter().any(is_anything) => {}
        Value::Array(elements) => {
            let items = crate::shown::items(&plain);
            for element in elements {
                unknown(&items, element, &format!("{path}[]"), problems);
            }
        }
        Value::Object(object) if !properties.is_empty() => {
            for (key, value) in object {
                let path = format!("{path}.{key}");
                match properties.iter().find(|(known, _)| known == key) {
                    Some((_, schemas)) => unknown(schemas, value, &path, problems),
                    None if plain.iter().any(|schema| is_tag(schema, key)) => {}
                    None if others.is_empty() => {
                        problems.push(format!("{path} is sent, and not described"))
                    }
                    None => unknown(&others, value, &path, problems),
                }
            }
        }
        _ => {}
    }
}

/// The pointers of the properties without which the body would be valid, too.
fn unneeded_in(schema: &At, body: &Value) -> Vec<String> {
    let is_good = |body: &Value| is_valid(Against::Corrected, &schema.pointer, body);
    if !is_good(body) {
        return Vec::new();
    }
    let schemas = std::slice::from_ref(schema);
    let without = |pointer: &String| {
        let (parent, key) = pointer.rsplit_once('/')?;
        let mut body = body.clone();
        body.pointer_mut(parent)?.as_object_mut()?.remove(&unescaped(key))?;
        Some(body)
    };
    let mut pointers = Vec::new();
    pointers_in(schemas, body, "", &mut pointers);
    pointers
        .into_iter()
        .filter(|pointer| without(pointer).is_some_and(|body| is_good(&body)))
        .collect()
}

/// Whether the property is the discriminator of a union.
fn is_tag(schema: &At, key: &str) -> bool {
    schema.get("discriminator").and_then(|at| at.text("propertyName")) == Some(key)
}

/// Whether a schema allows any object: it names no properties, and is not composed of other schemas.
fn is_anything(schema: &At) -> bool {
    const SAYS_MORE: [&str; 5] = ["additionalProperties", "allOf", "oneOf", "anyOf", "enum"];
    let is_object = schema.text("type").is_none_or(|kind| kind == "object");
    let names_none = schema.entries("properties").is_empty();
    is_object && names_none && !SAYS_MORE.iter().any(|key| schema.get(key).is_some())
}

/// Collects the pointers of all properties that are described by name.
fn pointers_in(schemas: &[At], value: &Value, at: &str, pointers: &mut Vec<String>) {
    let plain = plain(schemas, Variants::All);
    let described = properties(&plain);
    for (key, value) in value.as_object().into_iter().flatten() {
        let named = described.iter().find(|(known, _)| known == key);
        let pointer = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
        let inside = named.map_or_else(|| others(&plain), |(_, schemas)| schemas.clone());
        pointers_in(&inside, value, &pointer, pointers);
        pointers.extend(named.map(|_| pointer));
    }
    let items = crate::shown::items(&plain);
    for (index, value) in value.as_array().into_iter().flatten().enumerate() {
        pointers_in(&items, value, &format!("{at}/{index}"), pointers);
    }
}
