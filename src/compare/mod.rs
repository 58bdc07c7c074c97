//! What a new version of a state's rules changes, for whom: every class of children that is led, decided or listed
//! otherwise, exactly, and what only reads otherwise.
//!
//! Both versions stand in one forest of diagrams, where criteria that come to the same are the same number: where nothing
//! differs, that is a proof. Children who cannot be by what either version says is true by definition are not spoken of.

mod days;
mod joint;
mod sentences;
mod shown;
mod version;
mod words;

pub use words::{Reworded, reworded};

use crate::analysis::kinds_in_words;
use crate::child::{Answers, Child, Raw};
use crate::diagram::{Class, Known, Periods, TooTangled};
use crate::example::{answers, raw};
use crate::program::Program;
use crate::value::{Date, Truth};
use joint::Joint;
use sentences::sentence;
use serde::Serialize;
use shown::{Aspect, aspects};
use std::collections::BTreeMap;

/// So many kinds of changes are told apart; beyond them, each thing that changes is told by itself.
const MOST_CHANGES: usize = 60;

/// A class of children for whom something changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// From which day on; nothing, if it is so on the day itself.
    pub from: Option<Date>,
    /// What was shown, where it differs.
    pub before: Outcome,
    /// What is shown.
    pub after: Outcome,
    /// Which children.
    pub who: String,
    /// What changes for them, the lead first.
    pub what: Vec<String>,
    /// The smallest example; nothing where no numbers are found that come to a total.
    pub child: Option<Raw>,
    /// How many of a population; nothing if none was given.
    pub share: Option<usize>,
}

/// What is shown of a class of children, as far as it differs from the other version.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// Who leads, by the name in rules.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead: Option<String>,
    /// On what ground.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Whom to call first, where the lead is the same and in review.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact_first: Option<String>,
    /// Programs, each with its decision.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub decisions: BTreeMap<String, String>,
    /// Benefits, each with its decision.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub benefits: BTreeMap<String, String>,
    /// Programs, each with whether it is received.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub receiving: BTreeMap<String, String>,
    /// Who complements the lead, each with whether it is listed.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub alongside: BTreeMap<String, String>,
    /// Programs that are one too many, each with how.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub duplicates: BTreeMap<String, String>,
    /// Programs and benefits, each with who pays.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub payers: BTreeMap<String, String>,
}

/// What a new version changes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Difference {
    /// For whom; nobody, if that is proved.
    pub changes: Vec<Change>,
    /// What only reads otherwise.
    pub reworded: Vec<Reworded>,
    /// How many children of the population were looked at.
    pub population: usize,
    /// How many of them anything changes for.
    pub moved: usize,
}

/// Compares two versions on a day and on all later ones, as far as dates in rules go; what the calendar alone brings
/// about, where rules name ages on other days, is looked for a year ahead. `population` are answers of children, read with
/// both versions' questions.
///
/// # Errors
/// When both together grow beyond the bound of what can be decided exactly.
pub fn compare(
    old: &Program,
    new: &Program,
    as_of: Date,
    population: &[Answers],
) -> Result<Difference, TooTangled> {
    let joint = Joint::new(old, new);
    let periods = Periods::of(&joint.program);
    let starts = periods.starts();
    let mut days = days::by_calendar(&joint.program, as_of);
    days.extend(starts.iter().copied().filter(|start| *start > as_of));
    days.push(as_of);
    days.sort_unstable();
    days.dedup();
    let mut found =
        Difference { reworded: reworded(old, new), population: population.len(), ..Difference::default() };
    for day in days {
        let by_calendar = day > as_of && !starts.contains(&day);
        let nothing = Answers { given: vec![None; joint.program.facts.len()] };
        let anybody = Child::new(&joint.program, &nothing, day).map_err(|_| TooTangled)?;
        let diagrams = periods.on(&joint.program, day)?;
        let mut known = diagrams.known(&joint.program, &anybody);
        known.give_room();
        let mut work = Work { joint: &joint, versions: [old, new], anybody: &anybody, known };
        let changes = work.changes();
        let children: Vec<Child> = population
            .iter()
            .filter(|_| day == as_of)
            .filter_map(|answers| Child::new(&joint.program, answers, day).ok())
            .collect();
        if day == as_of {
            let moved = |child: &&Child| {
                changes.iter().any(|(_, class)| work.known.holds(*class, child) == Truth::Yes)
            };
            found.moved = children.iter().filter(moved).count();
        }
        for (changed, class) in changes {
            let from = (day > as_of).then_some(day);
            let change = work.told(&changed, class, from, &children);
            let same = |known: &Change| {
                (&known.before, &known.after) == (&change.before, &change.after)
                    && (by_calendar || known.who == change.who)
            };
            if !found.changes.iter().any(same) {
                found.changes.push(change);
            }
        }
        if !work.known.within_bound() {
            return Err(TooTangled);
        }
    }
    Ok(found)
}

/// The questions of two versions as one, by which a population is read.
#[must_use]
pub fn questions(old: &Program, new: &Program) -> Program {
    Joint::new(old, new).program
}

struct Work<'w> {
    joint: &'w Joint,
    versions: [&'w Program; 2],
    anybody: &'w Child,
    known: Known<'w>,
}

/// What changes for a class: of each aspect, what it was and what it is.
type Changed = Vec<(Aspect, [String; 2])>;

impl Work<'_> {
    /// Every class of children for whom the same changes, and nobody in two of them.
    fn changes(&mut self) -> Vec<(Changed, Class)> {
        let mut classes: Vec<(Changed, Class)> = Vec::new();
        let mut apart: Vec<(Changed, Class)> = Vec::new();
        let everybody = self.known.everybody_by_now();
        let mut unchanged = everybody;
        for (aspect, moves) in aspects(self.joint, self.versions, self.anybody.as_of, &mut self.known) {
            for (values, class) in moves {
                let class = self.known.both(class, everybody);
                if self.known.is_nobody(class) {
                    continue;
                }
                apart.push((vec![(aspect.clone(), values.clone())], class));
                let mut next = Vec::with_capacity(classes.len() + 1);
                for (changed, other) in classes {
                    let inside = self.known.both(other, class);
                    let outside = self.known.except(other, class);
                    if !self.known.is_nobody(inside) {
                        let mut changed = changed.clone();
                        changed.push((aspect.clone(), values.clone()));
                        next.push((changed, inside));
                    }
                    if !self.known.is_nobody(outside) {
                        next.push((changed, outside));
                    }
                }
                let first = self.known.both(unchanged, class);
                unchanged = self.known.except(unchanged, class);
                if !self.known.is_nobody(first) {
                    next.push((vec![(aspect.clone(), values)], first));
                }
                classes = next;
                if classes.len() > MOST_CHANGES {
                    break;
                }
            }
        }
        // The classes of the same change are one.
        let mut joined: Vec<(Changed, Class)> = Vec::new();
        for (changed, class) in if classes.len() > MOST_CHANGES { apart } else { classes } {
            match joined.iter_mut().find(|(known, _)| *known == changed) {
                Some((_, all)) => *all = self.known.either(*all, class),
                None => joined.push((changed, class)),
            }
        }
        joined
    }

    fn told(&mut self, changed: &Changed, class: Class, from: Option<Date>, children: &[Child]) -> Change {
        let said = self.known.somebody(class);
        let child = said.map(|said| raw(&self.joint.program, &answers(&self.joint.program, &said)));
        let mut sides = [Outcome::default(), Outcome::default()];
        for (aspect, values) in changed {
            for (side, value) in sides.iter_mut().zip(values) {
                aspect.put(side, value);
            }
        }
        // That a program leads says already that it is open, or that an agency decides.
        let leads = sides[1].lead.clone().zip(sides[1].status.clone());
        let said = |aspect: &Aspect, decision: &String| match (aspect, &leads) {
            (Aspect::Decision(id), Some((lead, status))) => id == lead && decision == status,
            _ => false,
        };
        let told = changed.iter().filter(|(aspect, [_, after])| !said(aspect, after));
        let what = told.map(|(aspect, values)| sentence(aspect, self.versions, values)).collect();
        let everybody = self.known.everybody_by_now();
        let kinds = self.known.kinds(class, everybody);
        let who = kinds_in_words(&self.joint.program, self.anybody, kinds.as_deref());
        let share = (!children.is_empty())
            .then(|| children.iter().filter(|child| self.known.holds(class, child) == Truth::Yes).count());
        let [before, after] = sides;
        Change { from, before, after, who, what, child, share }
    }
}

impl Change {
    /// Which children, and what changes for them, in a sentence without its end.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}: {}", self.who, self.what.join("; "))
    }
}
