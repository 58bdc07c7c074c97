//! Bounds on a choice whose answers go from least to most. What they mean is said by `is one of`.

use super::CriterionKind;
use super::criteria::unknown_choice;
use super::from_syntax::Builder;
use super::one_fact::how_to_test;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::tree::{Bound, Name};
use crate::vocabulary::{FactKind, Test};

impl Builder {
    /// A choice between two of its answers; what is left away at an end leaves that end open.
    pub(super) fn in_order(
        &mut self,
        fact: usize,
        name: &Name,
        written: [Option<&Bound>; 2],
        span: Span,
    ) -> Option<CriterionKind> {
        let asked = &self.vocabulary.facts[fact];
        let FactKind::Choice(known) = &asked.kind else { return None };
        let (known, help) = (known.clone(), how_to_test(asked));
        let ordered = self.vocabulary.ordered.contains(&fact);
        if written.iter().flatten().any(|bound| matches!(bound, Bound::Number(..))) {
            let message = format!("`{}` is not a number", name.value);
            let choice = known.get(1).filter(|_| ordered);
            let help = choice
                .map_or(help, |choice| format!("write a choice: `{} at least {}`", name.value, choice.id));
            self.diagnostics.push(Diagnostic::new(Code::WrongKind, name.span, message).help(help));
            return None;
        }
        if !ordered {
            let message = format!("the choices of `{}` have no order", name.value);
            let help = format!("{help}; if they go from least to most, `facts.yaml` says `ordered: true`");
            self.diagnostics.push(Diagnostic::new(Code::WrongKind, name.span, message).help(help));
            return None;
        }
        let mut ends = [0, known.len() as i64 - 1];
        let mut all_known = true;
        for (bound, end) in written.into_iter().zip(&mut ends) {
            let Some(Bound::Named(choice, plus)) = bound else { continue };
            match known.iter().position(|known| known.id == choice.value) {
                Some(index) => *end = index as i64 + plus,
                None => {
                    self.diagnostics.push(unknown_choice(name, choice, &known));
                    all_known = false;
                }
            }
        }
        let [from, to] = ends;
        let choices: Vec<usize> =
            (0..known.len()).filter(|choice| (from..=to).contains(&(*choice as i64))).collect();
        if !all_known {
            return None;
        }
        let never = match (known.as_slice(), choices.len()) {
            ([first, .., last], none) if none == 0 || none == known.len() => {
                format!("`{}` goes from `{}` to `{}`: this test never decides", name.value, first.id, last.id)
            }
            _ => return Some(CriterionKind::Test(Test::OneOf { fact, choices, list: None })),
        };
        let help = "write a bound that some of its choices meet and some do not; or take it out";
        self.report(Code::BadNumber, span, never, help);
        None
    }
}
