//! Multipart bodies (`multipart/form-data`, RFC 7578).

use std::borrow::Cow;

use bytes::Bytes;
use serde_json::Value;

use super::file::File;

/// The media type of JSON.
pub(super) const JSON: &str = "application/json";

/// The parts of a body.
#[derive(Default)]
pub(super) struct Multipart {
    /// The head and the content of each part.
    parts: Vec<(String, Bytes)>,
}

impl Multipart {
    /// Adds a field: a part for each element of a list, and a JSON part for an object.
    pub(super) fn field(&mut self, name: &str, value: Value, media: Option<&str>) {
        let is_json = media.is_some_and(|media| media == JSON || media.ends_with("+json"));
        match value {
            Value::Array(elements) if !is_json => {
                elements.into_iter().for_each(|element| self.field(name, element, media));
            }
            Value::String(text) if !is_json => self.part(name, None, media, text.into()),
            Value::Null if !is_json => self.part(name, None, media, Bytes::new()),
            Value::Bool(_) | Value::Number(_) if !is_json => {
                self.part(name, None, media, value.to_string().into());
            }
            value => self.part(name, None, media.or(Some(JSON)), value.to_string().into()),
        }
    }

    /// Adds a file.
    pub(super) fn file(&mut self, name: &str, file: &File, media: Option<&str>) {
        let media = file.content_type().or(media).unwrap_or("application/octet-stream");
        // Many servers take a part without a file name for a text.
        let file_name = file.name().unwrap_or(name);
        self.part(name, Some(file_name), Some(media), file.bytes().clone());
    }

    fn part(&mut self, name: &str, file: Option<&str>, media: Option<&str>, content: Bytes) {
        let mut head = format!("content-disposition: form-data; name=\"{}\"", quoted(name));
        if let Some(file) = file {
            head.push_str(&format!("; filename=\"{}\"", quoted(file)));
        }
        if let Some(media) = media {
            head.push_str(&format!("\r\ncontent-type: {}", media.replace(['\r', '\n'], " ")));
        }
        self.parts.push((head, content));
    }

    /// Returns the media type and the body.
    pub(super) fn finish(self) -> (Cow<'static, str>, Bytes) {
        let boundary = self.boundary();
        let mut body = Vec::new();
        for (head, content) in &self.parts {
            body.extend_from_slice(format!("--{boundary}\r\n{head}\r\n\r\n").as_bytes());
            body.extend_from_slice(content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        (format!("multipart/form-data; boundary={boundary}").into(), body.into())
    }

    /// Returns a boundary that no part contains.
    fn boundary(&self) -> String {
        let occurs = |line: &str| {
            let found =
                |content: &Bytes| content.windows(line.len()).any(|part| part == line.as_bytes());
            self.parts.iter().any(|(_, content)| found(content))
        };
        let mut number = 0_u64;
        loop {
            let boundary = format!("part-of-the-form-{number}");
            if !occurs(&boundary) {
                return boundary;
            }
            number += 1;
        }
    }
}

/// Escapes a name as browsers do.
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}
