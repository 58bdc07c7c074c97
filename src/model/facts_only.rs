//! Criteria that read facts and nothing else: no judgment, no list of examples, nothing that no source states.

use super::{Criterion, CriterionKind, Model};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::vocabulary::{CodeList, ListStatus, Test};

/// What a criterion rests on beside facts, and where; nothing if it reads facts only. The definitions must not run in a
/// circle.
pub(super) fn other(
    model: &Model,
    lists: &[CodeList],
    criterion: &Criterion,
) -> Option<(Span, &'static str)> {
    let mut walk = Walk { model, lists, plain: vec![false; model.defines.len()] };
    walk.other(criterion)
}

/// Reports all that is no fact where it is asked whether a child receives a program. `not stated` is told off wherever it
/// would decide, and whether another program is received where that program stands.
pub(super) fn receiving(model: &Model, lists: &[CodeList], diagnostics: &mut Vec<Diagnostic>) {
    let mut walk = Walk { model, lists, plain: vec![false; model.defines.len()] };
    let mut open: Vec<&Criterion> =
        model.programs.iter().filter_map(|program| program.receiving.as_ref()).collect();
    while let Some(criterion) = open.pop() {
        open.extend(criterion.parts());
        let told = matches!(criterion.kind, CriterionKind::NotStated(_) | CriterionKind::Receiving(_));
        if told || criterion.parts().next().is_some() {
            continue;
        }
        if let Some((span, why)) = walk.other(criterion) {
            let message = format!("`receiving when` reads facts only, and {why}");
            let help =
                "write what a family can say of a child who is in the program, such as `enrolled in PROGRAM`";
            diagnostics.push(Diagnostic::new(Code::WrongKind, span, message).help(help));
        }
    }
}

struct Walk<'m> {
    model: &'m Model,
    lists: &'m [CodeList],
    /// Definitions that are known to read facts only.
    plain: Vec<bool>,
}

impl Walk<'_> {
    fn other(&mut self, criterion: &Criterion) -> Option<(Span, &'static str)> {
        let here = |what| Some((criterion.span, what));
        match &criterion.kind {
            CriterionKind::DecidedBy { lasting: true, .. } => here("only the agency knows what is left"),
            CriterionKind::DecidedBy { .. } => here("this is for an agency to judge"),
            CriterionKind::NoFigure => here("there is no figure for some days: the agency has to say"),
            CriterionKind::NotStated(_) => here("this is what the source does not say"),
            CriterionKind::EligibleFor(_) => here("whether a program fits is a decision, not a fact"),
            CriterionKind::Test(Test::Diagnoses { list, .. }) => match self.lists.get(*list) {
                Some(list) if list.status == ListStatus::Illustrative => {
                    here("this list only shows examples: the program decides")
                }
                _ => None,
            },
            CriterionKind::Defined(index) => {
                if self.plain[*index] {
                    return None;
                }
                let found = self.other(&self.model.defines[*index].criterion);
                self.plain[*index] = found.is_none();
                // Where the name stands is where its author has to write something else.
                found.and_then(|(_, what)| here(what))
            }
            CriterionKind::Receiving(index) => {
                let received = self.model.programs.get(*index)?.receiving.as_ref()?;
                self.other(received).and_then(|(_, what)| here(what))
            }
            _ => criterion.parts().find_map(|part| self.other(part)),
        }
    }
}
