//! Documentation comments, wrapped so that people can read them in the source too.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{Deprecation, Docs, Place, Root, Step};

/// How long a line of documentation may be.
const WIDTH: usize = 100;

/// Stands between the lines of a documentation comment while it is one attribute: to parse one for each line would
/// take as long as the rest of the code.
const BREAK: char = '\u{1f}';

/// The documentation attribute for Markdown; [`parted`] makes lines of it.
pub(super) fn attributes(markdown: &str) -> TokenStream {
    let mut text = String::with_capacity(markdown.len() + markdown.len() / 16 + 8);
    for (index, line) in wrap(markdown).iter().enumerate() {
        if index > 0 {
            text.push(BREAK);
        }
        if !line.is_empty() {
            text.push(' ');
            text.push_str(line);
        }
    }
    if text.is_empty() { quote!() } else { quote!(#[doc = #text]) }
}

/// Printed code with the lines of its documentation comments apart.
pub(super) fn parted(printed: &str) -> String {
    let mut text = String::with_capacity(printed.len() + printed.len() / 16);
    for line in printed.lines() {
        let indent = &line[..line.len() - line.trim_start().len()];
        for (index, part) in line.split(BREAK).enumerate() {
            if index > 0 {
                text.push_str(indent);
                text.push_str("///");
            }
            text.push_str(part);
            text.push('\n');
        }
    }
    text
}

/// What the document says about something, or what stands in when it says nothing.
pub(super) fn described(docs: &Docs, otherwise: &str) -> TokenStream {
    attributes(docs.description.as_deref().or(docs.title.as_deref()).unwrap_or(otherwise))
}

/// What the document says about something, if it does.
pub(super) fn if_described(docs: &Docs) -> TokenStream {
    described(docs, "")
}

/// What stands in for the description of a type: where it comes from.
pub(super) fn of_place(place: &Place) -> String {
    match (place.steps.last(), &place.root) {
        (None, Root::Schema(name)) => format!("The schema `{name}`."),
        (None | Some(Step::Output), Root::Operation { path, .. }) => {
            format!("What `{path}` answers.")
        }
        (Some(Step::Output), Root::Schema(name)) => format!("What `{name}` answers."),
        (Some(Step::Failure(status)), Root::Operation { path, .. }) => {
            format!("What `{path}` answers with the status {status}.")
        }
        (Some(Step::Failure(status)), Root::Schema(_)) => format!("The answer {status}."),
        (Some(Step::Property(key)), _) => format!("The value of `{key}`."),
        (Some(Step::Element(key)), _) => format!("One of the values in `{key}`."),
        (Some(Step::Variant(tag)), _) => format!("The variant `{tag}`."),
    }
}

/// `#[deprecated]`, with what the document says about it.
pub(super) fn deprecated(deprecation: Option<&Deprecation>) -> TokenStream {
    match deprecation {
        None => quote!(),
        Some(Deprecation { note: None }) => quote!(#[deprecated]),
        Some(Deprecation { note: Some(note) }) => quote!(#[deprecated(note = #note)]),
    }
}

/// `//!` for a file.
pub(super) fn inner(markdown: &str) -> String {
    comment("//!", markdown)
}

/// `///` for a module.
pub(super) fn outer(markdown: &str) -> String {
    comment("///", markdown)
}

fn comment(marker: &str, markdown: &str) -> String {
    let lines = wrap(markdown).into_iter().map(|line| match line.as_str() {
        "" => format!("{marker}\n"),
        line => format!("{marker} {line}\n"),
    });
    lines.collect()
}

/// Breaks long lines between words. Code between fences and tables keep their lines, and list items their indentation.
fn wrap(markdown: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut in_code = false;
    // Where the text of the list item begins that the last line is part of.
    let mut item = None;
    for line in markdown.lines() {
        let line = line.trim_end();
        let text = line.trim_start();
        let fence = text.starts_with("```");
        in_code ^= fence;
        if in_code || fence || text.starts_with('|') {
            lines.push(line.to_owned());
            continue;
        }
        // Text that happens to stand far to the right is no code, and what follows an item is part of it.
        let indent = match (item, marker(text)) {
            (None, _) => 0,
            (Some(column), None) => column,
            (Some(_), Some(_)) => (line.len() - text.len()).min(DEEPEST_ITEM),
        };
        item = match marker(text) {
            Some(width) => Some(indent + width),
            None => item.filter(|_| !text.is_empty()),
        };
        wrap_line(indent, item.unwrap_or(0), text, &mut lines);
    }
    lines
}

/// How far to the right a list in a list may stand.
const DEEPEST_ITEM: usize = 4;

fn wrap_line(indent: usize, hanging: usize, text: &str, lines: &mut Vec<String>) {
    let mut current = " ".repeat(indent);
    let mut is_empty = true;
    for word in text.split_whitespace() {
        // A word that begins a list or a heading must not begin a line.
        let fits = current.chars().count() + 1 + word.chars().count() <= WIDTH;
        if !is_empty && !fits && !is_block(word) {
            lines.push(std::mem::replace(&mut current, " ".repeat(hanging)));
            is_empty = true;
        }
        if !is_empty {
            current.push(' ');
        }
        current.push_str(word);
        is_empty = false;
    }
    lines.push(if is_empty { String::new() } else { current });
}

/// How wide the marker of a list item is, with the space after it.
fn marker(text: &str) -> Option<usize> {
    let word = text.split_whitespace().next()?;
    let is_marker = matches!(word, "-" | "*" | "+") || is_number(word);
    is_marker.then(|| word.len() + 1)
}

fn is_number(word: &str) -> bool {
    let digits = word.trim_end_matches(['.', ')']);
    digits.len() + 1 == word.len()
        && !digits.is_empty()
        && digits.chars().all(|digit| digit.is_ascii_digit())
}

/// Whether a line that begins so is more than a paragraph to Markdown.
fn is_block(text: &str) -> bool {
    let word = text.split_whitespace().next().unwrap_or_default();
    matches!(word, ">" | "=" | "---" | "===") || word.starts_with('#') || marker(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn long_lines_break_between_words_and_lists_stay_lists() {
        let long = "word ".repeat(30);
        assert_eq!(wrap(&long).len(), 2);
        assert_eq!(wrap(&format!("- {long}"))[1].split_at(2).0, "  ");
        assert_eq!(wrap("```\n  code   x\n```"), ["```", "  code   x", "```"]);
        assert_eq!(wrap("a\n\nb"), ["a", "", "b"]);
        assert_eq!(wrap("1. a\n   b\nc\n\n    d"), ["1. a", "   b", "   c", "", "d"]);
        assert_eq!(wrap("- a\n  - b\n c"), ["- a", "  - b", "    c"]);
        let dash = format!("{} - b", "x".repeat(99));
        assert_eq!(wrap(&dash), [format!("{} -", "x".repeat(99)), "b".to_owned()]);
    }
}
