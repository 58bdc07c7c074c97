//! `carepath sources`.

use crate::program::*;
use crate::shape::*;

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

#[test]
fn what_all_states_share_is_listed_once_and_of_one_state_what_it_rests_on() {
    let all = run(&["sources", "--format", "json"]).ends_with(0).json();
    let all = all["statements"].as_array().unwrap();
    let shared: Vec<&Value> = all.iter().filter(|statement| statement["state"] == "us").collect();
    assert!(shared.len() > 26, "a statement for each definition and each year's guideline");
    for statement in &shared {
        let used = !statement["used_by"].as_array().unwrap().is_empty();
        assert!(used || statement["not_used_because"].is_string(), "{statement}");
        assert_eq!(all.iter().filter(|other| other["id"] == statement["id"]).count(), 1, "{statement}");
    }
    assert!(shared.iter().any(|statement| statement["used_by"][0] == "us/us.care:17"), "{shared:#?}");
    let folder = Folder::with_rules();
    let of_state = |folder: &Folder| {
        let listed = run(&["sources", "--rules", &folder.path(""), "--state", "OK", "--format", "json"])
            .ends_with(0)
            .json();
        let listed = listed["statements"].as_array().unwrap().clone();
        listed.into_iter().filter(|one| one["state"] == "us").map(|one| one["id"].clone()).collect::<Vec<_>>()
    };
    assert!(of_state(&folder).is_empty());
    let rules = fs::read_to_string(folder.path("ok/ok.care")).unwrap();
    folder.write("ok/ok.care", rules.replace("not stated \"an income limit\"", "social_needs"));
    assert_eq!(of_state(&folder), ["us_social_needs"]);
}
