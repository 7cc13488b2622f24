//! Servers that break, lie, or attack: how the client reacts, and how many requests it sends.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where its helpers fail")]

mod bodies;
mod call;
mod depth;
mod elements;
mod endings;
mod fields;
mod http2;
mod messages;
mod races;
mod redirects;
mod secrets;
mod server;
mod slow;
#[path = "../support/mod.rs"]
mod support;
