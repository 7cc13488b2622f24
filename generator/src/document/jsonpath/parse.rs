//! Reads a query.

use serde_json::{Number, Value};

use super::{Comparison, From, Logical, Operand, Part, Query, Reach, Relative, Segment, Selector};

/// Integers that every implementation of JSON can hold.
const LARGEST: i64 = (1 << 53) - 1;
/// Filters and parentheses in each other.
const DEEPEST: usize = 64;

type Read<T> = Result<T, String>;

pub(super) fn query(text: &str) -> Read<Query> {
    let mut parser = Parser { text, at: 0, depth: 0 };
    if !parser.takes("$") {
        return parser.wrong("a query begins with `$`");
    }
    let segments = parser.segments()?;
    if parser.at < text.len() {
        return parser.wrong("a segment such as `.name` or `['name']` is expected");
    }
    Ok(Query(segments))
}

struct Parser<'a> {
    text: &'a str,
    /// In bytes.
    at: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn wrong<T>(&self, message: &str) -> Read<T> {
        let character = self.text[..self.at].chars().count() + 1;
        Err(format!("at character {character}, {message}"))
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn takes(&mut self, token: &str) -> bool {
        let is_next = self.rest().starts_with(token);
        if is_next {
            self.at += token.len();
        }
        is_next
    }

    fn expect(&mut self, token: &str) -> Read<()> {
        if self.takes(token) { Ok(()) } else { self.wrong(&format!("`{token}` is expected")) }
    }

    fn skip_space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
    }

    /// As many characters as `fit`.
    fn word(&mut self, fits: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let length = rest.find(|c| !fits(c)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        if self.depth == DEEPEST {
            return self.wrong("there are too many filters or parentheses in each other");
        }
        self.depth += 1;
        let read = read(self);
        self.depth -= 1;
        read
    }

    fn segments(&mut self) -> Read<Vec<Segment>> {
        let mut segments = Vec::new();
        loop {
            let before = self.at;
            self.skip_space();
            let reach = if self.takes("..") { Reach::Descendants } else { Reach::Node };
            let is_dotted = reach == Reach::Descendants || self.takes(".");
            let may_be_bracketed = reach == Reach::Descendants || !is_dotted;
            let selectors = if may_be_bracketed && self.takes("[") {
                self.bracketed()?
            } else if is_dotted {
                vec![self.shorthand()?]
            } else {
                self.at = before;
                return Ok(segments);
            };
            segments.push(Segment { reach, selectors });
        }
    }

    /// What follows a dot.
    fn shorthand(&mut self) -> Read<Selector> {
        if self.takes("*") {
            return Ok(Selector::Wildcard);
        }
        let is_first = |c: char| c.is_ascii_alphabetic() || c == '_' || !c.is_ascii();
        if !self.peek().is_some_and(is_first) {
            return self
                .wrong("a name is expected; other than letters, digits and `_` stand in ['…']");
        }
        Ok(Selector::Name(self.word(|c| is_first(c) || c.is_ascii_digit()).to_owned()))
    }

    /// What follows a bracket.
    fn bracketed(&mut self) -> Read<Vec<Selector>> {
        let mut selectors = Vec::new();
        loop {
            self.skip_space();
            selectors.push(self.selector()?);
            self.skip_space();
            if self.takes("]") {
                return Ok(selectors);
            }
            if !self.takes(",") {
                return self.wrong("`,` or `]` is expected");
            }
        }
    }

    fn selector(&mut self) -> Read<Selector> {
        match self.peek() {
            Some('*') => {
                self.at += 1;
                Ok(Selector::Wildcard)
            }
            Some('?') => {
                self.at += 1;
                self.skip_space();
                self.deeper(Self::or).map(Selector::Filter)
            }
            Some('\'' | '"') => self.string().map(Selector::Name),
            Some(c) if c.is_ascii_digit() || matches!(c, '-' | ':') => self.index_or_slice(),
            _ => self.wrong("a name in quotes, an index, `*` or a filter `?…` is expected"),
        }
    }

    fn index_or_slice(&mut self) -> Read<Selector> {
        let start = self.optional_integer()?;
        let before = self.at;
        self.skip_space();
        if !self.takes(":") {
            self.at = before;
            return match start {
                Some(index) => Ok(Selector::Index(index)),
                None => self.wrong("an index is expected"),
            };
        }
        self.skip_space();
        let end = self.optional_integer()?;
        self.skip_space();
        let mut step = None;
        if self.takes(":") {
            self.skip_space();
            step = self.optional_integer()?;
        }
        Ok(Selector::Slice { start, end, step: step.unwrap_or(1) })
    }

    fn optional_integer(&mut self) -> Read<Option<i64>> {
        let start = self.at;
        let sign = if self.takes("-") { -1 } else { 1 };
        let digits = self.word(|c| c.is_ascii_digit());
        if digits.is_empty() && sign == 1 {
            return Ok(None);
        }
        let is_written_well = !(digits.starts_with('0') && (digits.len() > 1 || sign == -1));
        let value = digits.parse::<i64>().ok().filter(|value| *value <= LARGEST && is_written_well);
        match value {
            Some(value) => Ok(Some(sign * value)),
            None => {
                self.at = start;
                self.wrong("this is no integer")
            }
        }
    }

    fn string(&mut self) -> Read<String> {
        let Some(quote) = self.peek() else { return self.wrong("a string is expected") };
        self.at += 1;
        let mut text = String::new();
        loop {
            let Some(c) = self.peek() else { return self.wrong("the string does not end") };
            if c < ' ' {
                return self.wrong("control characters are written as \\u00XX");
            }
            self.at += c.len_utf8();
            match c {
                '\\' => text.push(self.escaped(quote)?),
                c if c == quote => return Ok(text),
                c => text.push(c),
            }
        }
    }

    /// What follows a backslash.
    fn escaped(&mut self, quote: char) -> Read<char> {
        let Some(c) = self.peek() else { return self.wrong("the string does not end") };
        self.at += c.len_utf8();
        Ok(match c {
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '/' | '\\' => c,
            'u' => return self.unicode(),
            c if c == quote => c,
            _ => {
                self.at -= c.len_utf8();
                return self.wrong("this cannot be escaped");
            }
        })
    }

    fn unicode(&mut self) -> Read<char> {
        let mut units = vec![self.unit()?];
        if (0xd800..0xdc00).contains(&units[0]) && self.takes("\\u") {
            units.push(self.unit()?);
        }
        let mut read = char::decode_utf16(units);
        match (read.next(), read.next()) {
            (Some(Ok(c)), None) => Ok(c),
            _ => self.wrong("half of a surrogate pair is no character"),
        }
    }

    fn unit(&mut self) -> Read<u16> {
        let digits =
            self.rest().get(..4).filter(|text| text.bytes().all(|b| b.is_ascii_hexdigit()));
        match digits.and_then(|digits| u16::from_str_radix(digits, 16).ok()) {
            Some(unit) => {
                self.at += 4;
                Ok(unit)
            }
            None => self.wrong("four hexadecimal digits are expected"),
        }
    }

    fn or(&mut self) -> Read<Logical> {
        let parts = self.joined("||", Self::and)?;
        Ok(single_or(parts, Logical::Or))
    }

    fn and(&mut self) -> Read<Logical> {
        let parts = self.joined("&&", Self::basic)?;
        Ok(single_or(parts, Logical::And))
    }

    fn joined(&mut self, by: &str, part: fn(&mut Self) -> Read<Logical>) -> Read<Vec<Logical>> {
        let mut parts = vec![part(self)?];
        loop {
            let before = self.at;
            self.skip_space();
            if !self.takes(by) {
                self.at = before;
                return Ok(parts);
            }
            self.skip_space();
            parts.push(part(self)?);
        }
    }

    fn basic(&mut self) -> Read<Logical> {
        if self.takes("!") {
            self.skip_space();
            let negated =
                if self.peek() == Some('(') { self.parenthesized()? } else { self.test()? };
            return Ok(Logical::Not(Box::new(negated)));
        }
        if self.peek() == Some('(') { self.parenthesized() } else { self.test_or_comparison() }
    }

    fn parenthesized(&mut self) -> Read<Logical> {
        self.expect("(")?;
        self.skip_space();
        let inner = self.deeper(Self::or)?;
        self.skip_space();
        self.expect(")")?;
        Ok(inner)
    }

    /// A query, or `match` or `search`.
    fn test(&mut self) -> Read<Logical> {
        if let Some(pattern) = self.pattern()? {
            return Ok(pattern);
        }
        match self.relative()? {
            Some(query) => Ok(Logical::Exists(query)),
            None => self.wrong("a query such as `@.name`, `match(…)` or `search(…)` is expected"),
        }
    }

    fn pattern(&mut self) -> Read<Option<Logical>> {
        let part = if self.takes("match(") {
            Part::Whole
        } else if self.takes("search(") {
            Part::Any
        } else {
            return Ok(None);
        };
        self.skip_space();
        let text = self.deeper(Self::operand)?;
        self.skip_space();
        self.expect(",")?;
        self.skip_space();
        let pattern = self.deeper(Self::operand)?;
        self.skip_space();
        self.expect(")")?;
        Ok(Some(Logical::Pattern { part, text, pattern }))
    }

    fn test_or_comparison(&mut self) -> Read<Logical> {
        if let Some(pattern) = self.pattern()? {
            return Ok(pattern);
        }
        let start = self.at;
        let query = self.relative()?;
        let after = self.at;
        self.skip_space();
        let Some(comparison) = self.comparison() else {
            self.at = after;
            return match query {
                Some(query) => Ok(Logical::Exists(query)),
                None => {
                    self.at = start;
                    // It is known not to be a query.
                    self.operand()?;
                    self.wrong("a comparison such as `== 1` is expected")
                }
            };
        };
        let left = match query {
            Some(query) if query.is_singular() => Operand::Singular(query),
            _ => {
                self.at = start;
                self.operand()?
            }
        };
        self.compared(left, comparison)
    }

    fn compared(&mut self, left: Operand, comparison: Comparison) -> Read<Logical> {
        self.skip_space();
        let right = self.operand()?;
        Ok(Logical::Compare { left, comparison, right })
    }

    fn comparison(&mut self) -> Option<Comparison> {
        let all = [
            ("==", Comparison::Equal),
            ("!=", Comparison::NotEqual),
            ("<=", Comparison::LessOrEqual),
            (">=", Comparison::GreaterOrEqual),
            ("<", Comparison::Less),
            (">", Comparison::Greater),
        ];
        all.into_iter().find_map(|(token, comparison)| self.takes(token).then_some(comparison))
    }

    fn operand(&mut self) -> Read<Operand> {
        if self.takes("length(") {
            self.skip_space();
            let of = self.deeper(Self::operand)?;
            self.skip_space();
            self.expect(")")?;
            return Ok(Operand::Length(Box::new(of)));
        }
        for (name, make) in [("count(", Operand::Count as fn(_) -> _), ("value(", Operand::Value)] {
            if self.takes(name) {
                return self.of_nodes().map(make);
            }
        }
        let start = self.at;
        match self.relative()? {
            Some(query) if query.is_singular() => Ok(Operand::Singular(query)),
            Some(_) => {
                self.at = start;
                self.wrong("this query may select several nodes, which cannot be compared")
            }
            None => self.literal().map(Operand::Literal),
        }
    }

    fn of_nodes(&mut self) -> Read<Relative> {
        self.skip_space();
        let Some(query) = self.deeper(Self::relative)? else {
            return self.wrong("a query such as `@.*` is expected");
        };
        self.skip_space();
        self.expect(")")?;
        Ok(query)
    }

    fn relative(&mut self) -> Read<Option<Relative>> {
        let from = if self.takes("$") {
            From::Root
        } else if self.takes("@") {
            From::Current
        } else {
            return Ok(None);
        };
        let segments = self.segments()?;
        Ok(Some(Relative { from, segments }))
    }

    fn literal(&mut self) -> Read<Value> {
        if matches!(self.peek(), Some('\'' | '"')) {
            return self.string().map(Value::String);
        }
        for (word, value) in [("true", true.into()), ("false", false.into()), ("null", Value::Null)]
        {
            if self.takes(word) {
                return Ok(value);
            }
        }
        let start = self.at;
        let number = self.word(|c| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | 'e' | 'E'));
        match number.parse::<Number>() {
            Ok(number) => Ok(Value::Number(number)),
            Err(_) => {
                self.at = start;
                self.wrong("a query, a function, a string, a number, `true`, `false` or `null` is expected")
            }
        }
    }
}

fn single_or(mut parts: Vec<Logical>, many: fn(Vec<Logical>) -> Logical) -> Logical {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        Some(last) => {
            parts.push(last);
            many(parts)
        }
        None => many(parts),
    }
}
