//! `carepath test`.

use crate::program::*;
use crate::shape::*;

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

#[test]
fn the_shipped_scenarios_see_every_criterion_decide_both_ways() {
    run(&["test", "--coverage"]).ends_with(0).prints("Every criterion is seen to decide both ways.");
    let told: Value = run(&["test", "--coverage", "--format", "json"]).json();
    assert_eq!(told["uncovered"], json!([]));
}

#[test]
fn criteria_that_no_scenario_sees_decide_are_named() {
    let rules = Folder::with_rules();
    let too_old = "- name: A child who is too old\n  as_of: 2026-06-01\n  answers: { birth_date: 2000-01-01, enrolled: [] }\n  expect: { programs: { cchcp: ineligible } }\n";
    rules.write("ok/scenarios.yaml", too_old);
    let ran = run(&["test", &rules.path("ok"), "--coverage"]).ends_with(0);
    let ran = ran.prints("cchcp: never seen met: age under 21 cites ar_cchcp_rule (");
    let ran = ran.prints("passe: never seen to decide: assessment_tier at least 2");
    // A judgment has to leave its program in review; what a source does not state has nothing to see.
    let ran = ran.prints("cchcp: never seen leaving its program in review: any diagnosis in");
    assert!(!ran.out.contains("not stated \""), "{}", ran.out);
    let told = run(&["test", &rules.path("ok"), "--coverage", "--format", "json"]).json();
    let uncovered = told["uncovered"].as_array().unwrap();
    assert!(uncovered.len() > 8);
    for one in uncovered {
        assert_eq!(one["state"], "OK");
        assert!(one["at"].as_str().unwrap().contains("ok.care:"), "{one}");
    }
    // Without being asked, nothing is said of it.
    let told = run(&["test", &rules.path("ok"), "--format", "json"]).json();
    assert_eq!(told["uncovered"], json!([]));
}
