//! Criteria: groups, tests and what stands between them.

use super::{Reader, content, is_keyword};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::Rule;
use crate::syntax::mistake::Place;
use crate::syntax::tree::{
    AgeBound, AgeLimit, Bound, Compare, Criterion, CriterionKind, DayLimit, Lasting, Name, Quantifier,
    Remarks, Unit, Validity, Waiver, Window,
};
use crate::value::Figure;
use pest::iterators::Pair;

impl Reader<'_> {
    pub(super) fn criterion_with_remarks<'p>(
        &mut self,
        words: &mut impl Iterator<Item = Pair<'p, Rule>>,
    ) -> Option<Criterion> {
        let criterion = self.criterion(words.next()?);
        let (mut validity, mut others) = (Validity::default(), Vec::new());
        for pair in words {
            match pair.as_rule() {
                Rule::from_day => validity.since = content(pair).next().map(|day| self.name(&day)),
                Rule::to_day => validity.until = content(pair).next().map(|day| self.name(&day)),
                Rule::waived => validity.waived.extend(self.waived(pair)),
                _ => others.push(pair),
            }
        }
        let validity = (validity != Validity::default()).then(|| Box::new(validity));
        Some(Criterion { remarks: self.remarks(&mut others.into_iter()), validity, ..criterion })
    }

    fn waived(&mut self, pair: Pair<'_, Rule>) -> Option<Waiver> {
        let span = self.span(&pair);
        let mut words = content(pair);
        let to = self.criterion(words.next()?);
        let (mut since, mut until) = (None, None);
        for pair in words {
            let day = if pair.as_rule() == Rule::from_day { &mut since } else { &mut until };
            *day = content(pair).next().map(|day| self.name(&day));
        }
        Some(Waiver { to, since, until, span })
    }

    pub(in crate::syntax) fn remarks<'p>(
        &mut self,
        words: &mut impl Iterator<Item = Pair<'p, Rule>>,
    ) -> Remarks {
        let mut remarks = Remarks::default();
        for pair in words {
            let rule = pair.as_rule();
            let Some(inner) = content(pair).next() else { continue };
            match rule {
                Rule::cites => remarks.cites.extend(self.names(inner)),
                Rule::reading => remarks.reading = Some(self.text(&inner)),
                Rule::intended_line => remarks.intended = Some(self.text(&inner)),
                _ => {}
            }
        }
        remarks
    }

    pub(super) fn criterion(&mut self, pair: Pair<'_, Rule>) -> Criterion {
        let span = self.span(&pair);
        let parts = pair.into_inner().filter(|pair| pair.as_rule() == Rule::conjunction);
        let parts = parts.map(|pair| self.conjunction(pair)).collect();
        joined(parts, span, CriterionKind::Or)
    }

    fn conjunction(&mut self, pair: Pair<'_, Rule>) -> Criterion {
        let span = self.span(&pair);
        let parts = pair.into_inner().filter(|pair| pair.as_rule() == Rule::negation);
        let parts = parts.map(|pair| self.negation(pair)).collect();
        joined(parts, span, CriterionKind::And)
    }

    fn negation(&mut self, pair: Pair<'_, Rule>) -> Criterion {
        let span = self.span(&pair);
        let mut negative = false;
        let mut criterion = None;
        for pair in pair.into_inner() {
            if pair.as_rule() == Rule::k_not {
                negative = !negative;
            } else {
                criterion = Some(self.test(pair));
            }
        }
        let criterion = criterion.unwrap_or_else(|| nothing(span));
        if negative { plain(CriterionKind::Not(Box::new(criterion)), span) } else { criterion }
    }

    fn test(&mut self, pair: Pair<'_, Rule>) -> Criterion {
        let span = self.span(&pair);
        let kind = match pair.as_rule() {
            Rule::group => self.group(pair),
            Rule::parentheses => {
                return pair.into_inner().next().map_or_else(|| nothing(span), |inner| self.criterion(inner));
            }
            Rule::age => self.age(pair),
            Rule::fact => self.fact(pair),
            _ => self.phrase(pair),
        };
        kind.map_or_else(|| nothing(span), |kind| plain(kind, span))
    }

    /// The tests that start with a word of the language.
    fn phrase(&mut self, pair: Pair<'_, Rule>) -> Option<CriterionKind> {
        let rule = pair.as_rule();
        let mut words = pair.into_inner();
        Some(match rule {
            Rule::diagnosis => {
                let count = words.next()?;
                let at_least = match count.as_rule() {
                    Rule::k_any_diagnosis_in => 1,
                    Rule::k_no_diagnosis_in => 0,
                    _ => {
                        let span = self.span(&count);
                        let number = self.count(content(count).next()?);
                        if number == 0 {
                            let message = "every child has at least 0 of them: this test never decides";
                            let help = "write `no diagnosis in …`, or a number from 1";
                            self.diagnostics.push(Diagnostic::new(Code::BadNumber, span, message).help(help));
                        }
                        number
                    }
                };
                CriterionKind::Diagnoses { at_least, list: self.name(&words.next()?) }
            }
            Rule::enrolled | Rule::applied => {
                let first = words.next()?;
                if first.as_rule() == Rule::k_enrolled {
                    let fact = self.name(&first);
                    return self.includes(fact, words.next()?);
                }
                let target = words.filter(|pair| !is_keyword(pair)).last()?;
                let names = match target.as_rule() {
                    Rule::name_list => self.names(target),
                    _ => vec![self.name(&target)],
                };
                if rule == Rule::enrolled {
                    CriterionKind::EnrolledIn(names)
                } else {
                    CriterionKind::AppliedFor(names)
                }
            }
            Rule::eligible_for => CriterionKind::EligibleFor(self.name(&words.nth(1)?)),
            Rule::receiving => CriterionKind::Receiving(self.name(&words.nth(1)?)),
            Rule::decided_by => {
                let mut texts = words.filter(|pair| pair.as_rule() == Rule::text);
                CriterionKind::DecidedBy(self.text(&texts.next()?), self.text(&texts.next()?))
            }
            Rule::while_lasts => {
                let lasting = match words.next()?.as_rule() {
                    Rule::k_while_funds_last => Lasting::Funds,
                    _ => Lasting::Places,
                };
                CriterionKind::WhileLasts(lasting, self.text(&words.next()?))
            }
            Rule::not_stated => CriterionKind::NotStated(self.text(&words.nth(1)?)),
            _ => return None,
        })
    }

    /// A fact, and what is said of it.
    fn fact(&mut self, pair: Pair<'_, Rule>) -> Option<CriterionKind> {
        let mut words = pair.into_inner();
        let fact = self.name(&words.next()?);
        let Some(said) = words.next() else { return Some(CriterionKind::Fact(fact)) };
        match said.as_rule() {
            Rule::one_of => self.one_of(fact, said),
            Rule::place_in => Some(CriterionKind::PlaceIn(fact, self.name(&content(said).next()?))),
            Rule::includes => self.includes(fact, said),
            Rule::in_the_last => Some(CriterionKind::DayInTheLast(fact, self.window(said)?)),
            Rule::day_before
            | Rule::day_on_or_before
            | Rule::day_after
            | Rule::day_on_or_after
            | Rule::day_from => Some(self.day(fact, said)),
            _ => {
                let window = words.next().and_then(|pair| self.window(pair));
                self.number(fact, said, window)
            }
        }
    }

    fn one_of(&mut self, fact: Name, pair: Pair<'_, Rule>) -> Option<CriterionKind> {
        let target = content(pair).next()?;
        Some(match target.as_rule() {
            Rule::text => CriterionKind::Places(fact, vec![self.text(&target)]),
            Rule::text_list => {
                CriterionKind::Places(fact, content(target).map(|pair| self.text(&pair)).collect())
            }
            Rule::name_list => CriterionKind::OneOf(fact, self.names(target)),
            _ => CriterionKind::OneOf(fact, vec![self.name(&target)]),
        })
    }

    fn includes(&mut self, fact: Name, pair: Pair<'_, Rule>) -> Option<CriterionKind> {
        let mut words = content(pair);
        let target = words.next()?;
        let span = self.span(&target);
        let (quantifier, elements) = if target.as_rule() == Rule::name {
            (Quantifier::Any, vec![self.name(&target)])
        } else {
            (self.quantifier(target)?, self.names(words.next()?))
        };
        Some(CriterionKind::Includes { fact, quantifier, elements, span })
    }

    fn number(&mut self, fact: Name, bound: Pair<'_, Rule>, window: Option<Window>) -> Option<CriterionKind> {
        let span = self.span(&bound);
        let rule = bound.as_rule();
        let (compare, plus) = match rule {
            Rule::number_at_least | Rule::number_from => (Compare::AtLeast, 0),
            Rule::number_more_than => (Compare::MoreThan, 1),
            Rule::number_under => (Compare::Under, -1),
            _ => (Compare::AtMost, 0),
        };
        let mut limits: Vec<Pair<'_, Rule>> = content(bound).collect();
        let last = if limits.len() > 1 { limits.pop() } else { None };
        let limit = limits.pop()?;
        let share = limit.as_rule() == Rule::poverty_share;
        if last.is_some() && (share || last.iter().any(|last| last.as_rule() == Rule::poverty_share)) {
            let message = "a share of the poverty guideline has one end a line";
            let help = "write two criteria: `… at least 100% of poverty` and `… at most 200% of poverty`";
            self.diagnostics.push(Diagnostic::new(Code::NotUnderstood, span, message).help(help));
            return None;
        }
        if share {
            let share = Box::new(self.share(limit)?);
            return Some(CriterionKind::Poverty { fact, compare, share });
        }
        let (first, first_unit) = self.bound(limit, plus);
        let last = last.map(|last| self.bound(last, 0));
        let unit = last.as_ref().map_or(first_unit, |(_, unit)| *unit);
        if first_unit.is_some() && first_unit != unit {
            let message = "the two ends of this are counted in different units";
            let help = "write both in months, or both in years";
            self.diagnostics.push(Diagnostic::new(Code::Ambiguous, span, message).help(help));
            return None;
        }
        let last = last.map(|(last, _)| last);
        let (from, to) = match compare {
            Compare::AtLeast | Compare::MoreThan => (Some(first), last),
            Compare::AtMost | Compare::Under => (None, Some(first)),
        };
        Some(CriterionKind::Number { fact, from, to, unit, window })
    }

    fn day(&mut self, fact: Name, bound: Pair<'_, Rule>) -> CriterionKind {
        let rule = bound.as_rule();
        let days: Vec<_> = content(bound).map(|pair| self.name(&pair)).collect();
        let limit = |day: usize, inside: bool| Some(DayLimit { day: days.get(day)?.clone(), inside });
        let (from, to) = match rule {
            Rule::day_before => (None, limit(0, false)),
            Rule::day_on_or_before => (None, limit(0, true)),
            Rule::day_after => (limit(0, false), None),
            Rule::day_on_or_after => (limit(0, true), None),
            _ => (limit(0, true), limit(1, true)),
        };
        CriterionKind::Day { fact, from, to }
    }

    fn group(&mut self, pair: Pair<'_, Rule>) -> Option<CriterionKind> {
        let mut words = content(pair);
        let quantifier = self.quantifier(words.next()?)?;
        let (mut members, mut unless, mut broken) = (Vec::new(), Vec::new(), false);
        for pair in words {
            match pair.as_rule() {
                Rule::broken_line => {
                    self.broken_line(&pair, Place::Group);
                    broken = true;
                }
                Rule::unless => unless.extend(self.criterion_with_remarks(&mut content(pair))),
                _ => members.extend(self.criterion_with_remarks(&mut content(pair))),
            }
        }
        Some(CriterionKind::Group { quantifier, members, unless, broken })
    }

    fn quantifier(&mut self, pair: Pair<'_, Rule>) -> Option<Quantifier> {
        let words = pair.into_inner().next()?;
        Some(match words.as_rule() {
            Rule::k_all_of => Quantifier::All,
            Rule::k_any_of => Quantifier::Any,
            Rule::k_none_of => Quantifier::None,
            _ => Quantifier::AtLeast(self.count(content(words).next()?)),
        })
    }

    /// A number with its unit if that is written, or a parameter; with so much added to it.
    fn bound(&mut self, pair: Pair<'_, Rule>, plus: i64) -> (Bound, Option<Unit>) {
        if pair.as_rule() == Rule::name {
            return (Bound::Named(self.name(&pair), plus), None);
        }
        let mut words = pair.into_inner();
        let number = words.next().map_or(Figure::whole(0), |pair| self.figure(&pair));
        (Bound::Number(number, plus), words.next().map(|pair| unit(&pair)))
    }

    fn window(&mut self, pair: Pair<'_, Rule>) -> Option<Window> {
        let span = self.span(&pair);
        let mut words = pair.into_inner().skip(1);
        let number = self.count(words.next()?);
        let months = if unit(&words.next()?) == Unit::Years { number.saturating_mul(12) } else { number };
        Some(Window { months, span })
    }

    fn age(&mut self, pair: Pair<'_, Rule>) -> Option<CriterionKind> {
        let span = self.span(&pair);
        let mut words = content(pair);
        let bound = words.next()?;
        let rule = bound.as_rule();
        let values: Vec<_> = content(bound).collect();
        if let Some(bounds) = self.named_ages(rule, &values) {
            let (from, below) = bounds;
            return Some(self.aged(from, below, words, span));
        }
        let limits: Vec<_> = values.into_iter().map(|pair| self.age_value(pair)).collect();
        let mut limits = limits.into_iter();
        let (first, unit) = limits.next()??;
        let (from, below) = match rule {
            Rule::age_under => (None, Some(first)),
            Rule::age_through => (None, Some(after(first))),
            Rule::age_at_least => (Some(first), None),
            _ => {
                let (last, last_unit) = limits.next()??;
                // `from 3 through 20 months`: one unit at the end serves both; one at the beginning does not.
                if unit && !last_unit && first.in_months {
                    let number = last.months / 12;
                    let message = format!("`through {number}` can be read in two ways");
                    let help = format!(
                        "is that years or months? Write `through {number} years` or `through {number} months`"
                    );
                    self.diagnostics.push(Diagnostic::new(Code::Ambiguous, span, message).help(help));
                }
                let from = if !unit && last.in_months {
                    AgeLimit { months: first.months / 12, in_months: true }
                } else {
                    AgeLimit { in_months: first.in_months || last.in_months, ..first }
                };
                (Some(from), Some(after(last)))
            }
        };
        let (from, below) = (from.map(AgeBound::Limit), below.map(AgeBound::Limit));
        Some(self.aged(from, below, words, span))
    }

    fn aged<'p>(
        &mut self,
        from: Option<AgeBound>,
        below: Option<AgeBound>,
        words: impl Iterator<Item = Pair<'p, Rule>>,
        span: Span,
    ) -> CriterionKind {
        let (month_ends, days): (Vec<_>, Vec<_>) = words.partition(|pair| pair.as_rule() == Rule::month_end);
        let on = self.on(days.into_iter().next(), span);
        CriterionKind::Age { from, below, month_end: !month_ends.is_empty(), on }
    }

    /// The bounds of an age of which at least one is a parameter.
    fn named_ages(&mut self, rule: Rule, values: &[Pair<'_, Rule>]) -> Option<AgeBounds> {
        values.iter().find_map(parameter_of)?;
        let mut bound = |pair: &Pair<'_, Rule>, after: bool| {
            Some(match parameter_of(pair) {
                Some(name) => AgeBound::Named { name: self.name(&name), after },
                None => {
                    let (limit, _) = self.age_value(pair.clone())?;
                    AgeBound::Limit(if after { self::after(limit) } else { limit })
                }
            })
        };
        let first = values.first()?;
        Some(match rule {
            Rule::age_under => (None, bound(first, false)),
            Rule::age_through => (None, bound(first, true)),
            Rule::age_at_least => (bound(first, false), None),
            _ => (bound(first, false), bound(values.get(1)?, true)),
        })
    }

    /// An age, and whether its unit is written.
    pub(super) fn age_value(&mut self, pair: Pair<'_, Rule>) -> Option<(AgeLimit, bool)> {
        let span = self.span(&pair);
        let mut words = pair.into_inner();
        let number = words.next().filter(|word| word.as_rule() == Rule::whole)?;
        let number = self.whole(&number);
        let unit = words.next().map(|unit| unit.as_rule());
        let in_months = unit == Some(Rule::k_months);
        let months = if in_months { number } else { number.saturating_mul(12) };
        if months > 12 * i64::from(crate::value::OLDEST_AGE_YEARS) {
            self.diagnostics.push(
                Diagnostic::new(Code::BadNumber, span, "nobody reaches this age")
                    .help("write completed years, or completed months with `months`"),
            );
        }
        let months = u32::try_from(months).unwrap_or(u32::MAX).min(1_500);
        Some((AgeLimit { months, in_months }, unit.is_some()))
    }
}

fn unit(pair: &Pair<'_, Rule>) -> Unit {
    if pair.as_rule() == Rule::k_months { Unit::Months } else { Unit::Years }
}

/// The name that stands in place of an age.
fn parameter_of<'p>(age: &Pair<'p, Rule>) -> Option<Pair<'p, Rule>> {
    age.clone().into_inner().next().filter(|inner| inner.as_rule() == Rule::name)
}

/// From which age, and below which.
type AgeBounds = (Option<AgeBound>, Option<AgeBound>);

fn after(limit: AgeLimit) -> AgeLimit {
    AgeLimit { months: limit.months + if limit.in_months { 1 } else { 12 }, ..limit }
}

fn joined(
    mut parts: Vec<Criterion>,
    span: Span,
    join: impl Fn(Vec<Criterion>) -> CriterionKind,
) -> Criterion {
    match parts.len() {
        1 => parts.remove(0),
        _ => plain(join(parts), span),
    }
}

fn plain(kind: CriterionKind, span: Span) -> Criterion {
    Criterion { kind, span, remarks: Remarks::default(), validity: None }
}

/// What stands for a criterion that could not be read: it has no say.
fn nothing(span: Span) -> Criterion {
    plain(
        CriterionKind::Group {
            quantifier: Quantifier::All,
            members: Vec::new(),
            unless: Vec::new(),
            broken: true,
        },
        span,
    )
}
