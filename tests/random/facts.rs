//! Random facts, and what is so of a child by definition.

use super::Dice;
use super::rules::{NEEDS, PLACES, Shape};
use std::fmt::Write as _;

/// Something that is so of a child, as implications name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum So {
    Fact(usize),
    Choice(usize, usize),
    Enrolled(usize),
    SpecialNeed,
}

pub(super) const CHOICES: [&str; 3] = ["red", "green", "blue"];

impl So {
    pub(super) fn any(dice: &mut Dice, shape: &Shape) -> Self {
        let number = dice.roll(shape.yes_no + shape.choices + shape.enrolled);
        if number < shape.yes_no {
            Self::Fact(number)
        } else if number < shape.yes_no + shape.choices {
            Self::Choice(number - shape.yes_no, dice.roll(CHOICES.len()))
        } else {
            Self::Enrolled(number - shape.yes_no - shape.choices)
        }
    }

    pub(super) fn written(self) -> String {
        match self {
            Self::Fact(fact) => format!("fact_{fact}"),
            Self::Choice(fact, choice) => format!("choice_{fact} is {}", CHOICES[choice]),
            Self::Enrolled(program) => format!("enrolled in p{program}"),
            Self::SpecialNeed => "special_health_care_need".to_owned(),
        }
    }
}

/// What is so wherever something else is: one of these.
pub(super) struct Implied {
    pub(super) when: So,
    pub(super) then: Vec<So>,
}

impl Implied {
    pub(super) fn new(dice: &mut Dice, shape: &Shape) -> Option<Self> {
        let when = So::any(dice, shape);
        let mut then: Vec<So> = Vec::new();
        for _ in 0..1 + usize::from(dice.one_in(3)) {
            let so = match when {
                // Among many facts, most would have nothing to do with one another.
                So::Fact(fact) if shape.is_large() && !dice.one_in(3) => {
                    So::Fact((fact + 1 + dice.roll(3)) % shape.yes_no)
                }
                _ => So::any(dice, shape),
            };
            // One choice never implies another; a shared fact is defined by shared facts.
            let fits = match (when, so) {
                (So::Choice(..), So::Choice(..)) => false,
                (So::Fact(fact), So::Fact(other)) => fact >= shape.yes_no / 2 || other < shape.yes_no / 2,
                (So::Fact(fact), _) => fact >= shape.yes_no / 2,
                _ => true,
            };
            if fits && so != when && !then.contains(&so) {
                then.push(so);
            }
        }
        (!then.is_empty()).then_some(Self { when, then })
    }

    /// All that something implies, as `facts.yaml` says it.
    pub(super) fn listed(implications: &[Self], when: So) -> Option<String> {
        let items: Vec<String> = implications
            .iter()
            .filter(|implication| implication.when == when)
            .map(|implication| {
                let then: Vec<String> = implication.then.iter().map(|so| so.written()).collect();
                match then.as_slice() {
                    [only] => only.clone(),
                    several => format!("{{ any of: [{}] }}", several.join(", ")),
                }
            })
            .collect();
        (!items.is_empty()).then(|| format!("implies: [{}]", items.join(", ")))
    }
}

/// The shared facts and the state's own.
pub(super) fn facts(dice: &mut Dice, shape: &Shape, implications: &[Implied]) -> (String, String) {
    let mut files = [String::new(), String::new()];
    let mut entry = |dice: &mut Dice, file: usize, id: &str, kind: &str, rest: &str| {
        let words = |key: &str| format!("  {key}: {{ en: {id} {key}, es: {id} {key} es }}\n");
        let both = if kind == "yes_no" { words("yes") + &words("no") } else { String::new() };
        let [name, mut question] = ["name", "question"].map(words);
        if rest.contains("per: month") {
            question = question.replace(" }", " al mes }").replace(",", " in a month,");
        }
        let topic = dice.pick(&["child", "home", "health"]);
        let burden = 1 + dice.roll(3);
        write!(files[file], "- id: {id}\n  type: {kind}\n  topic: {topic}\n  burden: {burden}\n").unwrap();
        // With dice of its own: what can change came later, and the rules of a seed stay as they were.
        let can_change = match (kind, dice.clone().roll(3)) {
            ("month" | "date" | "age", _) => "time",
            ("day" | "age_at" | "place", _) => "never",
            ("set", _) => "enroll",
            (_, 0) => "never",
            ("codes", _) => "never",
            (_, 1) => "apply",
            _ => "assess",
        };
        writeln!(files[file], "  can_change: {can_change}").unwrap();
        write!(files[file], "{name}{question}{both}{rest}").unwrap();
    };
    for (id, kind) in [
        ("birth_month", "month"),
        ("birth_date", "date"),
        ("age", "age"),
        ("enrolled", "set"),
        ("diagnosis", "codes"),
    ] {
        entry(dice, 0, id, kind, "");
    }
    let may_not_apply = |dice: &mut Dice| if dice.one_in(3) { "  may_not_apply: true\n" } else { "" };
    for number in 0..shape.yes_no {
        let mut rest = format!("  likely: {}\n", [3, 20, 50, 80][dice.roll(4)]);
        if dice.one_in(5) {
            rest.push_str("  sensitive: true\n");
        }
        rest.push_str(if dice.one_in(3) { may_not_apply(dice) } else { "" });
        if let Some(implies) = Implied::listed(implications, So::Fact(number)) {
            writeln!(rest, "  {implies}").unwrap();
        }
        let file = usize::from(number >= shape.yes_no / 2);
        entry(dice, file, &format!("fact_{number}"), "yes_no", &rest);
    }
    if shape.declared {
        entry(dice, 0, &So::SpecialNeed.written(), "yes_no", "");
    }
    for number in 0..shape.numbers {
        let small = number.is_multiple_of(2);
        let bounds = match small {
            true if shape.decimals => "  min: 1\n  max: 9\n  decimals: 1\n",
            true => "  min: 1\n  max: 9\n",
            false => "  min: 0\n  max: 100000\n",
        };
        let rest = [bounds, may_not_apply(dice)].concat();
        entry(dice, 1, &format!("number_{number}"), if small { "number" } else { "money" }, &rest);
    }
    if shape.totals {
        for number in 0..3 {
            // Too many values to be told apart one by one.
            let rest =
                ["  min: 0\n  max: 69\n", if number == 2 { "  may_not_apply: true\n" } else { "" }].concat();
            entry(dice, 1, &format!("total_{number}"), "money", &rest);
        }
    }
    if shape.sums {
        let rest = ["  min: 1\n  max: 3\n", may_not_apply(dice)].concat();
        entry(dice, 0, "household_size", "number", &rest);
        let income =
            if shape.monthly { "  min: 0\n  max: 9000\n  per: month\n" } else { "  min: 0\n  max: 100000\n" };
        entry(dice, 0, "household_income", "money", income);
    }
    for number in 0..shape.choices {
        let choice = |index: usize| {
            let implies = Implied::listed(implications, So::Choice(number, index));
            let implies = implies.map_or_else(String::new, |implies| format!("{implies}, "));
            let id = CHOICES[index];
            format!("    - {{ id: {id}, {implies}label: {{ en: {id}, es: {id} }} }}\n")
        };
        let choices = [0, 1, 2].map(choice).concat();
        let rest = format!("  ordered: true\n  choices:\n{choices}{}", may_not_apply(dice));
        entry(dice, 1, &format!("choice_{number}"), "choice", &rest);
    }
    let may_not_apply = |number: usize| if number == 0 { "" } else { "  may_not_apply: true\n" };
    for number in 0..shape.sets {
        let choice = |id: &str| format!("    - {{ id: {id}, label: {{ en: {id}, es: {id} }} }}\n");
        let rest = format!("  choices:\n{}{}", NEEDS.map(choice).concat(), may_not_apply(number));
        entry(dice, 1, &format!("set_{number}"), "set", &rest);
    }
    for number in 0..shape.places {
        let rest = format!("  places: [{}]\n  may_not_apply: true\n", PLACES.join(", "));
        entry(dice, 1, &format!("place_{number}"), "place", &rest);
    }
    for number in 0..shape.days {
        entry(dice, 1, &format!("day_{number}"), "day", may_not_apply(number));
    }
    for number in 0..shape.ages_at {
        let event =
            if shape.events { format!("  event: day_{}\n", number % shape.days) } else { String::new() };
        entry(dice, 1, &format!("age_at_{number}"), "age_at", &event);
    }
    files.into()
}
