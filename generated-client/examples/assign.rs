//! Assigns credentials of an access control system to a person, and shows what that changes.
//!
//! `SEAM_API_KEY=seam_… cargo run --example assign -- --acs-user <acs_user_id> <acs_credential_id>…`

use std::error::Error as _;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, Parser};
use indicatif::{ProgressBar, ProgressStyle};
use seam_client::api::acs::credentials::assign::Assignee;
use seam_client::ids::{AcsCredentialId, AcsUserId, UserIdentityId};
use seam_client::models::AcsCredential;
use seam_client::{Error, Response, Seam};

/// Assigns credentials of an access control system to a person.
#[derive(Parser)]
#[command(after_help = "The API key is read from SEAM_API_KEY.")]
struct Arguments {
    /// What to assign.
    #[arg(required = true, value_name = "ACS_CREDENTIAL_ID")]
    credentials: Vec<AcsCredentialId>,
    #[command(flatten)]
    person: Person,
}

#[derive(Args)]
#[group(required = true, multiple = false)]
struct Person {
    /// The person, as a user of the access control system.
    #[arg(long, value_name = "ACS_USER_ID")]
    acs_user: Option<AcsUserId>,
    /// The person, as a user identity; the access control system is given a user if it has none for it.
    #[arg(long, value_name = "USER_IDENTITY_ID")]
    user_identity: Option<UserIdentityId>,
}

impl Person {
    fn assignee(self) -> Option<Assignee> {
        self.acs_user.map(Assignee::from).or(self.user_identity.map(Assignee::from))
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let Arguments { credentials, person } = Arguments::parse();
    let Some(assignee) = person.assignee() else { return ExitCode::from(2) };
    let seam = match Seam::from_env() {
        Ok(seam) => seam,
        Err(error) => {
            eprintln!("error: {error}");
            return ExitCode::from(2);
        }
    };
    let bar = progress_bar(credentials.len());
    let mut assigned = 0;
    for id in &credentials {
        match assign(&seam, id, &assignee, &bar).await {
            Ok(()) => assigned += 1,
            Err(error) => bar.suspend(|| complain(id, &error)),
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    println!("{assigned} of {} assigned", credentials.len());
    if assigned == credentials.len() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// It is to be seen on a terminal only.
fn progress_bar(length: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("{spinner} {pos}/{len} {msg}");
    let bar = ProgressBar::new(length as u64)
        .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.enable_steady_tick(Duration::from_millis(100));
    bar
}

async fn assign(
    seam: &Seam,
    id: &AcsCredentialId,
    assignee: &Assignee,
    bar: &ProgressBar,
) -> Result<(), Error> {
    let credentials = seam.acs().credentials();
    bar.set_message(format!("looking at {id}"));
    let before = credentials.get(id).response().await?;
    notice(&before, bar);
    let before = before.into_value();

    bar.set_message(format!("assigning {id}"));
    let assigned = credentials.assign(id, assignee.clone()).response().await?;
    notice(&assigned, bar);

    // The server need not say what became of the credential. It is assigned all the same, also if it cannot be looked at.
    let after = match assigned.into_value().acs_credential {
        Some(credential) => Ok(credential),
        None => {
            bar.set_message(format!("looking again at {id}"));
            credentials.get(id).await
        }
    };
    bar.suspend(|| compare(id, &before, after));
    Ok(())
}

fn compare(id: &AcsCredentialId, before: &AcsCredential, after: Result<AcsCredential, Error>) {
    println!("{id} ({}, {})", before.display_name, before.access_method);
    println!("  before: {}", owner(before));
    match after {
        Ok(after) => {
            println!("  after:  {}", owner(&after));
            for warning in &after.warnings {
                println!("  warning: {}", warning.message().unwrap_or("one without a text"));
            }
        }
        Err(error) => println!("  after:  assigned, but {error}"),
    }
}

/// Says what of an answer was not as the API promises it.
fn notice<T>(response: &Response<T>, bar: &ProgressBar) {
    bar.suspend(|| {
        for repair in response.repairs() {
            eprintln!("note: {repair}");
        }
    });
}

fn owner(credential: &AcsCredential) -> String {
    match (&credential.acs_user_id, &credential.user_identity_id) {
        (Some(user), None) => format!("user {user}"),
        (Some(user), Some(identity)) => format!("user {user} of user identity {identity}"),
        (None, Some(identity)) => format!("user identity {identity}"),
        (None, None) => "nobody".to_owned(),
    }
}

/// Says what went wrong, why, and what to do about it.
fn complain(id: &AcsCredentialId, error: &Error) {
    eprintln!("error: {id}: {error}");
    if let Error::InvalidInput(error) = error {
        for (parameter, message) in error.validation_errors().iter() {
            eprintln!("  {parameter}: {message}");
        }
    }
    let mut cause = error.source();
    while let Some(error) = cause {
        eprintln!("  because: {error}");
        cause = error.source();
    }
    if let Some(advice) = advice(error) {
        eprintln!("  {advice}");
    }
}

fn advice(error: &Error) -> Option<&'static str> {
    match error {
        Error::Unauthorized(_) => Some("check that SEAM_API_KEY is a key of the right workspace"),
        error if error.was_accepted() => Some("it may be assigned; look before you try again"),
        error if error.is_retryable() => Some("try again in a while"),
        _ => None,
    }
}
