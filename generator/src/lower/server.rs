//! The server that the client calls.

use openapiv3::Server;

use super::report::Report;
use super::view::View;
use crate::document::Pointer;

/// The URL of the first server, with the defaults of its variables; `None` if it is relative.
pub(super) fn default(view: View<'_, '_>, report: &mut Report<'_, '_>) -> Option<String> {
    let server = view.document.api().servers.first()?;
    let url = filled(server);
    if url.starts_with("https://") || url.starts_with("http://") {
        return Some(url);
    }
    let at = Pointer::root().child("servers").child(0).child("url");
    let message = "this address is relative to where the document was, so a client has to be told where to call";
    let help = format!(
        "say it in full with an overlay:\n       - target: {}\n         update: {{ url: \"https://…\" }}",
        at.parent().to_path()
    );
    report.warn(&at, "relative-server", message, &help);
    None
}

/// Warns about servers of a path or an operation, which the client does not use.
pub(super) fn ignored(report: &mut Report<'_, '_>, servers: &[Server], at: &Pointer) {
    if !servers.is_empty() {
        let message = "this server is not called, only that of the document";
        let help = "make a client with that endpoint for this operation";
        report.warn(&at.child("servers"), "ignored-server", message, help);
    }
}

fn filled(server: &Server) -> String {
    let mut url = server.url.trim().to_owned();
    for (name, variable) in server.variables.iter().flatten() {
        url = url.replace(&format!("{{{name}}}"), &variable.default);
    }
    url
}
