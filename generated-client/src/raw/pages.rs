//! Pages of a list that the document does not describe.

use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::decode::{body, decode_at, error};
use super::request::RawRequest;
use crate::error::Error;
use crate::execute::RawResponse;
use crate::page::{DecodedPage, Items, PageSource, Pages};
use crate::response::{Decoding, ResponseFuture};

/// Where the response of a [`RawRequest`] has the items of a page and the cursor of the next page.
///
/// ```
/// # use seam_client::CursorPages;
/// // {"devices": […], "pagination": {"next_page_cursor": "…"}}
/// let pages = CursorPages::new("page_cursor")
///     .items("/devices")
///     .next("/pagination/next_page_cursor");
/// ```
#[derive(Clone, Debug)]
#[must_use = "it has no effect before it is given to a request"]
pub struct CursorPages {
    parameter: String,
    items: String,
    next: String,
}

impl CursorPages {
    /// The cursor is sent under this name: as a property of the JSON body, or in the query if there is no body.
    ///
    /// By default the items are the whole body, and the cursor of the next page is the property of the same name.
    pub fn new(parameter: impl Into<String>) -> Self {
        let parameter = parameter.into();
        Self { next: format!("/{parameter}"), parameter, items: String::new() }
    }

    /// Sets the JSON pointer of the items in the response, such as `/devices`.
    pub fn items(mut self, pointer: impl Into<String>) -> Self {
        self.items = pointer.into();
        self
    }

    /// Sets the JSON pointer of the next page's cursor in the response. On the last page it is missing, null or empty.
    pub fn next(mut self, pointer: impl Into<String>) -> Self {
        self.next = pointer.into();
        self
    }
}

impl RawRequest {
    /// Returns the pages of a list with a cursor, one after another. `pages` names the parameter of the cursor, and says
    /// where a response has the items and the next cursor.
    pub fn pages<T: DeserializeOwned + Send + 'static>(self, pages: CursorPages) -> Pages<T> {
        Pages::of(RawPages { request: self, pages, cursor: None })
    }

    /// Returns the items of a list with a cursor, one by one, from all of its pages.
    pub fn items<T: DeserializeOwned + Send + 'static>(self, pages: CursorPages) -> Items<T> {
        self.pages(pages).items()
    }
}

/// The pages of a raw request.
struct RawPages {
    request: RawRequest,
    pages: CursorPages,
    /// The cursor of the page, unless it is the first one.
    cursor: Option<String>,
}

impl<T: DeserializeOwned + Send + 'static> PageSource<T> for RawPages {
    fn send(&self) -> ResponseFuture<RawResponse> {
        self.request.raw_response()
    }

    fn cursor(&self) -> Option<&str> {
        self.cursor.as_deref()
    }

    fn set_cursor(&mut self, cursor: String) {
        self.request.set_cursor(&self.pages.parameter, &cursor);
        self.cursor = Some(cursor);
    }

    fn error(&self, response: &RawResponse, message: &str) -> Error {
        error(response, &self.pages.next, message)
    }

    fn read(&self, response: RawResponse) -> Decoding<DecodedPage<T>> {
        let (items, next) = (self.pages.items.clone(), self.pages.next.clone());
        Decoding::new(response, move |response| {
            let next_cursor = next_cursor(&response, &next)?;
            let items = decode_at(&response, &items)?;
            Ok(DecodedPage { items, repairs: Vec::new(), next_cursor, response })
        })
    }

    fn request(&self) -> &dyn fmt::Debug {
        &self.request
    }
}

/// Returns the cursor at a JSON pointer, or `None` on the last page.
fn next_cursor(response: &RawResponse, pointer: &str) -> Result<Option<String>, Error> {
    let next = body(response)?.pointer_mut(pointer).map(Value::take);
    match next.unwrap_or_default() {
        Value::String(cursor) => Ok(Some(cursor).filter(|cursor| !cursor.is_empty())),
        Value::Number(number) => Ok(Some(number.to_string())),
        Value::Null | Value::Bool(false) => Ok(None),
        _ => Err(error(response, pointer, "a cursor is a string or a number")),
    }
}
