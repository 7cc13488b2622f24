//! Tests of what is read as data, and what is refused.

use serde_json::{Value, json};

use super::default_export;

fn read(literal: &str) -> Result<Value, String> {
    let module = format!("const openapi = {literal};\nexport default openapi;\n");
    default_export(&module).map_err(|refusal| refusal.to_string())
}

fn refused(literal: &str) -> String {
    read(literal).expect_err(literal)
}

#[test]
fn a_whole_module_is_read() {
    let module = "\u{feff}// a comment\nconst openapi = {\n  openapi: '3.0.0', /* another */\n  paths: {},\n};\n\
        export default openapi;\n//# sourceMappingURL=openapi.js.map";
    assert_eq!(default_export(module), Ok(json!({"openapi": "3.0.0", "paths": {}})));
    assert_eq!(default_export("const a=1\nexport default a"), Ok(json!(1)));
    assert_eq!(default_export("export default {\n  paths: {},\n};\n"), Ok(json!({"paths": {}})));
}

#[test]
fn nothing_may_stand_around_the_literal() {
    for (module, place) in [
        ("", "1:1: expected `const` or `export`"),
        ("{}", "1:1: expected `const` or `export`"),
        (
            "import x from 'y';\nconst a = {};\nexport default a;",
            "1:1: expected `const` or `export`",
        ),
        ("let a = {};\nexport default a;", "1:1: expected `const` or `export`"),
        ("const a = {};", "1:14: expected `export`"),
        ("const a = {};\na.b = 1;\nexport default a;", "2:1: expected `export`"),
        ("const a = {}, b = {};\nexport default a;", "1:13: expected `export`"),
        ("const a = {};\nexport default b;", "2:16: expected `a`"),
        ("const a = {};\nexport default a.b;", "2:17: the module goes on after its default export"),
        (
            "const a = {};\nexport default a;\nrun();",
            "3:1: the module goes on after its default export",
        ),
        ("const { a } = {};\nexport default a;", "1:7: expected a name"),
        ("export const a = {};", "1:8: expected `default`"),
        ("export default a;", "1:16: `a` is code, not data"),
        ("export default {};\nrun();", "2:1: the module goes on after its default export"),
    ] {
        let refusal = default_export(module).map_err(|refusal| refusal.to_string());
        assert_eq!(refusal, Err(place.to_owned()), "{module}");
    }
}

#[test]
fn keys_keep_their_order_and_spelling() {
    let value =
        read("{b: 1, 200: 2, 'a-b': 3, \"q\": 4, $ref: 5, _x: 6, null: 7, 4: 8, ä: 9,}").unwrap();
    let keys: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["b", "200", "a-b", "q", "$ref", "_x", "null", "4", "ä"]);
}

#[test]
fn values_of_every_kind_are_read() {
    let literal =
        "[null, true, false, [], {}, [1,], {a: [{}]}, '', \"it's\", 'say \"hi\"', `two\nlines`]";
    let expected = json!([null, true, false, [], {}, [1], {"a": [{}]}, "", "it's", "say \"hi\"", "two\nlines"]);
    assert_eq!(read(literal), Ok(expected));
}

#[test]
fn numbers_come_out_as_json_has_them() {
    for (literal, expected) in [
        ("0", "0"),
        ("-0", "0"),
        ("-17", "-17"),
        ("55_000", "55000"),
        ("1.50", "1.5"),
        (".5", "0.5"),
        ("-.5", "-0.5"),
        ("5.", "5"),
        ("1e3", "1000"),
        ("1E+3", "1000"),
        ("25e-1", "2.5"),
        ("1e300", "1e+300"),
        ("9007199254740993", "9007199254740993"),
        ("18446744073709551615", "18446744073709551615"),
    ] {
        let value = read(literal).unwrap();
        assert_eq!(
            value.to_string().replace("e300", "e+300").replace("e++", "e+"),
            expected,
            "{literal}"
        );
    }
}

#[test]
fn escapes_are_those_of_javascript() {
    let literal =
        r#"'\n\t\r\b\f\v\0|\'\"\`\\\/|\d|\x41\u00e9\u{1F600}\u{41}|\ud83d\ude00|\u{d83d}\u{de00}'"#;
    let expected = "\n\t\r\u{8}\u{c}\u{b}\0|'\"`\\/|d|A\u{e9}\u{1f600}A|\u{1f600}|\u{1f600}";
    assert_eq!(read(literal), Ok(json!(expected)));
    assert_eq!(read("'one \\\ntwo \\\r\nthree'"), Ok(json!("one two three")));
    assert_eq!(read("`a\r\nb\\`c$d`"), Ok(json!("a\nb`c$d")));
    assert_eq!(read("'\u{2028}'"), Ok(json!("\u{2028}")));
}

#[test]
fn code_is_refused_with_its_place() {
    for (literal, message) in [
        ("{a: b}", "1:21: `b` is code, not data"),
        ("{a: undefined}", "1:21: `undefined` is code, not data"),
        ("{a: NaN}", "1:21: `NaN` is code, not data"),
        ("{\n  a: new Date()}", "2:6: `new` is code, not data"),
        ("{a: require('x')}", "1:21: `require` is code, not data"),
        ("{a: 'x'.length}", "1:24: expected `,` or `}` after a value, found `.`"),
        ("{a: 'x' + 'y'}", "1:25: expected `,` or `}` after a value, found `+`"),
        ("{a: [1](0)}", "1:24: expected `,` or `}` after a value, found `(`"),
        ("{a: `x${1}`}", "1:23: `${` is code, not data"),
        ("{a}", "1:19: expected `:`, found `}`"),
        ("{a() {}}", "1:19: expected `:`, found `(`"),
        ("{get a() {}}", "1:22: expected `:`, found `a`"),
        ("{[a]: 1}", "1:18: expected a key"),
        ("{...a}", "1:18: expected a key"),
        ("[...a]", "1:18: expected a decimal number"),
        ("{__proto__: {}}", "1:18: `__proto__` is code, not data"),
        ("{a: () => 1}", "1:21: expected a value, found `(`"),
        ("{a: !0}", "1:21: expected a value, found `!`"),
        ("{a: /x/}", "1:21: expected a value, found `/`"),
        ("{a: +1}", "1:21: expected a value, found `+`"),
        ("[1,,2]", "1:20: expected a value, found `,`"),
    ] {
        assert_eq!(refused(literal), message, "{literal}");
    }
}

#[test]
fn broken_literals_are_refused() {
    for (literal, part) in [
        ("{a: 1", "found `;`"),
        ("{a 1}", "expected `:`"),
        ("{a: 1 b: 2}", "found `b`"),
        ("{a: 1, a: 2}", "this key occurs twice"),
        ("{a: 'x\n'}", "does not end on its line"),
        ("{a: 'x", "does not end"),
        ("/* {}", "this comment does not end"),
        ("{01: 1}", "plain integer"),
        ("{0x10: 1}", "plain integer"),
        ("{1e3: 1}", "plain integer"),
        ("{1.5: 1}", "plain integer"),
        ("'\\07'", "octal"),
        ("'\\1'", "octal"),
        ("'\\xZ1'", "hexadecimal"),
        ("'\\u12'", "hexadecimal"),
        ("'\\u{}'", "hexadecimal"),
        ("'\\u{110000}'", "no Unicode character"),
        ("'\\ud83d'", "no Unicode character"),
        ("'\\ud83d\\u0041'", "no Unicode character"),
        ("'\\ude00'", "no Unicode character"),
        ("1n", "decimal number"),
        ("0x10", "decimal number"),
        ("012", "decimal number"),
        ("1__0", "decimal number"),
        ("1_", "decimal number"),
        ("1e", "decimal number"),
        ("-", "decimal number"),
        ("1.2.3", "decimal number"),
        ("1e999", "too large"),
    ] {
        let message = refused(literal);
        assert!(message.contains(part), "{literal}: {message}");
    }
}

#[test]
fn columns_count_characters() {
    assert!(refused("{ä: 'é', b: c}").starts_with("1:29:"), "{}", refused("{ä: 'é', b: c}"));
}

#[test]
fn deep_nesting_is_refused_and_does_not_overflow() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    let value = read(&nested(127)).unwrap();
    assert!(serde_json::from_str::<Value>(&value.to_string()).is_ok());
    assert!(refused(&nested(128)).contains("levels deep"));
    assert!(refused(&nested(100_000)).contains("levels deep"));
}
