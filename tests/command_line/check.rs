//! `carepath check`.

use crate::program::*;
use crate::shape::*;

#[test]
fn check_finds_nothing_wrong_with_the_shipped_rules() {
    let ran = run(&["check"]).ends_with(0).prints("no mistakes found");
    assert_eq!(ran.err, "");
    run(&["check", "rules/ar"]).ends_with(0).prints("AR");
    run(&["check", "rules/ma/ma.care"]).ends_with(0).prints("MA");
    run(&["check", "rules"]).ends_with(0);
}

pub(crate) const THREE_MISTAKES: &str = r#"state OK "Oklahoma"

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

#[test]
fn the_sizes_of_the_diagrams_are_told_on_request() {
    run(&["check", "--sizes"]).ends_with(0).prints("AR: ").prints("nodes over").prints("passe");
    let told: Value = serde_json::from_str(&run(&["check", "--sizes", "--format", "json"]).out).unwrap();
    let sizes = told["sizes"].as_array().unwrap();
    let codes: Vec<&str> = sizes.iter().map(|state| state["state"].as_str().unwrap()).collect();
    assert_eq!(codes, shipped_states());
    for state in sizes {
        let all = state["nodes"].as_u64().unwrap();
        let programs = state["programs"].as_object().unwrap();
        // One whose criteria are always met, or are an agency's to decide, has no diagram of its own.
        assert!(all > 0 && programs.values().all(|nodes| nodes.as_u64().unwrap() <= all), "{state}");
        assert!(programs.values().any(|nodes| nodes.as_u64().unwrap() > 0), "{state}");
    }
    let arkansas = &sizes.iter().find(|state| state["state"] == "AR").unwrap()["programs"];
    assert!(["passe", "cchcp"].iter().all(|id| arkansas[id].as_u64().unwrap() > 0), "{arkansas}");
    let plain: Value = serde_json::from_str(&run(&["check", "--format", "json"]).out).unwrap();
    assert!(plain.get("sizes").is_none());
}

#[test]
fn check_looks_every_code_up_and_names_the_line() {
    let rules = Folder::with_rules();
    let lists = fs::read_to_string("rules/ar/lists.yaml").unwrap();
    rules.write(
        "ok/lists.yaml",
        lists.replace("code: E84,", "code: E48,").replace("code: D57,", "code: H81.41,"),
    );
    let path = rules.path("");
    let ran = run(&["check", "--rules", &path]).ends_with(1).prints("2 errors");
    for words in [
        "ok/lists.yaml:10:15",
        "`E84` (Cystic fibrosis)",
        "ok/lists.yaml:9:15",
        "April 2026",
        "of 2022 had it",
    ] {
        assert!(ran.err.contains(words), "`{words}` is not in:\n{}", ran.err);
    }
    // Whoever publishes rules checks them.
    run(&["publish", "--rules", &path, "--state", "OK", "-o", &rules.path("out")])
        .ends_with(1)
        .says("`E48` is no code");
}

/// What a state's folder must not lack: each fault is told with its line, and nothing of it reaches families.
#[test]
fn what_a_folder_lacks_is_told_with_its_line() {
    type Fault = fn(&str) -> String;
    let faults: [(&str, &str, Fault); 5] = [
        ("missing-translation", "es.yaml", |text| {
            text.replace("an income limit: un límite de ingresos\n", "")
        }),
        ("uncited", "ok.care", |text| {
            text.lines().map(|line| line.split("cites").next().unwrap().to_owned() + "\n").collect()
        }),
        ("unknown-code", "lists.yaml", |text| text.replace("code: E84,", "code: E48,")),
        ("retired-code", "lists.yaml", |text| text.replace("code: D57,", "code: H81.41,")),
        ("bad-scenario", "scenarios.yaml", |text| text.split("  expect:").next().unwrap().to_owned()),
    ];
    for (code, name, fault) in faults {
        let rules = Folder::with_rules();
        let path = format!("ok/{name}");
        let text = fs::read_to_string(rules.path(&path)).unwrap();
        assert_ne!(fault(&text), text, "{code}");
        rules.write(&path, fault(&text));
        let told = run(&["check", "--rules", &rules.path(""), "--format", "json"]).ends_with(1).json();
        let findings = told["findings"].as_array().unwrap();
        let found = findings.iter().find(|finding| finding["code"] == code);
        let found = found.unwrap_or_else(|| panic!("{code}: {findings:#?}"));
        assert!(found["line"].as_u64().unwrap() > 0 && found["severity"] == "error", "{found}");
        run(&["publish", "--rules", &rules.path(""), "--state", "OK", "-o", &rules.path("out")]).ends_with(1);
    }
}

#[test]
fn what_all_states_share_is_checked_whole() {
    let rules = Folder::with_rules();
    let shared = |name: &str| fs::read_to_string(format!("rules/us/{name}")).unwrap();
    rules.write("us/lists.yaml", shared("lists.yaml").replacen("code: J45,", "code: J48,", 1));
    let uncited =
        "\n- id: us_idle\n  text: Nothing rests on this.\n  source: us_cahmi\n  confidence: public\n";
    rules.write("us/statements.yaml", shared("statements.yaml") + uncited);
    rules.write("us/us.care", shared("us.care") + "\ndefine idle = medicade\n");
    let ran = run(&["check", "--rules", &rules.path("")]).ends_with(1).prints("2 errors, 1 warning");
    for words in
        ["did you mean `J45` (Asthma)", "no rule of all states cites the statement `us_idle`", "`medicade`"]
    {
        assert!(ran.err.contains(words), "`{words}` is not in:\n{}", ran.err);
    }
    // Nobody names these, and so they are nobody's: families are still helped.
    run(&["screen", "--rules", &rules.path(""), "--state", "OK", "--answers", "-"]).ends_with(0);
}
