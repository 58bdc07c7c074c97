//! How deep groups and parentheses stand inside one another, found before the grammar is asked.
//!
//! The parser calls itself once a level; in WebAssembly nothing guards its stack, so depth is bounded here.

use super::DEEPEST_NESTING;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};

/// The first place that stands too deep.
pub(super) fn too_deep(file: FileId, text: &str) -> Option<Diagnostic> {
    let mut depth = 0usize;
    let (mut in_text, mut in_comment) = (false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'\n' | b'\r' => (in_text, in_comment) = (false, false),
            b'"' if !in_comment => in_text = !in_text,
            b'#' if !in_text => in_comment = true,
            b'(' | b'{' if !in_text && !in_comment => {
                depth += 1;
                if depth > DEEPEST_NESTING {
                    let message =
                        format!("groups stand more than {DEEPEST_NESTING} deep inside one another here");
                    return Some(
                        Diagnostic::new(Code::TooDeep, Span::new(file, at, at + 1), message)
                            .help("give a part of it a name with `define`, and use the name"),
                    );
                }
            }
            b')' | b'}' if !in_text && !in_comment => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}
