//! Random declarations: what an author says of all children, and which findings are meant to be so.

use super::Dice;
use super::criteria::Pool;
use super::facts::{Implied, So};
use super::rules::Shape;
use std::fmt::Write as _;

/// Its first entry holds all that its second does, and more.
pub(super) const DOUBLED: &str = "
- id: doubled
  name: { en: doubled, es: doubled }
  status: quoted
  source: page
  entries: [{ code: Q20-Q24, name: { en: g, es: g } }, { code: Q21.0, name: { en: b, es: b } }, { code: E84, name: { en: a, es: a } }]
";

/// What is told of the special need by definition.
pub(super) fn of_special_need(dice: &mut Dice, shape: &Shape) -> Vec<Implied> {
    let mut implied = Vec::new();
    for _ in 0..dice.roll(3) {
        let when = So::any(dice, shape);
        implied.push(Implied { when, then: vec![So::SpecialNeed] });
    }
    implied
}

/// Some invariants and intended findings, most of which do not hold.
pub(super) fn declared(dice: &mut Dice, shape: &Shape, defined: &[String]) -> String {
    let mut pool = Pool::new(dice, shape);
    pool.dated = false;
    pool.atoms.extend(defined.iter().cloned());
    pool.atoms.push(format!("eligible for p{}", dice.roll(shape.programs)));
    let criterion = |dice: &mut Dice| {
        let mut lines = String::new();
        pool.criterion(dice, 1, 0, &mut lines);
        lines.trim().to_owned()
    };
    let mut text = String::new();
    for _ in 0..dice.roll(3) {
        let word = dice.pick(&["always", "never"]);
        writeln!(text, "{word}: {}", criterion(dice)).unwrap();
    }
    for _ in 0..1 + dice.roll(3) {
        let what = if dice.one_in(5) { So::SpecialNeed } else { So::any(dice, shape) };
        let (turn, comes) = (dice.pick(&["losing", "gaining"]), dice.pick(&["opens", "closes"]));
        let program = dice.roll(shape.programs);
        writeln!(text, "always: {turn} {} never {comes} p{program}", what.written()).unwrap();
    }
    for number in 0..dice.roll(3) {
        writeln!(text, "intended gap when {}: \"gap {number}\"", criterion(dice)).unwrap();
    }
    if dice.one_in(2) {
        let two = dice.some_of(shape.programs, 2);
        writeln!(text, "intended overlap of p{}, p{}: \"overlap\"", two[0], two[1]).unwrap();
    }
    text
}
