//! Formats the result as text.

use seam_generator::Outcome;

use super::Replay;

/// The maximum number of lines in each list.
const SHOWN: usize = 10;

/// A short summary of the predictions and the results.
pub(super) fn shown(replay: &Replay) -> String {
    let Replay { old, new, foretold, verdict } = replay;
    let counts = |counts: [usize; 4]| {
        let words = Outcome::ALL.iter().zip(counts);
        words
            .map(|(outcome, count)| format!("{count} {}", outcome.as_str()))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let all = Outcome::ALL.map(|outcome| foretold.count(outcome));
    let answers = Outcome::ALL
        .map(|outcome| foretold.operations.iter().filter(|met| met.response == outcome).count());
    let mut text = format!(
        "{old} → {new}\n  calls foretold:   {}\n  answers foretold: {}\n  answers read:     {}\n  samples read:     {} of {}\n",
        counts(all),
        counts(answers),
        counts(verdict.operations),
        counts(verdict.read),
        verdict.samples,
    );
    let lists = [
        ("worse than foretold", &verdict.worse),
        ("better than foretold", &verdict.better),
        ("not read", &verdict.unread),
    ];
    for (name, list) in lists {
        text.push_str(&format!("  {name}: {}\n", list.len()));
        list.iter().take(SHOWN).for_each(|line| text.push_str(&format!("    {line}\n")));
    }
    text
}
