//! Decides which redirects to follow.

use reqwest::Url;
use reqwest::redirect::{Attempt, Policy};

use crate::fetch::address::{has_credentials, is_https, is_loopback};

/// The maximum number of redirects.
const MOST: usize = 5;

/// Follows at most [`MOST`] redirects, and none away from https, because without it the document could be tampered with.
pub(super) fn policy() -> Policy {
    Policy::custom(|attempt: Attempt| {
        let refusal = match attempt.previous() {
            previous if previous.len() > MOST => {
                Some(format!("these are more than {MOST} redirects"))
            }
            previous => previous.last().and_then(|from| refusal(from, attempt.url())),
        };
        match refusal {
            Some(refusal) => attempt.error(refusal),
            None => attempt.follow(),
        }
    })
}

/// The reason why a redirect is not followed; `None` if it is.
fn refusal(from: &Url, to: &Url) -> Option<String> {
    let host = to.host_str().unwrap_or_default();
    if has_credentials(to) {
        return Some(format!("the address at {host} has credentials"));
    }
    let stays = is_loopback(from) && is_loopback(to) && to.scheme() == "http";
    (!is_https(to) && !stays).then(|| format!("the address at {host} is not https"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_is_never_left() {
        let refused = |from: &str, to: &str| {
            refusal(&from.parse().unwrap(), &to.parse().unwrap()).unwrap_or_default()
        };
        let [away, here] = ["https://example.com/a", "http://127.0.0.1:80/a"];
        for (from, to) in
            [(away, "https://other.example/b"), (here, away), (here, "http://localhost:81/")]
        {
            assert_eq!(refused(from, to), "", "{from} {to}");
        }
        for (from, to, why) in [
            (away, "http://example.com/a", "not https"),
            (here, "http://example.com/a", "not https"),
            (away, here, "not https"),
            (away, "ftp://example.com/a", "not https"),
            (away, "https://me:hidden@example.com/a", "has credentials"),
            (here, "http://me@127.0.0.1/a", "has credentials"),
        ] {
            let said = refused(from, to);
            assert!(said.contains(why) && !said.contains("hidden"), "{from} {to}: {said}");
        }
    }
}
