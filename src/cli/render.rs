//! Diagnostics for people, for scripts and for code-scanning services.

use super::explain::{self, Page};
use super::files::Loaded;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use carepath::diagnostic::{Code, Diagnostic, Severity};
use carepath::source::Sources;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::IsTerminal as _;

/// One diagnostic with its place spelled out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Finding {
    /// The stable code.
    pub(super) code: String,
    /// `error` or `warning`.
    pub(super) severity: &'static str,
    /// The file's path, as the reader would write it.
    pub(super) file: String,
    /// Line, from 1.
    pub(super) line: u32,
    /// Column, from 1.
    pub(super) column: u32,
    /// Column after the last underlined character, on the same line.
    pub(super) end_column: u32,
    /// What is wrong.
    pub(super) message: String,
    /// What to write instead.
    pub(super) help: Option<String>,
}

/// All that `check` found.
#[derive(Debug, Serialize)]
pub(super) struct Findings {
    /// In the order of files and lines.
    pub(super) findings: Vec<Finding>,
    /// How large the diagrams are, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sizes: Option<Vec<Size>>,
}

/// How large the decision diagrams of a state are.
#[derive(Debug, Serialize)]
pub(super) struct Size {
    /// The state.
    pub(super) state: String,
    /// Facts, elements, kinds of conditions and judgments that criteria tell apart.
    pub(super) variables: usize,
    /// Nodes of all diagrams together.
    pub(super) nodes: usize,
    /// Nodes of each program's criteria, by its id.
    pub(super) programs: BTreeMap<String, usize>,
}

/// A diagnostic with its place spelled out.
pub(super) fn finding(loaded: &Loaded, diagnostic: &Diagnostic) -> Finding {
    let sources = &loaded.sources;
    let (start, end) = (sources.start(diagnostic.span), sources.end(diagnostic.span));
    let file = sources.file(diagnostic.span.file);
    let line = file.text.lines().nth(start.line as usize - 1).unwrap_or_default();
    let line_end = line.chars().count() as u32 + 1;
    let end_column = if end.line == start.line { end.column } else { line_end };
    Finding {
        code: diagnostic.code.as_str().into(),
        severity: diagnostic.severity().as_str(),
        file: shown_path(loaded, &file.path),
        line: start.line,
        column: start.column,
        end_column: end_column.max(start.column),
        message: diagnostic.message.clone(),
        help: diagnostic.help.clone(),
    }
}

/// A file's path as the reader would write it.
pub(super) fn shown_path(loaded: &Loaded, path: &str) -> String {
    match &loaded.only {
        Some((only, named)) if only == path => named.clone(),
        _ => format!("{}{path}", loaded.base),
    }
}

/// A file that is not text.
pub(super) fn not_text(loaded: &Loaded, path: &str) -> Finding {
    Finding {
        code: Code::NotText.as_str().into(),
        severity: Code::NotText.severity().as_str(),
        file: shown_path(loaded, path),
        line: 1,
        column: 1,
        end_column: 1,
        message: "this file is not text in UTF-8".into(),
        help: Some("save it as plain text, with the encoding UTF-8".into()),
    }
}

/// The same as a person reads it, of the path as it is shown.
pub(super) fn not_text_human(path: &str) -> String {
    format!("error[not-text]: {path} is not text in UTF-8")
}

/// A diagnostic as a person reads it: the words underlined, and what to write instead.
pub(super) fn human(loaded: &Loaded, diagnostic: &Diagnostic) -> String {
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let (excerpt, first_line, span) = excerpt(&loaded.sources, diagnostic);
    let path = shown_path(loaded, &loaded.sources.file(diagnostic.span.file).path);
    let snippet = Snippet::source(excerpt)
        .line_start(first_line)
        .path(path)
        .annotation(AnnotationKind::Primary.span(span));
    let mut group =
        level.primary_title(diagnostic.message.as_str()).id(diagnostic.code.as_str()).element(snippet);
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    let renderer = if std::io::stderr().is_terminal() { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&[group])
}

/// The line of a diagnostic with its neighbors, the number of the first, and the span within. A long file is not
/// laid out as a whole, and a very long line is cut.
fn excerpt<'s>(sources: &'s Sources, diagnostic: &Diagnostic) -> (&'s str, usize, std::ops::Range<usize>) {
    const LONGEST: usize = 400;
    let text = sources.file(diagnostic.span.file).text.as_str();
    let start = floor(text, diagnostic.span.start as usize);
    let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |newline| start + newline);
    let from = floor(text, line_start.max(start.saturating_sub(LONGEST)));
    let to = floor(text, line_end.min(start + LONGEST));
    let end = floor(text, (diagnostic.span.end as usize).clamp(start, to.max(start)));
    let first_line = sources.start(diagnostic.span).line as usize;
    (&text[from..to.max(from)], first_line, start - from..end - from)
}

fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The kinds of mistakes in SARIF, with their pages.
pub(super) fn mistakes() -> Vec<serde_json::Value> {
    let rule = |page: Page| {
        let described = explain::described(&page.page);
        sarif_rule(page.code, &page.summary, &described, &page.page, page.severity)
    };
    Code::ALL.iter().map(|code| rule(explain::page(*code))).collect()
}

/// A kind of result in SARIF: its code, what it is in a line, in a paragraph, and as Markdown.
pub(super) fn sarif_rule(
    code: &str,
    summary: &str,
    described: &str,
    page: &str,
    severity: &str,
) -> serde_json::Value {
    let name: String = code.split('-').map(capitalized).collect();
    serde_json::json!({
        "id": code,
        "name": name,
        "shortDescription": { "text": summary },
        "fullDescription": { "text": described },
        "help": { "text": described, "markdown": page },
        "defaultConfiguration": { "level": severity },
    })
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

/// Findings in SARIF 2.1.0, with all kinds that there can be.
pub(super) fn sarif(findings: &[Finding], rules: &[serde_json::Value]) -> serde_json::Value {
    let results: Vec<_> = findings
        .iter()
        .map(|finding| {
            let text = match &finding.help {
                Some(help) => format!("{}. {help}", finding.message),
                None => finding.message.clone(),
            };
            serde_json::json!({
                "ruleId": finding.code,
                "level": finding.severity,
                "message": { "text": text },
                "locations": [{
                    "physicalLocation": {
                        "artifactLocation": { "uri": finding.file },
                        "region": {
                            "startLine": finding.line,
                            "startColumn": finding.column,
                            "endColumn": finding.end_column,
                        }
                    }
                }]
            })
        })
        .collect();
    serde_json::json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{ "tool": { "driver": { "name": "carepath", "rules": rules } }, "results": results }]
    })
}
