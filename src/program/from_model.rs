//! From the model to the straight line of nodes.
//!
//! A definition that is used twice is lowered once. An illustrative list becomes a judgment of an agency: its entries
//! give neither a certain yes nor a certain no.

use super::{At, Negation, Node, NodeId, NodeKind, Program};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Counted, Criterion, CriterionKind, Model, People, Rounding, Score, Share};
use crate::source::{Sources, Span};
use crate::value::{Date, Words};
use crate::vocabulary::{
    Addend, Amount, Benefit, Claim, DOLLAR, Declared, Financing, Guideline, Intended, IntendedWhat,
    Invariant, LARGEST_HOUSEHOLD, ListStatus, Pathway, Period, Says, Sum, Test,
};
use std::collections::BTreeMap;

/// A program's criteria may come to this many lines, written out with every definition in its place.
pub const LARGEST_TREE: usize = 5_000;

/// Lowers a model without errors. The only thing that can still be wrong is size. What is declared of all children stands
/// behind all other nodes: whoever only decides takes them off.
#[must_use]
pub fn lower(sources: &Sources, model: Model) -> (Program, Declared<NodeId>, Vec<Diagnostic>) {
    let mut lines = Lowering {
        sources,
        model: &model,
        nodes: Vec::new(),
        sizes: Vec::new(),
        defines: BTreeMap::new(),
        years: None,
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
    let declared = lines.declared();
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
        guidelines: model.guidelines,
        check_sources: model.check_sources,
        nodes,
        pathways,
        route: model.route,
        cited,
        files: sources.iter().map(|(_, file)| file.path.clone()).collect(),
        spanish_review: model.spanish_review,
    };
    (program, declared, diagnostics)
}

struct Lowering<'m> {
    sources: &'m Sources,
    model: &'m Model,
    nodes: Vec<Node>,
    /// How many lines a node comes to with everything below it written out.
    sizes: Vec<usize>,
    /// Definitions by their index, and by the program whose poverty years they are read with.
    defines: BTreeMap<(usize, Option<usize>), NodeId>,
    /// The program whose own poverty years count; none where the state's do.
    years: Option<usize>,
    common: Vec<Option<NodeId>>,
    benefits: Vec<Vec<Option<NodeId>>>,
    eligible: Vec<Option<NodeId>>,
    receiving: Vec<Option<NodeId>>,
}

impl<'m> Lowering<'m> {
    fn declared(&mut self) -> Declared<NodeId> {
        let Declared { invariants, intended } = &self.model.declared;
        let invariant = |invariant: &'m Invariant<Criterion>| {
            let claim = match &invariant.claim {
                Claim::Always(criterion) => Claim::Always(self.declares(criterion)),
                Claim::Never(criterion) => Claim::Never(self.declares(criterion)),
                Claim::Monotone { losing, what, opens, program } => {
                    Claim::Monotone { losing: *losing, what: *what, opens: *opens, program: *program }
                }
            };
            Invariant { claim, span: invariant.span }
        };
        let invariants = invariants.iter().map(invariant).collect();
        let intends = |intended: &'m Intended<Criterion>| {
            let what = match &intended.what {
                IntendedWhat::Gap(criterion) => IntendedWhat::Gap(self.declares(criterion)),
                IntendedWhat::Overlap(programs) => IntendedWhat::Overlap(programs.clone()),
                IntendedWhat::Line => IntendedWhat::Line,
                IntendedWhat::Lead => IntendedWhat::Lead,
            };
            Intended { what, why: intended.why.clone(), span: intended.span }
        };
        let intended = intended.iter().map(intends).collect();
        Declared { invariants, intended }
    }

    /// A criterion with a node of its own, even where it is a definition.
    fn declares(&mut self, criterion: &'m Criterion) -> NodeId {
        let node = self.criterion(criterion);
        self.bare(NodeKind::All(vec![node]), criterion.span)
    }

    fn pathway(&mut self, index: usize) -> Pathway<NodeId> {
        let program = &self.model.programs[index];
        let eligible = self.eligible(index);
        let receiving = self.receiving(index);
        self.years = self.years_of(index);
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
        let own = self.years_of(index);
        let years = std::mem::replace(&mut self.years, own);
        let node = self.criterion(&self.model.programs[index].eligible);
        self.years = years;
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
        let years = self.years_of(index);
        let years = std::mem::replace(&mut self.years, years);
        if !own.eligible.is_nothing() {
            parts.push(self.criterion(&own.eligible));
        }
        self.years = years;
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

    /// A program whose own poverty years count.
    fn years_of(&self, index: usize) -> Option<usize> {
        self.model.own_poverty_years.get(index).filter(|years| !years.is_empty()).map(|_| index)
    }

    fn receiving(&mut self, index: usize) -> Option<NodeId> {
        if self.receiving[index].is_none() {
            let own = self.years_of(index);
            let years = std::mem::replace(&mut self.years, own);
            let criterion = self.model.programs[index].receiving.as_ref();
            self.receiving[index] = criterion.map(|criterion| self.criterion(criterion));
            self.years = years;
        }
        self.receiving[index]
    }

    fn criterion(&mut self, criterion: &'m Criterion) -> NodeId {
        if let CriterionKind::Defined(index) = criterion.kind {
            let node = self.defined(index);
            if criterion.cites.is_empty() && criterion.reading.is_none() {
                return node;
            }
        }
        let kind = self.kind(&criterion.kind, criterion.span);
        self.push(kind, criterion)
    }

    fn defined(&mut self, index: usize) -> NodeId {
        if let Some(known) = self.defines.get(&(index, self.years)) {
            return *known;
        }
        let node = self.criterion(&self.model.defines[index].criterion);
        self.defines.insert((index, self.years), node);
        node
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
            CriterionKind::Defined(index) => NodeKind::All(vec![self.defined(*index)]),
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
            CriterionKind::Dated { cases, stale_from } => NodeKind::Dated {
                periods: cases.iter().map(|(period, _)| *period).collect(),
                parts: cases.iter().map(|(_, case)| self.criterion(case)).collect(),
                stale_from: *stale_from,
            },
            CriterionKind::Waived(inner, waivers) => {
                let mut parts = vec![self.criterion(inner)];
                for (period, to) in waivers {
                    let to = self.criterion(to);
                    let dated = NodeKind::Dated { periods: vec![*period], parts: vec![to], stale_from: None };
                    parts.push(if *period == Period::default() { to } else { self.bare(dated, span) });
                }
                NodeKind::Any(parts)
            }
            CriterionKind::NoFigure => no_figure(),
            CriterionKind::Poverty { fact, per, compare, share } => {
                self.by_year(span, &mut |lines, guideline, index, by_default| {
                    let dollars = Amount::ForEach { points: DOLLAR * per.a_year(), of: 1, plus: 0 };
                    let (from, to) = compare.bounds();
                    let says = Says::Poverty {
                        fact: *fact,
                        compare: *compare,
                        percent: share.percent,
                        plus: share.plus,
                        people: if let People::Fixed(people) = share.of { Some(people) } else { None },
                        guideline: index,
                        by_default,
                    };
                    let addends = vec![Addend { fact: *fact, amount: dollars }];
                    let mut sum = Sum { always: 0, addends, when: vec![], points: vec![], from, to, says };
                    lines.add_share(&mut sum, *share, guideline, -1, 1, span);
                    sum
                })
            }
            CriterionKind::Compared { fact, compare, other, steps: [each, other_each] } => {
                // Whichever is named first: what the lower adds, the other takes away, so that both ways are one figure.
                let (from, to) = compare.bounds();
                let one =
                    |fact: usize, points| Addend { fact, amount: Amount::ForEach { points, of: 1, plus: 0 } };
                let (addends, from, to) = if fact < other {
                    (vec![one(*fact, *each), one(*other, -other_each)], from, to)
                } else {
                    (
                        vec![one(*other, *other_each), one(*fact, -each)],
                        to.map(|to| -to),
                        from.map(|from| -from),
                    )
                };
                let says = Says::Compared { fact: *fact, compare: *compare, other: *other };
                NodeKind::Sum(Sum { always: 0, addends, when: vec![], points: vec![], from, to, says })
            }
            CriterionKind::Score { score, from, to } => {
                let score = &self.model.scores[*score];
                let of_year =
                    score.counted.iter().any(|(counted, _)| matches!(counted, Counted::Poverty(..)));
                if of_year {
                    return self.by_year(span, &mut |lines, guideline, _, _| {
                        lines.score(score, Some(guideline), *from, *to)
                    });
                }
                NodeKind::Sum(self.score(score, None, *from, *to))
            }
            CriterionKind::Not(inner) => {
                NodeKind::Not { node: self.criterion(inner), written: Negation::Not }
            }
            CriterionKind::Unless(inner) => {
                NodeKind::Not { node: self.criterion(inner), written: Negation::Unless }
            }
        }
    }

    /// A sum for each year's guidelines, on the days on which they count.
    fn by_year(
        &mut self,
        span: Span,
        sum: &mut dyn FnMut(&mut Self, &Guideline, usize, bool) -> Sum<NodeId>,
    ) -> NodeKind {
        let model = self.model;
        let own = self.years.and_then(|program| model.own_poverty_years.get(program));
        let named = own.unwrap_or(&model.poverty_years);
        let by_default = named.is_empty();
        let years: Vec<(Date, usize)> = if by_default {
            model.guidelines.iter().enumerate().map(|(index, guideline)| (guideline.from, index)).collect()
        } else {
            named.clone()
        };
        let (mut periods, mut parts) = (Vec::new(), Vec::new());
        if let Some((first, _)) = years.first() {
            periods.push(Period { since: None, until: Some(first.previous()) });
            parts.push(self.bare(no_figure(), span));
        }
        for (number, (from, index)) in years.iter().enumerate() {
            let until = years.get(number + 1).map(|(next, _)| next.previous());
            periods.push(Period { since: Some(*from), until });
            let sum = sum(self, &model.guidelines[*index], *index, by_default);
            parts.push(self.bare(NodeKind::Sum(sum), span));
        }
        let stale_from = years
            .last()
            .zip(model.check_sources)
            .map(|((_, index), months)| model.guidelines[*index].from.completes(months));
        NodeKind::Dated { periods, parts, stale_from }
    }

    /// Adds a share of a guideline to a sum, or takes it away, in units of so many ten-thousandths of a dollar.
    fn add_share(
        &mut self,
        sum: &mut Sum<NodeId>,
        share: Share,
        guideline: &Guideline,
        sign: i64,
        unit: i64,
        span: Span,
    ) {
        let amount = |people: i64| {
            let exact = guideline.share(share.percent, people);
            let dollars = match share.rounding {
                None => return sign * exact / unit,
                Some(Rounding::Down) => exact.div_euclid(DOLLAR),
                Some(Rounding::Up) => (exact + DOLLAR - 1).div_euclid(DOLLAR),
                Some(Rounding::Nearest) => (exact + DOLLAR / 2).div_euclid(DOLLAR),
            };
            sign * dollars * (DOLLAR / unit)
        };
        match share.of {
            People::Fixed(people) => sum.always += amount(people),
            People::Household(fact) => {
                let amounts = (1..=LARGEST_HOUSEHOLD).map(amount).collect();
                sum.addends.push(Addend { fact, amount: Amount::Table(1, amounts) });
            }
        }
        // Each further person adds the same.
        if let Some((people, fact)) = share.more {
            sum.when.push(self.bare(NodeKind::Test(Test::Fact(fact)), span));
            sum.points.push(sign * people * share.percent * guideline.each / unit);
        }
    }

    fn score(
        &mut self,
        score: &'m Score,
        guideline: Option<&Guideline>,
        from: Option<i64>,
        to: Option<i64>,
    ) -> Sum<NodeId> {
        let mut sum = Sum {
            always: 0,
            addends: Vec::new(),
            when: Vec::new(),
            points: Vec::new(),
            from,
            to,
            says: Says::Score(score.title.clone()),
        };
        for (counted, span) in &score.counted {
            match counted {
                Counted::Always(points) => sum.always += points,
                Counted::Each(fact, amount) => {
                    sum.addends.push(Addend { fact: *fact, amount: amount.clone() });
                }
                Counted::When(points, when) => {
                    sum.when.push(self.criterion(when));
                    sum.points.push(*points);
                }
                Counted::Poverty(sign, share) => {
                    if let Some(guideline) = guideline {
                        self.add_share(&mut sum, *share, guideline, *sign, DOLLAR, *span);
                    }
                }
            }
        }
        sum
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

/// A figure that the rules do not have for the day: nobody here can say what it is.
fn no_figure() -> NodeKind {
    NodeKind::Judgment {
        agency: Words { en: "The program".into(), es: "El programa".into() },
        question: Words {
            en: "which limit counts on this day (our rules do not have it)".into(),
            es: "qué límite vale en este día (nuestras reglas no lo tienen)".into(),
        },
        list: None,
        left: None,
    }
}
