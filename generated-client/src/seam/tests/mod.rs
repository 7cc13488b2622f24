//! The kinds of tokens, and the messages about tokens in the wrong place.

mod environment;

use super::kind::Kind;
use super::token::{Token, With};
use crate::operation::{Effect, OperationInfo, ResponseShape, Scheme, Security};
use crate::redact::Secret;
use crate::request::EncodedRequest;
use crate::{Seam, SeamBuilder};

fn refused(builder: SeamBuilder) -> String {
    let message = builder.build().unwrap_err().to_string();
    assert!(!message.contains("hidden"), "{message}");
    message
}

#[test]
fn a_token_in_the_place_of_another_is_told_where_it_belongs() {
    const TOKENS: [(&str, &str); 5] = [
        ("seam_k1_hidden", ".api_key(key)"),
        ("seam_at1_hidden", ".personal_access_token(token, workspace_id)"),
        ("seam_cst1_hidden", ".client_session_token(token)"),
        ("seam_pk1_hidden", ".publishable_key(key, user_identifier_key)"),
        ("eyhidden.a.b", ".console_session_token(token, workspace_id)"),
    ];
    let ways: [fn(&str) -> SeamBuilder; 5] = [
        |token| Seam::builder().api_key(token),
        |token| Seam::builder().personal_access_token(token, "w1"),
        |token| Seam::builder().client_session_token(token),
        |token| Seam::builder().publishable_key(token, "u1"),
        |token| Seam::builder().console_session_token(token, "w1"),
    ];
    for (wanted, way) in ways.iter().enumerate() {
        for (found, (token, method)) in TOKENS.into_iter().enumerate() {
            if found == wanted {
                assert!(way(token).set_up().is_ok(), "{token}");
            } else {
                let message = refused(way(token));
                assert!(message.contains(&format!("pass it to `{method}`")), "{message}");
            }
        }
        let message = refused(way("sk_live_hidden"));
        assert!(message.contains("begins with `"), "{message}");
        for (text, expected) in [
            ("", "is empty"),
            (" ", "is empty"),
            (" seam_hidden", "white space"),
            ("seam_hidd\u{e9}n", "a header cannot hold"),
        ] {
            let message = refused(way(text));
            assert!(message.contains(expected), "{message}");
        }
    }
}

#[test]
fn the_variables_to_change_are_told() {
    let message = refused(Seam::builder().api_key("seam_at1_hidden"));
    let expected = "set SEAM_PERSONAL_ACCESS_TOKEN and SEAM_WORKSPACE_ID instead of SEAM_API_KEY";
    assert!(message.contains(expected), "{message}");
}

#[test]
fn half_a_token_is_told() {
    for (builder, prefix) in [
        (Seam::builder().api_key("seam_"), "`seam_`"),
        (Seam::builder().personal_access_token_without_workspace("seam_at"), "`seam_at`"),
    ] {
        let message = refused(builder);
        assert!(message.contains(prefix) && message.contains("copy the whole"), "{message}");
    }
}

#[test]
fn what_belongs_to_a_token_is_checked_too() {
    for (workspace, expected) in [(" ", "is empty"), ("w\r\n1", "has white space")] {
        let message = refused(Seam::builder().personal_access_token("seam_at1_hidden", workspace));
        assert!(message.contains(&format!("the workspace id {expected}")), "{message}");
    }
    let message = refused(Seam::builder().publishable_key("seam_pk1_hidden", " "));
    assert!(message.contains("the user identifier key is empty"), "{message}");
}

#[test]
fn a_publishable_key_alone_makes_no_client() {
    let message = refused(Seam::builder().publishable_key("seam_pk1_hidden", "hidden"));
    assert!(message.contains("`.connect().await` instead of `.build()`"), "{message}");
}

#[test]
fn two_tokens_are_one_too_many_and_the_last_of_a_kind_counts() {
    let builder =
        Seam::builder().api_key("seam_k1_hidden").client_session_token("seam_cst1_hidden");
    let message = refused(builder);
    let expected = "keep one of `.api_key(key)` and `.client_session_token(token)`";
    assert!(message.contains(expected), "{message}");
    assert!(Seam::builder().api_key("wrong").api_key("seam_k1_hidden").build().is_ok());
}

#[test]
fn what_an_operation_is_described_to_accept_depends_on_the_workspace_too() {
    const API_KEY: Scheme = Scheme::bearer("API_KEY");
    const PAT_WITH_WORKSPACE: Scheme = Scheme::bearer("PAT_WITH_WORKSPACE");
    const PAT_WITHOUT_WORKSPACE: Scheme = Scheme::bearer("PAT_WITHOUT_WORKSPACE");
    let token = |kind| Token { kind, text: Secret::new("x"), with: With::Nothing };
    let (key, personal) = (token(Kind::ApiKey), token(Kind::PersonalAccessToken));
    let usual = operation(&[&[PAT_WITH_WORKSPACE], &[API_KEY]]);
    let other = operation(&[&[PAT_WITHOUT_WORKSPACE]]);
    assert!(key.is_listed(None, &usual) && personal.is_listed(Some("w1"), &usual));
    assert!(!personal.is_listed(None, &usual));
    assert!(personal.is_listed(None, &other) && !key.is_listed(None, &other));
    assert!(key.is_listed(None, &operation(&[])));
}

fn operation(security: &'static [&'static [Scheme]]) -> OperationInfo {
    OperationInfo {
        path: "/",
        effect: Effect::Read,
        response: &ResponseShape::Nothing,
        security: Security::Alternatives(security),
    }
}

const SCHEME: Scheme = Scheme::header("KEY", "x-key");

#[test]
fn a_scheme_and_a_token_are_rejected() {
    let message = refused(Seam::builder().credential(SCHEME, "k").api_key("seam_k1_hidden"));
    assert!(message.contains("security::KEY") && message.contains(".api_key(key)"), "{message}");
}

#[test]
fn a_scheme_leaves_no_choice_of_a_workspace() {
    let seam = Seam::builder().credential(SCHEME, "k").build().unwrap().with_workspace("w");
    let operation = operation(&[&[SCHEME]]);
    let credentials = &seam.context().credentials;
    let error = credentials.add_to(&operation, &mut EncodedRequest::default()).unwrap_err();
    assert!(error.to_string().contains(".personal_access_token"), "{error}");
}
