//! What changes for a class of children, each thing as a colleague would say it.

use super::shown::Aspect;
use crate::program::Program;
use crate::value::{Lang, Words};

/// Names of programs, contacts, benefits and payers, as either version has them; the new one's first.
struct Names<'v>([&'v Program; 2]);

impl Names<'_> {
    fn find(&self, id: &str, known: impl Fn(&Program) -> Option<&Words>) -> String {
        let words = self.0.iter().rev().find_map(|program| known(program));
        words.map_or_else(|| id.to_owned(), |words| words.get(Lang::En).to_owned())
    }

    /// The name of a program or a contact; of a benefit, with its program's.
    fn of(&self, id: &str) -> String {
        let Some((program, benefit)) = id.split_once('.') else {
            return self.find(id, |program| {
                let pathway = program.pathways.iter().find(|own| own.id == id).map(|own| &own.name);
                pathway.or(program.contacts.iter().find(|own| own.id == id).map(|own| &own.name))
            });
        };
        let name = self.find(benefit, |version| {
            let own = version.pathways.iter().find(|own| own.id == program)?;
            own.benefits.iter().find(|own| own.id == benefit).map(|own| &own.name)
        });
        format!("“{name}” of {}", self.of(program))
    }

    /// One payer, or several who pay together.
    fn payer(&self, ids: &str) -> String {
        let name = |id| {
            self.find(id, |program| program.terms.payers.iter().find(|own| own.id == id).map(|own| &own.name))
        };
        ids.split(", ").map(name).collect::<Vec<_>>().join(", ")
    }
}

/// One thing that changes, as a sentence without its end.
pub(super) fn sentence(aspect: &Aspect, versions: [&Program; 2], [before, after]: &[String; 2]) -> String {
    let names = Names(versions);
    let (before, after) = (before.as_str(), after.as_str());
    match aspect {
        Aspect::Lead => lead(&names, before, after),
        Aspect::ContactFirst => {
            format!("the first to call is {}, no longer {}", names.of(after), names.of(before))
        }
        Aspect::Decision(id) | Aspect::Benefit(id) => decision(&names.of(id), before, after),
        Aspect::Receiving(id) => match after {
            "yes" => format!("the child counts as receiving {}", names.of(id)),
            _ => format!("the child no longer counts as receiving {}", names.of(id)),
        },
        Aspect::Alongside(id) => match after {
            "listed" => format!("{} is named beside the lead", names.of(id)),
            _ => format!("{} is no longer named beside the lead", names.of(id)),
        },
        Aspect::Duplicate(id) => match after {
            "no" => format!("{} is no longer called one too many", names.of(id)),
            "received" => format!("{} is called one too many: two coordinate already", names.of(id)),
            _ => format!("{} is called not needed: another coordinates already", names.of(id)),
        },
        Aspect::Payer(id) => match (before, after) {
            ("nobody", after) => format!("{} pays for {}", names.payer(after), names.of(id)),
            (before, "nobody") => {
                format!("{} no longer pays for {}, and nobody else does", names.payer(before), names.of(id))
            }
            _ => {
                format!("{} pays for {}, no longer {}", names.payer(after), names.of(id), names.payer(before))
            }
        },
    }
}

fn lead(names: &Names<'_>, before: &str, after: &str) -> String {
    let (old, was) = before.split_once(' ').unwrap_or((before, ""));
    let (new, is) = after.split_once(' ').unwrap_or((after, ""));
    if old == new {
        return format!("{} still leads, but now {}, not {}", names.of(new), ground(is), ground(was));
    }
    let (old, new) = (names.of(old), names.of(new));
    let open = if is == "review" { ", if an agency finds that the child fits" } else { "" };
    match (was, is) {
        ("fallback", "fallback") => format!("no program leads; {new} is called instead of {old}"),
        ("fallback", _) => format!("{new} leads{open}; until now there was only {old} to call"),
        (_, "fallback") => format!("{old} no longer leads, and there is only {new} to call"),
        _ => format!("{new} leads instead of {old}{open}"),
    }
}

/// On what ground a lead leads.
fn ground(status: &str) -> &'static str {
    match status {
        "receiving" => "because the child is in it",
        "eligible" => "because the child is eligible",
        "review" => "only if an agency finds that the child fits",
        _ => "because no program does",
    }
}

fn decision(name: &str, before: &str, after: &str) -> String {
    let now = match after {
        "eligible" => "the child is eligible",
        "review" => "an agency decides",
        _ => "the child is not eligible",
    };
    match (before, after) {
        ("no such program" | "no such benefit", _) => format!("{name} is new: {now}"),
        ("eligible", "no such program" | "no such benefit") => {
            format!("{name}, for which the child was eligible, is gone")
        }
        (_, "no such program" | "no such benefit") => format!("{name} is gone"),
        ("review", "eligible") => format!("the child is eligible for {name}; an agency no longer decides"),
        (_, "eligible") => format!("the child becomes eligible for {name}"),
        ("eligible", "review") => format!("an agency decides about {name}; the child was eligible"),
        (_, "review") => format!("an agency decides about {name}; the child was not eligible"),
        ("eligible", _) => format!("the child is no longer eligible for {name}"),
        _ => format!("the child is not eligible for {name}; an agency no longer decides"),
    }
}
