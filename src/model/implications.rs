//! What holds by definition, and what is usual: read from `facts.yaml`, and with its names looked up.

use super::from_syntax::Builder;
use super::from_yaml::Reader;
use super::yaml::Place;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{SourceFile, Span};
use crate::syntax::tree::{LiteralKind, Name};
use crate::syntax::{self, tree};
use crate::vocabulary::{Choice, ENROLLED, FactKind, Implication, Literal, Usual};
use serde_yaml::Value;

/// So many implications one state may have; following them takes longer with each.
const MOST_IMPLICATIONS: usize = 200;

/// What `facts.yaml` says of a fact, a choice or an element; what it names is not looked up yet, since programs, which
/// stand in other files, are among it.
#[derive(Debug)]
pub(super) struct Said {
    when: Literal,
    pub(super) then: Vec<tree::Literal>,
    usual: bool,
    span: Span,
}

/// A key of `facts.yaml` with its place.
pub(super) struct Key<'f> {
    pub(super) file: &'f SourceFile,
    pub(super) place: Place,
    pub(super) span: Span,
    /// `implies` or `usually`.
    pub(super) word: &'static str,
}

impl Reader<'_> {
    /// Reads what a fact, a choice or an element implies, or what usually goes with it.
    pub(super) fn said(&mut self, key: &Key<'_>, when: Literal, given: &Value) {
        let usual = key.word == "usually";
        let Value::Sequence(members) = given else {
            self.not_a_list(key);
            return;
        };
        for member in members {
            let then = match member {
                Value::String(text) => self.literal(key, text).map(|literal| vec![literal]),
                Value::Mapping(_) if usual => {
                    let message = "`usually` names one thing at a time";
                    let help = "write each thing that is usual by itself, without `any of`";
                    self.diagnostics.push(Diagnostic::new(Code::BadYaml, key.span, message).help(help));
                    None
                }
                Value::Mapping(keys) if keys.len() == 1 => {
                    match keys.iter().next().map(|(word, literals)| (word.as_str(), literals)) {
                        Some((Some("any of"), Value::Sequence(literals))) => self.any_of(key, literals),
                        _ => {
                            self.not_a_list(key);
                            None
                        }
                    }
                }
                _ => {
                    self.not_a_list(key);
                    None
                }
            };
            if let Some(then) = then {
                self.found.said.push(Said { when, then, usual, span: key.span });
            }
        }
    }

    fn any_of(&mut self, key: &Key<'_>, members: &[Value]) -> Option<Vec<tree::Literal>> {
        if members.is_empty() {
            let help = "name at least two of which one holds: `{ any of: [ssi, enrolled in a] }`";
            self.push(Code::EmptyGroup, key.span, "there is nothing in this `any of`", help);
            return None;
        }
        let mut literals = Vec::new();
        for member in members {
            match member {
                Value::String(text) => literals.extend(self.literal(key, text)),
                _ => self.not_a_list(key),
            }
        }
        // What cannot be read is reported; the rest is looked up all the same.
        Some(literals)
    }

    fn literal(&mut self, key: &Key<'_>, text: &str) -> Option<tree::Literal> {
        let start = key.span.start as usize;
        let colon = key.place.words_after(key.file, start, &format!("{}:", key.word));
        let after = colon.map_or(start, |colon| colon.end as usize);
        let Some(span) = key.place.words_after(key.file, after, text.trim()) else {
            let message = format!("`{}` is not understood here", text.trim());
            let help = "write it on one line, with one blank between two words";
            self.diagnostics.push(Diagnostic::new(Code::BadYaml, key.span, message).help(help));
            return None;
        };
        match syntax::literal(span.file, span.start as usize, text.trim()) {
            Ok(literal) => Some(literal),
            Err(found) => {
                self.diagnostics.push(found);
                None
            }
        }
    }

    fn not_a_list(&mut self, key: &Key<'_>) {
        let (message, help) = if key.word == "usually" {
            (
                "`usually` is a list of what usually holds too",
                "write it like `usually: [medicaid, enrolled in passe]`",
            )
        } else {
            (
                "`implies` is a list of what holds too, by definition",
                "write it like `implies: [medicaid_eligible, enrolled in passe]`; where at least one of several holds, `implies: [any of: [ssi, foster_care]]`",
            )
        };
        self.diagnostics.push(Diagnostic::new(Code::BadYaml, key.span, message).help(help));
    }
}

/// What holds by definition and what is usual, looked up.
#[derive(Debug, Default)]
pub(super) struct Implied {
    pub(super) implications: Vec<Implication>,
    /// Where each implication stands.
    pub(super) places: Vec<Span>,
    pub(super) usual: Vec<Usual>,
}

impl Builder {
    /// Looks up what `facts.yaml` says.
    pub(super) fn said_of_facts(&mut self) {
        for said in std::mem::take(&mut self.vocabulary.said) {
            if said.usual {
                said.then.iter().for_each(|then| self.usually(said.when, then));
            } else {
                self.implies(said.when, &said.then, said.span);
            }
        }
    }

    /// The element of `enrolled` that a program is.
    pub(super) fn enrolled(&mut self, program: usize, span: Span) -> Option<Literal> {
        let Some(fact) = self.vocabulary.names.find("fact", ENROLLED) else {
            let message = format!("the shared facts have no set `{ENROLLED}`");
            let help = format!("add it to `us/facts.yaml`: `- id: {ENROLLED}` with `type: set`");
            self.diagnostics.push(Diagnostic::new(Code::UnknownName, span, message).help(help));
            return None;
        };
        Some(Literal::Element(fact, self.element(ENROLLED, program)?))
    }

    /// Where the first holds, at least one of the others does.
    pub(super) fn implies(&mut self, when: Literal, then: &[tree::Literal], span: Span) {
        let mut literals = Vec::new();
        for written in then {
            let Some(literal) = self.literal(written) else { return };
            if literal == when {
                self.same(written, "imply");
                return;
            }
            if !literals.contains(&literal) {
                literals.push(literal);
            }
        }
        let implication = Implication { when, then: literals };
        if self.implied.implications.contains(&implication) {
            return;
        }
        if self.implied.implications.len() == MOST_IMPLICATIONS {
            let message = format!("there are more than {MOST_IMPLICATIONS} things that hold by definition");
            let help = "keep those that decide something, and take the others out";
            self.diagnostics.push(Diagnostic::new(Code::TooLarge, span, message).help(help));
        }
        self.implied.implications.push(implication);
        self.implied.places.push(span);
    }

    /// Where the first holds, the other mostly does.
    pub(super) fn usually(&mut self, when: Literal, then: &tree::Literal) {
        let Some(literal) = self.literal(then) else { return };
        if literal == when {
            self.same(then, "usually go with");
            return;
        }
        let usual = Usual { when, then: literal };
        if !self.implied.usual.contains(&usual) {
            self.implied.usual.push(usual);
        }
    }

    fn same(&mut self, written: &tree::Literal, verb: &str) {
        let message = format!("nothing can {verb} itself");
        self.diagnostics.push(Diagnostic::new(Code::Circle, written.span, message).help("take it out"));
    }

    pub(super) fn literal(&mut self, written: &tree::Literal) -> Option<Literal> {
        match &written.value {
            LiteralKind::EnrolledIn(name) => {
                let program = self.resolve("program", name)?;
                self.enrolled(program, written.span)
            }
            LiteralKind::Fact(name) => {
                let fact = self.resolve("fact", name)?;
                match self.vocabulary.facts[fact].kind {
                    FactKind::YesNo => Some(Literal::Fact(fact)),
                    _ => self.wrong_kind(fact, name, "is not a question of yes or no"),
                }
            }
            LiteralKind::Is(name, choice) => {
                let fact = self.resolve("fact", name)?;
                match &self.vocabulary.facts[fact].kind {
                    FactKind::Choice(known) => {
                        let number = position(known, name, choice, &mut self.diagnostics)?;
                        Some(Literal::Choice(fact, number))
                    }
                    _ => self.wrong_kind(fact, name, "is not one of several choices"),
                }
            }
            LiteralKind::Includes(name, element) => {
                let fact = self.resolve("fact", name)?;
                match &self.vocabulary.facts[fact].kind {
                    FactKind::Set(known) => {
                        let number = position(known, name, element, &mut self.diagnostics)?;
                        Some(Literal::Element(fact, number))
                    }
                    _ => self.wrong_kind(fact, name, "is not a set"),
                }
            }
        }
    }

    /// Reports a literal that does not fit the kind of its fact, with one that would.
    fn wrong_kind(&mut self, fact: usize, name: &Name, what: &str) -> Option<Literal> {
        let some = |choices: &[Choice]| choices.first().map_or("…".to_owned(), |choice| choice.id.clone());
        let name_of = &name.value;
        let help = match &self.vocabulary.facts[fact].kind {
            FactKind::YesNo => format!("write `{name_of}` alone"),
            FactKind::Choice(choices) => format!("write which, such as `{name_of} is {}`", some(choices)),
            FactKind::Set(choices) => format!("write which, such as `{name_of} include {}`", some(choices)),
            _ => "only a yes, a choice, or an element of a set can stand here".to_owned(),
        };
        let message = format!("`{name_of}` {what}");
        self.diagnostics.push(Diagnostic::new(Code::WrongKind, name.span, message).help(help));
        None
    }
}

/// The number of a choice or an element; one that is unknown is reported.
fn position(
    known: &[Choice],
    fact: &Name,
    choice: &Name,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<usize> {
    let found = known.iter().position(|known| known.id == choice.value);
    if found.is_none() {
        let message = format!("`{}` has no choice `{}`", fact.value, choice.value);
        let names = known.iter().map(|choice| choice.id.as_str());
        let found = Diagnostic::new(Code::UnknownName, choice.span, message);
        diagnostics.push(found.did_you_mean(&choice.value, names));
    }
    found
}
