//! What generated code says about objects that are not over when they are answered.

use serde_json::Value;

use crate::client::Seam;
use crate::execute::ResponseFuture;
use crate::json::ReadError;
use crate::response::RawResponse;

/// How an object tells that it is over, and how to look at it again.
#[derive(Debug)]
pub(crate) struct Polling {
    /// The property that identifies it.
    pub(crate) id: &'static str,
    /// The property that says how far it is.
    pub(crate) status: &'static str,
    /// What that says at a good end.
    pub(crate) success: &'static [&'static str],
    /// What it says at a bad one. Anything else is no end.
    pub(crate) failure: &'static [&'static str],
    /// The property that says what went wrong.
    pub(crate) error: Option<&'static str>,
    /// Asks for it by its id.
    pub(crate) look: fn(&Seam, &Value) -> Result<ResponseFuture<RawResponse>, ReadError>,
}
