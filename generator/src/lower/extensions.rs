//! Extensions (`x-…`) by the names that documents and other generators use.

use indexmap::IndexMap;
use serde_json::Value;

use crate::api::Deprecation;

/// The extensions of an operation or a schema.
#[derive(Clone, Copy)]
pub(super) struct Extensions<'a>(pub(super) &'a IndexMap<String, Value>);

/// The key of a response body under which the result is.
pub(super) enum ResponseKey<'a> {
    /// There is no such extension: the body is the result.
    Unstated,
    /// The operation has no result.
    Null,
    /// The property with this key is the result.
    Key(&'a str),
}

impl<'a> Extensions<'a> {
    fn text(self, name: &str) -> Option<&'a str> {
        self.0.get(name)?.as_str().filter(|text| !text.trim().is_empty())
    }

    /// A title for humans, for documents that use `summary` for something else.
    pub(super) fn title(self) -> Option<&'a str> {
        self.text("x-title")
    }

    /// Whether the document marks this as undocumented.
    pub(super) fn undocumented(self) -> bool {
        self.is_set("x-undocumented")
    }

    /// Whether clients leave this out, as in Fern's generators.
    pub(super) fn ignored(self) -> bool {
        self.is_set("x-fern-ignore")
    }

    /// The discriminator value of a schema, as in Azure's documents.
    pub(super) fn discriminator_value(self) -> Option<String> {
        let names = ["x-ms-discriminator-value", "x-discriminator-value"];
        names.into_iter().find_map(|name| self.text(name)).map(str::to_owned)
    }

    /// Whether a value is secret; `None` if the document does not say.
    pub(super) fn sensitive(self) -> Option<bool> {
        self.0.get("x-sensitive")?;
        Some(self.is_set("x-sensitive"))
    }

    fn is_set(self, name: &str) -> bool {
        self.0.get(name).is_some_and(|value| *value != Value::Bool(false))
    }

    /// The deprecation. `deprecated` is the value of the keyword with the same meaning.
    pub(super) fn deprecation(self, deprecated: bool) -> Option<Deprecation> {
        let extension = self.0.get("x-deprecated").filter(|value| **value != Value::Bool(false));
        let note = self.text("x-deprecated").map(str::to_owned);
        (deprecated || extension.is_some()).then_some(Deprecation { note })
    }

    /// Whether the operation is idempotent, as in Fern's generators; `None` if the document does not say.
    pub(super) fn idempotent(self) -> Option<bool> {
        self.0.get("x-fern-idempotent")?.as_bool()
    }

    /// The namespaces of the method, as in Fern's generators.
    pub(super) fn group_name(self) -> Option<Vec<&'a str>> {
        match self.0.get("x-fern-sdk-group-name")? {
            Value::String(name) => Some(vec![name]),
            Value::Array(names) => names.iter().map(Value::as_str).collect(),
            _ => None,
        }
    }

    /// The name of the method, as in Fern's generators.
    pub(super) fn method_name(self) -> Option<&'a str> {
        self.text("x-fern-sdk-method-name")
    }

    /// The key of the response body under which the result is.
    pub(super) fn response_key(self) -> ResponseKey<'a> {
        match self.0.get("x-response-key") {
            None => {
                self.text("x-fern-sdk-return-value").map_or(ResponseKey::Unstated, ResponseKey::Key)
            }
            Some(value) => value.as_str().map_or(ResponseKey::Null, ResponseKey::Key),
        }
    }
}
