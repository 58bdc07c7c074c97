//! The shipped rules: every state checks, its scenarios hold, and nobody is left without a contact.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::panic,
    reason = "tests"
)]

use carepath::child::Raw;
use carepath::compile::{compile, states};
use carepath::scenarios::{run, scenarios};
use carepath::screen::{Detail, Screener};
use carepath::source::{SourceFile, Sources};
use carepath::value::{Date, Lang, StateCode};
use carepath::vocabulary::DOLLAR;
use std::fs;
use std::path::Path;

fn shipped() -> Sources {
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
}

fn screeners() -> Vec<(StateCode, Screener, Sources)> {
    let sources = shipped();
    let (states, strange) = states(&sources);
    assert!(strange.is_empty(), "folders of no state: {strange:?}");
    assert!(states.len() >= 2);
    states
        .into_iter()
        .map(|state| {
            let (program, diagnostics) = compile(&sources, state);
            assert!(diagnostics.is_empty(), "{}: {diagnostics:#?}", state.code());
            (state, Screener::new(program.unwrap()), sources.clone())
        })
        .collect()
}

#[test]
fn every_rule_file_has_the_one_layout() {
    for (id, file) in shipped().iter().filter(|(_, file)| file.path.ends_with(".care")) {
        let formatted = carepath::syntax::format(id, &file.text).unwrap();
        assert!(formatted == file.text, "{}: run `carepath fmt`", file.path);
    }
}

#[test]
fn every_scenario_holds() {
    for (state, screener, sources) in screeners() {
        let (scenarios, mistakes) = scenarios(&sources, screener.program());
        assert!(mistakes.is_empty(), "{mistakes:#?}");
        assert!(scenarios.len() >= 8, "{} has {} scenarios", state.code(), scenarios.len());
        for scenario in scenarios {
            let differences = run(&screener, &scenario);
            assert!(differences.is_empty(), "{}, {}: {differences:#?}", state.code(), scenario.name);
        }
    }
}

#[test]
fn any_answer_may_become_i_dont_know_and_somebody_is_still_named() {
    for (state, screener, sources) in screeners() {
        for scenario in scenarios(&sources, screener.program()).0 {
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
                    assert!(contact.phone.is_some() || contact.url.is_some(), "{}: {first}", state.code());
                }
            }
        }
    }
}

#[test]
fn an_answer_never_overturns_what_was_sure() {
    for (state, screener, sources) in screeners() {
        for scenario in scenarios(&sources, screener.program()).0 {
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
                            before.decision,
                            after.decision,
                            "{}: {} in {}",
                            state.code(),
                            before.id,
                            scenario.name
                        );
                    }
                }
                if let ("receiving" | "eligible" | "fallback", Some(lead)) =
                    (before.lead.status, &before.lead.program)
                {
                    assert_eq!(
                        Some(lead),
                        after.lead.program.as_ref(),
                        "{}: {}",
                        state.code(),
                        scenario.name
                    );
                }
            }
        }
    }
}

#[test]
fn the_order_of_answers_does_not_matter() {
    for (_, screener, sources) in screeners() {
        for scenario in scenarios(&sources, screener.program()).0 {
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

#[test]
fn an_interview_ends_and_keeps_its_promise() {
    for (state, screener, _) in screeners() {
        let day = carepath::value::Date::parse("2026-06-01").unwrap();
        for reply in ["yes", "no", "unknown"] {
            let mut answers: Vec<(String, Raw)> = Vec::new();
            let mut most = usize::MAX;
            loop {
                let result =
                    screener.screen(&Raw::Map(answers.clone()), day, Lang::En, Detail::Family).unwrap();
                assert_eq!(result.settled, result.next.is_none());
                assert!(result.remaining.at_most <= most, "{}: more questions than promised", state.code());
                let Some(next) = result.next else { break };
                assert!(result.remaining.at_most >= 1 && result.remaining.at_least >= 1);
                assert!(answers.iter().all(|(fact, _)| *fact != next.fact), "{} is asked again", next.fact);
                let value = match (next.kind, reply) {
                    (_, "unknown") | ("yes_no", _) => Raw::Text(reply.into()),
                    ("month", _) => Raw::Text("2016-01".into()),
                    ("date", _) => Raw::Text("2016-01-15".into()),
                    ("set" | "codes", _) => Raw::List(Vec::new()),
                    ("number", _) => Raw::Whole(next.min.unwrap().at(0).unwrap()),
                    (kind, _) => panic!("no reply for {kind}"),
                };
                answers.push((next.fact, value));
                most = result.remaining.at_most - 1;
            }
        }
    }
}

#[test]
fn every_text_is_there_in_both_languages() {
    for (state, screener, _) in screeners() {
        let each = screener.questions(Lang::En).into_iter().zip(screener.questions(Lang::Es));
        for ((english, spanish), fact) in each.zip(&screener.program().facts) {
            let what = format!("{}: {}", state.code(), fact.id);
            assert_eq!([&english.fact, &spanish.fact], [&fact.id; 2]);
            assert!(!spanish.question.is_empty() && !english.question.is_empty(), "{what}");
            assert_ne!(spanish.question, english.question, "{what}");
            assert_eq!(spanish.help.is_some(), english.help.is_some(), "{what}");
        }
    }
}

/// The guidelines of a year, in dollars a year, for so many people each.
fn guideline(state: &str, year: i64, people: std::ops::RangeInclusive<i64>) -> Vec<i64> {
    let (program, _) = compile(&shipped(), StateCode::parse(state).unwrap());
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
    let mut files: Vec<SourceFile> = shipped()
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
