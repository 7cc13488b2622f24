//! What a client knows of its API before any request.

/// What generated code and hand-written code say about an API.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ApiInfo {
    /// The public name of the client.
    pub(crate) client: &'static str,
    /// The URL of the server, if the document names one.
    pub(crate) server: Option<&'static str>,
    pub(crate) profile: &'static Profile,
}

/// What no document says of an API. The generator's option `profile` names a constant of this type.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Profile {
    /// The response header with the request ID.
    pub(crate) request_id: &'static str,
    /// Headers of every request besides `user-agent` and `accept`.
    pub(crate) headers: &'static [(&'static str, &'static str)],
    /// The error message of a client without credentials. If it is `None`, each operation says which ones it needs.
    pub(crate) credentials_needed: Option<&'static str>,
}

impl Profile {
    /// The profile of APIs that have no other.
    #[allow(dead_code, reason = "an API may have a profile of its own")]
    pub(crate) const DEFAULT: Self =
        Self { request_id: "x-request-id", headers: &[], credentials_needed: None };
}
