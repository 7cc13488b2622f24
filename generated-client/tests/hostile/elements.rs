//! Lists in which one element is broken: the others are there, and so are the pages behind it.

use seam_client::ids::DeviceId;
use seam_client::{Error, Seam};

use crate::call::ok;
use crate::server::{Kept, Server, Step, http};
use crate::support::API_KEY;

/// What may be wrong with a device, and whether it is left out for that.
fn broken() -> Vec<(Vec<u8>, bool)> {
    let deep = "[".repeat(200) + &"]".repeat(200);
    let texts = [
        ("{}".to_owned(), true),
        ("null".to_owned(), true),
        ("5".to_owned(), true),
        (r#"{"device_id":null}"#.to_owned(), true),
        (r#"{"device_id":"\ud800"}"#.to_owned(), true),
        (r#"{"device_id":"odd","errors":[{"message":"no code"}]}"#.to_owned(), false),
        (r#"{"device_id":"odd","errors":[{"error_code":null}]}"#.to_owned(), false),
        (r#"{"device_id":"odd","errors":[{}]}"#.to_owned(), false),
        (r#"{"device_id":"odd","nickname":"\ud800"}"#.to_owned(), false),
        (r#"{"device_id":"odd","custom_metadata":{"a":1e400}}"#.to_owned(), false),
        (r#"{"device_id":"odd","custom_metadata":{"\udfff":1}}"#.to_owned(), false),
        (r#"{"device_id":"odd","properties":{"battery_level":1e400}}"#.to_owned(), false),
        (
            format!(r#"{{"device_id":"odd","warnings":[{{"warning_code":"new","x":{deep}}}]}}"#),
            false,
        ),
        (format!(r#"{{"device_id":"odd","warnings":[{{"x":{deep}}}]}}"#), false),
    ];
    let mut broken: Vec<_> =
        texts.into_iter().map(|(text, out)| (text.into_bytes(), out)).collect();
    broken.push((b"{\"device_id\":\"odd\",\"nickname\":\"\xff\"}".to_vec(), false));
    broken.push((b"{\"device_id\":\"\xff\"}".to_vec(), true));
    broken
}

/// A page of 500 devices, of which one is `odd`.
fn page(odd: &[u8], next: Option<&str>) -> Vec<u8> {
    let mut body = br#"{"devices":["#.to_vec();
    for index in 0..500 {
        let device = format!(r#"{{"device_id":"d{index}","errors":[]}}"#);
        body.extend_from_slice(if index == 250 { odd } else { device.as_bytes() });
        body.push(if index == 499 { b']' } else { b',' });
    }
    let next = next.map_or("null".to_owned(), |next| format!("\"{next}\""));
    let pagination = format!(
        r#","pagination":{{"has_next_page":{},"next_page_cursor":{next},"next_page_url":null}}}}"#,
        next != "null"
    );
    body.extend_from_slice(pagination.as_bytes());
    body
}

fn answer(body: &[u8]) -> Vec<Step> {
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
    vec![Step::Read, Step::write([head.as_bytes(), body].concat())]
}

#[tokio::test]
async fn one_broken_device_takes_no_other_with_it() {
    let http = http(Kept::No);
    for (odd, is_left_out) in broken() {
        let case = String::from_utf8_lossy(&odd[..odd.len().min(80)]).into_owned();
        let server = Server::start([answer(&page(&odd, None))]).await;
        let response = server.client(&http).devices().list().response().await.unwrap();
        let devices = response.value();
        assert_eq!(devices.len(), 500 - usize::from(is_left_out), "{case}");
        assert_eq!(devices.iter().any(|device| device.device_id.as_str() == "odd"), !is_left_out);
        let repair = response.repairs().iter().find(|repair| repair.path() == "devices[250]");
        assert_eq!(repair.is_some_and(|repair| repair.left_out().is_some()), is_left_out, "{case}");
        let server = Server::start([answer(&page(&odd, None))]).await;
        let strict = server.build(Seam::builder().api_key(API_KEY).strict(), &http);
        let error = strict.devices().list().send().await.unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{case}: {error:?}");
    }
}

#[tokio::test]
async fn one_broken_device_does_not_end_the_pages() {
    let http = http(Kept::No);
    for (odd, is_left_out) in broken() {
        let odd_page = page(&odd, Some("third"));
        let script = [
            answer(&page(br#"{"device_id":"d250"}"#, Some("second"))),
            answer(&odd_page),
            answer(&page(br#"{"device_id":"d250"}"#, None)),
        ];
        let server = Server::start(script).await;
        let mut devices = server.client(&http).devices().list().items();
        let mut count = 0;
        while devices.try_next().await.unwrap().is_some() {
            count += 1;
        }
        let case = String::from_utf8_lossy(&odd[..odd.len().min(80)]).into_owned();
        assert_eq!(count, 1500 - usize::from(is_left_out), "{case}");
    }
}

#[tokio::test]
async fn the_device_that_a_call_is_about_needs_its_id() {
    let http = http(Kept::No);
    for device in ["{}", r#"{"device_id":null}"#, r#"{"device_id":"\ud800"}"#, "5", "null"] {
        let server = Server::answer(ok(&format!(r#"{{"device":{device}}}"#))).await;
        let error =
            server.client(&http).devices().get(DeviceId::from("d")).send().await.unwrap_err();
        assert!(matches!(error, Error::Decode(_)) && error.was_accepted(), "{device}: {error:?}");
    }
}
