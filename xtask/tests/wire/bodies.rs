//! What the client of `bodies.yaml` sends, and how it decodes responses.

mod server;

use wire_bodies::api::pets;
use wire_bodies::api::pets::choice::Choice;
use wire_bodies::api::pets::form::Owner;
use wire_bodies::api::pets::tell::choice::Kept;
use wire_bodies::models::Pet;
use wire_bodies::testing::Fake;
use wire_bodies::{File, Client};

fn client(endpoint: &str) -> Client {
    Client::builder().endpoint(endpoint).build().unwrap()
}

#[tokio::test]
async fn an_object_by_reference_is_the_body() {
    let (endpoint, server) = server::serve(201, "application/json", r#"{"name":"Rex"}"#);
    let pet = client(&endpoint).pets().add(Pet::new("Rex")).send().await.unwrap();
    assert_eq!(pet.name, "Rex");
    let sent = server.join().unwrap();
    assert_eq!((sent.line.as_str(), sent.body.as_str()), ("POST /pets", r#"{"name":"Rex"}"#));
    assert_eq!(sent.header("content-type"), Some("application/json"));
}

#[tokio::test]
async fn an_answer_may_be_nothing() {
    let (endpoint, server) = server::serve(204, "", "");
    let pet = client(&endpoint).pets().replace().send().await.unwrap();
    assert_eq!(pet, None);
    let sent = server.join().unwrap();
    assert_eq!((sent.header("content-type"), sent.body.as_str()), (None, ""));
    assert_eq!(sent.header("accept"), Some("application/vnd.pets+json"));
    let (endpoint, server) = server::serve(200, "application/json", r#"{"name":"Rex"}"#);
    let pet = client(&endpoint).pets().replace().body([Pet::new("Rex")]).send().await.unwrap();
    assert_eq!(pet, Some(Pet::new("Rex")));
    let sent = server.join().unwrap();
    assert_eq!(sent.header("content-type"), Some("application/merge-patch+json"));
    assert_eq!(sent.body, r#"[{"name":"Rex"}]"#);
}

#[tokio::test]
async fn a_form_is_sent_and_a_text_comes_back() {
    let (endpoint, server) = server::serve(200, "text/plain", "thanks");
    let call = client(&endpoint).pets().form("Rex & Co").tags(["a", "b"]).sizes([1, 2]);
    let answer = call.owner(Owner::new().name("Ann")).send().await.unwrap();
    assert_eq!(answer, "thanks");
    let sent = server.join().unwrap();
    assert_eq!(sent.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(sent.header("accept"), Some("text/plain"));
    assert_eq!(sent.body, "name=Rex%20%26%20Co&owner%5Bname%5D=Ann&sizes=1,2&tags=a&tags=b");
}

#[tokio::test]
async fn files_are_parts_and_bytes_come_back() {
    let (endpoint, server) = server::serve(200, "image/png", "\u{1}png");
    let photo = File::new("bytes").with_name("rex.png");
    let call = client(&endpoint).pets().photo(photo, "face").others([b"more".to_vec()]);
    let answer = call.response().await.unwrap();
    assert_eq!(&answer.value()[..], b"\x01png");
    let sent = server.join().unwrap();
    let media = sent.header("content-type").unwrap();
    let boundary = media.strip_prefix("multipart/form-data; boundary=").unwrap();
    for part in [
        "name=\"kind\"\r\n\r\nface\r\n",
        "name=\"image\"; filename=\"rex.png\"\r\ncontent-type: image/png\r\n\r\nbytes\r\n",
        "name=\"others\"; filename=\"others\"\r\ncontent-type: application/octet-stream\r\n\r\nmore\r\n",
    ] {
        let part = format!("--{boundary}\r\ncontent-disposition: form-data; {part}");
        assert!(sent.body.contains(&part), "{part}\n{}", sent.body);
    }
}

#[tokio::test]
async fn texts_and_bytes_are_sent_as_they_are() {
    let (endpoint, server) = server::serve(200, "", "");
    client(&endpoint).pets().note("7").body("a note").send().await.unwrap();
    let sent = server.join().unwrap();
    assert_eq!((sent.line.as_str(), sent.body.as_str()), ("PUT /pets/note?id=7", "a note"));
    assert_eq!(sent.header("content-type"), Some("text/plain"));
    let (endpoint, server) = server::serve(200, "application/json", "\"stored\"");
    let answer = client(&endpoint).pets().file(b"%PDF".to_vec()).send().await.unwrap();
    assert_eq!(answer, "stored");
    let sent = server.join().unwrap();
    assert_eq!(
        (sent.header("content-type"), sent.body.as_str()),
        (Some("application/pdf"), "%PDF")
    );
}

#[tokio::test]
async fn an_alternative_sends_the_properties_that_the_api_does_not_name() {
    let (endpoint, server) = server::serve(200, "", "");
    let others = std::collections::BTreeMap::from([("n".to_owned(), 1)]);
    let kept = Kept::new("x").additional_properties(others);
    client(&endpoint).pets().tell(kept).send().await.unwrap();
    assert_eq!(server.join().unwrap().body, r#"{"a":"x","n":1}"#);
}

#[tokio::test]
async fn a_choice_stands_beside_parameters() {
    let (endpoint, server) = server::serve(200, "", "");
    client(&endpoint).pets().choice(Choice::B(7)).dry(true).send().await.unwrap();
    let sent = server.join().unwrap();
    assert_eq!(
        (sent.line.as_str(), sent.body.as_str()),
        ("POST /pets/choice?dry=true", r#"{"b":7}"#)
    );
}

#[tokio::test]
async fn a_fake_answers_with_texts_and_bytes_and_nothing() {
    let fake = Fake::new();
    fake.on::<pets::file::FileRequest>().answer("stored".to_owned());
    fake.on::<pets::form::FormRequest>().answer("plain".to_owned());
    fake.on::<pets::photo::PhotoRequest>().answer(b"\x01png".to_vec().into());
    fake.on::<pets::replace::ReplaceRequest>().answer(None).answer(Some(Pet::new("Rex")));
    let client = Client::builder().fake(&fake).build().unwrap();
    assert_eq!(client.pets().file(b"%PDF".to_vec()).send().await.unwrap(), "stored");
    assert_eq!(client.pets().form("Rex").send().await.unwrap(), "plain");
    let photo = client.pets().photo(File::new("bytes"), "face").send().await.unwrap();
    assert_eq!(&photo[..], b"\x01png");
    assert_eq!(client.pets().replace().send().await.unwrap(), None);
    assert_eq!(client.pets().replace().send().await.unwrap(), Some(Pet::new("Rex")));
    let [file, form, ..] = &fake.calls()[..] else { panic!("five calls") };
    assert_eq!((file.path(), &file.body()[..]), ("/pets/file", &b"%PDF"[..]));
    assert_eq!((&form.body()[..], form.json()), (&b"name=Rex"[..], serde_json::Value::Null));
}
