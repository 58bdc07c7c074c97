//! The only place that touches the disk: rules folders, the rules inside the program, answers files; what `fmt` writes.

#![allow(clippy::disallowed_methods, reason = "this is the one place that may touch the disk")]

mod revision;
mod write;

pub(super) use revision::version;
pub(super) use write::{
    check_site_folder, leave, leave_site, leave_state, replace, scenarios_file, write_scenarios,
};

use super::Failure;
use carepath::bundle::{self, Bundle};
use carepath::compile::states;
use carepath::model::LARGEST_DATA;
use carepath::source::{SourceFile, Sources};
use carepath::syntax::LARGEST_FILE;
use carepath::value::StateCode;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

#[derive(rust_embed::RustEmbed)]
#[folder = "rules"]
#[include = "*.care"]
#[include = "*.yaml"]
struct BuiltIn;

/// No file of a rules folder, and no answers file, is read beyond this: so far that whoever reads the text sees that it
/// is too large, even if a letter is cut off at the end.
const MOST_BYTES: u64 = LARGEST_FILE as u64 + 4;
const _: () = assert!(LARGEST_FILE >= LARGEST_DATA, "no file may be cut that would not be refused");
/// What stands before the paths of the rules inside the program, in messages.
const BUILT_IN_BASE: &str = "rules/";
/// A rules folder has fewer files than this.
const MOST_FILES: usize = 5_000;

/// Where rules come from.
pub(super) struct Rules {
    /// The folder given on the command line.
    pub(super) folder: Option<PathBuf>,
}

/// Rule files, as they are now.
pub(super) struct Loaded {
    /// The files.
    pub(super) sources: Sources,
    /// What stands before their paths in messages.
    pub(super) base: String,
    /// Files that are not text in UTF-8, by path.
    pub(super) not_text: Vec<String>,
    /// The states to look at; all of them if nothing was named.
    pub(super) states: Vec<StateCode>,
    /// Folders that are no state's.
    pub(super) strange: Vec<String>,
    /// The one file to speak of, if a file was named, and its path as it was named.
    pub(super) only: Option<(String, String)>,
}

impl Rules {
    /// Reads the rules folder.
    pub(super) fn load(&self) -> Result<Loaded, Failure> {
        match self.path() {
            Some(folder) => load_folder(&folder),
            None => Ok(built_in()),
        }
    }

    /// The folder that is read; nothing if the rules inside the program are.
    pub(super) fn path(&self) -> Option<PathBuf> {
        let here = PathBuf::from("rules");
        self.folder.clone().or_else(|| here.join("us").is_dir().then_some(here))
    }

    /// Reads what a path names: a rules folder, a state's folder, or one file.
    pub(super) fn load_path(&self, path: &Path) -> Result<Loaded, Failure> {
        let metadata = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
        let full = fs::canonicalize(path).map_err(|error| unreadable(path, &error))?;
        if metadata.is_dir() {
            let name = full.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let in_rules = full.parent().is_some_and(|parent| parent.join("us").is_dir());
            if in_rules && (name == "us" || StateCode::parse(&name).is_some()) {
                // A bare name, `ar`, lies in the folder where we are.
                let here = path.parent().map(|parent| match parent.as_os_str().is_empty() {
                    true => Path::new("."),
                    false => parent,
                });
                let around = full.parent().unwrap_or(&full);
                let mut loaded =
                    load_folder(here.filter(|parent| parent.join("us").is_dir()).unwrap_or(around))?;
                if let Some(state) = StateCode::parse(&name) {
                    loaded.states.retain(|known| *known == state);
                }
                return Ok(loaded);
            }
            return load_folder(path);
        }
        if !metadata.is_file() {
            return Err(strange(path));
        }
        let mut not_text = Vec::new();
        let text = read_text(path, &mut not_text)?;
        let folder =
            full.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy().into_owned();
        let rules = full.parent().and_then(Path::parent);
        let file_name = full.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if let Some(rules) =
            rules.filter(|rules| rules.join("us").is_dir() && StateCode::parse(&folder).is_some())
        {
            let mut loaded = load_folder(rules)?;
            loaded.states.retain(|state| state.folder() == folder);
            loaded.base = path.parent().and_then(Path::parent).map_or_else(String::new, shown_base);
            loaded.only = Some((format!("{folder}/{file_name}"), path.display().to_string()));
            return Ok(loaded);
        }
        self.alone(path, text, not_text)
    }

    /// One rule file that lies in no rules folder: read as if it were its state's only one, beside the shared rules.
    fn alone(&self, path: &Path, text: String, not_text: Vec<String>) -> Result<Loaded, Failure> {
        let shared = self.load()?;
        let state = declared_state(&text);
        let folder = state.map_or_else(|| "unknown".to_owned(), StateCode::folder);
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let own = format!("{folder}/{name}");
        let mut files: Vec<SourceFile> = shared
            .sources
            .iter()
            .filter(|(_, file)| file.path.starts_with("us/"))
            .map(|(_, file)| file.clone())
            .collect();
        // The words and lists beside the file, if there are any, are the state's.
        let neighbors = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        for entry in
            neighbors.into_iter().flat_map(|parent| fs::read_dir(parent).into_iter().flatten()).flatten()
        {
            let neighbor = entry.path();
            if neighbor.extension().is_some_and(|extension| extension == "yaml") && neighbor.is_file() {
                let name = neighbor.file_name().unwrap_or_default().to_string_lossy().into_owned();
                if KNOWN_NEIGHBORS.contains(&name.as_str()) {
                    let text = read_text(&neighbor, &mut Vec::new())?;
                    files.push(SourceFile { path: format!("{folder}/{name}"), text });
                }
            }
        }
        files.push(SourceFile { path: own.clone(), text });
        Ok(Loaded {
            sources: Sources::new(files),
            base: String::new(),
            not_text,
            states: state.into_iter().collect(),
            strange: Vec::new(),
            only: Some((own, path.display().to_string())),
        })
    }
}

const KNOWN_NEIGHBORS: [&str; 5] = ["facts.yaml", "lists.yaml", "sources.yaml", "statements.yaml", "es.yaml"];

/// The state that a rule file says it is for.
fn declared_state(text: &str) -> Option<StateCode> {
    text.lines().find_map(|line| {
        let mut words = line.split_whitespace();
        (words.next() == Some("state")).then(|| words.next().and_then(StateCode::parse)).flatten()
    })
}

fn load_folder(folder: &Path) -> Result<Loaded, Failure> {
    let mut files = Vec::new();
    let mut not_text = Vec::new();
    for state in list(folder)? {
        if !state.is_dir() {
            continue;
        }
        let state_name = state.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for path in list(&state)? {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if !path.is_file() || name.starts_with('.') {
                continue;
            }
            let mut strange = Vec::new();
            let text = read_text(&path, &mut strange)?;
            let inner = format!("{state_name}/{name}");
            not_text.extend(strange.into_iter().map(|_| inner.clone()));
            files.push(SourceFile { path: inner, text });
            if files.len() > MOST_FILES {
                let why = format!("it has more than {MOST_FILES} files");
                return Err(Failure::Unreadable { path: folder.display().to_string(), why });
            }
        }
    }
    Ok(loaded(Sources::new(files), shown_base(folder), not_text))
}

/// The rules inside the program.
pub(super) fn built_in() -> Loaded {
    let files = BuiltIn::iter()
        .filter_map(|path| {
            let file = BuiltIn::get(&path)?;
            Some(SourceFile { path: path.to_string(), text: String::from_utf8(file.data.into_owned()).ok()? })
        })
        .collect();
    loaded(Sources::new(files), BUILT_IN_BASE.into(), Vec::new())
}

fn loaded(sources: Sources, base: String, not_text: Vec<String>) -> Loaded {
    let (states, strange) = states(&sources);
    Loaded { sources, base, not_text, states, strange, only: None }
}

/// The paths in a folder, by name.
fn list(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = fs::read_dir(folder).map_err(|error| unreadable(folder, &error))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    Ok(paths)
}

/// A file's text; what is not UTF-8 comes back empty, and its path in the list.
fn read_text(path: &Path, not_text: &mut Vec<String>) -> Result<String, Failure> {
    let bytes = read_bytes(path)?;
    Ok(String::from_utf8(bytes).unwrap_or_else(|_| {
        not_text.push(path.display().to_string());
        String::new()
    }))
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let file = fs::File::open(path).map_err(|error| unreadable(path, &error))?;
    read_from(path, file)
}

fn read_from(path: &Path, file: impl Read) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    file.take(MOST_BYTES).read_to_end(&mut bytes).map_err(|error| unreadable(path, &error))?;
    // A file cut off in the middle of a letter is still text; it is refused for its size.
    if bytes.len() as u64 == MOST_BYTES {
        while std::str::from_utf8(&bytes).is_err_and(|error| error.error_len().is_none()) {
            bytes.pop();
        }
    }
    Ok(bytes)
}

/// An answers file; `-` is standard input.
pub(super) fn read_answers(path: &Path) -> Result<String, Failure> {
    let input = path == Path::new("-");
    let bytes = if input { read_from(path, std::io::stdin().lock())? } else { read_bytes(path)? };
    String::from_utf8(bytes).map_err(|_| Failure::Usage(format!("{} is not text in UTF-8", path.display())))
}

/// A rule file that may be written.
pub(super) struct RuleFile {
    /// Its path, as the reader would write it.
    pub(super) shown: String,
    /// Where it lies, links followed; nothing for standard input.
    pub(super) place: Option<PathBuf>,
    /// Its text, if it is text in UTF-8.
    pub(super) text: Option<String>,
}

/// The rule files (`*.care`) that a path names: one file, or all in a folder and in the folders directly inside it. What
/// a link in a folder leads out of it to is left alone.
pub(super) fn rule_files(path: &Path) -> Result<Vec<RuleFile>, Failure> {
    let folder = fs::canonicalize(path).map_err(|error| unreadable(path, &error))?;
    if !folder.is_dir() {
        if !folder.is_file() {
            return Err(strange(path));
        }
        if !is_rule_file(path) {
            let message =
                format!("{} is no rule file: only files named `*.care` are laid out", path.display());
            return Err(Failure::Usage(message));
        }
        return Ok(vec![rule_file(path, folder)?]);
    }
    let mut paths = Vec::new();
    for inside in list(path)? {
        if inside.is_dir() {
            paths.extend(list(&inside)?);
        } else {
            paths.push(inside);
        }
    }
    let mut files = Vec::new();
    for path in paths.iter().filter(|path| path.is_file() && is_rule_file(path)) {
        let place = fs::canonicalize(path).map_err(|error| unreadable(path, &error))?;
        if place.starts_with(&folder) {
            files.push(rule_file(path, place)?);
        }
    }
    Ok(files)
}

/// A rule file has a name and `.care` after it; one that starts with a dot is somebody else's.
fn is_rule_file(path: &Path) -> bool {
    let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    !hidden && path.extension().is_some_and(|extension| extension == "care")
}

fn rule_file(path: &Path, place: PathBuf) -> Result<RuleFile, Failure> {
    let text = String::from_utf8(read_bytes(path)?).ok();
    Ok(RuleFile { shown: path.display().to_string(), place: Some(place), text })
}

/// Standard input, as a rule file.
pub(super) fn standard_input() -> Result<RuleFile, Failure> {
    let text = String::from_utf8(read_from(Path::new("-"), std::io::stdin().lock())?).ok();
    Ok(RuleFile { shown: "standard input".into(), place: None, text })
}

/// The bundle of a file.
pub(super) fn read_bundle(path: &Path) -> Result<Bundle, Failure> {
    let file = fs::File::open(path).map_err(|error| unreadable(path, &error))?;
    let mut bytes = Vec::new();
    file.take(bundle::LARGEST as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| unreadable(path, &error))?;
    Bundle::read(&bytes).map_err(|why| Failure::Usage(format!("{}: {why}", path.display())))
}

fn shown_base(folder: &Path) -> String {
    let mut base = folder.display().to_string();
    if !base.is_empty() && !base.ends_with('/') {
        base.push('/');
    }
    base
}

fn strange(path: &Path) -> Failure {
    let why = "it is neither a file nor a folder".to_owned();
    Failure::Unreadable { path: path.display().to_string(), why }
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    let why = match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file or folder".into(),
        std::io::ErrorKind::PermissionDenied => "reading it is not allowed".into(),
        _ => error.to_string(),
    };
    Failure::Unreadable { path: path.display().to_string(), why }
}
