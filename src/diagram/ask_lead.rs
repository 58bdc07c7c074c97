//! What can still be asked about who leads, and about who pays then.
//!
//! Programs that hang on the same fact are tied to each other, so who leads can be open in ways that no single program
//! shows: each candidate has a diagram of its own that says where it leads.

use super::ask::{Known, Open};
use super::build::fold_judgments;
use super::forest::{Combine, Forest, IMPOSSIBLE, MET, NOT_MET, OPEN, POSSIBLE, Root};
use crate::program::NodeId;
use crate::value::Outcomes;
use crate::vocabulary::Target;

/// A payer of a program: the node of its condition, and whether it pays where that fails.
pub type Payer = (NodeId, bool);

impl Known<'_> {
    /// What can still be asked about who leads among candidates in order, and about the payers of each, in order; the
    /// payer is shown only of whoever is named as the lead.
    #[must_use]
    pub fn open_lead(
        &mut self,
        candidates: &[(Target, Option<NodeId>)],
        payers: &[(Target, Vec<Payer>)],
    ) -> Vec<Open> {
        let leads = self.where_each_leads(candidates);
        let mut open: Vec<Open> = Vec::new();
        for (_, root) in &leads {
            let root = self.left_open(*root);
            // Of a lead that is open, only that it may lead is told.
            let as_told = |outcomes: Outcomes| if outcomes.is_open() { OPEN } else { Root::of(outcomes) };
            let root = self.forest.with_leaves(root, &as_told);
            if !self.forest.is_settled(root) && !open.contains(&Open(root)) {
                open.push(Open(root));
            }
        }
        for (target, payers) in payers {
            let mut named = self.where_named(&leads, *target);
            for (when, negated) in payers {
                let Some(when) = self.of(*when) else { break };
                let when = self.left_open(when);
                let root = self.forest.combine(Combine::Where, when, named);
                if !self.forest.is_settled(root) && !open.contains(&Open(root)) {
                    open.push(Open(root));
                }
                // Whoever comes after one that surely pays has no say.
                let pays = if *negated { Outcomes::NOT_MET } else { Outcomes::MET };
                let not_paid = keep(&mut self.forest, when, &|outcomes| outcomes != pays);
                named = self.forest.combine(Combine::Where, named, not_paid);
            }
        }
        open
    }

    /// Each candidate with where it leads, judgments left to their agencies.
    pub(super) fn where_each_leads(
        &mut self,
        candidates: &[(Target, Option<NodeId>)],
    ) -> Vec<(Target, Root)> {
        let possible = self.possible();
        let first_judgment = self.diagrams.variables.first_judgment;
        let mut nobody_before = MET;
        let mut leads = Vec::with_capacity(candidates.len());
        for (target, node) in candidates {
            let fits = match node.map(|node| self.diagrams.raw[node.0 as usize]) {
                Some(Some(root)) => self.where_open(root),
                Some(None) => NOT_MET,
                None => MET,
            };
            let here = self.forest.combine(Combine::And, nobody_before, fits);
            let not = self.forest.not(fits);
            nobody_before = self.forest.combine(Combine::And, nobody_before, not);
            leads.push((*target, here));
        }
        let mut done = vec![None; self.forest.places()];
        for (_, root) in &mut leads {
            let folded = fold_judgments(&mut self.forest, *root, first_judgment, &mut done);
            *root = self.forest.combine(Combine::Where, folded, possible);
        }
        leads
    }

    /// Where a target is named as the lead: it surely leads, or it is the first of those among whom an agency decides.
    fn where_named(&mut self, leads: &[(Target, Root)], target: Target) -> Root {
        let own: Vec<Root> = leads.iter().filter(|(of, _)| *of == target).map(|(_, root)| *root).collect();
        let own = own.into_iter().reduce(|a, b| self.forest.combine(Combine::Or, a, b)).unwrap_or(NOT_MET);
        let own = self.left_open(own);
        let mut named =
            keep(&mut self.forest, own, &|outcomes| !outcomes.is_open() && outcomes != Outcomes::NOT_MET);
        let own_place = leads.iter().rposition(|(of, _)| *of == target).unwrap_or_default();
        for (index, (of, root)) in leads.iter().enumerate() {
            if *of != target {
                let other = self.left_open(*root);
                let alone = keep(&mut self.forest, other, &|outcomes| {
                    outcomes == Outcomes::NOT_MET || index > own_place && !outcomes.is_open()
                });
                named = self.forest.combine(Combine::Where, named, alone);
            }
        }
        named
    }
}

/// What is possible where a diagram comes to something wanted.
pub(super) fn keep(forest: &mut Forest, root: Root, wanted: &dyn Fn(Outcomes) -> bool) -> Root {
    let leaf = |outcomes: Outcomes| match !outcomes.is_none() && wanted(outcomes) {
        true => POSSIBLE,
        false => IMPOSSIBLE,
    };
    forest.with_leaves(root, &leaf)
}
