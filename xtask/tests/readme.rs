//! Links in the documentation point to existing files, and the code in the README compiles.

#![allow(clippy::unwrap_used, reason = "a test says where it stands what it did not find")]

mod common;

use std::fs;

use common::real_root;

/// The documentation files, with the folder that relative links start from.
const FILES: [(&str, &str); 7] = [
    ("README.md", ""),
    (".github/CONTRIBUTING.md", ".github"),
    ("generated-client/README.md", "generated-client"),
    ("generator/ARCHITECTURE.md", "generator"),
    ("openapi/README.md", "openapi"),
    ("xtask/BENCHMARKS.md", "xtask"),
    ("xtask/README.md", "xtask"),
];

fn read(name: &str) -> String {
    fs::read_to_string(real_root().join(name)).unwrap()
}

#[test]
fn links_lead_to_files_that_exist() {
    for (file, folder) in FILES {
        let text = read(file);
        let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for target in targets.filter(|target| !target.contains("://")) {
            assert!(real_root().join(folder).join(target).exists(), "{file} links to {target}");
        }
    }
}

#[test]
fn the_readme_is_short() {
    assert!(read("README.md").lines().count() <= 150);
}

#[test]
fn its_code_stands_in_the_readme_of_the_client() {
    // The code also occurs in the client's README, and the client's tests compile that.
    let client = read("generated-client/README.md");
    let readme = read("README.md");
    for block in readme.split("```rust\n").skip(1) {
        let code = block.split("```").next().unwrap();
        assert!(client.contains(code), "generated-client/README.md does not have this:\n{code}");
    }
}
