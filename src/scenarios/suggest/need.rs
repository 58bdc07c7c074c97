//! What scenarios have to show of a program on a day, and whether a child shows it.

use super::Real;
use super::spot::{Spot, agreeing, code_in};
use crate::child::{Answer, Answers, Child, Raw, Value, read};
use crate::program::{NodeId, NodeKind, Program};
use crate::route::DuplicateKind;
use crate::screen::{Detail, Screener, Screening};
use crate::value::{Code, CodeEntry, CodeMatch, Date, Lang, Outcome, Outcomes};
use crate::vocabulary::{Target, Test};
use std::cell::OnceCell;

/// Something that scenarios have to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Need {
    /// An answer at an edge, where the program hangs on it: with some of these instead, it is decided another way.
    Edge { pathway: usize, root: NodeId, through: NodeId, at: Spot, instead: Vec<Spot>, others: Vec<Spot> },
    /// A figure that is added up, and that one more or one less of a number brings to the other side.
    Figure { pathway: usize, root: NodeId, through: NodeId, met: bool },
    /// A code that is less specific than a list, and leaves the program undetermined for that alone.
    Vague { pathway: usize, root: NodeId, through: NodeId, at: Spot, instead: Vec<Spot>, others: Vec<Spot> },
    /// A fact that is not known, and leaves the program undetermined alone.
    Unknown { pathway: usize, fact: usize },
    /// A judgment that the program is in review for.
    Judgment { pathway: usize, node: NodeId },
    /// A criterion that comes to something, where nothing above shows it.
    Criterion { pathway: usize, node: NodeId, outcome: Outcome },
    /// Who leads.
    Lead(Target),
    /// Two programs, of which the first is one too many.
    Duplicate { kind: DuplicateKind },
}

/// A child of a scenario.
pub(super) struct Seen<'s> {
    screener: &'s Screener,
    pub(super) answers: Answers,
    pub(super) child: Child,
    slots: Vec<Outcomes>,
    screening: OnceCell<Option<Screening>>,
    raw: Raw,
}

impl<'s> Seen<'s> {
    /// A scenario's child; nothing if its answers cannot be used.
    pub(super) fn new(screener: &'s Screener, raw: &Raw, as_of: Date) -> Option<Self> {
        let program = screener.program();
        let answers = read(program, raw, as_of).ok()?;
        let child = Child::new(program, &answers, as_of).ok()?;
        let slots = slots(screener, &child)?;
        Some(Self { screener, answers, child, slots, screening: OnceCell::new(), raw: raw.clone() })
    }

    /// The whole result.
    pub(super) fn screening(&self) -> Option<&Screening> {
        let screen = || self.screener.screen(&self.raw, self.child.as_of, Lang::En, Detail::Family).ok();
        self.screening.get_or_init(screen).as_ref()
    }

    fn slot(&self, node: NodeId) -> Outcomes {
        self.slots[node.0 as usize]
    }

    fn decided(&self, node: NodeId) -> bool {
        !self.slot(node).is_none() && !self.slot(node).is_open()
    }

    /// Whether it shows something.
    pub(super) fn shows(&self, need: &Need) -> bool {
        let program = self.screener.program();
        let as_of = self.child.as_of;
        if need.pathway().is_some_and(|pathway| !program.pathways[pathway].in_force(as_of)) {
            return false;
        }
        match need {
            Need::Edge { root, through, at, instead, .. } => {
                at.holds(program, &self.child)
                    && self.decided(*root)
                    && instead
                        .iter()
                        .flat_map(Spot::each)
                        .any(|other| self.differs(*root, *through, at, &other))
            }
            Need::Figure { root, through, met, .. } => {
                let wanted = if *met { Outcomes::MET } else { Outcomes::NOT_MET };
                self.slot(*through) == wanted
                    && self.decided(*root)
                    && numbers(program, *through)
                        .into_iter()
                        .any(|fact| self.is_on_edge(*root, *through, fact))
            }
            Need::Vague { root, at, .. } => {
                let missing = at.fact(program).is_some_and(|fact| self.missing(*root) == [fact]);
                missing && matches!(at, Spot::Code(fact, code) if has_code(&self.child, *fact, code))
            }
            Need::Unknown { pathway, fact } => {
                let root = program.pathways[*pathway].eligible;
                // A code that is not exact enough is another need.
                let told =
                    matches!(&self.child.facts[*fact].value, Value::Codes { known, .. } if !known.is_empty());
                !told && self.slot(root).is_open() && self.missing(root) == [*fact]
            }
            Need::Judgment { pathway, node } => {
                let root = program.pathways[*pathway].eligible;
                self.slot(root) == Outcomes::AGENCY
                    && self.screener.diagrams(as_of).is_ok_and(|diagrams| {
                        diagrams.known(program, &self.child).hangs_on_judgment(root, *node)
                    })
            }
            Need::Criterion { pathway, node, outcome } => {
                let in_review =
                    program.decided(*pathway).any(|decided| self.slot(decided) == Outcomes::AGENCY);
                self.slot(*node) == Outcomes::of(*outcome) && (*outcome != Outcome::Agency || in_review)
            }
            Need::Lead(target) => self.screening().is_some_and(|result| {
                let lead = result.lead.program.as_deref();
                let (led, fallback) = match target {
                    Target::Program(pathway) => (program.pathways[*pathway].id.as_str(), false),
                    Target::Contact(contact) => (program.contacts[*contact].id.as_str(), true),
                };
                lead == Some(led)
                    && result.lead.status != "undetermined"
                    && (result.lead.status == "fallback") == fallback
            }),
            Need::Duplicate { kind } => self.screening().is_some_and(|result| {
                let wanted = match kind {
                    DuplicateKind::Received => "received",
                    DuplicateKind::NotNeeded => "not_needed",
                };
                result.duplicates.iter().any(|duplicate| duplicate.kind == wanted)
            }),
        }
    }

    /// Whether another answer decides the program, and the criterion, another way.
    fn differs(&self, root: NodeId, through: NodeId, at: &Spot, other: &Spot) -> bool {
        let program = self.screener.program();
        let as_of = self.child.as_of;
        let moved = at.moved(other, program, &self.answers, as_of);
        let Some(fact) = at.fact(program) else { return false };
        let Some((_, child)) = agreeing(program, moved, fact, as_of) else { return false };
        let Some(slots) = slots(self.screener, &child) else { return false };
        let differs = |node: NodeId| {
            let found = slots[node.0 as usize];
            self.decided(node) && !found.is_none() && !found.is_open() && found != self.slot(node)
        };
        other.holds(program, &child) && differs(root) && differs(through)
    }

    fn is_on_edge(&self, root: NodeId, through: NodeId, fact: usize) -> bool {
        let Value::Number { from, to, .. } = self.child.facts[fact].value else { return false };
        from == to
            && [from - 1, from + 1].into_iter().any(|other| {
                self.differs(root, through, &Spot::Number(fact, from), &Spot::Number(fact, other))
            })
    }

    fn missing(&self, node: NodeId) -> Vec<usize> {
        let program = self.screener.program();
        let diagrams = self.screener.diagrams(self.child.as_of);
        diagrams.map(|diagrams| diagrams.known(program, &self.child).missing(node)).unwrap_or_default()
    }
}

impl Need {
    /// The program of which it has to be shown.
    pub(super) fn pathway(&self) -> Option<usize> {
        match self {
            Self::Edge { pathway, .. }
            | Self::Figure { pathway, .. }
            | Self::Vague { pathway, .. }
            | Self::Unknown { pathway, .. }
            | Self::Judgment { pathway, .. }
            | Self::Criterion { pathway, .. } => Some(*pathway),
            Self::Lead(_) | Self::Duplicate { .. } => None,
        }
    }

    /// The criterion that it is about.
    pub(super) fn criterion(&self) -> Option<NodeId> {
        match self {
            Self::Edge { through, .. } | Self::Figure { through, .. } | Self::Vague { through, .. } => {
                Some(*through)
            }
            Self::Judgment { node, .. } | Self::Criterion { node, .. } => Some(*node),
            Self::Unknown { .. } | Self::Lead(_) | Self::Duplicate { .. } => None,
        }
    }

    /// The fact whose answer it is about.
    pub(super) fn fact(&self, program: &Program) -> Option<usize> {
        match self {
            Self::Edge { at, .. } | Self::Vague { at, .. } => at.fact(program),
            Self::Unknown { fact, .. } => Some(*fact),
            _ => None,
        }
    }

    /// The program whose decision hangs on it, and the node of the decision.
    fn root(&self) -> Option<(usize, NodeId)> {
        match self {
            Self::Edge { pathway, root, .. }
            | Self::Figure { pathway, root, .. }
            | Self::Vague { pathway, root, .. } => Some((*pathway, *root)),
            _ => None,
        }
    }

    /// Whether it is about what a child receives.
    pub(super) fn is_of_receiving(&self, program: &Program) -> bool {
        self.root().is_some_and(|(pathway, root)| program.pathways[pathway].receiving == Some(root))
    }

    /// The benefit that it is about, by index, where it is not about the whole program.
    pub(super) fn benefit(&self, program: &Program) -> Option<usize> {
        let (pathway, root) = self.root()?;
        let own = &program.pathways[pathway];
        let of = || own.benefits.iter().position(|benefit| benefit.eligible == root);
        (own.eligible != root && own.receiving != Some(root)).then(of).flatten()
    }
}

/// All edges of a program's criteria on a day, in the order in which they are written.
pub(super) fn edges(program: &Program, pathway: usize, day: Date, real: Real<'_>) -> Vec<Need> {
    let own = &program.pathways[pathway];
    let mut needs: Vec<Need> = Vec::new();
    // What a benefit asks beside its program is seen in its own decision.
    let of_program = counting_below(program, own.eligible, day);
    let benefits = own.benefits.iter().map(|benefit| (benefit.eligible, of_program.as_slice()));
    let whole = std::iter::once(own.eligible).chain(own.receiving).map(|root| (root, &[][..]));
    for (root, elsewhere) in whole.chain(benefits) {
        for through in counting_below(program, root, day).into_iter().filter(|node| !elsewhere.contains(node))
        {
            for need in edges_of(program, pathway, root, through, real) {
                if !needs.iter().any(|known| same(known, &need)) {
                    needs.push(need);
                }
            }
        }
    }
    needs
}

/// Whether two needs are one edge of the same program, written twice.
fn same(one: &Need, other: &Need) -> bool {
    match (one, other) {
        (Need::Edge { root, at, instead, .. }, Need::Edge { root: r, at: a, instead: i, .. }) => {
            (root, at, instead) == (r, a, i)
        }
        _ => one == other,
    }
}

/// The criteria of a root that count on a day; what another program asks is shown there.
pub(super) fn counting_below(program: &Program, root: NodeId, day: Date) -> Vec<NodeId> {
    let mut seen = vec![false; program.nodes.len()];
    let mut open = vec![root];
    let mut found = Vec::new();
    while let Some(node) = open.pop() {
        if !std::mem::replace(&mut seen[node.0 as usize], true) {
            found.push(node);
            let kind = &program.node(node).kind;
            if !matches!(kind, NodeKind::Eligible { .. } | NodeKind::Receiving { .. }) {
                open.extend(kind.parts_on(day).iter().rev());
            }
        }
    }
    found
}

fn edges_of(program: &Program, pathway: usize, root: NodeId, through: NodeId, real: Real<'_>) -> Vec<Need> {
    let edge =
        |at: Spot, instead: Vec<Spot>| Need::Edge { pathway, root, through, at, instead, others: Vec::new() };
    let both = |one: Spot, other: Spot| [edge(one.clone(), vec![other.clone()]), edge(other, vec![one])];
    match &program.node(through).kind {
        NodeKind::Test(Test::Fact(fact)) => both(Spot::YesNo(*fact, true), Spot::YesNo(*fact, false)).into(),
        NodeKind::Test(Test::Age { from, below, month_end, on, .. }) => {
            let from = from.map(|months| (months, false));
            let below = below.map(|months| (months, *month_end));
            let born = |(months, month_end): (u32, bool), reached| Spot::Born {
                months,
                month_end,
                on: *on,
                reached,
            };
            let cuts = from.into_iter().chain(below).filter(|(months, _)| *months > 0);
            cuts.flat_map(|cut| both(born(cut, false), born(cut, true))).collect()
        }
        NodeKind::Test(Test::Number { fact, from, to }) => {
            let Some((min, max)) = program.facts[*fact].kind.limits() else { return Vec::new() };
            let firsts = [*from, to.map(|to| to.saturating_add(1))];
            let firsts = firsts.into_iter().flatten().filter(|first| min < *first && *first <= max);
            firsts
                .flat_map(|first| both(Spot::Number(*fact, first - 1), Spot::Number(*fact, first)))
                .collect()
        }
        NodeKind::Test(Test::OneOf { fact, choices, list }) => {
            let all = program.facts[*fact].kind.choices();
            let others = (0..all.len()).filter(|choice| !choices.contains(choice)).collect();
            let inside = Spot::OneOf(*fact, choices.clone());
            let mut outside = vec![Spot::OneOf(*fact, others)];
            if program.facts[*fact].may_not_apply {
                outside.push(Spot::NotApplicable(*fact));
            }
            // Of a list of places, one of them is enough.
            let each = if list.is_some() { vec![inside.clone()] } else { inside.each() };
            let each = each.into_iter().map(|one| edge(one, outside.clone()));
            let beside = outside.iter().find(|other| !other.each().is_empty());
            each.chain(beside.map(|other| edge(other.clone(), vec![inside.clone()]))).collect()
        }
        NodeKind::Test(Test::Includes { fact, elements, .. }) => elements
            .iter()
            .flat_map(|element| {
                both(Spot::Element(*fact, *element, true), Spot::Element(*fact, *element, false))
            })
            .collect(),
        NodeKind::Test(Test::Diagnoses { fact, list, at_least }) => {
            let (listed, none) = (Spot::Listed(*fact, *list), Spot::NoCode(*fact));
            let others = vec![listed.clone(); at_least.saturating_sub(1) as usize];
            let edge = |at: Spot, instead: Vec<Spot>| Need::Edge {
                pathway,
                root,
                through,
                at,
                instead,
                others: others.clone(),
            };
            let mut needs =
                vec![edge(listed.clone(), vec![none.clone()]), edge(none.clone(), vec![listed.clone()])];
            let beside = codes_beside(program, *list, real).into_iter();
            needs.extend(beside.map(|code| edge(Spot::Code(*fact, code), vec![listed.clone()])));
            needs.extend(less_specific(program, *list).map(|code| {
                let (at, instead) = (Spot::Code(*fact, code), vec![listed.clone(), none.clone()]);
                Need::Vague { pathway, root, through, at, instead, others: others.clone() }
            }));
            needs
        }
        NodeKind::Sum(_) if !numbers(program, through).is_empty() => {
            [true, false].map(|met| Need::Figure { pathway, root, through, met }).into()
        }
        _ => Vec::new(),
    }
}

/// The numbers that a figure is added up from.
pub(super) fn numbers(program: &Program, figure: NodeId) -> Vec<usize> {
    match &program.node(figure).kind {
        NodeKind::Sum(sum) => {
            let mut facts: Vec<usize> = sum.addends.iter().map(|addend| addend.fact).collect();
            facts.dedup();
            facts
        }
        _ => Vec::new(),
    }
}

/// Codes right beside a list: those it leaves out, the categories before and after a range, and one beside each single code.
fn codes_beside(program: &Program, list: usize, real: Real<'_>) -> Vec<Code> {
    let list = &program.lists[list];
    let left_out = list.except.iter().map(|entry| match entry {
        CodeEntry::Below(code) => code.clone(),
        CodeEntry::Categories(from, _) => from.clone(),
    });
    let ends = list.entries.iter().flat_map(|entry| match &entry.codes {
        CodeEntry::Categories(from, to) => {
            let nearest = |code: &Code, sign: i32| {
                (1..100).filter_map(|step| category_beside(code, sign * step)).find(|code| real(code))
            };
            [nearest(from, -1), nearest(to, 1)]
        }
        CodeEntry::Below(code) => {
            let outside = |code: &Code| list.compare(code).0 == CodeMatch::Outside && real(code);
            let steps = (1..100).flat_map(|step| [step, -step]);
            [steps.filter_map(|step| code_beside(code, step)).find(outside), None]
        }
    });
    let mut codes: Vec<Code> = Vec::new();
    for code in left_out.chain(ends.flatten()) {
        if list.compare(&code).0 == CodeMatch::Outside && !codes.contains(&code) {
            codes.push(code);
        }
    }
    codes
}

/// The category before or after another, by its number.
fn category_beside(code: &Code, step: i32) -> Option<Code> {
    let letter = code.as_str().get(..1)?;
    let number: i32 = code.as_str().get(1..3)?.parse().ok()?;
    let beside = number + step;
    (0..=99).contains(&beside).then(|| Code::parse(&format!("{letter}{beside:02}"))).flatten()
}

/// The code before or after another of the same length, by its last digit.
fn code_beside(code: &Code, step: i32) -> Option<Code> {
    if code.is_category() {
        return category_beside(code, step);
    }
    let (before, last) = code.as_str().split_at(code.as_str().len().checked_sub(1)?);
    let beside = last.parse::<i32>().ok()? + step;
    (0..=9).contains(&beside).then(|| Code::parse(&format!("{before}{beside}"))).flatten()
}

/// A category that is less specific than a list.
fn less_specific(program: &Program, list: usize) -> Option<Code> {
    let list = &program.lists[list];
    let entries = 0..list.entries.len();
    let codes = entries.filter_map(|entry| code_in(list, entry));
    let categories = codes.filter_map(|code| Code::parse(code.as_str().get(..3)?));
    categories.into_iter().find(|code| list.compare(code).0 == CodeMatch::LessSpecific)
}

fn has_code(child: &Child, fact: usize, code: &Code) -> bool {
    matches!(&child.facts[fact].value, Value::Codes { known, .. } if known.contains(code))
}

fn slots(screener: &Screener, child: &Child) -> Option<Vec<Outcomes>> {
    let diagrams = screener.diagrams(child.as_of).ok()?;
    Some(diagrams.known(screener.program(), child).slots())
}

/// Answers without one of them; nothing if it is not given.
pub(super) fn without(answers: &Answers, fact: usize, element: Option<usize>) -> Option<Answers> {
    let mut answers = answers.clone();
    match (&mut answers.given[fact], element) {
        (given @ Some(_), None) => *given = None,
        (Some(Answer::Set(elements)), Some(element)) if elements.get(element)?.is_some() => {
            elements[element] = None;
        }
        _ => return None,
    }
    Some(answers)
}
