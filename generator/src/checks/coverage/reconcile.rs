//! Compares the census with the records of what was generated and what was left out.

use std::borrow::Cow;

use serde_json::Value;

use super::Count;
use super::census::{Standing, Walk};
use super::generated::{Pointers, generated};
use crate::api::{Api, Omissions, Reason};
use crate::diagnostic::Diagnostics;
use crate::document::{Document, Pointer};
use crate::options::Options;

/// The number of places that a message names.
const NAMED: usize = 5;

/// Parts of a document that are not accounted for exactly once.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Mismatch {
    /// Parts that are neither generated nor left out.
    pub(super) lost: Vec<String>,
    /// Parts that are generated and also recorded as left out.
    pub(super) contradicted: Vec<(String, Reason)>,
    /// Generated parts that are not in the document.
    pub(super) invented: Vec<String>,
}

/// Counts the parts of `document`, and reports those that are not accounted for.
pub(crate) fn count(
    document: &Document<'_>,
    api: &Api,
    left_out: &Omissions,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Count {
    let wanted: Vec<String> = if options.only.is_empty() {
        let schemas = Pointer::root().join(["components", "schemas"]);
        document.schema_names().map(|name| schemas.child(name).as_str().to_owned()).collect()
    } else {
        Vec::new()
    };
    let (count, mismatch) = reconcile(document.root(), &generated(api), left_out, wanted);
    mismatch.report(document, diagnostics);
    count
}

/// Counts the parts of a document. The schemas at `wanted` are generated even if nothing refers to them.
pub(super) fn reconcile(
    root: &Value,
    generated: &Pointers<'_>,
    left_out: &Omissions,
    wanted: Vec<String>,
) -> (Count, Mismatch) {
    let mut count = Count::default();
    let mut mismatch = Mismatch::default();
    let mut unseen = generated.clone();
    Walk::new(root, generated, left_out).run(wanted, &mut |at, counted| {
        let tally = count.tallies.entry(counted.part).or_default();
        tally.document += 1;
        match counted.standing {
            Standing::Generated => tally.generated += 1,
            Standing::LeftOut(reason) => *tally.left_out.entry(reason).or_default() += 1,
            Standing::Expected => mismatch.lost.push(at.to_owned()),
        }
        unseen.remove(at);
        if let Some(reason) = counted.contradiction.filter(|_| !is_shared(at)) {
            mismatch.contradicted.push((at.to_owned(), reason));
        }
    });
    mismatch.invented = unseen.into_iter().map(Cow::into_owned).collect();
    count.count_paths(root, generated);
    (count, mismatch)
}

/// Whether several operations use this part (components and the parameters of a path). It can be left out of one operation
/// and generated for another.
fn is_shared(at: &str) -> bool {
    let mut steps = at.split('/').skip(1);
    steps.next() == Some("components") || steps.nth(1) == Some("parameters")
}

impl Count {
    fn count_paths(&mut self, root: &Value, generated: &Pointers<'_>) {
        let paths = root.get("paths").and_then(Value::as_object).into_iter().flatten();
        for (path, item) in paths.filter(|(path, _)| path.starts_with('/')) {
            let at = Pointer::root().join(["paths", path]);
            let verbs = item.as_object().into_iter().flatten().map(|(verb, _)| at.child(verb));
            self.paths += 1;
            self.paths_with_methods +=
                usize::from(verbs.into_iter().any(|verb| generated.contains(verb.as_str())));
        }
    }
}

impl Mismatch {
    /// Reports the mismatch as an error of the generator.
    fn report(self, document: &Document<'_>, diagnostics: &mut Diagnostics) {
        let pointers = |(at, _): &(String, Reason)| at.clone();
        let groups = [
            (self.lost, "neither generated nor recorded as left out"),
            (
                self.contradicted.iter().map(pointers).collect(),
                "both generated and recorded as left out",
            ),
            (self.invented, "generated, but not in the document"),
        ];
        for (places, what) in groups {
            let Some(first) = places.first() else { continue };
            let named = places.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>();
            let more = match places.len() - named.len() {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            let message =
                format!("internal accounting mismatch: {what}: {}{more}", named.join(", "));
            let help = "this is a bug in the generator; please report it with the document";
            let at = Pointer::parse(first);
            diagnostics.push(document.error(&at, "uncounted", message).help(help));
        }
    }
}
