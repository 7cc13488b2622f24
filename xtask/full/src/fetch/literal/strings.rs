//! Parses JavaScript strings and their escapes.

use super::Result;
use super::cursor::Reader;

impl Reader<'_> {
    /// Parses a quoted string, or a template literal without substitutions.
    pub(super) fn string(&mut self) -> Result<String> {
        let start = self.at;
        let quote = self.bump();
        let mut string = String::new();
        loop {
            let place = self.at;
            match self.bump() {
                None => return self.refuse_at(start, "this string does not end"),
                ended if ended == quote => return Ok(string),
                Some('\\') => self.escape(place, &mut string)?,
                Some('\n' | '\r') if quote != Some('`') => {
                    return self.refuse_at(start, "this string does not end on its line");
                }
                // In a template literal, every line break counts as `\n`.
                Some('\r') => {
                    self.eat('\n');
                    string.push('\n');
                }
                Some('$') if quote == Some('`') && self.peek() == Some('{') => {
                    return self.refuse_at(place, "`${` is code, not data");
                }
                Some(other) => string.push(other),
            }
        }
    }

    /// Parses an escape after its backslash, which is at `start`.
    fn escape(&mut self, start: usize, string: &mut String) -> Result<()> {
        let character = match self.bump() {
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('v') => '\u{b}',
            Some('0') if !self.peek().is_some_and(|next| next.is_ascii_digit()) => '\0',
            Some('0'..='9') => return self.refuse_at(start, "octal escapes are not read"),
            Some('x') => {
                let code = self.hex(start, 2)?;
                self.character(start, code)?
            }
            Some('u') => {
                let code = self.code(start)?;
                self.character(start, code)?
            }
            // A backslash at the end of a line continues the string on the next line.
            Some('\r') => {
                self.eat('\n');
                return Ok(());
            }
            Some('\n' | '\u{2028}' | '\u{2029}') => return Ok(()),
            Some(other) => other,
            None => return self.refuse_at(start, "the module ends inside a string"),
        };
        string.push(character);
        Ok(())
    }

    /// The character for `code`. If `code` is the first half of a surrogate pair, its second half is consumed as well.
    fn character(&mut self, start: usize, code: u32) -> Result<char> {
        let mut code = code;
        if (0xd800..0xdc00).contains(&code) && self.text[self.at..].starts_with("\\u") {
            self.at += 2;
            let low = self.code(start)?;
            if (0xdc00..0xe000).contains(&low) {
                code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
            }
        }
        match char::from_u32(code) {
            Some(character) => Ok(character),
            None => self.refuse_at(start, "this escape is no Unicode character by itself"),
        }
    }

    /// Parses the number after `\u`: four digits, or digits in braces.
    fn code(&mut self, start: usize) -> Result<u32> {
        if !self.eat('{') {
            return self.hex(start, 4);
        }
        let length = self.text[self.at..].find('}').unwrap_or(0);
        let code = self.hex(start, length)?;
        self.expect('}')?;
        Ok(code)
    }

    fn hex(&mut self, start: usize, length: usize) -> Result<u32> {
        let digits = self.text.get(self.at..self.at + length).unwrap_or_default();
        let all = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        match u32::from_str_radix(digits, 16) {
            Ok(code) if all => {
                self.at += length;
                Ok(code)
            }
            _ => self.refuse_at(start, "this escape lacks its hexadecimal digits"),
        }
    }
}
