//! Replaces a folder whole: whoever looks, and whenever the program is killed, sees the old content or the new.
//!
//! The new content is written beside the folder, in `.<name>.staged-<pid>`, and then the two change places. Linux and
//! macOS do that in one step. Elsewhere it takes two, and [`recover`] finishes what was interrupted between them.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, ensure};

/// Files by their path below a folder, with `/` between the parts.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// What a replacement did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// The folder held these very files, and nothing was touched.
    Unchanged,
    /// The folder holds the new files.
    Written,
}

/// A folder that is replaced whole.
pub(crate) struct Folder<'a> {
    /// Where it stands.
    pub(crate) path: &'a Path,
    /// Which of the names directly in it are somebody else's and stay as they are.
    pub(crate) keeps: fn(&str) -> bool,
}

impl Folder<'_> {
    /// The files in it without those that it keeps; none where it does not exist.
    pub(crate) fn files(&self) -> Result<Files> {
        let mut files = Files::new();
        if self.path.exists() {
            for (name, path) in entries(self.path)? {
                if !(self.keeps)(&name) {
                    collect(&path, name, &mut files)?;
                }
            }
        }
        Ok(files)
    }

    /// Makes it hold `files` and what it keeps, and nothing else.
    pub(crate) fn replace(&self, files: &Files) -> Result<Change> {
        if self.files()? == *files {
            return Ok(Change::Unchanged);
        }
        let staged = staged(self.path, "")?;
        remove(&staged)?;
        let outcome = self.stage(&staged, files).and_then(|()| put(&staged, self.path));
        // What stands there now is the old content, or what a failure left over. Nothing depends on it any more, and
        // the next run removes what cannot be removed now.
        let _ = remove(&staged);
        outcome.with_context(|| format!("{} cannot be replaced", self.path.display()))?;
        Ok(Change::Written)
    }

    fn stage(&self, staged: &Path, files: &Files) -> Result<()> {
        fs::create_dir_all(staged)
            .with_context(|| format!("{} cannot be made", staged.display()))?;
        for (name, bytes) in files {
            ensure!(is_plain(name), "`{name}` is no path below the folder");
            write(&staged.join(name), bytes, &self.path.join(name))?;
        }
        if self.path.exists() {
            for (name, path) in entries(self.path)? {
                if (self.keeps)(&name) {
                    carry_over(&path, &staged.join(&name))?;
                }
            }
            keep_permissions(self.path, staged)?;
        }
        sync_folder(staged);
        Ok(())
    }
}

/// Removes what interrupted replacements of `target` left over, and puts the old content back where one was
/// interrupted between its two steps.
pub(crate) fn recover(target: &Path) -> Result<()> {
    let (parent, prefix) = neighbours(target)?;
    if !parent.exists() {
        return Ok(());
    }
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

/// Ends the name of old content that has made room and is not replaced yet.
const OLD: &str = "-old";

/// Replaces a file: whoever looks sees the old text or the new one.
pub(crate) fn replace_file(path: &Path, text: &str) -> Result<()> {
    let folder = path.parent().unwrap_or(path);
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    if let Ok(metadata) = fs::metadata(path) {
        file.as_file().set_permissions(metadata.permissions())?;
    }
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
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

/// Whether the two have changed places; not every file system can do that.
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

/// The folder that `target` stands in, and how the names of its staged content begin.
fn neighbours(target: &Path) -> Result<(PathBuf, String)> {
    let name = target.file_name().and_then(|name| name.to_str());
    let name = name.ok_or_else(|| anyhow!("{} has no usable name", target.display()))?;
    let parent = target.parent().unwrap_or(Path::new("")).to_path_buf();
    Ok((parent, format!(".{name}.staged-")))
}

/// What stands directly in `folder`, by name.
fn entries(folder: &Path) -> Result<BTreeMap<String, PathBuf>> {
    let listing = || format!("{} cannot be listed", folder.display());
    let mut entries = BTreeMap::new();
    for entry in fs::read_dir(folder).with_context(listing)? {
        let entry = entry.with_context(listing)?;
        entries.insert(entry.file_name().to_string_lossy().into_owned(), entry.path());
    }
    Ok(entries)
}

fn collect(path: &Path, name: String, files: &mut Files) -> Result<()> {
    let reading = || format!("{} cannot be read", path.display());
    let kind = fs::symlink_metadata(path).with_context(reading)?.file_type();
    if kind.is_dir() {
        for (inner, path) in entries(path)? {
            collect(&path, format!("{name}/{inner}"), files)?;
        }
    } else if kind.is_symlink() {
        // A link is never what is wanted here. Text that no file has makes it differ, wherever it points.
        let to = fs::read_link(path).with_context(reading)?;
        files.insert(name, format!("a link to {}", to.display()).into_bytes());
    } else {
        files.insert(name, fs::read(path).with_context(reading)?);
    }
    Ok(())
}

/// Writes a file through to the disk, with the permissions of the one that it replaces.
fn write(path: &Path, bytes: &[u8], replaced: &Path) -> Result<()> {
    let writing = || format!("{} cannot be written", path.display());
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).with_context(writing)?;
    }
    let mut file = File::create(path).with_context(writing)?;
    file.write_all(bytes).with_context(writing)?;
    file.sync_all().with_context(writing)?;
    if replaced.is_file() {
        keep_permissions(replaced, path)?;
    }
    Ok(())
}

/// A second name for the same file keeps all that belongs to it; a copy is for file systems without such names.
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

/// Some systems cannot open a folder to sync it; there the rename itself has to do.
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
