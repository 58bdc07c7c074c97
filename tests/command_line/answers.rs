//! Answers that cannot be used.

use crate::program::*;

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
    let nothing = arkansas("2026-06-01", "");
    assert_eq!(nothing["lead"]["status"], "undetermined");
    for answers in ["\n\n", "# nothing yet\n", "{}", "medicaid:\n"] {
        assert_eq!(arkansas("2026-06-01", answers), nothing);
    }
}
