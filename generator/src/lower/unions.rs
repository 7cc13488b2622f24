//! Unions: `oneOf`, `anyOf`, and how their variants are distinguished.

use std::collections::BTreeSet;

use openapiv3::{ReferenceOr, Schema, SchemaKind};

use super::dispatch::{Candidate, VariantType};
use super::docs::{Described, docs};
use super::enums::{is_decimal, unlabelled};
use super::ignored_keywords::note_meaningless;
use super::json_types::JsonKind;
use super::shape::{SchemaRef, Shape, is_enum_of_null, is_only_null, says_nothing};
use super::types::Types;
use super::view::View;
use crate::api::{Docs, Kind, Place, Type, Width};
use crate::api::{Omissions, Reason};
use crate::document::Pointer;

/// The keyword of a union.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keyword {
    OneOf,
    /// A value may be more than one of them.
    AnyOf,
}

impl Keyword {
    fn as_str(self) -> &'static str {
        match self {
            Self::OneOf => "oneOf",
            Self::AnyOf => "anyOf",
        }
    }

    /// The schemas under the keyword in `schema`.
    pub(super) fn branches(self, schema: &Schema) -> &[ReferenceOr<Schema>] {
        match (self, &schema.schema_kind) {
            (Self::OneOf, SchemaKind::OneOf { one_of }) => one_of,
            (Self::AnyOf, SchemaKind::AnyOf { any_of }) => any_of,
            (Self::OneOf, SchemaKind::Any(any)) => &any.one_of,
            (Self::AnyOf, SchemaKind::Any(any)) => &any.any_of,
            _ => &[],
        }
    }
}

/// One of the schemas.
pub(super) struct Part<'a> {
    pub(super) schema: SchemaRef<'a>,
    pub(super) at: Pointer,
    pub(super) kinds: BTreeSet<JsonKind>,
    /// Whether it is a reference that cannot be resolved.
    is_missing: bool,
}

impl<'a> Part<'a> {
    /// An object among the variants.
    pub(super) fn object(candidate: &Candidate<'a>) -> Self {
        let (schema, at) = (candidate.schema, candidate.at.clone());
        Self { schema, at, kinds: BTreeSet::from([JsonKind::Object]), is_missing: false }
    }
}

impl Part<'_> {
    /// The JSON type of all its values, if there is only one.
    pub(super) fn kind(&self) -> Option<JsonKind> {
        match self.kinds.iter().collect::<Vec<_>>()[..] {
            [only] => Some(*only),
            _ => None,
        }
    }
}

/// A union schema.
pub(super) struct Several<'a> {
    pub(super) schema: &'a Schema,
    pub(super) keyword: Keyword,
    /// The pointer to the keyword.
    pub(super) at: Pointer,
    pub(super) parts: Vec<Part<'a>>,
}

impl<'a> Types<'a, '_> {
    /// The type of a schema that is one of `variants`, or any of them.
    pub(super) fn several(
        &mut self,
        schema: &'a Schema,
        keyword: Keyword,
        variants: &'a [ReferenceOr<Schema>],
        at: &Pointer,
        place: &Place,
    ) -> Type {
        let described = Described::of(&schema.schema_data);
        let at = at.child(keyword.as_str());
        if let Some(ty) = self.scalars(schema, below(variants, &at), described.clone(), place) {
            return ty;
        }
        let mut parts = Vec::new();
        self.add_variants(variants, &at, &mut vec![schema], &mut parts);
        let several = Several { schema, keyword, at, parts };
        if let Some(part) = several.parts.iter().find(|part| part.is_missing) {
            let diagnostic = self
                .view
                .error(&part.at, "unsupported-union", "there is no such variant")
                .help("correct the reference, or add the schema with an overlay");
            return self.report.fall_back(diagnostic, &several.at);
        }
        match &several.parts[..] {
            [only] if keyword == Keyword::AnyOf => return self.ty(only.schema, &only.at, place),
            parts if parts.iter().any(|part| self.view.is_anything(part)) => {
                self.report.left_out.inside(&several.at, Reason::Meaningless);
                return Type::Any;
            }
            parts if parts.iter().all(|part| part.kind() == Some(JsonKind::Object)) => {
                let parts: Vec<&Part<'a>> = parts.iter().collect();
                if let Some(ty) = self.objects(&several, &parts, described.clone(), place) {
                    return ty;
                }
            }
            _ => {}
        }
        match &several.parts[..] {
            [] => Type::Any,
            [only] => self.ty(only.schema, &only.at, place),
            _ => self.mixed(&several, described, place),
        }
    }

    /// Adds the variants, including those of inner unions. `within` are the outer schemas: a schema that is a variant
    /// of itself adds nothing.
    fn add_variants(
        &mut self,
        variants: &'a [ReferenceOr<Schema>],
        at: &Pointer,
        within: &mut Vec<&'a Schema>,
        parts: &mut Vec<Part<'a>>,
    ) {
        for (index, variant) in variants.iter().enumerate() {
            let (schema, at) = (SchemaRef::from(variant), at.child(index));
            let resolved = self.view.resolve(schema, &at);
            if let Some((inner, inner_at)) = &resolved {
                if within.iter().any(|outer| std::ptr::eq(*outer, *inner)) || is_only_null(inner) {
                    self.dissolved(schema, inner, inner_at);
                    continue;
                }
                let is_inline = matches!(schema, SchemaRef::Item(_));
                if let Some((keyword, inner_variants)) = union_of(inner)
                    && ((is_inline && keyword == Keyword::OneOf)
                        || self.view.leads_to(inner, within))
                {
                    self.dissolved(schema, inner, inner_at);
                    within.push(inner);
                    let inner_at = inner_at.child(keyword.as_str());
                    self.add_variants(inner_variants, &inner_at, within, parts);
                    continue;
                }
            }
            let kinds = self.view.kinds(schema, &at);
            parts.push(Part { schema, at, kinds, is_missing: resolved.is_none() });
        }
    }

    /// Records that a variant has no type of its own.
    fn dissolved(&mut self, variant: SchemaRef<'a>, schema: &Schema, at: &Pointer) {
        let mut left_out = Omissions::default();
        self.view.combined(variant, &mut left_out);
        note_meaningless(schema, at, &mut left_out);
        self.report.left_out.append(left_out);
    }

    /// The type of a union of objects; `None` if nothing distinguishes them.
    pub(super) fn objects(
        &mut self,
        several: &Several<'a>,
        parts: &[&Part<'a>],
        described: Described,
        place: &Place,
    ) -> Option<Type> {
        let candidates = self.view.candidates(parts)?;
        if let Some(discriminator) = &several.schema.schema_data.discriminator {
            return self.discriminated(described, discriminator, candidates, place);
        }
        if several.keyword == Keyword::OneOf {
            return self.told_apart(described, candidates, place);
        }
        let names = self.view.key_names(&candidates);
        if let Some(key) = names.iter().find_map(|name| self.view.key(name, &candidates)) {
            return Some(self.union(described, key, candidates, place));
        }
        if candidates.iter().any(|candidate| !candidate.object.alternatives.is_empty()) {
            return None;
        }
        // A value may be more than one of them: one object has the properties of all.
        let merged = self.view.merged(candidates.into_iter().map(|candidate| candidate.object))?;
        let kind = Kind::Struct(self.structure(merged, place));
        Some(self.define(described, kind, place))
    }

    /// A choice among strings is an enum, or just a string; one among strings, numbers and booleans is a scalar.
    pub(super) fn scalars(
        &mut self,
        schema: &'a Schema,
        variants: Vec<(SchemaRef<'a>, Pointer)>,
        described: Described,
        place: &Place,
    ) -> Option<Type> {
        let mut kinds = BTreeSet::new();
        let mut values: Vec<&str> = Vec::new();
        let mut left_out = Omissions::default();
        let mut open: Vec<_> = variants.into_iter().rev().collect();
        let mut seen: Vec<&Schema> = vec![schema];
        let (mut telling, mut has_null, mut width) = (0, false, None);
        while let Some((variant, at)) = open.pop() {
            self.view.combined(variant, &mut left_out);
            let (variant, at) = self.view.resolve(variant, &at)?;
            note_meaningless(variant, &at, &mut left_out);
            if seen.iter().any(|other| std::ptr::eq(*other, variant)) {
                continue;
            }
            seen.push(variant);
            if is_only_null(variant) {
                has_null = true;
                continue;
            }
            telling += 1;
            match Shape::of(variant) {
                Shape::String(text) if text.values.is_empty() => {
                    kinds.insert("string");
                }
                Shape::String(text) => {
                    kinds.insert("enum");
                    values.extend(text.values);
                }
                Shape::Boolean(_) => {
                    kinds.insert("boolean");
                }
                Shape::Integer(other) => {
                    kinds.insert("integer");
                    width = Some(width.map_or(other, |width| wider(width, other)));
                }
                Shape::Number => {
                    kinds.insert(if is_decimal(variant) { "decimal" } else { "number" });
                }
                Shape::Scalar => kinds.extend(["boolean", "string"]),
                Shape::OneOf(variants) => {
                    telling -= 1;
                    open.extend(below(variants, &at.child("oneOf")).into_iter().rev());
                }
                Shape::AnyOf(variants) => {
                    telling -= 1;
                    open.extend(below(variants, &at.child("anyOf")).into_iter().rev());
                }
                _ => return None,
            }
        }
        if has_null && telling == 1 {
            // A single variant beside null is not a union.
            return None;
        }
        let kinds: Vec<&str> = kinds.into_iter().collect();
        let is_numeric = |kind: &&str| matches!(*kind, "decimal" | "integer" | "number");
        let is_exact = |kind: &&str| matches!(*kind, "decimal" | "integer");
        if kinds.iter().any(is_exact) && !kinds.iter().all(is_numeric) {
            // A scalar cannot hold all numbers exactly. A variant of its own can.
            return None;
        }
        self.report.left_out.append(left_out);
        Some(match kinds[..] {
            ["enum"] => self.define(described, Kind::Enum(unlabelled(values.into_iter())), place),
            ["string"] | ["enum", "string"] => Type::String,
            ["decimal", ..] => Type::Decimal,
            ["integer"] => Type::Integer(width.unwrap_or(Width::I128)),
            ["number"] | ["integer", "number"] => Type::Number,
            ["boolean"] => Type::Boolean,
            _ => Type::Scalar,
        })
    }
}

impl<'a> View<'a, '_> {
    /// Whether a union has one of `outer` among its variants, or among those of its variants.
    fn leads_to(&self, union: &'a Schema, outer: &[&'a Schema]) -> bool {
        let mut seen: Vec<&Schema> = Vec::new();
        let mut open = vec![union];
        while let Some(schema) = open.pop() {
            if outer.iter().any(|outer| std::ptr::eq(*outer, schema)) {
                return true;
            }
            if seen.iter().any(|seen| std::ptr::eq(*seen, schema)) {
                continue;
            }
            seen.push(schema);
            let variants = union_of(schema).into_iter().flat_map(|(_, variants)| variants);
            let resolved = variants.filter_map(|one| self.resolve(one.into(), &Pointer::root()));
            open.extend(resolved.map(|(schema, _)| schema));
        }
        false
    }

    /// Whether a value may be null, as a schema says of itself or of one of its variants.
    pub(super) fn is_nullable(&self, schema: SchemaRef<'a>) -> bool {
        self.admits_null(schema, &mut Vec::new())
    }

    fn admits_null(&self, schema: SchemaRef<'a>, seen: &mut Vec<&'a Schema>) -> bool {
        let Some((schema, _)) = self.resolve(schema, &Pointer::root()) else { return false };
        if schema.schema_data.nullable || is_enum_of_null(schema) {
            return true;
        }
        if seen.iter().any(|other| std::ptr::eq(*other, schema)) {
            return false;
        }
        seen.push(schema);
        match Shape::of(schema) {
            Shape::OneOf(variants) | Shape::AnyOf(variants) => variants.iter().any(|one| {
                let resolved = self.resolve(one.into(), &Pointer::root());
                resolved.is_some_and(|(one, _)| one.schema_data.nullable || is_enum_of_null(one))
            }),
            // A part that is only nullable makes the whole nullable. Otherwise all parts have to allow null.
            Shape::AllOf(parts) => {
                let (telling, rest): (Vec<_>, Vec<_>) =
                    parts.iter().partition(|part| !says_nothing(part));
                rest.into_iter().any(|part| self.admits_null(part.into(), seen))
                    || (!telling.is_empty()
                        && telling.into_iter().all(|part| self.admits_null(part.into(), seen)))
            }
            _ => false,
        }
    }

    fn is_anything(&self, part: &Part<'a>) -> bool {
        let resolved = self.resolve(part.schema, &part.at);
        resolved.is_some_and(|(schema, _)| matches!(Shape::of(schema), Shape::Any))
    }

    /// The variants as objects.
    fn candidates(&self, parts: &[&Part<'a>]) -> Option<Vec<Candidate<'a>>> {
        let candidates = parts.iter().map(|part| {
            let object = self.object_shape(part.schema, &part.at)?;
            let docs = match part.schema {
                SchemaRef::Item(schema) => docs(&schema.schema_data),
                SchemaRef::Reference(_) => Docs::default(),
            };
            let (schema, at) = (part.schema, part.at.clone());
            Some(Candidate { schema, object, docs, at, ty: VariantType::Referenced })
        });
        candidates.collect()
    }
}

/// The variants at `at`, each with its place.
fn below<'a>(variants: &'a [ReferenceOr<Schema>], at: &Pointer) -> Vec<(SchemaRef<'a>, Pointer)> {
    let variants = variants.iter().enumerate();
    variants.map(|(index, variant)| (variant.into(), at.child(index))).collect()
}

/// The variants of a schema that is only a union.
fn union_of(schema: &Schema) -> Option<(Keyword, &[ReferenceOr<Schema>])> {
    match Shape::of(schema) {
        Shape::OneOf(variants) => Some((Keyword::OneOf, variants)),
        Shape::AnyOf(variants) => Some((Keyword::AnyOf, variants)),
        _ => None,
    }
}

/// The type that holds all values of both.
fn wider(one: Width, other: Width) -> Width {
    let all = [one, other, Width::I32, Width::I64];
    let holds_both = |width: &Width| width.holds(one) && width.holds(other);
    all.into_iter().find(holds_both).unwrap_or(Width::I128)
}
