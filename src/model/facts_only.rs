//! Whether a child receives a program is a matter of facts: nothing that an agency decides has a say in it.

use super::{Criterion, CriterionKind, Model};
use crate::diagnostic::{Code, Diagnostic};
use crate::vocabulary::{CodeList, ListStatus, Test};

/// Reports what is no fact where it is asked whether a child receives a program, also behind a definition. The
/// definitions must not run in a circle. `not stated` is told off wherever it would decide.
pub(super) fn receiving(model: &Model, lists: &[CodeList], diagnostics: &mut Vec<Diagnostic>) {
    let mut walk = Walk { model, lists, defined: vec![None; model.defines.len()], diagnostics };
    for program in &model.programs {
        if let Some(criterion) = &program.receiving {
            walk.tell(criterion);
        }
    }
}

struct Walk<'m> {
    model: &'m Model,
    lists: &'m [CodeList],
    /// Why a definition is no matter of facts, found once for each; nothing inside if it is one.
    defined: Vec<Option<Option<&'static str>>>,
    diagnostics: &'m mut Vec<Diagnostic>,
}

impl Walk<'_> {
    /// Reports each part that is no fact at its place; where a name stands for it, at the name.
    fn tell(&mut self, criterion: &Criterion) {
        let parts = parts(criterion);
        if parts.is_empty() {
            if let Some(why) = self.why(criterion) {
                let message = format!("`receiving when` reads facts only, and {why}");
                let help = "write what a family can say of a child who is in the program, such as `enrolled in PROGRAM`";
                self.diagnostics.push(Diagnostic::new(Code::WrongKind, criterion.span, message).help(help));
            }
            return;
        }
        parts.iter().for_each(|part| self.tell(part));
    }

    /// Why a criterion is no matter of facts.
    fn why(&mut self, criterion: &Criterion) -> Option<&'static str> {
        match &criterion.kind {
            CriterionKind::DecidedBy { lasting: false, .. } => Some("this is for an agency to decide"),
            CriterionKind::DecidedBy { lasting: true, .. } => Some("only the agency knows what is left"),
            CriterionKind::EligibleFor(_) => Some("a child may be eligible and receive nothing"),
            CriterionKind::Test(Test::Diagnoses { list, .. })
                if self.lists[*list].status == ListStatus::Illustrative =>
            {
                Some("this list only shows examples: the program decides")
            }
            CriterionKind::Defined(index) => match self.defined[*index] {
                Some(known) => known,
                None => {
                    let why = self.why(&self.model.defines[*index].criterion);
                    self.defined[*index] = Some(why);
                    why
                }
            },
            _ => parts(criterion).iter().find_map(|part| self.why(part)),
        }
    }
}

fn parts(criterion: &Criterion) -> &[Criterion] {
    match &criterion.kind {
        CriterionKind::All(parts)
        | CriterionKind::Any(parts)
        | CriterionKind::None(parts)
        | CriterionKind::AtLeast(_, parts) => parts,
        CriterionKind::Not(inner) | CriterionKind::Unless(inner) => std::slice::from_ref(inner),
        _ => &[],
    }
}
