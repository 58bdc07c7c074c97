//! Criteria with their names looked up: does each test fit its fact, is each group sound, does nothing run in a circle.

use super::figures::{Tested, between};
use super::from_syntax::Builder;
use super::one_fact::how_to_test;
use super::{Criterion, CriterionKind};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::tree::{self, AgeBound, AgeLimit, Bound, Lasting, Name, Quantifier, Unit, Window};
use crate::value::{Date, Figure, Words};
use crate::vocabulary::{
    APPLIED, AgeOn, Choice, Compare, ENROLLED, FactKind, IntendedWhat, Measure, Period, Test,
};

/// The fact that holds a child's diagnoses.
const DIAGNOSIS: &str = "diagnosis";

/// Looking criteria up.
pub(super) trait Criteria {
    /// A criterion with its names looked up; what cannot be is reported and has no say.
    fn criterion(&mut self, written: &tree::Criterion) -> Criterion;
}

impl Criteria for Builder {
    fn criterion(&mut self, written: &tree::Criterion) -> Criterion {
        let cites = self.cite(&written.remarks.cites);
        let reading = written.remarks.reading.as_ref().map(|text| self.words(text));
        let span = written.span;
        self.intended_here(IntendedWhat::Line, &written.remarks, span);
        let kind = self.kind(written).unwrap_or(CriterionKind::All(Vec::new()));
        let criterion = Criterion { kind, span, cites, reading };
        let Some(validity) = &written.validity else { return criterion };
        let tree::Validity { since, until, waived } = &**validity;
        let waivers: Vec<_> = waived
            .iter()
            .map(|waiver| {
                let days = self.period(waiver.since.as_ref(), waiver.until.as_ref(), waiver.span);
                (days, self.criterion(&waiver.to))
            })
            .collect();
        let criterion = match waivers.is_empty() {
            true => criterion,
            false => Criterion::plain(CriterionKind::Waived(Box::new(criterion), waivers), span),
        };
        match self.period(since.as_ref(), until.as_ref(), span) {
            Period { since: None, until: None } => criterion,
            days => {
                let kind = CriterionKind::Dated { cases: vec![(days, criterion)], stale_from: None };
                Criterion::plain(kind, span)
            }
        }
    }
}

impl Builder {
    fn kind(&mut self, written: &tree::Criterion) -> Option<CriterionKind> {
        let span = written.span;
        Some(match &written.kind {
            tree::CriterionKind::Fact(name) => {
                return if self.says_since(name, written) { None } else { self.named(name) };
            }
            tree::CriterionKind::Age { from, below, month_end, on } => {
                let on = self.on(on)?;
                return self.age(from.as_ref(), below.as_ref(), *month_end, on, span);
            }
            tree::CriterionKind::Number { fact, from, to, unit, window } => {
                return self.number(fact, [from.as_ref(), to.as_ref()], *unit, *window, span);
            }
            tree::CriterionKind::Poverty { fact, compare, share } => {
                return self.poverty(fact, *compare, share, span);
            }
            tree::CriterionKind::DayInTheLast(fact, window) => {
                return self.day_in_the_last(fact, *window);
            }
            tree::CriterionKind::Day { fact, from, to } => {
                return self.day(fact, from.as_ref(), to.as_ref(), span);
            }
            tree::CriterionKind::OneOf(fact, choices) => return self.one_of(fact, choices),
            tree::CriterionKind::Places(fact, places) => return self.places(fact, places),
            tree::CriterionKind::PlaceIn(fact, list) => return self.place_in(fact, list),
            tree::CriterionKind::Includes { fact, quantifier, elements, span } => {
                return self.includes(fact, *quantifier, elements, *span);
            }
            tree::CriterionKind::Diagnoses { at_least, list } => return self.diagnoses(*at_least, list),
            tree::CriterionKind::EnrolledIn(names) => return self.programs(ENROLLED, names, span),
            tree::CriterionKind::AppliedFor(names) => return self.programs(APPLIED, names, span),
            tree::CriterionKind::EligibleFor(name) => {
                CriterionKind::EligibleFor(self.resolve("program", name)?)
            }
            tree::CriterionKind::Receiving(name) => CriterionKind::Receiving(self.resolve("program", name)?),
            tree::CriterionKind::DecidedBy(agency, question) => {
                let (agency, question) = (self.words(agency), self.words(question));
                CriterionKind::DecidedBy { agency, question, lasting: false }
            }
            tree::CriterionKind::WhileLasts(lasting, agency) => {
                let (en, es) = match lasting {
                    Lasting::Funds => ("money left for this year", "dinero para este año"),
                    Lasting::Places => ("a free place", "un lugar libre"),
                };
                let question = Words { en: en.to_owned(), es: es.to_owned() };
                CriterionKind::DecidedBy { agency: self.words(agency), question, lasting: true }
            }
            tree::CriterionKind::NotStated(what) => CriterionKind::NotStated(self.words(what)),
            tree::CriterionKind::Group { quantifier, members, unless, broken } => {
                return self.group(*quantifier, members, unless, *broken, span);
            }
            tree::CriterionKind::Not(inner) => CriterionKind::Not(Box::new(self.criterion(inner))),
            tree::CriterionKind::And(parts) => CriterionKind::All(self.each(parts)),
            tree::CriterionKind::Or(parts) => CriterionKind::Any(self.each(parts)),
        })
    }

    fn each(&mut self, written: &[tree::Criterion]) -> Vec<Criterion> {
        written.iter().map(|criterion| self.criterion(criterion)).collect()
    }

    /// A test of the programs that a child is in, or that its family has applied for.
    fn programs(&mut self, set: &str, names: &[Name], span: Span) -> Option<CriterionKind> {
        let programs: Vec<usize> = names.iter().filter_map(|name| self.resolve("program", name)).collect();
        let Some(fact) = self.vocabulary.names.find("fact", set) else {
            let help = format!("add it to `us/facts.yaml`: `- id: {set}` with `type: set`");
            self.report(Code::UnknownName, span, format!("the shared facts have no set `{set}`"), help);
            return None;
        };
        let elements = programs.iter().filter_map(|program| self.element(set, *program)).collect();
        Some(CriterionKind::Test(Test::Includes { fact, elements, at_least: 1 }))
    }

    /// A name alone: a definition or a yes/no fact.
    fn named(&mut self, name: &Name) -> Option<CriterionKind> {
        let names = &self.vocabulary.names;
        if names.find("score", &name.value).is_some_and(|score| score != usize::MAX) {
            let message = format!("`{}` is not a question of yes or no", name.value);
            let help = format!("write a bound, such as `{} at most 20`", name.value);
            self.diagnostics.push(Diagnostic::new(Code::WrongKind, name.span, message).help(help));
            return None;
        }
        let (kind, index) = names.resolve(&["definition", "fact"], name, &mut self.diagnostics)?;
        if index == usize::MAX {
            return None;
        }
        if kind == "definition" {
            return Some(CriterionKind::Defined(index));
        }
        let fact = &self.vocabulary.facts[index];
        if fact.kind == FactKind::YesNo {
            return Some(CriterionKind::Test(Test::Fact(index)));
        }
        let help = how_to_test(fact);
        let message = format!("`{}` is not a question of yes or no", name.value);
        self.diagnostics.push(Diagnostic::new(Code::WrongKind, name.span, message).help(help));
        None
    }

    /// On which day an age is meant.
    fn on(&mut self, written: &tree::Spanned<tree::On>) -> Option<AgeOn> {
        Some(match &written.value {
            tree::On::AsOf => AgeOn::AsOf,
            tree::On::Day(day) => AgeOn::Day(self.date(day)?),
            tree::On::Yearly { last, month, day } => {
                let day = u8::try_from(*day).ok();
                // Every year has it.
                let day = day.filter(|day| Date::new(2026, *month, *day).is_some());
                let Some(day) = day else {
                    let help =
                        "write a day that every year has: for the last of February, the first of March";
                    self.report(Code::BadDate, written.span, "not every year has this day", help);
                    return None;
                };
                if *last { AgeOn::Last(*month, day) } else { AgeOn::Next(*month, day) }
            }
        })
    }

    /// An age; where both of its ends are parameters, each is a test of its own.
    fn age(
        &mut self,
        from: Option<&AgeBound>,
        below: Option<&AgeBound>,
        month_end: bool,
        on: AgeOn,
        span: Span,
    ) -> Option<CriterionKind> {
        let test = move |from: Option<AgeLimit>, below: Option<AgeLimit>| {
            CriterionKind::Test(Test::Age {
                from: from.map(|limit| limit.months),
                below: below.map(|limit| limit.months),
                in_months: from.or(below).is_some_and(|limit| limit.in_months),
                month_end,
                on,
            })
        };
        let written = |bound: Option<&AgeBound>| match bound {
            Some(AgeBound::Limit(limit)) => Some(*limit),
            _ => None,
        };
        let (least, limit) = (written(from), written(below));
        if let (Some(least), Some(limit)) = (least, limit)
            && least.months >= limit.months
        {
            let help = "write the younger age first, such as `age from 3 through 5`";
            self.report(Code::BadNumber, span, "no child has this age: it ends before it begins", help);
        }
        let mut tests = Vec::new();
        if least.is_some() || limit.is_some() {
            tests.push(test(least, limit));
        }
        for (bound, upper) in [(from, false), (below, true)] {
            if let Some(AgeBound::Named { name, after }) = bound {
                tests.push(self.by_parameter(name, span, "an age", &mut |_, value| match value {
                    tree::Value::Age(limit) => {
                        let step = if limit.in_months { 1 } else { 12 };
                        let months = limit.months + if *after { step } else { 0 };
                        let limit = AgeLimit { months, ..limit };
                        Some(if upper { test(None, Some(limit)) } else { test(Some(limit), None) })
                    }
                    _ => None,
                })?);
            }
        }
        if tests.len() == 1 {
            return tests.pop();
        }
        Some(CriterionKind::All(tests.into_iter().map(|kind| Criterion::plain(kind, span)).collect()))
    }

    fn number(
        &mut self,
        name: &Name,
        written: [Option<&Bound>; 2],
        unit: Option<Unit>,
        window: Option<Window>,
        span: Span,
    ) -> Option<CriterionKind> {
        let names = &self.vocabulary.names;
        let (kind, index) = names.resolve(&["fact", "score"], name, &mut self.diagnostics)?;
        if index == usize::MAX {
            return None;
        }
        let limits = match self.vocabulary.facts.get(index).map(|fact| &fact.kind) {
            _ if kind == "score" => None,
            Some(FactKind::AgeAt { .. }) => {
                self.window(name, None, window, span);
                return self.age_at(index, written, unit, span);
            }
            Some(FactKind::Choice(_)) => {
                self.window(name, None, window, span);
                return self.in_order(index, name, written, span);
            }
            Some(FactKind::Number { min, max, within, measure, .. }) => {
                let limits = (*min, *max, *measure);
                self.window(name, *within, window, span);
                Some(limits)
            }
            _ => {
                self.no_number(index, name);
                return None;
            }
        };
        if unit.is_some() {
            let message = format!("`{}` is a number; it counts neither months nor years", name.value);
            let help = format!("write the number alone, such as `{} at least 2`", name.value);
            self.report(Code::WrongKind, span, message, help);
            return None;
        }
        let tested = if kind == "score" { Tested::Score(index) } else { Tested::Fact(index) };
        let measure = limits.map_or(Measure::Count { decimals: 0 }, |(_, _, measure)| measure);
        let mut bounds = [None, None];
        for (bound, at) in written.into_iter().zip(0..) {
            match bound {
                None => {}
                Some(Bound::Number(number, plus)) => {
                    bounds[at] = Some(self.in_steps(*number, measure, name, span)? + plus);
                }
                Some(Bound::Named(other, plus)) if limits.is_some() && self.is_fact(other) => {
                    let compare = match (at, plus) {
                        _ if written.iter().flatten().count() > 1 => {
                            self.one_end_each(other, "another fact");
                            return None;
                        }
                        (0, 0) => Compare::AtLeast,
                        (0, _) => Compare::MoreThan,
                        (_, 0) => Compare::AtMost,
                        _ => Compare::Under,
                    };
                    return self.compared(index, compare, name, other, span);
                }
                Some(Bound::Named(parameter, _)) if written.iter().flatten().count() > 1 => {
                    self.one_end_each(parameter, "a parameter");
                    return None;
                }
                Some(Bound::Named(parameter, plus)) => {
                    let (lower, parameter) = (at == 0, parameter.clone());
                    return self.number_by_parameter(&parameter, span, |builder, number| {
                        let bound = Some(builder.in_steps(number, measure, name, parameter.span)? + plus);
                        let (from, to) = if lower { (bound, None) } else { (None, bound) };
                        builder.never_decides(name, limits, from, to, parameter.span);
                        Some(between(tested, from, to))
                    });
                }
            }
        }
        let [from, to] = bounds;
        if from.zip(to).is_some_and(|(from, to)| from > to) {
            let help = "write the smaller number first, such as `from 2 through 4`";
            self.report(Code::BadNumber, span, "no child meets this: it ends before it begins", help);
            return None;
        }
        self.never_decides(name, limits, from, to, span);
        Some(between(tested, from, to))
    }

    /// A number in steps of what it is a bound of. Zeros behind a point are decimals as well: `30.000` may be meant for
    /// thousands.
    fn in_steps(&mut self, number: Figure, measure: Measure, name: &Name, span: Span) -> Option<i64> {
        let (has, name) = (measure.decimals(), &name.value);
        if number.decimals <= has {
            return number.at(has);
        }
        let message = match has {
            0 => format!("`{name}` is told in whole numbers, and this one has decimals"),
            1 => format!("this number has more decimals than `{name}`, which has 1"),
            some => format!("this number has more decimals than `{name}`, which has {some}"),
        };
        let help = match measure {
            Measure::Dollars(_) => "write whole dollars, with a comma between thousands: `30,000`",
            Measure::Count { decimals: 0 } => {
                "write a whole number; a fact can have decimals where `facts.yaml` says so: `decimals: 1`"
            }
            Measure::Count { .. } => {
                "write fewer decimals, or say in `facts.yaml` how many the fact has: `decimals: 1`"
            }
        };
        self.diagnostics.push(Diagnostic::new(Code::BadNumber, span, message).help(help));
        None
    }

    /// Reports a bound that no value of a number passes, or that all do.
    fn never_decides(
        &mut self,
        name: &Name,
        limits: Option<(i64, i64, Measure)>,
        from: Option<i64>,
        to: Option<i64>,
        span: Span,
    ) {
        if let Some((min, max, measure)) = limits
            && (from.is_some_and(|from| from <= min || from > max)
                || to.is_some_and(|to| to < min || to >= max))
        {
            let only = min == max;
            let [min, max, next] = [min, max, min.saturating_add(1)].map(|end| measure.figure(end));
            let message = format!("`{}` lies between {min} and {max}: this test never decides", name.value);
            let help = match only {
                true => "take it out: every child has the same number".to_owned(),
                false => format!(
                    "write a bound that some children meet and some do not, from `at least {next}` to `at least {max}`; \
                     or take it out"
                ),
            };
            self.report(Code::BadNumber, span, message, help);
        }
    }

    fn one_of(&mut self, name: &Name, choices: &[Name]) -> Option<CriterionKind> {
        let fact = self.resolve("fact", name)?;
        let FactKind::Choice(known) = &self.vocabulary.facts[fact].kind else {
            self.no_choice(fact, name, choices);
            return None;
        };
        let mut found = Vec::new();
        for choice in choices {
            match known.iter().position(|Choice { id, .. }| *id == choice.value) {
                Some(index) => found.push(index),
                None => {
                    let unknown = unknown_choice(name, choice, known);
                    self.diagnostics.push(unknown);
                }
            }
        }
        Some(CriterionKind::Test(Test::OneOf { fact, choices: found, list: None }))
    }

    fn diagnoses(&mut self, at_least: u32, name: &Name) -> Option<CriterionKind> {
        let list = self.resolve("list", name)?;
        let Some(fact) = self.vocabulary.names.find("fact", DIAGNOSIS) else {
            let help = "add it to `us/facts.yaml`: `- id: diagnosis` with `type: codes`";
            self.report(Code::UnknownName, name.span, "the shared facts have no `diagnosis`", help);
            return None;
        };
        let entries = self.vocabulary.lists[list].entries.len();
        if at_least > 1 && self.vocabulary.from_tables.contains(&list) {
            let message = format!(
                "a table gives `{}` its codes, and does not say which of them are one condition",
                name.value
            );
            let help = format!(
                "write `any diagnosis in {}`; or make a list for each category, and write `at least {at_least} of {{ … }}` with a line for each",
                name.value
            );
            self.report(Code::WrongKind, name.span, message, help);
        } else if entries > 0 && at_least as usize > entries {
            let message = format!("the list `{}` has {entries} entries; no child has {at_least}", name.value);
            let help = match entries {
                1 => format!("write `any diagnosis in {}`", name.value),
                _ => format!("write `at least {entries} diagnoses in {}`, or less", name.value),
            };
            self.report(Code::BadNumber, name.span, message, help);
        }
        Some(CriterionKind::Test(Test::Diagnoses { fact, list, at_least }))
    }

    fn group(
        &mut self,
        quantifier: Quantifier,
        members: &[tree::Criterion],
        unless: &[tree::Criterion],
        broken: bool,
        span: Span,
    ) -> Option<CriterionKind> {
        let words = match quantifier {
            Quantifier::All => "all of",
            Quantifier::Any => "any of",
            Quantifier::None => "none of",
            Quantifier::AtLeast(_) => "at least",
        };
        let head = Span { end: span.start + words.len() as u32, ..span };
        if members.is_empty() && !broken {
            let help = "write a criterion on a line of its own between `{` and `}`, or take the group out";
            self.report(Code::EmptyGroup, head, "this group has no criterion in it", help);
        }
        if let Quantifier::AtLeast(needed) = quantifier
            && (needed == 0 || needed as usize > members.len())
            && !broken
        {
            let (count, criteria) =
                (members.len(), if members.len() == 1 { "criterion" } else { "criteria" });
            let message = format!("the group has {count} {criteria}; `at least {needed}` never decides");
            let help = match members.len() {
                0 => "write its criteria first, each on a line of its own".to_owned(),
                1 => "write `all of`".to_owned(),
                count => format!("write `any of`, `all of`, or a number from 1 to {count}"),
            };
            self.report(Code::BadNumber, head, message, help);
        }
        let built = self.each(members);
        let exceptions: Vec<Criterion> = unless
            .iter()
            .map(|written| {
                let inner = self.criterion(written);
                let span = inner.span;
                Criterion::plain(CriterionKind::Unless(Box::new(inner)), span)
            })
            .collect();
        let kind = match quantifier {
            Quantifier::All => {
                return Some(CriterionKind::All(built.into_iter().chain(exceptions).collect()));
            }
            Quantifier::Any => CriterionKind::Any(built),
            Quantifier::None => CriterionKind::None(built),
            Quantifier::AtLeast(needed) => CriterionKind::AtLeast(needed, built),
        };
        if exceptions.is_empty() {
            return Some(kind);
        }
        // An exception binds to the whole group it stands in.
        let group = Criterion::plain(kind, span);
        Some(CriterionKind::All(std::iter::once(group).chain(exceptions).collect()))
    }

    /// A mistake, and what to write instead.
    pub(super) fn report(
        &mut self,
        code: Code,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.diagnostics.push(Diagnostic::new(code, span, message).help(help));
    }
}

/// A choice that a fact does not have.
pub(super) fn unknown_choice(fact: &Name, choice: &Name, known: &[Choice]) -> Diagnostic {
    let message = format!("`{}` has no choice `{}`", fact.value, choice.value);
    let names = known.iter().map(|choice| choice.id.as_str());
    Diagnostic::new(Code::UnknownName, choice.span, message).did_you_mean(&choice.value, names)
}
