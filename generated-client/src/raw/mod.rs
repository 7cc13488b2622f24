//! Requests that the document does not describe.

mod decode;
mod pages;
mod request;

pub use self::pages::CursorPages;
pub use self::request::RawRequest;
