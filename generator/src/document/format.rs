//! Tells JSON from YAML.

/// The syntax of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Json,
    Yaml,
}

impl Format {
    /// A text that begins with `{` is JSON. Everything else is read as YAML, which contains most of JSON.
    pub(crate) fn of(text: &str) -> Self {
        if text.trim_start_matches(BYTE_ORDER_MARK).trim_start().starts_with('{') {
            Self::Json
        } else {
            Self::Yaml
        }
    }
}

/// Editors on Windows put this character at the start of a text.
pub(crate) const BYTE_ORDER_MARK: char = '\u{feff}';
