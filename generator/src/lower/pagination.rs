//! Pagination: which operations return pages, and how.
//!
//! `x-fern-pagination` describes it, as for Fern's generators: in an operation, or at the root of the document for all
//! operations that it fits. At the root, `results` is optional if the operations name their result.

use serde_json::Value;

use super::operation::LoweredOperation;
use super::settings::{SettingError, Settings};
use super::shape::{SchemaRef, Shape};
use super::types::Types;
use super::view::View;
use crate::api::{Answer, Kind, Operation, Pagination, Parameter, Type};
use crate::document::Pointer;

const EXTENSION: &str = "x-fern-pagination";

/// The content of the extension.
#[derive(Clone)]
pub(super) struct Setting {
    at: Pointer,
    cursor: String,
    next: Vec<String>,
    more: Option<Vec<String>>,
    results: Option<Vec<String>>,
}

/// Reads the pagination of operations.
pub(super) fn read<'a>(types: &mut Types<'a, '_>, lowered: &mut [LoweredOperation<'a>]) {
    let default = types.default_pagination();
    for one in &mut *lowered {
        one.operation.pagination = types.pagination(one, default.as_ref());
    }
    let is_used = lowered.iter().any(|one| one.operation.pagination.is_some());
    // A default that fits no operation is a mistake, unless the operations that it fits are not selected.
    if let Some(setting) = default.filter(|_| !is_used && types.view.options.only.is_empty()) {
        let message = "no operation has this parameter and these properties of its answer";
        let help = "correct them with an overlay, or remove the extension";
        let _ = types.or_no_pages::<()>(Err(SettingError::new(&setting.at, message, help)));
    }
}

impl<'a> Types<'a, '_> {
    /// The extension at the root of the document, which applies to all operations that it fits.
    fn default_pagination(&mut self) -> Option<Setting> {
        let at = Pointer::root().child(EXTENSION);
        let value = self.view.document.value(&at)?;
        let setting = Setting::read(value, &at);
        self.or_no_pages(setting)
    }

    fn pagination(
        &mut self,
        lowered: &LoweredOperation<'a>,
        default: Option<&Setting>,
    ) -> Option<Pagination> {
        let at = lowered.operation.at.child(EXTENSION);
        let setting = match self.view.document.value(&at) {
            Some(Value::Bool(false)) => return None,
            None => return self.fit(default?, &at, lowered).ok(),
            Some(Value::Bool(true)) => default.cloned().ok_or_else(|| {
                let message = "the document does not say how operations answer page by page";
                let help =
                    format!("say it in full, or add `{EXTENSION}` at the root of the document");
                SettingError::new(&at, message, help)
            }),
            Some(value) => Setting::read(value, &at),
        };
        let pagination = setting.and_then(|setting| self.fit(&setting, &at, lowered));
        self.or_no_pages(pagination)
    }

    fn or_no_pages<T>(&mut self, found: Result<T, SettingError>) -> Option<T> {
        found
            .map_err(|error| {
                let diagnostic = error.diagnostic(self.view, "unusable-pagination");
                self.report.degrade(diagnostic, "so there are no pages");
            })
            .ok()
    }

    /// The pagination of one operation.
    fn fit(
        &self,
        setting: &Setting,
        at: &Pointer,
        lowered: &LoweredOperation<'a>,
    ) -> Result<Pagination, SettingError> {
        let operation: &Operation = &lowered.operation;
        let error = |message: String| {
            let help = format!("correct it with an overlay, or say `{EXTENSION}: false` there");
            SettingError::new(at, message, help)
        };
        let is_cursor = |parameter: &&Parameter| {
            let is_text = matches!(parameter.field.ty, Type::String | Type::Uuid);
            parameter.field.key == setting.cursor && is_text
        };
        let cursor = operation.parameters.iter().find(is_cursor).ok_or_else(|| {
            error(format!("the operation has no parameter `{}` that is a text", setting.cursor))
        })?;
        let body = lowered.json.as_ref();
        let body =
            body.ok_or_else(|| error("the operation does not answer with JSON".to_owned()))?;
        for way in [Some(&setting.next), setting.more.as_ref()].into_iter().flatten() {
            self.view
                .property_behind(body, way)
                .ok_or_else(|| error(format!("the answer has no `{}`", way.join("."))))?;
        }
        let (results, item) = self.results(setting, &operation.answer).ok_or_else(|| {
            error("the answer has no list where `results` says, or its response key".to_owned())
        })?;
        Ok(Pagination {
            cursor: cursor.word.clone(),
            results,
            next: setting.next.clone(),
            more: setting.more.clone(),
            item,
        })
    }

    /// The path to the items of a page, and their type.
    fn results(&self, setting: &Setting, answer: &Answer) -> Option<(Vec<String>, Type)> {
        let (root, begin) = match answer {
            Answer::Key { key, ty, .. } => (Some(key), ty.clone()),
            Answer::Body(ty) | Answer::Optional(ty) => (None, ty.clone()),
            Answer::Envelope { ty, .. } => (None, Type::Named(ty.clone())),
            Answer::ByStatus { .. } | Answer::Text | Answer::Bytes | Answer::Nothing => {
                return None;
            }
        };
        let way = setting.results.clone().or_else(|| root.map(|key| vec![key.clone()]))?;
        let inner = match root {
            Some(key) if *key == way[0] => &way[1..],
            Some(_) => return None,
            None => &way[..],
        };
        match inner.iter().try_fold(begin, |ty, step| self.property_type(&ty, step))? {
            Type::List(item) => Some((way, *item)),
            _ => None,
        }
    }

    fn property_type(&self, ty: &Type, key: &str) -> Option<Type> {
        let Type::Named(place) = ty else { return None };
        match self.kind(place)? {
            Kind::Struct(object) => {
                object.fields.iter().find(|field| field.key == key).map(|field| field.ty.clone())
            }
            _ => None,
        }
    }
}

impl<'a> View<'a, '_> {
    /// The schema at a path through the properties of a body.
    fn property_behind(
        &self,
        (schema, at): &(SchemaRef<'a>, Pointer),
        way: &[String],
    ) -> Option<Shape<'a>> {
        let (mut schema, mut at) = (*schema, at.clone());
        for step in way {
            let property = self.object_shape(schema, &at)?.properties.remove(step.as_str())?;
            (schema, at) = (property.schema, property.at);
        }
        self.resolve(schema, &at).map(|(schema, _)| Shape::of(schema))
    }
}

impl Setting {
    fn read(value: &Value, at: &Pointer) -> Result<Self, SettingError> {
        let settings = Settings::new(value, at)?;
        if settings.has("offset") {
            let help = "leave it out with an overlay, or say how to go by a cursor";
            return Err(SettingError::new(
                &at.child("offset"),
                "offset pagination is not supported",
                help,
            ));
        }
        let required =
            |key: &str, root: &str| settings.way(key, root)?.ok_or_else(|| settings.missing(key));
        let [cursor] = &required("cursor", "$request")?[..] else {
            let help = "name a parameter, or a property of the body: `$request.page_cursor`";
            let message = "a cursor inside of a parameter is not supported";
            return Err(SettingError::new(&at.child("cursor"), message, help));
        };
        Ok(Self {
            at: at.clone(),
            cursor: cursor.clone(),
            next: required("next_cursor", "$response")?,
            more: settings.way("has-next-page", "$response")?,
            results: settings.way("results", "$response")?,
        })
    }
}
