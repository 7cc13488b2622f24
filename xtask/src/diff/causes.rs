//! Groups changes that ask the same of users, so that the advice is given once.

use std::collections::BTreeMap;

use seam_generator::{Change, ChangeKind, Weight};

/// Changes that users handle in the same way.
pub struct Cause<'a> {
    /// The changes, by path.
    pub changes: Vec<&'a Change>,
}

/// The groups of changes of one weight, largest first.
pub fn causes<'a>(changes: &'a [Change], weight: Weight) -> Vec<Cause<'a>> {
    let mut groups: BTreeMap<(&str, String), Vec<&'a Change>> = BTreeMap::new();
    for change in changes.iter().filter(|change| change.weight == weight) {
        groups.entry((change.kind.as_str(), template(change))).or_default().push(change);
    }
    let mut causes: Vec<Cause<'a>> =
        groups.into_values().map(|changes| Cause { changes }).collect();
    causes.sort_by(|a, b| {
        b.changes.len().cmp(&a.changes.len()).then_with(|| a.first().path().cmp(b.first().path()))
    });
    causes
}

/// The key by which changes are grouped: the item kind and the advice, without the names in it. A change without advice is
/// grouped by its sentence.
fn template(change: &Change) -> String {
    let Some(advice) = &change.advice else { return change.sentence.clone() };
    let first = advice.split([';', ',', ':']).next().unwrap_or_default();
    let words = first.split('`').enumerate();
    let words =
        words.map(|(index, word)| if index % 2 == 0 || word == "Option" { word } else { "…" });
    format!("{:?} {}", change.item, words.collect::<Vec<_>>().join("`"))
}

impl<'a> Cause<'a> {
    /// The first change of the group.
    pub fn first(&self) -> &'a Change {
        self.changes[0]
    }

    /// A sentence about the group: what happened, and what to do about it.
    pub fn headline(&self) -> String {
        let first = self.first();
        let advice = first.advice.as_ref().map(|advice| format!(" {advice}")).unwrap_or_default();
        let count = self.changes.len();
        if count == 1 {
            let implied = match first.implied {
                0 => String::new(),
                more => format!(" And {more} more with it."),
            };
            return format!("{}{implied}{advice}", first.sentence);
        }
        let items = plural(first.item.as_str());
        let what = match (first.kind, advice.as_str()) {
            (_, advice) if advice.starts_with(" It may be missing") => {
                "may be missing now, and became `Option`s".to_owned()
            }
            (_, advice) if advice.starts_with(" It is always present") => {
                "are always present now, and no longer `Option`s".to_owned()
            }
            (ChangeKind::Removed, _) => "were removed".to_owned(),
            (ChangeKind::Renamed, _) => "were renamed".to_owned(),
            (ChangeKind::TypesMerged | ChangeKind::AliasSplit, _) => {
                "were merged or split".to_owned()
            }
            _ => "have other declarations".to_owned(),
        };
        // Advice on optional fields begins with what the headline says already; only its last part is kept.
        let how = advice.rsplit(": ").next().unwrap_or_default();
        let how = match advice.as_str() {
            _ if is_about_names(first) => String::new(),
            advice if advice.starts_with(" It ") => format!(" {}", capitalized(how)),
            advice => advice.to_owned(),
        };
        format!("{count} {items} {what}.{how}")
    }

    /// How code that uses the first item looks before and after, if that can be shown in one line.
    pub fn example(&self) -> Option<String> {
        let first = self.first();
        let (old, new) = (first.old.as_ref()?, first.new.as_ref());
        let (owner, name) = old.path.rsplit_once("::")?;
        let (short, value) = (owner.rsplit("::").next()?, snake(owner.rsplit("::").next()?));
        let advice = first.advice.as_deref().unwrap_or_default();
        if advice.starts_with("It may be missing") && first.item.as_str() == "field" {
            return Some(format!(
                "- let {name} = &{value}.{name};\n+ if let Some({name}) = &{value}.{name} {{ … }}\n"
            ));
        }
        if advice.starts_with("It is always present") && first.item.as_str() == "field" {
            return Some(format!(
                "- if let Some({name}) = &{value}.{name} {{ … }}\n+ let {name} = &{value}.{name};\n"
            ));
        }
        match (first.kind, new) {
            (ChangeKind::Renamed, Some(new)) => {
                Some(format!("- use client::{};\n+ use client::{};\n", old.path, new.path))
            }
            (ChangeKind::Removed, _) if first.item.as_str() == "variant" => {
                Some(format!("- {short}::{name}(…) => …,\n+ _ => …,\n"))
            }
            _ => None,
        }
    }
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Whether the advice contains names, and so differs from item to item.
fn is_about_names(change: &Change) -> bool {
    let advice = change.advice.as_deref().unwrap_or_default();
    advice.replace("`Option`", "").replace("`Unrecognized`", "").contains('`')
}

fn plural(word: &str) -> String {
    match word {
        "alias" => "aliases".to_owned(),
        word => format!("{word}s"),
    }
}

/// A variable name for a value of this type.
fn snake(ty: &str) -> String {
    let mut name = String::new();
    for letter in ty.chars() {
        if letter.is_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.extend(letter.to_lowercase());
    }
    name
}

#[cfg(test)]
mod tests {
    use seam_generator::{Kind, Side};

    use super::*;

    fn field(path: &str, advice: &str) -> Change {
        let side = |rust: &str| Side {
            path: path.to_owned(),
            rust: format!("{path}: {rust}"),
            pointer: String::new(),
            line: 1,
        };
        Change {
            weight: Weight::Breaking,
            kind: ChangeKind::Changed,
            item: Kind::Field,
            old: Some(side("f64")),
            new: Some(side("Option<f64>")),
            sentence: format!("The field `{path}` has changed."),
            advice: Some(advice.to_owned()),
            implied: 0,
            others: Vec::new(),
        }
    }

    #[test]
    fn what_is_done_in_the_same_way_is_one_cause() {
        const MISSING: &str = "It may be missing now: match the `Option`.";
        let changes = [
            field("models::StayTime::id", MISSING),
            field("models::Other::a", "Read it as `String`."),
            field("models::Third::b", MISSING),
        ];
        let causes = causes(&changes, Weight::Breaking);
        let headlines: Vec<String> = causes.iter().map(Cause::headline).collect();
        assert_eq!(
            headlines,
            [
                "2 fields may be missing now, and became `Option`s. Match the `Option`.",
                "The field `models::Other::a` has changed. Read it as `String`.",
            ]
        );
        let example = "- let id = &stay_time.id;\n+ if let Some(id) = &stay_time.id { … }\n";
        assert_eq!(causes[0].example().as_deref(), Some(example));
        assert!(super::causes(&changes, Weight::Addition).is_empty());
    }
}
