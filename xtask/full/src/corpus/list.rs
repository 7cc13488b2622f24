//! `xtask/corpus.toml`: documents with the expected results.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use toml_edit::{ArrayOfTables, DocumentMut, InlineTable, Item, Table, Value, value};

use xtask::repo::Repo;

use super::client::{Client, Compiled, Tested};

/// The list of documents.
pub(super) const CORPUS: &str = "xtask/corpus.toml";
/// The factor by which the lines may grow or shrink.
const GROWTH: f64 = 1.1;
/// The key of the documents in the file.
const DOCUMENTS: &str = "document";

/// The documents, in the order of the file.
pub(super) struct List {
    text: String,
    pub(super) documents: Vec<Listed>,
}

/// A document with the expected results.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Listed {
    /// The npm package that contains it: `NAME@VERSION`.
    pub(super) package: String,
    /// Its path in the package.
    pub(super) path: String,
    /// The hash of its bytes.
    pub(super) sha256: String,
    #[serde(default)]
    operations: usize,
    #[serde(default)]
    lines: usize,
    #[serde(default)]
    any_json: usize,
    #[serde(default)]
    any_json_described: usize,
    #[serde(default)]
    calls: usize,
    #[serde(default)]
    calls_passed: usize,
    #[serde(default)]
    diagnostics: BTreeMap<String, usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    document: Vec<Listed>,
}

impl List {
    pub(super) fn read(repo: &Repo) -> Result<Self> {
        let text = repo.read(CORPUS, "restore it from git")?;
        let file: File =
            toml_edit::de::from_str(&text).with_context(|| format!("{CORPUS} cannot be used"))?;
        ensure!(!file.document.is_empty(), "{CORPUS} lists no document");
        Ok(Self { text, documents: file.document })
    }

    /// Writes the results into the file, as the expected ones.
    pub(super) fn write(&mut self, repo: &Repo, clients: &[Client]) -> Result<()> {
        let mut file: DocumentMut = self.text.parse()?;
        let tables = file.get_mut(DOCUMENTS).and_then(Item::as_array_of_tables_mut);
        let tables = tables.into_iter().flat_map(ArrayOfTables::iter_mut);
        for (table, client) in tables.zip(clients) {
            expect(table, client);
        }
        fs::write(repo.path(CORPUS), file.to_string())
            .with_context(|| format!("{CORPUS} cannot be written"))
    }
}

/// Writes the results into the table of a document.
fn expect(table: &mut Table, client: &Client) {
    let mut set = |key: &str, count: usize| {
        table.insert(key, value(i64::try_from(count).unwrap_or(i64::MAX)));
    };
    set("operations", client.operations);
    set("lines", client.lines);
    set("any_json", client.any_json.places);
    set("any_json_described", client.any_json.described.len());
    if let Ok(calls) = &client.calls {
        set("calls", calls.made);
        set("calls_passed", calls.passed);
    }
    let counts = client.diagnostics.iter();
    let counts = counts.map(|(code, count)| (*code, i64::try_from(*count).unwrap_or(i64::MAX)));
    let counts: InlineTable = counts.map(|(code, count)| (code, Value::from(count))).collect();
    table.insert("diagnostics", value(counts));
}

impl Listed {
    /// Describes where the results differ from the expected ones.
    pub(super) fn differences(&self, client: &Client, tested: Tested) -> Vec<String> {
        let mut differences = Vec::new();
        let mut compare = |what: &str, expected: usize, found: usize| {
            if expected != found {
                differences.push(format!("{what}: {found}, and {expected} were expected"));
            }
        };
        compare("operations", self.operations, client.operations);
        compare("places that are any JSON", self.any_json, client.any_json.places);
        let described = client.any_json.described.len();
        compare("described places that are any JSON", self.any_json_described, described);
        if tested == Tested::Yes {
            let calls = client.calls.as_ref().map_or((0, 0), |calls| (calls.made, calls.passed));
            compare("calls", self.calls, calls.0);
            compare("calls that pass", self.calls_passed, calls.1);
        }
        let codes = self.diagnostics.keys().map(String::as_str);
        for code in codes.chain(client.diagnostics.keys().copied()).collect::<BTreeSet<_>>() {
            let expected = self.diagnostics.get(code).copied().unwrap_or(0);
            compare(code, expected, client.diagnostics.get(code).copied().unwrap_or(0));
        }
        let ratio = client.lines as f64 / self.lines as f64;
        if !(1.0 / GROWTH..=GROWTH).contains(&ratio) {
            let (found, expected) = (client.lines, self.lines);
            differences.push(format!("lines: {found}, and about {expected} were expected"));
        }
        match client.compiled {
            Compiled::Yes(_) => {}
            Compiled::No => differences.push("it does not compile".to_owned()),
            Compiled::Refused => differences.push("it is refused".to_owned()),
        }
        differences
    }
}
