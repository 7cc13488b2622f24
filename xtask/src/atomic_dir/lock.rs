//! A lock that lets only one process at a time change a folder.

use std::fs::{self, File};
use std::path::Path;

use anyhow::{Context, Result};

use super::{neighbours, remove_left_overs};

/// An exclusive lock on a folder, released when it is dropped or the process ends.
pub struct Lock {
    /// The lock is held while this file is open.
    _file: File,
}

impl Lock {
    /// Waits until no other process changes the folder `target`, and then removes what interrupted replacements left behind.
    ///
    /// # Errors
    ///
    /// If the parent folder of `target` cannot be created or locked.
    pub fn of(target: &Path) -> Result<Self> {
        let (parent, _) = neighbours(target)?;
        fs::create_dir_all(&parent)
            .with_context(|| format!("{} cannot be made", parent.display()))?;
        let file = exclusive(&parent, target)
            .with_context(|| format!("{} cannot be locked", parent.display()))?;
        remove_left_overs(target)?;
        Ok(Self { _file: file })
    }
}

/// Locks the parent folder, which needs no lock file.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn exclusive(parent: &Path, _target: &Path) -> std::io::Result<File> {
    use rustix::fs::{FlockOperation, flock};
    use rustix::io::{Errno, retry_on_intr};

    let folder = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
    let file = File::open(folder)?;
    match retry_on_intr(|| flock(&file, FlockOperation::LockExclusive)) {
        // `NOSYS` and `NOTSUP`: the file system does not support locks.
        Ok(()) | Err(Errno::NOSYS | Errno::NOTSUP) => Ok(file),
        Err(error) => Err(error.into()),
    }
}

/// Opens a lock file without sharing, so that no other process can open it.
#[cfg(windows)]
fn exclusive(_parent: &Path, target: &Path) -> std::io::Result<File> {
    use std::hash::{DefaultHasher, Hash, Hasher};
    use std::io::ErrorKind;
    use std::os::windows::fs::OpenOptionsExt;
    use std::time::Duration;

    /// The error that Windows returns while another process has the file open.
    const SHARING_VIOLATION: i32 = 32;

    let mut hasher = DefaultHasher::new();
    std::path::absolute(target)?.hash(&mut hasher);
    let path = std::env::temp_dir().join(format!("generate-{:016x}.lock", hasher.finish()));
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(false).share_mode(0);
    loop {
        match options.open(&path) {
            Err(error)
                if error.raw_os_error() == Some(SHARING_VIOLATION)
                    || error.kind() == ErrorKind::PermissionDenied =>
            {
                std::thread::sleep(Duration::from_millis(50));
            }
            other => return other,
        }
    }
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple", windows)))]
fn exclusive(_parent: &Path, _target: &Path) -> std::io::Result<File> {
    tempfile::tempfile()
}
