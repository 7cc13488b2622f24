//! The differences between native programs and WebAssembly in a browser.
//!
//! The conditions are those under which `reqwest` sends requests with `fetch`.

#[cfg(all(target_arch = "wasm32", any(target_os = "unknown", target_os = "none")))]
mod browser;
#[cfg(not(all(target_arch = "wasm32", any(target_os = "unknown", target_os = "none"))))]
mod native;

#[cfg(all(target_arch = "wasm32", any(target_os = "unknown", target_os = "none")))]
pub use self::browser::BoxFuture;
#[cfg(all(target_arch = "wasm32", any(target_os = "unknown", target_os = "none")))]
pub(crate) use self::browser::{
    BoxStream, HttpBody, Instant, apart, client, direct_client, sleep, sleep_until, timeout_at,
    was_not_sent,
};
#[cfg(not(all(target_arch = "wasm32", any(target_os = "unknown", target_os = "none"))))]
pub use self::native::BoxFuture;
#[cfg(not(all(target_arch = "wasm32", any(target_os = "unknown", target_os = "none"))))]
pub(crate) use self::native::{
    BoxStream, HttpBody, Instant, apart, client, direct_client, sleep, sleep_until, timeout_at,
    was_not_sent,
};
