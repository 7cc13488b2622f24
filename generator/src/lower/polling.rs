//! Polling: responses that describe something unfinished, and how to request its state again.
//!
//! `x-polling` describes it in a component schema: the `operation` that returns one by its `id` (a property, and the
//! parameter with that name unless there is a `parameter`), and the property with its `status`, with its values for
//! `success` and `failure`. It may name the properties `result` and `error`, and the extension in which operations name
//! the variant of a union that they start (`variant-extension`).

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::naming::Named;
use super::operation::LoweredOperation;
use super::report::Report;
use super::settings::{SettingError, Settings};
use super::types::Types;
use super::verbs::{verb_key, verbs};
use super::view::View;
use crate::api::{
    Answer, Field, FunctionName, Kind, Name, Operation, Place, Polling, Presence, Root, Struct,
    Type, Wait,
};
use crate::document::Pointer;

const EXTENSION: &str = "x-polling";
const KEYS: [&str; 9] = [
    "operation",
    "id",
    "parameter",
    "status",
    "success",
    "failure",
    "result",
    "error",
    "variant-extension",
];

/// The maximum depth of nested unions. Deeper ones contain themselves.
const DEEPEST_UNION: usize = 8;

/// The content of the extension.
#[derive(Clone)]
pub(super) struct Setting {
    at: Pointer,
    /// The operation that polls.
    operation: Place,
    path: String,
    id: String,
    parameter: String,
    status: String,
    success: Vec<String>,
    failure: Vec<String>,
    result: Option<String>,
    error: Option<String>,
    /// The extension in which an operation names the variant that it starts.
    variant: Option<String>,
}

/// Reads the extension of all component schemas.
pub(super) fn settings(
    view: View<'_, '_>,
    report: &mut Report<'_, '_>,
) -> BTreeMap<String, Setting> {
    let mut settings = BTreeMap::new();
    for name in view.document.schema_names() {
        let at = Pointer::root().join(["components", "schemas", name, EXTENSION]);
        let Some(value) = view.document.value(&at) else { continue };
        match view.setting(value, &at) {
            Ok(setting) => {
                settings.insert(name.to_owned(), setting);
            }
            Err(error) => not_polled(view, report, error),
        }
    }
    settings
}

/// The paths of the operations that poll for the results of the operations of `selected`.
pub(super) fn paths<'a>(
    view: View<'a, '_>,
    settings: &BTreeMap<String, Setting>,
    selected: &BTreeSet<&'a str>,
) -> BTreeSet<&'a str> {
    let items = view.document.paths().filter(|(path, _)| selected.contains(path));
    let verbs =
        items.flat_map(|(path, item)| verbs(item).into_iter().map(move |verb| (path, verb)));
    let polled = verbs.filter_map(|(path, verb)| {
        let at = Pointer::root().join(["paths", path, &verb_key(verb.method)]);
        settings.get(&view.returned_schema(verb.operation, verb.method, &at)?)
    });
    let polled: BTreeSet<&str> = polled.map(|setting| setting.path.as_str()).collect();
    view.document.paths().map(|(path, _)| path).filter(|path| polled.contains(path)).collect()
}

/// Finds the operations that return something to poll for, and the operations that poll.
pub(super) fn read(
    types: &mut Types<'_, '_>,
    settings: &BTreeMap<String, Setting>,
    lowered: &mut [LoweredOperation<'_>],
) {
    for one in &mut *lowered {
        one.operation.wait = types.wait(settings, &one.operation);
    }
    for (schema, setting) in settings {
        let waits = |operation: &Operation| {
            operation.wait.as_ref().is_some_and(|wait| wait.polling == setting.operation)
        };
        if !lowered.iter().any(|one| waits(&one.operation)) {
            continue;
        }
        let polling = types.polling(schema, setting, lowered);
        let mut operations = lowered.iter_mut().map(|one| &mut one.operation);
        match polling {
            Ok(polling) => {
                let operation = operations.find(|one| one.place() == setting.operation);
                operation.into_iter().for_each(|one| one.polling = Some(polling.clone()));
            }
            Err(error) => {
                not_polled(types.view, &mut types.report, error);
                operations.filter(|one| waits(one)).for_each(|one| one.wait = None);
            }
        }
    }
}

/// Reports why there is no polling for a schema.
fn not_polled(view: View<'_, '_>, report: &mut Report<'_, '_>, error: SettingError) {
    let diagnostic = error.diagnostic(view, "unusable-polling");
    report.degrade(diagnostic, "so there is no waiting for it");
}

impl Types<'_, '_> {
    /// The object to wait for after an operation, if the operation returns one.
    fn wait(
        &mut self,
        settings: &BTreeMap<String, Setting>,
        operation: &Operation,
    ) -> Option<Wait> {
        let (Answer::Key { ty: Type::Named(place), .. } | Answer::Body(Type::Named(place))) =
            &operation.answer
        else {
            return None;
        };
        let setting = settings.get(schema_of(place)?)?;
        let result = self.result(setting, &operation.at, place).unwrap_or_else(|error| {
            let diagnostic = error.diagnostic(self.view, "unusable-polling");
            self.report.degrade(diagnostic, "so waiting gives the object and not its result");
            None
        });
        Some(Wait { polling: setting.operation.clone(), target: None, result })
    }

    /// The property with the result, if the variant is known.
    fn result(
        &self,
        setting: &Setting,
        operation: &Pointer,
        place: &Place,
    ) -> Result<Option<Field>, SettingError> {
        let Some(key) = &setting.result else { return Ok(None) };
        let mut tags: Vec<&str> = setting.success.iter().map(String::as_str).collect();
        let mut at = setting.at.child("result");
        if let Some(extension) = &setting.variant {
            at = operation.child(extension);
            match self.view.document.value(&at).and_then(Value::as_str) {
                Some(variant) => tags.push(variant),
                None => return Ok(None),
            }
        }
        let object = self.variant_of(place, &tags);
        let field = object.and_then(|object| object.fields.iter().find(|field| field.key == *key));
        field.cloned().map(Some).ok_or_else(|| {
            let message = format!("no variant that is `{}` has a `{key}`", tags.join("` and `"));
            SettingError::new(&at, message, "correct it with an overlay")
        })
    }

    /// The variant of a union whose discriminators have these values.
    fn variant_of(&self, place: &Place, tags: &[&str]) -> Option<&Struct> {
        let mut place = place;
        for _ in 0..DEEPEST_UNION {
            match self.kind(place)? {
                Kind::Struct(object) => return Some(object),
                Kind::Union(union) => {
                    let is_meant = |tag: &String| tags.contains(&tag.as_str());
                    let mut variants = union.variants.iter();
                    let variant = variants.find(|one| one.tag.values.iter().any(is_meant))?;
                    place = variant.ty.named()?;
                }
                Kind::Enum(_) | Kind::Alias(_) => return None,
            }
        }
        None
    }

    /// How an operation polls for a schema.
    fn polling(
        &self,
        schema: &str,
        setting: &Setting,
        lowered: &[LoweredOperation<'_>],
    ) -> Result<Polling, SettingError> {
        self.check_properties(schema, setting)?;
        let mut all = lowered.iter().map(|one| &one.operation);
        let operation = all.find(|one| one.place() == setting.operation);
        let error = |message: String| {
            let help = "name another operation with an overlay, or correct that one";
            SettingError::new(&setting.at.child("operation"), message, help)
        };
        let operation =
            operation.ok_or_else(|| error("this operation is not generated".to_owned()))?;
        if operation.wait.as_ref().is_none_or(|wait| wait.polling != setting.operation) {
            return Err(error(format!("this operation does not answer with `{schema}`")));
        }
        let parameter = only_parameter(operation, &setting.parameter).map_err(error)?;
        Ok(Polling {
            schema: schema.to_owned(),
            parameter: parameter.to_owned(),
            id: setting.id.clone(),
            status: setting.status.clone(),
            success: setting.success.clone(),
            failure: setting.failure.clone(),
            error: setting.error.clone(),
            function: FunctionName::new("wait"),
        })
    }

    /// Checks that every variant has the properties that polling reads, with the values that it compares them to.
    fn check_properties(&self, schema: &str, setting: &Setting) -> Result<(), SettingError> {
        let place = Place::schema(schema);
        let missing = |key: &str, property: &str| {
            let help = "correct it with an overlay";
            let message = format!("not every `{schema}` has a property `{property}`");
            SettingError::new(&setting.at.child(key), message, help)
        };
        self.values_of(&place, &setting.id, 0).ok_or_else(|| missing("id", &setting.id))?;
        let status = self.values_of(&place, &setting.status, 0);
        let known = status.ok_or_else(|| missing("status", &setting.status))?;
        for (key, values) in [("success", &setting.success), ("failure", &setting.failure)] {
            let is_unknown =
                |value: &&String| !known.contains(&None) && !known.contains(&Some(value));
            if let Some(value) = values.iter().find(is_unknown) {
                let message = format!("`{}` is never `{value}`", setting.status);
                let help = "correct it with an overlay";
                return Err(SettingError::new(&setting.at.child(key), message, help));
            }
        }
        Ok(())
    }

    /// The values that a property can have, where `None` stands for any other value; `None` if a variant lacks the
    /// property.
    fn values_of(&self, place: &Place, key: &str, depth: usize) -> Option<BTreeSet<Option<&str>>> {
        if depth > DEEPEST_UNION {
            return None;
        }
        match self.kind(place)? {
            Kind::Union(union) if union.discriminator().is_some_and(|one| one.property == key) => {
                let tags = union.variants.iter().flat_map(|variant| &variant.tag.values);
                Some(tags.map(|tag| Some(tag.as_str())).collect())
            }
            Kind::Union(union) => {
                let mut values = BTreeSet::new();
                for variant in &union.variants {
                    let Type::Named(place) = &variant.ty else { return None };
                    values.extend(self.values_of(place, key, depth + 1)?);
                }
                Some(values)
            }
            Kind::Struct(object) => {
                let field = object.fields.iter().find(|field| field.key == key)?;
                Some(match field.ty.named().and_then(|place| self.kind(place)) {
                    Some(Kind::Enum(values)) => {
                        values.values.iter().map(|value| Some(value.text.as_str())).collect()
                    }
                    _ => BTreeSet::from([None]),
                })
            }
            Kind::Enum(_) | Kind::Alias(_) => None,
        }
    }
}

impl View<'_, '_> {
    fn setting(&self, value: &Value, at: &Pointer) -> Result<Setting, SettingError> {
        let settings = Settings::new(value, at)?;
        settings.only(&KEYS)?;
        let owned = |text: &str| text.to_owned();
        let id = settings.required("id")?;
        let named = settings.required("operation")?;
        let operation = self.named_operation(named).ok_or_else(|| {
            let help = "name one by its path, after its verb where the path has several: \
                        `GET /jobs/{id}`";
            SettingError::new(
                &at.child("operation"),
                format!("`{named}` is not one operation"),
                help,
            )
        })?;
        Ok(Setting {
            at: at.clone(),
            path: path_of(named).1.to_owned(),
            operation,
            id: id.to_owned(),
            parameter: settings.text("parameter")?.unwrap_or(id).to_owned(),
            status: settings.required("status")?.to_owned(),
            success: settings.texts("success")?,
            failure: settings.texts("failure")?,
            result: settings.text("result")?.map(owned),
            error: settings.text("error")?.map(owned),
            variant: settings.text("variant-extension")?.map(owned),
        })
    }

    /// Finds an operation by its path, or by its verb and path.
    fn named_operation(&self, named: &str) -> Option<Place> {
        let (verb, path) = path_of(named);
        let fits = |(other, method): &(&str, &str)| {
            *other == path && verb.is_none_or(|verb| verb.eq_ignore_ascii_case(method))
        };
        let names = self.names.iter().filter(|(key, _)| fits(key)).map(|(_, named)| named);
        let mut names: BTreeSet<&Named> = names.collect();
        let named = names.pop_first().filter(|_| names.is_empty())?;
        Some(Place::operation(path, &named.1, &self.original(path, named)?))
    }
}

/// The word of the parameter, or an error if the operation requires others.
fn only_parameter<'a>(operation: &'a Operation, key: &str) -> Result<&'a str, String> {
    let is_required =
        |presence: Presence| !matches!(presence, Presence::Optional | Presence::OptionalNullable);
    let parameters = operation.parameters.iter();
    let required = parameters.filter(|parameter| is_required(parameter.field.presence));
    let (named, others): (Vec<_>, Vec<_>) = required.partition(|one| one.field.key == key);
    let chooses = operation.choices.iter().any(|choice| is_required(choice.presence));
    match named.first() {
        Some(parameter) if others.is_empty() && !chooses => Ok(&parameter.word),
        Some(_) => Err("this operation requires other parameters too".to_owned()),
        None => Err(format!("this operation does not require a parameter `{key}`")),
    }
}

/// Splits the name of an operation into its verb, if any, and its path.
fn path_of(named: &str) -> (Option<&str>, &str) {
    named.split_once(' ').map_or((None, named), |(verb, path)| (Some(verb), path.trim()))
}

/// The component schema at a place.
fn schema_of(place: &Place) -> Option<&str> {
    match &place.root {
        Root::Schema(name) if place.steps.is_empty() => Some(name),
        _ => None,
    }
}
