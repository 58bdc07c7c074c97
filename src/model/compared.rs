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
        let [one, two] = [fact, other].map(|fact| &self.vocabulary.facts[fact].kind);
        let (one, two, limits) = match (one, two.measure(), one.limits().zip(two.limits())) {
            (one, Some(_), Some(limits)) => (counted(one), counted(two), limits),
            _ => {
                let message = format!("`{}` is not a number", with.value);
                let help = "write a number, or the name of a fact that is one";
                self.diagnostics.push(Diagnostic::new(Code::WrongKind, with.span, message).help(help));
                return None;
            }
        };
        let steps = [fact, other].map(|fact| self.vocabulary.facts[fact].kind.figure(0).decimals);
        let most = steps[0].max(steps[1]);
        let steps = steps.map(|decimals| steps_of_one(most - decimals));
        let (id, other_id) = (&name.value, &with.value);
        if fact == other {
            let message = format!("`{id}` is compared with itself: this test never decides");
            self.report(Code::BadNumber, span, message);
            return None;
        }
        if one != two {
            let message = format!("`{id}` is {one}, and `{other_id}` is {two}");
            let help = "compare figures of the same unit; in `facts.yaml` ask for both in the same one";
            self.diagnostics.push(Diagnostic::new(Code::WrongKind, with.span, message).help(help));
            return None;
        }
        // Both in the finer steps of the two.
        let [(min, max), (other_min, other_max)] = [limits.0, limits.1];
        let [each, other_each] = steps;
        let (min, max) = (min * each, max * each);
        let (other_min, other_max) = (other_min * other_each, other_max * other_each);
        let (never, always) = match compare {
            Compare::AtMost => (min > other_max, max <= other_min),
            Compare::Under => (min >= other_max, max < other_min),
            Compare::AtLeast => (max < other_min, min >= other_max),
            Compare::MoreThan => (max <= other_min, min > other_max),
        };
        if never || always {
            let [min, max] = [limits.0.0, limits.0.1].map(|end| self.vocabulary.facts[fact].kind.figure(end));
            let [other_min, other_max] =
                [limits.1.0, limits.1.1].map(|end| self.vocabulary.facts[other].kind.figure(end));
            let message = format!(
                "`{id}` lies between {min} and {max}, `{other_id}` between {other_min} and {other_max}: this test never decides"
            );
            self.report(Code::BadNumber, span, message);
        }
        Some(CriterionKind::Compared { fact, compare, other, steps })
    }
}
