//! Numbers and amounts of money in words: alone, between bounds, and as a share of the poverty guideline.

use super::phrases::pick;
use crate::value::Lang;
use crate::vocabulary::{Compare, DOLLAR, Measure, Per};

/// What a score and the like count.
pub(super) const WHOLE: Measure = Measure::Count { decimals: 0 };

/// A number as it is written, its thousands apart; of money without the time it is for.
fn written(value: i64, measure: Measure) -> String {
    let figure = measure.figure(value).to_string();
    let (digits, part) =
        figure.split_once('.').map_or((figure.as_str(), None), |(whole, part)| (whole, Some(part)));
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |digits| ("-", digits));
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if let Some(part) = part {
        grouped.push('.');
        grouped.push_str(part);
    }
    let money = matches!(measure, Measure::Dollars(_));
    format!("{sign}{}{grouped}", if money { "$" } else { "" })
}

/// The time that an amount is for, said behind it. A year goes without saying.
fn time(lang: Lang, measure: Measure) -> &'static str {
    match measure {
        Measure::Dollars(Per::Month) => pick(lang, " a month", " al mes"),
        Measure::Dollars(Per::Year) | Measure::Count { .. } => "",
    }
}

/// A number: "$1,690 a month".
pub(super) fn amount(lang: Lang, value: i64, measure: Measure) -> String {
    written(value, measure) + time(lang, measure)
}

/// A range to choose: "$30,000 to $41,999"; without an end, all below or above.
#[must_use]
pub fn range(lang: Lang, from: Option<i64>, to: Option<i64>, measure: Measure) -> String {
    let number = |value| amount(lang, value, measure);
    match (from, to, lang) {
        (Some(from), Some(to), Lang::En) => format!("{} to {}", written(from, measure), number(to)),
        (Some(from), Some(to), Lang::Es) => format!("De {} a {}", written(from, measure), number(to)),
        _ => open(lang, from, to, measure),
    }
}

/// A range without an end: "$30,000 or more".
fn open(lang: Lang, from: Option<i64>, to: Option<i64>, measure: Measure) -> String {
    let number = |value| amount(lang, value, measure);
    match (from, to, lang) {
        (Some(from), _, Lang::En) => format!("{} or more", number(from)),
        (Some(from), _, Lang::Es) => format!("{} o más", number(from)),
        (None, Some(to), Lang::En) => format!("{} or less", number(to)),
        (None, Some(to), Lang::Es) => format!("{} o menos", number(to)),
        (None, None, _) => String::new(),
    }
}

/// A bound on a number: "Tier: 2 or more".
pub(super) fn bounds(lang: Lang, name: &str, from: Option<i64>, to: Option<i64>, measure: Measure) -> String {
    let range = match (from, to) {
        (Some(from), Some(to)) if from == to => amount(lang, from, measure),
        (Some(from), Some(to)) => {
            let (from, to) = (written(from, measure), amount(lang, to, measure));
            match lang {
                Lang::En => format!("from {from} through {to}"),
                Lang::Es => format!("de {from} a {to}"),
            }
        }
        _ => open(lang, from, to, measure),
    };
    format!("{name}: {range}")
}

/// A number beside another: "Care at home: no more than care in a hospital".
pub(super) fn compared(lang: Lang, name: &str, compare: Compare, other: &str) -> String {
    let (en, es) = match compare {
        Compare::AtMost => ("no more than", "no más que"),
        Compare::Under => ("less than", "menos que"),
        Compare::AtLeast => ("no less than", "no menos que"),
        Compare::MoreThan => ("more than", "más que"),
    };
    format!("{name}: {} {other}", pick(lang, en, es))
}

/// An income as a share of the poverty guideline: hundredths of a percent, and how many more are disregarded.
pub(super) fn poverty(
    lang: Lang,
    name: &str,
    compare: Compare,
    [share, plus]: [i64; 2],
    year: i64,
) -> String {
    let how = match (compare, lang) {
        (Compare::AtMost, Lang::En) => "at most",
        (Compare::AtMost, Lang::Es) => "como máximo el",
        (Compare::Under, Lang::En) => "under",
        (Compare::Under, Lang::Es) => "menos del",
        (Compare::AtLeast, Lang::En) => "at least",
        (Compare::AtLeast, Lang::Es) => "al menos el",
        (Compare::MoreThan, Lang::En) => "more than",
        (Compare::MoreThan, Lang::Es) => "más del",
    };
    let percent = |hundredths: i64| match hundredths % 100 {
        0 => format!("{}%", hundredths / 100),
        part => format!("{}.{}%", hundredths / 100, format!("{part:02}").trim_end_matches('0')),
    };
    let share = match (plus, lang) {
        (0, _) => percent(share),
        (_, Lang::En) => format!("{} (and {} that does not count)", percent(share), percent(plus)),
        (_, Lang::Es) => format!("{} (y {} que no cuenta)", percent(share), percent(plus)),
    };
    match lang {
        Lang::En => format!("{name}: {how} {share} of the poverty guideline of {year}"),
        Lang::Es => format!("{name}: {how} {share} de la guía de pobreza de {year}"),
    }
}

/// The whole dollars up to which, or from which on, an income is meant; a limit is a year's, in ten-thousandths of a
/// dollar.
pub(super) fn limit(compare: Compare, limit: i64, per: Per) -> i64 {
    let dollar = DOLLAR * per.a_year();
    match compare {
        Compare::AtMost | Compare::MoreThan => limit.div_euclid(dollar),
        Compare::Under | Compare::AtLeast => (limit + dollar - 1).div_euclid(dollar),
    }
}

/// Dollars in a time, and for how many people, where that is known.
pub(super) fn dollars_for(lang: Lang, people: Option<i64>, dollars: i64, per: Per) -> String {
    let dollars = written(dollars, Measure::Dollars(per));
    let dollars = match (per, lang) {
        (Per::Year, Lang::En) => format!("{dollars} a year"),
        (Per::Year, Lang::Es) => format!("{dollars} al año"),
        (Per::Month, _) => dollars + time(lang, Measure::Dollars(per)),
    };
    match (lang, people) {
        (_, None) => format!(" ({dollars})"),
        (Lang::En, Some(1)) => format!(" ({dollars} for one person)"),
        (Lang::En, Some(people)) => format!(" ({dollars} for {people} people)"),
        (Lang::Es, Some(1)) => format!(" ({dollars} para una persona)"),
        (Lang::Es, Some(people)) => format!(" ({dollars} para {people} personas)"),
    }
}
