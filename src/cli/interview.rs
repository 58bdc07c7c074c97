//! Questions on the terminal, one at a time: a number or a word, `?` for *I'm not sure*, `<` to go back.

use super::screen::{raw, refused, word};
use super::{Failure, say};
use carepath::child::Raw;
use carepath::screen::{ChoiceResult, ChoiceValue, Detail, Question, Remaining, Screener};
use carepath::value::{By, Date, Figure, Lang};
use std::io::BufRead as _;

const UNKNOWN: &str = "unknown";
const NOT_APPLICABLE: &str = "not_applicable";
const MONTHS: &str = "months";
/// A longer list is told by its names alone.
const LONG_LIST: usize = 20;
/// So many letters of names stand on a line.
const WIDEST_LINE: usize = 96;

/// What was said so far: a fact and its answer each.
type Said = Vec<(String, Raw)>;

/// Asks until nothing that can be answered would change anything shown. An end of input ends the questions.
pub(super) fn interview(screener: &Screener, as_of: Date, lang: Lang, by: By) -> Result<Raw, Failure> {
    let replies = std::io::stdin().lock().lines().map_while(Result::ok);
    converse(screener, as_of, lang, replies, &mut |text: &str| say(&by.said(text)))
}

fn converse(
    screener: &Screener,
    as_of: Date,
    lang: Lang,
    mut replies: impl Iterator<Item = String>,
    tell: &mut impl FnMut(&str),
) -> Result<Raw, Failure> {
    let screen = |said: &Said| screener.screen(&Raw::Map(said.clone()), as_of, lang, Detail::Family);
    // Every stand of the answers, so that going back loses what was said last and nothing else.
    let mut past: Vec<Said> = Vec::new();
    let mut said = Said::new();
    tell(word(
        lang,
        "Answer with a number or a word. ? means \"I'm not sure\", < goes back, an empty line repeats the question.",
        "Responda con un número o una palabra. ? significa «no sé», < vuelve atrás, una línea vacía repite la pregunta.",
    ));
    loop {
        let result = screen(&said).map_err(refused)?;
        let Some(question) = result.next else { return Ok(Raw::Map(said)) };
        let before = said.iter().find(|(fact, _)| *fact == question.fact).map(|(_, answer)| answer);
        ask(&question, result.remaining, before, lang, tell);
        let Some(reply) = replies.next() else { return Ok(Raw::Map(said)) };
        match reply.trim() {
            "" => {}
            "<" => said = past.pop().unwrap_or_default(),
            reply => {
                let answer = refined(before, value(&question, reply), &question);
                let mut now: Said = said.iter().filter(|(fact, _)| *fact != question.fact).cloned().collect();
                now.push((question.fact.clone(), answer));
                // A reply that cannot be read is said so, and the question put again.
                match screen(&now) {
                    Err(refusal) => tell(&refusal.to_string()),
                    Ok(_) => past.push(std::mem::replace(&mut said, now)),
                }
            }
        }
    }
}

/// How many questions are left, in words.
pub(super) fn left(remaining: Remaining, lang: Lang) -> String {
    let most = remaining.at_most.max(1);
    let least = remaining.at_least.clamp(1, most);
    match (lang, least == most) {
        (Lang::En, true) if most == 1 => "1 question left".into(),
        (Lang::En, true) => format!("{most} questions left"),
        (Lang::En, false) => format!("about {least} to {most} questions left"),
        (Lang::Es, true) if most == 1 => "queda 1 pregunta".into(),
        (Lang::Es, true) => format!("quedan {most} preguntas"),
        (Lang::Es, false) => format!("quedan de {least} a {most} preguntas, más o menos"),
    }
}

fn ask(
    question: &Question,
    remaining: Remaining,
    before: Option<&Raw>,
    lang: Lang,
    tell: &mut impl FnMut(&str),
) {
    tell(&format!("\n({})\n{}", left(remaining, lang), question.question));
    if let Some(help) = &question.help {
        tell(&format!("  {help}"));
    }
    match (question.kind, before) {
        ("yes_no", _) => tell(word(lang, "  yes / no / ?", "  sí / no / ?")),
        ("month", _) => tell(word(lang, "  year and month, like 2012-03", "  año y mes, como 2012-03")),
        ("date", _) => {
            tell(word(lang, "  year, month and day, like 2012-03-04", "  año, mes y día, como 2012-03-04"))
        }
        ("number", before) if is_written(question) => {
            if let (Some(min), Some(max)) = (question.min, question.max) {
                let (sign, time) = match question.unit {
                    Some("dollars") => ("$", ""),
                    Some("dollars_a_month") => ("$", word(lang, " a month", " al mes")),
                    _ => ("", ""),
                };
                let [min, max] = [min, max].map(grouped);
                let [a, un] = if question.decimals == 0 {
                    ["a whole number", "un número entero"]
                } else {
                    ["a number like 1.5,", "un número como 1.5,"]
                };
                match lang {
                    Lang::En => tell(&format!("  {a} from {sign}{min} to {sign}{max}{time}")),
                    Lang::Es => tell(&format!("  {un} de {sign}{min} a {sign}{max}{time}")),
                }
            }
            if before.is_some() {
                tell(word(lang, "  ? keeps the range that you gave", "  ? deja el rango que usted dio"));
            }
        }
        ("set", Some(_)) => tell(word(
            lang,
            "  what you said of the others stays; now these",
            "  lo que dijo de los demás queda; ahora estos",
        )),
        _ => {}
    }
    if question.unit == Some(MONTHS) {
        return;
    }
    if question.kind == "choice" && question.choices.len() > LONG_LIST {
        return tell_many(question, lang, tell);
    }
    for (number, choice) in question.choices.iter().enumerate() {
        match is_written(question) {
            true => tell(&format!("  -  {}", choice.label)),
            false => tell(&format!("  {}. {}", number + 1, choice.label)),
        }
    }
    if question.kind == "set" || question.kind == "codes" {
        tell(word(
            lang,
            "  numbers with blanks between them; 0 for none; a ? behind them if you are not sure of the others",
            "  números separados por espacios; 0 para ninguno; un ? al final si no sabe de los demás",
        ));
    }
}

/// Places and the like: by name, several a line.
fn tell_many(question: &Question, lang: Lang, tell: &mut impl FnMut(&str)) {
    tell(word(lang, "  one of these names:", "  uno de estos nombres:"));
    let mut line = String::new();
    for choice in &question.choices {
        if line.chars().count() + choice.label.chars().count() > WIDEST_LINE {
            tell(&format!("  {line}"));
            line.clear();
        }
        line.push_str(if line.is_empty() { "" } else { ", " });
        line.push_str(&choice.label);
    }
    tell(&format!("  {line}"));
}

/// A number that is written, not chosen: all that can be chosen beside it is that it does not apply.
fn is_written(question: &Question) -> bool {
    let chosen = |choice: &ChoiceResult| choice.id != NOT_APPLICABLE && question.unit != Some(MONTHS);
    question.kind == "number" && !question.choices.iter().any(chosen)
}

/// A number with commas between its thousands.
fn grouped(number: Figure) -> String {
    let text = number.to_string();
    let (whole, part) =
        text.split_once('.').map_or((text.as_str(), None), |(whole, part)| (whole, Some(part)));
    let digits = whole.trim_start_matches('-');
    let mut out = if text.starts_with('-') { "-".to_owned() } else { String::new() };
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    part.map_or(out.clone(), |part| format!("{out}.{part}"))
}

/// What a reply stands for in an answers file.
fn value(question: &Question, reply: &str) -> Raw {
    let text = |text: &str| Raw::Text(text.to_owned());
    if reply == "?" {
        return text(UNKNOWN);
    }
    let number = || amount(reply).map(Raw::Whole).or_else(|| raw(reply).ok());
    match question.kind {
        "yes_no" if ["sí", "si", "s", "y", "yes"].contains(&reply.to_lowercase().as_str()) => text("yes"),
        "yes_no" if reply.eq_ignore_ascii_case("n") => text("no"),
        "set" | "codes" => several(question, reply),
        "number" if is_written(question) && reply == "-" && !question.choices.is_empty() => {
            text(NOT_APPLICABLE)
        }
        "number" if question.unit == Some(MONTHS) => {
            number().map_or_else(|| text(reply), |months| Raw::Map(vec![(MONTHS.to_owned(), months)]))
        }
        "number" if is_written(question) => number().unwrap_or_else(|| text(reply)),
        // Somebody who knows the exact number may write it where a range is asked for.
        "number" | "range" => {
            chosen(question, reply).map(written).or_else(number).unwrap_or_else(|| text(reply))
        }
        "choice" => chosen(question, reply).map(written).unwrap_or_else(|| text(reply)),
        _ => text(reply),
    }
}

/// Several of a set or of the conditions, by their numbers. A set is told element by element, since a list would
/// speak of elements that the question does not show.
fn several(question: &Question, reply: &str) -> Raw {
    let text = |text: &str| Raw::Text(text.to_owned());
    let words: Vec<&str> = reply.split_whitespace().filter(|word| *word != "0").collect();
    let unsure = words.contains(&"?");
    let named: Vec<&str> = words.into_iter().filter(|word| *word != "?").collect();
    if question.kind == "codes" {
        let codes =
            named.iter().map(|name| chosen(question, name).map_or_else(|| text(name), written)).collect();
        let complete = text(if unsure { UNKNOWN } else { "yes" });
        return Raw::Map(vec![("known".into(), Raw::List(codes)), ("complete".into(), complete)]);
    }
    let other = if unsure { UNKNOWN } else { "no" };
    let picked: Vec<&str> =
        named.iter().filter_map(|name| chosen(question, name)).map(|choice| choice.id.as_str()).collect();
    let elements = question.choices.iter().map(|choice| {
        let said = if picked.contains(&choice.id.as_str()) { "yes" } else { other };
        (choice.id.clone(), text(said))
    });
    // What is nothing here is passed on: the refusal says what would be accepted.
    let strange = named
        .iter()
        .filter(|name| chosen(question, name).is_none())
        .map(|name| ((*name).to_owned(), text("yes")));
    Raw::Map(elements.chain(strange).collect())
}

/// The choice that a reply names, by its number or its id.
fn chosen<'q>(question: &'q Question, reply: &str) -> Option<&'q ChoiceResult> {
    let by_number = |number: usize| question.choices.get(number.checked_sub(1)?);
    let by_id = || question.choices.iter().find(|choice| choice.id == reply);
    reply.parse().ok().and_then(by_number).or_else(by_id)
}

/// What choosing this writes.
fn written(choice: &ChoiceResult) -> Raw {
    match &choice.value {
        Some(ChoiceValue::Number(value)) => {
            value.at(0).map_or_else(|| Raw::Fraction(value.to_string()), Raw::Whole)
        }
        Some(ChoiceValue::Months { months }) => Raw::Map(vec![("months".into(), Raw::Whole(*months))]),
        Some(ChoiceValue::Text(value)) => Raw::Text(value.clone()),
        Some(ChoiceValue::Range { from, to }) => {
            Raw::Map(vec![("from".into(), Raw::Whole(*from)), ("to".into(), Raw::Whole(*to))])
        }
        None => Raw::Text(choice.id.clone()),
    }
}

/// A whole number as people write it: `35000`, `35,000`, `$35,000`.
fn amount(reply: &str) -> Option<i64> {
    let plain = reply.trim_start_matches('$').trim();
    let mut groups = plain.split(',');
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let thousands = rest.iter().all(|group| group.len() == 3) && (rest.is_empty() || first.len() <= 3);
    thousands.then(|| format!("{first}{}", rest.concat()))?.parse().ok()
}

/// The answer together with what was said of the same fact before: a refinement must lose none of it.
fn refined(before: Option<&Raw>, answer: Raw, question: &Question) -> Raw {
    let unknown = Raw::Text(UNKNOWN.into());
    match (question.kind, before) {
        ("set", Some(Raw::Map(before))) => {
            let now = match answer {
                Raw::Map(elements) => elements,
                other => question.choices.iter().map(|choice| (choice.id.clone(), other.clone())).collect(),
            };
            let stays = before.iter().filter(|(name, _)| now.iter().all(|(other, _)| other != name)).cloned();
            Raw::Map(stays.chain(now.iter().cloned()).collect())
        }
        ("number", Some(Raw::Map(range))) if answer == unknown => {
            let exact = ("exact".to_owned(), unknown);
            Raw::Map(range.iter().filter(|(key, _)| key != "exact").cloned().chain([exact]).collect())
        }
        // A month stays where nobody knows its day, years where nobody knows the months.
        ("date" | "number", Some(told @ (Raw::Text(_) | Raw::Whole(_)))) if answer == unknown => {
            let unit = if question.kind == "date" { "month" } else { "years" };
            Raw::Map(vec![(unit.to_owned(), told.clone()), ("exact".to_owned(), unknown)])
        }
        _ => answer,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(kind: &'static str, choices: Vec<ChoiceResult>) -> Question {
        Question {
            fact: "it".into(),
            question: "?".into(),
            help: None,
            find_out: None,
            name: "it".into(),
            topic: "home".into(),
            decides: Vec::new(),
            kind,
            min: Some(Figure::whole(0)),
            max: Some(Figure::whole(60_000)),
            decimals: 0,
            unit: None,
            choices,
        }
    }

    fn choice(id: &str, value: Option<ChoiceValue>) -> ChoiceResult {
        ChoiceResult { id: id.into(), label: id.to_uppercase(), value }
    }

    fn yaml(text: &str) -> Raw {
        raw(text).unwrap()
    }

    fn incomes() -> Question {
        let range = |from, to| Some(ChoiceValue::Range { from, to });
        question("range", vec![choice("low", range(0, 29_999)), choice("high", range(30_000, 60_000))])
    }

    #[test]
    fn a_range_is_chosen_by_number_and_refined_by_a_number() {
        let high = value(&incomes(), "2");
        assert_eq!(high, yaml("{from: 30000, to: 60000}"));
        assert_eq!(value(&incomes(), "?"), yaml("unknown"));
        assert_eq!(value(&incomes(), "35,000"), Raw::Whole(35_000));
        let exact = question("number", Vec::new());
        let refine = |reply| refined(Some(&high), value(&exact, reply), &exact);
        assert_eq!(refine("$35,000"), Raw::Whole(35_000));
        assert_eq!(refine("?"), yaml("{from: 30000, to: 60000, exact: unknown}"));
    }

    #[test]
    fn what_does_not_apply_is_chosen_or_a_dash() {
        let tiers = question(
            "number",
            vec![choice("tier_1", Some(ChoiceValue::Number(Figure::whole(1)))), choice(NOT_APPLICABLE, None)],
        );
        assert_eq!(value(&tiers, "1"), Raw::Whole(1));
        assert_eq!(value(&tiers, "tier_1"), Raw::Whole(1));
        assert_eq!(value(&tiers, "2"), yaml("not_applicable"));
        let people = question("number", vec![choice(NOT_APPLICABLE, None)]);
        assert_eq!(value(&people, "1"), Raw::Whole(1));
        assert_eq!(value(&people, "-"), yaml("not_applicable"));
    }

    #[test]
    fn a_set_is_told_by_its_elements_and_asked_again_loses_none() {
        let first = question("set", vec![choice("passe", None), choice("aco", None)]);
        let said = value(&first, "1 ?");
        assert_eq!(said, yaml("{passe: 'yes', aco: unknown}"));
        let second = question("set", vec![choice("cares", None), choice("f2f", None)]);
        let refine = |reply| refined(Some(&said), value(&second, reply), &second);
        assert_eq!(refine("2"), yaml("{passe: 'yes', aco: unknown, cares: 'no', f2f: 'yes'}"));
        assert_eq!(refine("?"), yaml("{passe: 'yes', aco: unknown, cares: unknown, f2f: unknown}"));
        assert_eq!(value(&first, "0"), yaml("{passe: 'no', aco: 'no'}"));
        assert_eq!(value(&first, "?"), yaml("unknown"));
        assert_eq!(value(&first, "3"), yaml("{passe: 'no', aco: 'no', '3': 'yes'}"), "is refused");
    }

    #[test]
    fn conditions_may_be_all_or_not() {
        let conditions = question("codes", vec![choice("E84", Some(ChoiceValue::Text("E84".into())))]);
        assert_eq!(value(&conditions, "1"), yaml("{known: [E84], complete: 'yes'}"));
        assert_eq!(value(&conditions, "1 ?"), yaml("{known: [E84], complete: unknown}"));
        assert_eq!(value(&conditions, "0"), yaml("{known: [], complete: 'yes'}"));
    }

    #[test]
    fn how_many_questions_are_left() {
        let left = |at_least, at_most| left(Remaining { at_least, at_most }, Lang::En);
        assert_eq!(left(1, 1), "1 question left");
        assert_eq!(left(3, 3), "3 questions left");
        assert_eq!(left(2, 4), "about 2 to 4 questions left");
        assert_eq!(left(0, 2), "about 1 to 2 questions left");
    }

    #[test]
    fn numbers_as_people_write_them() {
        let cases =
            [("35000", Some(35_000)), ("$1,234,567", Some(1_234_567)), ("3,5", None), ("1234,567", None)];
        for (written, number) in cases {
            assert_eq!(amount(written), number, "{written}");
        }
        let whole = |number| grouped(Figure::whole(number));
        assert_eq!([whole(7), whole(1_000), whole(1_234_567)], ["7", "1,000", "1,234,567"]);
        assert_eq!(grouped(Figure { steps: 10_005, decimals: 1 }), "1,000.5");
    }
}
