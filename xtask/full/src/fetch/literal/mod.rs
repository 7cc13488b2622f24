//! Reads a JavaScript module that `export default`s an object literal, as data: nothing in it is executed.
//!
//! JSON5 is close, but it has no numeric keys (`200:`) and no `\u{…}`. Everything that is not data is refused, with its
//! place.

mod cursor;
mod strings;
#[cfg(test)]
mod tests;

use std::fmt;

use serde_json::{Map, Number, Value};

use self::cursor::{Reader, starts_word};

/// The maximum nesting: that of `serde_json`, so that the written document can be read again.
const DEPTH: usize = 127;

/// The reason why a module is refused, with the place.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    line: usize,
    column: usize,
    reason: String,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.reason)
    }
}

type Result<T> = std::result::Result<T, Refusal>;

/// Returns the value of a module that consists of `const NAME = LITERAL; export default NAME;`, or of `export default
/// LITERAL;` as in older versions of the package.
pub(super) fn default_export(text: &str) -> Result<Value> {
    let mut reader = Reader::new(text);
    reader.eat('\u{feff}');
    let start = reader.at;
    let value = match reader.word() {
        Ok("const") => reader.named_export()?,
        Ok("export") => {
            reader.expect_word("default")?;
            reader.value()?
        }
        _ => return reader.refuse_at(start, "expected `const` or `export`"),
    };
    reader.semicolon()?;
    reader.blank()?;
    match reader.peek() {
        None => Ok(value),
        Some(_) => reader.refuse("the module goes on after its default export"),
    }
}

impl Reader<'_> {
    /// Parses the rest of `const NAME = LITERAL; export default NAME`, after `const`.
    fn named_export(&mut self) -> Result<Value> {
        let name = self.word()?;
        self.expect('=')?;
        let value = self.value()?;
        self.semicolon()?;
        self.expect_word("export")?;
        self.expect_word("default")?;
        self.expect_word(name)?;
        Ok(value)
    }

    fn value(&mut self) -> Result<Value> {
        self.blank()?;
        match self.peek() {
            Some('{') => self.nested(Self::object),
            Some('[') => self.nested(Self::array),
            Some('\'' | '"' | '`') => self.string().map(Value::String),
            Some('-' | '.' | '0'..='9') => self.number(),
            Some(first) if starts_word(first) => {
                let start = self.at;
                match self.word()? {
                    "null" => Ok(Value::Null),
                    "true" => Ok(Value::Bool(true)),
                    "false" => Ok(Value::Bool(false)),
                    other => self.refuse_at(start, format!("`{other}` is code, not data")),
                }
            }
            Some(other) => self.refuse(format!("expected a value, found `{other}`")),
            None => self.refuse("the module ends where a value was expected"),
        }
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<Value>) -> Result<Value> {
        self.depth += 1;
        if self.depth > DEPTH {
            return self.refuse(format!("nested more than {DEPTH} levels deep"));
        }
        let value = read(self)?;
        self.depth -= 1;
        Ok(value)
    }

    fn object(&mut self) -> Result<Value> {
        let mut object = Map::new();
        self.expect('{')?;
        while !self.closes('}')? {
            let start = self.at;
            let key = self.key()?;
            self.expect(':')?;
            let value = self.value()?;
            if object.insert(key, value).is_some() {
                return self.refuse_at(start, "this key occurs twice in one object");
            }
            self.separator('}')?;
        }
        Ok(Value::Object(object))
    }

    fn array(&mut self) -> Result<Value> {
        let mut array = Vec::new();
        self.expect('[')?;
        while !self.closes(']')? {
            array.push(self.value()?);
            self.separator(']')?;
        }
        Ok(Value::Array(array))
    }

    fn key(&mut self) -> Result<String> {
        let start = self.at;
        let key = match self.peek() {
            Some('\'' | '"') => self.string()?,
            Some('0'..='9') => {
                let digits = self.digits();
                // JavaScript normalises other spellings of a number, so the key would differ from its spelling.
                if (digits.len() > 1 && digits.starts_with('0')) || self.joins_on() {
                    return self.refuse_at(start, "a numeric key has to be a plain integer");
                }
                digits.to_owned()
            }
            Some(first) if starts_word(first) => self.word()?.to_owned(),
            _ => return self.refuse("expected a key"),
        };
        // In JavaScript, `__proto__` is no property: it sets the prototype of the object.
        if key == "__proto__" {
            return self.refuse_at(start, "`__proto__` is code, not data");
        }
        Ok(key)
    }

    fn number(&mut self) -> Result<Value> {
        let start = self.at;
        self.eat('-');
        let whole = self.grouped_digits();
        let fraction = if self.eat('.') { Some(self.grouped_digits()) } else { None };
        let mut exponent = None;
        if self.eat('e') || self.eat('E') {
            let _ = self.eat('-') || self.eat('+');
            exponent = Some(self.grouped_digits());
        }
        let complete =
            exponent != Some("") && !(whole.is_empty() && fraction.is_none_or(str::is_empty));
        if !complete || (whole.len() > 1 && whole.starts_with('0')) || self.joins_on() {
            return self.refuse_at(start, "expected a decimal number");
        }
        let text = self.text[start..self.at].replace('_', "");
        match number(&text, fraction.is_none() && exponent.is_none()) {
            Some(number) => Ok(Value::Number(number)),
            None => self.refuse_at(start, format!("{text} is too large a number")),
        }
    }
}

/// Parses a number. A whole number stays an integer however it is written, as in `JSON.stringify`.
fn number(text: &str, integer: bool) -> Option<Number> {
    /// Up to this limit, `f64` represents every integer exactly.
    const SAFE: f64 = 9_007_199_254_740_992.0;
    if integer {
        if let Ok(number) = text.parse::<i64>() {
            return Some(number.into());
        }
        if let Ok(number) = text.parse::<u64>() {
            return Some(number.into());
        }
    }
    let number = text.parse::<f64>().ok()?;
    if number.fract() == 0.0 && number.abs() < SAFE {
        return format!("{number:.0}").parse::<i64>().ok().map(Number::from);
    }
    Number::from_f64(number)
}
