//! The engine's own sentences, in every language. What a rule or a question says comes from the rules folder.

use super::amounts::{WHOLE, amount, bounds, range};
use crate::value::{Date, Lang};
use crate::vocabulary::FactKind;

/// One sentence in the reader's language.
pub(super) fn pick<'t>(lang: Lang, en: &'t str, es: &'t str) -> &'t str {
    match lang {
        Lang::En => en,
        Lang::Es => es,
    }
}

/// An age in words: completed months, said in months or in years.
pub(super) fn age(lang: Lang, months: u32, in_months: bool) -> String {
    let (number, en, es) = if in_months || !months.is_multiple_of(12) {
        (months, ["month", "months"], ["mes", "meses"])
    } else {
        (months / 12, ["year", "years"], ["año", "años"])
    };
    let unit = pick(lang, en[usize::from(number != 1)], es[usize::from(number != 1)]);
    format!("{number} {unit}")
}

/// Completed months: "30 months".
#[must_use]
pub fn in_months(lang: Lang, months: i64) -> String {
    age(lang, u32::try_from(months).unwrap_or_default(), true)
}

/// An age criterion.
pub(super) fn age_range(
    lang: Lang,
    from: Option<u32>,
    below: Option<u32>,
    in_months: bool,
    month_end: bool,
) -> String {
    let text = match (from, below) {
        (Some(from), Some(below)) => {
            let last = below - if in_months { 1 } else { 12.min(below) };
            if from == last {
                let only = age(lang, from, in_months);
                return match lang {
                    Lang::En => format!("Is {only} old"),
                    Lang::Es => format!("Tiene {only}"),
                } + until_month_end(lang, month_end);
            }
            let (from, last) = (age(lang, from, in_months), age(lang, last, in_months));
            match lang {
                Lang::En => format!("Is from {from} through {last} old"),
                Lang::Es => format!("Tiene de {from} a {last} cumplidos"),
            }
        }
        (Some(from), None) => match lang {
            Lang::En => format!("Is {} old or older", age(lang, from, in_months)),
            Lang::Es => format!("Tiene {} o más", age(lang, from, in_months)),
        },
        (None, Some(below)) => match lang {
            Lang::En => format!("Is under {} old", age(lang, below, in_months)),
            Lang::Es => format!("Tiene menos de {}", age(lang, below, in_months)),
        },
        (None, None) => pick(lang, "Is of any age", "Tiene cualquier edad").to_owned(),
    };
    text + until_month_end(lang, month_end)
}

fn until_month_end(lang: Lang, month_end: bool) -> &'static str {
    match month_end {
        true => pick(lang, ", until the end of the birthday month", ", hasta el final del mes de cumpleaños"),
        false => "",
    }
}

/// The child's own age.
pub(super) fn own_age(lang: Lang, least: u32, most: u32) -> String {
    let said = |months: u32| age(lang, if months >= 36 { months - months % 12 } else { months }, months < 36);
    let (least, most) = (said(least), said(most));
    match lang {
        _ if least == most => match lang {
            Lang::En => format!("{least} old"),
            Lang::Es => least,
        },
        Lang::En => format!("{least} to {most} old"),
        Lang::Es => format!("de {least} a {most}"),
    }
}

const MONTHS: [[&str; 2]; 12] = [
    ["January", "enero"],
    ["February", "febrero"],
    ["March", "marzo"],
    ["April", "abril"],
    ["May", "mayo"],
    ["June", "junio"],
    ["July", "julio"],
    ["August", "agosto"],
    ["September", "septiembre"],
    ["October", "octubre"],
    ["November", "noviembre"],
    ["December", "diciembre"],
];

/// The day of a number, in words.
fn day(lang: Lang, number: i64) -> String {
    let date = Date::of_number(number);
    let (month, day, year) = (month(lang, date), date.day(), date.year());
    match lang {
        Lang::En => format!("{month} {day}, {year}"),
        Lang::Es => format!("{day} de {month} de {year}"),
    }
}

fn month(lang: Lang, date: Date) -> &'static str {
    let [en, es] = MONTHS.get(usize::from(date.month()) - 1).copied().unwrap_or_default();
    pick(lang, en, es)
}

/// Days between bounds: "before July 1, 2024".
fn days(lang: Lang, from: Option<i64>, to: Option<i64>) -> String {
    let day = |number| day(lang, number);
    // Where a month ends, people speak of the day on which the next one begins.
    let before = to.map(|to| to + 1).filter(|next| Date::of_number(*next).day() == 1);
    match (from, to, before, lang) {
        (Some(from), Some(to), _, Lang::En) => format!("from {} through {}", day(from), day(to)),
        (Some(from), Some(to), _, Lang::Es) => format!("del {} al {}", day(from), day(to)),
        (Some(from), None, _, Lang::En) => format!("on or after {}", day(from)),
        (Some(from), None, _, Lang::Es) => format!("el {} o después", day(from)),
        (None, _, Some(next), Lang::En) => format!("before {}", day(next)),
        (None, _, Some(next), Lang::Es) => format!("antes del {}", day(next)),
        (None, Some(to), None, Lang::En) => format!("on or before {}", day(to)),
        (None, Some(to), None, Lang::Es) => format!("el {} o antes", day(to)),
        (None, None, None, _) => String::new(),
    }
}

/// Ages between bounds, in completed months, both ends in: "under 21 years".
fn ages(lang: Lang, from: Option<i64>, to: Option<i64>) -> String {
    let count = |months: i64| u32::try_from(months).unwrap_or_default();
    let (least, below) = (from.map(count), to.map(|to| count(to + 1)));
    let in_years = |months: Option<u32>| months.is_none_or(|months| months.is_multiple_of(12));
    let in_months = !(in_years(least) && in_years(below));
    let age = |months: u32| age(lang, months, in_months);
    let last = |below: u32| below.saturating_sub(if in_months { 1 } else { 12 });
    match (least, below, lang) {
        (Some(least), Some(below), Lang::En) => format!("from {} through {}", age(least), age(last(below))),
        (Some(least), Some(below), Lang::Es) => format!("de {} a {}", age(least), age(last(below))),
        (Some(least), None, Lang::En) => format!("{} or more", age(least)),
        (Some(least), None, Lang::Es) => format!("{} o más", age(least)),
        (None, Some(below), Lang::En) => format!("under {}", age(below)),
        (None, Some(below), Lang::Es) => format!("menos de {}", age(below)),
        (None, None, _) => String::new(),
    }
}

/// A bound on a fact that is a number inside: "Enrolled on: before July 1, 2024".
pub(super) fn measured(
    lang: Lang,
    kind: &FactKind,
    name: &str,
    from: Option<i64>,
    to: Option<i64>,
) -> String {
    match kind {
        FactKind::Day => format!("{name}: {}", days(lang, from, to)),
        FactKind::AgeAt { .. } => format!("{name}: {}", ages(lang, from, to)),
        _ => bounds(lang, name, from, to, kind.measure().unwrap_or(WHOLE)),
    }
}

/// What was answered of a fact that is a number inside.
pub(super) fn told(lang: Lang, kind: &FactKind, from: i64, to: i64) -> String {
    match kind {
        FactKind::Day if from == to => day(lang, from),
        FactKind::Day => {
            let (first, last) = (Date::of_number(from), Date::of_number(to));
            let of = pick(lang, " ", " de ");
            match first.month_of() == last.month_of() {
                true => format!("{}{of}{}", month(lang, first), first.year()),
                false => days(lang, Some(from), Some(to)),
            }
        }
        FactKind::AgeAt { .. } => {
            let months = |number| u32::try_from(number).unwrap_or_default();
            own_age(lang, months(from), months(to))
        }
        _ => {
            let measure = kind.measure().unwrap_or(WHOLE);
            if from == to { amount(lang, from, measure) } else { range(lang, Some(from), Some(to), measure) }
        }
    }
}

/// Elements of a set of which so many are asked for: "at least 2 of Housing, Food and Transport".
pub(super) fn some_of(lang: Lang, names: &[&str], at_least: usize) -> String {
    match at_least {
        0 | 1 => or_list(lang, names),
        all if all == names.len() => and_list(lang, names),
        some => {
            let names = and_list(lang, names);
            match lang {
                Lang::En => format!("at least {some} of {names}"),
                Lang::Es => format!("al menos {some} de {names}"),
            }
        }
    }
}

/// "on September 1, 2026"
pub(super) fn on_day(lang: Lang, date: Date) -> String {
    let day = day(lang, i64::from(date.day_number()));
    match lang {
        Lang::En => format!("on {day}"),
        Lang::Es => format!("el {day}"),
    }
}

/// "in the last 12 months"
pub(super) fn in_the_last(lang: Lang, months: u32) -> String {
    let time = in_months(lang, i64::from(months));
    match lang {
        Lang::En => format!("in the last {time}"),
        Lang::Es => format!("en los últimos {time}"),
    }
}

/// Names joined by *or*.
pub(super) fn or_list(lang: Lang, names: &[&str]) -> String {
    joined(names, pick(lang, " or ", " o "))
}

/// Names joined by *and*.
pub(super) fn and_list(lang: Lang, names: &[&str]) -> String {
    joined(names, pick(lang, " and ", " y "))
}

fn joined(names: &[&str], last_word: &str) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{}{last_word}{last}", most.join(", ")),
    }
}
