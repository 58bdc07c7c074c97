//! Rules as they are being written: compiled from the text of rule files, and looked at as a whole.

use super::{Rules, refuse, thrown};
use crate::analysis::{self, Findings, analyze, tell};
use crate::bundle::write;
use crate::compile::{Declaring, compile_declared};
use crate::diagnostic::{Diagnostic, has_errors};
use crate::screen::Screener;
use crate::source::{SourceFile, Sources};
use crate::value::{Date, StateCode};
use serde::Deserialize;
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;

/// The rules of one state, compiled from their files.
#[wasm_bindgen]
pub struct Draft {
    screener: Screener,
    declaring: Declaring,
}

#[derive(Deserialize)]
struct FileEntry {
    path: String,
    text: String,
}

#[wasm_bindgen]
impl Draft {
    /// Compiles a state's rules from files, `[{path, text}]` with paths below the rules folder.
    ///
    /// # Errors
    /// The message is JSON: `{findings: […]}`.
    #[wasm_bindgen(constructor)]
    pub fn new(files: &str, state: &str) -> Result<Draft, JsError> {
        let files: Vec<FileEntry> =
            serde_json::from_str(files).map_err(|error| refuse("files", &error.to_string()))?;
        let state =
            StateCode::parse(state).ok_or_else(|| refuse("state", "this is no U.S. state or territory"))?;
        let files = files.into_iter().map(|file| SourceFile { path: file.path, text: file.text }).collect();
        let sources = Sources::new(files);
        let (compiled, diagnostics) = compile_declared(&sources, state);
        match compiled {
            Some((program, declaring)) if !has_errors(&diagnostics) => {
                Ok(Self { screener: Screener::new(program), declaring })
            }
            _ => {
                let findings: Vec<Value> = diagnostics.iter().map(|found| finding(&sources, found)).collect();
                Err(thrown(&json!({ "findings": findings })))
            }
        }
    }

    /// The rules, to screen with.
    #[must_use]
    pub fn rules(&self) -> Rules {
        Rules { screener: self.screener.clone() }
    }

    /// The bundle that `carepath publish` leaves of these rules.
    #[must_use]
    pub fn bundle(&self) -> Vec<u8> {
        write(self.screener.program())
    }

    /// Looks at the rules as a whole, on a day and on all later ones: `{findings: […]}` as JSON, as `carepath analyze`
    /// prints it.
    ///
    /// # Errors
    /// When the day is none, or the rules are too tangled. The message is JSON, as of [`Rules::screen`].
    pub fn analyze(&self, as_of: &str) -> Result<String, JsError> {
        let as_of = Date::parse(as_of).ok_or_else(|| refuse("as_of", "this is not a day of the calendar"))?;
        let rules = analysis::Rules::new(self.screener.program().clone(), self.declaring.clone());
        let found = analyze(&rules, as_of, &[])
            .map_err(|_| refuse("", "these rules are too tangled to be looked at as a whole exactly"))?;
        let findings = found.into_iter().map(|finding| tell(&rules, finding, str::to_owned)).collect();
        Ok(serde_json::to_string_pretty(&Findings { findings }).unwrap_or_default())
    }
}

fn finding(sources: &Sources, found: &Diagnostic) -> Value {
    let (start, end) = (sources.start(found.span), sources.end(found.span));
    let end_column = if end.line == start.line { end.column } else { start.column + 1 };
    json!({
        "code": found.code.as_str(), "severity": found.severity().as_str(), "file": sources.file(found.span.file).path,
        "line": start.line, "column": start.column, "end_column": end_column,
        "message": found.message, "help": found.help,
    })
}
