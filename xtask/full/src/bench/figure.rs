//! A measured figure and its target.

use std::fmt;

/// A figure with its target.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    pub(super) name: String,
    /// The minimum of all runs: disturbances can only increase it.
    pub(super) least: f64,
    /// The median of the runs, if there were several.
    pub(super) median: Option<f64>,
    pub(super) unit: Unit,
    /// The target: the maximum that the figure should have.
    pub(super) target: Option<f64>,
}

/// The unit of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    CpuSeconds,
    Microseconds,
    Mebibytes,
    /// Units of 1000 bytes.
    Kilobytes,
    /// A ratio.
    Times,
    /// A plain number.
    Count,
}

impl Figure {
    /// A figure of a single run.
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

    /// Sets the target.
    pub(super) fn at_most(self, target: f64) -> Self {
        Self { target: Some(target), ..self }
    }

    /// Whether the target is met; `None` if there is no target.
    pub(super) fn is_met(&self) -> Option<bool> {
        self.target.map(|most| self.least <= most)
    }

    /// The cells of the figure's row.
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

/// Groups digits in threes, separated by commas.
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
