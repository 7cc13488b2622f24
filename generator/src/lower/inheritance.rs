//! Inheritance: which component schemas extend which others by `allOf`.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{ReferenceOr, Schema, SchemaKind};

use super::shape::SchemaRef;
use crate::document::{Document, Pointer, component_name};

/// The component schemas that extend others.
#[derive(Default)]
pub(super) struct Inheritance {
    parents: BTreeMap<String, BTreeSet<String>>,
    children: BTreeMap<String, BTreeSet<String>>,
    /// References to all component schemas, by name.
    references: BTreeMap<String, String>,
}

impl Inheritance {
    /// Reads the `allOf` of all component schemas.
    pub(super) fn of(document: &Document<'_>) -> Self {
        let mut all = Self::default();
        for name in document.schema_names() {
            let at = Pointer::root().join(["components", "schemas", name]);
            all.references.insert(name.to_owned(), format!("#{}", at.as_str()));
        }
        let is_mapped = mapped(document);
        for name in document.schema_names() {
            let Some(ReferenceOr::Item(schema)) = document.schema(name) else { continue };
            let mut parents = BTreeSet::new();
            add_parents(document, schema, &mut parents);
            // A schema that is only a reference is an alias, unless a discriminator maps a value to it.
            if adds_nothing(schema) && !is_mapped.contains(name) {
                continue;
            }
            for parent in &parents {
                all.children.entry(parent.clone()).or_default().insert(name.to_owned());
            }
            all.parents.insert(name.to_owned(), parents);
        }
        all
    }

    /// A reference to the component schema of that name.
    pub(super) fn reference(&self, name: &str) -> Option<SchemaRef<'_>> {
        self.references.get(name).map(|reference| SchemaRef::Reference(reference))
    }

    /// The schemas that a schema extends.
    pub(super) fn parents(&self, name: &str) -> impl Iterator<Item = &str> {
        self.parents.get(name).into_iter().flatten().map(String::as_str)
    }

    /// The schemas that extend a schema, sorted.
    pub(super) fn children(&self, name: &str) -> impl Iterator<Item = &str> {
        self.children.get(name).into_iter().flatten().map(String::as_str)
    }

    /// A schema and everything that it extends, the nearest first.
    pub(super) fn lineage<'n>(&'n self, name: &'n str) -> Vec<&'n str> {
        let mut lineage = vec![name];
        let mut next = 0;
        while let Some(name) = lineage.get(next).copied() {
            for parent in self.parents(name) {
                if !lineage.contains(&parent) {
                    lineage.push(parent);
                }
            }
            next += 1;
        }
        lineage
    }

    /// Whether `name` extends `base`, directly or through others.
    pub(super) fn extends(&self, name: &str, base: &str) -> bool {
        name != base && self.lineage(name).contains(&base)
    }

    /// Whether branches of the union in `base` extend `base`. Such a union lists its children, and is not a constraint.
    pub(super) fn is_of_children(&self, base: &str, branches: &[ReferenceOr<Schema>]) -> bool {
        branches.iter().filter_map(component_of).any(|name| self.extends(&name, base))
    }
}

/// The name of the component schema that a branch or a part refers to.
pub(super) fn component_of(schema: &ReferenceOr<Schema>) -> Option<String> {
    match schema {
        ReferenceOr::Reference { reference } => component_name(reference, "schemas"),
        ReferenceOr::Item(_) => None,
    }
}

/// The component schema that `at` points to.
pub(super) fn component_at(at: &Pointer) -> Option<String> {
    let mut steps = at.steps();
    let is_component = steps.next()? == "components" && steps.next()? == "schemas";
    steps.next().filter(|_| is_component && steps.next().is_none())
}

/// The parts of an `allOf`.
pub(super) fn parts(schema: &Schema) -> &[ReferenceOr<Schema>] {
    match &schema.schema_kind {
        SchemaKind::AllOf { all_of } => all_of,
        SchemaKind::Any(any) => &any.all_of,
        _ => &[],
    }
}

fn add_parents(document: &Document<'_>, schema: &Schema, parents: &mut BTreeSet<String>) {
    for part in parts(schema) {
        match part {
            ReferenceOr::Item(part) => add_parents(document, part, parents),
            reference => {
                let name = component_of(reference);
                parents.extend(name.filter(|name| document.schema(name).is_some()));
            }
        }
    }
}

/// Whether a schema is only a reference to another one.
fn adds_nothing(schema: &Schema) -> bool {
    let own = match &schema.schema_kind {
        SchemaKind::Any(any) => !any.properties.is_empty() || !any.required.is_empty(),
        _ => false,
    };
    let mut telling = parts(schema).iter().filter(|part| !super::shape::says_nothing(part));
    !own && telling.next().is_some() && telling.next().is_none()
}

/// The component schemas that discriminators map a value to.
fn mapped(document: &Document<'_>) -> BTreeSet<String> {
    let schemas = document.schema_names().filter_map(|name| document.schema(name)?.as_item());
    let discriminators = schemas.filter_map(|schema| schema.schema_data.discriminator.as_ref());
    let targets = discriminators.flat_map(|discriminator| discriminator.mapping.values());
    targets.map(|target| target_name(target)).collect()
}

/// The name of the schema that a discriminator maps a value to: by name, by reference, or by the URL of a file.
pub(super) fn target_name(target: &str) -> String {
    let last = target.rsplit(['/', '#']).find(|step| !step.is_empty()).unwrap_or(target);
    let is_file = target.contains('/') && !target.starts_with('#') && !target.contains('#');
    let name = match last.rsplit_once('.') {
        Some((name, "json" | "yaml" | "yml")) if is_file => name,
        _ => last,
    };
    name.replace("~1", "/").replace("~0", "~")
}
