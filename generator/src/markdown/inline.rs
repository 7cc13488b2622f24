//! Adapts the inline Markdown of descriptions to rustdoc.
//!
//! Most Markdown can stay as it is. This module changes what rustdoc would misread: bare URLs become links, HTML is escaped,
//! and so are brackets that rustdoc would take for links to Rust items.

use super::{Block, begins_block, blocks, is_autolink, is_row, visible};

/// Adapts a whole text. Code blocks stay as they are, and are closed if they are open at the end.
pub(crate) fn mend(text: &str) -> String {
    let shown = visible(text.trim());
    let mut lines = Vec::new();
    let mut paragraph: Vec<&str> = Vec::new();
    let mut is_table = false;
    for block in blocks(&shown) {
        // Paragraphs are adapted separately, because inline markup does not extend beyond a paragraph.
        match block {
            Block::Line(line) => {
                is_table = is_row(line, is_table);
                if is_table || line.split_whitespace().next().is_none_or(begins_block) {
                    lines.extend(mended(&mut paragraph));
                }
                paragraph.push(line);
                if is_heading(line) {
                    lines.extend(mended(&mut paragraph));
                }
            }
            Block::Code(code) => {
                lines.extend(mended(&mut paragraph));
                lines.extend(code.lines_at(code.column));
            }
        }
    }
    lines.extend(mended(&mut paragraph));
    lines.join("\n")
}

/// Whether a line may be a heading. A heading ends with its line.
fn is_heading(line: &str) -> bool {
    line.trim_start_matches(|c: char| !c.is_alphabetic() && c != '#').starts_with('#')
}

/// Takes the lines of a paragraph and adapts them.
fn mended(paragraph: &mut Vec<&str>) -> Option<String> {
    let lines = std::mem::take(paragraph);
    let mut mended = String::new();
    prose(&lines.join("\n"), &mut mended);
    (!lines.is_empty()).then_some(mended)
}

fn prose(text: &str, mended: &mut String) {
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '`' => ticks(rest, mended),
            '\\' => escape(rest, mended),
            '<' => html(rest, mended),
            '[' => bracket(rest, mended),
            'h' if is_word_start(text, rest) && is_address(rest) => address(rest, mended),
            other => {
                mended.push(other);
                other.len_utf8()
            }
        };
        rest = &rest[length..];
    }
}

/// Copies inline code. Backticks without a counterpart are escaped.
fn ticks(rest: &str, mended: &mut String) -> usize {
    let opened = run_of_ticks(rest);
    let mut at = opened;
    while let Some(found) = rest[at..].find('`') {
        let ticks = run_of_ticks(&rest[at + found..]);
        at += found + ticks;
        if ticks == opened {
            mended.push_str(&rest[..at]);
            return at;
        }
    }
    mended.push_str(&"\\`".repeat(opened));
    opened
}

fn run_of_ticks(text: &str) -> usize {
    text.len() - text.trim_start_matches('`').len()
}

/// Copies a backslash and the character that it escapes.
fn escape(rest: &str, mended: &mut String) -> usize {
    let escaped = rest[1..].chars().next().filter(char::is_ascii_punctuation);
    let length = 1 + escaped.map_or(0, char::len_utf8);
    mended.push_str(&rest[..length]);
    length
}

fn is_word_start(text: &str, rest: &str) -> bool {
    let before = text[..text.len() - rest.len()].chars().next_back();
    before.is_none_or(|before| before.is_whitespace() || before == '(')
}

fn is_address(rest: &str) -> bool {
    rest.starts_with("https://") || rest.starts_with("http://")
}

/// Turns a bare URL into a link.
fn address(rest: &str, mended: &mut String) -> usize {
    let end = rest
        .find(|c: char| c.is_whitespace() || matches!(c, ')' | '<' | '>' | '"'))
        .unwrap_or(rest.len());
    let address = rest[..end].trim_end_matches(['.', ',', ';', ':']);
    mended.push('<');
    mended.push_str(address);
    mended.push('>');
    address.len()
}

/// Copies `<https://…>`, which is a link, and escapes any other `<`.
fn html(rest: &str, mended: &mut String) -> usize {
    match rest.find(|c: char| c == '>' || c.is_whitespace()) {
        Some(end) if is_autolink(rest) && rest[end..].starts_with('>') => {
            mended.push_str(&rest[..=end]);
            end + 1
        }
        _ => {
            mended.push_str("\\<");
            1
        }
    }
}

/// Copies a link `[text](url)` and adapts its text. Any other bracket is escaped.
fn bracket(rest: &str, mended: &mut String) -> usize {
    let text_end = rest.find(']').filter(|end| rest[end + 1..].starts_with('('));
    let end = text_end.and_then(|end| rest[end..].find(')').map(|close| (end, end + close)));
    match end {
        Some((text_end, end)) if !rest[1..text_end].contains('[') => {
            let target = &rest[text_end + 2..end];
            let leads_somewhere =
                is_address(target) || target.starts_with('#') || target.starts_with("mailto:");
            if leads_somewhere && !target.contains(['<', '\n']) {
                mended.push('[');
                prose(&rest[1..text_end], mended);
                mended.push_str(&rest[text_end..=end]);
            } else {
                // A relative link has no target in the generated documentation, so only its text is kept.
                prose(&rest[1..text_end], mended);
            }
            end + 1
        }
        _ => {
            mended.push_str("\\[");
            1
        }
    }
}

#[cfg(test)]
mod tests {
    use super::mend;

    #[test]
    fn rustdoc_reads_what_the_document_meant() {
        for (written, mended) in [
            ("See [it](https://a.b/c).", "See [it](https://a.b/c)."),
            ("See [a\nb](https://a.b/c).", "See [a\nb](https://a.b/c)."),
            ("See https://a.b/c.", "See <https://a.b/c>."),
            ("See (https://a.b/c)", "See (<https://a.b/c>)"),
            ("<https://a.b>", "<https://a.b>"),
            ("a<br>b", "a\\<br>b"),
            ("a\\<br>b \\`<b>", "a\\<br>b \\`\\<b>"),
            ("`a<b>[c]`", "`a<b>[c]`"),
            ("``a`<b>`` <b>", "``a`<b>`` \\<b>"),
            ("`a\nb<c>`", "`a\nb<c>`"),
            ("the [provider]", "the \\[provider]"),
            ("see [guide](../guide.md)", "see guide"),
            ("[`a<b>` <b>](https://a.b)", "[`a<b>` \\<b>](https://a.b)"),
            ("odd `tick <b>", "odd \\`tick \\<b>"),
            ("  x  ", "x"),
        ] {
            assert_eq!(mend(written), mended, "{written}");
        }
    }

    #[test]
    fn nothing_that_opens_in_one_paragraph_closes_in_another() {
        for (written, mended) in [
            ("odd `tick\n\n<b> `", "odd \\`tick\n\n\\<b> \\`"),
            ("- odd `tick\n- <b> `", "- odd \\`tick\n- \\<b> \\`"),
            ("odd `tick\n<!-- `", "odd \\`tick\n\\<!-- \\`"),
            ("odd [link\n\n](https://a.b)", "odd \\[link\n\n](<https://a.b>)"),
        ] {
            assert_eq!(mend(written), mended, "{written}");
        }
    }

    #[test]
    fn code_between_fences_is_left_as_it_is() {
        for (written, mended) in [
            ("```json\n[1] <b>\n```", "```json\n[1] <b>\n```"),
            ("~~~\n[1] `<b>\n~~~", "```text\n[1] `<b>\n```"),
            ("> ```\n> [1]\n> ```", "```text\n[1]\n```"),
        ] {
            assert_eq!(mend(written), mended);
            assert_eq!(mend(&format!("[a]\n{written}\n[b]")), format!("\\[a]\n{mended}\n\\[b]"));
        }
        assert_eq!(mend("```\n[1]"), "```text\n[1]\n```");
    }
}
