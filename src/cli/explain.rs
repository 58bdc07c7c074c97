//! `carepath check --explain CODE`: the page of a kind of mistake, from `grammar/errors`.

use super::{Failure, Format, json, say};
use carepath::diagnostic::{Code, nearest};
use serde::Serialize;
use std::process::ExitCode;

#[derive(rust_embed::RustEmbed)]
#[folder = "grammar/errors"]
#[include = "*.md"]
struct Pages;

/// What is said instead of a code to see them all.
pub(super) const ALL: &str = "all";

/// The page of one kind of mistake.
#[derive(Debug, Serialize)]
pub(super) struct Page {
    /// The stable code.
    pub(super) code: &'static str,
    /// `error` or `warning`.
    pub(super) severity: &'static str,
    /// What it is, in one line.
    pub(super) summary: String,
    /// The whole page, as Markdown.
    pub(super) page: String,
}

/// Shows one page, or names them all.
pub(super) fn run(wanted: &str, format: Format) -> Result<ExitCode, Failure> {
    let pages: Vec<Page> = if wanted == ALL {
        Code::ALL.iter().map(|code| page(*code)).collect()
    } else {
        vec![page(code(wanted)?)]
    };
    match format {
        Format::Json => say(&json(&pages)?),
        Format::Sarif => return Err(Failure::Usage("a page is printed for people or as JSON".into())),
        Format::Human if wanted == ALL => {
            let width = pages.iter().map(|page| page.code.len()).max().unwrap_or_default();
            for Page { code, summary, .. } in &pages {
                say(&format!("{code:width$}  {summary}"));
            }
        }
        _ => pages.iter().for_each(|page| say(&plain(&page.page))),
    }
    Ok(ExitCode::SUCCESS)
}

fn code(wanted: &str) -> Result<Code, Failure> {
    if let Some(code) = Code::ALL.iter().find(|code| code.as_str() == wanted) {
        return Ok(*code);
    }
    let help = match nearest(wanted, Code::ALL.iter().map(|code| code.as_str())) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`carepath check --explain` lists them".into(),
    };
    Err(Failure::Usage(format!("there is no kind of mistake `{wanted}`; {help}")))
}

/// The page of a kind of mistake.
pub(super) fn page(code: Code) -> Page {
    let file = Pages::get(&format!("{}.md", code.as_str()));
    let page = file.and_then(|file| String::from_utf8(file.data.into_owned()).ok()).unwrap_or_default();
    let summary = page.lines().nth(2).unwrap_or_default().to_owned();
    Page { code: code.as_str(), severity: code.severity().as_str(), summary, page }
}

/// The paragraphs of a page above its examples, without the title.
pub(super) fn described(page: &str) -> String {
    let above = page.split("\n## ").next().unwrap_or_default();
    above.split_once('\n').map_or("", |(_, rest)| rest).trim().to_owned()
}

/// A page as it reads on a terminal: rule texts stand further in, and what `check` says of them is announced.
fn plain(page: &str) -> String {
    let mut out = String::new();
    let mut fence: Option<&str> = None;
    let mut empty = true;
    for line in page.lines() {
        match (fence, line.strip_prefix("```")) {
            (None, Some(word)) => {
                fence = Some(word);
                empty = true;
                match word {
                    "findings" => out.push_str("carepath check says:\n"),
                    word if word.starts_with("care") => {}
                    word => out.push_str(&format!("{word}.yaml:\n")),
                }
            }
            (Some(word), Some(_)) => {
                fence = None;
                if word == "findings" && empty {
                    out.push_str("    nothing: all is well\n");
                }
            }
            (Some(_), None) => {
                empty = false;
                out.push_str(&format!("    {line}\n"));
            }
            (None, None) => {
                out.push_str(line.trim_start_matches(['#', ' ']));
                out.push('\n');
            }
        }
    }
    out.truncate(out.trim_end().len());
    out
}
