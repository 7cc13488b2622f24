//! The shortest program that calls Seam: it assigns a credential to a user of an access control system.
//!
//! `SEAM_API_KEY=seam_… cargo run --example first_call`

use seam_client::{Error, Seam, ids::AcsUserId};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let seam = Seam::from_env()?;
    let user = AcsUserId::from("3fa85f64-5717-4562-b3fc-2c963f66afa6");
    let credential = "20ab519f-75ae-482e-ae4c-082f29295bf2";
    let assigned = seam.acs().credentials().assign(credential, user).await?;
    if let Some(credential) = assigned.acs_credential {
        println!("{} was made at {}", credential.display_name, credential.created_at);
    }
    Ok(())
}
