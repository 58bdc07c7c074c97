//! Diagnosis codes of ICD-10-CM, and the entries of a code list.
//!
//! A code that is shorter than a list's entry is less specific than the list: it neither matches nor fails to.
//! Only the *shape* of a code is judged here; whether it stands in this year's ICD-10-CM is another check's question.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A diagnosis code without its dot, in capitals: `E840`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Code(String);

impl From<Code> for String {
    fn from(code: Code) -> Self {
        code.0
    }
}

impl TryFrom<String> for Code {
    type Error = &'static str;

    fn try_from(code: String) -> Result<Self, Self::Error> {
        Self::parse(&code).ok_or("no ICD-10-CM code")
    }
}

/// One line of a code list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum CodeEntry {
    /// A code and everything below it.
    Below(Code),
    /// A range of three-character categories, both ends in, and everything below them: `Q20-Q28`.
    Categories(Code, Code),
}

/// How a code stands to an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeMatch {
    /// The code is the entry's or below it.
    Inside,
    /// The code is less specific than the entry: the child may have what the entry says, or its neighbor.
    LessSpecific,
    /// Neither.
    Outside,
}

impl Code {
    /// Reads a code; dots, blanks and case do not matter. Shape by the ICD-10-CM Official Guidelines, section I.A.2:
    /// three to seven characters, a letter, a digit, then letters or digits. Since October 2025 chapter 17, whose numbers
    /// are used up, goes on with an `A` in the digit's place and a digit after it: `QA0`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut code = String::with_capacity(7);
        for character in text.chars() {
            match character {
                '.' | ' ' | '\t' => {}
                letter if letter.is_ascii_alphanumeric() => code.push(letter.to_ascii_uppercase()),
                _ => return None,
            }
        }
        let bytes = code.as_bytes();
        let shaped = (3..=7).contains(&bytes.len())
            && bytes[0].is_ascii_uppercase()
            && (bytes[1].is_ascii_digit() || (bytes[1] == b'A' && bytes[2].is_ascii_digit()));
        shaped.then_some(Self(code))
    }

    /// The code without its dot.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The categories from this one to another, both in; at most 2,600 of them.
    #[must_use]
    pub fn categories_to(&self, last: &Self) -> Vec<Self> {
        let symbols = || (b'0'..=b'9').chain(b'A'..=b'Z').map(char::from);
        let (first, last) = (self.0.as_str(), last.0.as_str());
        let letters = (b'A'..=b'Z')
            .map(char::from)
            .filter(|letter| first.starts_with(|c| c <= *letter) && last.starts_with(|c| *letter <= c));
        let mut found = Vec::new();
        for letter in letters {
            for digit in symbols().take(11) {
                let after = if digit == 'A' { 10 } else { 36 };
                for symbol in symbols().take(after) {
                    let category = format!("{letter}{digit}{symbol}");
                    if (first..=last).contains(&category.as_str()) && found.len() < 2_600 {
                        found.push(Self(category));
                    }
                }
            }
        }
        found
    }

    /// Whether this is a three-character category.
    #[must_use]
    pub fn is_category(&self) -> bool {
        self.0.len() == 3
    }
}

impl CodeEntry {
    /// How `code` stands to this entry.
    #[must_use]
    pub fn compare(&self, code: &Code) -> CodeMatch {
        match self {
            Self::Below(entry) if code.0.starts_with(&entry.0) => CodeMatch::Inside,
            Self::Below(entry) if entry.0.starts_with(&code.0) => CodeMatch::LessSpecific,
            Self::Below(_) => CodeMatch::Outside,
            Self::Categories(from, to) => {
                let category = &code.0[..3];
                if from.0.as_str() <= category && category <= to.0.as_str() {
                    CodeMatch::Inside
                } else {
                    CodeMatch::Outside
                }
            }
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (category, rest) = self.0.split_at(3);
        if rest.is_empty() { f.write_str(category) } else { write!(f, "{category}.{rest}") }
    }
}

impl fmt::Display for CodeEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Below(code) => code.fmt(f),
            Self::Categories(from, to) => write!(f, "{from}-{to}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Code {
        Code::parse(text).unwrap()
    }

    #[test]
    fn shapes() {
        for good in ["E84", "e84.0", " Q21 .3", "C4A.0", "Z3A.20", "S72.001A", "U07.1", "QA0.0101"] {
            assert!(Code::parse(good).is_some(), "{good}");
        }
        for bad in ["", "E8", "84E", "EE4", "E84.00000", "asthma", "E84-0", "É84", "EO4", "EA"] {
            assert!(Code::parse(bad).is_none(), "{bad}");
        }
        assert_eq!(code("e84.19").to_string(), "E84.19");
    }

    #[test]
    fn a_shorter_code_is_less_specific() {
        let entry = CodeEntry::Below(code("Q21.0"));
        assert_eq!(entry.compare(&code("Q21.0")), CodeMatch::Inside);
        assert_eq!(entry.compare(&code("Q21")), CodeMatch::LessSpecific);
        assert_eq!(entry.compare(&code("Q21.1")), CodeMatch::Outside);
        let range = CodeEntry::Categories(code("Q20"), code("Q28"));
        assert_eq!(range.compare(&code("Q28.9")), CodeMatch::Inside);
        assert_eq!(range.compare(&code("Q30")), CodeMatch::Outside);
    }
}
