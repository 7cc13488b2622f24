//! Typed responses.

mod apart;
mod future;
mod pending;
mod raw;
#[cfg(test)]
mod tests;
mod typed;

pub(crate) use self::apart::Decoding;
pub use self::future::ResponseFuture;
pub(crate) use self::pending::PendingRequest;
pub use self::typed::Response;
