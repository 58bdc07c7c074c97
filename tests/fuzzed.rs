//! Every input that a fuzz target once found to break a law, tried again: see `tests/fuzz`.

#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "tests")]

#[path = "fuzz/laws.rs"]
mod laws;

use std::fs;
use std::path::Path;

fn again(target: &str, law: fn(&str)) {
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/found").join(target);
    for input in fs::read_dir(found).into_iter().flatten() {
        let path = input.unwrap().path();
        law(&fs::read_to_string(path).unwrap());
    }
}

#[test]
fn parse() {
    again("parse", laws::parse);
}

#[test]
fn check() {
    again("check", laws::check);
}

#[test]
fn yaml() {
    again("yaml", laws::yaml);
}

#[test]
fn answers() {
    again("answers", laws::answers);
}

#[test]
fn bundle() {
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/found/bundle");
    for input in fs::read_dir(found).into_iter().flatten() {
        laws::bundle(&fs::read(input.unwrap().path()).unwrap());
    }
}

/// The seeds that `./dev fuzz` starts from hold too.
#[test]
fn the_fences_of_the_manual() {
    for folder in ["tests/spec", "grammar/errors"] {
        for page in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap() {
            let text = fs::read_to_string(page.unwrap().path()).unwrap();
            for test in text.split("\n## ") {
                laws::check(test);
                for fence in test.split("```").skip(1).step_by(2) {
                    let (word, inside) = fence.split_once('\n').unwrap_or_default();
                    match word {
                        "care" | "care as written" | "formatted" => laws::parse(inside),
                        "answers" => laws::answers(inside),
                        _ => laws::yaml(fence),
                    }
                }
            }
        }
    }
}
