//! Decoding and encoding a sample gives the same JSON, for samples of each component schema and of each operation's
//! response. The samples are made from the document by code that the generator does not use.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use bytes::Bytes;
use reqwest::Method;
use reqwest::header::HeaderMap;
use seam_generator::Source;
use seam_generator::samples::{Sampler, Undocumented};
use serde_json::Value;

use super::super::{ANSWERS, SCHEMAS};
use super::fuzzed::Readers;
use super::same::difference;
use super::{RoundTrip, SCHEMA, exchange};
use crate::Seam;
use crate::operation::{ResponseShape, Operation};

#[test]
fn every_component_schema_gives_back_what_it_was_read_from() {
    let mut samples = Samples::new();
    for (name, round_trip) in SCHEMAS {
        let mut of_schema = samples.sampler.samples(&format!("/components/schemas/{name}"));
        // Nullability belongs to the reference and not to the type.
        of_schema.retain(|sample| !sample.is_null());
        samples.go_through(name, of_schema, &SCHEMA, *round_trip);
    }
    for (name, schema) in DOCUMENT["components"]["schemas"].as_object().unwrap() {
        let is_documented = schema.get("x-undocumented").is_none();
        if is_documented && !SCHEMAS.iter().any(|(known, _)| known == name) {
            samples.problems.push(format!("{name}: it is not read"));
        }
    }
    samples.finish(SCHEMAS.len());
}

#[test]
fn every_operations_answer_gives_back_what_it_was_read_from() {
    let mut samples = Samples::new();
    let described = samples.sampler.answers();
    for (operation, round_trip) in ANSWERS {
        let method = if operation.methods.contains(&Method::POST) {
            &Method::POST
        } else {
            &operation.methods[0]
        };
        let name = format!("{method} {}", operation.path);
        let mut all = described.iter().filter(|one| one.path == operation.path);
        match all.find(|one| one.method == method.as_str()).and_then(|one| one.schema.as_ref()) {
            Some(schema) => {
                let answers = samples.sampler.samples(schema);
                samples.go_through(&name, answers, operation, *round_trip);
            }
            None => samples.problems.push(format!("{name}: no answer is described")),
        }
    }
    for one in described.iter().filter(|one| one.schema.is_some()) {
        if !ANSWERS.iter().any(|(operation, _)| operation.path == one.path) {
            samples.problems.push(format!("{} {}: its answer is not read", one.method, one.path));
        }
    }
    samples.finish(ANSWERS.len());
}

/// Responses that once broke the client.
const FOUND: &str = "tests/round_trips/found";

/// The document with the overlay, from which the client was generated.
static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi");
    let [document, overlay] = ["openapi.json", "overlay.yaml"].map(|name| {
        let text = fs::read_to_string(folder.join(name)).unwrap();
        Source { name: name.to_owned(), text }
    });
    seam_generator::read(&document, Some(&overlay)).unwrap()
});

/// Decodes and encodes samples, and collects the problems.
struct Samples {
    sampler: Sampler<'static>,
    client: Seam,
    count: usize,
    problems: Vec<String>,
}

impl Samples {
    fn new() -> Self {
        Self {
            sampler: Sampler::new(&DOCUMENT, Undocumented::Excluded),
            client: Seam::builder().api_key("seam_k1_notforanylog").strict().build().unwrap(),
            count: 0,
            problems: Vec::new(),
        }
    }

    /// Decodes and encodes each sample of the schema or operation `name`.
    fn go_through(
        &mut self,
        name: &str,
        samples: Vec<Value>,
        operation: &'static Operation,
        round_trip: RoundTrip,
    ) {
        if samples.is_empty() {
            self.problems.push(format!("{name}: it has no sample"));
        }
        self.count += samples.len();
        for sample in samples {
            let wanted = match &operation.response {
                ResponseShape::Key(field) => &sample[field.key],
                _ => &sample,
            };
            let body = Bytes::from(sample.to_string());
            let problem = match round_trip(&exchange(&self.client, operation, body)) {
                Ok((written, repairs)) if repairs.is_empty() => difference(wanted, &written),
                Ok((_, repairs)) => Some(format!("a strict client repaired {repairs:?}")),
                Err(error) => Some(error.to_string()),
            };
            self.problems.extend(problem.map(|problem| format!("{name}: {problem}")));
        }
    }

    fn finish(self, types: usize) {
        let Self { count, problems, .. } = self;
        println!("{count} samples of {types} types");
        let shown = &problems[..problems.len().min(20)];
        assert!(problems.is_empty(), "{} problems\n{}", problems.len(), shown.join("\n"));
    }
}

#[test]
fn what_is_true_of_any_answer_is_true_of_those_that_were_found() {
    let readers = Readers::new();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(FOUND)).unwrap() {
        let (path, input) = (entry.as_ref().unwrap().path(), fs::read(entry.unwrap().path()));
        println!("{}", path.display());
        let input = input.unwrap();
        let end = input.iter().position(|byte| *byte == b'\n').unwrap();
        let (name, body) = (str::from_utf8(&input[..end]).unwrap(), &input[end + 1..]);
        let answer = ANSWERS.iter().find(|(operation, _)| operation.path == name);
        let schema = SCHEMAS.iter().find(|(known, _)| *known == name);
        match (name.strip_prefix("failure "), answer, schema) {
            (Some(status), ..) => {
                readers.failure(status.parse().unwrap(), &HeaderMap::new(), body);
            }
            (_, Some((operation, read)), _) => readers.answer(operation, *read, body),
            (.., Some((_, read))) => readers.answer(&SCHEMA, *read, body),
            _ => panic!("{}: `{name}` is nothing that is read", path.display()),
        }
    }
}
