//! To whom the words speak that families read: a passage in three wordings, `<your child|you|the child>`, speaks to whoever
//! answers, `your child` to a parent alone.
//!
//! Only what is written is looked at: whether the three wordings fit their sentence, a person has to read.

use super::{Files, files, labels, names, place, written};
use crate::diagnostic::{Code, Diagnostic};
use crate::program::{NodeId, NodeKind, Program};
use crate::source::{Sources, Span};
use crate::value::{Lang, Words, replaced};
use crate::vocabulary::{Pathway, Related, Says};
use std::ops::Range;

/// What a parent alone would call the child, and what to write instead: words in small letters, three wordings of them, and
/// three of a word more.
const OF_A_PARENT: [(&str, &str, &str); 5] = [
    ("your child's", "<your child's|your|the child's>", "<your child's own|your own|the child's own>"),
    ("your child’s", "<your child’s|your|the child’s>", "<your child’s own|your own|the child’s own>"),
    ("your child", "<your child|you|the child>", "<your child needs|you need|the child needs>"),
    (
        "su hijo",
        "<su hijo o hija|usted|el niño o la niña>",
        "<de su hijo o hija|de usted|del niño o de la niña>",
    ),
    (
        "su hija",
        "<su hijo o hija|usted|el niño o la niña>",
        "<de su hijo o hija|de usted|del niño o de la niña>",
    ),
];

/// Passages that are meant to have three wordings and do not, and names that have them.
#[must_use]
pub fn three_wordings(sources: &Sources, program: &Program) -> Vec<Diagnostic> {
    let files = files(sources, program);
    let names = names(program);
    let mut found = Vec::new();
    for name in &names {
        found.extend(Lang::ALL.into_iter().find_map(|lang| worded_name(&files, name.get(lang))));
    }
    let everybody = |_: &Pathway<_>| true;
    for text in texts(program, everybody).into_iter().filter(|text| !names.contains(text)) {
        found.extend(Lang::ALL.into_iter().filter_map(|lang| malformed(&files, text.get(lang))));
    }
    found
}

/// Texts that speak to a parent alone.
#[must_use]
pub fn parents_only(sources: &Sources, program: &Program) -> Vec<Diagnostic> {
    let files = files(sources, program);
    let names = names(program);
    let mut found = Vec::new();
    for text in texts(program, |pathway| !pathway.for_professionals) {
        if !names.contains(&text) {
            found.extend(Lang::ALL.into_iter().filter_map(|lang| to_a_parent(&files, text.get(lang))));
        }
    }
    found
}

/// All that families read of programs, and of everything else, but the names of whom to call.
fn texts(program: &Program, told: impl Fn(&Pathway<NodeId>) -> bool) -> Vec<&Words> {
    let Program { facts, lists, place_lists, terms, contacts, nodes, pathways, route, .. } = program;
    let mut texts: Vec<&Words> = Vec::new();
    for fact in facts {
        texts.extend([&fact.name, &fact.question, &fact.help, &fact.find_out, &fact.yes, &fact.no]);
    }
    texts.extend(labels(program));
    texts.extend(lists.iter().flat_map(|list| [&list.name, &list.note]));
    texts.extend(place_lists.iter().map(|list| &list.name));
    let terms = [&terms.offers, &terms.payers, &terms.mechanisms, &terms.coordinators];
    texts.extend(terms.into_iter().flatten().map(|term| &term.name));
    texts.extend(contacts.iter().map(|contact| &contact.hours));
    for pathway in pathways.iter().filter(|pathway| told(pathway)) {
        let benefits = pathway.benefits.iter().flat_map(|benefit| &benefit.financing);
        let relations = pathway.relations.iter().filter_map(|relation| match &relation.to {
            Related::Named(name) => Some(name),
            _ => None,
        });
        let days = [&pathway.since, &pathway.until].into_iter().flatten();
        texts.push(&pathway.coordinator_text);
        texts.extend(pathway.financing.iter().chain(benefits).map(|financing| &financing.pays_for));
        texts.extend(pathway.notes.iter().chain(&pathway.documents));
        texts.extend(pathway.steps.iter().map(|(_, words)| words));
        texts.extend(days.filter_map(|dated| dated.reading.as_ref()));
        texts.extend(relations);
    }
    for node in nodes {
        match &node.kind {
            NodeKind::Judgment { agency, question, .. } => texts.extend([agency, question]),
            NodeKind::NotStated(words) => texts.push(words),
            NodeKind::Sum(sum) => {
                if let Says::Score(title) = &sum.says {
                    texts.push(title);
                }
            }
            _ => {}
        }
        texts.extend(&node.reading);
    }
    texts.extend(&route.reading);
    texts
}

fn worded_name(files: &Files<'_>, name: &str) -> Option<Diagnostic> {
    let marks = ['<', '|', '>'];
    let passage = name.find(marks)?..name.rfind(marks)? + 1;
    name[passage.clone()].contains('|').then_some(())?;
    let message = "a name is the same for everybody, and this one has several wordings";
    let help = "write one name, without `<`, `|` and `>`";
    Some(Diagnostic::new(Code::ThreeWordings, part(files, name, passage)?, message).help(help))
}

fn malformed(files: &Files<'_>, text: &str) -> Option<Diagnostic> {
    let (passage, message) = mistake(text)?;
    let help = "write one wording for a parent, one for the young person, one for someone who helps, and one passage after \
                another: `<your child|you|the child>`";
    Some(Diagnostic::new(Code::ThreeWordings, part(files, text, passage)?, message).help(help))
}

/// The first passage of a text that is meant to have three wordings and does not; what is wrong with it.
fn mistake(text: &str) -> Option<(Range<usize>, String)> {
    let rest = outside(text);
    let bar = rest.find('|')?;
    let (open, close) = (rest[..bar].find('<'), rest[bar..].find('>').map(|close| bar + close));
    let message = match (open, close) {
        (None, None) => return None,
        (None, Some(_)) => "no `<` stands where this passage in several wordings begins".to_owned(),
        (Some(_), None) => "no `>` stands where this passage in several wordings ends".to_owned(),
        (Some(open), Some(close)) => match &text[open + 1..close] {
            inside if inside.contains(['<', '>']) => {
                "in this passage in several wordings stands another one".to_owned()
            }
            inside if inside.contains('\n') => "a line ends in this passage in several wordings".to_owned(),
            inside => format!("a passage has three wordings, and this one has {}", inside.split('|').count()),
        },
    };
    Some((open.unwrap_or(bar)..close.map_or(text.len(), |close| close + 1), message))
}

fn to_a_parent(files: &Files<'_>, text: &str) -> Option<Diagnostic> {
    // A passage that is wrong is mended first.
    mistake(text).is_none().then_some(())?;
    let rest = outside(text).to_ascii_lowercase();
    let (passage, wordings, example) = OF_A_PARENT.iter().find_map(|(words, wordings, example)| {
        let whole = |at: &usize| {
            let [before, after] = [rest[..*at].chars().next_back(), rest[at + words.len()..].chars().next()];
            [before, after].into_iter().flatten().all(|letter| !letter.is_alphabetic())
        };
        let at = rest.match_indices(words).map(|(at, _)| at).find(whole)?;
        Some((at..at + words.len(), wordings, example))
    })?;
    let message = format!("`{}` is said to a parent alone", &text[passage.clone()]);
    let help = format!(
        "write one wording for a parent, one for the young person, one for someone who helps: `{wordings}`; what changes with \
         it goes inside: `{example}`"
    );
    Some(Diagnostic::new(Code::ParentsOnly, part(files, text, passage)?, message).help(help))
}

/// The text with blanks for each passage in three wordings: what stands outside them stays where it is.
fn outside(text: &str) -> String {
    replaced(text, |before, marks| " ".repeat(before.len() + 1 - marks[0]))
}

/// Where a part of a text is written.
fn part(files: &Files<'_>, text: &str, part: Range<usize>) -> Option<Span> {
    let whole = place(files, text)?;
    let (_, file) = files.iter().find(|(id, _)| *id == whole.file)?;
    let start = whole.start as usize;
    let there = &file.text[start..whole.end as usize];
    // Over several lines, what stands before has other blanks.
    let reach = |end: usize| written(there, &text[..end]).map_or(0, |before| before.end);
    let blanks = |at: usize| there[at..].len() - there[at..].trim_start().len();
    let [from, to] = match there == text {
        true => [part.start, part.end],
        false => [reach(part.start) + blanks(reach(part.start)), reach(part.end)],
    };
    Some(Span::new(whole.file, start + from, start + to))
}

#[cfg(test)]
mod tests {
    use super::outside;

    #[test]
    fn what_stands_outside_of_passages_stays_where_it_is() {
        for (text, rest) in [
            ("plain", "plain"),
            ("a <b|c|d> e", "a         e"),
            ("<ñ|c|d>é", "        é"),
            ("x < y <b|c|d>", "x < y        "),
            ("<a <b|c|d>|e|f>", "<a        |e|f>"),
            ("a|b|c> <b|c>", "a|b|c> <b|c>"),
        ] {
            assert_eq!(outside(text), rest);
        }
    }
}
