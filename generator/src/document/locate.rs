//! Finds the line and column of a JSON pointer in a source text.
//!
//! The parsers do not keep positions. When a diagnostic needs one, the text is parsed again, only as far as needed, and the
//! result is cached for the next position.

use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;

use saphyr_parser::{Event, Parser, Span};
use serde_json::value::RawValue;

use super::format::{BYTE_ORDER_MARK, Format};
use super::pointer::Pointer;
use crate::diagnostic::Place;
use crate::options::Source;

/// Finds positions in a text.
pub(crate) struct Locator<'a> {
    source: &'a Source,
    /// The offsets of the lines.
    lines: OnceCell<Vec<usize>>,
    /// The objects and arrays of a JSON text that were parsed so far.
    levels: RefCell<HashMap<Pointer, Level<'a>>>,
    /// All positions in a YAML text, computed when the first is needed.
    places: OnceCell<HashMap<Pointer, LineColumn>>,
}

type LineColumn = (usize, usize);

/// The values in an object or array, as slices of the source.
type Level<'a> = HashMap<Cow<'a, str>, &'a str>;

impl<'a> Locator<'a> {
    pub(crate) fn new(source: &'a Source) -> Self {
        Self { source, lines: OnceCell::new(), levels: RefCell::default(), places: OnceCell::new() }
    }

    /// Returns the position of the value at `pointer`, or of its nearest ancestor in the text.
    pub(crate) fn locate(&self, pointer: &Pointer) -> Place {
        let (line, column) = match Format::of(&self.source.text) {
            Format::Json => self.locate_json(pointer),
            Format::Yaml => self.locate_yaml(pointer).unwrap_or((1, 1)),
        };
        Place { source: self.source.name.clone(), line, column }
    }

    fn locate_json(&self, pointer: &Pointer) -> LineColumn {
        let text: &'a str = self.source.text.as_str();
        let mut here: &'a str = text.trim_start_matches(BYTE_ORDER_MARK).trim_start();
        let mut at = Pointer::root();
        let mut levels = self.levels.borrow_mut();
        for step in pointer.steps() {
            let level = levels.entry(at.clone()).or_insert_with(|| level(here));
            let Some(next) = level.get(step.as_str()) else { break };
            here = next;
            at = at.child(&step);
        }
        self.line_and_column(here.as_ptr().addr() - text.as_ptr().addr())
    }

    /// Returns the position of a byte offset.
    pub(crate) fn place_at(&self, offset: usize) -> Place {
        let (line, column) = self.line_and_column(offset);
        Place { source: self.source.name.clone(), line, column }
    }

    fn line_and_column(&self, offset: usize) -> LineColumn {
        let text = self.source.text.as_str();
        let lines = self.lines.get_or_init(|| {
            let after_newlines = text.match_indices('\n').map(|(newline, _)| newline + 1);
            std::iter::once(0).chain(after_newlines).collect()
        });
        let line = lines.partition_point(|start| *start <= offset);
        let start = lines.get(line.saturating_sub(1)).copied().unwrap_or_default();
        let column = text.get(start..offset).map_or(0, |before| before.chars().count());
        (line, column + 1)
    }

    fn locate_yaml(&self, pointer: &Pointer) -> Option<LineColumn> {
        let places = self.places.get_or_init(|| yaml_places(&self.source.text));
        let mut found = places.get(&Pointer::root()).copied();
        let mut at = Pointer::root();
        for step in pointer.steps() {
            at = at.child(&step);
            match places.get(&at) {
                Some(place) => found = Some(*place),
                None => break,
            }
        }
        found
    }
}

fn level(text: &str) -> Level<'_> {
    if text.starts_with('[') {
        let elements: Vec<&RawValue> = serde_json::from_str(text).unwrap_or_default();
        let elements = elements.into_iter().enumerate();
        return elements.map(|(index, raw)| (index.to_string().into(), raw.get())).collect();
    }
    let entries: HashMap<Cow<'_, str>, &RawValue> = serde_json::from_str(text).unwrap_or_default();
    entries.into_iter().map(|(key, raw)| (key, raw.get())).collect()
}

fn yaml_places(text: &str) -> HashMap<Pointer, LineColumn> {
    let mut places = HashMap::new();
    let mut events = Parser::new_from_str(text).map_while(Result::ok).filter(|(event, _)| {
        !matches!(event, Event::Nothing | Event::StreamStart | Event::DocumentStart(_))
    });
    if let Some(first) = events.next() {
        visit(first, &mut events, &Pointer::root(), &mut places);
    }
    places
}

type Events<'a, 'input> = &'a mut dyn Iterator<Item = (Event<'input>, Span)>;

/// Records the positions of the node that begins with `first`, and of its contents. Returns `None` if the text ends early.
fn visit(
    (event, span): (Event<'_>, Span),
    events: Events<'_, '_>,
    at: &Pointer,
    places: &mut HashMap<Pointer, LineColumn>,
) -> Option<()> {
    places.insert(at.clone(), (span.start.line(), span.start.col() + 1));
    match event {
        Event::SequenceStart(..) => {
            for index in 0.. {
                let next = events.next()?;
                if matches!(next.0, Event::SequenceEnd) {
                    break;
                }
                visit(next, events, &at.child(index), places)?;
            }
        }
        Event::MappingStart(..) => loop {
            let key = match events.next()? {
                (Event::MappingEnd, _) => break,
                (Event::Scalar(key, ..), _) => key.into_owned(),
                other => {
                    // A pointer can only contain string keys.
                    visit(other, events, &at.child("?"), places)?;
                    "?".to_owned()
                }
            };
            let value = events.next()?;
            visit(value, events, &at.child(key), places)?;
        },
        _ => {}
    }
    Some(())
}
