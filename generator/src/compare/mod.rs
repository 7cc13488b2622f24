//! Two versions of an API, compared.

pub(crate) mod wire;
