//! How a program stands to others, and when it has to be renewed: a sentence each, in the reader's language.

use super::phrases::age;
use crate::child::Child;
use crate::program::Program;
use crate::value::Lang;
use crate::vocabulary::{Related, Relation, RelationKind, Renewal};

/// A relation of a program, as a sentence.
#[must_use]
pub fn related(program: &Program, relation: &Relation, lang: Lang) -> String {
    let to = match &relation.to {
        Related::Program(other) => program.pathways[*other].name.get(lang),
        Related::Named(name) => name.get(lang),
        Related::Everybody => "",
    };
    match (relation.kind, lang) {
        (RelationKind::ExcludedBy, Lang::En) => format!("Not for a child who already has this: {to}."),
        (RelationKind::ExcludedBy, Lang::Es) => format!("No es para quien ya tiene esto: {to}."),
        (RelationKind::MandatoryInto, Lang::En) => {
            format!("A child in this program must also join: {to}.")
        }
        (RelationKind::MandatoryInto, Lang::Es) => {
            format!("Quien está en este programa tiene que entrar también en: {to}.")
        }
        (RelationKind::Supplements, Lang::En) => {
            format!("It adds to what this does: {to}. You can have both.")
        }
        (RelationKind::Supplements, Lang::Es) => {
            format!("Se suma a lo que hace: {to}. Puede tener los dos.")
        }
        (RelationKind::Within, Lang::En) => format!("It is a part of: {to}."),
        (RelationKind::Within, Lang::Es) => format!("Es una parte de: {to}."),
        (RelationKind::EscalatesTo, Lang::En) => {
            format!("If it is not enough, it sends a child on to: {to}.")
        }
        (RelationKind::EscalatesTo, Lang::Es) => format!("Si no alcanza, envía al niño o a la niña a: {to}."),
        (RelationKind::ApplyFirstTo, Lang::En) => format!("Apply here first: {to}."),
        (RelationKind::ApplyFirstTo, Lang::Es) => format!("Haga primero la solicitud aquí: {to}."),
        (RelationKind::LastPayer, Lang::En) => "It pays only what nobody else pays.".to_owned(),
        (RelationKind::LastPayer, Lang::Es) => "Paga solo lo que nadie más paga.".to_owned(),
    }
}

/// When a program has to be renewed, as a sentence; nothing where that is behind a child of any birth it can have.
#[must_use]
pub fn renewal(renewal: Renewal, child: &Child, lang: Lang) -> Option<String> {
    let youngest = child.births.last;
    match renewal {
        Renewal::AtAge { months, .. } if youngest.completes(months) <= child.as_of => None,
        renewal => Some(sentence(renewal, lang)),
    }
}

fn sentence(renewal: Renewal, lang: Lang) -> String {
    match (renewal, lang) {
        (Renewal::BirthdayMonth, Lang::En) => {
            "It must be renewed each year in the month of the birthday.".to_owned()
        }
        (Renewal::BirthdayMonth, Lang::Es) => {
            "Se tiene que renovar cada año en el mes del cumpleaños.".to_owned()
        }
        (Renewal::AtAge { months, in_months }, _) => {
            let age = age(lang, months, in_months);
            match lang {
                Lang::En => format!("It must be renewed at the age of {age}."),
                Lang::Es => format!("Se tiene que renovar a la edad de {age}."),
            }
        }
        (Renewal::Every { months: 1, .. }, Lang::En) => "It must be renewed every month.".to_owned(),
        (Renewal::Every { months: 1, .. }, Lang::Es) => "Se tiene que renovar cada mes.".to_owned(),
        (Renewal::Every { months, .. }, Lang::En) => format!("It must be renewed every {months} months."),
        (Renewal::Every { months, .. }, Lang::Es) => format!("Se tiene que renovar cada {months} meses."),
    }
}
