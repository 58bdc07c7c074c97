//! What is said of a code that is not in the list, and which codes could have been meant.

use super::{Packed, Standing, Table};
use crate::diagnostic::{Code as Kind, Diagnostic};
use crate::source::Span;
use crate::value::{Code, CodeEntry};
use crate::vocabulary::WrittenCode;
use std::cmp::Reverse;

/// So many codes that could have been meant are named.
const MOST_MEANT: usize = 3;

/// What is wrong with a code of a list or a scenario, by the release that the program carries; nothing if it is one.
#[must_use]
pub fn mistake(written: &WrittenCode) -> Option<Diagnostic> {
    let table = Table::carried();
    let (code, end) = match &written.codes {
        CodeEntry::Below(code) => (code, ""),
        CodeEntry::Categories(from, to) if table.standing(from) == Standing::Stands => {
            (to, ", where this range ends,")
        }
        CodeEntry::Categories(from, _) => (from, ", where this range begins,"),
    };
    match table.standing(code) {
        Standing::Stands => None,
        Standing::Retired => Some(retired(table, code, end, written.span)),
        Standing::Unknown if end.is_empty() => {
            let meant = meant(table, code, &written.name);
            Some(unknown(table, code, end, written.span, &meant))
        }
        Standing::Unknown => {
            let meant: Vec<Code> = meant(table, code, "").into_iter().filter(Code::is_category).collect();
            Some(unknown(table, code, end, written.span, &meant))
        }
    }
}

fn retired(table: &Table, code: &Code, end: &str, span: Span) -> Diagnostic {
    let (release, before) = (table.release(), table.before());
    let title = table.title(code).unwrap_or_default();
    let message = format!(
        "`{code}`{end} is retired: ICD-10-CM of {before} had it ({title}), that of {release} does not"
    );
    let stem = stem(table, code);
    let help = match stem
        .map(|stem| (table.title(&stem).unwrap_or_default().to_owned(), children(table, &stem), stem))
    {
        None => "take it out, or name the condition by a code that there is".to_owned(),
        Some((title, below, stem)) if below.is_empty() => {
            format!("`{stem}` ({title}) is still there, without codes below it: write that, or take it out")
        }
        Some((title, below, stem)) => {
            let below: Vec<String> = below.iter().map(|code| format!("`{code}`")).collect();
            let shown = below[..below.len().min(8)].join(", ");
            let more = if below.len() > 8 { " and more" } else { "" };
            format!(
                "`{stem}` ({title}) is still there, with {shown}{more} below it now: write one of these, or take it out"
            )
        }
    };
    Diagnostic::new(Kind::RetiredCode, span, message).help(help)
}

fn unknown(table: &Table, code: &Code, end: &str, span: Span, meant: &[Code]) -> Diagnostic {
    let release = table.release();
    let message = format!("`{code}`{end} is no code of ICD-10-CM, {release}");
    let meant: Vec<String> = meant
        .iter()
        .take(MOST_MEANT)
        .map(|code| format!("`{code}` ({})", table.title(code).unwrap_or_default()))
        .collect();
    let help = match meant.split_last() {
        None => "look it up in ICD-10-CM; a category such as `E84` covers all codes below it".to_owned(),
        Some((only, [])) => format!("did you mean {only}?"),
        Some((last, others)) => format!("did you mean {} or {last}?", others.join(", ")),
    };
    Diagnostic::new(Kind::UnknownCode, span, message).help(help)
}

/// The longest beginning of a code that the release has.
fn stem(table: &Table, code: &Code) -> Option<Code> {
    let text = code.as_str();
    (3..text.len())
        .rev()
        .find(|length| table.has(&text[..*length]))
        .and_then(|length| Code::parse(&text[..length]))
}

/// The codes right below another.
fn children(table: &Table, code: &Code) -> Vec<Code> {
    let length = |packed: &Packed| packed.iter().filter(|byte| **byte > 0).count();
    let below: Vec<&Packed> =
        table.below(code).filter(|packed| length(packed) > code.as_str().len()).collect();
    let Some(nearest) = below.iter().map(|packed| length(packed)).min() else { return Vec::new() };
    let right_below = below.into_iter().filter(|packed| length(packed) == nearest);
    right_below.filter_map(|packed| Code::parse(std::str::from_utf8(&packed[..nearest]).ok()?)).collect()
}

/// The codes that could have been meant: those that one slip away from it and those beside it, first the ones whose
/// titles have words of the condition's name.
fn meant(table: &Table, code: &Code, name: &str) -> Vec<Code> {
    let slips = slips(code.as_str()).into_iter().filter(|slip| table.has(slip));
    let slips: Vec<Code> = slips.filter_map(|slip| Code::parse(&slip)).collect();
    let stem = stem(table, code);
    let beside = stem.iter().flat_map(|stem| children(table, stem));
    let name = words(name);
    let mut found = Vec::new();
    for candidate in slips.iter().cloned().chain(stem.clone()).chain(beside) {
        let title = words(table.title(&candidate).unwrap_or_default());
        let said = name.iter().filter(|word| title.contains(word)).count();
        let pairs = || candidate.as_str().bytes().zip(code.as_str().bytes());
        let same = pairs().take_while(|(one, other)| one == other).count();
        let apart = pairs().nth(same).map_or(0, |(one, other)| one.abs_diff(other));
        found.push((Reverse(said), !slips.contains(&candidate), Reverse(same), apart, candidate));
    }
    found.sort();
    found.dedup();
    // Where the name of the condition tells, codes of other conditions would only mislead.
    let most = found.first().map_or(0, |(Reverse(said), ..)| *said);
    found.into_iter().filter(|(said, ..)| said.0 == most).map(|(.., code)| code).collect()
}

/// The words of a title that tell something.
fn words(text: &str) -> Vec<String> {
    const IDLE: [&str; 9] =
        ["other", "unspecified", "disorder", "disorders", "disease", "diseases", "condition", "with", "from"];
    let words = text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    let mut words: Vec<String> =
        words.filter(|word| word.len() > 3 && !IDLE.contains(&word.as_str())).collect();
    words.sort();
    words.dedup();
    words
}

/// All that one slip of the hand makes of a code: a character left out, another one, one more, two swapped.
fn slips(code: &str) -> Vec<String> {
    let symbols = || ('0'..='9').chain('A'..='Z');
    let mut slips = Vec::new();
    for at in 0..code.len() {
        let (before, after) = code.split_at(at);
        slips.push(format!("{before}{}", &after[1..]));
        slips.extend(symbols().map(|symbol| format!("{before}{symbol}{}", &after[1..])));
        slips.extend(symbols().map(|symbol| format!("{before}{symbol}{after}")));
        if after.len() > 1 {
            slips.push(format!("{before}{}{}{}", &after[1..2], &after[..1], &after[2..]));
        }
    }
    slips.extend(symbols().map(|symbol| format!("{code}{symbol}")));
    slips
}
