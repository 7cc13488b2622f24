//! The proxy of the environment: this machine is reached without it, and everything else through it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where its helpers fail")]

mod support;

use std::env;
use std::process::Command;

use seam_client::Seam;
use seam_client::transport::HttpTransport;
use support::{API_KEY, Answer, Server};

/// Says that this program was started by the test, and which port is that of the API.
const PORT: &str = "PROXY_TEST_PORT";
const TEST: &str = "this_machine_is_reached_without_the_proxy_of_the_environment";

/// The names of this machine that a server on `127.0.0.1` can be called by.
const HERE: [&str; 3] = ["127.0.0.1", "localhost", "127.1"];

/// What one call is answered with, by the API and by the proxy.
fn answer() -> support::Reply {
    Answer::new(200, r#"{"devices":[]}"#).into()
}

async fn call(endpoint: &str) {
    let seam = || Seam::builder().api_key(API_KEY).endpoint(endpoint).allow_http();
    seam().build().unwrap().devices().list().send().await.unwrap();
    let wrapped = seam().transport(HttpTransport::new().unwrap());
    wrapped.build().unwrap().devices().list().send().await.unwrap();
}

/// Starts itself with proxies in its environment, as the environment cannot be changed while it runs.
#[tokio::test]
async fn this_machine_is_reached_without_the_proxy_of_the_environment() {
    if let Ok(port) = env::var(PORT) {
        for host in HERE {
            call(&format!("http://{host}:{port}")).await;
        }
        call("http://api.example").await;
        return;
    }
    for name in ["HTTP_PROXY", "http_proxy", "ALL_PROXY"] {
        let api = Server::start((0..2 * HERE.len()).map(|_| answer()));
        let proxy = Server::start([answer(), answer()]);
        let mut program = Command::new(env::current_exe().unwrap());
        for other in ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"]
        {
            program.env_remove(other);
        }
        program.args(["--exact", TEST]).env(name, proxy.url());
        let port = api.url().rsplit(':').next().unwrap().to_owned();
        let output = program.env(PORT, port).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success() && said.contains("1 passed"), "{name}: {said}");
        assert_eq!(api.requests().len(), 2 * HERE.len(), "{name}");
        let through: Vec<_> =
            proxy.requests().iter().map(|request| request.target.clone()).collect();
        assert_eq!(through, ["http://api.example/devices/list"; 2], "{name}");
    }
}
