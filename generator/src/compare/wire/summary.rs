//! The report as text.

use std::fmt;

use super::{Outcome, WireChange, WireReport};

/// The number of operations that are named for a finding.
const NAMED: usize = 3;

impl WireReport {
    /// Returns the number of operations with this outcome.
    #[must_use]
    pub fn count(&self, outcome: Outcome) -> usize {
        self.operations.iter().filter(|met| met.outcome == outcome).count()
    }
}

/// Writes the number of operations for each outcome, and the findings, the worst first. Findings without effect are only
/// counted.
impl fmt::Display for WireReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts =
            Outcome::ALL.map(|outcome| format!("{} {}", self.count(outcome), outcome.as_str()));
        writeln!(f, "{} operations: {}", self.operations.len(), counts.join(", "))?;
        let odd = self.findings.iter().filter(|finding| finding.outcome > Outcome::Works);
        for finding in odd.clone() {
            writeln!(f, "{}: {}", finding.outcome.as_str(), finding.sentence)?;
            writeln!(f, "    {}", self.concerned(finding))?;
        }
        write!(f, "and {} without effect on the client", self.findings.len() - odd.count())
    }
}

impl WireReport {
    fn concerned(&self, finding: &WireChange) -> String {
        let named =
            finding.operations.iter().take(NAMED).filter_map(|one| self.operations.get(*one));
        let mut paths: Vec<&str> = named.map(|met| met.path.as_str()).collect();
        let more = finding.operations.len().saturating_sub(NAMED);
        let more = format!("{more} more");
        if finding.operations.len() > NAMED {
            paths.push(&more);
        }
        paths.join(", ")
    }
}
