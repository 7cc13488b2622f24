//! Compares a folder with the output of the generator, and shows the difference as a unified diff.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use similar::TextDiff;

use crate::atomic_dir::Files;
use crate::output::styled;

/// The maximum number of lines of the diff of one file. For the whole diff, run the command and use git.
const LINES: usize = 200;

const REMOVED: Style = AnsiColor::Red.on_default();
const ADDED: Style = AnsiColor::Green.on_default();
const PLACE: Style = AnsiColor::Cyan.on_default();

/// A file that differs from the output of the generator.
pub(super) struct Difference<'a> {
    path: &'a str,
    found: Option<&'a [u8]>,
    wanted: Option<&'a [u8]>,
}

impl Difference<'_> {
    fn is_missing(&self) -> bool {
        self.found.is_none()
    }

    fn is_orphaned(&self) -> bool {
        self.wanted.is_none()
    }
}

/// The files that are changed, missing or orphaned, in the order of their paths.
pub(super) fn differences<'a>(found: &'a Files, wanted: &'a Files) -> Vec<Difference<'a>> {
    let paths: BTreeSet<&String> = found.keys().chain(wanted.keys()).collect();
    let difference = |path: &'a String| Difference {
        path,
        found: found.get(path).map(Vec::as_slice),
        wanted: wanted.get(path).map(Vec::as_slice),
    };
    paths.into_iter().map(difference).filter(|one| one.found != one.wanted).collect()
}

/// The number of changed, missing and orphaned files.
pub(super) fn counts(differences: &[Difference]) -> String {
    let missing = differences.iter().filter(|one| one.is_missing()).count();
    let orphaned = differences.iter().filter(|one| one.is_orphaned()).count();
    let changed = differences.len() - missing - orphaned;
    format!("{changed} changed, {missing} missing, {orphaned} orphaned")
}

/// The unified diffs of all files in `folder`.
pub(super) fn report(folder: &str, differences: &[Difference]) -> String {
    let mut report = String::new();
    for difference in differences {
        let lines = unified(folder, difference);
        let lines: Vec<&str> = lines.split_inclusive('\n').collect();
        for line in lines.iter().take(LINES) {
            push_line(&mut report, line);
        }
        if lines.len() > LINES {
            // Writing to a string cannot fail.
            let _ = writeln!(report, "… {} more lines", lines.len() - LINES);
        }
    }
    report
}

fn unified(folder: &str, difference: &Difference) -> String {
    let found = String::from_utf8_lossy(difference.found.unwrap_or_default());
    let wanted = String::from_utf8_lossy(difference.wanted.unwrap_or_default());
    // Text after a tab is a remark, both for readers and for `patch`.
    let old = match difference.found {
        Some(_) => format!("{folder}/{}", difference.path),
        None => format!("{folder}/{}\tmissing", difference.path),
    };
    let new = match difference.wanted {
        Some(_) => "what the generator prints",
        None => "what the generator prints\tno such file",
    };
    let diff = TextDiff::from_lines(found.as_ref(), wanted.as_ref());
    let text = diff.unified_diff().context_radius(3).header(&old, new).to_string();
    if text.is_empty() {
        // Empty files, and files that are not UTF-8, can differ without a line that differs.
        return format!("--- {old}\n+++ {new}\n");
    }
    text
}

fn push_line(report: &mut String, line: &str) {
    let style = match line.as_bytes().first() {
        Some(b'-') => REMOVED,
        Some(b'+') => ADDED,
        Some(b'@') => PLACE,
        _ => return report.push_str(line),
    };
    let text = line.trim_end_matches('\n');
    report.push_str(&styled(style, text));
    report.push('\n');
}

#[cfg(test)]
mod tests {
    use anstream::adapter::strip_str;

    use super::*;

    fn files(list: &[(&str, &str)]) -> Files {
        list.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn equal_folders_have_no_differences() {
        let folder = files(&[("a.rs", "1\n"), ("b/c.rs", "2\n")]);
        assert!(differences(&folder, &folder).is_empty());
    }

    #[test]
    fn each_kind_of_difference_is_shown_and_counted() {
        let found = files(&[
            ("changed.rs", "1\n2\n3\n4\n5\n6\n"),
            ("orphan.rs", "old\n"),
            ("same.rs", "=\n"),
        ]);
        let wanted = files(&[
            ("changed.rs", "1\n2\n3\n4\nfive\n6\n"),
            ("missing.rs", "new\n"),
            ("same.rs", "=\n"),
        ]);
        let differences = differences(&found, &wanted);
        assert_eq!(counts(&differences), "1 changed, 1 missing, 1 orphaned");
        let expected = "--- dir/changed.rs\n+++ what the generator prints\n\
            @@ -2,5 +2,5 @@\n 2\n 3\n 4\n-5\n+five\n 6\n\
            --- dir/missing.rs\tmissing\n+++ what the generator prints\n@@ -0,0 +1 @@\n+new\n\
            --- dir/orphan.rs\n+++ what the generator prints\tno such file\n@@ -1 +0,0 @@\n-old\n";
        let report = report("dir", &differences);
        assert_eq!(strip_str(&report).to_string(), expected);
    }

    #[test]
    fn an_empty_file_shows_by_its_name() {
        let (found, wanted) = (files(&[("empty.rs", "")]), Files::new());
        let report = report("dir", &differences(&found, &wanted));
        assert!(strip_str(&report).to_string().contains("--- dir/empty.rs\n"));
    }

    #[test]
    fn a_long_diff_is_cut_and_says_so() {
        let long = "line\n".repeat(1000);
        let (found, wanted) = (files(&[("long.rs", &long)]), Files::new());
        let report = report("dir", &differences(&found, &wanted));
        assert_eq!(report.lines().count(), LINES + 1);
        assert!(report.ends_with("… 803 more lines\n"), "{report}");
    }

    #[test]
    fn lines_are_coloured_by_what_became_of_them() {
        let (found, wanted) = (files(&[("a.rs", "1\n")]), files(&[("a.rs", "2\n")]));
        let differences = differences(&found, &wanted);
        assert!(report("dir", &differences).contains("\u{1b}[31m-1\u{1b}[0m\n"));
    }
}
