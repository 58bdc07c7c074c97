//! Figures that change or are added up, and what the author declares of all children.

use super::{Reader, content};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::Rule;
use crate::syntax::mistake::Place;
use crate::syntax::tree::{
    Claim, DatedValue, Intended, IntendedWhat, Invariant, On, Parameter, Points, PointsOf, PovertyYear,
    Rounding, Score, Share, SharePart, Spanned, Value,
};
use pest::iterators::Pair;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// How an amount is rounded, where that is said.
fn rounding(pair: &Pair<'_, Rule>) -> Option<Rounding> {
    pair.clone().into_inner().find_map(|word| match word.as_rule() {
        Rule::k_rounded_up => Some(Rounding::Up),
        Rule::k_rounded_down => Some(Rounding::Down),
        Rule::k_rounded => Some(Rounding::Nearest),
        _ => None,
    })
}

impl Reader<'_> {
    pub(super) fn parameter(&mut self, pair: Pair<'_, Rule>) -> Option<Parameter> {
        let mut words = content(pair);
        let name = self.name(&words.next()?);
        let mut parameter =
            Parameter { name, values: Vec::new(), until: None, check_every: None, broken: false };
        for pair in words {
            match pair.as_rule() {
                Rule::broken_line => {
                    self.broken_line(&pair, Place::Parameter);
                    parameter.broken = true;
                }
                Rule::check_every => {
                    let span = self.span(&pair);
                    if parameter.check_every.is_some() {
                        let message = "this parameter has a line `check every` already";
                        let found = Diagnostic::new(Code::Repeated, span, message);
                        self.report(found.help("keep one of them"));
                    }
                    parameter.check_every = self.months(pair.into_inner());
                }
                Rule::value_until => {
                    if parameter.until.is_some() {
                        let found = Diagnostic::new(
                            Code::Repeated,
                            self.span(&pair),
                            "this parameter has a line `until` already",
                        );
                        self.report(found.help("keep one of them"));
                    }
                    parameter.until = content(pair).next().map(|day| self.name(&day));
                }
                _ => parameter.values.extend(self.value_from(pair)),
            }
        }
        Some(parameter)
    }

    fn value_from(&mut self, pair: Pair<'_, Rule>) -> Option<DatedValue> {
        let mut words = content(pair);
        let from = self.name(&words.next()?);
        let value = words.next()?;
        let span = self.span(&value);
        let mut parts = value.clone().into_inner();
        let number = parts.next()?;
        let value = match (number.as_rule(), parts.next()) {
            (Rule::percentage, _) => Value::Percent(self.percentage(&number)),
            (_, None) => Value::Number(self.figure(&number)),
            (_, Some(_)) => Value::Age(self.age_value(value)?.0),
        };
        Some(DatedValue { from, value: Spanned { value, span }, remarks: self.remarks(&mut words) })
    }

    /// A number of months, after the words before it.
    pub(super) fn months<'p>(&mut self, words: impl Iterator<Item = Pair<'p, Rule>>) -> Option<u32> {
        let mut words = words.skip_while(|pair| pair.as_rule() != Rule::whole);
        let number = words.next()?;
        let span = self.span(&number);
        let number = u32::try_from(self.whole(&number)).unwrap_or(u32::MAX);
        let years = words.next()?.as_rule() == Rule::k_years;
        let months = number.saturating_mul(if years { 12 } else { 1 });
        if months == 0 || months > 1200 {
            let found = Diagnostic::new(Code::BadNumber, span, "this is no time between two looks");
            self.report(found.help("write a number of months or years, such as `12 months`"));
            return None;
        }
        Some(months)
    }

    pub(super) fn poverty_year<'p>(
        &mut self,
        words: &mut impl Iterator<Item = Pair<'p, Rule>>,
    ) -> Option<PovertyYear> {
        let year = words.next()?;
        let year = Spanned { value: self.whole(&year), span: self.span(&year) };
        let from = self.name(&words.next()?);
        Some(PovertyYear { year, from, remarks: self.remarks(words) })
    }

    pub(super) fn score(&mut self, pair: Pair<'_, Rule>) -> Option<Score> {
        let mut words = content(pair);
        let (name, title) = (self.name(&words.next()?), self.text(&words.next()?));
        let (lines, broken) = self.lines(words, Place::Score, Self::points);
        Some(Score { name, title, lines, broken })
    }

    fn points(&mut self, pair: Pair<'_, Rule>) -> Option<Points> {
        let subtract = pair.clone().into_inner().next()?.as_rule() == Rule::k_subtract;
        let mut words = content(pair);
        let what = words.next()?;
        let (rule, parent) = (what.as_rule(), what.clone());
        let mut parts = content(what);
        let first = parts.next()?;
        let what = match rule {
            Rule::points_share => PointsOf::Poverty(Box::new(self.share(first)?)),
            Rule::points_number => {
                let of = Spanned { value: 1, span: self.span(&first) };
                PointsOf::ForEach(1, of, self.name(&first), Rounding::Down)
            }
            Rule::points_when => PointsOf::When(self.whole(&first), Box::new(self.criterion(parts.next()?))),
            Rule::points_for_each => {
                let rounding = rounding(&parent).unwrap_or(Rounding::Down);
                let points = self.whole(&first);
                let next = parts.next()?;
                let span = self.span(&next);
                match next.as_rule() {
                    Rule::whole => {
                        let of = Spanned { value: self.whole(&next), span };
                        PointsOf::ForEach(points, of, self.name(&parts.next()?), rounding)
                    }
                    _ => PointsOf::ForEach(points, Spanned { value: 1, span }, self.name(&next), rounding),
                }
            }
            _ => PointsOf::Always(self.whole(&first)),
        };
        Some(Points { subtract, what, remarks: self.remarks(&mut words) })
    }

    /// `200% of poverty`, or a parameter's share.
    pub(super) fn share(&mut self, pair: Pair<'_, Rule>) -> Option<Share> {
        let rounding = rounding(&pair);
        let mut words = content(pair);
        let first = words.next()?;
        let part = match first.as_rule() {
            Rule::name => SharePart::Named(self.name(&first)),
            _ => {
                let span = self.span(&first);
                let mut shares = content(first).map(|share| self.percentage(&share));
                let share = Spanned { value: shares.next()?, span };
                SharePart::Percent(share, shares.next().unwrap_or_default())
            }
        };
        let (mut people, mut more) = (None, None);
        for pair in words {
            let rule = pair.as_rule();
            let mut parts = content(pair);
            let number = parts.next()?;
            let number = Spanned { value: self.whole(&number), span: self.span(&number) };
            match rule {
                Rule::for_people => people = Some(number),
                _ => more = Some((number, self.name(&parts.next()?))),
            }
        }
        Some(Share { part, rounding, people, more })
    }

    /// Hundredths of a percent.
    fn percentage(&mut self, pair: &Pair<'_, Rule>) -> i64 {
        let (whole, part) = pair.as_str().split_once('.').unwrap_or((pair.as_str(), ""));
        let digits = |digits: &str| digits.parse::<i64>().unwrap_or(i64::MAX);
        let hundredths = if part.is_empty() { 0 } else { digits(&format!("{part:0<2}")) };
        digits(whole).saturating_mul(100).saturating_add(hundredths)
    }

    /// On which day an age is meant.
    pub(super) fn on(&mut self, pair: Option<Pair<'_, Rule>>, span: Span) -> Spanned<On> {
        let Some(pair) = pair else { return Spanned { value: On::AsOf, span } };
        let span = self.span(&pair);
        let mut last = false;
        let (mut day, mut month) = (0, 0);
        for word in pair.into_inner() {
            match word.as_rule() {
                Rule::date => return Spanned { value: On::Day(self.name(&word)), span },
                Rule::k_on_the_last => last = true,
                Rule::month_name => {
                    let number = MONTHS.iter().position(|name| *name == word.as_str());
                    month = number.and_then(|number| u8::try_from(number + 1).ok()).unwrap_or_default();
                }
                Rule::whole => day = self.whole(&word),
                _ => {}
            }
        }
        Spanned { value: On::Yearly { last, month, day }, span }
    }

    pub(super) fn invariant(&mut self, pair: Pair<'_, Rule>) -> Option<Invariant> {
        let span = self.span(&pair);
        let never = pair.as_rule() == Rule::never;
        let claim = content(pair).next()?;
        let claim = if claim.as_rule() == Rule::monotone {
            if never {
                let message = "`never: … never …` can be read in two ways";
                let help = "does it hold for every child? Write `always: losing … never opens …`";
                self.report(Diagnostic::new(Code::Ambiguous, span, message).help(help));
            }
            let mut words = claim.into_inner();
            let losing = words.next()?.as_rule() == Rule::k_losing;
            let what = self.literal(words.next()?)?;
            let opens = words.next()?.as_rule() == Rule::k_never_opens;
            Claim::Monotone { losing, what, opens, program: self.name(&words.next()?) }
        } else {
            let criterion = self.criterion(claim);
            if never { Claim::Never(criterion) } else { Claim::Always(criterion) }
        };
        Some(Invariant { claim, span })
    }

    pub(super) fn intended(&mut self, pair: Pair<'_, Rule>) -> Option<Intended> {
        let span = self.span(&pair);
        let inner = pair.into_inner().next()?;
        let gap = inner.as_rule() == Rule::intended_gap;
        let mut words = content(inner);
        let first = words.next()?;
        let what = if gap {
            IntendedWhat::Gap(Box::new(self.criterion(first)))
        } else {
            IntendedWhat::Overlap(self.names(first))
        };
        Some(Intended { what, why: self.text(&words.next()?), span })
    }
}
