//! Strings that match a regular expression.

use regex_syntax::hir::{Class, Hir, HirKind};

use super::LONGEST;

/// Returns a string that matches `pattern` and has `least` to `most` characters.
///
/// Returns `None` if the pattern uses unsupported syntax or cannot match a string of this length. Lookaheads are supported at
/// the start of a pattern: the string begins with what the positive ones require, and negative ones are ignored.
pub(super) fn text(pattern: &str, least: usize, most: usize) -> Option<String> {
    let (ahead, rest) = look_aheads(pattern);
    let ahead = ahead.into_iter().map(|one| regex_syntax::parse(one).ok());
    let ahead = ahead.collect::<Option<Vec<_>>>()?;
    let pattern = regex_syntax::parse(rest).ok()?;
    // Repetitions without an upper bound are repeated until the string is long enough.
    (1..=least.clamp(1, LONGEST)).find_map(|times| {
        let mut text = String::new();
        ahead.iter().try_for_each(|one| write(one, 0, &mut text))?;
        write(&pattern, times, &mut text)?;
        (least..=most).contains(&text.chars().count()).then_some(text)
    })
}

/// The positive lookaheads at the start of a pattern, and the pattern after all lookaheads.
fn look_aheads(pattern: &str) -> (Vec<&str>, &str) {
    let (mut ahead, mut rest) = (Vec::new(), pattern.strip_prefix('^').unwrap_or(pattern));
    while let Some(inner) = rest.strip_prefix("(?=").or_else(|| rest.strip_prefix("(?!")) {
        let Some(end) = end_of_group(inner) else { break };
        if rest.starts_with("(?=") {
            ahead.push(&inner[..end]);
        }
        rest = &inner[end + 1..];
    }
    (ahead, rest)
}

/// The index of the parenthesis that closes a group.
fn end_of_group(inner: &str) -> Option<usize> {
    let (mut depth, mut is_in_class, mut is_escaped) = (1, false, false);
    for (index, c) in inner.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '[' => is_in_class = true,
            ']' => is_in_class = false,
            '(' if !is_in_class => depth += 1,
            ')' if !is_in_class => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(index);
        }
    }
    None
}

fn write(pattern: &Hir, times: usize, text: &mut String) -> Option<()> {
    if text.len() > LONGEST {
        return None;
    }
    match pattern.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(Class::Unicode(class)) => {
            let contains = |c: char| class.ranges().iter().any(|r| r.start() <= c && c <= r.end());
            let first = class.ranges().first()?.start();
            text.push(if first < ' ' && contains('a') { 'a' } else { first });
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn look_aheads_at_the_start_are_met() {
        assert_eq!(text("^(?!x-)^[b-z][a-z]*$", 1, 9).as_deref(), Some("ba"));
        assert_eq!(text(r"^(?=.*[A-Z])(?=.*\d).{3,9}$", 0, 9).as_deref(), Some("A0aaa"));
        assert_eq!(text("a(?=b)", 0, 9), None);
    }

    #[test]
    fn a_text_has_no_control_characters_where_letters_will_do() {
        assert_eq!(text(".+", 2, 9).as_deref(), Some("aa"));
    }
}
