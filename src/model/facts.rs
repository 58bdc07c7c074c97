//! From `facts.yaml` to the facts of the vocabulary, and a state's own words for shared ones.

use super::from_yaml::Reader;
use super::implications::Key;
use super::yaml::{self, Entry, Place, WordsEntry};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, SourceFile, Span};
use crate::value::{Figure, Words};
use crate::vocabulary::{APPLIED, CanChange, Choice, ENROLLED, Fact, FactKind, Literal, Measure, Per};
use serde::Deserialize;
use serde_yaml::Value;
use std::ops::RangeInclusive;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FactEntry {
    id: Option<String>,
    pub(super) reword: Option<String>,
    #[serde(rename = "type")]
    kind: Option<FactType>,
    topic: Option<String>,
    pub(super) name: Option<WordsEntry>,
    pub(super) question: Option<WordsEntry>,
    help: Option<WordsEntry>,
    find_out: Option<WordsEntry>,
    yes: Option<WordsEntry>,
    no: Option<WordsEntry>,
    min: Option<Figure>,
    max: Option<Figure>,
    pub(super) decimals: Option<i64>,
    choices: Option<Vec<ChoiceEntry>>,
    pub(super) ordered: Option<bool>,
    pub(super) places: Option<Vec<String>>,
    pub(super) per: Option<PerWord>,
    pub(super) within: Option<WithinEntry>,
    pub(super) event: Option<String>,
    sensitive: Option<bool>,
    can_change: Option<CanChangeWord>,
    may_not_apply: Option<Value>,
    burden: Option<Value>,
    likely: Option<Value>,
    implies: Option<Value>,
    usually: Option<Value>,
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
    Day,
    AgeAt,
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

/// The time that an amount is for.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
pub(super) enum PerWord {
    Month,
    Year,
}

/// How far back something is counted.
#[derive(Deserialize, Clone, Copy)]
#[serde(deny_unknown_fields)]
pub(super) struct WithinEntry {
    pub(super) months: Option<u32>,
    pub(super) years: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChoiceEntry {
    id: String,
    value: Option<Figure>,
    label: WordsEntry,
    likely: Option<Value>,
    implies: Option<Value>,
    usually: Option<Value>,
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
    }

    fn fact(&mut self, file: &SourceFile, entry: &Entry<FactEntry>) {
        let (fact, place) = (&entry.value, entry.place);
        if let Some(reworded) = &fact.reword {
            self.reword(file, fact, place, reworded);
            return;
        }
        let Some(id) = &fact.id else {
            let help = "begin a new question with `- id: its_name`, and new words for a shared one with `- reword: its_name`";
            self.push(Code::BadYaml, place.line(file), "this entry has neither `id` nor `reword`", help);
            return;
        };
        let Some(kind) = self.kind(file, fact, place) else { return };
        let yes_no = matches!(kind, FactKind::YesNo);
        let next = self.found.facts.len();
        if !self.names.add("fact", id, next, place.key(file, "id"), self.diagnostics) {
            return;
        }
        let needed = |given: &Option<WordsEntry>| given.clone().or(Some(WordsEntry::default()));
        let may_not_apply = self.may_not_apply(file, fact, place, &kind);
        let built = Fact {
            id: id.clone(),
            burden: usual_burden(&kind),
            likely: usual_likely(&kind),
            kind,
            topic: fact.topic.clone().unwrap_or_default(),
            name: self.words(file, place, "name", needed(&fact.name)),
            question: self.words(file, place, "question", needed(&fact.question)),
            help: self.words(file, place, "help", fact.help.clone()),
            find_out: self.words(file, place, "find_out", fact.find_out.clone()),
            yes: self.words(file, place, "yes", if yes_no { needed(&fact.yes) } else { None }),
            no: self.words(file, place, "no", if yes_no { needed(&fact.no) } else { None }),
            sensitive: fact.sensitive.unwrap_or_default(),
            can_change: match fact.can_change {
                Some(CanChangeWord::Apply) => CanChange::Apply,
                Some(CanChangeWord::Enroll) => CanChange::Enroll,
                Some(CanChangeWord::Assess) => CanChange::Assess,
                Some(CanChangeWord::Time) => CanChange::Time,
                Some(CanChangeWord::Never) | None => CanChange::Never,
            },
            may_not_apply,
        };
        self.found.facts.push(built);
        self.own_kind(file, fact, place, next);
        self.rough_values(file, fact, place, next);
        self.implied(file, fact, place, next);
    }

    /// Whether *does not apply* is an answer.
    fn may_not_apply(&mut self, file: &SourceFile, fact: &FactEntry, place: Place, kind: &FactKind) -> bool {
        let Some(given) = &fact.may_not_apply else { return false };
        let span = place.key(file, "may_not_apply");
        match (given, kind) {
            (Value::Bool(true), FactKind::BirthDate | FactKind::BirthMonth | FactKind::Age) => {
                let message = "every child has a birth and an age; they always apply";
                self.push(Code::WrongKind, span, message, "take this line out");
                false
            }
            (Value::Bool(given), _) => *given,
            _ => {
                let help = "write `may_not_apply: true`, or take the line out";
                self.push(Code::BadYaml, span, "`may_not_apply` is true or false", help);
                false
            }
        }
    }

    fn kind(&mut self, file: &SourceFile, fact: &FactEntry, place: Place) -> Option<FactKind> {
        let Some(kind) = fact.kind else {
            let help = "add what kind of answer it takes: `type: yes_no` for yes or no, `type: number`, `type: choice`, …";
            self.push(Code::BadYaml, place.line(file), "this entry has no `type`", help);
            return None;
        };
        if let Some(set) = fact.id.as_deref().filter(|id| [ENROLLED, APPLIED].contains(id))
            && fact.choices.is_some()
        {
            self.programs_are_choices(set, place.key(file, "choices"));
        }
        let decimals = self.decimals(file, fact, place);
        let choices = self.choices(file, fact, place, decimals);
        Some(match kind {
            FactType::YesNo => FactKind::YesNo,
            FactType::Date => FactKind::BirthDate,
            FactType::Month => FactKind::BirthMonth,
            FactType::Age => FactKind::Age,
            FactType::Number | FactType::Money => {
                let mut end = |key: &str, given: Option<Figure>, usual: i64| {
                    let span = place.key(file, key);
                    self.steps(given.unwrap_or(Figure::whole(usual)), decimals, key, span).unwrap_or(usual)
                };
                let (min, max) = (end("min", fact.min, 0), end("max", fact.max, 1_000_000));
                if min > max {
                    let help =
                        format!("write the smaller number behind `min`: `min: {max}` and `max: {min}`");
                    self.push(Code::BadNumber, place.key(file, "min"), "`min` is more than `max`", help);
                }
                if fact.choices.iter().flatten().any(|choice| choice.value.is_none()) {
                    let message = "a choice of a number needs its `value`";
                    let help = "add the number that it stands for: `- { id: two, value: 2, label: … }`";
                    self.push(Code::BadYaml, place.key(file, "choices"), message, help);
                }
                let within = self.within_months(file, fact, place);
                let measure = match (kind, fact.per) {
                    (FactType::Money, Some(PerWord::Month)) => Measure::Dollars(Per::Month),
                    (FactType::Money, _) => Measure::Dollars(Per::Year),
                    _ => Measure::Count { decimals },
                };
                FactKind::Number { min, max, choices, measure, within }
            }
            FactType::Choice => FactKind::Choice(choices),
            FactType::Set => FactKind::Set(choices),
            FactType::Codes => FactKind::Codes,
            FactType::Place => FactKind::Place(self.places(file, fact, place)),
            FactType::Day => FactKind::Day,
            FactType::AgeAt => FactKind::AgeAt { event: None },
        })
    }

    fn choices(&mut self, file: &SourceFile, fact: &FactEntry, place: Place, decimals: u8) -> Vec<Choice> {
        let given = fact.choices.iter().flatten();
        given
            .map(|choice| Choice {
                id: choice.id.clone(),
                value: choice.value.and_then(|value| {
                    let span = choice_key(file, place, &choice.id, "value");
                    self.steps(value, decimals, "value", span)
                }),
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
        let fixed = [
            ("id", entry.id.is_some()),
            ("type", entry.kind.is_some()),
            ("topic", entry.topic.is_some()),
            ("min", entry.min.is_some()),
            ("max", entry.max.is_some()),
            ("decimals", entry.decimals.is_some()),
            ("ordered", entry.ordered.is_some()),
            ("per", entry.per.is_some()),
            ("within", entry.within.is_some()),
            ("event", entry.event.is_some()),
            ("sensitive", entry.sensitive.is_some()),
            ("can_change", entry.can_change.is_some()),
            ("may_not_apply", entry.may_not_apply.is_some()),
            ("implies", entry.implies.is_some()),
        ];
        for (key, _) in fixed.into_iter().filter(|(_, given)| *given) {
            let span = place.key(file, key);
            self.not_by_rewording(id, key, span);
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
        if [ENROLLED, APPLIED].contains(&id) && entry.choices.is_some() {
            self.programs_are_choices(id, place.key(file, "choices"));
            return;
        }
        // Only a state knows all its places.
        if let (Some(_), FactKind::Place(_)) = (&entry.places, &self.found.facts[index].kind) {
            self.found.facts[index].kind = FactKind::Place(self.places(file, entry, place));
        }
        self.own_kind(file, entry, place, index);
        for choice in self.choices(file, entry, place, 0) {
            match choices_of(&mut self.found.facts[index].kind).iter_mut().find(|known| known.id == choice.id)
            {
                Some(known) => known.label = choice.label,
                None => {
                    let names = choices_of(&mut self.found.facts[index].kind).iter();
                    let message = format!("`{id}` has no choice `{}`", choice.id);
                    let span = choice_key(file, place, &choice.id, "id");
                    let found = Diagnostic::new(Code::UnknownName, span, message)
                        .did_you_mean(&choice.id, names.map(|known| known.id.as_str()));
                    self.diagnostics.push(found);
                }
            }
        }
        self.rough_values(file, entry, place, index);
        self.implied(file, entry, place, index);
    }

    fn programs_are_choices(&mut self, set: &str, span: Span) {
        let message = format!("the choices of `{set}` are the programs that the rules name");
        let help = match set {
            ENROLLED => "say it in the program: `asked as \"…\"`, `enrolled implies …`, `enrolled usually …`",
            _ => "say it in the program: `asked as \"…\"`",
        };
        self.diagnostics.push(Diagnostic::new(Code::WrongKind, span, message).help(help));
    }

    fn not_by_rewording(&mut self, id: &str, key: &str, span: Span) {
        let message = format!("`reword` changes the words of `{id}`, not what it means");
        let help = format!("take `{key}` out: only the shared facts say it");
        self.diagnostics.push(Diagnostic::new(Code::DuplicateName, span, message).help(help));
    }

    /// What orders questions and never decides: what a fact costs to answer, and how likely it is.
    fn rough_values(&mut self, file: &SourceFile, entry: &FactEntry, place: Place, index: usize) {
        if let Some(burden) = &entry.burden {
            let wanted = "`burden` is a whole number from 1, easy to say, to 9, hard to find out";
            if let Some(burden) = self.within(burden, 1..=9, place.key(file, "burden"), wanted) {
                self.found.facts[index].burden = burden;
            }
        }
        let wanted = "`likely` is a whole number from 1 to 99: how many children in a hundred, roughly";
        if let Some(likely) = &entry.likely {
            let span = place.key(file, "likely");
            let fact = &self.found.facts[index];
            if let Some(help) = why_not_likely(&fact.kind) {
                let message = format!("`likely` cannot be said of `{}` as a whole", fact.id);
                self.diagnostics.push(Diagnostic::new(Code::WrongKind, span, message).help(help));
            } else if let Some(likely) = self.within(likely, 1..=99, span, wanted) {
                self.found.facts[index].likely = likely;
            }
        }
        for choice in entry.choices.iter().flatten() {
            let Some(likely) = &choice.likely else { continue };
            let span = choice_key(file, place, &choice.id, "likely");
            let likely = self.within(likely, 1..=99, span, wanted);
            let known = choices_of(&mut self.found.facts[index].kind).iter_mut();
            if let (Some(likely), Some(known)) =
                (likely, known.into_iter().find(|known| known.id == choice.id))
            {
                known.likely = Some(likely);
            }
        }
    }

    fn within(&mut self, given: &Value, range: RangeInclusive<u8>, span: Span, wanted: &str) -> Option<u8> {
        let number = given.as_u64().and_then(|number| u8::try_from(number).ok());
        let number = number.filter(|number| range.contains(number));
        if number.is_none() {
            let help = format!("write a number from {} to {}", range.start(), range.end());
            self.push(Code::BadNumber, span, wanted, help);
        }
        number
    }

    /// What a fact and its choices imply, and what usually goes with them.
    fn implied(&mut self, file: &SourceFile, entry: &FactEntry, place: Place, index: usize) {
        let (id, kind) = (self.found.facts[index].id.clone(), self.found.facts[index].kind.clone());
        let reworded = entry.reword.is_some();
        for (key, given) in [("implies", &entry.implies), ("usually", &entry.usually)] {
            let Some(given) = given else { continue };
            let key = Key { file, place, span: place.key(file, key), word: key };
            match &kind {
                // A reworded fact has been told off already.
                _ if reworded && key.word == "implies" => {}
                FactKind::YesNo => self.said(&key, Literal::Fact(index), given),
                kind => {
                    let message = format!("`{id}` is not a question of yes or no");
                    let help = match kind {
                        FactKind::Set(_) if id == ENROLLED => {
                            format!("say it in the program: `enrolled {} …`", key.word)
                        }
                        FactKind::Choice(_) | FactKind::Set(_) => format!(
                            "say it of a choice: `choices: [{{ id: …, {}: […], label: … }}]`",
                            key.word
                        ),
                        _ => format!("only a yes, a choice or an element of a set has `{}`", key.word),
                    };
                    self.diagnostics.push(Diagnostic::new(Code::WrongKind, key.span, message).help(help));
                }
            }
        }
        for choice in entry.choices.iter().flatten() {
            for (key, given) in [("implies", &choice.implies), ("usually", &choice.usually)] {
                let Some(given) = given else { continue };
                let span = choice_key(file, place, &choice.id, key);
                let known = choices_of(&mut self.found.facts[index].kind).iter();
                let Some(number) = known.into_iter().position(|known| known.id == choice.id) else {
                    continue;
                };
                let when = match kind {
                    _ if reworded && key == "implies" => {
                        self.not_by_rewording(&id, key, span);
                        continue;
                    }
                    FactKind::Choice(_) => Literal::Choice(index, number),
                    FactKind::Set(_) => Literal::Element(index, number),
                    _ => {
                        let message = format!("`{id}` is a number; its choices have no `{key}`");
                        let help = format!("take `{key}` out, or ask it with `type: choice`");
                        self.push(Code::WrongKind, span, message, help);
                        continue;
                    }
                };
                self.said(&Key { file, place, span, word: key }, when, given);
            }
        }
    }
}

/// What answering costs, unless `facts.yaml` says it.
fn usual_burden(kind: &FactKind) -> u8 {
    match kind {
        FactKind::YesNo | FactKind::Choice(_) => 1,
        FactKind::BirthDate | FactKind::BirthMonth | FactKind::Age => 1,
        FactKind::Number { choices, .. } if !choices.is_empty() => 1,
        FactKind::Set(_) | FactKind::Place(_) | FactKind::Day | FactKind::AgeAt { .. } => 2,
        FactKind::Number { .. } | FactKind::Codes => 3,
    }
}

/// How many children in a hundred, unless `facts.yaml` says it.
fn usual_likely(kind: &FactKind) -> u8 {
    if matches!(kind, FactKind::Set(_)) { 10 } else { 50 }
}

/// Why a fact has no likelihood of its own, and what has; nothing where it has one.
fn why_not_likely(kind: &FactKind) -> Option<&'static str> {
    match kind {
        FactKind::YesNo | FactKind::Set(_) | FactKind::Codes => None,
        FactKind::Choice(_) => Some("say it of each choice"),
        FactKind::Number { choices, .. } if !choices.is_empty() => Some("say it of each choice"),
        _ => Some("take it out: a yes, a condition, a choice or an element of a set is more or less likely"),
    }
}

fn choices_of(kind: &mut FactKind) -> &mut [Choice] {
    match kind {
        FactKind::Choice(choices) | FactKind::Set(choices) | FactKind::Number { choices, .. } => choices,
        _ => &mut [],
    }
}

/// Where a key of a choice stands, with its value if that is a word; the line of the choices if it is not found.
fn choice_key(file: &SourceFile, place: Place, choice: &str, key: &str) -> Span {
    let choices = place.key(file, "choices");
    let mut from = choices.start as usize;
    while let Some(id) = place.words_after(file, from, "id:") {
        from = id.end as usize;
        let named = place.words_after(file, from, choice);
        let between =
            named.map(|named| file.text[from..named.start as usize].trim_start_matches([' ', '"', '\'']));
        if between == Some("") {
            let key = if key == "id" { Some(id) } else { place.words_after(file, from, &format!("{key}:")) };
            return key.map_or(choices, |key| {
                let rest = &file.text[key.start as usize..];
                let end = rest.find([',', '}', '[', ']', '\n']).unwrap_or(rest.len());
                Span { end: key.start + rest[..end].trim_end().len() as u32, ..key }
            });
        }
    }
    choices
}
