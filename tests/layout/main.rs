//! What the one layout of rule files keeps, on random files and on every rule file there is.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::panic,
    reason = "tests"
)]

mod author;
#[path = "../random/dice.rs"]
mod dice;

use author::{Author, write};
use carepath::source::FileId;
use carepath::syntax::{format, parse};
use dice::Dice;
use std::fs;
use std::path::{Path, PathBuf};

/// How many random files each law is tried on.
const FILES: u64 = 400;

const FILE: FileId = FileId(0);

// ------------------------------------------------------------------ the laws

/// The tree of a text without places.
fn tree(text: &str) -> String {
    let (tree, mistakes) = parse(FILE, text);
    assert!(mistakes.is_empty(), "{mistakes:#?}\n{text}");
    let tree = format!("{tree:?}");
    let mut out = String::new();
    let mut rest = tree.as_str();
    while let Some(at) = rest.find("Span {") {
        out.push_str(&rest[..at]);
        rest = &rest[at + rest[at..].find('}').unwrap()..];
    }
    out + rest
}

/// The comments of a text in their order, each with whether it has a line of its own.
fn comments(text: &str) -> Vec<(bool, String)> {
    let mut found = Vec::new();
    for line in text.split(['\n', '\r']) {
        let mut in_text = false;
        let start = line.char_indices().find(|(_, letter)| {
            in_text ^= *letter == '"';
            *letter == '#' && !in_text
        });
        if let Some((start, _)) = start {
            found.push((line[..start].trim().is_empty(), line[start..].trim_end().to_owned()));
        }
    }
    found
}

fn without_blanks(text: &str) -> String {
    text.chars().filter(|letter| !matches!(letter, ' ' | '\t' | '\n' | '\r')).collect()
}

/// Formats a text, and holds the outcome to every law that needs no second text.
#[track_caller]
fn formatted(text: &str) -> String {
    let out = format(FILE, text).unwrap_or_else(|mistakes| panic!("{mistakes:#?}\n{text}"));
    let both = || format!("--- from\n{text}\n--- to\n{out}");
    assert_eq!(format(FILE, &out).as_ref(), Ok(&out), "twice is not once:\n{}", both());
    assert_eq!(without_blanks(text), without_blanks(&out), "more than blanks has changed:\n{}", both());
    assert_eq!(comments(text), comments(&out), "a comment has moved:\n{}", both());
    assert_eq!(tree(text), tree(&out), "the meaning has changed:\n{}", both());
    assert!(out.is_empty() || out.ends_with('\n') && !out.ends_with("\n\n"), "the end:\n{}", both());
    assert!(!out.starts_with('\n') && !out.contains("\n\n\n") && !out.contains('\r'), "lines:\n{}", both());
    let lines: Vec<&str> = out.lines().collect();
    for (line, next) in lines.iter().zip(lines.iter().skip(1).chain([&"}"])) {
        assert_eq!(*line, line.trim_end_matches([' ', '\t']), "blanks at the end:\n{}", both());
        let at_end = line.is_empty() && next.trim_start().starts_with('}');
        let at_start = next.is_empty() && line.ends_with('{') && comments(line).is_empty();
        assert!(!at_end && !at_start, "a blank line at an end of a block:\n{}", both());
    }
    out
}

#[test]
fn random_files_keep_all_but_their_blanks() {
    let mut longest = 0;
    for seed in 0..FILES {
        let text = write(&Author::file(seed), &mut Dice::new(seed));
        longest = longest.max(formatted(&text).lines().count());
    }
    assert!(longest > 100, "the random files are short: {longest} lines");
}

#[test]
fn there_is_one_layout() {
    for seed in 0..FILES {
        let parts = Author::file(seed);
        let texts = [seed, seed + FILES].map(|seed| write(&parts, &mut Dice::new(seed)));
        let [one, other] = [&texts[0], &texts[1]].map(|text| format(FILE, text).unwrap());
        assert!(one == other, "--- one\n{one}\n--- other\n{other}\n--- from\n{}", texts.join("\n--- and\n"));
    }
}

// ------------------------------------------------------------------ the files there are

fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = open.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The same text with other blanks, and with comments where there were none if so wished.
fn disturbed(text: &str, dice: &mut Dice, comments: bool) -> String {
    let end = dice.pick(&["\n", "\r\n"]);
    let mut out = String::new();
    for (number, line) in text.lines().enumerate() {
        let blanks = dice.roll(12);
        out.push_str(&" ".repeat(blanks));
        let (mut in_text, mut in_comment) = (false, false);
        for letter in line.trim_start().chars() {
            in_text ^= letter == '"';
            in_comment |= letter == '#' && !in_text;
            out.push(letter);
            if letter == ' ' && !in_text && !in_comment {
                out.push_str(dice.pick(&["", " ", "\t"]));
            }
        }
        out.push_str(dice.pick(&["", " ", " \t"]));
        if comments && !in_comment && !line.is_empty() && dice.roll(4) == 0 {
            out.push_str(&format!("# nº {number}"));
        }
        out.push_str(end);
        if comments && dice.roll(4) == 0 {
            out.push_str(&format!("   # after {number}{end}"));
        }
        if line.is_empty() {
            out.push_str(&end.repeat(dice.roll(3)));
        }
    }
    out
}

#[test]
fn a_shipped_file_comes_back_from_other_blanks() {
    let mut dice = Dice::new(1);
    for path in files("rules", "care") {
        let text = fs::read_to_string(&path).unwrap();
        for _ in 0..30 {
            assert_eq!(formatted(&disturbed(&text, &mut dice, false)), text, "{}", path.display());
            formatted(&disturbed(&text, &mut dice, true));
        }
    }
}

/// The rule files in the manual's and the tests' fences: all that the language can say.
#[test]
fn every_rule_in_the_language_tests_keeps_its_meaning() {
    let mut tried = 0;
    let mut dice = Dice::new(2);
    for path in files("tests/spec", "md") {
        let text = fs::read_to_string(&path).unwrap();
        for fence in text.split("\n```care").skip(1) {
            let fence = &fence[fence.find('\n').unwrap() + 1..];
            let fence = &fence[..fence.find("\n```").map_or(0, |end| end + 1)];
            if !parse(FILE, fence).1.is_empty() {
                assert_eq!(format(FILE, fence), Err(parse(FILE, fence).1));
                continue;
            }
            let out = formatted(fence);
            assert_eq!(formatted(&disturbed(fence, &mut dice, false)), out, "{}", path.display());
            formatted(&disturbed(fence, &mut dice, true));
            tried += 1;
        }
    }
    assert!(tried > 60, "{tried} rule files were found");
}

#[test]
fn the_example_of_the_manual_has_the_layout() {
    let manual = Path::new(env!("CARGO_MANIFEST_DIR")).join("grammar/README.md");
    let manual = fs::read_to_string(manual).unwrap();
    let example = manual.split("\n```\n").nth(1).unwrap().to_owned() + "\n";
    assert!(example.contains("program nurse_line"), "{example}");
    assert_eq!(formatted(&example), example);
}
