//! `carepath` as a person or a script calls it: every command, every exit status, and all the bad input.
//!
//! Each test runs the built program in a process of its own. None may hang, and none may see a panic.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests"
)]

use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

/// Generous: it is there to catch what hangs, not to measure.
const LONGEST: Duration = Duration::from_secs(10);

// ------------------------------------------------------------------ running the program

/// What a run of the program left behind.
struct Ran {
    status: i32,
    out: String,
    err: String,
}

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_carepath"));
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs the program with some text on standard input; fails if it takes too long or panics.
fn fed(arguments: &[&str], input: &str) -> Ran {
    let mut child = program().args(arguments).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    // A program that refuses its input early closes the pipe: that is no failure of the test.
    let writer = thread::spawn(move || drop(stdin.write_all(input.as_bytes())));
    let out = read_all(child.stdout.take().unwrap());
    let err = read_all(child.stderr.take().unwrap());
    let started = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if started.elapsed() > LONGEST {
            child.kill().unwrap();
            child.wait().unwrap();
            panic!("`carepath {}` takes longer than {LONGEST:?}", arguments.join(" "));
        }
        thread::sleep(Duration::from_millis(5));
    };
    writer.join().unwrap();
    let ran = Ran {
        status: status.code().expect("the program ends by itself, not by a signal"),
        out: out.join().unwrap(),
        err: err.join().unwrap(),
    };
    assert!(!ran.err.contains("panicked"), "`carepath {}` panicked:\n{}", arguments.join(" "), ran.err);
    ran
}

fn read_all(mut pipe: impl Read + Send + 'static) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        pipe.read_to_end(&mut bytes).unwrap();
        String::from_utf8(bytes).expect("what is printed is UTF-8")
    })
}

fn run(arguments: &[&str]) -> Ran {
    fed(arguments, "")
}

impl Ran {
    #[track_caller]
    fn ends_with(self, status: i32) -> Self {
        assert_eq!(self.status, status, "standard output:\n{}\nstandard error:\n{}", self.out, self.err);
        self
    }

    #[track_caller]
    fn json(&self) -> Value {
        serde_json::from_str(&self.out)
            .unwrap_or_else(|error| panic!("no JSON ({error}):\n{}\nstandard error:\n{}", self.out, self.err))
    }

    #[track_caller]
    fn says(self, words: &str) -> Self {
        assert!(self.err.contains(words), "`{words}` is not in standard error:\n{}", self.err);
        self
    }

    #[track_caller]
    fn prints(self, words: &str) -> Self {
        assert!(self.out.contains(words), "`{words}` is not in standard output:\n{}", self.out);
        self
    }
}

/// A folder of its own for one test, gone when the test is over.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = env::temp_dir().join(format!("carepath-test-{}-{number}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// A rules folder with the shared rules, and Arkansas's under the code of a state that has none.
    fn with_rules() -> Self {
        let folder = Self::new();
        let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
        for (from, to) in [("us", "us"), ("ar", "ok")] {
            fs::create_dir_all(folder.0.join(to)).unwrap();
            for entry in fs::read_dir(shipped.join(from)).unwrap() {
                let entry = entry.unwrap();
                fs::copy(entry.path(), folder.0.join(to).join(entry.file_name())).unwrap();
            }
        }
        let rules = fs::read_to_string(folder.0.join("ok/ar.care")).unwrap();
        fs::remove_file(folder.0.join("ok/ar.care")).unwrap();
        folder.write("ok/ok.care", rules.replace("state AR \"Arkansas\"", "state OK \"Oklahoma\""));
        folder
    }

    /// A rules folder with the shared rules and one rule file.
    fn with_rule_file(text: impl AsRef<[u8]>) -> Self {
        let folder = Self::with_rules();
        for entry in fs::read_dir(folder.0.join("ok")).unwrap() {
            fs::remove_file(entry.unwrap().path()).unwrap();
        }
        folder.write("ok/ok.care", text);
        folder
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        fs::write(self.0.join(name), text).unwrap();
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

/// Screens a child in Arkansas on a day.
fn arkansas(as_of: &str, answers: &str) -> Value {
    let arguments = ["screen", "--state", "AR", "--as-of", as_of, "--answers", "-", "--format", "json"];
    let ran = fed(&arguments, answers).ends_with(0);
    assert_eq!(ran.err, "", "a fine run has no messages");
    ran.json()
}

fn entry<'r>(result: &'r Value, id: &str) -> &'r Value {
    result["programs"].as_array().unwrap().iter().find(|program| program["id"] == id).unwrap()
}

/// The child of the issue: 10 years old, Medicaid, a listed diagnosis, in no program.
const CHILD: &str = "birth_date: 2016-01-15\nmedicaid: yes\ndiagnosis: [E84.0]\n\
                     behavioral_health_need: no\ndevelopmental_disability: no\n";

// ------------------------------------------------------------------ the shape of JSON

/// Compares a value with a pattern: `"text"`, `"number"`, `"yes or no"`, `"a|b"` for words, a trailing `?` for null,
/// `[pattern]` for a list, and an object for its keys. More keys than the pattern has are fine; fewer are not.
fn shape(at: &str, value: &Value, pattern: &Value) {
    match pattern {
        Value::String(word) => {
            let (word, optional) = word.strip_suffix('?').map_or((word.as_str(), false), |word| (word, true));
            let fits = match (word, value) {
                (_, Value::Null) => optional,
                ("text", Value::String(text)) => !text.is_empty(),
                ("number", Value::Number(number)) => number.is_i64(),
                ("yes or no", Value::Bool(_)) => true,
                ("contact", Value::Object(_)) => {
                    shape(at, value, &contact());
                    true
                }
                ("why", Value::Object(_)) => {
                    shape(at, value, &why());
                    true
                }
                ("ending", Value::Object(_)) => {
                    shape(at, value, &json!({ "date": "text?", "next": "text?" }));
                    true
                }
                (words, Value::String(text)) => words.split('|').any(|word| word == text),
                _ => false,
            };
            assert!(fits, "{at} must be {pattern}, and is {value}");
        }
        Value::Array(patterns) => {
            let list = value.as_array().unwrap_or_else(|| panic!("{at} must be a list, and is {value}"));
            for (index, entry) in list.iter().enumerate() {
                shape(&format!("{at}[{index}]"), entry, &patterns[0]);
            }
        }
        Value::Object(keys) => {
            for (key, pattern) in keys {
                let inner = value.get(key).unwrap_or_else(|| panic!("{at} has no key `{key}`: {value}"));
                shape(&format!("{at}.{key}"), inner, pattern);
            }
        }
        _ => panic!("no pattern: {pattern}"),
    }
}

fn contact() -> Value {
    json!({ "name": "text", "phone": "text?", "hours": "text?", "url": "text?", "confirm": "yes or no" })
}

fn why() -> Value {
    json!({
        "text": "text", "state": "met|not_met|unknown|agency_decides|not_stated", "answer": "text?",
        "source": "text?", "parts": ["why"],
    })
}

/// The result as the contract has it.
fn result_shape(result: &Value) {
    let decision = "eligible|ineligible|review|undetermined";
    shape(
        "result",
        result,
        &json!({
            "format": "number", "state": "text", "as_of": "text", "rules": "text",
            "lead": {
                "status": "receiving|eligible|review|fallback|undetermined", "program": "text?",
                "possible": ["text"], "contact_first": "text",
                "ask_about": [{ "program": "text", "question": "text" }], "ending": "ending?",
            },
            "settled": "yes or no", "open_because": ["dont_know|review"], "alongside": ["text"],
            "duplicates": [{ "program": "text", "kind": "received|not_needed", "because": "text" }],
            "programs": [{
                "id": "text", "kind": "program|contact", "name": "text", "in_force": "yes or no",
                "decision": decision, "receiving": "yes|no|unknown",
                "basis": "official|secondary|illustrative|conflicting|stale",
                "benefits": [{ "id": "text", "decision": decision }],
                "missing": ["text"], "dont_know": ["text"],
                "review": [{ "by": "text", "because": "text", "contact": "contact?" }],
                "coordinator": "text?", "payer": "text?",
                "financing": [{ "payer": "text", "pays_for": "text?", "mechanism": "text?" }],
                "cost_to_family": "free|may_cost|not_stated", "contact": "contact?",
                "sources": [{ "id": "text", "title": "text", "publisher": "text", "date": "text?", "address": "text" }],
                "assumptions": ["text"], "why": "why?",
                "would_change": [[{ "fact": "text", "to": "text" }]],
                "changes": [{ "on": "text", "what": "ends|begins|renews", "then": "text?" }],
            }],
            "remaining": { "at_least": "number", "at_most": "number" },
        }),
    );
    if result.get("next").expect("the key `next` is always there").is_object() {
        shape(
            "result.next",
            &result["next"],
            &json!({
                "fact": "text", "question": "text", "help": "text?",
                "type": "yes_no|date|month|number|range|choice|set|codes", "min": "number?", "max": "number?",
                "choices": [{ "id": "text", "label": "text" }],
            }),
        );
    }
    assert_eq!(result["format"], 1);
    let hash = result["rules"].as_str().unwrap().strip_prefix("sha256:").unwrap();
    assert!(hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()));
    assert_eq!(result["settled"] == true, result["next"].is_null(), "settled is when nothing is left to ask");
    if result["settled"] == false {
        assert_eq!(result["open_because"], json!([]), "`open_because` is filled only when settled");
    }
    let ids: Vec<&Value> = result["programs"].as_array().unwrap().iter().map(|entry| &entry["id"]).collect();
    let named = [&result["lead"]["program"], &result["lead"]["contact_first"]];
    let lists = [&result["lead"]["possible"], &result["alongside"]];
    let named = named.into_iter().chain(lists.into_iter().flat_map(|list| list.as_array().unwrap()));
    for id in named.filter(|id| !id.is_null()) {
        assert!(ids.contains(&id), "{id} stands in no entry of `programs`");
    }
}

// ------------------------------------------------------------------ check

#[test]
fn check_finds_nothing_wrong_with_the_shipped_rules() {
    let ran = run(&["check"]).ends_with(0).prints("no mistakes found");
    assert_eq!(ran.err, "");
    run(&["check", "rules/ar"]).ends_with(0).prints("AR");
    run(&["check", "rules/ma/ma.care"]).ends_with(0).prints("MA");
    run(&["check", "rules"]).ends_with(0);
}

const THREE_MISTAKES: &str = r#"state OK "Oklahoma"

program first "The first" {
    offers       care_coordination
    coordinator  title_v_staff
    source       medicaid_notice
    eligible when all of {
        age up to 21
        medicade
    }
}

contact line "The line" {
    phone  "211"
    source medicaid_notice
}

route {
    lead       first of first
    otherwise  lin
}
"#;

fn three_mistakes() -> Folder {
    let folder = Folder::with_rule_file(THREE_MISTAKES);
    folder.write("ok/es.yaml", "The first: El primero\nThe line: La línea\n");
    folder
}

#[test]
fn check_reports_three_mistakes_each_at_its_place() {
    let folder = three_mistakes();
    let ran = run(&["check", "--rules", &folder.path(""), "--format", "json"]).ends_with(1);
    let found = ran.json();
    assert_eq!(found.as_object().unwrap().keys().collect::<Vec<_>>(), ["findings"]);
    let keys = ["code", "column", "end_column", "file", "help", "line", "message", "severity"];
    let mut places = Vec::new();
    for finding in found["findings"].as_array().unwrap() {
        let mut found: Vec<&String> = finding.as_object().unwrap().keys().collect();
        found.sort();
        assert_eq!(found, keys);
        assert!(finding["file"].as_str().unwrap().ends_with("ok/ok.care"));
        assert_eq!(finding["severity"], "error");
        let place = |key: &str| finding[key].as_u64().unwrap();
        places.push((
            finding["code"].as_str().unwrap().to_owned(),
            place("line"),
            place("column"),
            place("end_column"),
            finding["help"].as_str().unwrap_or_default().to_owned(),
        ));
    }
    let ages =
        "does a child who has turned 21 still qualify? Write `age under 21` if not, `age through 21` if so";
    let expected = [
        ("ambiguous", 8, 9, 21, ages),
        ("unknown-name", 9, 9, 17, "did you mean `medicaid`?"),
        ("unknown-name", 20, 16, 19, "did you mean `line`?"),
    ];
    assert_eq!(places.len(), expected.len());
    for expected in expected {
        let (code, line, column, end, help) = expected;
        assert!(
            places.contains(&(code.to_owned(), line, column, end, help.to_owned())),
            "{expected:?} is not in {places:?}"
        );
    }
}

#[test]
fn check_tells_a_person_the_place_the_words_and_what_to_write() {
    let folder = three_mistakes();
    let ran = run(&["check", &folder.path("ok/ok.care")]).ends_with(1);
    for words in
        ["ok/ok.care:8:9", "ok/ok.care:9:9", "ok/ok.care:20:16", "age up to 21", "did you mean `medicaid`?"]
    {
        assert!(ran.err.contains(words), "`{words}` is not in:\n{}", ran.err);
    }
    ran.prints("3 errors");
}

#[test]
fn check_prints_sarif() {
    let folder = three_mistakes();
    let ran = run(&["check", "--rules", &folder.path(""), "--format", "sarif"]).ends_with(1);
    let found = ran.json();
    shape(
        "sarif",
        &found,
        &json!({
            "$schema": "text", "version": "2.1.0",
            "runs": [{
                "tool": { "driver": { "name": "carepath", "rules": [{ "id": "text" }] } },
                "results": [{
                    "ruleId": "text", "level": "error|warning|note", "message": { "text": "text" },
                    "locations": [{ "physicalLocation": {
                        "artifactLocation": { "uri": "text" },
                        "region": { "startLine": "number", "startColumn": "number", "endColumn": "number" },
                    } }],
                }],
            }],
        }),
    );
    let results = found["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), 3);
    let rules = found["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    for result in results {
        assert!(rules.iter().any(|rule| rule["id"] == result["ruleId"]), "a rule for {}", result["ruleId"]);
    }
    let clean = run(&["check", "--format", "sarif"]).ends_with(0).json();
    assert_eq!(clean["runs"][0]["results"], json!([]));
}

#[test]
fn only_check_prints_sarif() {
    run(&["screen", "--state", "AR", "--format", "sarif"]).ends_with(2).says("SARIF");
}

#[test]
fn warnings_alone_are_no_failure() {
    let folder = Folder::with_rules();
    folder.write("ok/notes.txt", "Remember to call the office.");
    let ran = run(&["check", "--rules", &folder.path(""), "--format", "json"]).ends_with(0);
    let found = ran.json();
    assert_eq!(found["findings"][0]["severity"], "warning");
    assert_eq!(found["findings"][0]["code"], "unexpected-file");
}

#[test]
fn a_mistake_in_one_state_leaves_the_others_usable() {
    let folder = three_mistakes();
    fs::create_dir_all(folder.0.join("tx")).unwrap();
    let rules = "state TX \"Texas\"\ncontact line \"The line\" {\n    phone \"211\"\n    source medicaid_notice\n}\n\
                 route {\n    otherwise line\n}\n";
    folder.write("tx/tx.care", rules);
    folder.write("tx/es.yaml", "The line: La línea\n");
    let path = folder.path("");
    let screen = |state: &str| run(&["screen", "--rules", &path, "--state", state, "--format", "json"]);
    assert_eq!(screen("TX").ends_with(0).json()["lead"]["contact_first"], "line");
    screen("OK").ends_with(1).says("age up to 21").says("carepath check");
}

// ------------------------------------------------------------------ test

#[test]
fn the_shipped_scenarios_hold() {
    let ran = run(&["test", "--format", "json"]).ends_with(0);
    let found = ran.json();
    shape(
        "test",
        &found,
        &json!({
            "scenarios": "number", "failed": "number", "states": ["text"],
            "uncovered": [{ "state": "text", "program": "text", "criterion": "text", "at": "text" }],
        }),
    );
    assert_eq!(found["failed"], 0);
    assert!(found["scenarios"].as_u64().unwrap() > 20);
    assert_eq!(found["states"], json!(["AR", "MA"]));
    let one = run(&["test", "rules/ar", "--format", "json"]).ends_with(0).json();
    assert_eq!(one["states"], json!(["AR"]));
    run(&["test"]).ends_with(0).prints("passed");
}

#[test]
fn a_scenario_that_fails_is_named_with_what_came_out() {
    let folder = Folder::with_rules();
    let rules = fs::read_to_string(folder.0.join("ok/ok.care")).unwrap();
    folder.write("ok/ok.care", rules.replace("age under 21", "age under 23"));
    let path = folder.path("");
    let ran = run(&["test", "--rules", &path]).ends_with(1);
    for words in
        ["The same child on the 21st birthday", "scenarios.yaml:", "expected ineligible, found review"]
    {
        assert!(ran.out.contains(words), "`{words}` is not in:\n{}", ran.out);
    }
    let found = run(&["test", "--rules", &path, "--format", "json"]).ends_with(1).json();
    assert!(found["failed"].as_u64().unwrap() > 0);
}

#[test]
fn scenarios_that_say_nothing_are_mistakes() {
    let folder = Folder::with_rules();
    folder.write("ok/scenarios.yaml", "- name: A child\n  as_of: 2026-06-01\n  answers: { medicaid: yes }\n");
    run(&["test", "--rules", &folder.path("")]).ends_with(1).says("says nothing of what must come out");
}

// ------------------------------------------------------------------ screen: the cases of the issue

#[test]
fn a_ten_year_old_is_routed_to_review_by_cchcp() {
    let result = arkansas("2026-06-01", &format!("{CHILD}enrolled: []\n"));
    assert_eq!(result["lead"]["program"], "cchcp");
    assert_eq!(result["lead"]["status"], "review");
    assert_eq!(result["lead"]["contact_first"], "cchcp");
    assert_eq!(entry(&result, "passe")["decision"], "ineligible");
    let cchcp = entry(&result, "cchcp");
    assert_eq!(cchcp["decision"], "review");
    assert_eq!(cchcp["review"].as_array().unwrap().len(), 1);
    assert_eq!(cchcp["payer"], "Medicaid");
    assert!(cchcp["coordinator"].is_string() && cchcp["contact"]["phone"].is_string());
    assert_eq!(result["settled"], true);
    assert_eq!(result["open_because"], json!(["review"]));
    assert_eq!(result["alongside"], json!(["family_to_family"]));
}

#[test]
fn the_same_child_in_a_passe_is_led_by_it() {
    let result = arkansas("2026-06-01", &format!("{CHILD}enrolled: [passe]\n"));
    assert_eq!(result["lead"]["program"], "passe");
    assert_eq!(result["lead"]["status"], "receiving");
    assert_eq!(result["lead"]["contact_first"], "passe");
    assert_eq!(result["lead"]["ending"]["next"], "cchcp", "its criteria are no longer met");
    assert_eq!(result["duplicates"][0]["program"], "cchcp");
    assert_eq!(result["duplicates"][0]["kind"], "not_needed");
}

#[test]
fn the_same_child_on_the_twenty_first_birthday_is_too_old() {
    let before = arkansas("2037-01-14", &format!("{CHILD}enrolled: []\n"));
    assert_eq!(entry(&before, "cchcp")["decision"], "review");
    let after = arkansas("2037-01-15", &format!("{CHILD}enrolled: []\n"));
    assert_eq!(entry(&after, "cchcp")["decision"], "ineligible");
    assert_eq!(after["lead"]["status"], "fallback");
    assert_eq!(after["lead"]["program"], "dhs_client_line");
}

#[test]
fn medicaid_not_known_is_named_as_missing() {
    let answers = CHILD.replace("medicaid: yes", "medicaid: unknown");
    let result = arkansas("2026-06-01", &format!("{answers}enrolled: []\n"));
    let cchcp = entry(&result, "cchcp");
    assert_eq!(cchcp["decision"], "undetermined");
    assert!(cchcp["missing"].as_array().unwrap().iter().any(|fact| fact == "medicaid_eligible"));
    assert_eq!(result["next"]["fact"], "medicaid_eligible");
    // Once that is not known either, it is told as such and not asked again.
    let result = arkansas("2026-06-01", &format!("{answers}enrolled: []\nmedicaid_eligible: unknown\n"));
    assert_eq!(entry(&result, "cchcp")["dont_know"], json!(["medicaid_eligible"]));
    assert_eq!(result["next"], Value::Null);
    assert!(result["open_because"].as_array().unwrap().contains(&json!("dont_know")));
}

#[test]
fn with_everything_unknown_there_is_still_somebody_to_call() {
    let empty = arkansas("2026-06-01", "");
    let mut unknown = String::new();
    // Every question is answered with *I don't know*, one after the other.
    let mut result = empty;
    for _ in 0..40 {
        let Some(fact) = result["next"]["fact"].as_str() else { break };
        unknown.push_str(&format!("{fact}: unknown\n"));
        result = arkansas("2026-06-01", &unknown);
        result_shape(&result);
    }
    assert_eq!(result["next"], Value::Null, "the questions come to an end");
    assert!(!result["lead"]["contact_first"].as_str().unwrap().is_empty());
    assert_eq!(result["settled"], true);
    assert!(result["open_because"].as_array().unwrap().contains(&json!("dont_know")));
}

#[test]
fn an_interview_never_asks_twice_and_never_asks_in_vain() {
    // Yes to everything, then no to everything: each answer settles its question.
    for word in ["yes", "no"] {
        let (mut answers, mut asked) = (String::new(), Vec::new());
        let mut result = arkansas("2026-06-01", "");
        while let Some(fact) = result["next"]["fact"].as_str() {
            assert!(!asked.contains(&fact.to_owned()), "`{fact}` is asked twice after\n{answers}");
            let value = match result["next"]["type"].as_str().unwrap() {
                "yes_no" => word.to_owned(),
                "month" => "2016-01".to_owned(),
                "date" => "2016-01-15".to_owned(),
                "number" => "2".to_owned(),
                "set" | "codes" => "[]".to_owned(),
                other => panic!("no answer for a question of type {other}"),
            };
            answers.push_str(&format!("{fact}: {value}\n"));
            asked.push(fact.to_owned());
            result = arkansas("2026-06-01", &answers);
            result_shape(&result);
        }
        assert_ne!(result["lead"]["status"], "undetermined", "after\n{answers}");
    }
}

#[test]
fn every_key_of_the_contract_is_there_with_its_type() {
    let children = [
        String::new(),
        format!("{CHILD}enrolled: []\n"),
        format!("{CHILD}enrolled: [passe]\n"),
        format!("{CHILD}enrolled: [passe, cchcp]\n"),
        "birth_month: unknown\nmedicaid: unknown\n".to_owned(),
        "birth_date: 1990-01-01\nmedicaid: no\nmedicaid_eligible: no\nenrolled: []\n".to_owned(),
        "assessment_tier: 2\nbehavioral_health_need: yes\nmedicaid: yes\nenrolled: []\n".to_owned(),
    ];
    for child in &children {
        result_shape(&arkansas("2026-06-01", child));
    }
    for state in ["AR", "MA", "NY"] {
        for lang in ["en", "es"] {
            let arguments =
                ["screen", "--state", state, "--lang", lang, "--detail", "staff", "--format", "json"];
            result_shape(&run(&arguments).ends_with(0).json());
        }
    }
}

#[test]
fn a_routed_contact_stands_among_the_programs() {
    let result = arkansas("2026-06-01", "");
    for id in ["dhs_client_line", "family_to_family"] {
        assert_eq!(entry(&result, id)["kind"], "contact");
        assert_eq!(entry(&result, id)["contact"]["confirm"], true, "call to confirm");
    }
    assert_eq!(entry(&result, "cchcp")["kind"], "program");
}

#[test]
fn the_same_answers_give_the_same_bytes() {
    let arguments =
        ["screen", "--state", "AR", "--as-of", "2026-06-01", "--answers", "-", "--format", "json"];
    let (first, second) = (fed(&arguments, CHILD), fed(&arguments, CHILD));
    assert_eq!(first.out, second.out);
}

#[test]
fn spanish_changes_the_words_and_nothing_else() {
    let child = format!("{CHILD}enrolled: [passe]\n");
    let arguments = |lang| {
        [
            "screen",
            "--state",
            "AR",
            "--as-of",
            "2026-06-01",
            "--lang",
            lang,
            "--answers",
            "-",
            "--format",
            "json",
        ]
    };
    let english = fed(&arguments("en"), &child).ends_with(0).json();
    let spanish = fed(&arguments("es"), &child).ends_with(0).json();
    assert_eq!(entry(&spanish, "cchcp")["name"], "Programa para Niños con Condiciones Crónicas de Salud");
    assert_ne!(english["duplicates"][0]["because"], spanish["duplicates"][0]["because"]);
    for key in ["status", "program", "possible", "contact_first"] {
        assert_eq!(english["lead"][key], spanish["lead"][key]);
    }
    for key in ["rules", "as_of", "alongside", "settled", "remaining"] {
        assert_eq!(english[key], spanish[key]);
    }
    let human = fed(&["screen", "--state", "AR", "--lang", "es", "--answers", "-"], &child).ends_with(0);
    human.prints("Quien coordina").prints("la agencia decide");
}

#[test]
fn only_staff_see_the_place_of_a_rule() {
    let places = |detail: &str| {
        let arguments = ["screen", "--state", "AR", "--detail", detail, "--format", "json"];
        let result = run(&arguments).ends_with(0).json();
        entry(&result, "passe")["why"].clone()
    };
    let staff = places("staff");
    assert!(staff["at"].as_str().unwrap().starts_with("ar/ar.care:"), "{}", staff["at"]);
    assert!(staff["parts"][0]["at"].is_string());
    let family = places("family");
    assert!(family.get("at").is_none() && family["parts"][0].get("at").is_none());
}

#[test]
fn answers_come_from_a_file_as_yaml_or_as_json() {
    let folder = Folder::new();
    folder.write("child.yaml", format!("{CHILD}enrolled: []\n"));
    let json = json!({
        "birth_date": "2016-01-15", "medicaid": true, "diagnosis": ["E84.0"], "enrolled": [],
        "behavioral_health_need": false, "developmental_disability": "no",
    });
    folder.write("child.json", json.to_string());
    let screen = |name: &str| {
        let file = folder.path(name);
        run(&["screen", "--state", "AR", "--as-of", "2026-06-01", "--answers", &file, "--format", "json"])
            .ends_with(0)
            .out
    };
    assert_eq!(screen("child.yaml"), screen("child.json"));
}

#[test]
fn a_person_reads_who_leads_and_whom_to_call() {
    let ran = fed(
        &["screen", "--state", "AR", "--as-of", "2026-06-01", "--answers", "-"],
        &format!("{CHILD}enrolled: []\n"),
    );
    let ran = ran.ends_with(0);
    for words in [
        "Arkansas",
        "Children with Chronic Health Conditions Program",
        "1-844-843-7351",
        "Draft from public sources",
    ] {
        assert!(ran.out.contains(words), "`{words}` is not in:\n{}", ran.out);
    }
    assert!(!ran.out.contains("cchcp"), "a person reads names, not ids:\n{}", ran.out);
}

#[test]
fn a_state_without_rules_has_the_national_line() {
    let result = run(&["screen", "--state", "ny", "--format", "json"]).ends_with(0).json();
    assert_eq!(result["state"], "NY");
    assert_eq!(result["lead"]["status"], "fallback");
    assert_eq!(result["lead"]["contact_first"], "insure_kids_now");
    assert_eq!(result["settled"], true);
    assert_eq!(entry(&result, "insure_kids_now")["contact"]["phone"], "1-877-543-7669");
    run(&["screen", "--state", "PR"]).ends_with(0).prints("1-877-543-7669");
}

#[test]
fn changing_an_age_in_a_rule_file_changes_who_is_routed() {
    let folder = Folder::with_rules();
    let path = folder.path("");
    let child = "birth_date: 2004-01-15\nmedicaid: yes\nbehavioral_health_need: no\n\
                 developmental_disability: no\nenrolled: []\n";
    let screen = || {
        let arguments = [
            "screen",
            "--rules",
            &path,
            "--state",
            "OK",
            "--as-of",
            "2026-06-01",
            "--answers",
            "-",
            "--format",
            "json",
        ];
        fed(&arguments, child).ends_with(0).json()
    };
    let before = screen();
    assert_eq!(entry(&before, "cchcp")["decision"], "ineligible", "22 years old");
    assert_eq!(before["lead"]["status"], "fallback");
    let rules = fs::read_to_string(folder.0.join("ok/ok.care")).unwrap();
    assert_eq!(rules.matches("age under 21").count(), 1);
    folder.write("ok/ok.care", rules.replace("age under 21", "age under 23"));
    let after = screen();
    assert_eq!(after["lead"]["program"], "cchcp");
    assert_eq!(after["lead"]["status"], "review");
    assert_ne!(before["rules"], after["rules"], "other rules have another name");
    run(&["check", "--rules", &path]).ends_with(0);
}

// ------------------------------------------------------------------ sources

#[test]
fn sources_lists_every_statement() {
    let found = run(&["sources", "--state", "AR", "--format", "json"]).ends_with(0).json();
    shape(
        "sources",
        &found,
        &json!({ "statements": [{
            "id": "text", "state": "AR", "text": "text", "source": "text", "confidence": "seed|public|public*",
            "used_by": ["text"], "not_used_because": "text?",
        }] }),
    );
    let statements = found["statements"].as_array().unwrap();
    let find = |id: &str| statements.iter().find(|statement| statement["id"] == id).unwrap();
    assert!(find("ar_cchcp_rule")["used_by"][0].as_str().unwrap().starts_with("ar/ar.care:"));
    assert!(find("ar_passe_waiver")["not_used_because"].is_string());
    let all = run(&["sources", "--format", "json"]).ends_with(0).json();
    assert!(all["statements"].as_array().unwrap().len() > statements.len());
    run(&["sources", "--state", "AR"]).ends_with(0).prints("not used:");
}

// ------------------------------------------------------------------ bad arguments

#[test]
fn arguments_that_make_no_sense_are_status_2() {
    run(&["screen", "--state", "XX"]).ends_with(2).says("`XX` is no U.S. state or territory");
    run(&["screen", "--state", "Arkansas"]).ends_with(2).says("two letters");
    run(&["screen", "--state", ""]).ends_with(2);
    run(&["screen"]).ends_with(2).says("--state");
    run(&["screen", "--state", "AR", "--as-of", "2026-02-30"]).ends_with(2).says("2026-02-30");
    run(&["screen", "--state", "AR", "--as-of", "tomorrow"]).ends_with(2).says("2026-06-01");
    run(&["screen", "--state", "AR", "--lang", "fr"]).ends_with(2).says("en and es");
    run(&["screen", "--state", "AR", "--detail", "everything"]).ends_with(2).says("staff");
    run(&["screen", "--state", "AR", "--color", "red"]).ends_with(2).says("--color");
    run(&["chekc"]).ends_with(2).says("check");
    run(&["check", "--format", "xml"]).ends_with(2).says("json");
    run(&["serve", "--port", "70000"]).ends_with(2);
    run(&[]).ends_with(2).says("check");
}

#[test]
fn help_and_version_are_fine() {
    run(&["--help"]).ends_with(0).prints("screen");
    run(&["screen", "--help"]).ends_with(0).prints("--answers");
    run(&["--version"]).ends_with(0).prints("carepath");
}

#[test]
fn a_path_that_cannot_be_opened_is_status_2() {
    run(&["check", "/no/such/folder"])
        .ends_with(2)
        .says("/no/such/folder")
        .says("there is no such file or folder");
    run(&["test", "no-such-file.care"]).ends_with(2).says("no-such-file.care");
    run(&["check", "--rules", "/no/such/folder"]).ends_with(2).says("/no/such/folder");
    run(&["screen", "--state", "AR", "--rules", "/no/such/folder"]).ends_with(2);
    run(&["screen", "--state", "AR", "--answers", "/no/such/file"]).ends_with(2).says("/no/such/file");
    run(&["sources", "--rules", "/no/such/folder"]).ends_with(2);
}

// ------------------------------------------------------------------ bad answers

/// Screens answers that cannot be used: status 2, nothing on standard output, and the message.
#[track_caller]
fn refuses(answers: &str, words: &[&str]) {
    let ran =
        fed(&["screen", "--state", "AR", "--as-of", "2026-06-01", "--answers", "-"], answers).ends_with(2);
    assert_eq!(ran.out, "", "nothing is guessed");
    for words in words {
        assert!(ran.err.contains(words), "`{words}` is not in:\n{}", ran.err);
    }
    assert!(ran.err.len() < 2_000, "a message is not as long as what it speaks of:\n{}", ran.err);
}

#[test]
fn an_unknown_fact_is_named() {
    refuses("medicade: yes", &["medicade", "did you mean `medicaid`?"]);
    refuses("shoe_size: 38", &["shoe_size", "there is no such fact"]);
}

#[test]
fn an_impossible_date_is_named() {
    refuses("birth_date: 2015-02-29", &["birth_date", "2015-02-29", "2012-03-04"]);
    refuses("birth_date: 2030-01-01", &["birth_date", "2026-06-01"]);
    refuses("birth_month: 2012-13", &["birth_month", "2012-13"]);
}

#[test]
fn an_impossible_code_is_named() {
    refuses("diagnosis: [E84.0, asthma]", &["diagnosis", "asthma", "ICD-10-CM"]);
}

#[test]
fn all_mistakes_of_an_answers_file_are_told_at_once() {
    refuses(
        "medicaid: maybe\nbirth_date: 2015-02-30\nenrolled: [pass]\nassessment_tier: 4\n",
        &["medicaid: `maybe`", "birth_date: `2015-02-30`", "enrolled: `pass`", "assessment_tier: 4"],
    );
}

#[test]
fn answers_that_contradict_each_other_are_named() {
    refuses("medicaid: yes\nmedicaid_eligible: no\n", &["medicaid, medicaid_eligible"]);
    refuses("birth_date: 2016-01-15\nage: 14\n", &["birth_date, age"]);
    refuses("medicaid: yes\nmedicaid: no\n", &["`medicaid` is answered twice"]);
    refuses("{\"medicaid\": \"yes\", \"medicaid\": \"no\"}", &["`medicaid` is answered twice"]);
}

#[test]
fn answers_that_are_no_answers_are_refused() {
    refuses("- medicaid\n", &["fields with a value each"]);
    refuses("yes", &["fields with a value each"]);
    refuses("medicaid: \"yes", &["cannot be read"]);
    refuses("{\"medicaid\": ", &["cannot be read"]);
    refuses("\u{0}", &["cannot be read"]);
    refuses("medicaid: *nothing\n", &["cannot be read"]);
}

#[test]
fn hostile_answers_are_refused_soon() {
    // Aliases of aliases: a few lines that stand for a billion.
    let mut bomb = String::from("medicaid: &a [x,x,x,x,x,x,x,x,x]\n");
    for letter in 'b'..='j' {
        let before = char::from(letter as u8 - 1);
        bomb.push_str(&format!("{letter}: &{letter} [{}]\n", vec![format!("*{before}"); 9].join(",")));
    }
    refuses(&bomb, &["cannot be read"]);
    refuses(&"{a: ".repeat(100_000), &["nested more than"]);
    refuses(&"[".repeat(400_000), &["nested more than"]);
    refuses(&"- ".repeat(200_000), &["nested more than"]);
    refuses(&"? ".repeat(200_000), &["nested more than"]);
    let stairs: Vec<String> = (0..1_500).map(|depth| " ".repeat(depth) + "a:").collect();
    refuses(&stairs.join("\n"), &["cannot be read"]);
    refuses(&"!a ".repeat(300_000), &["cannot be read"]);
    refuses(&"x".repeat(10_000_000), &["bytes"]);
    let codes: Vec<String> = (0..100_000).map(|number| format!("E{:02}", number % 90 + 10)).collect();
    refuses(&format!("diagnosis: [{}]", codes.join(", ")), &["diagnosis", "100000 codes"]);
}

#[test]
fn answers_that_are_no_text_are_refused() {
    let folder = Folder::new();
    folder.write("child.yaml", [0xff, 0xfe, 0x00, 0x6d]);
    let screen = |path: &str| run(&["screen", "--state", "AR", "--answers", path]);
    screen(&folder.path("child.yaml")).ends_with(2).says("child.yaml").says("UTF-8");
    // A folder where a file should be.
    screen(&folder.path("")).ends_with(2).says(folder.0.to_str().unwrap());
}

#[test]
fn an_empty_answers_file_is_a_child_of_whom_nothing_is_known() {
    for answers in ["", "\n\n", "# nothing yet\n", "{}", "medicaid:\n"] {
        let result = arkansas("2026-06-01", answers);
        assert_eq!(result["next"]["fact"], "birth_month");
    }
}

// ------------------------------------------------------------------ bad rule files

/// Checks a rules folder whose one state is broken: status 1, and the codes that are found.
#[track_caller]
fn found_in(folder: &Folder) -> Vec<String> {
    let path = folder.path("");
    let ran = run(&["check", "--rules", &path, "--format", "json"]).ends_with(1);
    assert_eq!(ran.err, "", "with JSON all there is to say is in it");
    let found = ran.json();
    let findings = found["findings"].as_array().unwrap();
    for finding in findings {
        assert!(
            finding["message"].as_str().unwrap().len() < 500,
            "a message is not as long as the file: {finding}"
        );
        assert!(finding["line"].as_u64().unwrap() >= 1 && finding["column"].as_u64().unwrap() >= 1);
    }
    // A person gets the same, and nobody is routed by such rules.
    run(&["check", "--rules", &path]).ends_with(1);
    run(&["screen", "--rules", &path, "--state", "OK"]).ends_with(1);
    run(&["test", "--rules", &path]).ends_with(1);
    findings.iter().map(|finding| finding["code"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn parentheses_nested_a_hundred_thousand_deep() {
    let deep = format!("define a = {}ssi{}\n", "(".repeat(100_000), ")".repeat(100_000));
    assert!(found_in(&Folder::with_rule_file(deep)).contains(&"too-deep".to_owned()));
    let open = format!("define a = {}", "(".repeat(100_000));
    assert!(found_in(&Folder::with_rule_file(open)).contains(&"too-deep".to_owned()));
    let groups = "program a \"A\" {\n".repeat(100_000);
    assert!(found_in(&Folder::with_rule_file(groups)).contains(&"too-deep".to_owned()));
}

#[test]
fn a_hundred_thousand_nots_are_no_mistake() {
    let folder = Folder::with_rules();
    folder.write("ok/nots.care", format!("define nots = {}ssi\n", "not ".repeat(100_000)));
    run(&["check", "--rules", &folder.path("")]).ends_with(0);
    // An even number of them is none.
    let rules = fs::read_to_string(folder.0.join("ok/ok.care")).unwrap();
    folder.write("ok/ok.care", rules.replace("age under 21 ", "nots "));
    let path = folder.path("");
    let ran = fed(
        &["screen", "--rules", &path, "--state", "OK", "--answers", "-", "--format", "json"],
        "ssi: no\n",
    );
    assert_eq!(entry(&ran.ends_with(0).json(), "cchcp")["decision"], "ineligible");
}

#[test]
fn definitions_that_multiply_are_bounded() {
    let mut rules = String::from("define a0 = ssi or foster_care\n");
    for number in 1..60 {
        let before = number - 1;
        rules.push_str(&format!("define a{number} = a{before} and a{before}\n"));
    }
    let folder = Folder::with_rules();
    folder.write("ok/bomb.care", &rules);
    let own = fs::read_to_string(folder.0.join("ok/ok.care")).unwrap();
    folder.write("ok/ok.care", own.replace("age under 21 ", "a59 "));
    assert!(found_in(&folder).contains(&"too-large".to_owned()));
}

#[test]
fn a_rule_file_that_is_no_text() {
    let codes = found_in(&Folder::with_rule_file([0xff, 0xfe, b's', 0x00]));
    assert!(codes.contains(&"not-text".to_owned()), "{codes:?}");
}

#[test]
fn a_rule_file_of_ten_megabytes() {
    let codes = found_in(&Folder::with_rule_file("# a comment\n".repeat(900_000)));
    assert_eq!(codes, ["too-large"]);
}

#[test]
fn an_empty_rule_file() {
    let codes = found_in(&Folder::with_rule_file(""));
    assert!(codes.iter().all(|code| code == "missing"), "{codes:?}");
}

#[test]
fn a_rule_file_of_zeros() {
    let codes = found_in(&Folder::with_rule_file([0_u8; 100_000]));
    assert!(codes.iter().all(|code| code == "hidden-character"), "{codes:?}");
}

#[test]
fn hostile_yaml_beside_the_rules() {
    let mut bomb = String::from("- &a [x,x,x,x,x,x,x,x,x]\n");
    for letter in 'b'..='j' {
        let before = char::from(letter as u8 - 1);
        bomb.push_str(&format!("- &{letter} [{}]\n", vec![format!("*{before}"); 9].join(",")));
    }
    for (text, code) in [
        (bomb, "bad-yaml"),
        ("- {a: ".to_owned() + &"{a: ".repeat(100_000), "too-deep"),
        ("x".repeat(4_000_000), "too-large"),
        ("- id: \u{7}\n".to_owned(), "bad-yaml"),
    ] {
        for file in ["ok/facts.yaml", "ok/lists.yaml", "ok/statements.yaml", "ok/es.yaml"] {
            let folder = Folder::with_rules();
            folder.write(file, &text);
            let path = folder.path("");
            let found = run(&["check", "--rules", &path, "--format", "json"]).ends_with(1).json();
            let here =
                found["findings"].as_array().unwrap().iter().any(|finding| {
                    finding["code"] == code && finding["file"].as_str().unwrap().ends_with(file)
                });
            assert!(here, "{file} with {}…: {found}", &text[..20]);
        }
    }
}

#[test]
fn a_folder_that_is_no_states() {
    let folder = Folder::with_rules();
    fs::create_dir_all(folder.0.join("zz")).unwrap();
    folder.write("zz/zz.care", "state ZZ \"Nowhere\"\n");
    let found = run(&["check", "--rules", &folder.path(""), "--format", "json"]).ends_with(0).json();
    assert_eq!(found["findings"][0]["code"], "unexpected-file");
}

#[test]
fn a_rule_file_alone_is_checked_beside_the_shared_rules() {
    let folder = Folder::new();
    folder.write("draft.care", THREE_MISTAKES);
    folder.write("es.yaml", "The first: El primero\nThe line: La línea\n");
    let path = folder.path("draft.care");
    let found = run(&["check", &path, "--format", "json"]).ends_with(1).json();
    let findings = found["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 3);
    assert!(findings.iter().all(|finding| finding["file"] == path.as_str()));
}

// ------------------------------------------------------------------ serve

/// A server of its own for one test; ended when the test is over, whatever comes.
struct Served {
    child: Child,
    port: u16,
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Starts the server on a free port. Built without its pages it must say so, and then there is nothing to serve.
fn serve(rules: &str) -> Option<Served> {
    let mut child = program().args(["serve", "--port", "0", "--rules", rules]).spawn().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut served = Served { child, port: 0 };
    let (send, receive) = std::sync::mpsc::channel();
    thread::spawn(move || {
        let mut line = String::new();
        drop(out.read_line(&mut line));
        drop(send.send(line));
        // Whatever else it prints is read away, so that it never waits for us.
        drop(out.read_to_end(&mut Vec::new()));
    });
    let line = receive.recv_timeout(LONGEST).expect("the server says where it is, or ends");
    if let Some(address) = line.split("http://127.0.0.1:").nth(1) {
        served.port = address.split('/').next().unwrap().trim().parse().unwrap();
        return Some(served);
    }
    let mut err = String::new();
    served.child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    let status = served.child.wait().unwrap();
    assert_eq!(status.code(), Some(2), "{err}");
    assert!(err.contains("without its pages") && err.contains("./dev build"), "{err}");
    None
}

impl Served {
    /// Sends a request as it is; gives the status, the headers and the body.
    fn ask(&self, request: &str) -> (u16, String, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(LONGEST)).unwrap();
        stream.set_write_timeout(Some(LONGEST)).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
        (status.unwrap_or_else(|| panic!("no status in:\n{text}")), head.to_lowercase(), body.to_owned())
    }

    fn method(&self, method: &str, path: &str) -> (u16, String, String) {
        let port = self.port;
        self.ask(&format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"))
    }

    fn get(&self, path: &str) -> (u16, String, String) {
        self.method("GET", path)
    }

    fn json(&self, path: &str) -> Value {
        let (status, head, body) = self.get(path);
        assert_eq!(status, 200, "{path}");
        assert!(head.contains("content-type: application/json"), "{head}");
        let (start, end) = (body.find('{').unwrap(), body.rfind('}').unwrap());
        serde_json::from_str(&body[start..=end]).unwrap_or_else(|error| panic!("{path}: {error}\n{body}"))
    }
}

#[test]
fn the_server_answers_pages_and_rules() {
    let Some(served) = serve("rules") else { return };
    let (status, head, body) = served.get("/");
    assert_eq!(status, 200);
    assert!(head.contains("content-type: text/html") && body.to_lowercase().contains("<html"));
    for header in [
        "content-security-policy: default-src 'none'",
        "x-content-type-options: nosniff",
        "referrer-policy: no-referrer",
    ] {
        assert!(head.contains(header), "`{header}` is not in:\n{head}");
    }
    let index = served.json("/rules/index.json");
    let states: Vec<&str> =
        index["states"].as_array().unwrap().iter().map(|state| state["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["AR", "MA"]);
    assert!(index["national"].is_object());
    let arkansas = served.json("/rules/AR.json");
    assert_eq!(arkansas["state"], "AR");
    let files = arkansas["files"].as_array().unwrap();
    let path = |file: &Value| file["path"].as_str().unwrap().to_owned();
    assert!(
        files
            .iter()
            .any(|file| path(file) == "ar/ar.care" && file["text"].as_str().unwrap().contains("passe"))
    );
    assert!(files.iter().any(|file| path(file) == "us/facts.yaml"));
    assert!(files.iter().all(|file| path(file).starts_with("us/") || path(file).starts_with("ar/")));
    // A state without rules has the shared ones.
    assert_eq!(served.json("/rules/NY.json")["state"], "NY");
}

#[test]
fn the_server_refuses_what_it_must() {
    let Some(served) = serve("rules") else { return };
    let port = served.port;
    let with_host =
        |host: &str| served.ask(&format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")).0;
    // A page elsewhere could give this machine a name of its own, and read what is here.
    assert_eq!(with_host(&format!("evil.example:{port}")), 403);
    assert_eq!(with_host("127.0.0.1:1"), 403);
    assert_eq!(with_host(&format!("127.0.0.1.evil.example:{port}")), 403);
    assert_eq!(with_host(&format!("localhost:{port}")), 200);
    assert_eq!(served.ask("GET / HTTP/1.0\r\n\r\n").0, 403, "no name at all");
    for method in ["POST", "PUT", "DELETE"] {
        assert_eq!(served.method(method, "/").0, 405, "{method}");
        assert_eq!(served.method(method, "/rules/AR.json").0, 405, "{method}");
    }
    for path in [
        "/nothing.html",
        "/rules/XX.json",
        "/rules/ar.json",
        "/rules/",
        "/rules/us.json",
        "/rules/..json",
        "/../Cargo.toml",
        "/../../Cargo.toml",
        "/..%2fCargo.toml",
        "/%2e%2e/Cargo.toml",
        "/./../../Cargo.toml",
        "//etc/passwd",
        "/etc/passwd",
        "/rules/../Cargo.toml",
        "/assets/../../../Cargo.toml",
        "/..\\Cargo.toml",
        "/rules/../../etc/passwd.json",
        "/%00",
    ] {
        let (status, _, body) = served.get(path);
        assert_eq!(status, 404, "{path}");
        assert!(!body.contains("[package]") && !body.contains("root:"), "{path}");
    }
    assert_eq!(served.get("/").0, 200, "and it goes on serving");
}

#[test]
fn the_server_shows_a_rule_file_as_it_is_now() {
    let folder = Folder::with_rules();
    let Some(served) = serve(&folder.path("")) else { return };
    let text = || {
        let state = served.json("/rules/OK.json");
        let files = state["files"].as_array().unwrap().clone();
        files.iter().find(|file| file["path"] == "ok/ok.care").unwrap()["text"].as_str().unwrap().to_owned()
    };
    let before = text();
    assert!(before.contains("age under 21"));
    folder.write("ok/ok.care", before.replace("age under 21", "age under 23"));
    assert!(text().contains("age under 23"));
    // Rules with a mistake do not end the server; the page shows the others and the national line.
    folder.write("ok/ok.care", "state OK \"Oklahoma\"\ndefine a = age up to 21\n");
    let index = served.json("/rules/index.json");
    assert_eq!(index["states"][0]["status"]["en"], "The rules have errors.");
    assert!(index["national"].is_object());
}

#[test]
fn a_port_that_is_taken_is_named() {
    let taken = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let ran = run(&["serve", "--port", &port]).ends_with(2);
    assert!(ran.err.contains(&port) || ran.err.contains("without its pages"), "{}", ran.err);
}
