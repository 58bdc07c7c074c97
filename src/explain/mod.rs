//! Why a program fits a child or does not, in the reader's words: a tree that mirrors the criteria as written,
//! what an agency decides, and everything the verdict takes on trust.

mod amounts;
mod calendar;
mod different;
mod ledger;
mod phrases;
mod relations;
mod reviews;

pub use amounts::range;
pub use calendar::{CalendarChange, DayOrMonth, Ends, calendar, ended, renewals};
pub use different::{Different, different};
pub use ledger::{Basis, assumptions, basis};
pub use relations::{related, renewal};
pub use reviews::{Review, reviews};

use crate::child::{Asked, Child, Value};
use crate::program::{Negation, Node, NodeId, NodeKind, Program};
use crate::value::{Code, Date, Lang, Outcomes, Truth, capital_first, small_first};
use crate::vocabulary::{APPLIED, Addend, AgeOn, ENROLLED, FactKind, Per, Says, Sum, Test};
pub use phrases::in_months;
use phrases::pick;

/// One criterion, explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// What it asks.
    pub text: String,
    /// What it comes to.
    pub state: WhyState,
    /// The child's own answer; empty if there is none.
    pub answer: String,
    /// Where it is written.
    pub source: String,
    /// What it is made of.
    pub parts: Vec<Why>,
    /// File and line of the rule.
    pub at: String,
}

/// What a criterion comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyState {
    /// It holds.
    Met,
    /// It does not.
    NotMet,
    /// An answer is missing.
    Unknown,
    /// Only an agency can say.
    AgencyDecides,
    /// The source does not say.
    NotStated,
}

/// Everything an explanation reads.
#[derive(Clone, Copy)]
pub struct Reader<'r> {
    /// The rules.
    pub program: &'r Program,
    /// The child.
    pub child: &'r Child,
    /// What each node comes to.
    pub slots: &'r [Outcomes],
    /// The reader's language.
    pub lang: Lang,
}

/// The criteria of a program, explained: those that all its benefits share, and then what each of them asks besides.
#[must_use]
pub fn why(reader: Reader<'_>, pathway: usize) -> Why {
    let Reader { program, slots, lang, .. } = reader;
    let own = &program.pathways[pathway];
    let common = reader.node(program.common(pathway), false, &reader.main_source(pathway));
    let benefits: Vec<Why> = (0..own.benefits.len())
        .filter_map(|benefit| {
            let asks = why_benefit(reader, pathway, benefit)?;
            let name = own.benefits[benefit].name.get(lang);
            let text = match lang {
                Lang::En => format!("Only for this part: {name}"),
                Lang::Es => format!("Solo para esta parte: {name}"),
            };
            let (state, source, at) = (asks.state, asks.source.clone(), asks.at.clone());
            Some(Why { text, state, answer: String::new(), source, parts: vec![asks], at })
        })
        .collect();
    if benefits.is_empty() {
        return common;
    }
    let state = state(slots[own.eligible.0 as usize], false);
    let (source, at) = (common.source.clone(), common.at.clone());
    let parts = std::iter::once(common).chain(benefits).collect();
    Why { text: own.name.get(lang).to_owned(), state, answer: String::new(), source, parts, at }
}

/// What a benefit asks besides the program's criteria, explained; nothing if it asks no more.
#[must_use]
pub fn why_benefit(reader: Reader<'_>, pathway: usize, benefit: usize) -> Option<Why> {
    let criteria = reader.program.pathways[pathway].benefits[benefit].eligible;
    let own = reader.program.node(criteria).kind.parts().get(1)?;
    Some(reader.node(*own, false, &reader.main_source(pathway)))
}

/// What a criterion asks, as part of a sentence: "has Medicaid"; `negated` if it asks for the opposite.
#[must_use]
pub fn asked(reader: Reader<'_>, kind: &NodeKind, negated: bool) -> String {
    small_first(&reader.text(kind, negated))
}

impl Reader<'_> {
    /// The title of the first source that a program names.
    fn main_source(self, pathway: usize) -> String {
        let first = self.program.pathways[pathway].sources.first();
        first.map(|(source, _)| self.program.sources[*source].title.clone()).unwrap_or_default()
    }

    fn node(self, id: NodeId, negated: bool, source: &str) -> Why {
        let node = self.program.node(id);
        let outcomes = self.slots[id.0 as usize];
        let cited = node.cites.first().map(|cite| self.program.statements[*cite].source);
        let source =
            cited.map_or_else(|| source.to_owned(), |cited| self.program.sources[cited].title.clone());
        // What counts on the day is told as if it stood alone.
        if let (NodeKind::Dated { .. }, Some(case)) =
            (&node.kind, node.kind.parts_on(self.child.as_of).first())
        {
            return self.node(*case, negated, &source);
        }
        // A negation is told in the words of what it denies: "does not have Medicaid", "None of these".
        if let NodeKind::Not { node: inner, written } = &node.kind {
            let mut told = self.node(*inner, !negated, &source);
            if *written == Negation::Unless {
                let inner = self.node(*inner, negated, &source);
                told = Why {
                    text: pick(self.lang, "Unless this is so", "A menos que esto se cumpla").to_owned(),
                    state: state(outcomes, negated),
                    answer: String::new(),
                    source,
                    at: self.at(node),
                    parts: vec![inner],
                };
            }
            return told;
        }
        // Under `none of` the members are told as they stand; the heading denies them.
        let parts = node.kind.parts().iter().filter(|part| self.counts(**part));
        let parts = parts.map(|part| self.node(*part, false, &source)).collect();
        Why {
            text: self.text(&node.kind, negated),
            state: if matches!(node.kind, NodeKind::NotStated(_)) {
                WhyState::NotStated
            } else {
                state(outcomes, negated)
            },
            answer: self.answer(&node.kind),
            source,
            parts,
            at: self.at(node),
        }
    }

    /// Whether a criterion counts on the day; what does not is as if it were not written.
    fn counts(self, id: NodeId) -> bool {
        let kind = &self.program.node(id).kind;
        match kind {
            NodeKind::Dated { .. } => !kind.parts_on(self.child.as_of).is_empty(),
            NodeKind::Not { node, .. } => self.counts(*node),
            _ => true,
        }
    }

    fn at(self, node: &Node) -> String {
        format!("{}:{}", self.program.files[node.at.file as usize], node.at.line)
    }

    /// What a criterion asks; `negated` if it asks for the opposite.
    fn text(self, kind: &NodeKind, negated: bool) -> String {
        let lang = self.lang;
        let not = |text: String| {
            if negated { format!("{}: {text}", pick(lang, "Not so", "No se cumple")) } else { text }
        };
        let name = |fact: &usize| capital_first(self.program.facts[*fact].name.get(lang));
        match kind {
            NodeKind::Test(Test::Fact(fact)) => {
                let fact = &self.program.facts[*fact];
                capital_first(if negated { fact.no.get(lang) } else { fact.yes.get(lang) })
            }
            NodeKind::Test(Test::Age { from, below, in_months, month_end, on }) => {
                let text = match (from, below, negated, month_end) {
                    // The opposite of an open age is an age.
                    (None, Some(below), true, false) => {
                        phrases::age_range(lang, Some(*below), None, *in_months, false)
                    }
                    (Some(from), None, true, false) => {
                        phrases::age_range(lang, None, Some(*from), *in_months, false)
                    }
                    _ => not(phrases::age_range(lang, *from, *below, *in_months, *month_end)),
                };
                match on {
                    AgeOn::AsOf => text,
                    on => format!("{text}, {}", phrases::on_day(lang, on.day(self.child.as_of))),
                }
            }
            NodeKind::Test(Test::Number { fact, from, to }) => {
                not(phrases::measured(lang, &self.program.facts[*fact].kind, &name(fact), *from, *to))
            }
            NodeKind::Test(Test::InTheLast { fact, months }) => {
                not(format!("{}: {}", name(fact), phrases::in_the_last(lang, *months)))
            }
            NodeKind::Test(Test::OneOf { fact, list: Some(list), .. }) => {
                not(format!("{}: {}", name(fact), self.program.place_lists[*list].name.get(lang)))
            }
            NodeKind::Test(Test::OneOf { fact, choices, list: None }) => {
                let labels = self.program.labels(*fact, choices, lang);
                not(format!("{}: {}", name(fact), phrases::or_list(lang, &labels)))
            }
            NodeKind::Test(Test::Includes { fact, elements, at_least }) => {
                let labels = self.program.labels(*fact, elements, lang);
                let labels = phrases::some_of(lang, &labels, *at_least as usize);
                // Programs are what a child is in, or has applied for; other sets have a name.
                match (lang, negated) {
                    (Lang::En, false) if self.is(*fact, APPLIED) => format!("Has applied for {labels}"),
                    (Lang::En, true) if self.is(*fact, APPLIED) => format!("Has not applied for {labels}"),
                    (Lang::Es, false) if self.is(*fact, APPLIED) => {
                        format!("Hizo la solicitud para {labels}")
                    }
                    (Lang::Es, true) if self.is(*fact, APPLIED) => {
                        format!("No hizo la solicitud para {labels}")
                    }
                    (_, true) if !self.is(*fact, ENROLLED) && *at_least == 1 => {
                        format!("{}: {} {labels}", name(fact), pick(lang, "none of", "nada de esto:"))
                    }
                    _ if !self.is(*fact, ENROLLED) => not(format!("{}: {labels}", name(fact))),
                    (Lang::En, false) => format!("Is in {labels}"),
                    (Lang::En, true) => format!("Is not in {labels}"),
                    (Lang::Es, false) => format!("Está en {labels}"),
                    (Lang::Es, true) => format!("No está en {labels}"),
                }
            }
            NodeKind::Test(Test::Diagnoses { list, at_least, .. }) => {
                let list = self.program.lists[*list].name.get(lang);
                match (lang, negated, at_least) {
                    (Lang::En, false, 0 | 1) => format!("Has a condition on this list: {list}"),
                    (Lang::En, true, 0 | 1) => format!("Has no condition on this list: {list}"),
                    (Lang::Es, false, 0 | 1) => format!("Tiene una condición de esta lista: {list}"),
                    (Lang::Es, true, 0 | 1) => format!("No tiene ninguna condición de esta lista: {list}"),
                    (Lang::En, _, n) => not(format!("Has at least {n} conditions on this list: {list}")),
                    (Lang::Es, _, n) => not(format!("Tiene al menos {n} condiciones de esta lista: {list}")),
                }
            }
            NodeKind::Judgment { agency, question, list: None, left } => {
                let (agency, question) = (agency.get(lang), question.get(lang));
                match (lang, left) {
                    (Lang::En, None) => not(format!("{agency} decides: {question}")),
                    (Lang::Es, None) => not(format!("{agency} decide: {question}")),
                    (Lang::En, Some(_)) => not(format!("Only while there is {question}: {agency} decides")),
                    (Lang::Es, Some(_)) => not(format!("Solo mientras haya {question}: decide {agency}")),
                }
            }
            NodeKind::Judgment { question, list: Some(_), .. } => match lang {
                Lang::En => {
                    not(format!("Has a condition on the program's own list ({})", question.get(lang)))
                }
                Lang::Es => not(format!(
                    "Tiene una condición de la lista del propio programa ({})",
                    question.get(lang)
                )),
            },
            NodeKind::NotStated(what) => match lang {
                Lang::En => format!("The source does not say: {}", what.get(lang)),
                Lang::Es => format!("La fuente no dice: {}", what.get(lang)),
            },
            NodeKind::Eligible { pathway, .. } => {
                let name = self.program.pathways[*pathway].name.get(lang);
                match lang {
                    Lang::En => not(format!("Qualifies for {name}")),
                    Lang::Es => not(format!("Cumple los requisitos de {name}")),
                }
            }
            NodeKind::Receiving { pathway, .. } => {
                let name = self.program.pathways[*pathway].name.get(lang);
                match lang {
                    Lang::En => not(format!("Already receives {name}")),
                    Lang::Es => not(format!("Ya recibe {name}")),
                }
            }
            NodeKind::All(_) if negated => pick(lang, "Not all of these", "No todo esto").to_owned(),
            NodeKind::All(_) => pick(lang, "All of these", "Todo esto").to_owned(),
            NodeKind::Any(_) if negated => pick(lang, "None of these", "Nada de esto").to_owned(),
            NodeKind::Any(_) => pick(lang, "At least one of these", "Al menos una de estas cosas").to_owned(),
            NodeKind::AtLeast(needed, _) => match lang {
                Lang::En => not(format!("At least {needed} of these")),
                Lang::Es => not(format!("Al menos {needed} de estas cosas")),
            },
            NodeKind::Sum(sum) => not(self.sum(sum)),
            NodeKind::Dated { .. } => {
                pick(lang, "Does not count on this day", "No cuenta en este día").to_owned()
            }
            NodeKind::Not { .. } => String::new(),
        }
    }

    /// What a figure that is added up has to be; in dollars as well, where the size of the household is known.
    fn sum(self, sum: &Sum<NodeId>) -> String {
        let lang = self.lang;
        match &sum.says {
            Says::Score(title) => {
                amounts::bounds(lang, &capital_first(title.get(lang)), sum.from, sum.to, amounts::WHOLE)
            }
            Says::Compared { fact, compare, other } => {
                let name = |fact: usize| self.program.facts[fact].name.get(lang);
                let kind = &self.program.facts[*other].kind;
                let known = match self.child.facts[*other].value {
                    Value::Number { from, to, .. } if from == to => {
                        format!(" ({})", phrases::told(lang, kind, from, to))
                    }
                    _ => String::new(),
                };
                amounts::compared(lang, &capital_first(name(*fact)), *compare, name(*other)) + &known
            }
            Says::Poverty { fact, compare, percent, plus, people, guideline, .. } => {
                let name = capital_first(self.program.facts[*fact].name.get(lang));
                let year = self.program.guidelines[*guideline].year;
                let text = amounts::poverty(lang, &name, *compare, [percent - plus, *plus], year);
                let size = sum.addends.iter().find(|addend| addend.fact != *fact);
                let household = size.and_then(|size| match self.child.facts[size.fact].value {
                    Value::Number { from, to, .. } if from == to => Some(from),
                    _ => None,
                });
                let people = people.or(household);
                match people.and(self.rest(sum, *fact)) {
                    Some(rest) => {
                        // Where others count as well, the household is not all of them.
                        let people = people.filter(|_| sum.when.is_empty());
                        let per = self.program.facts[*fact].kind.dollars_per().unwrap_or(Per::Year);
                        let limit = amounts::limit(*compare, -rest, per);
                        text + &amounts::dollars_for(lang, people, limit, per)
                    }
                    None => text,
                }
            }
        }
    }

    /// What a score comes to; nothing while something of it is open.
    fn score(self, sum: &Sum<NodeId>) -> Option<i64> {
        self.rest(sum, usize::MAX)
    }

    /// What a sum comes to without one of its numbers; nothing while something of it is open.
    fn rest(self, sum: &Sum<NodeId>, without: usize) -> Option<i64> {
        let mut total = sum.always;
        for Addend { fact, amount } in sum.addends.iter().filter(|addend| addend.fact != without) {
            match self.child.facts[*fact].value {
                Value::Number { from, to, .. } if amount.of(from) == amount.of(to) => {
                    total += amount.of(from)
                }
                _ => return None,
            }
        }
        for (when, points) in sum.when.iter().zip(&sum.points) {
            match self.slots[when.0 as usize] {
                Outcomes::MET => total += points,
                Outcomes::NOT_MET => {}
                _ => return None,
            }
        }
        Some(total)
    }

    /// The child's own answer to what a criterion asks.
    fn answer(self, kind: &NodeKind) -> String {
        let lang = self.lang;
        let fact = match kind {
            NodeKind::Test(Test::Age { on, .. }) => {
                let day = on.day(self.child.as_of);
                let months = |birth: Date| birth.completed_months(day);
                let births = self.child.births;
                // A child about whom nothing is known is of any age; that is no answer.
                let known = self.program.facts.iter().zip(&self.child.facts).any(|(fact, known)| {
                    matches!(fact.kind, FactKind::BirthDate | FactKind::BirthMonth | FactKind::Age)
                        && known.asked == Asked::Given
                });
                return match (known, months(births.last), months(births.first)) {
                    (true, least, Some(most)) => phrases::own_age(lang, least.unwrap_or_default(), most),
                    _ => self.birth_not_known(),
                };
            }
            NodeKind::Sum(Sum { says: Says::Poverty { fact, .. } | Says::Compared { fact, .. }, .. }) => {
                *fact
            }
            NodeKind::Sum(sum) => {
                let score = self.score(sum);
                return score.map_or_else(String::new, |score| amounts::amount(lang, score, amounts::WHOLE));
            }
            NodeKind::Test(test) => match test.fact() {
                Some(fact) => fact,
                None => return String::new(),
            },
            _ => return String::new(),
        };
        let known = &self.child.facts[fact];
        let dont_know = pick(lang, "I'm not sure", "No sé");
        match (&known.value, known.asked) {
            (_, Asked::NotYet) if !matches!(known.value, Value::Set(_)) => String::new(),
            (_, Asked::DontKnow) => dont_know.to_owned(),
            (Value::NotApplicable, _) => pick(lang, "Does not apply", "No corresponde").to_owned(),
            (Value::YesNo(truth), _) => yes_no(lang, *truth).to_owned(),
            (Value::Number { from, to, .. }, _) => {
                phrases::told(lang, &self.program.facts[fact].kind, *from, *to)
            }
            (Value::Choice(possible), _) => {
                let open: Vec<usize> = (0..possible.len()).filter(|index| possible[*index]).collect();
                phrases::or_list(lang, &self.program.labels(fact, &open, lang))
            }
            (Value::Set(elements), _) => {
                let chosen: Vec<usize> =
                    (0..elements.len()).filter(|index| elements[*index].0 == Truth::Yes).collect();
                // Of what a criterion asks about, the family may be unsure although it is sure of others.
                let asked: &[usize] = match kind {
                    NodeKind::Test(Test::Includes { elements, .. }) => elements,
                    _ => &[],
                };
                let yes = asked.iter().any(|element| elements[*element].0 == Truth::Yes);
                let unsure = asked.iter().any(|element| elements[*element].1 == Asked::DontKnow);
                let open = elements.iter().any(|(truth, _)| *truth == Truth::Unknown);
                match (chosen.is_empty(), open) {
                    _ if unsure && !yes => dont_know.to_owned(),
                    (true, false) => pick(lang, "None of them", "Ninguno").to_owned(),
                    (true, true) => String::new(),
                    (false, _) => phrases::and_list(lang, &self.program.labels(fact, &chosen, lang)),
                }
            }
            (Value::Codes { known, .. }, _) => {
                let named = |code: &Code| {
                    let lists = self.program.lists.iter();
                    let entry = lists.filter_map(|list| Some(&list.entries[list.entry_of(code)?])).next();
                    entry.map_or_else(|| code.to_string(), |entry| entry.name.get(lang).to_owned())
                };
                let codes: Vec<String> = known.iter().map(named).collect();
                if codes.is_empty() { pick(lang, "None", "Ninguna").to_owned() } else { codes.join(", ") }
            }
            (Value::Place(name), _) => name.clone().unwrap_or_default(),
            (Value::Birth, _) => String::new(),
        }
    }

    /// Whether a fact is the one of a name.
    fn is(self, fact: usize, id: &str) -> bool {
        self.program.facts[fact].id == id
    }

    fn birth_not_known(self) -> String {
        let asked = self.program.facts.iter().zip(&self.child.facts).any(|(fact, known)| {
            matches!(fact.kind, FactKind::BirthDate | FactKind::BirthMonth | FactKind::Age)
                && known.asked == Asked::DontKnow
        });
        if asked { pick(self.lang, "I'm not sure", "No sé").to_owned() } else { String::new() }
    }
}

impl WhyState {
    /// The word in results.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not_met",
            Self::Unknown => "unknown",
            Self::AgencyDecides => "agency_decides",
            Self::NotStated => "not_stated",
        }
    }
}

fn state(outcomes: Outcomes, negated: bool) -> WhyState {
    let outcomes = if negated { outcomes.negated() } else { outcomes };
    match outcomes {
        Outcomes::NONE => WhyState::NotStated,
        Outcomes::MET => WhyState::Met,
        Outcomes::NOT_MET => WhyState::NotMet,
        Outcomes::AGENCY => WhyState::AgencyDecides,
        _ => WhyState::Unknown,
    }
}

fn yes_no(lang: Lang, truth: Truth) -> &'static str {
    match truth {
        Truth::Yes => pick(lang, "Yes", "Sí"),
        Truth::No => pick(lang, "No", "No"),
        Truth::Unknown => "",
    }
}
