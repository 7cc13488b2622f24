//! An `allOf` of schemas that are not objects: the values that all of its parts allow.

use std::collections::BTreeSet;

use openapiv3::{ReferenceOr, Schema};

use super::docs::Described;
use super::enums::unlabelled;
use super::json_types::JsonKind;
use super::shape::{SchemaRef, Shape, Text};
use super::types::Types;
use super::view::View;
use crate::api::Reason;
use crate::api::{Kind, Place, Type};
use crate::document::Pointer;

/// A part that determines the type, after resolving references and inner `allOf`.
struct Leaf<'a> {
    /// The part as written, which can be a reference.
    part: SchemaRef<'a>,
    part_at: Pointer,
    schema: &'a Schema,
    kinds: BTreeSet<JsonKind>,
}

impl<'a> Types<'a, '_> {
    /// The type of the values that all parts of an `allOf` allow.
    pub(super) fn intersection(&mut self, schema: &'a Schema, at: &Pointer, place: &Place) -> Type {
        let mut leaves = Vec::new();
        self.view.add_leaves(schema, at, &mut vec![schema], &mut leaves);
        let all = leaves.iter().flat_map(|leaf| leaf.kinds.iter().copied()).collect();
        let kinds: BTreeSet<JsonKind> = leaves.iter().fold(all, |kinds: BTreeSet<_>, leaf| {
            kinds.intersection(&leaf.kinds).copied().collect()
        });
        let ty = match kinds.iter().collect::<Vec<_>>()[..] {
            [JsonKind::String] => self.texts(schema, &leaves, place),
            [] => None,
            _ => self.narrowest(&leaves, at, place),
        };
        ty.unwrap_or_else(|| {
            let message = "no value is what all parts of this `allOf` describe";
            let diagnostic = self
                .view
                .error(&at.child("allOf"), "unsupported-schema", message)
                .help("describe it in another way with an overlay");
            self.report.fall_back(diagnostic, at)
        })
    }

    /// Intersects strings: the values that all enums share, or else the part that has a format.
    fn texts(&mut self, schema: &'a Schema, leaves: &[Leaf<'a>], place: &Place) -> Option<Type> {
        let texts: Vec<(&Leaf<'a>, Text<'a>)> = leaves
            .iter()
            .filter_map(|leaf| match Shape::of(leaf.schema) {
                Shape::String(text) => Some((leaf, text)),
                _ => None,
            })
            .collect();
        let mut enums = texts.iter().filter(|(_, text)| !text.values.is_empty());
        let Some((_, first)) = enums.next() else {
            let with_format = texts.iter().find(|(_, text)| text.format.is_some());
            let (leaf, _) = with_format.or(texts.first())?;
            self.leave_out_others(leaves, leaf);
            return Some(self.ty(leaf.part, &leaf.part_at, place));
        };
        let mut values = first.values.clone();
        for (_, text) in enums {
            values.retain(|value| text.values.contains(value));
        }
        if values.is_empty() {
            return None;
        }
        // An alias of an enum that a part refers to, if the other parts exclude none of its values.
        let same = texts.iter().find(|(_, text)| text.values.len() == values.len());
        if let Some((leaf, _)) = same
            && let SchemaRef::Reference(_) = leaf.part
        {
            self.leave_out_others(leaves, leaf);
            return Some(self.ty(leaf.part, &leaf.part_at, place));
        }
        leaves.iter().for_each(|leaf| self.leave_out(leaf));
        let kind = Kind::Enum(unlabelled(values.into_iter()));
        Some(self.define(Described::of(&schema.schema_data), kind, place))
    }

    /// The type of the most restrictive part; of several such parts, that of the last one.
    fn narrowest(&mut self, leaves: &[Leaf<'a>], at: &Pointer, place: &Place) -> Option<Type> {
        let rank = |leaf: &Leaf<'a>| match Shape::of(leaf.schema) {
            Shape::Number | Shape::Array(None) => 1,
            Shape::Boolean(values) if values.len() == 1 => -1,
            _ => 0,
        };
        let order = |leaf: &Leaf<'a>| (leaf.kinds.len(), rank(leaf));
        let least = leaves.iter().rev().min_by_key(|leaf| order(leaf))?;
        let differs = |leaf: &&Leaf<'a>| {
            let value = |leaf: &Leaf<'a>| self.view.items(leaf);
            order(leaf) == order(least) && value(leaf) != value(least)
        };
        if leaves.iter().any(|leaf| differs(&leaf)) {
            let message =
                "the parts of this `allOf` describe their elements or variants differently";
            let diagnostic = self
                .view
                .error(&at.child("allOf"), "unsupported-schema", message)
                .help("describe it in one schema with an overlay");
            self.report.degrade(diagnostic, "so it is as the last part says");
        }
        self.leave_out_others(leaves, least);
        Some(self.ty(least.part, &least.part_at, place))
    }

    fn leave_out_others(&mut self, leaves: &[Leaf<'a>], kept: &Leaf<'a>) {
        for leaf in leaves.iter().filter(|leaf| leaf.part_at != kept.part_at) {
            self.leave_out(leaf);
        }
    }

    /// Records that a part is only a constraint.
    fn leave_out(&mut self, leaf: &Leaf<'a>) {
        self.view.combined(leaf.part, &mut self.report.left_out);
        if let SchemaRef::Item(_) = leaf.part {
            self.report.left_out.inside(&leaf.part_at, Reason::Condition);
        } else if let Some((_, at)) = self.view.resolve(leaf.part, &leaf.part_at) {
            self.report.left_out.inside(&at, Reason::Condition);
        }
    }
}

impl<'a> View<'a, '_> {
    /// Adds the parts of an `allOf` that determine the type, including those of inner `allOf`.
    fn add_leaves(
        &self,
        schema: &'a Schema,
        at: &Pointer,
        within: &mut Vec<&'a Schema>,
        leaves: &mut Vec<Leaf<'a>>,
    ) {
        let Shape::AllOf(parts) = Shape::of(schema) else { return };
        let parts: &'a [ReferenceOr<Schema>] = parts;
        for (index, part) in parts.iter().enumerate() {
            let part_at = at.child("allOf").child(index);
            let part = SchemaRef::from(part);
            let Some((schema, schema_at)) = self.resolve(part, &part_at) else { continue };
            if within.iter().any(|outer| std::ptr::eq(*outer, schema)) {
                continue;
            }
            match Shape::of(schema) {
                Shape::Any => {}
                Shape::AllOf(_) => {
                    within.push(schema);
                    self.add_leaves(schema, &schema_at, within, leaves);
                    within.pop();
                }
                _ => {
                    let kinds = self.kinds(part, &part_at);
                    leaves.push(Leaf { part, part_at, schema, kinds });
                }
            }
        }
    }

    /// The schemas of the elements or variants of a part.
    fn items(&self, leaf: &Leaf<'a>) -> Option<&serde_json::Value> {
        let (_, at) = self.resolve(leaf.part, &leaf.part_at)?;
        ["items", "oneOf", "anyOf", "properties"]
            .into_iter()
            .find_map(|keyword| self.document.value(&at.child(keyword)))
    }
}
