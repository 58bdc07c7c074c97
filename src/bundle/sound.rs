//! Whether every number in a compiled state points at something: a bundle that somebody made up must not lead anywhere.

use crate::program::{NodeId, NodeKind, Program};
use crate::value::MOST_DECIMALS;
use crate::vocabulary::{
    Benefit, Deference, Fact, FactKind, Financing, Literal, Pathway, Related, Renewal, Says, Target, Test,
};

/// Whether a compiled state holds together.
pub(super) fn sound(program: &Program) -> bool {
    let Program {
        facts, lists, place_lists, sources, statements, contacts, guidelines, pathways, route, ..
    } = program;
    let source = |index: usize| index < sources.len();
    facts.iter().all(|fact| fact_sound(facts, fact))
        && program.implications.iter().all(|implication| {
            implication.then.iter().chain([&implication.when]).all(|literal| literal_sound(facts, *literal))
        })
        && program
            .usual
            .iter()
            .all(|usual| literal_sound(facts, usual.when) && literal_sound(facts, usual.then))
        && lists.iter().all(|list| source(list.source))
        && place_lists.iter().all(|list| source(list.source))
        && guidelines.iter().all(|guideline| source(guideline.source))
        && statements.iter().all(|statement| {
            source(statement.source) && statement.conflicts_with.iter().all(|other| *other < statements.len())
        })
        && contacts.iter().all(|contact| contact.source.is_none_or(source))
        && (0..program.nodes.len()).all(|number| node_sound(program, number))
        && pathways.iter().all(|pathway| pathway_sound(program, pathway))
        && route.lead.iter().all(|pathway| *pathway < pathways.len())
        && route.alongside.iter().all(|target| match target {
            Target::Program(pathway) => *pathway < pathways.len(),
            Target::Contact(contact) => *contact < contacts.len(),
        })
        && route.otherwise.is_some_and(|contact| contact < contacts.len())
        && program
            .cited
            .iter()
            .all(|(statement, at)| *statement < statements.len() && (at.file as usize) < program.files.len())
}

fn fact_sound(facts: &[Fact], fact: &Fact) -> bool {
    let percent = |likely: u8| likely <= 100;
    let choices = fact.kind.choices().iter().filter_map(|choice| choice.likely);
    if ![fact.likely].into_iter().chain(choices).all(percent) {
        return false;
    }
    match &fact.kind {
        FactKind::Number { min, max, measure, .. } => min <= max && measure.decimals() <= MOST_DECIMALS,
        FactKind::AgeAt { event: Some(event) } => {
            facts.get(*event).is_some_and(|fact| fact.kind == FactKind::Day)
        }
        _ => true,
    }
}

fn literal_sound(facts: &[Fact], literal: Literal) -> bool {
    match (literal, facts.get(literal.fact()).map(|fact| &fact.kind)) {
        (Literal::Fact(_), Some(FactKind::YesNo)) => true,
        (Literal::Choice(_, choice), Some(FactKind::Choice(choices))) => choice < choices.len(),
        (Literal::Element(_, element), Some(FactKind::Set(choices))) => element < choices.len(),
        _ => false,
    }
}

fn node_sound(program: &Program, number: usize) -> bool {
    let node = &program.nodes[number];
    let earlier = |part: &NodeId| (part.0 as usize) < number;
    node.kind.parts().iter().all(earlier)
        && node.cites.iter().all(|statement| *statement < program.statements.len())
        && (node.at.file as usize) < program.files.len()
        && match &node.kind {
            NodeKind::Test(test) => test_sound(program, test),
            NodeKind::Judgment { list, left, .. } => {
                list.is_none_or(|list| list < program.lists.len())
                    && left.is_none_or(|at| (at.file as usize) < program.files.len())
            }
            NodeKind::Eligible { pathway, .. } | NodeKind::Receiving { pathway, .. } => {
                *pathway < program.pathways.len()
            }
            NodeKind::Dated { periods, parts, .. } => periods.len() == parts.len(),
            NodeKind::Sum(sum) => {
                let number =
                    |fact: usize| program.facts.get(fact).is_some_and(|fact| fact.kind.limits().is_some());
                let says = match &sum.says {
                    Says::Poverty { fact, people: _, guideline, .. } => {
                        number(*fact) && *guideline < program.guidelines.len()
                    }
                    Says::Compared { fact, other, .. } => number(*fact) && number(*other),
                    Says::Score(_) => true,
                };
                says && sum.when.len() == sum.points.len()
                    && sum.addends.iter().all(|addend| number(addend.fact))
            }
            NodeKind::NotStated(_)
            | NodeKind::All(_)
            | NodeKind::Any(_)
            | NodeKind::AtLeast(..)
            | NodeKind::Not { .. } => true,
        }
}

fn test_sound(program: &Program, test: &Test) -> bool {
    let kind = |fact: usize| program.facts.get(fact).map(|fact| &fact.kind);
    match test {
        Test::Fact(fact) => kind(*fact) == Some(&FactKind::YesNo),
        Test::Age { .. } => true,
        Test::Number { fact, .. } => kind(*fact).is_some_and(|kind| kind.limits().is_some()),
        Test::InTheLast { fact, .. } => kind(*fact) == Some(&FactKind::Day),
        Test::OneOf { fact, choices, list } => {
            let Some(FactKind::Choice(all) | FactKind::Place(all)) = kind(*fact) else { return false };
            choices.iter().all(|choice| *choice < all.len())
                && list.is_none_or(|list| list < program.place_lists.len())
        }
        Test::Includes { fact, elements, .. } => {
            let Some(FactKind::Set(all)) = kind(*fact) else { return false };
            elements.iter().all(|element| *element < all.len())
        }
        Test::Diagnoses { fact, list, .. } => {
            kind(*fact) == Some(&FactKind::Codes) && *list < program.lists.len()
        }
    }
}

fn pathway_sound(program: &Program, pathway: &Pathway<NodeId>) -> bool {
    let (terms, nodes, pathways) = (&program.terms, program.nodes.len(), program.pathways.len());
    let node = |id: NodeId| (id.0 as usize) < nodes;
    let offers = |offers: &[usize]| offers.iter().all(|offer| *offer < terms.offers.len());
    let financed = |financing: &[Financing<NodeId>]| {
        financing.iter().all(|one| {
            one.payer < terms.payers.len()
                && one.mechanism.is_none_or(|mechanism| mechanism < terms.mechanisms.len())
                && one.when.is_none_or(node)
        })
    };
    let benefit = |benefit: &Benefit<NodeId>| {
        offers(&benefit.offers) && financed(&benefit.financing) && node(benefit.eligible)
    };
    offers(&pathway.offers)
        && pathway.coordinator.is_none_or(|coordinator| coordinator < terms.coordinators.len())
        && financed(&pathway.financing)
        && pathway.sources.iter().all(|(source, _)| *source < program.sources.len())
        && pathway.contact.is_none_or(|contact| contact < program.contacts.len())
        && node(pathway.eligible)
        && pathway.benefits.iter().all(benefit)
        && pathway.coordinated_by.is_none_or(|benefit| benefit < pathway.benefits.len())
        && pathway.receiving.is_none_or(node)
        && match &pathway.defers_to {
            Some(Deference::AnyReceived(offer)) => *offer < terms.offers.len(),
            Some(Deference::Programs(others)) => others.iter().all(|other| *other < pathways),
            None => true,
        }
        && pathway.relations.iter().all(|relation| match &relation.to {
            Related::Program(other) => *other < pathways,
            Related::Named(_) | Related::Everybody => true,
        })
        && match pathway.renewal {
            Some(Renewal::Every { after: Some(fact), .. }) => fact < program.facts.len(),
            _ => true,
        }
}
