//! What a new version of rules changes, for whom: told of every child for whom anything differs, and of nobody else.

use super::{Witness, seeds};
use crate::random::{Dice, RuleSet, Shape, changed, reworded, rule_set};
use crate::reference::{Differs, Said, Versions, share_vocabulary};
use carepath::child::{Answers, Raw, read};
use carepath::compare::{Change, Difference, Outcome, compare, questions};
use carepath::program::Program;
use carepath::screen::{Detail, Screener};
use carepath::source::SourceFile;
use carepath::value::{Date, Lang};
use std::collections::{BTreeMap, BTreeSet};

/// No more children than this are counted; of more, random ones.
const MOST_COUNTED: usize = 600;
/// Beyond so many kinds of changes, each thing that changes is told by itself.
const MOST_CHANGES: usize = 60;
/// No more later days than this are tried.
const MOST_DAYS: usize = 6;

/// Rules and a changed version of them.
struct Pair<'r> {
    rules: &'r RuleSet,
    files: Vec<SourceFile>,
    programs: [Program; 2],
}

/// Tells what was changed, where a law does not hold.
impl Drop for Pair<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            for (old, new) in self.rules.files.iter().zip(&self.files) {
                let [before, after] = [old, new].map(|file| file.text.lines().collect::<Vec<_>>());
                let only = |of: &[&str], than: &[&str], sign: char| {
                    let lines = of.iter().filter(|line| !than.contains(line));
                    lines.for_each(|line| eprintln!("{sign} {line}"));
                };
                if before != after {
                    eprintln!("{}", new.path);
                    only(&before, &after, '-');
                    only(&after, &before, '+');
                }
            }
        }
    }
}

/// Tries a law on random rules and another version of each; which of the two is the new one is random.
fn each_pair(
    usual: u64,
    another: impl Fn(&mut Dice, &RuleSet) -> Option<(Vec<SourceFile>, Program)>,
    mut law: impl FnMut(&mut Dice, &Pair<'_>) -> bool,
) {
    let mut tried = 0;
    for seed in seeds(usual) {
        let mut dice = Dice::new(seed);
        let shape = Shape::small(&mut dice);
        let rules = rule_set(&mut dice, &shape);
        let Some((files, program)) = another(&mut dice, &rules) else { continue };
        let mut programs = [rules.program.clone(), program];
        if dice.one_in(2) {
            programs.reverse();
        }
        let _witness = Witness(seed, &rules);
        tried += usize::from(law(&mut dice, &Pair { rules: &rules, files, programs }));
    }
    assert!(tried * 3 >= seeds(usual).count(), "only {tried} pairs are small enough");
}

/// Both versions, each with the vocabulary of the other.
fn shared(pair: &Pair<'_>) -> [Program; 2] {
    let mut shared = pair.programs.clone();
    share_vocabulary(&mut shared);
    shared
}

#[test]
fn a_child_is_in_a_change_where_anything_differs_and_nowhere_else() {
    let mut moved = 0;
    each_pair(150, changed, |dice, pair| {
        let (shared, day) = (shared(pair), pair.rules.day);
        let Some(versions) = Versions::new(&shared, day) else { return false };
        let mut children = versions.children();
        let differ = children.iter().any(|child| !versions.differs(child).is_empty());
        if children.len() > MOST_COUNTED {
            dice.shuffle(&mut children);
            children.truncate(MOST_COUNTED);
        }
        let [old, new] = &pair.programs;
        let questions = questions(old, new);
        let population: Vec<Answers> = children
            .iter()
            .map(|child| {
                let answers = versions.answers(child);
                read(&questions, &Raw::Map(answers.clone()), day)
                    .unwrap_or_else(|errors| panic!("{answers:?}: {errors:?}"))
            })
            .collect();
        let difference = compare(old, new, day, &population).unwrap();
        let now: Vec<&Change> = difference.changes.iter().filter(|change| change.from.is_none()).collect();
        assert_eq!(!now.is_empty(), differ, "{:#?}", difference.changes);
        let differs: Vec<Differs> = children.iter().map(|child| versions.differs(child)).collect();
        let apart = now.len() > MOST_CHANGES || now.iter().all(|change| flat(change).len() == 1);
        let mut expected: BTreeMap<Differs, usize> = BTreeMap::new();
        for differs in differs.iter().filter(|differs| !differs.is_empty()) {
            let single =
                |(name, values): (&String, &[String; 2])| Differs::from([(name.clone(), values.clone())]);
            match apart {
                true => differs.iter().map(single).for_each(|one| *expected.entry(one).or_default() += 1),
                false => *expected.entry(differs.clone()).or_default() += 1,
            }
        }
        let mut found: BTreeMap<Differs, usize> = BTreeMap::new();
        for change in &now {
            assert!(change.child.is_some(), "no example: {}", change.text());
            let known = found.insert(flat(change), change.share.unwrap());
            assert_eq!(known, None, "told twice: {}", change.who);
        }
        found.retain(|_, share| *share > 0);
        assert_eq!(found, expected);
        let changed = differs.iter().filter(|differs| !differs.is_empty()).count();
        assert_eq!((difference.moved, difference.population), (changed, children.len()));
        moved += usize::from(differ);
        true
    });
    assert!(moved >= 40 || seeds(150).count() < 150, "only in {moved} pairs anything differs");
}

#[test]
fn what_is_proved_the_same_is_so_on_every_later_day() {
    let mut same = 0;
    each_pair(60, changed, |dice, pair| {
        let shared = shared(pair);
        let [old, new] = &pair.programs;
        let difference = compare(old, new, pair.rules.day, &[]).unwrap();
        let mut tried = false;
        for day in later_days(dice, pair) {
            let Some(versions) = Versions::new(&shared, day) else { continue };
            tried = true;
            let differ = versions.children().into_iter().find(|child| !versions.differs(child).is_empty());
            if let Some(child) = differ.filter(|_| difference.changes.is_empty()) {
                panic!("on {day} {:?} differ for {:?}", versions.differs(&child), versions.answers(&child));
            }
        }
        same += usize::from(difference.changes.is_empty());
        tried
    });
    assert!(same >= 5 || seeds(60).count() < 60, "only {same} pairs are the same");
}

#[test]
fn every_example_moves_as_it_is_told() {
    each_pair(60, changed, |_, pair| {
        let shared = shared(pair);
        let [old, new] = &pair.programs;
        let Difference { changes, .. } = compare(old, new, pair.rules.day, &[]).unwrap();
        let mut days: BTreeMap<Date, Option<Versions<'_>>> = BTreeMap::new();
        let screeners = [0, 1].map(|version| Screener::new(shared[version].clone()));
        for (number, change) in changes.iter().enumerate() {
            let day = change.from.unwrap_or(pair.rules.day);
            let versions = days.entry(day).or_insert_with(|| Versions::new(&shared, day));
            let Some(versions) = versions else { return false };
            let Some(Raw::Map(child)) = &change.child else { panic!("no example: {}", change.who) };
            let Some(known) = versions.in_known_codes(child) else { continue };
            let said = [0, 1].map(|version| Said::new(&versions.worlds[version], &known));
            let own = flat(change);
            let apart = changes.len() > MOST_CHANGES;
            let mut met = false;
            for other in versions.children() {
                if !versions.could_say(&other, &said) {
                    continue;
                }
                met = true;
                let differs = versions.differs(&other);
                let all = own.iter().all(|(name, values)| differs.get(name) == Some(values));
                assert!(all && (apart || own.len() == differs.len()), "{child:?}\n{own:#?}\n{differs:#?}");
            }
            assert!(met, "nobody could say {child:?}");
            if number < 4 {
                for (screener, outcome) in screeners.iter().zip([&change.before, &change.after]) {
                    screened(screener, child, day, outcome);
                }
            }
        }
        true
    });
}

#[test]
fn other_words_change_nothing_and_are_told() {
    each_pair(20, reworded, |_, pair| {
        let [old, new] = &pair.programs;
        let difference = compare(old, new, pair.rules.day, &[]).unwrap();
        assert_eq!(difference.changes, []);
        assert!(!difference.reworded.is_empty());
        true
    });
}

#[test]
fn the_same_rules_differ_in_nothing() {
    for seed in seeds(20) {
        let mut dice = Dice::new(seed);
        let rules = rule_set(&mut dice, &Shape::large(20, 8));
        let _witness = Witness(seed, &rules);
        if let Ok(difference) = compare(&rules.program, &rules.program, rules.day, &[]) {
            assert_eq!(difference, Difference::default());
        }
    }
}

/// The screening of the example under one version shows what is told.
fn screened(screener: &Screener, child: &[(String, Raw)], day: Date, outcome: &Outcome) {
    let result = screener.screen(&Raw::Map(child.to_vec()), day, Lang::En, Detail::Staff).unwrap();
    let own = |id: &str| result.programs.iter().find(|program| program.id == id);
    // Among which programs an agency decides may be open where the first of them is not.
    if outcome.lead.is_some() && outcome.status.as_deref() != Some("review") {
        let lead = (result.lead.program.clone(), Some(result.lead.status.to_owned()));
        assert_eq!(lead, (outcome.lead.clone(), outcome.status.clone()), "{child:?}");
    }
    for (id, decision) in &outcome.decisions {
        let found = own(id).map_or("no such program", |own| own.decision);
        assert_eq!(found, decision, "{id} of {child:?}");
    }
    for (id, receiving) in &outcome.receiving {
        assert_eq!(own(id).map_or("no", |own| own.receiving), receiving, "{id} of {child:?}");
    }
    for (id, kind) in &outcome.duplicates {
        let found = result.duplicates.iter().find(|duplicate| duplicate.program == *id);
        assert_eq!(found.map_or("no", |duplicate| duplicate.kind), kind, "{id} of {child:?}");
    }
}

/// What a change tells, as the reference names it.
fn flat(change: &Change) -> Differs {
    let mut found = Differs::new();
    let sides = [&change.before, &change.after];
    let mut add = |name: String, of: &dyn Fn(&Outcome) -> Option<String>| {
        found
            .insert(name.clone(), sides.map(|side| of(side).unwrap_or_else(|| panic!("{name} on one side"))));
    };
    if change.before.lead.is_some() {
        let lead = |side: &Outcome| Some(format!("{} {}", side.lead.as_ref()?, side.status.as_ref()?));
        add("lead".to_owned(), &lead);
    }
    if change.before.contact_first.is_some() {
        add("contact".to_owned(), &|side| side.contact_first.clone());
    }
    type Told = fn(&Outcome) -> &BTreeMap<String, String>;
    let maps: [(&str, Told); 6] = [
        ("decision", |side| &side.decisions),
        ("benefit", |side| &side.benefits),
        ("receiving", |side| &side.receiving),
        ("alongside", |side| &side.alongside),
        ("duplicate", |side| &side.duplicates),
        ("payer", |side| &side.payers),
    ];
    for (word, map) in maps {
        for id in map(sides[0]).keys() {
            add(format!("{word} {id}"), &|side| map(side).get(id).cloned());
        }
    }
    found
}

/// The day itself, and days on which rules begin or end, or on which ages on other days come apart.
fn later_days(dice: &mut Dice, pair: &Pair<'_>) -> Vec<Date> {
    let day = pair.rules.day;
    let mut days: BTreeSet<Date> =
        BTreeSet::from([day.next(), Date::from_day_number(day.day_number() + 100)]);
    for file in pair.rules.files.iter().chain(&pair.files) {
        for (at, _) in file.text.match_indices("20") {
            let written = file.text.get(at..at + 10).and_then(Date::parse);
            days.extend(written.into_iter().flat_map(|date| [date, date.next()]));
        }
    }
    let mut days: Vec<Date> = days.into_iter().filter(|later| *later > day).collect();
    dice.shuffle(&mut days);
    days.truncate(MOST_DAYS);
    days.push(day);
    days
}
