//! `generate --spec --out`: writes a standalone crate, and refuses folders that it must not replace.
#![allow(clippy::unwrap_used, reason = "a test says where it stands what it did not find")]

mod common;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use common::{Repo, document, snapshot};

#[test]
fn a_whole_crate_is_written_and_replaced() {
    let repo = Repo::new();
    let spec = repo.path("openapi/openapi.json");
    let run = ["generate", "--spec", spec.to_str().unwrap(), "--out", "made/thing-client"];
    let output = repo.expect(0, &run);
    assert!(output.stderr.starts_with("made/thing-client: "), "{output:#?}");
    let crate_folder = repo.path("made/thing-client");
    let files = snapshot(&crate_folder);
    for name in ["Cargo.toml", "README.md", "src/lib.rs"] {
        assert!(files.contains_key(name), "{name}");
    }
    assert!(files.keys().any(|name| name.starts_with("src/generated/")));
    stands_alone(&crate_folder);

    // Files of Cargo and git are kept, and `--check` ignores them.
    repo.write("made/thing-client/Cargo.lock", "lock");
    repo.write("made/thing-client/target/debug/x", "built");
    repo.write("made/thing-client/.git/HEAD", "ref");
    repo.expect(0, &[&run[..], &["--check"]].concat());
    repo.write("made/thing-client/src/generated/mod.rs", "// edited\n");
    let output = repo.expect(1, &[&run[..], &["--check"]].concat());
    assert!(output.stdout.contains("--- made/thing-client/src/generated/mod.rs"), "{output:#?}");
    let remedy = format!(
        "run: cargo xtask generate --spec {} --out made/thing-client --force\n",
        spec.display()
    );
    assert!(output.stderr.ends_with(&remedy), "{output:#?}");
    repo.expect(0, &[&run[..], &["--force"]].concat());
    let mut expected = files;
    for (name, text) in [("Cargo.lock", "lock"), ("target/debug/x", "built"), (".git/HEAD", "ref")]
    {
        expected.insert(name.to_owned(), text.as_bytes().to_vec());
    }
    assert_eq!(snapshot(&crate_folder), expected);
}

/// Neither names nor texts may contain the word, because the client is for another API.
#[test]
fn the_client_of_another_api_does_not_mention_seam() {
    let repo = Repo::new();
    repo.write("two.json", document("Small", &["/things/get", "/things/create"]));
    repo.expect(0, &["generate", "--spec", "two.json", "--out", "small", "--client", "Small"]);
    let files = snapshot(&repo.path("small"));
    let mentions = files.iter().flat_map(|(name, bytes)| {
        let text = format!("{name}\n{}", String::from_utf8_lossy(bytes)).to_lowercase();
        let lines = text.lines().map(str::to_owned).collect::<Vec<_>>();
        lines
            .into_iter()
            .filter(|line| line.contains("seam"))
            .map(move |line| format!("{name}: {line}"))
    });
    let mentions: Vec<String> = mentions.collect();
    assert!(mentions.is_empty(), "{}", mentions.join("\n"));
    assert!(repo.read("small/src/generated/mod.rs").contains("Client as Small"));
}

#[test]
fn a_client_type_of_a_name_that_is_taken_is_refused() {
    let repo = Repo::new();
    repo.write("two.json", document("Small", &["/things/get"]));
    for name in ["Error", "small", "A-B", ""] {
        let output =
            repo.expect(2, &["generate", "--spec", "two.json", "--out", "x", "--client", name]);
        assert!(output.stderr.contains("--client NAME"), "{output:#?}");
    }
}

/// Generates a crate of two operations, and returns the arguments of a run for only one of them.
fn of_two_operations(repo: &Repo) -> [&'static str; 7] {
    repo.write("two.json", document("Small", &["/things/get", "/others/get"]));
    repo.expect(0, &["generate", "--spec", "two.json", "--out", "made"]);
    ["generate", "--spec", "two.json", "--out", "made", "--only", "/things/get"]
}

#[test]
fn files_that_users_added_are_kept_and_generated_ones_follow_the_document() {
    let repo = Repo::new();
    let run = of_two_operations(&repo);
    let gone = "made/src/generated/api/others.rs";
    assert!(repo.path(gone).exists(), "{:?}", snapshot(&repo.path("made")).keys());
    let own = ["NOTES.md", "examples/mine.rs", "src/bin/tool.rs", "src/own.rs", "tests/mine.rs"];
    for name in own {
        repo.write(&format!("made/{name}"), name);
    }
    repo.expect(0, &run);
    assert!(!repo.path(gone).exists());
    for name in own {
        assert_eq!(repo.read(&format!("made/{name}")), name);
    }
    repo.expect(0, &[&run[..], &["--check"]].concat());
}

#[test]
fn edited_files_are_listed_and_only_overwritten_with_force() {
    let repo = Repo::new();
    let run = of_two_operations(&repo);
    let manifest = repo.read("made/Cargo.toml") + "# mine\n";
    repo.write("made/Cargo.toml", &manifest);
    // A file that is no longer generated.
    repo.write("made/src/generated/api/others.rs", "// mine\n");
    let before = snapshot(&repo.path("made"));
    let output = repo.expect(2, &run);
    let list = "overwritten:\n  Cargo.toml\n  src/generated/api/others.rs\nmove";
    assert!(output.stderr.contains(list) && output.stderr.contains("--force"), "{output:#?}");
    assert_eq!(snapshot(&repo.path("made")), before);
    repo.expect(0, &[&run[..], &["--force"]].concat());
    assert_ne!(repo.read("made/Cargo.toml"), manifest);
    assert!(!repo.path("made/src/generated/api/others.rs").exists());
    // A file of the user at the path of a generated file.
    repo.write("made/src/generated/api/others.rs", "// mine\n");
    let output = repo.expect(2, &["generate", "--spec", "two.json", "--out", "made"]);
    assert!(output.stderr.contains("overwritten:\n  src/generated/api/others.rs\n"), "{output:#?}");
}

#[test]
fn runs_at_the_same_time_leave_the_crate_of_one_of_them() {
    let repo = Repo::new();
    of_two_operations(&repo);
    let paths = ["/things/get", "/others/get"];
    let alone = paths.map(|path| {
        let out = path.replace('/', "_");
        let run = ["generate", "--spec", "two.json", "--package", "made", "--only", path, "--out"];
        repo.expect(0, &[&run[..], &[&out]].concat());
        snapshot(&repo.path(&out))
    });
    for _ in 0..3 {
        let runs = [0, 1, 0, 1, 0, 1].map(|index| {
            let run = ["generate", "--spec", "two.json", "--out", "made", "--only", paths[index]];
            let mut command = repo.command(&run);
            command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
        });
        for mut run in runs {
            assert!(run.wait().unwrap().success());
        }
        assert!(alone.contains(&snapshot(&repo.path("made"))));
    }
    let entries = fs::read_dir(repo.path("")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert_eq!(names.filter(|name| name.starts_with('.')).count(), 0, "nothing is left over");
}

/// Checks that Cargo can read the manifest, although the folder is inside another workspace.
fn stands_alone(folder: &Path) {
    let output = common::output_of(
        Command::new(env!("CARGO"))
            .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
            .current_dir(folder),
    );
    assert_eq!(output.code, 0, "{output:#?}");
    assert_eq!(output.stderr, "");
    let metadata: serde_json::Value = serde_json::from_str(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    assert_eq!(packages.len(), 1);
    assert_eq!(packages[0]["name"], "thing-client");
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
    assert!(!manifest.contains("workspace = true"), "{manifest}");
    assert!(!manifest.contains(".workspace"), "{manifest}");
    assert!(!manifest.to_lowercase().contains("seam api"), "{manifest}");
}

#[test]
fn a_whole_crate_takes_name_paths_and_corrections_from_options_only() {
    let repo = Repo::new();
    let two = document("Small", &["/things/get", "/things/create"]);
    repo.write("two.json", two);
    // `openapi/generate.toml` only applies to the checked-in client.
    repo.write("openapi/generate.toml", "only = [\"/no/such/path\"]\n");
    repo.expect(0, &["generate", "--spec", "two.json", "--out", "all", "--package", "its-name"]);
    assert!(repo.read("all/Cargo.toml").contains("name = \"its-name\""));
    repo.expect(0, &["generate", "--spec", "two.json", "--out", "one", "--only", "/things/get"]);
    assert_ne!(
        snapshot(&repo.path("all/src/generated")),
        snapshot(&repo.path("one/src/generated"))
    );
    let output = repo
        .expect(2, &["generate", "--spec", "two.json", "--out", "x", "--overlay", "missing.yaml"]);
    assert!(output.stderr.contains("missing.yaml"), "{output:#?}");
    assert!(!repo.path("x").exists());
}

#[test]
fn a_folder_with_other_files_is_not_written_to() {
    let repo = Repo::new();
    repo.write("work/notes.txt", "mine");
    repo.write("crate/Cargo.toml", "[package]\nname = \"mine\"\n");
    repo.write("file", "mine");
    let before = snapshot(&repo.path("."));
    let spec = repo.path("openapi/openapi.json");
    for out in ["work", "crate", "file", "."] {
        let output = repo.expect(2, &["generate", "--spec", spec.to_str().unwrap(), "--out", out]);
        assert!(output.stderr.contains("--out DIR"), "{out}: {output:#?}");
        assert_eq!(snapshot(&repo.path(".")), before, "{out}");
    }
    fs::create_dir(repo.path("empty")).unwrap();
    repo.expect(0, &["generate", "--spec", spec.to_str().unwrap(), "--out", "empty"]);
}
