//! Random criteria: what one program draws from, and groups of it.

use super::Dice;
use super::rules::Shape;
use std::fmt::Write as _;

/// What one program, or one definition, draws its criteria from.
pub(super) struct Pool {
    pub(super) atoms: Vec<String>,
    /// Whether criteria may count on some days only.
    pub(super) dated: bool,
}

impl Pool {
    /// Criteria about some of the facts, each in several forms.
    pub(super) fn new(dice: &mut Dice, shape: &Shape) -> Self {
        let mut subjects: Vec<usize> = (0..shape.yes_no + shape.numbers + shape.choices).collect();
        if shape.is_large() {
            // Programs of one field read what stands together.
            let first = dice.roll(subjects.len());
            subjects.rotate_left(first);
            subjects.truncate(2 * shape.reach);
        }
        dice.shuffle(&mut subjects);
        subjects.truncate(shape.reach);
        let mut atoms = Vec::new();
        for subject in subjects {
            if subject < shape.yes_no {
                atoms.extend([format!("fact_{subject}"), format!("fact_{subject}")]);
            } else if subject < shape.yes_no + shape.numbers {
                let number = subject - shape.yes_no;
                let bounds: [u32; 3] =
                    if number.is_multiple_of(2) { [3, 5, 6] } else { [20_000, 30_000, 30_001] };
                for bound in bounds {
                    let words = dice.pick(&["at least", "at most", "under", "more than"]);
                    // Between two whole numbers, where there is something between them.
                    let part = if shape.decimals && bound == 5 { ".5" } else { "" };
                    atoms.push(format!("number_{number} {words} {bound}{part}"));
                }
            } else {
                let number = subject - shape.yes_no - shape.numbers;
                atoms.push(format!("choice_{number} is red"));
                // With dice of its own, as in the shape.
                let test = dice.clone().pick(&[
                    "is one of red, green",
                    "at most green",
                    "under blue",
                    "more than red",
                ]);
                atoms.push(format!("choice_{number} {test}"));
            }
        }
        // With dice of its own, as in the shape.
        let mut own = dice.clone();
        for (subject, tests) in [
            (
                "set",
                &[
                    "include food",
                    "include any of food, rides",
                    "include at least 2 of food, housing, rides",
                    "include all of food, housing",
                    "include none of housing, rides",
                ][..],
            ),
            ("place", &["in delta", "is \"Lee\"", "is one of \"Doña Ana\", \"St. Francis\""]),
            (
                "day",
                &[
                    "before 2023-07-01",
                    "on or after 2023-07-01",
                    "after 2023-06-14",
                    "from 2023-06-15 through 2023-12-31",
                    "on or before 2024-02-29",
                ],
            ),
            ("age_at", &["under 18", "at least 3", "from 3 through 17", "under 30 months", "through 17"]),
        ] {
            let count = match subject {
                "set" => shape.sets,
                "place" => shape.places,
                "day" => shape.days,
                _ => shape.ages_at,
            };
            for number in 0..count {
                if shape.is_large() && !own.one_in(4) {
                    continue;
                }
                let some = own.some_of(tests.len(), 3);
                atoms.extend(some.into_iter().map(|test| format!("{subject}_{number} {}", tests[test])));
            }
        }
        if !shape.is_large() {
            for number in 0..shape.days {
                let months = own.pick(&["6", "12", "30"]);
                atoms.push(format!("day_{number} in the last {months} months"));
            }
        }
        if shape.totals {
            let tests = [
                "left_over at most 3",
                "left_over at least 2",
                "means under 5",
                "means from 3 through 6",
                "total_0 at most 29",
                "total_1 more than 40",
                "total_2 at least 10",
            ];
            atoms.extend(own.some_of(tests.len(), 3).into_iter().map(|test| tests[test].to_owned()));
        }
        if shape.ages {
            let ages = [
                "age under 18",
                "age at least 18",
                "age from 3 through 17",
                "age under 36 months",
                "age at least 30 months",
                "age under 18 until the end of the birthday month",
                "age at least 3 on the next September 1",
                "age under 18 on the last June 15",
                "age under 36 months on 2025-03-01",
            ];
            // Ages on other days came later.
            let known = if shape.sums { ages.len() } else { 6 };
            atoms.extend(dice.some_of(known, 3).into_iter().map(|age| ages[age].to_owned()));
        }
        if shape.lists {
            let tests = [
                "any diagnosis in narrow",
                "any diagnosis in wide",
                "no diagnosis in heart",
                "at least 2 diagnoses in narrow",
                "at least 2 diagnoses in heart",
                "any diagnosis in examples",
            ];
            atoms.extend(dice.some_of(tests.len(), 3).into_iter().map(|test| tests[test].to_owned()));
        }
        if shape.sums {
            // With dice of its own, as in the shape.
            let beside = if shape.numbers > 0 {
                dice.clone().pick(&["number_0 at most household_size", "household_size under number_0"])
            } else {
                "household_size under tier"
            };
            let tests = [
                "household_income at most 150% of poverty",
                "household_income under 200% of poverty counting 1 more when fact_1",
                "household_income more than share of poverty",
                "household_income at least 95.5% plus 5% of poverty for 2 people",
                "points at least 4",
                "points at most 5",
                "margin at most 0",
                "household_size at least tier",
                beside,
            ];
            atoms.extend(dice.some_of(tests.len(), 4).into_iter().map(|test| tests[test].to_owned()));
        }
        if shape.declared {
            if dice.one_in(3) {
                atoms.push("special_health_care_need".to_owned());
            }
            if shape.numbers > 0 {
                atoms.push("number_0 from 3 through 5".to_owned());
            }
            if shape.lists {
                atoms.push(
                    dice.pick(&["any diagnosis in doubled", "at least 2 diagnoses in doubled"]).to_owned(),
                );
            }
        }
        if shape.enrolled > 0 {
            atoms.push(format!("enrolled in p{}", dice.roll(shape.enrolled)));
            let all: Vec<String> = (0..shape.enrolled.min(3)).map(|program| format!("p{program}")).collect();
            atoms.push(format!("enrolled in any of {}", all.join(", ")));
        }
        if shape.judgments > 0 {
            let judgment = dice.roll(shape.judgments);
            atoms.push(format!("decided by \"Agency {judgment}\": \"judgment {judgment}\""));
        }
        Self { atoms, dated: shape.sums }
    }

    /// On which days a line counts, and for whom it is waived; mostly always, and for nobody.
    fn days(&self, dice: &mut Dice) -> String {
        if !self.dated || !dice.one_in(4) {
            return String::new();
        }
        match dice.roll(4) {
            0 => " since 2025-02-28".to_owned(),
            1 => " until 2026-06-01".to_owned(),
            2 => format!(" waived where {}", self.atom(dice)),
            _ => format!(" waived where {} since 2024-02-29 until 2026-06-14", self.atom(dice)),
        }
    }

    pub(super) fn atom(&self, dice: &mut Dice) -> String {
        self.atoms[dice.roll(self.atoms.len())].clone()
    }

    /// One criterion, as lines.
    pub(super) fn criterion(&self, dice: &mut Dice, depth: usize, indent: usize, out: &mut String) {
        let pad = " ".repeat(indent);
        if depth == 0 || dice.one_in(3) {
            let not = if dice.one_in(4) { "not " } else { "" };
            let line = match dice.roll(12) {
                0 => format!("{} or {}", self.atom(dice), self.atom(dice)),
                1 => format!("{} and not ({} or {})", self.atom(dice), self.atom(dice), self.atom(dice)),
                _ => self.atom(dice),
            };
            let line = if not.is_empty() { line } else { format!("not ({line})") };
            let days = self.days(dice);
            writeln!(out, "{pad}{line}{days}").unwrap();
            return;
        }
        if dice.one_in(12) {
            // Surely so, or surely not, whatever is known of the child.
            let (head, atom) = (dice.pick(&["any of", "all of", "none of"]), self.atom(dice));
            writeln!(out, "{pad}{head} {{\n{pad} {atom}\n{pad} not ({atom})\n{pad}}}").unwrap();
            return;
        }
        let members = 2 + dice.roll(2);
        let head = match dice.roll(6) {
            0 | 1 => "all of".to_owned(),
            2 | 3 => "any of".to_owned(),
            4 => "none of".to_owned(),
            _ => format!("at least {} of", 1 + dice.roll(members)),
        };
        let not = if dice.one_in(6) { "not " } else { "" };
        writeln!(out, "{pad}{not}{head} {{").unwrap();
        for _ in 0..members {
            self.criterion(dice, depth - 1, indent + 1, out);
        }
        if dice.one_in(5) {
            writeln!(out, "{pad} unless {}", self.atom(dice)).unwrap();
        }
        writeln!(out, "{pad}}}").unwrap();
    }
}
