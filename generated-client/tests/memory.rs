//! Decoding takes no more memory than a multiple of the size of the body, whatever the body contains.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where its helpers fail")]

use std::fs;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use seam_client::api::events::list::Interval;
use seam_client::models::Device;
use seam_client::transport::{
    BoxFuture, Transport, TransportFailure, TransportRequest, TransportResponse,
};
use seam_client::{Error, Seam, blank};
use serde_json::Value;
use tokio::sync::Mutex;

/// The size of each body. It is large enough for the limit to depend on it.
const SIZE: usize = 8 << 20;

/// The peak memory of this process: three times the limit, as a vector that grows is copied and the allocator keeps what is
/// freed on another thread. Without a limit, the first body takes about 800 MiB.
const MOST: usize = 3 * 16 * SIZE + (128 << 20);

/// The tests take turns, as they measure the memory of the same process.
static TURN: Mutex<()> = Mutex::const_new(());

/// Responds to each request with the same body.
struct Same(Bytes);

impl Transport for Same {
    fn send(
        &self,
        _: TransportRequest,
    ) -> BoxFuture<'_, Result<TransportResponse, TransportFailure>> {
        let (status, headers) = (StatusCode::OK, HeaderMap::new());
        let response = TransportResponse { status, headers, body: self.0.clone().into() };
        Box::pin(async move { Ok(response) })
    }
}

#[derive(Clone, Copy, Debug)]
enum Call {
    Devices,
    Events,
    Raw,
}

impl Call {
    async fn send(self, body: Vec<u8>) -> Result<usize, Error> {
        let seam = Seam::builder().api_key("seam_test1_notforanylog").transport(Same(body.into()));
        let seam = seam.build().unwrap();
        Ok(match self {
            Self::Devices => seam.devices().list().send().await?.len(),
            Self::Events => {
                let since = Interval::Since("2025-01-01T00:00:00Z".into());
                seam.events().list(since).send().await?.len()
            }
            Self::Raw => seam.request("/anything").send::<Vec<Value>>().await?.len(),
        })
    }
}

fn repeated(open: &str, element: &[u8], close: &str) -> Vec<u8> {
    let count = (SIZE - open.len() - close.len()) / element.len();
    [open.as_bytes(), &element.repeat(count), close.as_bytes()].concat()
}

/// Returns the peak memory of this process, if the system reports it.
fn peak() -> Option<usize> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: usize = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kilobytes << 10)
}

fn assert_peak(case: &str) {
    if let Some(peak) = peak() {
        println!("{case}: at most {} MiB so far", peak >> 20);
        assert!(peak <= MOST, "{case}: {} MiB", peak >> 20);
    }
}

#[tokio::test]
async fn a_body_of_tiny_values_ends_with_an_error_before_it_takes_much_more_memory_than_its_size() {
    let _turn = TURN.lock().await;
    let in_event = r#"{"events":[{"event_type":"new","more":["#;
    let in_device = r#"{"devices":[{"device_id":"d","capabilities_supported":["#;
    let cases: [(Call, &str, &[u8], &str, &str); 11] = [
        (Call::Events, r#"{"events":["#, br#"{"":0},"#, "{}]}", "16 times the size"),
        (Call::Events, r#"{"events":["#, b"{},", "{}]}", "16 times the size"),
        (Call::Events, r#"{"events":["#, br#"{"event_type":"x"},"#, "{}]}", "16 times the size"),
        (Call::Events, in_event, b"0,", "0]}]}", "16 times the size"),
        (Call::Events, in_event, b"[[]],", "0]}]}", "16 times the size"),
        (Call::Devices, r#"{"devices":["#, b"{},", "{}]}", "not as the API describes"),
        (Call::Devices, r#"{"devices":["#, br#"{"device_id":"d"},"#, "{}]}", "100000 parts"),
        (Call::Devices, in_device, b"\"\xff\",", r#"""]}]}"#, "100000 parts"),
        (Call::Raw, "[", b"0,", "0]", "16 times the size"),
        (Call::Raw, "[", br#"{"":0},"#, "0]", "16 times the size"),
        (Call::Raw, "[", b"[],", "0]", "16 times the size"),
    ];
    for (call, open, element, close, message) in cases {
        let case = format!("{call:?} {open}{}", String::from_utf8_lossy(element));
        let error = call.send(repeated(open, element, close)).await.unwrap_err();
        let Error::Decode(decode) = &error else { panic!("{case}: {error:?}") };
        assert!(decode.message().contains(message), "{case}: {error}");
        assert!(error.was_accepted() && !error.is_retryable(), "{case}: {error}");
        assert_peak(&case);
    }
}

#[tokio::test]
async fn bytes_that_are_no_text_take_a_few_times_their_size() {
    let _turn = TURN.lock().await;
    for element in [&b"\xff"[..], b"a\xff"] {
        let body = repeated(r#"{"devices":[{"device_id":"d","unknown":""#, element, r#""}]}"#);
        assert_eq!(Call::Devices.send(body).await.unwrap(), 1);
        assert_peak(&format!("{element:?}"));
    }
}

#[tokio::test]
async fn a_conforming_list_of_the_smallest_devices_is_decoded() {
    let _turn = TURN.lock().await;
    let mut device: Device = blank();
    device.device_id = "20ab519f-75ae-482e-ae4c-082f29295bf2".into();
    device.workspace_id = "398d80b7-3f96-47c2-b85a-6f8ba21d07be".into();
    device.device_type = "august_lock".into();
    let device = format!("{},", serde_json::to_string(&device).unwrap());
    println!("{} bytes of JSON, {} in memory: {device}", device.len(), size_of::<Device>());
    let body = repeated(r#"{"devices":["#, device.as_bytes(), "{}]}");
    let devices = Call::Devices.send(body).await.unwrap();
    assert!(devices >= SIZE / device.len() - 1, "{devices}");
    assert_peak("devices");
}
