//! The servers, and the kinds of responses that they return.

use std::fmt;

/// A server, and how it responds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// The proxy itself, which returns empty responses.
    Offline,
    /// Steady, which returns the required properties.
    Steady,
    /// Prism, which returns the examples of the document, or else the same values each time.
    PrismStatic,
    /// Prism, which returns random values.
    PrismDynamic,
}

impl Mode {
    const EACH: [Self; 4] = [Self::Offline, Self::Steady, Self::PrismStatic, Self::PrismDynamic];

    /// The servers that are available.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        Self::EACH.into_iter().filter(|mode| *mode == Self::Offline || mode.upstream().is_some())
    }

    /// The mode with this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::EACH.into_iter().find(|mode| mode.name() == name)
    }

    /// The name in the names of trials.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Offline => "offline",
            Self::Steady => "steady",
            Self::PrismStatic => "prism-static",
            Self::PrismDynamic => "prism-dynamic",
        }
    }

    /// The environment variable with the address.
    fn variable(self) -> Option<&'static str> {
        match self {
            Self::Offline => None,
            Self::Steady => Some("CONFORMANCE_STEADY"),
            Self::PrismStatic | Self::PrismDynamic => Some("CONFORMANCE_PRISM"),
        }
    }

    /// The address.
    pub(crate) fn upstream(self) -> Option<String> {
        std::env::var(self.variable()?).ok()
    }

    /// The value of the header `prefer` that requests this kind of responses.
    pub(crate) fn preference(self) -> Option<&'static str> {
        (self == Self::PrismDynamic).then_some("dynamic=true")
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
