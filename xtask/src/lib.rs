//! The maintainers' commands that need no network, and what they share with those that do.
//!
//! `cargo xtask` starts the program of this package, which is built quickly. The other commands are in the package
//! `xtask-full`, in `xtask/full`: see [`full`].

pub mod atomic_dir;
pub mod cargo;
pub mod cli;
pub mod conformance;
pub mod diff;
pub mod full;
pub mod generate;
pub mod generated_section;
pub mod names;
pub mod node;
pub mod npm_package;
pub mod output;
pub mod progress;
pub mod repo;
pub mod servers;
pub mod test;

/// How a command ended that could do its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It did what it was asked to, or a check found everything in order.
    Done,
    /// A check found a difference, or a test failed.
    Failed,
}
