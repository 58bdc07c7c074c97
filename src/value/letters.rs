//! Small letters and capitals, of the languages that families can read: the letters of Western Europe. Other letters stay as
//! they are. The tables of all the world's letters would be loaded by every family.

/// The letter as a small one.
pub(super) fn small_letter(letter: char) -> char {
    match letter {
        'A'..='Z' => letter.to_ascii_lowercase(),
        // In Latin-1 a small letter stands 32 behind its capital; the sign of multiplication stands between them.
        '×' => letter,
        'À'..='Þ' => char::from_u32(letter as u32 + 32).unwrap_or(letter),
        _ => letter,
    }
}

/// The letter as a capital.
fn capital_letter(letter: char) -> char {
    match letter {
        'a'..='z' => letter.to_ascii_uppercase(),
        '÷' => letter,
        'à'..='þ' => char::from_u32(letter as u32 - 32).unwrap_or(letter),
        _ => letter,
    }
}

/// The text in small letters.
#[must_use]
pub fn small_letters(text: &str) -> String {
    text.chars().map(small_letter).collect()
}

/// The first letter as a small one, in each of the wordings that a text begins with.
#[must_use]
pub fn small_first(text: &str) -> String {
    first(text, small_letter)
}

/// The first letter as a capital, in each of the wordings that a text begins with.
#[must_use]
pub fn capital_first(text: &str) -> String {
    first(text, capital_letter)
}

fn first(text: &str, changed: fn(char) -> char) -> String {
    let mut in_wordings = text.starts_with('<');
    let mut is_first = true;
    let letters = text.chars().map(|letter| match letter {
        '<' | '|' | '>' if in_wordings => {
            in_wordings = letter != '>';
            is_first = in_wordings;
            letter
        }
        _ if is_first => {
            is_first = false;
            changed(letter)
        }
        _ => letter,
    });
    letters.collect()
}

#[cfg(test)]
mod tests {
    use super::{capital_first, capital_letter, small_first, small_letter, small_letters};

    #[test]
    fn the_first_letter_of_each_wording() {
        assert_eq!(capital_first("érase a child"), "Érase a child");
        assert_eq!(small_first("Has Medicaid"), "has Medicaid");
        assert_eq!(capital_first(""), "");
        let begun = "<your child's|your|the child's> age, <a|b|c>";
        assert_eq!(capital_first(begun), "<Your child's|Your|The child's> age, <a|b|c>");
        assert_eq!(small_first("<A|B|C> D"), "<a|b|c> D");
        assert_eq!(capital_first("age of <your child|you|the child>"), "Age of <your child|you|the child>");
    }

    #[test]
    fn every_letter_of_latin_1_is_as_unicode_has_it() {
        for letter in (0..0x100).filter_map(char::from_u32).filter(|letter| !['µ', 'ÿ', 'ß'].contains(letter))
        {
            assert_eq!(small_letter(letter).to_string(), letter.to_lowercase().to_string());
            assert_eq!(capital_letter(letter).to_string(), letter.to_uppercase().to_string());
        }
        // These have no capital in Latin-1.
        assert_eq!(['µ', 'ÿ', 'ß'].map(capital_letter), ['µ', 'ÿ', 'ß']);
        assert_eq!(small_letters("ÁRBOL “Ñ” É"), "árbol “ñ” é");
    }
}
