//! Characters that nobody can see, or that make a line read otherwise than it is: refused wherever they stand.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};

/// More than this many of them are one mistake.
const MOST: usize = 20;

/// Every hidden character, at its place.
pub(super) fn hidden(file: FileId, text: &str) -> Vec<Diagnostic> {
    text.char_indices()
        .filter(|(_, character)| is_hidden(*character))
        .take(MOST)
        .map(|(at, character)| {
            let message =
                format!("there is a character here that nobody can see: U+{:04X}", u32::from(character));
            Diagnostic::new(Code::HiddenCharacter, Span::new(file, at, at + character.len_utf8()), message)
                .help("take it out; it often comes with text that was copied from elsewhere")
        })
        .collect()
}

/// Bidirectional controls (Unicode Standard Annex 9), zero-width characters, other controls, a byte order mark.
fn is_hidden(character: char) -> bool {
    match character {
        '\n' | '\r' | '\t' => false,
        '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2069}'
        | '\u{061C}'
        | '\u{FEFF}' => true,
        other => other.is_control(),
    }
}
