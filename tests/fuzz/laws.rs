//! What must hold for every text that anybody may hand in: nothing panics, and some things more.
//!
//! The fuzz targets try it on texts that they make up; `tests/fuzzed.rs` on each that was once found to break it.

#![allow(dead_code, reason = "each target takes its own")]

use carepath::bundle::{Bundle, FORMAT};
use carepath::child::Raw;
use carepath::compile::compile;
use carepath::diagnostic::{Diagnostic, has_errors};
use carepath::model::guard;
use carepath::scenarios::{run, scenarios};
use carepath::screen::{Detail, Screener};
use carepath::source::{FileId, SourceFile, Sources};
use carepath::syntax;
use carepath::value::{Date, Lang, StateCode};
use sha2::{Digest as _, Sha256};
use std::sync::LazyLock;

/// What all states share.
const SHARED: [(&str, &str); 5] = [
    ("us/es.yaml", include_str!("../../rules/us/es.yaml")),
    ("us/facts.yaml", include_str!("../../rules/us/facts.yaml")),
    ("us/sources.yaml", include_str!("../../rules/us/sources.yaml")),
    ("us/terms.yaml", include_str!("../../rules/us/terms.yaml")),
    ("us/us.care", include_str!("../../rules/us/us.care")),
];

const ARKANSAS: [(&str, &str); 6] = [
    ("ar/ar.care", include_str!("../../rules/ar/ar.care")),
    ("ar/es.yaml", include_str!("../../rules/ar/es.yaml")),
    ("ar/facts.yaml", include_str!("../../rules/ar/facts.yaml")),
    ("ar/lists.yaml", include_str!("../../rules/ar/lists.yaml")),
    ("ar/sources.yaml", include_str!("../../rules/ar/sources.yaml")),
    ("ar/statements.yaml", include_str!("../../rules/ar/statements.yaml")),
];

/// The YAML files of a state.
const YAML: [&str; 6] = ["facts", "lists", "sources", "statements", "es", "scenarios"];

fn sources(own: impl Iterator<Item = (String, String)>) -> Sources {
    let shared = SHARED.into_iter().map(|(path, text)| (path.to_owned(), text.to_owned()));
    Sources::new(shared.chain(own).map(|(path, text)| SourceFile { path, text }).collect())
}

fn today() -> Date {
    Date::parse("2026-06-01").unwrap()
}

// ------------------------------------------------------------------ the laws

/// Reading a rule file ends, every mistake has a place in it, and laying it out keeps all but its blanks.
pub(crate) fn parse(text: &str) {
    let file = FileId(0);
    let (_, mistakes) = syntax::parse(file, text);
    let sources = Sources::new(vec![SourceFile { path: "ok/ok.care".into(), text: text.into() }]);
    told_at_places(&sources, &mistakes);
    let Ok(laid_out) = syntax::format(file, text) else {
        assert!(!mistakes.is_empty(), "a file without mistakes has a layout");
        return;
    };
    assert!(mistakes.is_empty(), "a file with mistakes has none");
    assert_eq!(tree(text), tree(&laid_out), "the meaning has changed");
    assert_eq!(syntax::format(file, &laid_out).as_ref(), Ok(&laid_out), "twice is not once");
    let letters = |text: &str| text.chars().filter(|c| !" \t\r\n".contains(*c)).collect::<String>();
    assert_eq!(letters(text), letters(&laid_out), "more than blanks has changed");
}

/// A state's folder, written as a spec test writes it: fences named `care`, `facts`, `lists` and so on. It compiles, or
/// its mistakes are told; and a child of whom nothing is known is screened.
pub(crate) fn check(text: &str) {
    let mut own: Vec<(String, String)> = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in text.split_inclusive('\n') {
        match (&mut open, line.trim_end().strip_prefix("```")) {
            (None, Some(word)) => open = Some((word.to_owned(), String::new())),
            (Some(_), Some("")) => own.extend(open.take()),
            (Some((_, text)), _) => text.push_str(line),
            (None, None) => {}
        }
    }
    own.extend(open);
    let mut files: Vec<(String, String)> = Vec::new();
    for (word, text) in &own {
        if YAML.contains(&word.as_str()) {
            files.push((format!("ok/{word}.yaml"), text.clone()));
        }
    }
    let written: Vec<&(String, String)> = own.iter().filter(|(word, _)| word.starts_with("care")).collect();
    files.extend(written.iter().enumerate().map(|(at, (_, text))| (format!("ok/{at}.care"), text.clone())));
    if written.iter().all(|(word, _)| word == "care") {
        add_what_need_not_be_repeated(&mut files);
    }
    compiled(&sources(files.into_iter()));
}

/// What the runner of the spec tests adds: a source, and the state, the route and the Spanish where there are none.
fn add_what_need_not_be_repeated(files: &mut Vec<(String, String)>) {
    let page = "- { id: page, title: A page, publisher: The agency, address: https://example.org }\n";
    match files.iter_mut().find(|(path, _)| path == "ok/sources.yaml") {
        Some((_, text)) => text.insert_str(0, page),
        None => files.push(("ok/sources.yaml".into(), page.into())),
    }
    let care: String =
        files.iter().filter(|(path, _)| path.ends_with(".care")).map(|(_, text)| text.as_str()).collect();
    let has = |start: &str| care.lines().any(|line| line.starts_with(start));
    let mut base = String::new();
    if !has("state ") {
        base.push_str("state OK \"Oklahoma\"\n");
    }
    if !has("route ") {
        let names = care.lines().filter_map(|line| line.strip_prefix("program ")?.split_whitespace().next());
        let lead = names.collect::<Vec<_>>().join(", ");
        let lead = if lead.is_empty() { String::new() } else { format!(" lead first of {lead}\n") };
        base.push_str("contact helpline \"Helpline\" {\n phone \"211\"\n source page\n}\n");
        base.push_str(&format!("route {{\n{lead} otherwise helpline\n}}\n"));
    }
    files.push(("ok/base.care".into(), base));
    if files.iter().all(|(path, _)| path != "ok/es.yaml") {
        let mut spanish: Vec<&str> =
            care.lines().flat_map(|line| line.split('"').skip(1).step_by(2)).map(str::trim).collect();
        spanish.push("Helpline");
        spanish.sort_unstable();
        spanish.dedup();
        let line = |text: &str| format!("\"{text}\": \"es: {text}\"\n");
        let spanish =
            spanish.into_iter().filter(|text| !text.is_empty() && !text.contains('\\')).map(line).collect();
        files.push(("ok/es.yaml".into(), spanish));
    }
}

/// One YAML file of a state: its first line says which.
pub(crate) fn yaml(text: &str) {
    let (name, text) = text.split_once('\n').unwrap_or((text, ""));
    if YAML.contains(&name) {
        compiled(&sources([(format!("ok/{name}.yaml"), text.to_owned())].into_iter()));
    }
}

/// Answers are read and screened, or refused in words.
pub(crate) fn answers(text: &str) {
    static SCREENER: LazyLock<Screener> = LazyLock::new(|| {
        let own = ARKANSAS.into_iter().map(|(path, text)| (path.to_owned(), text.to_owned()));
        let (program, found) = compile(&sources(own), StateCode::parse("AR").unwrap());
        Screener::new(program.unwrap_or_else(|| panic!("{found:#?}")))
    });
    if guard(text).is_err() {
        return;
    }
    let read = [serde_json::from_str::<Raw>(text).ok(), serde_yaml::from_str::<Raw>(text).ok()];
    for answers in read.into_iter().flatten() {
        for lang in Lang::ALL {
            match SCREENER.screen(&answers, today(), lang, Detail::Staff) {
                Ok(result) => {
                    let lead = &result.lead;
                    assert!(lead.contact_first.is_some(), "nobody is left without somebody to call");
                    assert_eq!(
                        result.settled,
                        result.next.is_none(),
                        "settled is when nothing is left to ask"
                    );
                }
                Err(refusal) => assert!(!refusal.to_string().is_empty()),
            }
        }
    }
}

/// Compiled rules under a right hash are refused, or they screen a child without an accident, whatever they say.
pub(crate) fn bundle(body: &[u8]) {
    let head = [b"carepath", &FORMAT.to_le_bytes()[..], &Sha256::digest(body)].concat();
    let Ok(bundle) = Bundle::read(&[&head, body].concat()) else { return };
    let screener = Screener::of(bundle);
    for lang in Lang::ALL {
        let _ = screener.questions(lang);
        if let Err(refusal) = screener.screen(&Raw::Map(Vec::new()), today(), lang, Detail::Staff) {
            assert!(!refusal.to_string().is_empty());
        }
    }
    let _ = screener.about();
}

// ------------------------------------------------------------------ what they share

fn compiled(sources: &Sources) {
    let (program, mut found) = compile(sources, StateCode::parse("OK").unwrap());
    assert_eq!(program.is_none(), has_errors(&found), "rules are there exactly if they have no errors");
    if let Some(program) = program {
        let (scenarios, more) = scenarios(sources, &program);
        found.extend(more);
        let screener = Screener::new(program);
        for scenario in scenarios.iter().take(3) {
            let _ = run(&screener, scenario);
        }
        let nothing = Raw::Map(Vec::new());
        let result = screener.screen(&nothing, today(), Lang::Es, Detail::Staff);
        let result = result.unwrap_or_else(|refusal| panic!("nothing known is no contradiction: {refusal}"));
        assert!(result.lead.contact_first.is_some(), "nobody is left without somebody to call");
    }
    told_at_places(sources, &found);
}

/// Every mistake is told in words and lies inside its file.
fn told_at_places(sources: &Sources, found: &[Diagnostic]) {
    for diagnostic in found {
        let text = &sources.file(diagnostic.span.file).text;
        let (start, end) = (diagnostic.span.start as usize, diagnostic.span.end as usize);
        let marks_the_start = (start, end) == (0, 1) && text.is_empty();
        let inside = start <= end && end <= text.len() && text.is_char_boundary(start);
        assert!(inside || marks_the_start, "{diagnostic:?} lies outside of its file");
        assert!(!diagnostic.message.is_empty() && !diagnostic.message.contains('\n'), "{diagnostic:?}");
        assert!(!diagnostic.message.ends_with('.'), "{diagnostic:?}");
        let helps = diagnostic.help.as_ref().is_some_and(|help| !help.is_empty());
        assert!(helps, "this does not say what to write instead: {diagnostic:?}");
        // Between backticks stand the author's own words.
        let ours: String = diagnostic.message.split('`').step_by(2).collect();
        for jargon in ["EOI", "expected one of", "serde", "Rule::", "deserialize"] {
            assert!(!ours.contains(jargon), "{diagnostic:?}");
        }
    }
}

/// The tree of a text without places.
fn tree(text: &str) -> String {
    let tree = format!("{:?}", syntax::parse(FileId(0), text).0);
    let mut out = String::new();
    let mut rest = tree.as_str();
    while let Some(at) = rest.find("Span {") {
        out.push_str(&rest[..at]);
        rest = rest[at..].split_once('}').map_or("", |(_, rest)| rest);
    }
    out + rest
}
