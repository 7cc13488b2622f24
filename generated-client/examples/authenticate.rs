//! Lists the spaces of two workspaces with a personal access token, and what a user may see with a client session.
//!
//! `cargo run --example authenticate -- <token> <workspace_id> <workspace_id> <publishable_key> <user_identifier_key>`

use seam_client::{Error, Seam, security};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [token, workspace, other_workspace, key, user] = &arguments[..] else {
        return Err(
            "give a token, two workspaces, a publishable key, and a user identifier key".into()
        );
    };
    choose_workspace(token, workspace, other_workspace).await?;
    log_in(key, user).await?;
    choose_scheme(token)?;
    Ok(())
}

async fn choose_workspace(
    token: &str,
    workspace_id: &str,
    other_workspace_id: &str,
) -> Result<(), Error> {
    let seam = Seam::builder().personal_access_token(token, workspace_id).build()?;
    let here = seam.spaces().list().await?;
    let there = seam.with_workspace(other_workspace_id).spaces().list().await?;
    println!("{} spaces here, {} there", here.len(), there.len());
    Ok(())
}

async fn log_in(publishable_key: &str, user_identifier_key: &str) -> Result<(), Error> {
    let builder = Seam::builder().publishable_key(publishable_key, user_identifier_key);
    let seam = builder.connect().await?;
    println!("{} devices", seam.devices().list().await?.len());
    Ok(())
}

fn choose_scheme(token: &str) -> Result<Seam, Error> {
    let seam = Seam::builder().credential(security::CLIENT_SESSION_WITH_CUSTOMER, token).build()?;
    Ok(seam)
}
