//! From the model to the straight line of nodes.
//!
//! A definition that is used twice is lowered once. An illustrative list becomes a judgment of an agency: its entries
//! give neither a certain yes nor a certain no.

use super::{At, Negation, Node, NodeId, NodeKind, Program};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Criterion, CriterionKind, Model};
use crate::source::{Sources, Span};
use crate::value::Words;
use crate::vocabulary::{Benefit, Financing, ListStatus, Pathway, Test};

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
        common: vec![None; model.programs.len()],
        benefits: model.programs.iter().map(|program| vec![None; program.benefits.len()]).collect(),
        eligible: vec![None; model.programs.len()],
        receiving: vec![None; model.programs.len()],
    };
    let mut diagnostics = Vec::new();
    let mut pathways = Vec::with_capacity(model.programs.len());
    for index in 0..model.programs.len() {
        let pathway = lines.pathway(index);
        let benefits = pathway.benefits.iter().map(|benefit| benefit.eligible);
        let sizes =
            std::iter::once(pathway.eligible).chain(benefits).map(|node| lines.sizes[node.0 as usize]);
        if let Some(size) = sizes.max()
            && size > LARGEST_TREE
        {
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
    common: Vec<Option<NodeId>>,
    benefits: Vec<Vec<Option<NodeId>>>,
    eligible: Vec<Option<NodeId>>,
    receiving: Vec<Option<NodeId>>,
}

impl<'m> Lowering<'m> {
    fn pathway(&mut self, index: usize) -> Pathway<NodeId> {
        let program = &self.model.programs[index];
        let eligible = self.eligible(index);
        let receiving = self.receiving(index);
        let benefits: Vec<Benefit<NodeId>> =
            (0..program.benefits.len()).map(|benefit| self.benefit(index, benefit)).collect();
        // Who leads a child by a benefit is paid as that benefit is.
        let leads = program.coordinated_by.map(|benefit| &program.benefits[benefit]);
        let paid = leads.map(|benefit| &benefit.financing).filter(|own| !own.is_empty());
        let financing = self.financing(paid.unwrap_or(&program.financing));
        Pathway {
            id: program.id.clone(),
            name: program.name.clone(),
            span: program.span,
            offers: program.offers.clone(),
            coordinator: program.coordinator,
            coordinator_text: program.coordinator_text.clone(),
            financing,
            cost: leads.and_then(|benefit| benefit.cost).unwrap_or(program.cost),
            for_professionals: program.for_professionals,
            sources: program.sources.clone(),
            contact: program.contact,
            notes: program.notes.clone(),
            steps: program.steps.clone(),
            since: program.since.clone(),
            until: program.until.clone(),
            documents: program.documents.clone(),
            eligible,
            benefits,
            coordinated_by: program.coordinated_by,
            receiving,
            defers_to: program.defers_to.clone(),
            relations: program.relations.clone(),
            renewal: program.renewal,
        }
    }

    fn benefit(&mut self, index: usize, benefit: usize) -> Benefit<NodeId> {
        let program = &self.model.programs[index];
        let own = &program.benefits[benefit];
        // What a benefit does not say, the program says for it.
        let paid = if own.financing.is_empty() { &program.financing } else { &own.financing };
        Benefit {
            id: own.id.clone(),
            name: own.name.clone(),
            span: own.span,
            offers: own.offers.clone(),
            financing: self.financing(paid),
            cost: own.cost.or(Some(program.cost)),
            eligible: self.with_benefit(index, benefit),
        }
    }

    fn financing(&mut self, financing: &'m [Financing<Criterion>]) -> Vec<Financing<NodeId>> {
        let lowered = financing.iter().map(|financing| Financing {
            payer: financing.payer,
            mechanism: financing.mechanism,
            pays_for: financing.pays_for.clone(),
            when: financing.when.as_ref().map(|when| self.criterion(when)),
            negated: financing.negated,
        });
        lowered.collect()
    }

    /// The criteria that all benefits of a program share.
    fn common(&mut self, index: usize) -> NodeId {
        if let Some(done) = self.common[index] {
            return done;
        }
        let node = self.criterion(&self.model.programs[index].eligible);
        self.common[index] = Some(node);
        node
    }

    /// The program's criteria, and then the benefit's own, where it has any.
    fn with_benefit(&mut self, index: usize, benefit: usize) -> NodeId {
        if let Some(done) = self.benefits[index][benefit] {
            return done;
        }
        let own = &self.model.programs[index].benefits[benefit];
        let mut parts = vec![self.common(index)];
        if !matches!(&own.eligible.kind, CriterionKind::All(none) if none.is_empty()) {
            parts.push(self.criterion(&own.eligible));
        }
        let node = self.bare(NodeKind::All(parts), own.span);
        self.benefits[index][benefit] = Some(node);
        node
    }

    fn eligible(&mut self, index: usize) -> NodeId {
        if let Some(done) = self.eligible[index] {
            return done;
        }
        let node = match self.model.programs[index].coordinated_by {
            Some(benefit) => self.with_benefit(index, benefit),
            None => self.common(index),
        };
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
                        left: None,
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
            CriterionKind::DecidedBy { agency, question, lasting } => NodeKind::Judgment {
                agency: agency.clone(),
                question: question.clone(),
                list: None,
                left: lasting.then(|| self.at(span)),
            },
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
