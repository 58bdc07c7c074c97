//! How programs stand to one another: relations with their names looked up, and `excluded by` among the criteria.

use super::criteria::Criteria;
use super::from_syntax::Builder;
use super::{Criterion, CriterionKind, Model};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::tree::{self, AgeLimit, Body, ProgramLine, Renews, Spanned};
use crate::value::OLDEST_AGE_YEARS;
use crate::vocabulary::{Deference, FactKind, Pathway, Related, Relation, RelationKind, Renewal};

/// Nothing has to be renewed less often than this.
const LONGEST_RENEWAL_MONTHS: i64 = 120;

impl Builder {
    /// The relations of one line.
    pub(super) fn related(
        &mut self,
        kind: RelationKind,
        bodies: &[Body],
        remarks: &tree::Remarks,
        index: usize,
        built: &mut Pathway<Criterion>,
    ) {
        self.cite(&remarks.cites);
        if kind == RelationKind::LastPayer {
            built.relations.push(Relation { kind, to: Related::Everybody });
        }
        for body in bodies {
            let to = match body {
                Body::Program(name) => self.other_program(name, index, kind).map(Related::Program),
                Body::Named(text) => Some(Related::Named(self.words(text))),
            };
            built.relations.extend(to.map(|to| Relation { kind, to }));
        }
    }

    /// Another program; one that stands in a relation to itself is reported.
    fn other_program(&mut self, name: &tree::Name, index: usize, kind: RelationKind) -> Option<usize> {
        let other = self.resolve("program", name)?;
        if other == index {
            let words = kind.as_str().replace('_', " ");
            let message = format!("`{words} {}` speaks of the program itself", name.value);
            let help = "name another program, or write a body that is no program here in quotation marks";
            self.diagnostics.push(Diagnostic::new(Code::Circle, name.span, message).help(help));
            return None;
        }
        Some(other)
    }

    /// What excludes a child joins the program's criteria as an exception: whoever receives it is not eligible.
    pub(super) fn exclusions(
        &mut self,
        lines: &[Spanned<ProgramLine>],
        index: usize,
        built: &mut Pathway<Criterion>,
    ) {
        let mut exceptions = Vec::new();
        for line in lines {
            let ProgramLine::ExcludedBy(names, remarks) = &line.value else { continue };
            for name in names {
                let kind = RelationKind::ExcludedBy;
                let Some(other) = self.other_program(name, index, kind) else { continue };
                built.relations.push(Relation { kind, to: Related::Program(other) });
                let written = tree::Criterion {
                    kind: tree::CriterionKind::Receiving(name.clone()),
                    span: name.span,
                    remarks: remarks.clone(),
                    validity: None,
                };
                let inner = self.criterion(&written);
                let kind = CriterionKind::Unless(Box::new(inner));
                exceptions.push(Criterion::plain(kind, name.span));
            }
        }
        if exceptions.is_empty() {
            return;
        }
        match &mut built.eligible {
            Criterion { kind: CriterionKind::All(members), .. } => members.extend(exceptions),
            own => {
                let nothing = Criterion::plain(CriterionKind::All(Vec::new()), own.span);
                let first = std::mem::replace(own, nothing);
                let members = std::iter::once(first).chain(exceptions).collect();
                own.kind = CriterionKind::All(members);
            }
        }
    }

    /// When a program has to be renewed.
    pub(super) fn renewal(&mut self, renews: &Renews, remarks: &tree::Remarks) -> Option<Renewal> {
        self.cite(&remarks.cites);
        let (months, after) = match renews {
            Renews::Every(months, after) => (months, after),
            Renews::BirthdayMonth => return Some(Renewal::BirthdayMonth),
            Renews::AtAge(age) => {
                let AgeLimit { months, in_months } = age.value;
                if !(1..OLDEST_AGE_YEARS * 12).contains(&months) {
                    let message = "no child is renewed at this age";
                    let found = Diagnostic::new(Code::BadNumber, age.span, message);
                    self.diagnostics
                        .push(found.help("write completed years, or completed months with `months`"));
                    return None;
                }
                return Some(Renewal::AtAge { months, in_months });
            }
        };
        if !(1..=LONGEST_RENEWAL_MONTHS).contains(&months.value) {
            let message = format!("a program is renewed after 1 to {LONGEST_RENEWAL_MONTHS} months");
            let help = "write how many, such as `renews every 12 months`";
            self.diagnostics.push(Diagnostic::new(Code::BadNumber, months.span, message).help(help));
            return None;
        }
        let after = match after {
            Some(name) => Some(self.day_fact(name)?),
            None => None,
        };
        Some(Renewal::Every { months: u32::try_from(months.value).ok()?, after })
    }

    /// A fact that is a day.
    fn day_fact(&mut self, name: &tree::Name) -> Option<usize> {
        let fact = self.resolve("fact", name)?;
        if !matches!(self.vocabulary.facts[fact].kind, FactKind::Day | FactKind::BirthDate) {
            let message = format!("`{}` is not a day", name.value);
            let help = "write a fact whose type is `day`, such as the day on which a child enrolled";
            self.diagnostics.push(Diagnostic::new(Code::WrongKind, name.span, message).help(help));
            return None;
        }
        Some(fact)
    }

    /// A program that works along with another cannot make way for it as well.
    pub(super) fn makes_way_for_none_it_works_with(&mut self, built: &Pathway<Criterion>, span: Span) {
        let Some(Deference::Programs(others)) = &built.defers_to else { return };
        if others.iter().any(|other| built.works_with(*other)) {
            let message = format!("`{}` defers to a program that it works along with", built.id);
            let help = "keep one of the two lines: a program that defers to another is not needed beside it";
            self.diagnostics.push(Diagnostic::new(Code::WrongKind, span, message).help(help));
        }
    }
}

/// Reports every circle of programs that are each a part of the next, and shows it.
pub(super) fn circles(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    let whole = |program: usize| -> Vec<usize> {
        let Some(program) = model.programs.get(program) else { return Vec::new() };
        let within = program.relations.iter().filter(|relation| relation.kind == RelationKind::Within);
        within
            .filter_map(|relation| match relation.to {
                Related::Program(other) => Some(other),
                Related::Named(_) | Related::Everybody => None,
            })
            .collect()
    };
    for start in 0..model.programs.len() {
        // The way by which each was reached first; a circle is told once, by the first of its programs.
        let mut ways: Vec<Vec<usize>> = whole(start).into_iter().map(|next| vec![start, next]).collect();
        let mut seen = vec![false; model.programs.len()];
        while let Some(way) = ways.pop() {
            let Some(last) = way.last().copied() else { continue };
            if last == start {
                let names: Vec<String> =
                    way.iter().map(|program| format!("`{}`", model.programs[*program].id)).collect();
                let message = format!("this runs in a circle: {}", names.join(" is within "));
                let found = Diagnostic::new(Code::Circle, model.programs[start].span, message);
                diagnostics.push(found.help("one of them must not be within the next"));
                break;
            }
            if last > start && !std::mem::replace(&mut seen[last], true) {
                ways.extend(whole(last).into_iter().map(|next| [way.as_slice(), &[next]].concat()));
            }
        }
    }
}
