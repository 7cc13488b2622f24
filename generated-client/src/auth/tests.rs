//! Credentials for security schemes: what is sent, and what is refused.

use super::{CredentialInputs, CredentialScope};
use crate::operation::{Effect, OperationInfo, ResponseShape, Scheme, Security};
use crate::request::EncodedRequest;

const TOKEN: Scheme = Scheme::bearer("TOKEN");
const LOGIN: Scheme = Scheme::basic("LOGIN");
const OTHER: Scheme = Scheme::http("OTHER", "Token");
const KEY: Scheme = Scheme::header("KEY", "x-key");
const PARAMETER: Scheme = Scheme::query("PARAMETER", "key");
const SESSION: Scheme = Scheme::cookie("SESSION", "session");

type Alternatives = &'static [&'static [Scheme]];

fn operation(security: Alternatives) -> OperationInfo {
    raw(Security::Alternatives(security))
}

fn raw(security: Security) -> OperationInfo {
    let response = &ResponseShape::Nothing;
    OperationInfo { path: "/things", effect: Effect::Read, response, security }
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

/// The request to an operation with these security alternatives.
fn sent(given: CredentialInputs, security: Alternatives) -> EncodedRequest {
    let mut wire = EncodedRequest::default();
    given.resolve().unwrap().add_to(&operation(security), &mut wire).unwrap();
    wire
}

fn refused(given: CredentialInputs) -> String {
    given.resolve().map(|_| ()).unwrap_err().to_string()
}

#[test]
fn each_kind_of_scheme_is_sent_in_its_location() {
    const WAYS: [Alternatives; 5] =
        [&[&[TOKEN]], &[&[OTHER]], &[&[LOGIN]], &[&[KEY]], &[&[SESSION]]];
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
fn credentials_that_cannot_be_sent_are_rejected_at_once() {
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
fn a_second_secret_for_a_scheme_replaces_the_first() {
    let mut given = secret(KEY, "first");
    given.secret(KEY, "second");
    assert_eq!(sent(given, &[&[KEY]]).headers["x-key"], "second");
}

#[test]
fn the_first_complete_alternative_is_used() {
    let mut given = secret(KEY, "k");
    given.secret(TOKEN, "t");
    given.secret(SESSION, "s");
    let wire = sent(given, &[&[KEY, LOGIN], &[SESSION, KEY], &[TOKEN]]);
    assert_eq!((wire.headers["x-key"].as_bytes(), wire.headers.len()), (&b"k"[..], 2));
    assert_eq!(wire.headers["cookie"], "session=s");
}

#[test]
fn credentials_are_sent_where_they_are_optional() {
    let wire = sent(secret(TOKEN, "t"), &[&[], &[TOKEN]]);
    assert_eq!(wire.headers["authorization"], "Bearer t");
    const OPEN: [Alternatives; 2] = [&[], &[&[], &[TOKEN]]];
    for security in OPEN {
        assert_eq!(sent(secret(KEY, "k"), security).headers.len(), 0);
    }
}

#[test]
fn an_error_lists_the_missing_credentials_and_how_to_give_them() {
    let credentials = secret(KEY, "hidden").resolve().unwrap();
    let operation = operation(&[&[KEY, LOGIN], &[TOKEN]]);
    let error = credentials.add_to(&operation, &mut EncodedRequest::default()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "/things needs credentials that the client does not have; give its builder `.credential(security::KEY, secret)` \
         together with `.basic(security::LOGIN, name, password)`, or `.credential(security::TOKEN, secret)`"
    );
}

#[test]
fn secrets_are_redacted_in_every_form() {
    let credentials = login("someone", "pass/word").resolve().unwrap();
    let texts = "pass/word pass%2Fword pass\\/word c29tZW9uZTpwYXNzL3dvcmQ= someone";
    assert_eq!(
        credentials.redactor().redact(texts),
        "[redacted] [redacted] [redacted] [redacted] someone"
    );
    let credentials = login("key-for-a-name", "").resolve().unwrap();
    assert_eq!(credentials.redactor().redact("key-for-a-name"), "[redacted]");
    assert_eq!(credentials.kind(), "LOGIN");
}

#[test]
fn schemes_leave_no_choice_of_scope() {
    let scope = CredentialScope { id: "a".to_owned(), unsupported: "there is no choice" };
    for given in [secret(KEY, "k"), CredentialInputs::default()] {
        let credentials = given.resolve().unwrap().with_scope(scope.clone());
        let error = credentials.add_to(&operation(&[&[KEY]]), &mut EncodedRequest::default());
        assert_eq!(error.unwrap_err().to_string(), "there is no choice");
    }
}

#[test]
fn a_request_that_no_document_describes_is_sent_all_credentials() {
    let mut given = secret(TOKEN, "abc");
    given.secret(KEY, "k");
    let (mut wire, credentials) = (EncodedRequest::default(), given.resolve().unwrap());
    credentials.add_to(&raw(Security::AsGiven), &mut wire).unwrap();
    assert_eq!(wire.headers["authorization"], "Bearer abc");
    assert_eq!(wire.headers["x-key"], "k");
    let nothing = CredentialInputs::default().resolve().unwrap();
    nothing.add_to(&raw(Security::AsGiven), &mut EncodedRequest::default()).unwrap();
}
