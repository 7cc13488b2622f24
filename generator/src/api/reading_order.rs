//! The order in which people read the fields of an object.

use super::{Field, Presence, Struct};

impl Struct {
    /// The fields in the order in which people read them: what identifies the object and its name, then what it always has,
    /// then the rest. The order on the wire is that of `fields`.
    pub(crate) fn reading_order(&self) -> Vec<&Field> {
        let mut fields: Vec<&Field> = self.fields.iter().collect();
        fields.sort_by_key(|field| match (field.presence, field.key.as_str()) {
            (Presence::Identity, _) | (_, "id") => 0,
            (_, "name" | "display_name") => 1,
            (Presence::Required | Presence::RequiredNullable, _) => 2,
            _ => 3,
        });
        fields
    }
}
