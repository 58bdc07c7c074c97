//! `carepath build`: a static site, whole or not at all.

use crate::program::*;

/// A build of the shipped rules; nothing where the program's pages are missing or of another version, which it must say.
fn built(out: &Folder, more: &[&str]) -> Option<Value> {
    let folder = out.path("site");
    let ran = run(&[&["build", "-o", &folder, "--format", "json"], more].concat());
    if ran.status == 0 {
        return Some(ran.json());
    }
    let ran = ran.ends_with(2);
    let known = ["built without its pages", "were built for another version of carepath"];
    assert!(known.iter().any(|why| ran.err.contains(why)), "{}", ran.err);
    assert!(ran.err.contains("./dev build") && !out.0.join("site").exists(), "{}", ran.err);
    None
}

/// Every file below a folder with what it holds, by path.
fn files(folder: &Path) -> std::collections::BTreeMap<String, Vec<u8>> {
    let mut found = std::collections::BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inner) = folders.pop() {
        for entry in fs::read_dir(inner).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            found.insert(name, fs::read(path).unwrap());
        }
    }
    found
}

/// Whether a name has the hash of what the file holds in it, so that it never comes to mean anything else.
fn lasting(name: &str) -> bool {
    let hashed = |start: &str, end: &str| {
        let digits = name.strip_prefix(start).and_then(|name| name.strip_suffix(end));
        digits.is_some_and(|digits| digits.len() == 16 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
    };
    name.starts_with("assets/")
        || name.ends_with(".carepath")
        || hashed("carepath-", ".js")
        || hashed("frame-", ".html")
        || hashed("rules/index-", ".json")
}

#[test]
fn a_site_is_what_was_told_of_it() {
    let out = Folder::new();
    let address = ["--state", "MA,AR,ar", "--address", "https://screener.example.org"];
    let Some(told) = built(&out, &address) else { return };
    let there = files(&out.0.join("site"));
    let listed: Vec<(String, usize)> = told["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| {
            (
                file["path"].as_str().unwrap().to_owned(),
                usize::try_from(file["bytes"].as_u64().unwrap()).unwrap(),
            )
        })
        .collect();
    let mut sorted = listed.clone();
    sorted.sort();
    assert_eq!(sorted, there.iter().map(|(path, bytes)| (path.clone(), bytes.len())).collect::<Vec<_>>());
    // What is used again is written last.
    let names: Vec<&str> = listed.iter().map(|(path, _)| path.as_str()).collect();
    let first = names.iter().position(|name| !lasting(name)).unwrap();
    assert!(names[first..].iter().all(|name| !lasting(name)), "{names:?}");
    assert_eq!(names.last(), Some(&"carepath.js"));
    for name in [
        "index.html",
        "accessibility.html",
        "configure.html",
        "programs/ar.html",
        "programs/ma.html",
        "_headers",
        "server/nginx.conf",
    ] {
        assert!(there.contains_key(name), "{name}");
    }
    for text in there.values() {
        assert!(!String::from_utf8_lossy(text).contains("__CAREPATH_SITE__"));
    }
    assert_eq!(told["states"].as_array().unwrap().len(), 2, "a state that is asked for twice is there once");
    let ar = &told["states"][0];
    assert_eq!((&ar["state"], &ar["list"]), (&json!("AR"), &json!("programs/ar.html")));
    let bundle = ar["file"].as_str().unwrap();
    assert_eq!(ar["bytes"], there[bundle].len());
    let file = out.0.join("site").join(bundle);
    run(&["listing", file.to_str().unwrap()]).ends_with(0).prints(ar["rules"].as_str().unwrap());
    let tag = told["tag"].as_str().unwrap();
    let script = tag.split("src=\"https://screener.example.org/").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(there[script], there["carepath.js"]);
    assert!(tag.contains("integrity=\"sha384-") && tag.contains("<care-pathway state=\"AR\">"), "{tag}");
    assert!(tag.contains("href=\"https://screener.example.org/programs/ar.html\""), "{tag}");
}

#[test]
fn the_list_of_a_state_has_everyone_to_call_in_both_languages() {
    let out = Folder::new();
    let Some(told) = built(&out, &["--state", "all"]) else { return };
    let states = told["states"].as_array().unwrap();
    let mut codes: Vec<&str> = states.iter().map(|state| state["state"].as_str().unwrap()).collect();
    codes.sort();
    assert_eq!(codes, shipped_states());
    // Whatever state it is, somebody can be called, in both languages.
    for state in states {
        let page = fs::read_to_string(out.0.join("site").join(state["list"].as_str().unwrap())).unwrap();
        for words in ["<html lang=\"en\">", "<section id=\"es\" lang=\"es\"", "<a href=\"tel:1"] {
            assert!(page.contains(words), "{state}: `{words}` is not in:\n{page}");
        }
        assert!(page.contains(state["rules"].as_str().unwrap()) && !page.contains("<script"), "{page}");
    }
    let page = fs::read_to_string(out.0.join("site/programs/ar.html")).unwrap();
    for words in [
        "Draft from public sources. No agency has reviewed it.",
        "Borrador hecho con fuentes públicas.",
        "Children with Chronic Health Conditions Program",
        "<a href=\"tel:18448437351\">1-844-843-7351</a>",
        "tel:18775437669",
        "Number not confirmed.",
        "Número sin confirmar.",
        "style-src 'sha256-",
    ] {
        assert!(page.contains(words), "`{words}` is not in:\n{page}");
    }
}

#[test]
fn what_an_earlier_build_left_goes_on_working() {
    let rules = Folder::with_rules();
    let out = Folder::new();
    let folder = rules.path("");
    let options = ["--state", "OK", "--rules", &folder];
    if built(&out, &options).is_none() {
        return;
    }
    let site = out.0.join("site");
    let before = files(&site);
    built(&out, &options).unwrap();
    assert_eq!(files(&site), before, "the same build again changes nothing");
    let care = fs::read_to_string(rules.0.join("ok/ok.care")).unwrap();
    rules.write("ok/ok.care", care.replace("phone   \"501-614-7020\"", "phone   \"501-614-7021\""));
    built(&out, &options).unwrap();
    let after = files(&site);
    for (name, bytes) in before.iter().filter(|(name, _)| lasting(name)) {
        assert_eq!(after.get(name), Some(bytes), "{name}");
    }
    assert!(after.len() > before.len(), "other rules have other names");
    assert_ne!(after["carepath.js"], before["carepath.js"]);
    assert_ne!(after["programs/ok.html"], before["programs/ok.html"]);
}

#[test]
fn a_build_that_fails_leaves_the_site_as_it_was() {
    let rules = Folder::with_rules();
    let out = Folder::new();
    let folder = rules.path("");
    let site = out.path("site");
    let options = ["build", "--state", "OK", "--rules", &folder, "-o", &site];
    if built(&out, &options[1..5]).is_none() {
        return;
    }
    let root = Path::new(&site);
    let stable = || files(root).into_iter().filter(|(name, _)| !lasting(name)).collect::<Vec<_>>();
    let care = fs::read_to_string(rules.0.join("ok/ok.care")).unwrap();
    let other = care.replace("phone   \"501-614-7020\"", "phone   \"501-614-7021\"");
    // Rules with a mistake, and rules whose scenarios fail: nothing is written at all.
    let before = files(root);
    rules.write("ok/ok.care", care.replacen("age under 21 ", "age undr 21 ", 1));
    run(&options).ends_with(1).says("the rules of OK have errors");
    rules.write("ok/ok.care", care.replacen("age under 21 ", "age under 5 ", 1));
    run(&options).ends_with(1).says("of their scenarios fail");
    assert_eq!(files(root), before);
    // A name that cannot be used again, since a folder has it: every other one stays what it was.
    rules.write("ok/ok.care", &other);
    fs::rename(root.join("configure.html"), root.join("kept")).unwrap();
    fs::create_dir(root.join("configure.html")).unwrap();
    let before = stable();
    run(&options).ends_with(2).says("configure.html cannot be written");
    assert_eq!(stable(), before, "and nothing half-written is left");
    fs::remove_dir(root.join("configure.html")).unwrap();
    fs::rename(root.join("kept"), root.join("configure.html")).unwrap();
    // A file with a hash in its name that is not what it was.
    let told = run(&[&options[..], &["--format", "json"]].concat()).ends_with(0).json();
    let bundle = told["states"][0]["file"].as_str().unwrap();
    fs::write(root.join(bundle), "damaged").unwrap();
    let before = files(root);
    run(&options).ends_with(2).says(bundle).says("holds something else than this build");
    assert_eq!(files(root), before);
}

#[test]
fn what_is_asked_for_must_make_sense() {
    let out = Folder::new();
    let site = out.path("site");
    let to = ["-o", &site];
    let ask = |more: &[&str]| run(&[&["build"], more].concat());
    ask(&[&["--state", "XX"][..], &to].concat()).ends_with(2).says("`XX` is no U.S. state or territory");
    ask(&[&["--state", "AR,"][..], &to].concat()).ends_with(2).says("two letters");
    ask(&["--state", "AR"]).ends_with(2).says("--out <DIR>");
    ask(&["--state", "AR", "-o", ""]).ends_with(2);
    ask(&to).ends_with(2).says("--state");
    for address in
        ["ftp://a.example/", "a.example", "https://", "https:///x", "https://a.example/\"><b", "https://a b"]
    {
        ask(&[&["--state", "AR", "--address", address][..], &to].concat())
            .ends_with(2)
            .says("no web address");
    }
    ask(&["--help"]).ends_with(0).prints("--address").prints("server/").prints("carepath build --state all");
    assert!(!out.0.join("site").exists());
}

#[test]
fn a_folder_that_cannot_be_the_sites_is_refused() {
    let rules = Folder::with_rules();
    let out = Folder::new();
    let folder = rules.path("");
    if built(&out, &["--state", "OK", "--rules", &folder]).is_none() {
        return;
    }
    let ask = |to: &str| run(&["build", "--state", "OK", "--rules", &folder, "-o", to]);
    run(&["build", "--state", "OK,OH", "--rules", &folder, "-o", &out.path("new")])
        .ends_with(2)
        .says("there are no rules of OH; the states that have rules are OK");
    out.write("file", "");
    ask(&out.path("file")).ends_with(2).says("is a file; name a folder for the site");
    ask(&out.path("file/site")).ends_with(2).says("cannot be written");
    ask("/proc/site").ends_with(2).says("cannot be written");
    for inside in ["", "site", "ok/../site", "new/../ok", "new/deep/../../us/site"] {
        ask(&rules.path(inside)).ends_with(2).says("among the rule files");
    }
    // The rules folder would be the site's folder `rules`.
    let both = Folder::new();
    fs::create_dir(both.0.join("rules")).unwrap();
    for state in ["us", "ok"] {
        fs::create_dir(both.0.join("rules").join(state)).unwrap();
        for (name, bytes) in files(&rules.0.join(state)) {
            fs::write(both.0.join("rules").join(state).join(name), bytes).unwrap();
        }
    }
    run(&["build", "--state", "OK", "--rules", &both.path("rules"), "-o", &both.path("")])
        .ends_with(2)
        .says("among the rule files");
    assert_eq!(fs::read_dir(both.0.join("rules")).unwrap().count(), 2);
    assert!(!rules.0.join("new").exists() && !out.0.join("new").exists());
}
