//! Servers that validate each request against the checked-in document, with every shape of request that other tests send.

use seam_client::api::acs::credentials::assign::Assignee;
use seam_client::ids::{AcsUserId, UserIdentityId};
use seam_client::{Seam, SeamBuilder};

use crate::address;
use crate::support::{API_KEY, CREDENTIAL, IDENTITY, TOKEN, USER, WORKSPACE, http_client};

/// Sends every shape of request, and returns the headers of each response.
async fn send_every_shape(
    endpoint: &str,
) -> Vec<(String, seam_client::reqwest::header::HeaderMap)> {
    let mut answers = Vec::new();
    let by_key = || Seam::builder().api_key(API_KEY);
    let by_token = || Seam::builder().personal_access_token(TOKEN, WORKSPACE);
    let ways: [(&str, &dyn Fn() -> SeamBuilder); 4] = [
        ("API key, PATCH", &by_key),
        ("API key, POST", &|| by_key().post_only()),
        ("personal access token, PATCH", &by_token),
        ("personal access token, POST", &|| by_token().post_only()),
    ];
    let assignees: [Assignee; 2] =
        [AcsUserId::from(USER).into(), UserIdentityId::from(IDENTITY).into()];
    for (way, builder) in ways {
        for assignee in &assignees {
            let shape = format!("{way}, {assignee:?}");
            let client = builder().endpoint(endpoint).http_client(http_client()).build().unwrap();
            let call = client.acs().credentials().assign(CREDENTIAL, assignee.clone());
            let response = call
                .response()
                .await
                .unwrap_or_else(|error| panic!("{shape}: {error} ({error:?})"));
            answers.push((shape, response.headers().clone()));
        }
    }
    answers
}

#[tokio::test]
#[ignore = "needs Prism: run `cargo xtask test`"]
async fn prism_accepts_every_request() {
    for (shape, headers) in send_every_shape(&address("SEAM_TEST_PRISM")).await {
        let violations = headers.get("sl-violations");
        assert!(violations.is_none(), "{shape}: {violations:?}");
    }
}

#[tokio::test]
#[ignore = "needs Steady: run `cargo xtask test`"]
async fn steady_accepts_every_request() {
    assert_eq!(send_every_shape(&address("SEAM_TEST_STEADY")).await.len(), 8);
}
