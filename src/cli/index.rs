//! The list of states, which the pages read first: the same from `carepath serve` and in a site of `carepath build`.

use carepath::child::Raw;
use carepath::compile::compile;
use carepath::screen::{About, AboutContact, Detail, Question, Remaining, Screener};
use carepath::source::Sources;
use carepath::value::{Date, Lang, StateCode};
use serde::Serialize;
use std::collections::BTreeMap;

/// What the pages know before a state is chosen, and where rules fail.
#[derive(Serialize)]
pub(super) struct Index {
    /// Every state that can be chosen.
    pub(super) states: Vec<Entry>,
    /// The line for everyone.
    pub(super) national: Option<AboutContact>,
}

/// A state: what there is to say of it, and where its rules are.
#[derive(Serialize)]
pub(super) struct Entry {
    /// Names, and whom to call.
    #[serde(flatten)]
    pub(super) about: About,
    /// What a family is asked first; nothing where the rules cannot be used, or ask nothing.
    pub(super) opening: Option<Opening>,
    /// The bundle, relative to the list.
    pub(super) bundle: String,
    /// What a browser checks the bundle against; nothing where the rules can change at any time.
    pub(super) integrity: Option<String>,
    /// The page with the state's programs that needs no script, relative to the site; nothing where there is none.
    pub(super) list: Option<String>,
}

/// What the engine asks a family of which nothing is known: with it, they read and answer while the engine is still loading.
#[derive(Serialize)]
pub(super) struct Opening {
    /// The first question, by language, in the words for whoever may answer.
    next: BTreeMap<&'static str, Question>,
    /// How many questions there are.
    remaining: Remaining,
}

impl Opening {
    /// What is asked first on a day.
    pub(super) fn of(screener: &Screener, day: Date) -> Option<Self> {
        let screened = |lang| screener.screen(&Raw::Map(Vec::new()), day, lang, Detail::Family).ok();
        let remaining = screened(Lang::default())?.remaining;
        let next = Lang::ALL.into_iter().map(|lang| Some((lang.code(), screened(lang)?.next?)));
        Some(Self { next: next.collect::<Option<_>>()?, remaining })
    }
}

/// The contact that the shared rules name for everyone.
pub(super) fn national(sources: &Sources) -> Option<AboutContact> {
    // A state without rules of its own has the shared ones alone.
    let shared: Vec<_> = sources
        .iter()
        .filter(|(_, file)| file.path.starts_with("us/"))
        .map(|(_, file)| file.clone())
        .collect();
    let (program, _) = compile(&Sources::new(shared), StateCode::parse("AR")?);
    Screener::new(program?).about().contacts.into_iter().next()
}
