//! Rule files that cannot be used.

use crate::check::THREE_MISTAKES;
use crate::program::*;

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
fn a_states_folder_is_found_from_wherever_somebody_stands() {
    let folder = Folder::with_rules();
    for (stands_in, named) in [("", "ok"), ("", "./ok"), ("ok", "."), ("us", "../ok")] {
        for verb in ["check", "test"] {
            let mut command = Command::new(env!("CARGO_BIN_EXE_carepath"));
            let output = command.args([verb, named]).current_dir(folder.path(stands_in)).output().unwrap();
            let told = String::from_utf8(output.stdout).unwrap();
            let why = String::from_utf8(output.stderr).unwrap();
            assert!(output.status.success(), "{verb} {named} in `{stands_in}`: {why}");
            assert!(told.starts_with("OK: "), "{verb} {named} in `{stands_in}`: {told}");
        }
    }
    folder.write("ok/ok.care", "state OK \"Oklahoma\"\nprogram\n");
    run(&["test", &folder.path("ok")]).ends_with(1).prints("no scenario was run");
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

#[test]
fn twenty_of_forty_unrelated_facts_are_a_small_diagram() {
    let folder = with_criteria(40, &group("at least 20 of", 0..40));
    let path = folder.path("");
    let found = run(&["check", "--rules", &path, "--sizes", "--format", "json"]).ends_with(0).json();
    assert_eq!(found["findings"], json!([]));
    // One for each fact and each count that is still possible and still open: 20 by 21.
    assert_eq!(found["sizes"][0]["programs"]["large"], 420);
    assert!(found["sizes"][0]["nodes"].as_u64().unwrap() <= 500, "{found}");
}

#[test]
fn criteria_that_hang_together_crosswise_are_refused_soon_and_in_words() {
    // Any of every row and any of every column of 24 by 24 facts: whatever the order, the diagram is beyond any bound.
    let [rows, columns] = grid();
    let folder = with_criteria(576, &format!("all of {{\n{rows}{columns}}}"));
    let started = Instant::now();
    assert_eq!(found_in(&folder), ["too-tangled"]);
    assert!(started.elapsed() < LONGEST, "four runs of the program take {:?}", started.elapsed());
    let path = folder.path("");
    run(&["check", "--rules", &path])
        .ends_with(1)
        .says("hang together too much to be decided exactly: `large`")
        .says("split a criterion that many others share");
}
