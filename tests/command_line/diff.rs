//! `carepath diff`: two folders or two revisions, in words, for scripts, for a pull request and as a page.

use super::program::*;

const DAY: [&str; 2] = ["--as-of", "2026-06-01"];

/// Two rules folders that differ in one text; both have Arkansas's rules under Oklahoma's code.
fn two(file: &str, from: &str, to: &str) -> [Folder; 2] {
    let [old, new] = [Folder::with_rules(), Folder::with_rules()];
    let text = fs::read_to_string(old.0.join(file)).unwrap();
    assert!(text.contains(from), "`{from}` is not in {file}");
    new.write(file, text.replacen(from, to, 1));
    [old, new]
}

/// The one change that this is all about: CCHCP is open for two years longer.
fn older() -> [Folder; 2] {
    two("ok/ok.care", "age under 21 ", "age under 23 ")
}

fn diff(versions: &[Folder; 2], more: &[&str]) -> Ran {
    let [old, new] = [versions[0].path(""), versions[1].path("")];
    run(&[&["diff", &old, &new], &DAY[..], more].concat())
}

#[test]
fn a_change_tells_for_whom_and_how() {
    let ran = diff(&older(), &["--format", "json"]).ends_with(0);
    let told = ran.json();
    assert_eq!(told["equivalent"], false);
    assert_eq!(told["reworded"], json!([]));
    let changes = told["changes"].as_array().unwrap();
    let moved: Vec<&Value> = changes.iter().filter(|change| change["after"]["lead"] == "cchcp").collect();
    let [change] = moved.as_slice() else { panic!("one class gets another lead: {changes:#?}") };
    assert_eq!(change["state"], "OK");
    assert_eq!(change["from"], Value::Null);
    assert_eq!(change["before"]["lead"], "dhs_client_line");
    assert_eq!(change["before"]["status"], "fallback");
    assert_eq!(change["before"]["decisions"]["cchcp"], "ineligible");
    assert!(change["text"].as_str().unwrap().contains("21 years through 22 years"), "{change}");
    assert!(change["child"]["birth_date"].is_string());
    // The example is led as it is told.
    let child = change["child"].to_string();
    let [old, new] = older();
    for (rules, lead) in [(old, "dhs_client_line"), (new, "cchcp")] {
        let rules = rules.path("");
        let arguments = ["screen", "--state", "OK", "--answers", "-", "--format", "json", "--rules", &rules];
        let ran = fed(&[&arguments[..], &DAY].concat(), &child).ends_with(0);
        assert_eq!(ran.json()["lead"]["contact_first"], lead);
    }
}

#[test]
fn people_read_it_under_headings_the_lead_first() {
    let out = diff(&older(), &[]).ends_with(0).out;
    let lead = out.find("  Another lead\n").expect("a heading");
    let decision = out.find("  The same lead, another decision\n").expect("a second heading");
    assert!(lead < decision, "{out}");
    assert!(out.contains("OK: something changes for 3 kinds of children"), "{out}");
    assert!(out.contains("      - Children with Chronic Health Conditions Program leads"), "{out}");
    assert!(out.contains("      for example {\"birth_date\":"), "{out}");
}

#[test]
fn a_pull_request_gets_markdown() {
    let out = diff(&older(), &["--format", "markdown"]).ends_with(0).out;
    assert!(out.starts_with("## What changes from `"), "{out}");
    assert!(out.contains("\n#### Another lead\n\n- a child"), "{out}");
    assert!(out.contains("  For example `{"), "{out}");
}

#[test]
fn whatever_is_written_in_rules_is_text_in_every_form() {
    let name = r#"program cchcp "Children with Chronic Health Conditions Program""#;
    let strange = r"program cchcp '</title><script>alert(1)</script> & `ticks` *stars* | ]('";
    let versions = two("ok/ok.care", name, &strange.replace('\'', "\""));
    versions[1].write(
        "ok/es.yaml",
        fs::read_to_string(versions[1].0.join("ok/es.yaml")).unwrap()
            + "\"</title><script>alert(1)</script> & `ticks` *stars* | ](\": otro nombre\n",
    );
    let text = fs::read_to_string(versions[1].0.join("ok/ok.care")).unwrap();
    versions[1].write("ok/ok.care", text.replace("age under 21 ", "age under 23 "));
    let page = diff(&versions, &["--format", "html"]).ends_with(0).out;
    assert!(!page.contains("<script"), "{page}");
    assert!(page.contains("&lt;/title&gt;&lt;script&gt;alert(1)"), "{page}");
    well_formed(&page);
    let markdown = diff(&versions, &["--format", "markdown"]).ends_with(0).out;
    assert!(!markdown.replace(r"\<", "").contains("<script"), "{markdown}");
    assert!(markdown.contains(r"\<script\>alert(1)\</script\> & \`ticks\` \*stars\* \| \]("), "{markdown}");
    // A folder's name is text too.
    let folder = Folder::new();
    let odd = folder.0.join("<b>`\"");
    fs::rename(versions[1].0.join(""), &odd).unwrap();
    let page =
        run(&["diff", &versions[0].path(""), odd.to_str().unwrap(), "--format", "html"]).ends_with(0).out;
    assert!(!page.contains("<b>"), "{page}");
    well_formed(&page);
}

/// Every element that is opened is closed in turn, and every attribute ends.
#[track_caller]
fn well_formed(page: &str) {
    let mut open: Vec<&str> = Vec::new();
    for part in page.split('<').skip(1) {
        let (tag, _) = part.split_once('>').unwrap_or_else(|| panic!("`<{part}` does not end"));
        assert_eq!(tag.matches('"').count() % 2, 0, "<{tag}>");
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap();
        match (tag.starts_with('/'), tag.ends_with('/') || ["!doctype", "meta"].contains(&name)) {
            (true, _) => assert_eq!(open.pop(), Some(name), "</{name}>"),
            (false, true) => {}
            (false, false) => open.push(name),
        }
    }
    assert_eq!(open, Vec::<&str>::new());
}

#[test]
fn other_words_alone_change_nothing_and_are_listed() {
    let versions = two("ok/ok.care", "phone   \"1-844-843-7351\"", "phone   \"1-800-000-0000\"");
    let told = diff(&versions, &["--format", "json", "--exit-code"]).ends_with(0).json();
    assert_eq!((&told["equivalent"], &told["changes"]), (&json!(true), &json!([])));
    let words = &told["reworded"][0];
    assert_eq!((&words["state"], &words["after"]), (&json!("OK"), &json!("1-800-000-0000")));
    let out = diff(&versions, &[]).out;
    assert!(out.contains("OK: nothing changes for any child; 1 text reads otherwise"), "{out}");
    assert!(out.contains("      - 1-844-843-7351\n      + 1-800-000-0000"), "{out}");
}

#[test]
fn a_change_that_comes_later_says_when() {
    let versions = two("ok/ok.care", "age under 21 ", "age under 21 until 2026-12-31 ");
    let told = diff(&versions, &["--format", "json"]).ends_with(0).json();
    let changes = told["changes"].as_array().unwrap();
    assert!(!changes.is_empty());
    assert!(changes.iter().all(|change| change["from"] == "2027-01-01"), "{changes:#?}");
    diff(&versions, &[]).prints("from 2027-01-01 on, a child");
    diff(&versions, &["--format", "html"]).prints("<strong>From 2027-01-01 on:</strong>");
}

#[test]
fn an_age_on_another_day_is_the_same_on_that_day_alone() {
    let versions = two("ok/ok.care", "age under 21 ", "age under 21 on the last June 15 ");
    let [old, new] = [versions[0].path(""), versions[1].path("")];
    let ran = run(&["diff", &old, &new, "--as-of", "2026-06-15", "--format", "json"]).ends_with(0);
    let told = ran.json();
    assert_eq!((&told["equivalent"], &told["changes"][0]["from"]), (&json!(false), &json!("2026-06-16")));
}

#[test]
fn the_exit_code_tells_whether_anything_changes_if_asked() {
    diff(&older(), &["--exit-code"]).ends_with(1);
    let same = [Folder::with_rules(), Folder::with_rules()];
    diff(&same, &["--exit-code"]).ends_with(0).prints("OK: nothing changes for any child");
}

#[test]
fn a_population_is_counted() {
    let folder = Folder::new();
    folder.write(
        "children",
        "{\"birth_date\": \"2004-05-01\", \"medicaid_eligible\": \"yes\", \"enrolled\": [], \
         \"behavioral_health_need\": \"no\", \"developmental_disability\": \"no\"}\n\n\
         {\"birth_date\": \"2014-05-01\"}\n\
         {\"birth_date\": \"2014-05-01\", \"age\": 3}\n",
    );
    let children = folder.path("children");
    let counted = ["--population", &children, "--format", "json"];
    let several = [&["diff", "rules", "rules"], &counted[..]].concat();
    run(&several).ends_with(2).says("name it with `--state`");
    let ran = diff(&older(), &[&counted[..], &["--state", "OK"]].concat()).ends_with(0);
    assert_eq!(ran.json()["population"], json!({"children": 2, "changed": 1}));
    let shares: Vec<u64> = ran.json()["changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|change| change["share"].as_u64().unwrap())
        .collect();
    assert_eq!(shares.iter().sum::<u64>(), 1);
    ran.says("line 4: not counted, since these answers cannot all be true: birth_date, age");
    let counted = diff(&older(), &["--population", &children, "--state", "OK"]).ends_with(0);
    counted.prints("1 of 2 in the population").prints("      1 child of the population");
    for (text, why) in [
        ("{\"medicade\": \"yes\"}", "line 1: medicade: "),
        ("not json", "line 1: "),
        ("", "has no children to count"),
    ] {
        folder.write("children", text);
        diff(&older(), &["--population", &children, "--state", "OK"]).ends_with(2).says(why);
    }
    diff(&older(), &["--population", "/nowhere", "--state", "OK"]).ends_with(2).says("cannot be read");
}

#[test]
fn a_state_in_one_version_alone_falls_back_in_the_other() {
    let versions = older();
    fs::remove_dir_all(versions[0].0.join("ok")).unwrap();
    let told = diff(&versions, &["--format", "json"]).ends_with(0).json();
    let news = told["changes"].as_array().unwrap();
    assert!(
        news.iter().any(|change| change["before"]["decisions"]["passe"] == "no such program"),
        "{news:#?}"
    );
    // A state in neither is led by the national line in both.
    diff(&versions, &["--state", "TX"]).ends_with(0).prints("TX: nothing changes for any child");
}

#[test]
fn rules_with_mistakes_are_not_compared() {
    let versions = two("ok/ok.care", "age under 21 ", "age undr 21 ");
    diff(&versions, &[]).ends_with(1).says("the rules of OK have errors");
    // Of a state that is not asked about, nothing is said.
    diff(&versions, &["--state", "TX"]).ends_with(0);
}

#[test]
fn the_rules_folder_is_the_new_version_where_none_is_named() {
    let [old, new] = older();
    let [old, new] = [old.path(""), new.path("")];
    run(&["diff", &old, "--rules", &new, "--exit-code"]).ends_with(1).prints("3 kinds of children");
    run(&["diff", &new, "--rules", &new, "--exit-code"]).ends_with(0);
}

#[test]
fn a_file_that_is_no_text_is_named_before_what_follows_from_it() {
    let versions = older();
    fs::write(versions[1].0.join("ok/ok.care"), b"state OK \xff").unwrap();
    diff(&versions, &[]).ends_with(1).says("ok/ok.care is not text in UTF-8");
    let rules = versions[1].path("");
    run(&["analyze", "--rules", &rules]).ends_with(1).says("ok/ok.care is not text in UTF-8");
}

#[test]
fn what_is_no_version_is_told() {
    let [old, new] = older();
    let there = new.path("");
    run(&["diff", "no_such_thing", &there])
        .ends_with(2)
        .says("no_such_thing cannot be read: there is no such folder");
    let empty = Folder::new();
    run(&["diff", &empty.path(""), &there]).ends_with(2).says("it holds no rules");
    run(&["diff", &old.path("ok/ok.care"), &there]).ends_with(2).says("cannot be read");
    let old = old.path("");
    run(&["diff", &old, &there, "--rules", &there]).ends_with(2).says("the new version is named twice");
    run(&["diff"]).ends_with(2);
}

/// Runs git in a folder.
fn git(folder: &Folder, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.current_dir(&folder.0).args(["-c", "user.name=T", "-c", "user.email=t@example.org"]);
    let output = command.args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn revisions_are_compared_like_folders() {
    let folder = Folder::new();
    let [old, new] = older();
    let in_folder = |arguments: &[&str]| {
        let mut command = program();
        command.current_dir(&folder.0).args(arguments);
        let output = command.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Ran { status: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    };
    git(&folder, &["init", "--quiet"]);
    in_folder(&["diff", "HEAD"]).ends_with(2).says("git does not know it as a revision");
    git(&folder, &["commit", "--quiet", "--allow-empty", "-m", "nothing"]);
    fs::rename(old.0.join(""), folder.0.join("rules")).unwrap();
    git(&folder, &["add", "."]);
    git(&folder, &["commit", "--quiet", "-m", "old"]);
    fs::remove_dir_all(folder.0.join("rules")).unwrap();
    fs::rename(new.0.join(""), folder.0.join("rules")).unwrap();
    // Against the folder `rules` as it is now, and once that is committed.
    in_folder(&["diff", "HEAD", "--exit-code"]).ends_with(1).prints("3 kinds of children");
    git(&folder, &["commit", "--quiet", "-a", "-m", "new"]);
    in_folder(&["diff", "HEAD", "--exit-code"]).ends_with(0).prints("nothing changes for any child");
    for names in [["HEAD~1", "HEAD"], ["HEAD~1:rules", "HEAD:rules/"], ["HEAD~1", "rules"]] {
        in_folder(&["diff", names[0], names[1], "--exit-code"]).ends_with(1).prints("3 kinds of children");
    }
    in_folder(&["diff", "HEAD~2", "rules"]).ends_with(2).says("it holds no rules");
    in_folder(&["diff", "HEAD:elsewhere", "rules"]).ends_with(2).says("it holds no rules");
    in_folder(&["diff", "HEAD:", "rules"]).ends_with(2).says("it holds no rules");
    // A link holds no rules by itself.
    std::os::unix::fs::symlink("../../rules/us", folder.0.join("linked")).unwrap();
    git(&folder, &["add", "linked"]);
    git(&folder, &["commit", "--quiet", "-m", "link"]);
    in_folder(&["diff", "HEAD:linked", "rules"]).ends_with(2).says("is a link");
    in_folder(&["diff", "HEAD~7", "rules"]).ends_with(2).says("HEAD~7 cannot be read");
    // No name is taken for an option of git's.
    for name in ["--help", "--name-only", "-l", "--output=stolen"] {
        in_folder(&["diff", "--", name, "rules"]).ends_with(2);
    }
    assert!(!folder.0.join("stolen").exists());
}

#[test]
fn versions_that_are_too_tangled_together_are_refused_in_words() {
    let versions = grid().map(|criteria| with_criteria(576, &format!("all of {{\n{criteria}}}")));
    let ran = diff(&versions, &[]).ends_with(1);
    assert_eq!(ran.out, "");
    ran.says("the rules of OK hang together too much to be compared exactly; nothing is told rather than something wrong");
}

/// What nobody can be is shorter to say than what somebody is: the change is told by the second.
#[test]
fn a_change_is_told_though_a_shorter_example_of_it_could_not_live() {
    for (nobody, points) in [
        // Born on two days.
        ("(age at least 30 and age under 3 on 2025-09-01)", [2, 2]),
        // Two even numbers whose sum is odd.
        ("points from 3 through 3", [2, 2]),
        // No twos and threes come to one.
        ("points from 1 through 1", [2, 3]),
    ] {
        let new = format!("age under 21 or {nobody} or (age at least 40 and foster_care) ");
        let told = diff(&with_points(&new, points), &["--format", "json"]).ends_with(0).json();
        let changes = told["changes"].as_array().unwrap();
        let moved = changes.iter().find(|change| change["after"]["lead"] == "cchcp");
        let moved = moved.unwrap_or_else(|| panic!("{nobody}: {told:#}"));
        assert_eq!(moved["child"]["foster_care"], "yes", "{nobody}: {moved:#}");
    }
}

/// That there is nobody is said only where it is proved.
#[test]
fn a_change_that_no_example_is_found_for_is_told_without_one() {
    let nobody = diff(&with_points("age under 21 or points from 3 through 3 ", [2, 2]), &[]).ends_with(0);
    nobody.prints("nothing changes for any child");
    let versions = with_points("age under 21 or points from 1 through 1 ", [2, 3]);
    let told = diff(&versions, &["--format", "json"]).ends_with(0).json();
    assert_eq!(told["equivalent"], false);
    let changes = told["changes"].as_array().unwrap();
    assert!(!changes.is_empty() && changes.iter().all(|change| change["child"].is_null()), "{told:#}");
    let out = diff(&versions, &[]).ends_with(0).out;
    assert!(out.contains("leads") && !out.contains("for example"), "{out}");
}

/// Two versions that differ in whom CCHCP takes by age, both with points for two large numbers.
fn with_points(new: &str, points: [u32; 2]) -> [Folder; 2] {
    let versions = two("ok/ok.care", "age under 21 ", new);
    let score = format!(
        "\nscore points \"Points\" {{\n    add {} for each ones\n    add {} for each others\n}}\n",
        points[0], points[1]
    );
    let fact = |id: &str| {
        format!(
            "- id: {id}\n  type: number\n  min: 0\n  max: 9000\n  topic: child\n  name: {{ en: {id}, es: {id} }}\n  \
             question: {{ en: \"How many {id}?\", es: \"¿Cuántos {id}?\" }}\n"
        )
    };
    let facts = format!("\n{}{}", fact("ones"), fact("others"));
    for folder in &versions {
        let more = [("ok/ok.care", &*score), ("ok/facts.yaml", &facts), ("ok/es.yaml", "Points: Puntos\n")];
        for (file, more) in more {
            let text = fs::read_to_string(folder.0.join(file)).unwrap();
            folder.write(file, format!("{text}{more}"));
        }
    }
    versions
}
