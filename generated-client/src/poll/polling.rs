//! How generated code describes objects that are polled.

use std::sync::Arc;

use serde_json::Value;

use crate::execute::{Context, RawResponse};
use crate::json::ReadError;
use crate::response::ResponseFuture;

/// How an object shows that it has ended, and how to fetch it again.
#[derive(Debug)]
pub(crate) struct Polling {
    /// The property that identifies the object.
    pub(crate) id: &'static str,
    /// The property with the status.
    pub(crate) status: &'static str,
    /// The statuses of success.
    pub(crate) success: &'static [&'static str],
    /// The statuses of failure. With any other status, the object has not ended.
    pub(crate) failure: &'static [&'static str],
    /// The property that says what went wrong.
    pub(crate) error: Option<&'static str>,
    /// Fetches the object by its ID.
    pub(crate) fetch: fn(&Arc<Context>, &Value) -> Result<ResponseFuture<RawResponse>, ReadError>,
}
