//! No description is compiled: rustdoc's Markdown parser finds no code block in it without the label of another language.
//! `xtask/tests/descriptions.rs` runs `cargo test --doc`.

#![allow(clippy::expect_used, reason = "a test that cannot go on says so where it stands")]

mod document;

use document::{Random, document};
use pulldown_cmark::{CodeBlockKind, Event, Options as Reading, Parser, Tag, TagEnd};
use seam_generator::{Options, Source, SourceTree, generate};
use serde_json::Value;

fn generated(document: &Value) -> SourceTree {
    let source = Source { name: "descriptions.json".to_owned(), text: document.to_string() };
    let options = Options { package: "descriptions".to_owned(), ..Options::default() };
    generate(&source, None, &options).expect("the document is in order").tree
}

/// The documentation comments of a file, as rustdoc joins their lines.
fn comments(file: &str) -> Vec<String> {
    let mut comments = vec![String::new()];
    for line in file.lines() {
        let line = line.trim_start();
        let text = line.strip_prefix("///").or_else(|| line.strip_prefix("//!"));
        match (text, comments.last_mut()) {
            (Some(text), Some(comment)) => {
                *comment += text.strip_prefix(' ').unwrap_or(text);
                comment.push('\n');
            }
            _ => comments.push(String::new()),
        }
    }
    comments.retain(|comment| !comment.is_empty());
    comments
}

/// The code in a comment that documentation tests would compile, and its HTML.
fn compiled(comment: &str) -> Vec<String> {
    let reading = Reading::ENABLE_TABLES
        | Reading::ENABLE_FOOTNOTES
        | Reading::ENABLE_STRIKETHROUGH
        | Reading::ENABLE_TASKLISTS
        | Reading::ENABLE_SMART_PUNCTUATION;
    let (mut compiled, mut is_code) = (Vec::new(), false);
    for event in Parser::new_ext(comment, reading) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(label)))
                if matches!(&*label, "text" | "json") => {}
            Event::Start(Tag::CodeBlock(kind)) => {
                compiled.push(format!("{kind:?}"));
                is_code = true;
            }
            Event::End(TagEnd::CodeBlock) => is_code = false,
            Event::Text(text) if is_code => compiled.push(text.into_string()),
            Event::Html(html) | Event::InlineHtml(html) => compiled.push(html.into_string()),
            _ => {}
        }
    }
    compiled
}

/// The compiled code of all comments. Only the example of each operation is allowed.
fn all_compiled(tree: &SourceTree) -> Vec<(String, Vec<String>)> {
    let comments = tree.iter().flat_map(|(_, file)| comments(file));
    let read = comments.map(|comment| (compiled(&comment), comment));
    read.filter(|(compiled, _)| !compiled.is_empty()).map(|(a, b)| (b, a)).collect()
}

#[test]
fn nothing_of_a_description_is_compiled() {
    let plain = document(4, &mut || "Plain.".to_owned());
    let examples: Vec<_> =
        all_compiled(&generated(&plain)).into_iter().map(|(_, code)| code).collect();
    assert_eq!(examples.len(), 4, "an example for each operation: {examples:#?}");
    for seed in 0..100 {
        let mut random = Random(seed);
        let tree = generated(&document(4, &mut || random.text()));
        let found = all_compiled(&tree);
        let code: Vec<_> = found.iter().map(|(_, code)| code.clone()).collect();
        let others: Vec<_> = found.iter().filter(|(_, code)| !examples.contains(code)).collect();
        assert!(others.is_empty(), "seed {seed}: {others:#?}");
        assert_eq!(code, examples, "seed {seed}");
        for (path, file) in tree.iter() {
            assert_eq!(
                file.chars().find(|character| is_hidden(*character)),
                None,
                "seed {seed}: {path}"
            );
        }
    }
}

/// Whether a character is invisible or changes how others are displayed.
fn is_hidden(character: char) -> bool {
    let is_layout = matches!(character, '\n' | '\t');
    let is_direction = matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    is_direction || (character.is_control() && !is_layout)
}

/// Common forms of code blocks. rustdoc would compile each of them.
#[test]
fn code_is_shown_as_code_and_labelled() {
    for written in [
        "```\nCODE\n```",
        "```rust\nCODE\n```",
        "~~~\nCODE\n~~~",
        "    CODE",
        "> ```\n> CODE\n> ```",
        "1. ```\n   CODE\n   ```",
        "```\nCODE",
        "Like so:\n\n```\nCODE\n```",
        "text\n\n    ```\n    CODE\n    ```",
        "10. a\n   - - -\nCODE",
        "para\n10. x\n\n        CODE",
        "`\n\n<!-- `\n\n```\n-->\n\n    CODE\n```",
        "word ".repeat(19).as_str(),
    ] {
        let written = written.replace("CODE", "compile_error!()");
        let long = format!("{}``` compile_error!()", "word ".repeat(19));
        let tree = generated(&document(1, &mut || written.clone()));
        assert_eq!(all_compiled(&tree).len(), 1, "{written}: {:#?}", all_compiled(&tree));
        let tree = generated(&document(1, &mut || format!("{long}\n{written}")));
        assert_eq!(all_compiled(&tree).len(), 1, "{written}: {:#?}", all_compiled(&tree));
    }
}
