//! Which operations answer page by page.
//!
//! `x-fern-pagination` says it, as it does for Fern's generators: of one operation, or at the root of the document of all
//! that it fits. There, `results` need not be said where the operation says what its result is.

use serde_json::Value;

use super::Lower;
use super::answer::Answered;
use super::operation::Found;
use super::settings::{Fault, Settings};
use super::shape::{SchemaRef, Shape};
use crate::api::{Answer, Kind, Pagination, Parameter, Type};
use crate::document::Pointer;

const EXTENSION: &str = "x-fern-pagination";

/// What the extension says.
#[derive(Clone)]
pub(super) struct Setting {
    at: Pointer,
    cursor: String,
    next: Vec<String>,
    more: Option<Vec<String>>,
    results: Option<Vec<String>>,
}

impl<'a> Lower<'a, '_> {
    /// What holds for all operations that it fits.
    pub(super) fn default_pagination(&mut self) -> Option<Setting> {
        let at = Pointer::root().child(EXTENSION);
        let value = self.document.value(&at)?;
        let setting = Setting::read(value, &at);
        self.or_no_pages(setting)
    }

    /// How an operation answers page by page; nothing if it does not.
    pub(super) fn pagination(
        &mut self,
        operation: &Pointer,
        parameters: &[Parameter],
        answered: &Answered<'a>,
    ) -> Option<Pagination> {
        let at = operation.child(EXTENSION);
        let own = match self.document.value(&at) {
            Some(Value::Bool(false)) => return None,
            None => {
                let setting = self.pagination.as_ref()?;
                return self.fit(setting, &at, parameters, answered).ok();
            }
            Some(Value::Bool(true)) => self.pagination.clone().ok_or_else(|| {
                let help =
                    format!("say it in full, or add `{EXTENSION}` at the root of the document");
                Fault::new(
                    &at,
                    "the document does not say how operations answer page by page",
                    help,
                )
            }),
            Some(value) => Setting::read(value, &at),
        };
        let pagination = own.and_then(|setting| self.fit(&setting, &at, parameters, answered));
        self.or_no_pages(pagination)
    }

    /// What is said for all operations, and fits none, is a mistake that would go unnoticed.
    pub(super) fn unused_pagination(&mut self, operations: &[Found]) {
        let is_used = operations.iter().any(|(_, operation)| operation.pagination.is_some());
        if let Some(setting) = self.pagination.clone().filter(|_| !is_used)
            && self.options.only.is_empty()
        {
            let message = "no operation has this parameter and these properties of its answer";
            let help = "correct them with an overlay, or remove the extension";
            let _ = self.or_no_pages::<()>(Err(Fault::new(&setting.at, message, help)));
        }
    }

    fn or_no_pages<T>(&mut self, found: Result<T, Fault>) -> Option<T> {
        found
            .map_err(|fault| {
                let diagnostic = self.fault("unusable-pagination", fault);
                self.degrade(diagnostic, "so there are no pages");
            })
            .ok()
    }

    /// What a setting is for one operation.
    fn fit(
        &self,
        setting: &Setting,
        at: &Pointer,
        parameters: &[Parameter],
        answered: &Answered<'a>,
    ) -> Result<Pagination, Fault> {
        let fault = |message: String| {
            let help = format!("correct it with an overlay, or say `{EXTENSION}: false` there");
            Fault::new(at, message, help)
        };
        let is_cursor = |parameter: &&Parameter| {
            let is_text = matches!(parameter.field.ty, Type::String | Type::Uuid);
            parameter.field.key == setting.cursor && is_text
        };
        let cursor = parameters.iter().find(is_cursor).ok_or_else(|| {
            fault(format!("the operation has no parameter `{}` that is a text", setting.cursor))
        })?;
        let body = answered.body.as_ref();
        let body =
            body.ok_or_else(|| fault("the operation does not answer with JSON".to_owned()))?;
        for way in [Some(&setting.next), setting.more.as_ref()].into_iter().flatten() {
            self.property_behind(body, way)
                .ok_or_else(|| fault(format!("the answer has no `{}`", way.join("."))))?;
        }
        let (results, item) = self.results(setting, &answered.answer).ok_or_else(|| {
            fault("the answer has no list where `results` says, or its response key".to_owned())
        })?;
        Ok(Pagination {
            cursor: cursor.word.clone(),
            results,
            next: setting.next.clone(),
            more: setting.more.clone(),
            item,
        })
    }

    /// What a way through the properties of a body leads to.
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

    /// The way to the list of a page, and what it holds.
    fn results(&self, setting: &Setting, answer: &Answer) -> Option<(Vec<String>, Type)> {
        let (root, begin) = match answer {
            Answer::Key { key, ty, .. } => (Some(key), ty.clone()),
            Answer::Body(ty) | Answer::Optional(ty) => (None, ty.clone()),
            Answer::Envelope { ty, .. } => (None, Type::Named(ty.clone())),
            Answer::Text | Answer::Bytes | Answer::Nothing => return None,
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
        match &self.types.get(place)?.kind {
            Kind::Struct(object) => {
                object.fields.iter().find(|field| field.key == key).map(|field| field.ty.clone())
            }
            _ => None,
        }
    }
}

impl Setting {
    fn read(value: &Value, at: &Pointer) -> Result<Self, Fault> {
        let settings = Settings::new(value, at)?;
        if settings.has("offset") {
            let help = "leave it out with an overlay, or say how to go by a cursor";
            return Err(Fault::new(&at.child("offset"), "pages by numbers have no Rust yet", help));
        }
        let required =
            |key: &str, root: &str| settings.way(key, root)?.ok_or_else(|| settings.missing(key));
        let [cursor] = &required("cursor", "$request")?[..] else {
            let help = "name a parameter, or a property of the body: `$request.page_cursor`";
            let message = "a cursor inside of a parameter has no Rust yet";
            return Err(Fault::new(&at.child("cursor"), message, help));
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
