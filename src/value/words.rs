//! One text in every language that is offered, and for everybody who may answer.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A language that families can read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Spanish.
    Es,
}

/// Who answers the questions: what a family reads is worded for that person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum By {
    /// A parent or guardian.
    #[default]
    Parent,
    /// The young person.
    Oneself,
    /// Someone who helps them.
    Helper,
}

/// One text in every language.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Words {
    /// English.
    pub en: String,
    /// Spanish.
    pub es: String,
}

impl Lang {
    /// Every language, in the order they are offered.
    pub const ALL: [Self; 2] = [Self::En, Self::Es];

    /// The two-letter code of ISO 639-1.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Es => "es",
        }
    }

    /// The language of a two-letter code, with or without a region: `es`, `es-MX`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let language = text.split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|lang| lang.code().eq_ignore_ascii_case(language))
    }
}

impl By {
    /// Everybody who may answer, in the order in which a passage has its wordings.
    pub const ALL: [Self; 3] = [Self::Parent, Self::Oneself, Self::Helper];

    /// The name in commands and requests.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Parent => "parent",
            Self::Oneself => "self",
            Self::Helper => "helper",
        }
    }

    /// Who has a name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.id() == text)
    }

    /// A text as this person reads it: of each passage in three wordings, `<your child|you|the child>`, the one for this
    /// person. Whatever else has such marks stays as it is. A whole page of texts or of indented JSON can be read at once:
    /// no passage reaches over the end of a line.
    #[must_use]
    pub fn said(self, text: &str) -> String {
        let own = self as usize;
        replaced(text, |before, marks| before[marks[own] + 1..marks[own + 1]].to_owned())
    }
}

/// A text with something else for each passage in three wordings: `with` is given what comes out before the last mark of the
/// passage, and where in it the four marks stand.
pub(crate) fn replaced(text: &str, with: impl Fn(&str, &[usize]) -> String) -> String {
    let mut out = String::new();
    let mut marks = Vec::new();
    for letter in text.chars() {
        match letter {
            '<' => marks = vec![out.len()],
            '|' if !marks.is_empty() => marks.push(out.len()),
            '\n' => marks.clear(),
            '>' => {
                marks.push(out.len());
                if let [start, _, _, _] = marks[..] {
                    let other = with(&out, &marks);
                    out.truncate(start);
                    out.push_str(&other);
                    marks.clear();
                    continue;
                }
                marks.clear();
            }
            _ => {}
        }
        out.push(letter);
    }
    out
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Words {
    /// A text that is the same in every language: a name, a number.
    #[must_use]
    pub fn same(text: &str) -> Self {
        Self { en: text.to_owned(), es: text.to_owned() }
    }

    /// The text in one language.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Es => &self.es,
        }
    }

    /// Whether there is no text at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.en.is_empty() && self.es.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::By;

    fn said(text: &str) -> [String; 3] {
        By::ALL.map(|by| by.said(text))
    }

    #[test]
    fn each_person_reads_the_own_wording() {
        let asked = "<Does your child|Do you|Does the child> need <his or her|your|his or her> medicine?";
        let read = [
            "Does your child need his or her medicine?",
            "Do you need your medicine?",
            "Does the child need his or her medicine?",
        ];
        assert_eq!(said(asked), read);
        assert_eq!(
            said("¿<Su hijo o hija|Usted|El niño o la niña> está aquí?")[2],
            "¿El niño o la niña está aquí?"
        );
        assert_eq!(said("Ask<| now|>.<||>"), ["Ask.", "Ask now.", "Ask."], "a wording may be empty");
    }

    #[test]
    fn what_is_no_passage_stays_as_it_is() {
        for text in [
            "",
            "income < 5",
            "a > b < c",
            "one <two> three",
            "<a|b>",
            "<a|b|c|d>",
            "<a|b|c",
            "a|b|c>",
            "<a|b\n|c>",
        ] {
            assert_eq!(said(text), [text, text, text]);
        }
        assert_eq!(said("<a <b|c|d>|e|f>")[1], "<a c|e|f>", "the inner one is a passage");
        assert_eq!(said("less < more, <a|b|c>")[2], "less < more, c");
    }

    #[test]
    fn json_stays_json() {
        let json = serde_json::json!({ "a": "x < y", "b": ["say \"<a|\"b\"|c>\"", "p|q|r>"] });
        let text = serde_json::to_string_pretty(&json).unwrap();
        let read: serde_json::Value = serde_json::from_str(&By::Oneself.said(&text)).unwrap();
        assert_eq!(read, serde_json::json!({ "a": "x < y", "b": ["say \"\"b\"\"", "p|q|r>"] }));
    }

    #[test]
    fn everybody_has_a_name() {
        assert_eq!(By::ALL.map(|by| By::parse(by.id())), By::ALL.map(Some));
        assert_eq!(By::ALL.map(By::id), ["parent", "self", "helper"]);
        assert_eq!(By::parse("Parent"), None);
        assert_eq!(By::default(), By::Parent);
    }
}
