//! The diagrams of a program by day: the same for as long as the same programs are in force.

use super::build::{Diagrams, TooTangled};
use crate::program::{NodeKind, Program};
use crate::value::Date;
use crate::vocabulary::Period;
use std::sync::OnceLock;

/// The diagrams of each period, built when they are first asked for.
#[derive(Debug, Clone)]
pub struct Periods {
    /// The first day of each period but the first.
    starts: Vec<Date>,
    built: Vec<OnceLock<Result<Diagrams, TooTangled>>>,
}

impl Periods {
    /// The periods in which different programs are in force and different criteria count.
    #[must_use]
    pub fn of(program: &Program) -> Self {
        let mut starts: Vec<Date> = Vec::new();
        for pathway in &program.pathways {
            starts.extend(pathway.since.iter().map(|since| since.date));
            starts.extend(pathway.until.iter().map(|until| until.date.next()));
        }
        for node in &program.nodes {
            if let NodeKind::Dated { periods, .. } = &node.kind {
                starts.extend(periods.iter().flat_map(Period::turns));
            }
        }
        starts.sort_unstable();
        starts.dedup();
        let built = (0..=starts.len()).map(|_| OnceLock::new()).collect();
        Self { starts, built }
    }

    /// A day of each period, in order.
    #[must_use]
    pub fn days(&self) -> Vec<Date> {
        // Where nothing ever changes, every day is the same.
        let first = self.starts.first().map(|start| start.previous()).or_else(|| Date::new(2026, 1, 1));
        first.into_iter().chain(self.starts.iter().copied()).collect()
    }

    /// The first day of each period but the first.
    #[must_use]
    pub fn starts(&self) -> &[Date] {
        &self.starts
    }

    /// The diagrams on a day.
    ///
    /// # Errors
    /// When they grow beyond the bound.
    pub fn on(&self, program: &Program, day: Date) -> Result<&Diagrams, TooTangled> {
        let period = self.starts.partition_point(|start| *start <= day);
        let built = self.built[period].get_or_init(|| Diagrams::new(program, day));
        built.as_ref().map_err(|too_tangled| *too_tangled)
    }
}
