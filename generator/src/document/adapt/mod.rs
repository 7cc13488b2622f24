//! Rewrites OpenAPI 3.1 and 3.2 to the model of 3.0.
//!
//! After this step, nothing depends on the version of the document. What 3.0 cannot express becomes one of the extensions
//! below, which only this module writes, or a [`Remark`] that says what is generated instead.
//!
//! | extension | meaning |
//! |---|---|
//! | `x-only-null` | the only value is null (beside `nullable: true`) |
//! | `x-enum-varnames`, `x-enum-descriptions` | the titles and descriptions of constants in a `oneOf`, as other tools write them |

mod document;
mod objects;
mod schema;
mod types;
mod webhooks;

use serde_json::{Map, Value};

pub(super) use self::schema::bounds;
use super::grammar::{Kind, Node};
use super::origin::Origins;
use super::pointer::Pointer;
use super::version::Version;

/// A diagnostic about a part that is not read as it is written.
#[derive(Clone, Debug)]
pub(super) struct Remark {
    /// The pointer to the part. In remarks of the [`Adapter`], the one from before any part was moved.
    pub(super) at: Pointer,
    pub(super) code: &'static str,
    pub(super) message: String,
    /// What is generated instead, if that is less than the document describes.
    pub(super) instead: Option<&'static str>,
    pub(super) help: String,
}

/// Rewrites a document to the model of OpenAPI 3.0.
pub(super) struct Adapter {
    pub(super) version: Version,
    /// The former places of the parts that were moved.
    pub(super) origins: Origins,
    pub(super) remarks: Vec<Remark>,
    /// Whether there is already a remark about `nullable`.
    has_nullable: bool,
}

impl Adapter {
    pub(super) fn new(version: Version) -> Self {
        Self { version, origins: Origins::default(), remarks: Vec::new(), has_nullable: false }
    }

    /// Rewrites the whole document.
    pub(super) fn document(&mut self, root: &mut Value) {
        self.value(root, Kind::DOCUMENT, &Pointer::root());
        self.webhooks(root);
    }

    fn value(&mut self, value: &mut Value, kind: Kind, at: &Pointer) {
        if kind == Kind::One(Node::Schema) {
            self.schema(value, at);
            return;
        }
        match value {
            Value::Object(object) => {
                if let Kind::One(node) = kind {
                    self.complete(node, object, at);
                }
                for (key, value) in object.iter_mut() {
                    if let Some(kind) = kind.under(key) {
                        self.value(value, kind, &at.child(key));
                    }
                }
            }
            Value::Array(elements) => {
                for (index, value) in elements.iter_mut().enumerate() {
                    if let Some(kind) = kind.under("0") {
                        self.value(value, kind, &at.child(index));
                    }
                }
            }
            _ => {}
        }
    }

    /// Records that a part moves from `from` to `to`.
    fn moved(&mut self, from: &Pointer, to: &Pointer) {
        self.origins.moved(from, to);
    }

    fn remark(
        &mut self,
        at: &Pointer,
        code: &'static str,
        message: impl Into<String>,
        instead: Option<&'static str>,
        help: &'static str,
    ) {
        let at = self.origins.of(at).pointer;
        let (message, help) = (message.into(), help.to_owned());
        self.remarks.push(Remark { at, code, message, instead, help });
    }
}

/// Whether a keyword does not restrict the values of a schema.
pub(super) fn is_annotation(keyword: &str) -> bool {
    const ANNOTATIONS: [&str; 10] = [
        "title",
        "description",
        "default",
        "deprecated",
        "example",
        "examples",
        "externalDocs",
        "readOnly",
        "writeOnly",
        "xml",
    ];
    ANNOTATIONS.contains(&keyword) || keyword.starts_with("x-")
}

/// Whether a schema has no keywords that restrict its values, apart from `others`.
fn says_only(schema: &Map<String, Value>, others: &[&str]) -> bool {
    schema.keys().all(|key| is_annotation(key) || others.contains(&key.as_str()))
}

/// The extension that marks a schema whose only value is null.
const ONLY_NULL: &str = "x-only-null";

fn is_only_null(schema: &Value) -> bool {
    schema.get(ONLY_NULL).is_some()
}
