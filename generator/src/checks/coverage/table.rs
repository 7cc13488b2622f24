//! Prints a count as a table.

use std::collections::BTreeSet;
use std::fmt;

use super::{Count, Part, Tally};
use crate::api::Reason;

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Operation => "operations",
            Self::Parameter => "parameters",
            Self::Property => "properties",
            Self::Schema => "schemas",
        })
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tallies = Part::ALL.map(|part| self.of(part));
        let reasons: BTreeSet<Reason> =
            tallies.iter().flat_map(|tally| tally.left_out.keys().copied()).collect();
        let width = reasons.iter().map(|reason| reason.to_string().len()).max().unwrap_or_default();
        let width = width.max("in the document".len());
        let line = |name: &str, number: fn(&Tally, Option<Reason>) -> usize, reason| {
            let cells = tallies.iter().map(|tally| match number(tally, reason) {
                0 => format!("{:>12}", "-"),
                number => format!("{number:>12}"),
            });
            format!("\n{name:width$}{}", cells.collect::<String>())
        };
        let heads: String = Part::ALL.map(|part| format!("{:>12}", part.to_string())).concat();
        let (methods, with, paths) = (self.methods(), self.paths_with_methods, self.paths);
        let methods =
            if methods == 1 { "1 method".to_owned() } else { format!("{methods} methods") };
        write!(f, "{methods} for {with} of {paths} paths\n{:width$}{heads}", "")?;
        f.write_str(&line("in the document", |tally, _| tally.document, None))?;
        f.write_str(&line("generated", |tally, _| tally.generated, None))?;
        for reason in reasons {
            let of_reason = |tally: &Tally, reason: Option<Reason>| {
                reason.and_then(|reason| tally.left_out.get(&reason)).copied().unwrap_or_default()
            };
            f.write_str(&line(&reason.to_string(), of_reason, Some(reason)))?;
        }
        Ok(())
    }
}
