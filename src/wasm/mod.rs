//! The browser's door: rule texts and answers in as JSON, results out as JSON, the same bytes as natively.

use crate::analysis::{self, Findings, analyze, tell};
use crate::child::Raw;
use crate::compile::{Declaring, compile_declared};
use crate::diagnostic::{Diagnostic, has_errors};
use crate::model::guard;
use crate::screen::{Detail, Refusal, Screener};
use crate::source::{SourceFile, Sources};
use crate::value::{Date, Lang, StateCode};
use serde::Deserialize;
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;

/// The rules of one state, compiled.
#[wasm_bindgen]
pub struct Rules {
    screener: Screener,
    declaring: Declaring,
}

#[derive(Deserialize)]
struct FileEntry {
    path: String,
    text: String,
}

#[derive(Deserialize)]
struct Request {
    answers: Raw,
    as_of: String,
    lang: String,
    #[serde(default)]
    detail: Option<String>,
}

#[wasm_bindgen]
impl Rules {
    /// Compiles a state's rules from files, `[{path, text}]` with paths below the rules folder.
    ///
    /// # Errors
    /// The message is JSON: `{findings: […]}`.
    #[wasm_bindgen(constructor)]
    pub fn new(files: &str, state: &str) -> Result<Rules, JsError> {
        let files: Vec<FileEntry> =
            serde_json::from_str(files).map_err(|error| refuse("files", &error.to_string()))?;
        let state =
            StateCode::parse(state).ok_or_else(|| refuse("state", "this is no U.S. state or territory"))?;
        let files = files.into_iter().map(|file| SourceFile { path: file.path, text: file.text }).collect();
        let sources = Sources::new(files);
        let (compiled, diagnostics) = compile_declared(&sources, state);
        match compiled {
            Some((program, declaring)) if !has_errors(&diagnostics) => {
                Ok(Rules { screener: Screener::new(program), declaring })
            }
            _ => {
                let findings: Vec<Value> = diagnostics.iter().map(|found| finding(&sources, found)).collect();
                Err(JsError::new(&json!({ "findings": findings }).to_string()))
            }
        }
    }

    /// What to say before anything is answered, as JSON.
    #[must_use]
    pub fn about(&self) -> String {
        serde_json::to_string(&self.screener.about()).unwrap_or_default()
    }

    /// Every question by its fact, as JSON.
    ///
    /// # Errors
    /// When the language is not offered.
    pub fn questions(&self, lang: &str) -> Result<String, JsError> {
        let lang = Lang::parse(lang).ok_or_else(|| refuse("lang", "this language is not offered"))?;
        Ok(serde_json::to_string(&self.screener.questions(lang)).unwrap_or_default())
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

    /// Screens one child: `{answers, as_of, lang}` in, the result out, as JSON.
    ///
    /// # Errors
    /// The message is JSON: `{errors: [{field, message}], conflict: [fact, …]}`.
    pub fn screen(&self, request: &str) -> Result<String, JsError> {
        guard(request).map_err(|(_, why)| refuse("", &why))?;
        let request: Request =
            serde_json::from_str(request).map_err(|error| refuse("", &error.to_string()))?;
        let as_of = Date::parse(&request.as_of)
            .ok_or_else(|| refuse("as_of", "this is not a day of the calendar"))?;
        let lang =
            Lang::parse(&request.lang).ok_or_else(|| refuse("lang", "this language is not offered"))?;
        let detail = if request.detail.as_deref() == Some("staff") { Detail::Staff } else { Detail::Family };
        let result = self
            .screener
            .screen(&request.answers, as_of, lang, detail)
            .map_err(|refusal| refused(&refusal))?;
        Ok(serde_json::to_string_pretty(&result).unwrap_or_default())
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

fn refused(refusal: &Refusal) -> JsError {
    let (errors, conflict) = match refusal {
        Refusal::Answers(errors) => (errors.as_slice(), &[][..]),
        Refusal::Conflict(facts) => (&[][..], facts.as_slice()),
        Refusal::TooTangled => return refuse("", &refusal.to_string()),
    };
    let errors: Vec<Value> =
        errors.iter().map(|error| json!({ "field": error.field, "message": error.message })).collect();
    JsError::new(&json!({ "errors": errors, "conflict": conflict }).to_string())
}

fn refuse(field: &str, message: &str) -> JsError {
    JsError::new(&json!({ "errors": [{ "field": field, "message": message }], "conflict": [] }).to_string())
}
