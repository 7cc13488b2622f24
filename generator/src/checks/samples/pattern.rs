//! Texts that match a pattern.

use regex_syntax::hir::{Class, Hir, HirKind};

use super::LONGEST;

/// A text that `pattern` describes, of `least` to `most` characters.
///
/// There is none if the pattern says what is beyond regular expressions proper, or fits no such length.
pub(super) fn text(pattern: &str, least: usize, most: usize) -> Option<String> {
    let pattern = regex_syntax::parse(pattern).ok()?;
    // Whatever may be repeated without end is repeated until the text is long enough.
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
