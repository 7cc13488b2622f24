//! `fetch` from files, and how it treats unusable documents.

#![allow(clippy::unwrap_used, reason = "a test says where it stands what it did not find")]

#[path = "../../tests/common/mod.rs"]
mod common;

use std::fs;

use common::{Repo, document, real_root, sha256, snapshot};

/// Unusable documents, each with a part of the expected error message.
const UNUSABLE: [(&str, &str, &str); 7] = [
    ("page.json", "<!DOCTYPE html><html><body>Sign in</body></html>", "page.json"),
    ("cut.json", "{\"openapi\": \"3.0.0\", \"info\": {\"title\": \"x\", \"ver", "cut.json:1:"),
    (
        "two.json",
        "{\"swagger\": \"2.0\", \"info\": {\"title\": \"x\", \"version\": \"1\"}, \"paths\": {}}",
        "two.json",
    ),
    (
        "newer.json",
        "{\"openapi\": \"4.0.0\", \"info\": {\"title\": \"x\", \"version\": \"1\"}, \"paths\": {}}",
        "4.0",
    ),
    (
        "nothing.json",
        "{\"openapi\": \"3.0.0\", \"info\": {\"title\": \"x\", \"version\": \"1\"}, \"paths\": {}}",
        "no operations",
    ),
    ("list.json", "[1, 2]", "list.json"),
    ("empty.json", "", "empty.json"),
];

#[test]
fn a_file_replaces_document_and_record() {
    let repo = Repo::new();
    repo.write("openapi/overlay.yaml", "overlay: 1.0.0\n");
    repo.write("openapi/notes/why.md", "because\n");
    let url = "url = \"https://example.com/openapi.json\"\n";
    repo.write("openapi/source.toml", url);
    let compact: serde_json::Value =
        serde_json::from_str(&document("New", &["/b/get", "/a/get"])).unwrap();
    repo.write("elsewhere/new.json", format!("\u{feff}{compact}"));

    let output = repo.expect(0, &["fetch", "--file", "elsewhere/new.json"]);
    assert_eq!(output.stdout, "");
    let summary =
        "openapi/openapi.json: 2 paths, 2 operations, before 1 path, 1 operation (file:new.json)\n";
    assert_eq!(output.stderr, summary);
    assert_eq!(repo.read("openapi/openapi.json"), document("New", &["/b/get", "/a/get"]));
    assert_eq!(repo.read("openapi/overlay.yaml"), "overlay: 1.0.0\n");
    assert_eq!(repo.read("openapi/notes/why.md"), "because\n");
    let record = repo.read("openapi/source.toml");
    let lines: Vec<&str> = record.lines().collect();
    assert!(lines[0].starts_with("# "), "{record}");
    assert_eq!(lines[1..3], [url.trim_end(), "origin = \"file:new.json\""]);
    let published = sha256(&fs::read(repo.path("elsewhere/new.json")).unwrap());
    let kept = sha256(repo.read("openapi/openapi.json").as_bytes());
    assert_eq!(lines[3], format!("sha256 = \"{published}\""));
    assert_eq!(lines[4], format!("kept-sha256 = \"{kept}\""));
    assert!(lines[5].starts_with("date = \"20"), "{record}");
    assert_eq!(lines[5].len(), "date = \"2026-11-21\"".len(), "{record}");
    assert_eq!(lines.len(), 6, "{record}");

    let before = fs::metadata(repo.path("openapi")).unwrap().modified().unwrap();
    let output = repo.expect(0, &["fetch", "--file", "elsewhere/new.json"]);
    assert!(output.stderr.contains("already up to date"), "{output:#?}");
    assert_eq!(fs::metadata(repo.path("openapi")).unwrap().modified().unwrap(), before);
}

#[test]
fn a_document_is_kept_as_it_was_published() {
    let repo = Repo::new();
    let published = serde_json::json!({
        "openapi": "3.1.0",
        "info": {"title": "New", "version": "1", "description": ["OK"]},
        "paths": {"/a/get": {"get": {"responses": {"200": {
            "description": "OK",
            "content": {"application/json": {"schema": {
                "type": ["object", "null"],
                "properties": {"a": {"type": ["string", "null"], "const": "a"}},
                "required": true,
            }}},
        }}}}},
    });
    repo.write("new.json", published.to_string());
    repo.expect(0, &["fetch", "--file", "new.json"]);
    let kept: serde_json::Value = serde_json::from_str(&repo.read("openapi/openapi.json")).unwrap();
    assert_eq!(kept, published);
}

#[test]
fn the_same_document_from_elsewhere_changes_the_record_only() {
    let repo = Repo::new();
    let text = repo.read("openapi/openapi.json");
    repo.write("one.json", &text);
    repo.write("two.json", &text);
    repo.expect(0, &["fetch", "--file", "one.json"]);
    let output = repo.expect(0, &["fetch", "--file", "two.json"]);
    assert!(output.stderr.contains("the document is the same as before"), "{output:#?}");
    assert!(repo.read("openapi/source.toml").contains("file:two.json"));
    assert_eq!(repo.read("openapi/openapi.json"), text);
}

#[test]
fn yaml_gives_the_same_bytes_as_json() {
    let repo = Repo::new();
    let text = document("New", &["/b/get", "/a/get"]);
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    repo.write("new.yaml", serde_yaml::to_string(&value).unwrap().replace("'200':", "200:"));
    repo.expect(0, &["fetch", "--file", "new.yaml"]);
    assert_eq!(repo.read("openapi/openapi.json"), text);
}

#[test]
fn an_unusable_file_changes_nothing() {
    let repo = Repo::new();
    repo.expect(0, &["fetch", "--file", "openapi/openapi.json"]);
    let before = snapshot(&repo.path("openapi"));
    for (name, text, part) in UNUSABLE {
        repo.write(name, text);
        let output = repo.expect(2, &["fetch", "--file", name]);
        assert!(output.stderr.contains(part), "{name}: {output:#?}");
        assert_eq!(output.stdout, "", "{name}");
        assert_eq!(snapshot(&repo.path("openapi")), before, "{name}");
    }
    repo.write("latin.json", b"{\"openapi\": \"\xe9\"}");
    assert!(repo.expect(2, &["fetch", "--file", "latin.json"]).stderr.contains("UTF-8"));
    assert!(repo.expect(2, &["fetch", "--file", "missing.json"]).stderr.contains("missing.json"));
    assert_eq!(snapshot(&repo.path("openapi")), before);
}

#[test]
fn a_check_tells_of_news_and_writes_nothing() {
    let repo = Repo::new();
    repo.write("same.json", repo.read("openapi/openapi.json"));
    repo.write("new.json", document("New", &["/a/get", "/b/get"]));
    let before = snapshot(&repo.path("."));
    let output = repo.expect(0, &["fetch", "--check", "--file", "same.json"]);
    assert!(output.stderr.starts_with("no news: 1 path,"), "{output:#?}");
    let output = repo.expect(1, &["fetch", "--check", "--file", "new.json"]);
    assert!(
        output.stderr.starts_with("news: 2 paths, 2 operations, before 1 path,"),
        "{output:#?}"
    );
    repo.write("cut.json", "{");
    repo.expect(2, &["fetch", "--check", "--file", "cut.json"]);
    fs::remove_file(repo.path("cut.json")).unwrap();
    assert_eq!(snapshot(&repo.path(".")), before);
}

#[test]
fn a_first_fetch_makes_the_folder() {
    let repo = Repo::new();
    repo.write("new.json", document("New", &["/a/get"]));
    fs::remove_dir_all(repo.path("openapi")).unwrap();
    repo.expect(0, &["fetch", "--file", "new.json"]);
    assert!(repo.read("openapi/source.toml").contains("getseam.com"));
    assert_eq!(snapshot(&repo.path("openapi")).len(), 2);
}

#[test]
fn the_checked_in_document_is_the_one_that_was_fetched() {
    let read = |name: &str| fs::read_to_string(real_root().join("openapi").join(name)).unwrap();
    let record: toml_edit::DocumentMut = read("source.toml").parse().unwrap();
    let kept = sha256(read("openapi.json").as_bytes());
    let remedy = "restore openapi/ from git; corrections belong into overlay.yaml";
    assert_eq!(record["kept-sha256"].as_str(), Some(kept.as_str()), "{remedy}");
}

#[test]
fn wrong_options_and_records_are_errors() {
    let repo = Repo::new();
    for args in [
        &["fetch", "--file", "x", "--url", "https://example.com"][..],
        &["fetch", "--url", "ftp://example.com"],
        &["fetch", "--url", "openapi.json"],
        &["fetch", "--npm", "--check"],
        &["fetch", "--npm", "../folder"],
        &["fetch", "surplus"],
        &[],
    ] {
        repo.expect(2, args);
    }
    repo.write("openapi/source.toml", "adress = \"x\"\n");
    let output = repo.expect(2, &["fetch"]);
    assert!(
        output.stderr.contains("openapi/source.toml") && output.stderr.contains("`adress`"),
        "{output:#?}"
    );
}
