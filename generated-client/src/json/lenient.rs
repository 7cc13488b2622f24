//! Decodes JSON that holds values which cannot be represented: text that is not Unicode, numbers that are out of range, and
//! nesting that is too deep.
//!
//! serde_json fails on these as a whole. Here each counts as a value of another type, and the rest is decoded as usual.

use std::borrow::Cow;

use serde::de::IgnoredAny;
use serde_json::Value;

use super::buffered::{Buffered, Entry};
use super::decode::{decode_elements, decode_entries};
use super::decode_scalars::decode_digits;
use super::entries::{DecodeOutcome, Elements, Entries, Next, Replay, find, push};
use super::numbers::is_number;
use super::repair::{Report, Step};
use super::scan::Scanner;
use super::values::{List, Map};
use super::{Field, Json, Slot};

/// How deep objects and arrays are decoded, as in serde_json.
const DEEPEST: usize = 127;

const NOT_UNICODE: &str = "text that is not Unicode";
const OUT_OF_RANGE: &str = "a number that is out of range";
const TOO_DEEP: &str = "a value that is nested too deep";
const KEY_NOT_UNICODE: &str = "a key that is not Unicode";

/// Whether a text is JSON, disregarding what can be represented.
pub(super) fn is_json(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// Decodes a text that [is JSON](is_json). What an earlier attempt has left in `place` is replaced.
pub(super) fn decode(text: &str, place: &mut dyn Json, report: &mut Report) -> DecodeOutcome {
    Reader { scanner: Scanner::new(text), depth: 0 }.fill(place, report)
}

struct Reader<'t> {
    scanner: Scanner<'t>,
    /// How many objects and arrays are open.
    depth: usize,
}

/// What comes next.
enum Token {
    Object,
    Array,
    /// Anything else, or something that is too deep to be entered.
    Whole,
}

impl<'t> Reader<'t> {
    /// Enters an object or an array, if one comes next.
    fn open(&mut self) -> Token {
        let token = match self.scanner.peek() {
            Some(b'{') if self.depth < DEEPEST => Token::Object,
            Some(b'[') if self.depth < DEEPEST => Token::Array,
            _ => return Token::Whole,
        };
        self.scanner.enter();
        self.depth += 1;
        token
    }

    /// Whether something comes next in the object or the array.
    fn advance(&mut self) -> bool {
        let is_more = self.scanner.advance();
        self.depth -= usize::from(!is_more);
        is_more
    }

    fn fill(&mut self, place: &mut dyn Json, report: &mut Report) -> DecodeOutcome {
        match self.open() {
            Token::Object => {
                match place.filled() {
                    Slot::Map(map) => map.clear(),
                    Slot::Object(object) => object.others_mut().into_iter().for_each(Map::clear),
                    _ => {}
                }
                let mut entries = ReaderEntries { reader: self, is_key_lost: false };
                decode_entries(place, &mut Replay::new(Vec::new(), &mut entries), report)
            }
            Token::Array => {
                if let Slot::List(list) = place.filled() {
                    (0..list.len()).for_each(|_| list.pop());
                }
                decode_elements(place, &mut ReaderElements(self), report)
            }
            Token::Whole => {
                let text = self.scanner.value();
                if place.is_exact() && is_number(text) {
                    return decode_digits(place, text, report);
                }
                whole(text).fill(place, report)
            }
        }
    }

    fn buffered(&mut self, report: &mut Report) -> Buffered<'t> {
        match self.open() {
            Token::Object => {
                let mut entries = Vec::new();
                while let Some(entry) = self.entry(report) {
                    report.budget.take_property(&entry.0, entries.len());
                    entries.push(entry);
                    if report.budget.is_exhausted() {
                        break;
                    }
                }
                Buffered::Entries(entries)
            }
            Token::Array => {
                let mut elements = Vec::new();
                while self.advance() && !report.budget.is_exhausted() {
                    report.budget.take_element();
                    elements.push(self.buffered(report));
                }
                Buffered::Elements(elements)
            }
            Token::Whole => whole(self.scanner.value()),
        }
    }

    fn entry(&mut self, report: &mut Report) -> Option<Entry<'t>> {
        let (key, is_lost) = self.key()?;
        let value = if is_lost { self.lost() } else { self.buffered(report) };
        Some((key, value))
    }

    /// Reads a key, if there is another one, and says whether it could not be represented.
    fn key(&mut self) -> Option<(Cow<'t, str>, bool)> {
        if !self.advance() {
            return None;
        }
        let written = self.scanner.key();
        Some(match serde_json::from_str(written) {
            Ok(Buffered::Text(key)) => (key, false),
            _ => (written.trim_matches('"').into(), true),
        })
    }

    /// Passes over a value without a usable key.
    fn lost(&mut self) -> Buffered<'t> {
        self.scanner.value();
        Buffered::Unreadable(KEY_NOT_UNICODE)
    }
}

/// Reads a value that is not entered.
fn whole(text: &str) -> Buffered<'_> {
    match text.as_bytes().first() {
        Some(b'{' | b'[') => Buffered::Unreadable(TOO_DEEP),
        Some(b'"') => serde_json::from_str(text).unwrap_or(Buffered::Unreadable(NOT_UNICODE)),
        _ => serde_json::from_str(text).unwrap_or(Buffered::Unreadable(OUT_OF_RANGE)),
    }
}

struct ReaderElements<'a, 't>(&'a mut Reader<'t>);

impl Elements for ReaderElements<'_, '_> {
    fn next(&mut self, list: &mut dyn List, report: &mut Report) -> Option<DecodeOutcome> {
        self.0.advance().then(|| self.0.fill(push(list, report), report))
    }

    fn any(&mut self, report: &mut Report) -> Result<Option<Value>, DecodeOutcome> {
        if report.is_full() {
            return Err(DecodeOutcome::Broken);
        }
        Ok(self.0.advance().then(|| self.0.buffered(report).into_value(report)))
    }

    fn skip(&mut self) -> DecodeOutcome {
        while self.0.advance() {
            self.0.scanner.value();
        }
        DecodeOutcome::Decoded
    }
}

struct ReaderEntries<'a, 't> {
    reader: &'a mut Reader<'t>,
    /// Whether the last key could not be represented.
    is_key_lost: bool,
}

impl<'t> Entries<'t> for ReaderEntries<'_, 't> {
    fn next_field(&mut self, fields: &'static [Field], expected: usize) -> Next {
        match self.next_key() {
            Ok(Some(_)) if self.is_key_lost => Next::Other,
            Ok(Some(key)) => find(fields, expected, &key).map_or(Next::Other, Next::Field),
            _ => Next::End,
        }
    }

    fn next_entry(&mut self, report: &mut Report) -> Result<Option<Entry<'t>>, DecodeOutcome> {
        Ok(self.reader.entry(report))
    }

    fn next_key(&mut self) -> Result<Option<Cow<'t, str>>, DecodeOutcome> {
        let next = self.reader.key();
        self.is_key_lost = next.as_ref().is_some_and(|(_, is_lost)| *is_lost);
        Ok(next.map(|(key, _)| key))
    }

    fn value(&mut self, place: &mut dyn Json, report: &mut Report) -> DecodeOutcome {
        if self.is_key_lost {
            return self.reader.lost().fill(place, report);
        }
        self.reader.fill(place, report)
    }

    fn any(&mut self, report: &mut Report) -> Result<Value, DecodeOutcome> {
        if report.is_full() {
            return Err(DecodeOutcome::Broken);
        }
        let reader = &mut self.reader;
        let value = if self.is_key_lost { reader.lost() } else { reader.buffered(report) };
        Ok(value.into_value(report))
    }

    fn skip(&mut self) -> DecodeOutcome {
        self.reader.scanner.value();
        DecodeOutcome::Decoded
    }
}
