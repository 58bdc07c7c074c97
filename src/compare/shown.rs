//! What a family is shown, one thing after the other, and the classes of children for whom it differs between two versions.

use super::Outcome;
use super::joint::Joint;
use super::version::{Version, id_of};
use crate::diagram::{Class, Known};
use crate::program::Program;
use crate::value::Date;

/// One thing that is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Aspect {
    /// Who leads, and on what ground.
    Lead,
    /// Whom to call first, while the same lead is in review.
    ContactFirst,
    /// The decision of a program.
    Decision(String),
    /// The decision of a benefit.
    Benefit(String),
    /// Whether a program is received.
    Receiving(String),
    /// Whether somebody is listed beside the lead.
    Alongside(String),
    /// Whether a program is one too many.
    Duplicate(String),
    /// Who pays for a program or a benefit.
    Payer(String),
}

/// For whom one thing moves from what it was to what it is.
pub(super) type Moves = Vec<([String; 2], Class)>;

/// Of one version, the classes of children for whom something has each of its values.
pub(super) type Values = Vec<(String, Class)>;

/// Everything shown that differs for anybody, the lead first.
pub(super) fn aspects(
    joint: &Joint,
    versions: [&Program; 2],
    day: Date,
    known: &mut Known<'_>,
) -> Vec<(Aspect, Moves)> {
    let mut versions = [0, 1].map(|index| Version::new(versions[index], &joint.sides[index], day, known));
    let mut found = Vec::new();
    let mut add = |aspect: Aspect, values: [Values; 2], absent: &str, known: &mut Known<'_>| {
        let moves = moves(values, absent, known);
        if !moves.is_empty() {
            found.push((aspect, moves));
        }
    };
    let leads = [0, 1].map(|index| versions[index].leads.clone());
    let led_alike = alike(&leads, known);
    add(Aspect::Lead, leads, "nobody", known);
    let contacts = versions.each_mut().map(|version| version.contact_first(led_alike, known));
    add(Aspect::ContactFirst, contacts, "nobody", known);
    let mut names: Vec<String> = Vec::new();
    for version in &versions {
        let own = version.program.pathways.iter().map(|pathway| pathway.id.clone());
        names.extend(own.filter(|id| !names.contains(id)).collect::<Vec<_>>());
    }
    for id in &names {
        let values = versions.each_mut().map(|version| version.decision(id, known));
        add(Aspect::Decision(id.clone()), values, "no such program", known);
        let values = versions.each_mut().map(|version| version.received(id, known));
        add(Aspect::Receiving(id.clone()), values, "no", known);
        let told = versions.each_mut().map(|version| version.told_who_pays(id, known));
        let values = [0, 1].map(|index| {
            let own =
                versions[index].in_force(id).map(|own| &versions[index].program.pathways[own].financing);
            versions[index].payer(own, told, known)
        });
        add(Aspect::Payer(id.clone()), values, "nobody", known);
        let values = versions.each_mut().map(|version| version.duplicate(id, known));
        add(Aspect::Duplicate(id.clone()), values, "no", known);
    }
    let mut benefits: Vec<(String, String)> = Vec::new();
    let mut listed: Vec<String> = Vec::new();
    for version in &versions {
        for pathway in &version.program.pathways {
            let own = pathway.benefits.iter().map(|benefit| (pathway.id.clone(), benefit.id.clone()));
            benefits.extend(own.filter(|one| !benefits.contains(one)).collect::<Vec<_>>());
        }
        let own = version.program.route.alongside.iter().map(|target| id_of(version.program, *target));
        listed.extend(own.filter(|one| !listed.contains(one)).collect::<Vec<_>>());
    }
    for (id, benefit) in &benefits {
        let values = versions.each_mut().map(|version| version.benefit(id, benefit, known));
        add(Aspect::Benefit(format!("{id}.{benefit}")), values, "no such benefit", known);
        let told = versions.each_mut().map(|version| version.open_benefit(id, benefit, known));
        let values = [0, 1].map(|index| {
            let own = versions[index].own_benefit(id, benefit).map(|own| &own.financing);
            versions[index].payer(own, told, known)
        });
        add(Aspect::Payer(format!("{id}.{benefit}")), values, "nobody", known);
    }
    for id in &listed {
        let values = versions.each_mut().map(|version| version.alongside(id, known));
        add(Aspect::Alongside(id.clone()), values, "not listed", known);
    }
    found
}

/// From each value of the one version to each other value of the other.
fn moves(mut values: [Values; 2], absent: &str, known: &mut Known<'_>) -> Moves {
    let everybody = known.everybody();
    for values in &mut values {
        let told = values.iter().fold(everybody, |left, (_, class)| known.except(left, *class));
        if !known.is_nobody(told) {
            values.push((absent.to_owned(), told));
        }
    }
    let [old, new] = values;
    let mut found = Vec::new();
    for (before, was) in &old {
        for (after, is) in &new {
            if before != after {
                let class = known.both(*was, *is);
                if !known.is_nobody(class) {
                    found.push(([before.clone(), after.clone()], class));
                }
            }
        }
    }
    found
}

/// Those of whom something has the same value in both versions.
fn alike([old, new]: &[Values; 2], known: &mut Known<'_>) -> Class {
    let mut found = known.nobody();
    for (before, was) in old {
        for (_, is) in new.iter().filter(|(after, _)| before == after) {
            let same = known.both(*was, *is);
            found = known.either(found, same);
        }
    }
    found
}

impl Aspect {
    /// Puts what it is into what is shown.
    pub(super) fn put(&self, outcome: &mut Outcome, value: &str) {
        let (map, id) = match self {
            Self::Lead => {
                let (lead, status) = value.split_once(' ').unwrap_or((value, ""));
                outcome.lead = Some(lead.to_owned());
                outcome.status = Some(status.to_owned());
                return;
            }
            Self::ContactFirst => {
                outcome.contact_first = Some(value.to_owned());
                return;
            }
            Self::Decision(id) => (&mut outcome.decisions, id),
            Self::Benefit(id) => (&mut outcome.benefits, id),
            Self::Receiving(id) => (&mut outcome.receiving, id),
            Self::Alongside(id) => (&mut outcome.alongside, id),
            Self::Duplicate(id) => (&mut outcome.duplicates, id),
            Self::Payer(id) => (&mut outcome.payers, id),
        };
        map.insert(id.clone(), value.to_owned());
    }
}
