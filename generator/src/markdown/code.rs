//! Fenced code blocks.

use super::{item_marker, longest_run};

/// The languages that a code block may have. Some version of rustdoc might take any other label for Rust: it accepts
/// `edition2024`, `should_panic`, `E0308` and others as labels of Rust code.
const LANGUAGES: [&str; 35] = [
    "bash",
    "c",
    "console",
    "cpp",
    "csharp",
    "css",
    "csv",
    "curl",
    "diff",
    "go",
    "graphql",
    "html",
    "http",
    "ini",
    "java",
    "javascript",
    "js",
    "json",
    "jsonc",
    "kotlin",
    "php",
    "plaintext",
    "python",
    "ruby",
    "sh",
    "shell",
    "sql",
    "swift",
    "text",
    "toml",
    "ts",
    "typescript",
    "xml",
    "yaml",
    "yml",
];

/// A code block. The closing fence may be missing.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct CodeBlock<'a> {
    /// The column of the opening fence; 0 if the block is in a quotation or begins a list item.
    pub(crate) column: usize,
    language: &'static str,
    code: Vec<&'a str>,
}

impl<'a> CodeBlock<'a> {
    /// Reads the block that begins on the first line. Returns it with the lines after it. A block without a closing fence
    /// extends to the end of the text.
    pub(super) fn read<'l>(lines: &'l [&'a str]) -> Option<(Self, &'l [&'a str])> {
        let (first, mut rest) = lines.split_first()?;
        let fence = Fence::opened_by(first)?;
        let column = if fence.is_in_container { 0 } else { fence.column };
        let mut code = Vec::new();
        while let Some((line, after)) = rest.split_first() {
            let Some(content) = fence.content(line) else { break };
            rest = after;
            if fence.is_closed_by(content) {
                break;
            }
            code.push(content);
        }
        Some((Self { column, language: fence.language, code }, rest))
    }

    /// The lines of the block, indented to `column`: with a label, a closing fence, and fences that are longer than any in
    /// the code.
    pub(crate) fn lines_at(&self, column: usize) -> Vec<String> {
        let longest = self.code.iter().map(|line| longest_run(line, '`')).max();
        let fence = "`".repeat(3.max(longest.unwrap_or_default() + 1));
        let indent = " ".repeat(column);
        let mut lines = vec![format!("{indent}{fence}{}", self.language)];
        lines.extend(self.code.iter().map(|line| format!("{indent}{line}").trim_end().to_owned()));
        lines.push(format!("{indent}{fence}"));
        lines
    }
}

/// The opening fence of a block.
struct Fence {
    character: char,
    length: usize,
    column: usize,
    /// The number of `>` before it.
    quotes: usize,
    /// Whether it is in a quotation or follows the marker of a list item.
    is_in_container: bool,
    language: &'static str,
}

impl Fence {
    fn opened_by(line: &str) -> Option<Self> {
        let (mut rest, mut quotes, mut is_in_container) = (line.trim_start(), 0, false);
        // Quotation and list markers can be nested.
        loop {
            if let Some(quoted) = rest.strip_prefix('>') {
                quotes += 1;
                rest = quoted.trim_start();
            } else if let Some(width) = item_marker(rest) {
                rest = rest[width - 1..].trim_start();
            } else {
                break;
            }
            is_in_container = true;
        }
        let character = rest.chars().next().filter(|first| matches!(first, '`' | '~'))?;
        let label = rest.trim_start_matches(character);
        let length = rest.len() - label.len();
        // Backticks with another backtick after them are inline code.
        let is_fence = length >= 3 && !(character == '`' && label.contains('`'));
        let column = line[..line.len() - rest.len()].chars().count();
        let language = language(label);
        is_fence.then_some(Self { character, length, column, quotes, is_in_container, language })
    }

    /// The code on a line. Returns `None` if the line ends the quotation that contains the block.
    fn content<'a>(&self, line: &'a str) -> Option<&'a str> {
        let (mut rest, mut indent) = (line, self.column);
        for _ in 0..self.quotes {
            let quoted = rest.trim_start().strip_prefix('>')?;
            rest = quoted.strip_prefix(' ').unwrap_or(quoted);
            indent = 0;
        }
        let spaces = rest.chars().take_while(|character| *character == ' ').count();
        Some(&rest[spaces.min(indent)..])
    }

    fn is_closed_by(&self, content: &str) -> bool {
        let fence = content.trim();
        fence.len() >= self.length && fence.chars().all(|character| character == self.character)
    }
}

/// The label of the generated block: the given language if it is known and not Rust, or else `text`.
fn language(label: &str) -> &'static str {
    let word = label.split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
    LANGUAGES.into_iter().find(|language| *language == word).unwrap_or("text")
}
