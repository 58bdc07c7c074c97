//! `carepath fmt`.

use crate::check::THREE_MISTAKES;
use crate::program::*;

const UNTIDY: &str = "state OK \"Oklahoma\" # ñ\r\ndefine  a =ssi\r\n\r\n\r\n  # The end.  ";
const TIDY: &str = "state OK \"Oklahoma\"  # ñ\ndefine a = ssi\n\n# The end.\n";

fn text(folder: &Folder, name: &str) -> String {
    fs::read_to_string(folder.0.join(name)).unwrap()
}

#[test]
fn fmt_writes_what_changes_and_nothing_else() {
    let folder = Folder::with_rules();
    folder.write("ok/more.care", UNTIDY);
    let (rules, words) = (text(&folder, "ok/ok.care"), text(&folder, "ok/facts.yaml"));
    let before = fs::metadata(folder.0.join("ok/ok.care")).unwrap().modified().unwrap();
    let path = folder.path("");
    let ran = run(&["fmt", "--rules", &path]).ends_with(0).prints("ok/more.care").prints("1 changed");
    assert_eq!((ran.err.as_str(), ran.out.lines().count()), ("", 2));
    assert_eq!(text(&folder, "ok/more.care"), TIDY);
    assert_eq!((text(&folder, "ok/ok.care"), text(&folder, "ok/facts.yaml")), (rules, words));
    assert_eq!(fs::metadata(folder.0.join("ok/ok.care")).unwrap().modified().unwrap(), before);
    run(&["fmt", "--rules", &path]).ends_with(0).prints("nothing to change");
    let left = fs::read_dir(folder.0.join("ok")).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(left.into_iter().all(|name| !name.to_string_lossy().starts_with('.')), "nothing is left behind");
}

#[test]
fn fmt_check_lists_and_writes_nothing() {
    let folder = Folder::with_rules();
    folder.write("ok/more.care", UNTIDY);
    let more = folder.path("ok/more.care");
    let ran = run(&["fmt", "--check", &folder.path("ok")]).ends_with(1).prints("1 would change");
    assert_eq!(ran.out.lines().next(), Some(more.as_str()));
    assert_eq!(text(&folder, "ok/more.care"), UNTIDY);
    // The same file, named twice, is one.
    let found = run(&["fmt", "--check", "--format", "json", &folder.path("ok"), &more]).ends_with(1).json();
    assert_eq!(found, json!({ "changed": [more], "findings": [] }));
    run(&["fmt", "--check", &folder.path("us")]).ends_with(0);
    run(&["fmt", "--check"]).ends_with(0);
}

#[test]
fn fmt_reads_standard_input() {
    let ran = fed(&["fmt", "-"], UNTIDY).ends_with(0);
    assert_eq!((ran.out.as_str(), ran.err.as_str()), (TIDY, ""));
    assert_eq!(fed(&["fmt", "-"], "").ends_with(0).out, "");
    fed(&["fmt", "--check", "-"], UNTIDY).ends_with(1).prints("standard input");
    fed(&["fmt", "--check", "-"], TIDY).ends_with(0);
    let ran = fed(&["fmt", "-"], THREE_MISTAKES).ends_with(1).says("standard input:8:9").says("age up to 21");
    assert_eq!(ran.out, "");
    run(&["fmt", "-", "rules"]).ends_with(2);
    run(&["fmt", "-", "--format", "json"]).ends_with(2).says("--check");
}

#[test]
fn a_file_with_mistakes_is_left_as_it_is() {
    let folder = Folder::with_rule_file(THREE_MISTAKES);
    folder.write("ok/more.care", UNTIDY);
    folder.write("ok/strange.care", [0xff, 0xfe]);
    let path = folder.path("");
    let ran = run(&["fmt", "--rules", &path]).ends_with(1).prints("2 left with mistakes");
    assert_eq!(text(&folder, "ok/ok.care"), THREE_MISTAKES);
    assert_eq!(text(&folder, "ok/more.care"), TIDY, "the others are laid out");
    // What the parser finds is told in the words of `check`.
    let checked = run(&["check", &path]);
    for told in ran.err.trim_end().split("\n\n") {
        assert!(checked.err.contains(told), "`check` does not say:\n{told}\nbut\n{}", checked.err);
    }
    let found = run(&["fmt", "--rules", &path, "--format", "json"]).ends_with(1);
    assert_eq!(found.err, "");
    let codes: Vec<Value> =
        found.json()["findings"].as_array().unwrap().iter().map(|f| f["code"].clone()).collect();
    assert_eq!(codes, ["ambiguous", "not-text"]);
}

#[test]
fn hostile_files_are_left_as_they_are() {
    let deep = format!("define a = {}ssi{}\r", "(".repeat(65), ")".repeat(65));
    // Each line is small, and its indent is not.
    let wide =
        format!("define a = {}{}{}\n", "all of {\n".repeat(60), "ssi\n".repeat(9_000), "}\n".repeat(60));
    for hostile in
        [wide, deep, "# a comment\n".repeat(900_000), "\u{feff}define a = ssi\n".into(), "\0".into()]
    {
        let folder = Folder::with_rule_file(&hostile);
        run(&["fmt", &folder.path("ok/ok.care")]).ends_with(1);
        assert!(text(&folder, "ok/ok.care") == hostile);
    }
    let nots = format!("define nots = {}ssi\n", "not ".repeat(100_000));
    assert!(fed(&["fmt", "-"], &nots).ends_with(0).out == nots);
}

#[test]
fn fmt_never_speaks_of_the_rules_inside_the_program() {
    let folder = Folder::new();
    let ran = program().arg("fmt").current_dir(&folder.0).output().unwrap();
    assert_eq!(ran.status.code(), Some(2));
    assert!(String::from_utf8(ran.stderr).unwrap().contains("there is no rules folder here"));
}

#[test]
fn paths_that_fmt_cannot_take_are_status_2() {
    run(&["fmt", "/no/such/folder"]).ends_with(2).says("there is no such file or folder");
    run(&["fmt", "--rules", "/no/such/folder"]).ends_with(2);
    run(&["fmt", "rules/ar/facts.yaml"]).ends_with(2).says("only files named `*.care`");
    run(&["fmt", "/dev/null"]).ends_with(2).says("neither a file nor a folder");
    let folder = Folder::new();
    folder.write("a.care", UNTIDY);
    let mut permissions = fs::metadata(folder.0.join("a.care")).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(folder.0.join("a.care"), permissions).unwrap();
    run(&["fmt", &folder.path("a.care")]).ends_with(2).says("a.care cannot be written");
    assert_eq!(text(&folder, "a.care"), UNTIDY);
    assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn links_are_followed_but_not_out_of_a_folder() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let (folder, outside) = (Folder::with_rules(), Folder::new());
    outside.write("far.care", UNTIDY);
    symlink(outside.0.join("far.care"), folder.0.join("ok/far.care")).unwrap();
    run(&["fmt", &folder.path("")]).ends_with(0).prints("nothing to change");
    assert_eq!(text(&outside, "far.care"), UNTIDY);
    // Named by itself, the file at the other end changes, and the link and the permissions stay.
    fs::set_permissions(outside.0.join("far.care"), fs::Permissions::from_mode(0o640)).unwrap();
    run(&["fmt", &folder.path("ok/far.care")]).ends_with(0).prints("1 changed");
    assert_eq!(text(&outside, "far.care"), TIDY);
    assert!(folder.0.join("ok/far.care").is_symlink());
    assert_eq!(fs::metadata(outside.0.join("far.care")).unwrap().permissions().mode() & 0o777, 0o640);
}
