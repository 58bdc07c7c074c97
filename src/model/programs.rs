//! The lines of a program with their names looked up.

use super::criteria::Criteria;
use super::from_syntax::Builder;
use super::{Criterion, CriterionKind, from_yaml};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::tree::{self, ProgramLine, Spanned};
use crate::value::Words;
use crate::vocabulary::{Benefit, Cost, Dated, Deference, Financing, Pathway, RelationKind};
use std::collections::BTreeMap;

impl Builder {
    pub(super) fn program(
        &mut self,
        program: &tree::Program,
        index: usize,
        labels: &mut BTreeMap<usize, Words>,
    ) -> Pathway<Criterion> {
        let span = program.id.span;
        let name = self.words(&program.name);
        let mut built = Pathway {
            id: program.id.value.clone(),
            name,
            span,
            offers: Vec::new(),
            coordinator: None,
            coordinator_text: Words::default(),
            financing: Vec::new(),
            cost: Cost::NotStated,
            for_professionals: false,
            sources: Vec::new(),
            contact: None,
            notes: Vec::new(),
            steps: Vec::new(),
            documents: Vec::new(),
            since: None,
            until: None,
            eligible: nothing(span),
            benefits: Vec::new(),
            coordinated_by: None,
            receiving: None,
            defers_to: None,
            relations: Vec::new(),
            renewal: None,
        };
        let mut seen: Vec<&'static str> = Vec::new();
        let mut years = Vec::new();
        for Spanned { value: line, span } in &program.lines {
            if let ProgramLine::PovertyYear(year) = line {
                self.poverty_year(year, &mut years);
            }
            if once(line).is_some_and(|word| self.repeated(&mut seen, word, "program", *span)) {
                continue;
            }
            self.program_line(line, *span, index, &mut built, labels);
        }
        self.exclusions(&program.lines, index, &mut built);
        self.makes_way_for_none_it_works_with(&built, span);
        self.whose_coordination(&mut built);
        self.own_poverty_years.push(years);
        if !program.broken {
            let in_benefits = built.benefits.iter().any(|benefit| !benefit.offers.is_empty());
            if in_benefits {
                seen.push("offers");
            }
            // Somebody coordinates where that is offered.
            let coordinates = |offer: &usize| self.vocabulary.terms.offers[*offer].coordinates;
            let coordinator = built.offers.is_empty() || built.offers.iter().any(coordinates);
            for (needed, wanted) in [("offers", true), ("coordinator", coordinator), ("eligible when", true)]
            {
                if wanted && !seen.contains(&needed) {
                    let message = format!("the program `{}` has no line `{needed}`", built.id);
                    let help = match needed {
                        "offers" => "add what the family gets, such as `offers care_coordination`",
                        "coordinator" => {
                            "add who coordinates, such as `coordinator title_v_staff \"a nurse\"`"
                        }
                        _ => "add for whom it is, such as `eligible when age under 21`",
                    };
                    self.diagnostics.push(Diagnostic::new(Code::Missing, span, message).help(help));
                }
            }
            if !program.lines.iter().any(|line| matches!(line.value, ProgramLine::Source(..))) {
                let message = format!("the program `{}` names no source", built.id);
                let help =
                    "say where it is written: `source NAME \"section\"`, with the source in `sources.yaml`";
                self.diagnostics.push(Diagnostic::new(Code::NoSource, span, message).help(help));
            }
        }
        if let (Some(since), Some(until)) = (&built.since, &built.until)
            && since.date > until.date
        {
            let message = format!(
                "the program `{}` ends on {} before it starts on {}",
                built.id, until.date, since.date
            );
            let help = "write the first day behind `since`, the last one behind `until`";
            self.diagnostics.push(Diagnostic::new(Code::BadDate, span, message).help(help));
        }
        built
    }

    fn program_line(
        &mut self,
        line: &ProgramLine,
        span: Span,
        index: usize,
        built: &mut Pathway<Criterion>,
        labels: &mut BTreeMap<usize, Words>,
    ) {
        match line {
            ProgramLine::Offers(names) => {
                built.offers = names.iter().filter_map(|name| self.resolve("offer", name)).collect();
            }
            ProgramLine::Coordinator(kind, text) => {
                built.coordinator = self.resolve("coordinator", kind);
                built.coordinator_text = text.as_ref().map(|text| self.words(text)).unwrap_or_default();
            }
            ProgramLine::Financing { .. } => built.financing.extend(self.financing(line)),
            ProgramLine::Cost(cost) => built.cost = *cost,
            ProgramLine::ForProfessionals(professionals) => built.for_professionals = *professionals,
            ProgramLine::Source(name, section) => {
                if let Some(source) = self.resolve("source", name) {
                    built.sources.push((source, section.as_ref().map(|text| text.value.clone())));
                }
            }
            ProgramLine::Contact(name) => built.contact = self.resolve("contact", name),
            ProgramLine::AskedAs(text) => {
                let words = self.words(text);
                labels.insert(index, words);
            }
            ProgramLine::Note(text) => {
                let words = self.words(text);
                built.notes.push(words);
            }
            ProgramLine::Step(whom, text) => {
                let words = self.words(text);
                built.steps.push((*whom, words));
            }
            ProgramLine::Document(text) => {
                let words = self.words(text);
                built.documents.push(words);
            }
            ProgramLine::Benefit(benefit) => self.benefit(benefit, built),
            // They join the criteria once these are read.
            ProgramLine::ExcludedBy(..) => {}
            ProgramLine::Relation(kind, bodies, remarks) => {
                self.related(*kind, bodies, remarks, index, built);
            }
            ProgramLine::Renews(renews, remarks) => built.renewal = self.renewal(renews, remarks),
            ProgramLine::Since(day, remarks) => built.since = self.dated(day, remarks),
            ProgramLine::Until(day, remarks) => built.until = self.dated(day, remarks),
            ProgramLine::Eligible(criterion) => {
                built.eligible = self.criterion(criterion);
            }
            ProgramLine::Receiving(criterion) => built.receiving = Some(self.criterion(criterion)),
            ProgramLine::PovertyYear(_) => {}
            ProgramLine::DefersTo(tree::Deference::AnyReceived(offer), remarks) => {
                self.cite(&remarks.cites);
                built.defers_to = self.resolve("offer", offer).map(Deference::AnyReceived);
            }
            ProgramLine::DefersTo(tree::Deference::Programs(names), remarks) => {
                self.cite(&remarks.cites);
                let programs: Vec<usize> =
                    names.iter().filter_map(|name| self.resolve("program", name)).collect();
                if programs.contains(&index) {
                    let message = "a program cannot defer to itself";
                    let help = "name the programs that come before it, or write `defers to any care_coordination received`";
                    self.diagnostics.push(Diagnostic::new(Code::Circle, names[0].span, message).help(help));
                }
                built.defers_to = Some(Deference::Programs(programs));
            }
            ProgramLine::Implies(then, remarks) => {
                self.cite(&remarks.cites);
                if let Some(when) = self.enrolled(index, span) {
                    self.implies(when, then, span);
                }
            }
            ProgramLine::Usually(then, remarks) => {
                self.cite(&remarks.cites);
                if let Some(when) = self.enrolled(index, span) {
                    self.usually(when, then);
                }
            }
        }
    }

    /// Who pays by one line.
    fn financing(&mut self, line: &ProgramLine) -> Vec<Financing<Criterion>> {
        let ProgramLine::Financing { first, pays_for, when, otherwise } = line else { return Vec::new() };
        let pays_for = pays_for.as_ref().map(|text| self.words(text)).unwrap_or_default();
        let when = when.as_ref().map(|when| self.criterion(when));
        let payments = [Some((first, false)), otherwise.as_ref().map(|payment| (payment, true))];
        let mut found = Vec::new();
        for (payment, negated) in payments.into_iter().flatten() {
            let payer = self.resolve("payer", &payment.payer);
            let mechanism = payment.mechanism.as_ref().and_then(|name| self.resolve("mechanism", name));
            if let Some(payer) = payer {
                let (pays_for, when) = (pays_for.clone(), when.clone());
                found.push(Financing { payer, mechanism, pays_for, when, negated });
            }
        }
        found
    }

    fn benefit(&mut self, benefit: &tree::Program, program: &mut Pathway<Criterion>) {
        let span = benefit.id.span;
        if program.benefits.iter().any(|other| other.id == benefit.id.value) {
            let message = format!("there is a benefit `{}` of this program already", benefit.id.value);
            let found = Diagnostic::new(Code::DuplicateName, span, message);
            self.diagnostics.push(found.help("give it another name, or take one of them out"));
        }
        let mut built = Benefit {
            id: benefit.id.value.clone(),
            name: self.words(&benefit.name),
            span,
            offers: Vec::new(),
            financing: Vec::new(),
            cost: None,
            eligible: nothing(span),
        };
        let mut seen: Vec<&'static str> = Vec::new();
        for Spanned { value: line, span } in &benefit.lines {
            if once(line).is_some_and(|word| self.repeated(&mut seen, word, "benefit", *span)) {
                continue;
            }
            match line {
                ProgramLine::Offers(names) => {
                    built.offers = names.iter().filter_map(|name| self.resolve("offer", name)).collect();
                }
                ProgramLine::Financing { .. } => built.financing.extend(self.financing(line)),
                ProgramLine::Cost(cost) => built.cost = Some(*cost),
                ProgramLine::Eligible(criterion) => built.eligible = self.criterion(criterion),
                // The grammar lets no other line stand here.
                _ => {}
            }
        }
        if !benefit.broken && !seen.contains(&"offers") && !seen.contains(&"eligible when") {
            let message = format!("the benefit `{}` says neither what it is nor for whom", built.id);
            let help = "write what it `offers`, or `eligible when` with the test it adds to the program's";
            self.diagnostics.push(Diagnostic::new(Code::Missing, span, message).help(help));
        }
        program.benefits.push(built);
    }

    /// What the program offers to every child in it: and whether it coordinates by one of its benefits.
    fn whose_coordination(&mut self, built: &mut Pathway<Criterion>) {
        let offers = &self.vocabulary.terms.offers;
        for benefit in &built.benefits {
            for twice in benefit.offers.iter().filter(|offer| built.offers.contains(offer)) {
                let message = format!("the program `{}` offers `{}` already", built.id, offers[*twice].id);
                let found = Diagnostic::new(Code::Repeated, benefit.span, message);
                self.diagnostics.push(found.help(
                    "say it once: among the program's lines for every child that it is for, or in the benefit",
                ));
            }
        }
        let coordinates = |own: &[usize]| own.iter().any(|offer| offers[*offer].coordinates);
        if !coordinates(&built.offers) {
            built.coordinated_by = built.benefits.iter().position(|benefit| coordinates(&benefit.offers));
        }
        if let Some(benefit) = built.coordinated_by {
            built.offers.extend_from_slice(&built.benefits[benefit].offers);
        }
    }

    /// Whether a line that may stand once stands there already; it is reported then.
    pub(super) fn repeated(
        &mut self,
        seen: &mut Vec<&'static str>,
        word: &'static str,
        place: &str,
        span: Span,
    ) -> bool {
        if seen.contains(&word) {
            let message = format!("this {place} has a line `{word}` already");
            self.diagnostics.push(Diagnostic::new(Code::Repeated, span, message).help("keep one of them"));
            return true;
        }
        seen.push(word);
        false
    }

    fn dated(&mut self, day: &Spanned<String>, remarks: &tree::Remarks) -> Option<Dated> {
        self.cite(&remarks.cites);
        let reading = remarks.reading.as_ref().map(|text| self.words(text));
        let date = from_yaml::date(&day.value, day.span, &mut self.diagnostics)?;
        Some(Dated { date, reading })
    }
}

/// The word of a line that may stand once.
fn once(line: &ProgramLine) -> Option<&'static str> {
    Some(match line {
        ProgramLine::Offers(_) => "offers",
        ProgramLine::Coordinator(..) => "coordinator",
        ProgramLine::Cost(_) => "cost",
        ProgramLine::ForProfessionals(_) => "audience",
        ProgramLine::Contact(_) => "contact",
        ProgramLine::AskedAs(_) => "asked as",
        ProgramLine::Since(..) => "since",
        ProgramLine::Until(..) => "until",
        ProgramLine::Eligible(_) => "eligible when",
        ProgramLine::Receiving(_) => "receiving when",
        ProgramLine::DefersTo(..) => "defers to",
        ProgramLine::Relation(RelationKind::LastPayer, ..) => "payer of last resort",
        ProgramLine::Renews(..) => "renews",
        ProgramLine::Financing { .. }
        | ProgramLine::PovertyYear(_)
        | ProgramLine::Source(..)
        | ProgramLine::Note(_)
        | ProgramLine::Document(_)
        | ProgramLine::Benefit(_)
        | ProgramLine::ExcludedBy(..)
        | ProgramLine::Step(..)
        | ProgramLine::Relation(..)
        | ProgramLine::Implies(..)
        | ProgramLine::Usually(..) => return None,
    })
}

/// The criteria of what says none.
fn nothing(span: Span) -> Criterion {
    Criterion::plain(CriterionKind::All(Vec::new()), span)
}
