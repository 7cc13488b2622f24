//! What a call sends: parameters and bodies, put together without knowing any type.

mod encode;
mod file;
mod integer;
mod multipart;
mod parameter;
pub(crate) mod percent;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use bytes::Bytes;
use reqwest::Method;
use reqwest::header::{ACCEPT, COOKIE, HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;

pub use self::file::File;
pub use self::integer::IntoInteger;
#[allow(unused_imports, reason = "a document need not have each kind")]
pub(crate) use self::parameter::{Parameter, ParameterLocation, Style};
use crate::error::InvalidOptionsError;
use crate::json::{self, Fields, Json};

const JSON: &str = "application/json";

/// What a request is made of, in the places in which it is sent.
pub(crate) trait Input {
    /// Adds what is set.
    fn write<'a>(&'a self, parts: &mut RequestParts<'a>);
}

/// A request that is only a JSON object.
impl<T: json::Body> Input for T {
    fn write<'a>(&'a self, parts: &mut RequestParts<'a>) {
        self.fields(parts.json());
    }
}

/// What a request is made of, while it is being put together.
#[derive(Default)]
pub(crate) struct RequestParts<'a> {
    parameters: Vec<(Parameter, &'a dyn Json, AddParameter)>,
    /// What a body of properties has.
    fields: Fields<'a>,
    payload: Payload<'a>,
    accept: Option<&'static str>,
}

/// What writes a parameter. It comes along with each, as bodies other than JSON have what writes them: a program that sends
/// none of a kind need not hold the code for it.
type AddParameter = fn(&mut EncodedRequest, &Parameter, &dyn Json) -> Result<(), Cow<'static, str>>;

/// The media type and the bytes of a body.
type Written = Result<(Cow<'static, str>, Bytes), Cow<'static, str>>;

type Encodings = &'static [Parameter];
type MediaTypes = &'static [(&'static str, &'static str)];
type Files<'a> = Vec<(&'static str, &'a File)>;

/// What is in the body.
#[derive(Default)]
enum Payload<'a> {
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

    /// Asks for answers of this media type, where they are not `application/json`.
    pub(crate) fn accept(&mut self, media: &'static str) {
        self.accept = Some(media);
    }

    /// The body is a JSON object with these properties.
    pub(crate) fn json(&mut self) -> &mut Fields<'a> {
        self.json_as(JSON)
    }

    /// The same with another name for JSON.
    pub(crate) fn json_as(&mut self, media: &'static str) -> &mut Fields<'a> {
        self.fields(Payload::Json(media))
    }

    /// The body is a form (`a=1&b=2`). Fields are written like query parameters; those that are not written in the way of
    /// all are listed.
    pub(crate) fn form(&mut self, encodings: Encodings) -> &mut Fields<'a> {
        self.fields(Payload::Form(encodings, form))
    }

    /// The body has a part for each field and each file; the media types of parts are listed where it matters.
    pub(crate) fn multipart(&mut self, types: MediaTypes) -> &mut Fields<'a> {
        self.fields(Payload::Multipart(types, Vec::new(), multipart))
    }

    /// Adds files to a body of many parts.
    pub(crate) fn files(&mut self, name: &'static str, files: impl IntoIterator<Item = &'a File>) {
        if let Payload::Multipart(_, all, _) = &mut self.payload {
            all.extend(files.into_iter().map(|file| (name, file)));
        }
    }

    /// The body is this value as JSON.
    pub(crate) fn value(&mut self, media: &'static str, value: &'a dyn Json) {
        self.payload = Payload::Value(media, value);
    }

    /// The body is this text.
    pub(crate) fn text(&mut self, media: &'static str, text: &str) {
        self.payload = Payload::Bytes(media, Bytes::copy_from_slice(text.as_bytes()));
    }

    /// The body is this.
    pub(crate) fn bytes(&mut self, media: &'static str, bytes: &Bytes) {
        self.payload = Payload::Bytes(media, bytes.clone());
    }

    fn fields(&mut self, payload: Payload<'a>) -> &mut Fields<'a> {
        self.payload = payload;
        &mut self.fields
    }
}

/// A request as it goes over the wire, apart from who sends it and where to.
#[derive(Debug, Default)]
pub(crate) struct EncodedRequest {
    /// With the parameters filled in.
    pub(crate) path: Cow<'static, str>,
    pub(crate) query: Option<String>,
    pub(crate) headers: HeaderMap,
    /// The body and its media type.
    pub(crate) body: Option<(HeaderValue, Bytes)>,
}

impl EncodedRequest {
    /// Puts together what `input` sends to `path`.
    pub(crate) fn new(
        path: &'static str,
        method: &Method,
        input: &dyn Input,
    ) -> Result<Self, InvalidOptionsError> {
        let mut parts = RequestParts::default();
        input.write(&mut parts);
        if let Some(keys) = parts.fields.lacking() {
            return Err(InvalidOptionsError::new(format!(
                "{path} needs at least one of `{}`, and none is set: set one of them",
                keys.join("`, `")
            )));
        }
        let mut wire = Self { path: path.into(), ..Self::default() };
        for (parameter, value, add) in parts.parameters {
            add(&mut wire, &parameter, value).map_err(|problem| {
                InvalidOptionsError::new(format!(
                    "the parameter `{}` of {path} cannot be sent: {problem}",
                    parameter.name
                ))
            })?;
        }
        encode::check_path(&wire.path).map_err(|problem| {
            InvalidOptionsError::new(format!("the parameters of {path} cannot be sent: {problem}"))
        })?;
        wire.query = wire.query.filter(|query| !query.is_empty());
        if let Some(accept) = parts.accept {
            wire.headers.insert(ACCEPT, HeaderValue::from_static(accept));
        }
        wire.body = body(parts.payload, &parts.fields, method).map_err(|problem| {
            InvalidOptionsError::new(format!(
                "the parameters of {path} cannot be written: {problem}"
            ))
        })?;
        Ok(wire)
    }

    fn add_value(
        &mut self,
        parameter: &Parameter,
        value: &dyn Json,
    ) -> Result<(), Cow<'static, str>> {
        let value = &value_of(value)?;
        match parameter.place {
            ParameterLocation::Path => {
                let segment = encode::path(parameter, value)?;
                let template = format!("{{{}}}", parameter.name);
                self.path = self.path.replace(&template, &segment).into();
            }
            ParameterLocation::Query => {
                let query = self.query.get_or_insert_default();
                encode::query(parameter, parameter.name, value, query);
            }
            ParameterLocation::Header => {
                let value = header(encode::header(parameter, value))?;
                self.headers.insert(name_of(parameter.name)?, value);
            }
            ParameterLocation::Cookie => self.add_cookies(&encode::cookie(parameter, value))?,
        }
        Ok(())
    }

    /// Adds a parameter that is not to be shown. In a cookie it stands as it is, as it was made by the server.
    pub(crate) fn add_secret(
        &mut self,
        place: ParameterLocation,
        name: &'static str,
        secret: &str,
    ) -> Result<(), Cow<'static, str>> {
        match place {
            ParameterLocation::Path | ParameterLocation::Query => {
                let query = self.query.get_or_insert_default();
                encode::add_pair(
                    &percent::encode(name, false),
                    &percent::encode(secret, false),
                    query,
                );
            }
            ParameterLocation::Header => add_secret(&mut self.headers, name_of(name)?, secret)?,
            ParameterLocation::Cookie if secret.bytes().all(fits_cookie) => {
                self.add_cookies(&format!("{name}={secret}"))?;
                if let Some(cookies) = self.headers.get_mut(COOKIE) {
                    cookies.set_sensitive(true);
                }
            }
            ParameterLocation::Cookie => {
                return Err("it has characters that a cookie cannot hold".into());
            }
        }
        Ok(())
    }

    fn add_cookies(&mut self, cookies: &str) -> Result<(), Cow<'static, str>> {
        let others = self.headers.get(COOKIE).map(|others| [others.as_bytes(), b"; "].concat());
        let cookies = [others.unwrap_or_default(), cookies.into()].concat();
        let cookies = HeaderValue::from_bytes(&cookies);
        self.headers.insert(COOKIE, cookies.map_err(|_| "it does not fit into a cookie")?);
        Ok(())
    }
}

fn name_of(header: &str) -> Result<HeaderName, Cow<'static, str>> {
    header.parse().map_err(|_| "it is not the name of a header".into())
}

/// Adds a header that is not to be shown.
pub(crate) fn add_secret(
    headers: &mut HeaderMap,
    name: HeaderName,
    secret: &str,
) -> Result<(), Cow<'static, str>> {
    let mut value = header(secret.to_owned())?;
    value.set_sensitive(true);
    headers.insert(name, value);
    Ok(())
}

/// A text as a header, without a copy.
fn header(text: impl Into<Cow<'static, str>>) -> Result<HeaderValue, Cow<'static, str>> {
    let bytes = match text.into() {
        Cow::Borrowed(text) => Bytes::from_static(text.as_bytes()),
        Cow::Owned(text) => text.into(),
    };
    HeaderValue::from_maybe_shared(bytes)
        .map_err(|_| "a header cannot hold line breaks and other control characters".into())
}

fn fits_cookie(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'"' | b',' | b';' | b'\\')
}

/// The value as JSON, which the encoders go by.
fn value_of(value: &dyn Json) -> Result<Value, Cow<'static, str>> {
    json::serialize(value, serde_json::value::Serializer).map_err(|error| error.to_string().into())
}

fn body(
    payload: Payload<'_>,
    fields: &Fields<'_>,
    method: &Method,
) -> Result<Option<(HeaderValue, Bytes)>, Cow<'static, str>> {
    let told = |error: serde_json::Error| Cow::from(error.to_string());
    let (media, bytes) = match payload {
        Payload::Nothing => return Ok(None),
        // Of the methods that have no use for a body, many servers refuse one.
        Payload::Json(_) if fields.is_empty() && !takes_body(method) => return Ok(None),
        Payload::Json(media) => (media.into(), serde_json::to_vec(fields).map_err(told)?.into()),
        Payload::Form(encodings, form) => form(encodings, fields)?,
        Payload::Multipart(types, files, multipart) => multipart(types, files, fields)?,
        Payload::Value(media, value) => {
            let mut bytes = Vec::new();
            json::serialize(value, &mut serde_json::Serializer::new(&mut bytes)).map_err(told)?;
            (media.into(), bytes.into())
        }
        Payload::Bytes(media, bytes) => (media.into(), bytes),
    };
    Ok(Some((header(media)?, bytes)))
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
    let mut parts = multipart::Multipart::default();
    for (name, value) in fields.iter() {
        parts.field(name, value_of(value)?, media_of(types, name));
    }
    for (name, file) in files {
        parts.file(name, file, media_of(types, name));
    }
    Ok(parts.finish())
}

fn takes_body(method: &Method) -> bool {
    matches!(*method, Method::POST | Method::PUT | Method::PATCH)
}

fn media_of(types: &[(&'static str, &'static str)], name: &str) -> Option<&'static str> {
    types.iter().find(|(other, _)| *other == name).map(|(_, media)| *media)
}
