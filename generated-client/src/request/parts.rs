//! What a request consists of.

use std::borrow::Cow;

use bytes::Bytes;

use super::encode;
use super::encoded::{EncodedRequest, value_of};
use super::file::File;
use super::multipart::{JSON, Multipart};
use crate::json::{self, Fields, Json};
use crate::operation::Parameter;

/// A request that can be encoded.
pub(crate) trait Input {
    /// Adds the parameters and the body.
    fn write<'a>(&'a self, parts: &mut RequestParts<'a>);
}

/// A request that has only a JSON object as its body.
impl<T: json::Body> Input for T {
    fn write<'a>(&'a self, parts: &mut RequestParts<'a>) {
        self.fields(parts.json());
    }
}

/// The parameters and the body of a request while they are collected.
#[derive(Default)]
pub(crate) struct RequestParts<'a> {
    pub(super) parameters: Vec<(Parameter, &'a dyn Json, AddParameter)>,
    /// The properties of the body, if it has properties.
    pub(super) fields: Fields<'a>,
    pub(super) payload: Payload<'a>,
    pub(super) accept: Option<&'static str>,
}

/// Encodes a parameter. Each parameter carries this function, and each body other than JSON the one that encodes it: a
/// program that sends none of a kind does not contain the code.
pub(super) type AddParameter =
    fn(&mut EncodedRequest, &Parameter, &dyn Json) -> Result<(), Cow<'static, str>>;

/// The media type and the bytes of a body.
pub(super) type Written = Result<(Cow<'static, str>, Bytes), Cow<'static, str>>;

pub(super) type Encodings = &'static [Parameter];
pub(super) type MediaTypes = &'static [(&'static str, &'static str)];
pub(super) type Files<'a> = Vec<(&'static str, &'a File)>;

/// The body.
#[derive(Default)]
pub(super) enum Payload<'a> {
    #[default]
    Nothing,
    Json(&'static str),
    Form(Encodings, fn(Encodings, &Fields<'_>) -> Written),
    Multipart(MediaTypes, Files<'a>, fn(MediaTypes, Files<'a>, &Fields<'_>) -> Written),
    Value(&'static str, &'a dyn Json),
    Bytes(&'static str, Bytes),
}

#[allow(dead_code, reason = "a document need not have each kind")]
impl<'a> RequestParts<'a> {
    /// Adds a parameter.
    pub(crate) fn add(&mut self, parameter: Parameter, value: &'a dyn Json) {
        self.parameters.push((parameter, value, EncodedRequest::add_value));
    }

    /// Adds a parameter if it is set.
    pub(crate) fn add_set<T: Json>(&mut self, parameter: Parameter, value: &'a Option<T>) {
        if let Some(value) = value {
            self.add(parameter, value);
        }
    }

    /// Checks that at least one of these parameters and properties has been added.
    pub(crate) fn at_least_one(&mut self, keys: &'static [&'static str]) {
        if !self.parameters.iter().any(|(parameter, ..)| keys.contains(&parameter.name)) {
            self.fields.at_least_one(keys);
        }
    }

    /// Asks for a response of this media type instead of `application/json`.
    pub(crate) fn accept(&mut self, media: &'static str) {
        self.accept = Some(media);
    }

    /// Makes the body a JSON object.
    pub(crate) fn json(&mut self) -> &mut Fields<'a> {
        self.json_as(JSON)
    }

    /// Makes the body a JSON object of another media type, such as `application/merge-patch+json`.
    pub(crate) fn json_as(&mut self, media: &'static str) -> &mut Fields<'a> {
        self.fields(Payload::Json(media))
    }

    /// Makes the body a form (`a=1&b=2`). `encodings` lists the fields that have an encoding of their own.
    pub(crate) fn form(&mut self, encodings: Encodings) -> &mut Fields<'a> {
        self.fields(Payload::Form(encodings, form))
    }

    /// Makes the body `multipart/form-data`, with a part for each field and file. `types` lists media types of parts.
    pub(crate) fn multipart(&mut self, types: MediaTypes) -> &mut Fields<'a> {
        self.fields(Payload::Multipart(types, Vec::new(), multipart))
    }

    /// Adds files to a multipart body.
    pub(crate) fn files(&mut self, name: &'static str, files: impl IntoIterator<Item = &'a File>) {
        if let Payload::Multipart(_, all, _) = &mut self.payload {
            all.extend(files.into_iter().map(|file| (name, file)));
        }
    }

    /// Makes the body a JSON value.
    pub(crate) fn value(&mut self, media: &'static str, value: &'a dyn Json) {
        self.payload = Payload::Value(media, value);
    }

    /// Makes the body a text.
    pub(crate) fn text(&mut self, media: &'static str, text: &str) {
        self.payload = Payload::Bytes(media, Bytes::copy_from_slice(text.as_bytes()));
    }

    /// Makes the body these bytes.
    pub(crate) fn bytes(&mut self, media: &'static str, bytes: &Bytes) {
        self.payload = Payload::Bytes(media, bytes.clone());
    }

    fn fields(&mut self, payload: Payload<'a>) -> &mut Fields<'a> {
        self.payload = payload;
        &mut self.fields
    }
}

fn form(encodings: Encodings, fields: &Fields<'_>) -> Written {
    let mut form = String::new();
    for (name, value) in fields.iter() {
        let listed = encodings.iter().find(|encoding| encoding.name == name);
        let encoding = listed.copied().unwrap_or(Parameter::field(""));
        encode::query(&encoding, name, &value_of(value)?, &mut form);
    }
    Ok(("application/x-www-form-urlencoded".into(), form.into()))
}

fn multipart(types: MediaTypes, files: Files<'_>, fields: &Fields<'_>) -> Written {
    let mut parts = Multipart::default();
    for (name, value) in fields.iter() {
        parts.field(name, value_of(value)?, media_of(types, name));
    }
    for (name, file) in files {
        parts.file(name, file, media_of(types, name));
    }
    Ok(parts.finish())
}

fn media_of(types: &[(&'static str, &'static str)], name: &str) -> Option<&'static str> {
    types.iter().find(|(other, _)| *other == name).map(|(_, media)| *media)
}
