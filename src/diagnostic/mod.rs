//! What is wrong in a rule file, for the person who wrote it.
//!
//! `README.md` beside this file is the guide to how a message is written; `grammar/errors` has a page for each [`Code`].
//! Rendering is the doors' business.

mod code;
mod nearest;

pub use code::Code;
pub use nearest::nearest;

use crate::source::Span;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The rules cannot be used as they are.
    Error,
    /// The rules can be used; somebody should look.
    Warning,
}

impl Severity {
    /// The word that people and scripts read.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// One thing wrong, at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which kind of mistake; stable.
    pub code: Code,
    /// The words that are wrong.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A mistake without help yet.
    #[must_use]
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self { code, span, message: message.into(), help: None }
    }

    /// The same with what to write instead.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// The same with "did you mean", where a name in scope is near enough; else with the names that could stand there.
    #[must_use]
    pub fn did_you_mean<'a>(self, wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Self {
        let names: Vec<&str> = names.into_iter().collect();
        match nearest(wrong, names.iter().copied()) {
            Some(name) => self.help(format!("did you mean `{name}`?")),
            None => self.help(one_of(&names)),
        }
    }

    /// How bad it is: a matter of its code.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

/// More names than these are not read.
const MOST_NAMES: usize = 8;

/// Which names could stand somewhere, or that there is none.
#[must_use]
pub fn one_of(names: &[&str]) -> String {
    let shown: Vec<String> = names.iter().take(MOST_NAMES).map(|name| format!("`{name}`")).collect();
    match names.len() {
        0 => "there is none yet that could stand here; take it out".to_owned(),
        1 => format!("only {} can stand here", shown[0]),
        count if count <= MOST_NAMES => format!("one of these can stand here: {}", shown.join(", ")),
        count => format!("one of {count} can stand here, such as {}", shown[..3].join(", ")),
    }
}

/// Whether rules with these diagnostics cannot be used.
#[must_use]
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity() == Severity::Error)
}
