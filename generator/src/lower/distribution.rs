//! A `oneOf` beside properties: a union in which each variant has the properties, too.

use openapiv3::{ReferenceOr, Schema};

use super::dispatch::{Candidate, VariantType};
use super::docs::{Described, docs};
use super::inheritance::component_of;
use super::object::{Alternatives, ObjectShape};
use super::shape::SchemaRef;
use super::types::Types;
use super::unions::{Keyword, Part, Several};
use super::view::View;
use crate::api::Reason;
use crate::api::{Docs, Place, Type};
use crate::document::Pointer;

/// The maximum number of variants. Beyond it, the object has the properties of all branches, as optional ones.
const MOST_VARIANTS: usize = 64;

/// The maximum depth of unions that are branches of unions.
const DEEPEST: usize = 5;

/// An object combined with one branch of each of its alternatives.
#[derive(Clone)]
struct Combination<'a> {
    object: ObjectShape<'a>,
    branch: Option<(SchemaRef<'a>, Pointer)>,
    ty: VariantType,
}

impl<'a> Types<'a, '_> {
    /// The union of the object combined with each branch of its alternatives; `None` if no alternative adds properties.
    /// Afterwards, `object` has no alternatives.
    pub(super) fn distributed(
        &mut self,
        schema: &'a Schema,
        object: &mut ObjectShape<'a>,
        place: &Place,
    ) -> Option<Type> {
        let all = std::mem::take(&mut object.alternatives);
        let (telling, conditions): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|alternatives| self.view.adds_properties(alternatives));
        for condition in conditions {
            self.report.left_out.whole(&condition.at, Reason::Condition);
        }
        let first = telling.first()?.clone();
        let Some(combinations) = self.view.combinations(object, &telling, &mut Vec::new()) else {
            for Alternatives { branches, at, .. } in &telling {
                self.view.add_possible(branches, at, object);
            }
            return None;
        };
        let candidates: Vec<Candidate<'a>> =
            combinations.into_iter().filter_map(Combination::candidate).collect();
        match &candidates[..] {
            // No branch is an object, or each is the union itself. Only the properties beside them remain.
            [] => return None,
            [only] => {
                *object = only.object.clone();
                return None;
            }
            _ => {}
        }
        // The type of a branch does not apply to properties beside the union that the branch describes again.
        let referenced = candidates.iter().filter(|one| one.ty == VariantType::Referenced);
        referenced.for_each(|one| self.report.left_out.append(one.object.left_out.clone()));
        let described = Described::of(&schema.schema_data);
        let discriminator = [first.schema, schema]
            .into_iter()
            .find_map(|schema| schema.schema_data.discriminator.as_ref());
        let told = match discriminator {
            Some(discriminator) => {
                let candidates = candidates.clone();
                self.discriminated(described.clone(), discriminator, candidates, place)
            }
            None => self.told_apart(described.clone(), candidates.clone(), place),
        };
        Some(told.unwrap_or_else(|| {
            self.in_order(first.schema, &first.at, candidates, described, place)
        }))
    }

    /// A union of objects that no property distinguishes.
    pub(super) fn in_order(
        &mut self,
        schema: &'a Schema,
        at: &Pointer,
        candidates: Vec<Candidate<'a>>,
        described: Described,
        place: &Place,
    ) -> Type {
        let parts = candidates.iter().map(Part::object).collect();
        let several = Several { schema, keyword: Keyword::OneOf, at: at.clone(), parts };
        self.objects_in_order(&several, candidates, described, place)
    }
}

impl<'a> Combination<'a> {
    fn candidate(self) -> Option<Candidate<'a>> {
        let (schema, at) = self.branch?;
        let docs = match schema {
            SchemaRef::Item(schema) => docs(&schema.schema_data),
            SchemaRef::Reference(_) => Docs::default(),
        };
        Some(Candidate { schema, object: self.object, docs, at, ty: self.ty })
    }
}

impl<'a> View<'a, '_> {
    /// Whether a branch has properties. A branch that only makes properties required is a constraint.
    fn adds_properties(&self, alternatives: &Alternatives<'a>) -> bool {
        alternatives.branches.iter().enumerate().any(|(index, branch)| {
            let mut shape = ObjectShape::default();
            self.add_branch(branch.into(), &alternatives.at.child(index), &mut shape)
                && !(shape.properties.is_empty() && shape.alternatives.is_empty())
        })
    }

    /// One object for each combination of branches, one of each alternative; `None` if there are too many.
    fn combinations(
        &self,
        object: &ObjectShape<'a>,
        alternatives: &[Alternatives<'a>],
        within: &mut Vec<Pointer>,
    ) -> Option<Vec<Combination<'a>>> {
        if within.len() > DEEPEST {
            return None;
        }
        let ty = VariantType::Referenced;
        let mut combinations = vec![Combination { object: object.clone(), branch: None, ty }];
        for one in alternatives {
            let mut next = Vec::new();
            within.push(one.at.clone());
            for combination in &combinations {
                for branch in self.branches_of(one) {
                    next.extend(self.combined_with(combination, branch, within)?);
                    if next.len() > MOST_VARIANTS {
                        return None;
                    }
                }
            }
            within.pop();
            combinations = next;
        }
        Some(combinations)
    }

    /// The object combined with one more branch, which can have alternatives itself. A branch that is not an object
    /// gives no combination.
    fn combined_with(
        &self,
        combination: &Combination<'a>,
        (schema, at): (SchemaRef<'a>, Pointer),
        within: &mut Vec<Pointer>,
    ) -> Option<Vec<Combination<'a>>> {
        let mut object = combination.object.clone();
        if !self.add_branch(schema, &at, &mut object) {
            return Some(Vec::new());
        }
        let inner = std::mem::take(&mut object.alternatives);
        // A union that is a branch of itself adds nothing.
        if inner.iter().any(|one| within.contains(&one.at)) {
            return Some(Vec::new());
        }
        if !inner.is_empty() {
            return self.combinations(&object, &inner, within);
        }
        let ty = self.type_of(schema, &at, &object);
        Some(vec![Combination { object, branch: Some((schema, at)), ty }])
    }

    /// Whether a branch has all properties of its variant.
    fn type_of(
        &self,
        branch: SchemaRef<'a>,
        at: &Pointer,
        object: &ObjectShape<'a>,
    ) -> VariantType {
        let alone = self.object_shape(branch, at);
        let is_same = alone.is_some_and(|alone| {
            let places = |shape: &ObjectShape<'a>| {
                let properties = shape.properties.iter();
                properties.map(|(key, one)| (*key, one.at.clone())).collect::<Vec<_>>()
            };
            alone.alternatives.is_empty()
                && alone.required == object.required
                && alone.is_open() == object.is_open()
                && places(&alone) == places(object)
        });
        if is_same { VariantType::Referenced } else { VariantType::Own }
    }

    /// The branches of the alternatives. A reference to a base stands for all schemas that extend it.
    fn branches_of(&self, alternatives: &Alternatives<'a>) -> Vec<(SchemaRef<'a>, Pointer)> {
        let branches: &'a [ReferenceOr<Schema>] = alternatives.branches;
        let branches = branches.iter().enumerate().flat_map(|(index, branch)| {
            let members = component_of(branch).and_then(|name| self.members(&name));
            members.unwrap_or_else(|| vec![(branch.into(), alternatives.at.child(index))])
        });
        branches.collect()
    }
}
