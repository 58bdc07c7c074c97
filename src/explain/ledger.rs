//! The ledger: everything that a program's verdict takes on trust, and how firm the ground under it is.

use super::Reader;
use super::phrases::pick;
use crate::program::{Node, NodeId, NodeKind, Program};
use crate::value::{Date, Lang};
use crate::vocabulary::{CodeList, Confidence, ListStatus, Per, Says, Sum, Test};

/// How firm the ground under a decision is: the weakest thing it rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// Pages of the agency, or the law.
    Official,
    /// Other publishers.
    Secondary,
    /// Sources that nobody has looked at again in time, or a figure that is due for a new one.
    Stale,
    /// Sources that say different things.
    Conflicting,
    /// Examples in place of a list that is not published.
    Illustrative,
}

impl Basis {
    /// The word in results.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::Secondary => "secondary",
            Self::Stale => "stale",
            Self::Conflicting => "conflicting",
            Self::Illustrative => "illustrative",
        }
    }
}

/// The weakest thing that criteria rest on. Criteria that cite nothing count as secondary.
#[must_use]
pub fn basis(program: &Program, pathway: usize, criteria: NodeId, day: Date) -> Basis {
    let mut cites_anything = false;
    let mut weakest = Basis::Official;
    if program.pathways[pathway].sources.iter().any(|(source, _)| stale(program, *source, day)) {
        weakest = Basis::Stale;
    }
    for_each(program, [criteria], day, &mut |node| {
        if due(node, day) {
            weakest = weakest.max(Basis::Stale);
        }
        for cite in &node.cites {
            cites_anything = true;
            let statement = &program.statements[*cite];
            if statement.confidence != Confidence::Public {
                weakest = weakest.max(Basis::Secondary);
            }
            if stale(program, statement.source, day) {
                weakest = weakest.max(Basis::Stale);
            }
            if !statement.conflicts_with.is_empty() {
                weakest = weakest.max(Basis::Conflicting);
            }
        }
        let list = match &node.kind {
            NodeKind::Judgment { list: Some(list), .. } | NodeKind::Test(Test::Diagnoses { list, .. }) => {
                Some(*list)
            }
            _ => None,
        };
        if list.is_some_and(|list| program.lists[list].status == ListStatus::Illustrative) {
            weakest = weakest.max(Basis::Illustrative);
        }
    });
    if cites_anything { weakest } else { weakest.max(Basis::Secondary) }
}

/// What a program's verdict takes on trust, each a sentence in the reader's language, none twice.
#[must_use]
pub fn assumptions(reader: Reader<'_>, pathway: usize) -> Vec<String> {
    let (program, lang, day) = (reader.program, reader.lang, reader.child.as_of);
    let own = &program.pathways[pathway];
    let mut sentences: Vec<String> = Vec::new();
    let mut secondary = false;
    let mut old = own.sources.iter().any(|(source, _)| stale(program, *source, day));
    let mut figure = false;
    let mut add = |sentence: String| {
        if !sentence.is_empty() && !sentences.contains(&sentence) {
            sentences.push(sentence);
        }
    };
    for dated in [&own.since, &own.until].into_iter().flatten() {
        if let Some(reading) = &dated.reading {
            add(reading.get(lang).to_owned());
        }
    }
    for_each(program, program.decided(pathway), day, &mut |node| {
        figure |= due(node, day);
        if let Some(reading) = &node.reading {
            add(reading.get(lang).to_owned());
        }
        if let NodeKind::Sum(Sum { says: Says::Poverty { fact, .. }, .. }) = &node.kind
            && program.facts[*fact].kind.dollars_per() == Some(Per::Month)
        {
            add(pick(
                lang,
                "The poverty guideline is for a year. We compare it with 12 times the amount of a month.",
                "La guía de pobreza es para un año. La comparamos con 12 veces la cantidad de un mes.",
            )
            .to_owned());
        }
        match &node.kind {
            NodeKind::NotStated(what) => add(match lang {
                Lang::En => format!("The source does not say: {}. Ask.", what.get(lang)),
                Lang::Es => format!("La fuente no dice: {}. Pregunte.", what.get(lang)),
            }),
            NodeKind::Sum(Sum { says: Says::Poverty { guideline, by_default: true, .. }, .. }) => {
                let year = program.guidelines[*guideline].year;
                add(match lang {
                    Lang::En => format!(
                        "The rules do not say which year's poverty guideline counts. We use the one of {year}."
                    ),
                    Lang::Es => format!(
                        "Las reglas no dicen de qué año es la guía de pobreza que vale. Usamos la de {year}."
                    ),
                });
            }
            NodeKind::Judgment { list: Some(list), .. } => add(unpublished(&program.lists[*list], lang)),
            NodeKind::Test(Test::Diagnoses { list, .. })
                if program.lists[*list].status == ListStatus::Quoted =>
            {
                add(pick(
                    lang,
                    "The source names the conditions in words. We chose the codes for them.",
                    "La fuente nombra las condiciones con palabras. Los códigos los elegimos nosotros.",
                )
                .to_owned());
                add(program.lists[*list].note.get(lang).to_owned());
            }
            _ => {}
        }
        for cite in &node.cites {
            let statement = &program.statements[*cite];
            old |= stale(program, statement.source, day);
            secondary |= statement.confidence != Confidence::Public;
            if !statement.conflicts_with.is_empty() {
                add(pick(
                    lang,
                    "Sources differ on one of these rules.",
                    "Las fuentes no coinciden en una de estas reglas.",
                )
                .to_owned());
            }
        }
    });
    if program.route.lead.contains(&pathway)
        && let Some(reading) = &program.route.reading
    {
        add(reading.get(lang).to_owned());
    }
    if figure {
        let sentence = pick(
            lang,
            "A limit in these rules may have changed since we wrote it down. Ask for the limit of today.",
            "Un límite de estas reglas puede haber cambiado desde que lo anotamos. Pregunte por el límite de hoy.",
        );
        add(sentence.to_owned());
    }
    if old {
        let sentence = pick(
            lang,
            "We have not looked at one of the sources for a long time. It may have changed.",
            "Hace tiempo que no revisamos una de las fuentes. Puede haber cambiado.",
        );
        add(sentence.to_owned());
    }
    if secondary {
        let sentence = pick(
            lang,
            "Some of this comes from a page that is not the agency's own.",
            "Parte de esto viene de una página que no es de la agencia.",
        );
        add(sentence.to_owned());
    }
    sentences
}

/// Why a list that is not published cannot decide.
pub(super) fn unpublished(list: &CodeList, lang: Lang) -> String {
    match list.note.get(lang) {
        "" => pick(
            lang,
            "The program has its own list of conditions, and it is not published.",
            "El programa tiene su propia lista de condiciones y no está publicada.",
        )
        .to_owned(),
        note => note.to_owned(),
    }
}

/// Whether nobody has looked at a source for longer than the rules allow.
fn stale(program: &Program, source: usize, day: Date) -> bool {
    let checked = program.sources[source].checked;
    checked.zip(program.check_sources).is_some_and(|(checked, months)| checked.completes(months) <= day)
}

/// Whether somebody should have looked for a new figure by now.
fn due(node: &Node, day: Date) -> bool {
    matches!(node.kind, NodeKind::Dated { stale_from: Some(from), .. } if from <= day)
}

/// Every node below some that counts on a day, themselves first, each once.
fn for_each(
    program: &Program,
    roots: impl IntoIterator<Item = NodeId>,
    day: Date,
    visit: &mut impl FnMut(&Node),
) {
    let mut seen = vec![false; program.nodes.len()];
    let mut open: Vec<NodeId> = roots.into_iter().collect();
    open.reverse();
    while let Some(id) = open.pop() {
        if std::mem::replace(&mut seen[id.0 as usize], true) {
            continue;
        }
        let node = program.node(id);
        visit(node);
        open.extend(node.kind.parts_on(day).iter().rev());
    }
}
