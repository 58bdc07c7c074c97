//! Another version of random rules: a figure, a line, a list, the route or a text changed, as an author would.

use super::Dice;
use super::rules::RuleSet;
use carepath::compile::compile;
use carepath::program::Program;
use carepath::source::{SourceFile, Sources};
use carepath::value::StateCode;

/// Figures and words, and what another version has instead of them.
const OTHERWISE: [(&str, &str); 22] = [
    ("age under 18", "age under 19"),
    ("age at least 18", "age at least 21"),
    ("age from 3", "age from 2"),
    ("age under 36 months", "age under 30 months"),
    ("until the end of the birthday month", ""),
    ("on the last June 15", "on the last March 15"),
    ("150%", "175%"),
    ("at least 4", "at least 5"),
    ("at most 5", "at most 3"),
    ("counting 1 more", "counting 2 more"),
    ("add 2 for each", "add 3 for each"),
    ("any of {", "all of {"),
    ("at least 1 of {", "at least 2 of {"),
    ("care_coordination, service_plan", "care_coordination"),
    ("any care_coordination received", "any service_plan received"),
    ("financing title_v", "financing medicaid"),
    ("financing medicaid when", "financing title_v when"),
    (" or fact_", " and fact_"),
    (
        "ordered: true\n  choices:\n",
        "ordered: true\n  choices:\n    - { id: violet, label: { en: v, es: v } }\n",
    ),
    ("max: 9\n", "max: 11\n"),
    ("Agency 0", "Agency 1"),
    ("since 2024-02-29", "since 2026-06-02"),
];

/// Lists, and what another version has in them.
const LISTED: [(&str, &str); 5] = [
    ("{ code: E84, name: { en: a, es: a } }, { code: Q21.0", "{ code: Q21.0"),
    ("code: Q20-Q24", "code: Q20-Q21"),
    ("code: G40", "code: J45"),
    ("status: illustrative", "status: quoted"),
    ("places: [Desha, Lee]", "places: [Desha, Polk]"),
];

/// What only reads otherwise.
const WORDS: [(&str, &str); 4] = [
    ("program p0 \"P0\"", "program p0 \"The first\""),
    ("phone \"211\"", "phone \"311\""),
    ("question: { en: fact_0 question", "question: { en: Another question"),
    ("publisher: P,", "publisher: Q,"),
];

/// Lines of a program that another version does without, by how they begin.
const LEFT_OUT: [&str; 12] = [
    "defers to",
    "supplements",
    "within",
    "financing",
    "since",
    "until",
    "receiving when",
    "enrolled implies",
    "audience",
    "unless",
    "alongside",
    "implies:",
];

/// A changed version of some rules, and what it comes to: every one compiles. Nothing where none that was tried does.
pub(crate) fn changed(dice: &mut Dice, rules: &RuleSet) -> Option<(Vec<SourceFile>, Program)> {
    let changes = 1 + dice.roll(3);
    another(dice, rules, |dice, files| (0..changes).for_each(|_| change(dice, files)))
}

/// A version of some rules that only reads otherwise.
pub(crate) fn reworded(dice: &mut Dice, rules: &RuleSet) -> Option<(Vec<SourceFile>, Program)> {
    another(dice, rules, |dice, files| replace(dice, files, &WORDS))
}

fn another(
    dice: &mut Dice,
    rules: &RuleSet,
    change: impl Fn(&mut Dice, &mut [SourceFile]),
) -> Option<(Vec<SourceFile>, Program)> {
    for _ in 0..20 {
        let mut files = rules.files.clone();
        change(dice, &mut files);
        if files.iter().zip(&rules.files).all(|(new, old)| new.text == old.text) {
            continue;
        }
        let spanish = files.iter_mut().find(|file| file.path == "ok/es.yaml").unwrap();
        spanish.text.push_str("The first: El primero\n");
        let (program, _) = compile(&Sources::new(files.clone()), StateCode::parse("OK").unwrap());
        if let Some(program) = program {
            return Some((files, program));
        }
    }
    None
}

fn change(dice: &mut Dice, files: &mut [SourceFile]) {
    match dice.roll(9) {
        0..=2 => replace(dice, files, &OTHERWISE),
        8 => replace(dice, files, &LISTED),
        3 => leave_out(dice, files),
        4 => lines(dice, files),
        5 => order(dice, files),
        6 => program_out(dice, files),
        _ => add(dice, files),
    }
}

/// Puts one of several texts in the place of another, where it stands.
fn replace(dice: &mut Dice, files: &mut [SourceFile], texts: &[(&str, &str)]) {
    let mut order: Vec<usize> = (0..texts.len()).collect();
    dice.shuffle(&mut order);
    for (from, to) in order.into_iter().map(|index| texts[index]) {
        for file in files.iter_mut() {
            let found: Vec<usize> = file.text.match_indices(from).map(|(at, _)| at).collect();
            if !found.is_empty() {
                let at = found[dice.roll(found.len())];
                file.text.replace_range(at..at + from.len(), to);
                return;
            }
        }
    }
}

/// Leaves out a line of a kind.
fn leave_out(dice: &mut Dice, files: &mut [SourceFile]) {
    let kind = dice.pick(&LEFT_OUT);
    let lines = |file: &SourceFile| -> Vec<usize> {
        let all = file.text.lines().enumerate();
        all.filter(|(_, line)| line.trim_start().starts_with(kind)).map(|(at, _)| at).collect()
    };
    for file in files {
        let found = lines(file);
        if !found.is_empty() {
            without(file, found[dice.roll(found.len())]);
            return;
        }
    }
}

/// Leaves out a criterion, or turns it around.
fn lines(dice: &mut Dice, files: &mut [SourceFile]) {
    let file = rule_file(files);
    let criterion = |line: &str| line.starts_with("  ") && !line.contains(['{', '}']);
    let found: Vec<usize> =
        file.text.lines().enumerate().filter(|(_, line)| criterion(line)).map(|(at, _)| at).collect();
    if found.is_empty() {
        return;
    }
    let at = found[dice.roll(found.len())];
    if dice.one_in(2) {
        without(file, at);
    } else {
        let turned = |(number, line): (usize, &str)| match line.trim().strip_prefix("not ") {
            Some(rest) if number == at => format!("  {rest}\n"),
            None if number == at => format!("  not ({})\n", line.trim()),
            _ => format!("{line}\n"),
        };
        file.text = file.text.lines().enumerate().map(turned).collect();
    }
}

/// Names those who can lead, or who complement, in another order.
fn order(dice: &mut Dice, files: &mut [SourceFile]) {
    let file = rule_file(files);
    let start = dice.pick(&[" lead first of ", " alongside "]);
    let turned = |line: &str| match line.strip_prefix(start) {
        Some(names) => {
            let mut names: Vec<&str> = names.split(", ").collect();
            names.rotate_left(1);
            format!("{start}{}\n", names.join(", "))
        }
        None => format!("{line}\n"),
    };
    file.text = file.text.lines().map(turned).collect();
}

/// Leaves out a program, and its name in the route.
fn program_out(dice: &mut Dice, files: &mut [SourceFile]) {
    let file = rule_file(files);
    let starts: Vec<usize> = file.text.match_indices("\nprogram p").map(|(at, _)| at + 1).collect();
    if starts.len() < 2 {
        return;
    }
    let at = starts[dice.roll(starts.len())];
    let id: String = file.text[at + 8..].chars().take_while(|letter| *letter != ' ').collect();
    let Some(length) = file.text[at..].find("\n}\n") else { return };
    file.text.replace_range(at..at + length + 3, "");
    let named = |line: &str| {
        let route = [" lead first of ", " alongside "].into_iter().find(|start| line.starts_with(*start));
        let Some(start) = route else { return format!("{line}\n") };
        let left: Vec<&str> = line[start.len()..].split(", ").filter(|name| *name != id).collect();
        if left.is_empty() { String::new() } else { format!("{start}{}\n", left.join(", ")) }
    };
    file.text = file.text.lines().map(named).collect();
}

/// Adds something to a program or to a fact.
fn add(dice: &mut Dice, files: &mut [SourceFile]) {
    let texts = [
        (" offers ", " since 2026-06-02\n offers "),
        (" offers ", " until 2026-06-15\n offers "),
        (
            " coordinator managed_care\n",
            " coordinator managed_care\n defers to any care_coordination received\n",
        ),
        (" coordinator managed_care\n", " coordinator managed_care\n audience professionals\n"),
        (" coordinator managed_care\n", " coordinator managed_care\n receiving when fact_0\n"),
        (
            " coordinator managed_care\n",
            " coordinator managed_care\n financing medicaid when fact_1, otherwise title_v\n",
        ),
        (" eligible when all of {\n", " eligible when all of {\n  fact_0\n"),
        (" eligible when all of {\n", " eligible when all of {\n  fact_1 until 2026-06-15\n"),
        (" eligible when all of {\n", " eligible when all of {\n  not fact_1 since 2025-03-01\n"),
        (" eligible when all of {\n", " eligible when all of {\n  decided by \"Agency 1\": \"judgment 1\"\n"),
        ("- id: fact_1\n", "- id: fact_1\n  implies: [fact_0]\n"),
        ("- id: fact_0\n", "- id: fact_0\n  may_not_apply: true\n"),
        (" otherwise helpline\n", " otherwise families\n"),
    ];
    let (from, to) = texts[dice.roll(texts.len())];
    replace(dice, files, &[(from, to)]);
}

fn rule_file(files: &mut [SourceFile]) -> &mut SourceFile {
    files.iter_mut().find(|file| file.path == "ok/ok.care").unwrap()
}

fn without(file: &mut SourceFile, at: usize) {
    let left = file.text.lines().enumerate().filter(|(number, _)| *number != at);
    file.text = left.map(|(_, line)| format!("{line}\n")).collect();
}
