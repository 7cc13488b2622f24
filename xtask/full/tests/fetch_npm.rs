//! `fetch --npm`, with a stand-in for the `npm` program that provides a generated archive.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test says where it stands what it did not find")]

#[path = "../../tests/common/mod.rs"]
mod common;

use std::fs::{self, File};

use common::{CommandOutput, Repo, document, snapshot};
use flate2::Compression;
use flate2::write::GzEncoder;

const MODULE: &str = "package/lib/seam/connect/openapi.js";
const MANIFEST: &str =
    r#"{"name": "@seamapi/types", "version": "1.2.3", "scripts": {"install": "exit 1"}}"#;

/// Creates a package of these files, and a stand-in for `npm pack` that provides it.
fn package(repo: &Repo, files: &[(&str, &str)]) {
    let archive = File::create(repo.path("made.tgz")).unwrap();
    let mut builder = tar::Builder::new(GzEncoder::new(archive, Compression::fast()));
    for (name, text) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, text.as_bytes()).unwrap();
    }
    builder.into_inner().unwrap().finish().unwrap();
    let script = format!(
        "#!/bin/sh\necho \"$@\" >> '{}'\ncp '{}' \"$6/x.tgz\"\n",
        repo.path("asked").display(),
        repo.path("made.tgz").display()
    );
    repo.program("npm", &script);
}

fn run(repo: &Repo, args: &[&str]) -> CommandOutput {
    let path = format!("{}:/usr/bin:/bin", repo.path("bin").display());
    common::output_of(repo.command(args).env("PATH", path))
}

/// The document in the format of the package.
fn module(text: &str) -> String {
    let literal = text.replace("\"openapi\"", "openapi").replace("\"200\"", "200");
    format!("const openapi = {literal};\nexport default openapi;\n")
}

#[test]
fn the_document_is_read_out_of_the_package() {
    let repo = Repo::new();
    let text = document("New", &["/a/get", "/b/get"]);
    package(
        &repo,
        &[
            ("package/package.json", MANIFEST),
            ("package/lib/index.js", "x"),
            (MODULE, &module(&text)),
        ],
    );
    let output = run(&repo, &["fetch", "--npm", "1.2.3"]);
    assert_eq!(output.code, 0, "{output:#?}");
    assert!(output.stderr.contains("(npm:@seamapi/types@1.2.3)"), "{output:#?}");
    assert_eq!(repo.read("openapi/openapi.json"), text);
    assert!(repo.read("openapi/source.toml").contains("origin = \"npm:@seamapi/types@1.2.3\""));
    let asked = repo.read("asked");
    assert!(
        asked.contains("--ignore-scripts") && asked.contains("-- @seamapi/types@1.2.3"),
        "{asked}"
    );

    // A tag is recorded as the version that it stands for.
    let output = run(&repo, &["fetch", "--npm", "latest"]);
    assert!(output.stderr.contains("already up to date"), "{output:#?}");
}

#[test]
fn an_unusable_package_changes_nothing() {
    let repo = Repo::new();
    let before = snapshot(&repo.path("openapi"));
    let refused = |part: &str| {
        let output = run(&repo, &["fetch", "--npm", "1.2.3"]);
        assert_eq!(output.code, 2, "{part}: {output:#?}");
        assert!(output.stderr.contains(part), "{part}: {output:#?}");
        assert_eq!(snapshot(&repo.path("openapi")), before, "{part}");
    };
    let manifest = ("package/package.json", MANIFEST);
    let code = "const openapi = {\n  paths: build(),\n};\nexport default openapi;\n";
    package(&repo, &[manifest, (MODULE, code)]);
    refused("npm:@seamapi/types@1.2.3/lib/seam/connect/openapi.js:2:10: `build` is code, not data");
    package(
        &repo,
        &[
            manifest,
            (MODULE, &module("{openapi: '3.0.0', info: {title: 'x', version: '1'}, paths: {}}")),
        ],
    );
    refused("no operations");
    package(&repo, &[manifest]);
    refused("has no lib/seam/connect/openapi.js");
    package(&repo, &[(MODULE, &module("{}"))]);
    refused("has no package.json");
    fs::write(repo.path("made.tgz"), "not an archive").unwrap();
    refused("the archive of @seamapi/types@1.2.3 cannot be read");
    repo.program("npm", "#!/bin/sh\necho 'npm error code ETARGET' >&2\nexit 1\n");
    refused("npm error code ETARGET");
    repo.program("npm", "#!/bin/sh\nexit 0\n");
    refused("left no archive");
}

#[test]
fn a_missing_npm_is_named_with_the_other_ways() {
    let repo = Repo::new();
    let mut command = repo.command(&["fetch", "--npm", "1.2.3"]);
    let output = common::output_of(command.env("PATH", repo.path("bin")));
    assert_eq!(output.code, 2, "{output:#?}");
    assert!(output.stderr.contains("install Node.js, or use --url or --file"), "{output:#?}");
}

#[test]
fn a_version_to_try_the_generator_on_is_brought_once_and_only_the_pinned_one() {
    let repo = Repo::new();
    let text = document("Old", &["/a/get"]);
    package(&repo, &[("package/package.json", MANIFEST), (MODULE, &module(&text))]);
    repo.program("cargo", "#!/bin/sh\n");
    repo.write("Cargo.lock", "");
    let versions = || {
        let path = format!("{}:/usr/bin:/bin", repo.path("bin").display());
        let mut command = repo.command(&["versions"]);
        common::output_of(command.env("PATH", path).env("CARGO", repo.path("bin/cargo")))
    };
    repo.write("openapi/versions.toml", "[[version]]\nversion = \"1.2.3\"\nsha256 = \"00\"\n");
    let output = versions();
    assert_eq!(output.code, 2, "{output:#?}");
    let found = output.stderr.split("error: version 1.2.3 has the sha256 ").nth(1).unwrap();
    let (sha256, rest) = found.split_once(", and ").unwrap();
    assert_eq!(rest, "openapi/versions.toml says 00\n");
    let pinned = format!("[[version]]\nversion = \"1.2.3\"\nsha256 = \"{sha256}\"\n");
    repo.write("openapi/versions.toml", pinned);
    fs::remove_file(repo.path("asked")).unwrap();
    for _ in 0..2 {
        let output = versions();
        assert_eq!(output.code, 0, "{output:#?}");
        assert!(output.stdout.contains("1.2.3 "), "{output:#?}");
    }
    assert_eq!(repo.read("asked").lines().count(), 1);
}
