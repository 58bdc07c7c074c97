//! Names of places as people write them: with or without accents, capitals, and the word for what kind of place it is.

use super::letters::small_letter;

/// Words that say what kind of place it is, where they end a name.
const KINDS: [&str; 3] = ["county", "parish", "municipio"];

/// What two spellings of one place have in common.
#[must_use]
pub fn place_key(name: &str) -> String {
    let plain: String = name.chars().map(small_letter).filter_map(without_accent).collect();
    let mut words: Vec<&str> = plain.split(separates).filter(|word| !word.is_empty()).collect();
    if words.len() > 1 && words.last().is_some_and(|last| KINDS.contains(last)) {
        words.pop();
    }
    words.join(" ")
}

/// Whether a letter stands between words: all marks of ASCII and of general punctuation do.
fn separates(letter: char) -> bool {
    if letter.is_ascii() {
        !letter.is_ascii_alphanumeric()
    } else {
        letter < 'À' || ('\u{2000}'..='\u{206f}').contains(&letter)
    }
}

fn without_accent(letter: char) -> Option<char> {
    Some(match letter {
        'á' | 'à' | 'â' | 'ä' | 'ã' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        // Apostrophes stand inside a word; accents may stand behind their letters.
        '\'' | '’' | '\u{300}'..='\u{36f}' => return None,
        other => other,
    })
}

#[cfg(test)]
mod tests {
    use super::place_key;

    #[test]
    fn spellings_of_one_place_are_one() {
        for (name, other) in [
            ("St. Francis", "ST FRANCIS COUNTY"),
            ("Mayagüez", "mayaguez municipio"),
            ("Doña Ana", "Don\u{303}a Ana"),
            ("O'Brien", "O’Brien County"),
            ("Prince George's", "prince georges"),
        ] {
            assert_eq!(place_key(name), place_key(other), "{name}");
        }
        assert_ne!(place_key("Lee"), place_key("Leon"));
        assert_eq!(place_key("County"), "county");
    }
}
