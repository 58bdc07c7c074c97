//! YAML files: read entry by entry, so that one mistake does not hide the next, each with its line.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, SourceFile, Span};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_yaml::Value;

/// A larger data file is refused before it is read.
pub const LARGEST_DATA: usize = 2 * 1024 * 1024;
/// Brackets may stand this deep inside one another; the YAML reader's time grows without bound in it.
const DEEPEST_BRACKETS: usize = 24;

/// Refuses what a YAML or JSON reader would choke on: the byte where it goes too far, and why.
pub fn guard(text: &str) -> Result<(), (usize, String)> {
    if text.len() > LARGEST_DATA {
        return Err((0, format!("it has {} bytes; {LARGEST_DATA} is the most", text.len())));
    }
    let mut depth = 0usize;
    let mut dashes = 0usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            b'\n' => dashes = 0,
            // `- - - - …` opens a list in a list at every dash.
            b'-' | b'?' if text.as_bytes().get(at + 1) == Some(&b' ') => dashes += 1,
            _ => {}
        }
        if depth > DEEPEST_BRACKETS || dashes > 4 * DEEPEST_BRACKETS {
            return Err((at, format!("it is nested more than {DEEPEST_BRACKETS} deep here")));
        }
    }
    Ok(())
}

/// One entry of a file that is a list, with where it stands.
#[derive(Debug)]
pub struct Entry<T> {
    /// What it says.
    pub value: T,
    /// Where it stands.
    pub place: Place,
}

/// Where an entry stands, to find the line of one of its keys.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    file: FileId,
    start: usize,
    end: usize,
}

/// A text in every language, as a YAML file gives it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WordsEntry {
    pub(super) en: Option<String>,
    pub(super) es: Option<String>,
}

/// The entries of a file that is a list of mappings; what cannot be read is reported and left out.
pub fn entries<T: DeserializeOwned>(
    id: FileId,
    file: &SourceFile,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Entry<T>> {
    let Some(values) = document::<Option<Vec<Value>>>(id, file, diagnostics) else { return Vec::new() };
    let values = values.unwrap_or_default();
    let starts: Vec<usize> = line_starts(&file.text)
        .filter(|start| file.text[*start..].starts_with("- ") || file.text[*start..].starts_with("-\n"))
        .collect();
    let mut entries = Vec::with_capacity(values.len());
    for (index, value) in values.into_iter().enumerate() {
        let start = starts.get(index).copied().unwrap_or_default();
        let end = starts.get(index + 1).copied().unwrap_or(file.text.len());
        let place = Place { file: id, start, end };
        match serde_yaml::from_value(value) {
            Ok(value) => entries.push(Entry { value, place }),
            Err(error) => {
                let (message, key) = plain(&error.to_string());
                let span = key.map_or_else(|| place.line(file), |key| place.key(file, &key));
                diagnostics.push(Diagnostic::new(Code::BadYaml, span, message));
            }
        }
    }
    entries
}

/// A whole file as one value.
pub(super) fn document<T: DeserializeOwned>(
    id: FileId,
    file: &SourceFile,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<T> {
    if let Err((at, why)) = guard(&file.text) {
        let code = if file.text.len() > LARGEST_DATA { Code::TooLarge } else { Code::TooDeep };
        let span = Span::new(id, at, at + 1);
        diagnostics.push(Diagnostic::new(code, span, format!("this file is refused: {why}")));
        return None;
    }
    match serde_yaml::from_str(&file.text) {
        Ok(value) => Some(value),
        Err(error) => {
            let at = error.location().map_or(0, |location| location.index()).min(file.text.len());
            let line = Place { file: id, start: at, end: file.text.len() };
            let (message, _) = plain(&error.to_string());
            let help = "check the indentation, and that texts with `:` or `#` stand in quotation marks";
            diagnostics.push(Diagnostic::new(Code::BadYaml, line.line(file), message).help(help));
            None
        }
    }
}

impl Place {
    /// The entry's first line.
    #[must_use]
    pub fn line(self, file: &SourceFile) -> Span {
        let start = file.text[..self.start].rfind('\n').map_or(0, |newline| newline + 1);
        line_span(self.file, &file.text, start)
    }

    /// The line of one of the entry's keys; the entry's first line if it has none.
    #[must_use]
    pub fn key(self, file: &SourceFile, key: &str) -> Span {
        let text = &file.text[self.start..self.end];
        line_starts(text)
            .find(|start| {
                let line = text[*start..].trim_start_matches([' ', '-']);
                line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':'))
            })
            .map_or_else(|| self.line(file), |start| line_span(self.file, &file.text, self.start + start))
    }

    /// The line of the entry on which a text stands; the entry's first line if none has it.
    pub(super) fn text(self, file: &SourceFile, wanted: &str) -> Span {
        let text = &file.text[self.start..self.end];
        line_starts(text)
            .find(|start| text[*start..].lines().next().unwrap_or_default().contains(wanted))
            .map_or_else(|| self.line(file), |start| line_span(self.file, &file.text, self.start + start))
    }
}

/// The span of a top-level key of a mapping file.
pub(super) fn top_key(id: FileId, file: &SourceFile, key: &str) -> Span {
    let place = Place { file: id, start: 0, end: file.text.len() };
    let quoted = format!("\"{key}\"");
    line_starts(&file.text)
        .find(|start| {
            let line = &file.text[*start..];
            line.starts_with(&quoted) || line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':'))
        })
        .map_or_else(|| place.line(file), |start| line_span(id, &file.text, start))
}

fn line_starts(text: &str) -> impl Iterator<Item = usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).filter(|at| *at < text.len())
}

fn line_span(file: FileId, text: &str, start: usize) -> Span {
    let line = text[start..].lines().next().unwrap_or_default();
    let indent = line.len() - line.trim_start().len();
    Span::new(file, start + indent, start + line.trim_end().len().max(indent))
}

/// The reader's message in plain words, with the key it speaks of.
fn plain(message: &str) -> (String, Option<String>) {
    let message = message.split(" at line ").next().unwrap_or(message);
    let quoted = || message.split('`').nth(1).map(str::to_owned);
    if let (true, Some(key)) = (message.contains("missing field"), quoted()) {
        return (format!("this entry has no `{key}`"), None);
    }
    if let (true, Some(key)) = (message.contains("unknown field"), quoted()) {
        let expected = message.split("expected").nth(1).unwrap_or_default();
        let expected = expected.trim().trim_start_matches("one of").trim();
        return (format!("`{key}` is not a key of this entry; it has {expected}"), Some(key));
    }
    if let (true, Some(value)) = (message.contains("unknown variant"), quoted()) {
        let expected = message.split("expected").nth(1).unwrap_or_default().trim();
        return (format!("`{value}` is not one of the words that can stand here: {expected}"), None);
    }
    (format!("this cannot be read: {message}"), None)
}
