//! Parses strings and numbers in a path.

use serde_json::Value;

use super::parse::{Parsed, Parser};

impl Parser<'_> {
    /// Parses a string in single or double quotes.
    pub(super) fn string(&mut self) -> Parsed<String> {
        let quote = if self.eat("'") { '\'' } else { '"' };
        if quote == '"' {
            self.expect("\"")?;
        }
        let mut text = String::new();
        loop {
            match self.next() {
                Some(c) if c == quote => return Ok(text),
                Some('\\') => text.push(self.escaped(quote)?),
                Some(c) if c >= ' ' => text.push(c),
                _ => return self.fail("a text that has no end, or a control character in it"),
            }
        }
    }

    fn escaped(&mut self, quote: char) -> Parsed<char> {
        match self.next() {
            Some(c @ ('\\' | '/')) => Ok(c),
            Some(c) if c == quote => Ok(c),
            Some('b') => Ok('\u{8}'),
            Some('f') => Ok('\u{c}'),
            Some('n') => Ok('\n'),
            Some('r') => Ok('\r'),
            Some('t') => Ok('\t'),
            Some('u') => self.code_point(),
            _ => self.fail("an unknown escape"),
        }
    }

    /// Parses the code point after `\u`: four digits, or a surrogate pair.
    fn code_point(&mut self) -> Parsed<char> {
        let high = self.four_digits()?;
        let is_high = (0xD800..0xDC00).contains(&high);
        let code = if is_high && self.eat("\\u") {
            let low = self.four_digits()?;
            match low.checked_sub(0xDC00) {
                Some(low) if low < 0x400 => 0x10000 + ((high - 0xD800) << 10) + low,
                _ => return self.fail("half of a surrogate pair"),
            }
        } else {
            high
        };
        match char::from_u32(code) {
            Some(c) => Ok(c),
            None => self.fail("half of a surrogate pair"),
        }
    }

    fn four_digits(&mut self) -> Parsed<u32> {
        let mut code = 0;
        for _ in 0..4 {
            match self.next().and_then(|c| c.to_digit(16)) {
                Some(digit) => code = code * 16 + digit,
                None => return self.fail("an escape without its four digits"),
            }
        }
        Ok(code)
    }

    /// Parses an index or a bound of a slice: an integer that a `double` represents exactly, without leading zeros.
    pub(super) fn integer(&mut self) -> Parsed<i64> {
        const LARGEST: i64 = (1 << 53) - 1;
        let text = self.take(|text| text.len() - after_integer(text).unwrap_or(text).len());
        match text.parse::<i64>() {
            Ok(value) if text != "-0" && (-LARGEST..=LARGEST).contains(&value) => Ok(value),
            _ => self.fail("not an integer from -(2^53 - 1) to 2^53 - 1, without leading zeros"),
        }
    }

    /// Parses a JSON number.
    pub(super) fn number(&mut self) -> Parsed<Value> {
        let text = self.take(|text| text.len() - after_number(text).unwrap_or(text).len());
        match serde_json::from_str(text) {
            Ok(value) => Ok(value),
            Err(_) => self.fail("not a number as JSON writes them"),
        }
    }
}

/// The rest of the text after an integer, which may have a minus.
fn after_integer(text: &str) -> Option<&str> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    match digits.strip_prefix('0') {
        Some(rest) => Some(rest),
        None => after_digits(digits),
    }
}

fn after_number(text: &str) -> Option<&str> {
    let mut rest = after_integer(text)?;
    if let Some(after) = rest.strip_prefix('.').and_then(after_digits) {
        rest = after;
    }
    let exponent = rest.strip_prefix(['e', 'E']);
    let exponent = exponent.map(|digits| digits.strip_prefix(['-', '+']).unwrap_or(digits));
    Some(exponent.and_then(after_digits).unwrap_or(rest))
}

fn after_digits(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    (rest.len() < text.len()).then_some(rest)
}
