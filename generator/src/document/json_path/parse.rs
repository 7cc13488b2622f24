//! Parses a path.

use serde_json::Value;

use super::SyntaxError;
use super::grammar::{
    Comparison, Condition, Extent, Match, Operand, Pattern, Query, Reach, Segment, Selector, Slice,
    Start,
};

pub(super) type Parsed<T> = Result<T, SyntaxError>;

/// The maximum nesting of conditions and function calls.
const DEEPEST: usize = 32;

/// The characters that the grammar allows as white space.
const BLANKS: [char; 4] = [' ', '\t', '\n', '\r'];

/// Parses a whole path.
pub(super) fn path(text: &str) -> Parsed<Vec<Segment>> {
    let mut parser = Parser { text, rest: text, depth: 0 };
    parser.skip_blanks();
    parser.expect("$")?;
    let segments = parser.segments()?;
    parser.skip_blanks();
    if parser.rest.is_empty() { Ok(segments) } else { parser.fail("something that is no step") }
}

/// A text, and the part of it that has not been parsed.
pub(super) struct Parser<'a> {
    text: &'a str,
    rest: &'a str,
    depth: usize,
}

/// The start of a condition, before it is known which kind it is.
enum Term {
    Query(Query),
    Operand(Operand),
    Condition(Condition),
}

impl<'a> Parser<'a> {
    pub(super) fn fail<T>(&self, message: impl Into<String>) -> Parsed<T> {
        let read = &self.text[..self.text.len() - self.rest.len()];
        Err(SyntaxError { after: read.chars().count(), message: message.into() })
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let next = self.rest.chars().next()?;
        self.rest = &self.rest[next.len_utf8()..];
        Some(next)
    }

    /// Consumes as many bytes as `length` returns for the rest.
    pub(super) fn take(&mut self, length: impl Fn(&str) -> usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(length(self.rest));
        self.rest = rest;
        taken
    }

    pub(super) fn eat(&mut self, token: &str) -> bool {
        let rest = self.rest.strip_prefix(token);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    pub(super) fn expect(&mut self, token: &str) -> Parsed<()> {
        if self.eat(token) { Ok(()) } else { self.fail(format!("`{token}` is missing")) }
    }

    fn skip_blanks(&mut self) {
        self.rest = self.rest.trim_start_matches(BLANKS);
    }

    /// Consumes a token and the white space before it, if the token is next.
    fn eat_after_blanks(&mut self, token: &str) -> bool {
        let before = self.rest;
        self.skip_blanks();
        let is_there = self.eat(token);
        if !is_there {
            self.rest = before;
        }
        is_there
    }

    fn starts_with(&self, is_start: impl Fn(char) -> bool) -> bool {
        self.rest.starts_with(is_start)
    }

    fn segments(&mut self) -> Parsed<Vec<Segment>> {
        let mut segments = Vec::new();
        loop {
            let (reach, selectors) = if self.eat_after_blanks("..") {
                let is_bracketed = self.starts_with(|c| c == '[');
                let selectors =
                    if is_bracketed { self.brackets()? } else { vec![self.after_dot()?] };
                (Reach::Descendants, selectors)
            } else if self.eat_after_blanks(".") {
                (Reach::Children, vec![self.after_dot()?])
            } else if self.rest.trim_start_matches(BLANKS).starts_with('[') {
                self.skip_blanks();
                (Reach::Children, self.brackets()?)
            } else {
                return Ok(segments);
            };
            segments.push(Segment { reach, selectors });
        }
    }

    fn after_dot(&mut self) -> Parsed<Selector> {
        if self.eat("*") {
            return Ok(Selector::Wildcard);
        }
        let is_first = |c: char| c.is_ascii_alphabetic() || c == '_' || !c.is_ascii();
        if !self.starts_with(is_first) {
            return self.fail("a name or `*` is missing; other names are written as ['name']");
        }
        let is_next = |c: char| is_first(c) || c.is_ascii_digit();
        let name = self.take(|text| text.len() - text.trim_start_matches(is_next).len());
        Ok(Selector::Name(name.to_owned()))
    }

    fn brackets(&mut self) -> Parsed<Vec<Selector>> {
        self.expect("[")?;
        let mut selectors = Vec::new();
        loop {
            self.skip_blanks();
            selectors.push(self.selector()?);
            self.skip_blanks();
            if !self.eat(",") {
                break;
            }
        }
        self.expect("]")?;
        Ok(selectors)
    }

    fn selector(&mut self) -> Parsed<Selector> {
        if self.eat("*") {
            return Ok(Selector::Wildcard);
        }
        if self.eat("?") {
            self.skip_blanks();
            return Ok(Selector::Filter(self.any()?));
        }
        if self.starts_with(|c| c == '\'' || c == '"') {
            return Ok(Selector::Name(self.string()?));
        }
        let start = self.bound()?;
        if !self.eat_after_blanks(":") {
            return match start {
                Some(index) => Ok(Selector::Index(index)),
                None => self.fail("a name in quotes, an index, `*` or a filter is missing"),
            };
        }
        self.skip_blanks();
        let end = self.bound()?;
        let step = if self.eat_after_blanks(":") {
            self.skip_blanks();
            self.bound()?
        } else {
            None
        };
        Ok(Selector::Slice(Slice { start, end, step: step.unwrap_or(1) }))
    }

    /// Parses an integer, if there is one.
    fn bound(&mut self) -> Parsed<Option<i64>> {
        let is_there = self.starts_with(|c| c == '-' || c.is_ascii_digit());
        if is_there { self.integer().map(Some) } else { Ok(None) }
    }

    /// Parses conditions that are separated by `||`.
    fn any(&mut self) -> Parsed<Condition> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return self.fail(format!("conditions stand in each other more than {DEEPEST} times"));
        }
        let condition = self.separated("||", Self::all, Condition::Any)?;
        self.depth -= 1;
        Ok(condition)
    }

    /// Parses conditions that are separated by `&&`.
    fn all(&mut self) -> Parsed<Condition> {
        self.separated("&&", Self::condition, Condition::All)
    }

    fn separated(
        &mut self,
        by: &str,
        one: fn(&mut Self) -> Parsed<Condition>,
        several: fn(Vec<Condition>) -> Condition,
    ) -> Parsed<Condition> {
        let first = one(self)?;
        let mut conditions = vec![first];
        while self.eat_after_blanks(by) {
            self.skip_blanks();
            conditions.push(one(self)?);
        }
        match conditions.len() {
            1 => Ok(conditions.remove(0)),
            _ => Ok(several(conditions)),
        }
    }

    fn condition(&mut self) -> Parsed<Condition> {
        if self.eat("!") {
            self.skip_blanks();
            let condition = if self.eat("(") { self.in_parentheses() } else { self.test() };
            return Ok(Condition::Not(Box::new(condition?)));
        }
        if self.eat("(") {
            return self.in_parentheses();
        }
        let term = self.term()?;
        let Some(comparison) = self.comparison() else { return self.tested(term) };
        let left = self.operand(term)?;
        self.skip_blanks();
        let right = self.term()?;
        Ok(Condition::Compare(left, comparison, self.operand(right)?))
    }

    /// Parses a condition after its opening parenthesis.
    fn in_parentheses(&mut self) -> Parsed<Condition> {
        self.skip_blanks();
        let condition = self.any()?;
        self.skip_blanks();
        self.expect(")")?;
        Ok(condition)
    }

    fn test(&mut self) -> Parsed<Condition> {
        let term = self.term()?;
        self.tested(term)
    }

    /// Makes a condition of a term without a comparison.
    fn tested(&self, term: Term) -> Parsed<Condition> {
        match term {
            Term::Query(query) => Ok(Condition::Exists(query)),
            Term::Condition(condition) => Ok(condition),
            Term::Operand(_) => self.fail("a value that is not compared with anything"),
        }
    }

    /// Makes an operand of a term.
    fn operand(&self, term: Term) -> Parsed<Operand> {
        match term {
            Term::Operand(operand) => Ok(operand),
            Term::Query(query) if query.is_singular() => Ok(Operand::Query(query)),
            Term::Query(_) => self.fail("a query that can name several values has no one value"),
            Term::Condition(_) => self.fail("a function that is true or not has no value"),
        }
    }

    fn comparison(&mut self) -> Option<Comparison> {
        // Longer operators come first.
        const SIGNS: [(&str, Comparison); 6] = [
            ("==", Comparison::Equal),
            ("!=", Comparison::NotEqual),
            ("<=", Comparison::LessOrEqual),
            (">=", Comparison::GreaterOrEqual),
            ("<", Comparison::Less),
            (">", Comparison::Greater),
        ];
        let (_, comparison) = SIGNS.into_iter().find(|(sign, _)| self.eat_after_blanks(sign))?;
        Some(comparison)
    }

    fn term(&mut self) -> Parsed<Term> {
        if self.starts_with(|c| c == '$' || c == '@') {
            return Ok(Term::Query(self.query()?));
        }
        if self.starts_with(|c| c == '\'' || c == '"') {
            return Ok(Term::Operand(Operand::Literal(self.string()?.into())));
        }
        if self.starts_with(|c| c == '-' || c.is_ascii_digit()) {
            return Ok(Term::Operand(Operand::Literal(self.number()?)));
        }
        let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        let word = self.take(|text| text.len() - text.trim_start_matches(is_part).len());
        match word {
            "true" => Ok(Term::Operand(Operand::Literal(Value::Bool(true)))),
            "false" => Ok(Term::Operand(Operand::Literal(Value::Bool(false)))),
            "null" => Ok(Term::Operand(Operand::Literal(Value::Null))),
            "" => self.fail("`@`, `$`, a value or a function is missing"),
            function => self.call(function),
        }
    }

    fn query(&mut self) -> Parsed<Query> {
        let start = if self.eat("$") { Start::Root } else { Start::Current };
        if start == Start::Current {
            self.expect("@")?;
        }
        Ok(Query { start, segments: self.segments()? })
    }

    fn call(&mut self, function: &str) -> Parsed<Term> {
        self.expect("(")?;
        self.depth += 1;
        if self.depth > DEEPEST {
            return self.fail(format!("calls stand in each other more than {DEEPEST} times"));
        }
        self.skip_blanks();
        let term = match function {
            "length" => Term::Operand(Operand::Length(Box::new(self.value()?))),
            "count" => Term::Operand(Operand::Count(self.nodes()?)),
            "value" => Term::Operand(Operand::Value(self.nodes()?)),
            "match" => Term::Condition(self.matching(Extent::Whole)?),
            "search" => Term::Condition(self.matching(Extent::Part)?),
            _ => return self.fail(format!("there is no function `{function}`")),
        };
        self.depth -= 1;
        self.skip_blanks();
        self.expect(")")?;
        Ok(term)
    }

    /// Parses an argument that is a value.
    fn value(&mut self) -> Parsed<Operand> {
        let term = self.term()?;
        self.operand(term)
    }

    /// Parses an argument that is a query.
    fn nodes(&mut self) -> Parsed<Query> {
        match self.term()? {
            Term::Query(query) => Ok(query),
            _ => self.fail("a query, which begins with `@` or `$`, is missing"),
        }
    }

    fn matching(&mut self, extent: Extent) -> Parsed<Condition> {
        let text = self.value()?;
        self.skip_blanks();
        self.expect(",")?;
        self.skip_blanks();
        let pattern = match self.value()? {
            Operand::Literal(Value::String(pattern)) => match extent.compile(&pattern) {
                Some(regex) => Pattern::Known(regex),
                None => {
                    return self.fail(format!("`{pattern}` is not a pattern that is known here"));
                }
            },
            other => Pattern::Found(other),
        };
        Ok(Condition::Match(Box::new(Match { text, pattern, extent })))
    }
}
