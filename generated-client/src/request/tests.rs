//! What goes over the wire, for each style and each kind of body.

use std::collections::BTreeMap;

use bytes::Bytes;
use reqwest::Method;

use super::{EncodedRequest, File, Input, RequestParts};
use crate::json::{self, Json};
use crate::operation::{Parameter, Style};

/// A request that is put together by a function.
struct Made<F>(F);

impl<F: for<'a> Fn(&mut RequestParts<'a>)> Input for Made<F> {
    fn write<'a>(&'a self, parts: &mut RequestParts<'a>) {
        (self.0)(parts);
    }
}

struct One(Parameter, Box<dyn Json>);

impl Input for One {
    fn write<'a>(&'a self, parts: &mut RequestParts<'a>) {
        parts.add(self.0, &*self.1);
    }
}

fn wire(path: &'static str, parameter: Parameter, value: impl Json + 'static) -> EncodedRequest {
    EncodedRequest::new(path, &Method::GET, &One(parameter, Box::new(value))).unwrap()
}

fn one() -> String {
    "a b/ü".to_owned()
}

fn list() -> Vec<String> {
    vec!["blue".to_owned(), "b,k".to_owned()]
}

fn object() -> BTreeMap<String, i64> {
    BTreeMap::from([("G".to_owned(), 200), ("R".to_owned(), 100)])
}

#[test]
fn a_query_in_the_path_comes_before_that_of_the_parameters() {
    let request = wire("/x?a=b", Parameter::query("c"), one());
    assert_eq!(request.path, "/x");
    assert_eq!(request.query.as_deref(), Some("a=b&c=a%20b%2F%C3%BC"));
    let request = wire("/x?a=b", Parameter::header("c"), "d".to_owned());
    assert_eq!(request.query.as_deref(), Some("a=b"));
}

#[test]
fn path_parameters_are_written_in_each_style() {
    let plain = Parameter::path("c");
    let label = plain.style(Style::Label);
    let matrix = plain.style(Style::Matrix);
    for (parameter, one_is, list_is, object_is) in [
        (plain, "a%20b%2F%C3%BC", "blue,b%2Ck", "G,200,R,100"),
        (plain.explode(true), "a%20b%2F%C3%BC", "blue,b%2Ck", "G=200,R=100"),
        (label, ".a%20b%2F%C3%BC", ".blue,b%2Ck", ".G,200,R,100"),
        (label.explode(true), ".a%20b%2F%C3%BC", ".blue.b%2Ck", ".G=200.R=100"),
        (matrix, ";c=a%20b%2F%C3%BC", ";c=blue,b%2Ck", ";c=G,200,R,100"),
        (matrix.explode(true), ";c=a%20b%2F%C3%BC", ";c=blue;c=b%2Ck", ";G=200;R=100"),
    ] {
        assert_eq!(wire("/x/{c}/y", parameter, one()).path, format!("/x/{one_is}/y"));
        assert_eq!(wire("/x/{c}/y", parameter, list()).path, format!("/x/{list_is}/y"));
        assert_eq!(wire("/x/{c}/y", parameter, object()).path, format!("/x/{object_is}/y"));
    }
}

#[test]
fn query_parameters_are_written_in_each_style() {
    let form = Parameter::query("c");
    let space = form.style(Style::SpaceDelimited);
    let pipe = form.style(Style::PipeDelimited);
    let deep = form.style(Style::DeepObject);
    let json = form.style(Style::Json);
    for (parameter, one_is, list_is, object_is) in [
        (form, "c=a%20b%2F%C3%BC", "c=blue&c=b%2Ck", "G=200&R=100"),
        (form.explode(false), "c=a%20b%2F%C3%BC", "c=blue,b%2Ck", "c=G,200,R,100"),
        (space.explode(false), "c=a%20b%2F%C3%BC", "c=blue%20b%2Ck", "c=G%20200%20R%20100"),
        (pipe.explode(false), "c=a%20b%2F%C3%BC", "c=blue%7Cb%2Ck", "c=G%7C200%7CR%7C100"),
        (pipe.explode(true), "c=a%20b%2F%C3%BC", "c=blue&c=b%2Ck", "G=200&R=100"),
        (deep, "c=a%20b%2F%C3%BC", "c=blue&c=b%2Ck", "c%5BG%5D=200&c%5BR%5D=100"),
        (
            json,
            "c=%22a%20b%2F%C3%BC%22",
            "c=%5B%22blue%22%2C%22b%2Ck%22%5D",
            "c=%7B%22G%22%3A200%2C%22R%22%3A100%7D",
        ),
    ] {
        let query = |wire: EncodedRequest| wire.query.unwrap();
        assert_eq!(query(wire("/", parameter, one())), one_is);
        assert_eq!(query(wire("/", parameter, list())), list_is);
        assert_eq!(query(wire("/", parameter, object())), object_is);
    }
}

#[test]
fn reserved_characters_stay_where_they_do_no_harm() {
    let reserved = Parameter::query("c").reserved();
    let text = "a/b?c:d&e#f+g=h[i]".to_owned();
    assert_eq!(wire("/", reserved, text).query.unwrap(), "c=a/b?c:d%26e%23f%2Bg=h%5Bi%5D");
}

#[test]
fn nothing_is_sent_for_an_empty_list() {
    for parameter in [Parameter::query("c"), Parameter::query("c").explode(false)] {
        assert_eq!(wire("/", parameter, Vec::<i64>::new()).query, None);
    }
}

#[test]
fn headers_and_cookies_are_written() {
    let header = Parameter::header("X-Colours");
    for (parameter, list_is, object_is) in [
        (header, "blue,b,k", "G,200,R,100"),
        (header.explode(true), "blue,b,k", "G=200,R=100"),
        (header.style(Style::Json), "[\"blue\",\"b,k\"]", "{\"G\":200,\"R\":100}"),
    ] {
        assert_eq!(wire("/", parameter, list()).headers["x-colours"], list_is);
        assert_eq!(wire("/", parameter, object()).headers["x-colours"], object_is);
    }
    let cookie = Parameter::cookie("c");
    assert_eq!(wire("/", cookie, one()).headers["cookie"], "c=a%20b%2F%C3%BC");
    assert_eq!(wire("/", cookie.explode(false), list()).headers["cookie"], "c=blue,b%2Ck");
    let two = Made(|parts: &mut RequestParts<'_>| {
        parts.add(Parameter::cookie("a"), &1_i64);
        parts.add(Parameter::cookie("b"), &true);
    });
    assert_eq!(
        EncodedRequest::new("/", &Method::GET, &two).unwrap().headers["cookie"],
        "a=1; b=true"
    );
}

#[test]
fn what_would_change_the_address_is_refused() {
    for value in ["", ".", ".."] {
        let input = One(Parameter::path("c"), Box::new(value.to_owned()));
        let error = EncodedRequest::new("/x/{c}", &Method::DELETE, &input).unwrap_err().to_string();
        assert!(error.contains("/x/{c}"), "{error}");
    }
    let input = One(Parameter::header("x-a"), Box::new("a\r\nb: c".to_owned()));
    let error = EncodedRequest::new("/", &Method::GET, &input).unwrap_err().to_string();
    assert!(error.contains("`x-a`") && error.contains("line breaks"), "{error}");
}

struct Fields;

impl json::Body for Fields {
    fn fields<'a>(&'a self, fields: &mut json::Fields<'a>) {
        fields.add("a", &1_i64);
        fields.add("b", &"x y");
    }
}

struct Empty;

impl json::Body for Empty {
    fn fields<'a>(&'a self, _: &mut json::Fields<'a>) {}
}

/// The media type and the body.
fn body(method: &Method, input: &dyn Input) -> Option<(String, String)> {
    let (media, body) = EncodedRequest::new("/", method, input).unwrap().body?;
    Some((media.to_str().unwrap().to_owned(), String::from_utf8(body.to_vec()).unwrap()))
}

fn expect(input: &dyn Input, media: &str, text: &str) {
    assert_eq!(body(&Method::POST, input), Some((media.to_owned(), text.to_owned())));
}

#[test]
fn a_json_object_is_sent_and_an_empty_one_where_it_is_of_use() {
    expect(&Fields, "application/json", r#"{"a":1,"b":"x y"}"#);
    expect(&Empty, "application/json", "{}");
    assert_eq!(body(&Method::GET, &Empty), None);
    assert_eq!(body(&Method::DELETE, &Empty), None);
}

#[test]
fn other_bodies_are_sent_as_what_they_are() {
    let media = "application/vnd.a+json";
    expect(&Made(|parts: &mut RequestParts<'_>| parts.value(media, &7_i64)), media, "7");
    expect(&Made(|parts: &mut RequestParts<'_>| parts.text("text/plain", "a")), "text/plain", "a");
    let bytes =
        Made(|parts: &mut RequestParts<'_>| parts.bytes("image/png", &Bytes::from_static(b"x")));
    expect(&bytes, "image/png", "x");
    assert_eq!(body(&Method::POST, &Made(|_: &mut RequestParts<'_>| ())), None);
}

struct Form;

impl Input for Form {
    fn write<'a>(&'a self, parts: &mut RequestParts<'a>) {
        let fields =
            parts.form(const { &[Parameter::query("c").style(Style::Form).explode(false)] });
        fields.add("a b", &"x&y=z");
        fields.add("c", &"1");
    }
}

#[test]
fn a_form_is_written_like_a_query() {
    expect(&Form, "application/x-www-form-urlencoded", "a%20b=x%26y%3Dz&c=1");
}

struct Parted(File, Vec<String>);

impl Input for Parted {
    fn write<'a>(&'a self, parts: &mut RequestParts<'a>) {
        let fields = parts.multipart(&[("tags", "text/plain")]);
        fields.add("tags", &self.1);
        parts.files("photo", [&self.0]);
    }
}

#[test]
fn a_body_of_many_parts_has_each_of_them() {
    let file = File::new("part-of-the-form-0").with_name("a\".png").with_content_type("image/png");
    let parted = Parted(file, vec!["x".to_owned(), "y".to_owned()]);
    let part = |tag| {
        format!(
            "--part-of-the-form-1\r\ncontent-disposition: form-data; name=\"tags\"\r\ncontent-type: text/plain\r\n\r\n{tag}\r\n"
        )
    };
    let file = "--part-of-the-form-1\r\ncontent-disposition: form-data; name=\"photo\"; filename=\"a%22.png\"\r\n\
                content-type: image/png\r\n\r\npart-of-the-form-0\r\n--part-of-the-form-1--\r\n";
    let expected = format!("{}{}{file}", part("x"), part("y"));
    expect(&parted, "multipart/form-data; boundary=part-of-the-form-1", &expected);
}

#[test]
fn a_request_that_needs_one_of_some_parameters_is_refused_without_them() {
    let find = |name: Option<String>, place: Option<String>| {
        let made = Made(move |parts: &mut RequestParts<'_>| {
            // Leaked, as a request would hold them.
            let (name, place) =
                (Box::leak(Box::new(name.clone())), Box::leak(Box::new(place.clone())));
            parts.add_set(Parameter::query("name"), name);
            parts.json().add_set("place", place);
            parts.at_least_one(&["name", "place"]);
        });
        EncodedRequest::new("/find", &Method::POST, &made)
    };
    assert!(find(Some(one()), None).is_ok());
    assert!(find(None, Some(one())).is_ok());
    let error = find(None, None).unwrap_err().to_string();
    assert!(error.contains("/find needs at least one of `name`, `place`"), "{error}");
}
