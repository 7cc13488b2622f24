//! How the old client reads what the new API sends, value by value, by the rules of the runtime.

use std::collections::BTreeMap;

use super::graph::{Difference, Finding, Graph, Need, Position};
use super::names::Sides;
use super::value::{Text, Value, simple, values};
use super::{Direction, Frequency, Outcome, WireChangeKind};
use crate::api::{Enum, EnumOf, Kind, Place, Type};

/// How deep trials of variants may nest, as in the runtime.
pub(super) const DEEPEST_TRIAL: usize = 2;

/// Whether a type can read a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ReadOutcome {
    /// The value is read.
    Read,
    /// The value is kept as an unknown variant.
    Unknown,
    /// The value has another type.
    Mismatch { expected: &'static str, found: &'static str, frequency: Frequency },
}

/// Reads values of the new API with the types of the old client.
pub(super) struct Reader<'a> {
    pub(super) sides: Sides<'a>,
    pub(super) graph: Graph,
    known: BTreeMap<(&'a Place, Value<'a>), (usize, ReadOutcome)>,
    /// The number of trials that this one is nested in.
    pub(super) trials: usize,
    /// Whether the value contradicts the type: it differs from the only allowed value, or has a property that a closed
    /// object does not allow. A trial with a contradiction does not match.
    pub(super) is_contradicted: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(sides: Sides<'a>, trials: usize) -> Self {
        let (graph, known) = (Graph::default(), BTreeMap::new());
        Self { sides, graph, known, trials, is_contradicted: false }
    }

    /// Reads a value as the type `ty`.
    pub(super) fn read(&mut self, at: &Position, ty: &'a Type, value: &Value<'a>) -> ReadOutcome {
        match (ty, value) {
            (Type::Nullable(inner) | Type::Boxed(inner), value) if *value != Value::Null => {
                self.read(at, inner, value)
            }
            (Type::Constant(only), Value::Boolean(found)) => {
                if *found != Some(*only) {
                    self.is_contradicted = true;
                    self.other_constant(at, *only, *found);
                }
                ReadOutcome::Read
            }
            (Type::List(inner), Value::Array(elements)) => {
                self.each(at, inner, values(self.sides.new, elements), "an element");
                ReadOutcome::Read
            }
            (Type::Map(inner), Value::Object(object)) => {
                for (key, property) in object.properties() {
                    let what = format!("the value of `{key}`");
                    self.each(at, inner, property.values(self.sides.new), &what);
                }
                if let Some(others) = object.others {
                    self.each(at, inner, values(self.sides.new, others), "a value");
                }
                ReadOutcome::Read
            }
            (Type::Named(place), value) if *value != Value::Null => {
                self.definition(at, place, value)
            }
            // In a trial, a text that is not a date-time does not match.
            (Type::DateTime, Value::Text(_)) if self.trials == 0 => {
                self.date_time(at, value);
                ReadOutcome::Read
            }
            _ => match simple(ty, value) {
                Ok(()) => ReadOutcome::Read,
                Err(frequency) => ReadOutcome::Mismatch {
                    expected: expected(ty),
                    found: value.described(),
                    frequency,
                },
            },
        }
    }

    /// Reports a boolean that may be another than the only one that the old client knows.
    fn other_constant(&mut self, at: &Position, only: bool, found: Option<bool>) {
        let frequency = if found.is_some() { Frequency::Always } else { Frequency::Sometimes };
        let what = format!("`{}` may be {} instead of {only}", at.item, !only);
        let consequence = "it is kept, and a repair reports it";
        self.add(at, (Outcome::Repairs, frequency), WireChangeKind::OtherType, what, consequence);
    }

    /// Reports a date-time that may be another text.
    fn date_time(&mut self, at: &Position, value: &Value<'a>) {
        if simple(&Type::DateTime, value).is_err() {
            let what =
                format!("`{}` may be {} that is not a date-time", at.item, value.described());
            let consequence = "its text is kept, and its `timestamp()` may be `None`";
            let outcome = (Outcome::Keeps, Frequency::Sometimes);
            self.add(at, outcome, WireChangeKind::OtherType, what, consequence);
        }
    }

    /// Reads the elements of a list or a map. Elements that cannot be read are left out.
    pub(super) fn each(&mut self, at: &Position, ty: &'a Type, values: Vec<Value<'a>>, what: &str) {
        for value in values {
            let ReadOutcome::Mismatch { expected, found, .. } = self.read(at, ty, &value) else {
                continue;
            };
            let what = format!("{what} of `{}` may be {found} instead of {expected}", at.item);
            let consequence = "it is left out, and a repair reports it";
            let kind = WireChangeKind::OtherType;
            self.add(at, (Outcome::Repairs, Frequency::Sometimes), kind, what, consequence);
        }
    }

    /// Reads a value of a defined type. Each pair of type and value is compared once.
    pub(super) fn definition(
        &mut self,
        at: &Position,
        place: &'a Place,
        value: &Value<'a>,
    ) -> ReadOutcome {
        let place = self.sides.old.api.defined_at(place);
        let key = (place, value.clone());
        if let Some((node, fit)) = self.known.get(&key) {
            self.graph.lead(at, *node);
            return fit.clone();
        }
        let node = self.graph.node();
        self.graph.lead(at, node);
        // A pair that contains itself counts as read.
        self.known.insert(key.clone(), (node, ReadOutcome::Read));
        let names = self.sides.old.names;
        let kind = self.sides.old.api.types.get(place).map(|definition| &definition.kind);
        let new = match (kind, value) {
            // Findings about a struct point to the schema of the object, others to the place where the value is used.
            (Some(Kind::Struct(_)), Value::Object(object)) => object.at.clone(),
            _ => None,
        };
        let new = new.or_else(|| at.new.clone());
        let inside = Position {
            node,
            item: names.ty(place),
            old: Some(names.at(place)),
            new,
            need: Need::Needed,
        };
        let fit = self.defined(&inside, place, value);
        self.known.insert(key, (node, fit.clone()));
        fit
    }

    fn defined(&mut self, at: &Position, place: &'a Place, value: &Value<'a>) -> ReadOutcome {
        let definition = self.sides.old.api.types.get(place);
        match (definition.map(|definition| (&definition.kind, definition.usage)), value) {
            (Some((Kind::Struct(known), usage)), Value::Object(object)) => {
                self.structure(at, known, usage, object);
                ReadOutcome::Read
            }
            (Some((Kind::Union(union), _)), _) => self.union(at, union, value),
            (Some((Kind::Enum(known), _)), _) if known.of != EnumOf::Texts => {
                self.number(at, known, value)
            }
            (Some((Kind::Enum(known), _)), Value::Text(text)) => {
                let texts: Vec<&str> =
                    known.values.iter().map(|value| value.text.as_str()).collect();
                self.text(at, &texts, text);
                ReadOutcome::Read
            }
            (Some((Kind::Alias(_), _)) | None, _) => ReadOutcome::Read,
            (Some((Kind::Enum(_), _)), _) => mismatch("a string", value),
            (Some((Kind::Struct(_), _)), _) => mismatch("an object", value),
        }
    }

    /// Reads the number of an enum. Unknown values are kept.
    fn number(&mut self, at: &Position, known: &Enum, value: &Value<'a>) -> ReadOutcome {
        match value {
            Value::Numbers(numbers) => {
                let known: Vec<&str> =
                    known.values.iter().map(|value| value.text.as_str()).collect();
                self.text(at, &known, &Text::These(numbers.clone()));
            }
            Value::Integer(_) | Value::Number => {
                let what = format!("`{}` may be any number", at.item).into();
                self.unknown_value(at, known.values.len(), what);
            }
            _ => return mismatch("a number", value),
        }
        ReadOutcome::Read
    }

    /// Reads the string of an enum. Unknown values are kept.
    fn text(&mut self, at: &Position, known: &[&str], text: &Text<'a>) {
        let what = match text {
            Text::Any => format!("`{}` may be any text", at.item).into(),
            Text::DateTime => format!("`{}` is a date-time", at.item).into(),
            Text::Civil(civil) => format!("`{}` is {}", at.item, civil.described()).into(),
            Text::These(texts) => {
                let unknown = texts.iter().copied().filter(|text| !known.contains(text));
                let what = Difference::of_values(format!("`{}` may be", at.item), unknown);
                if what.values.is_empty() {
                    return;
                }
                what
            }
        };
        self.unknown_value(at, known.len(), what);
    }

    /// `known` is how many values are known.
    fn unknown_value(&mut self, at: &Position, known: usize, what: Difference) {
        // In a trial, another value than the only one of an enum means that the variant does not match.
        self.is_contradicted |= known == 1;
        let outcome = (Outcome::Keeps, Frequency::Sometimes);
        self.add(at, outcome, WireChangeKind::UnknownValue, what, "it is kept as `Unrecognized`");
    }

    pub(super) fn add(
        &mut self,
        at: &Position,
        (outcome, frequency): (Outcome, Frequency),
        kind: WireChangeKind,
        what: impl Into<Difference>,
        consequence: &'static str,
    ) {
        let found = Finding {
            outcome,
            frequency,
            direction: Direction::Response,
            kind,
            item: at.item.clone(),
            old: at.old.clone(),
            new: at.new.clone(),
            difference: what.into(),
            consequence,
        };
        self.graph.add(at, found);
    }
}

pub(super) fn mismatch(expected: &'static str, value: &Value<'_>) -> ReadOutcome {
    ReadOutcome::Mismatch { expected, found: value.described(), frequency: Frequency::Always }
}

/// The values that a type accepts, in words.
pub(super) fn expected(ty: &Type) -> &'static str {
    match ty {
        Type::Boolean | Type::Constant(_) => "a boolean",
        Type::Integer(width) => width.described(),
        Type::Number | Type::Decimal => "a number",
        Type::String | Type::Uuid | Type::Id(_) | Type::Bytes | Type::File => "a string",
        Type::DateTime => "a date-time",
        Type::Civil(civil) => civil.described(),
        Type::Scalar => "a boolean, a number or a string",
        Type::List(_) => "an array",
        Type::Map(_) => "an object",
        Type::Nullable(inner) | Type::Boxed(inner) => expected(inner),
        Type::Any | Type::Named(_) => "what is described",
    }
}
