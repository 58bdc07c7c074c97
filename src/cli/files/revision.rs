//! Rules of a revision of the git repository here.

use super::{Failure, Loaded, MOST_FILES, load_folder, loaded};
use carepath::source::{SourceFile, Sources};
use std::path::Path;

/// Rules named by a folder, or by a revision of the git repository here: `main`, `HEAD~1`, `v2:rules`. A folder of that
/// name comes first.
pub(in super::super) fn version(name: &str) -> Result<Loaded, Failure> {
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
