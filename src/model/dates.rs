//! Criteria that count between days: on no day may a group be left with nothing in it.

use super::{Criterion, CriterionKind, Model};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::value::Date;
use crate::vocabulary::{Pathway, Period};

/// Reports every group that the days of its criteria leave empty while its program is in force. The definitions must not
/// run in a circle.
pub(super) fn left_empty(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    let mut told: Vec<Span> = Vec::new();
    for program in &model.programs {
        let benefits = &program.benefits;
        let paid = program.financing.iter().chain(benefits.iter().flat_map(|benefit| &benefit.financing));
        let payers = paid.filter_map(|financing| financing.when.as_ref());
        let own = benefits.iter().map(|benefit| &benefit.eligible).filter(|own| !own.is_nothing());
        let criteria: Vec<&Criterion> =
            [&program.eligible].into_iter().chain(own).chain(&program.receiving).chain(payers).collect();
        let mut turns: Vec<Date> = Vec::new();
        criteria.iter().for_each(|criterion| find_turns(model, criterion, &mut turns, &mut Vec::new()));
        if turns.is_empty() {
            continue;
        }
        turns.sort_unstable();
        turns.dedup();
        for days in periods(&turns).filter(|days| overlaps(program, *days)) {
            let Some(day) = days.since.or(days.until) else { continue };
            for criterion in &criteria {
                let mut walk = Walk { model, day, empty: Vec::new() };
                if !walk.says(criterion) && walk.empty.is_empty() {
                    walk.empty.push(criterion.span);
                }
                for span in walk.empty.into_iter().filter(|span| !told.contains(span)).collect::<Vec<_>>() {
                    told.push(span);
                    diagnostics.push(empty(program, days, span));
                }
            }
        }
    }
}

fn empty(program: &Pathway<Criterion>, days: Period, span: Span) -> Diagnostic {
    let when = match (days.since, days.until) {
        (Some(since), Some(until)) => format!("from {since} through {until}"),
        (Some(since), None) => format!("from {since} on"),
        (None, Some(until)) => format!("until {until}"),
        (None, None) => "always".to_owned(),
    };
    let message = format!("{when} nothing here counts, and `{}` is in force then", program.id);
    Diagnostic::new(Code::EmptyGroup, span, message)
        .help("write what counts in that time, or give the program a `since` or an `until`")
}

/// The periods between the days on which something changes, the first without a beginning, the last without an end.
fn periods(turns: &[Date]) -> impl Iterator<Item = Period> {
    let starts = std::iter::once(None).chain(turns.iter().copied().map(Some));
    let ends = turns.iter().map(|turn| Some(turn.previous())).chain([None]);
    starts.zip(ends).map(|(since, until)| Period { since, until })
}

/// Whether a program is in force on some day of a period.
fn overlaps(program: &Pathway<Criterion>, days: Period) -> bool {
    let before = |until: Option<Date>, since: Option<Date>| match (until, since) {
        (Some(until), Some(since)) => until < since,
        _ => false,
    };
    let since = program.since.as_ref().map(|since| since.date);
    let until = program.until.as_ref().map(|until| until.date);
    !before(days.until, since) && !before(until, days.since)
}

/// The days on which what counts changes, here and behind every name.
fn find_turns(model: &Model, criterion: &Criterion, turns: &mut Vec<Date>, seen: &mut Vec<usize>) {
    match &criterion.kind {
        CriterionKind::Dated { cases, .. } => turns.extend(cases.iter().flat_map(|(days, _)| days.turns())),
        CriterionKind::Waived(_, waivers) => {
            turns.extend(waivers.iter().flat_map(|(days, _)| days.turns()));
        }
        CriterionKind::Defined(index) if !seen.contains(index) => {
            seen.push(*index);
            find_turns(model, &model.defines[*index].criterion, turns, seen);
        }
        _ => {}
    }
    criterion.parts().for_each(|part| find_turns(model, part, turns, seen));
}

struct Walk<'m> {
    model: &'m Model,
    day: Date,
    /// The groups that the day leaves empty.
    empty: Vec<Span>,
}

impl Walk<'_> {
    /// Whether a criterion has a say on the day.
    fn says(&mut self, criterion: &Criterion) -> bool {
        match &criterion.kind {
            CriterionKind::Dated { cases, .. } => {
                let case = cases.iter().find(|(days, _)| days.contains(self.day));
                case.is_some_and(|(_, case)| self.says(case))
            }
            CriterionKind::NotStated(_) => false,
            CriterionKind::Defined(index) => {
                let mut inner = Walk { model: self.model, day: self.day, empty: Vec::new() };
                inner.says(&self.model.defines[*index].criterion)
            }
            CriterionKind::Waived(inner, _) => self.says(inner),
            CriterionKind::All(members)
            | CriterionKind::Any(members)
            | CriterionKind::None(members)
            | CriterionKind::AtLeast(_, members) => {
                let count = members.iter().filter(|member| self.says(member)).count();
                let needed = match &criterion.kind {
                    CriterionKind::AtLeast(needed, _) => *needed as usize,
                    _ => 1,
                };
                let dated = members.iter().any(|member| matches!(member.kind, CriterionKind::Dated { .. }));
                if count < needed && dated {
                    self.empty.push(criterion.span);
                }
                count > 0
            }
            CriterionKind::Not(inner) | CriterionKind::Unless(inner) => self.says(inner),
            _ => true,
        }
    }
}
