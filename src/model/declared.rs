//! What the author declares of all children, and which findings are meant to be so.

use super::criteria::Criteria;
use super::from_syntax::Builder;
use super::{Criterion, Model};
use crate::source::Span;
use crate::syntax::tree::{self, Item};
use crate::vocabulary::{Claim, Intended, IntendedWhat, Invariant};

impl Builder {
    /// What is found on a line that says why it is meant to be so.
    pub(super) fn intended_here(
        &mut self,
        what: IntendedWhat<Criterion>,
        remarks: &tree::Remarks,
        span: Span,
    ) {
        let Some(why) = &remarks.intended else { return };
        self.intended.push(Intended { what, why: why.value.clone(), span });
    }

    /// Looks up the names of an invariant or of an intended finding.
    pub(super) fn declared(&mut self, item: &Item, model: &mut Model) {
        match item {
            Item::Invariant(written) => {
                let claim = match &written.claim {
                    tree::Claim::Always(criterion) => Some(Claim::Always(self.criterion(criterion))),
                    tree::Claim::Never(criterion) => Some(Claim::Never(self.criterion(criterion))),
                    tree::Claim::Monotone { losing, what, opens, program } => {
                        let (what, program) = (self.literal(what), self.resolve("program", program));
                        what.zip(program).map(|(what, program)| Claim::Monotone {
                            losing: *losing,
                            what,
                            opens: *opens,
                            program,
                        })
                    }
                };
                model.declared.invariants.extend(claim.map(|claim| Invariant { claim, span: written.span }));
            }
            Item::Intended(written) => {
                let what = match &written.what {
                    tree::IntendedWhat::Gap(criterion) => IntendedWhat::Gap(self.criterion(criterion)),
                    tree::IntendedWhat::Overlap(names) => IntendedWhat::Overlap(
                        names.iter().filter_map(|name| self.resolve("program", name)).collect(),
                    ),
                };
                let why = written.why.value.clone();
                model.declared.intended.push(Intended { what, why, span: written.span });
            }
            _ => {}
        }
    }
}
