//! Connections that end at every place and in every way, for every kind of call.

use crate::call::{Call, Effect, assert_broken, chunked, head, ok};
use crate::server::{Kept, Server, Step, http};

/// The place at which a connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    BeforeTheRequest,
    WithinTheRequest,
    AfterTheRequest,
    WithinTheStatus,
    WithinTheHeaders,
    BeforeTheLastLineOfTheHead,
    AfterTheHead,
    WithinTheBody,
    BeforeTheLastByte,
    AfterTheHeadOfChunks,
    WithinTheSizeOfAChunk,
    WithinAChunk,
    BetweenChunks,
    BeforeTheLastChunk,
    WithinTheLastChunk,
    AfterTheBody,
    AfterTheChunks,
}

/// How far the request got, as far as the client can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Unanswered,
    Accepted,
    Whole,
}

impl Place {
    const ALL: [Self; 17] = [
        Self::BeforeTheRequest,
        Self::WithinTheRequest,
        Self::AfterTheRequest,
        Self::WithinTheStatus,
        Self::WithinTheHeaders,
        Self::BeforeTheLastLineOfTheHead,
        Self::AfterTheHead,
        Self::WithinTheBody,
        Self::BeforeTheLastByte,
        Self::AfterTheHeadOfChunks,
        Self::WithinTheSizeOfAChunk,
        Self::WithinAChunk,
        Self::BetweenChunks,
        Self::BeforeTheLastChunk,
        Self::WithinTheLastChunk,
        Self::AfterTheBody,
        Self::AfterTheChunks,
    ];

    fn stage(self) -> Stage {
        match self {
            Self::BeforeTheRequest
            | Self::WithinTheRequest
            | Self::AfterTheRequest
            | Self::WithinTheStatus
            | Self::WithinTheHeaders
            | Self::BeforeTheLastLineOfTheHead => Stage::Unanswered,
            Self::AfterTheBody | Self::AfterTheChunks => Stage::Whole,
            _ => Stage::Accepted,
        }
    }

    /// The steps of the server up to this place.
    fn steps(self, answer: &str) -> Vec<Step> {
        let (whole, chunks) = (ok(answer), chunked(answer));
        let body = whole.len() - answer.len();
        let first = chunks.find("\r\n\r\n").unwrap() + 4;
        let second = first + answer.len() / 2 + chunks[first..].find("\r\n").unwrap() + 4;
        let written = match self {
            Self::BeforeTheRequest => return Vec::new(),
            Self::WithinTheRequest => return vec![Step::Glance],
            Self::AfterTheRequest => "",
            Self::WithinTheStatus => &whole[..10],
            Self::WithinTheHeaders => &whole[..head().len() - 20],
            Self::BeforeTheLastLineOfTheHead => &whole[..body - 2],
            Self::AfterTheHead => &whole[..body],
            Self::WithinTheBody => &whole[..body + 4],
            Self::BeforeTheLastByte => &whole[..whole.len() - 1],
            Self::AfterTheHeadOfChunks => &chunks[..first],
            Self::WithinTheSizeOfAChunk => &chunks[..first + 1],
            Self::WithinAChunk => &chunks[..second - 4],
            Self::BetweenChunks => &chunks[..second],
            Self::BeforeTheLastChunk => &chunks[..chunks.len() - 5],
            Self::WithinTheLastChunk => &chunks[..chunks.len() - 2],
            Self::AfterTheBody => &whole,
            Self::AfterTheChunks => &chunks,
        };
        vec![Step::Read, Step::write(written)]
    }
}

/// The ways in which a connection ends.
const ENDS: [&[Step]; 2] = [&[], &[Step::Reset]];

/// Makes a call to a server that ends its first connection at `place` and responds on the second. Checks retries and errors.
async fn assert_told(case: &str, call: Call, place: Place, server: &Server, http: &Http) {
    let seam = server.client(&http.client);
    if http.kept == Kept::Yes {
        // This call uses the connection that is about to end.
        call.send(&seam).await.unwrap();
        // Lets the HTTP client return the connection to its pool.
        for _ in 0..10 {
            tokio::task::yield_now().await;
        }
    }
    let outcome = call.send(&seam).await;
    let repeated = match (place.stage(), call.effect()) {
        (Stage::Whole, _) | (_, Effect::Write) | (Stage::Accepted, Effect::Idempotent) => 0,
        (_, Effect::Read) | (Stage::Unanswered, Effect::Idempotent) => 1,
    };
    assert_eq!(server.connections(), 1 + repeated, "{case}: {outcome:?}");
    if repeated > 0 || place.stage() == Stage::Whole {
        let attempts = outcome.unwrap_or_else(|error| panic!("{case}: {error:?}"));
        assert_eq!(attempts as usize, 1 + repeated, "{case}");
        return;
    }
    let error = outcome.unwrap_err();
    assert_eq!(error.attempts(), 1, "{case}");
    assert_broken(&error, place.stage() == Stage::Accepted, case);
}

/// The HTTP client, and whether it keeps connections alive.
struct Http {
    client: seam_client::reqwest::Client,
    kept: Kept,
}

impl Http {
    fn new(kept: Kept) -> Self {
        Self { client: http(kept), kept }
    }
}

#[tokio::test]
async fn a_call_says_how_far_it_got_wherever_its_connection_ends() {
    let (http, mut cases) = (Http::new(Kept::No), 0);
    for place in Place::ALL {
        for end in ENDS {
            for call in Call::ALL {
                let case = format!("{place:?}, {end:?}, {call:?}");
                let script = [place.steps(call.answer()), end.to_vec()].concat();
                let again = vec![Step::Read, Step::write(ok(call.answer()))];
                let server = Server::start([script, again]).await;
                assert_told(&case, call, place, &server, &http).await;
                cases += 1;
            }
        }
    }
    assert_eq!(cases, 170);
}

#[tokio::test]
async fn it_does_so_on_a_connection_that_was_kept_too() {
    let (http, mut cases) = (Http::new(Kept::Yes), 0);
    for place in Place::ALL {
        // That place is a race with a kept-alive connection: see `races.rs`.
        if place == Place::BeforeTheRequest {
            continue;
        }
        for end in ENDS {
            for call in Call::ALL {
                let case = format!("kept, {place:?}, {end:?}, {call:?}");
                let answered = vec![Step::Read, Step::write(ok(call.answer()))];
                let script = [answered.clone(), place.steps(call.answer()), end.to_vec()].concat();
                let server = Server::start([script, answered]).await;
                assert_told(&case, call, place, &server, &http).await;
                cases += 1;
            }
        }
    }
    assert_eq!(cases, 160);
}
