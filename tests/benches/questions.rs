//! How many questions a family is asked until nothing shown can change: by the planner, by simpler ways of asking, and
//! at best.
//!
//! Children are drawn from the likelihoods of the state's own vocabulary, so the table says how well questions are
//! ordered if those are right. The best is found by trying every order of questions on the same children; it may ask
//! whatever the engine finds worth asking. `cargo bench --bench questions -- AR MA` measures these states, `-- random 50`
//! random ones.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::float_arithmetic,
    clippy::panic,
    clippy::print_stdout,
    reason = "a benchmark"
)]

mod drawn;
#[path = "../random/mod.rs"]
mod random;
mod shipped;

use carepath::child::{Answer, Answers, Child};
use carepath::diagram::Diagrams;
use carepath::interview::Planner;
use carepath::program::Program;
use carepath::route::standings;
use carepath::value::Date;
use carepath::vocabulary::FactKind;
use drawn::{Families, NOT_ASKED};
use random::{Dice, Shape, rule_set};
use std::collections::BTreeMap;

/// So many children of each state.
const CHILDREN: usize = 10_000;
/// The best order is searched for among at most so many states of an interview.
const MOST_STATES: usize = 100_000;

/// As families get it.
const SHIPPED: Planner = Planner { by_topic: true, sensitive_last: true, easier_first: true, weighed: true };
/// Free to ask whatever decides most.
const FREE: Planner = Planner { by_topic: false, sensitive_last: false, easier_first: false, weighed: true };
/// In the order of the vocabulary, without what is decided.
const FILE_ORDER: Planner = Planner { weighed: false, ..FREE };

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.as_slice() {
        [word, count] if word == "random" => random_states(count.parse().expect("how many")),
        states => shipped_states(states),
    }
}

/// The tables of the shipped states, or of some, as Markdown.
fn shipped_states(some: &[String]) {
    let day = shipped::day();
    let mut programs = shipped::shipped();
    programs.retain(|program| some.is_empty() || some.iter().any(|code| code == program.state.code()));
    for (unknown, title) in [(0, "know every answer"), (10, "do not know one answer in ten")] {
        println!(
            "\nQuestions until nothing shown can change; {CHILDREN} children, whose families {title}:\n"
        );
        println!(
            "| state | facts read | a: all of them | b: file order | c: best | d: as shipped | d over c | e: free | e over c |"
        );
        println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        let drawn = |program| Families::new(&mut Dice::new(1), program, day, CHILDREN, unknown);
        let families: Vec<Families> = programs.iter().map(drawn).collect();
        for (program, families) in programs.iter().zip(&families) {
            let mean = |planner: Planner| Interviews::new(program, day, families, planner).mean();
            let plain = unburdened(program);
            let mut free = Interviews::new(&plain, day, families, FREE);
            let (best, free, shipped) = (free.best(), free.mean(), mean(SHIPPED));
            let over = |mean: f64| match best {
                Some(best) => format!("{:+.1} %", 100.0 * (mean / best - 1.0)),
                None => "unknown".to_owned(),
            };
            println!(
                "| {} | {} | {:.2} | {:.2} | {} | {shipped:.2} | {} | {free:.2} | {} |",
                program.state.code(),
                families.facts_read(),
                families.mean_of_all(),
                mean(FILE_ORDER),
                best.map_or("too large".to_owned(), |best| format!("{best:.2}")),
                over(shipped),
                over(free),
            );
        }
        println!("\nWhat each rule costs, in questions: as shipped against the same without it:\n");
        println!(
            "| state | by topic | sensitive last | easier first | burden |\n| --- | --- | --- | --- | --- |"
        );
        for (program, families) in programs.iter().zip(&families) {
            let mean =
                |program: &Program, planner: Planner| Interviews::new(program, day, families, planner).mean();
            let shipped = mean(program, SHIPPED);
            let without = [
                mean(program, Planner { by_topic: false, ..SHIPPED }),
                mean(program, Planner { sensitive_last: false, ..SHIPPED }),
                mean(program, Planner { easier_first: false, ..SHIPPED }),
                mean(&unburdened(program), SHIPPED),
            ];
            let prices = without.map(|without| format!("{:+.2}", shipped - without)).join(" | ");
            println!("| {} | {prices} |", program.state.code());
        }
    }
}

/// How far the free planner is from the best on random states, small enough to know the best.
fn random_states(count: u64) {
    let (mut tried, mut too_large, mut nothing_to_ask) = (0, 0, 0);
    let (mut sum_best, mut sum_free, mut sum_shipped, mut sum_apart) = (0.0, 0.0, 0.0, 0.0);
    let mut over: Vec<(f64, u64)> = Vec::new();
    for seed in 0.. {
        if tried == count {
            break;
        }
        let mut dice = Dice::new(seed);
        let small = Shape { numbers: 0, ..Shape::small(&mut dice) };
        // Every other one has more to ask.
        let larger = Shape { yes_no: 6, programs: 4, leads: 4, reach: 5, lists: false, ..small.clone() };
        let shape = if seed % 2 == 0 { small } else { larger };
        let rules = rule_set(&mut dice, &shape);
        let families = Families::new(&mut dice, &rules.program, rules.day, CHILDREN / 10, 0);
        let plain = unburdened(&rules.program);
        let mut asked = Interviews::new(&plain, rules.day, &families, FREE);
        let Some(best) = asked.best() else {
            too_large += 1;
            continue;
        };
        if best == 0.0 {
            nothing_to_ask += 1;
            continue;
        }
        let free = asked.mean();
        tried += 1;
        sum_best += best;
        sum_free += free;
        let mean = |planner| Interviews::new(&rules.program, rules.day, &families, planner).mean();
        sum_shipped += mean(SHIPPED);
        sum_apart += mean(Planner { by_topic: false, ..SHIPPED });
        over.push((100.0 * (free / best - 1.0), seed));
    }
    over.sort_by(|a, b| a.0.total_cmp(&b.0));
    let within = over.iter().filter(|(over, _)| *over <= 10.0).count();
    let (median, worst) = (over[over.len() / 2].0, &over[over.len().saturating_sub(3)..]);
    let more = |of: f64, than: f64| 100.0 * (of / than - 1.0);
    println!(
        "{tried} random states, beside {too_large} too large to know the best and {nothing_to_ask} with nothing to ask:"
    );
    println!(
        "e over c: {:.1} % in all, {median:.1} % in the median; {within} within 10 %; worst (%, seed) {worst:.1?}",
        more(sum_free, sum_best)
    );
    println!(
        "d over c: {:.1} % in all; d over d with topics apart: {:.1} %",
        more(sum_shipped, sum_best),
        more(sum_shipped, sum_apart)
    );
}

/// What an answer costs the family is no matter where questions are only counted.
fn unburdened(program: &Program) -> Program {
    let mut plain = program.clone();
    plain.facts.iter_mut().for_each(|fact| fact.burden = 1);
    plain
}

/// Interviews of many families by one planner; what was asked in a state of answers is remembered.
struct Interviews<'i> {
    program: &'i Program,
    day: Date,
    diagrams: Diagrams,
    families: &'i Families,
    planner: Planner,
    /// By the answers so far: what is worth asking, the next question first; nothing where all is settled.
    plans: BTreeMap<Vec<u8>, Vec<usize>>,
}

impl<'i> Interviews<'i> {
    fn new(program: &'i Program, day: Date, families: &'i Families, planner: Planner) -> Self {
        let diagrams = Diagrams::new(program, day).expect("not too tangled");
        Self { program, day, diagrams, families, planner, plans: BTreeMap::new() }
    }

    /// The mean number of questions.
    fn mean(&mut self) -> f64 {
        let mut questions = 0;
        for (classes, count) in &self.families.children {
            let mut said = vec![NOT_ASKED; classes.len()];
            while let Some(next) = self.plan(&said).first().copied() {
                assert_eq!(said[next], NOT_ASKED, "{} is asked twice", self.program.facts[next].id);
                said[next] = classes[next];
                questions += count;
            }
        }
        self.families.mean(questions)
    }

    /// The mean number of questions if each is the best that can be asked; nothing if that takes too long to find.
    fn best(&mut self) -> Option<f64> {
        let nothing = vec![NOT_ASKED; self.program.facts.len()];
        let all: Vec<usize> = (0..self.families.children.len()).collect();
        let questions = self.fewest(&nothing, &all, &mut BTreeMap::new())?;
        Some(self.families.mean(questions))
    }

    /// The fewest questions in all that are left to ask of some children who gave the same answers so far.
    fn fewest(
        &mut self,
        said: &[u8],
        children: &[usize],
        done: &mut BTreeMap<Vec<u8>, usize>,
    ) -> Option<usize> {
        if let Some(known) = done.get(said) {
            return Some(*known);
        }
        if self.plans.len() > MOST_STATES {
            return None;
        }
        let mut fewest = 0;
        let worth = self.plan(said);
        if !worth.is_empty() {
            let now: usize = children.iter().map(|child| self.families.children[*child].1).sum();
            let mut left = usize::MAX;
            for fact in worth {
                let mut answers: BTreeMap<u8, Vec<usize>> = BTreeMap::new();
                for child in children {
                    answers.entry(self.families.children[*child].0[fact]).or_default().push(*child);
                }
                let mut own = 0;
                for (answer, who) in answers {
                    let mut then = said.to_vec();
                    then[fact] = answer;
                    own += self.fewest(&then, &who, done)?;
                }
                left = left.min(own);
            }
            fewest = now + left;
        }
        done.insert(said.to_vec(), fewest);
        Some(fewest)
    }

    /// What is worth asking, each question once, the next one first.
    fn plan(&mut self, said: &[u8]) -> Vec<usize> {
        if let Some(known) = self.plans.get(said) {
            return known.clone();
        }
        let child = Child::new(self.program, &self.answers(said), self.day).expect("the answers can be true");
        let mut known = self.diagrams.known(self.program, &child);
        let standings = standings(self.program, &child, &known.slots());
        let worth = self.planner.plan(self.program, &child, &mut known, &standings).facts;
        let mut facts: Vec<usize> = Vec::with_capacity(worth.len());
        for fact in worth {
            // A birth is worth asking by month and by day; it is one question.
            if !facts.contains(&fact) {
                facts.push(fact);
            }
        }
        self.plans.insert(said.to_vec(), facts.clone());
        facts
    }

    fn answers(&self, said: &[u8]) -> Answers {
        let mut given: Vec<Option<Answer>> =
            said.iter().enumerate().map(|(fact, class)| self.families.answer(fact, *class)).collect();
        // A day stands for all that come to the same, whose months may differ.
        let fact = |kind| self.program.fact_of_kind(kind);
        if let (Some(month), Some(day)) = (fact(&FactKind::BirthMonth), fact(&FactKind::BirthDate))
            && let Some(Answer::Date(date)) = given[day]
        {
            given[month] = Some(Answer::Month(date.month_of()));
        }
        Answers { given }
    }
}
