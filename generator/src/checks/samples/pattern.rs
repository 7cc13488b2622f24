//! Strings that match a regular expression.

use regex_syntax::hir::{Class, Hir, HirKind};

use super::LONGEST;

/// Returns a string that matches `pattern` and has `least` to `most` characters.
///
/// Returns `None` if the pattern uses unsupported syntax (such as lookaround) or cannot match a string of this length.
pub(super) fn text(pattern: &str, least: usize, most: usize) -> Option<String> {
    let pattern = regex_syntax::parse(pattern).ok()?;
    // Repetitions without an upper bound are repeated until the string is long enough.
    (1..=least.clamp(1, LONGEST)).find_map(|times| {
        let mut text = String::new();
        write(&pattern, times, &mut text)?;
        (least..=most).contains(&text.chars().count()).then_some(text)
    })
}

fn write(pattern: &Hir, times: usize, text: &mut String) -> Option<()> {
    if text.len() > LONGEST {
        return None;
    }
    match pattern.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(Class::Unicode(class)) => text.push(class.ranges().first()?.start()),
        HirKind::Class(Class::Bytes(class)) => text.push(class.ranges().first()?.start().into()),
        HirKind::Capture(capture) => write(&capture.sub, times, text)?,
        HirKind::Concat(parts) => parts.iter().try_for_each(|part| write(part, times, text))?,
        HirKind::Alternation(branches) => write(branches.first()?, times, text)?,
        HirKind::Repetition(repetition) => {
            let least = usize::try_from(repetition.min).ok()?;
            let most =
                repetition.max.map_or(Some(usize::MAX), |most| usize::try_from(most).ok())?;
            for _ in 0..times.clamp(least, most) {
                write(&repetition.sub, times, text)?;
            }
        }
    }
    Some(())
}
