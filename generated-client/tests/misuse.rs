//! Mistakes that the compiler has to find: swapped arguments do not compile.
//!
//! A crate that uses the client is checked with a correct line, and then with an incorrect one. The compiler has to reject
//! the incorrect line, with the expected error.

#![allow(clippy::unwrap_used, reason = "a test ends where its helpers fail")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

const RIGHT: &str = r#"assign("credential", user)"#;

#[test]
fn the_id_of_a_user_cannot_stand_for_that_of_a_credential() {
    assert_refused("user_as_credential", "assign(user.clone(), user)", "E0277");
}

#[test]
fn a_credential_cannot_be_assigned_to_a_user_and_an_identity() {
    assert_refused("both_assignees", r#"assign("credential", user, identity)"#, "E0061");
}

#[test]
fn a_bare_text_does_not_say_whom_it_names() {
    assert_refused("bare_assignee", r#"assign("credential", "user")"#, "E0277");
}

#[test]
fn a_request_that_is_not_awaited_is_a_warning_that_says_what_is_missing() {
    let plain = r#"seam.acs().credentials().assign("credential", user);"#;
    let waits = r#"seam.acs().encoders().scan_credential("encoder");"#;
    let output = check("not_awaited", &format!("{plain}\n    {waits}"));
    let notes = diagnostics(&output, "warning");
    let notes: Vec<_> = notes.iter().map(|warning| &warning["children"][0]["message"]).collect();
    assert_eq!(
        notes,
        [
            "nothing is sent before `.await`",
            "nothing is sent before `.wait().await`, or `.await` to not wait for the outcome"
        ]
    );
}

#[test]
fn a_text_where_an_integer_belongs_is_an_error_that_says_how_to_make_one() {
    let output = check("text_as_integer", r#"_ = seam.acs().credentials().list().limit("10");"#);
    let errors = diagnostics(&output, "error");
    assert_eq!(errors[0]["message"], "`&str` is not an integer type", "{errors:?}");
    assert!(errors[0]["rendered"].as_str().unwrap().contains(".parse::<i64>()?"), "{errors:?}");
}

/// Checks that the compiler rejects `wrong` with the error `code`, and accepts the same crate with the correct line.
fn assert_refused(name: &str, wrong: &str, code: &str) {
    let right = check(name, &statement(RIGHT));
    assert!(right.status.success(), "{}", String::from_utf8_lossy(&right.stderr));
    let output = check(name, &statement(wrong));
    assert!(!output.status.success(), "`{wrong}` compiles");
    let errors = diagnostics(&output, "error");
    let found: Vec<_> = errors.iter().map(|error| &error["code"]["code"]).collect();
    assert_eq!(found, [code], "{errors:?}");
    let line = errors[0]["spans"][0]["text"][0]["text"].as_str().unwrap();
    assert!(line.contains(wrong), "the compiler refuses another line: {line}");
}

/// A statement that makes a call, and does not send it.
fn statement(call: &str) -> String {
    format!("let _ = seam.acs().credentials().{call};")
}

fn check(name: &str, statement: &str) -> Output {
    let folder = user_crate(name, statement);
    Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--message-format=json", "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap())
        .output()
        .unwrap()
}

/// A crate that uses the client.
fn user_crate(name: &str, statement: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("misuse").join(name);
    fs::create_dir_all(folder.join("src")).unwrap();
    let client = env!("CARGO_MANIFEST_DIR");
    // Other tests use the same TLS features, so that these dependencies are compiled only once.
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\nseam-client = {{ path = {client:?}, default-features = false, features = [\"api-acs\", \"rustls\"] }}\n"
    );
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    let main = format!(
        "#![allow(unused_variables)]\nuse seam_client::ids::{{AcsUserId, UserIdentityId}};\n\n\
         fn main() {{\n    let seam = seam_client::Seam::from_env().unwrap();\n    \
         let (user, identity) = (AcsUserId::from(\"user\"), UserIdentityId::from(\"identity\"));\n    \
         {statement}\n}}\n"
    );
    fs::write(folder.join("src/main.rs"), main).unwrap();
    // With the lock file of the workspace, Cargo need not look up or download anything.
    let lock = Path::new(client).join("../Cargo.lock");
    if lock.exists() {
        fs::copy(lock, folder.join("Cargo.lock")).unwrap();
    }
    folder
}

/// The errors or warnings of the compiler.
fn diagnostics(output: &Output, level: &str) -> Vec<Value> {
    let messages = String::from_utf8_lossy(&output.stdout).into_owned();
    let messages = messages.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let messages = messages.map(|message| message["message"].clone());
    messages.filter(|message| message["level"] == level && !message["code"].is_null()).collect()
}
