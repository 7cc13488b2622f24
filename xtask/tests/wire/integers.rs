//! How the client of `integers.yaml` reads, keeps and sends integers.

mod server;

use serde_json::Value;
use wire_integers::models::Numbers;
use wire_integers::models::numbers::{TextOrAny, TextOrLong};
use wire_integers::{Client, Error};

/// Larger than any integer of 64 bits, and than what a float holds exactly.
const LARGE: i128 = 123_456_789_012_345_678_901_234_567_890;

/// Each integer at the end of its range.
const ALL: &str = concat!(
    r#"{"any":123456789012345678901234567890,"count":18446744073709551616,"list":[1,-123456789012345678901234567890],"#,
    r#""long":-9223372036854775808,"map":{"a":123456789012345678901234567890},"natural":4294967295,"#,
    r#""natural_list":[18446744073709551615],"natural_long":18446744073709551615,"nested":{"any":1},"#,
    r#""offset":-10,"percent":100,"seconds":4102444800,"short":-2147483648,"short_or_natural":4294967295,"#,
    r#""text_or_any":123456789012345678901234567890,"text_or_long":9007199254740993}"#
);

fn client(endpoint: &str) -> Client {
    Client::builder().endpoint(endpoint).strict().build().unwrap()
}

#[tokio::test]
async fn integers_of_all_sizes_are_read_as_they_are_and_sent_back_unchanged() {
    let (endpoint, server) = server::serve(200, "application/json", ALL);
    let read = client(&endpoint).numbers().get(u64::MAX).large(LARGE).ids([1, -2]).send().await;
    let line = server.join().unwrap().line;
    assert_eq!(line, format!("GET /numbers/{}?ids=1&ids=-2&large={LARGE}", u64::MAX));
    let numbers = read.unwrap();
    assert_eq!((numbers.any, numbers.natural_long), (LARGE, Some(u64::MAX)));
    assert_eq!(numbers.text_or_long, Some(TextOrLong::Integer(9_007_199_254_740_993)));
    assert_eq!(numbers.text_or_any, Some(TextOrAny::Integer(LARGE)));
    assert_eq!(numbers.map.as_ref().unwrap()["a"], LARGE);
    assert_eq!(serde_json::to_string(&numbers).unwrap(), ALL);

    let (endpoint, server) = server::serve(200, "application/json", ALL);
    let mut request = client(&endpoint).numbers().put(LARGE).natural_long(u64::MAX).count(7_usize);
    request = request.nested(Numbers::new(1).natural(3).natural_list(vec![u64::MAX]).list([1, 2]));
    assert_eq!(request.send().await.unwrap(), numbers);
    let body = server.join().unwrap().body;
    let nested = r#"{"any":1,"list":[1,2],"natural":3,"natural_list":[18446744073709551615]}"#;
    let expected =
        format!(r#"{{"any":{LARGE},"count":7,"natural_long":{},"nested":{nested}}}"#, u64::MAX);
    assert_eq!(body, expected);
}

#[tokio::test]
async fn an_integer_that_does_not_fit_is_an_error_before_anything_is_sent() {
    // Nothing listens there.
    let client = client("http://127.0.0.1:9");
    let refused = async |outcome: Result<Numbers, Error>, expected: &str| {
        let error = outcome.unwrap_err();
        assert!(matches!(error, Error::InvalidOptions(_)) && !error.was_sent(), "{error:?}");
        assert!(error.to_string().contains(expected), "{error}");
    };
    let numbers = client.numbers();
    refused(numbers.get(-1).send().await, "the parameter `id`").await;
    refused(numbers.get(1).ids([1, i64::MAX]).send().await, "9223372036854775807 does not fit").await;
    refused(numbers.put(1).long(u64::MAX).send().await, "`i64`").await;
    refused(numbers.put(u128::MAX).send().await, "the parameter `any`").await;
    let corrected = numbers.put(1).long(u64::MAX).long(1);
    assert!(matches!(corrected.send().await, Err(Error::Transport(_))));
}

#[test]
fn an_integer_out_of_range_is_never_another_one() {
    let read = |text: &str| serde_json::from_str::<Numbers>(text);
    // Integers however they are written.
    for (text, expected) in [("1e3", 1000), ("1.50e1", 15), ("120e-1", 12), ("1e+21", 10_i128.pow(21))] {
        assert_eq!(read(&format!(r#"{{"any":{text}}}"#)).unwrap().any, expected, "{text}");
    }
    let short = read(r#"{"any":1,"short":2147483648,"natural":-1,"percent":1.5}"#).unwrap();
    assert_eq!((short.short, short.natural, short.percent), (None, None, None));
    // What is none of the types is kept as it is.
    let odd: Numbers = serde_json::from_str(r#"{"any":1,"text_or_long":9223372036854775808}"#).unwrap();
    let kept = TextOrLong::Unrecognized(Value::from(9_223_372_036_854_775_808_u64));
    assert_eq!(odd.text_or_long, Some(kept));
}
