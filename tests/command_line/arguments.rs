//! Arguments and paths that make no sense.

use crate::program::*;

#[test]
fn arguments_that_make_no_sense_are_status_2() {
    run(&["screen", "--state", "XX"]).ends_with(2).says("`XX` is no U.S. state or territory");
    run(&["screen", "--state", "Arkansas"]).ends_with(2).says("two letters");
    run(&["screen", "--state", ""]).ends_with(2);
    run(&["screen"]).ends_with(2).says("--state");
    run(&["screen", "--state", "AR", "--as-of", "2026-02-30"]).ends_with(2).says("2026-02-30");
    run(&["screen", "--state", "AR", "--as-of", "tomorrow"]).ends_with(2).says("2026-06-01");
    run(&["screen", "--state", "AR", "--lang", "fr"]).ends_with(2).says("en and es");
    run(&["screen", "--state", "AR", "--by", "child"]).ends_with(2).says("parent, self, helper");
    run(&["screen", "--state", "AR", "--detail", "everything"]).ends_with(2).says("staff");
    run(&["screen", "--state", "AR", "--color", "red"]).ends_with(2).says("--color");
    run(&["chekc"]).ends_with(2).says("check");
    run(&["check", "--format", "xml"]).ends_with(2).says("json");
    run(&["serve", "--port", "70000"]).ends_with(2);
    run(&[]).ends_with(2).says("check");
}

#[test]
fn help_and_version_are_fine() {
    run(&["--help"]).ends_with(0).prints("screen");
    run(&["screen", "--help"]).ends_with(0).prints("--answers");
    run(&["--version"]).ends_with(0).prints("carepath");
}

#[test]
fn a_path_that_cannot_be_opened_is_status_2() {
    run(&["check", "/no/such/folder"])
        .ends_with(2)
        .says("/no/such/folder")
        .says("there is no such file or folder");
    run(&["test", "no-such-file.care"]).ends_with(2).says("no-such-file.care");
    run(&["check", "--rules", "/no/such/folder"]).ends_with(2).says("/no/such/folder");
    run(&["screen", "--state", "AR", "--rules", "/no/such/folder"]).ends_with(2);
    run(&["screen", "--state", "AR", "--answers", "/no/such/file"]).ends_with(2).says("/no/such/file");
    run(&["sources", "--rules", "/no/such/folder"]).ends_with(2);
}
