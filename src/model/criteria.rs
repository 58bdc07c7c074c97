//! Criteria with their names looked up: does each test fit its fact, is each group sound, does nothing run in a circle.

use super::from_syntax::Builder;
use super::one_fact::how_to_test;
use super::{Criterion, CriterionKind};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::tree::{self, Lasting, Name, Quantifier, Unit, Window};
use crate::value::Words;
use crate::vocabulary::{APPLIED, Choice, ENROLLED, FactKind, Test};

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
        let kind = self.kind(written).unwrap_or(CriterionKind::All(Vec::new()));
        Criterion { kind, span: written.span, cites, reading }
    }
}

impl Builder {
    fn kind(&mut self, written: &tree::Criterion) -> Option<CriterionKind> {
        let span = written.span;
        Some(match &written.kind {
            tree::CriterionKind::Fact(name) => return self.named(name),
            tree::CriterionKind::Age { from, below, month_end } => {
                if let (Some(from), Some(below)) = (from, below)
                    && from.months >= below.months
                {
                    self.report(Code::BadNumber, span, "no child has this age: it ends before it begins");
                }
                CriterionKind::Test(Test::Age {
                    from: from.map(|limit| limit.months),
                    below: below.map(|limit| limit.months),
                    in_months: from.or(*below).is_some_and(|limit| limit.in_months),
                    month_end: *month_end,
                })
            }
            tree::CriterionKind::Number { fact, from, to, unit, window } => {
                return self.number(fact, (*from, *to), *unit, *window, span);
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
            self.report(Code::UnknownName, span, format!("the shared facts have no set `{set}`"));
            return None;
        };
        let elements = programs.iter().filter_map(|program| self.element(set, *program)).collect();
        Some(CriterionKind::Test(Test::Includes { fact, elements, at_least: 1 }))
    }

    /// A name alone: a definition or a yes/no fact.
    fn named(&mut self, name: &Name) -> Option<CriterionKind> {
        let names = &self.vocabulary.names;
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

    fn number(
        &mut self,
        name: &Name,
        (from, to): (Option<i64>, Option<i64>),
        unit: Option<Unit>,
        window: Option<Window>,
        span: Span,
    ) -> Option<CriterionKind> {
        let fact = self.resolve("fact", name)?;
        let (from, to) = match self.vocabulary.facts[fact].kind {
            FactKind::Number { within, .. } => {
                self.window(name, within, window, span);
                if unit.is_some() {
                    let message = format!("`{}` is a number; it counts neither months nor years", name.value);
                    self.report(Code::WrongKind, span, message);
                    return None;
                }
                (from, to)
            }
            FactKind::AgeAt { .. } => {
                self.window(name, None, window, span);
                self.age_at(from, to, unit, span)
            }
            _ => {
                self.no_number(fact, name);
                return None;
            }
        };
        let (min, max) = self.vocabulary.facts[fact].kind.limits().unwrap_or((i64::MIN, i64::MAX));
        if from.zip(to).is_some_and(|(from, to)| from > to) {
            self.report(Code::BadNumber, span, "no child meets this: it ends before it begins");
        } else if from.is_some_and(|from| from <= min || from > max)
            || to.is_some_and(|to| to < min || to >= max)
        {
            let message = match self.vocabulary.facts[fact].kind {
                FactKind::AgeAt { .. } => "no child is younger than 0: this test never decides".to_owned(),
                _ => format!("`{}` lies between {min} and {max}: this test never decides", name.value),
            };
            self.report(Code::BadNumber, span, message);
        }
        Some(CriterionKind::Test(Test::Number { fact, from, to }))
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
                    let message = format!("`{}` has no choice `{}`", name.value, choice.value);
                    let names = known.iter().map(|choice| choice.id.as_str());
                    self.diagnostics.push(
                        Diagnostic::new(Code::UnknownName, choice.span, message)
                            .did_you_mean(&choice.value, names),
                    );
                }
            }
        }
        Some(CriterionKind::Test(Test::OneOf { fact, choices: found, list: None }))
    }

    fn diagnoses(&mut self, at_least: u32, name: &Name) -> Option<CriterionKind> {
        let list = self.resolve("list", name)?;
        let Some(fact) = self.vocabulary.names.find("fact", DIAGNOSIS) else {
            self.report(Code::UnknownName, name.span, "the shared facts have no `diagnosis`");
            return None;
        };
        let entries = self.vocabulary.lists[list].entries.len();
        if at_least as usize > entries {
            let message = format!("the list `{}` has {entries} entries; no child has {at_least}", name.value);
            self.report(Code::BadNumber, name.span, message);
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
            self.report(Code::EmptyGroup, head, "this group has no criterion in it");
        }
        if let Quantifier::AtLeast(needed) = quantifier
            && (needed == 0 || needed as usize > members.len())
            && !broken
        {
            let (count, criteria) =
                (members.len(), if members.len() == 1 { "criterion" } else { "criteria" });
            let message = format!("the group has {count} {criteria}; `at least {needed}` never decides");
            self.report(Code::BadNumber, head, message);
        }
        let built = self.each(members);
        let exceptions: Vec<Criterion> = unless
            .iter()
            .map(|written| {
                let inner = self.criterion(written);
                let span = inner.span;
                Criterion {
                    kind: CriterionKind::Unless(Box::new(inner)),
                    span,
                    cites: Vec::new(),
                    reading: None,
                }
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
        let group = Criterion { kind, span, cites: Vec::new(), reading: None };
        Some(CriterionKind::All(std::iter::once(group).chain(exceptions).collect()))
    }

    pub(super) fn report(&mut self, code: Code, span: Span, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(code, span, message));
    }
}
