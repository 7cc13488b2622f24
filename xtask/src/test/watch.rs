//! Shows the output of tests, and fails them if it contains a secret.

use std::io::{self, BufRead, BufReader, IsTerminal, Read, Write};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use super::Report;
use super::failures::Reader;

/// Parts of the tokens that tests use. They are not valid anywhere, but a test that prints them would print real ones.
const TOKENS: [&str; 9] = [
    "notforanylog",
    "seam_apikey1_",
    "seam_at1_",
    "seam_at2_",
    "seam_cst1_",
    "seam_k1_",
    "seam_k2_",
    "seam_pk1_",
    "whsec_",
];

/// The replacement of a token in the output.
const HIDDEN: &str = "[a token]";

/// Runs tests with Cargo and shows their output, without tokens. A token in the output is a failure.
pub(super) fn watch(command: &mut Command) -> Result<Report> {
    watch_with(command, |name| format!("cargo xtask test '{name}'"))
}

/// Like [`watch`], for any test program. `alone` gives the command that runs one test.
pub(super) fn watch_with(command: &mut Command, alone: impl Fn(&str) -> String) -> Result<Report> {
    let program = command.get_program().display().to_string();
    if io::stdout().is_terminal() && std::env::var_os("CARGO_TERM_COLOR").is_none() {
        // Cargo writes to a pipe, and would print no colours.
        command.env("CARGO_TERM_COLOR", "always");
    }
    let starting = || format!("{program} cannot be started");
    // Both streams share one pipe, so that the output of a test stays below the name of its program.
    let (output, input) = io::pipe().with_context(starting)?;
    command.stdout(input.try_clone().with_context(starting)?).stderr(input);
    let mut child = command.spawn().with_context(starting)?;
    // Closes the command's copies of the writing end; otherwise reading from the pipe would never end.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut reader = Reader::default();
    let tokens = pass_on(output, &mut io::stdout(), &mut reader);
    let status = child.wait().with_context(|| format!("{program} cannot be waited for"))?;
    for line in &tokens {
        eprintln!("error: a test prints a token; find out which one, it says: {line}");
    }
    let (failures, slowest) = reader.finish(alone);
    Ok(Report { passed: status.success() && tokens.is_empty(), failures, slowest })
}

/// Copies the output without tokens, and returns the lines that contained one.
fn pass_on(from: impl Read, to: &mut dyn Write, reader: &mut Reader) -> Vec<String> {
    let mut from = BufReader::new(from);
    let (mut line, mut found) = (Vec::new(), Vec::new());
    // A read error ends the loop: the program has ended.
    while from.read_until(b'\n', &mut line).is_ok_and(|length| length > 0) {
        let text = String::from_utf8_lossy(&line);
        reader.line(&text);
        let hidden = hide(&text);
        let shown = hidden.as_ref().map_or(&line[..], String::as_bytes);
        // If standard output is closed, the tests still run to their end.
        let _ = to.write_all(shown).and_then(|()| to.flush());
        found.extend(hidden.map(|line| line.trim_end().to_owned()));
        line.clear();
    }
    found
}

/// The line with its tokens hidden; `None` if it has no token.
fn hide(line: &str) -> Option<String> {
    let ends = |letter: char| !(letter.is_alphanumeric() || "_-.+/=".contains(letter));
    let (mut hidden, mut found) = (String::new(), false);
    for word in line.split_inclusive(ends) {
        let text = word.trim_end_matches(ends);
        // A word that is only the prefix of a token is not a token.
        if TOKENS.iter().any(|token| text.contains(token) && text != *token) {
            hidden.push_str(&word.replace(text, HIDDEN));
            found = true;
        } else {
            hidden.push_str(word);
        }
    }
    found.then_some(hidden)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_hidden_in_what_is_passed_on_and_reported() {
        let text = b"fine\nBearer seam_at1_x, \"a/notforanylog\"\n\xff\nlast whsec_abc+/=";
        let mut shown = Vec::new();
        let found = pass_on(&text[..], &mut shown, &mut Reader::default());
        assert_eq!(found, ["Bearer [a token], \"[a token]\"", "last [a token]"]);
        let expected = b"fine\nBearer [a token], \"[a token]\"\n\xff\nlast [a token]";
        assert_eq!(shown, expected);
    }

    #[test]
    fn text_about_tokens_is_not_a_token() {
        for line in ["it begins with `whsec_`", "seam_client", "seam_", ""] {
            assert_eq!(hide(line), None, "{line}");
        }
    }
}
