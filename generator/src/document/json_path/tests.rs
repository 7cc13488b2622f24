//! The examples of RFC 9535, and edge cases of its grammar.

#![allow(clippy::panic, reason = "a test says what it could not read")]

use serde_json::{Value, json};

use super::JsonPath;

/// Checks the matches of each path: the second text has their pointers, separated by spaces.
fn all(root: &Value, expected: &[(&str, &str)]) {
    for (text, pointers) in expected {
        let path = JsonPath::parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
        let found = path.find(root);
        let found: Vec<&str> = found.iter().map(|pointer| pointer.as_str()).collect();
        assert_eq!(found.join(" "), *pointers, "{text}");
    }
}

#[test]
fn names_and_wildcards_lead_down() {
    let root =
        json!({"o": {"j": 1, "k k": {"a.b": 0}}, "a": [5, [{"j": 4}]], "'": {"@": 2}, "ü/~": 7});
    let expected = [
        ("$", ""),
        (" $\n", ""),
        ("$.o.j", "/o/j"),
        ("$\n .o\t['j']", "/o/j"),
        ("$[ 'o' ]['k k']['a.b']", "/o/k k/a.b"),
        ("$[\"'\"][\"@\"]", "/'/@"),
        ("$['\\'']['@']", "/'/@"),
        ("$['\\u00fc\\/~']", "/ü~1~0"),
        ("$.o.*", "/o/j /o/k k"),
        ("$.a[*]", "/a/0 /a/1"),
        ("$.o['j' , 'k k','j']", "/o/j /o/k k /o/j"),
        ("$.o.nothing", ""),
        ("$.a.j", ""),
    ];
    all(&root, &expected);
    all(
        &json!({"ü": 1, "_1": 2, "😀": 3}),
        &[("$.ü", "/ü"), ("$._1", "/_1"), ("$['\\ud83d\\ude00']", "/😀")],
    );
}

#[test]
fn descendants_come_after_what_they_are_in() {
    let root = json!({"o": {"j": 1, "k": 2}, "a": [5, 3, [{"j": 4}, {"k": 6}]]});
    let expected = [
        ("$..j", "/o/j /a/2/0/j"),
        ("$..[0]", "/a/0 /a/2/0"),
        ("$.o..[*, *]", "/o/j /o/k /o/j /o/k"),
        ("$.a..[0, 1]", "/a/0 /a/1 /a/2/0 /a/2/1"),
        ("$.a..*", "/a/0 /a/1 /a/2 /a/2/0 /a/2/1 /a/2/0/j /a/2/1/k"),
        ("$..nothing..j", ""),
    ];
    all(&root, &expected);
}

#[test]
fn indices_and_slices_count_from_both_ends() {
    let root = json!(["a", "b", "c", "d", "e", "f", "g"]);
    let expected = [
        ("$[1]", "/1"),
        ("$[-2]", "/5"),
        ("$[7]", ""),
        ("$[-8]", ""),
        ("$[1:3]", "/1 /2"),
        ("$[5:]", "/5 /6"),
        ("$[1:5:2]", "/1 /3"),
        ("$[5 : 1 : -2]", "/5 /3"),
        ("$[::-1]", "/6 /5 /4 /3 /2 /1 /0"),
        ("$[-2:]", "/5 /6"),
        ("$[:-5]", "/0 /1"),
        ("$[0:3:0]", ""),
        ("$[-100:2]", "/0 /1"),
        ("$[100:4:-1]", "/6 /5"),
        ("$[9007199254740991:-9007199254740991:-9007199254740991]", "/6"),
        ("$[0, -1, 0:2]", "/0 /6 /0 /1"),
    ];
    all(&root, &expected);
    all(&json!([]), &[("$[::-1]", ""), ("$[-1]", ""), ("$[:]", "")]);
    all(&json!({"1": 0}), &[("$[1]", ""), ("$[:]", "")]);
}

#[test]
fn filters_keep_the_children_of_which_they_are_true() {
    let root = json!({
        "a": [3, 5, 1, 2, 4, 6, {"b": "j"}, {"b": "k"}, {"b": {}}, {"b": "kilo"}],
        "o": {"p": 1, "q": 2, "r": 3, "s": 5, "t": {"u": 6}},
        "e": "f",
    });
    let expected = [
        ("$.a[?@.b == 'kilo']", "/a/9"),
        ("$.a[?(@.b == 'kilo')]", "/a/9"),
        ("$.a[?@>3.5]", "/a/1 /a/4 /a/5"),
        ("$.a[?@.b]", "/a/6 /a/7 /a/8 /a/9"),
        ("$[?@.*]", "/a /o"),
        ("$[?@[?@.b]]", "/a"),
        ("$.o[?@<3, ?@<3]", "/o/p /o/q /o/p /o/q"),
        ("$.a[?@<2 || @.b == \"k\"]", "/a/2 /a/7"),
        ("$.a[?match(@.b, '[jk]')]", "/a/6 /a/7"),
        ("$.a[?search(@.b, \"[jk]\")]", "/a/6 /a/7 /a/9"),
        ("$.o[?@>1 && @<4]", "/o/q /o/r"),
        ("$.o[?@.u || @.x]", "/o/t"),
        ("$.a[?@.b == $.x]", "/a/0 /a/1 /a/2 /a/3 /a/4 /a/5"),
        ("$.a[?@ == @]", "/a/0 /a/1 /a/2 /a/3 /a/4 /a/5 /a/6 /a/7 /a/8 /a/9"),
        ("$.a[?!@.b && !(@ == 3)]", "/a/1 /a/2 /a/3 /a/4 /a/5"),
        ("$.a[?@ == 1 || @ == 2 && @ == 3]", "/a/2"),
        ("$.a[?@.b == $.e]", ""),
    ];
    all(&root, &expected);
}

#[test]
fn values_compare_as_json() {
    let root =
        json!([1, 1.0, "1", true, null, [1.0, {"a": 2}], 18_446_744_073_709_551_615_u64, "B", {}]);
    let expected = [
        ("$[?@ == 1]", "/0 /1"),
        ("$[?@ == 1e0]", "/0 /1"),
        ("$[?@ == -0]", ""),
        ("$[?@ == '1']", "/2"),
        ("$[?@ == null]", "/4"),
        ("$[?@ <= true]", "/3"),
        ("$[?@ < true]", ""),
        ("$[?@ == $[5]]", "/5"),
        ("$[?@ > 18446744073709551614]", "/6"),
        ("$[?@ >= 'A']", "/7"),
        ("$[?@ <= 'A']", "/2"),
        ("$[?@.x <= $.x]", "/0 /1 /2 /3 /4 /5 /6 /7 /8"),
        ("$[?@.x < $.x]", ""),
        ("$[?@ != 1]", "/2 /3 /4 /5 /6 /7 /8"),
    ];
    all(&root, &expected);
}

#[test]
fn functions_measure_and_match() {
    let root = json!([
        {"a": "ab", "p": "a."}, {"a": "x\ny"}, {"a": [1, 2, 3]}, {"a": {"b": 1}}, {"a": 5}, {"a": "b|a", "p": "["}
    ]);
    let expected = [
        ("$[?length(@.a) >= 3]", "/1 /2 /5"),
        ("$[?length(@.a) == 1]", "/3"),
        ("$[?length(@.x) == length(@.y)]", "/0 /1 /2 /3 /4 /5"),
        ("$[?count(@.*) == 2]", "/0 /5"),
        ("$[?count(@..*) > 3]", "/2"),
        ("$[?value(@..b) == 1]", "/3"),
        ("$[?length(value(@.a)) == 2]", "/0"),
        ("$[?match(@.a, @.p)]", "/0"),
        ("$[?match(@.a, 'x.y')]", ""),
        ("$[?match(@.a, 'x[.\\\\s]y')]", "/1"),
        ("$[?match( @.a , 'b|ab' )]", "/0"),
        ("$[?search(@.a, 'b')]", "/0 /5"),
        ("$[?!search(@.a, 'b')]", "/1 /2 /3 /4"),
    ];
    all(&root, &expected);
    all(&json!([["ü"]]), &[("$[?length(@[0]) == 1]", "/0")]);
}

#[test]
fn a_text_that_is_no_path_is_refused_with_a_place() {
    let refused = [
        ("", 0, "`$` is missing"),
        ("paths", 0, "`$` is missing"),
        ("$.paths[", 8, "is missing"),
        ("$.", 2, "a name or `*` is missing"),
        ("$. a", 2, "a name or `*` is missing"),
        ("$.1", 2, "a name or `*` is missing"),
        ("$...a", 3, "a name or `*` is missing"),
        ("$.a b", 4, "no step"),
        ("$.a-b", 3, "no step"),
        ("$[]", 2, "is missing"),
        ("$[01]", 3, "`]` is missing"),
        ("$[-0]", 4, "not an integer"),
        ("$[9007199254740992]", 18, "not an integer"),
        ("$[1.0]", 3, "`]` is missing"),
        ("$['a]", 5, "has no end"),
        ("$['a\nb']", 5, "control character"),
        ("$['\\x']", 5, "unknown escape"),
        ("$['\\\"']", 5, "unknown escape"),
        ("$['\\ud800']", 9, "surrogate"),
        ("$['\\ud800\\u0041']", 15, "surrogate"),
        ("$['\\u00g0']", 8, "four digits"),
        ("$[?]", 3, "is missing"),
        ("$[?1]", 4, "not compared"),
        ("$[?'a']", 6, "not compared"),
        ("$[?@.a = 1]", 7, "`]` is missing"),
        ("$[?@ == 01]", 9, "`]` is missing"),
        ("$[?@ == 1e400]", 13, "not a number"),
        ("$[?@ == .5]", 8, "is missing"),
        ("$[?@.* == 1]", 9, "several values"),
        ("$[?1 == @..a]", 12, "several values"),
        ("$[?length(@)]", 12, "not compared"),
        ("$[?length(@.*) == 1]", 13, "several values"),
        ("$[?count(1) == 1]", 10, "begins with `@` or `$`"),
        ("$[?match(@, 'a') == true]", 19, "has no value"),
        ("$[?match(@)]", 10, "`,` is missing"),
        ("$[?match(@, '[')]", 15, "pattern"),
        ("$[?size(@) == 1]", 8, "no function `size`"),
        ("$[?length (@) == 1]", 9, "`(` is missing"),
        ("$[?!@ == 1]", 6, "`]` is missing"),
        ("$[?(@.a]", 7, "`)` is missing"),
        ("$[?'ü' == 'é]", 13, "has no end"),
    ];
    for (text, after, message) in refused {
        let error = JsonPath::parse(text).map(drop).err();
        let error = error.unwrap_or_else(|| panic!("{text} is a path"));
        assert_eq!(error.after, after, "{text}: {}", error.message);
        assert!(error.message.contains(message), "{text}: {}", error.message);
    }
}

#[test]
fn conditions_in_conditions_have_an_end() {
    for (open, close) in [("(", ")"), ("@[?", "]"), ("length(", ")")] {
        let text = format!("$[?{}1{}]", open.repeat(10_000), close.repeat(10_000));
        let error = JsonPath::parse(&text).map(drop).err();
        assert!(error.is_some_and(|error| error.message.contains("32 times")), "{open}");
    }
}
