//! Plans the test calls of each operation:
//!
//! - `required` passes only the required parameters;
//! - `everything` passes every parameter, and the first arm of each choice;
//! - one more call for each arm or variant that no earlier call uses;
//! - `null` passes null for every nullable parameter.

pub(super) mod conformance;
mod fit;
mod samples;

use std::collections::{BTreeMap, BTreeSet};

use self::fit::{Covered, Fitting};
use self::samples::Samples;
use crate::api::{
    Api, Choice, ChosenArm, ExampleCall, ExampleValue, Field, Name, Operation, Payload, Place,
    Presence, Type, words,
};
use crate::document::{Document, Pointer};
use crate::options::Options;
use crate::passes::required_call;

/// A test call of an operation.
#[derive(Debug)]
pub(super) struct TestCall {
    /// Identifies the call among those of the operation: `everything, user_identity`.
    pub(super) label: String,
    /// The number of the function that makes the call. Calls with the same values share a function.
    pub(super) function: usize,
    pub(super) call: ExampleCall,
}

/// The test calls of each operation, by its place.
pub(super) type Calls = BTreeMap<Place, Vec<TestCall>>;

/// Plans the calls of all operations, with values that `document` allows.
pub(super) fn plan(api: &Api, document: &Document<'_>, options: &Options) -> Calls {
    let samples = samples::collect(api, document, options);
    let planner = Planner { api, samples: &samples };
    let operations = api.operations().into_iter();
    operations.map(|one| (one.place(), numbered(planner.drafts(one)))).collect()
}

/// A call without the number of its function.
struct Draft {
    label: String,
    call: ExampleCall,
}

/// A value for a test call, and which variant or property it is the first to use.
struct Candidate<T> {
    shows: String,
    value: T,
}

struct Planner<'a> {
    api: &'a Api,
    samples: &'a BTreeMap<Pointer, Samples>,
}

impl Planner<'_> {
    /// Plans the calls of an operation. Returns none if there is no value for a required parameter.
    fn drafts(&self, operation: &Operation) -> Vec<Draft> {
        let smallest = |field: &Field, at: Option<&Pointer>| self.smallest(field, at);
        let Some(required) = required_call(self.api, operation, &smallest) else {
            return Vec::new();
        };
        let parameters: Vec<Vec<Candidate<ExampleValue>>> = (operation.parameters.iter())
            .map(|one| self.candidates(&one.field, operation.described_at(one).as_ref()))
            .collect();
        let choices: Vec<Vec<Candidate<ChosenArm>>> =
            operation.choices.iter().map(|choice| self.chosen(choice)).collect();
        let everything = ExampleCall {
            parameters: parameters.iter().map(|all| first(all)).collect(),
            choices: choices.iter().map(|all| first(all)).collect(),
        };
        let mut further = Vec::new();
        for (index, candidates) in choices.into_iter().enumerate() {
            for candidate in candidates.into_iter().skip(1) {
                let mut call = everything.clone();
                call.choices[index] = Some(candidate.value);
                further.push(Draft { label: format!("everything, {}", candidate.shows), call });
            }
        }
        for (index, candidates) in parameters.into_iter().enumerate() {
            for candidate in candidates.into_iter().skip(1) {
                let mut call = everything.clone();
                call.parameters[index] = Some(candidate.value);
                further.push(Draft { label: format!("everything, {}", candidate.shows), call });
            }
        }
        let null = null(operation, &required);
        let first = [("required", required), ("everything", everything)];
        let first = first.map(|(label, call)| Draft { label: label.to_owned(), call });
        first.into_iter().chain(further).chain(null).collect()
    }

    /// The smallest sample of a field.
    fn smallest(&self, field: &Field, at: Option<&Pointer>) -> Option<ExampleValue> {
        let fitting = Fitting { api: self.api };
        let samples = at.and_then(|at| self.samples.get(at));
        let Some(samples) = samples else { return undescribed(field) };
        let values = samples.smallest.iter().chain(samples.all.iter().rev());
        values.into_iter().find_map(|value| fitting.field(field, value, &mut Covered::new()))
    }

    /// The first and most complete sample of a field, and those that use a property or variant for the first time.
    fn candidates(&self, field: &Field, at: Option<&Pointer>) -> Vec<Candidate<ExampleValue>> {
        let fitting = Fitting { api: self.api };
        let Some(samples) = at.and_then(|at| self.samples.get(at)) else {
            let value = undescribed(field).into_iter();
            return value.map(|value| Candidate { shows: String::new(), value }).collect();
        };
        let mut known = Covered::new();
        let mut candidates = Vec::new();
        for value in samples.all.iter().filter(|value| !value.is_null()) {
            let mut shown = Covered::new();
            let Some(value) = fitting.field(field, value, &mut shown) else { continue };
            let new = shown.difference(&known).next().map(|(_, word)| word.clone());
            if new.is_some() || candidates.is_empty() {
                let shows = format!("{} {}", words(&field.key), new.unwrap_or_default());
                candidates.push(Candidate { shows: shows.trim_end().to_owned(), value });
                known.extend(shown);
            }
        }
        candidates
    }

    /// The values of each arm of a choice.
    fn chosen(&self, choice: &Choice) -> Vec<Candidate<ChosenArm>> {
        let mut chosen = Vec::new();
        for (arm, described) in choice.arms.iter().enumerate() {
            let word = words(described.name.as_str());
            let payloads = match &described.payload {
                Payload::None => {
                    vec![Candidate { shows: String::new(), value: ExampleValue::Null }]
                }
                Payload::Field(field) => self.candidates(field, field.at.as_ref()),
                Payload::Object(_) => self.objects(self.api.fields_of_arm(described)),
            };
            chosen.extend(payloads.into_iter().enumerate().map(|(index, payload)| Candidate {
                shows: if index == 0 { word.clone() } else { format!("{word} {}", payload.shows) },
                value: ChosenArm { arm, payload: payload.value },
            }));
        }
        chosen
    }

    /// Objects with these fields: one with the first value of each field, and one for each further value of a field.
    fn objects(&self, fields: &[Field]) -> Vec<Candidate<ExampleValue>> {
        let candidates: Vec<_> =
            fields.iter().map(|field| self.candidates(field, field.at.as_ref())).collect();
        let is_lacking =
            |(field, all): (&Field, &Vec<_>)| field.presence.is_argument() && all.is_empty();
        if fields.iter().zip(&candidates).any(is_lacking) {
            return Vec::new();
        }
        let fullest: BTreeMap<usize, ExampleValue> = (candidates.iter().enumerate())
            .filter_map(|(index, all)| Some((index, first(all)?)))
            .collect();
        let object = |fields| ExampleValue::Object(fields, BTreeMap::new());
        let mut objects = vec![Candidate { shows: String::new(), value: object(fullest.clone()) }];
        for (index, all) in candidates.into_iter().enumerate() {
            for candidate in all.into_iter().skip(1) {
                let mut fields = fullest.clone();
                fields.insert(index, candidate.value);
                objects.push(Candidate { shows: candidate.shows, value: object(fields) });
            }
        }
        objects
    }
}

fn first<T: Clone>(candidates: &[Candidate<T>]) -> Option<T> {
    candidates.first().map(|candidate| candidate.value.clone())
}

/// A value for a field that the document does not describe, if it is a string or bytes.
fn undescribed(field: &Field) -> Option<ExampleValue> {
    match field.ty {
        Type::String | Type::Id(_) => Some(ExampleValue::Text(field.key.clone())),
        Type::Bytes => Some(ExampleValue::Bytes),
        _ => None,
    }
}

/// The call that passes null for every nullable parameter, if there is one.
fn null(operation: &Operation, required: &ExampleCall) -> Option<Draft> {
    let nullable = operation.parameters.iter().map(|parameter| {
        let presence = parameter.field.presence;
        matches!(presence, Presence::RequiredNullable | Presence::OptionalNullable)
    });
    let mut call = required.clone();
    let mut is_any = false;
    for (value, _) in call.parameters.iter_mut().zip(nullable).filter(|(_, nullable)| *nullable) {
        *value = Some(ExampleValue::Null);
        is_any = true;
    }
    is_any.then(|| Draft { label: "null".to_owned(), call })
}

/// Assigns a function to each call of an operation.
fn numbered(mut drafts: Vec<Draft>) -> Vec<TestCall> {
    number_labels(&mut drafts);
    let functions: Vec<usize> = drafts.iter().map(|draft| position(&drafts, draft)).collect();
    let calls = drafts.into_iter().zip(functions);
    calls.map(|(Draft { label, call }, function)| TestCall { label, function, call }).collect()
}

/// The index of the first call with the same values.
fn position(drafts: &[Draft], draft: &Draft) -> usize {
    drafts.iter().position(|other| other.call == draft.call).unwrap_or_default()
}

/// Makes labels unique by adding numbers.
fn number_labels(drafts: &mut [Draft]) {
    let mut taken = BTreeSet::new();
    for draft in drafts {
        let numbered = (2..).map(|number| format!("{} {number}", draft.label));
        let mut labels = std::iter::once(draft.label.clone()).chain(numbered);
        draft.label = labels.find(|label| !taken.contains(label)).unwrap_or_default();
        taken.insert(draft.label.clone());
    }
}
