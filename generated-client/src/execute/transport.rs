//! What carries requests and brings answers: the network, or what stands in for it in tests.

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use super::OutgoingRequest;
use crate::error::Failure;
use crate::operation::Operation;
use crate::platform::Incoming;

/// What carries requests.
#[derive(Clone)]
pub(crate) enum Transport {
    Http(reqwest::Client),
    #[cfg(feature = "testing")]
    Fake(crate::testing::Fake),
}

/// An answer of which the head has arrived.
pub(crate) struct TransportResponse {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
}

/// The rest of it.
pub(crate) enum Body {
    Http(Incoming),
    #[cfg(feature = "testing")]
    Fake(Option<Bytes>),
}

impl Transport {
    /// Sends a request, until the head of the answer is there.
    pub(super) async fn send(
        &self,
        _operation: &'static Operation,
        request: OutgoingRequest,
    ) -> Result<TransportResponse, Failure> {
        match self {
            Self::Http(client) => {
                let OutgoingRequest { method, address, headers, body } = request;
                let mut request = reqwest::Request::new(method, address);
                *request.headers_mut() = headers;
                *request.body_mut() = body.map(Into::into);
                let mut response = client.execute(request).await?;
                let headers = std::mem::take(response.headers_mut());
                let status = response.status();
                Ok(TransportResponse { status, headers, body: Body::Http(Incoming::new(response)) })
            }
            #[cfg(feature = "testing")]
            Self::Fake(fake) => fake.send(_operation, request).await,
        }
    }
}

impl Body {
    /// What arrives next; nothing at the end.
    pub(super) async fn chunk(&mut self) -> Result<Option<Bytes>, Failure> {
        match self {
            Self::Http(response) => Ok(response.chunk().await?),
            #[cfg(feature = "testing")]
            Self::Fake(body) => Ok(body.take()),
        }
    }
}
