//! Lists devices, however many pages they take.
//!
//! `SEAM_API_KEY=seam_… cargo run --example devices -- [<page_cursor>]`

use seam_client::models::Device;
use seam_client::{Effect, Error, Seam};
use serde_json::json;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let kept = std::env::args().nth(1);
    if kept.is_none() {
        one_by_one().await?;
    }
    all_at_once().await?;
    by_path().await?;
    page_by_page(kept).await
}

/// As a path is called that this version of the client does not describe.
async fn by_path() -> Result<(), Error> {
    let seam = Seam::from_env()?;
    let devices: Vec<Device> = seam
        .request("/devices/list")
        .json(json!({"limit": 10}))
        .effect(Effect::Read)
        .response_key("devices")
        .send()
        .await?;
    println!("{} devices", devices.len());
    Ok(())
}

async fn all_at_once() -> Result<(), Error> {
    let seam = Seam::from_env()?;
    let devices: Vec<Device> = seam.devices().list().items().take(1000).all().await?;
    println!("{} devices", devices.len());
    Ok(())
}

async fn one_by_one() -> Result<(), Error> {
    let seam = Seam::from_env()?;
    let mut devices = seam.devices().list().limit(100).items();
    while let Some(device) = devices.try_next().await? {
        println!("{} is a {}", device.device_id, device.device_type.as_str());
    }
    Ok(())
}

/// Goes on where another run has stopped, if that kept the cursor.
async fn page_by_page(kept: Option<String>) -> Result<(), Error> {
    let seam = Seam::from_env()?;
    let mut list = seam.devices().list();
    if let Some(cursor) = kept {
        list = list.page_cursor(cursor);
    }
    let mut pages = list.pages();
    while let Some(page) = pages.try_next().await? {
        println!("{} devices, then {:?}", page.items().len(), page.next_cursor());
    }
    Ok(())
}
