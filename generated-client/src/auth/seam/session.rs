//! Logging in: a publishable key and a user are exchanged for a client session.

use std::borrow::Cow;

use super::{Kind, Secret, Token, With};
use crate::auth::Credentials;
use crate::client::Seam;
use crate::error::Error;
use crate::json::{self, Field, Fields, Json, Slot, Text, TextOutcome, View};
use crate::operation::{Effect, Method, Operation, ResponseShape};
use crate::response::PendingRequest;

static GET_OR_CREATE: Operation = Operation {
    path: "/client_sessions/get_or_create",
    methods: &[Method::POST],
    effect: Effect::Idempotent,
    response: ResponseShape::Key(Field::essential("client_session")),
    security: &[],
};

/// The client with a client session, if it has a publishable key; else the client as it is.
pub(crate) async fn log_in(client: Seam) -> Result<Seam, Error> {
    let Some(Token { text: key, with: With::User(user), .. }) = client.inner().credentials.token()
    else {
        return Ok(client);
    };
    let user = User { key: user.reveal().to_owned() };
    let session: Session = PendingRequest::new(client.clone(), &GET_OR_CREATE).send(&user).await?;
    let (kind, with) = (Kind::ClientSessionToken, With::Exchanged(key.clone()));
    let token = Token { kind, text: Secret::new(session.token.0), with };
    Ok(client.with_credentials(Credentials::of_token(token)?))
}

/// What is sent.
struct User {
    key: String,
}

impl json::Body for User {
    fn fields<'a>(&'a self, fields: &mut Fields<'a>) {
        fields.add("user_identifier_key", &self.key);
    }
}

/// What is answered, as far as it is of interest. It is not logged in without a token.
struct Session {
    token: SessionToken,
}

json::object!(Session {
    0 => token: essential("token"),
});

/// The token of a client session, which is no other text.
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
        if Kind::of(text) != Some(Kind::ClientSessionToken) || super::check_text("", text).is_err()
        {
            return TextOutcome::Refused;
        }
        text.clone_into(&mut self.0);
        TextOutcome::Known
    }

    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.0)
    }
}
