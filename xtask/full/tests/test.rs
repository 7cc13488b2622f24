//! `test` with stand-ins for Cargo, npm and the servers: what it runs and prints, and that no server is left running.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test says where it stands what it did not find")]

#[path = "../../tests/common/mod.rs"]
mod common;

use std::fs;
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use common::{CommandOutput, Repo, document};

/// A server in two processes, like Steady. Each process listens on a port, and records it in a file.
const SERVER: &str = "
const fs = require('node:fs');
const { createServer } = require('node:http');
const { spawn } = require('node:child_process');
const at = process.argv.indexOf('--port');
const port = Number(at < 0 ? process.env.PORT : process.argv[at + 1]);
const isInner = process.argv.includes('inner');
if (fs.existsSync('broken')) throw new Error('no such luck');
const server = createServer((_, answer) => answer.end('ok'));
server.listen(isInner ? port : 0, '127.0.0.1', () => {
  fs.appendFileSync('ports', server.address().port + '\\n');
  if (!isInner) spawn(process.execPath, [...process.argv.slice(1), 'inner'], { stdio: 'inherit' });
});
";

/// Installs the stand-in server under the names of the real servers.
const NPM: &str = "#!/bin/sh
echo \"$@\" >> ../../npm-asked
for file in @stoplight/prism-cli/dist/index.js @stdy/cli/steady.js @seamapi/fake-seam-connect/dist/server.js; do
    mkdir -p node_modules/$(dirname $file)
    cp ../../server.js node_modules/$file
done
";

/// Reports one test program. Marker files make its tests fail.
const CARGO: &str = "#!/bin/sh
echo \"$@\" >> cargo-asked
case \"$*\" in
rustc*) grep -qs Nothing src/lib.rs || test ! -e ../../../client-fails ;;
*'--test conformance --no-run') ;;
*'--test conformance')
    passed=true
    test ! -e ../../../corpus-fails || passed=false
    printf '[{\"operation\": \"things::get\", \"call\": \"required\", \"server\": \"offline\", \"passed\": %s, ' $passed > $CONFORMANCE_RESULT
    echo '\"repairs\": 0, \"broken\": false, \"problem\": \"no such luck\", \"listed\": null}]' >> $CONFORMANCE_RESULT
    test ! -e ../../../corpus-fails
    ;;
*replay)
    fails=0
    test ! -e ../../../replay-fails || fails=1
    printf '{\"POST /things/get\": {\"works\": 1, \"keeps\": 0, \"repairs\": 0, \"fails\": %s, ' $fails > $REPLAY_RESULT
    echo '\"repaired\": {}, \"error\": null, \"changed\": []}}' >> $REPLAY_RESULT
    ;;
*--no-run*)
    echo '{\"reason\":\"build-script-executed\"}'
    echo '{\"target\":{\"name\":\"requests\",\"kind\":[\"test\"]},\"executable\":\"/no/such/program\"}'
    for name in servers conformance; do
        echo \"{\\\"target\\\":{\\\"name\\\":\\\"$name\\\",\\\"kind\\\":[\\\"test\\\"]},\\\"executable\\\":\\\"$PWD/bin/$name\\\"}\"
    done
    ;;
*)
    if test -e cargo-says; then cat cargo-says; cat cargo-says >&2; fi
    test ! -e cargo-fails
    ;;
esac
";

/// One older version that can be tested, and one that is not available.
const VERSIONS: &str = "
[[version]]
version = \"1.0.0\"
tested = true
replayed = true
[[version]]
version = \"2.0.0\"
";

/// One document of another API, with what is expected of its client.
const CORPUS: &str = "
[[document]]
package = \"them@1.0.0\"
path = \"theirs.json\"
sha256 = \"SHA256\"
operations = 1
lines = 193
any_json = 0
any_json_described = 0
calls = 1
calls_passed = 1
diagnostics = {}
";

/// The conformance test: reports one call, and records the addresses of the servers.
const CONFORMANCE: &str = "#!/bin/sh
echo \"$CONFORMANCE_PRISM $CONFORMANCE_STEADY\" > ../conformance-addresses
passed=true
test ! -e ../conformance-fails || passed=false
printf '[{\"operation\": \"things::get\", \"call\": \"required\", \"server\": \"steady\", \"passed\": %s, ' $passed > $CONFORMANCE_RESULT
echo '\"repairs\": 0, \"broken\": false, \"problem\": \"no such luck\", \"listed\": null}]' >> $CONFORMANCE_RESULT
test ! -e ../conformance-fails
";

/// A README whose table matches that report.
const README: &str = "
<!-- written by `cargo xtask conformance --write` -->

| server | operations | calls | impossible | repairs |
|---|---|---|---|---|
| Steady | 1 of 1 | 1 of 1 | 0 | 0 |

The calls of 0 of 0 operations send every parameter and property that is documented, one or another of them.

<!-- end -->
";

/// The test program: records the addresses that it is given.
const TESTS: &str = "#!/bin/sh
case \"$*\" in
*--list*) test -e ../no-tests || echo 'one: test' ;;
*)
    echo \"$SEAM_TEST_PRISM $SEAM_TEST_STEADY $SEAM_TEST_FAKE\" > ../addresses
    if test -e ../tests-wait; then sleep 20; fi
    test ! -e ../tests-fail
    ;;
esac
";

/// A copy of the repository with the stand-ins, or `None` if Node.js is not installed.
fn prepared() -> Option<Repo> {
    if Command::new("node").arg("--version").output().is_err() {
        eprintln!("left out: `node` is not installed");
        return None;
    }
    let repo = Repo::new();
    for name in ["xtask/servers/guard.cjs", "xtask/servers/package-lock.json"] {
        repo.write(name, fs::read(common::real_root().join(name)).unwrap());
    }
    repo.write("server.js", SERVER);
    repo.write("Cargo.lock", "");
    // The cache of documents from an earlier run.
    repo.write("openapi/versions.toml", VERSIONS);
    repo.write("target/versions/documents/1.0.0.json", document("Old", &["/things/get"]));
    let theirs = document("Theirs", &["/things/get"]);
    repo.write("xtask/corpus.toml", CORPUS.replace("SHA256", &common::sha256(theirs.as_bytes())));
    repo.write("target/corpus/documents/them@1.0.0/theirs.json", theirs);
    repo.program("npm", NPM);
    repo.program("cargo", CARGO);
    repo.program("servers", TESTS);
    repo.program("conformance", CONFORMANCE);
    repo.write("generated-client/tests/README.md", README);
    Some(repo)
}

/// The command, with the stand-ins before the real programs in `PATH`.
fn command(repo: &Repo, args: &[&str]) -> Command {
    let path = std::env::var("PATH").unwrap();
    let mut command = repo.command(args);
    command.env("PATH", format!("{}:{path}", repo.path("bin").display()));
    command.env("CARGO", repo.path("bin/cargo"));
    command
}

#[track_caller]
fn expect(repo: &Repo, code: i32, args: &[&str]) -> CommandOutput {
    let output = common::output_of(&mut command(repo, args));
    assert_eq!(output.code, code, "{output:#?}");
    assert_all_gone(repo);
    output
}

/// The ports on which the servers' processes listen or listened.
fn ports(repo: &Repo) -> Vec<u16> {
    let ports = fs::read_to_string(repo.path("ports")).unwrap_or_default();
    ports.lines().map(|port| port.parse().unwrap()).collect()
}

fn is_listening(port: u16) -> bool {
    TcpStream::connect(("127.0.0.1", port)).is_ok()
}

#[track_caller]
fn assert_all_gone(repo: &Repo) {
    for port in ports(repo) {
        assert!(!is_listening(port), "{port} is still listened at");
    }
}

fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < Duration::from_secs(30), "{what}");
        sleep(Duration::from_millis(20));
    }
}

#[test]
fn everything_is_run_and_nothing_is_left() {
    let Some(repo) = prepared() else { return };
    let output = expect(&repo, 0, &["test", "--all"]);
    for part in [
        "=== tests of the workspace\n",
        "=== thorough tests of the workspace\n",
        "=== clients of older versions of the document\nversion ",
        "\n1.0.0    1      1 ",
        "=== responses of one version, read by the client of another\n1.0.0.json → openapi/openapi.json\n",
        "  samples read:     1 works, 0 keeps, 0 repairs, 0 fails of ",
        "=== clients of documents of other APIs\ndocument ",
        "\ntheirs.json  1 ",
        "  1 of 1        none\n",
        "=== requests to real servers\n",
        "=== calls of every operation\n",
        "| Steady | 1 of 1 | 1 of 1 | 0 | 0 |\n",
        "=== summary\ntests of the workspace: passed (",
        "\nthorough tests of the workspace: passed (",
        "\nclients of older versions of the document: passed (",
        "\nresponses of one version, read by the client of another: passed (",
        "\nclients of documents of other APIs: passed (",
        "\nrequests to real servers: passed (",
        "\ncalls of every operation: passed (",
    ] {
        assert!(output.stderr.contains(part), "{part}: {output:#?}");
    }
    let asked = repo.read("cargo-asked");
    assert!(
        asked.starts_with(
            "test --workspace --features seam-client/full --lib --bins --tests --examples --no-fail-fast -- --show-output\n\
             test --workspace --features seam-client/full --doc --no-fail-fast --\n"
        ),
        "{asked}"
    );
    let addresses = repo.read("addresses");
    let ports = ports(&repo);
    assert_eq!(ports.len(), 6, "two processes for each server, which are started once");
    let of_conformance = repo.read("conformance-addresses");
    assert_eq!(of_conformance.split_whitespace().count(), 2, "{of_conformance}");
    assert!(addresses.starts_with(of_conformance.trim()), "{addresses}, {of_conformance}");
    for address in addresses.split_whitespace() {
        let port = address.strip_prefix("http://127.0.0.1:").unwrap();
        assert!(ports.contains(&port.parse().unwrap()), "{addresses}");
    }
    assert_eq!(addresses.split_whitespace().count(), 3, "{addresses}");
}

#[test]
fn without_all_one_server_validates_and_nothing_is_downloaded() {
    let Some(repo) = prepared() else { return };
    fs::remove_file(repo.path("openapi/versions.toml")).unwrap();
    let output = expect(&repo, 0, &["test"]);
    let (_, summary) = output.stderr.split_once("=== summary\n").unwrap();
    let steps: Vec<&str> = summary.lines().filter_map(|line| line.split(": ").next()).collect();
    let expected =
        ["tests of the workspace", "requests to real servers", "calls of every operation"];
    assert_eq!(steps, expected, "{output:#?}");
    let [prism, steady, fake] = addresses(&repo, "addresses");
    assert!(prism.is_empty() && !steady.is_empty() && !fake.is_empty(), "{output:#?}");
    let [prism, other, _] = addresses(&repo, "conformance-addresses");
    assert!(prism.is_empty(), "{prism}");
    assert_eq!(other, steady);
}

/// The addresses of Prism, Steady and the fake that a program was given. The address of a server that is not running is
/// empty.
fn addresses(repo: &Repo, name: &str) -> [String; 3] {
    let text = repo.read(name);
    let mut addresses = text.trim_end_matches('\n').split(' ').map(str::to_owned);
    [(); 3].map(|()| addresses.next().unwrap_or_default())
}

#[test]
fn failed_tests_are_listed_with_the_command_that_runs_each_alone() {
    let Some(repo) = prepared() else { return };
    let said_by_cargo = "     Running tests/pages.rs (target/debug/deps/pages-1a)\ntest one ... FAILED\n\
                         error: test failed, to rerun pass `-p seam-client --test pages`\n";
    repo.write("cargo-says", said_by_cargo);
    repo.write("cargo-fails", "");
    let output = expect(&repo, 1, &["test", "--no-servers"]);
    let list = "failed, with the command that runs each alone:\n  one\n    \
                cargo test -p seam-client --test pages --features full -- --exact 'one' --include-ignored\n";
    assert!(output.stderr.contains(list), "{output:#?}");
}

#[test]
fn a_filter_is_passed_to_cargo_and_to_the_tests_that_need_servers() {
    let Some(repo) = prepared() else { return };
    let output = expect(&repo, 0, &["test", "some_name"]);
    assert!(repo.read("cargo-asked").contains("-- --show-output some_name\n"), "{output:#?}");
    assert!(!output.stderr.contains("calls of every operation"), "{output:#?}");
}

#[test]
fn packages_are_installed_when_the_lock_file_is_another_one() {
    let Some(repo) = prepared() else { return };
    expect(&repo, 0, &["test"]);
    expect(&repo, 0, &["test"]);
    assert_eq!(repo.read("npm-asked"), "ci --loglevel error\n");
    repo.write("xtask/servers/package-lock.json", "{}");
    expect(&repo, 0, &["test"]);
    assert_eq!(repo.read("npm-asked"), "ci --loglevel error\n".repeat(2));
    repo.program("npm", "#!/bin/sh\necho 'npm error ETARGET' >&2\nexit 1\n");
    expect(&repo, 0, &["test"]);
    repo.write("xtask/servers/package-lock.json", "{ }");
    let output = expect(&repo, 2, &["test"]);
    assert!(output.stderr.contains("npm error ETARGET"), "{output:#?}");
    assert!(output.stderr.contains("requests to real servers: could not be run"), "{output:#?}");
}

#[test]
fn a_failure_does_not_keep_the_other_steps_from_running() {
    let Some(repo) = prepared() else { return };
    repo.write("cargo-fails", "");
    let output = expect(&repo, 1, &["test"]);
    assert!(output.stderr.contains("tests of the workspace: failed ("), "{output:#?}");
    assert!(output.stderr.contains("requests to real servers: passed ("), "{output:#?}");
    fs::remove_file(repo.path("cargo-fails")).unwrap();
    repo.write("client-fails", "");
    let output = expect(&repo, 1, &["test", "--all"]);
    assert!(output.stderr.contains("older versions of the document: failed ("), "{output:#?}");
    assert!(output.stderr.contains("requests to real servers: passed ("), "{output:#?}");
    fs::remove_file(repo.path("client-fails")).unwrap();
    repo.write("replay-fails", "");
    let output = expect(&repo, 1, &["test", "--all"]);
    assert!(output.stderr.contains("worse than foretold: 1\n"), "{output:#?}");
    assert!(
        output.stderr.contains("responses of one version, read by the client of another: failed ("),
        "{output:#?}"
    );
    assert!(output.stderr.contains("requests to real servers: passed ("), "{output:#?}");
    fs::remove_file(repo.path("replay-fails")).unwrap();
    repo.write("tests-fail", "");
    let output = expect(&repo, 1, &["test"]);
    assert!(output.stderr.contains("tests of the workspace: passed ("), "{output:#?}");
    assert!(output.stderr.contains("requests to real servers: failed ("), "{output:#?}");
    fs::remove_file(repo.path("tests-fail")).unwrap();
    repo.write("conformance-fails", "");
    let output = expect(&repo, 1, &["test"]);
    assert!(
        output.stderr.contains("  things::get::required @ steady\n    no such luck\n"),
        "{output:#?}"
    );
    assert!(output.stderr.contains("calls of every operation: failed ("), "{output:#?}");
}

#[test]
fn a_table_that_says_something_else_fails_until_it_is_written() {
    let Some(repo) = prepared() else { return };
    let other = README.replace("| 1 of 1 | 0 | 0 |", "| 0 of 1 | 0 | 0 |");
    repo.write("generated-client/tests/README.md", other);
    let output = expect(&repo, 1, &["conformance"]);
    assert!(output.stderr.ends_with("run: cargo xtask conformance --write\n"), "{output:#?}");
    expect(&repo, 0, &["conformance", "--write"]);
    assert_eq!(repo.read("generated-client/tests/README.md"), README);
    expect(&repo, 0, &["conformance"]);
}

#[test]
fn a_token_in_what_tests_print_is_hidden_and_a_failure() {
    let Some(repo) = prepared() else { return };
    repo.write("cargo-says", "all is well\n");
    let output = expect(&repo, 0, &["test", "--no-servers"]);
    assert_eq!(output.stdout, "all is well\n".repeat(4), "both streams of both commands are shown");
    repo.write("cargo-says", "authorization: Bearer seam_apikey1_token\n");
    let output = expect(&repo, 1, &["test", "--no-servers"]);
    assert!(!format!("{output:?}").contains("seam_apikey1_"), "{output:#?}");
    assert_eq!(output.stdout, "authorization: Bearer [a token]\n".repeat(4));
    let told = "error: a test prints a token; find out which one, it says: authorization: Bearer [a token]\n";
    assert_eq!(output.stderr.matches(told).count(), 4, "{output:#?}");
    assert!(output.stderr.contains("tests of the workspace: failed ("), "{output:#?}");
}

#[test]
fn no_test_that_needs_a_server_is_an_error() {
    let Some(repo) = prepared() else { return };
    repo.write("no-tests", "");
    let output = expect(&repo, 2, &["test"]);
    assert!(output.stderr.contains("error: generated-client/tests/servers"), "{output:#?}");
}

#[test]
fn a_server_that_does_not_start_is_an_error_with_its_words() {
    let Some(repo) = prepared() else { return };
    repo.write("broken", "");
    let output = expect(&repo, 2, &["test"]);
    assert!(output.stderr.contains("error: Steady ended before it answered"), "{output:#?}");
    assert!(output.stderr.contains("no such luck"), "{output:#?}");
}

#[test]
fn servers_can_be_left_out() {
    let Some(repo) = prepared() else { return };
    let output = expect(&repo, 0, &["test", "--all", "--no-servers"]);
    assert!(
        output.stderr.ends_with(
            "clients of older versions of the document: left out (--no-servers)\n\
             responses of one version, read by the client of another: left out (--no-servers)\n\
             clients of documents of other APIs: left out (--no-servers)\n\
             requests to real servers: left out (--no-servers)\n\
             calls of every operation: left out (--no-servers)\n"
        ),
        "{output:#?}"
    );
    assert!(!repo.path("npm-asked").exists() && !repo.path("ports").exists());
}

#[test]
fn a_missing_node_is_named_with_the_way_without_it() {
    let Some(repo) = prepared() else { return };
    for (program, installed) in [("npm", false), ("node", true)] {
        if installed {
            expect(&repo, 0, &["test"]);
        }
        fs::remove_file(repo.path("bin/npm")).unwrap();
        let output = common::output_of(command(&repo, &["test"]).env("PATH", repo.path("bin")));
        assert_eq!(output.code, 2, "{output:#?}");
        let error = format!(
            "error: `{program}` is not installed; install Node.js, or leave the requests to real servers out with \
             --no-servers\n"
        );
        assert!(output.stderr.ends_with(&error), "{output:#?}");
        repo.program("npm", NPM);
    }
}

#[test]
fn killing_the_command_ends_the_servers() {
    let Some(repo) = prepared() else { return };
    repo.write("tests-wait", "");
    let mut child =
        command(&repo, &["test"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    wait_until("the servers do not run", || repo.path("addresses").exists());
    let ports = ports(&repo);
    assert_eq!(ports.len(), 4, "two processes for each server");
    assert!(ports.iter().all(|port| is_listening(*port)));
    child.kill().unwrap();
    child.wait().unwrap();
    wait_until("a server outlives the command", || !ports.iter().any(|port| is_listening(*port)));
}
