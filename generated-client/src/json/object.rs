//! Objects with declared properties: what they are, and how they are read.

use super::decode::read_entry;
use super::decode_scalars::NULL;
use super::entries::{DecodeOutcome, Entries, Next};
use super::repair::{Problem, RepairKind, Report, Step};
use super::table::{Field, Presence};
use super::{Json, Map, Slot, View};

/// A struct as JSON sees it.
pub(crate) trait Object {
    /// Its properties, sorted by key; their positions are the indices of the other two.
    fn fields(&self) -> &'static [Field];

    /// The value of a property.
    fn get(&self, index: usize) -> &dyn Json;

    /// The place of a property.
    fn get_mut(&mut self, index: usize) -> &mut dyn Json;

    /// Whether the API says that there are no other properties. Those that come are passed over all the same.
    fn is_closed(&self) -> bool {
        false
    }

    /// The properties that the API does not name, where it says that there may be some.
    fn others(&self) -> Option<&dyn Map> {
        None
    }

    /// The properties that the document does not name, to be written to.
    fn others_mut(&mut self) -> Option<&mut dyn Map> {
        None
    }
}

/// Which properties were there. Objects of up to 256 properties need no allocation.
#[derive(Default)]
struct Seen {
    low: [u64; 4],
    high: Vec<u64>,
}

impl Seen {
    /// Whether the property was not there before.
    #[inline]
    fn insert(&mut self, index: usize) -> bool {
        let (word, bit) = (index / 64, 1 << (index % 64));
        let word = match self.low.get_mut(word) {
            Some(word) => word,
            None => {
                let word = word - self.low.len();
                self.high.resize(self.high.len().max(word + 1), 0);
                &mut self.high[word]
            }
        };
        let new = *word & bit == 0;
        *word |= bit;
        new
    }

    #[inline]
    fn contains(&self, index: usize) -> bool {
        let (word, bit) = (index / 64, 1 << (index % 64));
        let word = self.low.get(word).or_else(|| self.high.get(word - self.low.len()));
        word.is_some_and(|word| word & bit != 0)
    }
}

/// Fills `object` from `entries`.
pub(super) fn read_object<'de>(
    object: &mut dyn Object,
    entries: &mut (impl Entries<'de> + ?Sized),
    report: &mut Report,
) -> DecodeOutcome {
    let outside = report.budget.enter(object);
    let outcome = read_entries(object, entries, report);
    report.budget.leave(outside);
    outcome
}

fn read_entries<'de>(
    object: &mut dyn Object,
    entries: &mut (impl Entries<'de> + ?Sized),
    report: &mut Report,
) -> DecodeOutcome {
    let fields = object.fields();
    let mut seen = Seen::default();
    if object.others().is_some() {
        if read_all(object, fields, &mut seen, entries, report) == DecodeOutcome::Broken {
            return DecodeOutcome::Broken;
        }
        report_missing_fields(fields, &seen, report);
        return DecodeOutcome::Decoded;
    }
    // Servers write keys in one order, so the next key is most often the next field.
    let mut expected = 0;
    loop {
        match entries.next_field(fields, expected) {
            // Of a key that comes twice, the first value counts.
            Next::Field(index) if seen.insert(index) => {
                expected = index + 1;
                let outcome = read_field(object.get_mut(index), &fields[index], entries, report);
                if outcome == DecodeOutcome::Broken {
                    return DecodeOutcome::Broken;
                }
            }
            next @ (Next::Field(_) | Next::Other) => {
                if matches!(next, Next::Other) {
                    report.pass_over(object.is_closed());
                }
                if entries.skip() == DecodeOutcome::Broken {
                    return DecodeOutcome::Broken;
                }
            }
            Next::End => break,
            Next::Broken => return DecodeOutcome::Broken,
        }
    }
    report_missing_fields(fields, &seen, report);
    DecodeOutcome::Decoded
}

/// The same for an object that keeps what it has no field for.
fn read_all<'de>(
    object: &mut dyn Object,
    fields: &'static [Field],
    seen: &mut Seen,
    entries: &mut (impl Entries<'de> + ?Sized),
    report: &mut Report,
) -> DecodeOutcome {
    loop {
        let key = match entries.next_key() {
            Ok(Some(key)) => key,
            Ok(None) => return DecodeOutcome::Decoded,
            Err(outcome) => return outcome,
        };
        let outcome = match fields.binary_search_by(|field| field.key.cmp(&*key)) {
            Ok(index) if seen.insert(index) => {
                read_field(object.get_mut(index), &fields[index], entries, report)
            }
            Ok(_) => entries.skip(),
            Err(_) => match object.others_mut() {
                Some(others) => read_entry(others, key, entries, report),
                None => entries.skip(),
            },
        };
        if outcome == DecodeOutcome::Broken || report.is_full() {
            return DecodeOutcome::Broken;
        }
    }
}

fn report_missing_fields(fields: &[Field], seen: &Seen, report: &mut Report) {
    for (index, field) in fields.iter().enumerate() {
        if !seen.contains(index) {
            report_missing(field, report);
        }
    }
}

#[inline]
fn read_field<'de>(
    slot: &mut dyn Json,
    field: &Field,
    entries: &mut (impl Entries<'de> + ?Sized),
    report: &mut Report,
) -> DecodeOutcome {
    let mark = report.mark();
    let outcome = entries.value(slot, report);
    match outcome {
        DecodeOutcome::Decoded => {
            // To show a value can cost more than to read it.
            if let Some(always) = field.always
                && matches!(slot.view(), View::Boolean(value) if value != always)
            {
                let name = |value| if value { "true" } else { "false" };
                report.contradict();
                report
                    .repair(RepairKind::Mismatch { expected: name(always), found: name(!always) });
            }
        }
        DecodeOutcome::Broken => {
            report.locate_break(Step::Key(field.key));
            return DecodeOutcome::Broken;
        }
        DecodeOutcome::Refused => {
            clear(slot);
            report_refused(field, report);
        }
    }
    if report.mark() > mark {
        if report.may_leave_out(field) && report.forgive(mark) {
            clear(slot);
        }
        report.locate(mark, || Step::Key(field.key));
    }
    outcome
}

/// Undoes what a value that could not be read may have begun.
pub(super) fn clear(slot: &mut dyn Json) {
    match slot.slot() {
        Slot::Nullable(nullable) => nullable.set_none(),
        Slot::Inner(inner) => clear(inner),
        Slot::List(list) => (0..list.len()).for_each(|_| list.pop()),
        Slot::Map(map) => map.clear(),
        _ => {}
    }
}

fn report_refused(field: &Field, report: &mut Report) {
    let refused = report.refused();
    let null = refused.found == NULL;
    match field.presence {
        Presence::Optional | Presence::Droppable if null => {}
        Presence::Essential => report.add(Problem::Essential(field.key)),
        Presence::Required if null => report.repair(RepairKind::Null),
        _ => report.repair(refused.into()),
    }
}

fn report_missing(field: &Field, report: &mut Report) {
    let mark = report.mark();
    match field.presence {
        Presence::Required => report.repair(RepairKind::Missing),
        Presence::Essential => report.add(Problem::Essential(field.key)),
        Presence::Optional | Presence::Droppable => return,
    }
    report.locate(mark, || Step::Key(field.key));
}
