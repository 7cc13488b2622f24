//! The table at the end of `generate` matches the real document, which this test counts in another way.

#![allow(clippy::unwrap_used, reason = "a test says where it stands what it did not find")]

mod common;

use common::{Repo, real_root, snapshot};
use serde_json::Value;

/// Parses the lines of the table: the label, and the numbers of operations, parameters, properties and schemas.
fn lines(table: &str) -> Vec<(String, [usize; 4])> {
    let lines = table.lines().skip(2).map(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let (name, cells) = words.split_at(words.len() - 4);
        let numbers = cells.iter().map(|cell| if *cell == "-" { 0 } else { cell.parse().unwrap() });
        (name.join(" "), numbers.collect::<Vec<usize>>().try_into().unwrap())
    });
    lines.collect()
}

#[test]
fn every_documented_path_has_a_method_and_everything_is_accounted_for() {
    let repo = Repo::new();
    for (name, bytes) in snapshot(&real_root().join("openapi")) {
        repo.write(&format!("openapi/{name}"), bytes);
    }
    let document: Value = serde_json::from_str(&repo.read("openapi/openapi.json")).unwrap();
    let is_shown = |operation: &Value| operation["x-undocumented"].is_null();
    let paths = document["paths"].as_object().unwrap();
    let operations = paths.values().flat_map(|path| path.as_object().unwrap().values());
    let (operations, shown): (usize, usize) =
        operations.fold((0, 0), |(all, shown), one| (all + 1, shown + usize::from(is_shown(one))));
    let documented = paths.values().filter(|path| path.as_object().unwrap().values().any(is_shown));
    let documented = documented.count();

    let table = repo.expect(0, &["generate"]).stdout;
    let first = format!("{documented} methods for {documented} of {} paths", paths.len());
    assert_eq!(table.lines().next(), Some(&*first));
    let lines = lines(&table);
    let about = |name: &str| lines.iter().find(|(other, _)| other == name).unwrap().1;
    assert_eq!(about("in the document")[0], operations);
    assert_eq!(about("generated")[0], documented);
    assert_eq!(about("undocumented")[0], operations - shown);
    for column in 0..4 {
        let accounted: usize = lines[1..].iter().map(|(_, numbers)| numbers[column]).sum();
        assert_eq!(about("in the document")[column], accounted, "{table}");
    }
    // `--check` does not print the table.
    assert_eq!(repo.expect(0, &["generate", "--check"]).stdout, "");
}
