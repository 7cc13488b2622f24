//! The commands that need no network, and the code that they share with the other commands.
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

/// How a command ended, if no error stopped it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The command succeeded, or a check found no difference.
    Done,
    /// A check found a difference, or a test failed.
    Failed,
}
