//! The servers, and what they are asked for.

use std::fmt;

/// A server, and how it answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// The proxy itself, which knows nothing to answer.
    Offline,
    /// Steady, which answers with what is required.
    Steady,
    /// Prism, which answers with the examples of the document, or the same values each time.
    PrismStatic,
    /// Prism, which answers with values that it makes up.
    PrismDynamic,
}

impl Mode {
    const EACH: [Self; 4] = [Self::Offline, Self::Steady, Self::PrismStatic, Self::PrismDynamic];

    /// Those that can be had.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        Self::EACH.into_iter().filter(|mode| *mode == Self::Offline || mode.upstream().is_some())
    }

    /// The one that trials call `name`.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::EACH.into_iter().find(|mode| mode.name() == name)
    }

    /// What trials call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Offline => "offline",
            Self::Steady => "steady",
            Self::PrismStatic => "prism-static",
            Self::PrismDynamic => "prism-dynamic",
        }
    }

    /// The environment variable that says where it is.
    fn variable(self) -> Option<&'static str> {
        match self {
            Self::Offline => None,
            Self::Steady => Some("CONFORMANCE_STEADY"),
            Self::PrismStatic | Self::PrismDynamic => Some("CONFORMANCE_PRISM"),
        }
    }

    /// Where it is.
    pub(crate) fn upstream(self) -> Option<String> {
        std::env::var(self.variable()?).ok()
    }

    /// The header `prefer` that asks for its answers.
    pub(crate) fn preference(self) -> Option<&'static str> {
        (self == Self::PrismDynamic).then_some("dynamic=true")
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
