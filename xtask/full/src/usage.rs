//! Measures the CPU time and the peak memory of commands.

use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use wait4::Wait4 as _;

const MEBIBYTE: f64 = 1024.0 * 1024.0;

/// The resources that a process and its finished child processes used.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Usage {
    /// CPU time in seconds, user and system.
    pub(crate) cpu: f64,
    /// Peak memory of the largest process, in MiB.
    pub(crate) memory: f64,
}

impl Usage {
    /// Runs a command, which has to succeed. Its standard output is discarded.
    pub(crate) fn of(command: &mut Command) -> Result<Self> {
        let used = Self::if_it_succeeds(command)?;
        used.with_context(|| format!("{command:?} failed"))
    }

    /// Runs a command. Returns `None` if it fails.
    pub(crate) fn if_it_succeeds(command: &mut Command) -> Result<Option<Self>> {
        let shown = format!("{command:?}");
        let started = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn();
        let mut child = started.with_context(|| format!("{shown} cannot be started"))?;
        let used = child.wait4().with_context(|| format!("{shown} cannot be waited for"))?;
        let cpu = used.rusage.utime + used.rusage.stime;
        let memory = used.rusage.maxrss as f64 / MEBIBYTE;
        Ok(used.status.success().then_some(Self { cpu: cpu.as_secs_f64(), memory }))
    }
}
