//! Names the members of types and requests: fields, setters, variants and arguments.

use super::reserved::{BORROWING, CLONE, OBJECT, PAGINATED, REQUEST, UNWRITABLE, VARIANTS, WAIT};
use super::scope::Scope;
use crate::api::{
    Api, Arm, Dispatch, Enum, Field, FieldName, FunctionName, Kind, Operation, Others, Presence,
    Struct, Type, Union, VariantName,
};

pub(super) fn run(api: &mut Api) {
    for definition in api.types.values_mut() {
        match &mut definition.kind {
            Kind::Struct(object) => name_fields(object),
            Kind::Enum(values) => name_values(values),
            Kind::Union(union) => name_variants(union),
            Kind::Alias(_) => {}
        }
    }
    api.each_operation_mut(&mut name_parameters);
}

/// A field and its setter have the same name. Setters are considered even if an object has none, because that depends
/// on where the object is used.
fn name_fields(object: &mut Struct) {
    let keys = object.fields.iter().map(|field| field.key.clone());
    let others = object.others.iter().map(|_| Others::WORDS.to_owned());
    let words: Vec<String> = keys.chain(others).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut scope = Scope::new(&[&OBJECT, &CLONE, &UNWRITABLE]);
    let mut names = scope.name::<FieldName>(&words).into_iter();
    object.fields.iter_mut().zip(&mut names).for_each(|(field, name)| field.name = name);
    object.others.iter_mut().zip(&mut names).for_each(|(others, name)| others.name = name);
    let keys = words;
    let fields = object.fields.iter_mut().zip(keys);
    name_null_setters(fields, &mut scope);
}

/// Names the null setters. Names from the document take precedence.
fn name_null_setters<'a>(
    fields: impl Iterator<Item = (&'a mut Field, &'a str)>,
    scope: &mut Scope<'_>,
) {
    let (fields, words): (Vec<&mut Field>, Vec<String>) = fields
        .filter(|(field, _)| field.presence == Presence::OptionalNullable)
        .map(|(field, words)| (field, format!("{words}_null")))
        .unzip();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let names = scope.name::<FieldName>(&words);
    fields.into_iter().zip(names).for_each(|(field, name)| field.null = Some(name));
}

fn name_values(values: &mut Enum) {
    let texts: Vec<&str> = values.values.iter().map(|value| value.word.as_str()).collect();
    let names = Scope::new(&[&VARIANTS]).name::<VariantName>(&texts);
    values.values.iter_mut().zip(names).for_each(|(value, name)| value.name = name);
}

fn name_variants(union: &mut Union) {
    let words: Vec<&str> = union.variants.iter().map(|variant| variant.word.as_str()).collect();
    let names = Scope::new(&[&VARIANTS]).name::<VariantName>(&words);
    union.variants.iter_mut().zip(names).for_each(|(variant, name)| variant.name = name);
    let mut methods = Scope::new(&[&BORROWING, &UNWRITABLE]);
    if let Dispatch::Discriminator(discriminator) = &mut union.dispatch {
        discriminator.accessor = methods.name_one(&discriminator.property);
    }
    let keys: Vec<&str> = union.shared.iter().map(|shared| shared.key.as_str()).collect();
    let names = methods.name::<FunctionName>(&keys);
    union.shared.iter_mut().zip(names).for_each(|(shared, name)| shared.name = name);
}

/// Names arguments, setters and choices, which share a scope.
fn name_parameters(operation: &mut Operation) {
    let keys = operation.parameters.iter().map(|parameter| parameter.word.clone());
    let titles = operation.choices.iter().map(|choice| choice.title.clone());
    let words: Vec<String> = keys.chain(titles).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let methods = methods_of(operation);
    let mut scope = Scope::new(&[&REQUEST, &CLONE, &UNWRITABLE, &methods]);
    let mut names = scope.name::<FieldName>(&words).into_iter();
    for (parameter, name) in operation.parameters.iter_mut().zip(&mut names) {
        parameter.field.name = name;
    }
    operation.choices.iter_mut().zip(&mut names).for_each(|(choice, name)| choice.argument = name);
    let fields = operation.parameters.iter_mut().map(|parameter| &mut parameter.field);
    name_null_setters(fields.zip(words), &mut scope);
    for choice in &mut operation.choices {
        let words = arm_words(&choice.arms);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let names = Scope::new(&[&VARIANTS]).name::<VariantName>(&words);
        choice.arms.iter_mut().zip(names).for_each(|(arm, name)| arm.name = name);
    }
}

/// The methods for pagination and polling that the request has.
fn methods_of(operation: &Operation) -> Vec<&'static str> {
    let pages = operation.pagination.iter().flat_map(|_| PAGINATED);
    pages.chain(operation.wait.iter().map(|_| WAIT)).collect()
}

/// Omits `Id` from the name of an alternative, as in `Assignee::AcsUser(AcsUserId)`, unless another alternative is the
/// resource of that ID.
fn arm_words(arms: &[Arm]) -> Vec<String> {
    let is_other = |words: &str| arms.iter().any(|arm| arm.word == words);
    let words = arms.iter().map(|arm| {
        let short = match arm.field().map(|field| &field.ty) {
            Some(Type::Id(_)) => arm.word.strip_suffix("_id"),
            _ => None,
        };
        short.filter(|short| !is_other(short)).unwrap_or(&arm.word).to_owned()
    });
    words.collect()
}
