//! The results are those of an established implementation, which is only used here.

use serde_json::json;
use serde_json_path::JsonPath;

use super::*;

fn document() -> Value {
    json!({
        "paths": {"/a/b": {"post": {"tags": ["x", "y"]}, "get": {"tags": ["x"]}}, "/c~d": {"post": {}}},
        "items": [
            {"n": 1, "s": "one", "t": [1, 2]},
            {"n": 2.0, "s": "two", "t": []},
            {"n": -3, "s": "tée\n", "t": {"a": null}},
            {"s": null}, "text", 7, null, true, [], {},
        ],
        "numbers": [0, 1, 2, 3, 4, 5, 6],
        "limit": 2,
        "ünïcode": {"'": 1, "\"": 2, "\\": 3, "\u{1f600}": 4},
    })
}

/// Queries that are right.
const QUERIES: &[&str] = &[
    "$",
    "$.*",
    "$..*",
    "$.paths",
    "$.paths['/a/b'].post",
    "$.paths[\"/a/b\"]['post', 'get']",
    "$ .paths [ '/a/b' , '/c~d' ] .post",
    "$.paths.*.post.tags[0]",
    "$..tags",
    "$..tags[*]",
    "$..[0]",
    "$..['n','s']",
    "$.items[0]",
    "$.items[-1]",
    "$.items[99]",
    "$.items[-99]",
    "$.numbers[1:3]",
    "$.numbers[:2]",
    "$.numbers[5:]",
    "$.numbers[::2]",
    "$.numbers[::-1]",
    "$.numbers[5:1:-2]",
    "$.numbers[-3:]",
    "$.numbers[:-5]",
    "$.numbers[1:5:0]",
    "$.numbers[ 1 : 5 : 2 ]",
    "$.numbers[-99:99]",
    "$.numbers[99:-99:-1]",
    "$.numbers[3, 3, 1:3]",
    "$['ünïcode']['\\'']",
    "$.ünïcode[\"\\\"\"]",
    "$.ünïcode['\\\\']",
    "$.ünïcode['\\ud83d\\ude00']",
    "$.ünïcode['\\u0027']",
    "$.items[?@.n]",
    "$.items[?@.n == 1]",
    "$.items[?@.n == 2]",
    "$.items[?@.n != 2]",
    "$.items[?@.n < 2]",
    "$.items[?@.n <= 2]",
    "$.items[?@.n > -3]",
    "$.items[?@.n >= $.limit]",
    "$.items[?@.n == 1e0]",
    "$.items[?1 == @.n]",
    "$.items[?@.s == null]",
    "$.items[?@.s == 'one' || @.s == \"two\"]",
    "$.items[?@.n && @.n > 1]",
    "$.items[?!@.n]",
    "$.items[?!(@.n == 1 || @.n == 2)]",
    "$.items[?(@.n == 1)]",
    "$.items[?@.n == 1 || @.n == 2 && @.s == 'one']",
    "$.items[?@.s > 'one']",
    "$.items[?@.missing == @.other]",
    "$.items[?@.missing <= @.other]",
    "$.items[?@.t == $.items[1].t]",
    "$.items[?@ == 7]",
    "$.items[?@ == 'text']",
    "$.items[?@ == true]",
    "$.items[?@.t[0] == 1]",
    "$.items[?@['s'] == 'one']",
    "$.items[?length(@.s) == 3]",
    "$.items[?length(@.t) == 0]",
    "$.items[?length(@) > 2]",
    "$.items[?count(@.*) == 3]",
    "$.items[?count($..tags) == 2]",
    "$.items[?value(@..a) == null]",
    "$.items[?value(@.t[0]) == 1]",
    "$.items[?length(value(@.t[*])) == 1]",
    "$.items[?match(@.s, 't.*')]",
    "$.items[?match(@.s, 'o|on|one')]",
    "$.items[?search(@.s, 'w')]",
    "$.items[?search(@.s, '[^a-s]{2}')]",
    "$.items[?match(@.s, '(t|w|o)+')]",
    "$.items[?!match(@.s, 'one')]",
    "$.items[?search(@.s, '^t')]",
    "$.items[?search(@.s, 'e$')]",
    "$.items[?match(@.s, '[')]",
    "$.items[?match(@.s, '.{3,}')]",
    "$.items[?match(@.s, '(e?n?o?){2,5}')]",
    "$..[?@.post]",
    "$..[?@.tags[?@ == 'y']]",
    "$.paths[?@.post && !@.get]",
    "$.items[?@.t.a == null]",
    "$[?@[0]]",
    "$.items[?@.n==-3]",
    "$.items[? @.n ]",
    "$..[?@ > 5]",
    "$.items[?@.s=='t\\u00e9e\\n']",
    "$._none",
    "$.a1",
];

/// Queries that are wrong.
const WRONG: &[&str] = &[
    "",
    "paths",
    "@",
    "$.",
    "$..",
    "$.paths[",
    "$.paths[]",
    "$.paths['a'",
    "$.paths['a]",
    "$.1a",
    "$.a-b",
    "$.numbers[01]",
    "$.numbers[-0]",
    "$.numbers[1.0]",
    "$.numbers[9007199254740992]",
    "$.numbers[1:2:3:4]",
    "$['\\x']",
    "$['\\ud800']",
    "$['\\u12']",
    "$[\"\\'\"]",
    "$['\n']",
    "$[?]",
    "$[?1]",
    "$[?'a']",
    "$[?@.a == @.*]",
    "$[?@..a == 1]",
    "$[?@.a = 1]",
    "$[?@.a == ]",
    "$[?(@.a]",
    "$[?@.a &&]",
    "$[?!1]",
    "$[?length(@.a)]",
    "$[?length(@.*) == 1]",
    "$[?count(1) == 1]",
    "$[?match(@.a)]",
    "$[?match(@.a, 'b') == true]",
    "$[?unknown(@.a)]",
    "$[?@.a == 01]",
    "$[?@.a == 1.]",
    "$ ",
    "$.a ",
    " $",
    "$[?@.a == [1]]",
    "$[?@.a == truely]",
    "$.*a",
    "$[a]",
];

#[test]
fn queries_select_what_another_implementation_selects() {
    let document = document();
    for text in QUERIES {
        let theirs = JsonPath::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        let mut expected: Vec<String> = Vec::new();
        for node in theirs.query_located(&document) {
            let pointer = node.location().to_json_pointer();
            if !expected.contains(&pointer) {
                expected.push(pointer);
            }
        }
        let ours = Query::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        let found: Vec<String> = ours.locate(&document).iter().map(Pointer::to_string).collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn wrong_queries_are_refused_with_the_character() {
    for text in WRONG {
        assert!(JsonPath::parse(text).is_err(), "{text} is right");
        let message = Query::parse(text).unwrap_err();
        assert!(message.starts_with("at character "), "{text}: {message}");
    }
    let message = Query::parse("$.é[?@.a == ]").unwrap_err();
    assert!(message.starts_with("at character 13, "), "{message}");
}

#[test]
fn deep_filters_are_refused_and_patterns_take_no_time() {
    let deep = format!("$[?{}@.a{}]", "(".repeat(10_000), ")".repeat(10_000));
    assert!(Query::parse(&deep).unwrap_err().contains("in each other"));
    let text = json!([format!("{}b", "a".repeat(2_000))]);
    for (pattern, found) in [("(a*)*b", 1), ("(a|a)*c", 0), ("(a*){1000000}c", 0)] {
        let query = Query::parse(&format!("$[?match(@, '{pattern}')]")).unwrap();
        assert_eq!(query.locate(&text).len(), found, "{pattern}");
    }
}
