//! Decoding allocates the memory of the decoded values, and little more. The test fails if a count has grown by more than a
//! tenth. Then find out why, and write the new count here.

#![allow(clippy::unwrap_used, reason = "a test says where it stands what it did not find")]

use std::alloc::System;
use std::hint::black_box;

use seam_client::models::acs_credential::{AccessMethod, AcsCredential};
use seam_client::models::action_attempt::ActionAttempt;
use seam_client::models::event::Event;
use serde::de::DeserializeOwned;
use serde_json::Value;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

/// The keys are in the order of the document, in which the discriminator is in the middle.
const EVENT: &str = r#"{
    "access_code_id": "8573bf39-3c9f-4b9f-8bf2-a3449e2a8fe4",
    "connected_account_id": "0c0ffe9e-9ad4-4021-83c6-42334ae3fecb",
    "created_at": "2025-01-02T09:22:07.089Z",
    "device_id": "0ccd234b-dbc9-4b3e-887c-f550a2c05ed3",
    "event_description": "An access code was created.",
    "event_id": "b5b37f59-4f3d-4ba0-9c2a-4f3f3f0e3c57",
    "event_type": "access_code.created",
    "occurred_at": "2025-01-02T09:22:07.089Z",
    "workspace_id": "1ee4d46e-c266-4978-8698-4d1861f5bc96"
}"#;

const ATTEMPT: &str = r#"{
    "action_attempt_id": "8d5eeda5-442f-4dad-81a1-2182d13c8ee1",
    "action_type": "UNLOCK_DOOR",
    "error": null,
    "result": {"was_confirmed_by_device": true},
    "status": "success"
}"#;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// The number of allocations of decoding `text`.
fn counted<T: DeserializeOwned>(text: &str) -> usize {
    let region = Region::new(ALLOCATOR);
    drop(black_box(serde_json::from_str::<T>(text).unwrap()));
    let used = region.change();
    used.allocations + used.reallocations
}

/// All counts are in one test, because tests in other threads allocate as well.
#[test]
fn reading_does_not_ask_for_a_tenth_more_memory_than_is_written_down() {
    let body: Value = serde_json::from_str(include_str!("fixtures/full.json")).unwrap();
    let credential = body["acs_credential"].to_string();
    let counts = [
        ("a struct", counted::<AcsCredential>(&credential), 46),
        ("a union whose key comes late", counted::<Event>(EVENT), 7),
        ("a union in a union", counted::<ActionAttempt>(ATTEMPT), 4),
        ("a known value of an open enum", counted::<AccessMethod>("\"card\""), 0),
        ("an empty list", counted::<Vec<AcsCredential>>("[]"), 0),
    ];
    // `serde_json::Value` takes some more memory if a feature of `serde_json` preserves the order of keys.
    let has_grown =
        |(_, counted, written): &(&str, usize, usize)| *counted > written + written / 10;
    let grown: Vec<_> = counts.into_iter().filter(has_grown).collect();
    assert!(grown.is_empty(), "what, how often now, and what is written down: {grown:?}");
}
