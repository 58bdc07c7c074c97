//! Tests of one fact that are more than a yes or a plain number: does each fit its fact, and is it said as its fact asks.

use super::from_syntax::Builder;
use super::from_yaml::date;
use super::{Criterion, CriterionKind};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::source::Span;
use crate::syntax::tree::{self, Bound, DayLimit, Name, Quantifier, Text, Unit, Window};
use crate::value::place_key;
use crate::vocabulary::{APPLIED, Choice, ENROLLED, Fact, FactKind, Measure, Test};

/// What to write instead of a fact's bare name.
pub(super) fn how_to_test(fact: &Fact) -> String {
    let id = &fact.id;
    let first = |choices: &[Choice]| choices.first().map_or("…".to_owned(), |choice| choice.id.clone());
    match &fact.kind {
        FactKind::YesNo => format!("write `{id}`"),
        FactKind::BirthDate | FactKind::BirthMonth | FactKind::Age => {
            "write a test of the age, such as `age under 21`".to_owned()
        }
        FactKind::Number { within: Some(months), .. } => {
            format!("write a bound, such as `{id} at least 2 in the last {months} months`")
        }
        FactKind::Number { measure: Measure::Dollars(_), .. } => {
            format!("write a bound, such as `{id} at most 30,000`")
        }
        FactKind::Number { .. } => format!("write a bound, such as `{id} at least 2`"),
        FactKind::Choice(_) => format!("write which, such as `{id} is one of …`"),
        FactKind::Set(_) if id == ENROLLED => "write `enrolled in PROGRAM`".to_owned(),
        FactKind::Set(_) if id == APPLIED => "write `applied for PROGRAM`".to_owned(),
        FactKind::Set(choices) => format!("write which, such as `{id} include {}`", first(choices)),
        FactKind::Place(_) => format!("write which, such as `{id} in LIST`"),
        FactKind::Codes => "write a list, such as `any diagnosis in LIST`".to_owned(),
        FactKind::Day => format!("write a day, such as `{id} before 2024-07-01`"),
        FactKind::AgeAt { .. } => format!("write an age, such as `{id} under 21`"),
    }
}

impl Builder {
    /// A test that does not fit its fact, with one that does.
    fn does_not_fit(&mut self, fact: usize, name: &Name, message: &str) {
        let fact = &self.vocabulary.facts[fact];
        let message = format!("`{}` {message}", name.value);
        let found = Diagnostic::new(Code::WrongKind, name.span, message);
        self.diagnostics.push(found.help(how_to_test(fact)));
    }

    /// A number that is put to something else.
    pub(super) fn no_number(&mut self, fact: usize, name: &Name) {
        self.does_not_fit(fact, name, "is not a number");
    }

    /// A choice that is put to something that has none.
    pub(super) fn no_choice(&mut self, fact: usize, name: &Name, choices: &[Name]) {
        let FactKind::Place(_) = &self.vocabulary.facts[fact].kind else {
            return self.does_not_fit(fact, name, "has no choices");
        };
        for choice in choices {
            let message = format!("the name of a place stands in quotation marks, unlike `{}`", choice.value);
            let mut letters = choice.value.chars();
            let capital = letters.next().map(|first| first.to_ascii_uppercase());
            let place: String = capital.into_iter().chain(letters).collect();
            let found = Diagnostic::new(Code::WrongKind, choice.span, message);
            self.diagnostics.push(found.help(format!("write `\"{}\"`", place.replace('_', " "))));
        }
    }

    /// An age at an event, in completed months; each end is written in years or months, or a parameter.
    pub(super) fn age_at(
        &mut self,
        fact: usize,
        written: [Option<&Bound>; 2],
        unit: Option<Unit>,
        span: Span,
    ) -> Option<CriterionKind> {
        let number = |bound: Option<&Bound>| match bound {
            Some(Bound::Number(number, plus)) => {
                Some(number.at(0).filter(|_| number.decimals == 0).map(|number| number + plus))
            }
            _ => None,
        };
        let [from, to] = written.map(number);
        let [from, to] = match (from, to) {
            (Some(None), _) | (_, Some(None)) => {
                let message = "an age is said in whole years, or in whole months";
                self.report(Code::BadNumber, span, message, "write `30 months` for two years and a half");
                return None;
            }
            (from, to) => [from.flatten(), to.flatten()],
        };
        let each = if unit == Some(Unit::Months) { 1 } else { 12 };
        let oldest = i64::from(crate::value::OLDEST_AGE_YEARS) * 12;
        let (from, to) = (from.map(|from| from * each), to.map(|to| (to + 1) * each - 1));
        let wrong = if from.max(to).is_some_and(|months| months >= oldest) {
            Some("nobody reaches this age")
        } else if from.zip(to).is_some_and(|(from, to)| from > to) {
            Some("no child has had this age: it ends before it begins")
        } else if from.is_some_and(|from| from <= 0) || to.is_some_and(|to| to < 0) {
            Some("no child is younger than 0: this test never decides")
        } else {
            None
        };
        if let Some(message) = wrong {
            let help = "write completed years, or completed months with `months`";
            self.diagnostics.push(Diagnostic::new(Code::BadNumber, span, message).help(help));
        }
        let test = move |from, to| CriterionKind::Test(Test::Number { fact, from, to });
        let mut tests = Vec::new();
        if from.is_some() || to.is_some() {
            tests.push(test(from, to));
        }
        for (bound, upper) in written.into_iter().zip([false, true]) {
            let Some(Bound::Named(name, plus)) = bound else { continue };
            tests.push(self.by_parameter(name, span, "an age", &mut |_, value| {
                let tree::Value::Age(limit) = value else { return None };
                let each = if limit.in_months { 1 } else { 12 };
                let first = i64::from(limit.months) + plus * each;
                Some(if upper { test(None, Some(first + each - 1)) } else { test(Some(first), None) })
            })?);
        }
        if tests.len() == 1 {
            return tests.pop();
        }
        Some(CriterionKind::All(tests.into_iter().map(|kind| Criterion::plain(kind, span)).collect()))
    }

    /// A test of something that is counted over a time has to say the time its question asks about.
    pub(super) fn window(&mut self, name: &Name, within: Option<u32>, said: Option<Window>, span: Span) {
        let name = &name.value;
        let (span, message, help) = match (within, said) {
            (None, None) => return,
            (Some(within), Some(said)) if said.months == within => return,
            (None, Some(said)) => (
                said.span,
                format!("the question of `{name}` asks about no such time"),
                "take it out, or give the fact its time in `facts.yaml`: `within: { months: 24 }`".to_owned(),
            ),
            (Some(within), said) => (
                said.map_or(span, |said| said.span),
                format!("the question of `{name}` asks about the last {within} months"),
                format!(
                    "write `in the last {within} months`; another time is another question, and another fact"
                ),
            ),
        };
        self.diagnostics.push(Diagnostic::new(Code::WrongKind, span, message).help(help));
    }

    /// Whether a day is put to `since` or `until`, which say when a criterion counts: the question that settles it.
    pub(super) fn says_since(&mut self, name: &Name, written: &tree::Criterion) -> bool {
        let fact = self.vocabulary.names.find("fact", &name.value);
        let is_day = fact.is_some_and(|fact| self.vocabulary.facts[fact].kind == FactKind::Day);
        let Some(validity) = written.validity.as_ref().filter(|_| is_day) else { return false };
        let id = &name.value;
        let (word, day, help) = match (&validity.since, &validity.until) {
            (Some(day), _) => {
                let day = &day.value;
                (
                    "since",
                    day,
                    format!(
                        "is {day} itself in? Write `{id} on or after {day}` if so, `{id} after {day}` if not"
                    ),
                )
            }
            (None, Some(day)) => {
                let day = &day.value;
                (
                    "until",
                    day,
                    format!(
                        "is {day} itself in? Write `{id} on or before {day}` if so, `{id} before {day}` if not"
                    ),
                )
            }
            (None, None) => return false,
        };
        let message = format!("`{id} {word} {day}` can be read in two ways");
        self.diagnostics.push(Diagnostic::new(Code::Ambiguous, name.span, message).help(help));
        true
    }

    /// A day of something that has happened.
    pub(super) fn day(
        &mut self,
        name: &Name,
        from: Option<&DayLimit>,
        to: Option<&DayLimit>,
        span: Span,
    ) -> Option<CriterionKind> {
        let fact = self.resolve("fact", name)?;
        if self.vocabulary.facts[fact].kind != FactKind::Day {
            self.does_not_fit(fact, name, "is not a day");
            return None;
        }
        let mut number = |limit: &DayLimit, outside: i64| {
            let day = date(&limit.day.value, limit.day.span, &mut self.diagnostics)?;
            Some(i64::from(day.day_number()) + if limit.inside { 0 } else { outside })
        };
        let from = from.map(|limit| number(limit, 1));
        let to = to.map(|limit| number(limit, -1));
        let (from, to) =
            (from.map_or(Some(None), |day| day.map(Some))?, to.map_or(Some(None), |day| day.map(Some))?);
        if from.zip(to).is_some_and(|(from, to)| from > to) {
            let help = "write the earlier day first";
            self.report(Code::BadDate, span, "no day is in this: it ends before it begins", help);
        }
        Some(CriterionKind::Test(Test::Number { fact, from, to }))
    }

    /// A day less than so many completed months ago.
    pub(super) fn day_in_the_last(&mut self, name: &Name, window: Window) -> Option<CriterionKind> {
        let fact = self.resolve("fact", name)?;
        if self.vocabulary.facts[fact].kind != FactKind::Day {
            self.does_not_fit(fact, name, "is not a day");
            return None;
        }
        Some(CriterionKind::Test(Test::InTheLast { fact, months: window.months }))
    }

    /// One of these places.
    pub(super) fn places(&mut self, name: &Name, places: &[Text]) -> Option<CriterionKind> {
        let fact = self.resolve("fact", name)?;
        let known = self.known_places(fact, name)?;
        let mut choices = Vec::new();
        for place in places {
            choices.extend(self.place(name, &known, &place.value, place.span));
        }
        Some(CriterionKind::Test(Test::OneOf { fact, choices, list: None }))
    }

    /// A place on a list.
    pub(super) fn place_in(&mut self, name: &Name, list: &Name) -> Option<CriterionKind> {
        let known = self.vocabulary.names.find("fact", &name.value).is_some();
        if !known && nearest(&name.value, [ENROLLED]).is_some() {
            let message = format!("`{} in` is not understood here", name.value);
            let found = Diagnostic::new(Code::NotUnderstood, name.span, message);
            self.diagnostics.push(found.help("did you mean `enrolled in`?"));
            return None;
        }
        let fact = self.resolve("fact", name)?;
        if !matches!(self.vocabulary.facts[fact].kind, FactKind::Place(_)) {
            self.does_not_fit(fact, name, "is not a place");
            return None;
        }
        let known = self.known_places(fact, name)?;
        let index = self.resolve("list of places", list)?;
        let entries = self.vocabulary.place_lists[index].places.clone();
        let spans = self.vocabulary.place_spans[index].clone();
        let mut choices = Vec::new();
        for (place, span) in entries.iter().zip(spans) {
            choices.extend(self.place(name, &known, place, span));
        }
        Some(CriterionKind::Test(Test::OneOf { fact, choices, list: Some(index) }))
    }

    /// All places of a fact; without them, a misspelled answer would be a silent no.
    fn known_places(&mut self, fact: usize, name: &Name) -> Option<Vec<String>> {
        let FactKind::Place(places) = &self.vocabulary.facts[fact].kind else {
            self.does_not_fit(fact, name, "is not a place");
            return None;
        };
        if places.is_empty() {
            let name_of = &name.value;
            let message = format!("nothing says which places `{name_of}` can be");
            let help = format!(
                "name them all in the state's `facts.yaml`: `- reword: {name_of}` with `places: [\"…\", \"…\"]`"
            );
            self.diagnostics.push(Diagnostic::new(Code::Missing, name.span, message).help(help));
            return None;
        }
        Some(places.iter().map(|place| place.id.clone()).collect())
    }

    fn place(&mut self, name: &Name, known: &[String], place: &str, span: Span) -> Option<usize> {
        let found = known.iter().position(|known| place_key(known) == place_key(place));
        if found.is_none() {
            let message = format!("`{}` has no place `{place}`", name.value);
            let found = Diagnostic::new(Code::UnknownName, span, message);
            self.diagnostics.push(found.did_you_mean(place, known.iter().map(String::as_str)));
        }
        found
    }

    /// So many of these in a set.
    pub(super) fn includes(
        &mut self,
        name: &Name,
        quantifier: Quantifier,
        elements: &[Name],
        span: Span,
    ) -> Option<CriterionKind> {
        let fact = self.resolve("fact", name)?;
        let known = match &self.vocabulary.facts[fact].kind {
            FactKind::Set(_) if [ENROLLED, APPLIED].contains(&name.value.as_str()) => {
                self.does_not_fit(fact, name, "has words of its own");
                return None;
            }
            FactKind::Set(known) => known.clone(),
            _ => {
                self.does_not_fit(fact, name, "is not a set");
                return None;
            }
        };
        let mut found: Vec<usize> = Vec::new();
        for element in elements {
            let index = known.iter().position(|choice| choice.id == element.value);
            match index {
                Some(index) if found.contains(&index) => {
                    let message = format!("`{}` stands here twice", element.value);
                    self.report(Code::DuplicateName, element.span, message, "take one of them out");
                }
                Some(index) => found.push(index),
                None => {
                    let message = format!("`{}` has no choice `{}`", name.value, element.value);
                    let names = known.iter().map(|choice| choice.id.as_str());
                    let found = Diagnostic::new(Code::UnknownName, element.span, message);
                    self.diagnostics.push(found.did_you_mean(&element.value, names));
                }
            }
        }
        let count = u32::try_from(elements.len()).unwrap_or(u32::MAX);
        let at_least = match quantifier {
            Quantifier::Any | Quantifier::None => 1,
            Quantifier::All => count,
            Quantifier::AtLeast(needed) => {
                if needed == 0 || needed > count {
                    let message = format!("{count} are named here; `at least {needed}` never decides");
                    let help = match count {
                        1 => format!("write `{} include {}`", name.value, elements[0].value),
                        _ => format!("write `any of`, `all of`, or a number from 1 to {count}"),
                    };
                    self.report(Code::BadNumber, span, message, help);
                }
                needed
            }
        };
        let test = CriterionKind::Test(Test::Includes { fact, elements: found, at_least });
        if quantifier != Quantifier::None {
            return Some(test);
        }
        let criterion = Criterion::plain(test, span);
        Some(CriterionKind::Not(Box::new(criterion)))
    }
}
