//! The kinds of conditions that code lists tell apart, and what a child's codes say of them.
//!
//! A code stands for itself and for all below it; a child's code may be less specific than a list's, and then turn out to
//! be any of its parts.

use super::cells::{Subject, Variables};
use crate::child::{Child, Value};
use crate::program::{NodeKind, Program};
use crate::value::{Code, CodeEntry, CodeMatch, Truth};
use crate::vocabulary::Test;

/// Conditions that fall under the same entries of the same lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Condition {
    /// The list and the entry of each, by index.
    pub(super) entries: Vec<(usize, usize)>,
    /// Codes that stand for them: each for itself and what is below it, but for longer ones named elsewhere.
    pub(super) codes: Vec<Code>,
}

/// The lists that criteria read, each with whether two entries of it are ever told apart.
pub(super) fn lists_read(nodes: &[&NodeKind]) -> Vec<(usize, bool)> {
    let mut lists: Vec<(usize, bool)> = Vec::new();
    for kind in nodes {
        if let NodeKind::Test(Test::Diagnoses { list, at_least, .. }) = kind {
            match lists.iter_mut().find(|(known, _)| known == list) {
                Some((_, counted)) => *counted |= *at_least > 1,
                None => lists.push((*list, *at_least > 1)),
            }
        }
    }
    lists
}

/// The entries that a code falls under, but for longer codes below it that are named elsewhere; of a list whose entries
/// are never counted, the first stands for all.
fn entries_of(program: &Program, lists: &[(usize, bool)], code: &Code) -> Vec<(usize, usize)> {
    lists
        .iter()
        .filter_map(|(list, counted)| {
            let entry = program.lists[*list].entry_of(code)?;
            Some((*list, if *counted { entry } else { 0 }))
        })
        .collect()
}

/// Every code that an entry or an exception of these lists names; each splits off what is below it.
fn named_codes(program: &Program, lists: &[(usize, bool)]) -> Vec<Code> {
    let mut codes: Vec<Code> = Vec::new();
    for (list, _) in lists {
        let list = &program.lists[*list];
        for entry in list.entries.iter().map(|entry| &entry.codes).chain(&list.except) {
            match entry {
                CodeEntry::Below(code) => codes.push(code.clone()),
                CodeEntry::Categories(from, to) => codes.extend(from.categories_to(to)),
            }
        }
    }
    codes.sort();
    codes.dedup();
    codes
}

/// The kinds of conditions that the lists tell apart.
pub(super) fn conditions(program: &Program, lists: &[(usize, bool)]) -> Vec<Condition> {
    let mut found: Vec<Condition> = Vec::new();
    for code in named_codes(program, lists) {
        let entries = entries_of(program, lists, &code);
        if entries.is_empty() {
            continue;
        }
        match found.iter_mut().find(|condition| condition.entries == entries) {
            Some(condition) => condition.codes.push(code),
            None => found.push(Condition { entries, codes: vec![code] }),
        }
    }
    found
}

/// A child's codes, as the lists see them.
pub(super) struct Codes {
    known: Vec<KnownCode>,
    complete: Truth,
}

struct KnownCode {
    code: Code,
    /// Whether a list splits it further: it may turn out to be any of its parts.
    less_specific: bool,
    entries: Vec<(usize, usize)>,
}

impl Codes {
    /// A child's codes; none where the fact does not apply.
    pub(super) fn of(program: &Program, variables: &Variables, child: &Child) -> Self {
        let of_codes = |subject: &Subject| match subject {
            Subject::Condition(fact, _) => Some(*fact),
            _ => None,
        };
        let fact = variables.subjects.iter().find_map(of_codes);
        match fact.map(|fact| &child.facts[fact].value) {
            Some(Value::Codes { known, complete }) => {
                let known = known.iter().map(|code| KnownCode::of(program, variables, code)).collect();
                Self { known, complete: *complete }
            }
            // What does not apply has no condition.
            _ => Self { known: Vec::new(), complete: Truth::Yes },
        }
    }

    /// Whether they say that the child has a kind of condition.
    pub(super) fn has(&self, condition: &Condition) -> Truth {
        let mut perhaps = false;
        for known in &self.known {
            if !known.less_specific && known.entries == condition.entries {
                return Truth::Yes;
            }
            perhaps |= known.less_specific
                && (condition.codes.iter().any(|part| part.as_str().starts_with(known.code.as_str()))
                    || known.entries == condition.entries);
        }
        if self.complete == Truth::Yes && !perhaps { Truth::No } else { Truth::Unknown }
    }
}

impl KnownCode {
    fn of(program: &Program, variables: &Variables, code: &Code) -> Self {
        let lists = &variables.lists;
        let less_specific =
            lists.iter().any(|(list, _)| program.lists[*list].compare(code).0 == CodeMatch::LessSpecific);
        Self { code: code.clone(), less_specific, entries: entries_of(program, lists, code) }
    }
}

/// For each code that a list splits further: the kinds of conditions one of which it must turn out to be, where it
/// cannot be anything else.
pub(super) fn one_of_these(program: &Program, variables: &Variables, child: &Child) -> Vec<Vec<u32>> {
    let lists = &variables.lists;
    let mut clauses = Vec::new();
    for known in Codes::of(program, variables, child).known.into_iter().filter(|known| known.less_specific) {
        let below = |part: &Code| part.as_str().starts_with(known.code.as_str());
        // Where some of it falls under no list, it may be nothing that matters.
        let may_be_nothing = known.entries.is_empty()
            || named_codes(program, lists)
                .iter()
                .any(|part| below(part) && entries_of(program, lists, part).is_empty());
        if may_be_nothing {
            continue;
        }
        let parts = variables.subjects.iter().enumerate().filter(|(_, subject)| match subject {
            Subject::Condition(_, condition) => {
                condition.entries == known.entries || condition.codes.iter().any(below)
            }
            _ => false,
        });
        clauses.push(parts.map(|(number, _)| number as u32).collect());
    }
    clauses
}
