//! YAML files: read entry by entry, so that one mistake does not hide the next, each with its line.

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::source::{FileId, SourceFile, Span};
use crate::syntax::megabytes;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_yaml::Value;
use std::collections::BTreeMap;

/// A larger data file is refused before it is read.
pub const LARGEST_DATA: usize = 2 * 1024 * 1024;
/// Brackets may stand this deep inside one another; the YAML reader's time grows without bound in it.
const DEEPEST_BRACKETS: usize = 24;

/// Refuses what a YAML or JSON reader would choke on: the byte where it goes too far, and why.
pub fn guard(text: &str) -> Result<(), (usize, String)> {
    if text.len() > LARGEST_DATA {
        return Err((0, format!("it has more than {}, which is the most", megabytes(LARGEST_DATA))));
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
                let Told { message, word, help } = told(&error.to_string());
                let span = word.map_or_else(|| place.line(file), |word| place.text(file, &word));
                diagnostics.push(Diagnostic::new(Code::BadYaml, span, message).help(help));
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
        let help = match code {
            Code::TooLarge => "the rules need less: take out what none of them uses",
            _ => "write the parts on lines of their own, each a bit further in than what it belongs to",
        };
        diagnostics.push(Diagnostic::new(code, span, format!("this file is refused: {why}")).help(help));
        return None;
    }
    match serde_yaml::from_str(&file.text) {
        Ok(value) => Some(value),
        Err(error) => {
            let at = error.location().map_or(0, |location| location.index()).min(file.text.len());
            let line = Place { file: id, start: at, end: file.text.len() };
            let message = plain(&error.to_string());
            diagnostics.push(Diagnostic::new(Code::BadYaml, line.line(file), message).help(INDENTATION));
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
        let column =
            |start: &usize| text[*start..].len() - text[*start..].trim_start_matches([' ', '-']).len();
        // A key of the same name that stands further in belongs to a part of the entry.
        line_starts(text)
            .filter(|start| {
                let key_on = text[start + column(start)..].strip_prefix(key);
                key_on.is_some_and(|rest| rest.starts_with(':'))
            })
            .min_by_key(column)
            .map_or_else(|| self.line(file), |start| line_span(self.file, &file.text, self.start + start))
    }

    /// Words of the entry, the first such after a place in it; nothing if they do not stand there as written.
    pub(super) fn words_after(self, file: &SourceFile, after: usize, wanted: &str) -> Option<Span> {
        let (text, from) = (&file.text[..self.end], after.max(self.start));
        let part_of_word = |c: char| c.is_alphanumeric() || c == '_';
        let (start, _) = text.get(from..)?.match_indices(wanted).map(|(at, word)| (from + at, word)).find(
            |(start, word)| {
                !text[..*start].ends_with(part_of_word)
                    && !text[start + word.len()..].starts_with(part_of_word)
            },
        )?;
        Some(Span::new(self.file, start, start + wanted.len()))
    }

    /// A code of the entry, the first such after a place in it, apart from longer codes and from ranges; where none stands
    /// as written, the entry's first line.
    pub(crate) fn code(self, file: &SourceFile, after: usize, wanted: &str) -> Span {
        let (text, from) = (&file.text[..self.end], after.max(self.start));
        let part_of_code = |c: char| c.is_alphanumeric() || ['_', '.', '-'].contains(&c);
        let found =
            text.get(from..).into_iter().flat_map(|rest| rest.match_indices(wanted)).find(|(at, word)| {
                !text[..from + at].ends_with(part_of_code)
                    && !text[from + at + word.len()..].starts_with(part_of_code)
            });
        found.map_or_else(
            || self.line(file),
            |(at, word)| Span::new(self.file, from + at, from + at + word.len()),
        )
    }

    /// The line of the entry on which a text stands; the entry's first line if none has it.
    pub(super) fn text(self, file: &SourceFile, wanted: &str) -> Span {
        let text = &file.text[self.start..self.end];
        line_starts(text)
            .find(|start| text[*start..].lines().next().unwrap_or_default().contains(wanted))
            .map_or_else(|| self.line(file), |start| line_span(self.file, &file.text, self.start + start))
    }
}

/// The places of the top-level keys of a mapping file, found in one reading.
pub(super) struct TopKeys<'f> {
    id: FileId,
    file: &'f SourceFile,
    /// Where the line of a key starts, by the key as it is written without quotation marks.
    starts: BTreeMap<&'f str, usize>,
}

impl<'f> TopKeys<'f> {
    /// Reads through a file.
    pub(super) fn of(id: FileId, file: &'f SourceFile) -> Self {
        let mut starts = BTreeMap::new();
        for start in line_starts(&file.text) {
            let line = &file.text[start..];
            let line = &line[..line.find('\n').unwrap_or(line.len())];
            let quote = line.chars().next().filter(|first| ['"', '\''].contains(first));
            let key = match quote {
                Some(quote) => line[1..].split(quote).next(),
                None => {
                    line.split_once(": ").map(|(key, _)| key).or_else(|| line.trim_end().strip_suffix(':'))
                }
            };
            if let Some(key) = key {
                starts.entry(key).or_insert(start);
            }
        }
        Self { id, file, starts }
    }

    /// The line of a key; the file's first line where the key is written otherwise than it reads.
    pub(super) fn line(&self, key: &str) -> Span {
        line_span(self.id, &self.file.text, self.starts.get(key).copied().unwrap_or_default())
    }
}

fn line_starts(text: &str) -> impl Iterator<Item = usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).filter(|at| *at < text.len())
}

fn line_span(file: FileId, text: &str, start: usize) -> Span {
    let line = text[start..].lines().next().unwrap_or_default();
    let indent = line.len() - line.trim_start().len();
    Span::new(file, start + indent, start + line.trim_end().len().max(indent))
}

/// The YAML reader's message in plain words.
#[must_use]
pub fn plain(message: &str) -> String {
    told(message).message
}

/// What is wrong in an entry.
struct Told {
    message: String,
    /// The key or the word that the message speaks of.
    word: Option<String>,
    help: String,
}

const INDENTATION: &str = "check the indentation, and that texts with `:` or `#` stand in quotation marks";

/// The YAML reader's message in plain words, with what to write instead.
fn told(message: &str) -> Told {
    let alone = |message: String, help: String| Told { message, word: None, help };
    let place = message.split_once(" at line ").map(|(_, place)| place.to_owned());
    let message = message.split(" at line ").next().unwrap_or(message);
    let message =
        message.rsplit(": ").next().filter(|_| message.contains("invalid type")).map_or(message, |_| {
            // The path before the message is not the author's concern.
            message.find("invalid type").map_or(message, |at| &message[at..])
        });
    let quoted = || message.split('`').nth(1).map(str::to_owned);
    if let (true, Some(key)) = (message.contains("missing field"), quoted()) {
        return alone(format!("this entry has no `{key}`"), format!("add a line for it: `{key}: …`"));
    }
    if let (true, Some(key)) = (message.contains("unknown field"), quoted()) {
        let (message, known) = (format!("`{key}` is not a key of this entry"), expected(message));
        return Told { message, help: meant(&key, &known, "this entry has"), word: Some(key) };
    }
    if let (true, Some(value)) = (message.contains("unknown variant"), quoted()) {
        let (message, known) =
            (format!("`{value}` is none of the words that can stand here"), expected(message));
        return Told { message, help: meant(&value, &known, "these can:"), word: Some(value) };
    }
    if let Some((found, expected)) =
        message.strip_prefix("invalid type: ").and_then(|rest| rest.split_once(", expected "))
    {
        let message = format!("{} stands where {} must", kind(found), kind(expected));
        let help = match kind(expected).as_str() {
            "a text" => "put it in quotation marks".to_owned(),
            "a list" => "put it between brackets, its parts apart by commas: `[…, …]`".to_owned(),
            "a group of keys" => "write its keys with their values: `{ …: …, …: … }`".to_owned(),
            other => format!("write {other} there"),
        };
        return alone(message, help);
    }
    let line = place
        .and_then(|place| place.split(' ').next().map(|line| format!(" (line {line})")))
        .unwrap_or_default();
    let reasons = [
        (
            "mapping values are not allowed",
            "a `:` stands here where no key can; put the text in quotation marks",
        ),
        ("did not find expected", "the indentation or the brackets do not fit together here"),
        ("could not find expected", "a key stands here without its `:`"),
        ("recursion limit", "it is nested too deep"),
        ("repetition limit", "it repeats itself too often by references"),
        ("found character that cannot start", "a text that starts with this character needs quotation marks"),
        ("duplicate", "a key stands twice here"),
    ];
    let reason = reasons.iter().find(|(jargon, _)| message.contains(jargon)).map(|(_, plain)| *plain);
    match reason {
        Some(reason) => alone(format!("{reason}{line}"), INDENTATION.to_owned()),
        None if message.contains("answered twice") => {
            alone(message.to_owned(), "take one of them out".to_owned())
        }
        None => alone(format!("this cannot be read as YAML: {message}{line}"), INDENTATION.to_owned()),
    }
}

/// The name that was meant by a wrong one; else all that there are, as they stand in a message.
fn meant(wrong: &str, known: &str, before: &str) -> String {
    match nearest(wrong, known.split('`').skip(1).step_by(2)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("{before} {known}"),
    }
}

/// The words that a message expects, as a list.
fn expected(message: &str) -> String {
    let list = message.split("expected").nth(1).unwrap_or_default().trim();
    list.strip_prefix("one of").unwrap_or(list).trim().to_owned()
}

/// What the reader calls a kind of value, in plain words.
fn kind(jargon: &str) -> String {
    let value = jargon.split(['`', '"']).nth(1);
    match (jargon.split(' ').next().unwrap_or_default(), value) {
        ("i64" | "u8" | "u32", _) => "a whole number".into(),
        ("integer" | "floating", Some(number)) => format!("the number {number}"),
        ("boolean", Some(value)) => format!("the word {value}"),
        ("string", Some(text)) => format!("the text `{text}`"),
        ("unit" | "null", _) => "nothing".into(),
        ("sequence", _) => "a list".into(),
        ("map", _) => "a group of keys".into(),
        _ if jargon.contains("string") => "a text".into(),
        _ if jargon.contains("sequence") => "a list".into(),
        _ if jargon.contains("map") || jargon.contains("struct") => "a group of keys".into(),
        _ if jargon.contains("boolean") => "true or false".into(),
        _ => jargon.to_owned(),
    }
}
