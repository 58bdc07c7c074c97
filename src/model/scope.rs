//! The names in scope, by what they name.

use crate::diagnostic::{Code, Diagnostic, nearest, one_of};
use crate::source::Span;
use crate::syntax::tree::Name;
use crate::syntax::{looks_like, plain};
use std::collections::BTreeMap;

/// So many mistakes come with a guess at the name that was meant.
const MOST_GUESSES: usize = 200;

/// Names by kind; a name is unique in its kind.
#[derive(Debug, Default)]
pub(super) struct Names {
    known: BTreeMap<&'static str, BTreeMap<String, usize>>,
}

impl Names {
    /// Adds a name; says whether it is new, and reports it if not.
    pub(super) fn add(
        &mut self,
        kind: &'static str,
        name: &str,
        index: usize,
        span: Span,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> bool {
        let meant = plain(name);
        let mut name = name;
        if let Some(trap) =
            name.chars().find(|c| !(c.is_ascii_lowercase() || c.is_ascii_digit() || *c == '_'))
        {
            // The file's own reading has told already what only looks like a letter.
            let told = |found: &Diagnostic| {
                matches!(found.code, Code::LookAlike | Code::HiddenCharacter)
                    && found.span.file == span.file
                    && (span.start..span.end).contains(&found.span.start)
            };
            if !diagnostics.iter().any(told) {
                let number = u32::from(trap);
                let (code, message) = match looks_like(trap) {
                    Some(like) => (
                        Code::LookAlike,
                        format!(
                            "`{trap}` in `{name}` looks like `{like}` and is another letter: U+{number:04X}"
                        ),
                    ),
                    None => (Code::UnknownName, format!("the name `{name}` has the character `{trap}`")),
                };
                let help = "a name has small letters from a to z, digits and `_`";
                diagnostics.push(Diagnostic::new(code, span, message).help(help));
            }
            // Who names it with our letters is not to blame.
            name = &meant;
        }
        if self.find(kind, name).is_some() {
            let message = format!("there is a {kind} `{name}` already");
            let found = Diagnostic::new(Code::DuplicateName, span, message);
            diagnostics.push(found.help("give it another name, or take one of them out"));
            return false;
        }
        self.known.entry(kind).or_default().insert(name.to_owned(), index);
        true
    }

    /// Names of what is not read, since nothing names it; a name that nothing has can still be meant to be one.
    pub(super) fn not_read(&mut self, kind: &'static str, names: &[String]) {
        let known = self.known.entry(kind).or_default();
        for name in names {
            known.entry(name.clone()).or_insert(usize::MAX);
        }
    }

    /// The index of a name.
    pub(super) fn find(&self, kind: &'static str, name: &str) -> Option<usize> {
        self.known.get(kind)?.get(name).copied()
    }

    /// The index of a name that stands in a rule file; one that nothing has is reported.
    pub(super) fn resolve(
        &self,
        kinds: &[&'static str],
        name: &Name,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<(&'static str, usize)> {
        for kind in kinds {
            if let Some(index) = self.find(kind, &name.value) {
                return Some((kind, index));
            }
        }
        let what = kinds.join(" or ");
        let found =
            Diagnostic::new(Code::UnknownName, name.span, format!("there is no {what} `{}`", name.value));
        let other =
            self.known.iter().find(|(kind, names)| names.contains_key(&name.value) && !kinds.contains(kind));
        let in_scope = self.known.iter().filter(|(kind, _)| kinds.contains(kind));
        let candidates: Vec<&str> =
            in_scope.flat_map(|(_, names)| names.keys()).map(String::as_str).collect();
        // Guessing costs time; after so many unknown names, nobody reads the guesses.
        if diagnostics.len() > MOST_GUESSES {
            diagnostics.push(found.help(where_it_stands(kinds, &name.value)));
            return None;
        }
        diagnostics.push(match (nearest(&name.value, candidates.iter().copied()), other) {
            (Some(near), _) => found.help(format!("did you mean `{near}`?")),
            (None, Some((kind, _))) => found.help(format!("`{}` is a {kind}", name.value)),
            // What programs offer, who pays and how, and who coordinates: the shared files have the words.
            (None, None) if matches!(kinds, ["offer" | "payer" | "mechanism" | "coordinator"]) => {
                found.help(one_of(&candidates))
            }
            (None, None) => found.help(where_it_stands(kinds, &name.value)),
        });
        None
    }
}

/// How a name of one of these kinds comes to be.
fn where_it_stands(kinds: &[&'static str], name: &str) -> String {
    match kinds {
        ["definition", ..] => format!("write `define {name} = …`, or add `- id: {name}` to `facts.yaml`"),
        ["fact", "score"] => {
            format!("add `- id: {name}` to `facts.yaml`, or write `score {name} \"TITLE\" {{ … }}`")
        }
        ["fact", ..] => format!("add it to `facts.yaml`: `- id: {name}`"),
        ["list", ..] => format!("add it to `lists.yaml`: `- id: {name}` with its `entries`"),
        ["list of places", ..] => format!("add it to `lists.yaml`: `- id: {name}` with its `places`"),
        ["statement", ..] => format!("add it to `statements.yaml`: `- {{ id: {name}, text: …, source: … }}`"),
        ["source", ..] => format!("add it to `sources.yaml`: `- {{ id: {name}, title: …, address: … }}`"),
        ["parameter", ..] => "write a number, or the name of a `parameter` that has one".to_owned(),
        ["program", "contact"] => {
            format!("write `program {name} \"TITLE\" {{ … }}` or `contact {name} \"TITLE\" {{ … }}`")
        }
        _ => format!("write `{} {name} \"TITLE\" {{ … }}` for it", kinds.join(" or ")),
    }
}
