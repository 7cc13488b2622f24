//! Fuzzes `cargo xtask fetch` with responses of a server, npm archives, and JavaScript modules.
//!
//! The sources of xtask-full are part of this target, except those that read and write the repository.

#![no_main]
#![allow(dead_code, unused_imports, reason = "this is the half of a program")]

use std::cell::RefCell;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::LazyLock;
use std::sync::mpsc::{Sender, channel};

use flate2::Compression;
use flate2::write::GzEncoder;
use libfuzzer_sys::fuzz_target;
use seam_fuzz::{Unstructured, below, edit, pick, rest, splice, trying};
use serde_json::{Value, json};

/// The parts of the command that read downloads, and their invariants.
#[path = "../../full/src/fetch"]
mod fetch {
    mod address;
    mod document;
    mod download;
    pub(crate) mod invariants;
    mod literal;
    mod npm;
    mod origin;
    mod published;
    mod record;
}

use crate::fetch::invariants;

/// Pieces of JavaScript, of HTTP, and of the files in archives.
const WORDS: &[&str] = &[
    "export default ",
    "const a = ",
    ";",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "'",
    "\"",
    "`",
    "${x}",
    "\\u{10ffff}",
    "\\u{110000}",
    "\\ud83d\\ude00",
    "\\ud83d",
    "\\x41",
    "\\\n",
    "//\n",
    "/*",
    "*/",
    "\u{2028}",
    "0x1F",
    "1_000",
    "-.5e-3",
    "9e999",
    "00",
    "...a",
    "__proto__",
    "null",
    "undefined",
    "\r\n",
    "\r\n\r\n",
    "HTTP/1.1 ",
    "304",
    "503",
    "content-length: 3\r\n",
    "transfer-encoding: chunked\r\n",
    "content-encoding: gzip\r\n",
    "content-encoding: br\r\n",
    "retry-after: 1e9\r\n",
    "etag: \"x\"\r\n",
    "location: /x\r\n",
    "5\r\nhello\r\n",
    "0\r\n\r\n",
    "<",
    "ustar",
    "package/",
    "lib/seam/connect/openapi.js",
];

fuzz_target!(|data: &[u8]| {
    let mut recipe = Unstructured::new(data);
    match below(&mut recipe, 8) {
        0 => answer(&mut recipe),
        1 | 2 => {
            let archive = archive(&mut recipe);
            trying(&[b"archive\n", &*archive].concat());
            invariants::of_archive(&archive);
        }
        _ => {
            let module = module(&mut recipe);
            trying(&[b"module\n", &*module].concat());
            invariants::of_module(&String::from_utf8_lossy(&module));
        }
    }
});

fn document(recipe: &mut Unstructured<'_>) -> Value {
    let mut document = json!({
        "openapi": "3.0.3", "info": {"title": "x", "version": "1"}, "paths": {"/a": {"get": {"responses": {
            "200": {"description": "日本 \u{2028} \\ \" ' ` \u{0}", "x": [1, -0.5, 1e30, u64::MAX, null, true]}}}}},
    });
    edit(&mut document, recipe);
    document
}

/// A JavaScript module as in the npm package, broken.
fn module(recipe: &mut Unstructured<'_>) -> Vec<u8> {
    if below(recipe, 8) == 0 {
        return rest(recipe);
    }
    let document = document(recipe).to_string();
    let mut text = match below(recipe, 2) {
        0 => format!("const document = {document};\nexport default document;\n"),
        _ => format!("export default {document}"),
    };
    if below(recipe, 2) == 0 {
        // The package writes most keys without quotes, and most strings with single quotes.
        text = text.replace("\\\"", "").replace("\"openapi\"", "openapi").replace('"', "'");
    }
    let mut text = text.into_bytes();
    splice(&mut text, recipe, WORDS);
    text
}

/// An npm archive, broken before or after compression.
fn archive(recipe: &mut Unstructured<'_>) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for name in ["package/package.json", "package/lib/seam/connect/openapi.js"] {
        let text = match name {
            "package/package.json" => br#"{"name": "@seamapi/types", "version": "1.0.0"}"#.to_vec(),
            _ => module(recipe),
        };
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_entry_type(*pick(
            recipe,
            &[tar::EntryType::Regular, tar::EntryType::Symlink, tar::EntryType::GNULongName],
        ));
        // An entry that cannot be written is left out.
        let _ = archive.append_data(&mut header, name, &*text);
    }
    let mut bytes = archive.into_inner().unwrap_or_default();
    if below(recipe, 2) == 0 {
        splice(&mut bytes, recipe, WORDS);
    }
    let mut bytes = gzip(&bytes);
    if below(recipe, 4) == 0 {
        splice(&mut bytes, recipe, WORDS);
    }
    bytes
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).unwrap_or_default()
}

/// Makes the server respond with a document, broken.
fn answer(recipe: &mut Unstructured<'_>) {
    let text = document(recipe).to_string().into_bytes();
    let (encoding, body) = match below(recipe, 4) {
        0 => ("content-encoding: gzip\r\n", gzip(&text)),
        1 => ("content-encoding: gzip\r\n", text),
        _ => ("", text),
    };
    let status = pick(
        recipe,
        &[
            "200 OK",
            "304 Not Modified",
            "206 Partial",
            "302 Found",
            "429 Wait",
            "503 Later",
            "100 Continue",
            "204 Nothing",
        ],
    );
    let more = pick(
        recipe,
        &[
            "etag: \"x\"\r\n",
            "retry-after: 0\r\n",
            "last-modified: Sun, 06 Nov 1994 08:49:37 GMT\r\n",
            "location: /\r\n",
        ],
    );
    let mut answer =
        format!("HTTP/1.1 {status}\r\n{encoding}{more}content-length: {}\r\n\r\n", body.len())
            .into_bytes();
    answer.extend(body);
    if below(recipe, 2) == 0 {
        splice(&mut answer, recipe, WORDS);
    }
    trying(&[b"answer\n", &*answer].concat());
    SERVER.with(|server| {
        invariants::of_answer(server.0, || {
            // If the server thread has ended, the request fails, which is a valid result.
            let _ = server.1.send(answer.clone());
        })
    });
}

thread_local! {
    /// A server: its address, and a channel for its next response.
    static SERVER: (SocketAddr, Sender<Vec<u8>>) = {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("there is a free port");
        let address = listener.local_addr().expect("it has an address");
        let (sender, answers) = channel::<Vec<u8>>();
        std::thread::spawn(move || {
            for mut stream in listener.incoming().map_while(Result::ok) {
                // Each request is short enough to arrive in one piece.
                let _ = stream.read(&mut [0; 4096]);
                let answer = answers.try_iter().last().unwrap_or_default();
                let _ = stream.write_all(&answer);
            }
        });
        (address, sender)
    };
}
