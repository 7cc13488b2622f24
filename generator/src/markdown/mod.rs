//! The Markdown of descriptions: finds code blocks, paragraphs and lists.
//!
//! `cargo test --doc` compiles and runs every code block that is not labelled as another language. A description must never
//! be compiled, so this module is deliberately stricter than a Markdown parser: it treats everything that could open a code
//! block as one, at any position, and the printer labels and closes each of them.

mod code;
mod inline;

pub(crate) use self::code::CodeBlock;
pub(crate) use self::inline::mend;

/// A part of a description.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Block<'a> {
    /// A line outside of code blocks.
    Line(&'a str),
    /// A fenced code block.
    Code(CodeBlock<'a>),
}

/// Splits a text into lines and code blocks, in order.
pub(crate) fn blocks(text: &str) -> Vec<Block<'_>> {
    let lines: Vec<&str> = text.lines().collect();
    let mut blocks = Vec::with_capacity(lines.len());
    let mut rest = lines.as_slice();
    while let Some((line, after)) = rest.split_first() {
        rest = match CodeBlock::read(rest) {
            Some((block, after)) => {
                blocks.push(Block::Code(block));
                after
            }
            None => {
                blocks.push(Block::Line(line));
                after
            }
        };
    }
    blocks
}

/// Escapes characters that are invisible or misleading: control characters, and those that change the direction of the text
/// around them, by which code can be made to look like other code. Line breaks become `\n`.
pub(crate) fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' if characters.peek() == Some(&'\n') => {}
            '\r' => shown.push('\n'),
            '\n' | '\t' => shown.push(character),
            _ if is_invisible(character) => shown.extend(character.escape_unicode()),
            _ => shown.push(character),
        }
    }
    shown
}

/// Whether a character is a control character, or one of Unicode's `Bidi_Control`.
pub(crate) fn is_invisible(character: char) -> bool {
    let changes_direction = matches!(
        character,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    );
    changes_direction || character.is_control()
}

/// Formats any text as inline code.
pub(crate) fn code(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            _ if is_invisible(character) => shown.extend(character.escape_default()),
            _ => shown.push(character),
        }
    }
    let ticks = "`".repeat(longest_run(&shown, '`') + 1);
    // Markdown removes one space at each end. The space separates the fence from a backtick in the text.
    let space = if shown.starts_with('`') || shown.ends_with('`') { " " } else { "" };
    format!("{ticks}{space}{shown}{space}{ticks}")
}

/// Adds a full stop, unless the text ends with punctuation, code or a table.
pub(crate) fn sentence(text: &str) -> String {
    let is_code = matches!(blocks(text).last(), Some(Block::Code(_)));
    let end = if is_code || text.ends_with(['.', '!', '?', ':', '|']) { "" } else { "." };
    format!("{text}{end}")
}

/// Joins the lines of a text, without its code blocks.
pub(crate) fn in_one_line(text: &str) -> String {
    let blocks = blocks(text);
    let lines = blocks.iter().filter_map(|block| match block {
        Block::Line(line) => Some(*line),
        Block::Code(_) => None,
    });
    lines.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

/// Whether a line that begins with this word may start a block instead of continuing a paragraph.
pub(crate) fn begins_block(word: &str) -> bool {
    const MARKS: [char; 9] = ['-', '=', '*', '_', '+', '>', '#', '|', '~'];
    let is_html = word.starts_with('<') && !is_autolink(word);
    is_html
        || word.starts_with(['>', '#', '|'])
        || ["```", "~~~", "[^"].iter().any(|start| word.starts_with(start))
        || word.chars().all(|character| MARKS.contains(&character))
        || item_marker(word).is_some()
}

/// Whether a line may be a row of a table. `after_row` says whether the previous line may be one.
pub(crate) fn is_row(line: &str, after_row: bool) -> bool {
    !line.trim().is_empty() && (after_row || line.contains('|'))
}

/// Whether the text begins with a URL in angle brackets, which becomes a link.
pub(crate) fn is_autolink(text: &str) -> bool {
    ["<https://", "<http://"].iter().any(|start| text.starts_with(start))
}

/// The width of a list item's marker, including the space after it, if `text` begins with one.
pub(crate) fn item_marker(text: &str) -> Option<usize> {
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

/// The length of the longest run of `character`.
fn longest_run(text: &str, character: char) -> usize {
    text.split(|other| other != character).map(str::len).max().unwrap_or_default()
}

#[cfg(test)]
mod tests;
