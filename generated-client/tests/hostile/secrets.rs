//! No secret appears in anything that is shown of a call, including the events of the HTTP client.

use std::cell::RefCell;
use std::error::Error as _;
use std::fmt::{self, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use seam_client::ids::DeviceId;
use seam_client::{CallOptions, Error, Seam, SeamBuilder, reqwest, security};
use tracing::field::{Field, Visit};
use tracing::{Event, Metadata, Subscriber, span};

use crate::call::Call;
use crate::http2;
use crate::server::{Kept, Server, Step, http};
use crate::support::{API_KEY, CLIENT_SESSION, TOKEN, WORKSPACE};

/// A part that all secrets of these tests contain.
const MARK: &str = "notforanylog";

/// The collected text of everything that is shown, by any crate and on every level.
#[derive(Clone, Default)]
struct Said(Arc<Mutex<String>>);

impl Visit for Said {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.say(format_args!("{field}={value:?}"));
    }
}

impl Said {
    fn say(&self, text: fmt::Arguments<'_>) {
        writeln!(self.0.lock().unwrap(), "{text}").unwrap();
    }

    /// Adds the `Debug` output of a value.
    fn debug(&self, value: &dyn fmt::Debug) {
        self.say(format_args!("{value:?} {value:#?}"));
    }

    fn error(&self, error: &Error) {
        self.debug(error);
        self.say(format_args!("{error} {error:#}"));
        let mut source = error.source();
        while let Some(error) = source {
            self.say(format_args!("{error} {error:?} {error:#?}"));
            source = error.source();
        }
    }
}

thread_local! {
    /// The collector of this thread.
    static LISTENER: RefCell<Option<Said>> = const { RefCell::new(None) };
}

/// A subscriber for all threads that forwards to the collector of the current thread. `tracing` caches whether a subscriber
/// is interested for the whole process, so a subscriber per thread would not work.
struct Everyone;

fn tell(told: impl FnOnce(&mut Said)) {
    LISTENER.with_borrow_mut(|listener| listener.as_mut().map(told));
}

impl Subscriber for Everyone {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, attributes: &span::Attributes<'_>) -> span::Id {
        tell(|said| {
            said.say(format_args!("{}", attributes.metadata().target()));
            attributes.record(said);
        });
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, values: &span::Record<'_>) {
        tell(|said| values.record(said));
    }

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &Event<'_>) {
        tell(|said| {
            said.say(format_args!("{}", event.metadata().target()));
            event.record(said);
        });
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

/// Each kind of credentials, with its secret.
fn credentials() -> [(&'static str, SeamBuilder); 6] {
    const CONSOLE: &str = "eyJhbGciOi.notforanylog";
    let scheme = security::CLIENT_SESSION_WITH_CUSTOMER;
    [
        (API_KEY, Seam::builder().api_key(API_KEY)),
        (TOKEN, Seam::builder().personal_access_token(TOKEN, WORKSPACE)),
        (TOKEN, Seam::builder().personal_access_token_without_workspace(TOKEN)),
        (CLIENT_SESSION, Seam::builder().client_session_token(CLIENT_SESSION)),
        (CONSOLE, Seam::builder().console_session_token(CONSOLE, WORKSPACE)),
        (CLIENT_SESSION, Seam::builder().credential(scheme, CLIENT_SESSION)),
    ]
}

/// Replies of a server that repeats the secret wherever possible.
fn replies(secret: &str) -> Vec<Vec<Step>> {
    let answer = |status: u16, body: &str| {
        let length = body.len();
        let echo = format!("seam-request-id: {secret}\r\nlocation: https://{secret}/{secret}");
        let head = format!("HTTP/1.1 {status} {secret}\r\n{echo}\r\ncontent-length: {length}");
        vec![Step::Read, Step::write(format!("{head}\r\n\r\n{body}"))]
    };
    let error = format!(
        r#"{{"error":{{"type":"invalid_input","message":"{secret}","data":["{secret}"],"validation_errors":{{"{secret}":{{"_errors":["{secret}"]}}}}}}}}"#
    );
    let device =
        format!(r#"{{"devices":[{{"device_id":"d","custom_metadata":{{"{secret}":[]}}}}]}}"#);
    let mut broken = answer(200, &device);
    if let Some(Step::Write(bytes)) = broken.last_mut() {
        bytes.truncate(bytes.len() - 5);
    }
    vec![
        answer(200, r#"{"devices":[]}"#),
        answer(200, &device),
        answer(200, &format!(r#"{{"devices":"{secret}"}}"#)),
        answer(200, &format!(r#"{{"{secret}":{secret}"#)),
        answer(200, secret),
        answer(302, secret),
        answer(400, &error),
        answer(401, &error),
        answer(404, secret),
        answer(503, &error),
        broken,
        vec![Step::Read, Step::write(format!("HTTP/1.1 {secret}"))],
        vec![Step::Read, Step::Stay],
        vec![Step::Read, Step::Reset],
        vec![],
    ]
}

/// Makes a call, and collects everything that can be shown on the way.
async fn call(said: &Said, seam: &Seam) {
    said.debug(seam);
    let options = CallOptions::new().timeout(Duration::from_millis(100)).header("x-own", API_KEY);
    said.debug(&options);
    let request = seam.devices().list().options(options.clone());
    said.debug(&request);
    said.debug(&request.clone().items());
    said.debug(&request.clone().pages());
    said.debug(&seam.locks().unlock_door("d").wait());
    said.debug(&seam.devices().get(DeviceId::from("d")).send());
    match request.response().await {
        Ok(response) => {
            said.debug(&response);
            said.debug(&response.repairs());
        }
        Err(error) => said.error(&error),
    }
    match seam.locks().unlock_door("d").options(options).wait().await {
        Ok(unlocked) => said.debug(&unlocked),
        Err(error) => said.error(&error),
    }
}

#[tokio::test]
async fn no_secret_is_in_anything_that_is_shown_on_any_level() {
    let said = Said::default();
    tracing::subscriber::set_global_default(Everyone).unwrap();
    LISTENER.set(Some(said.clone()));
    let http = http(Kept::Yes);
    let mut cases = 0;
    for kind in 0..credentials().len() {
        let (secret, _) = credentials()[kind];
        for script in replies(secret) {
            let builder = credentials().into_iter().nth(kind).unwrap().1;
            said.debug(&builder);
            let server = Server::same(script).await;
            call(&said, &server.build(builder, &http)).await;
            cases += 1;
        }
        let server = http2::Server::start(Call::List.answer(), [http2::Reply::Answer]).await;
        let builder = credentials().into_iter().nth(kind).unwrap().1;
        call(&said, &server.build(builder, &http2::http())).await;
        let address = format!("https://{secret}:{secret}@a.example/?{secret}");
        let builder = Seam::builder().api_key(API_KEY).endpoint(address);
        said.error(&builder.build().unwrap_err());
        let builder = Seam::builder().api_key(secret).publishable_key(secret, secret);
        said.error(&builder.build().unwrap_err());
    }
    LISTENER.set(None);
    let said = said.0.lock().unwrap();
    // The crates with the most events were collected.
    for target in ["seam_client", "hyper_util", "h2"] {
        assert!(said.contains(target), "nothing from {target}");
    }
    let shown: Vec<&str> = said.lines().filter(|line| line.contains(MARK)).collect();
    let shown: Vec<String> = shown.iter().map(|line| line.replace(MARK, "…")).collect();
    assert!(shown.is_empty(), "{shown:#?}");
    assert_eq!(cases, 90);
}

#[cfg(feature = "webhooks")]
#[test]
fn neither_a_webhook_nor_what_it_refuses_shows_its_secret() {
    use seam_client::webhooks::Webhook;

    let said = Said::default();
    // This secret is valid base64.
    said.debug(&Webhook::new("whsec_notforanylog").unwrap());
    said.debug(&Webhook::new("whsec_notforanylog!").unwrap_err());
    let headers = reqwest::header::HeaderMap::new();
    let webhook = Webhook::new("whsec_notforanylog").unwrap();
    said.debug(&webhook.verify::<serde_json::Value>(&headers, b"{}").unwrap_err());
    assert!(!said.0.lock().unwrap().contains(MARK));
}

#[cfg(feature = "testing")]
#[tokio::test]
async fn the_fake_does_not_show_what_it_was_sent_either() {
    use seam_client::testing::Fake;

    let said = Said::default();
    for (_, builder) in credentials() {
        let fake = Fake::new();
        let seam = builder.endpoint("https://fake.invalid").fake(&fake).build().unwrap();
        fake.on::<seam_client::api::devices::list::ListRequest>().answer(Vec::new());
        drop(seam.devices().list().send().await);
        said.debug(&fake);
        said.debug(&fake.calls());
    }
    assert!(!said.0.lock().unwrap().contains(MARK));
}
