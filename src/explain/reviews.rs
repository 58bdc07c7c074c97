//! Judgments that only an agency can make and that a program's decision still hangs on.

use super::Reader;
use super::ledger;
use crate::program::{NodeId, NodeKind};
use crate::value::{Lang, Outcome};

/// One judgment: who makes it, and of what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Who decides.
    pub by: String,
    /// What is to be decided, and why nobody else can.
    pub because: String,
    /// Whom to call, by index.
    pub contact: Option<usize>,
}

/// The judgments that criteria of a program still hang on, in the order they are written.
#[must_use]
pub fn reviews(reader: Reader<'_>, pathway: usize, criteria: NodeId) -> Vec<Review> {
    let mut found = Vec::new();
    collect(reader, criteria, pathway, &mut found);
    found
}

fn collect(reader: Reader<'_>, id: NodeId, pathway: usize, found: &mut Vec<Review>) {
    // Below a node that an agency can no longer swing, no judgment matters.
    if !reader.slots[id.0 as usize].allows(Outcome::Agency) {
        return;
    }
    let (program, lang) = (reader.program, reader.lang);
    let kind = &program.node(id).kind;
    if let NodeKind::Judgment { agency, question, list, left } = kind {
        let own = &program.pathways[pathway];
        let review = match list {
            Some(list) => Review {
                by: own.name.get(lang).to_owned(),
                because: ledger::unpublished(&program.lists[*list], lang),
                contact: own.contact.or(program.route.otherwise),
            },
            None => Review {
                by: agency.get(lang).to_owned(),
                because: match (left, lang) {
                    (None, _) => question.get(lang).to_owned(),
                    (Some(_), Lang::En) => format!("whether there is {}", question.get(lang)),
                    (Some(_), Lang::Es) => format!("si hay {}", question.get(lang)),
                },
                contact: own.contact.or(program.route.otherwise),
            },
        };
        if !found.contains(&review) {
            found.push(review);
        }
    }
    for part in kind.parts_on(reader.child.as_of) {
        collect(reader, *part, pathway, found);
    }
}
