//! A cursor over the text of a module, which reports errors with their place.

use super::{Refusal, Result};

/// The text, and how much of it has been read.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    /// The byte offset of the next character.
    pub(super) at: usize,
    /// The number of open objects and arrays.
    pub(super) depth: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0, depth: 0 }
    }

    /// Skips white space and comments.
    pub(super) fn blank(&mut self) -> Result<()> {
        loop {
            let rest = &self.text[self.at..];
            let trimmed = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
            self.at += rest.len() - trimmed.len();
            if trimmed.starts_with("//") {
                self.at +=
                    trimmed.find(['\n', '\r', '\u{2028}', '\u{2029}']).unwrap_or(trimmed.len());
            } else if trimmed.starts_with("/*") {
                match trimmed.find("*/") {
                    Some(end) => self.at += end + 2,
                    None => return self.refuse("this comment does not end"),
                }
            } else {
                return Ok(());
            }
        }
    }

    /// Consumes the closing bracket, and returns whether there was one.
    pub(super) fn closes(&mut self, close: char) -> Result<bool> {
        self.blank()?;
        Ok(self.eat(close))
    }

    /// Expects a comma or the closing bracket after an element. An operator or a call would be code.
    pub(super) fn separator(&mut self, close: char) -> Result<()> {
        self.blank()?;
        if self.peek() == Some(close) || self.eat(',') {
            return Ok(());
        }
        let found = self.found();
        self.refuse(format!("expected `,` or `{close}` after a value, found {found}"))
    }

    pub(super) fn semicolon(&mut self) -> Result<()> {
        self.blank()?;
        self.eat(';');
        Ok(())
    }

    pub(super) fn word(&mut self) -> Result<&'a str> {
        self.blank()?;
        let rest = &self.text[self.at..];
        let end = rest.find(|c| !continues_word(c)).unwrap_or(rest.len());
        match rest.chars().next() {
            Some(first) if starts_word(first) => {
                self.at += end;
                Ok(&rest[..end])
            }
            _ => self.refuse("expected a name"),
        }
    }

    pub(super) fn expect_word(&mut self, expected: &str) -> Result<()> {
        self.blank()?;
        let start = self.at;
        match self.word() {
            Ok(word) if word == expected => Ok(()),
            _ => self.refuse_at(start, format!("expected `{expected}`")),
        }
    }

    pub(super) fn expect(&mut self, expected: char) -> Result<()> {
        self.blank()?;
        if self.eat(expected) {
            return Ok(());
        }
        let found = self.found();
        self.refuse(format!("expected `{expected}`, found {found}"))
    }

    pub(super) fn digits(&mut self) -> &'a str {
        let rest = &self.text[self.at..];
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// Consumes digits with single underscores between them (`55_000`).
    pub(super) fn grouped_digits(&mut self) -> &'a str {
        let start = self.at;
        self.digits();
        while self.text[start..self.at].ends_with(|c: char| c.is_ascii_digit()) && self.eat('_') {
            self.digits();
        }
        // A trailing underscore is not consumed, so that the caller reports it.
        if self.text[start..self.at].ends_with('_') {
            self.at -= 1;
        }
        &self.text[start..self.at]
    }

    /// Whether the number or key that was just read continues in an unsupported way (`0x10`, `1n`, `1__0`).
    pub(super) fn joins_on(&self) -> bool {
        self.peek().is_some_and(|next| continues_word(next) || next == '.')
    }

    fn found(&self) -> String {
        self.peek().map_or_else(|| "the end".to_owned(), |found| format!("`{found}`"))
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    pub(super) fn bump(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += next.len_utf8();
        Some(next)
    }

    pub(super) fn eat(&mut self, expected: char) -> bool {
        let found = self.peek() == Some(expected);
        if found {
            self.at += expected.len_utf8();
        }
        found
    }

    pub(super) fn refuse<T>(&self, reason: impl Into<String>) -> Result<T> {
        self.refuse_at(self.at, reason)
    }

    pub(super) fn refuse_at<T>(&self, at: usize, reason: impl Into<String>) -> Result<T> {
        let before = &self.text[..at];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Err(Refusal {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            reason: reason.into(),
        })
    }
}

pub(super) fn starts_word(character: char) -> bool {
    character.is_alphabetic() || matches!(character, '_' | '$')
}

fn continues_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '$')
}
