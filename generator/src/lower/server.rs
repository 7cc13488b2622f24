//! Where the API is served.

use openapiv3::Server;

use super::Lower;
use crate::document::Pointer;

impl Lower<'_, '_> {
    /// The first server, with the defaults of its variables; nothing if it is not said in full.
    pub(super) fn server(&mut self) -> Option<String> {
        let server = self.document.api().servers.first()?;
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
        let warning = self.error(&at, "relative-server", message).help(help);
        self.warning(warning);
        None
    }

    /// A client calls one server; that one operation has another is only said.
    pub(super) fn other_servers(&mut self, servers: &[Server], at: &Pointer) {
        if !servers.is_empty() {
            let message = "this server is not called, only that of the document";
            let help = "make a client with that endpoint for this operation";
            self.warn(&at.child("servers"), "ignored-server", message, help);
        }
    }
}

fn filled(server: &Server) -> String {
    let mut url = server.url.trim().to_owned();
    for (name, variable) in server.variables.iter().flatten() {
        url = url.replace(&format!("{{{name}}}"), &variable.default);
    }
    url
}
