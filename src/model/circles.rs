//! Nothing may need itself, in one step or in several.

use super::{Counted, Criterion, CriterionKind, Model};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use std::collections::BTreeMap;

/// One thing that a circle can run through.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Define(usize),
    Eligible(usize),
    Receiving(usize),
    Score(usize),
}

/// Definitions may need one another this many steps deep.
const LONGEST_CHAIN: usize = 64;

/// Reports every circle of definitions and programs, and shows it; and chains that are too long to follow. Says whether
/// there are none.
pub(super) fn circles(model: &Model, diagnostics: &mut Vec<Diagnostic>) -> bool {
    let before = diagnostics.len();
    let starts = (0..model.defines.len())
        .map(Step::Define)
        .chain((0..model.scores.len()).map(Step::Score))
        .chain((0..model.programs.len()).flat_map(|index| [Step::Eligible(index), Step::Receiving(index)]));
    let mut search = Search { model, path: Vec::new(), heights: BTreeMap::new(), diagnostics };
    for start in starts {
        search.height(start);
    }
    diagnostics.len() == before
}

struct Search<'m> {
    model: &'m Model,
    path: Vec<Step>,
    /// How many steps the longest chain below a step has, of steps that are done.
    heights: BTreeMap<Step, usize>,
    diagnostics: &'m mut Vec<Diagnostic>,
}

impl Search<'_> {
    fn height(&mut self, step: Step) -> usize {
        if let Some(height) = self.heights.get(&step) {
            return *height;
        }
        let span = criteria(self.model, step)
            .first()
            .map_or(Span::new(crate::source::FileId(0), 0, 0), |found| found.span);
        if let Some(start) = self.path.iter().position(|earlier| *earlier == step) {
            let circle = self.path[start..].iter().chain([&step]);
            let names: Vec<String> = circle.map(|step| format!("`{}`", name(self.model, *step))).collect();
            let message = format!("this runs in a circle: {}", names.join(" needs "));
            let found = Diagnostic::new(Code::Circle, span, message);
            self.diagnostics.push(found.help("one of them must not need the next"));
            return 0;
        }
        let mut height = 0;
        if self.path.len() < LONGEST_CHAIN {
            self.path.push(step);
            let mut next = Vec::new();
            criteria(self.model, step).into_iter().for_each(|criterion| references(criterion, &mut next));
            // Whether a child is eligible for a program is read off the benefit that coordinates.
            if let Step::Eligible(index) = step
                && let Some(program) = self.model.programs.get(index)
                && let Some(benefit) = program.coordinated_by
            {
                references(&program.benefits[benefit].eligible, &mut next);
            }
            height = next.into_iter().map(|step| self.height(step) + 1).max().unwrap_or_default();
            self.path.pop();
        }
        if self.path.len() >= LONGEST_CHAIN || height == LONGEST_CHAIN {
            let message = format!("definitions need one another more than {LONGEST_CHAIN} steps deep here");
            let help = "write the criteria of some of these definitions where they are used, and take the definitions out";
            self.diagnostics.push(Diagnostic::new(Code::TooDeep, span, message).help(help));
        }
        self.heights.insert(step, height);
        height
    }
}

fn criteria(model: &Model, step: Step) -> Vec<&Criterion> {
    let one = |criterion: Option<_>| criterion.into_iter().collect();
    match step {
        Step::Define(index) => one(model.defines.get(index).map(|define| &define.criterion)),
        Step::Eligible(index) => one(model.programs.get(index).map(|program| &program.eligible)),
        Step::Receiving(index) => {
            one(model.programs.get(index).and_then(|program| program.receiving.as_ref()))
        }
        Step::Score(index) => {
            let counted = model.scores.get(index).into_iter().flat_map(|score| &score.counted);
            let when = counted.filter_map(|(counted, _)| match counted {
                Counted::When(_, when) => Some(when),
                _ => None,
            });
            when.collect()
        }
    }
}

fn name(model: &Model, step: Step) -> String {
    match step {
        Step::Define(index) => model.defines[index].name.clone(),
        Step::Eligible(index) => format!("eligible for {}", model.programs[index].id),
        Step::Receiving(index) => format!("receiving {}", model.programs[index].id),
        Step::Score(index) => model.scores[index].id.clone(),
    }
}

fn references(criterion: &Criterion, found: &mut Vec<Step>) {
    match &criterion.kind {
        CriterionKind::Defined(index) => found.push(Step::Define(*index)),
        CriterionKind::EligibleFor(index) => found.push(Step::Eligible(*index)),
        CriterionKind::Receiving(index) => found.push(Step::Receiving(*index)),
        CriterionKind::Score { score, .. } => found.push(Step::Score(*score)),
        _ => criterion.parts().for_each(|part| references(part, found)),
    }
}
