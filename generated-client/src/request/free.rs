//! Requests that no document describes.

use bytes::Bytes;
use reqwest::header::HeaderValue;
use serde_json::Value;

use super::encode;
use super::encoded::EncodedRequest;
use super::multipart::JSON;
use crate::error::InvalidOptionsError;
use crate::percent::{self, Reserved};

/// The parts of a request that no document describes.
#[derive(Clone)]
pub(crate) struct FreeRequest {
    /// The path, which begins with a slash and has `{name}` for each path parameter.
    pub(crate) path: &'static str,
    pub(crate) parameters: Vec<(String, String)>,
    pub(crate) query: Vec<(String, String)>,
    /// The JSON of the body, or why there is none.
    pub(crate) body: Option<Result<Value, String>>,
}

impl FreeRequest {
    pub(crate) fn new(path: &'static str) -> Self {
        Self { path, parameters: Vec::new(), query: Vec::new(), body: None }
    }

    /// Sets a parameter: a property of the body, or a parameter of the query if the body is not an object.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        if let Some(Ok(Value::Object(body))) = &mut self.body {
            body.insert(name.to_owned(), value.into());
            return;
        }
        self.query.retain(|(other, _)| other != name);
        self.query.push((name.to_owned(), value.to_owned()));
    }

    pub(crate) fn encode(&self) -> Result<EncodedRequest, InvalidOptionsError> {
        let refused = |problem: &str| InvalidOptionsError::new(format!("{}: {problem}", self.path));
        let encode = |text: &str| percent::encode(text, Reserved::Encoded);
        let path = self.encoded_path().map_err(|problem| refused(&problem))?;
        encode::check_path(&path).map_err(|problem| refused(&problem))?;
        let mut query = String::new();
        for (name, value) in &self.query {
            encode::add_pair(&encode(name), &encode(value), &mut query);
        }
        let body = match &self.body {
            None => None,
            Some(Ok(value)) => {
                Some((HeaderValue::from_static(JSON), Bytes::from(value.to_string())))
            }
            Some(Err(problem)) => {
                return Err(refused(&format!("the body cannot be written: {problem}")));
            }
        };
        let query = Some(query).filter(|query| !query.is_empty());
        Ok(EncodedRequest { path: path.into(), query, body, ..EncodedRequest::default() })
    }

    fn encoded_path(&self) -> Result<String, String> {
        if !self.path.starts_with('/') {
            return Err(
                "a path begins with `/`; the builder's `endpoint` has what is before it".into()
            );
        }
        if self.path.contains(['?', '#']) {
            return Err("a path ends before `?`; add parameters with `.query(name, value)`".into());
        }
        let mut path = self.path.to_owned();
        for (name, value) in &self.parameters {
            let place = format!("{{{name}}}");
            if !self.path.contains(&place) {
                return Err(format!("the path has no `{place}`"));
            }
            // Without it, the URL is that of another resource, such as the list of all.
            if value.is_empty() {
                return Err(format!("the path parameter `{name}` is empty"));
            }
            path = path.replace(&place, &percent::encode(value, Reserved::Encoded));
        }
        match path.split_once('{') {
            Some((_, rest)) => Err(format!(
                "the path parameter `{}` is missing; add it with `.path_parameter(name, value)`",
                rest.split('}').next().unwrap_or_default()
            )),
            None => Ok(path),
        }
    }
}
