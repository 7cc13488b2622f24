//! Descriptions as rustdoc reads them.
//!
//! The document's Markdown is nearly rustdoc's. What rustdoc would misread is mended: bare addresses become links, HTML is
//! shown as text, and brackets that are no links are not taken for links to Rust items.

use crate::api::{Api, Docs, Kind};

pub(super) fn run(api: &mut Api) {
    for definition in api.types.values_mut() {
        mend(&mut definition.docs);
        match &mut definition.kind {
            Kind::Union(union) => {
                union.variants.iter_mut().for_each(|variant| mend(&mut variant.docs));
                union.shared.iter_mut().for_each(|shared| mend(&mut shared.docs));
            }
            Kind::Struct(_) | Kind::Enum(_) | Kind::Alias(_) => {}
        }
    }
    api.each_field_mut(&mut |_, field| mend(&mut field.docs));
    for scheme in api.schemes.values_mut() {
        mend(&mut scheme.docs);
        scheme.label = markdown(&scheme.label);
    }
    api.each_operation_mut(&mut |operation| {
        mend(&mut operation.docs);
        operation.choices.iter_mut().for_each(|choice| mend(&mut choice.docs));
    });
}

fn mend(docs: &mut Docs) {
    for text in [&mut docs.title, &mut docs.description].into_iter().flatten() {
        *text = markdown(text);
    }
    docs.description = docs.description.take().filter(|text| !text.is_empty());
}

/// Mends one text. Code between backticks is left as it is.
fn markdown(text: &str) -> String {
    let mut mended = String::with_capacity(text.len());
    let mut rest = text.trim();
    while let Some(tick) = rest.find('`') {
        let ticks = rest[tick..].chars().take_while(|c| *c == '`').count();
        let fence = &rest[tick..tick + ticks];
        let Some(end) = rest[tick + ticks..].find(fence) else { break };
        prose(&rest[..tick], &mut mended);
        let end = tick + ticks + end + ticks;
        mended.push_str(&rest[tick..end]);
        rest = &rest[end..];
    }
    prose(rest, &mut mended);
    mended
}

fn prose(text: &str, mended: &mut String) {
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '<' => html(rest, mended),
            '[' => bracket(rest, mended),
            'h' if is_word_start(text, rest) && is_address(rest) => address(rest, mended),
            other => {
                mended.push(other);
                other.len_utf8()
            }
        };
        rest = &rest[length..];
    }
}

fn is_word_start(text: &str, rest: &str) -> bool {
    let before = text[..text.len() - rest.len()].chars().next_back();
    before.is_none_or(|before| before.is_whitespace() || before == '(')
}

fn is_address(rest: &str) -> bool {
    rest.starts_with("https://") || rest.starts_with("http://")
}

/// An address that stands by itself.
fn address(rest: &str, mended: &mut String) -> usize {
    let end = rest
        .find(|c: char| c.is_whitespace() || matches!(c, ')' | '<' | '>' | '"'))
        .unwrap_or(rest.len());
    let address = rest[..end].trim_end_matches(['.', ',', ';', ':']);
    mended.push('<');
    mended.push_str(address);
    mended.push('>');
    address.len()
}

/// `<https://…>` stays a link; whatever else begins so would be HTML.
fn html(rest: &str, mended: &mut String) -> usize {
    match rest.find('>') {
        Some(end) if is_address(&rest[1..]) => {
            mended.push_str(&rest[..=end]);
            end + 1
        }
        _ => {
            mended.push_str("\\<");
            1
        }
    }
}

/// `[text](address)` stays a link, with a text that is looked at too; any other bracket is a bracket.
fn bracket(rest: &str, mended: &mut String) -> usize {
    let text_end = rest.find(']').filter(|end| rest[end + 1..].starts_with('('));
    let end = text_end.and_then(|end| rest[end..].find(')').map(|close| (end, end + close)));
    match end {
        Some((text_end, end)) if !rest[1..text_end].contains('[') => {
            let target = &rest[text_end + 2..end];
            if is_address(target) || target.starts_with('#') || target.starts_with("mailto:") {
                mended.push_str(&rest[..=end]);
            } else {
                // A relative link leads nowhere from here; its text still says something.
                mended.push_str(&rest[1..text_end]);
            }
            end + 1
        }
        _ => {
            mended.push_str("\\[");
            1
        }
    }
}

#[cfg(test)]
mod tests {
    use super::markdown;

    #[test]
    fn rustdoc_reads_what_the_document_meant() {
        for (written, mended) in [
            ("See [it](https://a.b/c).", "See [it](https://a.b/c)."),
            ("See https://a.b/c.", "See <https://a.b/c>."),
            ("See (https://a.b/c)", "See (<https://a.b/c>)"),
            ("<https://a.b>", "<https://a.b>"),
            ("a<br>b", "a\\<br>b"),
            ("`a<b>[c]`", "`a<b>[c]`"),
            ("``a`<b>`` <b>", "``a`<b>`` \\<b>"),
            ("the [provider]", "the \\[provider]"),
            ("see [guide](../guide.md)", "see guide"),
            ("odd `tick <b>", "odd `tick \\<b>"),
            ("  x  ", "x"),
        ] {
            assert_eq!(markdown(written), mended, "{written}");
        }
    }
}
