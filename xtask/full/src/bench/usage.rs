//! What commands cost: CPU time, and memory at the highest.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use wait4::Wait4 as _;

const MEBIBYTE: f64 = 1024.0 * 1024.0;

/// The cost of a process and of all that it has started and waited for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Usage {
    /// In seconds, of the program and of the system for it.
    pub(super) cpu: f64,
    /// Of the process among them that had most, in MiB.
    pub(super) memory: f64,
}

impl Usage {
    /// Runs a command that has to succeed; nobody sees what it prints, but its errors.
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
