//! A witness: a crate that uses every public item of a client, each by itself. Compiled against the client of another
//! document it says of each item whether the code of a user would still compile.
//!
//! It is made from the index alone, and not from what else is known of the API, so that it shows what the index says.

mod forms;
mod kinds;
mod uses;

use std::collections::BTreeSet;
use std::ops::Range;

use self::forms::Forms;
use self::uses::Text;
use crate::index::{Entry, Role};
use crate::tree::SourceTree;

/// So many uses stand in one file. Rust says more about the others where one file has a fault.
const IN_A_FILE: usize = 400;

/// A library crate that uses each item of a client, which it calls `client`.
#[derive(Clone, Debug)]
pub struct Witness {
    /// Its files, by path below `src/`. It needs `client`, `serde` and `serde_json`.
    pub tree: SourceTree,
    /// What is used where, in the order of the files.
    pub uses: Vec<Use>,
}

/// The use of one item. Whatever is wrong in these lines is the fault of that item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The path of the item.
    pub path: String,
    /// What it is the name of, as a field and a setter may have one path.
    pub role: Role,
    /// The file, by its path below `src/`.
    pub file: String,
    /// The lines, counted from 1.
    pub lines: Range<usize>,
    /// Another name of the same type, for a use that holds the two against each other. A name has a use for each of those
    /// before it, and the first that is still there stands for all: where that is another type now, the name has parted
    /// from those that it was one with.
    pub same_as: Option<String>,
}

/// Uses all items; what has one path and one role is used once.
pub(crate) fn of(entries: &[Entry]) -> Witness {
    let forms = Forms::of(entries);
    let mut seen = BTreeSet::new();
    let mut witness = Witness { tree: SourceTree::default(), uses: Vec::new() };
    let once =
        entries.iter().filter(|entry| seen.insert((&entry.item.path, entry.item.kind.role())));
    let used: Vec<_> = once
        .flat_map(|entry| uses::of(entry, &forms).into_iter().map(move |text| (entry, text)))
        .collect();
    let mut modules = String::new();
    for (number, part) in used.chunks(IN_A_FILE).enumerate() {
        modules.push_str(&format!("mod uses_{number};\n"));
        witness.add(&format!("uses_{number}.rs"), part);
    }
    witness.tree.insert("lib.rs", format!("{}{modules}", kinds::ROOT));
    witness.tree.insert("kinds.rs", kinds::KINDS);
    witness
}

impl Witness {
    fn add(&mut self, file: &str, part: &[(&Entry, Text)]) {
        let mut lines = vec![kinds::IMPORTS.to_owned()];
        for (number, (entry, text)) in part.iter().enumerate() {
            let start = lines.len() + 1;
            lines.push(format!("// {}, {}", entry.item.path, entry.item.kind.as_str()));
            lines.extend(text.lines(number));
            self.uses.push(Use {
                path: entry.item.path.clone(),
                role: entry.item.kind.role(),
                file: file.to_owned(),
                lines: start..lines.len() + 1,
                same_as: text.same_as().map(str::to_owned),
            });
        }
        self.tree.insert(file, lines.join("\n") + "\n");
    }
}
