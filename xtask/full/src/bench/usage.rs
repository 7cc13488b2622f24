//! Measures the CPU time and the peak memory of commands.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use wait4::Wait4 as _;

const MEBIBYTE: f64 = 1024.0 * 1024.0;

/// The resources that a process and its finished child processes used.
#[derive(Clone, Copy, Debug)]
pub(super) struct Usage {
    /// CPU time in seconds, user and system.
    pub(super) cpu: f64,
    /// Peak memory of the largest process, in MiB.
    pub(super) memory: f64,
}

impl Usage {
    /// Runs a command, which has to succeed. Its standard output is discarded.
    pub(super) fn of(command: &mut Command) -> Result<Self> {
        let shown = format!("{command:?}");
        let started = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn();
        let mut child = started.with_context(|| format!("{shown} cannot be started"))?;
        let used = child.wait4().with_context(|| format!("{shown} cannot be waited for"))?;
        ensure!(used.status.success(), "{shown} failed");
        let cpu = used.rusage.utime + used.rusage.stime;
        let memory = used.rusage.maxrss as f64 / MEBIBYTE;
        Ok(Self { cpu: cpu.as_secs_f64(), memory })
    }
}
