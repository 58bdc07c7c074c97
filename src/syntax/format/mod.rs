//! The one layout of a rule file.
//!
//! - A line of a block stands four blanks deeper than the block; its value stands in the block's column.
//! - `cites` stands on the line of its criterion, in one column with those of the lines around it; a further remark has
//!   a line of its own below.
//! - One blank line stands where the author left one or more, none at either end of a block, and always one around
//!   programs, contacts and the route.
//! - A line that the author broke after `and` or `or` stays broken. Every comment stays where it is.
//!
//! Only blanks and line ends change: the words, their order and the comments are the author's.

mod lines;
mod tokens;

use super::{Grammar, LARGEST_FILE, Rule, parse, too_large};
use crate::diagnostic::Diagnostic;
use crate::source::FileId;
use pest::Parser as _;

/// Lays a rule file out anew. What is laid out already comes back as it is.
///
/// # Errors
/// Every mistake that [`parse`] finds: a file with mistakes keeps the layout it has.
pub fn format(file: FileId, text: &str) -> Result<String, Vec<Diagnostic>> {
    let mistakes = parse(file, text).1;
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut pairs = Grammar::parse(Rule::file, &text).ok();
    let Some(pair) = pairs.as_mut().and_then(Iterator::next) else { return Ok(text) };
    let formatted = lines::lay_out(&tokens::read(&text, pair));
    // Indents make a file larger; never so large that it is refused from then on.
    if formatted.len() > LARGEST_FILE {
        return Err(vec![too_large(file, &text, "in its layout this file would have")]);
    }
    Ok(formatted)
}
