//! The architecture: `src/lib.rs` lists the modules ground first, and none imports one that stands below it.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]

use std::fs;
use std::path::{Path, PathBuf};

/// Modules that stand side by side: none of a row imports another of it.
const APART: [&[&str]; 4] = [
    &["source", "value"],
    &["eval", "diagram"],
    &["explain", "interview", "scenarios"],
    &["explain", "compile"],
];

fn library() -> (PathBuf, Vec<String>) {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let text = fs::read_to_string(src.join("lib.rs")).unwrap();
    let modules = text
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .map(str::to_owned)
        .collect();
    (src, modules)
}

fn files(path: &Path, found: &mut Vec<PathBuf>) {
    if path.is_dir() {
        fs::read_dir(path).unwrap().for_each(|entry| files(&entry.unwrap().path(), found));
    } else if path.extension().is_some_and(|extension| extension == "rs") {
        found.push(path.to_owned());
    }
}

/// The modules of this crate that a file names.
fn imports(text: &str) -> Vec<String> {
    text.match_indices("crate::")
        .map(|(at, start)| {
            text[at + start.len()..]
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect::<String>()
        })
        .filter(|name| !name.is_empty())
        .collect()
}

#[test]
fn no_import_runs_back_up() {
    let (src, modules) = library();
    assert!(modules.len() > 10, "{modules:?}");
    let mut wrong = Vec::new();
    for (order, module) in modules.iter().enumerate() {
        let mut own = Vec::new();
        files(&src.join(module), &mut own);
        files(&src.join(format!("{module}.rs")), &mut own);
        own.retain(|file| file.exists());
        assert!(!own.is_empty(), "{module} has no file");
        for file in own {
            for import in imports(&fs::read_to_string(&file).unwrap()) {
                let target = modules.iter().position(|known| *known == import);
                let backward = target.is_none_or(|target| target > order);
                let apart = import != *module
                    && APART
                        .iter()
                        .any(|row| row.contains(&module.as_str()) && row.contains(&import.as_str()));
                if backward || apart {
                    wrong.push(format!("{} imports {import}", file.strip_prefix(&src).unwrap().display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "imports that run back or across: {wrong:#?}");
}

#[test]
fn the_command_line_is_a_stranger() {
    let (src, _) = library();
    let mut own = Vec::new();
    files(&src.join("cli"), &mut own);
    let mut at_the_disk = 0;
    for file in own {
        let text = fs::read_to_string(&file).unwrap();
        assert!(!text.contains("crate::"), "{} reaches into the crate", file.display());
        let touches = ["fs::", "File::", "OpenOptions"].iter().any(|word| text.contains(word));
        let may = file.starts_with(src.join("cli/files"));
        assert!(may || !touches, "{}: only cli/files touches the disk", file.display());
        at_the_disk += usize::from(touches);
    }
    assert!(at_the_disk > 0, "nothing that touches the disk was looked at");
}
