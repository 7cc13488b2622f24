// api/a/b/inline/inline.rs
crate::operation::request!(InlineRequest -> Thing);

// api/a/body/body.rs
crate::operation::request!(BodyRequest -> Vec<String>);

// api/a/key/key.rs
crate::operation::request!(KeyRequest -> i64);

// api/a/nothing/nothing.rs
crate::operation::request!(NothingRequest -> ());

// api/a/nothing/replace.rs
crate::operation::request!(ReplaceRequest -> ());

// api/a/optional_key/optional_key.rs
crate::operation::request!(OptionalKeyRequest -> Option<String>);

