//! The children of a file, one a line, as `--population` names it.

use super::files::read_answers;
use super::screen::raw;
use super::{Failure, complain};
use carepath::child::{Answers, Child, read};
use carepath::program::Program;
use carepath::value::{Date, StateCode};
use std::path::Path;

/// Children are counted in one state, since its questions are what they answer.
pub(super) fn of_one_state(path: Option<&Path>, states: &[StateCode]) -> Result<(), Failure> {
    match path {
        Some(_) if states.len() != 1 => {
            Err(Failure::Usage("children are counted in one state: name it with `--state`".to_owned()))
        }
        _ => Ok(()),
    }
}

/// The children of a file; nobody is counted whose answers cannot all be true.
pub(super) fn children(
    questions: &Program,
    path: &Path,
    as_of: Date,
) -> Result<Vec<(Answers, Child)>, Failure> {
    let text = read_answers(path)?;
    let mut children = Vec::new();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let place = format!("{}, line {}", path.display(), index + 1);
        let wrong = |why: String| Failure::Usage(format!("{place}: {why}"));
        let answers = read(questions, &raw(line).map_err(wrong)?, as_of).map_err(|errors| {
            let told = errors.iter().map(|error| format!("{}: {}", error.field, error.message));
            wrong(told.collect::<Vec<_>>().join("; "))
        })?;
        match Child::new(questions, &answers, as_of) {
            Ok(child) => children.push((answers, child)),
            Err(conflict) => {
                let name = |fact: &usize| questions.facts[*fact].id.as_str();
                let facts: Vec<&str> = conflict.facts.iter().map(name).collect();
                let facts = facts.join(", ");
                complain(&format!("{place}: not counted, since these answers cannot all be true: {facts}"));
            }
        }
    }
    if children.is_empty() {
        return Err(Failure::Usage(format!("{} has no children to count", path.display())));
    }
    Ok(children)
}
