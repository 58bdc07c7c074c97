//! From the text of a rule file to its tree, by the grammar in `grammar/care.pest`.

mod characters;
mod format;
mod from_pairs;
mod literal;
mod mistake;
mod nesting;
pub mod tree;

pub use format::format;
pub use literal::literal;
pub(crate) use mistake::NUMBER_WORDS;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};
use pest::Parser as _;

/// A larger rule file is refused before it is read; no real one comes near.
pub const LARGEST_FILE: usize = 2 * 1024 * 1024;
/// So many mistakes of one file are told; who has more has met the pattern by then.
pub const MOST_MISTAKES: usize = 100;
/// Groups and parentheses may stand this deep inside one another.
pub const DEEPEST_NESTING: usize = 64;

use grammar::{Grammar, Rule};

/// What the parser generator makes of the grammar.
#[allow(missing_docs, reason = "generated")]
mod grammar {
    #[derive(pest_derive::Parser)]
    #[grammar = "../grammar/care.pest"]
    pub(super) struct Grammar;
}

/// Reads one rule file. What can be read is in the tree; every mistake is in the list, at its place.
#[must_use]
pub fn parse(file: FileId, text: &str) -> (tree::File, Vec<Diagnostic>) {
    let refused = tree::File { refused: true, ..tree::File::default() };
    if text.len() > LARGEST_FILE {
        return (refused, vec![too_large(file, text, "this file has")]);
    }
    let hidden = characters::hidden(file, text);
    if !hidden.is_empty() {
        return (refused, hidden);
    }
    if let Some(found) = nesting::too_deep(file, text) {
        return (refused, vec![found]);
    }
    match Grammar::parse(Rule::file, text) {
        Ok(mut pairs) => {
            let mut reader = from_pairs::Reader::new(file, text);
            let tree = pairs.next().map(|pair| reader.file(pair)).unwrap_or_default();
            (tree, reader.into_diagnostics())
        }
        // The grammar takes any text, broken items included; were it not to, this is what is said.
        Err(_) => (refused, vec![mistake::find(file, 0, text, mistake::Place::File)]),
    }
}

fn too_large(file: FileId, text: &str, has: &str) -> Diagnostic {
    let start = Span::new(file, 0, text.chars().next().map_or(0, char::len_utf8));
    let message = format!("{has} more than {LARGEST_FILE} bytes, which is the most a rule file may have");
    Diagnostic::new(Code::TooLarge, start, message).help("split it, one file a state")
}
