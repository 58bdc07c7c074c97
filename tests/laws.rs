//! The laws of exact reasoning, against brute force over every completion of random answers to random rules.
//!
//! The reference evaluates complete answers criterion by criterion; it shares no code with the diagrams.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::panic,
    reason = "tests"
)]

use carepath::child::{Child, Raw, read};
use carepath::compile::compile;
use carepath::diagram::Diagrams;
use carepath::eval::evaluate;
use carepath::program::{NodeId, NodeKind, Program};
use carepath::screen::{Detail, Screener, Screening};
use carepath::source::{SourceFile, Sources};
use carepath::value::{Date, Lang, Outcome, StateCode};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// How many random rule sets each law is tried on.
const RULES: u64 = 250;
/// How many random children each rule set decides about.
const CHILDREN: usize = 3;

/// A small generator (SplitMix64): the same seed, the same rules, on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % sides as u64) as usize
    }

    fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        from[self.roll(from.len())]
    }
}

/// Answers that a fact can have, complete ones; the facts of the random rules.
fn full_answers(fact: &str) -> Vec<Raw> {
    let text = |text: &str| Raw::Text(text.into());
    match fact {
        // One birth for every side of every age that a rule can name, as of 2026-06-01.
        "birth_date" => ["2025-01-01", "2020-06-02", "2020-06-01", "2008-06-02", "2008-06-01", "1990-01-01"]
            .map(text)
            .into(),
        "assessment_tier" => [1, 2, 3].map(Raw::Whole).into(),
        "enrolled" => {
            vec![
                Raw::List(vec![]),
                Raw::List(vec![text("p0")]),
                Raw::List(vec![text("p1")]),
                Raw::List(vec![text("p0"), text("p1")]),
            ]
        }
        "diagnosis" => {
            // Every set of the kinds of conditions that the two lists tell apart.
            let codes = ["E84", "Q21.0", "Q21.9", "G40"];
            (0..16u32)
                .map(|set| {
                    Raw::List((0..4).filter(|bit| set >> bit & 1 == 1).map(|bit| text(codes[bit])).collect())
                })
                .collect()
        }
        _ => vec![text("yes"), text("no")],
    }
}

const FACTS: [&str; 8] = [
    "birth_date",
    "medicaid",
    "medicaid_eligible",
    "ssi",
    "foster_care",
    "assessment_tier",
    "enrolled",
    "diagnosis",
];

const LISTS: &str = "
- id: narrow
  name: { en: narrow, es: narrow }
  status: quoted
  source: page
  entries: [{ code: E84, name: { en: a, es: a } }, { code: Q21.0, name: { en: b, es: b } }]
- id: wide
  name: { en: wide, es: wide }
  status: quoted
  source: page
  entries: [{ code: Q20-Q24, name: { en: c, es: c } }, { code: G40, name: { en: d, es: d } }]
";

fn criterion(dice: &mut Dice, depth: usize, indent: usize, out: &mut String) {
    let pad = " ".repeat(indent);
    if depth > 0 && dice.roll(3) > 0 {
        let members = 2 + dice.roll(2);
        let head = match dice.roll(5) {
            0 | 1 => "all of".to_owned(),
            2 | 3 => "any of".to_owned(),
            _ => format!("at least {} of", 1 + dice.roll(members)),
        };
        let not = if dice.roll(5) == 0 { "not " } else { "" };
        writeln!(out, "{pad}{not}{head} {{").unwrap();
        for _ in 0..members {
            criterion(dice, depth - 1, indent + 2, out);
        }
        if dice.roll(6) == 0 {
            writeln!(out, "{pad}  unless {}", atom(dice)).unwrap();
        }
        writeln!(out, "{pad}}}").unwrap();
    } else {
        let not = if dice.roll(4) == 0 { "not " } else { "" };
        writeln!(out, "{pad}{not}{}", atom(dice)).unwrap();
    }
}

fn atom(dice: &mut Dice) -> &'static str {
    dice.pick(&[
        "medicaid",
        "medicaid_eligible",
        "ssi",
        "foster_care",
        "shared",
        "age under 18",
        "age at least 18",
        "age at least 6",
        "age from 6 through 17",
        "assessment_tier at least 2",
        "assessment_tier at most 2",
        "enrolled in p0",
        "enrolled in any of p0, p1",
        "any diagnosis in narrow",
        "any diagnosis in wide",
        "no diagnosis in wide",
        "at least 2 diagnoses in narrow",
        "decided by \"A\": \"x\"",
        "decided by \"B\": \"y\"",
    ])
}

fn rules(dice: &mut Dice) -> Program {
    let mut text = String::from(
        "state OK \"Oklahoma\"\ncontact helpline \"Helpline\" {\n phone \"211\"\n source page\n}\n",
    );
    let mut define = String::new();
    criterion(dice, 1, 0, &mut define);
    let define = define.trim_start().to_owned();
    // A definition in terms of itself is a circle.
    writeln!(text, "define shared = {}", define.replace("shared", "ssi").trim_end()).unwrap();
    for program in 0..3 {
        write!(
            text,
            "program p{program} \"P{program}\" {{\n offers care_coordination\n coordinator managed_care\n source page\n defers to any care_coordination received\n eligible when all of {{\n"
        )
        .unwrap();
        criterion(dice, 2, 2, &mut text);
        criterion(dice, 1, 2, &mut text);
        text.push_str(" }\n");
        if program < 2 {
            writeln!(text, " receiving when enrolled in p{program}").unwrap();
        }
        text.push_str("}\n");
    }
    text.push_str("route {\n lead first of p0, p1, p2\n otherwise helpline\n}\n");
    let mut spanish = String::new();
    for word in ["Helpline", "P0", "P1", "P2", "A", "B", "x", "y"] {
        writeln!(spanish, "{word}: {word}").unwrap();
    }
    let shared = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/us");
    let mut files: Vec<SourceFile> = ["facts.yaml", "terms.yaml", "sources.yaml", "us.care", "es.yaml"]
        .map(|name| SourceFile {
            path: format!("us/{name}"),
            text: std::fs::read_to_string(shared.join(name)).unwrap(),
        })
        .into();
    let page = "- { id: page, title: T, publisher: P, address: https://example.org }\n";
    for (name, text) in
        [("ok.care", text.as_str()), ("es.yaml", &spanish), ("lists.yaml", LISTS), ("sources.yaml", page)]
    {
        files.push(SourceFile { path: format!("ok/{name}"), text: text.to_owned() });
    }
    let sources = Sources::new(files);
    let (program, found) = compile(&sources, StateCode::parse("OK").unwrap());
    program.unwrap_or_else(|| panic!("{text}\n{found:#?}"))
}

fn day() -> Date {
    Date::parse("2026-06-01").unwrap()
}

/// Some answers of a random child: each fact given, unknown or not asked yet.
fn child(dice: &mut Dice) -> Vec<(String, Raw)> {
    let mut answers = Vec::new();
    for fact in FACTS {
        let full = full_answers(fact);
        match dice.roll(5) {
            // A family that does not know when the child was born says so to the question of the month.
            0 if fact == "birth_date" => answers.push(("birth_month".into(), Raw::Text("unknown".into()))),
            0 => answers.push((fact.to_owned(), Raw::Text("unknown".into()))),
            1 => {}
            _ => answers.push((fact.to_owned(), full[dice.roll(full.len())].clone())),
        }
    }
    answers
}

/// Every complete set of answers that agrees with a child's and with what is true by definition.
fn completions(program: &Program, given: &[(String, Raw)]) -> Vec<(BTreeMap<String, Raw>, Child)> {
    let mut all: Vec<BTreeMap<String, Raw>> = vec![BTreeMap::new()];
    for fact in FACTS {
        let known = given.iter().find(|(name, value)| name == fact && *value != Raw::Text("unknown".into()));
        let options = known.map_or_else(|| full_answers(fact), |(_, value)| vec![value.clone()]);
        all = all
            .iter()
            .flat_map(|so_far| {
                options.iter().map(move |option| {
                    let mut next = so_far.clone();
                    next.insert(fact.to_owned(), option.clone());
                    next
                })
            })
            .collect();
    }
    all.into_iter()
        .filter_map(|answers| {
            let raw = Raw::Map(answers.clone().into_iter().collect());
            let child = Child::new(program, &read(program, &raw, day()).ok()?, day()).ok()?;
            Some((answers, child))
        })
        .collect()
}

/// Whether a node holds, with the leaves as the reference evaluated them and every judgment decided.
fn holds(
    program: &Program,
    leaves: &[carepath::value::Outcomes],
    judgments: &BTreeMap<String, bool>,
    id: NodeId,
) -> bool {
    let part = |id: &NodeId| holds(program, leaves, judgments, *id);
    match &program.node(id).kind {
        NodeKind::All(parts) => parts.iter().all(part),
        NodeKind::Any(parts) => parts.iter().any(part),
        NodeKind::AtLeast(needed, parts) => parts.iter().filter(|id| part(id)).count() >= *needed as usize,
        NodeKind::Not { node, .. } => !part(node),
        NodeKind::Judgment { question, .. } => judgments[&question.en],
        _ => leaves[id.0 as usize].allows(Outcome::Met),
    }
}

const BOTH: [bool; 2] = [false, true];

/// For each completion: what each program comes to, and who leads: several, best first, where agencies keep it open.
fn reference(program: &Program, child: &Child) -> (Vec<&'static str>, Vec<(String, &'static str)>) {
    let leaves = evaluate(program, child);
    let mut met = vec![BTreeSet::new(); program.pathways.len()];
    let mut leads: Vec<(usize, String, &'static str)> = Vec::new();
    for (x, y) in BOTH.into_iter().flat_map(|x| BOTH.map(|y| (x, y))) {
        let judgments = BTreeMap::from([("x".to_owned(), x), ("y".to_owned(), y)]);
        let mut order: Vec<(String, &'static str)> = Vec::new();
        for pathway in &program.pathways {
            if pathway.receiving.is_some_and(|node| holds(program, &leaves, &judgments, node)) {
                order.push((pathway.id.clone(), "receiving"));
            }
        }
        for (index, pathway) in program.pathways.iter().enumerate() {
            let eligible = holds(program, &leaves, &judgments, pathway.eligible);
            met[index].insert(eligible);
            if eligible {
                order.push((pathway.id.clone(), "eligible"));
            }
        }
        order.push(("helpline".into(), "fallback"));
        let (id, status) = order.remove(0);
        let rank = ["p0", "p1", "p2", "helpline"].iter().position(|known| *known == id).unwrap();
        let rank = if status == "receiving" { rank } else { rank + 10 };
        leads.push((rank, id, status));
    }
    leads.sort();
    leads.dedup();
    let decisions = met
        .iter()
        .map(|met| match (met.contains(&true), met.contains(&false)) {
            (true, false) => "eligible",
            (false, true) => "ineligible",
            _ => "review",
        })
        .collect();
    (decisions, leads.into_iter().map(|(_, id, status)| (id, status)).collect())
}

fn screen(screener: &Screener, answers: &[(String, Raw)]) -> Option<Screening> {
    screener.screen(&Raw::Map(answers.to_vec()), day(), Lang::En, Detail::Family).ok()
}

fn each_case(mut law: impl FnMut(u64, &mut Dice, &Screener, &[(String, Raw)], &Screening)) {
    let mut cases = 0;
    for seed in 0..RULES {
        let mut dice = Dice(seed);
        let screener = Screener::new(rules(&mut dice));
        for _ in 0..CHILDREN {
            let answers = child(&mut dice);
            // Answers that contradict each other are refused, and are another law's.
            if let Some(result) = screen(&screener, &answers) {
                cases += 1;
                law(seed, &mut dice, &screener, &answers, &result);
            }
        }
    }
    assert!(cases > RULES as usize, "only {cases} cases");
}

#[test]
fn decisions_and_leads_equal_brute_force() {
    each_case(|seed, _, screener, answers, result| {
        let program = screener.program();
        let mut decisions: Vec<BTreeSet<&str>> = vec![BTreeSet::new(); program.pathways.len()];
        let mut ways: BTreeSet<Vec<(String, &str)>> = BTreeSet::new();
        for (_, child) in completions(program, answers) {
            let (decided, leads) = reference(program, &child);
            decisions.iter_mut().zip(decided).for_each(|(set, decision)| {
                set.insert(decision);
            });
            ways.insert(leads);
        }
        for (index, set) in decisions.iter().enumerate() {
            let expected = if set.len() == 1 { *set.first().unwrap() } else { "undetermined" };
            assert_eq!(result.programs[index].decision, expected, "seed {seed}, p{index}, {answers:?}");
        }
        let possible: BTreeSet<&str> = ways.iter().flatten().map(|(id, _)| id.as_str()).collect();
        let statuses: BTreeSet<&str> = ways.iter().flatten().map(|(_, status)| *status).collect();
        if possible.len() == 1 {
            assert_eq!(result.lead.program.as_deref(), possible.first().copied(), "seed {seed}, {answers:?}");
        } else {
            let named: BTreeSet<&str> = result.lead.possible.iter().map(String::as_str).collect();
            assert_eq!(named, possible, "seed {seed}, {answers:?}");
        }
        let status = match (possible.len(), statuses.len(), ways.len()) {
            (1, 1, _) => *statuses.first().unwrap(),
            (_, _, 1) => "review",
            _ => "undetermined",
        };
        assert_eq!(result.lead.status, status, "seed {seed}, {answers:?}");
        assert!(result.lead.contact_first.is_some());
    });
}

#[test]
fn missing_settles_and_nothing_of_it_can_be_left_out() {
    each_case(|seed, _, screener, answers, result| {
        let program = screener.program();
        for (index, decided) in result.programs[..program.pathways.len()].iter().enumerate() {
            assert_eq!(decided.missing.is_empty(), decided.decision != "undetermined", "seed {seed}");
            let all = completions(program, answers);
            // Births are answered by their day here, and asked by their month.
            let key =
                |fact: &String| if fact == "birth_month" { "birth_date".to_owned() } else { fact.clone() };
            let settles = |facts: &[String]| {
                let mut seen: BTreeMap<Vec<String>, BTreeSet<&str>> = BTreeMap::new();
                for (answers, child) in &all {
                    let values = facts.iter().map(|fact| format!("{:?}", answers[&key(fact)])).collect();
                    seen.entry(values).or_default().insert(reference(program, child).0[index]);
                }
                seen.values().all(|decisions| decisions.len() == 1)
            };
            assert!(settles(&decided.missing), "seed {seed}, p{index}: {:?}", decided.missing);
            for left_out in 0..decided.missing.len() {
                let mut fewer = decided.missing.clone();
                fewer.remove(left_out);
                assert!(!settles(&fewer), "seed {seed}, p{index}: {:?} is enough", fewer);
            }
        }
    });
}

#[test]
fn a_settled_verdict_is_never_overturned() {
    each_case(|seed, dice, screener, answers, result| {
        let unasked: Vec<&str> = FACTS
            .into_iter()
            .filter(|fact| {
                answers
                    .iter()
                    .all(|(name, _)| name != fact && !(name == "birth_month" && *fact == "birth_date"))
            })
            .collect();
        for fact in unasked {
            let options = full_answers(fact);
            let mut more = answers.to_vec();
            more.push((fact.to_owned(), options[dice.roll(options.len())].clone()));
            let Some(after) = screen(screener, &more) else { continue };
            for (before, after) in result.programs.iter().zip(&after.programs) {
                assert!(
                    before.decision == "undetermined" || before.decision == after.decision,
                    "seed {seed}: {} goes from {} to {}",
                    before.id,
                    before.decision,
                    after.decision
                );
            }
            if result.lead.program.is_some() && result.lead.status != "review" {
                assert_eq!(result.lead.program, after.lead.program, "seed {seed}");
            }
            if result.settled {
                assert!(after.settled, "seed {seed}: asks again after {fact}");
            }
        }
    });
}

#[test]
fn an_interview_asks_nothing_in_vain_and_keeps_its_promise() {
    each_case(|seed, dice, screener, answers, first| {
        let mut answers = answers.to_vec();
        let mut result = first.clone();
        while let Some(next) = result.next.clone() {
            let fact = if next.fact == "birth_month" { "birth_date".to_owned() } else { next.fact.clone() };
            assert!(
                answers.iter().all(|(name, _)| *name != fact && *name != next.fact),
                "seed {seed}: {fact} is asked again"
            );
            // Two answers to it conclude differently, here or once the other questions are answered.
            let open = completions(screener.program(), &answers);
            let decided = |wanted: &dyn Fn(&BTreeMap<String, Raw>) -> bool| -> BTreeSet<_> {
                open.iter()
                    .filter(|(answers, _)| wanted(answers))
                    .map(|(_, child)| reference(screener.program(), child))
                    .collect()
            };
            let everything = decided(&|_| true);
            assert!(everything.len() > 1, "seed {seed}: {fact} is asked, and nothing is open");
            let mut options = full_answers(&fact);
            options.push(Raw::Text("unknown".into()));
            let promised = result.remaining.at_most;
            let answered = loop {
                let option = options.remove(dice.roll(options.len()));
                let mut more = answers.clone();
                let unknown = option == Raw::Text("unknown".into());
                more.push((if unknown { next.fact.clone() } else { fact.clone() }, option));
                if let Some(after) = screen(screener, &more) {
                    break (more, after);
                }
            };
            (answers, result) = answered;
            assert!(result.remaining.at_most < promised, "seed {seed}: {fact}, more questions than promised");
        }
        assert!(result.settled);
        assert_eq!(result.remaining.at_most, 0);
    });
}

#[test]
fn complete_answers_evaluate_as_the_diagram_says() {
    for seed in 0..RULES {
        let mut dice = Dice(seed);
        let program = rules(&mut dice);
        let diagrams = Diagrams::new(&program, Some(day())).unwrap();
        let size = diagrams.sizes(&program).nodes;
        assert!(size < 5_000, "seed {seed}: {size} nodes");
        for _ in 0..CHILDREN {
            let answers: BTreeMap<String, Raw> = FACTS
                .into_iter()
                .map(|fact| {
                    let full = full_answers(fact);
                    (fact.to_owned(), full[dice.roll(full.len())].clone())
                })
                .collect();
            let raw = Raw::Map(answers.into_iter().collect());
            let Ok(child) = Child::new(&program, &read(&program, &raw, day()).unwrap(), day()) else {
                continue;
            };
            let (evaluated, exact) = (evaluate(&program, &child), diagrams.known(&program, &child).slots());
            for (index, node) in program.nodes.iter().enumerate() {
                // Two criteria that need the same judgment may settle each other; only the diagram knows.
                let judged = evaluated[index].allows(Outcome::Agency);
                assert!(judged || evaluated[index] == exact[index], "seed {seed}: {:?}", node.kind);
            }
        }
    }
}
