//! Tests the client with real servers.
//!
//! `cargo xtask test` starts them and sets the variables with their addresses.

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

/// The address of a server.
fn address(variable: &str) -> String {
    std::env::var(variable).unwrap_or_else(|_| {
        panic!("{variable} is not set; `cargo xtask test` starts the servers and sets it")
    })
}
