//! Errors. They know no credentials: texts are redacted before they get here.

mod api;
mod decode;
mod failure;
mod from_failure;
mod from_response;
mod invalid_options;
mod meta;
mod poll;
mod retry_after;
mod transport;
mod validation;
mod variants;

pub use self::api::{ApiError, InvalidInputError};
pub use self::decode::DecodeError;
pub use self::failure::TransportFailure;
pub(crate) use self::from_response::ErrorResponse;
pub use self::invalid_options::InvalidOptionsError;
pub(crate) use self::meta::ResponseMeta;
pub(crate) use self::poll::PollEnd;
pub use self::poll::PollError;
pub use self::transport::{TimeoutError, TransportError};
pub use self::validation::ValidationErrors;
pub use self::variants::Error;
