//! The lines of a program.

use super::{Reader, content};
use crate::syntax::Rule;
use crate::syntax::mistake::Place;
use crate::syntax::tree::{
    Body, Cost, Deference, Payment, Program, ProgramLine, RelationKind, Renews, Spanned, StepFor,
};
use pest::iterators::Pair;

impl Reader<'_> {
    pub(super) fn program_line(&mut self, pair: Pair<'_, Rule>) -> Option<ProgramLine> {
        let rule = pair.as_rule();
        let words = &mut content(pair);
        Some(match rule {
            Rule::offers => ProgramLine::Offers(words.map(|pair| self.name(&pair)).collect()),
            Rule::coordinator => {
                ProgramLine::Coordinator(self.name(&words.next()?), words.next().map(|pair| self.text(&pair)))
            }
            Rule::financing => self.financing(words)?,
            Rule::cost => ProgramLine::Cost(match words.next()?.as_rule() {
                Rule::k_free => Cost::Free,
                Rule::k_possible => Cost::Possible,
                _ => Cost::NotStated,
            }),
            Rule::audience => ProgramLine::ForProfessionals(words.next()?.as_rule() == Rule::k_professionals),
            Rule::source => {
                ProgramLine::Source(self.name(&words.next()?), words.next().map(|pair| self.text(&pair)))
            }
            Rule::contact_line => ProgramLine::Contact(self.name(&words.next()?)),
            Rule::asked_as => ProgramLine::AskedAs(self.text(&words.next()?)),
            Rule::note => ProgramLine::Note(self.text(&words.next()?)),
            Rule::step => {
                let first = words.next()?;
                let whom = match first.as_rule() {
                    Rule::k_when_received => StepFor::Received,
                    Rule::k_when_not_received => StepFor::NotReceived,
                    _ => return Some(ProgramLine::Step(StepFor::Everyone, self.text(&first))),
                };
                ProgramLine::Step(whom, self.text(&words.next()?))
            }
            Rule::since => ProgramLine::Since(self.name(&words.next()?), self.remarks(words)),
            Rule::until => ProgramLine::Until(self.name(&words.next()?), self.remarks(words)),
            Rule::poverty_year => ProgramLine::PovertyYear(self.poverty_year(words)?),
            Rule::eligible => ProgramLine::Eligible(self.criterion_with_remarks(words)?),
            Rule::receiving_when => ProgramLine::Receiving(self.criterion_with_remarks(words)?),
            Rule::defers_to => {
                let target = words.next()?;
                let deference = if target.as_rule() == Rule::any_received {
                    Deference::AnyReceived(self.name(&content(target).next()?))
                } else {
                    Deference::Programs(self.names(target))
                };
                ProgramLine::DefersTo(deference, self.remarks(words))
            }
            Rule::document => ProgramLine::Document(self.text(&words.next()?)),
            Rule::benefit => ProgramLine::Benefit(self.block(words, Place::Benefit)?),
            Rule::excluded_by => {
                let names = self.names(words.next()?);
                ProgramLine::ExcludedBy(names, self.remarks(words))
            }
            Rule::relation => return self.relation(words),
            Rule::last_payer => {
                ProgramLine::Relation(RelationKind::LastPayer, Vec::new(), self.remarks(words))
            }
            Rule::renews => {
                let when = words.next()?;
                let renews = match when.as_rule() {
                    Rule::renews_every => self.renews_every(when)?,
                    Rule::renews_at_age => {
                        let span = self.span(&when);
                        let age = content(when).last()?;
                        Renews::AtAge(Spanned { value: self.age_value(age)?.0, span })
                    }
                    _ => Renews::BirthdayMonth,
                };
                ProgramLine::Renews(renews, self.remarks(words))
            }
            Rule::implies | Rule::usually => return self.definition(rule, words),
            _ => return None,
        })
    }

    fn financing<'p>(&mut self, words: &mut impl Iterator<Item = Pair<'p, Rule>>) -> Option<ProgramLine> {
        let (mut payments, mut pays_for, mut when) = (Vec::new(), None, None);
        for pair in words {
            match pair.as_rule() {
                Rule::payment => {
                    let mut names = content(pair);
                    let payer = self.name(&names.next()?);
                    payments.push(Payment { payer, mechanism: names.next().map(|pair| self.name(&pair)) });
                }
                Rule::text => pays_for = Some(self.text(&pair)),
                Rule::criterion => when = Some(self.criterion(pair)),
                _ => {}
            }
        }
        let mut payments = payments.into_iter();
        let first = payments.next()?;
        Some(ProgramLine::Financing { first, pays_for, when, otherwise: payments.next() })
    }

    /// A program or a benefit: its name, its name for people, and its lines.
    pub(super) fn block<'p>(
        &mut self,
        words: &mut impl Iterator<Item = Pair<'p, Rule>>,
        place: Place,
    ) -> Option<Program> {
        let (id, name) = (self.name(&words.next()?), self.text(&words.next()?));
        let (lines, broken) = self.lines(words, place, Self::program_line);
        Some(Program { id, name, lines, broken })
    }

    fn relation<'p>(&mut self, words: &mut impl Iterator<Item = Pair<'p, Rule>>) -> Option<ProgramLine> {
        let kind = match words.next()?.into_inner().next()?.as_rule() {
            Rule::k_mandatory_into => RelationKind::MandatoryInto,
            Rule::k_supplements => RelationKind::Supplements,
            Rule::k_within => RelationKind::Within,
            Rule::k_escalates_to => RelationKind::EscalatesTo,
            _ => RelationKind::ApplyFirstTo,
        };
        let (mut bodies, mut remarks) = (Vec::new(), Vec::new());
        for pair in words {
            match pair.as_rule() {
                Rule::name => bodies.push(Body::Program(self.name(&pair))),
                Rule::text => bodies.push(Body::Named(self.text(&pair))),
                _ => remarks.push(pair),
            }
        }
        Some(ProgramLine::Relation(kind, bodies, self.remarks(&mut remarks.into_iter())))
    }

    fn renews_every(&mut self, pair: Pair<'_, Rule>) -> Option<Renews> {
        let span = self.span(&pair);
        let (mut number, mut in_years, mut after) = (0, false, None);
        for pair in pair.into_inner() {
            match pair.as_rule() {
                Rule::whole => number = self.whole(&pair),
                Rule::k_years => in_years = true,
                Rule::name => after = Some(self.name(&pair)),
                _ => {}
            }
        }
        let months = if in_years { number.saturating_mul(12) } else { number };
        Some(Renews::Every(Spanned { value: months, span }, after))
    }
}
