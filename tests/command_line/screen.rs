//! `carepath screen`.

use crate::program::*;
use crate::shape::*;

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
    let states = shipped_states();
    for state in states.iter().map(String::as_str).chain([state_without_rules()]) {
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
    let state = state_without_rules();
    let small = state.to_lowercase();
    let result = run(&["screen", "--state", &small, "--format", "json"]).ends_with(0).json();
    assert_eq!(result["state"], state);
    assert_eq!(result["lead"]["status"], "fallback");
    assert_eq!(result["lead"]["contact_first"], "insure_kids_now");
    assert_eq!(result["settled"], true);
    assert_eq!(entry(&result, "insure_kids_now")["contact"]["phone"], "1-877-543-7669");
    run(&["screen", "--state", state]).ends_with(0).prints("1-877-543-7669");
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
