//! Checks whether the calls of an operation together send everything that it accepts.

use serde_json::Value;

use crate::document::At;
use crate::mode::Mode;
use crate::received::Read;
use crate::shown::{Variants, items, others, plain, properties};
use crate::{Case, sent, trial};

/// The name of this trial in the list and in the report.
pub(crate) const NAME: &str = "together";

/// How to treat documented parameters and properties that no call sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "each test has one of them")]
pub(crate) enum Coverage {
    /// The trial fails.
    Required,
    /// They stand in the report, and the trial passes.
    Reported,
}

/// Makes the calls with all parameters, and reports what none of them sends.
pub(crate) fn run(case: &Case) -> trial::Result {
    if case.calls.is_empty() {
        return Err("no values are known with which it can be called".to_owned());
    }
    let operation = trial::operation(case);
    let calls = case.calls.iter().filter(|(call, _)| call.starts_with("everything"));
    let exchanges = calls.flat_map(|(_, make)| trial::recorded(case, *make, Mode::Offline).1);
    let all: Vec<sent::Input> =
        exchanges.map(|exchange| sent::read(&operation, &exchange.sent)).collect();
    let mut unsent = Unsent { found: Vec::new(), above: Vec::new() };
    for parameter in sent::described(&operation) {
        let name = &parameter.name;
        let values = all.iter().flat_map(|input| &input.parameters);
        let values: Vec<&Value> =
            values.filter(|(one, _)| one.is(&parameter)).map(|(_, value)| value).collect();
        if values.is_empty() && !parameter.at.is_undocumented() {
            unsent.found.push(format!("the parameter {name}"));
        }
    }
    let bodies: Vec<(&At, &Value)> =
        all.iter().filter_map(|input| input.body.as_ref()).map(|(at, value)| (at, value)).collect();
    let values: Vec<&Value> = bodies.iter().map(|(_, value)| *value).collect();
    match bodies.first() {
        Some((schema, _)) => unsent.look(&[(*schema).clone()], &values, "$"),
        None if operation.get("requestBody").is_some() && !all.iter().any(|input| input.is_raw) => {
            unsent.found.push("the body".to_owned());
        }
        None => {}
    }
    if unsent.found.is_empty() {
        Ok(Read::default())
    } else {
        Err(format!("no call with everything sends {}", unsent.found.join(", ")))
    }
}

struct Unsent {
    found: Vec<String>,
    /// The pointers of the enclosing schemas, to detect recursion.
    above: Vec<String>,
}

impl Unsent {
    /// Reports what these schemas describe and none of the values has.
    fn look(&mut self, schemas: &[At], values: &[&Value], path: &str) {
        let plain = plain(schemas, Variants::All);
        if plain.iter().any(|schema| self.above.contains(&schema.pointer)) {
            return;
        }
        let depth = self.above.len();
        self.above.extend(plain.iter().map(|schema| schema.pointer.clone()));
        self.look_at_properties(&plain, values, path);
        let elements: Vec<&Value> =
            values.iter().filter_map(|value| value.as_array()).flatten().collect();
        let items = items(&plain);
        self.look_inside(&items, &elements, &format!("{path}[]"));
        self.above.truncate(depth);
    }

    fn look_at_properties(&mut self, plain: &[At], values: &[&Value], path: &str) {
        let properties = properties(plain);
        let objects: Vec<_> = values.iter().filter_map(|value| value.as_object()).collect();
        for (key, schemas) in &properties {
            if schemas.iter().all(|at| at.is_undocumented() || at.is("readOnly")) {
                continue;
            }
            let found: Vec<&Value> = objects.iter().filter_map(|object| object.get(key)).collect();
            let path = format!("{path}.{key}");
            if found.is_empty() {
                self.found.push(path);
            } else {
                self.look(schemas, &found, &path);
            }
        }
        let is_named = |key: &String| properties.iter().any(|(known, _)| known == key);
        let unnamed = objects.into_iter().flatten().filter(|(key, _)| !is_named(key));
        let unnamed: Vec<&Value> = unnamed.map(|(_, value)| value).collect();
        let others = others(plain);
        self.look_inside(&others, &unnamed, &format!("{path}.*"));
    }

    /// Like [`Self::look`], for elements and additional properties.
    fn look_inside(&mut self, schemas: &[At], values: &[&Value], path: &str) {
        if schemas.is_empty() {
            return;
        }
        match values {
            [] => self.found.push(path.to_owned()),
            values => self.look(schemas, values, path),
        }
    }
}
