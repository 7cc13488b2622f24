//! Finds what was left out, as it stands in the text.

use std::collections::BTreeMap;

use serde_json::from_str;

use super::repair::Step;
use super::scan::Scanner;

/// The parts that are looked for, by the way to them.
#[derive(Default)]
pub(super) struct Wanted<'a> {
    inside: BTreeMap<Place<'a>, Wanted<'a>>,
    /// What the parts at this place are called.
    here: Vec<usize>,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Place<'a> {
    Index(usize),
    Key(&'a str),
}

impl<'a> Wanted<'a> {
    /// Looks for the part behind these steps, from the innermost outwards, and calls it `name`.
    pub(super) fn add(&mut self, steps: &'a [Step], name: usize) {
        let mut wanted = self;
        for step in steps.iter().rev() {
            let place = match step {
                Step::Index(index) => Place::Index(*index),
                Step::Key(key) => Place::Key(key),
                Step::Entry(key) => Place::Key(key),
            };
            wanted = wanted.inside.entry(place).or_default();
        }
        wanted.here.push(name);
    }

    /// Goes through a text that is JSON once, and tells the name and the text of each part.
    pub(super) fn find<'t>(&self, text: &'t str, tell: &mut dyn FnMut(usize, &'t str)) {
        if !self.inside.is_empty() || !self.here.is_empty() {
            self.find_next(&mut Scanner::new(text), tell);
        }
    }

    fn find_next<'t>(&self, scanner: &mut Scanner<'t>, tell: &mut dyn FnMut(usize, &'t str)) {
        if self.inside.is_empty() {
            let text = scanner.value();
            self.here.iter().for_each(|name| tell(*name, text));
            return;
        }
        match scanner.peek() {
            Some(b'[') => {
                scanner.enter();
                let mut index = 0;
                while scanner.advance() {
                    self.step(&Place::Index(index), scanner, tell);
                    index += 1;
                }
            }
            Some(b'{') => {
                scanner.enter();
                while scanner.advance() {
                    let written = scanner.key();
                    let key = from_str::<String>(written);
                    let key = key.as_deref().unwrap_or_else(|_| written.trim_matches('"'));
                    self.step(&Place::Key(key), scanner, tell);
                }
            }
            _ => {
                scanner.value();
            }
        }
    }

    fn step<'t>(
        &self,
        place: &Place<'_>,
        scanner: &mut Scanner<'t>,
        tell: &mut dyn FnMut(usize, &'t str),
    ) {
        match self.inside.get(place) {
            Some(wanted) => wanted.find_next(scanner, tell),
            None => {
                scanner.value();
            }
        }
    }
}
