//! Assigns a credential, and tells what can go wrong from what was put right.
//!
//! `SEAM_API_KEY=seam_… cargo run --example errors -- <acs_credential_id> <acs_user_id>`

use seam_client::{Error, Seam, ids::AcsUserId};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [credential, user] = &arguments[..] else {
        return Err("give the id of a credential and the id of a user".into());
    };
    explain(credential, user).await?;
    notice(credential, user).await?;
    Ok(())
}

async fn explain(credential: &str, user: &str) -> Result<(), Error> {
    let seam = Seam::from_env()?;
    let call = seam.acs().credentials().assign(credential, AcsUserId::from(user));
    match call.await {
        Ok(_) => println!("assigned"),
        Err(Error::InvalidInput(error)) => {
            for (path, message) in error.validation_errors().iter() {
                println!("{path}: {message}");
            }
        }
        Err(Error::Api(error)) if error.error_type() == Some("acs_user_not_found") => {
            println!("there is no such user");
        }
        Err(error) if error.was_accepted() => println!("assigned, but {error}"),
        Err(error) if error.is_retryable() => println!("try again in {:?}", error.retry_after()),
        Err(error) => return Err(error),
    }
    Ok(())
}

async fn notice(credential: &str, user: &str) -> Result<(), Error> {
    let seam = Seam::from_env()?;
    let call = seam.acs().credentials().assign(credential, AcsUserId::from(user));
    let response = call.response().await?;
    for repair in response.repairs() {
        println!("{repair}, in {:?}", response.request_id());
    }
    Ok(())
}
