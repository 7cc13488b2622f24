//! A witness: a crate that uses every public item of a client, each by itself. Compiled against the client of another
//! document, it shows for each item whether user code would still compile.
//!
//! It is generated from the index alone, so that it tests what the index says.

mod forms;
mod kinds;
mod uses;

use std::collections::BTreeSet;
use std::ops::Range;

use self::forms::Forms;
use self::uses::Text;
use crate::index::{Entry, Role};
use crate::tree::SourceTree;

/// The number of uses in a file. Small files help because rustc reports fewer errors in files that already have one.
const IN_A_FILE: usize = 400;

/// A library crate that uses each item of a client. The client is its dependency `client`.
#[derive(Clone, Debug)]
pub struct Witness {
    /// The files, by path below `src/`. The crate depends on `client`, `serde` and `serde_json`.
    pub tree: SourceTree,
    /// Which lines use which item, in the order of the files.
    pub uses: Vec<Use>,
}

/// The use of one item. Compiler errors in these lines are attributed to that item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The path of the item.
    pub path: String,
    /// The role of the item: a field and a setter can have the same path.
    pub role: Role,
    /// The file, by its path below `src/`.
    pub file: String,
    /// The lines, counted from 1.
    pub lines: Range<usize>,
    /// For a use that checks that two paths name the same type: the other path. An alias has one such use for the original
    /// name and for each alias before it. Only the first of these names that still exists counts: if that names another type
    /// now, the alias has become a separate type.
    pub same_as: Option<String>,
}

/// Generates a witness that uses each item once; items with the same path and role count as one.
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
