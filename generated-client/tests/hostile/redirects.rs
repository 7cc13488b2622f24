//! Redirects, which could carry the credentials to another host.

use seam_client::{Seam, reqwest};

use crate::call::{Call, ok};
use crate::server::{Kept, Server, Step, http};
use crate::support::{API_KEY, CLIENT_SESSION};

const STATUSES: [u16; 5] = [301, 302, 303, 307, 308];

fn redirect(status: u16, location: &str) -> String {
    format!("HTTP/1.1 {status} Moved\r\nlocation: {location}\r\ncontent-length: 0\r\n\r\n")
}

#[tokio::test]
async fn no_redirect_is_followed_and_no_credential_goes_where_it_leads() {
    let http = http(Kept::No);
    let elsewhere = Server::same([Step::Read, Step::write(ok(Call::List.answer()))]).await;
    let port = elsewhere.url().rsplit(':').next().unwrap().to_owned();
    let locations = [
        elsewhere.url(),
        format!("//127.0.0.1:{port}/"),
        format!("http://{}@127.0.0.1:{port}/", API_KEY),
        format!("http://localhost:{port}/"),
        "/devices/list".to_owned(),
        "::not an address::".to_owned(),
    ];
    let mut cases = 0;
    for location in &locations {
        for status in STATUSES {
            for call in Call::ALL {
                let server =
                    Server::same([Step::Read, Step::write(redirect(status, location))]).await;
                let error = call.send(&server.client(&http)).await.unwrap_err();
                assert_eq!(error.status().unwrap().as_u16(), status, "{location}: {error}");
                assert!(!error.is_retryable() && !error.was_accepted(), "{error}");
                assert!(!format!("{error} {error:?}").contains(API_KEY), "{error}");
                assert_eq!(server.requests().len(), 1);
                cases += 1;
            }
        }
    }
    assert_eq!((elsewhere.connections(), cases), (0, 150));
}

#[tokio::test]
async fn what_is_no_redirect_is_not_called_one() {
    let http = http(Kept::No);
    for (status, is_redirect) in
        [(300, false), (301, true), (304, false), (305, false), (308, true)]
    {
        let server = Server::answer(redirect(status, "https://a.example")).await;
        let error = Call::List.send(&server.client(&http)).await.unwrap_err();
        assert_eq!(error.to_string().contains("the API has moved"), is_redirect, "{error}");
        assert_eq!(error.status().unwrap().as_u16(), status);
    }
}

/// Uses the HTTP client that the builder creates, and not one of the test.
#[tokio::test]
async fn the_usual_http_client_follows_none() {
    let elsewhere = Server::same([]).await;
    let server = Server::answer(redirect(307, &elsewhere.url())).await;
    let seam = Seam::builder().api_key(API_KEY).endpoint(server.url()).build().unwrap();
    let error = Call::Unlock.send(&seam).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 307, "{error}");
    assert_eq!((server.requests().len(), elsewhere.connections()), (1, 0));
}

/// The risk that the documentation of `SeamBuilder::http_client` describes.
#[tokio::test]
async fn an_http_client_that_follows_them_takes_some_credentials_along() {
    let elsewhere = Server::same([Step::Read, Step::write(ok(Call::List.answer()))]).await;
    let server = Server::answer(redirect(307, &elsewhere.url())).await;
    let following = reqwest::Client::builder().no_proxy().build().unwrap();
    let seam = server.build(Seam::builder().client_session_token(CLIENT_SESSION), &following);
    Call::List.send(&seam).await.unwrap();
    let [request] = &elsewhere.requests()[..] else { panic!("one request") };
    assert!(!request.contains("authorization"), "{request}");
    assert!(request.contains("client-session-token"), "{request}");
}
