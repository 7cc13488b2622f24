//! A published document, checked and in the form in which it is kept.

use anyhow::{Result, ensure};
use seam_generator::{Source, Summary, inspect};
use serde_json::Value;

use xtask::repo::DOCUMENT;

use super::origin::{Content, Published};

/// A usable document.
pub(super) struct Document {
    /// One value a line, keys in the order in which they were published.
    pub(super) text: String,
    summary: Summary,
}

impl Document {
    /// Checks what was published. The generator looks at the published text where it can, so that lines and columns in
    /// its messages are those of that text.
    pub(super) fn of(published: &Published) -> Result<Self> {
        let name = &published.name;
        let (text, summary) = match &published.content {
            Content::Text(text) => {
                let summary = checked(name, text)?;
                // Not `read`: what is kept is what was published, with its faults.
                (laid_out(&seam_generator::parse(&source(name, text))?)?, summary)
            }
            Content::Literal(value) => {
                let text = laid_out(value)?;
                let summary = checked(name, &text)?;
                (text, summary)
            }
        };
        ensure!(summary.operations > 0, "{name} has no operations; is it the whole document?");
        Ok(Self { text, summary })
    }

    /// What it holds, and what the one `before` it held where that differs.
    pub(super) fn summary_after(&self, before: Option<&Summary>) -> String {
        let now = counts(&self.summary);
        match before.map(counts) {
            Some(before) if before != now => format!("{now}, before {before}"),
            _ => now,
        }
    }

    /// Fails where it has lost more than half of the operations of the one `before` it: that is rather an incomplete
    /// answer than what the API has become.
    pub(super) fn ensure_no_sharp_shrink(
        &self,
        before: Option<&Summary>,
        name: &str,
    ) -> Result<()> {
        let [now, before] = [self.summary.operations, before.map_or(0, |before| before.operations)];
        ensure!(
            now >= before.div_ceil(2),
            "{name} has {}, less than half of the {before} that {DOCUMENT} has; is it the whole document? If so, use \
             --force",
            counted(now, "operation")
        );
        Ok(())
    }
}

/// What the document that is kept holds, unless there is none that can be used.
pub(super) fn kept(text: Option<&str>) -> Option<Summary> {
    text.and_then(|text| checked(DOCUMENT, text).ok())
}

fn checked(name: &str, text: &str) -> Result<Summary> {
    Ok(inspect(&source(name, text))?)
}

fn source(name: &str, text: &str) -> Source {
    Source { name: name.to_owned(), text: text.to_owned() }
}

fn counts(summary: &Summary) -> String {
    let Summary { paths, operations, .. } = *summary;
    format!("{}, {}", counted(paths, "path"), counted(operations, "operation"))
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

fn laid_out(value: &Value) -> Result<String> {
    let mut text = serde_json::to_string_pretty(value)?;
    text.push('\n');
    Ok(text)
}
