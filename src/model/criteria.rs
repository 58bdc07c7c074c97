//! Criteria with their names looked up: does each test fit its fact, is each group sound, does nothing run in a circle.

use super::from_syntax::Builder;
use super::{Criterion, CriterionKind};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::tree::{self, Name, Quantifier};
use crate::vocabulary::{Choice, FactKind, Test};

/// The set fact that holds the programs a child is in.
pub(super) const ENROLLED: &str = "enrolled";
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
            tree::CriterionKind::Number { fact, from, to } => return self.number(fact, *from, *to, span),
            tree::CriterionKind::OneOf(fact, choices) => return self.one_of(fact, choices),
            tree::CriterionKind::Diagnoses { at_least, list } => return self.diagnoses(*at_least, list),
            tree::CriterionKind::EnrolledIn(names) => {
                let fact = self.vocabulary.names.find("fact", ENROLLED);
                let programs: Vec<usize> =
                    names.iter().filter_map(|name| self.resolve("program", name)).collect();
                let elements = programs.iter().filter_map(|program| self.element(*program)).collect();
                let Some(fact) = fact else {
                    self.report(Code::UnknownName, span, "the shared facts have no set `enrolled`");
                    return None;
                };
                CriterionKind::Test(Test::Includes { fact, elements })
            }
            tree::CriterionKind::EligibleFor(name) => {
                CriterionKind::EligibleFor(self.resolve("program", name)?)
            }
            tree::CriterionKind::Receiving(name) => CriterionKind::Receiving(self.resolve("program", name)?),
            tree::CriterionKind::DecidedBy(agency, question) => {
                CriterionKind::DecidedBy { agency: self.words(agency), question: self.words(question) }
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
        let help = match &fact.kind {
            FactKind::YesNo => return Some(CriterionKind::Test(Test::Fact(index))),
            FactKind::BirthDate | FactKind::BirthMonth | FactKind::Age => {
                "write a test of the age, such as `age under 21`".to_owned()
            }
            FactKind::Number { .. } => format!("write a bound, such as `{} at least 2`", name.value),
            FactKind::Choice(_) => format!("write which, such as `{} is one of …`", name.value),
            FactKind::Set(_) if name.value == ENROLLED => "write `enrolled in PROGRAM`".to_owned(),
            FactKind::Set(_) => "no criterion can test this set yet".to_owned(),
            FactKind::Place => "no criterion can test a place yet".to_owned(),
            FactKind::Codes => "write a list, such as `any diagnosis in LIST`".to_owned(),
        };
        let message = format!("`{}` is not a question of yes or no", name.value);
        self.diagnostics.push(Diagnostic::new(Code::WrongKind, name.span, message).help(help));
        None
    }

    fn number(
        &mut self,
        name: &Name,
        from: Option<i64>,
        to: Option<i64>,
        span: Span,
    ) -> Option<CriterionKind> {
        let fact = self.resolve("fact", name)?;
        let FactKind::Number { min, max, .. } = self.vocabulary.facts[fact].kind else {
            let message = format!("`{}` is not a number", name.value);
            self.report(Code::WrongKind, name.span, message);
            return None;
        };
        let useless =
            from.is_some_and(|from| from <= min || from > max) || to.is_some_and(|to| to < min || to >= max);
        if useless {
            let message = format!("`{}` lies between {min} and {max}: this test never decides", name.value);
            self.report(Code::BadNumber, span, message);
        }
        Some(CriterionKind::Test(Test::Number { fact, from, to }))
    }

    fn one_of(&mut self, name: &Name, choices: &[Name]) -> Option<CriterionKind> {
        let fact = self.resolve("fact", name)?;
        let FactKind::Choice(known) = &self.vocabulary.facts[fact].kind else {
            let message = format!("`{}` has no choices", name.value);
            self.report(Code::WrongKind, name.span, message);
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
        Some(CriterionKind::Test(Test::OneOf { fact, choices: found }))
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

    fn report(&mut self, code: Code, span: Span, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(code, span, message));
    }
}
