//! A number beside another number of the same child.

use super::CriterionKind;
use super::from_syntax::Builder;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::tree::Name;
use crate::value::steps_of_one;
use crate::vocabulary::{Compare, FactKind, Measure, Per};

/// What a number counts, in the author's words.
fn counted(kind: &FactKind) -> String {
    let FactKind::Number { measure, within, .. } = kind else { return String::new() };
    let what = match measure {
        Measure::Count { .. } => "a number",
        Measure::Dollars(Per::Year) => "dollars a year",
        Measure::Dollars(Per::Month) => "dollars a month",
    };
    let within = within.map(|months| format!(" of the last {months} months"));
    what.to_owned() + &within.unwrap_or_default()
}

impl Builder {
    /// Whether a name at the end of a bound is a fact's, and no parameter's.
    pub(super) fn is_fact(&self, name: &Name) -> bool {
        let names = &self.vocabulary.names;
        names.find("parameter", &name.value).is_none() && names.find("fact", &name.value).is_some()
    }

    /// A name cannot stand at one end of two.
    pub(super) fn one_end_each(&mut self, name: &Name, what: &str) {
        let message = format!("{what} cannot stand at one end of two");
        let found = Diagnostic::new(Code::WrongKind, name.span, message);
        self.diagnostics.push(found.help("write two criteria, one for each end"));
    }

    /// A number beside another, both of the same measure.
    pub(super) fn compared(
        &mut self,
        fact: usize,
        compare: Compare,
        name: &Name,
        with: &Name,
        span: Span,
    ) -> Option<CriterionKind> {
        let other = self.resolve("fact", with)?;
        let (one, two) = (&self.vocabulary.facts[fact].kind, &self.vocabulary.facts[other].kind);
        let (
            FactKind::Number { min, max, measure, .. },
            FactKind::Number { min: other_min, max: other_max, measure: other_measure, .. },
        ) = (one, two)
        else {
            let message = format!("`{}` is not a number", with.value);
            let help = "write a number, or the name of a fact that is one";
            self.diagnostics.push(Diagnostic::new(Code::WrongKind, with.span, message).help(help));
            return None;
        };
        let (id, other_id) = (&name.value, &with.value);
        let (counts, other_counts) = (counted(one), counted(two));
        if counts != other_counts {
            let message = format!("`{id}` is {counts}, and `{other_id}` is {other_counts}");
            let help = "compare figures of the same unit; in `facts.yaml` ask for both in the same one";
            self.diagnostics.push(Diagnostic::new(Code::WrongKind, with.span, message).help(help));
            return None;
        }
        // Both in the finer steps of the two.
        let decimals = measure.decimals().max(other_measure.decimals());
        let each = steps_of_one(decimals - measure.decimals());
        let other_each = steps_of_one(decimals - other_measure.decimals());
        let (least, most) = (min * each - other_max * other_each, max * each - other_min * other_each);
        let (from, to) = compare.bounds();
        if fact == other {
            let message = format!("`{id}` is compared with itself: this test never decides");
            self.report(Code::BadNumber, span, message, "name the other fact that is meant");
            return None;
        } else if from.is_some_and(|from| from <= least || from > most)
            || to.is_some_and(|to| to < least || to >= most)
        {
            let message = format!("`{id}` and `{other_id}` lie too far apart: this test never decides");
            let help = "look at the least and the most of both in `facts.yaml`; or take this out";
            self.report(Code::BadNumber, span, message, help);
        }
        Some(CriterionKind::Compared { fact, compare, other, steps: [each, other_each] })
    }
}
