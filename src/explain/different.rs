//! What would have to be different for a program to fit, in the reader's words.

use super::{Reader, phrases};
use crate::child::{Asked, Births};
use crate::diagram::{Step, To};
use crate::value::{Lang, Words, small_first};
use crate::vocabulary::{APPLIED, CanChange, ENROLLED, FactKind};

/// One thing that would be different.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Different {
    /// The fact, by index.
    pub fact: usize,
    /// To what: what stands in an answer, an element of a set, or the day from which the child is old enough.
    pub to: String,
    /// How it can come to be so.
    pub how: CanChange,
    /// What would be so then, as part of a sentence: "has Medicaid".
    pub text: String,
}

/// A step as the reader is told it.
#[must_use]
pub fn different(reader: Reader<'_>, step: Step) -> Different {
    let Reader { program, child, lang, .. } = reader;
    let fact = &program.facts[step.fact];
    let name = fact.name.get(lang);
    let choices = fact.kind.choices();
    let label = |words: &Words| words.get(lang).to_owned();
    let how = fact.can_change;
    let (to, text) = match step.to {
        To::Yes => ("yes".to_owned(), fact.yes.get(lang).to_owned()),
        To::Element(element) => {
            let choice = &choices[element];
            let text = match lang {
                Lang::En if fact.id == APPLIED => format!("has applied for {}", label(&choice.label)),
                Lang::Es if fact.id == APPLIED => format!("hizo la solicitud para {}", label(&choice.label)),
                _ if fact.id != ENROLLED => format!("{name}: {}", label(&choice.label)),
                Lang::En => format!("is in {}", label(&choice.label)),
                Lang::Es => format!("está en {}", label(&choice.label)),
            };
            (choice.id.clone(), text)
        }
        To::Choice(choice) => {
            (choices[choice].id.clone(), format!("{name}: {}", label(&choices[choice].label)))
        }
        To::Number(from, to) => {
            let to = to.filter(|to| *to != from);
            (fact.kind.figure(from).to_string(), phrases::measured(lang, &fact.kind, name, Some(from), to))
        }
        To::Months(months) => {
            let Births { last, .. } = child.births;
            let in_months = months % 12 != 0;
            (
                last.completes(months).to_string(),
                small_first(&phrases::age_range(lang, Some(months), None, in_months, false)),
            )
        }
    };
    // A birth stands under whichever fact it was told by.
    let told = |index: &usize| {
        matches!(program.facts[*index].kind, FactKind::BirthDate | FactKind::BirthMonth | FactKind::Age)
            && child.facts[*index].asked == Asked::Given
    };
    let fact = match step.to {
        To::Months(_) => (0..program.facts.len()).find(told).unwrap_or(step.fact),
        _ => step.fact,
    };
    Different { fact, to, how, text }
}
