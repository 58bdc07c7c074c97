//! Figures that change from day to day and figures that are added up: parameters, poverty years and scores.

use super::criteria::Criteria;
use super::from_syntax::Builder;
use super::{Counted, Criterion, CriterionKind, People, PovertyYears, Rounding, Score, Share};
use super::{facts_only, from_yaml};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::NUMBER_WORDS;
use crate::syntax::tree::{self, Name, PointsOf, SharePart, Spanned, Value};
use crate::value::{Date, Figure, steps_of_one};
use crate::vocabulary::{Amount, Compare, FactKind, LARGEST_HOUSEHOLD, Measure, Per, Period, Test};
use std::collections::BTreeSet;

/// The fact that holds how many people live on an income.
pub(super) const HOUSEHOLD_SIZE: &str = "household_size";
/// A number with at most so many values is told apart value by value.
const SMALL: i64 = 64;
/// A score can come to so many different numbers, large ones apart.
const MOST_SUMS: usize = 10_000;

/// A figure that changes.
#[derive(Debug, Clone)]
pub(super) struct Parameter {
    /// What it is from when to when, in order; the first value has a first day.
    values: Vec<(Period, Value)>,
    /// From which day somebody should have looked for a new value.
    stale_from: Option<Date>,
}

impl Builder {
    pub(super) fn parameter(&mut self, written: &tree::Parameter) -> Parameter {
        let mut values: Vec<(Date, Value)> = Vec::new();
        for line in &written.values {
            self.cite(&line.remarks.cites);
            if let Some(text) = &line.remarks.reading {
                self.words(text);
            }
            let Some(from) = self.date(&line.from) else { continue };
            if let Some((before, first)) = values.last() {
                if from <= *before {
                    let message = format!("the value from {from} stands after the one from {before}");
                    let found = Diagnostic::new(Code::BadDate, line.from.span, message);
                    self.diagnostics.push(found.help("write the values in the order of their days"));
                    continue;
                }
                if unit(*first) != unit(line.value.value) {
                    let message = "this value is of another kind than the ones before it";
                    let found = Diagnostic::new(Code::WrongKind, line.value.span, message);
                    self.diagnostics.push(found.help(format!("the first is {}", unit(*first))));
                    continue;
                }
            }
            values.push((from, line.value.value));
        }
        if values.is_empty() && !written.broken {
            let message = format!("the parameter `{}` has no value", written.name.value);
            let found = Diagnostic::new(Code::Missing, written.name.span, message);
            self.diagnostics.push(found.help("write one line for each, such as `from 2026-04-01: 200%`"));
        }
        let last = values.last().map(|(from, _)| *from);
        let until = written.until.as_ref().and_then(|day| Some((self.date(day)?, day.span)));
        if let (Some(last), Some((until, span))) = (last, until)
            && until < last
        {
            let message = format!("this ends on {until} before its last value starts on {last}");
            let help = format!("write a day from {last} on, or take that value out");
            self.diagnostics.push(Diagnostic::new(Code::BadDate, span, message).help(help));
        }
        let until = until.map(|(until, _)| until);
        let ends = values.iter().skip(1).map(|(from, _)| Some(from.previous())).chain([until]);
        let dated = values.iter().zip(ends);
        Parameter {
            values: dated
                .map(|((from, value), until)| (Period { since: Some(*from), until }, *value))
                .collect(),
            stale_from: last.zip(written.check_every).map(|(from, months)| from.completes(months)),
        }
    }

    pub(super) fn date(&mut self, day: &Spanned<String>) -> Option<Date> {
        from_yaml::date(&day.value, day.span, &mut self.diagnostics)
    }

    /// `since` and `until` of a criterion or of a waiver.
    pub(super) fn period(
        &mut self,
        since: Option<&Spanned<String>>,
        until: Option<&Spanned<String>>,
        span: Span,
    ) -> Period {
        let since = since.and_then(|day| self.date(day));
        let until = until.and_then(|day| self.date(day));
        if let (Some(since), Some(until)) = (since, until)
            && since > until
        {
            let message = format!("this ends on {until} before it starts on {since}");
            let help = "write the earlier day behind `since`, the later one behind `until`";
            self.diagnostics.push(Diagnostic::new(Code::BadDate, span, message).help(help));
        }
        Period { since, until }
    }

    pub(super) fn poverty_year(&mut self, written: &tree::PovertyYear, years: &mut PovertyYears) {
        self.cite(&written.remarks.cites);
        if let Some(text) = &written.remarks.reading {
            self.words(text);
        }
        let year = written.year.value;
        let Some(guideline) = self.vocabulary.guidelines.iter().position(|known| known.year == year) else {
            let known: Vec<String> =
                self.vocabulary.guidelines.iter().map(|known| known.year.to_string()).collect();
            let message = format!("there are no poverty guidelines of {year} here");
            let help = match known.as_slice() {
                [] => "the shared file `poverty.yaml` has none for this state".to_owned(),
                known => format!("`poverty.yaml` has those of {}", known.join(", ")),
            };
            self.diagnostics.push(Diagnostic::new(Code::UnknownName, written.year.span, message).help(help));
            return;
        };
        let Some(from) = self.date(&written.from) else { return };
        if years.last().is_some_and(|(before, _)| from <= *before) {
            let message = "this year counts from a day that is not after the one before it";
            let found = Diagnostic::new(Code::BadDate, written.from.span, message);
            self.diagnostics.push(found.help("write the years in the order of their days"));
            return;
        }
        years.push((from, guideline));
    }

    /// A test that hangs on a parameter: its value decides which one it is on a day.
    pub(super) fn by_parameter(
        &mut self,
        name: &Name,
        span: Span,
        wanted: &'static str,
        test: &mut dyn FnMut(&mut Self, Value) -> Option<CriterionKind>,
    ) -> Option<CriterionKind> {
        let index = match self.vocabulary.names.find("parameter", &name.value) {
            Some(index) => index,
            None => {
                let before = self.diagnostics.len();
                // A number can stand beside another fact as well.
                let kinds: &[&str] = if wanted == "a number" && !self.is_fact(name) {
                    &["parameter", "fact"]
                } else {
                    &["parameter"]
                };
                self.vocabulary.names.resolve(kinds, name, &mut self.diagnostics);
                if let Some(found) = self.diagnostics.get_mut(before)
                    && NUMBER_WORDS.contains(&name.value.as_str())
                {
                    found.help = Some("write numbers in digits, such as `21`".to_owned());
                }
                return None;
            }
        };
        let Parameter { values, stale_from } = self.parameters.get(index)?.clone();
        if let Some((_, value)) = values.iter().find(|(_, value)| unit(*value) != wanted) {
            let message = format!("`{}` is {}, and here {wanted} must stand", name.value, unit(*value));
            let help = match wanted {
                "a share" => {
                    "write a share, or the name of a parameter whose values are some, such as `200%`"
                }
                "an age" => {
                    "write an age, or the name of a parameter whose values are some, such as `21 years`"
                }
                _ => "write a number, or the name of a parameter whose values are some, such as `30,000`",
            };
            self.diagnostics.push(Diagnostic::new(Code::WrongKind, name.span, message).help(help));
            return None;
        }
        let first = values.first()?.0.since?;
        let plain = |kind| Criterion::plain(kind, span);
        let mut cases =
            vec![(Period { since: None, until: Some(first.previous()) }, plain(CriterionKind::NoFigure))];
        let last = values.last().and_then(|(period, _)| period.until);
        for (period, value) in values {
            cases.push((period, plain(test(self, value)?)));
        }
        // What counts after its last day is not known either.
        cases.extend(
            last.map(|last| {
                (Period { since: Some(last.next()), until: None }, plain(CriterionKind::NoFigure))
            }),
        );
        Some(CriterionKind::Dated { cases, stale_from })
    }

    // ------------------------------------------------------------------------------------------- scores

    pub(super) fn score(&mut self, written: &tree::Score) -> Score {
        let mut score = Score {
            id: written.name.value.clone(),
            title: self.words(&written.title),
            span: written.name.span,
            counted: Vec::new(),
        };
        for Spanned { value: line, span } in &written.lines {
            self.cite(&line.remarks.cites);
            if let Some(text) = &line.remarks.reading {
                self.words(text);
            }
            let sign = if line.subtract { -1 } else { 1 };
            let counted = match &line.what {
                PointsOf::Always(points) => Some(Counted::Always(sign * points)),
                PointsOf::When(points, when) => Some(Counted::When(sign * points, self.criterion(when))),
                PointsOf::Poverty(share) if matches!(share.part, SharePart::Named(_)) => {
                    let message = "a score adds up a share that is written out";
                    let found = Diagnostic::new(Code::WrongKind, *span, message);
                    self.diagnostics.push(found.help("write it with its number, such as `185% of poverty`"));
                    None
                }
                PointsOf::Poverty(share) => {
                    let whole = tree::Share {
                        rounding: share.rounding.or(Some(Rounding::Down)),
                        ..(**share).clone()
                    };
                    let built = self.share(&whole, *span);
                    built.map(|share| Counted::Poverty(sign, share))
                }
                PointsOf::ForEach(points, of, name, rounding) => {
                    self.for_each(sign * points, of, name, *rounding)
                }
            };
            score.counted.extend(counted.map(|counted| (counted, *span)));
        }
        if written.lines.is_empty() && !written.broken {
            let message = format!("the score `{}` adds up nothing", score.id);
            let help =
                "write what counts, each on a line of its own: `add 2 when ssi`, `add 1 for each 1,000 of …`";
            self.diagnostics.push(Diagnostic::new(Code::EmptyGroup, score.span, message).help(help));
        }
        self.not_of_two_times(&score);
        self.not_too_many_sums(&score);
        score
    }

    fn for_each(
        &mut self,
        points: i64,
        of: &Spanned<i64>,
        name: &Name,
        rounding: Rounding,
    ) -> Option<Counted> {
        let fact = self.resolve("fact", name)?;
        let Some(measure) = self.vocabulary.facts[fact].kind.measure() else {
            let message = format!("`{}` is not a number", name.value);
            let found = Diagnostic::new(Code::WrongKind, name.span, message);
            self.diagnostics.push(found.help("write `when` for what is so or not: `add 2 when ssi`"));
            return None;
        };
        if of.value == 0 {
            let message = "there is no end of zeros in a number";
            let found = Diagnostic::new(Code::BadNumber, of.span, message);
            self.diagnostics.push(found.help("write how many make one, such as `for each 1,000 of …`"));
            return None;
        }
        if measure.decimals() > 0 && of.value == 1 && rounding == Rounding::Down {
            let message = format!("`{}` has decimals, and a score counts whole ones", name.value);
            let help = format!(
                "does a part of one count? Write `for each {0} rounded` or `for each {0} rounded up`",
                name.value
            );
            self.diagnostics.push(Diagnostic::new(Code::Ambiguous, name.span, message).help(help));
            return None;
        }
        let of = of.value * steps_of_one(measure.decimals());
        let plus = match rounding {
            Rounding::Down => 0,
            Rounding::Up => of - 1,
            Rounding::Nearest => of / 2,
        };
        Some(Counted::Each(fact, Amount::ForEach { points, of, plus }))
    }

    fn household_size(&mut self, span: Span) -> Option<usize> {
        let found = self.vocabulary.names.find("fact", HOUSEHOLD_SIZE);
        let fits = found.filter(|fact| {
            matches!(self.vocabulary.facts[*fact].kind,
                FactKind::Number { min: 1, max, measure: Measure::Count { decimals: 0 }, .. }
                    if max <= LARGEST_HOUSEHOLD)
        });
        if fits.is_none() {
            let message = format!(
                "a share of poverty needs the fact `{HOUSEHOLD_SIZE}`, a number from 1 to at most {LARGEST_HOUSEHOLD}"
            );
            let help = format!(
                "write `for 1 person` behind it, or add to `facts.yaml`: `- id: {HOUSEHOLD_SIZE}` with `type: number`, \
                 `min: 1`, `max: {LARGEST_HOUSEHOLD}`"
            );
            self.diagnostics.push(Diagnostic::new(Code::UnknownName, span, message).help(help));
        }
        fits
    }

    fn guidelines_there_are(&mut self, span: Span) -> Option<()> {
        if !self.vocabulary.guidelines.is_empty() {
            return Some(());
        }
        let message = "there are no poverty guidelines for this state";
        let found = Diagnostic::new(Code::Missing, span, message);
        self.diagnostics.push(found.help("they stand in the shared file `poverty.yaml`"));
        None
    }

    /// What a guideline gives is for a year: a month's amount beside it has to be counted 12 times, or by parts.
    fn not_of_two_times(&mut self, score: &Score) {
        if !score.counted.iter().any(|(counted, _)| matches!(counted, Counted::Poverty(..))) {
            return;
        }
        for (counted, span) in &score.counted {
            if let Counted::Each(fact, Amount::ForEach { points: 1 | -1, of: 1, .. }) = counted
                && let Some(fact) = self.vocabulary.facts.get(*fact)
                && fact.kind.dollars_per() == Some(Per::Month)
            {
                let message =
                    format!("`{}` is a month's amount, and the guideline in this score is a year's", fact.id);
                let found = Diagnostic::new(Code::WrongKind, *span, message);
                self.diagnostics.push(found.help(format!("count it for a year: `12 for each {}`", fact.id)));
            }
        }
    }

    /// A score that can come to too many different numbers cannot be told apart exactly.
    fn not_too_many_sums(&mut self, score: &Score) {
        let mut sums = BTreeSet::from([0]);
        for (counted, span) in &score.counted {
            let added: Vec<i64> = match counted {
                Counted::Always(_) => continue,
                Counted::When(points, _) => vec![0, *points],
                Counted::Poverty(..) => (1..=LARGEST_HOUSEHOLD).map(|size| size * 1_000_000_007).collect(),
                Counted::Each(fact, amount) => match self.vocabulary.facts[*fact].kind.limits() {
                    Some((min, max)) if max - min < SMALL => {
                        (min..=max).map(|value| amount.of(value)).collect()
                    }
                    _ => continue,
                },
            };
            sums = sums.iter().flat_map(|sum| added.iter().map(move |added| sum + added)).collect();
            if sums.len() > MOST_SUMS {
                let message = format!("this score can come to more than {MOST_SUMS} different numbers");
                let found = Diagnostic::new(Code::TooTangled, *span, message);
                self.diagnostics.push(found.help("count fewer things, or use rounder points"));
                return;
            }
        }
    }

    /// Scores count facts only: what an agency judges, or no source says, has no number.
    pub(super) fn scores_count_facts(&mut self, model: &super::Model) {
        for score in &model.scores {
            for (counted, _) in &score.counted {
                if let Counted::When(_, when) = counted
                    && let Some((span, what)) = facts_only::other(model, &self.vocabulary.lists, when)
                {
                    let message = format!("a score counts what is known, and {what}");
                    let found = Diagnostic::new(Code::WrongKind, span, message);
                    self.diagnostics.push(found.help("write a question of yes or no for it in `facts.yaml`"));
                }
            }
        }
    }

    // --------------------------------------------------------------------------------- shares of poverty

    pub(super) fn poverty(
        &mut self,
        name: &Name,
        compare: Compare,
        share: &tree::Share,
        span: Span,
    ) -> Option<CriterionKind> {
        let fact = self.resolve("fact", name)?;
        let Some(per) = self.vocabulary.facts[fact].kind.dollars_per() else {
            let message = format!("`{}` is not an amount of money", name.value);
            let help = "write a fact with `type: money`, such as `household_income at most 200% of poverty`";
            self.diagnostics.push(Diagnostic::new(Code::WrongKind, name.span, message).help(help));
            return None;
        };
        let built = self.share(share, span)?;
        let test = move |share: Share| CriterionKind::Poverty { fact, per, compare, share };
        match &share.part {
            SharePart::Percent(..) => Some(test(built)),
            SharePart::Named(parameter) => {
                self.by_parameter(parameter, span, "a share", &mut |_, value| match value {
                    Value::Percent(percent) => Some(test(Share { percent, ..built })),
                    _ => None,
                })
            }
        }
    }

    /// A share of the poverty guideline; one that a parameter gives is left at nothing.
    fn share(&mut self, written: &tree::Share, span: Span) -> Option<Share> {
        let (percent, plus) = match &written.part {
            SharePart::Percent(percent, plus) => {
                if !(1..=1_000_000).contains(&percent.value) {
                    let message = "this is no share of the poverty guideline";
                    let found = Diagnostic::new(Code::BadNumber, percent.span, message);
                    self.diagnostics.push(found.help("write one such as `200% of poverty`"));
                    return None;
                }
                (percent.value + plus, *plus)
            }
            SharePart::Named(_) => (0, 0),
        };
        let of = match &written.people {
            None => People::Household(self.household_size(span)?),
            Some(people) => {
                if !(1..=LARGEST_HOUSEHOLD).contains(&people.value) {
                    let message = format!("a household has from 1 to {LARGEST_HOUSEHOLD} people here");
                    let help = format!("write a number from 1 to {LARGEST_HOUSEHOLD}");
                    self.diagnostics.push(Diagnostic::new(Code::BadNumber, people.span, message).help(help));
                    return None;
                }
                People::Fixed(people.value)
            }
        };
        self.guidelines_there_are(span)?;
        let more = match &written.more {
            None => None,
            Some((people, name)) => {
                if written.rounding.is_some() {
                    let message = "a share that counts more people cannot be rounded";
                    let found = Diagnostic::new(Code::WrongKind, name.span, message);
                    self.diagnostics.push(found.help("write two criteria, one for each number of people"));
                }
                let fact = self.resolve("fact", name)?;
                if !matches!(self.vocabulary.facts[fact].kind, FactKind::YesNo) {
                    let message = format!("`{}` is not a question of yes or no", name.value);
                    let help = "write one behind `when`, such as `counting 1 more when pregnant`";
                    self.diagnostics.push(Diagnostic::new(Code::WrongKind, name.span, message).help(help));
                    return None;
                }
                Some((people.value, fact))
            }
        };
        Some(Share { percent, plus, rounding: written.rounding, of, more })
    }

    /// A bound on a number that a parameter gives.
    pub(super) fn number_by_parameter(
        &mut self,
        parameter: &Name,
        span: Span,
        test: impl Fn(&mut Self, Figure) -> Option<CriterionKind>,
    ) -> Option<CriterionKind> {
        self.by_parameter(parameter, span, "a number", &mut |builder, value| match value {
            Value::Number(number) => test(builder, number),
            _ => None,
        })
    }
}

/// A number or score between two bounds.
pub(super) fn between(tested: Tested, from: Option<i64>, to: Option<i64>) -> CriterionKind {
    match tested {
        Tested::Fact(fact) => CriterionKind::Test(Test::Number { fact, from, to }),
        Tested::Score(score) => CriterionKind::Score { score, from, to },
    }
}

/// What a bound is put on.
#[derive(Debug, Clone, Copy)]
pub(super) enum Tested {
    /// A fact.
    Fact(usize),
    /// A score.
    Score(usize),
}

/// What kind of value it is, in the author's words.
fn unit(value: Value) -> &'static str {
    match value {
        Value::Number(_) => "a number",
        Value::Percent(_) => "a share",
        Value::Age(_) => "an age",
    }
}
