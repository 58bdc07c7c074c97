//! What would make a program fit does, is the least of its kind, and asks nobody to give anything up.

use super::missing::subsets;
use super::{State, each_child};
use crate::random::{Dice, Full, Reply, reply};
use crate::reference::months;
use carepath::child::Raw;
use carepath::screen::{ChangeResult, ProgramResult};
use carepath::value::Date;
use carepath::vocabulary::{CanChange, FactKind};
use std::collections::BTreeMap;

type Answers = Vec<(String, Raw)>;

fn text(text: &str) -> Raw {
    Raw::Text(text.into())
}

/// What comes of a program under some answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comes {
    /// Nobody can answer so.
    Contradiction,
    /// It fits, or an agency may find that it does.
    Fits,
    MayFit,
    Fails,
}

fn comes(state: &State<'_>, index: usize, said: &[(String, Raw)]) -> Comes {
    let mask = state.cube(said).all();
    let decided = (mask & state.worlds.decision(index)) >> state.worlds.decision(index).trailing_zeros();
    match decided {
        _ if mask == 0 => Comes::Contradiction,
        2 => Comes::Fails,
        decided if decided & 2 == 0 => Comes::Fits,
        _ => Comes::MayFit,
    }
}

/// A number as answers have it.
fn number(text: &str) -> Raw {
    text.parse().map_or_else(|_| Raw::Fraction(text.into()), Raw::Whole)
}

/// The answers once some things are different.
fn after(state: &State<'_>, said: &[(String, Raw)], steps: &[&ChangeResult]) -> Answers {
    let program = &state.rules.program;
    let mut said = said.to_vec();
    for step in steps {
        let answer = match &program.facts[program.fact(&step.fact).unwrap()].kind {
            FactKind::BirthMonth | FactKind::BirthDate | FactKind::Age => {
                let born = said.iter().filter(|(id, _)| is_birth(id)).cloned().collect::<Vec<_>>();
                said.retain(|(id, _)| !is_birth(id));
                said.push(("birth_date".into(), text(&as_old_as(state, &born, &step.to).to_string())));
                continue;
            }
            FactKind::Number { .. } => number(&step.to),
            FactKind::Set(_) => {
                let before = said.iter().find(|(id, _)| *id == step.fact).map(|(_, raw)| raw.clone());
                match before {
                    Some(Raw::List(mut names)) => {
                        names.push(text(&step.to));
                        Raw::List(names)
                    }
                    Some(Raw::Map(mut elements)) => {
                        elements.retain(|(id, _)| *id != step.to);
                        elements.push((step.to.clone(), text("yes")));
                        Raw::Map(elements)
                    }
                    _ => Raw::Map(vec![(step.to.clone(), text("yes"))]),
                }
            }
            _ => text(&step.to),
        };
        said.retain(|(id, _)| *id != step.fact);
        said.push((step.fact.clone(), answer));
    }
    said
}

fn is_birth(id: &str) -> bool {
    ["birth_month", "birth_date", "age"].contains(&id)
}

/// A birth that is today as old as the youngest that these answers allow will be on a day.
fn as_old_as(state: &State<'_>, born: &[(String, Raw)], on: &str) -> Date {
    let (today, on) = (state.rules.day, Date::parse(on).unwrap());
    assert!(today < on, "children only grow older");
    let fits = |birth: &Date| {
        born.iter().all(|(id, raw)| match raw {
            Raw::Text(told) if told != "unknown" => birth.to_string().starts_with(told.as_str()),
            Raw::Whole(years) if id == "age" => months(*birth, today).div_euclid(12) == *years,
            Raw::Map(parts) => parts.contains(&("months".into(), Raw::Whole(months(*birth, today)))),
            _ => true,
        })
    };
    let day = |number: i32| Date::from_day_number(number);
    let youngest = (0..46_000).map(|back| day(today.day_number() - back)).find(fits).unwrap();
    let age = months(youngest, on);
    assert_eq!(months(youngest, on.previous()), age - 1, "{on} is the day on which the age is reached");
    (0..46_000).map(|back| day(today.day_number() - back)).find(|birth| months(*birth, today) == age).unwrap()
}

/// What is a no only because it follows from the answers, and can change, stays a no unless a step changes it.
fn pinned(state: &State<'_>, said: &[(String, Raw)], steps: &[&ChangeResult]) -> Answers {
    let program = &state.rules.program;
    let taken = |id: &str, element: Option<&str>| {
        steps.iter().any(|step| step.fact == id && element.is_none_or(|element| step.to == element))
    };
    let mut now = after(state, said, steps);
    for fact in program.facts.iter().filter(|fact| fact.can_change != CanChange::Never) {
        let cannot_be = |raw: Raw| {
            let mut with: Answers = said.iter().filter(|(id, _)| *id != fact.id).cloned().collect();
            with.push((fact.id.clone(), raw));
            state.cube(&with).all() == 0
        };
        let answered = said.iter().find(|(id, _)| *id == fact.id).map(|(_, raw)| raw);
        match &fact.kind {
            FactKind::YesNo
                if answered.is_none_or(|raw| *raw == text("unknown"))
                    && !taken(&fact.id, None)
                    && cannot_be(text("yes")) =>
            {
                now.retain(|(id, _)| *id != fact.id);
                now.push((fact.id.clone(), text("no")));
            }
            FactKind::Set(choices) => {
                let told = |of: Option<&Raw>| match of {
                    Some(Raw::Map(parts)) => Some(parts.clone()),
                    Some(Raw::List(_)) => None,
                    _ => Some(Vec::new()),
                };
                let Some(before) = told(answered) else { continue };
                let mut parts = told(now.iter().find(|(id, _)| *id == fact.id).map(|(_, raw)| raw)).unwrap();
                for choice in choices.iter().filter(|choice| !taken(&fact.id, Some(&choice.id))) {
                    let known = before.iter().any(|(id, raw)| *id == choice.id && *raw != text("unknown"));
                    let mut inside = before.clone();
                    inside.retain(|(id, _)| *id != choice.id);
                    inside.push((choice.id.clone(), text("yes")));
                    if !known && cannot_be(Raw::Map(inside)) {
                        parts.retain(|(id, _)| *id != choice.id);
                        parts.push((choice.id.clone(), text("no")));
                    }
                }
                now.retain(|(id, _)| *id != fact.id);
                now.push((fact.id.clone(), Raw::Map(parts)));
            }
            _ => {}
        }
    }
    now
}

/// A family that tells nearly all of a child. A choice that the other answers narrow is told too: what is left of it
/// stays as it is whatever else changes, which answers cannot say.
fn told(
    dice: &mut Dice,
    state: &State<'_>,
    child: &BTreeMap<usize, Full>,
    said: &[(String, Raw)],
) -> Answers {
    let program = &state.rules.program;
    let mut said = said.to_vec();
    for fact in &program.facts {
        let known = said.iter().any(|(id, _)| *id == fact.id || (is_birth(id) && is_birth(&fact.id)));
        if !known && fact.id != "age" && !dice.one_in(4) {
            said = reply(dice, program, child, &said, &fact.id, Reply::Whole);
        }
    }
    for fact in &program.facts {
        let open = said.iter().all(|(id, raw)| *id != fact.id || *raw == text("unknown"));
        if let FactKind::Choice(choices) = &fact.kind
            && open
        {
            let rest: Answers = said.iter().filter(|(id, _)| *id != fact.id).cloned().collect();
            let narrowed = choices.iter().any(|choice| {
                let with = [rest.as_slice(), &[(fact.id.clone(), text(&choice.id))]].concat();
                state.cube(&with).all() == 0
            });
            if narrowed {
                said = reply(dice, program, child, &said, &fact.id, Reply::Whole);
            }
        }
    }
    said
}

/// Each program that surely does not fit a child whose family tells nearly all.
fn each_that_fails(usual: u64, mut law: impl FnMut(&State<'_>, &Answers, usize, &ProgramResult)) {
    each_child(usual, |dice, state, child, said| {
        let said = told(dice, state, child, said);
        let result = state.screen(&said).unwrap();
        for (index, own) in result.programs[..state.rules.program.pathways.len()].iter().enumerate() {
            if own.decision == "ineligible" && own.in_force {
                law(state, &said, index, own);
            } else {
                assert!(own.would_change.is_empty(), "{}: {said:?}", own.id);
            }
        }
    });
}

fn words(own: &ProgramResult, steps: &[&ChangeResult], said: &Answers) -> String {
    let steps: Vec<String> = steps.iter().map(|step| format!("{} to {}", step.fact, step.to)).collect();
    format!("{}: {}, after {said:?}", own.id, steps.join(", "))
}

#[test]
fn what_would_change_makes_a_program_fit() {
    let mut seen: BTreeMap<&'static str, usize> = BTreeMap::new();
    each_that_fails(250, |state, said, index, own| {
        assert!(own.would_change.len() <= 3 && own.would_change.len() == own.would_also_need.len());
        for (way, also) in own.would_change.iter().zip(&own.would_also_need) {
            let steps: Vec<&ChangeResult> = way.iter().collect();
            let told = format!("hanging on {also:?}, {}", words(own, &steps, said));
            assert!((1..=3).contains(&steps.len()), "{told}");
            steps.iter().for_each(|step| gives_nothing_up(state, said, step, &told));
            assert!(!steps.iter().any(|step| step.fact == "enrolled" && step.to == own.id), "{told}");
            let then = pinned(state, said, &steps);
            let found = comes(state, index, &then);
            if also.is_empty() {
                assert_eq!(found, Comes::Fits, "{told}");
            } else {
                assert!(matches!(found, Comes::Fits | Comes::MayFit), "{told}: {found:?}");
                let facts: Vec<usize> = also.iter().map(|fact| state.fact(fact)).collect();
                let decision = state.worlds.decision(index);
                assert!(state.cube(&then).settles(&facts, decision), "{told}");
                let open = after(state, said, &steps);
                let open = state.cube(&open);
                for fewer in subsets(&facts, facts.len() - 1) {
                    assert!(!open.settles(&fewer, decision), "{told}: {fewer:?} is enough");
                }
            }
            *seen.entry(if also.is_empty() { "sure" } else { "hanging" }).or_default() += 1;
            *seen.entry(["one step", "two steps", "three steps"][steps.len() - 1]).or_default() += 1;
            steps.iter().for_each(|step| *seen.entry(step.how).or_default() += 1);
        }
    });
    if super::seeds(250).count() >= 250 {
        let all =
            ["apply", "assess", "enroll", "hanging", "one step", "sure", "three steps", "time", "two steps"];
        assert_eq!(seen.keys().copied().collect::<Vec<_>>(), all, "{seen:?}");
    }
}

/// Leaves out steps of the ways that are sure, or of those that hang on something: what is left is not enough.
fn no_step_is_idle(sure: bool) {
    each_that_fails(250, |state, said, index, own| {
        let ways = own.would_change.iter().zip(&own.would_also_need);
        for (way, _) in ways.filter(|(_, also)| also.is_empty() == sure) {
            let steps: Vec<&ChangeResult> = way.iter().collect();
            let numbers: Vec<usize> = (0..steps.len()).collect();
            for fewer in (0..steps.len()).flat_map(|size| subsets(&numbers, size)) {
                let fewer: Vec<&ChangeResult> = fewer.iter().map(|step| steps[*step]).collect();
                let enough = match comes(state, index, &pinned(state, said, &fewer)) {
                    Comes::Contradiction | Comes::Fails => false,
                    Comes::MayFit => !sure,
                    Comes::Fits => comes(state, index, &after(state, said, &fewer)) == Comes::Fits,
                };
                assert!(!enough, "{}: {} is enough", words(own, &steps, said), words(own, &fewer, said));
            }
        }
    });
}

#[test]
fn a_sure_way_has_no_idle_step() {
    no_step_is_idle(true);
}

#[test]
fn a_way_that_hangs_on_a_fact_has_no_idle_step() {
    no_step_is_idle(false);
}

#[test]
fn what_is_enough_alone_is_told() {
    each_that_fails(150, |state, said, index, own| {
        for step in single_steps(state, said) {
            let told = |way: &Vec<ChangeResult>| {
                way.len() == 1 && (&way[0].fact, &way[0].to) == (&step.fact, &step.to)
            };
            let fits = |said: &Answers| comes(state, index, said) == Comes::Fits;
            let enough = || fits(&after(state, said, &[&step])) && fits(&pinned(state, said, &[&step]));
            // To join the program itself is no way to fit it.
            if (step.fact.as_str(), step.to.as_str()) == ("enrolled", own.id.as_str()) {
                continue;
            }
            let full = own.would_change.len() == 3;
            assert!(full || own.would_change.iter().any(told) || !enough(), "{}", words(own, &[&step], said));
        }
    });
}

/// A fact that can change, to something that is not so yet and takes nothing away.
fn gives_nothing_up(state: &State<'_>, said: &[(String, Raw)], step: &ChangeResult, told: &str) {
    let program = &state.rules.program;
    let fact = &program.facts[program.fact(&step.fact).unwrap()];
    let how = match fact.can_change {
        CanChange::Apply => "apply",
        CanChange::Enroll => "enroll",
        CanChange::Assess => "assess",
        CanChange::Time => "time",
        CanChange::Never => panic!("{told}: {} cannot change", step.fact),
    };
    assert_eq!(step.how, how, "{told}");
    let before = said.iter().find(|(id, _)| *id == step.fact).map(|(_, raw)| raw);
    let cannot_be = |raw: Raw| {
        let mut with: Answers = said.iter().filter(|(id, _)| *id != step.fact).cloned().collect();
        with.push((step.fact.clone(), raw));
        state.cube(&with).all() == 0
    };
    match &fact.kind {
        FactKind::YesNo => {
            let no = [Raw::Bool(false), text("no"), text("not_applicable")];
            assert!(
                step.to == "yes" && (before.is_some_and(|raw| no.contains(raw)) || cannot_be(text("yes")))
            );
        }
        FactKind::Set(_) => {
            let inside = match before {
                Some(Raw::List(names)) => names.contains(&text(&step.to)),
                Some(Raw::Map(parts)) => parts.contains(&(step.to.clone(), text("yes"))),
                _ => false,
            };
            assert!(!inside, "{told}");
        }
        // Another choice or number takes the place of one that is: only an assessment does that by itself.
        FactKind::Choice(_) => assert!(how == "assess" && before != Some(&text(&step.to)), "{told}"),
        FactKind::Number { .. } => {
            assert!(how == "assess" && before != Some(&number(&step.to)), "{told}");
        }
        _ => assert_eq!(how, "time", "{told}"),
    }
}

/// What a family that said no could come to say, one thing at a time.
fn single_steps(state: &State<'_>, said: &[(String, Raw)]) -> Vec<ChangeResult> {
    let program = &state.rules.program;
    let mut steps = Vec::new();
    let mut add = |fact: &str, to: &str| {
        steps.push(ChangeResult { fact: fact.into(), to: to.into(), how: "", text: String::new() });
    };
    for (id, raw) in said {
        let fact = &program.facts[program.fact(id).unwrap()];
        match (&fact.kind, raw) {
            _ if fact.can_change == CanChange::Never => {}
            (FactKind::YesNo, raw) if [Raw::Bool(false), text("no")].contains(raw) => add(id, "yes"),
            (FactKind::Set(choices), Raw::List(names)) => choices
                .iter()
                .filter(|choice| !names.contains(&text(&choice.id)))
                .for_each(|choice| add(id, &choice.id)),
            _ => {}
        }
    }
    steps
}
