//! Validates a published document, and formats it for `openapi/openapi.json`.

use anyhow::{Result, ensure};
use seam_generator::{Source, Summary, inspect};
use serde_json::Value;

use xtask::repo::DOCUMENT;

use super::published::{Content, Published};

/// A valid document.
pub(super) struct Document {
    /// The document as JSON with one value per line, keys in their published order.
    pub(super) text: String,
    summary: Summary,
}

impl Document {
    /// Validates a published document. The generator checks the published text where possible, so that its messages have the
    /// line and column in that text.
    pub(super) fn of(published: &Published) -> Result<Self> {
        let name = &published.name;
        let (text, summary) = match &published.content {
            Content::Text(text) => {
                let summary = checked(name, text)?;
                // Not `read`, which repairs the document: the file keeps what was published, mistakes included.
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

    /// The number of parts in the document, with the numbers of the document before it if they differ.
    pub(super) fn summary_after(&self, before: Option<&Summary>) -> String {
        let now = counts(&self.summary);
        match before.map(counts) {
            Some(before) if before != now => format!("{now}, before {before}"),
            _ => now,
        }
    }

    /// Fails if the document has less than half of the operations of the document before it. That suggests an incomplete
    /// response rather than a change of the API.
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

/// The summary of the checked-in document; `None` if it is missing or invalid.
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
