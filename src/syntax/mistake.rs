//! What exactly is wrong in a line or an item that could not be read, in its author's words.
//!
//! The broken text is read again alone: the grammar then says how far it came and which words could have followed.

use super::{Grammar, Rule, characters, vague};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::source::{FileId, Span};
use pest::Parser as _;
use pest::error::{ErrorVariant, InputLocation};

/// Where a broken text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// At the outermost level.
    File,
    /// Among a program's lines.
    Program,
    /// Among a benefit's lines.
    Benefit,
    /// Among a contact's lines.
    Contact,
    /// Among the route's lines.
    Route,
    /// In a group of criteria.
    Group,
    /// Among a parameter's lines.
    Parameter,
    /// Among a score's lines.
    Score,
    /// Among what holds by definition, in `facts.yaml`.
    Literal,
}

/// The mistake of a broken text that starts at a byte of its file.
pub(super) fn find(file: FileId, start: usize, broken: &str, place: Place) -> Diagnostic {
    if let Some(found) = unbalanced(file, start, broken) {
        return found;
    }
    if let Some(found) = group_on_one_line(file, start, broken) {
        return found;
    }
    match Grammar::parse(place.rule(), broken) {
        Ok(_) => Diagnostic::new(
            Code::NotUnderstood,
            first_line(Span::new(file, start, start + broken.len()), broken),
            format!("this is not understood {}", place.name()),
        )
        .help(match place {
            Place::Group => CRITERION_HELP.to_owned(),
            Place::Literal => LITERAL_HELP.to_owned(),
            _ => format!("here a line starts with {}", list(place.starts())),
        }),
        Err(error) => {
            let at = match error.location {
                InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
            };
            let expected = match error.variant {
                ErrorVariant::ParsingError { positives, .. } => positives,
                ErrorVariant::CustomError { .. } => Vec::new(),
            };
            describe(file, start, broken, at, &expected, place)
        }
    }
}

/// The word that a rule of the grammar stands for, if it is a word of the language.
pub(super) fn keyword(rule: Rule) -> Option<String> {
    format!("{rule:?}").strip_prefix("k_").map(|words| words.replace('_', " "))
}

/// Whether a word is one of the language's, or the end of a phrase of it.
pub(super) fn is_word(word: &str) -> bool {
    all_keywords().iter().any(|phrase| phrase.rsplit(' ').next() == Some(word))
}

/// The name that a broken program, contact or definition declares.
pub(super) fn declared_name(broken: &str) -> Option<String> {
    let mut words = broken.split_whitespace();
    words.next().filter(|word| ["program", "contact", "define", "parameter", "score"].contains(word))?;
    words.next().map(characters::plain)
}

impl Place {
    fn rule(self) -> Rule {
        match self {
            Self::File => Rule::alone_item,
            Self::Program => Rule::alone_program_line,
            Self::Benefit => Rule::alone_benefit_line,
            Self::Contact => Rule::alone_contact_line,
            Self::Route => Rule::alone_route_line,
            Self::Group => Rule::alone_group_line,
            Self::Parameter => Rule::alone_parameter_line,
            Self::Score => Rule::alone_score_line,
            Self::Literal => Rule::alone_literal,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::File => "at the outermost level of a rule file",
            Self::Program => "as a line of a program",
            Self::Benefit => "as a line of a benefit",
            Self::Contact => "as a line of a contact",
            Self::Route => "as a line of the route",
            Self::Group => "as a criterion",
            Self::Parameter => "as a line of a parameter",
            Self::Score => "as a line of a score",
            Self::Literal => "here",
        }
    }

    /// The words a line can start with; a criterion starts with too many to list.
    fn starts(self) -> &'static [&'static str] {
        match self {
            Self::File => &[
                "state",
                "define",
                "program",
                "contact",
                "route",
                "parameter",
                "score",
                "always",
                "never",
                "intended gap",
                "intended overlap",
                "poverty year",
                "check sources",
            ],
            Self::Program => &[
                "offers",
                "coordinator",
                "financing",
                "cost",
                "audience",
                "source",
                "contact",
                "asked as",
                "note",
                "step",
                "document",
                "since",
                "until",
                "poverty year",
                "benefit",
                "eligible when",
                "receiving when",
                "defers to",
                "excluded by",
                "mandatory into",
                "supplements",
                "within",
                "escalates to",
                "apply first to",
                "payer of last resort",
                "renews",
                "enrolled implies",
                "enrolled usually",
            ],
            Self::Benefit => &["offers", "financing", "cost", "eligible when"],
            Self::Contact => &["phone", "hours", "url", "source", "confirm first"],
            Self::Route => &["lead first of", "alongside", "otherwise"],
            Self::Group => &[
                "all of",
                "any of",
                "none of",
                "at least",
                "not",
                "unless",
                "age",
                "enrolled in",
                "applied for",
            ],
            Self::Parameter => &["from", "check every"],
            Self::Score => &["add", "subtract"],
            Self::Literal => &["enrolled in"],
        }
    }
}

/// From where the grammar stopped and what it could have gone on with, to a sentence.
fn describe(
    file: FileId,
    base: usize,
    broken: &str,
    at: usize,
    expected: &[Rule],
    place: Place,
) -> Diagnostic {
    let rest = &broken[at..];
    let skipped = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let at = at + skipped;
    let word = word_at(broken, at);
    let before = word_before(broken, at);
    let span = Span::new(file, base + at, base + at + word.len().max(usize::from(at < broken.len())));
    let words: Vec<String> = expected.iter().filter_map(|rule| keyword(*rule)).collect();
    if let Some(found) = vague::find(file, base, broken, at, place) {
        return found;
    }

    // A line that starts with no known word.
    if before.is_empty() {
        let found = Diagnostic::new(
            Code::NotUnderstood,
            span,
            format!("`{}` is not understood {}", shown(word), place.name()),
        );
        // A start may be four words long: the longest that is nearly one is meant.
        let near = [4, 3, 2, 1].into_iter().find_map(|count| {
            let written = first_words(broken, at, count);
            let near = nearest(&written, place.starts().iter().copied())?;
            // `some of` is as near to `none of` as to `one of`; a first letter says more.
            (near != written && near.chars().next() == written.to_lowercase().chars().next()).then_some(near)
        });
        let small = word.to_lowercase();
        return match near {
            Some(near) => found.help(format!("did you mean `{near}`?")),
            None if small != word && word.is_ascii() && place == Place::Group => {
                found.help(format!("names and words have small letters: `{small}`"))
            }
            None if place == Place::Group => found.help(CRITERION_HELP),
            None if place == Place::Literal => found.help(LITERAL_HELP),
            None => found.help(format!("here a line starts with {}", list(place.starts()))),
        };
    }
    // `al of`, `eligable when`: the word before was taken for a name, and only with this one is it wrong.
    let pair = format!("{before} {word}");
    let phrases = all_keywords();
    // What begins an item is not meant within one.
    let begins = |phrase: &str| place == Place::File || !phrase.starts_with("intended ");
    let long = |phrase: &&str| phrase.contains(' ') && begins(phrase);
    let misspelled = nearest(&pair, phrases.iter().map(String::as_str).filter(long));
    let first_letter = pair.chars().next();
    let misspelled = misspelled.filter(|phrase| phrase.chars().next() == first_letter);
    if let Some(phrase) = misspelled.filter(|phrase| *phrase != pair && !word.is_empty()) {
        let from = at - distance_back(broken, at, before);
        let span = Span::new(file, base + from, base + at + word.len());
        return Diagnostic::new(Code::NotUnderstood, span, format!("`{pair}` is not understood here"))
            .help(format!("did you mean `{phrase}`?"));
    }
    if word.is_empty() || word.starts_with(['\n', '\r', '#']) {
        let end = Span::new(file, base + at - distance_back(broken, at, before), base + at);
        let end = Span { end: end.start + before.len() as u32, ..end };
        return Diagnostic::new(Code::NotUnderstood, end, format!("something is missing after `{before}`"))
            .help(follows(expected));
    }
    let rest_of_line = broken[at..].lines().next().unwrap_or_default();
    if word == "\"" && rest_of_line.matches('"').count() == 1 {
        let line = broken[at..].lines().next().unwrap_or_default().trim_end();
        let span = Span::new(file, base + at, base + at + line.len());
        return Diagnostic::new(Code::Unclosed, span, "this text has no closing quotation mark")
            .help("end it with `\"` on the same line");
    }
    // `any diagnosis of`, `tier at leest`: the phrase that is nearly one starts here.
    for count in [4, 3, 2] {
        let written = first_words(broken, at, count);
        let near = nearest(&written, phrases.iter().map(String::as_str).filter(long));
        if let Some(near) = near.filter(|near| *near != written && near.split(' ').count() == count) {
            let span = Span::new(file, base + at, base + at + written.len());
            return Diagnostic::new(Code::NotUnderstood, span, format!("`{written}` is not understood here"))
                .help(format!("did you mean `{near}`?"));
        }
    }
    let quoted = text_at(broken, at);
    let (word, span) = match quoted {
        Some(text) => (text, Span { end: span.start + text.len() as u32, ..span }),
        None => (word, span),
    };
    let found = Diagnostic::new(
        Code::NotUnderstood,
        span,
        format!("`{}` is not understood after `{}`", shown(word), shown(before)),
    );
    if word.starts_with(['“', '”', '„', '‟', '«', '»', '‘', '’']) {
        return found.help("write straight quotation marks: `\"`");
    }
    if NUMBER_WORDS.contains(&before) {
        return found.help("write numbers in digits, such as `21`");
    }
    let small = word.to_lowercase();
    if small != word && quoted.is_none() && word.is_ascii() && !expected.contains(&Rule::state_code) {
        return found.help(format!("names and words have small letters: `{small}`"));
    }
    if let Some(letter) = word.chars().find(|letter| letter.is_alphabetic() && !letter.is_ascii()) {
        return found.help(format!(
            "names have small letters from a to z, without accents; `{letter}` is none of them"
        ));
    }
    if word.starts_with(|c: char| c.is_ascii_digit())
        && [Rule::whole, Rule::decimal, Rule::quantity].iter().any(|rule| expected.contains(rule))
    {
        return found.help("write whole numbers in digits, such as `2` or `30,000`");
    }
    match nearest(word, words.iter().map(String::as_str)) {
        Some(near) if near != word => found.help(format!("did you mean `{near}`?")),
        _ => found.help(follows(expected)),
    }
}

/// Numbers as people say them.
pub(crate) const NUMBER_WORDS: [&str; 21] = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
];

const CRITERION_HELP: &str =
    "a criterion reads like `age under 21`, `medicaid`, `not medicaid` or `any of { … }`";

const LITERAL_HELP: &str = "write a yes/no fact, or what a fact is: `coverage is medicaid`, `enrolled in passe`, `needs include food`";

/// What can follow, in the language's words.
fn follows(expected: &[Rule]) -> String {
    if expected.contains(&Rule::conclusion) {
        return LITERAL_HELP.into();
    }
    let mut choices: Vec<String> = Vec::new();
    for rule in expected {
        let choice = match (keyword(*rule), rule) {
            (Some(words), _) => format!("`{words}`"),
            (None, Rule::name | Rule::name_list | Rule::payment | Rule::literal_fact) => "a name".into(),
            (None, Rule::literal_enrolled) => "`enrolled in`".into(),
            (None, Rule::text | Rule::text_list) => "a text in quotation marks".into(),
            (None, Rule::whole | Rule::decimal | Rule::age_value | Rule::quantity) => "a number".into(),
            (None, Rule::date) => "a date such as 2026-06-30".into(),
            (None, Rule::state_code) => "a state's two capital letters".into(),
            (None, Rule::open) => "`{`".into(),
            (None, Rule::close) => "`}`".into(),
            (None, Rule::comma) => "a comma".into(),
            (None, Rule::colon) => "a colon".into(),
            (None, Rule::equals) => "`=`".into(),
            (None, Rule::percent) => "`%`".into(),
            (None, Rule::poverty_share) => "a share such as `200% of poverty`".into(),
            (None, Rule::EOI) => "the end of the line".into(),
            (None, Rule::age) => "an age".into(),
            (
                None,
                Rule::criterion | Rule::conjunction | Rule::negation | Rule::criterion_line | Rule::group,
            ) => "a criterion such as `age under 21`".into(),
            _ => continue,
        };
        if !choices.contains(&choice) {
            choices.push(choice);
        }
    }
    // What ends a line says least; it stands last.
    choices.sort_by_key(|choice| match choice.as_str() {
        "a number" => 0,
        "the end of the line" => 3,
        choice if choice.starts_with("a share") => 2,
        _ => 1,
    });
    choices.truncate(6);
    match choices.as_slice() {
        [] => CRITERION_HELP.into(),
        [one] => format!("here comes {one}"),
        [most @ .., last] => format!("here comes {} or {last}", most.join(", ")),
    }
}

fn all_keywords() -> Vec<String> {
    Rule::all_rules().iter().filter_map(|rule| keyword(*rule)).collect()
}

/// A group whose criteria stand on the line that opens it.
fn group_on_one_line(file: FileId, base: usize, broken: &str) -> Option<Diagnostic> {
    let at = broken.match_indices('{').map(|(at, _)| at).find(|at| {
        let rest = broken[at + 1..].lines().next().unwrap_or_default().trim_start();
        !rest.is_empty() && !rest.starts_with('#')
    })?;
    let line = broken[at..].lines().next().unwrap_or_default().trim_end();
    let span = Span::new(file, base + at, base + at + line.len());
    Some(
        Diagnostic::new(Code::NotUnderstood, span, "what stands in a group has a line of its own")
            .help("end the line after `{`, write one thing a line, and `}` on a line of its own"),
    )
}

/// A brace or a parenthesis that nothing closes, or that closes nothing. Indentation tells which brace its author
/// forgot.
fn unbalanced(file: FileId, base: usize, broken: &str) -> Option<Diagnostic> {
    let mut open: Vec<Opener> = Vec::new();
    let mut suspect = None;
    let (mut in_text, mut in_comment) = (None, false);
    let (mut line_start, mut indent) = (0, indent_of(broken));
    for (at, byte) in broken.bytes().enumerate() {
        match byte {
            b'\n' => {
                if let Some(quote) = in_text {
                    let span = Span::new(file, base + quote, base + at);
                    return Some(
                        Diagnostic::new(Code::Unclosed, span, "this text has no closing quotation mark")
                            .help("end it with `\"` on the same line"),
                    );
                }
                (in_comment, line_start) = (false, at + 1);
                indent = indent_of(&broken[line_start..]);
            }
            b'"' if !in_comment => in_text = if in_text.is_some() { None } else { Some(at) },
            b'#' if in_text.is_none() => in_comment = true,
            _ if in_text.is_some() || in_comment => {}
            b'{' | b'(' => open.push(Opener { at, byte, line: line_start + indent, indent }),
            b'}' | b')' => {
                let opener = if byte == b'}' { b'{' } else { b'(' };
                match open.pop() {
                    Some(found) if found.byte == opener => {
                        let alone = byte == b'}' && at == line_start + indent;
                        if alone && found.indent != indent {
                            suspect = suspect.or(Some(found));
                        }
                    }
                    Some(found) if found.byte == b'(' => return Some(unclosed(file, base, &found)),
                    _ => {
                        let span = Span::new(file, base + at, base + at + 1);
                        let message = format!("this `{}` closes nothing", char::from(byte));
                        let help = format!("take it out, or write the `{}` that it ends", char::from(opener));
                        return Some(Diagnostic::new(Code::Unclosed, span, message).help(help));
                    }
                }
            }
            _ => {}
        }
    }
    let last = open.pop()?;
    Some(unclosed(file, base, suspect.as_ref().filter(|_| last.byte == b'{').unwrap_or(&last)))
}

/// A brace or a parenthesis that opens, with the line it stands on.
struct Opener {
    at: usize,
    byte: u8,
    line: usize,
    indent: usize,
}

fn unclosed(file: FileId, base: usize, opener: &Opener) -> Diagnostic {
    let (from, help) = if opener.byte == b'{' {
        (opener.line, "write `}` on a line of its own where the group ends")
    } else {
        (opener.at, "write `)` where it ends")
    };
    let span = Span::new(file, base + from, base + opener.at + 1);
    let message = format!("this `{}` is never closed", char::from(opener.byte));
    Diagnostic::new(Code::Unclosed, span, message).help(help)
}

/// How many blanks a text starts with.
fn indent_of(text: &str) -> usize {
    text.bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
}

fn word_at(text: &str, at: usize) -> &str {
    let rest = &text[at..];
    let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-' || c == '.'));
    match end {
        Some(0) => &rest[..rest.chars().next().map_or(0, char::len_utf8)],
        Some(end) => &rest[..end],
        None => rest,
    }
}

/// The text in quotation marks that starts at a place.
fn text_at(text: &str, at: usize) -> Option<&str> {
    let inside = text[at..].strip_prefix('"')?;
    let end = inside.lines().next().unwrap_or_default().find('"')?;
    Some(&text[at..at + end + 2])
}

fn word_before(text: &str, at: usize) -> &str {
    let line = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let head = text[line..at].trim_end();
    if let Some(inside) = head.strip_suffix('"') {
        return &head[inside.rfind('"').unwrap_or(0)..];
    }
    let start = head.rfind(|c: char| !(c.is_alphanumeric() || c == '_'));
    match start {
        Some(start) if start + 1 == head.len() => &head[start..],
        Some(start) => &head[start + 1..],
        None => head,
    }
}

fn distance_back(text: &str, at: usize, before: &str) -> usize {
    text[..at].rfind(before).map_or(0, |start| at - start)
}

fn first_words(text: &str, at: usize, count: usize) -> String {
    let line = text[at..].lines().next().unwrap_or_default();
    line.split_whitespace().take(count).collect::<Vec<_>>().join(" ")
}

/// A word for a message: a very long one is cut.
fn shown(word: &str) -> String {
    if word.chars().count() > 40 {
        word.chars().take(40).chain("…".chars()).collect()
    } else {
        word.to_owned()
    }
}

fn list(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// The first line of a broken text.
pub(super) fn first_line(span: Span, broken: &str) -> Span {
    Span { end: span.start + broken.lines().next().unwrap_or_default().len() as u32, ..span }
}
