//! From a JSON pointer to the line and column of a source text.
//!
//! The parsers do not keep places. When there is something to say, the text is read once more, only as far as needed.

use std::borrow::Cow;
use std::collections::HashMap;

use saphyr_parser::{Event, Parser, Span};
use serde_json::value::RawValue;

use super::pointer::Pointer;
use super::read::Format;
use crate::Source;
use crate::diagnostic::Place;

/// The place of what `pointer` points to, or of the nearest thing around it that the text has.
pub(crate) fn locate(source: &Source, pointer: &Pointer) -> Place {
    let steps: Vec<String> = pointer.steps().collect();
    let found = match Format::of(&source.text) {
        Format::Json => locate_json(&source.text, &steps),
        Format::Yaml => locate_yaml(&source.text, &steps),
    };
    found.map_or_else(
        || place_at(source, 0),
        |(line, column)| Place { source: source.name.clone(), line, column },
    )
}

/// The place of a byte of the text.
pub(crate) fn place_at(source: &Source, offset: usize) -> Place {
    let (line, column) = line_and_column(&source.text, offset);
    Place { source: source.name.clone(), line, column }
}

fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    let before = &text[..offset.min(text.len())];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

/// Each level is read as raw texts, which point into the source, and the one that the pointer names is read further.
fn locate_json(text: &str, steps: &[String]) -> Option<(usize, usize)> {
    let mut here: &str = serde_json::from_str::<&RawValue>(text).ok()?.get();
    for step in steps {
        let next = if here.starts_with('[') {
            let elements: Vec<&RawValue> = serde_json::from_str(here).ok()?;
            step.parse().ok().and_then(|index: usize| elements.get(index).map(|raw| raw.get()))
        } else if here.starts_with('{') {
            let entries: HashMap<Cow<'_, str>, &RawValue> = serde_json::from_str(here).ok()?;
            entries.get(step.as_str()).map(|raw| raw.get())
        } else {
            None
        };
        let Some(next) = next else { break };
        here = next;
    }
    Some(line_and_column(text, here.as_ptr().addr() - text.as_ptr().addr()))
}

fn locate_yaml(text: &str, steps: &[String]) -> Option<(usize, usize)> {
    let mut events = Parser::new_from_str(text).map_while(Result::ok);
    let span = descend(&mut events, steps)?;
    Some((span.start.line(), span.start.col() + 1))
}

type Events<'a, 'input> = &'a mut dyn Iterator<Item = (Event<'input>, Span)>;

/// Reads the node that comes next, and gives the place of the innermost node along `steps`.
fn descend(events: Events<'_, '_>, steps: &[String]) -> Option<Span> {
    loop {
        let (event, span) = events.next()?;
        let inner = match (&event, steps) {
            (Event::Nothing | Event::StreamStart | Event::DocumentStart(_), _) => continue,
            (Event::MappingStart(..), [step, rest @ ..]) => in_mapping(events, step, rest),
            (Event::SequenceStart(..), [step, rest @ ..]) => in_sequence(events, step, rest),
            _ => None,
        };
        return Some(inner.unwrap_or(span));
    }
}

fn in_mapping(events: Events<'_, '_>, step: &str, rest: &[String]) -> Option<Span> {
    loop {
        match events.next()?.0 {
            Event::MappingEnd => return None,
            Event::Scalar(key, ..) if key == step => return descend(events, rest),
            key => {
                skip(events, &key)?;
                let value = events.next()?.0;
                skip(events, &value)?;
            }
        }
    }
}

fn in_sequence(events: Events<'_, '_>, step: &str, rest: &[String]) -> Option<Span> {
    for _ in 0..step.parse::<usize>().ok()? {
        let element = events.next()?.0;
        if matches!(element, Event::SequenceEnd) {
            return None;
        }
        skip(events, &element)?;
    }
    descend(events, rest)
}

/// Passes over the rest of a node that began with `event`.
fn skip(events: Events<'_, '_>, event: &Event<'_>) -> Option<()> {
    let mut depth = usize::from(opens(event));
    while depth > 0 {
        let (event, _) = events.next()?;
        if opens(&event) {
            depth += 1;
        } else if matches!(event, Event::MappingEnd | Event::SequenceEnd) {
            depth -= 1;
        }
    }
    Some(())
}

fn opens(event: &Event<'_>) -> bool {
    matches!(event, Event::MappingStart(..) | Event::SequenceStart(..))
}
