//! What reading found that was not as the API describes it, and where.

use std::{fmt, ptr};

use super::entries::DecodeOutcome;
use super::limits::Budget;
use super::locate::Wanted;
use super::table::{Field, Presence};

/// Something in a response that was not as the API describes it, and that reading put right.
///
/// The rest of the response is there; what was put right has its neutral value (empty, zero, none), and an element of a list
/// that cannot be read is left out. The raw body keeps what the server sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Repair {
    path: String,
    kind: RepairKind,
    left_out: Option<String>,
}

impl Repair {
    pub(crate) fn new(path: String, kind: RepairKind) -> Self {
        Self { path, kind, left_out: None }
    }

    /// Redacts the texts: the path can hold keys that the server chose.
    pub(crate) fn redact(&mut self, clean: impl Fn(&str) -> String) {
        self.path = clean(&self.path);
        if let Some(json) = &mut self.left_out {
            *json = clean(json);
        }
        if let RepairKind::LeftOut { reason } = &mut self.kind {
            *reason = clean(reason);
        }
    }

    /// The repair as text, without the positions in lists: `devices[].name: required, but missing`.
    pub(crate) fn in_any_element(&self) -> String {
        let mut parts = self.path.split('[');
        let mut path = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let rest = part.trim_start_matches(|c: char| c.is_ascii_digit());
            path.push('[');
            path.push_str(if rest.starts_with(']') { rest } else { part });
        }
        Self::new(path, self.kind.clone()).to_string()
    }

    /// Where it was, such as `acs_credential.warnings[0].message`; empty for the body as a whole.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the JSON of what was left out: an element of a list, an entry of a map, or an optional property that lacks what
    /// identifies it. `Debug` and `Display` do not show it, as it may be private.
    #[must_use]
    pub fn left_out(&self) -> Option<&str> {
        self.left_out.as_deref()
    }

    /// What was odd.
    #[must_use]
    pub fn kind(&self) -> &RepairKind {
        &self.kind
    }
}

impl fmt::Debug for Repair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Repair")
            .field("path", &self.path)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for Repair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() {
            write!(f, "the body: {}", self.kind)
        } else {
            write!(f, "{}: {}", self.path, self.kind)
        }
    }
}

/// What was odd about a value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RepairKind {
    /// A required property was not there.
    Missing,
    /// A required property was null.
    Null,
    /// The value was of another type, or its text could not be read as one. A boolean that is not the only one that the API
    /// describes is kept.
    Mismatch {
        /// What the API describes, such as `a date-time`.
        expected: &'static str,
        /// What was there, such as `a number`; never the value itself, which may be a secret.
        found: &'static str,
    },
    /// A part that the rest can do without could not be read, and was left out: an element of a list, for example.
    LeftOut {
        /// Why it could not be read.
        reason: String,
    },
    /// An enum value or a union variant that this version of the client does not know. It is kept, and only the strict
    /// mode speaks of it.
    Unknown,
}

impl fmt::Display for RepairKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("required, but missing"),
            Self::Null => f.write_str("required, but null"),
            Self::Mismatch { expected, found } => write!(f, "expected {expected}, found {found}"),
            Self::LeftOut { reason } => write!(f, "left out: {reason}"),
            Self::Unknown => f.write_str("a value that this version of the client does not know"),
        }
    }
}

/// A step from a value to one that it holds.
#[derive(Clone, Debug)]
pub(super) enum Step {
    Key(&'static str),
    Entry(String),
    Index(usize),
}

/// What reading found at a place.
#[derive(Clone, Debug)]
pub(super) enum Problem {
    /// Put right.
    Repaired(RepairKind),
    /// The object lacks what nothing can stand in for; this is its name.
    Essential(&'static str),
}

#[derive(Debug)]
struct Finding {
    /// From the innermost value outwards: put together on the way out, when there is something to report.
    steps: Vec<Step>,
    problem: Problem,
    /// Whether the part was left out.
    is_left_out: bool,
}

/// A value of another type.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mismatch {
    pub(super) expected: &'static str,
    pub(super) found: &'static str,
}

impl From<Mismatch> for RepairKind {
    fn from(Mismatch { expected, found }: Mismatch) -> Self {
        Self::Mismatch { expected, found }
    }
}

/// Everything that one reading found.
#[derive(Debug, Default)]
pub(crate) struct Report {
    findings: Vec<Finding>,
    /// The way to where the text broke, from the innermost value outwards.
    broken: Vec<Step>,
    strict: bool,
    /// The property that the whole body is about.
    own: Option<&'static Field>,
    /// How much was passed over, or kept though it is not known.
    unknown: usize,
    /// How many trials this is one in.
    trials: usize,
    /// Whether a value differs from the only one that is described.
    contradicted: bool,
    /// What was expected where a value was refused last, and what was found. Buffered here as each value says how it fits.
    refused: Mismatch,
    /// The memory that is left.
    pub(super) budget: Budget,
}

/// How deep types are tried in types that are being tried. Each level takes as many times as long as there are types.
const DEEPEST_TRIAL: usize = 2;

/// The memory of a finding, and of the repair that is made of it.
const FINDING: usize = size_of::<Finding>() + size_of::<Repair>();

/// So much is put right in one answer. A short text can lack very much, and each part that stands for what is missing takes
/// memory.
const MOST_FINDINGS: usize = 100_000;

impl Report {
    pub(super) fn new(strict: bool, own: Option<&'static Field>, budget: Budget) -> Self {
        Self { strict, own, budget, ..Self::default() }
    }

    /// Whether the rest of a body can do without the value of a property.
    pub(super) fn may_leave_out(&self, field: &Field) -> bool {
        match field.presence {
            Presence::Droppable => true,
            Presence::Optional => !self.own.is_some_and(|own| ptr::eq(own, field)),
            Presence::Required | Presence::Essential => false,
        }
    }

    /// A report on whether a value is of a type, which nobody is told of.
    pub(super) fn trial(&self) -> Self {
        Self { trials: self.trials + 1, budget: self.budget, ..Self::default() }
    }

    /// Whether no more trials are to be made in this one.
    pub(super) fn is_deep(&self) -> bool {
        self.trials >= DEEPEST_TRIAL
    }

    /// How much was not known; nothing if something contradicts what is described.
    pub(super) fn unknowns(&self) -> Option<usize> {
        (self.findings.is_empty() && !self.contradicted).then_some(self.unknown)
    }

    /// A value differs from the only one that is described.
    pub(super) fn contradict(&mut self) {
        self.contradicted = true;
    }

    /// A property was passed over, which an object has that is `closed` or not.
    pub(super) fn pass_over(&mut self, closed: bool) {
        self.unknown += 1;
        self.contradicted |= closed;
    }

    /// Refuses a value. Whoever asked for it looks at once at what it is.
    pub(super) fn refuse(&mut self, expected: &'static str, found: &'static str) -> DecodeOutcome {
        self.refused = Mismatch { expected, found };
        DecodeOutcome::Refused
    }

    pub(super) fn refused(&self) -> Mismatch {
        self.refused
    }

    pub(super) fn mark(&self) -> usize {
        self.findings.len()
    }

    /// Whether there is nothing to gain from reading on: a trial is decided, or what is read is something else altogether, or
    /// takes too much memory.
    pub(super) fn is_full(&self) -> bool {
        let most = if self.trials > 0 { 1 } else { MOST_FINDINGS };
        self.findings.len() >= most || self.budget.is_exhausted()
    }

    pub(super) fn add(&mut self, problem: Problem) {
        self.push(Finding { steps: Vec::new(), problem, is_left_out: false });
    }

    fn push(&mut self, finding: Finding) {
        self.budget.take(FINDING);
        self.findings.push(finding);
    }

    /// Something was left out, as it cannot be read.
    pub(super) fn leave_out(&mut self, kind: RepairKind) {
        let problem = Problem::Repaired(kind);
        self.push(Finding { steps: Vec::new(), problem, is_left_out: true });
    }

    pub(super) fn repair(&mut self, kind: RepairKind) {
        self.add(Problem::Repaired(kind));
    }

    /// Whether nothing is accepted that is not as the API describes it.
    pub(super) fn is_strict(&self) -> bool {
        self.strict
    }

    /// Something was kept that this version does not know.
    pub(super) fn unknown(&mut self) {
        self.unknown += 1;
        if self.strict {
            self.repair(RepairKind::Unknown);
        }
    }

    /// Whatever was found since `mark` was found behind `step`.
    #[inline]
    pub(super) fn locate(&mut self, mark: usize, step: impl FnOnce() -> Step) {
        if self.findings.len() > mark {
            self.locate_behind(mark, &step());
        }
    }

    #[cold]
    fn locate_behind(&mut self, mark: usize, step: &Step) {
        // Each finding has the step, and its path shows it once more.
        let key = if let Step::Entry(key) = step { 2 * key.len() } else { 0 };
        for finding in &mut self.findings[mark..] {
            self.budget.take(size_of::<Step>() + key);
            if self.budget.is_exhausted() {
                return;
            }
            finding.steps.push(step.clone());
        }
    }

    pub(super) fn locate_break(&mut self, step: Step) {
        self.broken.push(step);
    }

    /// Turns a failure since `mark` into a repair, for a part that the rest can do without.
    ///
    /// Says whether there was one: then the part is to be left out, and whatever else was odd about it goes with it. The
    /// strict mode forgives nothing.
    pub(super) fn forgive(&mut self, mark: usize) -> bool {
        let since = &self.findings[mark..];
        let failure = since.iter().find_map(|finding| match finding.problem {
            Problem::Essential(key) => Some((key, path(&finding.steps))),
            Problem::Repaired(_) => None,
        });
        let Some((key, path)) = failure.filter(|_| !self.strict) else { return false };
        let reason =
            if path == key { essential(key) } else { format!("{path}: {}", essential(key)) };
        self.findings.truncate(mark);
        self.leave_out(RepairKind::LeftOut { reason });
        true
    }

    pub(super) fn broken_path(&self) -> String {
        path(&self.broken)
    }

    /// The repairs of a text, or the path and the words of what cannot be repaired.
    pub(super) fn finish(self, text: &str) -> Result<Vec<Repair>, (String, String)> {
        if self.budget.is_exhausted() {
            return Err((String::new(), self.budget.message()));
        }
        if self.is_full() {
            let message =
                format!("at least {MOST_FINDINGS} parts are not as the API describes them");
            return Err((String::new(), message));
        }
        let mut repairs = Vec::with_capacity(self.findings.len());
        let mut wanted = Wanted::default();
        for finding in &self.findings {
            if finding.is_left_out {
                wanted.add(&finding.steps, repairs.len());
            }
            let path = path(&finding.steps);
            match &finding.problem {
                Problem::Repaired(kind) if self.strict => return Err((path, kind.to_string())),
                Problem::Repaired(kind) => repairs.push(Repair::new(path, kind.clone())),
                Problem::Essential(key) => {
                    return Err((path, essential(key)));
                }
            }
        }
        wanted.find(text, &mut |name, json| {
            if let Some(repair) = repairs.get_mut(name) {
                repair.left_out = Some(json.to_owned());
            }
        });
        Ok(repairs)
    }
}

fn essential(key: &str) -> String {
    format!("`{key}` is missing or unreadable, and nothing can stand in for it")
}

fn path(steps: &[Step]) -> String {
    let mut path = String::new();
    for step in steps.iter().rev() {
        match step {
            Step::Index(index) => {
                path.push('[');
                path.push_str(&index.to_string());
                path.push(']');
                continue;
            }
            Step::Key(_) | Step::Entry(_) if path.is_empty() => {}
            Step::Key(_) | Step::Entry(_) => path.push('.'),
        }
        match step {
            Step::Key(key) => path.push_str(key),
            Step::Entry(key) => path.push_str(key),
            Step::Index(_) => {}
        }
    }
    path
}
