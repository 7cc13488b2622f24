//! How the client of `formats.yaml` reads and sends dates, times and decimals.

mod server;

use wire_formats::models::moment::PriceOrText;
use wire_formats::models::Moment;
use wire_formats::{Client, Decimal, jiff};

fn client(endpoint: &str) -> Client {
    Client::builder().endpoint(endpoint).build().unwrap()
}

const ALL: &str = concat!(
    r#"{"at":"2025-01-02T03:04:05.5Z","closes":"18:00:00+01:00","data":"c2FtcGxl","day":"2024-02-29","#,
    r#""days":["0001-01-01","9999-12-31"],"lasts":"P1M","link":"https://example.com/%20","#,
    r#""local":"2025-01-02T03:04:05","opens":"09:30:00","price":12345678901234567890.10,"#,
    r#""price_or_text":0.10,"prices":{"a":1e400,"b":-0.0},"ratio":0.5,"text_price":"0.10"}"#
);

#[tokio::test]
async fn values_of_each_format_are_read_and_sent_as_they_are() {
    let (endpoint, server) = server::serve(200, "application/json", ALL);
    let price: Decimal = "1.50".parse().unwrap();
    let find = client(&endpoint).moments().find(jiff::civil::date(2024, 2, 29)).price(price);
    let response = find.limit(5).response().await.unwrap();
    assert_eq!(server.join().unwrap().line, "GET /moments?day=2024-02-29&limit=5&price=1.50");
    assert!(response.repairs().is_empty(), "{:?}", response.repairs());
    let moment = response.value();
    assert_eq!(moment.local, Some(jiff::civil::datetime(2025, 1, 2, 3, 4, 5, 0)));
    assert_eq!(moment.opens, Some(jiff::civil::time(9, 30, 0, 0)));
    let Some(PriceOrText::Number(price)) = &moment.price_or_text else { panic!("{moment:?}") };
    assert_eq!(price.as_str(), "0.10");
    assert_eq!(serde_json::to_string(moment).unwrap(), ALL);
}

#[tokio::test]
async fn a_text_that_is_not_a_date_time_is_kept() {
    for text in ["2025-01-02T03:04:05", "soon"] {
        let body = format!(r#"{{"at":"{text}","day":"2025-01-02T00:00:00"}}"#);
        let (endpoint, _server) = server::serve(200, "application/json", &body);
        let day = jiff::civil::date(2025, 1, 2);
        let response = client(&endpoint).moments().find(day).response().await.unwrap();
        assert_eq!(response.value().at.as_str(), text);
        assert_eq!(response.value().at.timestamp(), None);
        // A date with a time is no date.
        assert_eq!(response.value().day, None);
        let repairs: Vec<String> = response.repairs().iter().map(ToString::to_string).collect();
        assert_eq!(repairs, ["day: expected a date, found another text"]);
    }
}

#[tokio::test]
async fn a_strict_client_refuses_what_is_not_a_date_time() {
    for (text, is_read) in [("2025-01-02T03:04:05+01:00", true), ("2025-01-02T03:04:05", false)] {
        let (endpoint, _server) =
            server::serve(200, "application/json", &format!(r#"{{"at":"{text}"}}"#));
        let client = Client::builder().endpoint(&endpoint).strict().build().unwrap();
        let found = client.moments().find(jiff::civil::date(2025, 1, 2)).await;
        assert_eq!(found.is_ok(), is_read, "{found:?}");
    }
}

#[test]
fn decimals_in_other_formats_are_numbers() {
    let moment: Moment = serde_json::from_str(r#"{"at":"2025-01-02T03:04:05Z","price":1.5}"#).unwrap();
    let value = serde_json::to_value(&moment).unwrap();
    assert_eq!(value["price"], 1.5);
    assert_eq!(serde_json::from_value::<Moment>(value).unwrap(), moment);
}
