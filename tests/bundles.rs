//! Bundles: what is written is read again and gives the same results; what was made by any format still gives its past
//! results, byte for byte; and bytes that are not a bundle, or not as it was made, are refused, whatever they are.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::panic,
    reason = "tests"
)]

#[path = "random/mod.rs"]
mod random;
#[path = "benches/shipped.rs"]
mod shipped;

use carepath::bundle::{Bundle, FORMAT, Refused, write};
use carepath::child::Raw;
use carepath::compile::compile;
use carepath::program::listing;
use carepath::screen::{Detail, Screener};
use carepath::source::{SourceFile, Sources};
use carepath::value::{By, Date, Lang, StateCode};
use random::{Dice, Shape, full_child, rule_set};
use sha2::{Digest as _, Sha256};
use shipped::{day, shipped, sources};
use std::fs;
use std::path::Path;

/// Where in a bundle its format begins.
const FORMAT_AT: usize = 8;
/// Where its hash.
const HASH_AT: usize = 10;
/// Where the compiled rules.
const BODY_AT: usize = 42;
/// How many random states are written and read.
const STATES: u64 = 60;
/// How many times a bundle is made otherwise than it was.
const CHANGES: usize = 4_000;
/// How many of the changed ones at least are still bundles: else nothing is tried on them.
const READ: usize = 200;

fn result(screener: &Screener, answers: &Raw, day: Date, detail: Detail) -> String {
    let told = |lang| match screener.screen(answers, day, lang, detail) {
        Ok(screening) => serde_json::to_string_pretty(&screening).unwrap(),
        Err(refusal) => refusal.to_string(),
    };
    Lang::ALL.map(told).join("\n")
}

/// A bundle with another body, under the hash that this body has.
fn sealed(body: &[u8]) -> Vec<u8> {
    let head = [b"carepath", &FORMAT.to_le_bytes()[..], &Sha256::digest(body)].concat();
    [&head, body].concat()
}

#[test]
fn what_is_written_is_read_again() {
    let drawn = (0..STATES).map(|seed| {
        let dice = &mut Dice::new(seed);
        let shape = Shape::small(dice);
        let rules = rule_set(dice, &shape);
        (rules.program, rules.day)
    });
    let mut asked = 0;
    for (program, day) in shipped().into_iter().map(|program| (program, day())).chain(drawn) {
        let bytes = write(&program);
        let bundle = Bundle::read(&bytes).unwrap_or_else(|why| panic!("{}: {why}", listing(&program)));
        assert_eq!(write(&bundle.program), bytes);
        assert_eq!(listing(&bundle.program), listing(&program));
        assert_eq!(bytes[HASH_AT..BODY_AT], Sha256::digest(&bytes[BODY_AT..])[..]);
        let (written, read) = (Screener::new(program), Screener::of(bundle));
        assert_eq!(written.rules(), read.rules());
        for seed in 0..20 {
            let dice = &mut Dice::new(seed);
            let full = full_child(dice, written.program(), day);
            let child = Raw::Map(random::answers(dice, written.program(), &full, day));
            for detail in [Detail::Family, Detail::Staff] {
                assert_eq!(result(&read, &child, day, detail), result(&written, &child, day, detail));
                asked += 1;
            }
        }
    }
    assert!(asked > 2_000, "{asked}");
}

#[test]
fn what_lies_beside_the_rules_is_nothing_of_theirs() {
    let all = sources();
    let own = |file: &SourceFile| ["us/", "ar/"].iter().any(|folder| file.path.starts_with(folder));
    let own = all.iter().map(|(_, file)| file.clone()).filter(own).collect();
    let arkansas = StateCode::parse("AR").unwrap();
    let [beside, alone] = [all, Sources::new(own)].map(|files| write(&compile(&files, arkansas).0.unwrap()));
    assert_eq!(beside, alone);
}

#[test]
fn bundles_of_every_format_give_their_past_results() {
    let (mut replayed, mut worded) = (Vec::new(), Vec::new());
    let bundles = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bundles");
    let mut folders: Vec<_> = fs::read_dir(bundles).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|path| path.is_dir());
    folders.sort();
    for folder in folders {
        let bundle = Bundle::read(&fs::read(folder.join("bundle.carepath")).unwrap()).unwrap();
        let screener = Screener::of(bundle);
        let answers: Raw = serde_json::from_slice(&fs::read(folder.join("answers.json")).unwrap()).unwrap();
        let found = screener.screen(&answers, day(), Lang::Es, Detail::Staff).unwrap();
        let found = serde_json::to_string_pretty(&found).unwrap();
        for (by, name) in [(By::Parent, "result.json"), (By::Oneself, "result_self.json")] {
            // Words of older formats are the same for everybody.
            let Ok(expected) = fs::read_to_string(folder.join(name)) else { continue };
            assert_eq!(by.said(&found), expected.trim_end(), "{}", folder.display());
            worded.push(by);
        }
        replayed.push(folder.file_name().unwrap().to_string_lossy().into_owned());
    }
    let formats: Vec<String> = (1..=FORMAT).map(|format| format!("format_{format}")).collect();
    assert_eq!(replayed, formats, "every format has a bundle in tests/bundles");
    assert_eq!(worded, [By::Parent, By::Parent, By::Parent, By::Oneself]);
}

#[test]
fn a_bundle_cut_off_anywhere_is_refused() {
    let bytes = write(&shipped()[0]);
    for end in (0..bytes.len()).filter(|end| *end < 64 || end % 37 == 0 || end + 64 > bytes.len()) {
        let refused = if end < FORMAT_AT { Refused::NotOne } else { Refused::Damaged };
        assert_eq!(Bundle::read(&bytes[..end]).unwrap_err(), refused, "after {end} bytes");
    }
    assert_eq!(Bundle::read(&[&bytes[..], b"\0"].concat()).unwrap_err(), Refused::Damaged);
}

#[test]
fn a_bundle_with_any_byte_changed_is_refused() {
    let bytes = write(&shipped()[0]);
    for at in (0..bytes.len()).filter(|at| *at < 64 || at % 41 == 0) {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        let read = Bundle::read(&changed);
        match at {
            0..FORMAT_AT => assert_eq!(read.unwrap_err(), Refused::NotOne),
            // Formats 2 and 3 have the same parts: the number of the other one leaves the very rules.
            FORMAT_AT => assert!(read.is_ok_and(|bundle| write(&bundle.program) == bytes)),
            HASH_AT.. => assert_eq!(read.unwrap_err(), Refused::Damaged, "byte {at}"),
            _ => assert!(matches!(read.unwrap_err(), Refused::Newer(_)), "byte {at}"),
        }
    }
}

#[test]
fn a_newer_format_is_told() {
    let mut bytes = write(&shipped()[0]);
    bytes[FORMAT_AT..HASH_AT].copy_from_slice(&(FORMAT + 1).to_le_bytes());
    assert_eq!(Bundle::read(&bytes).unwrap_err(), Refused::Newer(FORMAT + 1));
}

/// Whoever can write a hash can write anything below it: it is refused, or it screens children without an accident.
#[test]
fn a_bundle_that_somebody_made_up_leads_nowhere() {
    let program = &shipped()[0];
    let bytes = write(program);
    let body = &bytes[BODY_AT..];
    let mut read = 0;
    for seed in 0..CHANGES as u64 {
        let dice = &mut Dice::new(seed);
        let mut made_up = body.to_vec();
        for _ in 0..=dice.roll(2) {
            // What is written last are criteria and programs, and few words.
            let at = if dice.one_in(2) {
                dice.roll(body.len())
            } else {
                body.len() - 1 - dice.roll(body.len() / 4)
            };
            made_up[at] = match dice.roll(3) {
                0 => made_up[at].wrapping_add(1),
                1 => dice.roll(4) as u8,
                _ => dice.roll(256) as u8,
            };
        }
        if let Ok(bundle) = Bundle::read(&sealed(&made_up)) {
            read += 1;
            let screener = Screener::of(bundle);
            let full = full_child(dice, program, day());
            let child = Raw::Map(random::answers(dice, program, &full, day()));
            for answers in [Raw::Map(Vec::new()), child] {
                let _ = result(&screener, &answers, day(), Detail::Staff);
            }
        }
    }
    assert!(read >= READ, "{read} of {CHANGES} changed bundles can still be read");
}
