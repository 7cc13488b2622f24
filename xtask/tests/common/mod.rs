//! Copies the repository into a temporary folder, and runs commands on the copy.

#![allow(clippy::unwrap_used, reason = "a test says where it stands what it did not find")]
#![allow(
    dead_code,
    reason = "each test file is a program of its own and uses another part of this"
)]

pub(crate) mod http;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use sha2::{Digest, Sha256};
use tempfile::TempDir;

/// The root of the repository in which the tests were built.
pub(crate) fn real_root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.ancestors().find(|folder| folder.join("Cargo.lock").exists()).unwrap().to_path_buf()
}

/// The program of the package to which the test belongs.
pub(crate) const PROGRAM: &str = match option_env!("CARGO_BIN_EXE_xtask-full") {
    Some(program) => program,
    None => match option_env!("CARGO_BIN_EXE_xtask") {
        Some(program) => program,
        None => "",
    },
};

/// The output and the exit code of a command.
#[derive(Debug)]
pub(crate) struct CommandOutput {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// A copy of the repository with the real client, and a small document that is quick to generate from.
pub(crate) struct Repo {
    folder: TempDir,
}

impl Repo {
    pub(crate) fn new() -> Self {
        let repo = Self { folder: tempfile::tempdir().unwrap() };
        copy(&real_root().join("Cargo.toml"), &repo.path("Cargo.toml"));
        copy(&real_root().join("generated-client"), &repo.path("generated-client"));
        fs::remove_dir_all(repo.path("generated-client/src/generated")).ok();
        fs::create_dir(repo.path("openapi")).unwrap();
        fs::write(repo.path("openapi/openapi.json"), document("Small", &["/things/get"])).unwrap();
        repo
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file, and creates its folder if necessary.
    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    /// Writes an executable script into the folder `bin`.
    #[cfg(unix)]
    pub(crate) fn program(&self, name: &str, script: &str) {
        use std::os::unix::fs::PermissionsExt;

        let path = self.write(&format!("bin/{name}"), script);
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// A command that runs the program on this copy, in its folder.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command.arg("--root").arg(self.folder.path()).args(args);
        command.current_dir(self.folder.path()).stdin(Stdio::null()).env("NO_PROXY", "*");
        // Builds must not leave the copy.
        command.env_remove("CARGO_TARGET_DIR");
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> CommandOutput {
        output_of(&mut self.command(args))
    }

    /// Runs a command that has to end with the exit code `code`.
    #[track_caller]
    pub(crate) fn expect(&self, code: i32, args: &[&str]) -> CommandOutput {
        let output = self.run(args);
        assert_eq!(output.code, code, "{args:?}: {output:#?}");
        output
    }
}

pub(crate) fn output_of(command: &mut Command) -> CommandOutput {
    let output = command.output().unwrap();
    CommandOutput {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The SHA-256 of `bytes`, in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The contents of all files below a folder, by path.
pub(crate) fn snapshot(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    collect(folder, "", &mut files);
    files
}

fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries {
        let path = entry.unwrap().path();
        let name = format!("{prefix}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            collect(&path, &format!("{name}/"), files);
        } else {
            files.insert(name, fs::read(&path).unwrap());
        }
    }
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            let name = entry.file_name();
            // Build output and left-overs of interrupted runs are not part of the repository.
            if name != "target" && !name.to_string_lossy().starts_with('.') {
                copy(&entry.path(), &to.join(name));
            }
        }
    } else {
        fs::copy(from, to).unwrap();
    }
}

/// A document with one operation for each path.
pub(crate) fn document(title: &str, paths: &[&str]) -> String {
    let operation = serde_json::json!({
        "post": {
            "summary": format!("{title} at work"),
            "requestBody": {"content": {"application/json": {"schema": {
                "type": "object",
                "properties": {"thing_id": {"type": "string"}, "name": {"type": "string"}},
                "required": ["thing_id"],
            }}}},
            "responses": {"200": {"description": "OK", "content": {"application/json": {"schema": {
                "type": "object",
                "properties": {
                    "ok": {"type": "boolean"},
                    "thing": {"$ref": "#/components/schemas/thing"},
                },
                "required": ["ok", "thing"],
            }}}}},
            "x-response-key": "thing",
        }
    });
    let paths: serde_json::Map<_, _> =
        paths.iter().map(|path| ((*path).to_owned(), operation.clone())).collect();
    let document = serde_json::json!({
        "openapi": "3.0.0",
        "info": {"title": title, "version": "1.0.0"},
        "servers": [{"url": "https://example.com"}],
        "paths": paths,
        "components": {"schemas": {"thing": {
            "type": "object",
            "description": "A thing.",
            "properties": {
                "thing_id": {"type": "string", "format": "uuid"},
                "name": {"type": "string"},
                "count": {"type": "integer"},
            },
            "required": ["thing_id", "name"],
        }}},
    });
    serde_json::to_string_pretty(&document).unwrap() + "\n"
}
