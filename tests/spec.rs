//! The runner of `tests/spec/*.md` and of the pages of `grammar/errors`: see `tests/README.md` for how a test reads.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods, reason = "tests")]

use carepath::analysis::{self, Rules, analyze, tell};
use carepath::child::Raw;
use carepath::compile::{Compiled, compile_declared, compile_whole, decided_apart, uncited};
use carepath::diagnostic::{Code, Diagnostic};
use carepath::icd;
use carepath::program::{Program, listing};
use carepath::reading::{hard_to_read, parents_only, three_wordings};
use carepath::scenarios::scenarios;
use carepath::screen::{Detail, Screener, Screening, WhyResult};
use carepath::source::{FileId, SourceFile, Sources};
use carepath::syntax::format;
use carepath::value::{By, Date, Lang, StateCode};
use carepath::vocabulary::Literal;
use libtest_mimic::{Arguments, Failed, Trial};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// One fence: its word, its text, and where the text stands in the file.
#[derive(Debug, Clone)]
struct Fence {
    word: String,
    text: String,
    range: std::ops::Range<usize>,
}

fn main() {
    let arguments = Arguments::from_args();
    let mut files: Vec<PathBuf> = Vec::new();
    for folder in ["grammar/errors", "tests/spec"] {
        let folder = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap();
        files.extend(folder.map(|entry| entry.unwrap().path()));
    }
    files.retain(|file| file.extension().is_some_and(|extension| extension == "md"));
    files.sort();
    if env::var("UPDATE").is_ok() {
        files.iter().for_each(|file| update(file));
    }
    let mut trials = vec![Trial::test("each kind of mistake has its page, and each page its kind", pages)];
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let stem = file.file_stem().unwrap().to_string_lossy().into_owned();
        if file.starts_with(errors()) {
            let (code, text) = (stem.clone(), text.clone());
            trials.push(Trial::test(format!("{stem}: is shown, and is mended"), move || page(&code, &text)));
        }
        for (heading, fences) in tests(&text) {
            trials.push(Trial::test(format!("{stem}: {heading}"), move || check(&fences)));
        }
    }
    libtest_mimic::run(&arguments, trials).exit();
}

/// The folder with a page for each kind of mistake.
fn errors() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("grammar/errors")
}

/// Kinds of mistakes that no rule text can show; `tests/command_line/explain.rs` shows them.
const NO_EXAMPLE: [Code; 4] = [Code::NotText, Code::TooLarge, Code::TooTangled, Code::UnexpectedFile];

fn pages() -> Result<(), Failed> {
    let written =
        fs::read_dir(errors()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut written: Vec<String> = written.collect();
    let mut wanted: Vec<String> = Code::ALL.iter().map(|code| format!("{}.md", code.as_str())).collect();
    written.sort();
    wanted.sort();
    if written == wanted { Ok(()) } else { Err(format!("pages {written:?}\nkinds {wanted:?}").into()) }
}

/// A page names its kind of mistake, says what it is in one line, shows it, and shows it mended.
fn page(code: &str, text: &str) -> Result<(), Failed> {
    let mut lines = text.lines();
    let head = [lines.next(), lines.next(), lines.next(), lines.next()].map(Option::unwrap_or_default);
    if head[0] != format!("# {code}") || !head[1].is_empty() || !head[2].ends_with('.') || !head[3].is_empty()
    {
        return Err("a page starts with its title, and a line that says what the mistake is".into());
    }
    let no_example = NO_EXAMPLE.iter().any(|known| known.as_str() == code);
    if no_example {
        let says_so = text.contains("No example can stand here");
        return if says_so { Ok(()) } else { Err("this page does not say why it has no example".into()) };
    }
    let findings: Vec<String> = tests(text)
        .into_iter()
        .flat_map(|(_, fences)| fences)
        .filter(|fence| fence.word == "findings")
        .map(|fence| fence.text)
        .collect();
    let shown = format!(" {code}: ");
    if !findings.iter().any(|found| found.lines().any(|line| !line.starts_with(' ') && line.contains(&shown)))
    {
        return Err("no test of this page shows its mistake".into());
    }
    if findings.last().is_none_or(|last| !last.is_empty()) {
        return Err("the last test of this page does not show how the mistake is mended".into());
    }
    Ok(())
}

/// The tests of a file: each `##` heading that has fences below it.
fn tests(text: &str) -> Vec<(String, Vec<Fence>)> {
    let mut tests: Vec<(String, Vec<Fence>)> = Vec::new();
    let mut open: Option<(String, usize)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end();
        match &open {
            Some((word, start)) if bare == "```" => {
                let fence =
                    Fence { word: word.clone(), text: text[*start..at].to_owned(), range: *start..at };
                tests.last_mut().expect("a fence stands below a heading").1.push(fence);
                open = None;
            }
            Some(_) => {}
            None if bare.starts_with("## ") => tests.push((bare[3..].to_owned(), Vec::new())),
            None if bare.starts_with("```") => open = Some((bare[3..].to_owned(), at + line.len())),
            None => {}
        }
        at += line.len();
    }
    assert!(open.is_none(), "a fence is not closed");
    tests.retain(|(_, fences)| !fences.is_empty());
    tests
}

/// Every message says what to write instead.
fn has_help(findings: &str) -> Result<(), Failed> {
    let mut lines = findings.lines().peekable();
    while let Some(line) = lines.next() {
        let helped = |next: &&str| next.starts_with("  help: ") && next.len() > "  help: ".len();
        if lines.next_if(helped).is_none() {
            return Err(format!("this does not say what to write instead: {line}").into());
        }
    }
    Ok(())
}

fn check(fences: &[Fence]) -> Result<(), Failed> {
    let mut expectations = 0;
    for (index, fence) in fences.iter().enumerate() {
        if let Some(found) = outcome(fences, index) {
            expectations += 1;
            if found.trim_end() != fence.text.trim_end() {
                let message = format!("\n--- expected {}\n{}\n--- found\n{found}", fence.word, fence.text);
                return Err(message.into());
            }
            if fence.word == "findings" {
                has_help(&found)?;
            }
        }
    }
    if expectations == 0 { Err("this test expects nothing".into()) } else { Ok(()) }
}

fn update(file: &Path) {
    let mut text = fs::read_to_string(file).unwrap();
    let all: Vec<Vec<Fence>> = tests(&text).into_iter().map(|(_, fences)| fences).collect();
    for fences in all.iter().rev() {
        for (index, fence) in fences.iter().enumerate().rev() {
            if let Some(found) = outcome(fences, index) {
                let found = if found.is_empty() { found } else { format!("{}\n", found.trim_end()) };
                text.replace_range(fence.range.clone(), &found);
            }
        }
    }
    fs::write(file, text).unwrap();
}

/// What comes out where a fence expects something; nothing for a fence that is input.
fn outcome(fences: &[Fence], index: usize) -> Option<String> {
    let state = StateCode::parse("OK").unwrap();
    let sources = sources(fences);
    let Compiled { program, mut codes, mut diagnostics } = compile_whole(&sources, state);
    let program = program.map(|(program, _)| program);
    if let Some(program) = &program {
        diagnostics.extend(decided_apart(&sources, program));
        // Most tests are about something else, and state nothing that could be cited.
        if fences.iter().any(|fence| fence.word == "statements" && !fence.text.is_empty()) {
            diagnostics.extend(uncited(program));
        }
        diagnostics.extend(three_wordings(&sources, program));
        diagnostics.extend(hard_to_read(&sources, program));
        // What all states share is no test's own.
        let own = |found: &Diagnostic| sources.file(found.span.file).path.starts_with("ok/");
        diagnostics.extend(parents_only(&sources, program).into_iter().filter(own));
        let (scenarios, found) = scenarios(&sources, program);
        diagnostics.extend(found);
        codes.extend(scenarios.into_iter().flat_map(|scenario| scenario.codes));
    }
    diagnostics.extend(codes.iter().filter_map(icd::mistake));
    match fences[index].word.as_str() {
        "findings" => {
            let mut out = String::new();
            for found in diagnostics {
                let (start, end) = (sources.start(found.span), sources.end(found.span));
                let file = &sources.file(found.span.file).path;
                let file = if file == "ok/test.care" { String::new() } else { format!("{file} ") };
                let end = if start.line == end.line {
                    end.column.to_string()
                } else {
                    format!("{}:{}", end.line, end.column)
                };
                let severity = found.severity().as_str();
                writeln!(
                    out,
                    "{file}{}:{}-{end} {severity} {}: {}",
                    start.line,
                    start.column,
                    found.code.as_str(),
                    found.message
                )
                .unwrap();
                if let Some(help) = found.help {
                    writeln!(out, "  help: {help}").unwrap();
                }
            }
            Some(out)
        }
        "nodes" => Some(match program {
            Some(program) => {
                listing(&program).lines().filter(|line| line.starts_with('n')).collect::<Vec<_>>().join("\n")
            }
            None => "the rules have errors".into(),
        }),
        "weights" => Some(match program {
            Some(program) => weights(&program, fences),
            None => "the rules have errors".into(),
        }),
        "formatted" => {
            let written = fences[..index].iter().rev().find(|fence| fence.word == "care")?;
            // A file with mistakes keeps the layout it has; `findings` says which they are.
            Some(format(FileId(0), &written.text).unwrap_or_else(|_| "the file has mistakes".into()))
        }
        "analyzed" => Some(match compile_declared(&sources, state).0 {
            Some((program, declaring)) => analyzed(&analysis::Rules::new(program, declaring)),
            None => "the rules have errors".into(),
        }),
        "result" => {
            let answers = fences[..index].iter().rev().find(|fence| fence.word == "answers");
            let answers = answers.map_or("", |fence| fence.text.as_str());
            let as_of =
                answers.lines().find_map(|line| line.strip_prefix("# as of ")).unwrap_or("2026-06-01");
            let Some(program) = program else { return Some("the rules have errors".into()) };
            let raw: Raw = serde_yaml::from_str(answers).unwrap_or(Raw::Map(Vec::new()));
            let screener = Screener::new(program);
            let day = Date::parse(as_of.trim()).expect("a day after `# as of`");
            let staff = answers.lines().any(|line| line == "# for staff");
            let detail = if staff { Detail::Staff } else { Detail::Family };
            let by = |line: &str| line.strip_prefix("# answered by ").and_then(By::parse);
            let by = answers.lines().find_map(by).unwrap_or_default();
            Some(match screener.screen(&raw, day, Lang::En, detail) {
                Ok(result) if answers.lines().any(|line| line == "# why") => by.said(&why(&result)),
                Ok(result) => by.said(&told(&result)),
                Err(refusal) => refusal.to_string(),
            })
        }
        _ => None,
    }
}

/// What `carepath analyze` finds on 2026-06-01 and later.
fn analyzed(rules: &Rules) -> String {
    let day = Date::new(2026, 6, 1).unwrap();
    let mut out = String::new();
    for found in analyze(rules, day, &[]).unwrap() {
        let later = if found.as_of == day { String::new() } else { format!(", from {} on", found.as_of) };
        let told = tell(rules, found, str::to_owned);
        let at = told.at.unwrap_or_default();
        let at = at.strip_prefix("ok/test.care:").unwrap_or(&at);
        writeln!(out, "{at} {}{later}: {}", told.kind.as_str(), told.text).unwrap();
        let answers = |child| serde_json::to_string(&child).unwrap();
        if let Some(child) = told.child {
            writeln!(out, "  child: {}", answers(child)).unwrap();
        }
        if let Some(after) = told.after {
            writeln!(out, "  after: {}", answers(after)).unwrap();
        }
        match told.declared {
            Some(why) => writeln!(out, "  intended: {why}").unwrap(),
            None => writeln!(out, "  help: {}", told.kind.help()).unwrap(),
        }
    }
    out
}

/// What orders the questions: of each fact that the test gives or rewords what it costs and how likely it is; and what
/// is usual.
fn weights(program: &Program, fences: &[Fence]) -> String {
    let given = fences.iter().find(|fence| fence.word == "facts").map_or("", |fence| fence.text.as_str());
    let mut out = String::new();
    for fact in &program.facts {
        let named = |key: &str| given.lines().any(|line| line == format!("- {key}: {}", fact.id));
        if !named("id") && !named("reword") {
            continue;
        }
        writeln!(out, "{} burden {} likely {}", fact.id, fact.burden, fact.likely).unwrap();
        for choice in fact.kind.choices() {
            if let Some(likely) = choice.likely {
                writeln!(out, "{} {} likely {likely}", fact.id, choice.id).unwrap();
            }
        }
    }
    for usual in &program.usual {
        let words = [usual.when, usual.then].map(|literal| {
            let fact = &program.facts[literal.fact()];
            match literal {
                Literal::Fact(_) => fact.id.clone(),
                Literal::Choice(_, index) | Literal::Element(_, index) => {
                    format!("{} {}", fact.id, fact.kind.choices()[index].id)
                }
            }
        });
        writeln!(out, "{} usually {}", words[0], words[1]).unwrap();
    }
    out
}

/// The files of a test: the shared rules, what the test gives, and what it need not repeat.
fn sources(fences: &[Fence]) -> Sources {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/us");
    let mut files: Vec<SourceFile> = fs::read_dir(shared)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            SourceFile { path: format!("us/{name}"), text: fs::read_to_string(&path).unwrap() }
        })
        .collect();
    let mut add = |name: &str, text: String| files.push(SourceFile { path: format!("ok/{name}"), text });
    let given = |word: &str| fences.iter().find(|fence| fence.word == word).map(|fence| fence.text.clone());
    let page = "- { id: page, title: A page, publisher: The agency, address: https://example.org }\n";
    add("sources.yaml", page.to_owned() + &given("sources").unwrap_or_default());
    let mut rules = String::new();
    if let Some(written) = given("care as written") {
        add("test.care", written);
    } else if let Some(written) = given("care") {
        let line = |start: &str| written.lines().any(|line| line.starts_with(start));
        if !line("state ") {
            rules.push_str("state OK \"Oklahoma\"\n");
        }
        if !line("route ") {
            rules.push_str("contact helpline \"Helpline\" {\n phone \"211\"\n source page\n}\n");
            let programs: Vec<&str> = written
                .lines()
                .filter_map(|line| line.strip_prefix("program ")?.split_whitespace().next())
                .collect();
            let lead = if programs.is_empty() {
                String::new()
            } else {
                format!("lead first of {}\n", programs.join(", "))
            };
            write!(rules, "route {{\n {lead} otherwise helpline\n}}\n").unwrap();
        }
        add("test.care", written.clone());
        if given("es").is_none() {
            add("es.yaml", spanish(&(written + &rules)));
        }
    }
    if !rules.is_empty() {
        add("base.care", rules);
    }
    if let Some(table) = given("table") {
        add("codes.csv", table);
    }
    for word in ["lists", "facts", "statements", "es", "scenarios"] {
        if let Some(text) = given(word) {
            add(&format!("{word}.yaml"), text);
        }
    }
    Sources::new(files)
}

/// Spanish for every text between quotation marks.
fn spanish(rules: &str) -> String {
    let mut out = String::new();
    let mut seen: Vec<&str> = Vec::new();
    // The name of a state, a section of a source, a number and an address are the same in every language; why something is
    // intended is for staff.
    let same = ["state ", "source ", "phone ", "url ", "intended "];
    // So is the name of a place.
    let place = |line: &str| [" is \"", " is one of \""].iter().any(|words| line.contains(words));
    let own = |line: &&str| !same.iter().any(|word| line.trim_start().starts_with(word)) && !place(line);
    for line in rules.lines().filter(own) {
        for text in line.split('"').skip(1).step_by(2).map(str::trim) {
            if !text.is_empty() && !seen.contains(&text) {
                seen.push(text);
                writeln!(out, "\"{text}\": \"es: {text}\"").unwrap();
            }
        }
    }
    out
}

/// Why each program fits or does not, a criterion a line.
fn why(result: &Screening) -> String {
    fn tree(why: &WhyResult, depth: usize, out: &mut String) {
        writeln!(out, "{}[{}] {}", "  ".repeat(depth), why.state, why.text).unwrap();
        why.parts.iter().for_each(|part| tree(part, depth + 1, out));
    }
    let mut out = String::new();
    for program in &result.programs {
        if let Some(why) = &program.why {
            writeln!(out, "{}", program.id).unwrap();
            tree(why, 1, &mut out);
        }
    }
    out
}

/// The parts of a result that a test is about, a line each.
fn told(result: &Screening) -> String {
    let mut out = String::new();
    let lead = &result.lead;
    writeln!(out, "lead {} {}", lead.program.as_deref().unwrap_or("-"), lead.status).unwrap();
    if !lead.possible.is_empty() {
        writeln!(out, "possible {}", lead.possible.join(", ")).unwrap();
    }
    writeln!(out, "contact first {}", lead.contact_first.as_deref().unwrap_or("-")).unwrap();
    for ask in &lead.ask_about {
        writeln!(out, "ask about {}", ask.program).unwrap();
    }
    for id in &result.alongside {
        writeln!(out, "alongside {id}").unwrap();
    }
    for duplicate in &result.duplicates {
        writeln!(out, "duplicate {} {}", duplicate.program, duplicate.kind).unwrap();
    }
    for program in result.programs.iter().filter(|program| program.kind == "program") {
        write!(out, "{} {}", program.id, program.decision).unwrap();
        if !program.in_force {
            out.push_str(", not in force");
        }
        if program.receiving != "no" {
            write!(out, ", receiving {}", program.receiving).unwrap();
        }
        if !program.missing.is_empty() {
            write!(out, ", missing {}", program.missing.join(", ")).unwrap();
        }
        for review in &program.review {
            write!(out, ", {} decides", review.by).unwrap();
        }
        // Who pays, where that is more than one name that always stands there.
        match &program.payer {
            Some(payer) if program.financing.len() > 1 => write!(out, ", paid by {payer}").unwrap(),
            None if !program.financing.is_empty() => out.push_str(", who pays is not told"),
            _ => {}
        }
        out.push('\n');
        for benefit in &program.benefits {
            write!(out, "  {} {}", benefit.id, benefit.decision).unwrap();
            if !benefit.missing.is_empty() {
                write!(out, ", missing {}", benefit.missing.join(", ")).unwrap();
            }
            for review in &benefit.review {
                write!(out, ", {} decides", review.by).unwrap();
            }
            out.push('\n');
        }
    }
    for program in &result.programs {
        for relation in &program.relations {
            writeln!(out, "{} of {}: {}", relation.kind, program.id, relation.text).unwrap();
        }
        for document in &program.documents {
            writeln!(out, "document of {}: {document}", program.id).unwrap();
        }
        if let Some(renewal) = &program.renewal {
            writeln!(out, "renewal of {}: {renewal}", program.id).unwrap();
        }
        for change in program.changes.iter().filter(|change| change.what == "renews") {
            let by = change.by.as_deref().unwrap_or(&change.on);
            writeln!(out, "{} renews from {} to {by}", program.id, change.on).unwrap();
        }
        for step in &program.steps {
            writeln!(out, "step of {}: {step}", program.id).unwrap();
        }
    }
    writeln!(out, "next {}", result.next.as_ref().map_or("-", |next| next.fact.as_str())).unwrap();
    out
}
