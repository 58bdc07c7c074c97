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
