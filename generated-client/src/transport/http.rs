//! The default transport.

use super::Transport;
use super::message::{ResponseBody, TransportRequest, TransportResponse};
use crate::error::{InvalidOptionsError, TransportFailure};
use crate::platform::{self, BoxFuture};

/// Sends requests with [`reqwest`]. A clone shares the connections.
#[derive(Clone, Debug)]
pub struct HttpTransport {
    client: reqwest::Client,
}

impl HttpTransport {
    /// Sets up the HTTP client that clients have by default. It follows no redirects.
    ///
    /// # Errors
    ///
    /// If the HTTP client cannot be set up, as it finds no certificates, for example.
    pub fn new() -> Result<Self, InvalidOptionsError> {
        platform::client().map(Self::from).map_err(|error| {
            InvalidOptionsError::new(format!(
                "the HTTP client cannot be set up ({error}); pass one of your own to `.http_client(…)`"
            ))
        })
    }
}

impl From<reqwest::Client> for HttpTransport {
    fn from(client: reqwest::Client) -> Self {
        Self { client }
    }
}

impl Transport for HttpTransport {
    fn send(
        &self,
        request: TransportRequest,
    ) -> BoxFuture<'_, Result<TransportResponse, TransportFailure>> {
        Box::pin(async move {
            let TransportRequest { method, url, headers, body, .. } = request;
            let mut request = reqwest::Request::new(method, url);
            *request.headers_mut() = headers;
            *request.body_mut() = body.map(Into::into);
            let mut response = self.client.execute(request).await?;
            let headers = std::mem::take(response.headers_mut());
            let status = response.status();
            Ok(TransportResponse { status, headers, body: ResponseBody::http(response) })
        })
    }
}
