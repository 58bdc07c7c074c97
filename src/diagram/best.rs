//! How many answers a criterion needs at best until nothing about it can be settled further.

use super::ask::{Known, Open};
use super::forest::{Combine, IMPOSSIBLE, Root};

/// The search looks no further ahead than this.
const MOST_ANSWERS: usize = 6;
/// It is given up after so many steps; what it has shown by then stays true.
const MOST_STEPS: usize = 400;

impl Known<'_> {
    /// A number of answers without which a criterion cannot be settled, *I don't know* counting as one. It is never too
    /// large; where the search takes too long it may be too small.
    #[must_use]
    pub fn needs_at_least(&mut self, open: Open) -> usize {
        let mut steps = 0;
        for answers in 1..=MOST_ANSWERS {
            let mut seen = Vec::new();
            if self.settles_in(open.0, answers, &mut seen, &mut steps) {
                return answers;
            }
        }
        MOST_ANSWERS
    }

    /// Whether so many answers may settle a diagram; yes where the search takes too long.
    fn settles_in(
        &mut self,
        root: Root,
        answers: usize,
        seen: &mut Vec<(Root, usize)>,
        steps: &mut usize,
    ) -> bool {
        *steps += 1;
        if *steps > MOST_STEPS || self.forest.is_settled(root) {
            return true;
        }
        if answers == 0 || seen.contains(&(root, answers)) {
            return false;
        }
        seen.push((root, answers));
        let facts = self.facts_asked(root);
        facts.into_iter().any(|fact| {
            let mut left = vec![root];
            let asked = self.forest.asked(root);
            let own: Vec<u32> = asked.into_iter().filter(|asked| self.fact(*asked) == Some(fact)).collect();
            for variable in own {
                left = self.every_answer(&left, variable);
                *steps += left.len();
                if *steps > MOST_STEPS {
                    return true;
                }
            }
            left.into_iter().any(|root| self.settles_in(root, answers - 1, seen, steps))
        })
    }

    /// What is left for each answer to a variable, *I don't know* included.
    fn every_answer(&mut self, roots: &[Root], variable: u32) -> Vec<Root> {
        let mut left = Vec::new();
        for root in roots {
            let cells = self.open[variable as usize].clone();
            let each: Vec<Root> = (0..cells.len())
                .filter(|cell| cells[*cell])
                .map(|cell| self.forest.given(*root, variable, cell))
                .filter(|root| *root != IMPOSSIBLE)
                .collect();
            left.push(self.forest.fold(Combine::Union, &each));
            left.extend(each);
        }
        left.sort_unstable();
        left.dedup();
        left
    }
}
