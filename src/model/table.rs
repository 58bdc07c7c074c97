//! Codes that a user's own file gives to a list: a table of two columns, `code,category`, beside `lists.yaml`.
//!
//! So that lists whose owners do not let them be passed on can be used where somebody has them: none is shipped.

use super::from_yaml::{Reader, codes};
use super::yaml::Place;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, SourceFile, Span};
use crate::value::Words;
use crate::vocabulary::{ListEntry, WrittenCode};

/// What a table begins with.
const HEAD: &str = "code,category";

/// A line of a table with two columns.
struct Row<'f> {
    code: (&'f str, Span),
    category: (&'f str, Span),
}

impl Reader<'_> {
    /// The codes of one category of a table, or of all of it.
    pub(super) fn table(
        &mut self,
        file: &SourceFile,
        place: Place,
        table: &str,
        category: Option<&str>,
        list: &Words,
    ) -> Vec<ListEntry> {
        let Some((id, text)) = self.named_table(file, place, table) else { return Vec::new() };
        self.found.tables.insert(id);
        let rows = self.rows(id, &text.text);
        let mut entries: Vec<ListEntry> = Vec::new();
        let mut written: Vec<WrittenCode> = Vec::new();
        for Row { code: (code, span), category: (own, _) } in &rows {
            let Some(codes) = codes(code) else {
                let message = format!("`{code}` could not be an ICD-10-CM code");
                let help = "a line has one code and its category, such as `E84.0,respiratory`";
                self.push(Code::BadCode, *span, message, help);
                continue;
            };
            if category.is_some_and(|category| key(category) != key(own)) {
                continue;
            }
            written.push(WrittenCode { codes: codes.clone(), name: String::new(), span: *span });
            let name = |list: &str| format!("{codes} ({list})");
            let name = Words { en: name(&list.en), es: name(&list.es) };
            entries.push(ListEntry { codes, name });
        }
        self.found.codes.extend(written);
        if let (Some(category), false) = (category, rows.is_empty())
            && rows.iter().all(|row| key(row.category.0) != key(category))
        {
            let mut categories: Vec<&str> = rows.iter().map(|row| row.category.0).collect();
            categories.sort_unstable();
            categories.dedup();
            let message = format!("no line of `{table}` has the category `{category}`");
            let found = Diagnostic::new(Code::UnknownName, place.key(file, "category"), message);
            self.diagnostics.push(found.did_you_mean(category, categories));
        }
        // One code can stand in several lines of one category.
        let shown = |entry: &ListEntry| entry.codes.to_string();
        entries.sort_by_key(shown);
        entries.dedup_by_key(|entry| shown(entry));
        entries
    }

    /// The table of a name, beside the file that names it.
    fn named_table(&mut self, file: &SourceFile, place: Place, table: &str) -> Option<(FileId, SourceFile)> {
        let span = place.key(file, "file");
        if !table.ends_with(".csv") || table.contains(['/', '\\']) {
            let message = format!("`{table}` is no table of codes beside this file");
            self.push(Code::BadTable, span, message, "write its name alone, such as `file: complex.csv`");
            return None;
        }
        let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let found = self.sources.at(&format!("{folder}/{table}")).map(|(id, found)| (id, found.clone()));
        if found.is_none() {
            let message = format!("there is no file `{table}` beside this one");
            let start = format!("{folder}/");
            let there = self.sources.iter().filter_map(|(_, file)| file.path.strip_prefix(start.as_str()));
            let there: Vec<&str> = there.filter(|name| name.ends_with(".csv")).collect();
            let found = Diagnostic::new(Code::UnknownName, span, message);
            let found = match there.is_empty() {
                true => found
                    .help(format!("put the table into the folder `{folder}`; its first line is `{HEAD}`")),
                false => found.did_you_mean(table, there),
            };
            self.diagnostics.push(found);
        }
        found
    }

    fn rows<'f>(&mut self, id: FileId, text: &'f str) -> Vec<Row<'f>> {
        let mut rows = Vec::new();
        let mut start = 0;
        let mut headed = false;
        for line in text.split_inclusive('\n') {
            let cells: Vec<(&str, Span)> = cells(id, start, line);
            start += line.len();
            let said = cells.iter().any(|(cell, _)| !cell.is_empty());
            let whole = Span {
                end: cells.last().map_or(0, |(_, span)| span.end),
                ..cells.first().map_or(Span::default(), |(_, span)| *span)
            };
            if !std::mem::replace(&mut headed, true) {
                let names: Vec<String> = cells.iter().map(|(cell, _)| cell.to_lowercase()).collect();
                if names.join(",") != HEAD {
                    let help = format!(
                        "let it begin with the line `{HEAD}`, and give every further line one code and its category"
                    );
                    self.push(
                        Code::BadTable,
                        whole,
                        "this table does not begin with the names of its columns",
                        help,
                    );
                    return Vec::new();
                }
                continue;
            }
            match cells.as_slice() {
                [code, category] if !code.0.is_empty() && !category.0.is_empty() => {
                    rows.push(Row { code: *code, category: *category });
                }
                _ if !said => {}
                _ => {
                    let message = "this line of the table has not one code and one category";
                    self.push(
                        Code::BadTable,
                        whole,
                        message,
                        "write both, with a comma between them: `E84.0,respiratory`",
                    );
                }
            }
        }
        if rows.is_empty() && self.diagnostics.iter().all(|found| found.span.file != id) {
            let help = format!("below `{HEAD}`, write a line for each code: `E84.0,respiratory`");
            self.push(Code::Missing, Span::new(id, 0, 0), "there is no code in this table", help);
        }
        rows
    }
}

/// The cells of a line, without blanks and quotation marks around them, each with its place.
fn cells(id: FileId, start: usize, line: &str) -> Vec<(&str, Span)> {
    let mut at = start;
    let cells = line.split(',').map(|cell| {
        let around = [' ', '\t', '\r', '\n', '"', '\u{feff}'];
        let before = cell.len() - cell.trim_start_matches(around).len();
        let bare = cell.trim_matches(around);
        let first = at + if bare.is_empty() { 0 } else { before };
        at += cell.len() + 1;
        (bare, Span::new(id, first, first + bare.len()))
    });
    cells.collect()
}

/// What makes categories the same: letters' case and blanks do not matter.
fn key(category: &str) -> String {
    category.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
