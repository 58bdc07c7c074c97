//! A random state: its facts, lists, implications, programs and route, as rule files and compiled.

use super::Dice;
use carepath::compile::compile;
use carepath::diagnostic::{Code, Severity};
use carepath::program::Program;
use carepath::source::{SourceFile, Sources};
use carepath::value::{Date, StateCode};
use std::fmt::Write as _;

/// How much of everything a random state has.
#[derive(Debug, Clone)]
pub(crate) struct Shape {
    pub(crate) yes_no: usize,
    pub(crate) ages: bool,
    pub(crate) numbers: usize,
    pub(crate) choices: usize,
    pub(crate) lists: bool,
    pub(crate) sets: usize,
    pub(crate) places: usize,
    pub(crate) days: usize,
    pub(crate) ages_at: usize,
    /// Whether the ages are those on the days.
    pub(crate) events: bool,
    pub(crate) programs: usize,
    /// How many of the programs a child can say to be in.
    pub(crate) enrolled: usize,
    pub(crate) judgments: usize,
    pub(crate) defines: usize,
    pub(crate) implications: usize,
    /// How deep groups stand in one another.
    pub(crate) depth: usize,
    /// From how many facts one program draws its criteria.
    pub(crate) reach: usize,
    /// How many of the programs can lead; the others stand alongside.
    pub(crate) leads: usize,
    /// Whether figures are added up, hang on the size of a household, and change from day to day.
    pub(crate) sums: bool,
}

impl Shape {
    /// Small enough to try every child there is.
    pub(crate) fn small(dice: &mut Dice) -> Self {
        // With dice of its own: these kinds came later, and the rules of most seeds stay as they were.
        let mut own = dice.clone();
        let mut kinds = [0; 4];
        if own.one_in(3) {
            kinds[own.roll(4)] = 1;
        }
        let [sets, places, days, ages_at] = kinds;
        let mut shape = Self {
            sets,
            places,
            days,
            ages_at,
            events: false,
            yes_no: 2 + dice.roll(3),
            ages: dice.roll(3) > 0,
            numbers: usize::from(dice.one_in(3)),
            choices: usize::from(dice.one_in(3)),
            lists: dice.one_in(2),
            programs: 2 + dice.roll(3),
            enrolled: dice.roll(3),
            judgments: dice.roll(3),
            defines: dice.roll(3),
            implications: dice.roll(4),
            depth: 2,
            reach: 4 + dice.roll(4),
            leads: 0,
            sums: dice.one_in(4),
        };
        if shape.sums {
            // Each value of a number is a world apart.
            (shape.yes_no, shape.choices, shape.lists, shape.ages) = (3, 0, false, dice.one_in(2));
        }
        shape.leads = shape.programs - usize::from(shape.programs > 2 && dice.one_in(3));
        if shape.numbers + shape.choices + usize::from(shape.lists) + usize::from(shape.ages) > 2 {
            shape.yes_no = 2;
        }
        shape
    }

    /// Far beyond every child there is; as large as a state could be.
    pub(crate) fn large(yes_no: usize, programs: usize) -> Self {
        Self {
            yes_no,
            ages: true,
            numbers: 3,
            choices: 3,
            lists: true,
            sets: 2,
            places: 1,
            days: 2,
            ages_at: 1,
            events: false,
            programs,
            enrolled: 6.min(programs),
            judgments: 5,
            defines: 6,
            implications: 8,
            depth: 2,
            reach: 7,
            leads: programs.min(6),
            sums: false,
        }
    }

    fn is_large(&self) -> bool {
        self.yes_no > 12
    }
}

/// The places that a child can live in.
const PLACES: [&str; 5] = ["Lee", "St. Francis", "Doña Ana", "Desha", "Polk"];
/// What a family can need.
const NEEDS: [&str; 3] = ["food", "housing", "rides"];

const PLACE_LIST: &str = "
- id: delta
  name: { en: delta, es: delta }
  source: page
  places: [Desha, Lee]
";

/// A random state.
pub(crate) struct RuleSet {
    pub(crate) program: Program,
    /// The files, for whoever looks for the reason of a failure, and for the browser.
    pub(crate) files: Vec<SourceFile>,
    /// The day on which its children are asked about.
    pub(crate) day: Date,
}

impl RuleSet {
    /// The rules as an author would read them.
    pub(crate) fn told(&self) -> String {
        let own = self.files.iter().filter(|file| !file.path.ends_with("es.yaml"));
        let files: String = own.map(|file| format!("--- {}\n{}\n", file.path, file.text)).collect();
        format!("{files}--- as of {}\n", self.day)
    }
}

/// Days with a leap day, a month's end, a month's first or nothing remarkable.
const DAYS: [&str; 5] = ["2026-06-01", "2026-06-15", "2024-02-29", "2025-02-28", "2026-12-31"];

const TERMS: &str = "
- { id: care_coordination, kind: offer, coordinates: true, name: { en: Care coordination, es: Coordinación } }
- { id: service_plan, kind: offer, coordinates: true, name: { en: A plan, es: Un plan } }
- { id: family_support, kind: offer, name: { en: Support, es: Apoyo } }
- { id: payment_for_care, kind: offer, name: { en: Payment, es: Pago } }
- { id: medicaid, kind: payer, name: { en: Medicaid, es: Medicaid } }
- { id: title_v, kind: payer, name: { en: Title V, es: Título V } }
- { id: managed_care, kind: coordinator, name: { en: a plan, es: un plan } }
";

const SHARED: &str = "contact national_line \"National line\" {\n phone \"1\"\n source page\n}
route {\n otherwise national_line\n}\n";

/// Guidelines of two years; one starts between the days on which children are asked about.
const POVERTY: &str = "
- { year: 2024, from: 2024-01-01, source: page, contiguous: { first: 10000, each: 5000 } }
- { year: 2025, from: 2025-02-28, source: page, contiguous: { first: 12000, each: 6000 } }
";

/// A household, and figures that change and are added up.
const FIGURES: &str = "
parameter share {
 from 2020-01-01: 150%
 from 2025-06-01: 200%
}
parameter tier {
 from 2025-01-01: 3
 from 2026-06-01: 2
}
score points \"points\" {
 add 2 for each 10,000 of household_income rounded
 subtract 1 for each household_size
 add 3 when fact_0
 subtract 2 when fact_1 and not fact_2
}
score margin \"margin\" {
 add 1 for each household_income
 subtract 149.5% of poverty rounded up
 add 500 when fact_2
}
";

/// One list inside another, one that overlaps both, one that takes a code out, and one that only shows examples.
const LISTS: &str = "
- id: narrow
  name: { en: narrow, es: narrow }
  status: quoted
  source: page
  entries: [{ code: E84, name: { en: a, es: a } }, { code: Q21.0, name: { en: b, es: b } }]
- id: wide
  name: { en: wide, es: wide }
  status: official
  source: page
  entries: [{ code: Q20-Q24, name: { en: c, es: c } }, { code: E84, name: { en: a, es: a } }]
- id: heart
  name: { en: heart, es: heart }
  status: quoted
  source: page
  entries: [{ code: Q21, name: { en: d, es: d } }, { code: Q22-Q24, name: { en: f, es: f } }]
  except: [Q21.1]
- id: examples
  name: { en: examples, es: examples }
  status: illustrative
  source: page
  entries: [{ code: G40, name: { en: e, es: e } }]
";

/// A random state of a shape; panics with its files where they do not compile.
pub(crate) fn rule_set(dice: &mut Dice, shape: &Shape) -> RuleSet {
    let day = Date::parse(DAYS[dice.roll(DAYS.len())]).unwrap();
    loop {
        let files = files(dice, shape);
        let (program, found) = compile(&Sources::new(files.clone()), StateCode::parse("OK").unwrap());
        if let Some(program) = program {
            return RuleSet { program, files, day };
        }
        // Random implications may leave something that can never be so, and are refused; random rules may be too tangled.
        // On some day, nothing of a group may count.
        let bad_luck = [Code::Circle, Code::TooTangled, Code::EmptyGroup];
        let errors = found.iter().filter(|found| found.severity() == Severity::Error);
        if errors.clone().any(|found| !bad_luck.contains(&found.code)) {
            panic!("{}\n{found:#?}", files.iter().map(|file| file.text.as_str()).collect::<String>());
        }
    }
}

fn files(dice: &mut Dice, shape: &Shape) -> Vec<SourceFile> {
    let implications: Vec<Implied> =
        (0..shape.implications).filter_map(|_| Implied::new(dice, shape)).collect();
    let (shared_facts, own_facts) = facts(dice, shape, &implications);
    let care = care(dice, shape, &implications);
    let page = "- { id: page, title: T, publisher: P, address: https://example.org }\n";
    let mut files = vec![
        ("us/facts.yaml", shared_facts),
        ("us/terms.yaml", TERMS.to_owned()),
        ("us/sources.yaml", page.to_owned()),
        ("us/us.care", SHARED.to_owned()),
        ("us/es.yaml", "National line: Línea\n".to_owned()),
        ("ok/facts.yaml", own_facts),
        ("ok/es.yaml", spanish(&care)),
        ("ok/ok.care", care),
    ];
    let lists = [if shape.lists { LISTS } else { "" }, if shape.places > 0 { PLACE_LIST } else { "" }];
    files.push(("ok/lists.yaml", lists.concat()));
    if shape.sums {
        files.push(("us/poverty.yaml", POVERTY.to_owned()));
    }
    files.retain(|(_, text)| !text.is_empty());
    files.into_iter().map(|(path, text)| SourceFile { path: path.to_owned(), text }).collect()
}

/// Something that is so of a child, as implications name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum So {
    Fact(usize),
    Choice(usize, usize),
    Enrolled(usize),
}

const CHOICES: [&str; 3] = ["red", "green", "blue"];

impl So {
    fn any(dice: &mut Dice, shape: &Shape) -> Self {
        let number = dice.roll(shape.yes_no + shape.choices + shape.enrolled);
        if number < shape.yes_no {
            Self::Fact(number)
        } else if number < shape.yes_no + shape.choices {
            Self::Choice(number - shape.yes_no, dice.roll(CHOICES.len()))
        } else {
            Self::Enrolled(number - shape.yes_no - shape.choices)
        }
    }

    fn written(self) -> String {
        match self {
            Self::Fact(fact) => format!("fact_{fact}"),
            Self::Choice(fact, choice) => format!("choice_{fact} is {}", CHOICES[choice]),
            Self::Enrolled(program) => format!("enrolled in p{program}"),
        }
    }
}

/// What is so wherever something else is: one of these.
struct Implied {
    when: So,
    then: Vec<So>,
}

impl Implied {
    fn new(dice: &mut Dice, shape: &Shape) -> Option<Self> {
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
    fn listed(implications: &[Self], when: So) -> Option<String> {
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
fn facts(dice: &mut Dice, shape: &Shape, implications: &[Implied]) -> (String, String) {
    let mut files = [String::new(), String::new()];
    let mut entry = |dice: &mut Dice, file: usize, id: &str, kind: &str, rest: &str| {
        let words = |key: &str| format!("  {key}: {{ en: {id} {key}, es: {id} {key} es }}\n");
        let both = if kind == "yes_no" { words("yes") + &words("no") } else { String::new() };
        let [name, question] = ["name", "question"].map(words);
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
    for number in 0..shape.numbers {
        let small = number.is_multiple_of(2);
        let bounds = if small { "  min: 1\n  max: 9\n" } else { "  min: 0\n  max: 100000\n" };
        let rest = [bounds, may_not_apply(dice)].concat();
        entry(dice, 1, &format!("number_{number}"), if small { "number" } else { "money" }, &rest);
    }
    if shape.sums {
        let rest = ["  min: 1\n  max: 3\n", may_not_apply(dice)].concat();
        entry(dice, 0, "household_size", "number", &rest);
        entry(dice, 0, "household_income", "money", "  min: 0\n  max: 100000\n");
    }
    for number in 0..shape.choices {
        let choice = |index: usize| {
            let implies = Implied::listed(implications, So::Choice(number, index));
            let implies = implies.map_or_else(String::new, |implies| format!("{implies}, "));
            let id = CHOICES[index];
            format!("    - {{ id: {id}, {implies}label: {{ en: {id}, es: {id} }} }}\n")
        };
        let choices = [0, 1, 2].map(choice).concat();
        let rest = format!("  choices:\n{choices}{}", may_not_apply(dice));
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

/// What one program, or one definition, draws its criteria from.
struct Pool {
    atoms: Vec<String>,
    /// Whether criteria may count on some days only.
    dated: bool,
}

impl Pool {
    /// Criteria about some of the facts, each in several forms.
    fn new(dice: &mut Dice, shape: &Shape) -> Self {
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
                    atoms.push(format!("number_{number} {words} {bound}"));
                }
            } else {
                let number = subject - shape.yes_no - shape.numbers;
                atoms.push(format!("choice_{number} is red"));
                atoms.push(format!("choice_{number} is one of red, green"));
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
            let tests = [
                "household_income at most 150% of poverty",
                "household_income under 200% of poverty counting 1 more when fact_1",
                "household_income more than share of poverty",
                "household_income at least 95.5% plus 5% of poverty for 2 people",
                "points at least 4",
                "points at most 5",
                "margin at most 0",
                "household_size at least tier",
            ];
            atoms.extend(dice.some_of(tests.len(), 4).into_iter().map(|test| tests[test].to_owned()));
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

    fn atom(&self, dice: &mut Dice) -> String {
        self.atoms[dice.roll(self.atoms.len())].clone()
    }

    /// One criterion, as lines.
    fn criterion(&self, dice: &mut Dice, depth: usize, indent: usize, out: &mut String) {
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

fn care(dice: &mut Dice, shape: &Shape, implications: &[Implied]) -> String {
    let mut text = String::from("state OK \"Oklahoma\"\n");
    text.push_str("contact helpline \"Helpline\" {\n phone \"211\"\n source page\n}\n");
    text.push_str("contact families \"Families\" {\n phone \"212\"\n source page\n}\n");
    if shape.sums {
        text.push_str(FIGURES);
    }
    let mut defined: Vec<String> = Vec::new();
    for number in 0..shape.defines {
        let mut pool = Pool::new(dice, shape);
        // A definition may use those before it.
        pool.atoms.extend(defined.iter().cloned());
        let mut lines = String::new();
        pool.dated = false;
        pool.criterion(dice, 1, 0, &mut lines);
        writeln!(text, "define shared_{number} = {}", lines.trim()).unwrap();
        defined.push(format!("shared_{number}"));
    }
    // With dice of its own, as all that came later: the other rules of a seed stay as they were.
    let mut own = dice.clone();
    let for_professionals: Vec<usize> =
        (shape.leads..shape.programs).filter(|_| !shape.is_large() && own.one_in(3)).collect();
    for number in 0..shape.programs {
        let professionals = for_professionals.contains(&number);
        program(dice, shape, number, professionals, &defined, implications, &mut text);
    }
    let names = |of: std::ops::Range<usize>| of.map(|number| format!("p{number}")).collect::<Vec<_>>();
    let mut leads = names(0..shape.leads);
    dice.shuffle(&mut leads);
    let mut beside = names(shape.leads..shape.programs);
    beside.retain(|name| for_professionals.iter().all(|number| *name != format!("p{number}")));
    if dice.one_in(2) {
        beside.push("families".into());
    }
    let alongside =
        if beside.is_empty() { String::new() } else { format!(" alongside {}\n", beside.join(", ")) };
    write!(text, "route {{\n lead first of {}\n{alongside} otherwise helpline\n}}\n", leads.join(", "))
        .unwrap();
    text
}

fn program(
    dice: &mut Dice,
    shape: &Shape,
    number: usize,
    professionals: bool,
    defined: &[String],
    implications: &[Implied],
    text: &mut String,
) {
    let mut own = dice.clone();
    let benefits = if shape.is_large() || own.one_in(2) { 0 } else { 1 + own.roll(2) };
    // The coordination may have a test of its own.
    let coordinating = (benefits > 0 && own.one_in(2)).then(|| own.roll(benefits));
    let offers = match (number < shape.leads, dice.roll(4)) {
        (false, 0 | 1) => "family_support",
        (_, 1) => "care_coordination, service_plan",
        (_, 2) => "care_coordination, family_support",
        _ => "care_coordination",
    };
    let mut pool = Pool::new(dice, shape);
    // Who receives a program and who pays are facts; a figure may be missing on some days.
    let judged =
        |atom: &String| ["decided", "examples", "tier", "share"].iter().any(|word| atom.contains(word));
    let atoms = pool.atoms.iter().filter(|atom| !judged(atom)).cloned().collect();
    let facts = Pool { atoms, dated: false };
    let own_offers = if coordinating.is_some() { "family_support" } else { offers };
    writeln!(
        text,
        "program p{number} \"P{number}\" {{\n offers {own_offers}\n coordinator managed_care\n source page"
    )
    .unwrap();
    if professionals {
        writeln!(text, " audience professionals").unwrap();
    }
    match dice.roll(3) {
        0 => writeln!(text, " financing medicaid when {}, otherwise title_v", facts.atom(dice)).unwrap(),
        1 => writeln!(text, " financing title_v").unwrap(),
        _ => {}
    }
    if shape.sums && dice.one_in(3) {
        writeln!(text, " poverty year 2024 from 2024-02-29\n poverty year 2025 from 2026-06-01").unwrap();
    }
    match dice.roll(12) {
        0 => writeln!(text, " since 2030-01-01").unwrap(),
        1 => writeln!(text, " until 2023-12-31").unwrap(),
        2 => writeln!(text, " since 2024-02-29\n until 2026-12-31").unwrap(),
        _ => {}
    }
    let other = dice.roll(shape.programs);
    let defers = dice.roll(4);
    match defers {
        0 | 1 => writeln!(text, " defers to any care_coordination received").unwrap(),
        2 if other != number => writeln!(text, " defers to p{other}").unwrap(),
        _ => {}
    }
    match own.roll(6) {
        _ if shape.is_large() || other == number => {}
        0 | 1 if defers != 2 => writeln!(text, " supplements p{other}").unwrap(),
        2 if defers != 2 => writeln!(text, " within p{other}").unwrap(),
        3 if other < shape.enrolled => writeln!(text, " excluded by p{other}").unwrap(),
        4 => writeln!(text, " mandatory into p{other}\n payer of last resort").unwrap(),
        _ => {}
    }
    // A name stands for what several programs share. A program reads those before it, and so never itself.
    pool.atoms.extend(defined.iter().cloned());
    if number > 0 && dice.one_in(3) {
        pool.atoms.push(format!("eligible for p{}", dice.roll(number)));
    }
    if other != number && other < shape.enrolled && dice.one_in(2) {
        pool.atoms.push(format!("receiving p{other}"));
    }
    text.push_str(" eligible when all of {\n");
    pool.criterion(dice, shape.depth, 2, text);
    pool.criterion(dice, 1, 2, text);
    if dice.one_in(4) {
        text.push_str("  not stated \"an income limit\"\n");
    }
    text.push_str(" }\n");
    for benefit in 0..benefits {
        let coordinates = coordinating == Some(benefit);
        let offers = if coordinates { "care_coordination" } else { "payment_for_care" };
        writeln!(text, " benefit b{benefit} \"B{benefit} of P{number}\" {{\n  offers {offers}").unwrap();
        if own.one_in(3) {
            writeln!(text, "  financing medicaid when {}, otherwise title_v", facts.atom(&mut own)).unwrap();
        }
        if !own.one_in(5) {
            let mut lines = String::new();
            pool.criterion(&mut own, 1, 0, &mut lines);
            writeln!(text, "  eligible when {}", lines.trim()).unwrap();
        }
        text.push_str(" }\n");
    }
    if number < shape.enrolled {
        if dice.one_in(4) {
            writeln!(text, " receiving when enrolled in p{number} and {}", facts.atom(dice)).unwrap();
        } else {
            writeln!(text, " receiving when enrolled in p{number}").unwrap();
        }
    }
    for Implied { then, .. } in implications.iter().filter(|own| own.when == So::Enrolled(number)) {
        let then: Vec<String> = then.iter().map(|so| so.written()).collect();
        let any = if then.len() > 1 { "any of " } else { "" };
        writeln!(text, " enrolled implies {any}{}", then.join(", ")).unwrap();
    }
    text.push_str("}\n");
}

/// Spanish for every text between quotation marks.
fn spanish(rules: &str) -> String {
    let mut out = String::new();
    let mut seen: Vec<&str> = Vec::new();
    let same = ["state ", "phone "];
    for line in rules.lines().filter(|line| !same.iter().any(|word| line.trim_start().starts_with(word))) {
        for text in line.split('"').skip(1).step_by(2) {
            if !seen.contains(&text) {
                seen.push(text);
                writeln!(out, "\"{text}\": \"es: {text}\"").unwrap();
            }
        }
    }
    out
}
