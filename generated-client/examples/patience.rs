//! Lists devices, with time limits and retries of its own.
//!
//! `SEAM_API_KEY=seam_… cargo run --example patience`

use std::time::Duration;

use seam_client::{CallOptions, Error, RetryPolicy, Seam};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let seam = Seam::builder()
        .or_env()
        .timeout(Duration::from_secs(10))
        .retry(RetryPolicy::new().max_retries(4).deadline(Duration::from_secs(45)))
        .build()?;
    let hurried = CallOptions::new().timeout(Duration::from_secs(3)).retry(RetryPolicy::none());
    let response = seam.devices().list().options(hurried).response().await?;
    println!("{} devices, {} attempts", response.value().len(), response.attempts());
    Ok(())
}
