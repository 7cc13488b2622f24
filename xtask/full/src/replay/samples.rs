//! Sample responses of the newer API.

use std::collections::BTreeMap;

use anyhow::Result;
use seam_generator::samples::{Answered, Sampler, Success, Undocumented};
use seam_generator::{OperationImpact, Source, WireReport};
use serde_json::Value;

/// Response bodies with their statuses by operation, which is identified by the client's HTTP method and the path.
pub(super) struct Samples(pub(super) BTreeMap<String, Vec<(u16, String)>>);

impl Samples {
    /// Samples of the responses of the operations that both documents have.
    pub(super) fn of(new: &Source, foretold: &WireReport) -> Result<Self> {
        let document = seam_generator::read(new, None)?;
        let sampler = Sampler::new(&document, Undocumented::Included);
        let answers = sampler.answers();
        let bodies = foretold.operations.iter().filter_map(|met| {
            let answered = answered(&answers, met)?;
            let successes = answered.successes.iter();
            let mut bodies: Vec<(u16, String)> =
                successes.flat_map(|success| bodies(&sampler, success)).collect();
            if bodies.is_empty() {
                bodies.push((OK, String::new()));
            }
            Some((key(met), bodies))
        });
        Ok(Self(bodies.collect()))
    }

    pub(super) fn count(&self) -> usize {
        self.0.values().map(Vec::len).sum()
    }
}

/// The status of the sample for an operation without samples of a success.
const OK: u16 = 200;

/// Bodies of a response. There are none for one that is not JSON.
fn bodies(sampler: &Sampler<'_>, success: &Success) -> Vec<(u16, String)> {
    let bodies = match &success.schema {
        Some(schema) => sampler.samples(schema).iter().map(Value::to_string).collect(),
        None if success.has_body => Vec::new(),
        None => vec![String::new()],
    };
    bodies.into_iter().map(|body| (success.status, body)).collect()
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
