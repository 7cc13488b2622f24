//! Every decision between lowering and printing, one file each.

mod docs;
mod ids;
mod names;
mod recursion;
mod requests;

use crate::api::Api;
use crate::diagnostic::Diagnostics;
use crate::document::Document;

/// Runs the passes, in the order in which they build on each other.
pub(crate) fn run(api: &mut Api, document: &Document<'_>, diagnostics: &mut Diagnostics) {
    ids::run(api);
    recursion::run(api);
    requests::check(api, document, diagnostics);
    names::run(api);
    docs::run(api);
}
