//! Unlocks a door, and waits until it is unlocked; then takes a code away from it, if there is one to take.
//!
//! `SEAM_API_KEY=seam_… cargo run --example unlock -- <device_id> [<access_code_id>]`

use std::time::Duration;

use seam_client::models::ActionAttempt;
use seam_client::{Error, Seam};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let lock = std::env::args().nth(1).ok_or("give the id of a lock")?;
    unlock(&lock).await?;
    if let Some(code) = std::env::args().nth(2) {
        delete_code(&code).await?;
    }
    Ok(())
}

/// Takes a code away from the lock, and waits until it opens no more.
async fn delete_code(code: &str) -> Result<(), Error> {
    let seam = Seam::from_env()?;
    let deleted = seam.access_codes().delete(code).await?;
    if let Some(id) = deleted.action_attempt.as_ref().and_then(ActionAttempt::action_attempt_id) {
        seam.action_attempts().wait(id).await?;
    }
    Ok(())
}

async fn unlock(lock: &str) -> Result<(), Error> {
    let seam = Seam::from_env()?;
    let device = seam.devices().get(lock).await?;
    println!("{} is locked: {:?}", device.display_name, device.properties.locked);
    if device.can_remotely_unlock == Some(false) {
        println!("it cannot be unlocked from here");
        return Ok(());
    }
    match seam.locks().unlock_door(lock).wait().timeout(Duration::from_secs(30)).await {
        Ok(unlocked) => {
            println!("unlocked, confirmed by the lock: {:?}", unlocked.was_confirmed_by_device);
        }
        Err(Error::PollFailed(failed)) => {
            println!("still locked: {}", failed.message().unwrap_or("no reason given"));
        }
        Err(Error::PollTimeout(late)) => {
            println!("not unlocked within {:?}, but still pending", late.waited());
            if let Some(id) = late.id() {
                seam.action_attempts().wait(id).await?;
            }
        }
        Err(error) => return Err(error),
    }
    Ok(())
}
