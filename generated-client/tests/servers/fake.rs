//! Tests with Seam's own fake of its API, which is stateful. It is older than the document: IDs are not UUIDs, and some
//! required properties are missing.
//!
//! The tests share one server and run at the same time, so no test may depend on state that another one changes.

use std::collections::BTreeMap;
use std::time::Duration;

use seam_client::ids::DeviceId;
use seam_client::models::{AccessCode, Device};
use seam_client::{Error, Seam};

use crate::address;
use crate::support::http_client;

/// The initial data of the fake.
const KEY: &str = "seam_apikey1_token";
const LOCK: &str = "august_device_1";

fn seam_with(key: &str) -> Seam {
    let endpoint = address("SEAM_TEST_FAKE");
    let builder = Seam::builder().api_key(key).endpoint(endpoint).http_client(http_client());
    // The fake does not support PATCH.
    builder.post_only().build().unwrap()
}

fn seam() -> Seam {
    seam_with(KEY)
}

#[tokio::test]
#[ignore = "needs Seam's fake: run `cargo xtask test`"]
async fn devices_are_listed_and_found_again_by_their_ids() {
    let devices = seam().devices().list().send().await.unwrap();
    assert!(devices.len() >= 4, "{}", devices.len());
    for Device { device_id, device_type, .. } in &devices {
        let device = seam().devices().get(device_id.clone()).send().await.unwrap();
        assert_eq!((&device.device_id, &device.device_type), (device_id, device_type));
    }
}

#[tokio::test]
#[ignore = "needs Seam's fake: run `cargo xtask test`"]
async fn a_list_is_the_same_page_by_page() {
    let all = seam().devices().list().send().await.unwrap();
    let mut pages = seam().devices().list().limit(2).pages();
    let mut found = Vec::new();
    let mut count = 0;
    while let Some(page) = pages.try_next().await.unwrap() {
        count += 1;
        found.extend(page.into_items());
    }
    assert_eq!(count, all.len().div_ceil(2));
    let ids = |devices: &[Device]| -> Vec<DeviceId> {
        devices.iter().map(|device| device.device_id.clone()).collect()
    };
    assert_eq!(ids(&found), ids(&all));
}

#[tokio::test]
#[ignore = "needs Seam's fake: run `cargo xtask test`"]
async fn a_door_is_waited_for() {
    let pause = Duration::from_millis(10);
    let waiting = seam().locks().lock_door(LOCK).wait().interval(pause);
    waiting.await.unwrap_or_else(|error| panic!("{error}: {error:?}"));
    let device = seam().devices().get(DeviceId::from(LOCK)).send().await.unwrap();
    assert_eq!(device.properties.locked, Some(true));

    let unlocking = seam().locks().unlock_door(LOCK).response().await.unwrap().envelope();
    let id = unlocking["action_attempt"]["action_attempt_id"].as_str().unwrap();
    let unlocked = seam().action_attempts().wait(id).interval(pause).await.unwrap();
    assert_eq!(unlocked.action_type(), Some("UNLOCK_DOOR"));
}

#[tokio::test]
#[ignore = "needs Seam's fake: run `cargo xtask test`"]
async fn an_access_code_is_created_listed_changed_and_deleted() {
    let codes = seam().access_codes();
    let created = codes.create(LOCK).name("Cleaning").code("4711").send().await.unwrap();
    assert_eq!(created.name.as_deref(), Some("Cleaning"));
    assert_eq!(created.code.as_deref(), Some("4711"));
    let id = created.access_code_id;

    let listed = async || -> Vec<AccessCode> { codes.list().device_id(LOCK).send().await.unwrap() };
    assert!(listed().await.iter().any(|code| code.access_code_id == id));

    codes.update(id.clone()).name("Cleaning on Monday").send().await.unwrap();
    let found = listed().await.into_iter().find(|code| code.access_code_id == id);
    assert_eq!(found.unwrap().name.as_deref(), Some("Cleaning on Monday"));

    codes.delete(id.clone()).send().await.unwrap();
    assert!(!listed().await.iter().any(|code| code.access_code_id == id));
}

#[tokio::test]
#[ignore = "needs Seam's fake: run `cargo xtask test`"]
async fn a_key_that_nobody_has_is_unauthorized_with_the_message_of_the_server() {
    let error = seam_with("seam_nobodys_key").devices().list().send().await.unwrap_err();
    let Error::Unauthorized(error) = error else { panic!("{error:?}") };
    assert_eq!(error.message(), "API Key not found");
    assert!(error.request_id().is_some());
}

#[tokio::test]
#[ignore = "needs Seam's fake: run `cargo xtask test`"]
async fn a_device_that_is_not_there_is_an_error_of_the_api() {
    let error = seam().devices().get(DeviceId::from("no-such-device")).send().await.unwrap_err();
    let Error::Api(error) = error else { panic!("{error:?}") };
    assert_eq!((error.status().as_u16(), error.error_type()), (404, Some("device_not_found")));
    assert_eq!(error.message(), "Device not found");
}

#[tokio::test]
#[ignore = "needs Seam's fake: run `cargo xtask test`"]
async fn an_invalid_input_has_its_tree_of_messages() {
    let error = seam().devices().list().limit(-1).send().await.unwrap_err();
    let Error::InvalidInput(error) = error else { panic!("{error:?}") };
    let found: Vec<_> = error.validation_errors().iter().collect();
    assert!(!found.is_empty(), "{error:?}");
}

#[tokio::test]
#[ignore = "needs Seam's fake: run `cargo xtask test`"]
async fn what_the_fake_leaves_out_is_repaired_and_told() {
    let seam = seam();
    let mut repaired = BTreeMap::new();
    macro_rules! read {
        ($($namespace:ident)+ . $method:ident) => {
            let response = seam$(.$namespace())+.$method().response().await;
            let response = response.unwrap_or_else(|error| panic!("{error}: {error:?}"));
            let repairs: Vec<String> = response.repairs().iter().map(ToString::to_string).collect();
            let name = concat!($("/", stringify!($namespace),)+ "/", stringify!($method));
            repaired.insert(name, repairs);
        };
    }
    read!(acs entrances.list);
    read!(acs systems.list);
    read!(acs users.list);
    read!(connect_webviews.list);
    read!(connected_accounts.list);
    read!(devices unmanaged.list);
    read!(devices.list);
    read!(devices.list_device_providers);
    read!(locks.list);
    read!(webhooks.list);
    read!(workspaces.get);
    read!(workspaces.list);
    for (operation, repairs) in &repaired {
        let are_missing = |repair: &String| repair.ends_with("required, but missing");
        assert!(repairs.iter().all(are_missing), "{operation}: {repairs:#?}");
    }
    for operation in ["/acs/systems/list", "/connected_accounts/list", "/workspaces/get"] {
        assert!(!repaired[operation].is_empty(), "{operation} has caught up: {repaired:#?}");
    }
}

/// The fake returns what an older API returned.
#[tokio::test]
#[ignore = "needs Seam's fake: run `cargo xtask test`"]
async fn an_answer_under_another_key_was_accepted_and_cannot_be_read() {
    let error = seam().thermostats().list().send().await.unwrap_err();
    assert!(error.was_accepted(), "{error}");
    let Error::Decode(error) = error else { panic!("{error:?}") };
    assert_eq!(error.path(), "devices");
    assert!(error.body().starts_with(b"{\"thermostats\":["), "{error:?}");
}

#[tokio::test]
#[ignore = "needs Seam's fake: run `cargo xtask test`"]
async fn pages_hold_together_what_one_list_holds() {
    let devices = seam().devices();
    let all = devices.list().send().await.unwrap();
    let (mut pages, mut paged) = (devices.list().limit(2).pages(), Vec::new());
    let mut count = 0;
    while let Some(page) = pages.try_next().await.unwrap() {
        count += 1;
        assert!(page.items().len() <= 2);
        paged.extend(page.into_items().into_iter().map(|device| device.device_id));
    }
    assert_eq!(count, all.len().div_ceil(2));
    assert_eq!(paged, all.into_iter().map(|device| device.device_id).collect::<Vec<_>>());
}

#[tokio::test]
#[ignore = "needs Seam's fake: run `cargo xtask test`"]
async fn a_door_is_unlocked_and_locked_again() {
    let seam = seam();
    let interval = Duration::from_millis(50);
    seam.locks().unlock_door(LOCK).wait().interval(interval).await.unwrap();
    seam.locks().lock_door(LOCK).wait().interval(interval).await.unwrap();
}

#[tokio::test]
#[ignore = "needs Seam's fake: run `cargo xtask test`"]
async fn a_command_is_not_lost_when_the_server_fails_while_it_is_waited_for() {
    let seam = seam();
    outage(&["/action_attempts/get"]).await;
    let unlocked = seam.locks().unlock_door(LOCK).wait().interval(Duration::from_millis(20));
    let error = unlocked.timeout(Duration::from_millis(200)).await.unwrap_err();
    outage(&[]).await;
    let Error::PollTimeout(error) = error else { panic!("{error:?}") };
    let id = error.id().unwrap().to_owned();
    let interval = Duration::from_millis(50);
    let attempt = seam.action_attempts().wait(id).interval(interval).await.unwrap();
    assert_eq!(attempt.action_type(), Some("UNLOCK_DOOR"));
}

/// Makes the fake return 503 for these paths, and for no others.
async fn outage(paths: &[&str]) {
    let body = serde_json::json!({ "workspace_id": "seed_workspace_1", "routes": paths });
    let url = format!("{}/_fake/simulate_workspace_outage", address("SEAM_TEST_FAKE"));
    let call = http_client().post(url).header("content-type", "application/json");
    let answer = call.body(body.to_string()).send().await.unwrap();
    assert!(answer.status().is_success());
}
