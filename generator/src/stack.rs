//! A large stack: schemas refer to each other, and the generator follows references by recursion.

use std::panic::resume_unwind;
use std::thread::{Builder, scope};

use crate::diagnostic::{Diagnostic, Diagnostics};

/// Enough for a chain of about ten thousand schemas that refer to each other. Unused stack takes no memory.
const SIZE: usize = 1 << 29;

/// Runs `work` in a thread with a stack of [`SIZE`] bytes.
pub(crate) fn with_room<T: Send>(
    work: impl FnOnce() -> Result<T, Diagnostics> + Send,
) -> Result<T, Diagnostics> {
    scope(|scope| match Builder::new().stack_size(SIZE).spawn_scoped(scope, work) {
        Ok(thread) => thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
        Err(error) => {
            let message =
                format!("cannot start a thread with a stack of {} MiB: {error}", SIZE >> 20);
            let help = "raise the limit on the memory of this process";
            Err(Diagnostic::error("no-thread", message).help(help).into())
        }
    })
}
