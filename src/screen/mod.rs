//! One child through the whole of it: read the answers, decide, route, explain, and choose what to ask next.
//!
//! The terminal, the browser and the tests all come through here, and so get the same result byte for byte.

mod about;
mod assemble;
mod question;
mod result;

pub use about::{About, AboutContact, AboutProgram, InWords};
pub use result::*;

use crate::bundle::Bundle;
use crate::child::{AnswerError, Child, Raw, read};
use crate::diagram::{Diagrams, Periods, TooTangled};
use crate::program::Program;
use crate::value::{Date, Lang};

/// Compiled rules, ready to screen.
#[derive(Debug, Clone)]
pub struct Screener {
    program: Program,
    periods: Periods,
    rules: String,
}

/// Who reads the result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Detail {
    /// A family.
    #[default]
    Family,
    /// Staff: with the place of every rule.
    Staff,
}

/// Why answers cannot be screened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Fields that cannot be read.
    #[error("{}", listed(.0))]
    Answers(Vec<AnswerError>),
    /// Facts whose answers cannot all be true.
    #[error("these answers cannot all be true: {}", .0.join(", "))]
    Conflict(Vec<String>),
    /// Rules that cannot be decided exactly; checking them says so first.
    #[error("these rules are too tangled to be decided exactly")]
    TooTangled,
}

impl Screener {
    /// Takes compiled rules over and names them by the hash of their bundle.
    #[must_use]
    pub fn new(program: Program) -> Self {
        Self::of(Bundle::of(program))
    }

    /// Takes over the rules of a bundle.
    #[must_use]
    pub fn of(bundle: Bundle) -> Self {
        let Bundle { program, hash } = bundle;
        Self { periods: Periods::of(&program), program, rules: hash }
    }

    /// The rules.
    #[must_use]
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// The hash that names the rules.
    #[must_use]
    pub fn rules(&self) -> &str {
        &self.rules
    }

    /// Decides, routes and explains for one child.
    ///
    /// # Errors
    /// When a field cannot be read, or when answers contradict each other; nothing is guessed.
    pub fn screen(&self, raw: &Raw, as_of: Date, lang: Lang, detail: Detail) -> Result<Screening, Refusal> {
        let answers = read(&self.program, raw, as_of).map_err(Refusal::Answers)?;
        let child = Child::new(&self.program, &answers, as_of).map_err(|conflict| {
            let name = |fact: &usize| self.program.facts[*fact].id.clone();
            Refusal::Conflict(conflict.facts.iter().map(name).collect())
        })?;
        let known = self.diagrams(as_of)?.known(&self.program, &child);
        assemble::screening(self, &child, known, lang, detail).ok_or(Refusal::TooTangled)
    }

    /// The diagrams of the rules that are in force on a day.
    ///
    /// # Errors
    /// When the rules cannot be decided exactly.
    pub fn diagrams(&self, day: Date) -> Result<&Diagrams, Refusal> {
        self.periods.on(&self.program, day).map_err(|TooTangled| Refusal::TooTangled)
    }

    /// A day of each period in which other rules are in force, in order.
    #[must_use]
    pub fn days(&self) -> Vec<Date> {
        self.periods.days()
    }

    /// The first question of every fact, in the order of the facts.
    #[must_use]
    pub fn questions(&self, lang: Lang) -> Vec<Question> {
        let facts = 0..self.program.facts.len();
        facts.map(|fact| question::question(&self.program, fact, None, lang)).collect()
    }

    /// What to say of these rules before anything is answered.
    #[must_use]
    pub fn about(&self) -> About {
        about::about(&self.program)
    }
}

fn listed(errors: &[AnswerError]) -> String {
    let lines: Vec<String> = errors
        .iter()
        .map(|error| match error.field.as_str() {
            "" => error.message.clone(),
            field => format!("{field}: {}", error.message),
        })
        .collect();
    lines.join("\n")
}
