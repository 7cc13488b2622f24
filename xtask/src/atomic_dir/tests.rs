//! Tests of replacing a folder, and of recovering from an interruption.

use tempfile::TempDir;

use super::*;

struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn target(&self) -> PathBuf {
        self.folder.path().join("target")
    }

    fn replace(&self, list: &[(&str, &str)]) -> Change {
        replace(&self.target(), &|_| false, list).unwrap()
    }

    /// The entries beside the target folder.
    fn neighbours(&self) -> Vec<String> {
        entries(self.folder.path()).unwrap().into_keys().filter(|name| name != "target").collect()
    }
}

fn files(list: &[(&str, &str)]) -> Files {
    list.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
}

fn replace(path: &Path, keeps: &dyn Fn(&str) -> bool, list: &[(&str, &str)]) -> Result<Change> {
    Folder { path, keeps }.replace(&files(list))
}

fn content(path: &Path) -> Files {
    Folder { path, keeps: &|_| false }.files().unwrap()
}

#[test]
fn a_new_folder_is_made_with_its_parents() {
    let place = Place::new();
    let target = place.folder.path().join("a/b/c");
    assert_eq!(replace(&target, &|_| false, &[("x/y.rs", "1")]).unwrap(), Change::Written);
    assert_eq!(content(&target), files(&[("x/y.rs", "1")]));
    assert_eq!(entries(&place.folder.path().join("a/b")).unwrap().len(), 1);
}

#[test]
fn files_that_stay_the_same_keep_their_time() {
    let place = Place::new();
    place.replace(&[("a.rs", "1"), ("b/c.rs", "2")]);
    let modified = || fs::metadata(place.target().join("b/c.rs")).unwrap().modified().unwrap();
    let before = modified();
    assert_eq!(place.replace(&[("a.rs", "new"), ("b/c.rs", "2")]), Change::Written);
    assert_eq!(modified(), before);
}

#[test]
fn files_of_others_are_kept_beside_replaced_ones_at_any_depth() {
    let place = Place::new();
    place.replace(&[("a/own", "1"), ("a/b/kept", "k"), ("gone/own", "1"), ("gone/kept", "k")]);
    let keeps = &|name: &str| name.ends_with("kept");
    assert_eq!(replace(&place.target(), keeps, &[("a/own", "2")]).unwrap(), Change::Written);
    let expected = files(&[("a/own", "2"), ("a/b/kept", "k"), ("gone/kept", "k")]);
    assert_eq!(content(&place.target()), expected);
}

#[test]
#[cfg(unix)]
fn only_one_has_the_lock_at_a_time() {
    use rustix::fs::{FlockOperation, flock};

    let place = Place::new();
    let other = File::open(place.folder.path()).unwrap();
    let is_free = || flock(&other, FlockOperation::NonBlockingLockShared).is_ok();
    let lock = Lock::of(&place.target()).unwrap();
    assert!(!is_free());
    drop(lock);
    assert!(is_free());
}

#[test]
fn the_old_content_goes_and_nothing_is_left_over() {
    let place = Place::new();
    place.replace(&[("a.rs", "1"), ("gone/b.rs", "2")]);
    assert_eq!(place.replace(&[("a.rs", "new"), ("c/d.rs", "3")]), Change::Written);
    assert_eq!(content(&place.target()), files(&[("a.rs", "new"), ("c/d.rs", "3")]));
    assert!(!place.target().join("gone").exists());
    assert_eq!(place.neighbours(), Vec::<String>::new());
}

#[test]
fn equal_content_is_not_touched() {
    let place = Place::new();
    place.replace(&[("a.rs", "1"), ("b/c.rs", "2")]);
    let modified =
        |name: &str| fs::metadata(place.target().join(name)).unwrap().modified().unwrap();
    let before = [modified("a.rs"), modified("b/c.rs"), modified("")];
    assert_eq!(place.replace(&[("a.rs", "1"), ("b/c.rs", "2")]), Change::Unchanged);
    assert_eq!([modified("a.rs"), modified("b/c.rs"), modified("")], before);
}

#[test]
fn what_is_kept_is_the_same_file_as_before() {
    let place = Place::new();
    place.replace(&[("own", "1"), ("kept", "k"), ("kept-folder/inner/k", "kk")]);
    let modified = || fs::metadata(place.target().join("kept")).unwrap().modified().unwrap();
    let before = modified();
    let keeps = &|name: &str| name.starts_with("kept");
    assert_eq!(replace(&place.target(), keeps, &[("own", "2")]).unwrap(), Change::Written);
    let expected = files(&[("own", "2"), ("kept", "k"), ("kept-folder/inner/k", "kk")]);
    assert_eq!(content(&place.target()), expected);
    assert_eq!(modified(), before);
}

#[cfg(unix)]
#[test]
fn permissions_and_links_survive() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let place = Place::new();
    place.replace(&[("own", "1"), ("kept", "k")]);
    let mode =
        |name: &str| fs::metadata(place.target().join(name)).unwrap().permissions().mode() & 0o777;
    for (name, mode) in [("", 0o750), ("own", 0o640), ("kept", 0o600)] {
        fs::set_permissions(place.target().join(name), fs::Permissions::from_mode(mode)).unwrap();
    }
    symlink("nowhere", place.target().join("kept-link")).unwrap();
    replace(&place.target(), &|name| name.starts_with("kept"), &[("own", "2")]).unwrap();
    assert_eq!([mode(""), mode("own"), mode("kept")], [0o750, 0o640, 0o600]);
    assert_eq!(fs::read_link(place.target().join("kept-link")).unwrap(), Path::new("nowhere"));

    // A symbolic link in place of a file is a difference, even if it points to the same text.
    symlink(place.target().join("own"), place.target().join("copy")).unwrap();
    let same = &[("own", "2"), ("copy", "2")];
    assert_eq!(
        replace(&place.target(), &|name| name.starts_with("kept"), same).unwrap(),
        Change::Written
    );
    assert!(!place.target().join("copy").is_symlink());
}

#[test]
fn a_failure_leaves_the_old_content_and_nothing_else() {
    let place = Place::new();
    place.replace(&[("a.rs", "1")]);
    for name in ["../escape", "/absolute", "a//b", "", "a/./b"] {
        assert!(replace(&place.target(), &|_| false, &[(name, "x")]).is_err(), "{name}");
    }
    // A file and a folder of the same name cannot both be written.
    assert!(replace(&place.target(), &|_| false, &[("a", "x"), ("a/b", "y")]).is_err());
    assert_eq!(content(&place.target()), files(&[("a.rs", "1")]));
    assert_eq!(place.neighbours(), Vec::<String>::new());
}

#[test]
fn two_steps_do_the_same_where_one_is_not_possible() {
    let place = Place::new();
    place.replace(&[("a.rs", "old")]);
    let staged = staged(&place.target(), "").unwrap();
    fs::create_dir(&staged).unwrap();
    fs::write(staged.join("a.rs"), "new").unwrap();
    exchange_in_two_steps(&staged, &place.target()).unwrap();
    assert_eq!(content(&place.target()), files(&[("a.rs", "new")]));
    assert_eq!(place.neighbours(), Vec::<String>::new());
}

#[test]
fn recovery_puts_back_what_was_interrupted_between_the_two_steps() {
    let place = Place::new();
    let beside = |name: &str, text: &str| {
        let folder = place.folder.path().join(name);
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("a.rs"), text).unwrap();
    };
    beside(".target.staged-17", "new");
    beside(".target.staged-17-old", "old");
    recover(&place.target()).unwrap();
    assert_eq!(content(&place.target()), files(&[("a.rs", "old")]));
    assert_eq!(place.neighbours(), Vec::<String>::new());

    beside(".target.staged-18", "half");
    beside(".target.staged-19-old", "older");
    beside(".other.staged-18", "not ours");
    recover(&place.target()).unwrap();
    assert_eq!(content(&place.target()), files(&[("a.rs", "old")]));
    assert_eq!(place.neighbours(), [".other.staged-18"]);
}

#[test]
fn recovery_does_not_take_half_of_a_first_folder_for_a_whole() {
    let place = Place::new();
    fs::create_dir(place.folder.path().join(".target.staged-17")).unwrap();
    recover(&place.target()).unwrap();
    assert!(!place.target().exists());
    assert_eq!(place.neighbours(), Vec::<String>::new());
    recover(&place.folder.path().join("no/such/folder")).unwrap();
}

#[cfg(unix)]
#[test]
fn a_file_is_replaced_with_its_folder_and_permissions() {
    let place = Place::new();
    let path = place.folder.path().join("new/folder/file");
    replace_file(&path, "text").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"text");
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    replace_file(&path, [0xff, 0]).unwrap();
    assert_eq!(fs::read(&path).unwrap(), [0xff, 0]);
    assert!(fs::metadata(&path).unwrap().permissions().readonly());
    assert_eq!(entries(path.parent().unwrap()).unwrap().len(), 1);

    let error = replace_file(&path.join("below"), "text").unwrap_err();
    assert!(error.to_string().ends_with("below cannot be written"), "{error}");
}
