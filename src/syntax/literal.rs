//! What holds by definition, or is usual: the lines of a program that say it, and the same words where `facts.yaml` has them.

use super::from_pairs::{Reader, content, is_keyword};
use super::mistake::{self, Place};
use super::tree::{Literal, LiteralKind, ProgramLine, Spanned};
use super::{Grammar, Rule};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::FileId;
use pest::Parser as _;
use pest::iterators::Pair;

/// Reads one literal that stands by itself, at a byte of its file.
///
/// # Errors
/// The exact mistake, where the words are no literal.
pub fn literal(file: FileId, at: usize, text: &str) -> Result<Literal, Diagnostic> {
    let mut pairs = Grammar::parse(Rule::alone_literal, text).ok();
    let found = pairs.as_mut().and_then(Iterator::next);
    let found = found.and_then(|pair| Reader::at(file, at, text).literal(pair));
    found.ok_or_else(|| mistake::find(file, at, text, Place::Literal))
}

impl Reader<'_> {
    /// `enrolled implies …` or `enrolled usually …`.
    pub(super) fn definition<'p>(
        &mut self,
        rule: Rule,
        words: &mut impl Iterator<Item = Pair<'p, Rule>>,
    ) -> Option<ProgramLine> {
        let conclusion = words.next()?;
        let remarks = self.remarks(words);
        let span = self.span(&conclusion);
        let written = conclusion.as_str().trim().to_owned();
        let any_of = conclusion.clone().into_inner().next().filter(is_keyword).is_some();
        let mut literals: Vec<Literal> = content(conclusion).filter_map(|pair| self.literal(pair)).collect();
        if rule == Rule::implies {
            if !any_of && literals.len() > 1 {
                let message = format!("`{written}` can be read in two ways");
                let help = "does each of them hold? Write a line for each. At least one? Write `any of` before the first";
                self.report(Diagnostic::new(Code::Ambiguous, span, message).help(help));
            }
            return Some(ProgramLine::Implies(literals, remarks));
        }
        if any_of || literals.len() > 1 {
            let message = "`enrolled usually` names one thing";
            let help = "write a line for each that is usual by itself";
            self.report(Diagnostic::new(Code::NotUnderstood, span, message).help(help));
        }
        Some(ProgramLine::Usually(literals.drain(..).next()?, remarks))
    }

    pub(super) fn literal(&self, pair: Pair<'_, Rule>) -> Option<Literal> {
        let (rule, span) = (pair.as_rule(), self.span(&pair));
        let mut names = content(pair).map(|pair| self.name(&pair));
        let first = names.next()?;
        let value = match rule {
            Rule::literal_enrolled => LiteralKind::EnrolledIn(first),
            Rule::literal_is => LiteralKind::Is(first, names.next()?),
            Rule::literal_includes => LiteralKind::Includes(first, names.next()?),
            _ => LiteralKind::Fact(first),
        };
        Some(Spanned { value, span })
    }
}
