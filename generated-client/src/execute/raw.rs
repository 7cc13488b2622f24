//! Requests and responses without the types of their values.

use std::sync::Arc;

use bytes::Bytes;
use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use tracing::Span;

use super::context::Context;
use crate::clock::Instant;
use crate::error::{InvalidOptionsError, ResponseMeta};
use crate::operation::OperationInfo;
use crate::request::EncodedRequest;
use crate::transport::TransportRequest;

/// A request that is ready to be sent.
pub(crate) struct PreparedRequest {
    /// Includes the options of the request, which also apply to requests that follow it, such as polling.
    pub(crate) context: Arc<Context>,
    pub(crate) operation: OperationInfo,
    pub(crate) method: Method,
    /// The request, or why it cannot be encoded.
    pub(crate) encoded: Result<EncodedRequest, InvalidOptionsError>,
}

/// A complete response whose status is a success.
pub(crate) struct RawResponse {
    pub(crate) context: Arc<Context>,
    pub(crate) operation: OperationInfo,
    pub(crate) meta: ResponseMeta,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// The span of the request.
    pub(crate) span: Span,
    pub(crate) time: RequestTime,
}

/// When a request was started, and when its attempt has to end.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RequestTime {
    pub(crate) started: Instant,
    /// `None` if that is beyond the range of the clock.
    pub(crate) end: Option<Instant>,
}

/// Room for the content type, and for headers that are added on the way.
const SPARE_HEADERS: usize = 4;

/// Builds the transport request of one attempt.
pub(super) fn outgoing_request(
    context: &Context,
    operation: OperationInfo,
    method: &Method,
    encoded: &EncodedRequest,
) -> TransportRequest {
    let mut url = context.endpoint.join(&encoded.path);
    if encoded.query.is_some() {
        url.set_query(encoded.query.as_deref());
    }
    let (own, others) = (&context.headers, context.options.headers());
    let credentials = context.credentials.headers();
    let count = own.len() + others.len() + credentials.len() + encoded.headers.len();
    let mut headers = HeaderMap::with_capacity(count + SPARE_HEADERS);
    // The later ones win: the headers of the operation over the client's own, and the credentials over all.
    for (name, value) in [others, own, &encoded.headers, credentials].into_iter().flatten() {
        headers.insert(name.clone(), value.clone());
    }
    let body = encoded.body.as_ref().map(|(media, body)| {
        headers.insert(CONTENT_TYPE, media.clone());
        body.clone()
    });
    TransportRequest { operation, method: method.clone(), url, headers, body }
}
