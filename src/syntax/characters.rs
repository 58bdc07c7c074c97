//! Characters that are not what they seem: those nobody can see, those that make a line read otherwise than it is, and
//! letters of other alphabets that look like ours.
//!
//! The table of look-alikes is a small one: the letters of Cyrillic, Greek, Armenian and Latin's own variants that are drawn
//! like a letter of English, wide letters and mathematical ones (from the confusables of Unicode Technical Standard 39).
//! A word that is wholly of another alphabet is fine in a text; in a name nothing but a–z, digits and `_` is.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};

/// More than this many of them are one mistake.
const MOST: usize = 20;

/// Everything in a YAML file that is not what it seems, at its place.
#[must_use]
pub fn deceptive(file: FileId, text: &str) -> Vec<Diagnostic> {
    let mut found = hidden(file, text);
    found.extend(look_alikes(file, text, |at| if is_comment(text, at) { Part::Note } else { Part::Text }));
    found
}

/// Every hidden character, at its place.
pub(super) fn hidden(file: FileId, text: &str) -> Vec<Diagnostic> {
    unusual(text)
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

/// What is no plain letter, digit, sign or blank, with its place: most of a text is told by its bytes, many at a time.
fn unusual(text: &str) -> impl Iterator<Item = (usize, char)> {
    const AT_A_TIME: usize = 64;
    let plain = |byte: u8| matches!(byte, b' '..=b'~' | b'\n' | b'\r' | b'\t');
    let parts = text.as_bytes().chunks(AT_A_TIME).enumerate();
    let unusual = parts.filter(move |(_, part)| !part.iter().fold(true, |all, byte| all & plain(*byte)));
    let bytes = unusual.flat_map(|(part, bytes)| {
        bytes.iter().enumerate().map(move |(at, byte)| (part * AT_A_TIME + at, *byte))
    });
    // A character of several bytes is told once, where it starts.
    bytes
        .filter(move |(_, byte)| !plain(*byte))
        .filter_map(|(at, _)| Some((at, text.get(at..)?.chars().next()?)))
}

/// Bidirectional controls (Unicode Standard Annex 9), zero-width characters, other controls, a byte order mark.
fn is_hidden(character: char) -> bool {
    match character {
        '\n' | '\r' | '\t' => false,
        '\u{00A0}' | '\u{00AD}' | '\u{061C}' | '\u{180E}' | '\u{3000}' | '\u{FEFF}' => true,
        '\u{034F}' | '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' => true,
        '\u{2000}'..='\u{200F}' | '\u{2028}'..='\u{202F}' | '\u{205F}'..='\u{206F}' => true,
        '\u{FE00}'..='\u{FE0F}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E01EF}' => true,
        other => other.is_control(),
    }
}

/// Every letter of a rule file that looks like another one, at its place.
pub(super) fn in_rules(file: FileId, text: &str) -> Vec<Diagnostic> {
    look_alikes(file, text, |at| part_of_rules(text, at))
}

/// What a character belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// A note for people: nothing reads it.
    Note,
    /// A text: whole words may be of another alphabet.
    Text,
    /// A name or a word of the language.
    Name,
}

fn look_alikes(file: FileId, text: &str, part: impl Fn(usize) -> Part) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    // One mistake a word, at its first such letter.
    let mut told = 0;
    for (at, character) in unusual(text) {
        if at < told || !(looks_like(character).is_some() || is_loose_accent(character)) {
            continue;
        }
        let (start, end) = word_around(text, at);
        let word = &text[start..end];
        let deceives = match part(at) {
            Part::Note => false,
            Part::Text => deceives(word, character),
            Part::Name => true,
        };
        if deceives {
            told = end;
            found.push(diagnostic(Span::new(file, at, at + character.len_utf8()), word, character));
            if found.len() == MOST {
                break;
            }
        }
    }
    found
}

fn diagnostic(span: Span, word: &str, character: char) -> Diagnostic {
    let number = u32::from(character);
    let Some(like) = looks_like(character) else {
        let message = format!("an accent stands by itself in `{word}`, behind its letter: U+{number:04X}");
        return Diagnostic::new(Code::LookAlike, span, message)
            .help("delete both and type the letter with its accent");
    };
    let message =
        format!("`{character}` in `{word}` looks like `{like}` and is another letter: U+{number:04X}");
    Diagnostic::new(Code::LookAlike, span, message).help(format!("type it anew: `{}`", plain(word)))
}

/// The letter of English that a character looks like, if it is not that letter.
pub fn looks_like(character: char) -> Option<char> {
    let number = u32::from(character);
    let like = match character {
        // Most letters beyond ASCII are the accented ones of Spanish.
        '\0'..='\u{FF}' => return None,
        // Wide letters and digits stand in the order of ASCII; mathematical letters come in alphabets of 52.
        '！'..='～' => char::from_u32(number - 0xFEE0).filter(char::is_ascii_alphanumeric)?,
        '\u{1D400}'..='\u{1D6A3}' => {
            let letter = u8::try_from((number - 0x1D400) % 52).ok()?;
            char::from(if letter < 26 { b'A' + letter } else { b'a' + letter - 26 })
        }
        _ => {
            // A row is a letter and all that look like it.
            let row = LOOK_ALIKES.iter().find(|row| row.chars().skip(1).any(|other| other == character))?;
            row.chars().next()?
        }
    };
    Some(like)
}

/// A letter of English, and letters of other alphabets that are drawn like it.
const LOOK_ALIKES: [&str; 44] = [
    "aаɑα", "cсϲⅽ", "dԁⅾ", "eеҽ", "gɡց", "hһհ", "iіıι", "jјϳ", "kκк", "lӏⅼ", "mⅿ", "nոռ", "oоοօ", "pрρ",
    "qԛզ", "rг", "sѕ", "uυսʋ", "vνѵⅴ", "wԝ", "xхⅹ", "yуүγ", "zᴢ", "AАΑ", "BВΒ", "CСϹ", "DⅮ", "EЕΕ", "FϜ",
    "GԌ", "HНΗ", "IІΙ", "JЈ", "KКΚ", "LⅬ", "MМΜ", "NΝ", "OОΟՕ", "PРΡ", "SЅՏ", "TТΤ", "VѴ", "XХΧ", "YҮΥ",
];

/// Greek letters that medicine writes beside Latin ones (TNFα, NFκB), and others that are drawn like ours from afar only.
const OF_MEDICINE: [char; 5] = ['α', 'κ', 'γ', 'к', 'г'];

/// Whether a word that stands in a text passes itself off for a word of our letters.
fn deceives(word: &str, character: char) -> bool {
    let latin = |c: char| c.is_ascii_alphabetic() || matches!(c, '\u{C0}'..='\u{24F}') && c != 'ı';
    if is_loose_accent(character) {
        // Where there is no such letter in one piece, the accent may stand by itself.
        return word.chars().zip(word.chars().skip(1)).any(|(letter, accent)| {
            is_loose_accent(accent)
                && "aeiouncAEIOUNC".contains(letter)
                && "\u{300}\u{301}\u{302}\u{303}\u{308}\u{327}".contains(accent)
        });
    }
    if matches!(character, '！'..='～' | '\u{1D400}'..='\u{1D6A3}') {
        return true;
    }
    if OF_MEDICINE.contains(&character) || character == 'ı' {
        return false;
    }
    let all = |test: &dyn Fn(char) -> bool| word.chars().filter(|c| c.is_alphabetic()).all(test);
    word.chars().any(latin)
        || word.contains(|c: char| c.is_ascii_digit() || c == '_') && all(&|c| looks_like(c).is_some())
}

fn is_loose_accent(character: char) -> bool {
    matches!(character, '\u{0300}'..='\u{036F}')
}

/// A word with the letters that its own look like, and without loose accents.
#[must_use]
pub fn plain(word: &str) -> String {
    let letters = word.chars().filter(|letter| !is_loose_accent(*letter));
    letters.map(|letter| looks_like(letter).unwrap_or(letter)).collect()
}

/// The word that a place is in.
fn word_around(text: &str, at: usize) -> (usize, usize) {
    let outside = |c: char| !(c.is_alphanumeric() || c == '_' || is_loose_accent(c));
    let start =
        text[..at].char_indices().rev().find(|(_, c)| outside(*c)).map_or(0, |(at, c)| at + c.len_utf8());
    let end = text[at..].find(outside).map_or(text.len(), |end| at + end);
    (start, end)
}

/// What a place in a rule file belongs to. A text ends on its line.
fn part_of_rules(text: &str, at: usize) -> Part {
    let line = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let mut part = Part::Name;
    for byte in text[line..at].bytes() {
        part = match (byte, part) {
            (b'"', Part::Name) => Part::Text,
            (b'"', Part::Text) => Part::Name,
            (b'#', Part::Name) => return Part::Note,
            _ => part,
        };
    }
    part
}

/// Whether a place in a YAML file stands on a line that is a note.
fn is_comment(text: &str, at: usize) -> bool {
    let line = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    text[line..].trim_start_matches([' ', '\t']).starts_with('#')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_look_alike_is_no_letter_of_ours_and_has_one_row() {
        let mut seen = Vec::new();
        for row in LOOK_ALIKES {
            let letters: Vec<char> = row.chars().collect();
            assert!(letters[0].is_ascii_alphabetic() && letters.len() > 1, "{row}");
            for letter in &letters[1..] {
                assert!(!letter.is_ascii() && letter.is_alphabetic(), "{row}: {letter}");
                assert!(!seen.contains(letter), "{letter} stands in two rows");
                seen.push(*letter);
            }
        }
        assert_eq!(plain("ｍеdіｃ\u{301}аіd_𝐚𝒁"), "medicaid_aZ");
    }
}
