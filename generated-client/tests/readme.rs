//! The code in the README is part of an example or a test, and the tests that tests/README.md lists exist.

#![allow(clippy::unwrap_used, reason = "a test says where it stands what it did not find")]

use std::fs;
use std::path::Path;

const README: &str = include_str!("../README.md");
const SHOWN: &str = include_str!("README.md");

/// The lines without their indentation, which differs.
fn lines(text: &str) -> Vec<&str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
}

const EXAMPLES: [&str; 9] = [
    include_str!("../examples/access_code.rs"),
    include_str!("../examples/authenticate.rs"),
    include_str!("../examples/devices.rs"),
    include_str!("../examples/errors.rs"),
    include_str!("../examples/first_call.rs"),
    include_str!("../examples/patience.rs"),
    include_str!("../examples/unlock.rs"),
    include_str!("../examples/webhook.rs"),
    include_str!("fake.rs"),
];

#[test]
fn the_code_in_the_readme_stands_in_an_example() {
    let examples = EXAMPLES.map(lines);
    let blocks: Vec<_> = README.split("```rust\n").skip(1).collect();
    assert!(!blocks.is_empty(), "the README has no code");
    for block in blocks {
        let code = lines(block.split("```").next().unwrap_or_default());
        let has = |example: &Vec<&str>| example.windows(code.len()).any(|window| window == code);
        assert!(
            examples.iter().any(has),
            "no example has this code of the README:\n{}",
            code.join("\n")
        );
    }
}

#[test]
fn each_row_of_what_the_tests_show_names_tests_that_exist() {
    let (table, _) = SHOWN.split_once("\n## ").unwrap();
    let rows: Vec<&str> = table.lines().filter(|line| line.starts_with("| ")).skip(1).collect();
    assert!(rows.len() > 20, "{table}");
    for row in rows {
        let tests: Vec<_> = row.split('`').filter_map(|code| code.split_once("::")).collect();
        assert!(!tests.is_empty(), "no test shows this: {row}");
        for (file, test) in tests {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
            let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{file}: {error}"));
            let at =
                text.find(&format!("fn {test}(")).unwrap_or_else(|| panic!("{file} has no {test}"));
            // Another function may have the same name.
            let before = text[..at].trim_end().trim_end_matches("async");
            let attributes = before.rsplit("\n}").next().unwrap();
            assert!(attributes.contains("test"), "{test} of {file} is no test");
        }
    }
}
