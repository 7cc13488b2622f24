//! Connections that the server closes just as the next call reuses them.

use seam_client::Error;

use crate::call::{Call, Effect, ok};
use crate::server::{Kept, Server, Step, http};

const ROUNDS: usize = 12;

#[tokio::test]
async fn no_race_for_a_kept_connection_sends_a_call_twice_or_loses_one() {
    let http = http(Kept::Yes);
    let (mut cases, mut broken) = (0, 0);
    for end in [&[][..], &[Step::Reset]] {
        for call in Call::ALL {
            for pause in 0..ROUNDS {
                // The server yields before it closes, and the client before it calls again, so that either may come first.
                let answered =
                    [Step::Read, Step::write(ok(call.answer())), Step::Yield(ROUNDS / 2)];
                let server = Server::same([&answered, end].concat()).await;
                let seam = server.client(&http);
                call.send(&seam).await.unwrap();
                for _ in 0..pause {
                    tokio::task::yield_now().await;
                }
                let outcome = call.send(&seam).await;
                let seen = server.requests().len() - 1;
                match (call.effect(), outcome) {
                    (_, Ok(_)) => assert_eq!(seen, 1, "{call:?}"),
                    (Effect::Write, Err(error)) => {
                        assert!(matches!(error, Error::Transport(_)), "{error:?}");
                        assert!(error.was_sent() && error.attempts() == 1, "{error:?}");
                        assert_eq!(seen, 0, "{error:?}");
                        broken += 1;
                    }
                    (_, Err(error)) => panic!("{call:?}: {error:?}"),
                }
                cases += 1;
            }
        }
    }
    assert_eq!(cases, 120);
    eprintln!("{broken} writes found their connection closed");
}
