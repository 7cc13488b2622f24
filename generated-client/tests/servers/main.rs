//! What real servers make of the client, and the client of them.
//!
//! `cargo xtask test` starts them and sets the variables that say where they are.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test ends where its helpers fail"
)]

mod fake;
mod mocks;
#[path = "../support/mod.rs"]
mod support;

/// Where a server is.
fn address(variable: &str) -> String {
    std::env::var(variable).unwrap_or_else(|_| {
        panic!("{variable} is not set; `cargo xtask test` starts the servers and sets it")
    })
}
