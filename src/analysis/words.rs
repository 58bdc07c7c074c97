//! Classes of children in plain words: the criteria that all of them meet or fail, as the explanations say them.

use crate::child::Child;
use crate::diagram::Traits;
use crate::explain::{Reader, asked};
use crate::program::{NodeId, NodeKind, Program};
use crate::value::{Lang, Outcomes};
use crate::vocabulary::{APPLIED, AgeOn, Compare, ENROLLED, Says, Test};

/// Which children some kinds are: "a child who is under 21 years old, of one of these kinds: (1) who has Medicaid; (2) who
/// is in foster care". What is so of all kinds is said once. Where they are too many to tell, that is said.
#[must_use]
pub(crate) fn children(program: &Program, anybody: &Child, kinds: Option<&[Traits]>) -> String {
    let Some(kinds) = kinds else { return MANY.to_owned() };
    if kinds.iter().any(Vec::is_empty) {
        return EVERY.to_owned();
    }
    let Some((first, others)) = kinds.split_first() else { return "no child".to_owned() };
    if others.is_empty() {
        return format!("a child {}", told(program, anybody, first));
    }
    let in_all = |one: &(NodeId, bool)| others.iter().all(|kind| kind.contains(one));
    let common: Traits = first.iter().copied().filter(in_all).collect();
    let own = |(number, kind): (usize, &Traits)| {
        let rest: Traits = kind.iter().copied().filter(|one| !common.contains(one)).collect();
        format!("({}) {}", number + 1, told(program, anybody, &rest))
    };
    let each = kinds.iter().enumerate().map(own).collect::<Vec<_>>().join("; ");
    match told(program, anybody, &common) {
        common if common.is_empty() => format!("a child of one of these kinds: {each}"),
        common => format!("a child {common}, of one of these kinds: {each}"),
    }
}

/// All children there are.
pub(super) const EVERY: &str = "every child";

const MANY: &str = "many kinds of children, of whom the example is one";

/// The same of children with a special need alone.
pub(super) fn with_special_need(children: &str) -> String {
    let (noun, rest) = match children.split_once("children") {
        Some((before, rest)) if children == MANY => (format!("{before}children"), rest),
        _ => children
            .split_once("child")
            .map_or((String::new(), children), |(before, rest)| (format!("{before}child"), rest)),
    };
    format!("{noun} with a special health care need{rest}")
}

/// What is so of one kind of children: "who has Medicaid and is under 21 years old, and for whom “tier” is 2 or more".
pub(super) fn told(program: &Program, anybody: &Child, traits: &Traits) -> String {
    let slots = vec![Outcomes::OPEN; program.nodes.len()];
    let reader = Reader { program, child: anybody, slots: &slots, lang: Lang::En };
    let (mut who, mut for_whom) = (Vec::new(), Vec::new());
    for (kind, so) in joined(program, traits) {
        match measured(reader, &kind, so) {
            Some(text) => for_whom.push(text),
            None => who.push(verb(reader, &kind, so)),
        }
    }
    let mut parts = Vec::new();
    if !who.is_empty() {
        parts.push(format!("who {}", listed(&who, "and")));
    }
    if !for_whom.is_empty() {
        parts.push(format!("for whom {}", listed(&for_whom, "and")));
    }
    parts.join(", and ")
}

/// A criterion on something that has a value: "“tier” is 2 or more". Nothing for what a child is, has or does.
fn measured(reader: Reader<'_>, kind: &NodeKind, so: bool) -> Option<String> {
    let program = reader.program;
    let labels = |fact: usize, chosen: &[usize]| -> Vec<String> {
        program.labels(fact, chosen, Lang::En).into_iter().map(str::to_owned).collect()
    };
    let (name, value) = match kind {
        NodeKind::Test(Test::Includes { fact, elements, at_least }) => {
            if [ENROLLED, APPLIED].contains(&program.facts[*fact].id.as_str()) {
                return None;
            }
            let labels = labels(*fact, elements);
            let value = match (labels.as_slice(), so) {
                ([one], false) => format!("does not include {one}"),
                _ => format!("includes {}", some_of(&labels, *at_least, so)),
            };
            (fact_name(program, *fact), value)
        }
        NodeKind::Test(Test::OneOf { fact, choices, list: None }) => {
            (fact_name(program, *fact), format!("is {}", some_of(&labels(*fact, choices), 1, so)))
        }
        NodeKind::Test(Test::OneOf { fact, list: Some(list), .. }) => {
            let list = program.place_lists[*list].name.get(Lang::En);
            (fact_name(program, *fact), format!("is {}in {list}", not(so)))
        }
        // The words of the explanations stand behind the name and a colon.
        NodeKind::Test(Test::Number { .. } | Test::InTheLast { .. }) | NodeKind::Sum(_) => {
            let text = asked(reader, kind, false);
            let name = kind.facts().next().map(|fact| fact_name(program, fact));
            let name =
                name.filter(|name| text.to_lowercase().starts_with(&format!("{}: ", name.to_lowercase())));
            let name = name.or_else(|| text.split_once(": ").map(|(name, _)| name.to_owned()))?;
            let value = text.get(name.len() + 2..)?;
            // From 2 through 2 is 2.
            let one = value.strip_prefix("from ").and_then(|range| range.split_once(" through "));
            let value = one.filter(|(from, to)| from == to).map_or(value, |(from, _)| from);
            (name, format!("is {}{value}", not(so)))
        }
        _ => return None,
    };
    Some(format!("“{name}” {value}"))
}

fn fact_name(program: &Program, fact: usize) -> String {
    program.facts[fact].name.get(Lang::En).to_owned()
}

fn not(so: bool) -> &'static str {
    if so { "" } else { "not " }
}

/// What a child is, has or does: "has Medicaid", "is in neither A nor B".
fn verb(reader: Reader<'_>, kind: &NodeKind, so: bool) -> String {
    let program = reader.program;
    match kind {
        NodeKind::Test(Test::Includes { fact, elements, at_least }) => {
            let choices = program.facts[*fact].kind.choices();
            // A family is asked about a program by a label; here it has the name that it has everywhere else.
            let name = |element: &usize| {
                let choice = &choices[*element];
                let pathway = program.pathway(&choice.id).map(|pathway| &program.pathways[pathway].name);
                pathway.unwrap_or(&choice.label).get(Lang::En).to_owned()
            };
            let names: Vec<String> = elements.iter().map(name).collect();
            match (program.facts[*fact].id == APPLIED, names.as_slice(), so) {
                (true, [one], false) => format!("has not applied for {one}"),
                (false, [one], false) => format!("is not in {one}"),
                (true, _, _) => format!("has applied for {}", some_of(&names, *at_least, so)),
                (false, _, _) => format!("is in {}", some_of(&names, *at_least, so)),
            }
        }
        NodeKind::Test(Test::Diagnoses { list, at_least, .. }) => {
            let list = program.lists[*list].name.get(Lang::En);
            match (at_least, so) {
                (0 | 1, true) => format!("has a condition on the list “{list}”"),
                (0 | 1, false) => format!("has no condition on the list “{list}”"),
                (n, true) => format!("has at least {n} conditions on the list “{list}”"),
                (n, false) => format!("has fewer than {n} conditions on the list “{list}”"),
            }
        }
        // An age that is two stretches has no words of its own.
        NodeKind::Test(Test::Age { .. }) if !so => match asked(reader, kind, false).strip_prefix("is ") {
            Some(age) => format!("is not {age}"),
            None => asked(reader, kind, true),
        },
        _ => asked(reader, kind, !so),
    }
}

/// So many of some names, or not so many: "A or B", "neither A nor B".
fn some_of(names: &[String], at_least: u32, so: bool) -> String {
    match (names, at_least, so) {
        ([one], _, _) => format!("{}{one}", not(so)),
        (_, 0 | 1, true) => listed(names, "or"),
        ([one, other], 0 | 1, false) => format!("neither {one} nor {other}"),
        (_, 0 | 1, false) => format!("none of {}", listed(names, "and")),
        (_, all, _) if all as usize == names.len() => {
            format!("{}{}", if so { "" } else { "not all of " }, listed(names, "and"))
        }
        (_, some, true) => format!("at least {some} of {}", listed(names, "and")),
        (_, some, false) => format!("fewer than {some} of {}", listed(names, "and")),
    }
}

/// Traits as they are told, with those of one age or one number made one: at least 3 and under 21 is from 3 through 20.
#[must_use]
pub fn joined(program: &Program, traits: &Traits) -> Vec<(NodeKind, bool)> {
    let mut ages: Vec<(AgeOn, Bounds)> = Vec::new();
    let mut numbers: Vec<(usize, Bounds)> = Vec::new();
    let (mut others, mut outside) = (Vec::new(), Vec::<(usize, Vec<usize>)>::new());
    let two_stretches = |(node, so): &&(NodeId, bool)| match &program.node(*node).kind {
        NodeKind::Test(Test::Age { from, below, .. }) => !so && from.is_some() && below.is_some(),
        NodeKind::Test(Test::Number { from, to, .. }) => !so && from.is_some() && to.is_some(),
        _ => false,
    };
    // Of whom a number is not under 3, it may not apply to; so nothing is turned around that may not.
    let applies = |fact: usize| {
        let said = |node: &NodeId| matches!(program.node(*node).kind, NodeKind::Test(Test::Number { fact: own, .. }) if own == fact);
        !program.facts[fact].may_not_apply || traits.iter().any(|(node, so)| *so && said(node))
    };
    // What leaves two stretches comes last: mostly only one of them is left then.
    let last = traits.iter().filter(two_stretches);
    for (node, so) in traits.iter().filter(|one| !two_stretches(one)).chain(last) {
        let kind = &program.node(*node).kind;
        match kind {
            NodeKind::Test(Test::Age { from, below, in_months, month_end: false, on }) => {
                let own =
                    Bounds { from: from.map(i64::from), below: below.map(i64::from), in_months: *in_months };
                if !own.join(*so, on, &mut ages) {
                    others.push((kind.clone(), *so));
                }
            }
            NodeKind::Test(Test::Number { fact, from, to }) if *so || applies(*fact) => {
                let below = to.map(|to| to.saturating_add(1));
                let own = Bounds { from: *from, below, in_months: false };
                if !own.join(*so, fact, &mut numbers) {
                    others.push((kind.clone(), *so));
                }
            }
            NodeKind::Sum(sum) if !so && sum.addends.iter().all(|addend| applies(addend.fact)) => {
                let mut sum = sum.clone();
                match &mut sum.says {
                    Says::Poverty { compare, .. } | Says::Compared { compare, .. } => {
                        *compare = match compare {
                            Compare::AtMost => Compare::MoreThan,
                            Compare::MoreThan => Compare::AtMost,
                            Compare::Under => Compare::AtLeast,
                            Compare::AtLeast => Compare::Under,
                        };
                        others.push((NodeKind::Sum(sum), true));
                    }
                    Says::Score(_) => others.push((kind.clone(), false)),
                }
            }
            // Who is in none of several is told of all of them at once.
            NodeKind::Test(Test::Includes { fact, elements, at_least: 1 }) if !so => {
                match outside.iter_mut().find(|(known, _)| known == fact) {
                    Some((_, all)) => all.extend(
                        elements.iter().filter(|one| !all.contains(one)).copied().collect::<Vec<_>>(),
                    ),
                    None => outside.push((*fact, elements.clone())),
                }
            }
            _ => others.push((kind.clone(), *so)),
        }
    }
    let outside = outside
        .into_iter()
        .map(|(fact, elements)| (NodeKind::Test(Test::Includes { fact, elements, at_least: 1 }), false));
    let months = |number: Option<i64>| number.and_then(|number| u32::try_from(number).ok());
    let ages = ages.into_iter().map(|(on, bounds)| {
        let (from, below) = (months(bounds.from), months(bounds.below));
        (Test::Age { from, below, in_months: bounds.in_months, month_end: false, on }, true)
    });
    let numbers = numbers.into_iter().map(|(fact, bounds)| {
        (Test::Number { fact, from: bounds.from, to: bounds.below.map(|below| below - 1) }, true)
    });
    let tests = ages.chain(numbers).map(|(test, so)| (NodeKind::Test(test), so));
    tests.chain(others).chain(outside).collect()
}

/// Where something lies: from the one on, below the other.
#[derive(Debug, Clone, Copy)]
struct Bounds {
    from: Option<i64>,
    below: Option<i64>,
    in_months: bool,
}

impl Bounds {
    /// Joins the bounds of a test that is met, or is not, to those of the same thing; whether that can be.
    fn join<T: Copy + PartialEq>(self, so: bool, what: &T, all: &mut Vec<(T, Bounds)>) -> bool {
        let known = all.iter_mut().find(|(known, _)| known == what);
        let own = match (self.from, self.below, so) {
            (_, _, true) => self,
            (from, None, false) => Self { from: None, below: from, ..self },
            (None, below, false) => Self { from: below, below: None, ..self },
            // All but a stretch is one stretch where only what lies on one side of it is left.
            (Some(from), Some(below), false) => match &known {
                Some((_, bounds)) if bounds.from.is_some_and(|known| known >= from) => {
                    Self { from: Some(below), below: None, ..self }
                }
                Some((_, bounds)) if bounds.below.is_some_and(|known| known <= below) => {
                    Self { from: None, below: Some(from), ..self }
                }
                _ => return false,
            },
        };
        match known {
            Some((_, bounds)) => bounds.meet(&own),
            None => all.push((*what, own)),
        }
        true
    }

    fn meet(&mut self, other: &Self) {
        self.from = self.from.max(other.from);
        self.below = [self.below, other.below].into_iter().flatten().min();
        self.in_months |= other.in_months;
    }
}

/// "a, b and c"
fn listed(parts: &[String], last_word: &str) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} {last_word} {last}", most.join(", ")),
    }
}
