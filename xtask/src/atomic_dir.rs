//! Replaces a folder atomically: other programs see either the old content or the new, even if this process is killed.
//!
//! The new content is staged beside the folder, in `.<name>.staged-<pid>`, and then the two folders are exchanged. Linux and
//! macOS do that in one step. Other systems need two renames, and [`recover`] finishes a replacement that was interrupted
//! between them. A [`Lock`] keeps two processes from replacing the same folder at once.

mod lock;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, ensure};

pub use self::lock::Lock;

/// File contents by relative path, with `/` as the separator.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The outcome of a replacement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// The folder already held exactly these files; nothing was written.
    Unchanged,
    /// The folder holds the new files.
    Written,
}

/// A folder that is replaced atomically.
pub struct Folder<'a> {
    /// The path of the folder.
    pub path: &'a Path,
    /// Whether the file or folder at this relative path is not ours to replace, and is carried over unchanged.
    pub keeps: &'a dyn Fn(&str) -> bool,
}

impl Folder<'_> {
    /// Reads the files in the folder, except those that it keeps. A folder that does not exist has no files.
    pub fn files(&self) -> Result<Files> {
        let mut files = Files::new();
        if self.path.exists() {
            self.collect(self.path, "", &mut files)?;
        }
        Ok(files)
    }

    /// Replaces the content of the folder with `files`, plus everything that it keeps.
    pub fn replace(&self, files: &Files) -> Result<Change> {
        self.replace_locked(files, &Lock::of(self.path)?)
    }

    /// Like [`Self::replace`], for a caller that already holds the lock of the folder.
    pub fn replace_locked(&self, files: &Files, _lock: &Lock) -> Result<Change> {
        let present = self.files()?;
        if present == *files {
            return Ok(Change::Unchanged);
        }
        let staged = staged(self.path, "")?;
        remove(&staged)?;
        let outcome = self.stage(&staged, files, &present).and_then(|()| put(&staged, self.path));
        // The staged folder now holds the old content, or the remains of a failed attempt. It is not needed any more; if it
        // cannot be removed now, the next run removes it.
        let _ = remove(&staged);
        outcome.with_context(|| format!("{} cannot be replaced", self.path.display()))?;
        Ok(Change::Written)
    }

    fn stage(&self, staged: &Path, files: &Files, present: &Files) -> Result<()> {
        fs::create_dir_all(staged)
            .with_context(|| format!("{} cannot be made", staged.display()))?;
        for (name, bytes) in files {
            ensure!(is_plain(name), "`{name}` is no path below the folder");
            let (to, from) = (staged.join(name), self.path.join(name));
            if present.get(name) == Some(bytes) && !from.is_symlink() {
                // Keeps the modification time, which Cargo uses to detect changes.
                make_parent(&to)?;
                carry_over(&from, &to)?;
            } else {
                write(&to, bytes, &from)?;
            }
        }
        if self.path.exists() {
            self.carry_kept(self.path, "", staged)?;
            keep_permissions(self.path, staged)?;
        }
        sync_folder(staged);
        Ok(())
    }

    fn collect(&self, folder: &Path, prefix: &str, files: &mut Files) -> Result<()> {
        for (name, path) in entries(folder)? {
            let name = format!("{prefix}{name}");
            if (self.keeps)(&name) {
                continue;
            }
            if is_folder(&path)? {
                self.collect(&path, &format!("{name}/"), files)?;
            } else {
                files.insert(name, content(&path)?);
            }
        }
        Ok(())
    }

    fn carry_kept(&self, folder: &Path, prefix: &str, staged: &Path) -> Result<()> {
        for (name, path) in entries(folder)? {
            let name = format!("{prefix}{name}");
            if (self.keeps)(&name) {
                let to = staged.join(&name);
                make_parent(&to)?;
                carry_over(&path, &to)?;
            } else if is_folder(&path)? {
                self.carry_kept(&path, &format!("{name}/"), staged)?;
            }
        }
        Ok(())
    }
}

/// Removes what interrupted replacements of `target` left behind. If one was interrupted between its two renames, the old
/// content is moved back.
pub fn recover(target: &Path) -> Result<()> {
    let (parent, _) = neighbours(target)?;
    if parent.exists() { Lock::of(target).map(drop) } else { Ok(()) }
}

/// Does the work of [`recover`]. The caller holds the lock, so the left-over folders belong to no running process.
fn remove_left_overs(target: &Path) -> Result<()> {
    let (parent, prefix) = neighbours(target)?;
    for (name, path) in entries(&parent)? {
        if !name.starts_with(&prefix) {
            continue;
        }
        if name.ends_with(OLD) && !target.exists() {
            fs::rename(&path, target)
                .with_context(|| format!("{} cannot be put back", target.display()))?;
        } else {
            remove(&path).with_context(|| format!("remove {} by hand", path.display()))?;
        }
    }
    Ok(())
}

/// Suffix of the old content while it is moved out of the way, in a two-step replacement.
const OLD: &str = "-old";

/// Writes a file atomically: other programs see either the old content or the new. Makes its folder if there is none.
pub fn replace_file(path: &Path, content: impl AsRef<[u8]>) -> Result<()> {
    let replace = || -> Result<()> {
        let folder = path.parent().unwrap_or(path);
        fs::create_dir_all(folder)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(content.as_ref())?;
        if let Ok(metadata) = fs::metadata(path) {
            file.as_file().set_permissions(metadata.permissions())?;
        }
        file.as_file().sync_all()?;
        file.persist(path)?;
        Ok(())
    };
    replace().with_context(|| format!("{} cannot be written", path.display()))
}

fn put(staged: &Path, target: &Path) -> Result<()> {
    if !target.exists() {
        fs::rename(staged, target)?;
    } else if !exchange(staged, target)? {
        exchange_in_two_steps(staged, target)?;
    }
    if let Some(parent) = target.parent() {
        sync_folder(parent);
    }
    Ok(())
}

/// Exchanges the two folders in one step. Returns `false` if the file system does not support that.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn exchange(staged: &Path, target: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;

    match renameat_with(CWD, staged, CWD, target, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn exchange(_staged: &Path, _target: &Path) -> io::Result<bool> {
    Ok(false)
}

fn exchange_in_two_steps(staged: &Path, target: &Path) -> Result<()> {
    let old = self::staged(target, OLD)?;
    fs::rename(target, &old)?;
    if let Err(error) = fs::rename(staged, target) {
        fs::rename(&old, target)
            .with_context(|| format!("the old content is in {}", old.display()))?;
        return Err(error.into());
    }
    let _ = remove(&old);
    Ok(())
}

fn staged(target: &Path, suffix: &str) -> Result<PathBuf> {
    let (parent, prefix) = neighbours(target)?;
    Ok(parent.join(format!("{prefix}{}{suffix}", std::process::id())))
}

/// Returns the parent folder of `target`, and the prefix of the names of its staged content.
fn neighbours(target: &Path) -> Result<(PathBuf, String)> {
    let name = target.file_name().and_then(|name| name.to_str());
    let name = name.ok_or_else(|| anyhow!("{} has no usable name", target.display()))?;
    let parent = target.parent().unwrap_or(Path::new("")).to_path_buf();
    Ok((parent, format!(".{name}.staged-")))
}

/// The direct children of `folder`, by name.
fn entries(folder: &Path) -> Result<BTreeMap<String, PathBuf>> {
    let listing = || format!("{} cannot be listed", folder.display());
    let mut entries = BTreeMap::new();
    for entry in fs::read_dir(folder).with_context(listing)? {
        let entry = entry.with_context(listing)?;
        entries.insert(entry.file_name().to_string_lossy().into_owned(), entry.path());
    }
    Ok(entries)
}

/// Whether the path is a folder and not a symbolic link to one.
fn is_folder(path: &Path) -> Result<bool> {
    let metadata = fs::symlink_metadata(path);
    Ok(metadata.with_context(|| format!("{} cannot be read", path.display()))?.is_dir())
}

/// Reads a file. A symbolic link is read as a text that no generated file has, so that it always counts as a difference.
fn content(path: &Path) -> Result<Vec<u8>> {
    let read = if path.is_symlink() {
        fs::read_link(path).map(|to| format!("a link to {}", to.display()).into_bytes())
    } else {
        fs::read(path)
    };
    read.with_context(|| format!("{} cannot be read", path.display()))
}

fn make_parent(path: &Path) -> Result<()> {
    let parent = path.parent().unwrap_or(path);
    fs::create_dir_all(parent).with_context(|| format!("{} cannot be made", parent.display()))
}

/// Writes a file and syncs it to disk, with the permissions of the file that it replaces.
fn write(path: &Path, bytes: &[u8], replaced: &Path) -> Result<()> {
    let writing = || format!("{} cannot be written", path.display());
    make_parent(path)?;
    let mut file = File::create(path).with_context(writing)?;
    file.write_all(bytes).with_context(writing)?;
    file.sync_all().with_context(writing)?;
    if replaced.is_file() {
        keep_permissions(replaced, path)?;
    }
    Ok(())
}

/// Carries a file or folder over as a hard link, which keeps times and permissions, or as a copy if the file system has no
/// hard links.
fn carry_over(from: &Path, to: &Path) -> Result<()> {
    let carrying = || format!("{} cannot be carried over", from.display());
    if fs::symlink_metadata(from).with_context(carrying)?.is_dir() {
        fs::create_dir(to).with_context(carrying)?;
        for (name, path) in entries(from)? {
            carry_over(&path, &to.join(name))?;
        }
        keep_permissions(from, to)?;
    } else if fs::hard_link(from, to).is_err() {
        fs::copy(from, to).with_context(carrying)?;
    }
    Ok(())
}

fn keep_permissions(from: &Path, to: &Path) -> Result<()> {
    fs::metadata(from)
        .and_then(|metadata| fs::set_permissions(to, metadata.permissions()))
        .with_context(|| format!("{} cannot be given its permissions", to.display()))
}

/// Syncs a folder to disk. Some systems cannot open a folder for that; there, the rename has to be enough.
fn sync_folder(folder: &Path) {
    let _ = File::open(folder).and_then(|opened| opened.sync_all());
}

fn remove(path: &Path) -> Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("{} cannot be removed", path.display()))
        }
        _ => Ok(()),
    }
}

fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

#[cfg(test)]
mod tests;
