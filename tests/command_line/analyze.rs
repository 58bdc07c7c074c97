//! `carepath analyze`.

use crate::program::*;
use crate::shape::*;

/// A state with a gap, an overlap, and rules that change.
const STATE: &str = r#"state OK "Oklahoma"

program clinic "Clinic" {
    offers       care_coordination
    coordinator  title_v_staff
    source       medicaid_notice
    eligible when all of {
        medicaid
        age under 21
        age under 18 since 2027-01-01
    }
}

program office "Office" {
    offers       care_coordination
    coordinator  title_v_staff
    source       medicaid_notice
    eligible when medicaid and foster_care
}

contact line "The line" {
    phone  "211"
    source medicaid_notice
}

route {
    lead       first of clinic, office
    otherwise  line
}
"#;

fn state_with(more: &str) -> Folder {
    let folder = Folder::with_rule_file(format!("{STATE}\n{more}"));
    folder.write("ok/es.yaml", "Clinic: Clínica\nOffice: Oficina\nThe line: La línea\n");
    folder
}

/// Looks at the state on a day, with more arguments.
fn analyze(folder: &Folder, more: &[&str]) -> Ran {
    let rules = folder.path("");
    let mut arguments = vec!["analyze", "--rules", &rules, "--as-of", "2026-06-01"];
    arguments.extend(more);
    run(&arguments)
}

fn kinds(found: &Value) -> Vec<&str> {
    found["findings"].as_array().unwrap().iter().map(|finding| finding["kind"].as_str().unwrap()).collect()
}

#[test]
fn the_shipped_rules_are_looked_at_as_a_whole() {
    let states = shipped_states().join(", ");
    let nothing = |states: &str| format!("{states}: nothing found that is not declared to be intended\n");
    let ran = run(&["analyze", "--exit-code", "--as-of", "2026-06-01"]).ends_with(0);
    assert_eq!((ran.out, ran.err.as_str()), (nothing(&states), ""));
    // What is declared is found all the same.
    let ran = run(&["analyze", "--intended", "--as-of", "2026-06-01"]).ends_with(0).prints(&nothing(&states));
    let ran = ran.prints("AR gap: ").prints("MA overlap: ").prints("    intended: ");
    assert!(!ran.out.contains("    if this is meant to be so"), "{}", ran.out);
    let ran = run(&["analyze", "--state", "AR", "--intended", "--as-of", "2026-06-01"]).ends_with(0);
    assert!(!ran.out.contains("MA overlap: "), "{}", ran.out);
    ran.prints(&nothing("AR"));
}

#[test]
fn a_person_reads_whom_it_is_about_an_example_the_line_and_what_to_write() {
    let folder = state_with("");
    let ran = analyze(&folder, &[]).ends_with(0);
    for words in [
        "OK gap: no program leads a child with a special health care need",
        "OK gap, from 2027-01-01 on: ",
        "OK overlap: Clinic and Office both coordinate, and both are open to a child who is under 21 years old",
        "    for example {\"birth_date\":",
        "ok/ok.care:18\n",
        "    if this is meant to be so, write `intended gap when CRITERION: \"why\"`",
        "OK: ",
    ] {
        assert!(ran.out.contains(words), "`{words}` is not in:\n{}", ran.out);
    }
    assert_eq!(ran.err, "");
}

#[test]
fn scripts_read_the_keys_of_the_contract() {
    let folder = state_with("always: losing foster_care never opens office\nnever: eligible for office");
    let found = analyze(&folder, &["--format", "json"]).ends_with(1).json();
    assert_eq!(found.as_object().unwrap().keys().collect::<Vec<_>>(), ["findings"]);
    let keys = ["after", "as_of", "at", "child", "declared", "kind", "programs", "share", "state", "text"];
    for finding in found["findings"].as_array().unwrap() {
        let mut own: Vec<&String> = finding.as_object().unwrap().keys().collect();
        own.sort();
        assert_eq!(own, keys);
        let pattern = json!({
            "kind": "gap|overlap|never_leads|refuted", "state": "OK", "programs": ["text"], "text": "text",
            "as_of": "text", "at": "text?", "declared": "text?",
        });
        shape("finding", finding, &pattern);
        assert!(finding["child"].is_null() || finding["child"].is_object());
        assert_eq!(finding["share"], Value::Null);
    }
    assert_eq!(kinds(&found)[..2], ["gap", "gap"]);
    assert!(kinds(&found).contains(&"refuted"));
}

#[test]
fn code_scanning_services_find_a_rule_for_every_result() {
    let folder = state_with("never: eligible for office");
    let found = analyze(&folder, &["--format", "sarif"]).ends_with(1).json();
    let run = &found["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(rules.len(), 11);
    for rule in rules {
        shape(
            "rule",
            rule,
            &json!({
                "id": "text", "name": "text", "shortDescription": { "text": "text" },
                "fullDescription": { "text": "text" }, "help": { "text": "text", "markdown": "text" },
                "defaultConfiguration": { "level": "error|warning" },
            }),
        );
    }
    let results = run["results"].as_array().unwrap();
    assert!(results.iter().any(|result| result["level"] == "error" && result["ruleId"] == "refuted"));
    for result in results {
        assert!(rules.iter().any(|rule| rule["id"] == result["ruleId"]), "a rule for {}", result["ruleId"]);
        let place = &result["locations"][0]["physicalLocation"];
        assert!(place["artifactLocation"]["uri"].as_str().unwrap().ends_with("ok/ok.care"));
        assert!(place["region"]["startLine"].as_u64().unwrap() > 1);
    }
}

#[test]
fn what_is_declared_of_all_children_is_proved_or_refuted_with_a_child() {
    let folder = state_with("always: losing medicaid never opens clinic");
    analyze(&folder, &[]).ends_with(0);
    let folder = state_with("always: gaining foster_care never opens office");
    let found = analyze(&folder, &["--format", "json"]).ends_with(1).json();
    let refuted = found["findings"].as_array().unwrap().iter().find(|one| one["kind"] == "refuted").unwrap();
    assert_eq!(refuted["programs"], json!(["office"]));
    assert_eq!(refuted["child"]["foster_care"], "no");
    assert_eq!(refuted["after"]["foster_care"], "yes");
    analyze(&folder, &[]).ends_with(1).prints("refuted: gaining").prints("    and then    {");
}

#[test]
fn what_is_declared_to_be_intended_is_shown_on_request() {
    let folder = state_with(
        "intended gap when not medicaid: \"Medicaid only.\"\n\
         intended gap when age at least 18: \"Children only.\"\n\
         intended overlap of clinic, office: \"Families choose.\"",
    );
    let quiet = analyze(&folder, &[]).ends_with(0);
    assert_eq!(quiet.out, "OK: nothing found that is not declared to be intended\n");
    analyze(&folder, &["--intended"]).ends_with(0).prints("overlap").prints("    intended: Families choose.");
    let all = analyze(&folder, &["--format", "json"]).json();
    let declared = |finding: &&Value| finding["declared"] == "Families choose.";
    assert!(all["findings"].as_array().unwrap().iter().any(|finding| declared(&finding)));
}

#[test]
fn a_script_can_ask_for_a_failing_status() {
    analyze(&state_with(""), &["--exit-code"]).ends_with(1);
    let folder = Folder::with_rule_file(
        "state OK \"Oklahoma\"\ncontact line \"The line\" {\n phone \"211\"\n source medicaid_notice\n}\n\
         route {\n otherwise line\n}\nintended gap when special_health_care_need: \"No program is known.\"\n",
    );
    folder.write("ok/es.yaml", "The line: La línea\n");
    let ran = analyze(&folder, &["--exit-code"]).ends_with(0);
    assert_eq!(ran.out, "OK: nothing found that is not declared to be intended\n");
}

#[test]
fn rules_are_looked_at_from_a_day_on() {
    let folder = state_with("");
    let first = analyze(&folder, &["--format", "json"]).json();
    let days: Vec<&str> =
        first["findings"].as_array().unwrap().iter().map(|one| one["as_of"].as_str().unwrap()).collect();
    assert!(days.contains(&"2026-06-01") && days.contains(&"2027-01-01"), "{days:?}");
    let rules = folder.path("");
    let later = run(&["analyze", "--rules", &rules, "--as-of", "2027-03-01", "--format", "json"]).json();
    for finding in later["findings"].as_array().unwrap() {
        assert_eq!(finding["as_of"], "2027-03-01");
    }
    run(&["analyze", "--as-of", "2027-02-30"]).ends_with(2).says("is not a day of the calendar");
}

#[test]
fn a_state_without_rules_leaves_its_children_to_the_national_contact() {
    let state = state_without_rules();
    let ran = run(&["analyze", "--state", state]).ends_with(0).prints(state);
    assert_eq!(ran.err, "");
    run(&["analyze", "--state", "XX"]).ends_with(2).says("no U.S. state");
}

#[test]
fn broken_rules_are_refused() {
    let folder = Folder::with_rule_file(crate::check::THREE_MISTAKES);
    folder.write("ok/es.yaml", "The first: El primero\nThe line: La línea\n");
    let ran = analyze(&folder, &[]).ends_with(1).says("age up to 21").says("carepath check");
    assert_eq!(ran.out, "");
}

#[test]
fn children_of_a_population_are_counted() {
    let folder = state_with("");
    let file = folder.path("children.jsonl");
    let children = [
        // Led by Clinic; and, in foster care, fit by Office too.
        r#"{"birth_date": "2016-01-15", "medicaid": "yes", "foster_care": "no", "special_health_care_need": "yes"}"#,
        r#"{"birth_date": "2016-01-15", "medicaid": "yes", "foster_care": "yes", "special_health_care_need": "yes"}"#,
        // Perhaps.
        r#"{"birth_date": "2016-01-15", "medicaid": "yes", "special_health_care_need": "yes"}"#,
        "",
        // These answers cannot all be true.
        r#"{"medicaid": "yes", "medicaid_eligible": "no"}"#,
        // No program leads this one.
        r#"{"birth_date": "2016-01-15", "medicaid": "no", "foster_care": "no", "special_health_care_need": "yes"}"#,
    ];
    folder.write("children.jsonl", children.join("\n"));
    let ran = analyze(&folder, &["--state", "OK", "--population", &file, "--format", "json"]).ends_with(0);
    let found = ran.json();
    let share = |kind: &str| {
        let findings = found["findings"].as_array().unwrap();
        findings.iter().find(|finding| finding["kind"] == kind).unwrap()["share"].clone()
    };
    assert_eq!(share("overlap"), json!({ "children": 1, "perhaps": 1, "of": 4 }));
    assert_eq!(share("gap"), json!({ "children": 1, "perhaps": 0, "of": 4 }));
    let told = "line 5: not counted, since these answers cannot all be true: medicaid, medicaid_eligible";
    let ran = ran.says(told);
    assert_eq!(ran.err.lines().count(), 1);
    analyze(&folder, &["--state", "OK", "--population", &file])
        .ends_with(0)
        .prints("    1 of 4 children, 1 more perhaps\n");
}

#[test]
fn a_bad_population_is_named_with_its_line() {
    let folder = state_with("");
    let file = folder.path("children.jsonl");
    let with = |text: &str| {
        folder.write("children.jsonl", text);
        let ran = analyze(&folder, &["--state", "OK", "--population", &file]).ends_with(2);
        assert_eq!(ran.out, "");
        ran
    };
    with("{\"medicaid\": \"yes\"}\n{\"medicaid\": \"perhaps\"}\n").says("children.jsonl, line 2: medicaid: ");
    with("{\"medicaid\": \"yes\"}\n\n{\"medicade\": \"yes\"}\n").says("children.jsonl, line 3: medicade: ");
    with("{\"medicaid\": \n").says("children.jsonl, line 1: ");
    with("").says("has no children to count");
    with("{\"medicaid\": \"yes\", \"medicaid_eligible\": \"no\"}\n").says("has no children to count");
    analyze(&folder, &["--state", "OK", "--population", "no-such-file"]).ends_with(2).says("cannot be read");
    run(&["analyze", "--population", &file]).ends_with(2).says("name it with `--state`");
}

#[test]
fn rules_that_are_too_tangled_with_what_is_declared_are_refused_in_words() {
    let [rows, columns] = grid();
    let folder = with_criteria(576, &format!("all of {{\n{rows}}}"));
    let path = folder.path("");
    let criteria = fs::read_to_string(folder.0.join("ok/ok.care")).unwrap();
    let declared = format!("{criteria}\nnever: all of {{\neligible for large\n{columns}}}\n");
    folder.write("ok/ok.care", declared);
    run(&["check", "--rules", &path]).ends_with(0);
    let ran = run(&["analyze", "--rules", &path]).ends_with(1);
    assert_eq!(ran.out, "");
    ran.says("the rules of OK hang together too much to be analyzed exactly; nothing is told rather than something wrong");
}
