//! JSON pointers: where something stands in a document.

use std::fmt;

/// A JSON pointer (RFC 6901) that is built while walking down.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Pointer(String);

impl Pointer {
    /// The whole document.
    pub(crate) fn root() -> Self {
        Self::default()
    }

    /// A pointer that was written down before.
    pub(crate) fn parse(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The pointer to an entry or element of what this one points to.
    #[must_use]
    pub(crate) fn child(&self, key: impl fmt::Display) -> Self {
        let mut pointer = format!("{}/{key}", self.0);
        let written = self.0.len() + 1;
        if pointer[written..].contains(['~', '/']) {
            let escaped = pointer[written..].replace('~', "~0").replace('/', "~1");
            pointer.replace_range(written.., &escaped);
        }
        Self(pointer)
    }

    /// The same for several steps.
    #[must_use]
    pub(crate) fn join<const N: usize>(&self, keys: [&str; N]) -> Self {
        keys.into_iter().fold(self.clone(), |pointer, key| pointer.child(key))
    }

    /// The pointer to what this one's place is in.
    #[must_use]
    pub(crate) fn parent(&self) -> Self {
        Self(self.0.rsplit_once('/').map_or_else(String::new, |(parent, _)| parent.to_owned()))
    }

    /// The same place as an overlay names it, in JSONPath.
    pub(crate) fn to_path(&self) -> String {
        let is_plain = |step: &str| {
            step.starts_with(|c: char| c.is_ascii_alphabetic())
                && step.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        };
        let steps = self.steps().map(|step| match step {
            step if is_plain(&step) => format!(".{step}"),
            step if step.parse::<usize>().is_ok_and(|index| index < 100) => format!("[{step}]"),
            step => format!("['{}']", step.replace('\\', "\\\\").replace('\'', "\\'")),
        });
        format!("${}", steps.collect::<String>())
    }

    /// The steps from the root, as they stand in the document.
    pub(crate) fn steps(&self) -> impl Iterator<Item = String> + '_ {
        self.0.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~"))
    }

    /// What of this pointer comes after `outer`, which points to something around it.
    pub(super) fn below(&self, outer: &Self) -> &str {
        self.0.get(outer.0.len()..).unwrap_or_default()
    }

    /// The pointer to something in what this one points to, as [`Pointer::below`] gives it.
    #[must_use]
    pub(super) fn append(&self, below: &str) -> Self {
        Self(format!("{}{below}", self.0))
    }

    /// Whether this points to `outer`, or to something in it.
    pub(super) fn is_within(&self, outer: &Self) -> bool {
        self.0.strip_prefix(&outer.0).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_empty() { "/" } else { &self.0 })
    }
}
