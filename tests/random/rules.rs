//! A random state: its facts, lists, implications, programs and route, as rule files and compiled.

use super::Dice;
use super::criteria::Pool;
use super::declared::{DOUBLED, declared, of_special_need};
use super::facts::{Implied, So, facts};
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
    /// Whether several large numbers are added up.
    pub(crate) totals: bool,
    /// Whether what a household earns is told by the month.
    pub(crate) monthly: bool,
    /// Whether small numbers have a decimal.
    pub(crate) decimals: bool,
    /// Whether children have special needs, something is declared of all of them, and not every program is in the route.
    pub(crate) declared: bool,
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
            totals: false,
            monthly: own.one_in(2),
            decimals: own.one_in(2),
            declared: false,
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
            totals: false,
            monthly: false,
            decimals: false,
            declared: false,
        }
    }

    pub(super) fn is_large(&self) -> bool {
        self.yes_no > 12
    }
}

/// The places that a child can live in.
pub(super) const PLACES: [&str; 5] = ["Lee", "St. Francis", "Doña Ana", "Desha", "Polk"];
/// What a family can need.
pub(super) const NEEDS: [&str; 3] = ["food", "housing", "rides"];

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

/// Two sums of several large numbers that have one in common.
const TOTALS: &str = "
score left_over \"left over\" {
 add 1 for each 10 of total_0
 subtract 1 for each 10 of total_1
 add 2 when fact_0
}
score means \"means\" {
 add 1 for each 10 of total_0
 add 1 for each 10 of total_2 rounded up
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
    let mut implications: Vec<Implied> =
        (0..shape.implications).filter_map(|_| Implied::new(dice, shape)).collect();
    if shape.declared {
        implications.extend(of_special_need(&mut dice.clone(), shape));
    }
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
    let doubled = if shape.lists && shape.declared { DOUBLED } else { "" };
    let lists =
        [if shape.lists { LISTS } else { "" }, doubled, if shape.places > 0 { PLACE_LIST } else { "" }];
    files.push(("ok/lists.yaml", lists.concat()));
    if shape.sums {
        files.push(("us/poverty.yaml", POVERTY.to_owned()));
    }
    files.retain(|(_, text)| !text.is_empty());
    files.into_iter().map(|(path, text)| SourceFile { path: path.to_owned(), text }).collect()
}

fn care(dice: &mut Dice, shape: &Shape, implications: &[Implied]) -> String {
    let mut text = String::from("state OK \"Oklahoma\"\n");
    text.push_str("contact helpline \"Helpline\" {\n phone \"211\"\n source page\n}\n");
    text.push_str("contact families \"Families\" {\n phone \"212\"\n source page\n}\n");
    if shape.sums {
        let a_year = "add 1 for each household_income";
        let figures = if shape.monthly {
            FIGURES.replace(a_year, "add 12 for each household_income")
        } else {
            FIGURES.into()
        };
        text.push_str(&figures);
    }
    if shape.totals {
        text.push_str(TOTALS);
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
    if shape.declared {
        let mut own = dice.clone();
        text.push_str(&declared(&mut own, shape, &defined));
        let last = leads.pop();
        leads.retain(|_| own.one_in(3));
        leads.extend(last);
        beside.retain(|_| own.one_in(2));
    }
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
