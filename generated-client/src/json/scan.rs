//! Finds the parts of a text that is known to be JSON.
//!
//! Whatever the depth, nothing here recurses. Other texts give other parts, but no panic and no endless loop.

/// A place in a text.
pub(super) struct Scanner<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// The first byte of what comes next.
    pub(super) fn peek(&mut self) -> Option<u8> {
        while let Some(byte) = self.byte() {
            if !byte.is_ascii_whitespace() {
                return Some(byte);
            }
            self.at += 1;
        }
        None
    }

    /// Enters the object or the array that comes next.
    pub(super) fn enter(&mut self) {
        self.peek();
        self.at += 1;
    }

    /// Whether an entry or an element comes next. If not, this leaves the object or the array.
    pub(super) fn advance(&mut self) -> bool {
        match self.peek() {
            None => false,
            Some(b']' | b'}') => {
                self.at += 1;
                false
            }
            Some(b',') => {
                self.at += 1;
                true
            }
            Some(_) => true,
        }
    }

    /// Passes over a key and its colon. Returns the key as it is written, with its quotes.
    pub(super) fn key(&mut self) -> &'t str {
        let key = self.value();
        self.enter();
        key
    }

    /// Passes over a value. Returns it as it is written.
    pub(super) fn value(&mut self) -> &'t str {
        self.peek();
        let begin = self.at;
        let mut depth = 0_usize;
        while let Some(byte) = self.byte() {
            self.at += 1;
            match byte {
                b'"' => self.leave_string(),
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth = depth.saturating_sub(1),
                b',' | b':' | b' ' | b'\n' | b'\r' | b'\t' => continue,
                _ => self.leave_word(),
            }
            if depth == 0 {
                break;
            }
        }
        self.text.get(begin..self.at).unwrap_or_default()
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Moves behind the closing quote.
    fn leave_string(&mut self) {
        while let Some(byte) = self.byte() {
            self.at += if byte == b'\\' { 2 } else { 1 };
            if byte == b'"' {
                break;
            }
        }
        self.at = self.at.min(self.text.len());
    }

    /// Moves behind a number, `true`, `false` or `null`.
    fn leave_word(&mut self) {
        while self
            .byte()
            .is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'+' | b'-'))
        {
            self.at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_as_they_are_written() {
        let text = r#" [ {"a\"}" : [1, {}] } , "]\\" ,-1.5e+3,null ] "#;
        let mut scanner = Scanner::new(text);
        scanner.enter();
        let mut values = Vec::new();
        while scanner.advance() {
            values.push(scanner.value());
        }
        assert_eq!(values, [r#"{"a\"}" : [1, {}] }"#, r#""]\\""#, "-1.5e+3", "null"]);
        assert_eq!(scanner.peek(), None);
        let mut scanner = Scanner::new(text);
        scanner.enter();
        assert!(scanner.advance());
        scanner.enter();
        assert!(scanner.advance());
        assert_eq!((scanner.key(), scanner.value()), (r#""a\"}""#, "[1, {}]"));
        assert!(!scanner.advance() && scanner.advance());
    }

    #[test]
    fn other_texts_come_to_an_end() {
        for text in ["", "\"", "\"\\", "[", "}", "é", "{\"a\"", "[[[,,:", "\"é\\", "@@"] {
            let mut scanner = Scanner::new(text);
            for _ in 0..=text.len() {
                scanner.enter();
                scanner.advance();
                scanner.key();
            }
            assert_eq!(scanner.peek(), None, "{text}");
        }
    }
}
