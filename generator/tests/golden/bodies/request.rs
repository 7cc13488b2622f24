// api/pets/add.rs
crate::operation::request!(Request -> models::Pet);

// api/pets/choice.rs
crate::operation::request!(Request -> ());

// api/pets/file.rs
crate::operation::request!(Request -> String);

// api/pets/form.rs
crate::operation::request!(Request -> raw String);

// api/pets/note.rs
crate::operation::request!(Request -> ());

// api/pets/photo.rs
crate::operation::request!(Request -> raw bytes::Bytes);

// api/pets/replace.rs
crate::operation::request!(Request -> Option<models::Pet>);

// api/pets/same.rs
crate::operation::request!(Request -> Output);

// api/pets/tell.rs
crate::operation::request!(Request -> ());

