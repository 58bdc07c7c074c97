//! From the model to the straight line of nodes.
//!
//! A definition that is used twice is lowered once. An illustrative list becomes a judgment of an agency: its entries
//! give neither a certain yes nor a certain no.

use super::{At, Negation, Node, NodeId, NodeKind, Program};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Criterion, CriterionKind, Model};
use crate::source::{Sources, Span};
use crate::value::Words;
use crate::vocabulary::{Financing, ListStatus, Pathway, Test};

/// A program's criteria may come to this many lines, written out with every definition in its place.
pub const LARGEST_TREE: usize = 5_000;

/// Lowers a model without errors. The only thing that can still be wrong is size.
#[must_use]
pub fn lower(sources: &Sources, model: Model) -> (Program, Vec<Diagnostic>) {
    let mut lines = Lowering {
        sources,
        model: &model,
        nodes: Vec::new(),
        sizes: Vec::new(),
        defines: vec![None; model.defines.len()],
        eligible: vec![None; model.programs.len()],
        receiving: vec![None; model.programs.len()],
    };
    let mut diagnostics = Vec::new();
    let mut pathways = Vec::with_capacity(model.programs.len());
    for index in 0..model.programs.len() {
        let pathway = lines.pathway(index);
        let size = lines.sizes[pathway.eligible.0 as usize];
        if size > LARGEST_TREE {
            let message = format!("the criteria of `{}` come to more than {LARGEST_TREE} lines", pathway.id);
            diagnostics.push(
                Diagnostic::new(Code::TooLarge, pathway.span, message)
                    .help("definitions count wherever they are used; use fewer, or smaller ones"),
            );
        }
        pathways.push(pathway);
    }
    let cited = model.cited.iter().map(|(statement, span)| (*statement, lines.at(*span))).collect();
    let nodes = lines.nodes;
    let program = Program {
        state: model.state,
        review: model.review,
        facts: model.facts,
        implications: model.implications,
        usual: model.usual,
        lists: model.lists,
        place_lists: model.place_lists,
        sources: model.sources,
        statements: model.statements,
        terms: model.terms,
        contacts: model.contacts,
        nodes,
        pathways,
        route: model.route,
        cited,
        files: sources.iter().map(|(_, file)| file.path.clone()).collect(),
    };
    (program, diagnostics)
}

struct Lowering<'m> {
    sources: &'m Sources,
    model: &'m Model,
    nodes: Vec<Node>,
    /// How many lines a node comes to with everything below it written out.
    sizes: Vec<usize>,
    defines: Vec<Option<NodeId>>,
    eligible: Vec<Option<NodeId>>,
    receiving: Vec<Option<NodeId>>,
}

impl<'m> Lowering<'m> {
    fn pathway(&mut self, index: usize) -> Pathway<NodeId> {
        let program = &self.model.programs[index];
        let eligible = self.eligible(index);
        let receiving = self.receiving(index);
        let financing = program
            .financing
            .iter()
            .map(|financing| Financing {
                payer: financing.payer,
                mechanism: financing.mechanism,
                pays_for: financing.pays_for.clone(),
                when: financing.when.as_ref().map(|when| self.criterion(when)),
                negated: financing.negated,
            })
            .collect();
        Pathway {
            id: program.id.clone(),
            name: program.name.clone(),
            span: program.span,
            offers: program.offers.clone(),
            coordinator: program.coordinator,
            coordinator_text: program.coordinator_text.clone(),
            financing,
            cost: program.cost,
            for_professionals: program.for_professionals,
            sources: program.sources.clone(),
            contact: program.contact,
            notes: program.notes.clone(),
            steps: program.steps.clone(),
            since: program.since.clone(),
            until: program.until.clone(),
            eligible,
            receiving,
            defers_to: program.defers_to.clone(),
        }
    }

    fn eligible(&mut self, index: usize) -> NodeId {
        if let Some(done) = self.eligible[index] {
            return done;
        }
        let node = self.criterion(&self.model.programs[index].eligible);
        self.eligible[index] = Some(node);
        node
    }

    fn receiving(&mut self, index: usize) -> Option<NodeId> {
        if self.receiving[index].is_none() {
            let criterion = self.model.programs[index].receiving.as_ref();
            self.receiving[index] = criterion.map(|criterion| self.criterion(criterion));
        }
        self.receiving[index]
    }

    fn criterion(&mut self, criterion: &'m Criterion) -> NodeId {
        if let CriterionKind::Defined(index) = criterion.kind {
            if self.defines[index].is_none() {
                let node = self.criterion(&self.model.defines[index].criterion);
                self.defines[index] = Some(node);
            }
            if let (Some(node), true) =
                (self.defines[index], criterion.cites.is_empty() && criterion.reading.is_none())
            {
                return node;
            }
        }
        let kind = self.kind(&criterion.kind, criterion.span);
        self.push(kind, criterion)
    }

    fn push(&mut self, kind: NodeKind, criterion: &Criterion) -> NodeId {
        let size =
            kind.parts().iter().fold(1usize, |size, part| size.saturating_add(self.sizes[part.0 as usize]));
        let at = self.at(criterion.span);
        self.nodes.push(Node {
            kind,
            at,
            cites: criterion.cites.clone(),
            reading: criterion.reading.clone(),
        });
        self.sizes.push(size);
        NodeId(self.nodes.len() as u32 - 1)
    }

    fn at(&self, span: Span) -> At {
        At { file: span.file.0, line: self.sources.start(span).line }
    }

    fn kind(&mut self, kind: &'m CriterionKind, span: Span) -> NodeKind {
        match kind {
            CriterionKind::Test(Test::Diagnoses { fact, list, at_least }) => {
                let entry = &self.model.lists[*list];
                let test = if entry.status == ListStatus::Illustrative {
                    NodeKind::Judgment {
                        agency: Words::default(),
                        question: entry.name.clone(),
                        list: Some(*list),
                    }
                } else {
                    NodeKind::Test(Test::Diagnoses { fact: *fact, list: *list, at_least: (*at_least).max(1) })
                };
                if *at_least > 0 {
                    return test;
                }
                NodeKind::Not { node: self.bare(test, span), written: Negation::Not }
            }
            CriterionKind::Test(test) => NodeKind::Test(test.clone()),
            CriterionKind::Defined(index) => NodeKind::All(self.defines[*index].into_iter().collect()),
            CriterionKind::EligibleFor(pathway) => {
                NodeKind::Eligible { pathway: *pathway, node: self.eligible(*pathway) }
            }
            CriterionKind::Receiving(pathway) => {
                NodeKind::Receiving { pathway: *pathway, node: self.receiving(*pathway) }
            }
            CriterionKind::DecidedBy { agency, question } => {
                NodeKind::Judgment { agency: agency.clone(), question: question.clone(), list: None }
            }
            CriterionKind::NotStated(what) => NodeKind::NotStated(what.clone()),
            CriterionKind::All(members) => NodeKind::All(self.each(members)),
            CriterionKind::Any(members) => NodeKind::Any(self.each(members)),
            CriterionKind::AtLeast(needed, members) => NodeKind::AtLeast(*needed, self.each(members)),
            CriterionKind::None(members) => {
                let any = NodeKind::Any(self.each(members));
                NodeKind::Not { node: self.bare(any, span), written: Negation::Not }
            }
            CriterionKind::Not(inner) => {
                NodeKind::Not { node: self.criterion(inner), written: Negation::Not }
            }
            CriterionKind::Unless(inner) => {
                NodeKind::Not { node: self.criterion(inner), written: Negation::Unless }
            }
        }
    }

    fn each(&mut self, members: &'m [Criterion]) -> Vec<NodeId> {
        members.iter().map(|member| self.criterion(member)).collect()
    }

    /// A node that no line of its own stands for.
    fn bare(&mut self, kind: NodeKind, span: Span) -> NodeId {
        let written =
            Criterion { kind: CriterionKind::All(Vec::new()), span, cites: Vec::new(), reading: None };
        self.push(kind, &written)
    }
}
