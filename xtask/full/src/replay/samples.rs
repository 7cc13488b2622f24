//! Sample responses of the newer API.

use std::collections::BTreeMap;

use anyhow::Result;
use seam_generator::samples::{Answered, Sampler, Undocumented};
use seam_generator::{OperationImpact, Source, WireReport};
use serde_json::Value;

/// Response bodies by operation, which is identified by the client's HTTP method and the path.
pub(super) struct Samples(pub(super) BTreeMap<String, Vec<String>>);

impl Samples {
    /// Samples of the responses of the operations that both documents have.
    pub(super) fn of(new: &Source, foretold: &WireReport) -> Result<Self> {
        let document = seam_generator::read(new, None)?;
        let sampler = Sampler::new(&document, Undocumented::Included);
        let answers = sampler.answers();
        let bodies = foretold.operations.iter().filter_map(|met| {
            let answered = answered(&answers, met)?;
            let bodies = match &answered.schema {
                Some(schema) => sampler.samples(schema).iter().map(Value::to_string).collect(),
                None => vec![String::new()],
            };
            Some((key(met), bodies))
        });
        Ok(Self(bodies.collect()))
    }

    pub(super) fn count(&self) -> usize {
        self.0.values().map(Vec::len).sum()
    }
}

/// The key of an operation in [`Samples`].
pub(super) fn key(met: &OperationImpact) -> String {
    let method = met.methods.first().copied().unwrap_or_default();
    format!("{method} {}", met.path)
}

/// The described response of an operation: that of POST if the path has it, as aliases describe the same.
fn answered<'a>(answers: &'a [Answered], met: &OperationImpact) -> Option<&'a Answered> {
    let find =
        |method: &str| answers.iter().find(|one| one.path == met.path && one.method == method);
    let post = met.methods.contains(&"POST").then(|| find("POST")).flatten();
    post.or_else(|| find(met.methods.first()?))
}
