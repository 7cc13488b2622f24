// api/a/b/inline/inline.rs
crate::operation::request!(Request -> Thing);

// api/a/body/body.rs
crate::operation::request!(Request -> Vec<String>);

// api/a/key/key.rs
crate::operation::request!(Request -> i64);

// api/a/nothing/nothing.rs
crate::operation::request!(Request -> ());

// api/a/nothing/replace.rs
crate::operation::request!(Request -> ());

// api/a/optional_key/optional_key.rs
crate::operation::request!(Request -> Option<String>);

