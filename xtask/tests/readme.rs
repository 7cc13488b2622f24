//! What the README names is there, and its code is code that compiles.

#![allow(clippy::unwrap_used, reason = "a test says where it stands what it did not find")]

mod common;

use std::fs;

use common::real_root;

fn read(name: &str) -> String {
    fs::read_to_string(real_root().join(name)).unwrap()
}

#[test]
fn what_is_linked_to_is_there() {
    for (file, folder) in [("README.md", ""), ("openapi/README.md", "openapi")] {
        let text = read(file);
        let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for target in targets.filter(|target| !target.contains("://")) {
            assert!(real_root().join(folder).join(target).exists(), "{file} links to {target}");
        }
    }
}

#[test]
fn its_code_stands_in_the_readme_of_the_client() {
    // The tests of the client see to it that it compiles there.
    let client = read("generated-client/README.md");
    let readme = read("README.md");
    for block in readme.split("```rust\n").skip(1) {
        let code = block.split("```").next().unwrap();
        assert!(client.contains(code), "generated-client/README.md does not have this:\n{code}");
    }
}
