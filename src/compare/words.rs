//! What only reads otherwise in a new version: names, questions, steps, contacts, sources.

use crate::program::Program;
use crate::value::{Lang, Words};
use crate::vocabulary::{Contact, Financing};
use serde::Serialize;
use std::collections::BTreeMap;

/// Something that reads otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reworded {
    /// What: "program passe, step 2, en".
    pub what: String,
    /// How it read; nothing if it is new.
    pub before: Option<String>,
    /// How it reads; nothing if it is gone.
    pub after: Option<String>,
}

/// Everything that reads otherwise, by what it is.
#[must_use]
pub fn reworded(old: &Program, new: &Program) -> Vec<Reworded> {
    let (old, new) = (texts(old), texts(new));
    let mut all: Vec<&String> = old.keys().chain(new.keys()).collect();
    all.sort_unstable();
    all.dedup();
    let found = all.into_iter().filter(|what| old.get(*what) != new.get(*what));
    found
        .map(|what| Reworded {
            what: what.clone(),
            before: old.get(what).cloned(),
            after: new.get(what).cloned(),
        })
        .collect()
}

#[derive(Default)]
struct Texts(BTreeMap<String, String>);

impl Texts {
    fn add(&mut self, what: String, text: impl ToString) {
        let text = text.to_string();
        if !text.is_empty() {
            self.0.insert(what, text);
        }
    }

    fn words(&mut self, what: &str, words: &Words) {
        for lang in Lang::ALL {
            self.add(format!("{what}, {}", lang.code()), words.get(lang));
        }
    }
}

fn texts(program: &Program) -> BTreeMap<String, String> {
    let mut texts = Texts::default();
    let sources = |all: &[(usize, Option<String>)]| {
        let named = all.iter().map(|(source, section)| {
            let section = section.as_ref().map(|section| format!(" ({section})")).unwrap_or_default();
            format!("{}{section}", program.sources[*source].id)
        });
        named.collect::<Vec<_>>().join(", ")
    };
    if let Some(review) = &program.review {
        texts.add("review".to_owned(), format!("{}, {}, {}", review.name, review.agency, review.date));
    }
    for fact in &program.facts {
        let what = format!("fact {}", fact.id);
        for (part, words) in [
            ("name", &fact.name),
            ("question", &fact.question),
            ("help", &fact.help),
            ("how to find out", &fact.find_out),
            ("yes", &fact.yes),
            ("no", &fact.no),
        ] {
            texts.words(&format!("{what}, {part}"), words);
        }
        for choice in fact.kind.choices() {
            texts.words(&format!("{what}, choice {}", choice.id), &choice.label);
        }
        let asked = format!("{} {:?} {} {}", fact.sensitive, fact.can_change, fact.burden, fact.likely);
        texts.add(format!("{what}, when it is asked"), asked);
        let kind = format!("{:?}", std::mem::discriminant(&fact.kind));
        let kind = fact.kind.limits().map_or(kind, |(min, max)| format!("from {min} to {max}"));
        texts.add(format!("{what}, what an answer can be"), kind);
    }
    for pathway in &program.pathways {
        let what = format!("program {}", pathway.id);
        texts.words(&format!("{what}, name"), &pathway.name);
        texts.words(&format!("{what}, who coordinates"), &pathway.coordinator_text);
        let terms = &program.terms;
        if let Some(kind) = pathway.coordinator {
            texts.add(format!("{what}, kind of coordinator"), &terms.coordinators[kind].id);
        }
        let offers: Vec<&str> = pathway.offers.iter().map(|offer| terms.offers[*offer].id.as_str()).collect();
        texts.add(format!("{what}, offers"), offers.join(", "));
        texts.add(format!("{what}, cost"), format!("{:?}", pathway.cost));
        texts.add(format!("{what}, for professionals"), pathway.for_professionals);
        texts.add(format!("{what}, sources"), sources(&pathway.sources));
        for (part, dated) in [("since", &pathway.since), ("until", &pathway.until)] {
            texts.add(
                format!("{what}, {part}"),
                dated.as_ref().map_or(String::new(), |dated| dated.date.to_string()),
            );
        }
        let contact = pathway.contact.map(|contact| program.contacts[contact].id.clone());
        texts.add(format!("{what}, contact"), contact.unwrap_or_default());
        let paid = |financing: &[Financing<_>]| {
            let each = financing.iter().map(|one| {
                let how = one.mechanism.map_or("", |how| &terms.mechanisms[how].id);
                format!("{} {how} {}", terms.payers[one.payer].id, one.pays_for.get(Lang::En))
            });
            each.collect::<Vec<_>>().join(", ")
        };
        texts.add(format!("{what}, who pays for what"), paid(&pathway.financing));
        for (index, note) in pathway.notes.iter().enumerate() {
            texts.words(&format!("{what}, note {}", index + 1), note);
        }
        for (index, (_, step)) in pathway.steps.iter().enumerate() {
            texts.words(&format!("{what}, step {}", index + 1), step);
        }
        for (index, document) in pathway.documents.iter().enumerate() {
            texts.words(&format!("{what}, document {}", index + 1), document);
        }
        for benefit in &pathway.benefits {
            texts.words(&format!("{what}, benefit {}", benefit.id), &benefit.name);
        }
        let related: Vec<String> = pathway
            .relations
            .iter()
            .map(|relation| format!("{} {:?}", relation.kind.as_str(), relation.to))
            .collect();
        texts.add(format!("{what}, relations"), related.join(", "));
        texts.add(
            format!("{what}, renewal"),
            pathway.renewal.map(|renewal| format!("{renewal:?}")).unwrap_or_default(),
        );
    }
    for contact in &program.contacts {
        contact_texts(&mut texts, contact);
    }
    for list in &program.lists {
        let what = format!("list {}", list.id);
        texts.words(&format!("{what}, name"), &list.name);
        texts.words(&format!("{what}, note"), &list.note);
        texts.add(format!("{what}, status"), format!("{:?}", list.status));
        for entry in &list.entries {
            texts.words(&format!("{what}, entry {}", entry.codes), &entry.name);
        }
    }
    for source in &program.sources {
        let checked = source.checked.map(|day| format!(", checked {day}")).unwrap_or_default();
        let told =
            format!("{}, {}, {}, {}{checked}", source.title, source.publisher, source.date, source.address);
        texts.add(format!("source {}", source.id), told);
    }
    for statement in &program.statements {
        let told = format!("{} ({:?})", statement.text, statement.confidence);
        texts.add(format!("statement {}", statement.id), told);
    }
    texts.0
}

fn contact_texts(texts: &mut Texts, contact: &Contact) {
    let what = format!("contact {}", contact.id);
    texts.words(&format!("{what}, name"), &contact.name);
    texts.words(&format!("{what}, hours"), &contact.hours);
    texts.add(format!("{what}, phone"), &contact.phone);
    texts.add(format!("{what}, page"), &contact.url);
    texts.add(format!("{what}, confirm first"), contact.confirm);
}
