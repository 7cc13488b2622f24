//! What there is to be tried.

/// A target of xtask/fuzz.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Target {
    /// Responses of a server, read by the client
    Answers,
    /// Documents, read by the generator
    Document,
    /// What `fetch` downloads: responses, archives, modules
    Fetch,
    /// Overlays, applied to a document
    Overlay,
}

impl Target {
    pub(super) const ALL: [Self; 4] = [Self::Answers, Self::Document, Self::Fetch, Self::Overlay];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Answers => "answers",
            Self::Document => "document",
            Self::Fetch => "fetch",
            Self::Overlay => "overlay",
        }
    }

    /// How many inputs are tried where nobody says otherwise: a few seconds of them.
    pub(super) fn runs(self) -> u64 {
        match self {
            Self::Answers => 1000,
            Self::Document | Self::Fetch | Self::Overlay => 300,
        }
    }

    /// The package whose tests have the inputs that broke something.
    pub(super) fn owner(self) -> &'static str {
        match self {
            Self::Answers => "seam-client",
            Self::Document | Self::Overlay => "seam-generator",
            Self::Fetch => "xtask-full",
        }
    }

    /// Where these are.
    pub(super) fn fixtures(self) -> &'static str {
        match self {
            Self::Answers => "generated-client/tests/round_trips/found",
            Self::Document | Self::Overlay => "generator/tests/fuzzed/found",
            Self::Fetch => "xtask/full/tests/found",
        }
    }
}
