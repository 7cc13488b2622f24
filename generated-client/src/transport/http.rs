//! The default transport.

use std::net::IpAddr;

use reqwest::Url;

use super::Transport;
use super::message::{ResponseBody, TransportRequest, TransportResponse};
use crate::error::{InvalidOptionsError, TransportFailure};
use crate::platform::{self, BoxFuture};

/// Sends requests with [`reqwest`]. A clone shares the connections.
///
/// Unless it is made from an HTTP client of your own, it uses the proxy that the system or the environment names
/// (`HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`), except for this machine: `localhost`, `127.0.0.0/8` and `::1`. A
/// proxy sees all of a request to an `http://` endpoint, including the credentials.
#[derive(Clone, Debug)]
pub struct HttpTransport {
    client: reqwest::Client,
    /// For this machine.
    direct: reqwest::Client,
}

impl HttpTransport {
    /// Sets up the HTTP clients that clients have by default. They follow no redirects.
    ///
    /// # Errors
    ///
    /// If the HTTP client cannot be set up, as it finds no certificates, for example.
    pub fn new() -> Result<Self, InvalidOptionsError> {
        let clients = platform::client().and_then(|client| {
            let direct = platform::direct_client()?;
            Ok(Self { client, direct })
        });
        clients.map_err(|error| {
            InvalidOptionsError::new(format!(
                "the HTTP client cannot be set up ({error}); pass one of your own to `.http_client(…)`"
            ))
        })
    }
}

impl From<reqwest::Client> for HttpTransport {
    fn from(client: reqwest::Client) -> Self {
        Self { direct: client.clone(), client }
    }
}

/// Whether the host is this machine. Names below `localhost` do not count: many systems resolve them over the network.
pub(crate) fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let inside = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    let address = inside.unwrap_or(host).parse::<IpAddr>();
    address.map_or(host == "localhost", |address| address.is_loopback())
}

impl Transport for HttpTransport {
    fn send(
        &self,
        request: TransportRequest,
    ) -> BoxFuture<'_, Result<TransportResponse, TransportFailure>> {
        Box::pin(async move {
            let TransportRequest { method, url, headers, body, .. } = request;
            let client = if is_loopback(&url) { &self.direct } else { &self.client };
            let mut request = reqwest::Request::new(method, url);
            *request.headers_mut() = headers;
            *request.body_mut() = body.map(Into::into);
            let mut response = client.execute(request).await?;
            let headers = std::mem::take(response.headers_mut());
            let status = response.status();
            Ok(TransportResponse { status, headers, body: ResponseBody::http(response) })
        })
    }
}
