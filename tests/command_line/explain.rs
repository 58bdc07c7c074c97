//! `carepath check --explain`, and the kinds of mistakes that no rule text can show.

use crate::program::*;
use carepath::diagnostic::Code;
use std::fs;

#[test]
fn each_kind_of_mistake_has_its_page() {
    for code in Code::ALL {
        let page = run(&["check", "--explain", code.as_str()]).ends_with(0).out;
        assert!(page.starts_with(code.as_str()) && page.lines().count() > 4, "{page}");
        assert!(!page.contains("```"), "{page}");
    }
    run(&["check", "--explain", "ambiguous"])
        .ends_with(0)
        .prints("    eligible when age up to 21")
        .prints("carepath check says:\n    5:19-31 error ambiguous")
        .prints("nothing: all is well");
}

#[test]
fn all_of_them_in_one_list() {
    for arguments in [&["check", "--explain"][..], &["check", "--explain", "all"]] {
        let list = run(arguments).ends_with(0).out;
        assert_eq!(list.lines().count(), Code::ALL.len());
        assert!(list.lines().all(|line| line.ends_with('.') && line.contains("  ")), "{list}");
    }
    let pages = run(&["check", "--explain", "--format", "json"]).ends_with(0).json();
    assert_eq!(pages.as_array().unwrap().len(), Code::ALL.len());
    assert_eq!(pages[0]["code"], Code::ALL[0].as_str());
}

#[test]
fn a_kind_that_there_is_not() {
    run(&["check", "--explain", "ambigous"]).ends_with(2).says("did you mean `ambiguous`?");
    run(&["check", "--explain", "E0308"]).ends_with(2).says("lists them");
}

#[test]
fn findings_point_to_the_pages() {
    let folder = Folder::with_rule_file("state OK \"Oklahoma\"\ndefine a = age up to 21\n");
    let path = folder.path("");
    run(&["check", "--rules", &path]).ends_with(1).says("`carepath check --explain missing` tells more");
    let sarif = run(&["check", "--rules", &path, "--format", "sarif"]).ends_with(1).json();
    let rules = sarif["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(rules.len(), Code::ALL.len());
    let ambiguous = rules.iter().find(|rule| rule["id"] == "ambiguous").unwrap();
    assert_eq!(ambiguous["name"], "Ambiguous");
    assert_eq!(ambiguous["shortDescription"]["text"], "A phrase that can be read in two ways.");
    assert!(ambiguous["fullDescription"]["text"].as_str().unwrap().contains("settles it"));
    assert!(ambiguous["help"]["markdown"].as_str().unwrap().contains("```findings"));
    assert_eq!(ambiguous["defaultConfiguration"]["level"], "error");
    assert_eq!(run(&["check", "rules/ar"]).ends_with(0).err, "");
}

/// The codes that `check` finds in a folder.
fn found(folder: &Folder) -> Vec<(String, String, String)> {
    let found = run(&["check", "--rules", &folder.path(""), "--format", "json"]).json();
    let text = |finding: &serde_json::Value, key: &str| finding[key].as_str().unwrap_or_default().to_owned();
    let findings = found["findings"].as_array().unwrap().iter();
    findings.map(|finding| (text(finding, "code"), text(finding, "file"), text(finding, "message"))).collect()
}

#[test]
fn files_that_are_too_large_are_refused_with_the_limit() {
    for file in ["ok.care", "facts.yaml", "lists.yaml", "es.yaml", "scenarios.yaml"] {
        let folder = Folder::with_rules();
        folder.write(&format!("ok/{file}"), "# a note, and another ñ\n".repeat(400_000));
        let all = found(&folder);
        let refused = all.iter().find(|(code, path, _)| code == "too-large" && path.ends_with(file));
        let (.., message) = refused.unwrap_or_else(|| panic!("{file}: {all:?}"));
        assert!(message.contains("more than 2 MB (2,097,152 bytes)"), "{message}");
    }
}

#[test]
fn a_file_that_nothing_reads() {
    let folder = Folder::with_rules();
    folder.write("ok/list.yaml", "- { id: a }\n");
    let all = found(&folder);
    assert!(
        all.iter().any(|(code, path, _)| code == "unexpected-file" && path.ends_with("ok/list.yaml")),
        "{all:?}"
    );
}

#[test]
fn a_file_that_is_no_text() {
    let folder = Folder::with_rules();
    let mut bytes = fs::read(folder.0.join("ok/ok.care")).unwrap();
    bytes.extend(b"# a\xf1o\n");
    folder.write("ok/ok.care", bytes);
    let all = found(&folder);
    assert!(all.iter().any(|(code, ..)| code == "not-text"), "{all:?}");
}
