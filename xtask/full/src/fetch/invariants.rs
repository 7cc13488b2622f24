//! Properties that hold for all downloaded input. The fuzz target `fetch` searches for counterexamples.
//!
//! Counterexamples that were found are in `xtask/full/tests/found/`. The first line of each file says what kind of input it
//! is.

use std::net::SocketAddr;

use clap::Parser;

use super::document::Document;
use super::download::{Limits, Validators};
use super::literal;
use super::npm;
use super::origin::{Fetched, Origin};
use super::published::{Content, Published};
use super::record::Record;

/// The value of a module can be written and read again, and a refusal gives the place in the module.
pub(crate) fn of_module(text: &str) {
    match literal::default_export(text) {
        Ok(value) => {
            let kept = serde_json::to_string_pretty(&value).unwrap();
            assert_eq!(serde_json::from_str::<serde_json::Value>(&kept).unwrap(), value);
            let name = "module".to_owned();
            of_published(Published::new(
                name.clone(),
                name,
                text.as_bytes(),
                Content::Literal(value),
            ));
        }
        Err(refusal) => {
            let place = refusal.to_string();
            let line: usize = place.split(':').next().unwrap().parse().unwrap();
            assert!(
                (1..=text.split(['\n', '\r', '\u{2028}', '\u{2029}']).count()).contains(&line),
                "{place}"
            );
        }
    }
}

/// An archive is read, or refused with an error.
pub(crate) fn of_archive(archive: &[u8]) {
    match npm::unpack(archive, "package", &[npm::MANIFEST, npm::MODULE]) {
        Ok(files) => of_module(&String::from_utf8_lossy(&files[1])),
        Err(error) => assert!(!format!("{error:#}").is_empty()),
    }
}

/// A download gives a document or an error. `answering` makes the server respond.
pub(crate) fn of_answer(server: SocketAddr, answering: impl FnOnce()) {
    answering();
    let origin = Origin::Url(format!("http://{server}/").parse().unwrap());
    match origin.obtain(Validators::default(), &limits()) {
        Ok(Fetched::Document(published)) => of_published(published),
        Ok(Fetched::Unchanged) => panic!("nobody said which document is known"),
        Err(error) => assert!(!format!("{error:#}").is_empty()),
    }
}

/// A document is the same when it is written and read again, and so is its record in `source.toml`.
fn of_published(published: Published) {
    let Ok(document) = Document::of(&published) else { return };
    let record = Record::default().followed_by(&published, &document.text);
    let read: Record = toml_edit::de::from_str(&record.to_string()).unwrap();
    assert_eq!(read.to_string(), record.to_string());
    let again = Content::Text(document.text.clone());
    let name = "kept".to_owned();
    let again = Published::new(name.clone(), name, document.text.as_bytes(), again);
    assert_eq!(Document::of(&again).unwrap().text, document.text);
}

/// Limits with a single attempt and short timeouts.
fn limits() -> Limits {
    #[derive(Parser)]
    struct Cli {
        #[command(flatten)]
        limits: Limits,
    }
    let arguments =
        ["fetch", "--tries", "1", "--timeout", "2", "--pause-timeout", "1", "--size", "100000"];
    Cli::parse_from(arguments).limits
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::{Read, Write};
    use std::net::{Ipv4Addr, TcpListener};
    use std::path::Path;

    use super::*;

    #[test]
    fn what_is_true_of_anything_is_true_of_what_was_found() {
        // As in `main`.
        _ = rustls::crypto::ring::default_provider().install_default();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/found");
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            println!("{}", path.display());
            let input = fs::read(&path).unwrap();
            let end = input.iter().position(|byte| *byte == b'\n').unwrap();
            match (&input[..end], &input[end + 1..]) {
                (b"module", module) => of_module(&String::from_utf8_lossy(module)),
                (b"archive", archive) => of_archive(archive),
                (b"answer", answer) => served(answer),
                _ => panic!("{}: its first line says nothing known", path.display()),
            }
        }
    }

    fn served(answer: &[u8]) {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let answer = answer.to_vec();
        of_answer(address, move || {
            std::thread::spawn(move || {
                for mut stream in listener.incoming().map_while(Result::ok) {
                    let _ = stream.read(&mut [0; 4096]);
                    let _ = stream.write_all(&answer);
                }
            });
        });
    }
}
