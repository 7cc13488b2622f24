//! Documents whose names are hostile: they differ only in case or punctuation, are keywords, are what Rust, the runtime or the
//! generator calls something else, or are not ASCII. The same number gives the same document.

use serde_json::{Map, Value, json};

/// Names by what is hostile about them, with a bar between two.
const NAMES: [&str; 8] = [
    // Case and punctuation.
    "foo|Foo|FOO|fOO|fooBar|FooBar|foo_bar|foo-bar|foo.bar|foo bar|foo__bar|_foo|foo_|-foo|foo[]|\
     foo{}|foos|Foos|foo_item|*|+|-|| |_|__|@type|#|%|\"|\\|'|<=|>=|a:b|a,b",
    // Digits.
    "1|2|2fa|1.0|10|v1|v_1|V1|v1_2|v12|007|foo1|foo_1|foo2|foo_2|Foo2|foo_bar_2|_2fa",
    // Keywords.
    "self|Self|super|crate|type|Type|fn|mod|use|async|await|dyn|gen|try|union|r#type|true|false|\
     static|const|match|impl|where|macro|yield|box|override|auto|default|raw|safe",
    // The prelude, primitive types and crates.
    "Option|option|Vec|String|Result|Box|Ok|Err|Some|None|From|Into|AsRef|IntoIterator|Iterator|\
     Default|Clone|Copy|Send|Future|std|core|alloc|serde|serde_json|jiff|bytes|reqwest|tokio|str|\
     bool|char|i64|u8|f64|usize|Sized|Drop|ToString|Debug",
    // The runtime.
    "Client|client|ClientBuilder|builder|with|call|context|clone|new|options|response|send|items|\
     pages|wait|cursor|fields|request|Operation|OPERATION|PAGING|POLLING|Scalar|Input|Method|\
     Parameter|PendingRequest|RequestParts|ResponseShape|Style|Effect|Scheme|Error|api|ids|\
     models|json|security|generated|macros|Unrecognized|as_str|known|neutral|slot|view|tag|key|\
     index|value|text|Response|CallOptions|ResponseFuture|File|Items|Pages|blocking|parts",
    // What is derived from others.
    "foo_null|fooNull|foo_null_2|foo_request|FooRequest|foo_response|foo_id|FooType|foo_type|\
     OptionType|failure_404|Failure404|FooValue|additional_properties|clone_|new_|self_|send_2|\
     wait_2|unrecognized|root|empty|symbol|star|choice|body|query_foo|foo_0|case|calls|try_into",
    // Files.
    "aux|con|nul|COM1|lpt9|lib|main|tests|mod_|target",
    // Letters of other alphabets, in several spellings, and what is no letter.
    "größe|Größe|GRÖSSE|grosse|groesse|é|e\u{301}|É|日本|日|日_本|ß|ss|ﬁ|fi|²|m²|m2|ĸ|İ|ı|i|п|П|а|Δ|\
     हिन्दी|🦀|🦀foo|foo\u{200b}bar|\u{202e}foo|٣|Å|\u{212b}|ªb|ⅷ|ﾊﾟ|パ|ǆ|ŉ",
];

/// Numbers that look random and are the same in every run (splitmix64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % (limit.max(1) as u64)).unwrap_or(0)
    }

    fn is_one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }

    /// A name. Half of them are of the first kinds, so that many are alike.
    fn name(&mut self) -> &'static str {
        let kind = if self.is_one_in(2) { self.below(2) } else { self.below(NAMES.len()) };
        let names: Vec<&str> = NAMES[kind].split('|').collect();
        self.of(&names)
    }

    /// Several names, each once.
    fn names(&mut self, count: usize) -> Vec<&'static str> {
        let mut names: Vec<&str> = (0..count).map(|_| self.name()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

/// The document of a number.
pub(crate) fn document(number: u64, size: usize) -> Value {
    let mut numbers = Numbers(number);
    let schemas = numbers.names(size);
    let schemes = numbers.names(size / 4 + 1);
    let mut paths = Map::new();
    for index in 0..size {
        let (path, item) = path(&mut numbers, index, &schemas, &schemes);
        paths.insert(path, item);
    }
    let described: Map<String, Value> = (schemas.iter())
        .map(|name| ((*name).to_owned(), component(&mut numbers, &schemas)))
        .collect();
    let key = |name: &&str| {
        ((*name).to_owned(), json!({ "type": "apiKey", "in": "header", "name": "key" }))
    };
    let schemes: Map<String, Value> = schemes.iter().map(key).collect();
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Hostile", "version": "1" },
        "servers": [{ "url": "https://example.com" }],
        "paths": paths,
        "components": { "schemas": described, "securitySchemes": schemes },
    })
}

fn path(
    numbers: &mut Numbers,
    index: usize,
    schemas: &[&str],
    schemes: &[&str],
) -> (String, Value) {
    let segments: Vec<String> = (0..=numbers.below(3))
        .map(|_| {
            let name: String = numbers.name().chars().filter(|c| !"{}?#/".contains(*c)).collect();
            if numbers.is_one_in(5) && !name.is_empty() { format!("{{{name}}}") } else { name }
        })
        .collect();
    let mut item = Map::new();
    for verb in ["get", "post", "put"] {
        if verb == "get" || numbers.is_one_in(3) {
            item.insert(
                verb.to_owned(),
                operation(numbers, index, schemas, schemes, verb != "get"),
            );
        }
    }
    (format!("/{}", segments.join("/")), Value::Object(item))
}

fn operation(
    numbers: &mut Numbers,
    index: usize,
    schemas: &[&str],
    schemes: &[&str],
    has_body: bool,
) -> Value {
    let mut operation = Map::new();
    match numbers.below(4) {
        0 => drop(operation.insert("tags".to_owned(), json!([numbers.name()]))),
        1 => {
            let group: Vec<&str> = (0..=numbers.below(3)).map(|_| numbers.name()).collect();
            operation.insert("x-fern-sdk-group-name".to_owned(), json!(group));
            // Two paths of one name are refused.
            let name = format!("{}_at_{index}", numbers.name());
            operation.insert("x-fern-sdk-method-name".to_owned(), json!(name));
        }
        _ => {}
    }
    if numbers.is_one_in(2) {
        operation.insert("operationId".to_owned(), json!(numbers.name()));
    }
    let parameters: Vec<Value> = (numbers.names(4).into_iter())
        .map(|name| {
            let (is_required, is_nullable) = (numbers.is_one_in(2), numbers.is_one_in(3));
            let schema = json!({ "type": numbers.of(&["string", "integer", "boolean"]), "nullable": is_nullable });
            json!({ "name": name, "in": "query", "required": is_required, "schema": schema })
        })
        .collect();
    operation.insert("parameters".to_owned(), json!(parameters));
    if has_body {
        let schema = if numbers.is_one_in(3) {
            choice(numbers, schemas)
        } else {
            object(numbers, schemas, 2)
        };
        let content = json!({ "application/json": { "schema": schema } });
        operation.insert("requestBody".to_owned(), json!({ "required": true, "content": content }));
    }
    let mut responses = Map::new();
    for status in ["200", "404", "4XX", "default"] {
        if status == "200" || numbers.is_one_in(4) {
            let schema = schema(numbers, schemas, 1);
            let content = json!({ "application/json": { "schema": schema } });
            responses.insert(status.to_owned(), json!({ "description": "", "content": content }));
        }
    }
    operation.insert("responses".to_owned(), Value::Object(responses));
    operation.insert("security".to_owned(), json!([{ numbers.of(schemes): [] }]));
    Value::Object(operation)
}

/// A body with parameters that exclude each other.
fn choice(numbers: &mut Numbers, schemas: &[&str]) -> Value {
    let mut body = object(numbers, schemas, 1);
    let arms: Vec<Value> = (numbers.names(3).into_iter())
        .map(|name| {
            json!({ "type": "object", "required": [name], "properties": { name: schema(numbers, schemas, 1) } })
        })
        .collect();
    if arms.len() > 1 {
        body["title"] = json!(numbers.name());
        body["oneOf"] = json!(arms);
    }
    body
}

fn component(numbers: &mut Numbers, schemas: &[&str]) -> Value {
    match numbers.below(6) {
        0 => json!({ "type": "string", "enum": numbers.names(6) }),
        1 => union(numbers, schemas),
        _ => object(numbers, schemas, 2),
    }
}

fn object(numbers: &mut Numbers, schemas: &[&str], depth: usize) -> Value {
    let names = numbers.names(4);
    let required: Vec<&str> = names.iter().copied().filter(|_| numbers.is_one_in(2)).collect();
    let properties: Map<String, Value> = (names.iter())
        .map(|name| ((*name).to_owned(), schema(numbers, schemas, depth - 1)))
        .collect();
    let mut object = json!({ "type": "object", "properties": properties });
    if !required.is_empty() {
        object["required"] = json!(required);
    }
    if numbers.is_one_in(4) {
        object["additionalProperties"] = json!({ "type": "string" });
    }
    object
}

/// Objects that a property tells apart.
fn union(numbers: &mut Numbers, schemas: &[&str]) -> Value {
    let key = numbers.name();
    let variants: Vec<Value> = (numbers.names(3).into_iter())
        .map(|tag| {
            let mut variant = object(numbers, schemas, 1);
            variant["properties"][key] = json!({ "type": "string", "enum": [tag] });
            variant["required"] = json!([key]);
            variant
        })
        .collect();
    json!({ "oneOf": variants, "discriminator": { "propertyName": key } })
}

fn schema(numbers: &mut Numbers, schemas: &[&str], depth: usize) -> Value {
    let is_nullable = numbers.is_one_in(3);
    match numbers.below(if depth == 0 { 5 } else { 9 }) {
        0 => json!({ "type": "string", "nullable": is_nullable }),
        1 => {
            json!({ "type": numbers.of(&["integer", "number", "boolean"]), "nullable": is_nullable })
        }
        2 => json!({ "type": "string", "enum": numbers.names(5), "nullable": is_nullable }),
        3 => json!({ "$ref": reference(numbers.of(schemas)) }),
        4 => {
            json!({ "oneOf": [{ "type": "string" }, { "type": "boolean" }, { "type": "integer" }] })
        }
        5 => json!({ "type": "array", "items": object(numbers, schemas, depth) }),
        6 => union(numbers, schemas),
        7 => json!({ "oneOf": [object(numbers, schemas, depth), { "type": "string" }] }),
        _ => object(numbers, schemas, depth),
    }
}

fn reference(schema: &str) -> String {
    let escaped = schema.replace('~', "~0").replace('/', "~1");
    let encoded = escaped.bytes().map(|byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'-' | b'.' | b'~' => {
            char::from(byte).to_string()
        }
        byte => format!("%{byte:02X}"),
    });
    format!("#/components/schemas/{}", encoded.collect::<String>())
}
