//! What to say of a state's rules before anything is answered, and when nothing can be decided: names, whom to call. Nobody has
//! said yet who answers: it is worded for a parent.

use crate::program::Program;
use crate::value::{By, Lang, Words};
use crate::vocabulary::{Contact, Review, Target};
use serde::Serialize;

/// A state's rules in a few words, in every language.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct About {
    /// The state's code.
    pub state: String,
    /// The state's name.
    pub name: InWords,
    /// Draft, or by whom reviewed.
    pub status: InWords,
    /// The languages offered.
    pub languages: Vec<&'static str>,
    /// Whom to call.
    pub contacts: Vec<AboutContact>,
    /// The programs.
    pub programs: Vec<AboutProgram>,
}

/// One text in every language.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct InWords {
    /// English.
    pub en: String,
    /// Spanish.
    pub es: String,
}

/// A program's name and line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AboutProgram {
    /// The id.
    pub id: String,
    /// The name.
    pub name: InWords,
    /// Whom to call.
    pub contact: Option<AboutContact>,
}

/// Somebody to call.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AboutContact {
    /// Who answers.
    pub name: InWords,
    /// The number.
    pub phone: Option<String>,
    /// When somebody answers.
    pub hours: Option<InWords>,
    /// A page.
    pub url: Option<String>,
    /// Whether the number should be checked before it is relied on.
    pub confirm: bool,
}

impl From<&Words> for InWords {
    fn from(words: &Words) -> Self {
        let [en, es] = Lang::ALL.map(|lang| By::Parent.said(words.get(lang)));
        Self { en, es }
    }
}

impl From<&Contact> for AboutContact {
    fn from(contact: &Contact) -> Self {
        let filled = |text: &String| (!text.is_empty()).then(|| text.clone());
        Self {
            name: (&contact.name).into(),
            phone: filled(&contact.phone),
            hours: (!contact.hours.is_empty()).then(|| (&contact.hours).into()),
            url: filled(&contact.url),
            confirm: contact.confirm,
        }
    }
}

pub(super) fn about(program: &Program) -> About {
    let status = match &program.review {
        _ if program.pathways.is_empty() => InWords {
            en: "There are no rules for this state yet.".into(),
            es: "Todavía no hay reglas para este estado.".into(),
        },
        None => InWords {
            en: "Draft from public sources. No agency has reviewed it.".into(),
            es: "Borrador hecho con fuentes públicas. Ninguna agencia lo ha revisado.".into(),
        },
        Some(Review { name, agency, date }) => InWords {
            en: format!("Reviewed by {name}, {agency}, {date}."),
            es: format!("Revisado por {name}, {agency}, {date}."),
        },
    };
    let spanish = match &program.spanish_review {
        None => "Nadie ha revisado el texto en español.".to_owned(),
        Some(Review { name, agency, date }) => {
            format!("Texto en español revisado por {name}, {agency}, {date}.")
        }
    };
    let status = InWords { es: format!("{} {spanish}", status.es), ..status };
    let routed = program.route.alongside.iter().filter_map(|target| match target {
        Target::Contact(contact) => Some(*contact),
        Target::Program(_) => None,
    });
    let contacts = program.route.otherwise.into_iter().chain(routed);
    About {
        state: program.state.code().to_owned(),
        name: (&program.state.name()).into(),
        status,
        languages: Lang::ALL.iter().map(|lang| lang.code()).collect(),
        contacts: contacts.map(|contact| (&program.contacts[contact]).into()).collect(),
        programs: program
            .pathways
            .iter()
            .filter(|pathway| !pathway.for_professionals)
            .map(|pathway| AboutProgram {
                id: pathway.id.clone(),
                name: (&pathway.name).into(),
                contact: pathway.contact.map(|contact| (&program.contacts[contact]).into()),
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::InWords;
    use crate::value::Words;

    #[test]
    fn what_is_said_before_anybody_answers_is_for_a_parent() {
        let hours =
            Words { en: "while <your child is|you are|the child is> at school".into(), es: "<a|b|c>".into() };
        let told = InWords::from(&hours);
        assert_eq!((told.en.as_str(), told.es.as_str()), ("while your child is at school", "a"));
    }
}
