//! Bodies of successful responses that differ by status.

use reqwest::StatusCode;

/// A status of success, and what its body is.
#[derive(Debug)]
pub(crate) struct StatusBody {
    /// The status as the document writes it: `201`, or `2XX` for all that are not listed.
    status: &'static str,
    pub(crate) content: Content,
}

/// What a body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    Json,
    Text,
    /// There is no body, or it is ignored.
    Nothing,
}

#[allow(dead_code, reason = "a document need not have each kind")]
impl StatusBody {
    pub(crate) const fn json(status: &'static str) -> Self {
        Self { status, content: Content::Json }
    }

    pub(crate) const fn text(status: &'static str) -> Self {
        Self { status, content: Content::Text }
    }

    pub(crate) const fn nothing(status: &'static str) -> Self {
        Self { status, content: Content::Nothing }
    }

    /// Returns what the body of a response with this status is, and the position of its variant. `None` if the document does
    /// not have the status.
    pub(crate) fn find(bodies: &[Self], status: StatusCode) -> Option<(Content, usize)> {
        let exact = bodies.iter().position(|body| body.status == status.as_str());
        let index = exact.or_else(|| bodies.iter().position(|body| is_range(body.status)))?;
        let (before, found) = (bodies.get(..index)?, bodies.get(index)?);
        let variant = before.iter().filter(|body| body.content != Content::Nothing).count();
        Some((found.content, variant))
    }

    /// Returns a status that this describes.
    #[cfg(feature = "testing")]
    pub(crate) fn example(&self) -> StatusCode {
        self.status.parse().unwrap_or(StatusCode::OK)
    }
}

/// Whether a status is among those that the document lists.
pub(crate) fn is_listed(statuses: &[&str], status: StatusCode) -> bool {
    statuses.contains(&status.as_str())
}

/// Whether the document writes a range of statuses, or a default.
fn is_range(status: &str) -> bool {
    status.parse::<u16>().is_err()
}
