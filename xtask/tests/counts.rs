//! The generated code, and the memory allocations of the generator, have not grown by more than a tenth over the checked-in
//! counts.

#![allow(clippy::unwrap_used, reason = "a test says where it stands what it did not find")]

mod common;

use std::alloc::System;
use std::collections::BTreeMap;
use std::fs;

use common::{real_root, snapshot};
use seam_generator::{Options, Source, SourceTree, generate};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Counts by name, in tables.
type Counts = BTreeMap<String, BTreeMap<String, u64>>;

/// The comment at the top of the file.
const HEAD: &str = "# What does not depend on the machine. `cargo xtask bench counts --write` writes it; a test fails where a count has
# grown by more than a tenth.\n\n";

fn source(name: &str) -> Source {
    let text = fs::read_to_string(real_root().join(name)).unwrap();
    Source { name: name.to_owned(), text }
}

/// Counts files, lines and bytes of the library, and lines of the tests.
fn size<'a>(files: impl Iterator<Item = (&'a str, &'a str)>) -> BTreeMap<String, u64> {
    let mut size = BTreeMap::new();
    let mut add = |name: &str, count: usize| {
        *size.entry(name.to_owned()).or_default() += u64::try_from(count).unwrap();
    };
    for (path, text) in files {
        if path.starts_with("conformance/") || path == "round_trips.rs" {
            add("lines_of_tests", text.lines().count());
        } else {
            add("files", 1);
            add("lines", text.lines().count());
            add("bytes", text.len());
        }
    }
    size
}

/// Generates the client of the whole document, and counts the allocations.
fn whole() -> (SourceTree, u64) {
    let (document, overlay) = (source("openapi/openapi.json"), source("openapi/overlay.yaml"));
    let package = "seam-client".to_owned();
    let options = Options {
        undocumented: true,
        conformance: true,
        package,
        client: "Seam".to_owned(),
        ..Options::default()
    };
    let region = Region::new(ALLOCATOR);
    let generated = generate(&document, Some(&overlay), &options).unwrap();
    let used = region.change();
    (generated.tree, u64::try_from(used.allocations + used.reallocations).unwrap())
}

fn counts() -> Counts {
    let checked_in = snapshot(&real_root().join("generated-client/src/generated"));
    let checked_in =
        checked_in.iter().map(|(path, bytes)| (path.as_str(), std::str::from_utf8(bytes).unwrap()));
    let (tree, allocations) = whole();
    let mut undocumented = size(tree.iter());
    undocumented.insert("allocations".to_owned(), allocations);
    Counts::from([
        ("client".to_owned(), size(checked_in)),
        ("with_undocumented".to_owned(), undocumented),
    ])
}

#[test]
fn what_is_generated_and_what_that_takes_has_not_grown() {
    let counts = counts();
    if let Some(place) = std::env::var_os("WRITE_COUNTS") {
        fs::write(place, format!("{HEAD}{}", toml_edit::ser::to_string_pretty(&counts).unwrap()))
            .unwrap();
        return;
    }
    let text = fs::read_to_string(real_root().join("xtask/bench.toml")).unwrap();
    let before: toml_edit::DocumentMut = text.parse().unwrap();
    for (table, counts) in &counts {
        for (name, &now) in counts {
            // A missing count is 0, so the test fails.
            let before = before.get(table).and_then(|table| table.get(name)?.as_integer());
            let before = u64::try_from(before.unwrap_or_default()).unwrap();
            assert!(
                now * 10 <= before * 11,
                "{name} of {table}: {now}, and {before} in xtask/bench.toml; where that is as it should be, \
                 run: cargo xtask bench counts --write"
            );
        }
    }
}
