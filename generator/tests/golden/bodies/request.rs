// api/pets/add.rs
crate::operation::request!(AddRequest -> models::Pet);

// api/pets/choice.rs
crate::operation::request!(ChoiceRequest -> ());

// api/pets/file.rs
crate::operation::request!(FileRequest -> String);

// api/pets/form.rs
crate::operation::request!(FormRequest -> raw String);

// api/pets/note.rs
crate::operation::request!(NoteRequest -> ());

// api/pets/photo.rs
crate::operation::request!(PhotoRequest -> raw bytes::Bytes);

// api/pets/replace.rs
crate::operation::request!(ReplaceRequest -> Option<models::Pet>);

// api/pets/same.rs
crate::operation::request!(SameRequest -> SameResponse);

// api/pets/tell.rs
crate::operation::request!(TellRequest -> ());

