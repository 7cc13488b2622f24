//! Invariants for any document and overlay. The fuzz targets `document` and `overlay` look for inputs that violate them.

use seam_generator::samples::{Sampler, Undocumented};
use seam_generator::{
    Diagnostics, Options, Source, Version, compare, generate, inspect, names, read,
};
use serde_json::Value;

/// What to check besides generating.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum More {
    /// Generating from the same document with reordered keys.
    Order,
    /// Comparing the document with itself.
    Comparison,
    /// Making samples.
    Samples,
}

impl More {
    pub(crate) const ALL: [Self; 3] = [Self::Order, Self::Comparison, Self::Samples];
}

/// The number of different [`options`].
#[allow(dead_code, reason = "a fuzz target takes any of them")]
pub(crate) const SETTINGS: usize = 4;

/// A document is rejected with a reason and a position, or everything can be made from it.
pub(crate) fn of_document(source: &Source, settings: usize, more: More) {
    let document = match read(source, None) {
        Ok(document) => document,
        Err(why) => {
            assert_eq!(inspect(source).err().as_ref(), Some(&why), "it is refused otherwise");
            return tells(&[source], &why);
        }
    };
    let options = options(&document, settings);
    let made = generate(source, None, &options);
    if let Err(why) = &made {
        tells(&[source], why);
    }
    match more {
        More::Order => {
            let turned = Source { name: source.name.clone(), text: turned(&document).to_string() };
            match (made, generate(&turned, None, &options)) {
                (Ok(made), Ok(other)) => assert!(made.tree == other.tree, "the order shows"),
                (Err(_), Err(_)) => {}
                // What was read has been repaired, so there is nothing left to be strict about.
                (Err(_), Ok(_)) if options.strict => {}
                (Err(why), Ok(_)) | (Ok(_), Err(why)) => panic!("the order decides: {why}"),
            }
        }
        More::Comparison if made.is_ok() => {
            assert!(names(source, None, &options).is_ok(), "it has no names");
            let version = Version { document: source, overlay: None, options: &options };
            let comparison = compare(version, version).unwrap();
            assert!(comparison.changes.is_empty(), "{:?}", comparison.changes.first());
        }
        More::Samples if made.is_ok() => {
            let sampler = Sampler::new(&document, Undocumented::Included);
            let schemas = sampler.answers().into_iter().filter_map(|answer| answer.schema);
            schemas.for_each(|schema| drop(sampler.samples(&schema)));
        }
        _ => {}
    }
}

/// An overlay is rejected with a reason and a position, or gives the same document each time.
#[allow(dead_code, reason = "the fuzz target `document` has no overlays")]
pub(crate) fn of_overlay(document: &Source, overlay: &Source) {
    match read(document, Some(overlay)) {
        Ok(corrected) => {
            assert_eq!(read(document, Some(overlay)).as_ref(), Ok(&corrected));
            if let Err(why) = generate(document, Some(overlay), &options(&corrected, 0)) {
                tells(&[document, overlay], &why);
            }
        }
        Err(why) => tells(&[document, overlay], &why),
    }
}

/// Options for documented operations, for all operations, for one path, or with `strict`.
fn options(document: &Value, settings: usize) -> Options {
    let paths = document.get("paths").and_then(Value::as_object);
    // A path item that is a reference cannot be requested.
    let mut paths = paths.into_iter().flatten().filter(|(_, item)| item.get("$ref").is_none());
    Options {
        only: if settings == 2 {
            paths.next().map(|(path, _)| path.clone()).into_iter().collect()
        } else {
            Vec::new()
        },
        undocumented: settings == 1,
        strict: settings == 3,
        package: "fuzzed".to_owned(),
        ..Options::default()
    }
}

/// Reverses the order of all keys.
fn turned(value: &Value) -> Value {
    match value {
        Value::Object(entries) => {
            let entries = entries.iter().rev();
            Value::Object(entries.map(|(key, value)| (key.clone(), turned(value))).collect())
        }
        Value::Array(elements) => elements.iter().map(turned).collect(),
        other => other.clone(),
    }
}

/// Checks that each diagnostic has a position in one of the sources, and a remedy.
fn tells(sources: &[&Source], why: &Diagnostics) {
    assert!(!why.is_empty(), "it is refused without a word");
    for one in why.iter() {
        assert!(!matches!(one.code, "internal" | "uncounted"), "{one}");
        let Some(place) = &one.place else { panic!("where? {one}") };
        let source = sources.iter().find(|source| source.name == place.source);
        let source = source.unwrap_or_else(|| panic!("where is that? {one}"));
        let lines = source.text.split(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']).count();
        assert!((1..=lines).contains(&place.line) && place.column > 0, "{one}");
        assert!(one.help.is_some(), "what to do? {one}");
    }
}
