//! The sentences of a report: what changed, and what a user should do about it.

use std::collections::BTreeSet;

use super::items::{Compatibility, Items};
use crate::index::{Entry, FunctionParameter, Kind, Role, Signature, facts};

/// Names an item at the start of a sentence.
pub(super) fn called(entry: &Entry) -> String {
    format!("The {} `{}`", entry.item.kind.as_str(), entry.item.path)
}

/// Names an item within a sentence.
pub(super) fn named(entry: &Entry) -> String {
    format!("the {} `{}`", entry.item.kind.as_str(), entry.item.path)
}

/// Advice for an item that was removed.
pub(super) fn removed((old, new): (&Items<'_>, &Items<'_>), before: &Entry) -> String {
    if let Some(advice) = removed_choice(old, new, before) {
        return advice;
    }
    let advice = match before.item.kind {
        Kind::Method => "Remove its calls: the document no longer has the operation.",
        Kind::Setter | Kind::NullSetter => "Remove it: the operation no longer has this parameter.",
        Kind::Field | Kind::Accessor => "Stop using it: the document no longer describes it.",
        Kind::Variant => {
            "Remove its arm: if the API still sends such a value, it is read as `Unrecognized`."
        }
        Kind::Pages | Kind::Items => "Send the request once: its response is no longer paginated.",
        Kind::Wait | Kind::Poll => "Send the request: there is nothing to wait for any more.",
        Kind::Constructor => "Do not construct it: it only occurs in responses.",
        Kind::Id => "Use a `String`: the document no longer has such IDs.",
        Kind::Scheme => "Use other credentials: no operation accepts these any more.",
        _ => "Stop using it: the document no longer describes it.",
    };
    advice.to_owned()
}

/// Advice for a choice that was removed: the setters or arguments that take its parameters now, if there are any.
fn removed_choice(old: &Items<'_>, new: &Items<'_>, before: &Entry) -> Option<String> {
    let is_choice = matches!(before.item.kind, Kind::Choice);
    let (operation, _) = before.item.place.split_once("/requestBody/").filter(|_| is_choice)?;
    let given = replacements(old, new, &before.item.path, operation);
    (!given.is_empty()).then(|| sentence(&format!("pass {}", given.join(", "))))
}

/// How each parameter of an old choice is passed to the operation now.
fn replacements(old: &Items<'_>, new: &Items<'_>, choice: &str, operation: &str) -> Vec<String> {
    let replacements = keys(old, choice).into_iter().filter_map(|key| {
        let place = format!(
            "{operation}/requestBody/properties/{}",
            key.replace('~', "~0").replace('/', "~1")
        );
        let entries = new.all.values().filter(|entry| entry.item.place == place);
        let mut entries = entries.filter(|entry| entry.item.kind.role() == Role::Parameter);
        let entry = entries.next()?;
        let name = entry.item.path.rsplit("::").next().unwrap_or_default();
        Some(match entry.item.kind {
            Kind::Setter => format!("`{key}` with the setter `.{name}(…)`"),
            _ => format!("`{key}` as an argument"),
        })
    });
    replacements.collect()
}

/// The keys of the parameters in a choice.
fn keys<'a>(items: &Items<'a>, choice: &str) -> BTreeSet<&'a str> {
    let prefix = format!("{choice}::");
    let variants = items.all.iter().filter(|((path, role), _)| {
        *role == Role::Variant
            && path.strip_prefix(&prefix).is_some_and(|rest| !rest.contains("::"))
    });
    let mut keys = BTreeSet::new();
    for (_, variant) in variants {
        keys.extend(fact(variant, facts::KEY));
        if let Signature::Variant(Some(payload)) = &variant.facts.signature {
            let prefix = format!("{}::", items.defined_at(payload));
            let fields = items.all.iter().filter(|((path, role), _)| {
                *role == Role::Field
                    && path.strip_prefix(&prefix).is_some_and(|rest| !rest.contains("::"))
            });
            keys.extend(fields.filter_map(|(_, field)| fact(field, facts::KEY)));
        }
    }
    keys
}

/// Says how an item changed that still exists, with advice if the change breaks code.
pub(super) fn changed(
    items: (&Items<'_>, &Items<'_>),
    before: &Entry,
    after: &Entry,
    compatibility: Compatibility,
) -> (String, Option<String>) {
    let name = called(after);
    match compatibility {
        Compatibility::AliasSplit => {
            let other = items.0.other_name(items.1, &before.item.path).unwrap_or_default();
            let sentence = format!("{name} is no longer the same type as `{other}`.");
            (sentence, Some("Use the name of the type that you mean.".to_owned()))
        }
        Compatibility::TypesMerged => {
            let other = items.1.defined_at(&before.item.path);
            let sentence = format!("{name} is now the same type as `{other}`.");
            (sentence, Some("Implement traits for only one of the two.".to_owned()))
        }
        Compatibility::Same | Compatibility::Wider => {
            let sentence = format!("{name} accepts more than before.");
            (sentence, None)
        }
        Compatibility::Breaking => breaks(items, before, after),
    }
}

fn breaks(
    items: (&Items<'_>, &Items<'_>),
    before: &Entry,
    after: &Entry,
) -> (String, Option<String>) {
    let name = called(after);
    match (&before.facts.signature, &after.facts.signature) {
        (Signature::Value(was), Signature::Value(is)) => {
            let sentence = format!("{name} is now `{is}`; it was `{was}`.");
            (sentence, Some(read(items.1, was, is)))
        }
        (Signature::Call(was), Signature::Call(is)) => {
            let sentence =
                format!("Sending `{}` now returns `{is}`; it returned `{was}`.", after.item.path);
            (sentence, Some(read(items.1, was, is)))
        }
        (Signature::Variant(was), Signature::Variant(is)) => {
            let nothing = || "nothing".to_owned();
            let (was, is) =
                (was.clone().unwrap_or_else(nothing), is.clone().unwrap_or_else(nothing));
            let sentence = format!("{name} now contains `{is}`; it contained `{was}`.");
            (sentence, Some("Adapt the patterns that match it.".to_owned()))
        }
        (
            Signature::Function { parameters: old_parameters, returns: returned },
            Signature::Function { parameters, returns },
        ) => {
            if returned != returns && before.item.kind.role() != Role::Method {
                let sentence = format!("{name} now returns `{returns}`; it returned `{returned}`.");
                return (sentence, Some(read(items.1, returned, returns)));
            }
            let sentence = format!("{name} takes other arguments.");
            (sentence, Some(arguments(items, before, old_parameters, parameters)))
        }
        _ if before.item.kind != after.item.kind => {
            let (was, is) = (before.item.kind.as_str(), after.item.kind.as_str());
            let sentence = format!("`{}` was {} and is now {}.", after.item.path, a(was), a(is));
            (sentence, Some(format!("Use it as {}.", a(is))))
        }
        _ => (format!("{name} has changed."), Some("See its new declaration.".to_owned())),
    }
}

fn a(word: &str) -> String {
    let article = if word.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
    format!("{article} {word}")
}

/// Advice for reading a value whose type changed from `was` to `is`.
fn read(new: &Items<'_>, was: &str, is: &str) -> String {
    let inside = |ty: &str| {
        ty.strip_prefix("Option<").and_then(|ty| ty.strip_suffix('>')).map(str::to_owned)
    };
    if inside(is).as_deref() == Some(was) {
        return "It may be missing now: match the `Option`.".to_owned();
    }
    if inside(was).as_deref() == Some(is) {
        return "It is always present now: use it without the `Option`.".to_owned();
    }
    let (was, is) = (
        inside(was).unwrap_or_else(|| was.to_owned()),
        inside(is).unwrap_or_else(|| is.to_owned()),
    );
    if was == "String" && is.starts_with("ids::") {
        return "Its text is `.as_str()`.".to_owned();
    }
    if was == "String" && is == "DateTime" {
        return "Its text is `.as_str()`, and its instant `.timestamp()`.".to_owned();
    }
    if was == "DateTime" && is == "String" {
        return "Parse it where you need the instant, or use `DateTime::from`.".to_owned();
    }
    match new.kind(&is) {
        Some(Kind::Enum) if was == "String" => {
            format!("Match the variants of `{is}`; its text is `.as_str()`.")
        }
        Some(Kind::Struct) => match holder(new, &is, &was) {
            Some((field, true)) => {
                format!("The previous value is in its field `{field}`, which is optional.")
            }
            Some((field, false)) => format!("The previous value is in its field `{field}`."),
            None => format!("Use the fields of `{is}`."),
        },
        Some(Kind::Union) => format!("Match the variants of `{is}`."),
        _ => format!("Use it as `{is}`."),
    }
}

/// Finds the field of a struct that has the type `ty`, and whether it is optional.
fn holder<'a>(new: &Items<'a>, owner: &str, ty: &str) -> Option<(&'a str, bool)> {
    let prefix = format!("{}::", new.defined_at(owner));
    let option = format!("Option<{ty}>");
    new.all.iter().find_map(|((path, role), entry)| {
        let name = path.strip_prefix(&prefix).filter(|_| *role == Role::Field)?;
        match &entry.facts.signature {
            Signature::Value(held) if *held == ty => Some((name, false)),
            Signature::Value(held) if *held == option => Some((name, true)),
            _ => None,
        }
    })
}

/// Advice for a function with other arguments, one step for each argument that changed.
fn arguments(
    (old, new): (&Items<'_>, &Items<'_>),
    function: &Entry,
    old_parameters: &[FunctionParameter],
    parameters: &[FunctionParameter],
) -> String {
    let path = &function.item.path;
    let mut steps = Vec::new();
    for before in old_parameters {
        match parameters.iter().find(|after| after.name == before.name) {
            Some(after) if (after.how, &after.ty) == (before.how, &before.ty) => {}
            Some(after) => steps.push(format!("pass `{}` as `{}`", after.name, written(after))),
            None => steps.push(left_out(old, new, path, before, parameters)),
        }
    }
    // If a choice replaces removed arguments, the steps for these arguments already name the choice.
    let is_new = |after: &&FunctionParameter| {
        let is_named = steps.iter().any(|step| step.contains(&format!("`{}::", after.ty)));
        !is_named && old_parameters.iter().all(|one| one.name != after.name)
    };
    let added: Vec<&FunctionParameter> = parameters.iter().filter(is_new).collect();
    for after in added {
        let setter = place_of(new, path, &after.name).and_then(|place| {
            let is_it =
                |entry: &&&Entry| entry.item.kind == Kind::Setter && entry.item.place == place;
            old.all.values().find(is_it).copied()
        });
        steps.push(match setter {
            Some(_) => {
                format!("pass `{0}` as an argument instead of calling `.{0}(…)`", after.name)
            }
            None => format!("pass `{}`, as `{}`", after.name, written(after)),
        });
    }
    if steps.is_empty() {
        steps.push("pass the arguments in their new order".to_owned());
    }
    sentence(&steps.join("; "))
}

/// Capitalizes the first letter and adds a full stop.
fn sentence(text: &str) -> String {
    let mut sentence = text.to_owned();
    if let Some(first) = sentence.get(..1) {
        let first = first.to_uppercase();
        sentence.replace_range(..1, &first);
    }
    format!("{sentence}.")
}

fn written(parameter: &FunctionParameter) -> String {
    let text = parameter.to_string();
    text.split_once(": ").map_or(text.clone(), |(_, ty)| ty.to_owned())
}

/// The place of an argument in the document.
fn place_of<'a>(items: &Items<'a>, function: &str, name: &str) -> Option<&'a str> {
    let argument = format!("{function}({name})");
    items.get((&argument, Role::Parameter)).map(|entry| entry.item.place.as_str())
}

/// Advice for an argument that was removed: it may be a setter now, or an alternative of a choice, or be gone.
fn left_out(
    old: &Items<'_>,
    new: &Items<'_>,
    function: &str,
    before: &FunctionParameter,
    parameters: &[FunctionParameter],
) -> String {
    let name = &before.name;
    let entry = old.get((&format!("{function}({name})"), Role::Parameter));
    let key = entry.and_then(|entry| fact(entry, facts::KEY));
    let choices = parameters.iter().filter(|after| new.kind(&after.ty) == Some(Kind::Choice));
    for choice in choices {
        let prefix = format!("{}::", choice.ty);
        let variant = new.all.iter().find(|((path, role), entry)| {
            *role == Role::Variant && path.starts_with(&prefix) && fact(entry, facts::KEY) == key
        });
        if let (Some(((path, _), _)), Some(_)) = (variant, key) {
            return format!("pass `{name}` as `{path}(…)`");
        }
    }
    let place = entry.map(|entry| entry.item.place.as_str());
    let is_setter = |entry: &&Entry| {
        entry.item.kind == Kind::Setter && Some(entry.item.place.as_str()) == place
    };
    if old.kind(&before.ty) == Some(Kind::Choice)
        && let Some(method) = old.get((function, Role::Method))
    {
        let given = replacements(old, new, &before.ty, &method.item.place);
        if !given.is_empty() {
            return format!("pass {} instead of `{name}`", given.join(", "));
        }
    }
    let own = if function.ends_with("::new") {
        function.trim_end_matches("new").to_owned()
    } else {
        String::new()
    };
    let mut setters = new.all.values().copied().filter(is_setter);
    match setters.find(|entry| entry.item.path.starts_with(&own)) {
        Some(_) => format!("remove `{name}`, or set it with `.{name}(…)`"),
        None => format!("remove `{name}`"),
    }
}

fn fact<'a>(entry: &'a Entry, name: &str) -> Option<&'a str> {
    let found = entry.facts.behaviour.iter().find(|(other, _)| *other == name);
    found.map(|(_, value)| value.as_str())
}
