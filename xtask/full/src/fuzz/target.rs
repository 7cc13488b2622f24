//! The fuzz targets.

/// A fuzz target of `xtask/fuzz`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Target {
    /// Responses of a server, decoded by the client
    Answers,
    /// Documents, read by the generator
    Document,
    /// Downloads of `fetch`: responses, archives, JavaScript modules
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

    /// The default number of inputs, which take a few seconds.
    pub(super) fn runs(self) -> u64 {
        match self {
            Self::Answers => 1000,
            Self::Document | Self::Fetch | Self::Overlay => 300,
        }
    }

    /// The package whose tests use the fixtures.
    pub(super) fn owner(self) -> &'static str {
        match self {
            Self::Answers => "seam-client",
            Self::Document | Self::Overlay => "seam-generator",
            Self::Fetch => "xtask-full",
        }
    }

    /// The folder of the fixtures.
    pub(super) fn fixtures(self) -> &'static str {
        match self {
            Self::Answers => "generated-client/tests/round_trips/found",
            Self::Document | Self::Overlay => "generator/tests/fuzzed/found",
            Self::Fetch => "xtask/full/tests/found",
        }
    }
}
