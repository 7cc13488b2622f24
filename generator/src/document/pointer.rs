//! JSON pointers: the places of values in a document.

use std::fmt;

/// A JSON pointer (RFC 6901).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Pointer(String);

/// One step of a way through a document: into an object by a key, or into an array by an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

impl Pointer {
    /// The pointer to the whole document.
    pub(crate) fn root() -> Self {
        Self::default()
    }

    /// The pointer to the value that these steps from the root lead to.
    pub(super) fn of_steps(steps: &[Step<'_>]) -> Self {
        steps.iter().fold(Self::root(), |pointer, step| match step {
            Step::Key(key) => pointer.child(key),
            Step::Index(index) => pointer.child(index),
        })
    }

    /// A pointer from its text, which is not checked.
    pub(crate) fn parse(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The pointer to an entry or element of the value at this pointer. Escapes `key`.
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

    /// The pointer after several steps from this one.
    #[must_use]
    pub(crate) fn join<const N: usize>(&self, keys: [&str; N]) -> Self {
        keys.into_iter().fold(self.clone(), |pointer, key| pointer.child(key))
    }

    /// The pointer to the object or array that contains this value.
    #[must_use]
    pub(crate) fn parent(&self) -> Self {
        Self(self.0.rsplit_once('/').map_or_else(String::new, |(parent, _)| parent.to_owned()))
    }

    /// The pointer as a JSONPath, as in overlays.
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

    /// The unescaped steps from the root.
    pub(crate) fn steps(&self) -> impl Iterator<Item = String> + '_ {
        self.0.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~"))
    }

    /// The rest of this pointer after `outer`, which is a prefix of it.
    pub(super) fn below(&self, outer: &Self) -> &str {
        self.0.get(outer.0.len()..).unwrap_or_default()
    }

    /// Appends a rest as returned by [`Pointer::below`].
    #[must_use]
    pub(super) fn append(&self, below: &str) -> Self {
        Self(format!("{}{below}", self.0))
    }

    /// Whether this is `outer` or a pointer to something inside of it.
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
