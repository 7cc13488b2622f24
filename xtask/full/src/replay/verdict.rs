//! Compares the predictions with the results.

use std::collections::{BTreeMap, BTreeSet};

use seam_generator::{Direction, OperationImpact, Outcome, WireReport};

use super::client::Read;
use super::samples::{Samples, key};

/// The results of all operations.
#[derive(Debug, Default)]
pub(super) struct Verdict {
    pub(super) samples: usize,
    /// Number of samples with each outcome.
    pub(super) read: [usize; 4],
    /// Number of operations with each outcome; the worst sample counts.
    pub(super) operations: [usize; 4],
    /// Results that were worse than predicted, and values that changed without a report.
    pub(super) worse: Vec<String>,
    /// Results that were better than predicted.
    pub(super) better: Vec<String>,
    /// Operations without samples, because the newer document describes no response.
    pub(super) unread: Vec<String>,
}

impl Verdict {
    pub(super) fn of(
        foretold: &WireReport,
        samples: &Samples,
        read: &BTreeMap<String, Read>,
    ) -> Self {
        let mut verdict = Self { samples: samples.count(), ..Self::default() };
        for (index, met) in foretold.operations.iter().enumerate() {
            match read.get(&key(met)) {
                Some(read) => verdict.add(foretold, index, met, read),
                None => verdict.unread.push(key(met)),
            }
        }
        verdict
    }

    fn add(&mut self, foretold: &WireReport, index: usize, met: &OperationImpact, read: &Read) {
        let counts = [read.works, read.keeps, read.repairs, read.fails];
        for (sum, count) in self.read.iter_mut().zip(counts) {
            *sum += count;
        }
        let worst = counts.iter().rposition(|count| *count > 0).unwrap_or_default();
        self.operations[worst] += 1;
        let (came, name) = (Outcome::ALL[worst], key(met));
        let line =
            format!("{name}: {} was foretold, and it {}", met.response.as_str(), came.as_str());
        if came > met.response {
            let said = read.error.as_ref().or(read.repaired.keys().next());
            self.worse.push(format!("{line}: {}", said.map_or("", String::as_str)));
        } else if came < met.response {
            self.better.push(line);
        }
        let known = properties(foretold, index);
        for path in read.repaired.keys().filter(|path| !is_known(path, &known)) {
            self.worse.push(format!("{name}: nobody foretold the repair of {path}"));
        }
        for path in &read.changed {
            self.worse.push(format!("{name}: {path} changed without a word"));
        }
    }

    /// Whether at least one sample was decoded, and nothing was worse than predicted.
    pub(super) fn is_foreseen(&self) -> bool {
        self.worse.is_empty() && self.read.iter().any(|count| *count > 0)
    }

    /// Whether every sample was decoded.
    pub(super) fn is_all_read(&self) -> bool {
        let [.., fails] = self.read;
        fails == 0
    }

    /// Whether everything was exactly as predicted.
    pub(super) fn is_exact(&self) -> bool {
        self.is_foreseen() && self.better.is_empty()
    }
}

/// The properties of an operation that are predicted to be repaired. The empty name stands for any property.
fn properties(foretold: &WireReport, index: usize) -> BTreeSet<&str> {
    let findings = foretold.findings.iter().filter(|finding| {
        finding.direction == Direction::Response
            && finding.outcome >= Outcome::Repairs
            && finding.operations.contains(&index)
    });
    let places = findings.filter_map(|finding| finding.old.as_deref());
    places.map(|place| place.rsplit_once("/properties/").map_or("", |(_, key)| key)).collect()
}

/// Whether a path contains one of these properties.
fn is_known(path: &str, known: &BTreeSet<&str>) -> bool {
    known.contains("") || path.split('.').any(|step| known.contains(step)) || path.is_empty()
}
