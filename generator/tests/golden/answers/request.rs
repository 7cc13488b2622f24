// api/a/b/inline.rs
crate::macros::request!(InlineRequest -> Thing);

// api/a/body.rs
crate::macros::request!(BodyRequest -> BodyResponse);

// api/a/key.rs
crate::macros::request!(KeyRequest -> i128);

// api/a/nothing/delete.rs
crate::macros::request!(DeleteRequest -> ());

// api/a/nothing/replace.rs
crate::macros::request!(ReplaceRequest -> ());

// api/a/optional_key.rs
crate::macros::request!(OptionalKeyRequest -> Option<String>);

