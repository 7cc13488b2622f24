//! Documentation comments, wrapped so that they are readable in the source as well.

use std::borrow::Cow;

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{Deprecation, Docs, Place, Root, Step};
use crate::markdown::{self, Block, CodeBlock, code};

/// The maximum length of a line of documentation.
const WIDTH: usize = 100;

/// Separates the lines of a documentation comment while it is a single attribute. Parsing an attribute for each line
/// would take as long as parsing the rest of the code.
const BREAK: char = '\u{1f}';

/// The documentation attribute for Markdown whose code blocks are not compiled. [`parted`] splits it into lines.
pub(super) fn attributes(markdown: &str) -> TokenStream {
    attribute(wrap(markdown))
}

/// The documentation attribute for a section written by the generator, whose code is a documentation test.
pub(super) fn compiled(section: &str) -> TokenStream {
    attribute(section.lines().map(str::to_owned).collect())
}

fn attribute(lines: Vec<String>) -> TokenStream {
    let mut text = String::new();
    for (index, line) in lines.iter().enumerate() {
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

/// Splits the documentation comments of printed code into lines.
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

/// The description in the document, or a default if there is none.
pub(super) fn described(docs: &Docs, otherwise: &str) -> TokenStream {
    attributes(docs.description.as_deref().or(docs.title.as_deref()).unwrap_or(otherwise))
}

/// The description in the document, if there is one.
pub(super) fn if_described(docs: &Docs) -> TokenStream {
    described(docs, "")
}

/// The default description of a type: where it comes from.
pub(super) fn of_place(place: &Place) -> String {
    match (place.steps.last(), &place.root) {
        (None, Root::Schema(name)) => format!("The schema {}.", code(name)),
        (None | Some(Step::Output), Root::Operation { path, .. }) => {
            format!("What {} answers.", code(path))
        }
        (Some(Step::Output), Root::Schema(name)) => format!("What {} answers.", code(name)),
        (Some(Step::Failure(status)), Root::Operation { path, .. }) => {
            format!("What {} answers with the status {status}.", code(path))
        }
        (Some(Step::Failure(status)), Root::Schema(_)) => format!("The answer {status}."),
        (Some(Step::Property(key)), _) => format!("The value of {}.", code(key)),
        (Some(Step::Element(key)), _) => format!("One of the values in {}.", code(key)),
        (Some(Step::Variant(tag)), _) => format!("The variant {}.", code(tag)),
    }
}

/// `#[deprecated]`, with the note of the document.
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

/// Lays out Markdown: breaks long lines between words, keeps list items and tables, and labels and closes code blocks.
///
/// rustdoc must not compile any part of the text. So no line is indented as far as code, no line begins HTML, in which
/// the fences of code blocks have no meaning, and code blocks are labelled with another language.
fn wrap(markdown: &str) -> Vec<String> {
    let text = markdown::visible(markdown);
    let mut layout = Layout::default();
    for block in markdown::blocks(&text) {
        match block {
            Block::Line(line) => layout.line(line.trim_end()),
            Block::Code(block) => layout.code(&block),
        }
    }
    layout.lines
}

/// The maximum indentation of a line. A line that is indented further is code.
const RIGHTMOST: usize = 3;

#[derive(Default)]
struct Layout {
    lines: Vec<String>,
    /// The indentation of the text of the list item that the last line belongs to.
    item: Option<usize>,
    /// The same for the list item that a code block after a blank line may belong to.
    open_item: Option<usize>,
    /// Whether the last line may be a row of a table.
    is_table: bool,
}

impl Layout {
    fn line(&mut self, line: &str) {
        let text = line.trim_start();
        let marker = markdown::item_marker(text);
        // Text that happens to be indented is not code, and lines after a list item belong to it.
        let indent = match (self.item, marker) {
            (None, _) => 0,
            (Some(column), None) => column,
            (Some(_), Some(_)) => line.chars().count() - text.chars().count(),
        };
        let indent = indent.min(RIGHTMOST);
        self.item = match marker {
            Some(width) => Some(indent + width),
            None => self.item.filter(|_| !text.is_empty()),
        };
        self.open_item = self.item.or(self.open_item.filter(|_| text.is_empty()));
        self.is_table = markdown::is_row(line, self.is_table);
        // A heading is one line. A line that begins with the backticks of inline code is not broken, so that the
        // closing backticks cannot look like the beginning of a code block.
        let begins = |start: &str| text[markers(text)..].starts_with(start);
        let is_whole = self.is_table || begins("#") || begins("```");
        let width = if is_whole { usize::MAX } else { WIDTH };
        let hanging = self.item.unwrap_or(0).min(RIGHTMOST);
        wrap_line(width, indent, hanging, text, &mut self.lines);
    }

    /// Keeps code that is indented like the text of the list item above it in that item.
    fn code(&mut self, block: &CodeBlock<'_>) {
        let item = self.open_item.filter(|item| block.column >= *item);
        self.lines.extend(block.lines_at(item.unwrap_or(0).min(RIGHTMOST)));
        (self.item, self.is_table) = (None, false);
    }
}

fn wrap_line(width: usize, indent: usize, hanging: usize, text: &str, lines: &mut Vec<String>) {
    let mut current = " ".repeat(indent);
    let mut is_empty = true;
    for word in shown_as_text(text).split_whitespace() {
        // A line must not begin with a word that would begin a list, a heading or code.
        let fits = current.chars().count() + 1 + word.chars().count() <= width;
        if !is_empty && !fits && !markdown::begins_block(word) {
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

/// Escapes a line that would begin HTML or a footnote after the markers of quotations and list items.
fn shown_as_text(line: &str) -> Cow<'_, str> {
    let (markers, text) = line.split_at(markers(line));
    let is_html = text.starts_with('<') && !markdown::is_autolink(text);
    if is_html || text.starts_with("[^") {
        Cow::Owned(format!("{markers}\\{text}"))
    } else {
        Cow::Borrowed(line)
    }
}

/// The position of the text of a line after any markers of quotations and list items.
fn markers(line: &str) -> usize {
    let is_marker = |c: char| c.is_whitespace() || matches!(c, '>' | '-' | '+' | '*' | '.' | ')');
    line.len() - line.trim_start_matches(|c: char| is_marker(c) || c.is_ascii_digit()).len()
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn long_lines_break_between_words_and_lists_stay_lists() {
        let long = "word ".repeat(30);
        assert_eq!(wrap(&long).len(), 2);
        assert_eq!(wrap(&format!("- {long}"))[1].split_at(2).0, "  ");
        assert_eq!(wrap("```json\n  code   x\n```"), ["```json", "  code   x", "```"]);
        assert_eq!(wrap("a\n\nb"), ["a", "", "b"]);
        assert_eq!(wrap("1. a\n   b\nc\n\n    d"), ["1. a", "   b", "   c", "", "d"]);
        assert_eq!(wrap("- a\n  - b\n c"), ["- a", "  - b", "   c"]);
        let dash = format!("{} - b", "x".repeat(99));
        assert_eq!(wrap(&dash), [format!("{} -", "x".repeat(99)), "b".to_owned()]);
    }
}
