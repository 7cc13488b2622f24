//! Encoding of requests: parameters and bodies, without knowing any of their types.

mod build;
mod encode;
mod encoded;
mod file;
mod free;
mod header;
mod integer;
mod multipart;
mod parts;
#[cfg(test)]
mod tests;

pub(crate) use self::encoded::EncodedRequest;
pub use self::file::File;
pub(crate) use self::free::FreeRequest;
#[allow(unused_imports, reason = "only an API's own module sends other secrets")]
pub(crate) use self::header::add_secret;
pub use self::integer::IntoInteger;
#[allow(unused_imports, reason = "a document need not have each kind")]
pub(crate) use self::parts::{Input, RequestParts};
