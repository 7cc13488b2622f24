//! Pagination.

// A document need not have any.
#![allow(dead_code, unused_imports)]

mod all;
mod items;
mod pages;
mod pagination;
mod single;
mod source;

pub use self::all::All;
pub use self::items::Items;
pub use self::pages::Pages;
pub(crate) use self::pagination::{PaginatedRequest, Pagination};
pub use self::single::Page;
pub(crate) use self::source::{DecodedPage, PageSource};
