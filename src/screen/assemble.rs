//! From slots and standings to the result a reader gets.

use super::question::question;
use super::result::{
    AskAbout, BenefitResult, CalendarResult, ChangeResult, ContactResult, DuplicateResult, Ending,
    FinancingResult, LeadResult, ProgramResult, RelationResult, Remaining, ReviewResult, Screening,
    SourceResult, WhyResult,
};
use super::{Detail, Screener};
use crate::child::Child;
use crate::diagram::{Known, Step};
use crate::explain::{self, CalendarChange, DayOrMonth, Different, Ends, Reader, Why};
use crate::interview::{self, Planner};
use crate::program::{NodeId, Program};
use crate::route::{Duplicate, DuplicateKind, Lead, LeadStatus, Routed, Standing, lead, route, standings};
use crate::value::{Lang, Outcome, Outcomes, Truth, Words, small_letters};
use crate::vocabulary::{
    CanChange, Contact, Cost, Deference, Financing, Related, Relation, StepFor, Target, together,
};

/// Everything that is concluded about one child; nothing if the rules are too tangled to say who may lead.
pub(super) fn screening(
    screener: &Screener,
    child: &Child,
    mut known: Known<'_>,
    lang: Lang,
    detail: Detail,
) -> Option<Screening> {
    let program = &screener.program;
    let slots = known.slots();
    let standings = standings(program, child, &slots);
    let routed = route(program, &mut known, &standings)?;
    let plan = Planner::default().plan(program, child, &mut known, &standings);
    let calendar = explain::calendar(program, &screener.periods, child)?;
    let mut desk = Desk {
        screener,
        program,
        child,
        known,
        slots: &slots,
        standings: &standings,
        calendar,
        lang,
        detail,
    };
    let told = |index: &usize| detail == Detail::Staff || !program.pathways[*index].for_professionals;
    let mut programs: Vec<ProgramResult> =
        (0..program.pathways.len()).filter(told).map(|index| desk.program(index)).collect();
    programs.extend(desk.routed_contacts().into_iter().map(|contact| desk.contact_entry(contact)));
    let settled = plan.facts.is_empty();
    let open_because = if settled { desk.open_because(&routed) } else { Vec::new() };
    let screening = Screening {
        format: 1,
        state: program.state.code().to_owned(),
        as_of: child.as_of.to_string(),
        rules: screener.rules.clone(),
        lead: desk.lead(&routed.lead),
        settled,
        open_because,
        alongside: routed.alongside.iter().map(|target| id(program, *target)).collect(),
        duplicates: routed.duplicates.iter().map(|duplicate| desk.duplicate(*duplicate)).collect(),
        programs,
        next: plan.facts.first().map(|fact| question(program, *fact, Some(child), lang)),
        remaining: Remaining { at_least: plan.at_least, at_most: plan.at_most },
    };
    desk.known.within_bound().then_some(screening)
}

/// What criteria of a program come to.
struct Verdict {
    decision: &'static str,
    basis: &'static str,
    missing: Vec<String>,
    dont_know: Vec<String>,
    review: Vec<ReviewResult>,
}

/// What is at hand while the result is put together.
struct Desk<'d> {
    screener: &'d Screener,
    program: &'d Program,
    child: &'d Child,
    known: Known<'d>,
    slots: &'d [Outcomes],
    standings: &'d [Standing],
    calendar: Vec<Vec<CalendarChange>>,
    lang: Lang,
    detail: Detail,
}

impl Desk<'_> {
    fn words(&self, words: &Words) -> Option<String> {
        let text = words.get(self.lang);
        (!text.is_empty()).then(|| text.to_owned())
    }

    fn facts(&self, facts: &[usize]) -> Vec<String> {
        facts.iter().map(|fact| self.program.facts[*fact].id.clone()).collect()
    }

    // ------------------------------------------------------------------ the lead

    fn lead(&mut self, lead: &Lead) -> LeadResult {
        LeadResult {
            status: lead.status.as_str(),
            program: lead.leader.map(|target| id(self.program, target)),
            possible: lead.possible.iter().map(|target| id(self.program, *target)).collect(),
            contact_first: lead.contact_first.map(|target| id(self.program, target)),
            ask_about: lead.ask_about.iter().map(|pathway| self.ask_about(*pathway)).collect(),
            ending: self.ending(lead),
        }
    }

    fn ask_about(&mut self, pathway: usize) -> AskAbout {
        let own = &self.program.pathways[pathway];
        let missing = interview::missing(self.program, self.child, &mut self.known, own.eligible);
        let names: Vec<&str> =
            missing.iter().map(|fact| self.program.facts[*fact].name.get(self.lang)).collect();
        let name = own.name.get(self.lang);
        let question = match (self.lang, names.as_slice()) {
            (Lang::En, []) => format!("Could <my child|I|the child> be in {name}?"),
            (Lang::En, names) => {
                format!(
                    "Could <my child|I|the child> be in {name}? It still depends on: {}.",
                    names.join("; ")
                )
            }
            (Lang::Es, []) => format!("¿Podría <mi hijo o hija|yo|el niño o la niña> estar en {name}?"),
            (Lang::Es, names) => {
                format!(
                    "¿Podría <mi hijo o hija|yo|el niño o la niña> estar en {name}? Todavía depende de: {}.",
                    names.join("; ")
                )
            }
        };
        AskAbout { program: own.id.clone(), question }
    }

    /// A lead that is received although its criteria are no longer met ends; who leads then.
    fn ending(&mut self, now: &Lead) -> Option<Ending> {
        let (LeadStatus::Receiving, Some(Target::Program(leader))) = (now.status, now.leader) else {
            return None;
        };
        if self.standings[leader].eligible != Outcomes::NOT_MET {
            return None;
        }
        let then = lead(self.program, &mut self.known, self.standings, Some(leader))?;
        Some(Ending {
            date: explain::ended(self.program, &self.screener.periods, self.child, leader).map(|ended| {
                match ended {
                    DayOrMonth::Day(day) => day.to_string(),
                    DayOrMonth::Month(month) => month.to_string(),
                }
            }),
            next: then.leader.or(then.contact_first).map(|target| id(self.program, target)),
        })
    }

    fn duplicate(&self, duplicate: Duplicate) -> DuplicateResult {
        let name = |pathway: usize| self.program.pathways[pathway].name.get(self.lang);
        let (own, other) = (name(duplicate.pathway), name(duplicate.beside));
        let sure = self.standings[duplicate.pathway].eligible == Outcomes::MET;
        let (kind, because) = match (duplicate.kind, self.lang) {
            (DuplicateKind::Received, Lang::En) => (
                "received",
                format!(
                    "{other} and {own} both coordinate care for <your child|you|the child>. One lead is enough: tell both."
                ),
            ),
            (DuplicateKind::Received, Lang::Es) => (
                "received",
                format!(
                    "{other} y {own} coordinan <la atención de su hijo o hija|su atención|la atención del niño o de la niña>. Basta con uno: avise a los dos."
                ),
            ),
            (DuplicateKind::NotNeeded, lang) => {
                let offer = match self.program.pathways[duplicate.pathway].defers_to {
                    Some(Deference::AnyReceived(offer)) => {
                        small_letters(self.program.terms.offers[offer].name.get(lang))
                    }
                    _ => String::new(),
                };
                let text = match (lang, sure) {
                    (Lang::En, true) => format!(
                        "{own} is for children who get no {offer} from another program. {other} already gives it."
                    ),
                    (Lang::En, false) => format!(
                        "{own} might fit, if the agency says so, but it is for children who get no {offer} from another program. {other} already gives it."
                    ),
                    (Lang::Es, true) => format!(
                        "{own} es para quienes no reciben {offer} de otro programa. {other} ya la da."
                    ),
                    (Lang::Es, false) => format!(
                        "{own} podría servir, si la agencia lo confirma, pero es para quienes no reciben {offer} de otro programa. {other} ya la da."
                    ),
                };
                ("not_needed", text)
            }
        };
        DuplicateResult { program: self.program.pathways[duplicate.pathway].id.clone(), kind, because }
    }

    /// Why something stays open although nothing is left to ask.
    fn open_because(&self, routed: &Routed) -> Vec<&'static str> {
        let open = |allowed: &dyn Fn(Outcomes) -> bool| {
            (0..self.standings.len()).any(|index| {
                let told = self.standings[index].in_force && !self.program.pathways[index].for_professionals;
                told && self.program.decided(index).any(|node| allowed(self.slots[node.0 as usize]))
            })
        };
        let mut because = Vec::new();
        if open(&|eligible| eligible.is_open()) || routed.lead.status == LeadStatus::Undetermined {
            because.push("dont_know");
        }
        if open(&|eligible| eligible.allows(Outcome::Agency)) {
            because.push("review");
        }
        because
    }

    // ------------------------------------------------------------------ programs

    fn program(&mut self, index: usize) -> ProgramResult {
        let pathway = &self.program.pathways[index];
        let standing = self.standings[index];
        let reader = Reader { program: self.program, child: self.child, slots: self.slots, lang: self.lang };
        let Verdict { decision, basis, missing, dont_know, review } =
            self.verdict(reader, index, standing.eligible, pathway.eligible);
        let benefits = (0..pathway.benefits.len()).map(|benefit| self.benefit(reader, index, benefit));
        let benefits = benefits.collect();
        let (would_change, would_also_need) = self.would_change(reader, index);
        let coordinator = self.words(&pathway.coordinator_text).or_else(|| {
            pathway.coordinator.and_then(|kind| self.words(&self.program.terms.coordinators[kind].name))
        });
        let received = standing.receiving == Truth::Yes;
        let mut changes = self.calendar[index].clone();
        if received && standing.eligible != Outcomes::NOT_MET {
            changes.extend(explain::renewals(self.program, self.child, index, &changes));
            changes.sort_by_key(|change| change.on);
        }
        let relations: Vec<RelationResult> =
            pathway.relations.iter().map(|relation| self.relation(relation)).collect();
        // Where a family applies first comes before all it is told to do.
        let first = relations.iter().filter(|relation| !received && relation.kind == "apply_first_to");
        let first: Vec<String> = first.map(|relation| relation.text.clone()).collect();
        ProgramResult {
            id: pathway.id.clone(),
            kind: "program",
            name: pathway.name.get(self.lang).to_owned(),
            in_force: standing.in_force,
            decision,
            receiving: match standing.receiving {
                Truth::Yes => "yes",
                Truth::No => "no",
                Truth::Unknown => "unknown",
            },
            basis,
            benefits,
            missing,
            dont_know,
            review,
            offers: self.offers(&pathway.offers),
            coordinator,
            payer: self.payer(&pathway.financing),
            financing: self.financing(&pathway.financing),
            cost_to_family: cost(pathway.cost),
            contact: pathway
                .contact
                .or(self.program.route.otherwise)
                .map(|contact| self.contact(&self.program.contacts[contact])),
            sources: pathway
                .sources
                .iter()
                .map(|(source, section)| self.source(*source, section.clone()))
                .collect(),
            assumptions: explain::assumptions(reader, index),
            notes: pathway.notes.iter().filter_map(|note| self.words(note)).collect(),
            steps: pathway
                .steps
                .iter()
                .filter(|(whom, _)| match whom {
                    StepFor::Everyone => true,
                    StepFor::Received => received,
                    StepFor::NotReceived => !received,
                })
                .filter_map(|(_, step)| self.words(step))
                .fold(first, |steps, step| [steps, vec![step]].concat()),
            documents: pathway.documents.iter().filter_map(|document| self.words(document)).collect(),
            relations,
            renewal: pathway.renewal.and_then(|renewal| explain::renewal(renewal, self.child, self.lang)),
            why: Some(self.why(explain::why(reader, index))),
            would_change,
            would_also_need,
            changes: changes.into_iter().map(|change| self.change(change)).collect(),
        }
    }

    /// What criteria of a program come to, and what that hangs on.
    fn verdict(&mut self, reader: Reader<'_>, index: usize, outcomes: Outcomes, criteria: NodeId) -> Verdict {
        let decision = match outcomes {
            Outcomes::MET => "eligible",
            Outcomes::NOT_MET => "ineligible",
            Outcomes::AGENCY => "review",
            _ => "undetermined",
        };
        let missing = match decision {
            "undetermined" => interview::missing(self.program, self.child, &mut self.known, criteria),
            _ => Vec::new(),
        };
        let dont_know: Vec<usize> =
            missing.iter().copied().filter(|fact| self.child.says_unknown(*fact)).collect();
        let review = match decision {
            "ineligible" => Vec::new(),
            _ => explain::reviews(reader, index, criteria),
        };
        let review = review.into_iter().map(|review| ReviewResult {
            by: review.by,
            because: review.because,
            contact: review.contact.map(|contact| self.contact(&self.program.contacts[contact])),
        });
        Verdict {
            decision,
            basis: explain::basis(self.program, index, criteria, self.child.as_of).as_str(),
            missing: self.facts(&missing),
            dont_know: self.facts(&dont_know),
            review: review.collect(),
        }
    }

    fn benefit(&mut self, reader: Reader<'_>, index: usize, benefit: usize) -> BenefitResult {
        let pathway = &self.program.pathways[index];
        let own = &pathway.benefits[benefit];
        let outcomes = match self.standings[index].in_force {
            true => self.slots[own.eligible.0 as usize],
            false => Outcomes::NOT_MET,
        };
        let Verdict { decision, basis, missing, dont_know, review } =
            self.verdict(reader, index, outcomes, own.eligible);
        BenefitResult {
            id: own.id.clone(),
            name: own.name.get(self.lang).to_owned(),
            decision,
            basis,
            offers: self.offers(&own.offers),
            payer: self.payer(&own.financing),
            financing: self.financing(&own.financing),
            cost_to_family: cost(own.cost.unwrap_or(pathway.cost)),
            missing,
            dont_know,
            review,
            why: explain::why_benefit(reader, index, benefit).map(|why| self.why(why)),
        }
    }

    fn offers(&self, offers: &[usize]) -> Vec<String> {
        let terms = &self.program.terms.offers;
        offers.iter().filter_map(|offer| self.words(&terms[*offer].name)).collect()
    }

    fn financing(&self, financing: &[Financing<NodeId>]) -> Vec<FinancingResult> {
        let terms = &self.program.terms;
        let told = financing.iter().map(|financing| FinancingResult {
            payer: terms.payers[financing.payer].name.get(self.lang).to_owned(),
            pays_for: self.words(&financing.pays_for),
            mechanism: financing
                .mechanism
                .and_then(|mechanism| self.words(&terms.mechanisms[mechanism].name)),
        });
        told.collect()
    }

    fn relation(&self, relation: &Relation) -> RelationResult {
        let (program, name) = match &relation.to {
            Related::Program(other) => {
                let other = &self.program.pathways[*other];
                (Some(other.id.clone()), self.words(&other.name))
            }
            Related::Named(name) => (None, self.words(name)),
            Related::Everybody => (None, None),
        };
        let text = explain::related(self.program, relation, self.lang);
        RelationResult { kind: relation.kind.as_str(), program, name, text }
    }

    /// The ways in which a program that surely does not fit could come to fit, with what else each hangs on.
    fn would_change(
        &mut self,
        reader: Reader<'_>,
        index: usize,
    ) -> (Vec<Vec<ChangeResult>>, Vec<Vec<String>>) {
        let standing = self.standings[index];
        if !standing.in_force || standing.eligible != Outcomes::NOT_MET {
            return (Vec::new(), Vec::new());
        }
        let ways = self.known.ways(self.program.pathways[index].eligible, &self.program.pathways[index].id);
        let step = |step: &Step| {
            let Different { fact, to, how, text } = explain::different(reader, *step);
            let how = match how {
                CanChange::Apply => "apply",
                CanChange::Enroll => "enroll",
                CanChange::Assess => "assess",
                CanChange::Time | CanChange::Never => "time",
            };
            ChangeResult { fact: self.program.facts[fact].id.clone(), to, how, text }
        };
        ways.iter().map(|way| (way.steps.iter().map(step).collect(), self.facts(&way.also))).unzip()
    }

    fn change(&self, change: CalendarChange) -> CalendarResult {
        CalendarResult {
            on: change.on.to_string(),
            by: (change.by != change.on).then(|| change.by.to_string()),
            what: match change.what {
                Ends::Ends => "ends",
                Ends::Begins => "begins",
                Ends::Renews => "renews",
            },
            then: change.then.map(|target| id(self.program, target)),
        }
    }

    /// Who pays for this child: the first whose condition surely holds, else all who pay without one. `otherwise` means surely
    /// not, never unknown.
    fn payer(&self, financing: &[Financing<NodeId>]) -> Option<String> {
        let surely = |financing: &&Financing<NodeId>| match financing.when {
            None => true,
            Some(node) => {
                let wanted = if financing.negated { Outcomes::NOT_MET } else { Outcomes::MET };
                self.slots[node.0 as usize] == wanted
            }
        };
        let first = financing.iter().find(surely)?;
        let names = together(first, financing);
        let name = |payer: usize| self.program.terms.payers[payer].name.get(self.lang);
        Some(names.into_iter().map(name).collect::<Vec<_>>().join(", "))
    }

    fn why(&self, why: Why) -> WhyResult {
        let filled = |text: String| (!text.is_empty()).then_some(text);
        WhyResult {
            text: why.text,
            state: why.state.as_str(),
            answer: filled(why.answer),
            source: filled(why.source),
            parts: why.parts.into_iter().map(|part| self.why(part)).collect(),
            at: (self.detail == Detail::Staff).then_some(why.at),
        }
    }

    fn source(&self, source: usize, section: Option<String>) -> SourceResult {
        let source = &self.program.sources[source];
        SourceResult {
            id: source.id.clone(),
            title: source.title.clone(),
            section,
            publisher: source.publisher.clone(),
            date: (!source.date.is_empty()).then(|| source.date.clone()),
            address: source.address.clone(),
        }
    }

    // ------------------------------------------------------------------ contacts

    fn contact(&self, contact: &Contact) -> ContactResult {
        let filled = |text: &String| (!text.is_empty()).then(|| text.clone());
        ContactResult {
            name: contact.name.get(self.lang).to_owned(),
            phone: filled(&contact.phone),
            hours: self.words(&contact.hours),
            url: filled(&contact.url),
            confirm: contact.confirm,
        }
    }

    /// The contacts that the route names, each once.
    fn routed_contacts(&self) -> Vec<usize> {
        let alongside = self.program.route.alongside.iter().filter_map(|target| match target {
            Target::Contact(contact) => Some(*contact),
            Target::Program(_) => None,
        });
        let mut contacts: Vec<usize> = Vec::new();
        for contact in alongside.chain(self.program.route.otherwise) {
            if !contacts.contains(&contact) {
                contacts.push(contact);
            }
        }
        contacts
    }

    /// A contact among the programs: everybody can call it.
    fn contact_entry(&self, index: usize) -> ProgramResult {
        let contact = &self.program.contacts[index];
        ProgramResult {
            id: contact.id.clone(),
            kind: "contact",
            name: contact.name.get(self.lang).to_owned(),
            in_force: true,
            decision: "eligible",
            receiving: "no",
            basis: if contact.confirm { "secondary" } else { "official" },
            benefits: Vec::new(),
            missing: Vec::new(),
            dont_know: Vec::new(),
            review: Vec::new(),
            offers: Vec::new(),
            coordinator: None,
            payer: None,
            financing: Vec::new(),
            cost_to_family: "not_stated",
            contact: Some(self.contact(contact)),
            sources: contact.source.map(|source| self.source(source, None)).into_iter().collect(),
            assumptions: Vec::new(),
            notes: Vec::new(),
            steps: Vec::new(),
            documents: Vec::new(),
            relations: Vec::new(),
            renewal: None,
            why: None,
            would_change: Vec::new(),
            would_also_need: Vec::new(),
            changes: Vec::new(),
        }
    }
}

fn cost(cost: Cost) -> &'static str {
    match cost {
        Cost::Free => "free",
        Cost::Possible => "may_cost",
        Cost::NotStated => "not_stated",
    }
}

fn id(program: &Program, target: Target) -> String {
    match target {
        Target::Program(index) => program.pathways[index].id.clone(),
        Target::Contact(index) => program.contacts[index].id.clone(),
    }
}
