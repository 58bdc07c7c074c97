//! What holds by definition, against brute force: random implications among facts, choices and elements, random answers,
//! and every child that agrees with both. The reference shares no code with the library.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, clippy::panic, reason = "tests")]

#[path = "random/dice.rs"]
mod dice;

use carepath::child::{Child, Raw, read};
use carepath::compile::compile;
use carepath::diagnostic::Code;
use carepath::program::Program;
use carepath::screen::{Detail, Screener};
use carepath::source::{SourceFile, Sources};
use carepath::value::{Date, Lang, StateCode};
use dice::Dice;
use std::fmt::Write as _;

/// How many random sets of implications the laws are tried on.
const RULES: u64 = 400;
/// How many random children each is asked about.
const CHILDREN: usize = 8;

/// All that can be said of a child: four yes/no facts, one choice of three, two programs to be enrolled in.
const LITERALS: [&str; 9] =
    ["fa", "fb", "fc", "fd", "kind is x", "kind is y", "kind is z", "enrolled in p0", "enrolled in p1"];
const FACTS: [&str; 4] = ["fa", "fb", "fc", "fd"];
const CHOICES: [&str; 3] = ["x", "y", "z"];

/// A child of whom everything is known; without a kind, the kind does not apply.
#[derive(Clone, Copy)]
struct Full {
    facts: [bool; 4],
    kind: Option<usize>,
    enrolled: [bool; 2],
}

impl Full {
    fn is(&self, literal: usize) -> bool {
        match literal {
            0..4 => self.facts[literal],
            4..7 => self.kind == Some(literal - 4),
            _ => self.enrolled[literal - 7],
        }
    }
}

/// What is so of some children.
type Holds = Box<dyn Fn(&Full) -> bool>;

/// Definitions as numbers of literals: wherever the first holds, one of the others does.
struct Rules {
    implications: Vec<(usize, Vec<usize>)>,
    may_not_apply: bool,
    /// Each program's criterion as it is written, and what it comes to.
    criteria: Vec<(String, Holds)>,
}

impl Rules {
    fn random(dice: &mut Dice) -> Self {
        let implications = (0..2 + dice.roll(5))
            .map(|_| {
                let when = dice.roll(LITERALS.len());
                let mut then: Vec<usize> = (0..1 + dice.roll(3)).map(|_| dice.roll(LITERALS.len())).collect();
                then.retain(|literal| *literal != when);
                (when, if then.is_empty() { vec![(when + 1) % LITERALS.len()] } else { then })
            })
            .collect();
        let criteria = (0..4)
            .map(|_| -> (String, Holds) {
                let (a, b) = (dice.roll(LITERALS.len()), dice.roll(LITERALS.len()));
                let (one, other) = (LITERALS[a], LITERALS[b]);
                match dice.roll(4) {
                    0 => (one.into(), Box::new(move |full| full.is(a))),
                    1 => (format!("not {one}"), Box::new(move |full| !full.is(a))),
                    2 => (format!("{one} or {other}"), Box::new(move |full| full.is(a) || full.is(b))),
                    _ => (format!("{one} and not {other}"), Box::new(move |full| full.is(a) && !full.is(b))),
                }
            })
            .collect();
        Self { implications, may_not_apply: dice.roll(2) == 0, criteria }
    }

    /// Every child that the implications allow.
    fn children(&self) -> Vec<Full> {
        let kinds = (0..3).map(Some).chain(self.may_not_apply.then_some(None));
        let all = kinds.flat_map(|kind| {
            (0..64u32).map(move |bits| {
                let bit = |index: u32| bits >> index & 1 == 1;
                Full { facts: [bit(0), bit(1), bit(2), bit(3)], kind, enrolled: [bit(4), bit(5)] }
            })
        });
        all.filter(|full| {
            let holds = |(when, then): &(usize, Vec<usize>)| {
                !full.is(*when) || then.iter().any(|literal| full.is(*literal))
            };
            self.implications.iter().all(holds)
        })
        .collect()
    }

    /// What a literal implies, as a list of YAML.
    fn implied(&self, literal: usize) -> String {
        let own = self.implications.iter().filter(|(when, _)| *when == literal);
        let members: Vec<String> = own
            .map(|(_, then)| {
                let words: Vec<&str> = then.iter().map(|literal| LITERALS[*literal]).collect();
                if words.len() == 1 { words[0].into() } else { format!("any of: [{}]", words.join(", ")) }
            })
            .collect();
        format!("[{}]", members.join(", "))
    }

    fn compile(&self) -> (Option<Program>, Vec<carepath::diagnostic::Diagnostic>) {
        let both = |text: &str| format!("{{ en: {text}, es: {text} }}");
        let mut facts = String::new();
        for (index, id) in FACTS.iter().enumerate() {
            let (words, implied) = (both(id), self.implied(index));
            writeln!(
                facts,
                "- {{ id: {id}, type: yes_no, topic: t, name: {words}, question: {words}, yes: {words}, no: {words}, implies: {implied} }}"
            )
            .unwrap();
        }
        write!(
            facts,
            "- id: kind\n  type: choice\n  topic: t\n  name: {0}\n  question: {0}\n  may_not_apply: {1}\n  choices:\n",
            both("kind"),
            self.may_not_apply
        )
        .unwrap();
        for (index, id) in CHOICES.iter().enumerate() {
            let (words, implied) = (both(id), self.implied(index + 4));
            writeln!(facts, "    - {{ id: {id}, implies: {implied}, label: {words} }}").unwrap();
        }
        let mut care = String::from(
            "state OK \"Oklahoma\"\ncontact helpline \"H\" {\n phone \"211\"\n source page\n}\n",
        );
        for (index, (criterion, _)) in self.criteria.iter().enumerate() {
            write!(
                care,
                "program p{index} \"P\" {{\n offers information\n coordinator managed_care\n source page\n eligible when {criterion}\n"
            )
            .unwrap();
            if index < 2 {
                writeln!(care, " receiving when enrolled in p{index}").unwrap();
                for (_, then) in self.implications.iter().filter(|(when, _)| *when == index + 7) {
                    let words: Vec<&str> = then.iter().map(|literal| LITERALS[*literal]).collect();
                    let any_of = if words.len() > 1 { "any of " } else { "" };
                    writeln!(care, " enrolled implies {any_of}{}", words.join(", ")).unwrap();
                }
            }
            care.push_str("}\n");
        }
        care.push_str("route {\n otherwise helpline\n}\n");
        let shared = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/us");
        let mut files: Vec<SourceFile> = ["facts.yaml", "terms.yaml", "sources.yaml", "us.care", "es.yaml"]
            .map(|name| SourceFile {
                path: format!("us/{name}"),
                text: std::fs::read_to_string(shared.join(name)).unwrap(),
            })
            .into();
        let page = "- { id: page, title: T, publisher: P, address: https://example.org }\n".to_owned();
        let spanish = "H: H\nP: P\n".to_owned();
        for (name, text) in
            [("ok.care", care), ("facts.yaml", facts), ("sources.yaml", page), ("es.yaml", spanish)]
        {
            files.push(SourceFile { path: format!("ok/{name}"), text });
        }
        compile(&Sources::new(files), StateCode::parse("OK").unwrap())
    }
}

/// One answer: its field, its value, and which children agree with it.
struct Given {
    field: &'static str,
    value: Raw,
    agrees: Holds,
}

/// Some answers of a random child.
fn answers(dice: &mut Dice, may_not_apply: bool) -> Vec<Given> {
    let text = |text: &str| Raw::Text(text.into());
    let mut given = Vec::new();
    let mut add = |field, value, agrees| given.push(Given { field, value, agrees });
    for (index, field) in FACTS.into_iter().enumerate() {
        match dice.roll(5) {
            0 => {}
            1 => add(field, text("unknown"), Box::new(|_: &Full| true) as Holds),
            2 => add(field, text("yes"), Box::new(move |full: &Full| full.facts[index])),
            _ => add(field, text("no"), Box::new(move |full: &Full| !full.facts[index])),
        }
    }
    match dice.roll(6) {
        0 | 1 => {}
        2 => add("kind", text("unknown"), Box::new(|_: &Full| true)),
        3 if may_not_apply => {
            add("kind", text("not_applicable"), Box::new(|full: &Full| full.kind.is_none()));
        }
        _ => {
            let chosen = dice.roll(3);
            add("kind", text(CHOICES[chosen]), Box::new(move |full: &Full| full.kind == Some(chosen)));
        }
    }
    let yes = |element: &str| (element.to_owned(), Raw::Text("yes".into()));
    match dice.roll(6) {
        0 => add("enrolled", Raw::List(vec![]), Box::new(|full: &Full| full.enrolled == [false, false])),
        1 => add(
            "enrolled",
            Raw::List(vec![text("p0")]),
            Box::new(|full: &Full| full.enrolled == [true, false]),
        ),
        2 => add("enrolled", Raw::Map(vec![yes("p1")]), Box::new(|full: &Full| full.enrolled[1])),
        3 => add("enrolled", text("unknown"), Box::new(|_: &Full| true)),
        _ => {}
    }
    given
}

/// The fewest answered facts that no child agrees with, by the order in which they are asked; the first such.
fn fewest(children: &[Full], order: &[(usize, &Given)]) -> Vec<usize> {
    let mut best: Option<Vec<usize>> = None;
    for chosen in 1..1u32 << order.len() {
        let picked: Vec<_> = (0..order.len()).filter(|bit| chosen >> bit & 1 == 1).collect();
        if children.iter().any(|full| picked.iter().all(|bit| (order[*bit].1.agrees)(full))) {
            continue;
        }
        let facts: Vec<usize> = picked.iter().map(|bit| order[*bit].0).collect();
        if best.as_ref().is_none_or(|best| (facts.len(), &facts) < (best.len(), best)) {
            best = Some(facts);
        }
    }
    best.unwrap_or_default()
}

#[test]
fn implications_equal_brute_force() {
    let (mut refused, mut contradictions, mut decided) = (0, 0, 0);
    let day = Date::parse("2026-06-01").unwrap();
    for seed in 0..RULES {
        let mut dice = Dice::new(seed);
        let rules = Rules::random(&mut dice);
        let children = rules.children();
        let impossible =
            rules.implications.iter().any(|(when, _)| !children.iter().any(|full| full.is(*when)));
        let (program, found) = rules.compile();
        // Exactly what can never be so is refused at check.
        assert_eq!(impossible, found.iter().any(|found| found.code == Code::Circle), "{seed}: {found:#?}");
        let Some(program) = program else {
            assert!(impossible, "{seed}: {found:#?}");
            refused += 1;
            continue;
        };
        let screener = Screener::new(program);
        let program = screener.program();
        for _ in 0..CHILDREN {
            let given = answers(&mut dice, rules.may_not_apply);
            let raw = Raw::Map(given.iter().map(|one| (one.field.to_owned(), one.value.clone())).collect());
            let agreeing: Vec<&Full> =
                children.iter().filter(|full| given.iter().all(|one| (one.agrees)(full))).collect();
            let read = read(program, &raw, day).unwrap();
            if let Err(conflict) = Child::new(program, &read, day) {
                contradictions += 1;
                assert!(agreeing.is_empty(), "{seed}: {raw:?}");
                let mut order: Vec<(usize, &Given)> =
                    given.iter().map(|one| (program.fact(one.field).unwrap(), one)).collect();
                order.sort_by_key(|(fact, _)| *fact);
                assert_eq!(conflict.facts, fewest(&children, &order), "{seed}: {raw:?}");
                continue;
            }
            assert!(!agreeing.is_empty(), "{seed}: {raw:?} is a contradiction");
            let result = screener.screen(&raw, day, Lang::En, Detail::Family).unwrap();
            for (index, (criterion, holds)) in rules.criteria.iter().enumerate() {
                decided += 1;
                let met = agreeing.iter().filter(|full| holds(full)).count();
                let expected = match met {
                    0 => "ineligible",
                    _ if met == agreeing.len() => "eligible",
                    _ => "undetermined",
                };
                let found = result.programs.iter().find(|shown| shown.id == format!("p{index}")).unwrap();
                assert_eq!(found.decision, expected, "{seed}: {criterion} of {raw:?}");
            }
        }
    }
    assert!(refused > 5 && contradictions > 100 && decided > 2_000, "{refused} {contradictions} {decided}");
}
