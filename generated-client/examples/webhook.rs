//! Receives webhooks, and says what happened.
//!
//! `SEAM_WEBHOOK_SECRET=whsec_… cargo run --features webhooks --example webhook`

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use seam_client::models::Event;
use seam_client::webhooks::{Webhook, WebhookError};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let secret = std::env::var("SEAM_WEBHOOK_SECRET")?;
    let webhook = Arc::new(Webhook::new(&secret)?);
    let app = Router::new().route("/webhooks", post(receive)).with_state(webhook);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
    println!("waiting for webhooks at http://{}/webhooks", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}

async fn receive(
    State(webhook): State<Arc<Webhook>>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    match webhook.verify(&headers, &body) {
        Ok(Event::LockLocked(event)) => println!("{} is locked", event.device_id),
        Ok(Event::Unrecognized(json)) => println!("something new: {json}"),
        Ok(event) => println!("{}", event.event_type().unwrap_or_default()),
        Err(WebhookError::Forged(_)) => return StatusCode::UNAUTHORIZED,
        Err(WebhookError::Stale(_)) => return StatusCode::BAD_REQUEST,
        // The message is genuine. An error status would make Seam send it again.
        Err(error) => eprintln!("{error}"),
    }
    StatusCode::NO_CONTENT
}
