//! The calls of these tests: one for each effect of a repeated call, and for each way to decode a response.

use seam_client::ids::{AcsUserId, DeviceId};
use seam_client::{Error, Seam};

use crate::support::{CREDENTIAL, REQUEST_ID, USER};

/// The effect of a repeated call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// None: the call only reads.
    Read,
    /// The second call changes nothing more.
    Idempotent,
    /// The effect is repeated.
    Write,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Call {
    List,
    Get,
    Delete,
    Unlock,
    Assign,
}

impl Call {
    pub(crate) const ALL: [Self; 5] =
        [Self::List, Self::Get, Self::Delete, Self::Unlock, Self::Assign];

    pub(crate) fn effect(self) -> Effect {
        match self {
            Self::List | Self::Get => Effect::Read,
            Self::Delete => Effect::Idempotent,
            Self::Unlock | Self::Assign => Effect::Write,
        }
    }

    /// The body of a valid response.
    pub(crate) fn answer(self) -> &'static str {
        match self {
            Self::List => r#"{"devices":[],"ok":true}"#,
            Self::Get => r#"{"device":{"device_id":"d"},"ok":true}"#,
            Self::Delete | Self::Assign => r#"{"ok":true}"#,
            Self::Unlock => {
                r#"{"action_attempt":{"action_attempt_id":"a","action_type":"UNLOCK_DOOR","status":"pending"}}"#
            }
        }
    }

    /// Whether all of the response is optional.
    pub(crate) fn takes_any_answer(self) -> bool {
        matches!(self, Self::Delete | Self::Assign)
    }

    /// Makes the call, and returns the number of attempts.
    pub(crate) async fn send(self, seam: &Seam) -> Result<u32, Error> {
        let credentials = seam.acs().credentials();
        Ok(match self {
            Self::List => seam.devices().list().response().await?.attempts(),
            Self::Get => seam.devices().get(DeviceId::from("d")).response().await?.attempts(),
            Self::Delete => credentials.delete(CREDENTIAL).response().await?.attempts(),
            Self::Unlock => seam.locks().unlock_door("d").response().await?.attempts(),
            Self::Assign => {
                let user = AcsUserId::from(USER);
                credentials.assign(CREDENTIAL, user).response().await?.attempts()
            }
        })
    }
}

/// A complete response, on a connection that stays open.
pub(crate) fn ok(body: &str) -> String {
    format!("{}content-length: {}\r\n\r\n{body}", head(), body.len())
}

/// A complete response with a chunked body.
pub(crate) fn chunked(body: &str) -> String {
    let (first, second) = body.split_at(body.len() / 2);
    let (one, two) = (first.len(), second.len());
    format!(
        "{}transfer-encoding: chunked\r\n\r\n{one:x}\r\n{first}\r\n{two:x}\r\n{second}\r\n0\r\n\r\n",
        head()
    )
}

/// The head of a response, without its end.
pub(crate) fn head() -> String {
    format!(
        "HTTP/1.1 200 OK\r\nseam-request-id: {REQUEST_ID}\r\ncontent-type: application/json\r\n"
    )
}

/// Checks the error of a connection that broke after it was made: it says how far the call got.
pub(crate) fn assert_broken(error: &Error, accepted: bool, case: &str) {
    assert!(matches!(error, Error::Transport(_)), "{case}: {error:?}");
    assert!(error.was_sent(), "{case}: {error}");
    assert_eq!(error.was_accepted(), accepted, "{case}: {error}");
    assert_eq!(error.is_retryable(), !accepted, "{case}: {error}");
    assert_eq!(error.request_id(), accepted.then_some(REQUEST_ID), "{case}");
}
