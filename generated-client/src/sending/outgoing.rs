//! A request as it is handed to the transport, once for each attempt.

use bytes::Bytes;
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use reqwest::{Method, Url};

use crate::client::Inner;
use crate::request::Wire;

/// A request in full.
pub(crate) struct Outgoing {
    pub(crate) method: Method,
    pub(crate) address: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Bytes>,
}

impl Outgoing {
    pub(super) fn new(inner: &Inner, method: &Method, wire: &Wire) -> Self {
        let mut address = inner.endpoint.join(&wire.path);
        address.set_query(wire.query.as_deref());
        // Nothing wins over the client's own headers but what the operation itself says.
        let mut headers = inner.headers.clone();
        for (name, value) in inner.options.headers() {
            if !inner.headers.contains_key(name) {
                headers.append(name, value.clone());
            }
        }
        headers.extend(wire.headers.clone());
        let body = wire.body.as_ref().map(|(media, body)| {
            headers.insert(CONTENT_TYPE, media.clone());
            body.clone()
        });
        Self { method: method.clone(), address, headers, body }
    }
}
