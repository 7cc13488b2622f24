//! The JSON values that a type can have, one for each kind of value. One side writes them and the other side reads them.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::Frequency;
use super::names::Side;
use crate::api::{
    Civil, Discriminator, EnumOf, Field, Kind, Place, Presence, Struct, TagKind, Type, Variant,
    Width,
};
use crate::document::Pointer;

/// The type of the elements in a value of any JSON.
static ANY: Type = Type::Any;

/// A kind of JSON values.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Value<'a> {
    Null,
    /// Only this value, or both if `None`.
    Boolean(Option<bool>),
    Integer(Width),
    Number,
    /// Those of an enum.
    Numbers(Vec<&'a str>),
    Text(Text<'a>),
    /// An array with elements of this type.
    Array(&'a Type),
    Object(Rc<Object<'a>>),
}

/// Which strings are possible.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Text<'a> {
    Any,
    DateTime,
    Civil(Civil),
    These(Vec<&'a str>),
}

/// The objects of one schema. Two are equal if they have the same origin and the same narrowed properties.
#[derive(Clone, Debug)]
pub(super) struct Object<'a> {
    origin: Origin<'a>,
    /// Narrowed properties: known to have this value, or removed (`None`).
    narrowed: BTreeMap<&'a str, Option<Value<'a>>>,
    properties: BTreeMap<&'a str, Property<'a>>,
    /// The type of additional properties, if they are allowed.
    pub(super) others: Option<&'a Type>,
    /// The pointer to the schema.
    pub(super) at: Option<Pointer>,
}

/// The source of an object.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Origin<'a> {
    Struct(&'a Place),
    Map(&'a Type),
    /// A request or response body of an operation, by its place, and a number to distinguish several bodies.
    Body(Place, usize),
}

/// A property of an object.
#[derive(Clone, Debug)]
pub(super) struct Property<'a> {
    pub(super) may_be_absent: bool,
    pub(super) may_be_null: bool,
    content: Content<'a>,
}

#[derive(Clone, Debug)]
enum Content<'a> {
    Typed(&'a Type),
    Fixed(Value<'a>),
    /// A value of unknown type. It is never reported as a type mismatch.
    Unknown,
}

impl<'a> Property<'a> {
    pub(super) fn new(ty: &'a Type, presence: Presence) -> Self {
        Self { content: Content::Typed(ty), ..Self::unknown(presence) }
    }

    /// A property of unknown type.
    pub(super) fn unknown(presence: Presence) -> Self {
        Self {
            may_be_absent: !presence.is_argument(),
            may_be_null: matches!(
                presence,
                Presence::RequiredNullable | Presence::OptionalNullable | Presence::Droppable
            ),
            content: Content::Unknown,
        }
    }

    /// A property that is always present with this value.
    pub(super) fn always(value: Value<'a>) -> Self {
        Self { may_be_absent: false, may_be_null: false, content: Content::Fixed(value) }
    }

    /// The possible values of the property, if it is present.
    pub(super) fn values(&self, side: Side<'a>) -> Vec<Value<'a>> {
        let mut values = match &self.content {
            Content::Typed(ty) => values(side, ty),
            Content::Fixed(value) => vec![value.clone()],
            Content::Unknown => Vec::new(),
        };
        if self.may_be_null && !values.contains(&Value::Null) {
            values.push(Value::Null);
        }
        values
    }
}

impl<'a> Object<'a> {
    pub(super) fn new(origin: Origin<'a>, at: Option<Pointer>) -> Self {
        let (narrowed, properties) = (BTreeMap::new(), BTreeMap::new());
        Self { origin, narrowed, properties, others: None, at }
    }

    /// The objects of a map with values of this type.
    fn map(values: &'a Type) -> Self {
        Self { others: Some(values), ..Self::new(Origin::Map(values), None) }
    }

    fn of_struct(side: Side<'a>, place: &'a Place, object: &'a Struct) -> Self {
        let mut new = Self::new(Origin::Struct(place), Some(side.names.at(place)));
        new.add_struct(object);
        new
    }

    /// Adds the properties of a struct.
    pub(super) fn add_struct(&mut self, object: &'a Struct) {
        object.fields.iter().for_each(|field| self.add_field(field));
        self.others = object.others.as_ref().map(|others| inner(&others.ty));
    }

    pub(super) fn add_field(&mut self, field: &'a Field) {
        self.add(&field.key, Property::new(&field.ty, field.presence));
    }

    pub(super) fn add(&mut self, key: &'a str, property: Property<'a>) {
        self.properties.insert(key, property);
    }

    pub(super) fn get(&self, key: &str) -> Option<&Property<'a>> {
        self.properties.get(key)
    }

    pub(super) fn properties(&self) -> impl Iterator<Item = (&'a str, &Property<'a>)> {
        self.properties.iter().map(|(key, property)| (*key, property))
    }

    /// Returns a copy in which a property has a known value.
    pub(super) fn with(&self, key: &'a str, value: Value<'a>) -> Self {
        let mut object = self.clone();
        object.narrowed.insert(key, Some(value.clone()));
        object.properties.insert(key, Property::always(value));
        object
    }

    /// Returns a copy without a property.
    pub(super) fn without(&self, key: &'a str) -> Self {
        let mut object = self.clone();
        object.narrowed.insert(key, None);
        object.properties.remove(key);
        object
    }

    /// Changes the origin, to distinguish several bodies of one operation.
    pub(super) fn renumber(&mut self, origin: Origin<'a>) {
        self.origin = origin;
    }

    /// The place of the struct, if the object is from one.
    pub(super) fn place(&self) -> Option<&'a Place> {
        match self.origin {
            Origin::Struct(place) => Some(place),
            Origin::Map(_) | Origin::Body(..) => None,
        }
    }

    fn id(&self) -> (&Origin<'a>, &BTreeMap<&'a str, Option<Value<'a>>>) {
        (&self.origin, &self.narrowed)
    }
}

impl PartialEq for Object<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.id() == other.id()
    }
}

impl Eq for Object<'_> {}

impl PartialOrd for Object<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Object<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.id().cmp(&other.id())
    }
}

impl Value<'_> {
    /// Names the kind of value in a sentence.
    pub(super) fn described(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean(_) => "a boolean",
            Self::Integer(width) => width.described(),
            Self::Number | Self::Numbers(_) => "a number",
            Self::Text(Text::DateTime) => "a date-time",
            Self::Text(Text::Civil(civil)) => civil.described(),
            Self::Text(_) => "a string",
            Self::Array(_) => "an array",
            Self::Object(_) => "an object",
        }
    }
}

/// Whether a type without named types in it accepts a value, or how often it does not.
pub(super) fn simple(ty: &Type, value: &Value<'_>) -> Result<(), Frequency> {
    match (ty, value) {
        (Type::Any, _)
        | (Type::Nullable(_), Value::Null)
        | (Type::Boolean, Value::Boolean(_))
        | (Type::Number | Type::Decimal, Value::Integer(_) | Value::Number | Value::Numbers(_))
        | (Type::DateTime, Value::Text(Text::DateTime))
        | (Type::String | Type::Uuid | Type::Id(_) | Type::Bytes | Type::File, Value::Text(_))
        | (
            Type::Scalar,
            Value::Boolean(_)
            | Value::Integer(_)
            | Value::Number
            | Value::Numbers(_)
            | Value::Text(_),
        ) => Ok(()),
        (Type::Civil(civil), Value::Text(Text::Civil(other))) if civil == other => Ok(()),
        (Type::Integer(width), Value::Numbers(numbers))
            if numbers.iter().all(|number| fits(*width, number)) =>
        {
            Ok(())
        }
        (Type::Boxed(inner), _) => simple(inner, value),
        (Type::Integer(width), Value::Integer(other)) if width.holds(*other) => Ok(()),
        (Type::Integer(_), Value::Integer(_) | Value::Number | Value::Numbers(_))
        | (Type::DateTime | Type::Civil(_), Value::Text(_)) => Err(Frequency::Sometimes),
        _ => Err(Frequency::Always),
    }
}

/// Whether a number is one of the integers of a type.
fn fits(width: Width, number: &str) -> bool {
    let (least, largest) = width.bounds();
    number.parse().is_ok_and(|number: i128| (least..=largest).contains(&number))
}

/// Lists the values that a type can have.
pub(super) fn values<'a>(side: Side<'a>, ty: &'a Type) -> Vec<Value<'a>> {
    let mut values = Vec::new();
    collect(side, ty, &mut Vec::new(), &mut values);
    values
}

/// Collects the values of a type. `within` are the enclosing definitions; a union that is a variant of itself is skipped.
fn collect<'a>(
    side: Side<'a>,
    ty: &'a Type,
    within: &mut Vec<&'a Place>,
    values: &mut Vec<Value<'a>>,
) {
    match ty {
        Type::Boolean => values.push(Value::Boolean(None)),
        Type::Constant(value) => values.push(Value::Boolean(Some(*value))),
        Type::Integer(width) => values.push(Value::Integer(*width)),
        Type::Number | Type::Decimal => values.push(Value::Number),
        Type::String | Type::Uuid | Type::Id(_) | Type::Bytes | Type::File => {
            values.push(Value::Text(Text::Any));
        }
        Type::DateTime => values.push(Value::Text(Text::DateTime)),
        Type::Civil(civil) => values.push(Value::Text(Text::Civil(*civil))),
        Type::Scalar => {
            values.extend([Value::Boolean(None), Value::Number, Value::Text(Text::Any)]);
        }
        Type::Any => values.extend([
            Value::Null,
            Value::Boolean(None),
            Value::Number,
            Value::Text(Text::Any),
            Value::Array(&ANY),
            Value::Object(Rc::new(Object::map(&ANY))),
        ]),
        Type::List(inner) => values.push(Value::Array(inner)),
        Type::Map(inner) => values.push(Value::Object(Rc::new(Object::map(inner)))),
        Type::Nullable(inner) => {
            collect(side, inner, within, values);
            values.push(Value::Null);
        }
        Type::Boxed(inner) => collect(side, inner, within, values),
        Type::Named(place) => {
            of_place(side, place, within, values);
        }
    }
}

fn of_definition<'a>(
    side: Side<'a>,
    place: &'a Place,
    within: &mut Vec<&'a Place>,
    values: &mut Vec<Value<'a>>,
) {
    match side.api.types.get(place).map(|definition| &definition.kind) {
        Some(Kind::Struct(object)) => {
            values.push(Value::Object(Rc::new(Object::of_struct(side, place, object))));
        }
        Some(Kind::Enum(known)) => {
            let these = known.values.iter().map(|value| value.text.as_str()).collect();
            values.push(match known.of {
                EnumOf::Texts => Value::Text(Text::These(these)),
                EnumOf::Integers(_) | EnumOf::Numbers => Value::Numbers(these),
            });
        }
        Some(Kind::Union(union)) => {
            for variant in &union.variants {
                let mut found = Vec::new();
                collect(side, &variant.ty, within, &mut found);
                values.extend(found.into_iter().map(|value| match union.discriminator() {
                    Some(discriminator) => tagged(value, discriminator, variant),
                    None => value,
                }));
            }
        }
        Some(Kind::Alias(_)) | None => collect(side, &ANY, within, values),
    }
}

fn of_place<'a>(
    side: Side<'a>,
    place: &'a Place,
    within: &mut Vec<&'a Place>,
    values: &mut Vec<Value<'a>>,
) {
    let place = side.api.defined_at(place);
    if !within.contains(&place) {
        within.push(place);
        of_definition(side, place, within, values);
        within.pop();
    }
}

/// Narrows an object of a union to the discriminator values of its variant.
fn tagged<'a>(
    value: Value<'a>,
    discriminator: &'a Discriminator,
    variant: &'a Variant,
) -> Value<'a> {
    let Value::Object(object) = value else { return value };
    let key = discriminator.property.as_str();
    let tags = &variant.tag.values[..];
    let tag = match (discriminator.kind, tags) {
        (TagKind::Text, _) => Value::Text(Text::These(tags.iter().map(String::as_str).collect())),
        (TagKind::Boolean, [only]) => Value::Boolean(Some(only == "true")),
        (TagKind::Boolean, _) => Value::Boolean(None),
    };
    let mut object = object.with(key, tag);
    if let Some(property) = object.properties.get_mut(key) {
        let Property { may_be_absent, may_be_null, .. } = Property::unknown(variant.tag.presence);
        property.may_be_absent = may_be_absent;
        property.may_be_null = may_be_null;
    }
    Value::Object(Rc::new(object))
}

/// The type of the values of a map.
pub(super) fn inner(map: &Type) -> &Type {
    match map {
        Type::Map(inner) => inner,
        other => other,
    }
}
