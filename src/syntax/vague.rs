//! Phrases that policy writers use and that leave something open, with the question that settles it; and other people's
//! ways to write what this language has a word for.
//!
//! Looked at only where a criterion could not be read, at the place where it could not: a name or a text may say what it
//! likes.

use super::mistake::{Place, is_word};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};
use std::ops::Range;

/// What a phrase asks of its author.
enum Asks {
    /// Whether the number above which something lies is in itself.
    Above,
    /// Whether the number below which something lies is in itself.
    Below,
    /// Whether both ends are in.
    Between,
    /// How near is near.
    Near,
    /// This question, since the phrase leaves something open.
    Open(&'static str),
    /// Nothing: this is how it is written here.
    Write(&'static str),
    /// What the bound is of.
    OfWhat,
}

const NOT_ALL: &str = "is it so for every child who is meant? Then take the word out. If an agency decides: `decided by \"WHO\": \"WHAT\"`";
const WHEN: &str = "from which day to which day does it count? Say it in a question of `facts.yaml`, and name that question here";
const HOW_LOW: &str = "how much is low? Write the source's bound: `household_income at most 30,000`, or `at most 200% of poverty`";
const WHO_SAYS: &str =
    "who says so? Name a list: `any diagnosis in LIST`. If an agency decides: `decided by \"WHO\": \"WHAT\"`";
const THE_REST: &str =
    "which others? Name them all with `any of`. If an agency decides: `decided by \"WHO\": \"WHAT\"`";
const EXCEPTION: &str = "an exception stands on a line of its own in the group: `unless foster_care`";

/// The longest phrases first.
const PHRASES: [(&str, Asks); 35] = [
    (
        "up to and including|up to|no more than|not more than|not over|not above|within|until|through to|<=|=<",
        Asks::Below,
    ),
    ("less than|lower than|fewer than|younger than|below|before|at most|<", Asks::Below),
    (
        "greater than|higher than|larger than|older than|more than|exceeding|exceeds|over|above|after|past|>",
        Asks::Above,
    ),
    ("between|from birth|birth to", Asks::Between),
    ("around|about|approximately|roughly|nearly|almost|close to", Asks::Near),
    (
        "and/or",
        Asks::Open("are both needed, or is one of them enough? Write `and` if both are, `or` if one is"),
    ),
    ("usually|mostly|generally|typically|normally|often|sometimes|primarily", Asks::Open(NOT_ALL)),
    (
        "may|might|can|could|should|as appropriate|if appropriate|when appropriate|as needed|if needed|if possible|where possible",
        Asks::Open(NOT_ALL),
    ),
    ("recently|recent|currently|current|previously|formerly|lately|soon", Asks::Open(WHEN)),
    ("low income|low-income|low", Asks::Open(HOW_LOW)),
    (
        "severe|serious|significant|complex|mild|moderate|chronic|special|certain|medically necessary",
        Asks::Open(WHO_SAYS),
    ),
    ("such as|including|or similar|similar|and others|etc", Asks::Open(THE_REST)),
    ("but not", Asks::Write("write `and not`")),
    ("unless|except for|except|excluding|other than", Asks::Write(EXCEPTION)),
    ("without|no", Asks::Write("write `not` before the name")),
    ("either", Asks::Write("take `either` out; `or` alone says that one is enough")),
    ("neither", Asks::Write("write `none of { … }`, one criterion a line")),
    ("both", Asks::Write("take `both` out; `and` alone says it")),
    ("&&|&|+|as well as|plus", Asks::Write("write `and`")),
    ("||", Asks::Write("write `or`")),
    ("!", Asks::Write("write `not`")),
    (
        "has|have|having|receives|gets|must have|must be|must|be|are",
        Asks::Write("take the word out; the name of the fact alone says it"),
    ),
    ("if|then|when|where", Asks::Write("write the criteria with `and`, `or` and `not`")),
    (
        "equal to|equals|==|=",
        Asks::Write("write `at least` and `at most`, or `is` for one of several choices"),
    ),
    ("one or more of", Asks::Write("write `any of { … }`, one criterion a line")),
    ("two or more of", Asks::Write("write `at least 2 of { … }`, one criterion a line")),
    (">=|=>|minimum|min", Asks::Write("write `at least`")),
    ("maximum|max", Asks::Write("write `at most`")),
    ("$", Asks::Write("write the number alone: `30,000` is dollars where the question asks for money")),
    ("is not", Asks::Write("write `not` before the criterion")),
    ("is yes|is true", Asks::Write("the name alone says yes")),
    ("is no|is false", Asks::Write("write `not` before the name")),
    ("and is|and has", Asks::Write("name the fact anew after `and`")),
    (",", Asks::Open("do both hold, or at least one? Write `and` or `or`")),
    ("under|through|from", Asks::OfWhat),
];

/// What a line leaves open at the place where it could not be read.
pub(super) fn find(file: FileId, base: usize, broken: &str, at: usize, place: Place) -> Option<Diagnostic> {
    let start = broken[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let line = broken[start..].lines().next().unwrap_or_default();
    let at = at - start;
    if !holds_a_criterion(line, at, place) || line[..at.min(line.len())].matches('"').count() % 2 == 1 {
        return None;
    }
    let mut words = words(line);
    if line.trim_start().starts_with("define ") {
        let name = words.iter().position(|word| word.text == "=").map_or(0, |equals| equals + 1);
        words.drain(..name);
    }
    // `eligible when`, `financing … when`: what stands before is no criterion.
    if matches!(place, Place::Program | Place::Benefit | Place::Score) {
        let when = words.iter().position(|word| word.text == "when").map_or(0, |when| when + 1);
        words.drain(..when);
    }
    // The word that was not understood, and the one before it: a phrase may have been taken for a name.
    let here = words.iter().position(|word| word.end > at)?;
    if let Some(found) = bare_number(&words, here) {
        let from = base + start + words[here].start;
        return Some(Diagnostic { span: Span::new(file, from, from + words[here].text.len()), ..found });
    }
    let (phrase, asks) = bound_before(&words, here).or_else(|| phrase_at(&words, here))?;
    let subject = words[..phrase.start].last();
    let named = subject.map_or("NAME", |word| word.text);
    let bound = Bound::read(line, &words[phrase.end..]);
    // A bound is shown with what it is a bound of, and with its numbers.
    let is_bound = matches!(asks, Asks::Above | Asks::Below | Asks::Between);
    let from = if is_bound { subject.unwrap_or(&words[phrase.start]) } else { &words[phrase.start] };
    let with_number = is_bound || matches!(asks, Asks::Near);
    let to = bound.end.filter(|_| with_number).unwrap_or(words[phrase.end - 1].end);
    let written = &line[from.start..to];
    let times = ["day", "week", "month", "year"];
    let mut behind = words[phrase.end..].iter().take(2);
    let looks_back = behind.any(|word| times.iter().any(|unit| word.text.starts_with(unit)));
    let asks = if with_number && looks_back && named != "age" { &Asks::Open(WHEN) } else { asks };
    let open = || format!("`{written}` leaves open what is meant");
    let (code, message, help) = match asks {
        Asks::Above | Asks::Below | Asks::Between => {
            (Code::Ambiguous, format!("`{written}` can be read in two ways"), bound.question(named, asks))
        }
        Asks::Near if bound.is_day() => {
            let help =
                format!("which days are meant? Write the first and the last: `{named} from … through …`");
            (Code::Ambiguous, open(), help)
        }
        Asks::Near => {
            let number = bound.first();
            let help = format!("how near is near enough? Write the bound: `{named} at most {number}`");
            (Code::Ambiguous, open(), help)
        }
        Asks::Open(question) => (Code::Ambiguous, open(), (*question).to_owned()),
        Asks::OfWhat => {
            let number = bound.first();
            let help = format!("say what is meant, such as `age {written} {number}`");
            (Code::NotUnderstood, format!("`{written} {number}` does not say of what"), help)
        }
        Asks::Write(instead) => {
            (Code::NotUnderstood, format!("`{written}` is not understood here"), (*instead).to_owned())
        }
    };
    let span = Span::new(file, base + start + from.start, base + start + to);
    Some(Diagnostic::new(code, span, message).help(help))
}

/// The phrase that lies around a place and asks something.
fn phrase_at(words: &[Word<'_>], here: usize) -> Option<(Range<usize>, &'static Asks)> {
    (here.saturating_sub(3)..=here).rev().find_map(|first| {
        let subject = first.checked_sub(1).map(|before| words[before].text);
        PHRASES.iter().find_map(|(phrases, asks)| {
            let count = phrases_at(phrases, &words[first..])?;
            let fits = match asks {
                // What leads was taken for a name; nothing else is wrong before the place.
                Asks::Open(_) | Asks::Write(_) | Asks::Near => first + count + 1 > here,
                Asks::OfWhat => {
                    first + count == here && subject.is_none_or(|word| ["and", "or", "not"].contains(&word))
                }
                _ => first + count > here && subject.is_some(),
            };
            fits.then_some((first..first + count, asks))
        })
    })
}

/// A bound that only the number behind it shows to be one: `from 3 to 5`, `to 21`, `until 36`, and the last day that
/// `by` and `through` speak of.
fn bound_before(words: &[Word<'_>], here: usize) -> Option<(Range<usize>, &'static Asks)> {
    let is = |at: usize, text: &str| words.get(at).is_some_and(|word| word.text == text);
    let number = |at: usize| words.get(at).is_some_and(Word::is_number);
    if is(here, "to") {
        let from = (here.saturating_sub(3)..here).find(|from| is(*from, "from") && number(from + 1));
        let below = number(here + 1).then_some((here..here + 1, &Asks::Below));
        return from.map(|from| (from..from + 1, &Asks::Between)).or(below);
    }
    let phrase = if is(here, "by") { here } else { here.checked_sub(1)? };
    let day = words.get(phrase + 1).is_some_and(Word::is_day);
    let fits =
        is(phrase, "until") && number(phrase + 1) || (is(phrase, "by") || is(phrase, "through")) && day;
    // Without a name before it, it is not said of what.
    (fits && phrase > 0).then_some((phrase..phrase + 1, &Asks::Below))
}

/// The numbers or days behind a phrase, with their units as written.
struct Bound<'l> {
    values: Vec<&'l str>,
    /// Where in the line the last of them ends.
    end: Option<usize>,
}

impl<'l> Bound<'l> {
    fn read(line: &'l str, words: &[Word<'l>]) -> Self {
        let (mut values, mut end, mut at) = (Vec::new(), None, 0);
        while let Some(number) = words.get(at).filter(|word| word.is_number() && values.len() < 2) {
            let unit =
                words.get(at + 1).filter(|word| ["month", "months", "year", "years"].contains(&word.text));
            let last = unit.unwrap_or(number).end;
            values.push(&line[number.start..last]);
            end = Some(last);
            at += if unit.is_some() { 2 } else { 1 };
            if !words.get(at).is_some_and(|word| ["and", "to", "through"].contains(&word.text)) {
                break;
            }
            at += 1;
        }
        Self { values, end }
    }

    fn first(&self) -> &'l str {
        self.values.first().copied().unwrap_or("…")
    }

    fn is_day(&self) -> bool {
        self.values.first().is_some_and(|value| is_day(value))
    }

    /// What settles a bound that can be read in two ways.
    fn question(&self, of: &str, asks: &Asks) -> String {
        let value = self.first();
        match (asks, self.values.get(1)) {
            (Asks::Between, _) if self.values.is_empty() && of == "age" => {
                "write `age from 3 through 5`, which has both ages in; from birth is `age through 5`"
                    .to_owned()
            }
            (Asks::Between, None) => {
                format!("between {value} and what? `{of} from {value} through …` has both in")
            }
            (Asks::Between, Some(last)) if of == "age" => format!(
                "does a child who has turned {last} still qualify? `age from {value} through {last}` has both ages in"
            ),
            (Asks::Between, Some(last)) => {
                format!("is {last} itself in? `{of} from {value} through {last}` has both in")
            }
            (Asks::Above, _) if of == "age" => format!(
                "does a child who is {value} qualify? Write `age at least {value}` if so, `age at least {}` if not",
                one_more(value)
            ),
            (_, _) if of == "age" => format!(
                "does a child who has turned {value} still qualify? Write `age under {value}` if not, `age through {value}` if so"
            ),
            (Asks::Above, _) if self.is_day() => format!(
                "is {value} itself in? Write `{of} on or after {value}` if so, `{of} after {value}` if not"
            ),
            (_, _) if self.is_day() => format!(
                "is {value} itself in? Write `{of} on or before {value}` if so, `{of} before {value}` if not"
            ),
            (Asks::Above, _) => format!(
                "is {value} itself in? Write `{of} at least {value}` if so, `{of} more than {value}` if not"
            ),
            _ => format!(
                "is {value} itself in? Write `{of} at most {value}` if so, `{of} under {value}` if not"
            ),
        }
    }
}

/// The age after one, in its unit: `4 months` after `3 months`.
fn one_more(age: &str) -> String {
    let digits = age.find(|c: char| !c.is_ascii_digit()).unwrap_or(age.len());
    let (number, unit) = age.split_at(digits);
    number.parse::<u32>().map_or("…".to_owned(), |number| format!("{}{unit}", number + 1))
}

/// Whether a word is written like a day: 2026-06-30.
fn is_day(word: &str) -> bool {
    let parts: Vec<&str> = word.split('-').collect();
    parts.len() == 3 && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|c| c.is_ascii_digit()))
}

/// A number that stands right behind what it is a bound of; the place is left to whoever asks.
fn bare_number(words: &[Word<'_>], here: usize) -> Option<Diagnostic> {
    let (number, subject) = (words[here].text, words[here.checked_sub(1)?].text);
    if !words[here].is_number() || !subject.starts_with(|c: char| c.is_ascii_lowercase()) {
        return None;
    }
    let age = subject == "age";
    let behind = |at: usize| words.get(here + at).map_or("", |word| word.text);
    let joined = ["or", "and"].contains(&behind(1));
    let wrong = |code: Code, help: String| {
        let message = format!("`{number}` alone leaves open which numbers are meant");
        Some(Diagnostic::new(code, Span::new(FileId(0), 0, 0), message).help(help))
    };
    let at_most = if age { "through" } else { "at most" };
    if joined && ["more", "older", "above", "over", "up", "higher", "greater"].contains(&behind(2)) {
        return wrong(Code::NotUnderstood, format!("write `{subject} at least {number}`"));
    }
    if joined && ["less", "younger", "below", "under", "lower", "fewer"].contains(&behind(2)) {
        let help = format!(
            "is {number} itself still in? Write `{subject} {at_most} {number}` if so, `{subject} under {number}` if not"
        );
        return wrong(Code::Ambiguous, help);
    }
    if age && ["to", "through", "-", "and"].contains(&behind(1)) {
        let last = behind(2);
        let help = format!(
            "does a child who has turned {last} still qualify? Then write `age from {number} through {last}`, which has both ages in"
        );
        return wrong(Code::Ambiguous, help);
    }
    if !age && (!behind(1).is_empty() || is_word(subject)) {
        return None;
    }
    let help = format!(
        "write a bound: `{subject} at least {number}`, `{subject} under {number}` or `{subject} {at_most} {number}`"
    );
    wrong(Code::NotUnderstood, help)
}

/// Whether the place lies where a line has a criterion.
fn holds_a_criterion(line: &str, at: usize, place: Place) -> bool {
    let before = line[..at.min(line.len())].trim_start();
    match place {
        Place::Group => true,
        Place::File => {
            let says = ["always", "never", "intended gap when"].iter().any(|start| before.starts_with(start));
            says || before.starts_with("define ") && before.contains('=')
                || before.starts_with(|c: char| c.is_whitespace())
        }
        Place::Score => before.contains(" when "),
        Place::Program | Place::Benefit => {
            ["eligible when", "receiving when", "financing"].iter().any(|start| before.starts_with(start))
        }
        _ => false,
    }
}

struct Word<'l> {
    text: &'l str,
    start: usize,
    end: usize,
}

impl Word<'_> {
    fn is_number(&self) -> bool {
        self.text.starts_with(|c: char| c.is_ascii_digit())
    }

    fn is_day(&self) -> bool {
        is_day(self.text)
    }
}

/// The words of a line with their places: runs of letters, digits and what stands inside of numbers and names, and each
/// other sign by itself. Comments and texts are left aside.
fn words(line: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut quoted = false;
    let kind = |c: char| match c {
        c if c.is_alphanumeric() || "_-/.".contains(c) => 1,
        '<' | '>' | '=' | '&' | '|' => 2,
        _ => 0,
    };
    let mut before = 0;
    for (at, letter) in line.char_indices() {
        if letter == '#' && !quoted {
            break;
        }
        quoted ^= letter == '"';
        let end = at + letter.len_utf8();
        let own = if quoted || letter == '"' || letter.is_whitespace() { -1 } else { kind(letter) };
        // A comma within a number belongs to it.
        let in_number = letter == ',' && before == 1 && line[end..].starts_with(|c: char| c.is_ascii_digit());
        let own = if in_number { 1 } else { own };
        match words.last_mut() {
            Some(last) if own > 0 && own == before && last.end == at => {
                last.end = end;
                last.text = &line[last.start..end];
            }
            _ if own >= 0 => words.push(Word { text: &line[at..end], start: at, end }),
            _ => {}
        }
        before = own;
    }
    words
}

/// How many words the first of some phrases has that the words start with; nothing if they start with none.
fn phrases_at(phrases: &str, words: &[Word<'_>]) -> Option<usize> {
    let each = if phrases == "||" { vec!["||"] } else { phrases.split('|').collect() };
    each.into_iter().find_map(|phrase| {
        let parts: Vec<&str> = phrase.split(' ').collect();
        let same = parts.len() <= words.len()
            && parts.iter().zip(words).all(|(part, word)| {
                word.text.eq_ignore_ascii_case(part) || *part == "etc" && word.text == "etc."
            });
        same.then_some(parts.len())
    })
}
