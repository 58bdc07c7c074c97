//! The shipped rules: every jurisdiction is there, every state checks, its scenarios hold and see everything, nobody is left
//! without a contact, and nothing is found in them as a whole that is not declared.

#![cfg(feature = "language")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::panic,
    reason = "tests"
)]

mod random;

use carepath::analysis::{Rules, analyze};
use carepath::bundle::Bundle;
use carepath::child::Raw;
use carepath::compile::{compile_declared, states};
use carepath::reading::hard_to_read;
use carepath::scenarios::{Coverage, Scenario, run, scenarios};
use carepath::screen::{Detail, Screener};
use carepath::source::{SourceFile, Sources};
use carepath::value::{Date, Lang, StateCode};
use carepath::vocabulary::DOLLAR;
use random::{Dice, Full, Reply, full_child, reply};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

/// The programs of the seventeen jurisdictions that the overview of care coordination names. Other people's pages and scripts
/// name them: a state may have more, and none of these is renamed.
const PROGRAMS: [(&str, &[&str]); 17] = [
    ("AR", &["passe", "cchcp"]),
    ("CT", &["cmhi"]),
    ("IL", &["dscc_core", "connect_care", "home_care"]),
    ("IN", &["about_special_kids", "cshcs"]),
    ("KS", &["shcn", "sek_pilot"]),
    ("KY", &["ocshcn"]),
    ("LA", &["resource_center", "academic_clinics", "families_helping_families", "cshs"]),
    ("MA", &["mdph_care_coordination", "pediatric_aco", "aco", "cares"]),
    ("ME", &["partners_in_care_coordination"]),
    ("MN", &["community_of_practice"]),
    ("MS", &["cares_2", "cyshcn"]),
    ("NC", &["cmarc", "tailored_care_management"]),
    ("NH", &["bfcs", "complex_care_network", "sms"]),
    ("NM", &["cms"]),
    ("OR", &["cdrc", "cacoon"]),
    ("PR", &["birth_defects_follow_up"]),
    ("TN", &["chant", "css", "katie_beckett_a", "katie_beckett_b"]),
];

/// How many statements each folder of rules has, and of how many facts they were made.
///
/// The facts are what was found of a state before its rules were written, each with its source and how sure it is, or as not
/// found: what the overview, the state's pages and its law say of its programs, its levels of Medicaid and CHIP where the
/// federal table was seen, and each pair of sources that differ. Every fact is a statement at least, used by a criterion or
/// with the reason why none uses it; many say two things, or two readings of one. A statement that is added or taken away is
/// counted here, so that none is lost unseen.
const STATEMENTS: [(&str, usize, usize); 18] = [
    // folder, facts, statements
    ("ar", 25, 39),
    ("ct", 10, 17),
    ("il", 17, 37),
    ("in", 16, 34),
    ("ks", 10, 28),
    ("ky", 10, 19),
    ("la", 12, 34),
    ("ma", 12, 23),
    ("me", 10, 16),
    ("mn", 8, 18),
    ("ms", 9, 17),
    ("nc", 12, 34),
    ("nh", 9, 26),
    ("nm", 12, 23),
    ("or", 7, 19),
    ("pr", 8, 13),
    ("tn", 10, 32),
    ("us", 30, 32),
];

/// So many scenarios has each state at least, and so many have all.
const SCENARIOS: [usize; 2] = [8, 200];

/// A shipped state.
struct State {
    code: &'static str,
    screener: Screener,
    rules: Rules,
    scenarios: Vec<Scenario>,
}

static SOURCES: LazyLock<Sources> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let mut files = Vec::new();
    for state in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir())
    {
        let name = state.file_name().unwrap().to_string_lossy().into_owned();
        for path in fs::read_dir(&state).unwrap().map(|entry| entry.unwrap().path()) {
            let file = path.file_name().unwrap().to_string_lossy().into_owned();
            files.push(SourceFile {
                path: format!("{name}/{file}"),
                text: fs::read_to_string(&path).unwrap(),
            });
        }
    }
    Sources::new(files)
});

static SHIPPED: LazyLock<Vec<State>> = LazyLock::new(|| {
    let (states, strange) = states(&SOURCES);
    assert!(strange.is_empty(), "folders of no state: {strange:?}");
    states.into_iter().map(shipped).collect()
});

fn shipped(state: StateCode) -> State {
    let (compiled, diagnostics) = compile_declared(&SOURCES, state);
    assert!(diagnostics.is_empty(), "{}: {diagnostics:#?}", state.code());
    let (program, declaring) = compiled.unwrap();
    let (scenarios, mistakes) = scenarios(&SOURCES, &program);
    assert!(mistakes.is_empty(), "{}: {mistakes:#?}", state.code());
    let rules = Rules::new(program.clone(), declaring);
    State { code: state.code(), screener: Screener::new(program), rules, scenarios }
}

/// The day on which the rules are looked at, where no scenario names one.
fn day() -> Date {
    Date::parse("2026-06-01").unwrap()
}

#[test]
fn every_jurisdiction_is_there_with_its_programs() {
    for (code, programs) in PROGRAMS {
        let state = SHIPPED.iter().find(|state| state.code == code);
        let state = state.unwrap_or_else(|| panic!("there are no rules of {code}"));
        for id in programs {
            assert!(state.screener.program().pathway(id).is_some(), "{code} has no program `{id}`");
        }
    }
}

#[test]
fn no_statement_is_lost() {
    let mut there = BTreeMap::new();
    for (_, file) in SOURCES.iter() {
        if let Some(folder) = file.path.strip_suffix("/statements.yaml") {
            let statements: Vec<serde_yaml::Value> = serde_yaml::from_str(&file.text).unwrap();
            there.insert(folder, statements.len());
        }
    }
    let kept: BTreeMap<&str, usize> = STATEMENTS.iter().map(|(folder, _, count)| (*folder, *count)).collect();
    assert_eq!(there, kept, "rules (left) and table (right): is what is missing told elsewhere?");
    for (folder, facts, statements) in STATEMENTS {
        assert!(statements >= facts, "{folder}: {facts} facts were found, and {statements} are stated");
    }
}

#[test]
fn families_can_read_every_text() {
    for state in &*SHIPPED {
        let hard = hard_to_read(&SOURCES, state.screener.program());
        assert!(hard.is_empty(), "{}: {hard:#?}", state.code);
    }
}

#[test]
fn every_rule_file_has_the_one_layout() {
    for (id, file) in SOURCES.iter().filter(|(_, file)| file.path.ends_with(".care")) {
        let formatted = carepath::syntax::format(id, &file.text).unwrap();
        assert!(formatted == file.text, "{}: run `carepath fmt`", file.path);
    }
}

/// What is not reviewed says so, in every language; and the Spanish apart.
#[test]
fn who_reviewed_it_is_told_of_every_state() {
    for State { code, screener, .. } in &*SHIPPED {
        let status = screener.about().status;
        let (rules, spanish) = (&screener.program().review, &screener.program().spanish_review);
        assert_eq!(status.en.starts_with("Draft from public sources."), rules.is_none(), "{code}");
        assert_eq!(status.es.starts_with("Borrador"), rules.is_none(), "{code}");
        assert_eq!(status.es.contains("Nadie ha revisado el texto en español."), spanish.is_none());
    }
    let told = include_bytes!("bundles/format_2/bundle.carepath");
    let reviewed = Screener::of(Bundle::read(told).unwrap()).about().status;
    assert_eq!(reviewed.en, "Reviewed by Ana Ruiz, an agency of the tests, 2026-05-01.");
    assert_eq!(
        reviewed.es,
        "Revisado por Ana Ruiz, an agency of the tests, 2026-05-01. \
         Texto en español revisado por Luis Vega, an agency of the tests, 2026-05-08."
    );
}

#[test]
fn every_scenario_holds() {
    for State { code, screener, scenarios, .. } in &*SHIPPED {
        assert!(scenarios.len() >= SCENARIOS[0], "{code} has {} scenarios", scenarios.len());
        for scenario in scenarios {
            let differences = run(screener, scenario);
            assert!(differences.is_empty(), "{code}, {}: {differences:#?}", scenario.name);
        }
    }
    let all: usize = SHIPPED.iter().map(|state| state.scenarios.len()).sum();
    assert!(all >= SCENARIOS[1], "there are {all} scenarios in all");
}

/// Each is seen met and not met, those left to an agency in review too.
#[test]
fn the_scenarios_see_every_criterion_decide_both_ways() {
    for State { code, screener, scenarios, .. } in &*SHIPPED {
        let mut coverage = Coverage::new(screener.program());
        for scenario in scenarios {
            coverage.add(screener, &scenario.answers, scenario.as_of);
        }
        let uncovered: Vec<String> = coverage
            .uncovered(screener)
            .into_iter()
            // What is always met, or never, nobody can see; that it is meant to be so is declared.
            .filter(|one| one.can_be)
            .map(|one| {
                let file = &screener.program().files[one.at.file as usize];
                format!("{file}:{}: never seen: {}", one.at.line, one.never.as_str())
            })
            .collect();
        assert!(uncovered.is_empty(), "{code}: {uncovered:#?}");
    }
}

/// What a scenario's file says beside what it does.
#[derive(Deserialize)]
struct Told {
    name: String,
    #[serde(default)]
    tests: Vec<String>,
    answers: BTreeMap<String, serde_yaml::Value>,
    expect: BTreeMap<String, serde_yaml::Value>,
}

impl Told {
    /// Whether it is about the way through the questions and the route, on which no source has a say: nothing is known,
    /// answers contradict each other, what a child receives leads, or nothing does.
    fn is_about_the_flow(&self) -> bool {
        let unknown = |answer: &serde_yaml::Value| answer.as_str() == Some("unknown");
        let routed = |status: &serde_yaml::Value| matches!(status.as_str(), Some("receiving" | "fallback"));
        self.answers.values().all(unknown)
            || self.expect.contains_key("conflict")
            || self.expect.get("status").is_some_and(routed)
    }
}

/// That the statements named are there is a mistake that `check` finds.
#[test]
fn every_scenario_names_the_statements_it_tests() {
    for state in &*SHIPPED {
        let file = format!("{}/scenarios.yaml", state.code.to_lowercase());
        let told: Vec<Told> = serde_yaml::from_str(&SOURCES.at(&file).unwrap().1.text).unwrap();
        assert_eq!(told.len(), state.scenarios.len(), "{file}");
        for scenario in told {
            let named = !scenario.tests.is_empty() || scenario.is_about_the_flow();
            assert!(named, "{file}: {}: name the statements that it tests", scenario.name);
        }
    }
}

#[test]
fn nothing_is_found_in_a_state_as_a_whole_that_is_not_declared() {
    for State { code, rules, .. } in &*SHIPPED {
        let found = analyze(rules, day(), &[]).unwrap();
        let found = found.into_iter().filter(|finding| finding.declared.is_none());
        let told: Vec<String> = found.map(|one| format!("{}: {}", one.kind.as_str(), one.text)).collect();
        assert!(told.is_empty(), "{code}: {told:#?}");
    }
}

#[test]
fn any_answer_may_become_i_dont_know_and_somebody_is_still_named() {
    for State { code, screener, scenarios, .. } in &*SHIPPED {
        for scenario in scenarios {
            let Raw::Map(entries) = &scenario.answers else { panic!("answers are fields") };
            for index in 0..entries.len() {
                let mut answers = entries.clone();
                answers[index].1 = Raw::Text("unknown".into());
                // Answers that contradict each other may still do so.
                if let Ok(result) =
                    screener.screen(&Raw::Map(answers), scenario.as_of, Lang::Es, Detail::Staff)
                {
                    let first = result.lead.contact_first.expect("somebody to call");
                    let program = result.programs.iter().find(|program| program.id == first);
                    let contact = program.expect("it is listed").contact.as_ref().expect("it has a contact");
                    assert!(contact.phone.is_some() || contact.url.is_some(), "{code}: {first}");
                }
            }
        }
    }
}

#[test]
fn an_answer_never_overturns_what_was_sure() {
    for State { code, screener, scenarios, .. } in &*SHIPPED {
        for scenario in scenarios {
            let Raw::Map(entries) = &scenario.answers else { panic!("answers are fields") };
            let at = |answers: &[(String, Raw)]| {
                screener.screen(&Raw::Map(answers.to_vec()), scenario.as_of, Lang::En, Detail::Family).ok()
            };
            for known in 0..entries.len() {
                let (Some(before), Some(after)) = (at(&entries[..known]), at(&entries[..=known])) else {
                    continue;
                };
                for (before, after) in before.programs.iter().zip(&after.programs) {
                    if before.decision != "undetermined" {
                        assert_eq!(
                            before.decision, after.decision,
                            "{code}: {} in {}",
                            before.id, scenario.name
                        );
                    }
                }
                if let ("receiving" | "eligible" | "fallback", Some(lead)) =
                    (before.lead.status, &before.lead.program)
                {
                    assert_eq!(Some(lead), after.lead.program.as_ref(), "{code}: {}", scenario.name);
                }
            }
        }
    }
}

#[test]
fn the_order_of_answers_does_not_matter() {
    for State { screener, scenarios, .. } in &*SHIPPED {
        for scenario in scenarios {
            let Raw::Map(entries) = &scenario.answers else { panic!("answers are fields") };
            let mut reversed = entries.clone();
            reversed.reverse();
            let of = |entries: Vec<(String, Raw)>| {
                let result = screener.screen(&Raw::Map(entries), scenario.as_of, Lang::En, Detail::Family);
                result.map(|result| serde_json::to_string(&result).unwrap())
            };
            assert_eq!(of(entries.clone()), of(reversed), "{}", scenario.name);
        }
    }
}

/// Families that know all, most, half or nothing of what they are asked.
#[test]
fn an_interview_ends_and_keeps_its_promise() {
    for state in &*SHIPPED {
        let mut dice = Dice::new(1);
        for family in [0, 1, 3, 6].repeat(8) {
            let child = full_child(&mut dice, state.screener.program(), day());
            interview(&mut dice, state, &child, |dice| match dice.roll(6) {
                roll if roll < family => Reply::Unknown,
                5 if family > 0 => Reply::Part,
                _ => Reply::Whole,
            });
        }
    }
}

fn interview(
    dice: &mut Dice,
    State { code, screener, .. }: &State,
    child: &BTreeMap<usize, Full>,
    how: impl Fn(&mut Dice) -> Reply,
) {
    let mut said: Vec<(String, Raw)> = Vec::new();
    let mut asked: BTreeSet<(String, String)> = BTreeSet::new();
    let mut most = usize::MAX;
    loop {
        let result = screener.screen(&Raw::Map(said.clone()), day(), Lang::En, Detail::Family);
        let result = result.unwrap_or_else(|refusal| panic!("{code}: {said:?}: {refusal}"));
        assert_eq!(result.settled, result.next.is_none(), "{code}: {said:?}");
        let left = result.remaining.at_least..=result.remaining.at_most;
        assert!(*left.end() <= most, "{code}: more questions than promised: {said:?}");
        let Some(next) = result.next else { return };
        assert!(*left.start() >= 1 && !left.is_empty(), "{code}: {left:?} questions left: {said:?}");
        // A second question of the same fact is about what the first left open.
        let before =
            said.iter().find(|(fact, _)| *fact == next.fact).map(|(_, answer)| format!("{answer:?}"));
        let again = !asked.insert((next.fact.clone(), before.unwrap_or_default()));
        assert!(!again, "{code}: {} is asked again: {said:?}", next.fact);
        // Only where a question offers ranges can a number be told in part.
        let how = match how(dice) {
            Reply::Part if next.kind == "number" && next.unit != Some("years") => Reply::Whole,
            how => how,
        };
        said = reply(dice, screener.program(), child, &said, &next.fact, how);
        most = left.end() - 1;
    }
}

#[test]
fn every_text_is_there_in_both_languages() {
    for State { code, screener, .. } in &*SHIPPED {
        let each = screener.questions(Lang::En).into_iter().zip(screener.questions(Lang::Es));
        for ((english, spanish), fact) in each.zip(&screener.program().facts) {
            let what = format!("{code}: {}", fact.id);
            assert_eq!([&english.fact, &spanish.fact], [&fact.id; 2]);
            assert!(!spanish.question.is_empty() && !english.question.is_empty(), "{what}");
            assert_ne!(spanish.question, english.question, "{what}");
            assert_eq!(spanish.help.is_some(), english.help.is_some(), "{what}");
        }
    }
}

/// The guidelines of a year, in dollars a year, for so many people each.
fn guideline(state: &str, year: i64, people: std::ops::RangeInclusive<i64>) -> Vec<i64> {
    let (program, _) = compile(&SOURCES, StateCode::parse(state).unwrap());
    let program = program.unwrap();
    let guideline = program.guidelines.iter().find(|guideline| guideline.year == year).unwrap();
    people.map(|people| guideline.share(100 * 100, people) / DOLLAR).collect()
}

#[test]
fn the_guidelines_of_2026_are_those_of_the_notice() {
    let contiguous = [15_960, 21_640, 27_320, 33_000, 38_680, 44_360, 50_040, 55_720];
    assert_eq!(guideline("OH", 2026, 1..=8), contiguous);
    assert_eq!(guideline("DC", 2026, 1..=8), contiguous);
    assert_eq!(guideline("AK", 2026, 1..=2), [19_950, 27_050]);
    assert_eq!(guideline("HI", 2026, 1..=2), [18_360, 24_890]);
    assert_eq!(guideline("AR", 2024, 1..=2), [15_060, 20_440]);
    assert_eq!(guideline("AR", 2025, 1..=1), [15_650]);
}

/// Indiana's published limits of 2023 for its program, 250 percent of that year's guidelines for 1 to 9 people.
#[test]
fn the_limits_of_indiana_in_2023_come_out_to_the_dollar() {
    let limits = [36_450, 49_300, 62_150, 75_000, 87_850, 100_700, 113_550, 126_400, 139_250];
    let rules = "state IN \"Indiana\"\npoverty year 2023 from 2023-01-01\nprogram a \"A\" {\n offers care_coordination\n \
                 coordinator title_v_staff\n source poverty_figures\n eligible when household_income at most 250% of poverty\n}\n\
                 route {\n lead first of a\n otherwise insure_kids_now\n}\n";
    let mut files: Vec<SourceFile> = SOURCES
        .iter()
        .filter(|(_, file)| file.path.starts_with("us/"))
        .map(|(_, file)| file.clone())
        .collect();
    files.push(SourceFile { path: "in/in.care".into(), text: rules.into() });
    files.push(SourceFile { path: "in/es.yaml".into(), text: "A: A\n".into() });
    let (program, diagnostics) = compile(&Sources::new(files), StateCode::parse("IN").unwrap());
    let screener = Screener::new(program.unwrap_or_else(|| panic!("{diagnostics:#?}")));
    let day = Date::parse("2023-06-01").unwrap();
    for (people, limit) in (1..).zip(limits) {
        for (income, expected) in [(limit, "eligible"), (limit + 1, "ineligible")] {
            let given = [("household_size", people), ("household_income", income)];
            let answers = Raw::Map(given.map(|(fact, number)| (fact.to_owned(), Raw::Whole(number))).into());
            let result = screener.screen(&answers, day, Lang::En, Detail::Family).unwrap();
            assert_eq!(result.programs[0].decision, expected, "{income} dollars for {people}");
        }
    }
}
