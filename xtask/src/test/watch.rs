//! Shows what tests print, and fails them if there is a secret in it.

use std::io::{self, BufRead, BufReader, IsTerminal, Read, Write};
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Context, Result, anyhow};

/// How the tokens that tests use begin, or what stands in them. They are worth nothing; real ones would show like them.
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

/// What stands where a token stood.
const HIDDEN: &str = "[a token]";

/// Whether a command succeeds and prints no token. What it prints is shown, without tokens.
pub(super) fn passes(command: &mut Command) -> Result<bool> {
    let program = command.get_program().display().to_string();
    if io::stderr().is_terminal() && std::env::var_os("CARGO_TERM_COLOR").is_none() {
        // Cargo does not see the terminal behind this program.
        command.env("CARGO_TERM_COLOR", "always");
    }
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = child.with_context(|| format!("{program} cannot be started"))?;
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let lines = thread::scope(|scope| {
        let stderr = scope.spawn(|| stderr.map(|from| pass_on(from, &mut io::stderr())));
        let stdout = stdout.map(|from| pass_on(from, &mut io::stdout()));
        let stderr = stderr.join().map_err(|_| anyhow!("what {program} says cannot be read"))?;
        anyhow::Ok([stdout, stderr].into_iter().flatten().flatten().collect::<Vec<_>>())
    })?;
    let status = child.wait().with_context(|| format!("{program} cannot be waited for"))?;
    for line in &lines {
        eprintln!("error: a test prints a token; find out which one, it says: {line}");
    }
    Ok(status.success() && lines.is_empty())
}

/// Copies what is read without the tokens in it, and gives the lines that had some.
fn pass_on(from: impl Read, to: &mut dyn Write) -> Vec<String> {
    let mut from = BufReader::new(from);
    let (mut line, mut found) = (Vec::new(), Vec::new());
    // A program whose output cannot be read any more has ended.
    while from.read_until(b'\n', &mut line).is_ok_and(|length| length > 0) {
        let hidden = hide(&String::from_utf8_lossy(&line));
        let shown = hidden.as_ref().map_or(&line[..], String::as_bytes);
        // Nobody may read on, and the tests are to end all the same.
        let _ = to.write_all(shown).and_then(|()| to.flush());
        found.extend(hidden.map(|line| line.trim_end().to_owned()));
        line.clear();
    }
    found
}

/// A line without the tokens in it; nothing if there are none.
fn hide(line: &str) -> Option<String> {
    let ends = |letter: char| !(letter.is_alphanumeric() || "_-.+/=".contains(letter));
    let (mut hidden, mut found) = (String::new(), false);
    for word in line.split_inclusive(ends) {
        let text = word.trim_end_matches(ends);
        // A text can be about the beginning of tokens.
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
    fn lines_with_tokens_are_passed_on_without_them_and_told() {
        let text = b"fine\nBearer seam_at1_x, \"a/notforanylog\"\n\xff\nlast whsec_abc+/=";
        let mut shown = Vec::new();
        let found = pass_on(&text[..], &mut shown);
        assert_eq!(found, ["Bearer [a token], \"[a token]\"", "last [a token]"]);
        let expected = b"fine\nBearer [a token], \"[a token]\"\n\xff\nlast [a token]";
        assert_eq!(shown, expected);
    }

    #[test]
    fn what_only_looks_like_a_token_is_none() {
        for line in ["it begins with `whsec_`", "seam_client", "seam_", ""] {
            assert_eq!(hide(line), None, "{line}");
        }
    }
}
