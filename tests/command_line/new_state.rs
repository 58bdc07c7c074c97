//! `carepath new-state`, and the tutorial of the README that begins with it.

use crate::program::*;

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = env::temp_dir().join(format!("carepath-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// What a call in this folder prints, messages before results, as a person sees it.
    fn run(&self, arguments: &[&str]) -> (i32, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_carepath"))
            .args(arguments)
            .current_dir(&self.0)
            .output()
            .unwrap();
        let [err, out] = [output.stderr, output.stdout].map(|bytes| String::from_utf8(bytes).unwrap());
        (output.status.code().unwrap(), format!("{err}{out}"))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn every_state_can_begin() {
    let folder = Folder::new("every-state");
    for code in ["AK", "DC", "OH", "PR", "WV"] {
        let (status, told) = folder.run(&["new-state", code]);
        assert_eq!(status, 0, "{told}");
        assert!(told.contains(&format!("rules/{} holds an example for ", code.to_lowercase())), "{told}");
    }
    let (status, told) = folder.run(&["check"]);
    assert_eq!((status, told.as_str()), (0, "AK, DC, OH, PR, WV: no mistakes found\n"));
    let (status, told) = folder.run(&["test", "--coverage"]);
    assert_eq!(status, 0, "{told}");
    assert!(told.contains("Every criterion is seen to decide both ways.\n"), "{told}");
    assert!(told.contains("30 scenarios passed, 0 failed"), "{told}");
    let (status, told) = folder.run(&["fmt", "--check", "rules"]);
    assert_eq!(status, 0, "{told}");
    let (status, told) =
        folder.run(&["screen", "--state", "WV", "--as-of", "2026-06-01", "--answers", "/dev/null"]);
    assert_eq!(status, 0, "{told}");
    assert!(told.contains("Example Program of West Virginia"), "{told}");
}

#[test]
fn a_folder_that_is_there_stays_as_it_is() {
    let folder = Folder::new("there");
    folder.run(&["new-state", "OH"]);
    let file = folder.0.join("rules/oh/oh.care");
    fs::write(&file, "mine").unwrap();
    let (status, told) = folder.run(&["new-state", "OH"]);
    assert_eq!((status, told.as_str()), (2, "carepath: rules/oh is there already; nothing was written\n"));
    assert_eq!(fs::read_to_string(file).unwrap(), "mine");
}

#[test]
fn no_state_and_no_rules_folder_are_told() {
    let folder = Folder::new("no-state");
    let (status, told) = folder.run(&["new-state", "XX"]);
    assert_eq!(status, 2);
    assert!(told.contains("`XX` is no U.S. state or territory; write two letters, such as AR"), "{told}");
    fs::create_dir(folder.0.join("photos")).unwrap();
    let (status, told) = folder.run(&["new-state", "OH", "--rules", "photos"]);
    assert_eq!(status, 2);
    assert_eq!(told, "carepath: photos is no rules folder: it has no folder `us`; nothing was written\n");
    assert_eq!(fs::read_dir(folder.0.join("photos")).unwrap().count(), 0);
}

#[test]
fn the_example_is_not_published() {
    let folder = Folder::new("example");
    folder.run(&["new-state", "OH"]);
    for verb in [["publish", "--state", "OH", "-o", "out"], ["build", "--state", "OH", "-o", "out"]] {
        let (status, told) = folder.run(&verb);
        assert_eq!(status, 1, "{told}");
        assert!(told.contains("they still have the program `example_program`"), "{told}");
        assert!(!folder.0.join("out").exists());
    }
}

#[test]
fn scripts_get_the_files() {
    let folder = Folder::new("json");
    let (status, told) = folder.run(&["new-state", "OH", "--format", "json"]);
    let files = ["oh.care", "facts.yaml", "sources.yaml", "statements.yaml", "es.yaml", "scenarios.yaml"];
    let written: Value = serde_json::from_str(&told).unwrap();
    assert_eq!((status, written), (0, json!({ "state": "OH", "folder": "rules/oh", "files": files })));
}

/// Does what the README says, step by step: every call prints what stands below it, every change finds its line once.
#[test]
fn the_tutorial_holds() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let from = readme.find("## Write a state's rules in ten minutes").unwrap();
    let tutorial = &readme[from..];
    let tutorial = &tutorial[..tutorial[3..].find("\n## ").unwrap()];
    let folder = Folder::new("tutorial");
    let (mut printed, mut calls, mut changes) = (String::new(), 0, 0);
    for fence in tutorial.split("```").skip(1).step_by(2) {
        let (word, text) = fence.split_once('\n').unwrap();
        match word {
            "sh" => {
                printed.clear();
                for line in text.lines() {
                    let arguments: Vec<&str> = line.split_whitespace().skip(1).collect();
                    let told = folder.run(&arguments).1;
                    // What it prints stands in the README but for this one, which says what to do next.
                    printed += if arguments[0] == "new-state" { "" } else { &told };
                    calls += 1;
                }
            }
            "text" => assert_eq!(printed, text),
            "diff" => {
                let lines: Vec<&str> = text.lines().collect();
                let [file, old, new] = lines.as_slice() else {
                    panic!("a file, an old line and a new one: {text}")
                };
                let [old, new] =
                    [(old, "- "), (new, "+ ")].map(|(line, mark)| line.strip_prefix(mark).unwrap());
                let path = folder.0.join(file);
                let written = fs::read_to_string(&path).unwrap();
                assert_eq!(written.matches(old).count(), 1, "{old}");
                fs::write(path, written.replace(old, new)).unwrap();
                changes += 1;
            }
            _ => panic!("what is ```{word}?"),
        }
    }
    assert!(calls >= 6 && changes >= 3);
}
