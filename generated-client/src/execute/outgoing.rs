//! A request as it is handed to the transport, once for each attempt.

use bytes::Bytes;
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use reqwest::{Method, Url};

use crate::client::Inner;
use crate::request::EncodedRequest;

/// A request in full.
pub(crate) struct OutgoingRequest {
    pub(crate) method: Method,
    pub(crate) address: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Bytes>,
}

/// How many headers more there is room for: that of the body, and those that are added on the way.
const ROOM: usize = 4;

impl OutgoingRequest {
    pub(super) fn new(inner: &Inner, method: &Method, wire: &EncodedRequest) -> Self {
        let mut address = inner.endpoint.join(&wire.path);
        if wire.query.is_some() {
            address.set_query(wire.query.as_deref());
        }
        let (own, others) = (&inner.headers, inner.options.headers());
        let credentials = inner.credentials.headers();
        let several = own.len() + others.len() + credentials.len() + wire.headers.len() + ROOM;
        let mut headers = HeaderMap::with_capacity(several);
        // What comes later takes the place of what came before: nothing wins over the client's own headers but what the
        // operation itself says, and nothing over the credentials.
        for (name, value) in [others, own, &wire.headers, credentials].into_iter().flatten() {
            headers.insert(name.clone(), value.clone());
        }
        let body = wire.body.as_ref().map(|(media, body)| {
            headers.insert(CONTENT_TYPE, media.clone());
            body.clone()
        });
        Self { method: method.clone(), address, headers, body }
    }
}
