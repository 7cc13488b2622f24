//! A request as it is handed to the transport, once for each attempt.

use bytes::Bytes;
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use reqwest::{Method, Url};

use crate::client::Inner;
use crate::request::Wire;

/// A request in full.
#[derive(Clone)]
pub(crate) struct Outgoing {
    pub(crate) method: Method,
    pub(crate) address: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Bytes>,
}

impl Outgoing {
    pub(super) fn new(inner: &Inner, method: Method, wire: Wire) -> Self {
        let mut address = inner.endpoint.join(&wire.path);
        address.set_query(wire.query.as_deref());
        // What comes later takes the place of what came before: nothing wins over the client's own headers but what the
        // operation itself says.
        let mut headers = inner.options.headers().clone();
        headers.extend(inner.headers.clone());
        headers.extend(wire.headers);
        let body = wire.body.map(|(media, body)| {
            headers.insert(CONTENT_TYPE, media);
            body
        });
        Self { method, address, headers, body }
    }
}
