//! Which calls tests make of each operation, and what they pass.
//!
//! - `required` passes only what has to be passed;
//! - `everything` passes all that there is, and the first alternative of each choice;
//! - one call more for each further alternative and variant, which the others do not show;
//! - `null` passes null wherever that may be.

mod fit;

use std::collections::{BTreeMap, BTreeSet};

use self::fit::{Fitting, Shown};
use super::names::settle;
use crate::api::{
    Api, Arm, Choice, Chosen, Field, FunctionName, Given, Kind, Name, Namespace, Operation,
    Payload, Presence, Sample, Samples, Struct, TestCall, Type, words,
};
use crate::document::Pointer;

pub(super) fn run(api: &mut Api) {
    let Some(samples) = &api.samples else { return };
    let maker = Maker { api, samples };
    let mut calls = Vec::new();
    maker.namespaces(&api.namespaces, &mut calls);
    let mut calls = calls.into_iter();
    api.each_operation_mut(&mut |operation| operation.calls = calls.next().unwrap_or_default());
}

/// A call before it has a function.
struct Draft {
    label: String,
    given: Given,
}

/// A value that a test passes, and what it shows that those before it do not.
struct Candidate<T> {
    shows: String,
    value: T,
}

struct Maker<'a> {
    api: &'a Api,
    samples: &'a BTreeMap<Pointer, Samples>,
}

impl Maker<'_> {
    /// The calls of all operations, in their order.
    fn namespaces(&self, namespaces: &[Namespace], all: &mut Vec<Vec<TestCall>>) {
        for namespace in namespaces {
            let drafts = namespace.operations.iter().map(|operation| self.drafts(operation));
            all.extend(named(&namespace.operations, drafts.collect()));
            self.namespaces(&namespace.namespaces, all);
        }
    }

    /// None if something has to be passed of which nothing is known that fits.
    fn drafts(&self, operation: &Operation) -> Vec<Draft> {
        let Some(required) = self.required(operation) else { return Vec::new() };
        let parameters: Vec<Vec<Candidate<Sample>>> = (operation.parameters.iter())
            .map(|one| self.candidates(&one.field, operation.described_at(one).as_ref()))
            .collect();
        let choices: Vec<Vec<Candidate<Chosen>>> =
            operation.choices.iter().map(|choice| self.chosen(choice)).collect();
        let everything = Given {
            parameters: parameters.iter().map(|all| first(all)).collect(),
            choices: choices.iter().map(|all| first(all)).collect(),
        };
        let mut further = Vec::new();
        for (index, candidates) in choices.into_iter().enumerate() {
            for candidate in candidates.into_iter().skip(1) {
                let mut given = everything.clone();
                given.choices[index] = Some(candidate.value);
                further.push(Draft { label: format!("everything, {}", candidate.shows), given });
            }
        }
        for (index, candidates) in parameters.into_iter().enumerate() {
            for candidate in candidates.into_iter().skip(1) {
                let mut given = everything.clone();
                given.parameters[index] = Some(candidate.value);
                further.push(Draft { label: format!("everything, {}", candidate.shows), given });
            }
        }
        let null = null(operation, &required);
        let first = [("required", required), ("everything", everything)];
        let first = first.map(|(label, given)| Draft { label: label.to_owned(), given });
        first.into_iter().chain(further).chain(null).collect()
    }

    /// What has to be passed.
    fn required(&self, operation: &Operation) -> Option<Given> {
        let fields: Vec<&Field> = operation.parameters.iter().map(|one| &one.field).collect();
        let needed = self.needed(&fields, &operation.at_least_one);
        let parameters = operation.parameters.iter().zip(needed).map(|(one, is_needed)| {
            if one.field.presence.is_argument() || is_needed {
                self.smallest(&one.field, operation.described_at(one).as_ref()).map(Some)
            } else {
                Some(None)
            }
        });
        let choices = operation.choices.iter().map(|choice| match choice.presence {
            Presence::Optional => Some(None),
            _ => self.first_arm(choice).map(Some),
        });
        Some(Given {
            parameters: parameters.collect::<Option<_>>()?,
            choices: choices.collect::<Option<_>>()?,
        })
    }

    /// Which of the fields are given because at least one of some has to be: the first of them that can be made.
    fn needed(&self, fields: &[&Field], at_least_one: &[Vec<String>]) -> Vec<bool> {
        let mut needed = vec![false; fields.len()];
        for keys in at_least_one {
            let can_be = |field: &&Field| {
                keys.contains(&field.key) && self.smallest(field, field.at.as_ref()).is_some()
            };
            if let Some(index) = fields.iter().position(can_be) {
                needed[index] = true;
            }
        }
        needed
    }

    /// The smallest value of a field.
    fn smallest(&self, field: &Field, at: Option<&Pointer>) -> Option<Sample> {
        let fitting = Fitting { api: self.api };
        let samples = at.and_then(|at| self.samples.get(at));
        let Some(samples) = samples else { return undescribed(field) };
        let values = samples.smallest.iter().chain(samples.all.iter().rev());
        values.into_iter().find_map(|value| fitting.field(field, value, &mut Shown::new()))
    }

    /// The first alternative that can be made, with what has to be in it.
    fn first_arm(&self, choice: &Choice) -> Option<Chosen> {
        let mut arms = choice.arms.iter().enumerate();
        arms.find_map(|(arm, described)| {
            let payload = match &described.payload {
                Payload::None => Sample::Null,
                Payload::Field(field) => self.smallest(field, field.at.as_ref())?,
                Payload::Object(_) => {
                    let mut fields = BTreeMap::new();
                    let all: Vec<&Field> = self.fields(described).iter().collect();
                    let needed = self.needed(&all, &described.at_least_one);
                    for (index, (field, is_needed)) in all.iter().zip(needed).enumerate() {
                        if field.presence.is_argument() || is_needed {
                            fields.insert(index, self.smallest(field, field.at.as_ref())?);
                        }
                    }
                    Sample::Object(fields, BTreeMap::new())
                }
            };
            Some(Chosen { arm, payload })
        })
    }

    /// Values of a field: the fullest first, and those that show something more.
    fn candidates(&self, field: &Field, at: Option<&Pointer>) -> Vec<Candidate<Sample>> {
        let fitting = Fitting { api: self.api };
        let Some(samples) = at.and_then(|at| self.samples.get(at)) else {
            let value = undescribed(field).into_iter();
            return value.map(|value| Candidate { shows: String::new(), value }).collect();
        };
        let mut known = Shown::new();
        let mut candidates = Vec::new();
        for value in samples.all.iter().filter(|value| !value.is_null()) {
            let mut shown = Shown::new();
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

    /// All alternatives.
    fn chosen(&self, choice: &Choice) -> Vec<Candidate<Chosen>> {
        let mut chosen = Vec::new();
        for (arm, described) in choice.arms.iter().enumerate() {
            let word = words(described.name.as_str());
            let payloads = match &described.payload {
                Payload::None => vec![Candidate { shows: String::new(), value: Sample::Null }],
                Payload::Field(field) => self.candidates(field, field.at.as_ref()),
                Payload::Object(_) => self.objects(self.fields(described)),
            };
            chosen.extend(payloads.into_iter().enumerate().map(|(index, payload)| Candidate {
                shows: if index == 0 { word.clone() } else { format!("{word} {}", payload.shows) },
                value: Chosen { arm, payload: payload.value },
            }));
        }
        chosen
    }

    /// Objects of these fields: one with the first value of each, and one more for each further value of one of them.
    fn objects(&self, fields: &[Field]) -> Vec<Candidate<Sample>> {
        let candidates: Vec<_> =
            fields.iter().map(|field| self.candidates(field, field.at.as_ref())).collect();
        let is_lacking =
            |(field, all): (&Field, &Vec<_>)| field.presence.is_argument() && all.is_empty();
        if fields.iter().zip(&candidates).any(is_lacking) {
            return Vec::new();
        }
        let fullest: BTreeMap<usize, Sample> = (candidates.iter().enumerate())
            .filter_map(|(index, all)| Some((index, first(all)?)))
            .collect();
        let object = |fields| Sample::Object(fields, BTreeMap::new());
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

    /// The fields of the object that an alternative carries.
    fn fields(&self, arm: &Arm) -> &[Field] {
        let Payload::Object(place) = &arm.payload else { return &[] };
        match self.api.types.get(self.api.defined_at(place)).map(|definition| &definition.kind) {
            Some(Kind::Struct(Struct { fields, .. })) => fields,
            _ => &[],
        }
    }
}

fn first<T: Clone>(candidates: &[Candidate<T>]) -> Option<T> {
    candidates.first().map(|candidate| candidate.value.clone())
}

/// Of what the document does not describe only texts are known.
fn undescribed(field: &Field) -> Option<Sample> {
    match field.ty {
        Type::String | Type::Id(_) => Some(Sample::Text(field.key.clone())),
        Type::Bytes => Some(Sample::Bytes),
        _ => None,
    }
}

/// The call with null for every parameter that may be, if there is one.
fn null(operation: &Operation, required: &Given) -> Option<Draft> {
    let nullable = operation.parameters.iter().map(|parameter| {
        let presence = parameter.field.presence;
        matches!(presence, Presence::RequiredNullable | Presence::OptionalNullable)
    });
    let mut given = required.clone();
    let mut is_any = false;
    for (value, _) in given.parameters.iter_mut().zip(nullable).filter(|(_, nullable)| *nullable) {
        *value = Some(Sample::Null);
        is_any = true;
    }
    is_any.then(|| Draft { label: "null".to_owned(), given })
}

/// Gives the calls of a namespace the functions that make them.
fn named(operations: &[Operation], drafts: Vec<Vec<Draft>>) -> Vec<Vec<TestCall>> {
    let mut drafts = drafts;
    drafts.iter_mut().for_each(|drafts| number(drafts));
    let mut words = Vec::new();
    for (operation, drafts) in operations.iter().zip(&drafts) {
        for (index, draft) in drafts.iter().enumerate() {
            if position(drafts, draft) == index {
                words.push(format!("{}_{}", operation.function.as_str(), draft.label));
            }
        }
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut names = settle::<FunctionName>(&words, &[]).into_iter();
    let calls = drafts.into_iter().map(|drafts| {
        let mut functions: Vec<FunctionName> = Vec::new();
        for (index, draft) in drafts.iter().enumerate() {
            let same = position(&drafts, draft);
            let function = if same == index { names.next() } else { functions.get(same).cloned() };
            functions.extend(function);
        }
        let calls = drafts.into_iter().zip(functions);
        calls
            .map(|(Draft { label, given }, function)| TestCall { label, function, given })
            .collect()
    });
    calls.collect()
}

/// Where the first call stands that passes the same.
fn position(drafts: &[Draft], draft: &Draft) -> usize {
    drafts.iter().position(|other| other.given == draft.given).unwrap_or_default()
}

/// Tells calls of one label apart.
fn number(drafts: &mut [Draft]) {
    let mut taken = BTreeSet::new();
    for draft in drafts {
        let numbered = (2..).map(|number| format!("{} {number}", draft.label));
        let mut labels = std::iter::once(draft.label.clone()).chain(numbered);
        draft.label = labels.find(|label| !taken.contains(label)).unwrap_or_default();
        taken.insert(draft.label.clone());
    }
}
