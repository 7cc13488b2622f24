//! `update` and `diff` on a git repository.

#![allow(clippy::unwrap_used, reason = "a test says where it stands what it did not find")]

#[path = "../../tests/common/mod.rs"]
mod common;

use std::fs;
use std::process::{Command, Stdio};

use common::{Repo, document, snapshot};
use serde_json::Value;

const MANIFEST: &str = "generated-client/Cargo.toml";
const CHANGELOG: &str = "generated-client/CHANGELOG.md";
const IMPOSSIBLE: &str = "generated-client/tests/conformance/impossible.yaml";
const OVERLAY: &str = "openapi/overlay.yaml";
const LOCK: &str = "version = 4\n\n[[package]]\nname = \"seam-client\"\nversion = \"0.1.0\"\n";

/// A repository with a generated client, with everything committed.
fn committed() -> Repo {
    let repo = Repo::new();
    repo.write("Cargo.lock", LOCK);
    repo.write(CHANGELOG, "# Changes\n\n## 0.1.0\n\n- First.\n");
    repo.write(IMPOSSIBLE, "# None.\n");
    repo.expect(0, &["generate"]);
    git(&repo, &["init", "--quiet"]);
    commit(&repo);
    repo
}

fn commit(repo: &Repo) {
    git(repo, &["add", "--all"]);
    let person = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.com"];
    git(repo, &[&person[..], &["commit", "--quiet", "--message", "Everything"]].concat());
}

fn git(repo: &Repo, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    command.current_dir(repo.path(".")).args(arguments).stdin(Stdio::null());
    // If a git hook of the real repository runs this test, the commands must not act on that repository.
    command.env_remove("GIT_DIR").env_remove("GIT_INDEX_FILE").env_remove("GIT_WORK_TREE");
    let output = command.output().unwrap();
    assert!(output.status.success(), "git {arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// Writes the document of [`document`] with this change to a file, and returns its path.
fn published(repo: &Repo, change: impl FnOnce(&mut Value)) -> String {
    let mut published: Value = serde_json::from_str(&document("Small", &["/things/get"])).unwrap();
    change(&mut published);
    repo.write(".published/new.json", published.to_string()).display().to_string()
}

fn thing(document: &mut Value) -> &mut Value {
    &mut document["components"]["schemas"]["thing"]
}

fn without_name(document: &mut Value) {
    thing(document)["properties"].as_object_mut().unwrap().remove("name");
    thing(document)["required"] = serde_json::json!(["thing_id"]);
}

#[test]
fn everything_follows_a_newer_document() {
    let repo = committed();
    let news = published(&repo, without_name);
    let (summary, weight) = (repo.path(".published/s.md"), repo.path(".published/w"));
    let options = ["--summary", summary.to_str().unwrap(), "--weight", weight.to_str().unwrap()];
    repo.expect(0, &[&["update", "--file", &news], &options[..]].concat());

    assert!(repo.read(MANIFEST).contains("\nversion = \"0.2.0\"\n"), "{}", repo.read(MANIFEST));
    assert!(
        repo.read("Cargo.lock").ends_with("version = \"0.2.0\"\n"),
        "{}",
        repo.read("Cargo.lock")
    );
    let changes = repo.read(CHANGELOG);
    let begins = "# Changes\n\n## 0.2.0\n\nFrom file:new.json.\n\n### Breaking\n\n- The field `models::Thing::name` was removed.";
    assert!(changes.starts_with(begins), "{changes}");
    assert!(changes.ends_with("\n## 0.1.0\n\n- First.\n"), "{changes}");
    assert!(!repo.read("generated-client/src/generated/models/thing.rs").contains("name"));
    repo.expect(0, &["generate", "--check"]);
    assert_eq!(fs::read_to_string(weight).unwrap(), "breaking\n");
    let summary = fs::read_to_string(summary).unwrap();
    assert!(
        summary.starts_with("**breaking** for users of the client: version 0.1.0 → 0.2.0"),
        "{summary}"
    );
    assert!(summary.contains("## Clients that are deployed"), "{summary}");
}

#[test]
fn a_second_run_changes_nothing_committed_or_not() {
    let repo = committed();
    let news = published(&repo, without_name);
    repo.expect(0, &["update", "--file", &news]);
    let once = snapshot(&repo.path("generated-client"));
    let spec = snapshot(&repo.path("openapi"));
    for is_committed in [false, true] {
        if is_committed {
            commit(&repo);
        }
        repo.expect(0, &["update", "--file", &news]);
        assert_eq!(snapshot(&repo.path("generated-client")), once, "{is_committed}");
        assert_eq!(snapshot(&repo.path("openapi")), spec, "{is_committed}");
    }
    assert_eq!(git(&repo, &["status", "--porcelain"]), "");
}

#[test]
fn a_run_that_was_interrupted_is_finished_by_the_next() {
    let repo = committed();
    let news = published(&repo, without_name);
    repo.expect(0, &["update", "--file", &news]);
    let whole = snapshot(&repo.path("generated-client"));
    // The document is written last. If it is missing, any part of the rest may have been written.
    for written in
        [&[MANIFEST][..], &[MANIFEST, CHANGELOG], &[MANIFEST, CHANGELOG, "generated-client/src"]]
    {
        let kept: Vec<String> = written.iter().map(|path| format!(":(exclude){path}")).collect();
        let kept: Vec<&str> = kept.iter().map(String::as_str).collect();
        git(&repo, &[&["checkout", "--quiet", "HEAD", "--", "."], &kept[..]].concat());
        assert_ne!(git(&repo, &["diff", "--name-only"]), "", "{written:?}");
        repo.expect(0, &["update", "--file", &news]);
        assert_eq!(snapshot(&repo.path("generated-client")), whole, "{written:?}");
    }
}

#[test]
fn a_dry_run_writes_nothing_and_says_what_would_be() {
    let repo = committed();
    let news = published(&repo, without_name);
    let output = repo.expect(0, &["update", "--file", &news, "--dry-run"]);
    assert!(output.stdout.contains("`models::Thing::name` was removed"), "{output:?}");
    assert!(output.stderr.contains("would write generated-client/Cargo.toml"), "{output:?}");
    assert_eq!(git(&repo, &["status", "--porcelain", "--", "openapi", "generated-client"]), "");
}

#[test]
fn what_no_user_notices_leaves_the_version() {
    let repo = committed();
    let news = published(&repo, |document| document["x-internal"] = Value::Bool(true));
    repo.expect(0, &["update", "--file", &news]);
    let changed = git(&repo, &["diff", "--name-only"]);
    assert_eq!(changed, "openapi/openapi.json\n");
    assert!(repo.path("openapi/source.toml").is_file());
}

#[test]
fn nothing_is_written_where_a_step_fails() {
    let repo = committed();
    let before = git(&repo, &["status", "--porcelain", "--", "openapi", "generated-client"]);
    let broken = published(&repo, |document| {
        thing(document)["properties"]["count"] =
            serde_json::json!({"$ref": "#/components/schemas/none"});
    });
    repo.write("openapi/generate.toml", "strict = true\n");
    let output = repo.expect(2, &["update", "--file", &broken]);
    assert!(output.stderr.contains("openapi/openapi.json:"), "{output:?}");
    fs::remove_file(repo.path("openapi/generate.toml")).unwrap();
    repo.write(".published/page.json", "<html>");
    repo.expect(2, &["update", "--file", ".published/page.json"]);
    assert_eq!(git(&repo, &["status", "--porcelain", "--", "openapi", "generated-client"]), before);
}

#[test]
fn no_news_is_said_and_is_no_change() {
    let repo = committed();
    let same = published(&repo, |_| {});
    let weight = repo.path(".published/w");
    let output = repo.expect(0, &["update", "--file", &same, "--weight", weight.to_str().unwrap()]);
    assert!(output.stderr.starts_with("no news"), "{output:?}");
    assert_eq!(fs::read_to_string(weight).unwrap(), "none\n");
    assert_eq!(git(&repo, &["status", "--porcelain", "--", "openapi", "generated-client"]), "");
}

#[test]
fn a_diff_is_of_head_and_the_working_tree_unless_told_otherwise() {
    let repo = committed();
    let output = repo.expect(0, &["diff"]);
    assert!(output.stdout.ends_with("HEAD → the working tree: no changes\n"), "{output:?}");
    let markdown = repo.expect(0, &["diff", "--format", "markdown"]).stdout;
    assert!(markdown.starts_with("no changes: "), "{markdown}");
    let json = repo.expect(0, &["diff", "--format", "json"]).stdout;
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["summary"], "no changes");
    assert_eq!(
        (&json["changes"], &json["wire"]["findings"]),
        (&Value::Array(vec![]), &Value::Array(vec![]))
    );
    let news = published(&repo, without_name);
    repo.expect(0, &["fetch", "--file", &news]);
    let json = repo.expect(0, &["diff", "--format", "json"]).stdout;
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["layout"], 2);
    assert_eq!(json["weight"], "breaking");
    assert_eq!(json["version"], serde_json::json!({"from": "0.1.0", "to": "0.2.0"}));
    let change = &json["changes"][0];
    assert_eq!(change["path"], "models::Thing::name");
    assert_eq!(change["old"]["pointer"], "/components/schemas/thing/properties/name");
    assert_eq!(change["new"], Value::Null);
    let repaired = &json["wire"]["findings"][0];
    assert_eq!((&repaired["outcome"], &repaired["kind"]), (&"repairs".into(), &"missing".into()));
    // In the opposite direction, the property is new.
    let output = repo.expect(0, &["diff", ".published/new.json", "HEAD"]);
    assert!(output.stdout.contains("The field `models::Thing::name` was added."), "{output:?}");
    let output = repo.expect(2, &["diff", "nowhere"]);
    assert!(output.stderr.contains("nowhere is no file"), "{output:?}");
}

#[test]
fn corrections_without_effect_are_set_aside_and_the_rest_goes_on() {
    let repo = committed();
    let action = |target: &str, reason: &str, update: &str| {
        format!("  - target: {target}\n    description: {reason}\n    update: {update}\n")
    };
    let thing = "$.components.schemas.thing";
    let overlay = [
        "overlay: 1.0.0\ninfo: { title: Corrections, version: 1.0.0 }\nactions:\n".to_owned(),
        action(
            &format!("{thing}.properties.name"),
            "The name is not described.",
            "{ description: Its name. }",
        ),
        action(&format!("{thing}.properties.count"), "The count is one.", "{ minimum: 0 }"),
        action(thing, "Nobody knows it.", "{ x-known: true }"),
    ]
    .concat();
    repo.write(OVERLAY, &overlay);
    repo.expect(0, &["generate"]);
    commit(&repo);
    let news = published(&repo, |document| {
        without_name(document);
        self::thing(document)["properties"]["count"]["minimum"] = 0.into();
    });
    // Without `update`, all of them are reported at once.
    repo.write("with_news/openapi.json", repo.read(".published/new.json"));
    let output =
        repo.expect(2, &["generate", "--spec", &news, "--overlay", OVERLAY, "--out", "elsewhere"]);
    assert!(
        output.stderr.contains("matches nothing") && output.stderr.contains("changes nothing"),
        "{output:?}"
    );

    let (summary, labels) = (repo.path(".published/s.md"), repo.path(".published/l"));
    let files = ["--summary", summary.to_str().unwrap(), "--labels", labels.to_str().unwrap()];
    let update = [&["update", "--file", &news], &files[..]].concat();
    for run in ["first", "second"] {
        let output = repo.expect(0, &update);
        assert!(
            output.stderr.contains("set aside: $.components.schemas.thing.properties.name"),
            "{output:?}"
        );
        let text = fs::read_to_string(&summary).unwrap();
        assert!(text.contains("## Overlay actions that were set aside (2)"), "{run}: {text}");
        assert!(
            text.contains("(line 4) matches nothing. It was for: The name is not described."),
            "{run}: {text}"
        );
        assert!(
            text.contains("(line 7) changes nothing. It was for: The count is one."),
            "{run}: {text}"
        );
        assert_eq!(fs::read_to_string(&labels).unwrap(), "set-aside\n", "{run}");
    }
    let edited = repo.read(OVERLAY);
    assert!(
        edited.contains("  # Set aside: it matches nothing.\n  # - target: $.components"),
        "{edited}"
    );
    assert!(edited.contains("\n  - target: $.components.schemas.thing\n"), "{edited}");
    repo.expect(0, &["generate", "--check"]);
}

#[test]
fn calls_that_are_gone_are_taken_off_the_list_of_those_that_cannot_pass() {
    let repo = committed();
    let calls = repo.read("generated-client/src/generated/conformance/api/things.rs");
    let name = calls.split("name: \"").nth(1).unwrap().split('"').next().unwrap();
    let kept = format!(
        "- operation: {name}\n  calls:\n    - everything\n  servers: [offline]\n  reason: Odd.\n"
    );
    let gone = "- operation: others::get\n  calls:\n    - everything\n  servers: [offline]\n  reason: Odd.\n";
    repo.write(IMPOSSIBLE, format!("{gone}{kept}"));
    commit(&repo);
    let news = published(&repo, without_name);
    let summary = repo.path(".published/s.md");
    repo.expect(0, &["update", "--file", &news, "--summary", summary.to_str().unwrap()]);
    assert_eq!(repo.read(IMPOSSIBLE), kept);
    let summary = fs::read_to_string(summary).unwrap();
    assert!(
        summary.contains("Taken off the list of calls that cannot pass: `others::get`."),
        "{summary}"
    );
}

#[test]
fn a_dry_run_names_only_what_would_be_another_file() {
    let repo = committed();
    let would_write = |news: &str| -> Vec<String> {
        let output = repo.expect(0, &["update", "--file", news, "--dry-run"]);
        let lines = output.stderr.lines().filter_map(|line| line.strip_prefix("would write "));
        lines.map(str::to_owned).collect()
    };
    let unseen = published(&repo, |document| document["x-internal"] = Value::Bool(true));
    assert_eq!(would_write(&unseen), ["openapi/openapi.json", "openapi/source.toml"]);
    let seen = published(&repo, without_name);
    let expected = ["Cargo.lock", CHANGELOG, MANIFEST, "generated-client/src/generated: "];
    let named = would_write(&seen);
    for (line, expected) in named.iter().zip(expected) {
        assert!(line.starts_with(expected), "{named:?}");
    }
    assert_eq!(named.len(), 6, "{named:?}");
    assert!(named[3].ends_with(" changed, 0 missing, 0 orphaned"), "{named:?}");
}

#[test]
fn what_has_to_be_decided_is_asked_with_an_overlay_action() {
    let repo = committed();
    let news = published(&repo, |document| {
        let get = &document["paths"]["/things/get"];
        let mut suspend = get.clone();
        suspend["post"]["requestBody"]["content"]["application/json"]["schema"] = serde_json::json!({
            "type": "object",
            "properties": {
                "thing_id": {"type": "string", "description": "Give either `thing_id` or `thing_key`."},
                "thing_key": {"type": "string"},
            },
        });
        document["paths"]["/things/find"] = suspend;
    });
    let (summary, labels) = (repo.path(".published/s.md"), repo.path(".published/l"));
    let files = ["--summary", summary.to_str().unwrap(), "--labels", labels.to_str().unwrap()];
    let update = [&["update", "--strict", "--file", &news], &files[..]].concat();
    let output = repo.expect(1, &update);
    assert!(output.stderr.contains("please decide (unexpressed-rule): "), "{output:?}");
    let text = fs::read_to_string(&summary).unwrap();
    assert!(text.contains("## Please decide (1)"), "{text}");
    assert!(text.contains("      - required: [thing_key]"), "{text}");
    assert_eq!(fs::read_to_string(&labels).unwrap(), "decide\n");
    repo.expect(0, &["generate", "--check"]);

    // The proposed action resolves the decision.
    let start = text.find("  ```yaml\n").unwrap() + "  ```yaml\n".len();
    let action = &text[start..start + text[start..].find("  ```\n").unwrap()];
    let head = "overlay: 1.0.0\ninfo: { title: Corrections, version: 1.0.0 }\nactions:\n";
    repo.write(OVERLAY, format!("{head}{action}"));
    repo.expect(0, &update);
    assert_eq!(fs::read_to_string(&labels).unwrap(), "");
}

#[test]
fn the_steps_that_remain_are_commands_that_there_are() {
    let repo = committed();
    let news = published(&repo, without_name);
    let summary = repo.path(".published/s.md");
    repo.expect(0, &["update", "--file", &news, "--summary", summary.to_str().unwrap()]);
    let summary = fs::read_to_string(summary).unwrap();
    let steps: Vec<&str> =
        summary.lines().filter_map(|line| line.strip_prefix("- [ ] `cargo xtask ")).collect();
    assert!(!steps.is_empty(), "{summary}");
    for step in steps {
        let command = step.split('`').next().unwrap();
        let mut words: Vec<&str> = command.split_whitespace().collect();
        words.push("--help");
        repo.expect(0, &words);
    }
}
