//! Children as examples: the fewest answers with which criteria come to something, or hang on one fact alone.
//!
//! Every search goes through the diagrams of several criteria at once, and remembers what it found for what is left of
//! them: so it is exact, and where it finds nobody there is nobody.

use super::ask::Known;
use super::build::fold_judgments;
use super::cells::{Cut, Subject, days_of_cells, limits};
use super::conditions::code_of;
use super::forest::{Combine, Forest, IMPOSSIBLE, Root};
use crate::child::{Births, Child};
use crate::program::NodeId;
use crate::value::{Code, Date, Outcome, Outcomes};
use crate::vocabulary::{Addend, FactKind, Target};
use std::collections::BTreeMap;

/// What a family says for a variable to have one of its cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// Yes or no, to a fact.
    YesNo(usize, bool),
    /// A day of birth.
    Born(Date),
    /// A number.
    Number(usize, i64),
    /// A choice of a fact.
    Choice(usize, usize),
    /// That a fact does not apply.
    NotApplicable(usize),
    /// Yes or no, to an element of a set.
    Element(usize, usize, bool),
    /// A code, or that there is none of a kind.
    Condition(usize, Option<Code>),
}

/// What two ways for a decision to come out may be, best first: an example that settles everything is plainer.
const WAYS_TO_DIFFER: [[Outcome; 2]; 3] =
    [[Outcome::Met, Outcome::NotMet], [Outcome::Agency, Outcome::NotMet], [Outcome::Met, Outcome::Agency]];

/// Children of example are at most so old, where older ones need not be.
const USUAL_AGE_YEARS: u32 = 26;

/// The latest birth of somebody who has reached an age, by its completed months or by the end of the month in which they
/// are completed; whoever was born on the next day has not.
#[must_use]
pub fn latest_birth_past(months: u32, month_end: bool, as_of: Date) -> Date {
    Cut { months, month_end }.latest_birth(as_of)
}

impl Known<'_> {
    /// The fewest answers with which each of some nodes comes to what is wanted of it.
    #[must_use]
    pub fn example(&mut self, wanted: &[(NodeId, Outcome)]) -> Option<Vec<Said>> {
        let state: Vec<Root> = wanted.iter().map(|(node, _)| self.of(*node)).collect::<Option<_>>()?;
        self.shortest(state, &|found| {
            found.iter().zip(wanted).all(|(found, (_, wanted))| *found == Outcomes::of(*wanted))
        })
    }

    /// The fewest answers to other facts with which a node is decided one way on the one side of an answer and another
    /// way on the other side, and so is the criterion through which it is.
    #[must_use]
    pub fn swing(
        &mut self,
        node: NodeId,
        through: NodeId,
        fact: usize,
        sides: [&Child; 2],
    ) -> Option<Vec<Said>> {
        let mut state = Vec::with_capacity(4);
        for node in [node, through] {
            let root = self.of(node)?;
            for side in sides {
                state.push(self.on_side(root, fact, side));
            }
        }
        WAYS_TO_DIFFER.into_iter().find_map(|ways| {
            self.shortest(state.clone(), &|found| found[2] != found[3] && differ(found[0], found[1], ways))
        })
    }

    /// The fewest answers with which a node hangs on what an agency finds in one judgment.
    #[must_use]
    pub fn swing_on_judgment(&mut self, node: NodeId, judgment: NodeId) -> Option<Vec<Said>> {
        let state = self.on_finding(node, judgment)?;
        WAYS_TO_DIFFER
            .into_iter()
            .find_map(|ways| self.shortest(state.to_vec(), &|found| differ(found[0], found[1], ways)))
    }

    /// Whether with this child's answers a node is decided, and hangs on what an agency finds in one judgment.
    #[must_use]
    pub fn hangs_on_judgment(&mut self, node: NodeId, judgment: NodeId) -> bool {
        let Some([favorable, not]) = self.on_finding(node, judgment) else { return false };
        let (favorable, not) = (outcomes(&self.forest, favorable), outcomes(&self.forest, not));
        !favorable.is_none() && !not.is_none() && !favorable.is_open() && !not.is_open() && favorable != not
    }

    /// The facts on which alone a node can come to hang, in question order.
    #[must_use]
    pub fn deciding(&mut self, node: NodeId) -> Vec<usize> {
        let Some(root) = self.of(node) else { return Vec::new() };
        let facts = self.facts_asked(root);
        facts.into_iter().filter(|fact| self.hangs_on(root, *fact)).collect()
    }

    /// Answers to all other facts with which a node hangs on one fact alone.
    #[must_use]
    pub fn hanging_on(&mut self, node: NodeId, fact: usize) -> Option<Vec<Said>> {
        let mut root = self.of(node)?;
        let mut path = Vec::new();
        if !self.hangs_on(root, fact) {
            return None;
        }
        loop {
            let asked = self.forest.asked(root);
            let other = asked.into_iter().find(|variable| self.fact(*variable) != Some(fact));
            let Some(variable) = other else { break };
            let cells = self.open[variable as usize].clone();
            // It hangs on the fact wherever some cell of the other one lets it: so the search never has to turn back.
            let (cell, left) = (0..cells.len()).filter(|cell| cells[*cell]).find_map(|cell| {
                let left = self.forest.given(root, variable, cell);
                self.hangs_on(left, fact).then_some((cell, left))
            })?;
            path.push((variable, cell));
            root = left;
        }
        self.all_said(&path)
    }

    /// The fewest answers with which one of several candidates leads, or is the first of those among whom an agency
    /// decides.
    #[must_use]
    pub fn led(&mut self, candidates: &[(Target, Option<NodeId>)], leader: usize) -> Option<Vec<Said>> {
        let leads = self.where_each_leads(candidates);
        let surely = vec![leads.get(leader)?.1];
        let first: Vec<Root> = leads[..=leader].iter().map(|(_, root)| *root).collect();
        self.shortest(surely, &|found| found[0] == Outcomes::MET).or_else(|| {
            self.shortest(first, &|found| match found.split_last() {
                Some((own, before)) => {
                    *own == Outcomes::AGENCY && before.iter().all(|other| *other == Outcomes::NOT_MET)
                }
                None => false,
            })
        })
    }

    /// A diagram where one fact lies as another child has it.
    fn on_side(&mut self, root: Root, fact: usize, side: &Child) -> Root {
        let variables = &self.diagrams.variables;
        let cells = variables.open_cells(self.program, side);
        self.forest.rewrite(root, &mut |forest, variable, children| {
            if variables.facts[variable as usize] == Some(fact) {
                forest.node_at(variable, children, &cells[variable as usize])
            } else {
                forest.node(variable, children)
            }
        })
    }

    /// What a node comes to where an agency's finding in one judgment is favorable, and where it is not.
    fn on_finding(&mut self, node: NodeId, judgment: NodeId) -> Option<[Root; 2]> {
        let variables = &self.diagrams.variables;
        let kind = &self.program.node(judgment).kind;
        let first = self.program.nodes.iter().position(|other| other.kind == *kind)?;
        let variable = variables.number(|subject| *subject == Subject::Judgment(first))?;
        let raw = self.diagrams.raw[node.0 as usize]?;
        let possible = self.possible();
        Some([1, 0].map(|finding| {
            let found = self.forest.given(raw, variable, finding);
            let mut done = vec![None; self.forest.places()];
            let folded = fold_judgments(&mut self.forest, found, variables.first_judgment, &mut done);
            let root = self.forest.combine(Combine::Where, folded, possible);
            self.where_open(root)
        }))
    }

    /// The fewest answers that bring several diagrams at once to leaves that are wanted; the first cells among equals.
    pub(super) fn shortest(
        &self,
        state: Vec<Root>,
        wanted: &dyn Fn(&[Outcomes]) -> bool,
    ) -> Option<Vec<Said>> {
        let mut search = Search { forest: &self.forest, open: &self.open, wanted, found: BTreeMap::new() };
        search.answers(&state)?;
        let mut path = Vec::new();
        let mut left = state;
        while let Some(variable) = search.variable(&left) {
            let (_, cell) = search.found.get(&left).copied().flatten()?;
            path.push((variable, cell));
            left = search.given(&left, variable, cell);
        }
        self.all_said(&path)
    }

    /// What a family says for variables to have cells; one birth lies in all those that births are asked for, and one day in
    /// all those of its fact.
    fn all_said(&self, path: &[(u32, usize)]) -> Option<Vec<Said>> {
        let mut births = self.child.births;
        let mut days: BTreeMap<usize, (i64, i64)> = BTreeMap::new();
        let mut said = Vec::new();
        for (variable, cell) in path {
            if let Subject::Births(on, cuts) = &self.diagrams.variables.subjects[*variable as usize] {
                let day = on.day(self.child.as_of);
                let (first, last) = days_of_cells(cuts, day, self.child.births).nth(*cell)?;
                births = Births { first: births.first.max(first), last: births.last.min(last) };
            } else if let Subject::Total(addends, bounds) =
                &self.diagrams.variables.subjects[*variable as usize]
            {
                said.extend(self.total_said(addends, bounds, *cell)?);
            } else if let Some((fact, (first, last))) = self.days_of(*variable, *cell) {
                let known = days.entry(fact).or_insert((first, last));
                *known = (known.0.max(first), known.1.min(last));
            } else {
                said.push(self.said(*variable, *cell)?);
            }
        }
        if births.first > births.last || days.values().any(|(first, last)| first > last) {
            return None;
        }
        said.extend(days.into_iter().map(|(fact, (_, last))| Said::Number(fact, last)));
        if births != self.child.births {
            said.push(Said::Born(self.usual_birth(births)));
        }
        Some(said)
    }

    /// Numbers whose total lies in a cell: one of them is moved, some before it are their most, the others their least.
    pub(super) fn total_said(&self, addends: &[Addend], bounds: &[i64], cell: usize) -> Option<Vec<Said>> {
        if cell > bounds.len() {
            let idle = addends.iter().find(|addend| self.program.facts[addend.fact].may_not_apply);
            return idle.map(|addend| vec![Said::NotApplicable(addend.fact)]);
        }
        let least = cell.checked_sub(1).map_or(i64::MIN, |below| bounds[below]);
        let below = bounds.get(cell).copied().unwrap_or(i64::MAX);
        let ends = |addend: &Addend| limits(self.program, addend.fact);
        let count = addends.len();
        for (moved, most) in (0..count).flat_map(|moved| (0..=count).map(move |most| (moved, most))) {
            let end = |(index, addend)| if index < most { ends(addend).1 } else { ends(addend).0 };
            let mut values: Vec<i64> = addends.iter().enumerate().map(end).collect();
            let (mut from, mut to) = ends(&addends[moved]);
            let mut total = |value: i64| {
                values[moved] = value;
                let each = addends.iter().zip(&values).map(|(addend, value)| addend.amount.of(*value));
                each.sum::<i64>()
            };
            // What a number adds only rises or only falls.
            let rises = total(to) >= total(from);
            while from < to {
                let middle = from + (to - from) / 2;
                let enough = if rises { total(middle) >= least } else { total(middle) < below };
                if enough { to = middle } else { from = middle + 1 }
            }
            let found = total(from);
            if least <= found && found < below {
                let said =
                    addends.iter().zip(&values).map(|(addend, value)| Said::Number(addend.fact, *value));
                return Some(said.collect());
            }
        }
        None
    }

    /// The days of a fact that lie in a cell of it, both ends in; nothing where it is no day, or does not apply.
    fn days_of(&self, variable: u32, cell: usize) -> Option<(usize, (i64, i64))> {
        // What has happened happened by now, and not before anybody lived.
        let today = i64::from(self.child.as_of.day_number());
        match &self.diagrams.variables.subjects[variable as usize] {
            Subject::Number(fact, bounds)
                if cell <= bounds.len() && self.program.facts[*fact].kind == FactKind::Day =>
            {
                let (least, most) = limits(self.program, *fact);
                let first = cell.checked_sub(1).map_or(least, |below| bounds[below].max(least));
                Some((*fact, (first, bounds.get(cell).map_or(most, |below| below - 1).min(today))))
            }
            Subject::Ago(fact, cuts) if cell <= cuts.len() => {
                let (least, _) = limits(self.program, *fact);
                let days = Births { first: Date::of_number(least), last: self.child.as_of };
                let (first, last) = days_of_cells(cuts, self.child.as_of, days).nth(cell)?;
                Some((*fact, (i64::from(first.day_number()), i64::from(last.day_number()))))
            }
            _ => None,
        }
    }

    /// What a family says for a variable to have a cell; nothing if no answer says it.
    fn said(&self, variable: u32, cell: usize) -> Option<Said> {
        Some(match &self.diagrams.variables.subjects[variable as usize] {
            Subject::Fact(fact) => Said::YesNo(*fact, cell == 1),
            Subject::Element(fact, element) => Said::Element(*fact, *element, cell == 1),
            Subject::Choice(fact, choices) if cell < *choices => Said::Choice(*fact, cell),
            Subject::Number(fact, bounds) if cell <= bounds.len() => {
                let (least, _) = limits(self.program, *fact);
                Said::Number(*fact, cell.checked_sub(1).map_or(least, |below| bounds[below].max(least)))
            }
            Subject::Choice(fact, _) | Subject::Number(fact, _) | Subject::Ago(fact, _) => {
                Said::NotApplicable(*fact)
            }
            Subject::Condition(fact, _) if cell == 0 => Said::Condition(*fact, None),
            Subject::Condition(fact, condition) => {
                Said::Condition(*fact, Some(code_of(self.program, &self.diagrams.variables, condition)?))
            }
            Subject::Births(..) | Subject::Total(..) | Subject::Judgment(_) => return None,
        })
    }

    /// One of some births: in the middle of those that are usual, far from where anything changes.
    fn usual_birth(&self, births: Births) -> Date {
        let usual = self.child.as_of.latest_birth(USUAL_AGE_YEARS * 12).min(births.last);
        let (first, last) = (births.first.max(usual).day_number(), births.last.day_number());
        Date::from_day_number(first + (last - first) / 2)
    }
}

/// Whether two outcomes are these two, whichever is which.
fn differ(one: Outcomes, other: Outcomes, ways: [Outcome; 2]) -> bool {
    let ways = ways.map(Outcomes::of);
    [one, other] == ways || [other, one] == ways
}

/// All that a diagram can come to.
fn outcomes(forest: &Forest, root: Root) -> Outcomes {
    forest.reached(root).into_iter().filter_map(Root::leaf).fold(Outcomes::NONE, Outcomes::or_else)
}

/// A search for a shortest way through several diagrams at once.
struct Search<'s> {
    forest: &'s Forest,
    open: &'s [Vec<bool>],
    wanted: &'s dyn Fn(&[Outcomes]) -> bool,
    /// Of what is left of them: how many answers it takes, and the cell that the first has; nothing if none will do.
    found: BTreeMap<Vec<Root>, Option<(usize, usize)>>,
}

impl Search<'_> {
    fn answers(&mut self, state: &[Root]) -> Option<usize> {
        if let Some(known) = self.found.get(state) {
            return known.map(|(answers, _)| answers);
        }
        let found = match self.variable(state) {
            _ if state.contains(&IMPOSSIBLE) => None,
            None => {
                let leaves: Option<Vec<Outcomes>> = state.iter().map(|root| root.leaf()).collect();
                leaves.is_some_and(|leaves| (self.wanted)(&leaves)).then_some((0, 0))
            }
            Some(variable) => {
                let open = self.open;
                let cells = (0..open[variable as usize].len()).filter(|cell| open[variable as usize][*cell]);
                let ways = cells.filter_map(|cell| {
                    let next = self.given(state, variable, cell);
                    self.answers(&next).map(|answers| (answers + 1, cell))
                });
                ways.min()
            }
        };
        self.found.insert(state.to_vec(), found);
        found.map(|(answers, _)| answers)
    }

    /// The variable that any of them asks first; none where all are leaves.
    fn variable(&self, state: &[Root]) -> Option<u32> {
        state.iter().filter(|root| !root.is_leaf()).map(|root| self.forest.variable(*root)).min()
    }

    fn given(&self, state: &[Root], variable: u32, cell: usize) -> Vec<Root> {
        state.iter().map(|root| self.forest.child(*root, variable, cell)).collect()
    }
}
