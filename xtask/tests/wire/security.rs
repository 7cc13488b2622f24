//! How the client of `security.yaml` authenticates requests.

mod server;

use server::Sent;
use wire_security::{Error, Client, ClientBuilder, ResponseFuture, security};

fn builder() -> ClientBuilder {
    Client::builder().credential(security::TOKEN, "abc")
}

/// The request that a call of the client sends.
async fn sent(builder: ClientBuilder, call: impl FnOnce(Client) -> ResponseFuture<()>) -> Sent {
    let (endpoint, server) = server::serve(204, "", "");
    call(builder.endpoint(endpoint).build().unwrap()).await.unwrap();
    server.join().unwrap()
}

/// The error message of a call that is not sent.
async fn refused(builder: ClientBuilder, call: impl FnOnce(Client) -> ResponseFuture<()>) -> String {
    let error = call(builder.endpoint("http://127.0.0.1:1").build().unwrap()).await.unwrap_err();
    assert!(matches!(error, Error::InvalidOptions(_)), "{error}");
    error.to_string()
}

#[tokio::test]
async fn a_bearer_token_is_sent_to_what_the_document_has_it_for() {
    let sent = sent(builder(), |client| client.calls().bearer().send()).await;
    assert_eq!(sent.header("authorization"), Some("Bearer abc"));
}

#[tokio::test]
async fn a_user_name_and_a_password_are_sent_together() {
    let builder = Client::builder().basic(security::LOGIN, "Aladdin", "open sesame");
    let sent = sent(builder, |client| client.calls().basic().send()).await;
    assert_eq!(sent.header("authorization"), Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="));
}

#[tokio::test]
async fn another_scheme_of_http_has_its_own_word() {
    let builder = Client::builder().credential(security::ALIAS, "abc");
    let sent = sent(builder, |client| client.calls().http().send()).await;
    assert_eq!(sent.header("authorization"), Some("Token abc"));
}

#[tokio::test]
async fn a_key_stands_in_its_header_its_parameter_or_its_cookie() {
    let builder = || {
        Client::builder()
            .credential(security::KEY, "a&b")
            .credential(security::KEY_2, "in a header")
            .credential(security::SESSION, "c2Vzc2lvbg==")
    };
    let header = sent(builder(), |client| client.calls().header().send()).await;
    assert_eq!((header.line.as_str(), header.header("x-key")), ("GET /header", Some("in a header")));
    let query = sent(builder(), |client| client.calls().query().limit(7).send()).await;
    assert_eq!(query.line, "GET /query?limit=7&the%20key=a%26b");
    let query = sent(builder(), |client| client.calls().query().send()).await;
    assert_eq!(query.line, "GET /query?the%20key=a%26b");
    let cookie = sent(builder(), |client| client.calls().cookie().theme("dark").send()).await;
    assert_eq!(cookie.header("cookie"), Some("theme=dark; session=c2Vzc2lvbg=="));
    for sent in [header, query, cookie] {
        assert_eq!(sent.header("authorization"), None);
    }
}

#[tokio::test]
async fn what_is_needed_together_is_sent_together() {
    let builder = builder()
        .credential(security::SESSION, "s")
        .credential(security::KEY_2, "k")
        .credential(security::OAUTH, "o");
    let sent = sent(builder, |client| client.calls().together().send()).await;
    let headers = ["cookie", "x-key", "authorization"].map(|name| sent.header(name));
    assert_eq!(headers, [Some("session=s"), Some("k"), Some("Bearer o")]);
}

#[tokio::test]
async fn of_alternatives_the_first_complete_one_is_sent() {
    let key = builder().credential(security::KEY_2, "k");
    let sent_by_token = sent(key, |client| client.calls().either().send()).await;
    assert_eq!(sent_by_token.header("authorization"), Some("Bearer abc"));
    assert_eq!(sent_by_token.header("x-key"), None);
    let both = builder().credential(security::KEY_2, "k").basic(security::LOGIN, "a", "b");
    let sent_by_both = sent(both, |client| client.calls().either().send()).await;
    assert_eq!(sent_by_both.header("authorization"), Some("Basic YTpi"));
    assert_eq!(sent_by_both.header("x-key"), Some("k"));
}

#[tokio::test]
async fn where_everybody_may_call_nothing_is_needed() {
    let open = sent(Client::builder(), |client| client.calls().open().send()).await;
    assert_eq!(open.header("authorization"), None);
    let open = sent(builder(), |client| client.calls().open().send()).await;
    assert_eq!(open.header("authorization"), None);
    let optional = sent(Client::builder(), |client| client.calls().optional().send()).await;
    assert_eq!(optional.header("authorization"), None);
    let optional = sent(builder(), |client| client.calls().optional().send()).await;
    assert_eq!(optional.header("authorization"), Some("Bearer abc"));
}

#[tokio::test]
async fn a_call_that_lacks_credentials_is_not_sent() {
    let message = refused(Client::builder(), |client| client.calls().bearer().send()).await;
    assert!(message.contains("`.credential(security::TOKEN, secret)`"), "{message}");
    let message = refused(builder(), |client| client.calls().together().send()).await;
    for scheme in ["KEY_2", "OAUTH", "SESSION"] {
        assert!(message.contains(&format!("security::{scheme}")), "{message}");
    }
}

#[tokio::test]
async fn what_a_server_repeats_is_taken_out() {
    let (endpoint, server) = server::serve(401, "text/plain", "no QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    let builder = Client::builder().basic(security::LOGIN, "Aladdin", "open sesame");
    let client = builder.endpoint(endpoint).build().unwrap();
    let error = client.calls().basic().send().await.unwrap_err();
    assert_eq!(error.api().unwrap().message(), "no [redacted]");
    assert!(!format!("{client:?}").contains("open sesame"));
    server.join().unwrap();
}
