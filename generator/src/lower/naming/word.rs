//! The words that the rule of names knows: verbs, prepositions, articles and modifiers.

use crate::api::singular;

/// Verbs of operations. A word that more often is a noun (`report`, `order`) is not one of them.
const VERBS: &str = "abort accept acknowledge acquire activate add adjust advance allocate allow analyze announce \
    answer append apply approve archive ask assign attach authenticate authorize ban bind block book \
    bootstrap buy calculate call cancel capture change charge check choose claim clear clone close \
    collect combine commit compare compile complete compose compress compute confirm connect consume \
    continue convert cook copy correct count create crosspost deactivate debit decline decrypt delay \
    delete deliver deny deploy deprovision describe detach detect diff disable discard disconnect \
    dismiss dispatch download draw drop duplicate edit eject eliminate emit empty enable encrypt \
    enqueue enroll enter enumerate escalate estimate evaluate exchange exclude execute exists expand \
    expire explain export expunge extend extract fetch finalize find finish flag flush follow force \
    forget forgive fork generate get give grant guess handle head hide hold ignore impersonate import \
    include increment init initialize insert inspect install intersect invalidate invert invite invoke \
    issue join keep kick label learn leave link list listen load lock login logout lookup lower make \
    manage mark match measure merge migrate modify move mute nominate notify obtain open overwrite \
    parse patch pause pay perform permit pick pin ping play populate post prepare prevent preview \
    print probe process promote provision prune publish pull purchase purge push put query raise reach \
    read reauthorize rebase reboot rebuild recalculate recognize recommend reconcile recover redeem \
    redeliver redirect reduce refresh refund refuse regenerate register regulate reindex reinstate \
    reject relay release reload remind remove rename render renew reopen repeat replace replay \
    replicate reply requeue require rerun rescan resend reserve reset resize resolve respond restart \
    restore resume retire retrieve retry revert revoke rewrite ring roll rollback rotate run satisfy \
    save scale scan scroll search seek select send serve set settle share show shutdown sign simulate \
    skip snooze solve sort spend split start stop store stream submit subscribe suggest suspend swap \
    switch sync synchronize tail take teach tell terminate tick toggle touch track train transcribe \
    transfer transform translate trigger trim try turn unarchive unassign unban unblock undelete undo \
    unfavorite unfollow unfreeze unignore uninstall unlike unlink unlock unmerge unmute unpin \
    unpublish unregister unreserve unschedule unset unshare unstar unsubscribe unsuspend unwatch \
    update upgrade upload upsert use validate verify view visit void vote wait wake walk warn watch \
    wipe withdraw write";

const PREPOSITIONS: [&str; 12] =
    ["as", "at", "by", "for", "from", "in", "into", "of", "on", "to", "via", "with"];
/// The prepositions that can be omitted with the namespace after them: `create_code_for_identity`.
const OWNING: [&str; 5] = ["for", "from", "in", "of", "to"];
const ARTICLES: [&str; 3] = ["a", "an", "the"];
/// Words that can stand before a verb.
const ADVERBS: [&str; 4] = ["batch", "bulk", "mass", "multi"];
/// Words that can stand between a verb and its noun without naming a thing.
const MODIFIERS: [&str; 20] = [
    "active",
    "all",
    "archived",
    "available",
    "batch",
    "bulk",
    "current",
    "default",
    "full",
    "latest",
    "multiple",
    "my",
    "original",
    "own",
    "private",
    "public",
    "recent",
    "self",
    "several",
    "single",
];
/// Verbs that make a noun with the one after them: `upload_sessions`.
const IN_NOUNS: &str = "block book change download draw export import link match play print process run \
    search sign store stream track transfer upload view vote watch";

pub(super) fn is_verb(word: &str) -> bool {
    VERBS.split(' ').any(|verb| verb == word)
}

/// Whether words that begin with a verb are things all the same: `upload_sessions`.
pub(super) fn are_things(words: &[String]) -> bool {
    matches!(words, [first, .., last] if is_plural(last) && IN_NOUNS.split(' ').any(|verb| verb == first))
}

pub(super) fn is_preposition(word: &str) -> bool {
    PREPOSITIONS.contains(&word)
}

pub(super) fn is_owning(word: &str) -> bool {
    OWNING.contains(&word)
}

pub(super) fn is_article(word: &str) -> bool {
    ARTICLES.contains(&word)
}

pub(super) fn is_modifier(word: &str) -> bool {
    MODIFIERS.contains(&word)
}

/// `v1`, `v2025`
pub(super) fn is_version(word: &str) -> bool {
    word.strip_prefix('v').is_some_and(is_number)
}

pub(super) fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether two words are the same, singular or plural.
pub(super) fn alike(one: &str, other: &str) -> bool {
    let is_more = |one: &str, other: &str| other.strip_suffix('s') == Some(one);
    one == other || singular(one) == singular(other) || is_more(one, other) || is_more(other, one)
}

pub(super) fn is_plural(word: &str) -> bool {
    singular(word) != word
}

/// The number of words at the start that are a verb: `get`, `bulk_update`, `create_or_join`.
pub(super) fn verb_length(words: &[String]) -> usize {
    let adverbs = words.iter().take_while(|word| ADVERBS.contains(&word.as_str())).count();
    let is_verb_at = |index: usize| words.get(index).is_some_and(|word| is_verb(word));
    if !is_verb_at(adverbs) {
        return 0;
    }
    let mut length = adverbs + 1;
    let is_joined = |word: &String| word == "or" || word == "and";
    while words.get(length).is_some_and(is_joined) && is_verb_at(length + 1) {
        length += 2;
    }
    length
}
