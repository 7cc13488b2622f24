use super::{Block, blocks, code, in_one_line, sentence, visible};

/// The lines of the code blocks in a text.
fn code_lines(text: &str) -> Vec<String> {
    let blocks = blocks(text);
    let code = blocks.iter().filter_map(|block| match block {
        Block::Code(code) => Some(code.lines_at(0)),
        Block::Line(_) => None,
    });
    code.flatten().collect()
}

#[test]
fn code_is_labelled_unless_it_is_known_to_be_of_another_language() {
    for label in ["", "rust", "Rust", "rust,ignore", "edition2024", "E0308", "{.rust}", " new-word"]
    {
        assert_eq!(code_lines(&format!("```{label}\nx\n```")), ["```text", "x", "```"], "{label}");
    }
    for label in ["json", "JSON", " json", "json title=\"rust\""] {
        assert_eq!(code_lines(&format!("~~~{label}\nx\n~~~")), ["```json", "x", "```"], "{label}");
    }
}

#[test]
fn a_block_is_closed_where_the_text_or_its_quotation_ends() {
    assert_eq!(code_lines("```\nx"), ["```text", "x", "```"]);
    assert_eq!(code_lines("```"), ["```text", "```"]);
    assert_eq!(code_lines("> ```\n> x\ny"), ["```text", "x", "```"]);
    assert_eq!(code_lines("> - ~~~\n>   x\n> ~~~\ny"), ["```text", "  x", "```"]);
    assert_eq!(code_lines("1. ```\n   x\n\n   y\n   ```"), ["```text", "x", "", "y", "```"]);
}

#[test]
fn nothing_in_a_block_closes_it() {
    assert_eq!(code_lines("~~~\n```\nx\n~~~"), ["````text", "```", "x", "````"]);
    assert_eq!(code_lines("````\n```\nx\n````"), ["````text", "```", "x", "````"]);
    assert_eq!(code_lines("```a`b"), [""; 0], "inline code");
}

#[test]
fn what_does_not_show_is_written_out() {
    assert_eq!(visible("a\u{202e}b\u{1f}c\rd\r\ne\tf"), "a\\u{202e}b\\u{1f}c\nd\ne\tf");
}

#[test]
fn inline_code_holds_any_text() {
    assert_eq!(code("a"), "`a`");
    assert_eq!(code("a`b``c"), "```a`b``c```");
    assert_eq!(code("`"), "`` ` ``");
    assert_eq!(code("a\n```\nb"), "````a\\n```\\nb````");
}

#[test]
fn a_sentence_ends_with_a_full_stop_unless_it_ends_with_code() {
    assert_eq!(sentence("a"), "a.");
    assert_eq!(sentence("a!"), "a!");
    assert_eq!(sentence("a:\n```\nb\n```"), "a:\n```\nb\n```");
    assert_eq!(sentence("a:\n~~~\nb"), "a:\n~~~\nb");
}

#[test]
fn one_line_has_no_code_blocks() {
    assert_eq!(in_one_line("a\n\n b:\n```\nc\n```\nd"), "a b: d");
}
