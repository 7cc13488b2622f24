//! Untagged unions: the JSON type tells the variants apart, or else they are tried in order.

use std::collections::BTreeSet;

use super::dispatch::Candidate;
use super::docs::{Described, docs};
use super::json_types::JsonKind;
use super::object::ObjectShape;
use super::shape::{SchemaRef, Shape};
use super::types::Types;
use super::unions::{Part, Several};
use super::view::View;
use crate::api::{
    Conversion, Dispatch, Docs, Kind, Name, Place, Step, Tag, Type, Union, Variant, VariantName,
};
use crate::diagnostic::Diagnostic;

/// The maximum number of variants that the help shows in full.
const SHOWN: usize = 2;

/// A variant, and the JSON type of its values.
struct Found {
    variant: Variant,
    kinds: BTreeSet<JsonKind>,
}

/// The variants that have been collected so far.
#[derive(Default)]
struct Builder {
    found: Vec<Found>,
}

impl Builder {
    /// Makes the word of a variant unique, because types are found by it.
    fn free(&self, word: String) -> String {
        let is_free = |word: &String| {
            let name = VariantName::new(word);
            self.found.iter().all(|found| found.variant.name != name)
        };
        if is_free(&word) {
            return word;
        }
        let mut numbered = (2..).map(|number| format!("{word}_{number}"));
        numbered.find(is_free).unwrap_or(word)
    }

    fn push(&mut self, word: String, ty: Type, docs: Docs, kinds: BTreeSet<JsonKind>) {
        let (name, conversion) = (VariantName::new(&word), Conversion::Named);
        let variant = Variant { word, name, ty, tag: Tag::none(), conversion, docs };
        self.found.push(Found { variant, kinds });
    }

    /// Dispatch by JSON type, or by order if two variants share one.
    fn dispatch(&self) -> Dispatch {
        let mut seen = BTreeSet::new();
        let are_distinct =
            self.found.iter().flat_map(|found| &found.kinds).all(|kind| seen.insert(*kind));
        if are_distinct { Dispatch::JsonType } else { Dispatch::Order }
    }
}

impl<'a> Types<'a, '_> {
    /// The union of all variants.
    pub(super) fn mixed(
        &mut self,
        several: &Several<'a>,
        described: Described,
        place: &Place,
    ) -> Type {
        let mut builder = Builder::default();
        for group in groups(&several.parts) {
            self.add_group(several, &group, place, &mut builder);
        }
        let dispatch = builder.dispatch();
        if dispatch == Dispatch::Order {
            let diagnostic = self.view.tried_in_order(several);
            self.report.degrade(diagnostic, "so they are tried in the order of the document");
        }
        let variants = builder.found.into_iter().map(|found| found.variant).collect();
        let union = Union { dispatch, variants, shared: Vec::new() };
        self.define(described, Kind::Union(union), place)
    }

    /// The union of objects that no property tells apart.
    pub(super) fn objects_in_order(
        &mut self,
        several: &Several<'a>,
        candidates: Vec<Candidate<'a>>,
        described: Described,
        place: &Place,
    ) -> Type {
        let mut builder = Builder::default();
        let parts: Vec<&Part<'a>> = several.parts.iter().collect();
        for (part, candidate) in several.parts.iter().zip(candidates) {
            let word = builder.free(self.view.word(part, &parts));
            let place = place.inside(Step::Variant(word.clone()));
            let docs = candidate.docs.clone();
            let (ty, _) = self.variant_type(&Dispatch::Order, candidate, Vec::new(), place);
            builder.push(word, Type::Named(ty), docs, BTreeSet::from([JsonKind::Object]));
        }
        let diagnostic = self.view.tried_in_order(several);
        self.report.degrade(diagnostic, "so they are tried in the order of the document");
        let variants = builder.found.into_iter().map(|found| found.variant).collect();
        let union = Union { dispatch: Dispatch::Order, variants, shared: Vec::new() };
        self.define(described, Kind::Union(union), place)
    }

    /// Adds schemas with the same JSON type: as one variant if one type holds all their values.
    fn add_group(
        &mut self,
        several: &Several<'a>,
        group: &[&Part<'a>],
        place: &Place,
        builder: &mut Builder,
    ) {
        if let (Some(kind), [_, _, ..]) = (group[0].kind(), group) {
            let word = builder.free(word_of(kind).to_owned());
            let place = place.inside(Step::Variant(word.clone()));
            let ty = match kind {
                JsonKind::Object => self.objects(several, group, Described::default(), &place),
                _ => {
                    let variants = group.iter().map(|part| (part.schema, part.at.clone()));
                    let variants = variants.collect();
                    self.scalars(several.schema, variants, Described::default(), &place)
                }
            };
            if let Some(ty) = ty {
                builder.push(word, ty, Docs::default(), BTreeSet::from([kind]));
                return;
            }
        }
        for part in group {
            let word = builder.free(self.view.word(part, group));
            let inner = match part.kind() {
                // The elements of a list are defined at that place, and are not lists.
                Some(JsonKind::Array) if word.starts_with(LIST) => word.replacen(LIST, "item", 1),
                _ => word.clone(),
            };
            let ty = self.ty(part.schema, &part.at, &place.inside(Step::Variant(inner)));
            let docs = match part.schema {
                SchemaRef::Item(schema) => docs(&schema.schema_data),
                SchemaRef::Reference(_) => Docs::default(),
            };
            builder.push(word, ty, docs, part.kinds.clone());
        }
    }
}

impl<'a> View<'a, '_> {
    /// The word of a variant: its name in the document, or else a property that only it has, or else its type.
    fn word(&self, part: &Part<'a>, group: &[&Part<'a>]) -> String {
        if let Some(name) = name(part) {
            return name;
        }
        let shape = |part: &Part<'a>| self.object_shape(part.schema, &part.at);
        if let Some(object) = shape(part).filter(|_| group.len() > 1) {
            let others: Vec<_> = group
                .iter()
                .filter(|other| other.at != part.at)
                .filter_map(|other| shape(other))
                .collect();
            let is_own =
                |key: &&&str| others.iter().all(|other| !other.properties.contains_key(**key));
            let own = object.required.iter().find(is_own);
            let own = own.or_else(|| object.properties.keys().find(is_own));
            if let Some(word) = own.copied().or_else(|| self.fixed_text(&object)) {
                return word.to_owned();
            }
        }
        let resolved = self.resolve(part.schema, &part.at).map(|(schema, _)| Shape::of(schema));
        let is_map = || shape(part).is_some_and(|object| object.properties.is_empty());
        let word = match (part.kind(), resolved) {
            (_, Some(Shape::Integer(_))) => "integer",
            (_, Some(Shape::String(text))) if text.format == Some("date-time") => "date_time",
            (Some(JsonKind::Object), _) if is_map() => "map",
            (Some(kind), _) => word_of(kind),
            (None, _) => "value",
        };
        word.to_owned()
    }

    /// A property of an object that always has the same text.
    fn fixed_text(&self, object: &ObjectShape<'a>) -> Option<&'a str> {
        object.properties.values().find_map(|property| {
            let (schema, _) = self.resolve(property.schema, &property.at)?;
            match Shape::of(schema) {
                Shape::String(text) if text.values.len() == 1 => text.values.first().copied(),
                _ => None,
            }
        })
    }

    /// Warns that only their order decides among the variants, with an overlay that changes it.
    fn tried_in_order(&self, several: &Several<'a>) -> Diagnostic {
        let discriminator = several.schema.schema_data.discriminator.as_ref();
        let key = discriminator.map(|discriminator| discriminator.property_name.as_str());
        let (code, message) = match key {
            Some(key) => ("ambiguous-union", format!("`{key}` does not tell these variants apart")),
            None => {
                let message = "nothing says which property tells these variants apart";
                ("ordered-union", message.to_owned())
            }
        };
        self.error(&several.at, code, message).help(self.how_to_tell(&several.parts, key))
    }

    /// An overlay that fixes a different value of one property in each object. All objects have that property, or may have it.
    fn how_to_tell(&self, parts: &[Part<'a>], key: Option<&str>) -> String {
        let shape = |part: &'_ &Part<'a>| self.object_shape(part.schema, &part.at);
        let objects: Vec<&Part<'a>> = parts.iter().filter(|part| shape(part).is_some()).collect();
        if objects.len() < 2 {
            return "describe them so that each is something else in JSON, or leave out all but one \
                    of those that are not, with an overlay"
                .to_owned();
        }
        let shapes: Vec<ObjectShape<'a>> = objects.iter().filter_map(shape).collect();
        let key = key.or_else(|| self.common_text(&shapes)).unwrap_or("kind");
        let mut help =
            "give each of them a property with a value of its own with an overlay:".to_owned();
        for part in objects.iter().take(SHOWN) {
            let Some((_, at)) = self.resolve(part.schema, &part.at) else { continue };
            let value = self.word(part, &objects);
            help.push_str(&format!(
                "\n       - target: {}\n         update: {{ required: [{key}], properties: \
                 {{ {key}: {{ type: string, enum: [{value}] }} }} }}",
                self.document.original(&at).to_path()
            ));
        }
        help
    }

    /// A text property that all objects require.
    fn common_text(&self, shapes: &[ObjectShape<'a>]) -> Option<&'a str> {
        let is_text = |shape: &ObjectShape<'a>, key: &str| {
            let property = shape.properties.get(key).filter(|_| shape.required.contains(key));
            let found = property.and_then(|one| self.resolve(one.schema, &one.at));
            found.is_some_and(|(schema, _)| matches!(Shape::of(schema), Shape::String(_)))
        };
        let mut keys = shapes.first()?.required.iter().copied();
        keys.find(|key| shapes.iter().all(|shape| is_text(shape, key)))
    }
}

const LIST: &str = "list";

fn word_of(kind: JsonKind) -> &'static str {
    match kind {
        JsonKind::Boolean => "boolean",
        JsonKind::Number => "number",
        JsonKind::String => "text",
        JsonKind::Array => LIST,
        JsonKind::Object => "object",
    }
}

/// The name of a variant in the document.
fn name(part: &Part<'_>) -> Option<String> {
    match part.schema {
        SchemaRef::Reference(reference) => {
            let name = reference.rsplit('/').next()?;
            Some(name.replace("~1", "/").replace("~0", "~"))
        }
        SchemaRef::Item(schema) => schema.schema_data.title.clone(),
    }
}

/// Groups the variants by JSON type, in the order of the first variant of each. Lists are grouped by the types of their
/// elements.
fn groups<'p, 'a>(parts: &'p [Part<'a>]) -> Vec<Vec<&'p Part<'a>>> {
    let mut groups: Vec<Vec<&'p Part<'a>>> = Vec::new();
    for part in parts {
        let same = part.kind().filter(|kind| *kind != JsonKind::Array);
        match groups.iter_mut().find(|group| same.is_some() && group[0].kind() == same) {
            Some(group) => group.push(part),
            None => groups.push(vec![part]),
        }
    }
    groups
}
