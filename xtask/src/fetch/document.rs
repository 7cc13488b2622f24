//! A published document, checked and in the form in which it is kept.

use anyhow::{Context, Result, ensure};
use seam_generator::{Source, Summary, inspect};
use serde_json::Value;

use crate::repo::DOCUMENT;

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
            Content::Json(json) => {
                let summary = checked(name, json)?;
                let value: Value =
                    serde_json::from_str(json).with_context(|| format!("{name} is no JSON"))?;
                (laid_out(&value)?, summary)
            }
            Content::Yaml(yaml) => {
                let summary = checked(name, yaml)?;
                let value: Value =
                    serde_yaml::from_str(yaml).with_context(|| format!("{name} is no YAML"))?;
                (laid_out(&value)?, summary)
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
    pub(super) fn summary_after(&self, before: Option<String>) -> String {
        let now = counts(&self.summary);
        let before = before.and_then(|text| checked(DOCUMENT, &text).ok());
        match before.map(|summary| counts(&summary)) {
            Some(before) if before != now => format!("{now}, before {before}"),
            _ => now,
        }
    }
}

fn checked(name: &str, text: &str) -> Result<Summary> {
    Ok(inspect(&Source { name: name.to_owned(), text: text.to_owned() })?)
}

fn counts(summary: &Summary) -> String {
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    let Summary { paths, operations, .. } = *summary;
    format!("{paths} path{}, {operations} operation{}", plural(paths), plural(operations))
}

fn laid_out(value: &Value) -> Result<String> {
    let mut text = serde_json::to_string_pretty(value)?;
    text.push('\n');
    Ok(text)
}
