//! `.ci/propose`, with a local repository in place of GitHub's, and a stand-in for the `gh` program.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test says where it stands what it did not find")]

#[path = "../../tests/common/mod.rs"]
mod common;

use std::fs;
use std::process::{Command, Stdio};

use common::{CommandOutput, Repo, real_root};

/// Records its arguments, one per line, and returns the pull requests and labels that a test has written to files.
const GH: &str = "#!/bin/sh
printf '%s\\n' \"$@\" '' >> \"$GH_FOLDER/asked\"
if [ \"$1 $2\" = \"$(cat \"$GH_FOLDER/refused\" 2> /dev/null)\" ]; then
  echo 'GitHub does not want that' >&2
  exit 1
fi
while [ $# -gt 0 ]; do
  case $1 in
    --body-file) cp \"$2\" \"$GH_FOLDER/body\" ;;
    number) cat \"$GH_FOLDER/issue\" 2> /dev/null ;;
    headRefOid) cat \"$GH_FOLDER/heads\" 2> /dev/null ;;
    number,isCrossRepository) cat \"$GH_FOLDER/number\" 2> /dev/null ;;
    labels) cat \"$GH_FOLDER/labels\" 2> /dev/null ;;
  esac
  shift
done
exit 0
";

/// A local stand-in for GitHub with a repository, and an update to propose.
struct Hub {
    repo: Repo,
    clones: std::cell::Cell<u32>,
}

impl Hub {
    fn new() -> Self {
        let hub = Self { repo: Repo::new(), clones: 0.into() };
        let script = fs::read(real_root().join(".ci/propose")).unwrap();
        let made = hub.repo.write("made/.ci/propose", script);
        let permissions = fs::metadata(real_root().join(".ci/propose")).unwrap().permissions();
        fs::set_permissions(made, permissions).unwrap();
        hub.repo.write("made/document", "old\n");
        hub.repo.program("gh", GH);
        hub.git("made", &["init", "--quiet", "--initial-branch", "main"]);
        hub.commit("made", "first");
        hub.git(".", &["clone", "--quiet", "--bare", "made", "origin.git"]);
        hub
    }

    fn command(&self, program: &str, folder: &str) -> Command {
        let mut command = Command::new(program);
        let path = std::env::var("PATH").unwrap();
        command.env("PATH", format!("{}:{path}", self.repo.path("bin").display()));
        command.env("GH_FOLDER", self.repo.path(".")).env("GIT_CONFIG_GLOBAL", "/dev/null");
        command.env("GIT_CONFIG_SYSTEM", "/dev/null").stdin(Stdio::null());
        command.current_dir(self.repo.path(folder));
        command
    }

    #[track_caller]
    fn git(&self, folder: &str, args: &[&str]) -> String {
        let output = common::output_of(self.command("git", folder).args(args));
        assert_eq!(output.code, 0, "{args:?}: {output:#?}");
        output.stdout
    }

    fn commit(&self, folder: &str, message: &str) {
        self.git(folder, &["add", "--all"]);
        let who = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.com"];
        self.git(folder, &[&who[..], &["commit", "--quiet", "--message", message]].concat());
    }

    fn clone(&self) -> String {
        self.clones.set(self.clones.get() + 1);
        let folder = format!("clone{}", self.clones.get());
        let origin = format!("file://{}", self.repo.path("origin.git").display());
        self.git(".", &["clone", "--quiet", "--depth", "1", &origin, &folder]);
        folder
    }

    /// Proposes `document` in a fresh clone of the main branch.
    fn propose(&self, document: &str, weight: &str, summary: &str) -> CommandOutput {
        self.propose_with(document, weight, summary, "")
    }

    fn propose_with(
        &self,
        document: &str,
        weight: &str,
        summary: &str,
        labels: &str,
    ) -> CommandOutput {
        let folder = self.clone();
        self.repo.write(&format!("{folder}/document"), document);
        self.git(&folder, &["add", "--all"]);
        let patch = self.git(&folder, &["diff", "--cached", "--binary"]);
        self.git(&folder, &["reset", "--quiet", "--hard"]);
        self.repo.write("update/patch", patch);
        self.repo.write("update/weight", weight);
        self.repo.write("update/summary.md", summary);
        self.repo.write("update/labels", labels);
        self.run(&folder)
    }

    /// Runs the script in a clone.
    fn run(&self, folder: &str) -> CommandOutput {
        let _ = fs::remove_file(self.repo.path("asked"));
        let script = self.repo.path(folder).join(".ci/propose");
        let script = script.to_str().unwrap();
        let update = self.repo.path("update");
        let mut command = self.command(script, folder);
        common::output_of(command.arg(update).env("RUN_URL", "https://example.com/runs/1"))
    }

    /// The commit and the document of the update branch, if it exists.
    fn pushed(&self) -> Option<(String, String)> {
        let branch = ["rev-parse", "--verify", "--quiet", "refs/heads/openapi-update"];
        let output = common::output_of(self.command("git", "origin.git").args(branch));
        (output.code == 0).then(|| {
            (
                output.stdout.trim().to_owned(),
                self.git("origin.git", &["show", "openapi-update:document"]),
            )
        })
    }

    /// The calls of `gh`, one line each.
    fn asked(&self) -> Vec<String> {
        let asked = fs::read_to_string(self.repo.path("asked")).unwrap_or_default();
        let calls = asked.split_terminator("\n\n");
        calls.map(|call| call.replace('\n', " ")).collect()
    }
}

#[test]
fn a_pull_request_is_opened_once_and_then_kept_up_to_date() {
    let hub = Hub::new();
    let output = hub.propose("new\n", "addition", "# What is new\n");
    assert_eq!(output.code, 0, "{output:#?}");
    let (first, document) = hub.pushed().unwrap();
    assert_eq!(document, "new\n");
    assert_eq!(hub.repo.read("body"), "# What is new\n");
    let asked = hub.asked().join("\n");
    let create = "pr create --base main --head openapi-update --title Follow the OpenAPI document (addition) ";
    assert!(asked.contains(create), "{asked}");
    assert!(asked.contains("--label openapi: addition\n"), "{asked}");
    assert!(asked.contains("workflow run checks.yml --ref openapi-update"), "{asked}");

    // The same update again: there is nothing to do.
    hub.repo.write("heads", &first);
    let output = hub.propose("new\n", "addition", "# What is new\n");
    assert_eq!(output.code, 0, "{output:#?}");
    assert_eq!(hub.pushed().unwrap().0, first);
    let only_asks = |call: &String| call.starts_with("pr list") || call.starts_with("issue list");
    assert!(hub.asked().iter().all(only_asks), "{:?}", hub.asked());

    // Another update, while the first pull request is open.
    hub.repo.write("number", "7\n");
    hub.repo.write("labels", "openapi: addition\n");
    let output = hub.propose("newer\n", "breaking", "# What breaks\n");
    assert_eq!(output.code, 0, "{output:#?}");
    assert_eq!(hub.pushed().unwrap().1, "newer\n");
    let parents = hub.git("origin.git", &["rev-list", "--count", "main..openapi-update"]);
    assert_eq!(parents.trim(), "1", "one commit on the main branch");
    let asked = hub.asked().join("\n");
    assert!(!asked.contains("pr create"), "{asked}");
    assert!(asked.contains("pr edit 7 --remove-label openapi: addition"), "{asked}");
    assert!(asked.contains("pr edit 7 --title Follow the OpenAPI document (breaking) "), "{asked}");
    assert!(asked.contains("--add-label openapi: breaking"), "{asked}");
    assert_eq!(hub.repo.read("body"), "# What breaks\n");
}

#[test]
fn the_work_of_people_is_left_alone() {
    let hub = Hub::new();
    hub.propose("new\n", "addition", "x");
    let folder = hub.clone();
    hub.git(&folder, &["fetch", "--quiet", "origin", "openapi-update"]);
    hub.git(&folder, &["switch", "--quiet", "--detach", "FETCH_HEAD"]);
    hub.repo.write(&format!("{folder}/overlay"), "a correction\n");
    hub.commit(&folder, "Correct the document");
    hub.git(&folder, &["push", "--quiet", "origin", "HEAD:openapi-update"]);
    let before = hub.pushed();
    let output = hub.propose("newer\n", "addition", "x");
    assert_eq!(output.code, 0, "{output:#?}");
    assert_eq!(hub.pushed(), before);
    assert!(hub.asked().iter().all(|call| !call.starts_with("pr ")), "{:?}", hub.asked());
    assert!(hub.repo.read("body").contains("somebody has worked on openapi-update"), "{output:#?}");
}

#[test]
fn what_the_document_says_stays_text() {
    let hub = Hub::new();
    let hostile = "`touch a` $(touch b) ${{ github.token }} '; touch c #\n::set-output name=x::y\n";
    let output = hub.propose(hostile, "none", hostile);
    assert_eq!(output.code, 0, "{output:#?}");
    assert_eq!(hub.pushed().unwrap().1, hostile);
    assert_eq!(hub.repo.read("body"), hostile);
    assert!(!hub.asked().join("\n").contains("touch"), "{:?}", hub.asked());
    assert!(!output.stdout.contains("set-output"), "{output:#?}");

    let hub = Hub::new();
    for weight in ["", "breaking; touch d", "$(touch d)", "breaking\naddition", "-x"] {
        let output = hub.propose("new\n", weight, "x");
        assert_eq!(output.code, 2, "{weight}: {output:#?}");
        assert_eq!(hub.pushed(), None, "{weight}");
        assert!(
            hub.repo.read("body").contains("the weight of the change is none of"),
            "{output:#?}"
        );
        assert!(!hub.asked().join("\n").contains("touch"), "{:?}", hub.asked());
    }
}

#[test]
fn a_long_summary_is_cut_between_characters() {
    let hub = Hub::new();
    let output = hub.propose("new\n", "breaking", &"x€".repeat(30_000));
    assert_eq!(output.code, 0, "{output:#?}");
    let body = hub.repo.read("body");
    assert!(body.starts_with("x€x€") && body.len() < 65_536, "{}", body.len());
    assert!(body.ends_with(
        "(The rest did not fit; the run of the workflow has all of it in its artifact.)\n"
    ));
}

#[test]
fn what_people_have_to_look_at_becomes_labels() {
    let hub = Hub::new();
    let output = hub.propose_with("new\n", "addition", "x", "decide\nset-aside\n");
    assert_eq!(output.code, 0, "{output:#?}");
    let asked = hub.asked().join("\n");
    let labels = "--label openapi: addition --label openapi: please decide --label openapi: corrections set aside";
    assert!(asked.contains(labels), "{asked}");

    // The label of a decision is removed when nothing is left to decide. The other label remains.
    hub.repo.write("number", "7\n");
    hub.repo.write(
        "labels",
        "openapi: addition\nopenapi: please decide\nopenapi: corrections set aside\n",
    );
    let output = hub.propose_with("newer\n", "addition", "x", "set-aside\n");
    assert_eq!(output.code, 0, "{output:#?}");
    let asked = hub.asked().join("\n");
    assert!(asked.contains("--remove-label openapi: please decide"), "{asked}");
    assert!(!asked.contains("--remove-label openapi: addition"), "{asked}");
    assert!(!asked.contains("--remove-label openapi: corrections set aside"), "{asked}");

    let output = hub.propose_with("newest\n", "addition", "x", "$(touch d)\n");
    assert_eq!(output.code, 2, "{output:#?}");
    assert_eq!(hub.pushed().unwrap().1, "newer\n");
}

#[test]
fn an_update_that_fails_becomes_one_issue_that_says_why() {
    let hub = Hub::new();
    hub.repo.write("update/failure.txt", "error[broken]: this cannot be\n``` @everybody\n");
    let output = hub.run(&hub.clone());
    assert_eq!(output.code, 0, "{output:#?}");
    let body = hub.repo.read("body");
    assert!(body.contains("\n    error[broken]: this cannot be\n    ``` @everybody\n"), "{body}");
    assert!(body.contains("Run: https://example.com/runs/1\n"), "{body}");
    let asked = hub.asked().join("\n");
    let create = "issue create --title The OpenAPI document cannot be followed ";
    assert!(asked.contains(create) && asked.contains("--label openapi: failure"), "{asked}");
    assert!(!asked.contains("pr "), "{asked}");

    // A second failure updates the same issue, and a successful update closes it.
    hub.repo.write("issue", "5\n");
    hub.repo.write("update/failure.txt", "error[other]: nor can this\n");
    hub.run(&hub.clone());
    let asked = hub.asked().join("\n");
    assert!(asked.contains("issue edit 5 ") && !asked.contains("issue create"), "{asked}");
    let output = hub.propose("new\n", "addition", "x");
    assert_eq!(output.code, 0, "{output:#?}");
    assert!(hub.asked().join("\n").contains("issue close 5 "), "{:?}", hub.asked());
}

#[test]
fn a_job_that_ended_early_and_a_pull_request_that_is_refused_are_issues_too() {
    let hub = Hub::new();
    let output = hub.run(&hub.clone());
    assert_eq!(output.code, 0, "{output:#?}");
    assert!(hub.repo.read("body").contains("the job ended before"), "{output:#?}");

    hub.repo.write("refused", "pr create");
    let output = hub.propose("new\n", "addition", "x");
    assert_eq!(output.code, 1, "{output:#?}");
    assert!(hub.repo.read("body").contains("    GitHub does not want that\n"), "{output:#?}");
    assert!(hub.asked().join("\n").contains("issue create"), "{:?}", hub.asked());
}
