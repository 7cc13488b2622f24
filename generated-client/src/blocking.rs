//! The same calls for programs that are not asynchronous.
//!
//! Whatever is a future or a stream has a method `blocking`, which waits for it on the thread that calls it:
//!
//! ```no_run
//! # fn main() -> Result<(), seam_client::Error> {
//! let seam = seam_client::Seam::from_env()?;
//! # #[cfg(any())]
//! for device in seam.devices().list().items().blocking() {
//!     println!("{}", device?.device_id);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! A runtime that all such calls share does the work, on one thread of its own. It begins with the first of them.

use std::future::Future;
use std::io;
use std::sync::OnceLock;

use tokio::runtime::{Builder, Handle, Runtime};

use crate::error::{Error, InvalidOptionsError};
use crate::execute::ResponseFuture;
use crate::page::{Items, Page, Pages};
use crate::poll::Poller;

/// Waits for any future of this crate, such as that of a client which is yet to be connected.
///
/// # Errors
///
/// [`Error::InvalidOptions`] in code that is asynchronous itself, which can wait by `.await`; and if the system has no
/// thread left. Else whatever the future ends with.
pub fn block_on<T>(future: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    if Handle::try_current().is_ok() {
        let message = "a call that blocks cannot be made in asynchronous code; use `.await` there";
        return Err(InvalidOptionsError::new(message.to_owned()).into());
    }
    match runtime() {
        Ok(runtime) => runtime.block_on(future),
        Err(error) => {
            let message = format!("calls that block need a thread, and there is none: {error}");
            Err(InvalidOptionsError::new(message).into())
        }
    }
}

/// One for all: the connections of a client belong to the runtime in which they were made.
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
    /// Sends the call and waits for its outcome.
    ///
    /// # Errors
    ///
    /// Those of the call, and [`Error::InvalidOptions`] in asynchronous code.
    pub fn blocking(self) -> Result<T, Error> {
        block_on(self)
    }
}

impl<T> Poller<T> {
    /// Sends the call and waits until what it begins is over.
    ///
    /// # Errors
    ///
    /// Those of waiting, and [`Error::InvalidOptions`] in asynchronous code.
    pub fn blocking(self) -> Result<T, Error> {
        block_on(self)
    }
}

impl<T> Pages<T> {
    /// The pages as an iterator, which waits for each.
    pub fn blocking(self) -> BlockingPages<T> {
        BlockingPages { pages: self, has_failed: false }
    }
}

impl<T> Items<T> {
    /// What is on the pages as an iterator, which waits for each page.
    pub fn blocking(self) -> BlockingItems<T> {
        BlockingItems { items: self, has_failed: false }
    }
}

/// The pages of a list, one after another. See [`Pages`].
#[derive(Debug)]
#[must_use = "nothing is sent before a page is asked for"]
pub struct BlockingPages<T> {
    pages: Pages<T>,
    has_failed: bool,
}

impl<T> BlockingPages<T> {
    /// Where the next page begins, as [`Pages::cursor`] says it.
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

/// What is on the pages of a list, one by one. See [`Items`].
#[derive(Debug)]
#[must_use = "nothing is sent before an item is asked for"]
pub struct BlockingItems<T> {
    items: Items<T>,
    has_failed: bool,
}

impl<T> BlockingItems<T> {
    /// Where the next page begins, as [`Items::cursor`] says it.
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
