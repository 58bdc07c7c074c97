//! What only facts of some kind have in `facts.yaml`: places, a time that is looked back on, the day of an event.

use super::facts::FactEntry;
use super::from_yaml::Reader;
use super::yaml::Place;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{SourceFile, Span};
use crate::value::{Figure, MOST_DECIMALS, Words};
use crate::vocabulary::{CanChange, Choice, FactKind, Measure, Per};

impl Reader<'_> {
    /// The places a fact can be, as its choices.
    pub(super) fn places(&mut self, file: &SourceFile, fact: &FactEntry, place: Place) -> Vec<Choice> {
        let Some(places) = &fact.places else { return Vec::new() };
        self.place_names(file, place, places);
        let named = |name: &String| {
            let name = name.trim().to_owned();
            Choice {
                id: name.clone(),
                value: None,
                likely: None,
                label: Words { en: name.clone(), es: name },
            }
        };
        places.iter().map(named).collect()
    }

    /// How many decimals a number has.
    pub(super) fn decimals(&mut self, file: &SourceFile, fact: &FactEntry, place: Place) -> u8 {
        let Some(given) = fact.decimals else { return 0 };
        let found = u8::try_from(given).ok().filter(|decimals| (1..=MOST_DECIMALS).contains(decimals));
        if found.is_none() {
            let message = format!("`decimals` is a whole number from 1 to {MOST_DECIMALS}");
            self.push(
                Code::BadNumber,
                place.key(file, "decimals"),
                message,
                "write `decimals: 1` for numbers such as 1.5",
            );
        }
        found.unwrap_or_default()
    }

    /// A number in steps of so many decimals.
    pub(super) fn steps(&mut self, given: Figure, decimals: u8, key: &str, span: Span) -> Option<i64> {
        let steps = given.at(decimals);
        if steps.is_none() {
            let found =
                Diagnostic::new(Code::BadNumber, span, format!("`{key}` has more decimals than its fact"));
            self.diagnostics.push(found.help("say in the fact how many it has: `decimals: 1`"));
        }
        steps
    }

    /// How many months back a number is counted.
    pub(super) fn within_months(&mut self, file: &SourceFile, fact: &FactEntry, place: Place) -> Option<u32> {
        let within = fact.within?;
        let months = match (within.months, within.years) {
            (Some(months), None) => Some(months),
            (None, Some(years)) => years.checked_mul(12),
            _ => None,
        };
        let months = months.filter(|months| (1..=1200).contains(months));
        if months.is_none() {
            let span = place.key(file, "within");
            let message = "this is no time that a family can look back on";
            let help = "write up to 100 years as `within: { months: 24 }` or as `within: { years: 2 }`";
            self.push(Code::BadNumber, span, message, help);
        }
        months
    }

    /// What an entry says that a fact of its kind cannot have, or has to.
    pub(super) fn own_kind(&mut self, file: &SourceFile, entry: &FactEntry, place: Place, index: usize) {
        let fact = &self.found.facts[index];
        let (id, kind) = (fact.id.clone(), fact.kind.clone());
        let strange = [
            ("places", entry.places.is_some() && !matches!(kind, FactKind::Place(_)), "a place"),
            (
                "decimals",
                entry.decimals.is_some() && !matches!(kind.measure(), Some(Measure::Count { .. })),
                "a number",
            ),
            ("ordered", entry.ordered.is_some() && !matches!(kind, FactKind::Choice(_)), "a choice"),
            ("per", entry.per.is_some() && kind.dollars_per().is_none(), "an amount of money"),
            ("within", entry.within.is_some() && !matches!(kind, FactKind::Number { .. }), "a number"),
            ("event", entry.event.is_some() && !matches!(kind, FactKind::AgeAt { .. }), "an age at an event"),
        ];
        // A reworded fact has been told off for all but its places.
        for (key, _, only) in
            strange.into_iter().filter(|(key, is, _)| *is && (entry.reword.is_none() || *key == "places"))
        {
            let message = format!("only {only} has `{key}`; `{id}` is none");
            let help = format!("take `{key}` out, or give `{id}` the `type` that has it");
            self.push(Code::WrongKind, place.key(file, key), message, help);
        }
        if let (FactKind::AgeAt { .. }, Some(event), None) = (&kind, &entry.event, &entry.reword) {
            self.found.events.push((index, event.clone(), place.key(file, "event")));
        }
        let past = matches!(kind, FactKind::Day | FactKind::AgeAt { .. });
        if past && self.found.facts[index].can_change != CanChange::Never {
            let message = "what has happened does not change any more";
            self.push(Code::WrongKind, place.key(file, "can_change"), message, "take this line out");
        }
        if let (FactKind::Choice(_), Some(true), None) = (&kind, entry.ordered, &entry.reword) {
            self.found.ordered.insert(index);
        }
        if kind.dollars_per() == Some(Per::Month) {
            self.says_a_month(file, place, index, entry);
        }
        if let FactKind::Number { within: Some(months), .. } = kind {
            self.says_its_time(file, place, index, months, entry);
        }
    }

    /// Families must see that they are asked for a month's amount.
    fn says_a_month(&mut self, file: &SourceFile, place: Place, index: usize, entry: &FactEntry) {
        let question = &self.found.facts[index].question;
        if entry.question.is_some() && !(question.en.contains("month") && question.es.contains("mes")) {
            let message = "`question` does not say that it is a month's amount";
            let help = "say it in both languages: `in a month`, `al mes`";
            let span = place.key(file, "question");
            self.diagnostics.push(Diagnostic::new(Code::Missing, span, message).help(help));
        }
    }

    /// Families and readers of an explanation must see how far back they are asked to count.
    fn says_its_time(
        &mut self,
        file: &SourceFile,
        place: Place,
        index: usize,
        months: u32,
        entry: &FactEntry,
    ) {
        let fact = &self.found.facts[index];
        let mut numbers = vec![months.to_string()];
        if months.is_multiple_of(12) {
            numbers.push((months / 12).to_string());
        }
        let says = |text: &str| {
            let mut words = text.split(|c: char| !c.is_ascii_digit());
            words.any(|word| numbers.iter().any(|number| number == word))
        };
        let wanted = numbers.join(" or ");
        let silent: Vec<&str> =
            [("name", &fact.name, &entry.name), ("question", &fact.question, &entry.question)]
                .into_iter()
                .filter(|(_, words, given)| given.is_some() && !(says(&words.en) && says(&words.es)))
                .map(|(key, ..)| key)
                .collect();
        for key in silent {
            let message = format!("`{key}` does not say how far back: {wanted}");
            let help = "say the time in both languages with its number: `in the last 24 months`";
            self.diagnostics.push(Diagnostic::new(Code::Missing, place.key(file, key), message).help(help));
        }
    }

    /// The facts that tell on which day an age was reached.
    pub(super) fn look_up_events(&mut self) {
        for (index, name, span) in std::mem::take(&mut self.found.events) {
            let found = self.names.find("fact", &name);
            match found.map(|event| &self.found.facts[event].kind) {
                Some(FactKind::Day) => self.found.facts[index].kind = FactKind::AgeAt { event: found },
                Some(_) => {
                    let message = format!("`{name}` is not the day of anything");
                    let help = "an event is a fact with `type: day`";
                    self.diagnostics.push(Diagnostic::new(Code::WrongKind, span, message).help(help));
                }
                None => {
                    let days = self.found.facts.iter().filter(|fact| fact.kind == FactKind::Day);
                    let found =
                        Diagnostic::new(Code::UnknownName, span, format!("there is no fact `{name}`"));
                    let found = found.did_you_mean(&name, days.map(|fact| fact.id.as_str()));
                    self.diagnostics.push(found);
                }
            }
        }
    }
}
