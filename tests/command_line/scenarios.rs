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
    assert_eq!(found["states"], json!(shipped_states()));
    let one = run(&["test", "rules/ar", "--format", "json"]).ends_with(0).json();
    assert_eq!(one["states"], json!(["AR"]));
    let [all, some] = [&found, &one].map(|told| told["scenarios"].as_u64().unwrap());
    assert!(0 < some && some < all, "{some} of {all}");
    run(&["test"]).ends_with(0).prints(&format!("{all} scenarios passed, 0 failed"));
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
fn a_scenario_can_expect_what_comes_out_for_each_benefit() {
    let expecting = |benefits: &str| {
        let folder = Folder::with_rules();
        fs::remove_dir_all(folder.0.join("ok")).unwrap();
        fs::create_dir(folder.0.join("ok")).unwrap();
        let of = |file: &str| format!("tests/programs/school_meals/ok/{file}");
        for file in ["ok.care", "facts.yaml", "sources.yaml", "statements.yaml", "es.yaml"] {
            folder.write(&format!("ok/{file}"), fs::read_to_string(of(file)).unwrap());
        }
        let answers = "birth_month: 2016-03, at_school: yes, snap: yes";
        let child = format!("- name: A child\n  as_of: 2026-06-01\n  answers: {{ {answers} }}\n");
        folder.write("ok/scenarios.yaml", format!("{child}  expect:\n    benefits: {benefits}\n"));
        run(&["test", "--rules", &folder.path("")])
    };
    expecting("{ school_meals: { free_meals: eligible, reduced_price_meals: ineligible } }").ends_with(0);
    expecting("{ school_meals: { free_meals: ineligible } }")
        .ends_with(1)
        .prints("benefits.school_meals.free_meals: expected ineligible, found eligible");
    expecting("{ school_meals: { free_meal: eligible } }")
        .ends_with(1)
        .says("the program `school_meals` has no benefit `free_meal`")
        .says("did you mean `free_meals`?");
    expecting("{ school_meal: { free_meals: eligible } }")
        .ends_with(1)
        .says("there is no program `school_meal`")
        .says("did you mean `school_meals`?");
    expecting("{ school_meals: { free_meals: yes } }").ends_with(1).says("`yes` is no decision");
}

#[test]
fn the_shipped_scenarios_see_every_criterion_decide_both_ways() {
    let ran = run(&["test", "--coverage"]).ends_with(0);
    assert!(!ran.out.contains("never seen"), "{}", ran.out);
    let told: Value = run(&["test", "--coverage", "--format", "json"]).json();
    // What is always met, or never, is told and can be seen by nobody.
    let uncovered = told["uncovered"].as_array().unwrap();
    assert!(uncovered.iter().all(|one| one["can_be"] == false), "{uncovered:#?}");
    run(&["test", "rules/ar", "--coverage"])
        .ends_with(0)
        .prints("Every criterion is seen to decide both ways.");
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

/// A copy of the shared rules and of two states'.
fn shipped() -> Folder {
    let folder = Folder::new();
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    for state in ["us", "ar", "ma"] {
        fs::create_dir_all(folder.0.join(state)).unwrap();
        for entry in fs::read_dir(rules.join(state)).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), folder.0.join(state).join(entry.file_name())).unwrap();
        }
    }
    folder
}

#[test]
fn suggested_scenarios_can_be_appended_as_they_are_printed() {
    let rules = shipped();
    for state in ["ar", "ma"] {
        let code = state.to_uppercase();
        let ask =
            ["test", "--rules", &rules.path(""), "--state", &code, "--suggest", "--as-of", "2026-06-01"];
        let ran = run(&ask).ends_with(0);
        assert!(ran.out.starts_with("# Suggested: "), "{}", ran.out);
        assert!(ran.err.contains("scenarios are suggested."), "{}", ran.err);
        let there = fs::read_to_string(rules.0.join(format!("{state}/scenarios.yaml"))).unwrap();
        rules.write(&format!("{state}/scenarios.yaml"), format!("{there}\n{}", ran.out));
        let ran = run(&ask).ends_with(0).says("No scenario is missing.").says(" 0 failed");
        assert_eq!(ran.out, "");
    }
    run(&["test", &rules.path(""), "--coverage"])
        .ends_with(0)
        .prints("Every criterion is seen to decide both ways.");
}

#[test]
fn suggested_scenarios_are_written_after_those_that_stand_there() {
    for before in [None, Some(""), Some("# Nothing yet.")] {
        let rules = shipped();
        for state in ["ar", "ma"] {
            let file = rules.0.join(format!("{state}/scenarios.yaml"));
            match before {
                None => fs::remove_file(&file).unwrap(),
                Some(text) => fs::write(&file, text).unwrap(),
            }
        }
        let path = rules.path("");
        let write = ["test", &path, "--suggest", "--write", "--as-of", "2026-06-01"];
        let told = run(&write).ends_with(0);
        assert!(told.out.contains("scenarios are suggested."), "{}", told.out);
        for state in ["ar", "ma"] {
            let text = fs::read_to_string(rules.0.join(format!("{state}/scenarios.yaml"))).unwrap();
            assert!(text.starts_with(before.unwrap_or_default()), "{text}");
            assert!(text.contains("expect:"), "{text}");
            let names: Vec<_> =
                fs::read_dir(rules.0.join(state)).unwrap().map(|e| e.unwrap().file_name()).collect();
            assert!(names.iter().all(|name| !name.to_string_lossy().ends_with(".new")), "{names:?}");
        }
        let ran = run(&["test", &path, "--coverage", "--suggest"]).ends_with(0);
        assert_eq!(ran.out, "");
        ran.says("Every criterion is seen to decide both ways.").says("No scenario is missing.");
    }
    // What stands there is not touched where nothing can follow it.
    let rules = shipped();
    rules.write("ar/scenarios.yaml", "[]\n");
    run(&["test", &rules.path("ar"), "--suggest", "--write"]).ends_with(2).says("nothing can be appended");
    assert_eq!(fs::read_to_string(rules.0.join("ar/scenarios.yaml")).unwrap(), "[]\n");
    // The rules inside the program are nobody's file.
    let mut elsewhere = program();
    elsewhere.current_dir(Folder::new().0.parent().unwrap()).args(["test", "--suggest", "--write"]);
    let out = elsewhere.output().unwrap();
    if out.status.code() == Some(2) {
        assert!(String::from_utf8(out.stderr).unwrap().contains("--rules DIR"));
    } else {
        assert!(String::from_utf8(out.stdout).unwrap().contains("No scenario is missing."));
    }
}

#[test]
fn each_suggested_scenario_tells_what_it_tests() {
    let rules = shipped();
    rules.write("ar/scenarios.yaml", "");
    let path = rules.path("ar");
    let told =
        run(&["test", &path, "--suggest", "--as-of", "2026-06-01", "--format", "json"]).ends_with(0).json();
    shape(
        "test",
        &told,
        &json!({
            "scenarios": "number", "failed": "number", "states": ["text"],
            "suggested": [{
                "state": "text", "name": "text",
                "scenario": { "name": "text", "as_of": "text", "answers": {}, "expect": {} },
            }],
            "not_suggested": [{ "state": "text", "program": "text?", "criterion": "text?", "at": "text?", "what": "text", "why": "text" }],
        }),
    );
    let find = |name: &str| {
        let all = told["suggested"].as_array().unwrap();
        let found = all.iter().find(|one| one["name"] == name);
        found.unwrap_or_else(|| panic!("no `{name}` in {all:#?}"))["scenario"].clone()
    };
    let before = find("cchcp, the day before the 21st birthday");
    assert_eq!(before["answers"], json!({ "birth_date": "2005-06-02", "medicaid_eligible": "yes" }));
    assert_eq!(before["expect"], json!({ "programs": { "cchcp": "review" } }));
    assert_eq!(before["tests"], json!(["ar_cchcp_rule"]));
    let on = find("cchcp, the 21st birthday");
    assert_eq!(on["answers"], json!({ "birth_date": "2005-06-01", "medicaid_eligible": "yes" }));
    assert_eq!(on["expect"], json!({ "programs": { "cchcp": "ineligible" } }));
    let unknown = find("passe, not known: the tier of the Independent Assessment");
    assert_eq!(
        unknown["expect"],
        json!({ "programs": { "passe": "undetermined" }, "missing": { "passe": ["assessment_tier"] } })
    );
    assert_eq!(find("passe, assessment_tier 1, just below what qualifies")["answers"]["assessment_tier"], 1);
    assert_eq!(find("two programs coordinate")["expect"]["duplicates"], json!({ "cchcp": "received" }));
    assert_eq!(find("no program leads, dhs_client_line does")["expect"]["status"], "fallback");
    // The same again gives the same bytes.
    let again = run(&["test", &path, "--suggest", "--as-of", "2026-06-01", "--format", "json"]).json();
    assert_eq!(told, again);
}

#[test]
fn edges_of_lists_of_codes_are_suggested() {
    let rules = Folder::with_rules();
    rules.write("ok/scenarios.yaml", "");
    let lists = "- id: arkansas_chronic_conditions\n  name: { en: conditions, es: condiciones }\n  status: official\n  source: ar_chc_rule\n  \
                 entries:\n    - { code: Q20-Q24, name: { en: heart, es: corazón } }\n    - { code: E84.0, name: { en: lungs, es: pulmones } }\n  except: [Q21.1]\n";
    rules.write("ok/lists.yaml", lists);
    let path = rules.path("ok");
    let ran = run(&["test", &path, "--suggest", "--as-of", "2026-06-01"]).ends_with(0);
    for name in [
        "cchcp, no code of the list",
        "cchcp, Q21.1, which the list leaves out",
        "cchcp, Q18, just outside the list",
        "cchcp, Q25, just outside the list",
        "cchcp, E84.1, just outside the list",
        "cchcp, E84, which is less specific than the list",
        "cchcp, not known: health conditions",
    ] {
        assert!(
            ran.out.contains(&format!("name: {name}\n")) || ran.out.contains(&format!("name: \"{name}\"\n")),
            "{name}:\n{}",
            ran.out
        );
    }
    // ICD-10-CM has no Q19, and so none is suggested that `check` would refuse.
    run(&["check", &path]).ends_with(0);
    // A code that is on it stands in the first scenario that needs one.
    assert!(ran.out.contains("diagnosis: [E84.0]"), "{}", ran.out);
    run(&["test", &path, "--suggest", "--write", "--as-of", "2026-06-01"]).ends_with(0);
    run(&["test", &path, "--suggest", "--coverage"])
        .ends_with(0)
        .says("No scenario is missing.")
        .says("Every criterion is seen to decide both ways.");
}

#[test]
fn benefits_are_suggested_by_their_own_tests() {
    let rules = Folder::with_rules();
    let text = fs::read_to_string(rules.0.join("ok/ok.care")).unwrap();
    let line = "    defers to     any care_coordination received";
    let line = if text.contains(line) { line } else { "    defers to any care_coordination received" };
    assert!(text.contains(line), "{text}");
    let benefit =
        "    benefit help \"Help\" {\n        offers family_support\n        eligible when ssi\n    }\n";
    rules.write("ok/ok.care", text.replace(line, &format!("{benefit}{line}")));
    let words = fs::read_to_string(rules.0.join("ok/es.yaml")).unwrap();
    rules.write("ok/es.yaml", format!("{words}\nHelp: Ayuda\n"));
    rules.write("ok/scenarios.yaml", "");
    let path = rules.path("ok");
    let suggest = ["test", &path, "--suggest", "--as-of", "2026-06-01", "--format", "json"];
    let told = run(&suggest).ends_with(0).json();
    let of_benefit: Vec<_> = told["suggested"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["name"].as_str().unwrap().starts_with("cchcp benefit help, "))
        .map(|one| one["scenario"]["expect"]["benefits"]["cchcp"]["help"].as_str().unwrap().to_owned())
        .collect();
    assert!(of_benefit.contains(&"ineligible".to_owned()) && of_benefit.len() >= 2, "{told:#}");
    run(&["test", &path, "--suggest", "--write", "--as-of", "2026-06-01"]).ends_with(0);
    run(&["test", &path, "--suggest", "--as-of", "2026-06-01"]).ends_with(0).says("No scenario is missing.");
}

#[test]
fn what_can_never_be_is_said() {
    let rules = Folder::with_rules();
    let text = fs::read_to_string(rules.0.join("ok/ok.care")).unwrap();
    // Who has Medicaid can get it, by definition.
    let line = "age under 21                                  cites ar_cchcp_rule";
    assert!(text.contains(line));
    let planted = format!(
        "{line}\n        not all of {{\n            medicaid\n            not medicaid_eligible\n        }}"
    );
    rules.write("ok/ok.care", text.replace(line, &planted));
    rules.write("ok/scenarios.yaml", "");
    let path = rules.path("ok");
    let ran = run(&["test", &path, "--suggest", "--write", "--as-of", "2026-06-01"]).ends_with(0);
    let ran = ran.prints("cchcp: not suggested, can never be: all of 2 criteria, met: not all of { (");
    assert!(ran.out.contains("decides for no child alone: has Medicaid"), "{}", ran.out);
    let ran =
        run(&["test", &path, "--coverage"]).ends_with(0).prints("cchcp: can never be met: not all of { (");
    ran.prints("Every criterion that can is seen to decide both ways.");
    let told = run(&["test", &path, "--coverage", "--format", "json"]).json();
    assert_eq!(told["uncovered"].as_array().unwrap().len(), 1);
    assert_eq!(told["uncovered"][0]["can_be"], false);
}
