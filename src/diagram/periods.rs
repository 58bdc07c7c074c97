//! The diagrams of a program by day: the same for as long as the same criteria count.

use super::build::{Diagrams, TooTangled};
use crate::program::{NodeId, NodeKind, Program};
use crate::value::Date;
use crate::vocabulary::{Pathway, Period};
use std::sync::OnceLock;

/// The diagrams of each period, built when they are first asked for.
#[derive(Debug, Clone)]
pub struct Periods {
    /// The days on which programs come into force or end, or other criteria count.
    starts: Vec<Date>,
    /// Those of them on which criteria come out differently.
    turns: Vec<Date>,
    built: Vec<OnceLock<Result<Diagrams, TooTangled>>>,
}

impl Periods {
    /// The periods in which different programs are in force and different criteria count.
    #[must_use]
    pub fn of(program: &Program) -> Self {
        let of = |pathway: &Pathway<NodeId>| {
            let since = pathway.since.as_ref().map(|since| since.date);
            since.into_iter().chain(pathway.until.as_ref().map(|until| until.date.next()))
        };
        let mut turns: Vec<Date> = Vec::new();
        for node in &program.nodes {
            match &node.kind {
                NodeKind::Dated { periods, .. } => turns.extend(periods.iter().flat_map(Period::turns)),
                NodeKind::Eligible { pathway, .. } | NodeKind::Receiving { pathway, .. } => {
                    turns.extend(of(&program.pathways[*pathway]));
                }
                _ => {}
            }
        }
        let mut starts = turns.clone();
        starts.extend(program.pathways.iter().flat_map(of));
        for days in [&mut turns, &mut starts] {
            days.sort_unstable();
            days.dedup();
        }
        let built = (0..=turns.len()).map(|_| OnceLock::new()).collect();
        Self { starts, turns, built }
    }

    /// A day of each period in which other programs are in force or other criteria count, in order.
    #[must_use]
    pub fn days(&self) -> Vec<Date> {
        between(&self.starts)
    }

    /// A day of each period in which criteria come out differently, in order.
    #[must_use]
    pub fn days_of_diagrams(&self) -> Vec<Date> {
        between(&self.turns)
    }

    /// The days on which programs come into force or end, or other criteria count.
    #[must_use]
    pub fn starts(&self) -> &[Date] {
        &self.starts
    }

    /// The diagrams on a day.
    ///
    /// # Errors
    /// When they grow beyond the bound.
    pub fn on(&self, program: &Program, day: Date) -> Result<&Diagrams, TooTangled> {
        let period = self.turns.partition_point(|start| *start <= day);
        let built = self.built[period].get_or_init(|| Diagrams::new(program, day));
        built.as_ref().map_err(|too_tangled| *too_tangled)
    }
}

/// The day before the first of these, and each of them; where there is none, every day is the same.
fn between(turns: &[Date]) -> Vec<Date> {
    let first = turns.first().map(|turn| turn.previous()).or_else(|| Date::new(2026, 1, 1));
    first.into_iter().chain(turns.iter().copied()).collect()
}
