//! Faults planted into copies of real rules: each is found, by its kind and line, and nothing is found in the rules as they
//! are but what stands beside them.

#![cfg(feature = "language")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "tests"
)]

use carepath::analysis::{Rules, analyze, led_plainly};
use carepath::child::{Answer, Answers, Child, Raw, read as read_answers};
use carepath::compile::compile_declared;
use carepath::eval::evaluate;
use carepath::program::{NodeKind, Program};
use carepath::source::{SourceFile, Sources};
use carepath::value::{CodeEntry, Date, Outcomes, StateCode, Truth};
use carepath::vocabulary::{FactKind, Target, Test};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Folder {
    rules: String,
    file: String,
    #[serde(default)]
    declares: Vec<String>,
    stands: Vec<Place>,
    faults: Vec<Fault>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fault {
    what: String,
    line: String,
    #[serde(default)]
    last: bool,
    becomes: Vec<String>,
    also: Option<Also>,
    /// What is so of the children that are tried, where trying all would take long.
    #[serde(default)]
    child: Option<Raw>,
    found: Place,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Also {
    line: String,
    becomes: Vec<String>,
}

/// A finding, by its kind and its line: the first that starts so, of the file or of a program, or the last.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Place {
    kind: String,
    line: String,
    program: Option<String>,
    #[serde(default)]
    last: bool,
}

impl Place {
    /// The line's number, from 0.
    fn find(&self, text: &str) -> Option<usize> {
        let (lines, start): (Vec<String>, String) = (text.lines().map(words).collect(), words(&self.line));
        let own = |program: &String| {
            let head = format!("program {program} ");
            lines.iter().position(|line| line.starts_with(&head)).unwrap_or(lines.len())
        };
        let begins = self.program.as_ref().map_or(0, own);
        let mut found = (begins..lines.len()).filter(|line| lines[*line].starts_with(&start));
        if self.last { found.next_back() } else { found.next() }
    }
}

const DAY: &str = "2026-11-22";

#[test]
fn each_planted_fault_is_found_by_its_kind_and_line() {
    let text = fs::read_to_string(root().join("tests/planted/faults.yaml")).unwrap();
    let folders: Vec<Folder> = serde_yaml::from_str(&text).unwrap();
    let mut count = 0;
    let mut wrong: Vec<String> = Vec::new();
    for folder in &folders {
        let sources = read(folder);
        let (as_it_is, original) = copy(folder, &sources, &[]);
        let before = findings(folder, &as_it_is);
        let stands: Vec<(&str, String)> =
            folder.stands.iter().map(|place| (place.kind.as_str(), place.line.clone())).collect();
        for (kind, line, text) in &before {
            let known =
                stands.iter().any(|(known, start)| known == kind && words(line).starts_with(&words(start)));
            if !known {
                wrong.push(format!(
                    "{}: {kind} at `{line}` is found in the rules as they are: {text}",
                    folder.file
                ));
            }
        }
        for fault in &folder.faults {
            count += 1;
            let mut edits = vec![(fault.line.as_str(), fault.last, &fault.becomes)];
            edits.extend(fault.also.iter().map(|also| (also.line.as_str(), false, &also.becomes)));
            let (planted, text) = copy(folder, &sources, &edits);
            if !decides_otherwise(folder, &as_it_is, &planted, fault.child.as_ref()) {
                wrong.push(format!("{}: {}: nobody is decided otherwise", folder.file, fault.what));
            }
            let wanted = fault.found.find(&text);
            let wanted = wanted.unwrap_or_else(|| panic!("{}: no line `{}`", folder.file, fault.found.line));
            let after = placed(folder, &planted);
            let hit = after.iter().any(|(kind, line, text)| {
                *kind == fault.found.kind
                    && *line == wanted + 1
                    && !before.iter().any(|(known, _, told)| known == kind && told == text)
            });
            if !hit {
                wrong.push(format!(
                    "{}: {}: no {} at line {}; found: {:?}",
                    folder.file,
                    fault.what,
                    fault.found.kind,
                    wanted + 1,
                    after.iter().map(|(kind, line, _)| format!("{kind} {line}")).collect::<Vec<_>>()
                ));
            }
        }
        assert!(original.len() > 100);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 33, "only {count} faults are planted");
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn state(folder: &Folder) -> StateCode {
    StateCode::parse(folder.file.split_once('/').unwrap().0).unwrap()
}

/// The shared rules, and those of the state.
fn read(folder: &Folder) -> Vec<SourceFile> {
    let rules = root().join(&folder.rules);
    let mut files = Vec::new();
    for name in ["us", folder.file.split_once('/').unwrap().0] {
        let mut paths: Vec<_> =
            fs::read_dir(rules.join(name)).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        for path in paths {
            let own = path.file_name().unwrap().to_string_lossy().into_owned();
            files
                .push(SourceFile { path: format!("{name}/{own}"), text: fs::read_to_string(&path).unwrap() });
        }
    }
    files
}

/// The words of a line, however the file's columns are laid out.
fn words(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A copy with what is declared and some lines changed, and the text of the changed file.
fn copy(folder: &Folder, files: &[SourceFile], edits: &[(&str, bool, &Vec<String>)]) -> (Sources, String) {
    let mut files = files.to_vec();
    let file = files.iter_mut().find(|file| file.path == folder.file).unwrap();
    let mut lines: Vec<String> = file.text.lines().map(str::to_owned).collect();
    for (line, last, becomes) in edits {
        let mut at = (0..lines.len()).filter(|index| words(&lines[*index]) == words(line));
        let at = if *last { at.next_back() } else { at.next() };
        let at = at.unwrap_or_else(|| panic!("{} has no line `{line}`", folder.file));
        lines.splice(at..=at, becomes.iter().cloned());
    }
    lines.push(String::new());
    lines.extend(folder.declares.iter().cloned());
    let text = lines.join("\n") + "\n";
    file.text.clone_from(&text);
    (Sources::new(files), text)
}

fn rules(folder: &Folder, sources: &Sources) -> Rules {
    let (compiled, diagnostics) = compile_declared(sources, state(folder));
    let told: Vec<String> = diagnostics.iter().map(|found| found.message.clone()).collect();
    let (program, declaring) = compiled.unwrap_or_else(|| panic!("{}: {}", folder.file, told.join("\n")));
    Rules::new(program, declaring)
}

/// What is found and not declared: its kind, its line's number, its sentence.
fn placed(folder: &Folder, sources: &Sources) -> Vec<(&'static str, usize, String)> {
    let found = analyze(&rules(folder, sources), Date::parse(DAY).unwrap(), &[]).unwrap();
    let found = found.into_iter().filter(|finding| finding.declared.is_none());
    found
        .map(|finding| {
            (finding.kind.as_str(), finding.at.map_or(0, |at| at.line as usize), finding.text.clone())
        })
        .collect()
}

/// The same with the line itself.
fn findings(folder: &Folder, sources: &Sources) -> Vec<(&'static str, String, String)> {
    let text = &sources.at(&folder.file).unwrap().1.text;
    let line =
        |number: usize| text.lines().nth(number.saturating_sub(1)).unwrap_or_default().trim().to_owned();
    placed(folder, sources).into_iter().map(|(kind, number, told)| (kind, line(number), told)).collect()
}

/// Whether the plain evaluator decides or leads any of many children otherwise: nothing of the diagrams is read.
fn decides_otherwise(folder: &Folder, old: &Sources, new: &Sources, child: Option<&Raw>) -> bool {
    let [old, new] = [old, new].map(|sources| compile_declared(sources, state(folder)).0.unwrap().0);
    let day = Date::parse(DAY).unwrap();
    let fixed = child.map(|child| read_answers(&old, child, day).unwrap());
    let mut dice = 1u64;
    (0..60_000).any(|_| {
        let mut answers = random(&old, &new, day, &mut dice);
        for (given, fixed) in answers.given.iter_mut().zip(fixed.iter().flat_map(|fixed| &fixed.given)) {
            if fixed.is_some() {
                given.clone_from(fixed);
            }
        }
        let [Ok(a), Ok(b)] = [&old, &new].map(|program| Child::new(program, &answers, day)) else {
            return false;
        };
        shown(&old, &a) != shown(&new, &b)
    })
}

fn shown(program: &Program, child: &Child) -> (Vec<Outcomes>, Option<Target>) {
    let slots = evaluate(program, child);
    let decided = (0..program.pathways.len()).flat_map(|index| program.decided(index).collect::<Vec<_>>());
    (decided.map(|node| slots[node.0 as usize]).collect(), led_plainly(program, child).1)
}

/// A child of whom everything is known, near the edges of what either version asks.
fn random(old: &Program, new: &Program, day: Date, dice: &mut u64) -> Answers {
    let mut roll = |sides: usize| {
        *dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (*dice >> 33) as usize % sides.max(1)
    };
    let mut ages = BTreeSet::new();
    for program in [old, new] {
        for node in &program.nodes {
            if let NodeKind::Test(Test::Age { from, below, .. }) = &node.kind {
                ages.extend(from.iter().chain(below).flat_map(|months| [months.saturating_sub(1), *months]));
            }
        }
    }
    let ages: Vec<u32> = ages.into_iter().collect();
    let given = old.facts.iter().enumerate().map(|(fact, own)| match &own.kind {
        FactKind::YesNo => Some(Answer::YesNo(roll(2) == 1)),
        FactKind::BirthDate if ages.is_empty() => Some(Answer::Date(day.latest_birth(120))),
        FactKind::BirthDate => Some(Answer::Date(day.latest_birth(ages[roll(ages.len())]))),
        FactKind::BirthMonth | FactKind::Age => None,
        FactKind::Choice(choices) => Some(Answer::Choice(roll(choices.len()))),
        FactKind::Set(choices) => {
            let member = |_| Some(if roll(4) == 0 { Truth::Yes } else { Truth::No });
            Some(Answer::Set(choices.iter().map(member).collect()))
        }
        FactKind::Codes => {
            let entries: Vec<_> = old.lists.iter().flat_map(|list| &list.entries).collect();
            let one = entries.get(roll(entries.len() + 1));
            let known = one.map(|entry| match &entry.codes {
                CodeEntry::Below(code) => code.clone(),
                CodeEntry::Categories(from, _) => from.clone(),
            });
            Some(Answer::Codes { known: known.into_iter().collect(), complete: Truth::Yes })
        }
        FactKind::Number { .. } | FactKind::Day | FactKind::AgeAt { .. } => {
            let (min, max) = own.kind.limits().unwrap();
            let mut near: Vec<i64> =
                old.bounds_of(fact).chain(new.bounds_of(fact)).flat_map(|b| [b - 1, b]).collect();
            near.extend((0..150).map(|thousands| thousands * 1_000));
            let number = near[roll(near.len())].clamp(min, max);
            Some(Answer::Number { from: number, to: number, refused: false })
        }
        FactKind::Place(_) => None,
    });
    Answers { given: given.collect() }
}
