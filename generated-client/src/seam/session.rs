//! Exchanges a publishable key and a user for a client session.

use std::any::Any;
use std::borrow::Cow;
use std::sync::Arc;

use super::kind::Kind;
use super::token::{Token, With, check_text};
use crate::auth::ApiCredential;
use crate::client::Client as Seam;
use crate::error::Error;
use crate::execute::Context;
use crate::json::{self, Field, Fields, Json, Slot, Text, TextOutcome, View};
use crate::operation::{Effect, Method, Operation, ResponseShape};
use crate::redact::Secret;

static GET_OR_CREATE: Operation = Operation {
    path: "/client_sessions/get_or_create",
    methods: &[Method::POST],
    effect: Effect::Idempotent,
    response: ResponseShape::Key(Field::essential("client_session")),
    security: &[],
};

/// Exchanges the publishable key of a client for a client session. A client with other credentials stays as it is.
pub(super) async fn log_in(client: Seam) -> Result<Seam, Error> {
    let authenticator = client.context().credentials.authenticator();
    let token = authenticator.and_then(|held| (held as &dyn Any).downcast_ref::<Token>());
    let Some(Token { text: key, with: With::User(user), .. }) = token else {
        return Ok(client);
    };
    let user = User { key: user.reveal().to_owned() };
    let session: Session = client.call(&GET_OR_CREATE).send(&user).await?;
    let (kind, with) = (Kind::ClientSessionToken, With::Exchanged(key.clone()));
    let token = Token { kind, text: Secret::new(session.token.0), with };
    let context = Context::clone(client.context());
    Ok(Seam::new(Context { credentials: Arc::new(token).resolve()?, ..context }))
}

/// The parameters of the exchange.
struct User {
    key: String,
}

impl json::Body for User {
    fn fields<'a>(&'a self, fields: &mut Fields<'a>) {
        fields.add("user_identifier_key", &self.key);
    }
}

/// The response, of which only the token is needed.
struct Session {
    token: SessionToken,
}

json::object!(Session {
    0 => token: essential("token"),
});

/// The token of a client session. Other texts are rejected.
struct SessionToken(String);

impl Json for SessionToken {
    fn neutral() -> Self {
        Self(String::new())
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Text(self)
    }

    fn view(&self) -> View<'_> {
        View::String(self.text())
    }
}

impl Text for SessionToken {
    fn expected(&self) -> &'static str {
        "a client session token"
    }

    fn set(&mut self, text: &str) -> TextOutcome {
        if Kind::of(text) != Some(Kind::ClientSessionToken) || check_text("", text).is_err() {
            return TextOutcome::Refused;
        }
        text.clone_into(&mut self.0);
        TextOutcome::Known
    }

    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.0)
    }
}
