//! The kinds of Seam's tokens.

use crate::operation::Scheme;

/// The kind of a token, which its prefix shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    ApiKey,
    PersonalAccessToken,
    ClientSessionToken,
    PublishableKey,
    ConsoleSessionToken,
}

/// The facts of a kind.
pub(super) struct Facts {
    pub(super) name: &'static str,
    /// The name with its article.
    pub(super) one: &'static str,
    pub(super) prefix: &'static str,
    /// The builder call that sets one, for messages.
    pub(super) method: &'static str,
    /// The environment variables that hold one.
    pub(super) variables: Option<&'static str>,
    /// The constants of the document's schemes for it.
    pub(super) schemes: &'static [&'static str],
    /// The constant of the scheme for requests without a workspace, if there are both.
    pub(super) without_workspace: Option<&'static str>,
}

impl Kind {
    /// The longer prefixes come first, as most of them begin with that of an API key.
    const ALL: [Self; 5] = [
        Self::ClientSessionToken,
        Self::PersonalAccessToken,
        Self::PublishableKey,
        Self::ApiKey,
        Self::ConsoleSessionToken,
    ];

    /// Returns the kind of a token, or `None` if it is not Seam's.
    pub(super) fn of(token: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| token.starts_with(kind.facts().prefix))
    }

    /// Whether requests name a workspace. Tokens of the other kinds belong to one.
    pub(super) fn chooses_workspace(self) -> bool {
        matches!(self, Self::PersonalAccessToken | Self::ConsoleSessionToken)
    }

    /// Whether the document's scheme is that of this kind, with or without a workspace.
    pub(super) fn is_meant_by(self, scheme: &Scheme, workspace: Option<&str>) -> bool {
        match (self.facts().without_workspace, workspace) {
            (Some(constant), None) => constant == scheme.constant(),
            _ => self.facts().schemes.contains(&scheme.constant()),
        }
    }

    pub(super) fn facts(self) -> &'static Facts {
        match self {
            Self::ApiKey => &Facts {
                name: "API key",
                one: "an API key",
                prefix: "seam_",
                method: "`.api_key(key)`",
                variables: Some("SEAM_API_KEY"),
                schemes: &["API_KEY"],
                without_workspace: None,
            },
            Self::PersonalAccessToken => &Facts {
                name: "personal access token",
                one: "a personal access token",
                prefix: "seam_at",
                method: "`.personal_access_token(token, workspace_id)`",
                variables: Some("SEAM_PERSONAL_ACCESS_TOKEN and SEAM_WORKSPACE_ID"),
                schemes: &["PAT_WITH_WORKSPACE"],
                without_workspace: Some("PAT_WITHOUT_WORKSPACE"),
            },
            Self::ClientSessionToken => &Facts {
                name: "client session token",
                one: "a client session token",
                prefix: "seam_cst",
                method: "`.client_session_token(token)`",
                variables: None,
                schemes: &[
                    "CLIENT_SESSION",
                    "CLIENT_SESSION_WITH_CUSTOMER",
                    "CLIENT_SESSION_WITH_CUSTOMER_RO",
                ],
                without_workspace: None,
            },
            Self::PublishableKey => &Facts {
                name: "publishable key",
                one: "a publishable key",
                prefix: "seam_pk",
                method: "`.publishable_key(key, user_identifier_key)`",
                variables: None,
                schemes: &["PUBLISHABLE_KEY"],
                without_workspace: None,
            },
            Self::ConsoleSessionToken => &Facts {
                name: "console session token",
                one: "a console session token",
                prefix: "ey",
                method: "`.console_session_token(token, workspace_id)`",
                variables: None,
                schemes: &["CONSOLE_SESSION_WITH_WORKSPACE"],
                without_workspace: Some("CONSOLE_SESSION_WITHOUT_WORKSPACE"),
            },
        }
    }
}
