//! The only place that touches the disk: rules folders, the rules inside the program, answers files; what `fmt` writes.

#![allow(clippy::disallowed_methods, reason = "this is the one file that may touch the disk")]

use super::Failure;
use super::site::File;
use carepath::bundle::{self, Bundle};
use carepath::compile::states;
use carepath::model::LARGEST_DATA;
use carepath::source::{SourceFile, Sources};
use carepath::syntax::LARGEST_FILE;
use carepath::value::StateCode;
use std::fs;
use std::io::{Read, Write as _};
use std::path::{Component, Path, PathBuf};

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
                let mut loaded = load_folder(
                    path.parent().filter(|parent| parent.join("us").is_dir()).unwrap_or(&full.join("..")),
                )?;
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

/// Rules named by a folder, or by a revision of the git repository here: `main`, `HEAD~1`, `v2:rules`. A folder of that
/// name comes first.
pub(super) fn version(name: &str) -> Result<Loaded, Failure> {
    let path = Path::new(name);
    let no_rules = || "it holds no rules: a rules folder has a folder `us` and one for each state".to_owned();
    if path.exists() {
        let loaded = load_folder(path)?;
        let some = loaded.sources.iter().any(|(_, file)| file.path.ends_with(".care"));
        return some
            .then_some(loaded)
            .ok_or_else(|| Failure::Unreadable { path: name.to_owned(), why: no_rules() });
    }
    let (revision, folder) = name.split_once(':').unwrap_or((name, "rules"));
    let unreadable = |why: String| Failure::Unreadable { path: name.to_owned(), why };
    let folder = folder.trim_end_matches('/');
    // No name is ever taken for an option.
    let mut asked = vec!["ls-tree", "-r", "-z", "--full-tree", "--end-of-options", revision];
    asked.extend((!folder.is_empty()).then_some(folder));
    let listed = git(&asked).map_err(|why| {
        unreadable(format!("there is no such folder, and git does not know it as a revision: {why}"))
    })?;
    let mut files = Vec::new();
    let mut not_text = Vec::new();
    for entry in listed.split(|byte| *byte == 0).filter(|entry| !entry.is_empty()) {
        let entry = String::from_utf8_lossy(entry);
        let Some((about, full)) = entry.split_once('\t') else { continue };
        if about.starts_with("120000") {
            let why = format!(
                "`{full}` is a link, and links are not followed in a revision; name a folder instead"
            );
            return Err(unreadable(why));
        }
        let inner = full.strip_prefix(folder).map_or(full, |inner| inner.trim_start_matches('/'));
        let (Some(object), 2) = (about.split_whitespace().nth(2), inner.split('/').count()) else { continue };
        let bytes = git(&["cat-file", "blob", object]).map_err(unreadable)?;
        let text = String::from_utf8(bytes).unwrap_or_else(|_| {
            not_text.push(inner.to_owned());
            String::new()
        });
        files.push(SourceFile { path: inner.to_owned(), text });
        if files.len() > MOST_FILES {
            return Err(unreadable(format!("it has more than {MOST_FILES} files")));
        }
    }
    if !files.iter().any(|file| file.path.ends_with(".care")) {
        return Err(unreadable(no_rules()));
    }
    Ok(loaded(Sources::new(files), format!("{name}:"), not_text))
}

/// What a git command prints; what it complains about, where it fails.
fn git(arguments: &[&str]) -> Result<Vec<u8>, String> {
    let output =
        std::process::Command::new("git").args(arguments).output().map_err(|error| error.to_string())?;
    match output.status.success() {
        true => Ok(output.stdout),
        false => Err(String::from_utf8_lossy(&output.stderr).lines().next().unwrap_or_default().to_owned()),
    }
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

/// Where a state's scenarios stand, links followed; a state that has none yet gets a file.
pub(super) fn scenarios_file(rules: &Rules, loaded: &Loaded, name: &str) -> Result<PathBuf, Failure> {
    let built_in = rules.path().is_none() && loaded.base == BUILT_IN_BASE;
    if built_in || loaded.base.is_empty() {
        let message = "scenarios are written into a rules folder; name one with `--rules DIR`";
        return Err(Failure::Usage(message.into()));
    }
    let path = Path::new(&loaded.base).join(name);
    match fs::canonicalize(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(path),
        found => found.map_err(|error| unreadable(&path, &error)),
    }
}

/// Writes a state's scenarios, if what was read still stands there.
pub(super) fn write_scenarios(path: &Path, old: &str, text: &str) -> Result<(), Failure> {
    let there = if path.exists() { read_bytes(path)? } else { Vec::new() };
    if there != old.as_bytes() {
        let why = "it has just been changed; try again".to_owned();
        return Err(Failure::Unwritable { path: path.display().to_string(), why });
    }
    replace(path, text)
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

/// Leaves a file in a folder, which is made if there is none.
pub(super) fn leave(folder: &Path, name: &str, bytes: &[u8]) -> Result<PathBuf, Failure> {
    fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
    let path = folder.join(name);
    replace_bytes(&path, bytes)?;
    Ok(path)
}

/// Puts another text in the place of a file's, or makes the file. Whoever reads the file meanwhile sees all of the one or all of the other.
pub(super) fn replace(path: &Path, text: &str) -> Result<(), Failure> {
    replace_bytes(path, text.as_bytes())
}

fn replace_bytes(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    Beside::write(path, bytes)?.take_place()
}

/// What a file will hold, whole and on the disk, under a name beside the file's; gone again unless it takes its place.
struct Beside {
    new: PathBuf,
    path: PathBuf,
}

impl Beside {
    fn write(path: &Path, bytes: &[u8]) -> Result<Self, Failure> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let new = path.with_file_name(format!(".{name}.{}.new", std::process::id()));
        let beside = Self { new, path: path.to_owned() };
        beside.fill(bytes).map_err(|error| unwritable(path, &error))?;
        Ok(beside)
    }

    fn fill(&self, bytes: &[u8]) -> std::io::Result<()> {
        let permissions = match fs::metadata(&self.path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Ok(found) if found.is_dir() => return Err(std::io::ErrorKind::IsADirectory.into()),
            found => Some(found?.permissions()),
        };
        if permissions.as_ref().is_some_and(fs::Permissions::readonly) {
            return Err(std::io::ErrorKind::PermissionDenied.into());
        }
        let mut file = fs::File::create_new(&self.new)?;
        file.write_all(bytes)?;
        if let Some(permissions) = permissions {
            file.set_permissions(permissions)?;
        }
        file.sync_all()
    }

    fn take_place(self) -> Result<(), Failure> {
        fs::rename(&self.new, &self.path).map_err(|error| unwritable(&self.path, &error))
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.new);
    }
}

/// Refuses a folder for a site that is a file, or that would mix the site's files with rule files.
pub(super) fn check_site_folder(folder: &Path, rules: &Rules) -> Result<(), Failure> {
    let shown = folder.display();
    if folder.exists() && !folder.is_dir() {
        return Err(Failure::Usage(format!("{shown} is a file; name a folder for the site")));
    }
    let Some(rules) = rules.path().and_then(|rules| fs::canonicalize(rules).ok()) else { return Ok(()) };
    let full = full_path(folder);
    if full.starts_with(&rules) || rules.starts_with(full.join("rules")) {
        let rules = rules.display();
        return Err(Failure::Usage(format!(
            "a site in {shown} would leave its files among the rule files in {rules}; name another folder"
        )));
    }
    Ok(())
}

/// A path with every link followed, as far as there is something there already.
fn full_path(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for there in path.ancestors() {
        let Ok(mut full) = fs::canonicalize(there) else { continue };
        for part in path.strip_prefix(there).into_iter().flat_map(Path::components) {
            match part {
                Component::ParentDir => drop(full.pop()),
                part => full.push(part),
            }
        }
        return full;
    }
    path
}

/// Leaves the files of a site in a folder. Those that last come first: one that is there already is left alone, and none
/// is ever changed. The others take their places at the end, when all of them are on the disk; so a site that is there
/// goes on working, whatever fails.
pub(super) fn leave_site(folder: &Path, lasting: &[File], replaced: &[File]) -> Result<(), Failure> {
    let mut new = Vec::new();
    for (name, bytes) in lasting {
        let path = folder.join(name);
        match fs::metadata(&path) {
            Err(_) => new.push((path, bytes)),
            Ok(found) if holds(&path, &found, bytes)? => {}
            Ok(_) => {
                return Err(Failure::Usage(format!(
                    "{} is there and holds something else than this build: a file with a hash in its name is never \
                     changed; remove it if it is damaged, or build into a new folder",
                    path.display()
                )));
            }
        }
    }
    for (path, bytes) in new {
        make_folder(&path)?;
        replace_bytes(&path, bytes)?;
    }
    let mut beside = Vec::new();
    for (name, bytes) in replaced {
        let path = folder.join(name);
        make_folder(&path)?;
        beside.push(Beside::write(&path, bytes)?);
    }
    beside.into_iter().try_for_each(Beside::take_place)
}

fn holds(path: &Path, found: &fs::Metadata, bytes: &[u8]) -> Result<bool, Failure> {
    let as_long = found.is_file() && found.len() == bytes.len() as u64;
    Ok(as_long && fs::read(path).map_err(|error| unreadable(path, &error))? == bytes)
}

/// Makes the folder of a file, if there is none.
fn make_folder(path: &Path) -> Result<(), Failure> {
    let Some(folder) = path.parent() else { return Ok(()) };
    fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))
}

fn unwritable(path: &Path, error: &std::io::Error) -> Failure {
    let why = match error.kind() {
        std::io::ErrorKind::PermissionDenied => "writing it is not allowed".into(),
        _ => error.to_string(),
    };
    Failure::Unwritable { path: path.display().to_string(), why }
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
