//! Runs a stage in a process whose CPU time is measured.

use std::hint::black_box;
use std::path::Path;

use anyhow::Result;
use clap::ValueEnum;
use openapiv3::OpenAPI;
use seam_generator::Options;

use xtask::Outcome;
use xtask::generate::Input;
use xtask::repo::Repo;

/// A part of the work, or something to compare it with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Stage {
    /// Generate everything, from the text of the document to the texts of the files
    Generate,
    /// Generate everything except the calls for the conformance test
    Library,
    /// Parse the document and convert it to its types
    Parse,
    /// Print the generated code from syntax trees that are prepared
    Print,
}

impl Stage {
    /// The name on the command line.
    pub(super) fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }
}

/// Runs a stage this many times. With 0 repetitions, the process only does the preparation of the stage, whose cost is
/// subtracted.
pub(super) fn run(
    repo: &Repo,
    stage: Stage,
    document: Option<&Path>,
    times: u32,
) -> Result<Outcome> {
    let options = Options {
        undocumented: true,
        conformance: stage != Stage::Library,
        package: "bench".to_owned(),
        ..Options::default()
    };
    let input = match document {
        Some(document) => Input::of(document, None, options)?,
        None => Input::client(repo, options)?,
    };
    let generate = || {
        let options = Options { strict: false, ..input.options.clone() };
        seam_generator::generate(&input.document, input.overlay.as_ref(), &options)
    };
    match stage {
        Stage::Generate | Stage::Library => repeated(times, generate),
        Stage::Parse => repeated(times, || serde_json::from_str::<OpenAPI>(&input.document.text)),
        Stage::Print => {
            let tree = generate()?.tree;
            let files = tree.iter().map(|(_, text)| syn::parse_file(text));
            let files = files.collect::<Result<Vec<_>, _>>()?;
            repeated(times, || {
                let texts = files.iter().map(prettyplease::unparse);
                anyhow::Ok(texts.map(|text| text.len()).sum::<usize>())
            })
        }
    }
}

/// Runs `work` this many times.
fn repeated<T, E: Into<anyhow::Error>>(
    times: u32,
    mut work: impl FnMut() -> Result<T, E>,
) -> Result<Outcome> {
    for _ in 0..times {
        black_box(work().map_err(Into::into)?);
    }
    Ok(Outcome::Done)
}
