//! The list of states, which the pages read first: the same from `carepath serve` and in a site of `carepath build`.

use carepath::compile::compile;
use carepath::screen::{About, AboutContact, Screener};
use carepath::source::Sources;
use carepath::value::StateCode;
use serde::Serialize;

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
    /// The bundle, relative to the list.
    pub(super) bundle: String,
    /// What a browser checks the bundle against; nothing where the rules can change at any time.
    pub(super) integrity: Option<String>,
    /// The page with the state's programs that needs no script, relative to the site; nothing where there is none.
    pub(super) list: Option<String>,
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
