//! The census: a walk over the document by the structure of OpenAPI 3.0.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Part;
use super::generated::Pointers;
use crate::api::{Omissions, Reason};
use crate::document::Pointer;

/// Whether a part of the document is in the generated code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// It is in the generated code.
    Generated,
    /// It is not recorded as left out, so it has to be in the generated code.
    Expected,
    LeftOut(Reason),
}

/// A counted part of the document.
pub(super) struct Counted {
    pub(super) part: Part,
    pub(super) standing: Standing,
    /// The reason for leaving it out that is recorded although it is generated.
    pub(super) contradiction: Option<Reason>,
}

/// What the walk reports.
enum Found<'w> {
    Part(Counted),
    /// A reference in a part that is not left out.
    Reference(&'w str),
}

/// The kind of a value in a document, by its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Node {
    Document,
    Components,
    Paths,
    PathItem,
    Operation,
    Parameters,
    Parameter,
    Bodies,
    Body,
    Statuses,
    Responses,
    Response,
    Headers,
    Header,
    Contents,
    Media,
    Encodings,
    Encoding,
    Callbacks,
    Callback,
    ComponentSchemas,
    ComponentSchema,
    Schema,
    Properties,
    Property,
    Variants,
    /// The kinds below are those in a request body, whose properties count as parameters.
    BodyContents,
    BodyMedia,
    BodySchema,
    BodyProperties,
    BodyProperty,
    BodyVariants,
}

impl Node {
    /// The kind of the value under `key`. Returns `None` if it cannot contain anything that counts.
    fn under(self, key: &str) -> Option<Self> {
        Some(match (self, key) {
            (Self::Document, "paths") => Self::Paths,
            (Self::Document, "components") => Self::Components,
            (Self::Components, "schemas") => Self::ComponentSchemas,
            (Self::Components, "responses") => Self::Responses,
            (Self::Components, "requestBodies") => Self::Bodies,
            (Self::Paths, path) if path.starts_with('/') => Self::PathItem,
            (Self::Callback, expression) if !expression.starts_with("x-") => Self::PathItem,
            (Self::PathItem, verb) if VERBS.contains(&verb) => Self::Operation,
            (Self::Components | Self::PathItem | Self::Operation, "parameters") => Self::Parameters,
            (Self::Components | Self::Operation, "callbacks") => Self::Callbacks,
            (Self::Components | Self::Response | Self::Encoding, "headers") => Self::Headers,
            (Self::Operation, "requestBody") => Self::Body,
            (Self::Operation, "responses") => Self::Statuses,
            (Self::Statuses, status) if is_status(status) => Self::Response,
            (Self::Body, "content") => Self::BodyContents,
            (Self::Parameter | Self::Header | Self::Response, "content") => Self::Contents,
            (Self::Parameter | Self::Header | Self::Media, "schema") => Self::Schema,
            (Self::BodyMedia, "schema") => Self::BodySchema,
            (Self::Media | Self::BodyMedia, "encoding") => Self::Encodings,
            (container, _) => return container.elements().or_else(|| self.under_schema(key)),
        })
    }

    /// The kind of the elements of a map or a list.
    fn elements(self) -> Option<Self> {
        Some(match self {
            Self::Parameters => Self::Parameter,
            Self::Bodies => Self::Body,
            Self::Responses => Self::Response,
            Self::Headers => Self::Header,
            Self::Contents => Self::Media,
            Self::BodyContents => Self::BodyMedia,
            Self::Encodings => Self::Encoding,
            Self::Callbacks => Self::Callback,
            Self::ComponentSchemas => Self::ComponentSchema,
            Self::Properties => Self::Property,
            Self::BodyProperties => Self::BodyProperty,
            Self::Variants => Self::Schema,
            Self::BodyVariants => Self::BodySchema,
            _ => return None,
        })
    }

    fn is_schema(self) -> bool {
        let is_named = matches!(self, Self::ComponentSchema | Self::Property | Self::BodyProperty);
        is_named || matches!(self, Self::Schema | Self::BodySchema)
    }

    fn under_schema(self, key: &str) -> Option<Self> {
        if !self.is_schema() {
            return None;
        }
        let is_body = self == Self::BodySchema;
        Some(match key {
            "properties" if is_body => Self::BodyProperties,
            "properties" => Self::Properties,
            "allOf" | "anyOf" | "oneOf" if is_body => Self::BodyVariants,
            "allOf" | "anyOf" | "oneOf" => Self::Variants,
            "items" | "additionalProperties" | "not" => Self::Schema,
            _ => return None,
        })
    }

    /// The kind of part that a value counts as.
    fn part(self) -> Option<Part> {
        match self {
            Self::Operation => Some(Part::Operation),
            Self::Parameter | Self::BodyProperty => Some(Part::Parameter),
            Self::Property => Some(Part::Property),
            Self::ComponentSchema => Some(Part::Schema),
            _ => None,
        }
    }

    /// The target of a `$ref` that stands for the whole value.
    fn reference(self, value: &Value) -> Option<&str> {
        // Path items are not in this list: keywords beside their `$ref` apply as well.
        let can_refer = self.is_schema()
            || matches!(self, Self::Parameter | Self::Body | Self::Response | Self::Header);
        if can_refer { value.get("$ref")?.as_str() } else { None }
    }

    /// The kind of the value at a pointer.
    fn at(pointer: &str) -> Option<Self> {
        let step = |node: Self, step: &str| node.under(&step.replace("~1", "/").replace("~0", "~"));
        pointer.split('/').skip(1).try_fold(Self::Document, step)
    }
}

const VERBS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Whether a key is a status: `404`, `4XX` or `default`.
fn is_status(key: &str) -> bool {
    let all = |text: &str, is: fn(&u8) -> bool| text.bytes().all(|byte| is(&byte));
    let is_code = |(first, rest): (&str, &str)| {
        all(first, u8::is_ascii_digit)
            && (all(rest, u8::is_ascii_digit) || rest.eq_ignore_ascii_case("XX"))
    };
    key == "default" || (key.len() == 3 && key.split_at_checked(1).is_some_and(is_code))
}

/// A walk over a document. Its time is linear in the size of the document.
pub(super) struct Walk<'a> {
    root: &'a Value,
    generated: &'a Pointers<'a>,
    left_out: &'a Omissions,
    /// The components that are referred to from a part that is not left out, or that are generated in any case.
    reached: BTreeSet<String>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(
        root: &'a Value,
        generated: &'a Pointers<'a>,
        left_out: &'a Omissions,
    ) -> Self {
        Self { root, generated, left_out, reached: BTreeSet::new() }
    }

    /// Calls `visit` once with every part of the document. Components count as unused unless they are `wanted` or referred
    /// to from a part that is not left out.
    pub(super) fn run(mut self, wanted: Vec<String>, visit: &mut dyn FnMut(&str, Counted)) {
        let mut open = wanted;
        self.walk("/paths", Standing::Expected, &mut |at, one| match one {
            Found::Part(part) => visit(at, part),
            Found::Reference(reference) => open.extend(component(reference)),
        });
        while let Some(pointer) = open.pop() {
            if self.reached.insert(pointer.clone()) {
                self.walk(&pointer, Standing::Expected, &mut |_, one| {
                    if let Found::Reference(reference) = one {
                        open.extend(component(reference));
                    }
                });
            }
        }
        self.walk("/components", Standing::LeftOut(Reason::Unused), &mut |at, one| {
            if let Found::Part(part) = one {
                visit(at, part);
            }
        });
    }

    fn walk(&self, pointer: &str, standing: Standing, visit: Visit<'_>) {
        if let (Some(node), Some(value)) = (Node::at(pointer), self.root.pointer(pointer)) {
            self.node(node, value, &mut pointer.to_owned(), standing, visit);
        }
    }

    fn node(
        &self,
        node: Node,
        value: &Value,
        at: &mut String,
        outside: Standing,
        visit: Visit<'_>,
    ) {
        let reference = node.reference(value);
        // A parameter that is a reference counts where it is defined.
        let counts = value.is_object() && (node != Node::Parameter || reference.is_none());
        let part = node.part().filter(|_| counts);
        let fate = self.fate(at, part, outside);
        if let Some(part) = part {
            let Fate { itself: standing, contradiction, .. } = fate;
            visit(at, Found::Part(Counted { part, standing, contradiction }));
        }
        if let Some(reference) = reference {
            if fate.inside == Standing::Expected {
                visit(at, Found::Reference(reference));
            }
            return;
        }
        let mut step = |key: &str, value: &Value| {
            if let Some(child) = node.under(key) {
                let length = at.len();
                push(at, key);
                self.node(child, value, at, fate.inside, visit);
                at.truncate(length);
            }
        };
        match value {
            Value::Object(entries) => entries.iter().for_each(|(key, value)| step(key, value)),
            Value::Array(elements) => {
                let elements = elements.iter().enumerate();
                elements.for_each(|(index, value)| step(&index.to_string(), value));
            }
            _ => {}
        }
    }

    /// Decides whether the value at `at` is generated, where `outside` applies to what contains it.
    fn fate(&self, at: &str, part: Option<Part>, outside: Standing) -> Fate {
        let record = self.left_out.at(at);
        let is_reached = outside != Standing::Expected && self.reached.contains(at);
        let expected = if is_reached { Standing::Expected } else { outside };
        let said = record.whole.or(record.itself).map_or(expected, Standing::LeftOut);
        let inside =
            |reason: Option<Reason>, otherwise| reason.map_or(otherwise, Standing::LeftOut);
        if part.is_some() && self.generated.contains(at) {
            let contradiction = match said {
                Standing::LeftOut(reason) => Some(reason),
                Standing::Generated | Standing::Expected => None,
            };
            let inside = inside(record.inside, Standing::Expected);
            return Fate { itself: Standing::Generated, inside, contradiction };
        }
        let inside = inside(record.whole.or(record.inside), expected);
        Fate { itself: said, inside, contradiction: None }
    }
}

/// Whether a value and its contents are generated.
#[derive(Clone, Copy)]
struct Fate {
    itself: Standing,
    inside: Standing,
    /// The reason for leaving it out that is recorded although it is generated.
    contradiction: Option<Reason>,
}

type Visit<'v> = &'v mut dyn FnMut(&str, Found<'_>);

/// The pointer of a reference to a component.
fn component(reference: &str) -> Option<String> {
    reference.strip_prefix('#').filter(|at| at.starts_with("/components/")).map(str::to_owned)
}

/// Appends a step to a pointer. Most steps need no escaping.
fn push(at: &mut String, key: &str) {
    if key.contains('~') || key.contains('/') {
        at.push_str(Pointer::root().child(key).as_str());
    } else {
        at.push('/');
        at.push_str(key);
    }
}
