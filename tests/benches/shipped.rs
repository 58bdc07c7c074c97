//! The rules as they are shipped.

use carepath::compile::{compile, states};
use carepath::program::Program;
use carepath::source::{SourceFile, Sources};
use carepath::value::Date;
use std::fs;
use std::path::Path;

/// The day for which everything is measured.
pub(crate) fn day() -> Date {
    Date::parse("2026-06-01").unwrap()
}

/// Every shipped state, compiled.
pub(crate) fn shipped() -> Vec<Program> {
    let sources = sources();
    let (states, _) = states(&sources);
    states.into_iter().map(|state| compile(&sources, state).0.expect("the shipped rules compile")).collect()
}

/// The files of the shipped rules.
pub(crate) fn sources() -> Sources {
    let mut files = Vec::new();
    for folder in listed(&Path::new(env!("CARGO_MANIFEST_DIR")).join("rules")) {
        if !folder.is_dir() {
            continue;
        }
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        for path in listed(&folder) {
            let file = path.file_name().unwrap().to_string_lossy().into_owned();
            let text = fs::read_to_string(&path).unwrap();
            files.push(SourceFile { path: format!("{name}/{file}"), text });
        }
    }
    Sources::new(files)
}

/// What is in a folder, by name.
fn listed(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}
