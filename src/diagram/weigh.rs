//! How much a question decides: chances over the cells that the answers leave open, in whole numbers.
//!
//! Chances come from the vocabulary's rough guesses. They order questions and never decide anything.

use super::ask::{Known, Open};
use super::cells::{Subject, Variables};
use super::forest::{IMPOSSIBLE, Root};
use crate::child::Value;
use crate::value::Truth;
use crate::vocabulary::{AgeOn, FactKind, Literal, Usual};

/// The chance of what is certain.
pub const CERTAIN: u64 = 1 << 30;
/// The share of a cell that surely is.
const WHOLE: u64 = 1 << 16;
/// Chances of the sets of outcomes, by their three bits.
type Chances = [u64; 8];
/// Beyond so many ways in which a question can be answered, the rest of it is left open.
const MOST_WAYS: usize = 64;
/// Children are mostly younger than this; what an unknown birth is worth beyond is next to nothing.
const USUAL_AGE_YEARS: u32 = 22;

/// What a question is worth on average.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Gain {
    /// How many criteria it decides, times [`CERTAIN`].
    pub decided: u64,
    /// How much Gini impurity it takes away, times [`CERTAIN`].
    pub impurity: u64,
}

/// The chances of one child's open cells, and of what each diagram comes to.
pub struct Chance {
    cells: Vec<Vec<u64>>,
    known: Vec<Option<Chances>>,
}

impl Known<'_> {
    /// The chances of this child's open cells.
    #[must_use]
    pub fn chance(&self) -> Chance {
        let cells = (0..self.open.len()).map(|variable| self.shares(variable)).collect();
        Chance { cells, known: Vec::new() }
    }

    /// What asking about a fact is worth for these criteria together.
    #[must_use]
    pub fn gain(&mut self, chance: &mut Chance, open: &[Open], fact: usize) -> Gain {
        let mut gain = Gain::default();
        for Open(root) in open {
            let asked = self.forest.asked(*root);
            let own: Vec<u32> = asked.into_iter().filter(|asked| self.fact(*asked) == Some(fact)).collect();
            if own.is_empty() {
                continue;
            }
            let before = self.impurity(chance, *root);
            // The ways in which it can be answered, each with what is then left and how likely it is.
            let mut ways: Vec<(Root, u64)> = vec![(*root, CERTAIN)];
            for variable in own {
                if ways.len() > MOST_WAYS {
                    break;
                }
                ways = self.answered(chance, &ways, variable);
            }
            let mut after = 0;
            for (left, share) in ways {
                after += times(self.impurity(chance, left), share);
                if self.forest.is_settled(left) {
                    gain.decided += times(self.chances(chance, left).iter().sum(), share);
                }
            }
            gain.impurity += before.saturating_sub(after);
        }
        gain
    }

    fn answered(&mut self, chance: &Chance, ways: &[(Root, u64)], variable: u32) -> Vec<(Root, u64)> {
        let mut next: Vec<(Root, u64)> = Vec::new();
        for (root, share) in ways {
            for (cell, own) in chance.cells[variable as usize].iter().enumerate().filter(|(_, own)| **own > 0)
            {
                let left = self.forest.given(*root, variable, cell);
                let share = share * own / WHOLE;
                match next.iter_mut().find(|(known, _)| *known == left) {
                    Some((_, known)) => *known += share,
                    None => next.push((left, share)),
                }
            }
        }
        next
    }

    /// Gini impurity, weighed by how likely what is left is at all.
    fn impurity(&mut self, chance: &mut Chance, root: Root) -> u64 {
        let chances = self.chances(chance, root);
        let all: u64 = chances.iter().sum();
        let pure = chances.iter().map(|chance| chance * chance).sum::<u64>().checked_div(all);
        all - pure.unwrap_or_default().min(all)
    }

    /// How likely each set of outcomes is; what cannot be has no chance.
    fn chances(&self, chance: &mut Chance, root: Root) -> Chances {
        chance.known.resize(self.forest.places(), None);
        self.chances_below(chance, root)
    }

    fn chances_below(&self, chance: &mut Chance, root: Root) -> Chances {
        if let Some(known) = chance.known[root.place()] {
            return known;
        }
        let mut chances = [0; 8];
        if root.is_leaf() {
            if root != IMPOSSIBLE {
                chances[root.place() & 7] = CERTAIN;
            }
        } else {
            let variable = self.forest.variable(root) as usize;
            for cell in 0..chance.cells[variable].len() {
                let share = chance.cells[variable][cell];
                if share > 0 {
                    let below = self.chances_below(chance, self.forest.children(root)[cell]);
                    chances.iter_mut().zip(below).for_each(|(all, own)| *all += own * share / WHOLE);
                }
            }
        }
        chance.known[root.place()] = Some(chances);
        chances
    }

    // -------------------------------------------------------------------------------------- rough chances

    /// The share of each cell that is open; together the whole.
    fn shares(&self, variable: usize) -> Vec<u64> {
        let open = &self.open[variable];
        let weights: Vec<u64> = self
            .weights(variable)
            .into_iter()
            .zip(open)
            .map(|(weight, open)| if *open { weight.max(1) } else { 0 })
            .collect();
        let all: u64 = weights.iter().sum::<u64>().max(1);
        weights.into_iter().map(|weight| weight * WHOLE / all).collect()
    }

    /// A rough weight for each cell, in parts of a hundred or in days.
    fn weights(&self, variable: usize) -> Vec<u64> {
        let facts = &self.program.facts;
        let percent = |likely: u8| vec![100 - u64::from(likely), u64::from(likely)];
        match &self.diagrams.variables.subjects[variable] {
            Subject::Fact(fact) => percent(self.usually(Literal::Fact(*fact)).unwrap_or(facts[*fact].likely)),
            Subject::Element(fact, element) => {
                let own = match &facts[*fact].kind {
                    FactKind::Set(choices) => choices[*element].likely,
                    _ => None,
                };
                let usually = self.usually(Literal::Element(*fact, *element));
                percent(usually.or(own).unwrap_or(facts[*fact].likely))
            }
            Subject::Condition(fact, _) => {
                let Variables { subjects, .. } = &self.diagrams.variables;
                let kinds = subjects.iter().filter(|other| matches!(other, Subject::Condition(..))).count();
                percent((usize::from(facts[*fact].likely) / kinds.max(1)).clamp(1, 99) as u8)
            }
            Subject::Choice(fact, count) => {
                let choices = facts[*fact].kind.choices();
                let stated: u64 = choices.iter().filter_map(|choice| choice.likely).map(u64::from).sum();
                let silent = choices.iter().filter(|choice| choice.likely.is_none()).count() as u64;
                let rest = 100_u64.saturating_sub(stated).checked_div(silent).unwrap_or_default();
                let weight = |choice: usize| {
                    let usually = self.usually(Literal::Choice(*fact, choice));
                    usually.or(choices[choice].likely).map_or(rest, u64::from)
                };
                (0..*count).map(weight).chain([5]).collect()
            }
            Subject::Number(fact, bounds) => {
                let choices = facts[*fact].kind.choices();
                let cell = |value: i64| bounds.iter().filter(|bound| **bound <= value).count();
                let mut weights = vec![u64::from(choices.is_empty()); bounds.len() + 2];
                choices.iter().filter_map(|choice| choice.value).for_each(|value| weights[cell(value)] += 1);
                weights
            }
            Subject::Births(on, cuts) => self.days(*on, cuts),
            Subject::Judgment(_) => vec![1, 1],
        }
    }

    /// How likely a literal is where something known makes it usual.
    fn usually(&self, literal: Literal) -> Option<u8> {
        let so = |literal: Literal| match (literal, &self.child.facts[literal.fact()].value) {
            (Literal::Fact(_), Value::YesNo(truth)) => *truth == Truth::Yes,
            (Literal::Choice(_, choice), Value::Choice(possible)) => {
                possible[choice] && possible.iter().filter(|open| **open).count() == 1
            }
            (Literal::Element(_, element), Value::Set(elements)) => elements[element].0 == Truth::Yes,
            _ => false,
        };
        let known = |usual: &&Usual| usual.then == literal && so(usual.when);
        self.program.usual.iter().find(known).map(|_| 90)
    }

    /// How many days of the births that are usual and possible lie in each cell.
    fn days(&self, on: AgeOn, cuts: &[super::cells::Cut]) -> Vec<u64> {
        let as_of = self.child.as_of;
        let births = self.child.births;
        let first = births.first.max(as_of.latest_birth(USUAL_AGE_YEARS * 12)).min(births.last);
        let mut last = births.last;
        let mut days = Vec::with_capacity(cuts.len() + 1);
        for cut in cuts {
            // Whoever was born after this day has not reached the age.
            let reached = cut.latest_birth(on.day(as_of));
            days.push(u64::try_from(last.day_number() - reached.day_number().max(first.day_number())));
            last = last.min(reached);
        }
        days.push(u64::try_from(last.day_number() - first.day_number()));
        days.into_iter().map(Result::unwrap_or_default).collect()
    }
}

fn times(chance: u64, share: u64) -> u64 {
    (u128::from(chance) * u128::from(share) / u128::from(CERTAIN)) as u64
}
