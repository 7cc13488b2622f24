//! Credentials by scheme: what is sent, and what is refused.

use super::*;
use crate::operation::{Effect, Method, ResponseShape};
use crate::request::EncodedRequest;

const TOKEN: Scheme = Scheme::bearer("TOKEN");
const LOGIN: Scheme = Scheme::basic("LOGIN");
const OTHER: Scheme = Scheme::http("OTHER", "Token");
const KEY: Scheme = Scheme::header("KEY", "x-key");
const PARAMETER: Scheme = Scheme::query("PARAMETER", "key");
const SESSION: Scheme = Scheme::cookie("SESSION", "session");

type Ways = &'static [&'static [Scheme]];

fn operation(security: Ways) -> Operation {
    Operation {
        path: "/things",
        methods: &[Method::GET],
        effect: Effect::Read,
        response: ResponseShape::Nothing,
        security,
    }
}

fn secret(scheme: Scheme, secret: &str) -> CredentialInputs {
    let mut given = CredentialInputs::default();
    given.secret(scheme, secret);
    given
}

fn login(name: &str, password: &str) -> CredentialInputs {
    let mut given = CredentialInputs::default();
    given.login(LOGIN, name, password);
    given
}

/// What is sent to an operation.
fn sent(given: CredentialInputs, security: Ways) -> EncodedRequest {
    let mut wire = EncodedRequest::default();
    given.settle(None).unwrap().add_to(&operation(security), &mut wire).unwrap();
    wire
}

fn refused(given: CredentialInputs) -> String {
    given.settle(None).map(|_| ()).unwrap_err().to_string()
}

#[test]
fn each_kind_is_sent_where_it_belongs() {
    const WAYS: [Ways; 5] = [&[&[TOKEN]], &[&[OTHER]], &[&[LOGIN]], &[&[KEY]], &[&[SESSION]]];
    let aladdin = "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==";
    let given = [
        (secret(TOKEN, "abc"), "authorization", "Bearer abc"),
        (secret(OTHER, "abc"), "authorization", "Token abc"),
        (login("Aladdin", "open sesame"), "authorization", aladdin),
        (secret(KEY, "a b"), "x-key", "a b"),
        (secret(SESSION, "a=/+%"), "cookie", "session=a=/+%"),
    ];
    for ((given, header, value), security) in given.into_iter().zip(WAYS) {
        let wire = sent(given, security);
        assert_eq!(wire.headers[header], value);
        assert!(wire.headers[header].is_sensitive());
        assert_eq!((wire.headers.len(), wire.query), (1, None));
    }
    assert_eq!(sent(secret(PARAMETER, "a&b"), &[&[PARAMETER]]).query.unwrap(), "key=a%26b");
}

#[test]
fn what_cannot_be_sent_is_refused_at_once() {
    for (given, expected) in [
        (secret(KEY, " "), "what is given for security::KEY is empty"),
        (secret(KEY, "hidden\n"), "a header cannot hold line breaks"),
        (secret(SESSION, "hidden;hidden"), "a cookie cannot hold"),
        (secret(TOKEN, "bearer hidden"), "begins with `Bearer`; leave that out"),
        (secret(LOGIN, "hidden"), "call `.basic(security::LOGIN, name, password)`"),
        (login("hid:den", "hidden"), "a user name with a colon"),
        (login("", ""), "is empty"),
    ] {
        let message = refused(given);
        assert!(message.contains(expected), "{message}");
        assert!(!message.contains("hidden"), "{message}");
    }
    let mut given = CredentialInputs::default();
    given.login(KEY, "name", "hidden");
    let message = refused(given);
    assert!(message.contains("call `.credential(security::KEY, secret)`"), "{message}");
}

#[test]
fn what_is_given_again_replaces_what_was() {
    let mut given = secret(KEY, "first");
    given.secret(KEY, "second");
    assert_eq!(sent(given, &[&[KEY]]).headers["x-key"], "second");
}

#[test]
fn the_first_complete_way_is_taken() {
    let mut given = secret(KEY, "k");
    given.secret(TOKEN, "t");
    given.secret(SESSION, "s");
    let wire = sent(given, &[&[KEY, LOGIN], &[SESSION, KEY], &[TOKEN]]);
    assert_eq!((wire.headers["x-key"].as_bytes(), wire.headers.len()), (&b"k"[..], 2));
    assert_eq!(wire.headers["cookie"], "session=s");
}

#[test]
fn what_is_given_is_sent_where_it_is_not_needed_but_known() {
    let wire = sent(secret(TOKEN, "t"), &[&[], &[TOKEN]]);
    assert_eq!(wire.headers["authorization"], "Bearer t");
    const OPEN: [Ways; 2] = [&[], &[&[], &[TOKEN]]];
    for security in OPEN {
        assert_eq!(sent(secret(KEY, "k"), security).headers.len(), 0);
    }
}

#[test]
fn what_is_missing_is_told_with_every_way_to_give_it() {
    let credentials = secret(KEY, "hidden").settle(None).unwrap();
    let operation = operation(&[&[KEY, LOGIN], &[TOKEN]]);
    let error = credentials.add_to(&operation, &mut EncodedRequest::default()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "/things needs credentials that the client does not have; give its builder `.credential(security::KEY, secret)` \
         together with `.basic(security::LOGIN, name, password)`, or `.credential(security::TOKEN, secret)`"
    );
}

#[test]
fn no_secret_shows_in_any_form() {
    let credentials = login("someone", "pass/word").settle(None).unwrap();
    let texts = "pass/word pass%2Fword pass\\/word c29tZW9uZTpwYXNzL3dvcmQ= someone";
    assert_eq!(credentials.scrub(texts), "[redacted] [redacted] [redacted] [redacted] someone");
    let credentials = login("key-for-a-name", "").settle(None).unwrap();
    assert_eq!(credentials.scrub("key-for-a-name"), "[redacted]");
    assert_eq!(credentials.kind(), "LOGIN");
}

#[test]
fn a_scheme_and_a_token_are_one_too_many() {
    let builder = crate::Seam::builder().credential(KEY, "k").api_key("seam_k1_hidden");
    let message = builder.build().unwrap_err().to_string();
    assert!(message.contains("security::KEY") && message.contains(".api_key(key)"), "{message}");
}

#[test]
fn there_is_no_workspace_to_choose_with_a_scheme() {
    let credentials = secret(KEY, "k").settle(None).unwrap().with_workspace("w");
    let error =
        credentials.add_to(&operation(&[&[KEY]]), &mut EncodedRequest::default()).unwrap_err();
    assert!(error.to_string().contains(".personal_access_token"), "{error}");
}
