//! A fact as a question to the family.

use super::result::{ChoiceResult, ChoiceValue, Question};
use crate::child::{Asked, Child, Known, Value};
use crate::diagram::ranges;
use crate::explain::{in_months, range};
use crate::program::{NodeId, NodeKind, Program};
use crate::value::{Lang, small_letters};
use crate::vocabulary::{APPLIED, Choice, ENROLLED, FactKind, Measure, Per, Test};

/// The question about a fact; for a child, only what is not answered yet.
pub(super) fn question(program: &Program, fact: usize, child: Option<&Child>, lang: Lang) -> Question {
    let asked = &program.facts[fact];
    let left = child.map(|child| &child.facts[fact]);
    let told = left.is_some_and(|known| known.asked == Asked::Given);
    let (kind, min, max) = match &asked.kind {
        FactKind::Number { measure: Measure::Dollars(_), .. }
            if !by_range(program, fact, child).is_empty() =>
        {
            ("range", None, None)
        }
        // What is left of a range that was told.
        FactKind::Number { min, max, .. } => match child.map(|child| &child.facts[fact].value) {
            Some(Value::Number { from, to, .. }) => ("number", Some(*from), Some(*to)),
            _ => ("number", Some(*min), Some(*max)),
        },
        FactKind::YesNo => ("yes_no", None, None),
        FactKind::BirthDate => ("date", None, None),
        FactKind::BirthMonth => ("month", None, None),
        FactKind::Age => ("number", Some(0), Some(i64::from(crate::value::OLDEST_AGE_YEARS) - 1)),
        FactKind::Choice(_) => ("choice", None, None),
        FactKind::Set(_) => ("set", None, None),
        FactKind::Codes => ("codes", None, None),
        FactKind::Place(_) => ("choice", None, None),
        // The month first, the day only if the month leaves it open; years first, then months.
        FactKind::Day => (if told { "date" } else { "month" }, None, None),
        FactKind::AgeAt { .. } => match left.map(|known| &known.value) {
            Some(Value::Number { from, to, .. }) if told => ("number", Some(*from), Some(*to)),
            Some(Value::Number { from, to, .. }) => ("number", Some(from / 12), Some(to / 12)),
            _ => ("number", Some(0), Some(i64::from(crate::value::OLDEST_AGE_YEARS) - 1)),
        },
    };
    let filled = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Question {
        fact: asked.id.clone(),
        question: asked.question.get(lang).to_owned(),
        help: filled(asked.help.get(lang)),
        find_out: filled(asked.find_out.get(lang)),
        name: asked.name.get(lang).to_owned(),
        topic: asked.topic.clone(),
        decides: decides(program, fact, lang),
        kind,
        min: min.map(|min| asked.kind.figure(min)),
        max: max.map(|max| asked.kind.figure(max)),
        decimals: asked.kind.figure(0).decimals,
        unit: match &asked.kind {
            FactKind::Number { measure: Measure::Dollars(Per::Year), .. } => Some("dollars"),
            FactKind::Number { measure: Measure::Dollars(Per::Month), .. } => Some("dollars_a_month"),
            FactKind::AgeAt { .. } => Some(if told { "months" } else { "years" }),
            _ => None,
        },
        choices: choices(program, fact, child, lang),
    }
}

fn choices(program: &Program, fact: usize, child: Option<&Child>, lang: Lang) -> Vec<ChoiceResult> {
    let asked = &program.facts[fact];
    let plain = |choice: &Choice| ChoiceResult {
        id: choice.id.clone(),
        label: choice.label.get(lang).to_owned(),
        value: choice.value.map(|value| ChoiceValue::Number(asked.kind.figure(value))),
    };
    let not_applicable = asked.may_not_apply.then(|| ChoiceResult {
        id: "not_applicable".to_owned(),
        label: match lang {
            Lang::En => "Does not apply".to_owned(),
            Lang::Es => "No corresponde".to_owned(),
        },
        value: None,
    });
    match &asked.kind {
        FactKind::Number { choices, measure, .. } => {
            let money = matches!(measure, Measure::Dollars(_));
            let ranges = if money { by_range(program, fact, child) } else { Vec::new() };
            let count = ranges.len();
            let choice = |(index, (from, to)): (usize, (i64, i64))| {
                let (first, last) = (index == 0, index + 1 == count);
                ChoiceResult {
                    id: format!("range_{}", index + 1),
                    label: range(lang, (!first).then_some(from), (!last).then_some(to), *measure),
                    value: Some(ChoiceValue::Range { from, to }),
                }
            };
            let ranges = ranges.into_iter().enumerate().map(choice);
            choices.iter().map(plain).chain(ranges).chain(not_applicable).collect()
        }
        FactKind::Choice(choices) | FactKind::Place(choices) => {
            choices.iter().map(plain).chain(not_applicable).collect()
        }
        // Of the years told, each number of months.
        FactKind::AgeAt { .. } => match child.map(|child| &child.facts[fact]) {
            Some(Known { asked: Asked::Given, value: Value::Number { from, to, .. } }) => (*from..=*to)
                .map(|months| ChoiceResult {
                    id: format!("months_{months}"),
                    label: in_months(lang, months),
                    value: Some(ChoiceValue::Months { months }),
                })
                .collect(),
            _ => not_applicable.into_iter().collect(),
        },
        FactKind::Day => not_applicable.into_iter().collect(),
        FactKind::Set(choices) => {
            let open = |index: usize| match child.map(|child| &child.facts[fact].value) {
                Some(Value::Set(elements)) => elements[index].1 == Asked::NotYet,
                _ => true,
            };
            choices
                .iter()
                .enumerate()
                .filter(|(index, _)| open(*index) && for_families(program, fact, *index))
                .map(|(_, choice)| plain(choice))
                .collect()
        }
        FactKind::Codes => conditions(program, lang),
        _ => Vec::new(),
    }
}

/// Whether families are asked about an element of a set: not where it is a program for professionals that nothing of
/// theirs reads.
fn for_families(program: &Program, fact: usize, element: usize) -> bool {
    let FactKind::Set(choices) = &program.facts[fact].kind else { return true };
    let own = program
        .pathway(&choices[element].id)
        .filter(|_| [ENROLLED, APPLIED].contains(&program.facts[fact].id.as_str()));
    if own.is_none_or(|own| !program.pathways[own].for_professionals) {
        return true;
    }
    let reads = reading(
        program,
        |kind| matches!(kind, NodeKind::Test(Test::Includes { fact: of, elements, .. }) if *of == fact && elements.contains(&element)),
    );
    (0..program.pathways.len()).any(|index| {
        !program.pathways[index].for_professionals
            && criteria(program, index).any(|node| reads[node.0 as usize])
    })
}

/// Whether each node is of some kind, itself or by what it is made of: each reads only earlier ones, so one pass
/// says it.
fn reading(program: &Program, wanted: impl Fn(&NodeKind) -> bool) -> Vec<bool> {
    let mut reading = vec![false; program.nodes.len()];
    for (index, node) in program.nodes.iter().enumerate() {
        reading[index] = wanted(&node.kind) || node.kind.parts().iter().any(|part| reading[part.0 as usize]);
    }
    reading
}

/// The criteria of a program, its benefits and whether it is received.
fn criteria(program: &Program, pathway: usize) -> impl Iterator<Item = NodeId> {
    program.decided(pathway).chain(program.pathways[pathway].receiving)
}

/// The ranges that an amount of money is asked by; none once one of them is told.
fn by_range(program: &Program, fact: usize, child: Option<&Child>) -> Vec<(i64, i64)> {
    let told = child.is_some_and(|child| child.facts[fact].asked == Asked::Given);
    let ranges = match child {
        Some(child) if !told => ranges(program, child, fact),
        _ => Vec::new(),
    };
    if ranges.len() > 1 { ranges } else { Vec::new() }
}

/// The conditions of every list that a criterion reads, each once, by name.
fn conditions(program: &Program, lang: Lang) -> Vec<ChoiceResult> {
    let mut lists: Vec<usize> = Vec::new();
    for node in &program.nodes {
        if let NodeKind::Test(Test::Diagnoses { list, .. }) = &node.kind
            && !lists.contains(list)
        {
            lists.push(*list);
        }
    }
    let mut found: Vec<ChoiceResult> = Vec::new();
    for entry in lists.iter().flat_map(|list| &program.lists[*list].entries) {
        // A range is told by its first category: whoever chooses it means the whole of it.
        let code = entry.codes.to_string().split('-').next().unwrap_or_default().to_owned();
        if found.iter().all(|known| known.id != code) {
            let label = entry.name.get(lang).to_owned();
            found.push(ChoiceResult { id: code.clone(), label, value: Some(ChoiceValue::Text(code)) });
        }
    }
    found.sort_by(|a, b| small_letters(&a.label).cmp(&small_letters(&b.label)).then(a.id.cmp(&b.id)));
    found
}

/// Names of the programs whose criteria read a fact, or one that follows from it.
fn decides(program: &Program, fact: usize, lang: Lang) -> Vec<String> {
    let mut facts = vec![fact];
    let mut next = 0;
    while let Some(&from) = facts.get(next) {
        let own = program.implications.iter().filter(|implication| implication.when.fact() == from);
        for implied in own.flat_map(|implication| &implication.then).map(|literal| literal.fact()) {
            if !facts.contains(&implied) {
                facts.push(implied);
            }
        }
        // The day of an event tells the age at it.
        let ages = program.facts.iter().enumerate();
        let at_event = |kind: &FactKind| *kind == FactKind::AgeAt { event: Some(from) };
        facts.extend(ages.filter(|(_, fact)| at_event(&fact.kind)).map(|(age, _)| age));
        next += 1;
    }
    let is_birth = program.facts[fact].kind.is_birth();
    let reads = reading(program, |kind| match kind {
        NodeKind::Test(Test::Age { .. }) => is_birth,
        kind => kind.facts().any(|fact| facts.contains(&fact)),
    });
    program
        .pathways
        .iter()
        .enumerate()
        .filter(|(_, pathway)| !pathway.for_professionals)
        .filter(|(index, _)| criteria(program, *index).any(|node| reads[node.0 as usize]))
        .map(|(_, pathway)| pathway.name.get(lang).to_owned())
        .collect()
}
