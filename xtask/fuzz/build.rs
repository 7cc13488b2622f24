//! Declares the client's features for parts of the API as features of this package: a target compiles the client's sources
//! with the whole API.

use std::fs;

const MANIFEST: &str = "../../generated-client/Cargo.toml";

fn main() {
    println!("cargo::rerun-if-changed={MANIFEST}");
    let manifest = fs::read_to_string(MANIFEST).expect("the client has a manifest");
    let named = manifest.lines().filter_map(|line| line.split_once(" = [").map(|(name, _)| name));
    for feature in named.filter(|name| *name == "api" || name.starts_with("api-")) {
        println!("cargo::rustc-cfg=feature={feature:?}");
    }
}
