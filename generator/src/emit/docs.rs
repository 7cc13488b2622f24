//! Documentation comments, wrapped so that people can read them in the source too.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{Deprecation, Docs, Place, Root, Step};

/// How long a line of documentation may be.
const WIDTH: usize = 100;

/// Documentation attributes for Markdown, one for each line.
pub(super) fn attributes(markdown: &str) -> TokenStream {
    let lines = wrap(markdown).into_iter().map(|line| {
        let line = if line.is_empty() { line } else { format!(" {line}") };
        quote!(#[doc = #line])
    });
    quote!(#(#lines)*)
}

/// What the document says about something, or what stands in when it says nothing.
pub(super) fn described(docs: &Docs, otherwise: &str) -> TokenStream {
    attributes(docs.description.as_deref().or(docs.title.as_deref()).unwrap_or(otherwise))
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
    let mut in_list = false;
    for line in markdown.lines() {
        let line = line.trim_end();
        let text = line.trim_start();
        let fence = text.starts_with("```");
        in_code ^= fence;
        if in_code || fence || text.starts_with('|') {
            lines.push(line.to_owned());
            continue;
        }
        // Text that happens to stand far to the right is no code.
        let indent = line.len() - text.len();
        let deepest = match (in_list, is_block(text)) {
            (false, _) => 0,
            (true, true) => 4,
            (true, false) => 2,
        };
        let indent = indent.min(deepest);
        in_list = is_block(text) || (in_list && !(text.is_empty() || indent == 0));
        wrap_line(&format!("{:indent$}{text}", ""), &mut lines);
    }
    lines
}

fn wrap_line(line: &str, lines: &mut Vec<String>) {
    let text = line.trim_start();
    let indent = &line[..line.len() - text.len()];
    let hanging = if is_block(text) { format!("{indent}  ") } else { indent.to_owned() };
    let mut current = indent.to_owned();
    let mut is_empty = true;
    for word in text.split_whitespace() {
        // A word that begins a list or a heading must not begin a line.
        let fits = current.chars().count() + 1 + word.chars().count() <= WIDTH;
        if !is_empty && !fits && !is_block(word) {
            lines.push(std::mem::replace(&mut current, hanging.clone()));
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

/// Whether a line that begins so is more than a paragraph to Markdown.
fn is_block(text: &str) -> bool {
    let word = text.split_whitespace().next().unwrap_or_default();
    let number = word.trim_end_matches(['.', ')']);
    matches!(word, "-" | "*" | "+" | ">" | "=" | "---" | "===")
        || word.starts_with('#')
        || (number.len() < word.len()
            && !number.is_empty()
            && number.chars().all(|c| c.is_ascii_digit()))
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
        let dash = format!("{} - b", "x".repeat(99));
        assert_eq!(wrap(&dash), [format!("{} -", "x".repeat(99)), "b".to_owned()]);
    }
}
