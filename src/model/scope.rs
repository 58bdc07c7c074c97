//! The names in scope, by what they name.

use crate::diagnostic::{Code, Diagnostic, nearest};
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
        let candidates = in_scope.flat_map(|(_, names)| names.keys()).map(String::as_str);
        // Guessing costs time; after so many unknown names, nobody reads the guesses.
        if diagnostics.len() > MOST_GUESSES {
            diagnostics.push(found);
            return None;
        }
        diagnostics.push(match (nearest(&name.value, candidates), other) {
            (Some(near), _) => found.help(format!("did you mean `{near}`?")),
            (None, Some((kind, _))) => found.help(format!("`{}` is a {kind}", name.value)),
            (None, None) => found,
        });
        None
    }
}
