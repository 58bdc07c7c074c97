//! Child programs whose rules no one here wrote, in `tests/programs`: each checks without a finding, its cases come out as
//! they were worked out by hand, and every criterion is seen to decide both ways.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::panic,
    reason = "tests"
)]

use carepath::compile::{compile, decided_apart, states};
use carepath::program::Program;
use carepath::scenarios::{Coverage, Scenario, run, scenarios};
use carepath::screen::Screener;
use carepath::source::{SourceFile, Sources};
use std::fs;
use std::path::{Path, PathBuf};

/// One rules folder: its name, its files, and what they compile to.
struct Folder {
    name: String,
    sources: Sources,
    screener: Screener,
    scenarios: Vec<Scenario>,
}

fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs")
}

/// The paths in a folder, by name.
fn list(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

fn folders() -> Vec<Folder> {
    list(&here()).iter().filter(|path| path.is_dir()).map(|path| folder(path)).collect()
}

fn folder(path: &Path) -> Folder {
    let file = |state: &Path, path: &Path| SourceFile {
        path: format!("{}/{}", name(state), name(path)),
        text: fs::read_to_string(path).unwrap(),
    };
    let files = list(path)
        .iter()
        .flat_map(|state| list(state).iter().map(|path| file(state, path)).collect::<Vec<_>>())
        .collect();
    let sources = Sources::new(files);
    let name = name(path);
    let (found, strange) = states(&sources);
    assert!(
        strange.is_empty() && found.len() == 1,
        "{name} has the rules of one state: {found:?} {strange:?}"
    );
    let (program, diagnostics) = compile(&sources, found[0]);
    assert!(diagnostics.is_empty(), "{name}: {diagnostics:#?}");
    let program = program.unwrap();
    let apart = decided_apart(&sources, &program);
    assert!(apart.is_empty(), "{name}: {apart:#?}");
    let (scenarios, mistakes) = scenarios(&sources, &program);
    assert!(mistakes.is_empty(), "{name}: {mistakes:#?}");
    Folder { name, sources, screener: Screener::new(program), scenarios }
}

#[test]
fn there_are_ten_and_the_readme_names_each() {
    let readme = fs::read_to_string(here().join("README.md")).unwrap();
    let folders = folders();
    assert!(folders.len() >= 10);
    for folder in folders {
        assert!(readme.contains(&format!("| `{}` ", folder.name)), "README.md does not list {}", folder.name);
    }
}

#[test]
fn every_rule_file_has_the_one_layout() {
    for folder in folders() {
        for (id, file) in folder.sources.iter().filter(|(_, file)| file.path.ends_with(".care")) {
            let formatted = carepath::syntax::format(id, &file.text).unwrap();
            assert!(formatted == file.text, "{}/{}: run `carepath fmt`", folder.name, file.path);
        }
    }
}

#[test]
fn every_case_comes_out_as_worked_out_by_hand() {
    let mut wrong = Vec::new();
    for folder in folders() {
        assert!(folder.scenarios.len() >= 6, "{} has few cases", folder.name);
        for scenario in &folder.scenarios {
            for difference in run(&folder.screener, scenario) {
                wrong.push(format!("{}, {}: {difference:?}", folder.name, scenario.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The text of every case, in order.
fn cases(folder: &Folder) -> Vec<String> {
    let file = folder.sources.iter().find(|(_, file)| file.path.ends_with("scenarios.yaml")).unwrap().1;
    file.text.split("\n- name: ").skip(1).map(str::to_owned).collect()
}

#[test]
fn every_case_names_the_statement_it_tests() {
    for folder in folders() {
        let cases = cases(&folder);
        assert_eq!(cases.len(), folder.scenarios.len());
        for case in cases {
            let named = case.lines().any(|line| line.starts_with("  tests: [") && !line.ends_with("[]"));
            assert!(named, "{}: {}", folder.name, case.lines().next().unwrap());
        }
    }
}

#[test]
fn every_criterion_is_seen_to_decide_both_ways() {
    let mut wrong = Vec::new();
    for folder in folders() {
        let program = folder.screener.program();
        let mut coverage = Coverage::new(program);
        for scenario in &folder.scenarios {
            coverage.add(&folder.screener, &scenario.answers, scenario.as_of);
        }
        for uncovered in coverage.uncovered(&folder.screener) {
            wrong.push(format!(
                "{}: {} never {}",
                folder.name,
                place(program, uncovered.at),
                uncovered.never.as_str()
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn place(program: &Program, at: carepath::program::At) -> String {
    format!("{}:{}", program.files[at.file as usize], at.line)
}
