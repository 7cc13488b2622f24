//! Requests and responses as transports see them.

use std::fmt;
use std::future::poll_fn;

use bytes::Bytes;
use futures_core::Stream;
use reqwest::header::HeaderMap;
use reqwest::{Method, StatusCode, Url};

use crate::error::TransportFailure;
use crate::operation::OperationInfo;
use crate::platform::{BoxStream, HttpBody};

/// A request, complete with its credentials.
pub struct TransportRequest {
    pub(crate) operation: OperationInfo,
    /// The HTTP method.
    pub method: Method,
    /// The URL with its query.
    pub url: Url,
    /// All headers but those of the connection and the length of the body.
    pub headers: HeaderMap,
    /// The body, if there is one.
    pub body: Option<Bytes>,
}

impl TransportRequest {
    /// Returns the path of the operation as the document writes it, with `{name}` for each path parameter.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation.path
    }
}

/// Leaves out the query, the values of headers and the body, which may be secrets.
impl fmt::Debug for TransportRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportRequest")
            .field("operation", &self.operation.path)
            .field("method", &self.method)
            .field("path", &self.url.path())
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}

/// A response of which the status and the headers have arrived.
#[derive(Debug)]
pub struct TransportResponse {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, which may still be arriving.
    pub body: ResponseBody,
}

/// The body of a response, which arrives in chunks.
pub struct ResponseBody(Body);

enum Body {
    Bytes(Option<Bytes>),
    Http(HttpBody),
    Stream(BoxStream<Result<Bytes, TransportFailure>>),
}

impl ResponseBody {
    pub(super) fn http(response: reqwest::Response) -> Self {
        Self(Body::Http(HttpBody::new(response)))
    }

    /// A body of the chunks of a stream.
    pub fn from_stream(
        stream: impl Stream<Item = Result<Bytes, TransportFailure>> + Send + 'static,
    ) -> Self {
        Self(Body::Stream(Box::pin(stream)))
    }

    /// Returns the next chunk, or `None` at the end.
    ///
    /// # Errors
    ///
    /// If the connection breaks before the end.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, TransportFailure> {
        match &mut self.0 {
            Body::Bytes(bytes) => Ok(bytes.take().filter(|bytes| !bytes.is_empty())),
            Body::Http(body) => Ok(body.chunk().await?),
            Body::Stream(stream) => {
                poll_fn(|context| stream.as_mut().poll_next(context)).await.transpose()
            }
        }
    }
}

impl<T: Into<Bytes>> From<T> for ResponseBody {
    fn from(bytes: T) -> Self {
        Self(Body::Bytes(Some(bytes.into())))
    }
}

impl fmt::Debug for ResponseBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseBody").finish_non_exhaustive()
    }
}
