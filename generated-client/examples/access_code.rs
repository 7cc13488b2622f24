//! Creates an access code for a device that is valid for two hours.
//!
//! ```console
//! $ SEAM_API_KEY=seam_… cargo run --example access_code -- <device ID>
//! ```

use seam_client::jiff::{Timestamp, ToSpan};
use seam_client::{Error, Seam};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let Some(device) = std::env::args().nth(1) else {
        eprintln!("give the ID of a device");
        return Ok(());
    };
    let seam = Seam::from_env()?;
    let start = Timestamp::now();
    let code =
        seam.access_codes().create(device).starts_at(start).ends_at(start + 2.hours()).await?;
    let is_valid = code.ends_at.is_some_and(|end| end > Timestamp::now());
    println!("{} is valid now: {is_valid}", code.access_code_id);
    Ok(())
}
