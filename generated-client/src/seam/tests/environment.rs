//! Options and environment variables, without touching those of the process.

use std::time::Duration;

use crate::error::InvalidOptionsError;
use crate::operation::{Effect, Operation, ResponseShape};
use crate::request::EncodedRequest;
use crate::seam::environment::Environment;
use crate::{Seam, SeamBuilder};

fn build(builder: SeamBuilder, variables: &[(&str, &str)]) -> Result<Seam, InvalidOptionsError> {
    let variables: Vec<_> =
        variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let get = move |name: &str| {
        let found = variables.iter().find(|(variable, _)| variable == name);
        found.map(|(_, value)| value.clone())
    };
    builder.defaults(Environment(get)).set_up()
}

/// The header `name` of a call.
fn header(seam: &Seam, name: &str) -> Option<String> {
    static OPERATION: Operation = Operation {
        path: "/",
        methods: &[],
        effect: Effect::Read,
        response: ResponseShape::Nothing,
        security: &[],
    };
    let (mut wire, credentials) = (EncodedRequest::default(), &seam.context().credentials);
    credentials.add_to(&OPERATION.info(), &mut wire).unwrap();
    let header = wire.headers.get(name).or_else(|| credentials.headers().get(name));
    Some(header?.to_str().unwrap().to_owned())
}

fn authorization(seam: &Seam) -> String {
    header(seam, "authorization").unwrap()
}

#[test]
fn an_api_key_comes_from_the_environment() {
    let seam = build(Seam::builder(), &[("SEAM_API_KEY", "seam_k1_secret")]).unwrap();
    assert_eq!(authorization(&seam), "Bearer seam_k1_secret");
    assert_eq!(header(&seam, "seam-workspace"), None);
    assert_eq!(seam.context().endpoint.as_str(), "https://connect.getseam.com");
    assert_eq!(seam.context().options.time_limit(), Duration::from_secs(30));
}

#[test]
fn a_personal_access_token_comes_with_its_workspace() {
    let token = ("SEAM_PERSONAL_ACCESS_TOKEN", "seam_at1_secret");
    let seam = build(Seam::builder(), &[token, ("SEAM_WORKSPACE_ID", "w1")]).unwrap();
    assert_eq!(authorization(&seam), "Bearer seam_at1_secret");
    assert_eq!(header(&seam, "seam-workspace").unwrap(), "w1");
    let message = build(Seam::builder(), &[token]).unwrap_err().to_string();
    assert!(message.contains("SEAM_WORKSPACE_ID is not"), "{message}");
}

#[test]
fn blank_counts_as_unset() {
    let blank = [("SEAM_API_KEY", " "), ("SEAM_PERSONAL_ACCESS_TOKEN", ""), ("SEAM_ENDPOINT", "")];
    let message = build(Seam::builder(), &blank).unwrap_err().to_string();
    assert!(message.contains("there are no credentials"), "{message}");
    assert!(build(Seam::builder().api_key("seam_k1_secret"), &blank).is_ok());
}

#[test]
fn two_kinds_of_credentials_in_the_environment_are_rejected() {
    let both = [
        ("SEAM_API_KEY", "seam_k1_secret"),
        ("SEAM_PERSONAL_ACCESS_TOKEN", "seam_at1_secret"),
        ("SEAM_WORKSPACE_ID", "w1"),
    ];
    let message = build(Seam::builder(), &both).unwrap_err().to_string();
    assert!(message.contains("unset one of them"), "{message}");
    assert!(!message.contains("secret"), "{message}");

    let seam = build(Seam::builder().api_key("seam_k2_secret"), &both).unwrap();
    assert_eq!(authorization(&seam), "Bearer seam_k2_secret");
    let explicit = Seam::builder().personal_access_token("seam_at2_secret", "w2");
    let seam = build(explicit, &both).unwrap();
    assert_eq!(authorization(&seam), "Bearer seam_at2_secret");
    assert_eq!(header(&seam, "seam-workspace").unwrap(), "w2");

    let explicit = Seam::builder().api_key("seam_k").personal_access_token("seam_at1_s", "w1");
    let message = build(explicit, &[]).unwrap_err().to_string();
    assert!(message.contains("keep one of"), "{message}");
}

#[test]
fn the_default_endpoint_is_reached_by_tls() {
    let seam = build(Seam::builder(), &[("SEAM_API_KEY", "seam_k1_secret")]).unwrap();
    let endpoint = seam.context().endpoint.as_str();
    assert!(endpoint.starts_with("https://"), "{endpoint}");
}

#[test]
fn the_newer_name_of_the_endpoint_wins_and_an_explicit_one_beats_both() {
    let old = ("SEAM_API_URL", "http://127.0.0.1:1/old");
    let new = ("SEAM_ENDPOINT", "http://127.0.0.1:1/new/");
    let key = ("SEAM_API_KEY", "seam_k1_secret");
    let endpoint = |builder, variables: &[_]| {
        build(builder, variables).unwrap().context().endpoint.as_str().to_owned()
    };
    assert_eq!(endpoint(Seam::builder(), &[key, old]), "http://127.0.0.1:1/old");
    assert_eq!(endpoint(Seam::builder(), &[key, old, new]), "http://127.0.0.1:1/new");
    let explicit = Seam::builder().endpoint("http://127.0.0.1:1/explicit");
    assert_eq!(endpoint(explicit, &[key, old, new]), "http://127.0.0.1:1/explicit");
}

#[test]
fn a_time_limit_of_zero_is_rejected() {
    let builder = Seam::builder().api_key("seam_k1_secret").timeout(Duration::ZERO);
    let message = builder.build().unwrap_err().to_string();
    assert!(message.contains("a time limit of zero"), "{message}");
}

#[test]
fn debug_shows_no_secret() {
    let builder = Seam::builder()
        .personal_access_token("seam_at1_secret", "w1")
        .endpoint("https://a.example/prefix");
    assert!(!format!("{builder:?}").contains("secret"));
    let seam = builder.build().unwrap();
    assert_eq!(
        format!("{seam:?}"),
        "Seam { endpoint: \"https://a.example/prefix\", credentials: \"personal access token\", timeout: 30s, .. }"
    );
}

#[test]
fn a_client_can_be_shared_between_threads() {
    fn shared<T: Clone + Send + Sync + 'static>() {}
    shared::<Seam>();
}
