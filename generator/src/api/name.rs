//! Names: the document's words in Rust's cases. This is the only place that converts case.

use std::borrow::Cow;

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, Span};
use unicode_ident::{is_xid_continue, is_xid_start};
use unicode_normalization::UnicodeNormalization;

/// What all kinds of names have in common.
pub(crate) trait Name: Clone {
    /// The name for `words`, whatever case they are in. Whether it is free where it will stand is for the names pass to say.
    fn new(words: &str) -> Self;

    /// The name in which the characters that no case has are words too: `string[]` is a `StringArray`.
    fn spelled_out(words: &str) -> Self {
        Self::new(&with_symbols(words))
    }

    /// The name that stands in for this one when Rust or the runtime has it.
    fn escaped(&self) -> Self;

    /// The name that stands in for this one when something else in the scope has it.
    fn numbered(&self, number: usize) -> Self;

    fn as_str(&self) -> &str;
}

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident, $case:ident, $suffix:literal;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub(crate) struct $name(String);

        impl Name for $name {
            fn new(words: &str) -> Self {
                Self(spelled(words, $case))
            }

            fn escaped(&self) -> Self {
                Self(format!("{}{}", self.0, $suffix))
            }

            fn numbered(&self, number: usize) -> Self {
                let separator = if $suffix == "_" { "_" } else { "" };
                Self(format!("{}{separator}{number}", self.0))
            }

            fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl $name {
            /// The name as code.
            pub(crate) fn ident(&self) -> Ident {
                ident(&self.0)
            }
        }
    )+};
}

names! {
    /// A struct, enum or choice.
    TypeName, upper_camel_case, "Type";
    /// A variant of an enum.
    VariantName, upper_camel_case, "Value";
    /// A field, argument or setter.
    FieldName, snake_case, "_";
    /// A method.
    FunctionName, snake_case, "_";
    /// A module.
    ModuleName, snake_case, "_";
    /// A constant.
    ConstantName, shouty_snake_case, "_";
}

/// Words in the case in which the document's names are compared.
pub(crate) fn words(name: &str) -> String {
    snake_case(name)
}

/// Most words are in snake case as they stand in the document, and `heck` looks at each of their characters for long.
fn snake_case(words: &str) -> String {
    if is_snake_case(words) { words.to_owned() } else { with_whole_words(words).to_snake_case() }
}

fn upper_camel_case(words: &str) -> String {
    if !is_snake_case(words) {
        return words.to_upper_camel_case();
    }
    let mut name = String::with_capacity(words.len());
    for word in words.split('_') {
        let (first, rest) = word.split_at(1);
        name.push_str(&first.to_ascii_uppercase());
        name.push_str(rest);
    }
    name
}

fn shouty_snake_case(words: &str) -> String {
    with_whole_words(words).to_shouty_snake_case()
}

/// `words` with names of things that only look like several words: `OAuth` is not `o_auth`.
fn with_whole_words(words: &str) -> Cow<'_, str> {
    if words.contains("OAuth") { words.replace("OAuth", "Oauth").into() } else { words.into() }
}

/// Whether words are lower case letters and digits, with one `_` between two of them.
fn is_snake_case(words: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty() && word.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    words.split('_').all(is_word)
}

/// `words` in a case, with something to read where they hold neither letter nor digit, and nothing that Rust refuses.
fn spelled(words: &str, case: fn(&str) -> String) -> String {
    let mut name = cased(words, case);
    if name.is_empty() {
        name = cased(&with_symbols(words), case);
    }
    if name.is_empty() {
        name = case("empty");
    }
    if !name.starts_with(is_xid_start) {
        name.insert(0, '_');
    }
    name
}

/// `words` in a case, composed as Rust composes names: it takes two spellings of one letter for the same.
fn cased(words: &str, case: fn(&str) -> String) -> String {
    if words.is_ascii() {
        return case(words);
    }
    let composed = words.nfkc().map(|c| if is_letter_or_digit(c) { c } else { ' ' });
    let name: String = case(&composed.collect::<String>()).nfkc().collect();
    name.chars().filter(|&c| is_xid_continue(c)).collect()
}

/// Whether a character can stand in a name of every case. A few letters are small, and have no capital.
fn is_letter_or_digit(c: char) -> bool {
    let is_small_only = c.is_lowercase() && c.to_uppercase().eq([c]);
    let is_capital_only = c.is_uppercase() && c.to_lowercase().eq([c]);
    c.is_alphanumeric() && is_xid_continue(c) && !is_small_only && !is_capital_only
}

/// `words` with a word for each character that is neither letter nor digit, but for what only stands between words.
fn with_symbols(words: &str) -> String {
    let composed: String = words.nfkc().collect();
    let mut spelled = String::new();
    let mut rest = composed.as_str();
    while let Some(first) = rest.chars().next() {
        let is_inside = spelled.ends_with(is_letter_or_digit)
            && rest[first.len_utf8()..].starts_with(is_letter_or_digit);
        let (word, length) = match first {
            _ if is_letter_or_digit(first) => ("", first.len_utf8()),
            ' ' | '_' if is_inside => (" ", 1),
            '-' if is_inside => ("dash", 1),
            '[' if rest.starts_with("[]") => ("array", 2),
            '{' if rest.starts_with("{}") => ("map", 2),
            other => (symbol(other), other.len_utf8()),
        };
        match word {
            "" => spelled.push(first),
            word => spelled.push_str(&format!(" {word} ")),
        }
        rest = &rest[length..];
    }
    spelled
}

fn symbol(symbol: char) -> &'static str {
    match symbol {
        '*' => "star",
        '+' => "plus",
        '-' => "minus",
        '/' => "slash",
        '.' => "dot",
        '<' => "less",
        '>' => "greater",
        '=' => "equal",
        '!' => "not",
        '%' => "percent",
        '#' => "hash",
        '$' => "dollar",
        '?' => "question",
        '&' => "and",
        '|' => "or",
        '@' => "at",
        ':' => "colon",
        ',' => "comma",
        ';' => "semicolon",
        '~' => "tilde",
        '^' => "caret",
        '_' => "underscore",
        ' ' => "space",
        '\\' => "backslash",
        '\'' | '"' | '`' => "quote",
        '(' | ')' | '[' | ']' | '{' | '}' => "bracket",
        _ => "symbol",
    }
}

/// Keywords that cannot be raw identifiers.
pub(crate) const UNWRITABLE: [&str; 3] = ["crate", "self", "super"];

/// The methods of all types that generated code and its users call or that take the value, and therefore win over methods
/// that borrow.
pub(crate) const BORROWING: [&str; 3] = ["clone", "into", "try_into"];

/// What is a keyword in one of Rust's editions and has to be written as a raw identifier. Sorted.
const KEYWORDS: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// A name as code, raw where it is a keyword.
pub(crate) fn ident(name: &str) -> Ident {
    if KEYWORDS.contains(&name) {
        return Ident::new_raw(name, Span::call_site());
    }
    syn::parse_str::<Ident>(name).unwrap_or_else(|_| Ident::new_raw(name, Span::call_site()))
}

/// The same as text.
pub(crate) fn raw(name: &str) -> Cow<'_, str> {
    if KEYWORDS.contains(&name) { format!("r#{name}").into() } else { name.into() }
}

/// The words of one of many: `warnings` → `warning`.
pub(crate) fn singular(words: &str) -> String {
    let keeps_s = ["ss", "us", "is"].iter().any(|end| words.ends_with(end));
    if let Some(stem) = words.strip_suffix("ies") {
        return format!("{stem}y");
    }
    for end in ["sses", "shes", "ches", "xes", "zes"] {
        if words.ends_with(end) {
            return words[..words.len() - 2].to_owned();
        }
    }
    match words.strip_suffix('s') {
        Some(stem) if !keeps_s && !stem.is_empty() => stem.to_owned(),
        _ => words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_never_what_rust_refuses() {
        assert_eq!(FieldName::new("self").escaped().ident().to_string(), "self_");
        assert_eq!(FieldName::new("type").ident().to_string(), "r#type");
        assert_eq!(FieldName::new("gen").ident().to_string(), "r#gen");
        assert_eq!(FieldName::new("_member_group_id").as_str(), "member_group_id");
        assert_eq!(FieldName::new("xOAuthToken").as_str(), "x_oauth_token");
        assert_eq!(ConstantName::new("OAuth2").as_str(), "OAUTH2");
        assert_eq!(TypeName::new("OAuthApp").as_str(), "OAuthApp");
        assert_eq!(VariantName::new("2_way").as_str(), "_2Way");
        assert_eq!(VariantName::new("*").as_str(), "Star");
        assert_eq!(VariantName::new("").as_str(), "Empty");
        assert_eq!(VariantName::new("<=").as_str(), "LessEqual");
        assert_eq!(VariantName::new("unrecognized").escaped().as_str(), "UnrecognizedValue");
        assert_eq!(TypeName::new("option").escaped().as_str(), "OptionType");
        assert_eq!(VariantName::new("日本").ident().to_string(), "日本");
    }

    #[test]
    fn letters_are_composed_and_what_no_name_can_have_is_left_out() {
        assert_eq!(FieldName::new("e\u{301}te\u{301}").as_str(), "\u{e9}t\u{e9}");
        assert_eq!(FieldName::new("m²").as_str(), "m2");
        assert_eq!(FieldName::new("ﬁeld").as_str(), "field");
        assert_eq!(FieldName::new("a\u{200b}b").as_str(), "a_b");
        assert_eq!(TypeName::new("ĸ").as_str(), "Symbol");
        assert_eq!(TypeName::new("\u{301}a").as_str(), "A");
        assert_eq!(FieldName::new("größe").as_str(), "größe");
        assert_eq!(ConstantName::new("größe").as_str(), "GRÖSSE");
        for words in ["²", "½", "①", "ª", "ʰ", "हिन्दी", "İ", "ŉ", "ΐ", "🦀", "٣", "Ⅷ"]
        {
            for name in
                [FieldName::new(words).0, TypeName::new(words).0, ConstantName::new(words).0]
            {
                assert!(syn::parse_str::<Ident>(&name).is_ok(), "{words}: {name}");
                assert_eq!(name, name.nfkc().collect::<String>(), "{words}");
            }
        }
    }

    #[test]
    fn words_in_snake_case_are_named_as_all_others() {
        for words in ["a", "acs_user_id", "2fa_code", "code_2", "v1b2c", "a1_2b_c3"] {
            assert!(is_snake_case(words));
            assert_eq!(snake_case(words), words.to_snake_case());
            assert_eq!(upper_camel_case(words), words.to_upper_camel_case());
        }
        for words in ["", "_a", "a_", "a__b", "aB", "A", "a-b", "é"] {
            assert!(!is_snake_case(words), "{words}");
        }
    }

    #[test]
    fn names_as_text_are_names_as_code() {
        for name in KEYWORDS.into_iter().chain(["a", "_2Way", "日本", "gens"]) {
            assert_eq!(raw(name), ident(name).to_string());
        }
    }

    #[test]
    fn every_character_can_be_a_word() {
        for (words, name) in [
            ("string[]", "StringArray"),
            ("-name", "MinusName"),
            ("a-b", "ADashB"),
            ("a_b", "AB"),
            ("_a b_", "UnderscoreABUnderscore"),
            ("v1.5", "V1Dot5"),
            ("c++", "CPlusPlus"),
            ("é{}€", "ÉMapSymbol"),
        ] {
            assert_eq!(VariantName::spelled_out(words).as_str(), name, "{words}");
        }
        assert_eq!(FieldName::spelled_out("_id").as_str(), "underscore_id");
    }

    #[test]
    fn one_of_many_has_a_name_of_its_own() {
        for (many, one) in [
            ("warnings", "warning"),
            ("properties", "property"),
            ("addresses", "address"),
            ("batches", "batch"),
            ("access", "access"),
            ("status", "status"),
            ("device_ids", "device_id"),
            ("codes", "code"),
        ] {
            assert_eq!(singular(many), one);
        }
    }
}
