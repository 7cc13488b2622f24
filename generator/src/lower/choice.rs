//! Request bodies: parameters, and those among them that exclude each other.

use openapiv3::{Operation as Described, ReferenceOr, Schema, SchemaKind};

use super::Lower;
use super::schema::docs;
use super::shape::{ObjectShape, Shape};
use crate::api::{Arm, Choice, Field, FieldName, Name, Place, Presence, TypeName, VariantName};
use crate::document::Pointer;

impl<'a> Lower<'a, '_> {
    /// What an operation takes in its body.
    pub(super) fn request_body(
        &mut self,
        described: &'a Described,
        at: &Pointer,
        place: &Place,
    ) -> (Vec<Field>, Vec<Choice>) {
        let Some((object, at)) = self.body_object(described, at) else {
            return (Vec::new(), Vec::new());
        };
        let mut parameters = self.fields(object, &at, place);
        let mut choices = Vec::new();
        if !object.one_of.is_empty() {
            let diagnostic = self
                .error(&at.child("oneOf"), "choice-without-name", "these alternatives have no name")
                .help("put them into an `allOf` of one schema with a `title` with an overlay");
            self.diagnostics.push(diagnostic);
        }
        for (index, schema) in object.all_of.iter().enumerate() {
            let at = at.child("allOf").child(index);
            if let Some(choice) = self.choice(schema, &mut parameters, &at) {
                choices.push(choice);
            }
        }
        choices.sort_by(|a: &Choice, b: &Choice| a.title.cmp(&b.title));
        (parameters, choices)
    }

    /// `{ title, oneOf: [{ required: [a] }, { required: [b] }] }` over the properties beside it: one of them is given.
    fn choice(
        &mut self,
        schema: &'a ReferenceOr<Schema>,
        parameters: &mut Vec<Field>,
        at: &Pointer,
    ) -> Option<Choice> {
        let alternatives = alternatives(schema);
        let Some((schema, title, keys)) = alternatives else {
            let diagnostic = self
                .error(at, "unsupported-choice", "this condition on the parameters has no Rust yet")
                .help("a choice has a `title`, and a `oneOf` of schemas that each say which one property is `required`");
            self.diagnostics.push(diagnostic);
            return None;
        };
        let mut arms = Vec::new();
        for (index, key) in keys.into_iter().enumerate() {
            let Some(found) = parameters.iter().position(|field| field.key == key) else {
                let at = at.child("oneOf").child(index).child("required").child(0);
                let diagnostic = self
                    .error(&at, "unknown-property", format!("the body has no property `{key}`"))
                    .help("name one of the properties beside this choice");
                self.diagnostics.push(diagnostic);
                continue;
            };
            let mut field = parameters.remove(found);
            field.presence = Presence::Required;
            arms.push(Arm { name: VariantName::new(key), field });
        }
        Some(Choice {
            title: title.to_owned(),
            argument: FieldName::new(title),
            name: TypeName::new(title),
            docs: docs(&schema.schema_data),
            arms,
        })
    }
}

/// The title of a choice, and the key of each alternative.
fn alternatives(schema: &ReferenceOr<Schema>) -> Option<(&Schema, &str, Vec<&str>)> {
    let schema = schema.as_item()?;
    let SchemaKind::OneOf { one_of } = &schema.schema_kind else { return None };
    let keys = one_of.iter().map(|alternative| required_key(alternative.as_item()?));
    Some((schema, schema.schema_data.title.as_deref()?, keys.collect::<Option<_>>()?))
}

fn required_key(schema: &Schema) -> Option<&str> {
    match Shape::of(schema) {
        Shape::Object(ObjectShape { properties, required: [only], .. })
            if properties.is_empty() =>
        {
            Some(only)
        }
        _ => None,
    }
}
