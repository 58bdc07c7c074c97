//! From `facts.yaml` to the facts of the vocabulary, and a state's own words for shared ones.

use super::from_yaml::Reader;
use super::yaml::{self, Entry, Place, WordsEntry};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, SourceFile};
use crate::value::Words;
use crate::vocabulary::{CanChange, Choice, Fact, FactKind, Implication, Literal};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FactEntry {
    id: Option<String>,
    reword: Option<String>,
    #[serde(rename = "type")]
    kind: Option<FactType>,
    topic: Option<String>,
    name: Option<WordsEntry>,
    question: Option<WordsEntry>,
    help: Option<WordsEntry>,
    find_out: Option<WordsEntry>,
    yes: Option<WordsEntry>,
    no: Option<WordsEntry>,
    min: Option<i64>,
    max: Option<i64>,
    choices: Option<Vec<ChoiceEntry>>,
    #[serde(default)]
    sensitive: bool,
    can_change: Option<CanChangeWord>,
    #[serde(default)]
    implies: Vec<String>,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum FactType {
    YesNo,
    Date,
    Month,
    Age,
    Number,
    Money,
    Choice,
    Set,
    Codes,
    Place,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum CanChangeWord {
    Apply,
    Enroll,
    Assess,
    Time,
    Never,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChoiceEntry {
    id: String,
    value: Option<i64>,
    label: WordsEntry,
}

/// One of a fact's texts.
type PartOf = fn(&mut Fact) -> &mut Words;

impl Reader<'_> {
    /// Reads a file of facts.
    pub(super) fn facts(&mut self, id: FileId, file: &SourceFile) {
        let entries = yaml::entries::<FactEntry>(id, file, self.diagnostics);
        for entry in &entries {
            self.fact(file, entry);
        }
        for entry in &entries {
            self.implications(file, entry);
        }
    }

    fn fact(&mut self, file: &SourceFile, entry: &Entry<FactEntry>) {
        let (fact, place) = (&entry.value, entry.place);
        if let Some(reworded) = &fact.reword {
            self.reword(file, fact, place, reworded);
            return;
        }
        let Some(id) = &fact.id else {
            self.push(Code::BadYaml, place.line(file), "this entry has neither `id` nor `reword`");
            return;
        };
        let Some(kind) = self.kind(file, fact, place) else { return };
        let yes_no = matches!(kind, FactKind::YesNo);
        let next = self.found.facts.len();
        if !self.names.add("fact", id, next, place.key(file, "id"), self.diagnostics) {
            return;
        }
        let needed = |given: &Option<WordsEntry>| given.clone().or(Some(WordsEntry::default()));
        let built = Fact {
            id: id.clone(),
            kind,
            topic: fact.topic.clone().unwrap_or_default(),
            name: self.words(file, place, "name", needed(&fact.name)),
            question: self.words(file, place, "question", needed(&fact.question)),
            help: self.words(file, place, "help", fact.help.clone()),
            find_out: self.words(file, place, "find_out", fact.find_out.clone()),
            yes: self.words(file, place, "yes", if yes_no { needed(&fact.yes) } else { None }),
            no: self.words(file, place, "no", if yes_no { needed(&fact.no) } else { None }),
            sensitive: fact.sensitive,
            can_change: match fact.can_change {
                Some(CanChangeWord::Apply) => CanChange::Apply,
                Some(CanChangeWord::Enroll) => CanChange::Enroll,
                Some(CanChangeWord::Assess) => CanChange::Assess,
                Some(CanChangeWord::Time) => CanChange::Time,
                Some(CanChangeWord::Never) | None => CanChange::Never,
            },
            burden: 1,
            likely: 50,
            may_not_apply: false,
        };
        self.found.facts.push(built);
    }

    fn kind(&mut self, file: &SourceFile, fact: &FactEntry, place: Place) -> Option<FactKind> {
        let Some(kind) = fact.kind else {
            self.push(Code::BadYaml, place.line(file), "this entry has no `type`");
            return None;
        };
        let choices = self.choices(file, fact, place);
        Some(match kind {
            FactType::YesNo => FactKind::YesNo,
            FactType::Date => FactKind::BirthDate,
            FactType::Month => FactKind::BirthMonth,
            FactType::Age => FactKind::Age,
            FactType::Number | FactType::Money => {
                let (min, max) = (fact.min.unwrap_or(0), fact.max.unwrap_or(1_000_000));
                if min > max {
                    self.push(Code::BadNumber, place.key(file, "min"), "`min` is more than `max`");
                }
                if choices.iter().any(|choice| choice.value.is_none()) {
                    let message = "a choice of a number needs its `value`";
                    self.push(Code::BadYaml, place.key(file, "choices"), message);
                }
                FactKind::Number { min, max, choices, money: kind == FactType::Money }
            }
            FactType::Choice => FactKind::Choice(choices),
            FactType::Set => FactKind::Set(choices),
            FactType::Codes => FactKind::Codes,
            FactType::Place => FactKind::Place,
        })
    }

    fn choices(&mut self, file: &SourceFile, fact: &FactEntry, place: Place) -> Vec<Choice> {
        let given = fact.choices.iter().flatten();
        given
            .map(|choice| Choice {
                id: choice.id.clone(),
                value: choice.value,
                likely: None,
                label: self.words(file, place, "choices", Some(choice.label.clone())),
            })
            .collect()
    }

    /// A state's own words for a shared question; what the fact means stays.
    fn reword(&mut self, file: &SourceFile, entry: &FactEntry, place: Place, id: &str) {
        let Some(index) = self.names.find("fact", id) else {
            let found = Diagnostic::new(
                Code::UnknownName,
                place.key(file, "reword"),
                format!("there is no fact `{id}`"),
            )
            .did_you_mean(id, self.found.facts.iter().map(|fact| fact.id.as_str()));
            self.diagnostics.push(found);
            return;
        };
        if entry.id.is_some()
            || entry.kind.is_some()
            || entry.min.is_some()
            || entry.max.is_some()
            || !entry.implies.is_empty()
        {
            let message = format!("`reword` changes the words of `{id}`, not what it means");
            self.push(Code::DuplicateName, place.line(file), message);
        }
        let parts: [(&str, &Option<WordsEntry>, PartOf); 6] = [
            ("name", &entry.name, |fact| &mut fact.name),
            ("question", &entry.question, |fact| &mut fact.question),
            ("help", &entry.help, |fact| &mut fact.help),
            ("find_out", &entry.find_out, |fact| &mut fact.find_out),
            ("yes", &entry.yes, |fact| &mut fact.yes),
            ("no", &entry.no, |fact| &mut fact.no),
        ];
        for (key, given, part) in parts {
            if given.is_some() {
                *part(&mut self.found.facts[index]) = self.words(file, place, key, given.clone());
            }
        }
        let labels = self.choices(file, entry, place);
        if let FactKind::Choice(choices) | FactKind::Set(choices) | FactKind::Number { choices, .. } =
            &mut self.found.facts[index].kind
        {
            for label in labels {
                match choices.iter_mut().find(|choice| choice.id == label.id) {
                    Some(choice) => choice.label = label.label,
                    None => choices.push(label),
                }
            }
        }
    }

    fn implications(&mut self, file: &SourceFile, entry: &Entry<FactEntry>) {
        let Some(from) = entry.value.id.as_ref().and_then(|id| self.names.find("fact", id)) else { return };
        for id in &entry.value.implies {
            match self.names.find("fact", id) {
                Some(to) if self.found.facts[to].kind == FactKind::YesNo => {
                    let implication =
                        Implication { when: Literal::Fact(from), then: vec![Literal::Fact(to)] };
                    self.found.implications.push(implication);
                }
                _ => {
                    let message = format!("`implies` names `{id}`, which is no yes/no fact");
                    self.push(Code::UnknownName, entry.place.key(file, "implies"), message);
                }
            }
        }
    }
}
