//! From the line of nodes to a shared forest: one diagram a node, and the constraints apart.

use super::cells::{Subject, Variables, cell_of, counts, limits, same_judgments};
use super::forest::{AGENCY, Combine, Forest, IMPOSSIBLE, MET, MOST_CELLS, NOT_MET, POSSIBLE, Root};
use super::order::by_force;
use super::sums;
use super::table::Memo;
use crate::program::{NodeId, NodeKind, Program};
use crate::value::Date;
use crate::vocabulary::{Addend, AgeOn, Implication, Literal, Sum, Test};

/// The diagrams of a program on a day.
#[derive(Debug, Clone)]
pub struct Diagrams {
    pub(super) variables: Variables,
    pub(super) forest: Forest,
    /// What each node comes to, judgments still asked.
    pub(super) raw: Vec<Option<Root>>,
    /// What each node comes to where it can be by definition, judgments folded into the leaf *left to an agency*; none
    /// for a node without a say.
    pub(super) nodes: Vec<Option<Root>>,
    /// What is true by definition: implications among facts.
    pub(super) constraints: Root,
}

/// Rules whose diagrams grow beyond the bound: too many criteria that hang together crosswise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooTangled;

/// Diagrams of at most so many nodes for each of the program's are small as they are: no other order is tried.
const SMALL: usize = 2;

/// How large the diagrams of a state are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sizes {
    /// How many variables there are; one for each fact, element, or kind of condition that criteria tell apart, and
    /// for each judgment.
    pub variables: usize,
    /// How many nodes all diagrams have together; what they share counts once.
    pub nodes: usize,
    /// How many nodes each program's criteria have, by the program's index.
    pub programs: Vec<usize>,
}

impl Diagrams {
    /// Builds the diagrams of a program on a day.
    ///
    /// # Errors
    /// When they grow beyond the bound; nothing is approximated.
    pub fn new(program: &Program, on: Date) -> Result<Self, TooTangled> {
        let variables = Variables::of(program, on);
        let written = Self::in_order(program, on, variables.clone());
        let small =
            written.as_ref().is_ok_and(|written| written.forest.size() <= SMALL * program.nodes.len());
        if small {
            return written;
        }
        // Neither order is better for all rules.
        let order = by_force(program, &variables);
        let pulled = Self::in_order(program, on, variables.in_order(&order));
        match (written, pulled) {
            (Ok(written), Ok(pulled)) if written.forest.size() <= pulled.forest.size() => Ok(written),
            (Err(_), pulled) | (_, pulled @ Ok(_)) => pulled,
            (written, Err(_)) => written,
        }
    }

    fn in_order(program: &Program, on: Date, variables: Variables) -> Result<Self, TooTangled> {
        let count = variables.subjects.len();
        if count > MOST_CELLS || (0..count as u32).any(|variable| variables.cells(variable) > MOST_CELLS) {
            return Err(TooTangled);
        }
        let mut build = Build {
            program,
            on,
            variables: &variables,
            judgments: same_judgments(program),
            forest: Forest::default(),
            raw: Vec::new(),
        };
        for (number, counts) in counts(program, on).into_iter().enumerate() {
            let root = if counts { build.node(number) } else { None };
            build.raw.push(root);
            if build.forest.overgrown() {
                return Err(TooTangled);
            }
        }
        let groups = build.constraints();
        let first = variables.first_judgment;
        let Build { mut forest, mut raw, .. } = build;
        let mut folded = vec![None; forest.places()];
        let mut nodes: Vec<Option<Root>> = raw
            .iter()
            .map(|root| root.map(|root| fold_judgments(&mut forest, root, first, &mut folded)))
            .collect();
        // An implication bears on a node only if it speaks of what the node asks.
        let bears: Vec<Vec<bool>> = groups
            .iter()
            .map(|(speaks_of, _)| forest.asks_any(|variable| speaks_of.contains(&variable)))
            .collect();
        for root in nodes.iter_mut().flatten() {
            let asked = root.place();
            for ((_, holds), _) in groups.iter().zip(&bears).filter(|(_, bears)| bears[asked]) {
                *root = forest.combine(Combine::Where, *root, *holds);
            }
        }
        let mut constraints = POSSIBLE;
        for (_, holds) in groups {
            constraints = forest.combine(Combine::Where, constraints, holds);
        }
        if forest.overgrown() {
            return Err(TooTangled);
        }
        let mut kept: Vec<&mut Root> = raw.iter_mut().chain(&mut nodes).flatten().collect();
        kept.push(&mut constraints);
        let forest = forest.pruned(&mut kept);
        Ok(Self { variables, forest, raw, nodes, constraints })
    }

    /// How large they are.
    #[must_use]
    pub fn sizes(&self, program: &Program) -> Sizes {
        let nodes = |root: Root| self.forest.reached(root).into_iter().filter(|root| !root.is_leaf()).count();
        let of = |node: NodeId| self.nodes[node.0 as usize].map_or(0, nodes);
        Sizes {
            variables: self.variables.subjects.len(),
            nodes: self.forest.size(),
            programs: program.pathways.iter().map(|pathway| of(pathway.eligible)).collect(),
        }
    }
}

/// A part that still asks an agency, whatever the facts, is left to it: reduced diagrams have no idle node.
/// `done` keeps what was folded before, for the next root.
pub(super) fn fold_judgments(
    forest: &mut Forest,
    root: Root,
    first_judgment: u32,
    done: &mut [Option<Root>],
) -> Root {
    let mut fold = |forest: &mut Forest, variable: u32, children: &[Root]| {
        if variable >= first_judgment { AGENCY } else { forest.node(variable, children) }
    };
    forest.rewrite_below(root, &mut fold, done)
}

/// A sum that is being added up.
struct Adding<'s> {
    sum: &'s Sum<NodeId>,
    /// Its numbers that have a cell for each value.
    small: Vec<usize>,
    /// The others.
    large: Vec<usize>,
    /// The variable of these.
    last: Option<u32>,
    /// What was found for a part and what was added up before it.
    known: Memo,
}

pub(super) struct Build<'b> {
    pub(super) program: &'b Program,
    pub(super) on: Date,
    pub(super) variables: &'b Variables,
    /// The first node with the same judgment, by the node's number.
    pub(super) judgments: Vec<Option<usize>>,
    pub(super) forest: Forest,
    pub(super) raw: Vec<Option<Root>>,
}

impl Build<'_> {
    fn node(&mut self, number: usize) -> Option<Root> {
        let kind = &self.program.nodes[number].kind;
        self.kind(number, kind)
    }

    /// What the node of a number comes to if it is of this kind.
    pub(super) fn kind(&mut self, number: usize, kind: &NodeKind) -> Option<Root> {
        Some(match kind {
            NodeKind::NotStated(_) => return None,
            NodeKind::Test(Test::Fact(fact)) => {
                self.yes(|subject| matches!(subject, Subject::Fact(other) if other == fact))
            }
            NodeKind::Test(Test::Age { from, below, month_end, on, .. }) => {
                self.age(*from, *below, *month_end, *on)
            }
            NodeKind::Test(Test::Number { fact, from, to }) => self.number(*fact, *from, *to),
            NodeKind::Test(Test::InTheLast { fact, months }) => self.in_the_last(*fact, *months),
            NodeKind::Test(Test::OneOf { fact, choices, .. }) => {
                let wanted =
                    |subject: &Subject| matches!(subject, Subject::Choice(other, _) if other == fact);
                let variable = self.variables.number(wanted)?;
                let cells = self.variables.cells(variable);
                self.forest.has(variable, (0..cells).map(|cell| choices.contains(&cell)))
            }
            NodeKind::Test(Test::Includes { fact, elements, at_least }) => {
                let members: Vec<Root> = elements
                    .iter()
                    .map(|element| self.yes(|s| *s == Subject::Element(*fact, *element)))
                    .collect();
                self.at_least(*at_least as usize, &members)
            }
            NodeKind::Test(Test::Diagnoses { list, at_least, .. }) => {
                self.diagnoses(*list, *at_least as usize)
            }
            NodeKind::Judgment { .. } => {
                let first = self.judgments[number]?;
                self.yes(|subject| *subject == Subject::Judgment(first))
            }
            NodeKind::Eligible { pathway, node } => {
                if self.in_force(*pathway) {
                    self.raw(*node)?
                } else {
                    NOT_MET
                }
            }
            NodeKind::Receiving { pathway, node } => match node {
                Some(node) if self.in_force(*pathway) => self.raw(*node)?,
                _ => NOT_MET,
            },
            NodeKind::All(parts) => {
                let members = self.members(parts);
                members
                    .into_iter()
                    .fold(MET, |so_far, member| self.forest.combine(Combine::And, so_far, member))
            }
            NodeKind::Any(parts) => {
                let members = self.members(parts);
                self.any(members)
            }
            NodeKind::AtLeast(needed, parts) => {
                let members = self.members(parts);
                self.at_least(*needed as usize, &members)
            }
            NodeKind::Sum(sum) => self.sum(sum),
            NodeKind::Dated { .. } => self.raw(*kind.parts_on(self.on).first()?)?,
            NodeKind::Not { node, .. } => {
                let inner = self.raw(*node)?;
                self.forest.not(inner)
            }
        })
    }

    fn in_force(&self, pathway: usize) -> bool {
        self.program.pathways[pathway].in_force(self.on)
    }

    fn raw(&self, node: NodeId) -> Option<Root> {
        self.raw[node.0 as usize]
    }

    /// The parts that have a say.
    fn members(&self, parts: &[NodeId]) -> Vec<Root> {
        parts.iter().filter_map(|part| self.raw(*part)).collect()
    }

    pub(super) fn any(&mut self, members: Vec<Root>) -> Root {
        members.into_iter().fold(NOT_MET, |so_far, member| self.forest.combine(Combine::Or, so_far, member))
    }

    /// At least so many: after each member from the last to the first, one diagram for each count still needed.
    pub(super) fn at_least(&mut self, needed: usize, members: &[Root]) -> Root {
        let mut with = vec![NOT_MET; needed + 1];
        with[0] = MET;
        for member in members.iter().rev() {
            for still in (1..=needed).rev() {
                with[still] = self.forest.choose(*member, with[still - 1], with[still]);
            }
        }
        with[needed]
    }

    /// A variable of two cells that says yes.
    fn yes(&mut self, wanted: impl Fn(&Subject) -> bool) -> Root {
        match self.variables.number(wanted) {
            Some(variable) => self.forest.has(variable, [false, true].into_iter()),
            None => NOT_MET,
        }
    }

    fn age(&mut self, from: Option<u32>, below: Option<u32>, month_end: bool, on: AgeOn) -> Root {
        let Some(variable) =
            self.variables.number(|subject| matches!(subject, Subject::Births(day, _) if *day == on))
        else {
            return NOT_MET;
        };
        let Subject::Births(_, cuts) = &self.variables.subjects[variable as usize] else { return NOT_MET };
        // Cell `k` has reached the first `k` ages.
        let reached = |months: u32, end: bool, cell: usize| {
            cuts.iter()
                .position(|cut| cut.months == months && cut.month_end == end)
                .is_some_and(|at| at < cell)
        };
        let cells = (0..=cuts.len()).map(|cell| {
            from.is_none_or(|from| reached(from, false, cell))
                && below.is_none_or(|below| !reached(below, month_end, cell))
        });
        self.forest.has(variable, cells)
    }

    fn in_the_last(&mut self, fact: usize, months: u32) -> Root {
        let wanted = |subject: &Subject| matches!(subject, Subject::Ago(other, _) if *other == fact);
        let Some(variable) = self.variables.number(wanted) else { return NOT_MET };
        let Subject::Ago(_, cuts) = &self.variables.subjects[variable as usize] else { return NOT_MET };
        let own = cuts.iter().position(|cut| cut.months == months).unwrap_or(cuts.len());
        // In the last cell there is no such day.
        let cells = (0..=cuts.len()).map(|cell| cell <= own).chain([false]);
        self.forest.has(variable, cells)
    }

    fn number(&mut self, fact: usize, from: Option<i64>, to: Option<i64>) -> Root {
        let wanted = |subject: &Subject| matches!(subject, Subject::Number(other, _) if *other == fact);
        let Some(variable) = self.variables.number(wanted) else { return NOT_MET };
        let Subject::Number(_, bounds) = &self.variables.subjects[variable as usize] else { return NOT_MET };
        let cells = (0..bounds.len() + 2).map(|cell| {
            let applies = cell <= bounds.len();
            let least = if cell == 0 { i64::MIN } else { bounds.get(cell - 1).copied().unwrap_or(i64::MAX) };
            applies
                && from.is_none_or(|from| from <= least)
                && to.is_none_or(|to| bounds.get(cell).is_some_and(|below| *below <= to.saturating_add(1)))
        });
        self.forest.has(variable, cells)
    }

    fn sum(&mut self, sum: &Sum<NodeId>) -> Root {
        let (small, large) = sums::numbers(self.program, sum);
        let total = sums::total(self.program, sum);
        let last = self.variables.number(|subject| match (subject, &total) {
            (Subject::Total(addends, _), Some(total)) => addends == total,
            (Subject::Number(fact, _), None) => large.iter().any(|index| sum.addends[*index].fact == *fact),
            _ => false,
        });
        self.added(&mut Adding { sum, small, large, last, known: Memo::default() }, 0, sum.always)
    }

    /// Where a sum lies within its bounds, from its part of this number on: criteria, small numbers, then the large ones.
    fn added(&mut self, adding: &mut Adding<'_>, part: usize, so_far: i64) -> Root {
        let sum = adding.sum;
        let key = (part as u32, (so_far >> 32) as u32, so_far as u32);
        if let Some(known) = adding.known.find(key) {
            return Root(known);
        }
        let root = if let Some(when) = sum.when.get(part) {
            let with = self.added(adding, part + 1, so_far + sum.points[part]);
            let without = self.added(adding, part + 1, so_far);
            match self.raw(*when) {
                Some(when) => self.forest.choose(when, with, without),
                None => without,
            }
        } else if let Some(small) = adding.small.get(part - sum.when.len()) {
            let Addend { fact, amount } = &sum.addends[*small];
            let wanted = |subject: &Subject| matches!(subject, Subject::Number(other, _) if other == fact);
            let Some(variable) = self.variables.number(wanted) else { return NOT_MET };
            let (min, _) = limits(self.program, *fact);
            let amounts: Vec<i64> = self.firsts(variable, min).map(|first| amount.of(first)).collect();
            let mut chosen = NOT_MET;
            for (cell, amount) in amounts.iter().enumerate() {
                let rest = self.added(adding, part + 1, so_far + amount);
                let here = self.forest.has(variable, (0..amounts.len() + 1).map(|other| other == cell));
                chosen = self.forest.choose(here, rest, chosen);
            }
            chosen
        } else {
            self.within(adding, so_far)
        };
        adding.known.insert(key, root.0);
        root
    }

    /// Where the large numbers of a sum bring it within its bounds.
    fn within(&mut self, adding: &Adding<'_>, so_far: i64) -> Root {
        let sum = adding.sum;
        let within =
            |total: i64| sum.from.is_none_or(|from| from <= total) && sum.to.is_none_or(|to| total <= to);
        let Some(last) = adding.last else { return if within(so_far) { MET } else { NOT_MET } };
        let cells: Vec<bool> = match adding.large.as_slice() {
            [one] => {
                let Addend { fact, amount } = &sum.addends[*one];
                let (min, _) = limits(self.program, *fact);
                self.firsts(last, min).map(|first| within(so_far + amount.of(first))).collect()
            }
            // Below the first bound the total is less than it.
            _ => self.firsts(last, i64::MIN / 2).map(|first| within(so_far.saturating_add(first))).collect(),
        };
        // In the last cell a number does not apply, and nothing is added up.
        self.forest.has(last, cells.into_iter().chain([false]))
    }

    /// The first value of each cell of a number, but for the one in which it does not apply.
    fn firsts(&self, variable: u32, min: i64) -> impl Iterator<Item = i64> + use<> {
        let bounds = match &self.variables.subjects[variable as usize] {
            Subject::Number(_, bounds) | Subject::Total(_, bounds) => bounds.clone(),
            _ => Vec::new(),
        };
        std::iter::once(min).chain(bounds)
    }

    fn diagnoses(&mut self, list: usize, at_least: usize) -> Root {
        let variables = self.variables;
        let mut entries: Vec<(usize, Vec<u32>)> = Vec::new();
        for (number, subject) in variables.subjects.iter().enumerate() {
            let Subject::Condition(_, condition) = subject else { continue };
            for (_, entry) in condition.entries.iter().filter(|(of, _)| *of == list) {
                match entries.iter_mut().find(|(known, _)| known == entry) {
                    Some((_, conditions)) => conditions.push(number as u32),
                    None => entries.push((*entry, vec![number as u32])),
                }
            }
        }
        let members: Vec<Root> = entries
            .into_iter()
            .map(|(_, conditions)| {
                let each = conditions
                    .into_iter()
                    .map(|variable| self.forest.has(variable, [false, true].into_iter()));
                let each: Vec<Root> = each.collect();
                self.any(each)
            })
            .collect();
        self.at_least(at_least, &members)
    }

    /// What the implications leave possible; those that speak of the same variables together, with the variables.
    fn constraints(&mut self) -> Vec<(Vec<u32>, Root)> {
        let mut groups: Vec<(Vec<u32>, Root)> = Vec::new();
        for Implication { when, then } in &self.program.implications {
            // Wherever the premise holds, one of the conclusions does.
            let Some(mut holds) = self.possible(*when, false) else { continue };
            for literal in then {
                if let Some(so) = self.possible(*literal, true) {
                    holds = self.forest.combine(Combine::Union, holds, so);
                }
            }
            let mut speaks_of = self.forest.asked(holds);
            let linked = |group: &(Vec<u32>, Root)| group.0.iter().any(|other| speaks_of.contains(other));
            let (joined, apart): (Vec<_>, Vec<_>) = groups.into_iter().partition(linked);
            groups = apart;
            for (others, other) in joined {
                holds = self.forest.combine(Combine::Where, holds, other);
                speaks_of.extend(others);
            }
            groups.push((speaks_of, holds));
        }
        groups
    }

    /// What is possible where a literal is so, or where it is not.
    fn possible(&mut self, literal: Literal, so: bool) -> Option<Root> {
        let variable = self.variables.of_literal(self.program, literal)?;
        let wanted = cell_of(literal);
        let cells = 0..self.variables.cells(variable);
        let leaf = |cell: usize| if (cell == wanted) == so { POSSIBLE } else { IMPOSSIBLE };
        let children: Vec<Root> = cells.map(leaf).collect();
        Some(self.forest.node(variable, &children))
    }
}
