// api/pets/add.rs
crate::macros::request!(Request -> models::Pet);

// api/pets/choice.rs
crate::macros::request!(Request -> ());

// api/pets/file.rs
crate::macros::request!(Request -> String);

// api/pets/form.rs
crate::macros::request!(Request -> raw String);

// api/pets/note.rs
crate::macros::request!(Request -> ());

// api/pets/photo.rs
crate::macros::request!(Request -> raw bytes::Bytes);

// api/pets/replace.rs
crate::macros::request!(Request -> Option<models::Pet>);

// api/pets/same.rs
crate::macros::request!(Request -> Output);

// api/pets/tell.rs
crate::macros::request!(Request -> ());

