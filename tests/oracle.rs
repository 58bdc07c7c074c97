//! The diagrams against another library's: binary decision diagrams of `biodivine-lib-bdd`, built from the compiled rules
//! by code of their own, for the shipped rules and for random ones that are far too large for brute force.
//!
//! A Boolean stands for each age or number that a criterion names as a bound, for each choice, each element of a set,
//! each kind of condition, each judgment. What an answer leaves open, and what holds by definition, are formulas over
//! them. Nothing here reads the engine's cells, its order of variables or its leaves.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::panic,
    reason = "tests"
)]

#[path = "random/mod.rs"]
mod random;
#[path = "benches/shipped.rs"]
mod shipped;

use biodivine_lib_bdd::{Bdd, BddVariable, BddVariableSet, op_function};
use carepath::child::{Answer, Answers, Child, Raw, read};
use carepath::diagram::Diagrams;
use carepath::program::{NodeKind, Program};
use carepath::value::{Code, CodeEntry, Date, Outcome, Outcomes, Truth};
use carepath::vocabulary::{AgeOn, CodeList, FactKind, Literal, Test};
use random::{Dice, Shape, answers, full_child, rule_set};
use std::collections::BTreeSet;

/// What a Boolean says of a child.
#[derive(Debug, Clone, PartialEq, Eq)]
enum So {
    Yes(usize),
    /// These months of age are reached, or the end of the month in which they are.
    Aged(u32, bool),
    /// The number is at least this.
    AtLeast(usize, i64),
    Choice(usize, usize),
    DoesNotApply(usize),
    Element(usize, usize),
    /// A condition that falls under these entries, each with its list.
    Condition(Vec<(usize, usize)>),
    /// The agency finds so, by the first node that asks it.
    Judged(usize),
}

/// A program's nodes as formulas, on a day.
struct Oracle<'p> {
    program: &'p Program,
    day: Date,
    all: Vec<So>,
    variables: BddVariableSet,
    /// What each node comes to; none without a say.
    nodes: Vec<Option<Ways>>,
    /// What holds of every child.
    always: Bdd,
    /// Every day on which a child can have been born, with the ages it has reached.
    births: Vec<(Date, Vec<bool>)>,
}

/// Where a node is met, not met, or left to an agency: the facts alone have a say.
struct Ways {
    met: Bdd,
    not_met: Bdd,
    agency: Bdd,
}

impl<'p> Oracle<'p> {
    fn new(program: &'p Program, day: Date) -> Self {
        let all = booleans(program);
        let variables = BddVariableSet::new_anonymous(all.len() as u16);
        let always = variables.mk_true();
        let mut oracle = Self { program, day, all, variables, nodes: Vec::new(), always, births: Vec::new() };
        oracle.always = oracle.always();
        oracle.births = oracle.births();
        oracle.nodes = oracle.nodes();
        oracle
    }

    fn var(&self, so: &So) -> Bdd {
        let at = self.all.iter().position(|other| other == so).unwrap_or_else(|| panic!("{so:?}"));
        self.variables.mk_var(BddVariable::from_index(at))
    }

    /// That something is so, or is not; what no criterion and no definition speaks of is left out.
    fn said(&self, so: So, yes: bool) -> Bdd {
        match (self.all.contains(&so), yes) {
            (false, _) => self.variables.mk_true(),
            (true, true) => self.var(&so),
            (true, false) => self.var(&so).not(),
        }
    }

    fn so(&self, literal: &Literal) -> Bdd {
        self.var(&match literal {
            Literal::Fact(fact) => So::Yes(*fact),
            Literal::Choice(fact, choice) => So::Choice(*fact, *choice),
            Literal::Element(fact, element) => So::Element(*fact, *element),
        })
    }

    fn any(&self, members: impl Iterator<Item = Bdd>) -> Bdd {
        members.fold(self.variables.mk_false(), |any, member| any.or(&member))
    }

    fn every(&self, members: impl Iterator<Item = Bdd>) -> Bdd {
        members.fold(self.variables.mk_true(), |all, member| all.and(&member))
    }

    fn at_least(&self, needed: usize, members: &[Bdd]) -> Bdd {
        let mut reached = vec![self.variables.mk_false(); needed + 1];
        reached[0] = self.variables.mk_true();
        for member in members {
            for count in (1..=needed).rev() {
                reached[count] = reached[count].or(&reached[count - 1].and(member));
            }
        }
        reached.swap_remove(needed)
    }

    /// Whoever is older, or has more, has passed all bounds below; one choice at a time; what is so by definition.
    fn always(&self) -> Bdd {
        let steps = self.all.windows(2).filter(|pair| match pair {
            [So::Aged(..), So::Aged(..)] => true,
            [So::AtLeast(one, _), So::AtLeast(other, _)] => one == other,
            _ => false,
        });
        let rising = steps.map(|pair| self.var(&pair[1]).imp(&self.var(&pair[0])));
        let of = |so: &So| match so {
            So::Choice(fact, _) | So::AtLeast(fact, _) | So::DoesNotApply(fact) => Some(*fact),
            _ => None,
        };
        let facts: BTreeSet<usize> = self.all.iter().filter_map(of).collect();
        let one_choice = facts.iter().filter(|fact| self.choices(**fact) > 0).map(|fact| {
            let own: Vec<&So> = self.all.iter().filter(|so| of(so) == Some(*fact)).collect();
            self.any(own.iter().map(|chosen| {
                self.every(own.iter().map(|so| match so == chosen {
                    true => self.var(so),
                    false => self.var(so).not(),
                }))
            }))
        });
        let implied = self.program.implications.iter().map(|implication| {
            let then = self.any(implication.then.iter().map(|literal| self.so(literal)));
            self.so(&implication.when).imp(&then)
        });
        self.every(rising.chain(one_choice).chain(implied))
    }

    fn choices(&self, fact: usize) -> usize {
        match &self.program.facts[fact].kind {
            FactKind::Choice(choices) | FactKind::Place(choices) => choices.len(),
            _ => 0,
        }
    }

    // ------------------------------------------------------------------------------------------- criteria

    fn nodes(&self) -> Vec<Option<Ways>> {
        let mut formulas: Vec<Option<Bdd>> = Vec::new();
        for (index, node) in self.program.nodes.iter().enumerate() {
            let formula = self.node(index, &node.kind, &formulas);
            formulas.push(formula);
        }
        let judged = |variable: BddVariable| matches!(self.all[variable.to_index()], So::Judged(_));
        let ways = |formula: Bdd| {
            let (can_hold, can_fail) = (formula.exists_trigger(judged), formula.not().exists_trigger(judged));
            Ways { met: can_fail.not(), not_met: can_hold.not(), agency: can_hold.and(&can_fail) }
        };
        formulas.into_iter().map(|formula| formula.map(ways)).collect()
    }

    fn node(&self, index: usize, kind: &NodeKind, before: &[Option<Bdd>]) -> Option<Bdd> {
        let in_force = |pathway: &usize| {
            let pathway = &self.program.pathways[*pathway];
            pathway.since.as_ref().is_none_or(|since| since.date <= self.day)
                && pathway.until.as_ref().is_none_or(|until| self.day <= until.date)
        };
        let members = |parts: &[carepath::program::NodeId]| -> Vec<Bdd> {
            parts.iter().filter_map(|part| before[part.0 as usize].clone()).collect()
        };
        Some(match kind {
            NodeKind::Test(test) => self.test(test),
            NodeKind::Judgment { .. } => self.var(&So::Judged(first_alike(self.program, index))),
            NodeKind::NotStated(_) => return None,
            NodeKind::Eligible { pathway, node } if in_force(pathway) => before[node.0 as usize].clone()?,
            NodeKind::Receiving { pathway, node: Some(node) } if in_force(pathway) => {
                before[node.0 as usize].clone()?
            }
            NodeKind::Eligible { .. } | NodeKind::Receiving { .. } => self.variables.mk_false(),
            NodeKind::All(parts) => self.every(members(parts).into_iter()),
            NodeKind::Any(parts) => self.any(members(parts).into_iter()),
            NodeKind::AtLeast(needed, parts) => self.at_least(*needed as usize, &members(parts)),
            NodeKind::Dated { periods, parts, .. } => {
                let now = periods.iter().position(|period| period.contains(self.day))?;
                before[parts[now].0 as usize].clone()?
            }
            NodeKind::Sum(_) => {
                panic!("neither large random states add up nor those that are asked for here")
            }
            NodeKind::Not { node, .. } => before[node.0 as usize].as_ref()?.not(),
        })
    }

    fn test(&self, test: &Test) -> Bdd {
        match test {
            Test::InTheLast { .. } => panic!("no random rule asks how long ago a day was"),
            Test::Fact(fact) => self.var(&So::Yes(*fact)),
            Test::Age { from, below, month_end, .. } => {
                let old_enough = from.iter().map(|months| self.var(&So::Aged(*months, false)));
                let too_old = below.iter().map(|months| self.var(&So::Aged(*months, *month_end)).not());
                self.every(old_enough.chain(too_old))
            }
            Test::Number { fact, from, to } => {
                let enough = from.iter().map(|from| self.var(&So::AtLeast(*fact, *from)));
                let too_much = to.iter().map(|to| self.var(&So::AtLeast(*fact, to + 1)).not());
                self.every(enough.chain(too_much)).and_not(&self.var(&So::DoesNotApply(*fact)))
            }
            Test::OneOf { fact, choices, .. } => {
                self.any(choices.iter().map(|choice| self.var(&So::Choice(*fact, *choice))))
            }
            Test::Includes { fact, elements, at_least } => {
                let each = elements.iter().map(|element| self.var(&So::Element(*fact, *element)));
                self.at_least(*at_least as usize, &each.collect::<Vec<Bdd>>())
            }
            Test::Diagnoses { list, at_least, .. } => {
                let entries = 0..self.program.lists[*list].entries.len();
                let under = |entry: usize| {
                    let inside = self.all.iter().filter(
                        |so| matches!(so, So::Condition(entries) if entries.contains(&(*list, entry))),
                    );
                    self.any(inside.map(|so| self.var(so)))
                };
                self.at_least(*at_least as usize, &entries.map(under).collect::<Vec<Bdd>>())
            }
        }
    }

    // -------------------------------------------------------------------------------------------- answers

    /// What answers leave possible.
    fn left_by(&self, answers: &Answers) -> Bdd {
        let births = self.births.iter().filter(|(birth, _)| {
            answers.given.iter().flatten().all(|answer| match answer {
                Answer::Date(date) => date == birth,
                Answer::Month(month) => birth.month_of() == *month,
                Answer::Age(least, below) => {
                    (i64::from(*least)..i64::from(*below)).contains(&months(*birth, self.day))
                }
                _ => true,
            })
        });
        let ages: BTreeSet<&Vec<bool>> = births.map(|(_, reached)| reached).collect();
        let aged: Vec<Bdd> =
            self.all.iter().filter(|so| matches!(so, So::Aged(..))).map(|so| self.var(so)).collect();
        let literal = |(var, reached): (&Bdd, &bool)| if *reached { var.clone() } else { var.not() };
        let births = self.any(ages.iter().map(|reached| self.every(aged.iter().zip(*reached).map(literal))));
        let facts = self.program.facts.iter().zip(&answers.given).enumerate();
        facts.fold(self.always.and(&births), |left, (index, (fact, answer))| {
            let open = fact.may_not_apply && matches!(answer, None | Some(Answer::Unknown));
            let applies = match open {
                true => self.variables.mk_true(),
                false => self.said(So::DoesNotApply(index), answer == &Some(Answer::NotApplicable)),
            };
            left.and(&applies).and(&self.answered(index, &fact.kind, answer.as_ref()))
        })
    }

    /// What one answer says.
    fn answered(&self, fact: usize, kind: &FactKind, answer: Option<&Answer>) -> Bdd {
        let number = |least: i64, most: i64| {
            self.every(self.all.iter().filter_map(|so| match so {
                So::AtLeast(other, bound) if *other == fact && *bound <= least => Some(self.var(so)),
                So::AtLeast(other, bound) if *other == fact && *bound > most => Some(self.var(so).not()),
                _ => None,
            }))
        };
        match (kind, answer) {
            (FactKind::YesNo, Some(Answer::NotApplicable)) => self.said(So::Yes(fact), false),
            (FactKind::Set(choices), Some(Answer::NotApplicable)) => {
                self.every((0..choices.len()).map(|element| self.said(So::Element(fact, element), false)))
            }
            (FactKind::Codes, Some(Answer::NotApplicable)) => self.conditions(&[], Truth::Yes),
            (_, Some(Answer::YesNo(yes))) => self.said(So::Yes(fact), *yes),
            (_, Some(Answer::Number { from, to, .. })) => number(*from, *to),
            (FactKind::Number { min, max, .. }, _) => number(*min, *max),
            (FactKind::Day, _) => number(0, i64::MAX),
            (FactKind::AgeAt { .. }, _) => number(0, 125 * 12 - 1),
            (_, Some(Answer::Choice(choice))) => self.said(So::Choice(fact, *choice), true),
            (_, Some(Answer::Set(elements))) => {
                self.every(elements.iter().enumerate().map(|(element, told)| match told {
                    None | Some(Truth::Unknown) => self.variables.mk_true(),
                    Some(told) => self.said(So::Element(fact, element), *told == Truth::Yes),
                }))
            }
            (_, Some(Answer::Codes { known, complete })) => self.conditions(known, *complete),
            _ => self.variables.mk_true(),
        }
    }

    /// What codes say: each is one of the conditions that it may stand for, and a full list leaves no others.
    fn conditions(&self, known: &[Code], complete: Truth) -> Bdd {
        let read = lists_read(self.program);
        let named = named_codes(self.program, &read);
        let mut may_be: Vec<Vec<(usize, usize)>> = Vec::new();
        let mut each = Vec::new();
        for code in known {
            // Itself, as far as nothing named is more exact; and all that is named below it.
            let above = named.iter().filter(|name| code.as_str().starts_with(name.as_str()));
            let own = above.max_by_key(|name| name.len()).map(|name| entries(self.program, &read, name));
            let below = named.iter().filter(|name| name.len() > code.as_str().len());
            let below = below.filter(|name| name.starts_with(code.as_str()));
            let below = below.map(|name| entries(self.program, &read, name));
            let stands_for: Vec<Vec<(usize, usize)>> =
                own.or(Some(Vec::new())).into_iter().chain(below).collect();
            let nothing = stands_for.iter().any(Vec::is_empty);
            let some = stands_for.iter().filter(|entries| !entries.is_empty());
            let some = self.any(some.map(|entries| self.var(&So::Condition(entries.clone()))));
            each.push(if nothing { self.variables.mk_true() } else { some });
            may_be.extend(stands_for);
        }
        let others = self.all.iter().filter(
            |so| matches!(so, So::Condition(entries) if complete == Truth::Yes && !may_be.contains(entries)),
        );
        self.every(each.into_iter().chain(others.map(|so| self.var(so).not())))
    }

    fn births(&self) -> Vec<(Date, Vec<bool>)> {
        let cuts: Vec<(u32, bool)> = self
            .all
            .iter()
            .filter_map(|so| match so {
                So::Aged(months, month_end) => Some((*months, *month_end)),
                _ => None,
            })
            .collect();
        let mut before_month = self.day;
        while before_month.month() == self.day.month() {
            before_month = before_month.previous();
        }
        let mut births = Vec::new();
        let mut birth = self.day;
        // Nobody is older than 125 years.
        while months(birth, self.day) < 125 * 12 {
            let reached = cuts.iter().map(|(age, month_end)| {
                let by = if *month_end { before_month } else { self.day };
                months(birth, by) >= i64::from(*age)
            });
            births.push((birth, reached.collect()));
            birth = birth.previous();
        }
        births
    }

    // ------------------------------------------------------------------------------------------ comparing

    /// What each node can still come to.
    fn outcomes(&self, left: &Bdd) -> Vec<Outcomes> {
        let possible = |way: &Bdd| {
            Bdd::check_binary_op(usize::MAX, way, left, op_function::and).is_some_and(|(some, _)| some)
        };
        let outcomes = |ways: &Ways| {
            [(&ways.met, Outcome::Met), (&ways.not_met, Outcome::NotMet), (&ways.agency, Outcome::Agency)]
                .into_iter()
                .filter(|(way, _)| possible(way))
                .fold(Outcomes::NONE, |all, (_, outcome)| all.or_else(Outcomes::of(outcome)))
        };
        self.nodes.iter().map(|ways| ways.as_ref().map_or(Outcomes::NONE, outcomes)).collect()
    }

    /// Compares the engine with the oracle; whether the answers can be.
    fn agrees(&self, diagrams: &Diagrams, said: &[(String, Raw)]) -> bool {
        let answers = read(self.program, &Raw::Map(said.to_vec()), self.day).unwrap();
        let left = self.left_by(&answers);
        let Ok(child) = Child::new(self.program, &answers, self.day) else {
            assert!(left.is_false(), "{said:?} is no contradiction");
            return false;
        };
        assert!(!left.is_false(), "{said:?} is a contradiction");
        let mut known = diagrams.known(self.program, &child);
        let (found, expected) = (known.slots(), self.outcomes(&left));
        for (index, node) in self.program.nodes.iter().enumerate() {
            assert_eq!(found[index], expected[index], "n{index} {:?} after {said:?}", node.kind);
        }
        assert!(known.within_bound());
        true
    }
}

/// All Booleans of a program: as its criteria name them, those of one fact together and rising, judgments last.
fn booleans(program: &Program) -> Vec<So> {
    let read = lists_read(program);
    let tests = || {
        program.nodes.iter().filter_map(|node| match &node.kind {
            NodeKind::Test(test) => Some(test),
            _ => None,
        })
    };
    let mut all: Vec<So> = Vec::new();
    let add = |all: &mut Vec<So>, found: Vec<So>| {
        for so in found {
            if !all.contains(&so) {
                all.push(so);
            }
        }
    };
    let of_choice = |fact: usize| -> Vec<So> {
        let choices = program.facts[fact].kind.choices();
        (0..choices.len()).map(|choice| So::Choice(fact, choice)).chain([So::DoesNotApply(fact)]).collect()
    };
    for test in tests() {
        let found = match test {
            Test::InTheLast { .. } => Vec::new(),
            Test::Fact(fact) => vec![So::Yes(*fact)],
            Test::Age { .. } => {
                let cuts: BTreeSet<(u32, bool)> = tests()
                    .flat_map(|test| match test {
                        Test::Age { from, below, month_end, .. } => {
                            [from.map(|from| (from, false)), below.map(|below| (below, *month_end))]
                        }
                        _ => [None, None],
                    })
                    .flatten()
                    .collect();
                cuts.into_iter().map(|(months, month_end)| So::Aged(months, month_end)).collect()
            }
            Test::Number { fact, .. } => {
                let bounds: BTreeSet<i64> = tests()
                    .flat_map(|test| match test {
                        Test::Number { fact: other, from, to } if other == fact => {
                            [*from, to.map(|to| to + 1)]
                        }
                        _ => [None, None],
                    })
                    .flatten()
                    .collect();
                let bounds = bounds.into_iter().map(|bound| So::AtLeast(*fact, bound));
                bounds.chain([So::DoesNotApply(*fact)]).collect()
            }
            Test::OneOf { fact, .. } => of_choice(*fact),
            Test::Includes { fact, elements, .. } => {
                elements.iter().map(|element| So::Element(*fact, *element)).collect()
            }
            Test::Diagnoses { .. } => {
                let named = named_codes(program, &read);
                let kinds = named.iter().map(|code| entries(program, &read, code));
                kinds.filter(|entries| !entries.is_empty()).map(So::Condition).collect()
            }
        };
        add(&mut all, found);
    }
    for implication in &program.implications {
        for literal in implication.then.iter().chain([&implication.when]) {
            let found = match literal {
                Literal::Fact(fact) => vec![So::Yes(*fact)],
                Literal::Choice(fact, _) => of_choice(*fact),
                Literal::Element(fact, element) => vec![So::Element(*fact, *element)],
            };
            add(&mut all, found);
        }
    }
    for (index, node) in program.nodes.iter().enumerate() {
        if matches!(node.kind, NodeKind::Judgment { .. }) {
            add(&mut all, vec![So::Judged(first_alike(program, index))]);
        }
    }
    all
}

/// The same question to the same agency is answered once.
fn first_alike(program: &Program, index: usize) -> usize {
    program.nodes.iter().position(|other| other.kind == program.nodes[index].kind).unwrap()
}

/// Whole months between two days: the day of the month has to come around, or the month after has to begin.
fn months(birth: Date, day: Date) -> i64 {
    let months = |date: Date| i64::from(date.year()) * 12 + i64::from(date.month());
    months(day) - months(birth) - i64::from(day.day() < birth.day())
}

/// The lists that criteria read.
fn lists_read(program: &Program) -> BTreeSet<usize> {
    let read = program.nodes.iter().filter_map(|node| match &node.kind {
        NodeKind::Test(Test::Diagnoses { list, .. }) => Some(*list),
        _ => None,
    });
    read.collect()
}

/// Every code that one of these lists names, in an entry or as an exception.
fn named_codes(program: &Program, lists: &BTreeSet<usize>) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    for list in lists {
        let list = &program.lists[*list];
        for codes in list.entries.iter().map(|entry| &entry.codes).chain(&list.except) {
            match codes {
                CodeEntry::Below(code) => named.extend([code.as_str().to_owned()]),
                CodeEntry::Categories(from, to) => {
                    named.extend(from.categories_to(to).iter().map(|code| code.as_str().to_owned()));
                }
            }
        }
    }
    named
}

/// The entries of these lists under which a code falls, each with its list.
fn entries(program: &Program, lists: &BTreeSet<usize>, code: &str) -> Vec<(usize, usize)> {
    let entry = |list: &CodeList| {
        let inside = |entry: &CodeEntry| match entry {
            CodeEntry::Below(above) => code.starts_with(above.as_str()),
            CodeEntry::Categories(from, to) => (from.as_str()..=to.as_str()).contains(&&code[..3]),
        };
        let entry = list.entries.iter().position(|entry| inside(&entry.codes))?;
        (!list.except.iter().any(inside)).then_some(entry)
    };
    lists.iter().filter_map(|list| Some((*list, entry(&program.lists[*list])?))).collect()
}

// -------------------------------------------------------------------------------------------------- the tests

/// Asks about random children; how many answers can be, and how many cannot.
fn children(dice: &mut Dice, program: &Program, day: Date, count: usize) -> [usize; 2] {
    let oracle = Oracle::new(program, day);
    let diagrams = Diagrams::new(program, day).unwrap();
    let mut tried = [0, 0];
    for _ in 0..count {
        let child = full_child(dice, program, day);
        let mut said = answers(dice, program, &child, day);
        // Now and then a few of the answers are another child's.
        if dice.one_in(3) {
            let other = full_child(dice, program, day);
            for (id, raw) in answers(dice, program, &other, day) {
                if dice.one_in(4) {
                    said.retain(|(known, _)| *known != id);
                    said.push((id, raw));
                }
            }
        }
        tried[usize::from(!oracle.agrees(&diagrams, &said))] += 1;
    }
    tried
}

/// Whether a state's rules can be said in formulas here: nothing is added up, and all ages are those of the day.
fn in_formulas(program: &Program) -> bool {
    program.nodes.iter().all(|node| match &node.kind {
        NodeKind::Sum(_) | NodeKind::Test(Test::InTheLast { .. }) => false,
        NodeKind::Test(Test::Age { on, .. }) => *on == AgeOn::AsOf,
        _ => true,
    })
}

#[test]
fn the_shipped_states_agree_with_the_oracle() {
    let programs: Vec<Program> = shipped::shipped().into_iter().filter(in_formulas).collect();
    for program in &programs {
        let days = ["2024-02-29", "2017-01-31"].map(|day| Date::parse(day).unwrap());
        for (seed, day) in [shipped::day()].into_iter().chain(days).enumerate() {
            let tried = children(&mut Dice::new(seed as u64), program, day, 100);
            assert!(tried[0] > 50, "{}: {tried:?}", program.state.code());
        }
    }
    let codes: Vec<&str> = programs.iter().map(|program| program.state.code()).collect();
    assert!(codes.len() >= 8, "only {codes:?}");
}

#[test]
fn large_rule_sets_agree_with_the_oracle() {
    let mut tried = [0, 0];
    for seed in 0..20 {
        let mut dice = Dice::new(seed);
        let facts = 40 + dice.roll(21);
        let rules = rule_set(&mut dice, &Shape::large(facts, 20));
        let [can_be, cannot_be] = children(&mut dice, &rules.program, rules.day, 20);
        tried = [tried[0] + can_be, tried[1] + cannot_be];
    }
    assert!(tried[0] > 200 && tried[1] > 10, "{tried:?}");
}
