//! Typed responses.

mod future;
mod pending;
mod raw;
#[cfg(test)]
mod tests;
mod typed;

pub use self::future::ResponseFuture;
pub(crate) use self::pending::PendingRequest;
pub use self::typed::Response;
