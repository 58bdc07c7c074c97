//! `carepath publish`, `replay` and `listing`: rules as a file that gives its results for ever.

use crate::program::*;
use carepath::bundle::FORMAT;

const CHILD: &str = "birth_date: 2016-01-15\nmedicaid: yes\ndiagnosis: [E84.0]\nenrolled: []\n";
const DAY: [&str; 4] = ["--answers", "-", "--as-of", "2026-06-01"];

/// The bundle of a folder's rules for Oklahoma, and the folder it is in.
fn published(rules: &Folder) -> (Folder, String) {
    let out = Folder::new();
    let arguments = [
        "publish",
        "--state",
        "OK",
        "--rules",
        &rules.path(""),
        "-o",
        &out.path("new/bundles"),
        "--format",
        "json",
    ];
    let told = run(&arguments).ends_with(0).json();
    let file = told["file"].as_str().unwrap().to_owned();
    let digits = told["rules"].as_str().unwrap().strip_prefix("sha256:").unwrap();
    assert_eq!(file, out.path(&format!("new/bundles/ok-{}.carepath", &digits[..16])));
    assert_eq!(told["bytes"], fs::metadata(&file).unwrap().len());
    assert_eq!(told["state"], "OK");
    (out, file)
}

#[test]
fn a_bundle_gives_the_very_result_after_the_rules_have_changed() {
    let rules = Folder::with_rules();
    let (_out, bundle) = published(&rules);
    let folder = rules.path("");
    for more in [&["--format", "json"][..], &["--lang", "es"], &["--detail", "staff", "--format", "json"]] {
        let screen = [&["screen", "--state", "OK", "--rules", &folder][..], &DAY, more].concat();
        let replay = [&["replay", &bundle][..], &DAY, more].concat();
        assert_eq!(fed(&replay, CHILD).ends_with(0).out, fed(&screen, CHILD).ends_with(0).out);
    }
    let before = fed(&[&["replay", &bundle][..], &DAY].concat(), CHILD).ends_with(0).out;
    let care = fs::read_to_string(rules.0.join("ok/ok.care")).unwrap();
    rules.write("ok/ok.care", care.replacen("age under 21 ", "age under 5 ", 1));
    assert_eq!(fed(&[&["replay", &bundle][..], &DAY].concat(), CHILD).ends_with(0).out, before);
}

#[test]
fn the_same_rules_have_the_same_name_and_nothing_is_left_beside_it() {
    let rules = Folder::with_rules();
    let (out, first) = published(&rules);
    let before = fs::read(&first).unwrap();
    let again = ["publish", "--state", "OK", "--rules", &rules.path(""), "-o", &out.path("new/bundles")];
    run(&again).ends_with(0).prints("The rules of OK are in ").prints("They are sha256:");
    assert_eq!(fs::read(&first).unwrap(), before);
    assert_eq!(fs::read_dir(out.0.join("new/bundles")).unwrap().count(), 1);
}

#[test]
fn rules_that_are_wrong_or_whose_scenarios_fail_are_not_published() {
    let rules = Folder::with_rules();
    let out = Folder::new();
    let (folder, new) = (rules.path(""), out.path("bundles"));
    let publish = ["publish", "--state", "OK", "--rules", &folder, "-o", &new];
    let care = fs::read_to_string(rules.0.join("ok/ok.care")).unwrap();
    rules.write("ok/ok.care", care.replacen("age under 21 ", "age under 5 ", 1));
    run(&publish).ends_with(1).says("the rules of OK are not published:").says("of their scenarios fail");
    rules.write("ok/ok.care", care.replacen("age under 21 ", "age undr 21 ", 1));
    run(&publish).ends_with(1).says("the rules of OK have errors");
    run(&["publish", "--state", "OH", "--rules", &folder, "-o", &new])
        .ends_with(2)
        .says("there are no rules of OH to publish");
    assert!(!out.0.join("bundles").exists(), "nothing is made");
    // A folder that cannot be made, since a file has its name.
    rules.write("ok/ok.care", &care);
    out.write("bundles", "");
    run(&publish).ends_with(2).says("cannot be written");
}

#[test]
fn what_is_no_bundle_is_refused_in_words() {
    let rules = Folder::with_rules();
    let (out, bundle) = published(&rules);
    let bytes = fs::read(&bundle).unwrap();
    let mut newer = bytes.clone();
    newer[8] = 200;
    let newer_format =
        format!("this bundle has format 200, and this version of carepath reads formats up to {FORMAT}");
    for (name, bytes, why) in [
        ("cut", &bytes[..bytes.len() / 2], "this bundle is damaged: it is not what it was when it was made"),
        ("empty", b"", "this is no carepath bundle"),
        ("other", b"state OK \"Oklahoma\"\n", "this is no carepath bundle"),
        ("newer", &newer, newer_format.as_str()),
    ] {
        out.write(name, bytes);
        let path = out.path(name);
        fed(&[&["replay", &path][..], &DAY].concat(), CHILD).ends_with(2).says(&format!("{path}: {why}"));
        run(&["listing", &path]).ends_with(2).says(why);
    }
    let missing = out.path("missing");
    run(&["listing", &missing]).ends_with(2).says("there is no such file");
    let folder = rules.path("");
    fed(&[&["replay", &bundle, "--rules", &folder][..], &DAY].concat(), CHILD)
        .ends_with(2)
        .says("a bundle has its own rules: leave `--rules` out");
    fed(&[&["replay", &bundle][..], &DAY].concat(), "medicade: yes\n").ends_with(2).says("medicade");
}

#[test]
fn a_bundle_and_its_rules_have_one_listing() {
    let rules = Folder::with_rules();
    let (_out, bundle) = published(&rules);
    let of_bundle = run(&["listing", &bundle]).ends_with(0).out;
    assert_eq!(run(&["listing", "--state", "OK", "--rules", &rules.path("")]).ends_with(0).out, of_bundle);
    assert!(of_bundle.starts_with("sha256:"), "{of_bundle}");
    let told = run(&["listing", &bundle, "--format", "json"]).ends_with(0).json();
    assert_eq!(
        of_bundle,
        format!("{}\n{}", told["rules"].as_str().unwrap(), told["listing"].as_str().unwrap())
    );
    run(&["listing"]).ends_with(2);
    run(&["listing", &bundle, "--state", "OK"]).ends_with(2);
}

#[test]
fn a_past_result_is_worded_for_whoever_answers() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bundles/format_3");
    let file = |name: &str| folder.join(name).display().to_string();
    let (bundle, answers) = (file("bundle.carepath"), file("answers.json"));
    let replay = |more: &[&str]| {
        let arguments = ["replay", &bundle, "--answers", &answers, "--as-of", "2026-06-01"];
        run(&[&arguments, more].concat()).ends_with(0).out
    };
    let spanish = ["--lang", "es", "--detail", "staff", "--format", "json"];
    for (by, kept) in [("parent", "result.json"), ("self", "result_self.json")] {
        let kept = fs::read_to_string(file(kept)).unwrap();
        assert_eq!(replay(&[&spanish[..], &["--by", by]].concat()), kept);
    }
    assert_eq!(replay(&spanish), replay(&[&spanish[..], &["--by", "parent"]].concat()));
    for (by, words) in [
        (
            "parent",
            [
                "Who coordinates: your child's own nurse",
                "(your child has this now)",
                "Yes, she helps my child",
            ],
        ),
        ("self", ["Who coordinates: your own nurse", "(you have this now)", "Yes, she helps me"]),
        (
            "helper",
            [
                "Who coordinates: the child's own nurse",
                "(the child has this now)",
                "Yes, she helps the child",
            ],
        ),
    ] {
        let told = replay(&["--by", by]);
        for words in words {
            assert!(told.contains(words), "`{words}` is not in:\n{told}");
        }
        assert!(!told.contains(['<', '|']), "{told}");
    }
}
