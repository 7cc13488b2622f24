// api/a/b/inline/inline.rs
crate::macros::request!(InlineRequest -> Thing);

// api/a/body/body.rs
crate::macros::request!(BodyRequest -> BodyResponse);

// api/a/key/key.rs
crate::macros::request!(KeyRequest -> i128);

// api/a/nothing/nothing.rs
crate::macros::request!(NothingRequest -> ());

// api/a/nothing/replace.rs
crate::macros::request!(ReplaceRequest -> ());

// api/a/optional_key/optional_key.rs
crate::macros::request!(OptionalKeyRequest -> Option<String>);

