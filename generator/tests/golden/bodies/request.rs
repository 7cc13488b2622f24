// api/pets/add.rs
crate::macros::request!(AddRequest -> models::Pet);

// api/pets/choice.rs
crate::macros::request!(ChoiceRequest -> ());

// api/pets/file.rs
crate::macros::request!(FileRequest -> String);

// api/pets/form.rs
crate::macros::request!(FormRequest -> raw String);

// api/pets/note.rs
crate::macros::request!(NoteRequest -> ());

// api/pets/open.rs
crate::macros::request!(OpenRequest -> ());

// api/pets/photo.rs
crate::macros::request!(PhotoRequest -> raw bytes::Bytes);

// api/pets/replace.rs
crate::macros::request!(ReplaceRequest -> Option<models::Pet>);

// api/pets/same.rs
crate::macros::request!(SameRequest -> SameResponse);

// api/pets/tell.rs
crate::macros::request!(TellRequest -> ());

