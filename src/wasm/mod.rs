//! The browser's door: bundles and answers in, results out as JSON, the same bytes as natively. The screener is all of
//! it; the studio adds the language.

#[cfg(feature = "studio")]
mod draft;
mod json;

#[cfg(feature = "studio")]
pub use draft::Draft;

use crate::bundle::Bundle;
use crate::child::Raw;
use crate::screen::{Detail, Question, Refusal, Screener};
use crate::value::{By, Date, Lang};
use serde::{Serialize, Serializer};
use wasm_bindgen::prelude::*;

/// The memory of a module, which has one thread.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static MEMORY: rlsf::GlobalTlsf<Small> = rlsf::GlobalTlsf::new();

/// Little code. Pools of memory are joined all the same, or a large allocation would leave much of it unused.
#[cfg(target_arch = "wasm32")]
struct Small;

#[cfg(target_arch = "wasm32")]
impl rlsf::GlobalTlsfOptions for Small {
    const ENABLE_REALLOCATION: bool = false;
}

/// The rules of one state, compiled.
#[wasm_bindgen]
pub struct Rules {
    screener: Screener,
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
        json::written(&self.screener.about())
    }

    /// Every question by its fact, as JSON; worded for a parent, if it is not said who answers.
    ///
    /// # Errors
    /// When the language is not offered, or nobody like that answers.
    pub fn questions(&self, lang: &str, by: Option<String>) -> Result<String, JsError> {
        let (lang, by) = reader(Some(lang), by.as_deref())?;
        Ok(by.said(&json::written(&ByFact(self.screener.questions(lang)))))
    }

    /// Screens one child: `{answers, as_of, lang, by, detail}` in, the result out, as JSON. `by` and `detail` can be left out.
    ///
    /// # Errors
    /// The message is JSON: `{errors: [{field, message}], conflict: [fact, …]}`.
    pub fn screen(&self, request: &str) -> Result<String, JsError> {
        let request = json::read(request).map_err(|why| refuse("", &why))?;
        let day = text(&request, "as_of").and_then(Date::parse);
        let day = day.ok_or_else(|| refuse("as_of", "this is not a day of the calendar"))?;
        let by = field(&request, "by").map(|_| text(&request, "by").unwrap_or_default());
        let (lang, by) = reader(text(&request, "lang"), by)?;
        let detail = if text(&request, "detail") == Some("staff") { Detail::Staff } else { Detail::Family };
        let answers = field(&request, "answers").unwrap_or(&Raw::Null);
        let result = self.screener.screen(answers, day, lang, detail).map_err(|refusal| refused(&refusal))?;
        Ok(by.said(&json::written(&result)))
    }
}

/// Who reads, in which language.
fn reader(lang: Option<&str>, by: Option<&str>) -> Result<(Lang, By), JsError> {
    let lang = lang.and_then(Lang::parse).ok_or_else(|| refuse("lang", "this language is not offered"))?;
    let by =
        by.map_or(Some(By::Parent), By::parse).ok_or_else(|| refuse("by", "nobody like that answers"))?;
    Ok((lang, by))
}

fn field<'a>(request: &'a Raw, name: &str) -> Option<&'a Raw> {
    match request {
        Raw::Map(entries) => entries.iter().find(|(key, _)| key == name).map(|(_, value)| value),
        _ => None,
    }
}

fn text<'a>(request: &'a Raw, name: &str) -> Option<&'a str> {
    match field(request, name)? {
        Raw::Text(text) => Some(text),
        _ => None,
    }
}

/// Questions under the names of their facts.
struct ByFact(Vec<Question>);

impl Serialize for ByFact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|question| (&question.fact, question)))
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
    JsError::new(&json::written(refused))
}
