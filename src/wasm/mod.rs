//! The browser's door: bundles and answers in, results out as JSON, the same bytes as natively. The screener is all of
//! it; the studio adds the language.

#[cfg(feature = "studio")]
mod draft;

#[cfg(feature = "studio")]
pub use draft::Draft;

use crate::bundle::Bundle;
use crate::child::Raw;
use crate::screen::{Detail, Refusal, Screener};
use crate::value::{Date, Lang};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

/// The rules of one state, compiled.
#[wasm_bindgen]
pub struct Rules {
    screener: Screener,
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
    /// Takes over a bundle.
    ///
    /// # Errors
    /// The message is JSON: `{errors: [{field, message}], conflict: []}`.
    #[wasm_bindgen(constructor)]
    pub fn new(bundle: &[u8]) -> Result<Rules, JsError> {
        let bundle = Bundle::read(bundle).map_err(|why| refuse("rules", &why.to_string()))?;
        Ok(Self { screener: Screener::of(bundle) })
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

    /// Screens one child: `{answers, as_of, lang}` in, the result out, as JSON.
    ///
    /// # Errors
    /// The message is JSON: `{errors: [{field, message}], conflict: [fact, …]}`.
    pub fn screen(&self, request: &str) -> Result<String, JsError> {
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

/// Why something was refused, as JavaScript reads it.
#[derive(Serialize)]
struct Refused<'a> {
    errors: Vec<Wrong<'a>>,
    conflict: &'a [String],
}

#[derive(Serialize)]
struct Wrong<'a> {
    field: &'a str,
    message: &'a str,
}

fn refused(refusal: &Refusal) -> JsError {
    let (errors, conflict) = match refusal {
        Refusal::Answers(errors) => (errors.as_slice(), &[][..]),
        Refusal::Conflict(facts) => (&[][..], facts.as_slice()),
        Refusal::TooTangled => return refuse("", &refusal.to_string()),
    };
    let errors = errors.iter().map(|error| Wrong { field: &error.field, message: &error.message });
    thrown(&Refused { errors: errors.collect(), conflict })
}

fn refuse(field: &str, message: &str) -> JsError {
    thrown(&Refused { errors: vec![Wrong { field, message }], conflict: &[] })
}

fn thrown(refused: &impl Serialize) -> JsError {
    JsError::new(&serde_json::to_string(refused).unwrap_or_default())
}
