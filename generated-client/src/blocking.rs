//! Requests from programs that are not asynchronous.
//!
//! Futures and streams of this crate have a method `blocking`, which waits on the calling thread:
//!
//! ```no_run
//! # use seam_client::{Error, Items};
//! # fn example(items: Items<String>) -> Result<(), Error> {
//! for item in items.blocking() {
//!     println!("{}", item?);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! All such calls share a runtime with one thread. The first call starts it.

use std::future::IntoFuture;
use std::io;
use std::sync::OnceLock;

use futures_core::Stream;
use tokio::runtime::{Builder, Handle, Runtime};

use crate::error::{Error, InvalidOptionsError};
use crate::page::{All, Items, Page, Pages};
use crate::poll::Poller;
use crate::response::ResponseFuture;

/// Waits for any request or future of this crate: `block_on(request)`.
///
/// # Errors
///
/// Those of the future. [`Error::InvalidOptions`] in asynchronous code, which can `.await` the future, and if the system has
/// no thread left.
pub fn block_on<T>(future: impl IntoFuture<Output = Result<T, Error>>) -> Result<T, Error> {
    if Handle::try_current().is_ok() {
        let message = "a blocking call cannot be made in asynchronous code; use `.await` there";
        return Err(InvalidOptionsError::new(message.to_owned()).into());
    }
    match runtime() {
        Ok(runtime) => runtime.block_on(future.into_future()),
        Err(error) => {
            let message = format!("blocking calls need a thread, and none can be started: {error}");
            Err(InvalidOptionsError::new(message).into())
        }
    }
}

/// A single runtime, as the connections of a client belong to the runtime in which they were made.
fn runtime() -> &'static io::Result<Runtime> {
    static RUNTIME: OnceLock<io::Result<Runtime>> = OnceLock::new();
    RUNTIME.get_or_init(|| {
        Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name(env!("CARGO_PKG_NAME"))
            .enable_all()
            .build()
    })
}

impl<T> ResponseFuture<T> {
    /// Sends the request and waits for its result.
    ///
    /// # Errors
    ///
    /// Those of the request, and [`Error::InvalidOptions`] in asynchronous code.
    pub fn blocking(self) -> Result<T, Error> {
        block_on(self)
    }
}

impl<T> Poller<T> {
    /// Sends the request and waits until what it starts has ended.
    ///
    /// # Errors
    ///
    /// Those of the [`Poller`], and [`Error::InvalidOptions`] in asynchronous code.
    pub fn blocking(self) -> Result<T, Error> {
        block_on(self)
    }
}

impl<S: Stream<Item = Result<T, Error>> + Unpin, T> All<S, T> {
    /// Waits for all items or pages.
    ///
    /// # Errors
    ///
    /// Those of the requests, and [`Error::InvalidOptions`] in asynchronous code.
    pub fn blocking(self) -> Result<Vec<T>, Error> {
        block_on(self)
    }
}

impl<T> Pages<T> {
    /// Returns an iterator of the pages, which waits for each.
    pub fn blocking(self) -> BlockingPages<T> {
        BlockingPages { pages: self, has_failed: false }
    }
}

impl<T> Items<T> {
    /// Returns an iterator of the items, which waits for each page.
    pub fn blocking(self) -> BlockingItems<T> {
        BlockingItems { items: self, has_failed: false }
    }
}

/// The pages of a list, one after another. See [`Pages`].
#[derive(Debug)]
#[must_use = "nothing is sent before `next`"]
pub struct BlockingPages<T> {
    pages: Pages<T>,
    has_failed: bool,
}

impl<T> BlockingPages<T> {
    /// Returns the cursor of the next page; see [`Pages::cursor`].
    #[must_use]
    pub fn cursor(&self) -> Option<&str> {
        self.pages.cursor()
    }
}

impl<T> Iterator for BlockingPages<T> {
    type Item = Result<Page<T>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.has_failed {
            return None;
        }
        let next = block_on(self.pages.try_next());
        self.has_failed = next.is_err();
        next.transpose()
    }
}

/// The items of all pages of a list. See [`Items`].
#[derive(Debug)]
#[must_use = "nothing is sent before `next`"]
pub struct BlockingItems<T> {
    items: Items<T>,
    has_failed: bool,
}

impl<T> BlockingItems<T> {
    /// Returns the cursor of the page after the current one; see [`Items::cursor`].
    #[must_use]
    pub fn cursor(&self) -> Option<&str> {
        self.items.cursor()
    }
}

impl<T> Iterator for BlockingItems<T> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.has_failed {
            return None;
        }
        let next = block_on(self.items.try_next());
        self.has_failed = next.is_err();
        next.transpose()
    }
}
