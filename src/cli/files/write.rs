//! What is written: whole, or not at all.

use super::super::site::File;
use super::{BUILT_IN_BASE, Failure, Loaded, Rules, built_in, read_bytes, unreadable};
use carepath::model::SHARED_FOLDER;
use carepath::value::StateCode;
use std::fs;
use std::io::Write as _;
use std::path::{Component, Path, PathBuf};

/// Where a state's scenarios stand, links followed; a state that has none yet gets a file.
pub(in super::super) fn scenarios_file(
    rules: &Rules,
    loaded: &Loaded,
    name: &str,
) -> Result<PathBuf, Failure> {
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
pub(in super::super) fn write_scenarios(path: &Path, old: &str, text: &str) -> Result<(), Failure> {
    let there = if path.exists() { read_bytes(path)? } else { Vec::new() };
    if there != old.as_bytes() {
        let why = "it has just been changed; try again".to_owned();
        return Err(Failure::Unwritable { path: path.display().to_string(), why });
    }
    replace(path, text)
}

/// Leaves a file in a folder, which is made if there is none.
pub(in super::super) fn leave(folder: &Path, name: &str, bytes: &[u8]) -> Result<PathBuf, Failure> {
    fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
    let path = folder.join(name);
    replace_bytes(&path, bytes)?;
    Ok(path)
}

/// Leaves the files of a new state in the rules folder, all or none: its folder, and the one with what all states share where
/// there was none.
pub(in super::super) fn leave_state(
    rules: &Rules,
    state: StateCode,
    files: &[(String, String)],
) -> Result<(PathBuf, Option<PathBuf>), Failure> {
    let base = rules.path().unwrap_or_else(|| PathBuf::from("rules"));
    let folder = base.join(state.folder());
    if folder.exists() {
        return Err(Failure::Usage(format!("{} is there already; nothing was written", folder.display())));
    }
    if rules.folder.is_some() && !base.join(SHARED_FOLDER).is_dir() && base.exists() {
        return Err(Failure::Usage(format!(
            "{0} is no rules folder: it has no folder `{SHARED_FOLDER}`; nothing was written",
            base.display()
        )));
    }
    let us = base.join(SHARED_FOLDER);
    let made = (!us.is_dir()).then_some(us);
    if let Some(us) = &made {
        let shared = built_in().sources;
        let shared = shared.iter().filter_map(|(_, file)| {
            let name = file.path.strip_prefix(SHARED_FOLDER)?.strip_prefix('/')?;
            Some((name.to_owned(), file.text.clone()))
        });
        leave_folder(us, &shared.collect::<Vec<_>>())?;
    }
    leave_folder(&folder, files)?;
    Ok((folder, made))
}

/// Leaves a folder that was not there: whole, or not at all.
fn leave_folder(folder: &Path, files: &[(String, String)]) -> Result<(), Failure> {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let new = folder.with_file_name(format!(".{name}.{}.new", std::process::id()));
    let fill = || {
        fs::create_dir_all(&new)?;
        files.iter().try_for_each(|(name, text)| fs::write(new.join(name), text))?;
        fs::rename(&new, folder)
    };
    fill().map_err(|error| {
        let _ = fs::remove_dir_all(&new);
        unwritable(folder, &error)
    })
}

/// Puts another text in the place of a file's, or makes the file. Whoever reads the file meanwhile sees all of the one or all of the other.
pub(in super::super) fn replace(path: &Path, text: &str) -> Result<(), Failure> {
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
pub(in super::super) fn check_site_folder(folder: &Path, rules: &Rules) -> Result<(), Failure> {
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
pub(in super::super) fn leave_site(
    folder: &Path,
    lasting: &[File],
    replaced: &[File],
) -> Result<(), Failure> {
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
