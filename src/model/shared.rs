//! What a state reads of the shared folder: of its lists, statements and sources those that something names.
//!
//! There are many of them, and each state needs few: what is not read costs no time, and families do not download it. The
//! whole folder is read for whoever checks it.

use super::from_syntax::shared_alone;
use super::{Model, SHARED_FOLDER};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, SourceFile, Sources, Span};
use crate::value::StateCode;
use crate::vocabulary::{SourceDoc, Statement, WrittenCode};

/// What the shared folder holds, whoever names it.
#[derive(Debug, Clone)]
pub struct Shared {
    /// Every code of every list, with its place.
    pub codes: Vec<WrittenCode>,
    /// Sources.
    pub sources: Vec<SourceDoc>,
    /// Statements.
    pub statements: Vec<Statement>,
    /// Every statement that a line cites, by index, with the place of the citation.
    pub cited: Vec<(usize, Span)>,
}

/// Reads all of the shared folder, with every mistake in it.
#[must_use]
pub fn shared(sources: &Sources) -> (Shared, Vec<Diagnostic>) {
    let (model, spans, mut diagnostics) = shared_alone(sources);
    for ((index, statement), span) in model.statements.iter().enumerate().zip(spans) {
        let cited = model.cited.iter().any(|(cited, _)| *cited == index);
        if statement.not_used_because.is_empty() && !cited {
            let message = format!("no rule of all states cites the statement `{}`", statement.id);
            let help = "cite it in `us.care`, or say with `not_used_because` why not; states may cite it all the same";
            diagnostics.push(Diagnostic::new(Code::UnusedStatement, span, message).help(help));
        }
    }
    let Model { codes, sources, statements, cited, .. } = model;
    (Shared { codes, sources, statements, cited }, diagnostics)
}

/// A file of the shared folder, of which a state reads only some entries.
pub(super) struct Narrowed {
    pub(super) id: FileId,
    /// With blanks in the place of all others, so that everything stands where it stood.
    pub(super) file: SourceFile,
    /// What is not read, by name.
    pub(super) left_out: Vec<String>,
}

/// The files of which a state does not read all: definitions, lists and statements that nothing in its folder names, nor
/// anything else that it reads; and the sources of these.
pub(super) fn narrowed(sources: &Sources, state: StateCode) -> Vec<Narrowed> {
    let folder = state.folder();
    let own = sources.iter().filter(|(_, file)| in_folder(file, &folder)).map(|(_, file)| file.text.as_str());
    let own: Vec<&str> = own.collect();
    let rules: Vec<(FileId, &SourceFile)> = sources
        .iter()
        .filter(|(_, file)| file.path.ends_with(".care") && in_folder(file, SHARED_FOLDER))
        .collect();
    let mut files: Vec<Narrowed> =
        rules.iter().map(|(id, file)| narrow(*id, file, &definition, &own)).collect();
    let at = |name: &str| sources.at(&format!("{SHARED_FOLDER}/{name}"));
    for name in ["lists.yaml", "statements.yaml"] {
        let Some((id, file)) = at(name) else { continue };
        let naming: Vec<&str> =
            own.iter().copied().chain(files.iter().map(|read| read.file.text.as_str())).collect();
        let narrowed = narrow(id, file, &entry, &naming);
        files.push(narrowed);
    }
    if let Some((id, file)) = at("sources.yaml") {
        let poverty = at("poverty.yaml").map(|(_, file)| file.text.as_str());
        let read = files.iter().map(|read| read.file.text.as_str()).chain(poverty);
        let naming: Vec<&str> = own.iter().copied().chain(read).collect();
        let narrowed = narrow(id, file, &entry, &naming);
        files.push(narrowed);
    }
    files
}

/// The name of the definition that begins on a line; nothing of a line within something, an empty one where something
/// else begins.
fn definition(line: &str) -> Option<&str> {
    let begins = line.starts_with(|c: char| c.is_ascii_alphabetic());
    let name = line.strip_prefix("define ").and_then(|rest| rest.split_whitespace().next());
    name.or(begins.then_some(""))
}

/// The name of the entry that begins on a line; nothing of a line within one.
fn entry(line: &str) -> Option<&str> {
    let entry = line.strip_prefix("- ")?.trim_start_matches('{').trim_start();
    Some(entry.strip_prefix("id:").and_then(|id| id.split([',', '}']).next()).unwrap_or_default().trim())
}

/// A file with what has a name only where something names it: one of these texts, or another part of it that is read.
fn narrow(id: FileId, file: &SourceFile, begins: &dyn Fn(&str) -> Option<&str>, naming: &[&str]) -> Narrowed {
    let mut parts: Vec<(&str, String)> = vec![("", String::new())];
    for line in file.text.split_inclusive('\n') {
        if let Some(name) = begins(line) {
            parts.push((name, String::new()));
        }
        if let Some((_, text)) = parts.last_mut() {
            text.push_str(line);
        }
    }
    let mut read: Vec<bool> = parts
        .iter()
        .map(|(name, _)| name.is_empty() || naming.iter().any(|text| names(text, name)))
        .collect();
    while let Some(more) = (0..parts.len()).find(|part| {
        let named = |(text, read): (&(&str, String), &bool)| *read && names(&text.1, parts[*part].0);
        !read[*part] && parts.iter().zip(&read).any(named)
    }) {
        read[more] = true;
    }
    let left_out =
        parts.iter().zip(&read).filter(|(_, read)| !**read).map(|((name, _), _)| (*name).to_owned());
    let left_out = left_out.collect();
    let mut text = String::with_capacity(file.text.len());
    for ((_, part), read) in parts.iter().zip(read) {
        if read {
            text.push_str(part);
        } else {
            text.extend(part.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
        }
    }
    Narrowed { id, file: SourceFile { path: file.path.clone(), text }, left_out }
}

fn in_folder(file: &SourceFile, folder: &str) -> bool {
    file.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// Whether a text has a name as a word of its own, notes for people apart.
fn names(text: &str, name: &str) -> bool {
    let part_of_name =
        |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    let bytes = text.as_bytes();
    let in_note = |at: usize| {
        let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        text[start..].trim_start().starts_with('#')
    };
    !name.is_empty()
        && text.match_indices(name).any(|(at, _)| {
            !part_of_name(at.checked_sub(1).and_then(|before| bytes.get(before)))
                && !part_of_name(bytes.get(at + name.len()))
                && !in_note(at)
        })
}
