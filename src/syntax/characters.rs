//! Characters that nobody can see, that look like a blank and are none, or that make a line read otherwise than it is: refused wherever they stand.

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
        '\u{00A0}' | '\u{00AD}' | '\u{061C}' | '\u{180E}' | '\u{3000}' | '\u{FEFF}' => true,
        '\u{2000}'..='\u{200F}' | '\u{2028}'..='\u{202F}' | '\u{205F}'..='\u{206F}' => true,
        '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}' => true,
        other => other.is_control(),
    }
}
