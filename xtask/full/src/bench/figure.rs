//! A figure that was measured, and what it should be.

use std::fmt;

/// A figure with its target.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    pub(super) name: String,
    /// The least of all runs: what disturbs a run only adds to it.
    pub(super) least: f64,
    /// The middle one of the runs, if there were several.
    pub(super) median: Option<f64>,
    pub(super) unit: Unit,
    /// What it should be at most.
    pub(super) target: Option<f64>,
}

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    CpuSeconds,
    Microseconds,
    Mebibytes,
    /// Of a thousand bytes each.
    Kilobytes,
    /// So many times something else.
    Times,
    /// Things.
    Count,
}

impl Figure {
    /// A figure of one run.
    pub(super) fn new(name: impl Into<String>, value: f64, unit: Unit) -> Self {
        Self { name: name.into(), least: value, median: None, unit, target: None }
    }

    /// A figure of several runs.
    pub(super) fn of_runs(
        name: impl Into<String>,
        runs: impl IntoIterator<Item = f64>,
        unit: Unit,
    ) -> Self {
        let mut runs: Vec<f64> = runs.into_iter().collect();
        runs.sort_by(f64::total_cmp);
        let least = runs.first().copied().unwrap_or(f64::NAN);
        let median = if runs.len() > 1 { runs.get(runs.len() / 2).copied() } else { None };
        Self { median, ..Self::new(name, least, unit) }
    }

    /// The same with what it should be at most.
    pub(super) fn at_most(self, target: f64) -> Self {
        Self { target: Some(target), ..self }
    }

    /// Whether it is what it should be, where something is asked of it.
    pub(super) fn is_met(&self) -> Option<bool> {
        self.target.map(|most| self.least <= most)
    }

    /// The cells of its row.
    pub(super) fn cells(&self) -> [String; 4] {
        let measured = match self.median {
            Some(median) => {
                format!("{} (median {})", self.unit.shown(self.least), self.unit.number(median))
            }
            None => self.unit.shown(self.least),
        };
        let target = self.target.map(|most| format!("≤ {}", self.unit.shown(most)));
        let target = target.unwrap_or_else(|| "–".to_owned());
        let verdict = match self.is_met() {
            Some(true) => "met",
            Some(false) => "missed",
            None => "–",
        };
        [self.name.clone(), measured, target, verdict.to_owned()]
    }
}

impl Unit {
    fn number(self, value: f64) -> String {
        match self {
            Self::CpuSeconds | Self::Times => format!("{value:.2}"),
            Self::Microseconds => format!("{value:.1}"),
            Self::Mebibytes => format!("{value:.0}"),
            Self::Kilobytes | Self::Count => grouped(&format!("{value:.0}")),
        }
    }

    /// A value with its unit.
    pub(super) fn shown(self, value: f64) -> String {
        format!("{}{self}", self.number(value))
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::CpuSeconds => " s",
            Self::Microseconds => " µs",
            Self::Mebibytes => " MiB",
            Self::Kilobytes => " KB",
            Self::Times => " ×",
            Self::Count => "",
        })
    }
}

/// Digits with a comma before each three.
fn grouped(digits: &str) -> String {
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_of_runs_is_the_least_one_with_the_median() {
        let figure = Figure::of_runs("it", [3.0, 1.0, 2.0], Unit::CpuSeconds).at_most(1.0);
        assert_eq!(figure.cells(), ["it", "1.00 s (median 2.00)", "≤ 1.00 s", "met"]);
    }

    #[test]
    fn a_missed_target_says_so_and_none_says_nothing() {
        let figure = Figure::new("it", 1234567.0, Unit::Count);
        assert_eq!(figure.cells(), ["it", "1,234,567", "–", "–"]);
        assert_eq!(figure.at_most(999.0).cells(), ["it", "1,234,567", "≤ 999", "missed"]);
    }
}
