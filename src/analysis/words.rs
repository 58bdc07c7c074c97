//! Classes of children in plain words: the criteria that all of them meet or fail, as the explanations say them.

use crate::child::Child;
use crate::diagram::Traits;
use crate::explain::{Reader, asked};
use crate::program::{NodeId, NodeKind, Program};
use crate::value::{Lang, Outcomes};
use crate::vocabulary::{APPLIED, AgeOn, Compare, ENROLLED, Says, Test};

/// Which children some kinds are: "a child who is under 21 years old, and who has Medicaid; or is in foster care". What is
/// so of all kinds is said once. Nothing, where they are too many to tell.
#[must_use]
pub(super) fn children(program: &Program, anybody: &Child, kinds: Option<&[Traits]>) -> String {
    let Some(kinds) = kinds else { return "many kinds of children, of whom the example is one".to_owned() };
    if kinds.iter().any(Vec::is_empty) {
        return "every child".to_owned();
    }
    let Some((first, others)) = kinds.split_first() else { return "no child".to_owned() };
    let (common, own): (Traits, Traits) =
        first.iter().copied().partition(|one| others.iter().all(|kind| kind.contains(one)));
    if others.is_empty() {
        return format!("a child {}", told(program, anybody, first));
    }
    let rest = |kind: &Traits| kind.iter().copied().filter(|one| !common.contains(one)).collect::<Traits>();
    let each: Vec<String> = std::iter::once(own)
        .chain(others.iter().map(rest))
        .map(|traits| told(program, anybody, &traits))
        .collect();
    let each = each.join("; or ");
    match told(program, anybody, &common) {
        common if common.is_empty() => format!("a child {each}"),
        common => format!("a child {common}, and {each}"),
    }
}

/// What is so of one kind of children: "who has Medicaid and is under 21 years old".
pub(super) fn told(program: &Program, anybody: &Child, traits: &Traits) -> String {
    let slots = vec![Outcomes::OPEN; program.nodes.len()];
    let reader = Reader { program, child: anybody, slots: &slots, lang: Lang::En };
    let (mut who, mut of_whom) = (Vec::new(), Vec::new());
    for (kind, so) in joined(program, traits) {
        let text = asked(reader, &kind, false);
        match text.split_once(": ").filter(|_| is_measured(program, &kind)) {
            Some((name, value)) => {
                let not = if so { "" } else { "not " };
                of_whom.push(format!("{name} is {not}{value}"));
            }
            None => match text
                .strip_prefix("is ")
                .filter(|_| !so && matches!(kind, NodeKind::Test(Test::Age { .. })))
            {
                Some(age) => who.push(format!("is not {age}")),
                None => who.push(asked(reader, &kind, !so)),
            },
        }
    }
    let mut parts = Vec::new();
    if !who.is_empty() {
        parts.push(format!("who {}", listed(&who)));
    }
    if !of_whom.is_empty() {
        parts.push(format!("of whom {}", listed(&of_whom)));
    }
    parts.join(", and ")
}

/// Whether a criterion is said as what something is, not as what a child does: "Tier: 2 or more".
fn is_measured(program: &Program, kind: &NodeKind) -> bool {
    match kind {
        NodeKind::Test(Test::Number { .. } | Test::OneOf { .. } | Test::InTheLast { .. })
        | NodeKind::Sum(_) => true,
        NodeKind::Test(Test::Includes { fact, .. }) => {
            ![ENROLLED, APPLIED].contains(&program.facts[*fact].id.as_str())
        }
        _ => false,
    }
}

/// Traits as they are told, with those of one age or one number made one: at least 3 and under 21 is from 3 through 20.
#[must_use]
pub fn joined(program: &Program, traits: &Traits) -> Vec<(NodeKind, bool)> {
    let mut ages: Vec<(AgeOn, Bounds)> = Vec::new();
    let mut numbers: Vec<(usize, Bounds)> = Vec::new();
    let (mut others, mut outside) = (Vec::new(), Vec::<(usize, Vec<usize>)>::new());
    // Of whom a number is not under 3, it may not apply to; so nothing is turned around that may not.
    let applies = |fact: usize| {
        let said = |node: &NodeId| matches!(program.node(*node).kind, NodeKind::Test(Test::Number { fact: own, .. }) if own == fact);
        !program.facts[fact].may_not_apply || traits.iter().any(|(node, so)| *so && said(node))
    };
    for (node, so) in traits {
        let kind = &program.node(*node).kind;
        match kind {
            NodeKind::Test(Test::Age { from, below, in_months, month_end: false, on }) => {
                let Some(own) = Bounds::of(from.map(i64::from), below.map(i64::from), *so) else {
                    others.push((kind.clone(), *so));
                    continue;
                };
                let own = Bounds { in_months: *in_months, ..own };
                match ages.iter_mut().find(|(day, _)| day == on) {
                    Some((_, bounds)) => bounds.meet(&own),
                    None => ages.push((*on, own)),
                }
            }
            NodeKind::Test(Test::Number { fact, from, to }) if *so || applies(*fact) => {
                match Bounds::of(*from, to.map(|to| to.saturating_add(1)), *so) {
                    Some(own) => match numbers.iter_mut().find(|(known, _)| known == fact) {
                        Some((_, bounds)) => bounds.meet(&own),
                        None => numbers.push((*fact, own)),
                    },
                    None => others.push((kind.clone(), *so)),
                }
            }
            NodeKind::Sum(sum) if !so && sum.addends.iter().all(|addend| applies(addend.fact)) => {
                match &sum.says {
                    Says::Poverty { compare, .. } => {
                        let opposite = match compare {
                            Compare::AtMost => Compare::MoreThan,
                            Compare::MoreThan => Compare::AtMost,
                            Compare::Under => Compare::AtLeast,
                            Compare::AtLeast => Compare::Under,
                        };
                        let mut sum = sum.clone();
                        if let Says::Poverty { compare, .. } = &mut sum.says {
                            *compare = opposite;
                        }
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
    /// The bounds of a test that is met, or of one that is not; nothing where these are two stretches.
    fn of(from: Option<i64>, below: Option<i64>, so: bool) -> Option<Self> {
        let (from, below) = match (from, below, so) {
            (from, below, true) => (from, below),
            (from, None, false) => (None, from),
            (None, below, false) => (below, None),
            _ => return None,
        };
        Some(Self { from, below, in_months: false })
    }

    fn meet(&mut self, other: &Self) {
        self.from = self.from.max(other.from);
        self.below = [self.below, other.below].into_iter().flatten().min();
        self.in_months |= other.in_months;
    }
}

/// "a, b and c"
fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}
