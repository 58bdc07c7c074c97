//! `carepath fmt`: the one layout of rule files.

use super::files::{self, Loaded, RuleFile, Rules};
use super::render::{self, Finding};
use super::{Failure, Format, complain, json, say};
use carepath::source::{FileId, SourceFile, Sources};
use carepath::syntax;
use clap::Args;
use serde::Serialize;
use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Lay rule files out.
#[derive(Args)]
pub(super) struct Fmt {
    /// Rules folders, states' folders or rule files; `-` reads standard input and prints what comes out
    /// [default: the rules folder here]
    path: Vec<PathBuf>,
    /// Write nothing; list the files that would change, and fail if there is one
    #[arg(long)]
    check: bool,
}

/// What came of all the files.
#[derive(Serialize, Default)]
struct Done {
    /// Files with another layout than before.
    changed: Vec<String>,
    /// The mistakes of the files that were left as they are.
    findings: Vec<Finding>,
    #[serde(skip)]
    files: usize,
    #[serde(skip)]
    left: usize,
}

impl Fmt {
    pub(super) fn run(self, rules: &Rules, format: Format) -> Result<ExitCode, Failure> {
        let given = if self.path.iter().any(|path| path == Path::new("-")) {
            self.standard_input(format)?
        } else {
            self.files(rules)?
        };
        let mut done = Done { files: given.len(), ..Done::default() };
        let mut changes = Vec::new();
        for file in &given {
            match laid_out(file) {
                Ok(text) => changes.push((file, text)),
                Err(mistakes) => {
                    done.left += 1;
                    for (finding, text) in mistakes {
                        done.findings.push(finding);
                        if format == Format::Human {
                            complain(&format!("{text}\n"));
                        }
                    }
                }
            }
        }
        for (file, text) in changes {
            let changed = file.text.as_ref() != Some(&text);
            match &file.place {
                None if !self.check => print(&text),
                Some(place) if changed && !self.check => files::replace(place, &text)?,
                _ => {}
            }
            if changed {
                done.changed.push(file.shown.clone());
            }
        }
        match format {
            Format::Json => say(&json(&done)?),
            _ if self.prints_text(&given) => {}
            _ => done.changed.iter().chain([&done.summary(self.check)]).for_each(|line| say(line)),
        }
        let wrong = done.left > 0 || self.check && !done.changed.is_empty();
        Ok(if wrong { ExitCode::from(1) } else { ExitCode::SUCCESS })
    }

    /// Whether the result is the text itself.
    fn prints_text(&self, given: &[RuleFile]) -> bool {
        !self.check && given.iter().any(|file| file.place.is_none())
    }

    fn standard_input(&self, format: Format) -> Result<Vec<RuleFile>, Failure> {
        if self.path.len() > 1 {
            return Err(Failure::Usage("`-` is standard input: name no other path beside it".into()));
        }
        if format == Format::Json && !self.check {
            let message = "`-` prints the text itself: leave `--format json` out, or add `--check`";
            return Err(Failure::Usage(message.into()));
        }
        Ok(vec![files::standard_input()?])
    }

    /// Every rule file that was named, once.
    fn files(&self, rules: &Rules) -> Result<Vec<RuleFile>, Failure> {
        let mut files = Vec::new();
        if self.path.is_empty() {
            let message = "there is no rules folder here: name a rules folder or a rule file \
                           (the rules inside this program are no files)";
            let folder = rules.path().ok_or_else(|| Failure::Usage(message.into()))?;
            files.extend(files::rule_files(&folder)?);
        }
        for path in &self.path {
            files.extend(files::rule_files(path)?);
        }
        let mut seen = BTreeSet::new();
        files.retain(|file| seen.insert(file.place.clone()));
        Ok(files)
    }
}

impl Done {
    fn summary(&self, check: bool) -> String {
        let files = match self.files {
            1 => "1 rule file".to_owned(),
            files => format!("{files} rule files"),
        };
        let changed = match (self.changed.len(), check) {
            (0, _) => "nothing to change".to_owned(),
            (changed, true) => format!("{changed} would change"),
            (changed, false) => format!("{changed} changed"),
        };
        let left = match self.left {
            0 => String::new(),
            left => format!(", {left} left with mistakes"),
        };
        format!("{files}: {changed}{left}")
    }
}

/// The text in its layout; or its mistakes, for scripts and for people.
fn laid_out(file: &RuleFile) -> Result<String, Vec<(Finding, String)>> {
    let text = file.text.clone().unwrap_or_default();
    let loaded = Loaded {
        sources: Sources::new(vec![SourceFile { path: file.shown.clone(), text }]),
        base: String::new(),
        not_text: Vec::new(),
        states: Vec::new(),
        strange: Vec::new(),
        only: None,
    };
    let Some(text) = &file.text else {
        return Err(vec![(render::not_text(&loaded, &file.shown), render::not_text_human(&file.shown))]);
    };
    syntax::format(FileId(0), text).map_err(|mistakes| {
        let told = mistakes.iter();
        told.map(|mistake| (render::finding(&loaded, mistake), render::human(&loaded, mistake))).collect()
    })
}

/// Prints a text as it is. A reader that went away is no error.
fn print(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}
