//! What the source does not say has no say: `not stated` must not stand where it would decide.

use super::{Criterion, CriterionKind, Model};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// Reports every `not stated` that stands where it would decide: alone, under *any of*, *none of*, *at least* or *not*,
/// also behind a definition; and where it is asked whether a child receives a program, or who pays. The definitions must
/// not run in a circle.
pub(super) fn decides(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    let count = model.defines.len();
    let mut walk = Decides { model, diagnostics, silent: vec![None; count], decides: vec![[None; 2]; count] };
    for program in &model.programs {
        let benefits = &program.benefits;
        for decides in std::iter::once(&program.eligible).chain(benefits.iter().map(|own| &own.eligible)) {
            let speaks = !walk.silent(decides);
            walk.criterion(decides, speaks);
        }
        let payers = program.financing.iter().chain(benefits.iter().flat_map(|own| &own.financing));
        let others = payers.filter_map(|financing| financing.when.as_ref());
        for criterion in others.chain(&program.receiving) {
            walk.criterion(criterion, false);
        }
    }
}

struct Decides<'m> {
    model: &'m Model,
    diagnostics: &'m mut Vec<Diagnostic>,
    /// Whether a definition says nothing but `not stated`; found once for each.
    silent: Vec<Option<bool>>,
    /// Whether a `not stated` in a definition decides, where it stands under other groups and where it does not.
    decides: Vec<[Option<bool>; 2]>,
}

impl Decides<'_> {
    /// Whether a criterion says nothing but `not stated`.
    fn silent(&mut self, criterion: &Criterion) -> bool {
        match &criterion.kind {
            CriterionKind::NotStated(_) => true,
            CriterionKind::Defined(index) => match self.silent[*index] {
                Some(known) => known,
                None => {
                    let silent = self.silent(&self.model.defines[*index].criterion);
                    self.silent[*index] = Some(silent);
                    silent
                }
            },
            CriterionKind::All(members) => {
                !members.is_empty() && members.iter().all(|member| self.silent(member))
            }
            CriterionKind::Dated { cases, .. } => cases.iter().all(|(_, case)| self.silent(case)),
            _ => false,
        }
    }

    /// Whether a definition has a `not stated` that decides where the definition stands.
    fn definition(&mut self, index: usize, only_all: bool) -> bool {
        if let Some(known) = self.decides[index][usize::from(only_all)] {
            return known;
        }
        let mut found = Vec::new();
        self.places(&self.model.defines[index].criterion, only_all, &mut found);
        self.decides[index][usize::from(only_all)] = Some(!found.is_empty());
        !found.is_empty()
    }

    /// Reports what decides. `only_all`: whether nothing but `all of` groups that say something stands above.
    fn criterion(&mut self, criterion: &Criterion, only_all: bool) {
        let mut found = Vec::new();
        self.places(criterion, only_all, &mut found);
        for span in found {
            let message = "`not stated` would decide something here";
            let help = "it stands as a line of an `all of` group, beside what the source does state";
            self.diagnostics.push(Diagnostic::new(Code::NotStatedDecides, span, message).help(help));
        }
    }

    /// The places of what decides; where a name stands for it, the name is what has to move.
    fn places(&mut self, criterion: &Criterion, only_all: bool, found: &mut Vec<Span>) {
        match &criterion.kind {
            CriterionKind::NotStated(_) if !only_all => found.push(criterion.span),
            CriterionKind::Defined(index) if self.definition(*index, only_all) => found.push(criterion.span),
            CriterionKind::All(members) => {
                let speaks = members.is_empty() || members.iter().any(|member| !self.silent(member));
                members.iter().for_each(|member| self.places(member, only_all && speaks, found));
            }
            // On its days it stands where it is written.
            CriterionKind::Dated { cases, .. } => {
                cases.iter().for_each(|(_, case)| self.places(case, only_all, found));
            }
            _ => criterion.parts().for_each(|part| self.places(part, false, found)),
        }
    }
}
