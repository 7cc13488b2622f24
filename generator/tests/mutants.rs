//! Mutated documents: parts of a fixture are deleted, renamed, replaced or duplicated at random. The generator must not
//! panic, must explain each rejection, and must account for every part of each accepted document.
//!
//! The mutants are the same in every run. `MUTANTS=200000 cargo test -p seam-generator --test mutants` tries more of them.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so where it stands"
)]

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use seam_generator::{Options, Source, generate};
use serde_json::Value;

/// The number of mutants by default, and in the thorough test of `cargo xtask test --all`.
const SOME: usize = 1_000;
const MANY: usize = 20_000;

/// A pseudo-random number generator with the same numbers in every run (splitmix64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % (limit.max(1) as u64)).unwrap_or(0)
    }
}

#[test]
fn no_mutant_makes_the_generator_panic_or_lose_something() {
    let count = std::env::var("MUTANTS").ok().and_then(|count| count.parse().ok());
    try_mutants(count.unwrap_or(SOME));
}

#[test]
#[ignore = "thorough: takes a minute"]
fn no_mutant_of_many_makes_the_generator_panic_or_lose_something() {
    try_mutants(MANY);
}

fn try_mutants(count: usize) {
    let documents = documents();
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let outcomes = std::thread::scope(|scope| {
        let documents = &documents;
        let worker = |first| scope.spawn(move || tried(documents, (first..count).step_by(workers)));
        let running: Vec<_> = (0..workers).map(worker).collect();
        let ended = running.into_iter().map(|worker| worker.join());
        ended.collect::<Result<Vec<_>, _>>()
    });
    let outcomes = outcomes.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    let (accepted, refused) =
        outcomes.iter().fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1));
    println!("{count} mutants: {accepted} accepted, {refused} refused");
    // If nearly all or nearly none are rejected, the mutations are too strong or too weak to find anything.
    assert!(accepted > count / 20 && refused > count / 20);
}

/// Counts the accepted and the rejected mutants.
fn tried(documents: &[Value], mutants: impl Iterator<Item = usize>) -> (usize, usize) {
    let (mut accepted, mut refused) = (0, 0);
    for mutant in mutants {
        let mut numbers = Numbers(mutant as u64);
        let mut document = documents[mutant % documents.len()].clone();
        for _ in 0..=numbers.below(3) {
            mutate(&mut document, &mut numbers);
        }
        let options = options(&document, mutant % 3);
        match attempt(&document, &options) {
            Ok(true) => accepted += 1,
            Ok(false) => refused += 1,
            Err(fault) => panic!("mutant {mutant} made the generator {fault}: {document}"),
        }
    }
    (accepted, refused)
}

/// The fixtures of the golden tests, which are small and together have every feature.
fn documents() -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .expect("the fixtures are there")
        .map(|entry| entry.expect("they can be listed").path())
        .filter(|path| !path.to_string_lossy().ends_with(".overlay.yaml"))
        .collect();
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let text = fs::read_to_string(path).expect("it can be read");
        let mut yaml: serde_yaml::Value = serde_yaml::from_str(&text).expect("it is YAML");
        yaml.apply_merge().expect("what it merges are objects");
        // Unquoted status codes are numbers in YAML, and JSON only has string keys.
        serde_json::to_value(stringly(yaml)).expect("it is JSON too")
    };
    paths.iter().map(read).collect()
}

fn stringly(yaml: serde_yaml::Value) -> serde_yaml::Value {
    match yaml {
        serde_yaml::Value::Mapping(entries) => {
            let entries = entries.into_iter().map(|(key, value)| {
                let key = match key {
                    serde_yaml::Value::Number(number) => number.to_string().into(),
                    other => other,
                };
                (key, stringly(value))
            });
            serde_yaml::Value::Mapping(entries.collect())
        }
        serde_yaml::Value::Sequence(elements) => {
            serde_yaml::Value::Sequence(elements.into_iter().map(stringly).collect())
        }
        other => other,
    }
}

/// Options for documented operations, for all operations, or for one path.
fn options(document: &Value, which: usize) -> Options {
    let paths = document.get("paths").and_then(Value::as_object);
    let first = paths.and_then(|paths| paths.keys().next().cloned());
    Options {
        only: if which == 2 { first.into_iter().collect() } else { Vec::new() },
        undocumented: which == 1,
        package: "mutant".to_owned(),
        conformance: true,
        ..Options::default()
    }
}

/// Whether the generator accepts a document, or how the generator failed.
fn attempt(document: &Value, options: &Options) -> Result<bool, String> {
    let source = Source { name: "mutant.json".to_owned(), text: document.to_string() };
    let run = catch_unwind(AssertUnwindSafe(|| generate(&source, None, options)));
    let diagnostics = match run.map_err(|_| "panic")? {
        Ok(_) => return Ok(true),
        Err(diagnostics) => diagnostics,
    };
    match diagnostics.iter().find(|one| matches!(one.code, "internal" | "uncounted")) {
        Some(fault) => Err(format!("say {fault}")),
        None if diagnostics.is_empty() => Err("refuse without a word".to_owned()),
        None => Ok(false),
    }
}

/// Mutates one node.
fn mutate(document: &mut Value, numbers: &mut Numbers) {
    let mut node = document;
    // Walk down, usually far, because the interesting nodes are deep.
    loop {
        let children = match &*node {
            Value::Object(entries) => entries.len(),
            Value::Array(elements) => elements.len(),
            _ => 0,
        };
        if children == 0 || numbers.below(8) == 0 {
            break;
        }
        let child = numbers.below(children);
        let deeper = match node {
            Value::Object(entries) => entries.values_mut().nth(child),
            Value::Array(elements) => elements.get_mut(child),
            _ => None,
        };
        match deeper {
            Some(deeper) => node = deeper,
            None => return,
        }
    }
    *node = match node {
        Value::Object(entries) if !entries.is_empty() => {
            let key = entries.keys().nth(numbers.below(entries.len())).cloned().unwrap_or_default();
            break_entry(entries, &key, numbers);
            return;
        }
        Value::Array(elements) if !elements.is_empty() => {
            let index = numbers.below(elements.len());
            match numbers.below(3) {
                0 => drop(elements.remove(index)),
                1 => elements.push(elements[index].clone()),
                _ => elements[index] = other(numbers),
            }
            return;
        }
        _ => other(numbers),
    };
}

fn break_entry(entries: &mut serde_json::Map<String, Value>, key: &str, numbers: &mut Numbers) {
    const KEYS: [&str; 16] = [
        "$ref",
        "type",
        "oneOf",
        "allOf",
        "anyOf",
        "not",
        "enum",
        "items",
        "required",
        "nullable",
        "properties",
        "discriminator",
        "additionalProperties",
        "format",
        "self",
        "",
    ];
    let value = entries.get(key).cloned().unwrap_or_default();
    match numbers.below(4) {
        0 => drop(entries.remove(key)),
        1 => {
            entries.remove(key);
            entries.insert(KEYS[numbers.below(KEYS.len())].to_owned(), value);
        }
        2 => drop(entries.insert(format!("{key}_"), value)),
        _ => drop(entries.insert(key.to_owned(), other(numbers))),
    }
}

fn other(numbers: &mut Numbers) -> Value {
    const TEXTS: [&str; 14] = [
        "",
        "object",
        "array",
        "string",
        "boolean",
        "integer",
        "a\"b\\c\n",
        "日本",
        "date-time",
        "uuid",
        "#/components/schemas/tree",
        "#/components/schemas/nothing",
        "*/ // \u{202e}",
        "r#type",
    ];
    match numbers.below(8) {
        0 => Value::Null,
        1 => Value::Bool(numbers.below(2) == 0),
        2 => Value::from(-1.5e300),
        3 => Value::from(u64::MAX),
        4 => Value::Array(vec![Value::from("a"), Value::from("a")]),
        5 => serde_json::json!({ "type": "object", "properties": { "x": { "type": "string" } } }),
        6 => serde_json::json!({ "oneOf": [{ "$ref": "#/components/schemas/tree" }] }),
        _ => Value::from(TEXTS[numbers.below(TEXTS.len())]),
    }
}
