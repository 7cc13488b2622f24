// api/a/b/inline/inline.rs
crate::macros::request!(Request -> Thing);

// api/a/body/body.rs
crate::macros::request!(Request -> Vec<String>);

// api/a/key/key.rs
crate::macros::request!(Request -> i64);

// api/a/nothing/nothing.rs
crate::macros::request!(Request -> ());

// api/a/nothing/replace.rs
crate::macros::request!(Request -> ());

// api/a/optional_key/optional_key.rs
crate::macros::request!(Request -> Option<String>);

