//! The questions on a terminal, and what a person reads at their end.

use crate::program::*;

/// A state in which income decides: five ranges to choose from, of which some have to be told more exactly.
const BY_INCOME: &str = include_str!("../browser/by-income/ok.care");

/// Answers the questions of that state on a terminal.
fn by_income(lang: &str, lines: &[&str]) -> Ran {
    let folder = Folder::with_rule_file(BY_INCOME);
    folder.write("ok/es.yaml", include_str!("../browser/by-income/es.yaml"));
    let path = folder.path("");
    typed(&["screen", "--rules", &path, "--state", "OK", "--as-of", "2026-06-01", "--lang", lang], lines)
        .ends_with(0)
}

/// A state whose words change with who answers.
const BY_ANYBODY: &str = r#"state OK "Oklahoma"

program nurses "The Nurses" {
    offers       care_coordination
    coordinator  title_v_staff
    source       medicaid_notice
    step         "Say what <your child needs|you need|the child needs>."
    eligible when ventilator
}

contact line "The line" {
    phone  "211"
    source medicaid_notice
}

route {
    lead       first of nurses
    otherwise  line
}
"#;
const BY_ANYBODY_FACTS: &str = "- id: ventilator
  type: yes_no
  topic: health
  name: { en: a ventilator, es: un ventilador }
  question:
    en: <Does your child|Do you|Does the child> use a ventilator?
    es: ¿<Su hijo o hija|Usted|El niño o la niña> usa un ventilador?
  yes: { en: uses a ventilator, es: usa un ventilador }
  no: { en: uses no ventilator, es: no usa ventilador }
";
const BY_ANYBODY_SPANISH: &str = "The Nurses: Las Enfermeras
The line: La línea
Say what <your child needs|you need|the child needs>.: Diga lo que <su hijo o hija|usted|el niño o la niña> necesita.
";

fn by_anybody() -> Folder {
    let folder = Folder::with_rule_file(BY_ANYBODY);
    folder.write("ok/facts.yaml", BY_ANYBODY_FACTS);
    folder.write("ok/es.yaml", BY_ANYBODY_SPANISH);
    folder
}

#[test]
fn who_answers_sets_the_wording() {
    let folder = by_anybody();
    let rules = folder.path("");
    let screen = ["screen", "--rules", &rules, "--state", "OK"];
    for (more, asked, told) in [
        (&[][..], "Does your child use a ventilator?", "- Say what your child needs."),
        (&["--by", "parent"], "Does your child use a ventilator?", "- Say what your child needs."),
        (&["--by", "self"], "Do you use a ventilator?", "- Say what you need."),
        (&["--by", "helper"], "Does the child use a ventilator?", "- Say what the child needs."),
        (&["--by", "self", "--lang", "es"], "¿Usted usa un ventilador?", "- Diga lo que usted necesita."),
    ] {
        let more = [&screen[..], more].concat();
        typed(&more, &["y"]).ends_with(0).tells(&[asked, told]);
        let first = [&more[..], &["--answers", "-", "--format", "json"]].concat();
        let result = fed(&first, "").ends_with(0).json();
        assert_eq!(result["next"]["question"], asked);
        assert_eq!(result["programs"][0]["steps"][0], told.trim_start_matches("- "));
    }
    // Staff see what is written.
    let sources = ["listing", "--rules", &rules, "--state", "OK"];
    run(&sources).ends_with(0).prints("Say what <your child needs|you need|the child needs>.");
}

#[test]
fn a_passage_that_has_not_three_wordings_is_not_published() {
    let folder = by_anybody();
    let (rules, out) = (folder.path(""), folder.path("out"));
    let check = ["check", "--rules", &rules, &folder.path("ok"), "--format", "json"];
    let codes = || {
        let found = run(&check).json()["findings"].take();
        let own = |found: &&Value| found["file"].as_str().unwrap().ends_with("ok/facts.yaml");
        let own = found.as_array().unwrap().iter().filter(own);
        own.map(|found| found["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let is_there = |code: &str| codes().iter().any(|found| found == code);
    assert!(!is_there("three-wordings") && !is_there("parents-only"), "{:?}", codes());
    folder.write(
        "ok/facts.yaml",
        BY_ANYBODY_FACTS.replace("<Does your child|Do you|Does the child>", "Does your child"),
    );
    assert!(is_there("parents-only") && !is_there("three-wordings"), "{:?}", codes());
    folder.write("ok/facts.yaml", BY_ANYBODY_FACTS.replace("|Does the child>", ">"));
    assert!(is_there("three-wordings"), "{:?}", codes());
    run(&["publish", "--rules", &rules, "--state", "OK", "-o", &out]).ends_with(1).says("three-wordings");
}

/// A state in which it decides alone in which of two programs a child is.
const BY_PROGRAM: &str = r#"state OK "Oklahoma"

program plan "The Plan" {
    offers       care_coordination
    coordinator  managed_care
    source       medicaid_notice
    asked as     "A health plan"
    eligible when enrolled in plan
    receiving when enrolled in plan
}

program club "The Club" {
    offers       care_coordination
    coordinator  title_v_staff
    source       medicaid_notice
    asked as     "A club for families"
    eligible when enrolled in club
    receiving when enrolled in club
}

contact line "The line" {
    phone  "211"
    source medicaid_notice
}

route {
    lead       first of plan, club
    otherwise  line
}
"#;

/// Answers the questions of a state on a terminal.
fn asked(state: &str, lines: &[&str]) -> Ran {
    typed(&["screen", "--state", state, "--as-of", "2026-06-01"], lines).ends_with(0)
}

/// What a person reads of a child whose answers stand in a file.
fn read(state: &str, lang: &str, answers: &str) -> Ran {
    let arguments = ["screen", "--state", state, "--as-of", "2026-06-01", "--lang", lang, "--answers", "-"];
    fed(&arguments, answers).ends_with(0)
}

impl Ran {
    /// These, one after the other.
    #[track_caller]
    fn tells(&self, words: &[&str]) {
        let mut rest = self.out.as_str();
        for words in words {
            let Some(at) = rest.find(words) else {
                panic!("`{words}` does not come, in this order, in:\n{}", self.out)
            };
            rest = &rest[at + words.len()..];
        }
    }
}

#[test]
fn a_range_is_chosen_and_then_told_more_exactly() {
    by_income("en", &["3", "2", "29,000"]).tells(&[
        "(about 1 to 4 questions left)\nHow many people live in your household?\n",
        "  a whole number from 1 to 20\n",
        "(about 1 to 2 questions left)\nHow much does your household earn in a year, before taxes?",
        "  1. $25,000 or less\n  2. $25,001 to $35,000\n",
        "  5. $55,001 or more\n",
        "(1 question left)\nHow much does your household earn in a year, before taxes?",
        "  a whole number from $25,001 to $35,000\n  ? keeps the range that you gave\n",
        "Your lead: looks like a match\n  Help by Income\n",
    ]);
    by_income("es", &["3", "2", "29,000"]).tells(&[
        "(quedan de 1 a 2 preguntas, más o menos)",
        "  2. De $25,001 a $35,000\n",
        "(queda 1 pregunta)",
        "  un número entero de $25,001 a $35,000\n  ? deja el rango que usted dio\n",
        "Quien puede coordinar: parece que corresponde\n  Ayuda según los ingresos\n",
    ]);
}

#[test]
fn a_range_that_decides_or_an_exact_number_ends_the_questions() {
    for income in ["1", "$29,500"] {
        let ran = by_income("en", &["3", income]);
        ran.tells(&["Your lead: looks like a match"]);
        assert!(!ran.out.contains("? keeps the range"), "{}", ran.out);
    }
}

#[test]
fn not_sure_of_the_exact_number_keeps_the_range() {
    by_income("en", &["3", "2", "?"]).tells(&[
        "Call first: some answers are still missing",
        "May match: an answer is missing\n  Help by Income\n",
        "[no] Household income a year: $20,000 or less ($25,001 to $35,000)",
        "[not known] Household income a year: $30,000 or less ($25,001 to $35,000)",
    ]);
}

#[test]
fn going_back_leads_from_the_number_to_the_range() {
    by_income("en", &["3", "2", "<", "5"]).tells(&[
        "? keeps the range that you gave",
        "(about 1 to 2 questions left)\nHow much does your household earn",
        "  5. $55,001 or more\n",
        "Does not match today\n  Help by Income",
    ]);
}

#[test]
fn what_cannot_be_is_said_and_the_question_put_again() {
    by_income("en", &["3", "2", "much", "29000"]).tells(&[
        "? keeps the range that you gave",
        "household_income",
        "? keeps the range that you gave",
        "Your lead: looks like a match",
    ]);
}

#[test]
fn a_set_may_be_known_in_part() {
    let folder = Folder::with_rule_file(BY_PROGRAM);
    let words = "The Plan: El plan\nThe Club: El club\nThe line: La línea\n\
                 A health plan: Un plan de salud\nA club for families: Un club de familias\n";
    folder.write("ok/es.yaml", words);
    let path = folder.path("");
    let arguments = ["screen", "--rules", &path, "--state", "OK", "--as-of", "2026-06-01"];
    let ran = typed(&arguments, &["2 ?", "?"]).ends_with(0);
    ran.tells(&[
        "Is your child in any of these now?",
        "  2. A club for families\n",
        "a ? behind them if you are not sure of the others",
        "Call first: some answers are still missing\n  The Club\n",
        "Also ask: Could my child be in The Plan?",
        "  The Club (your child has this now)\n",
        "[not known] Is in A health plan",
    ]);
    assert_eq!(ran.out.matches("Is your child in any of these now?").count(), 1, "{}", ran.out);
}

#[test]
fn no_more_questions_come_than_were_promised() {
    // The terminal takes its time to end where it was typed too much: all at once.
    thread::scope(|scope| {
        for state in ["AR", "MA"] {
            for reply in ["?", "yes", "no"] {
                scope.spawn(move || keeps_its_promise(state, reply));
            }
        }
    });
}

/// Where a reply is no answer, the question is put again and *I'm not sure* is. What is too much is not read.
fn keeps_its_promise(state: &str, reply: &str) {
    let ran = asked(state, &[reply, "?"].repeat(12));
    let mut left: Vec<usize> = ran.out.lines().filter_map(most_left).collect();
    left.dedup();
    assert!(left.windows(2).all(|two| two[1] < two[0]), "{left:?} in:\n{}", ran.out);
    assert!(left.len() <= left[0], "{left:?} in:\n{}", ran.out);
    assert!(!ran.out.contains("Next question"), "{}", ran.out);
}

/// Of "(about 2 to 4 questions left)" the 4.
fn most_left(line: &str) -> Option<usize> {
    let number = line.strip_prefix('(')?.strip_suffix(" left)")?.rsplit_once(" question")?.0;
    number.rsplit(' ').next()?.parse().ok()
}

/// 17 years old, and refused by Medicaid.
const REFUSED: &str = "birth_month: 2009-03\nmedicaid: no\nmedicaid_eligible: no\ndiagnosis: [E84.0]\n\
                       behavioral_health_need: yes\nenrolled: []\n";

#[test]
fn what_would_change_it_is_one_sentence_with_how_to_come_to_it() {
    let whole = format!("{REFUSED}assessment_tier: 1\n");
    read("AR", "en", &whole).tells(&[
        "Does not match today\n  Provider-led Arkansas Shared Savings Entity (PASSE)",
        "    What would change this\n      - Can get Medicaid (you can apply) and the tier of the Independent Assessment: \
         2 or more (ask for an assessment)\n",
        "  Children with Chronic Health Conditions Program",
        "    What would change this\n      - Can get Medicaid (you can apply)\n",
    ]);
    read("AR", "es", &whole).tells(&[
        "    Qué cambiaría esto\n      - Puede tener Medicaid (puede hacer la solicitud) y el nivel de la Evaluación \
         Independiente: 2 o más (pida una evaluación)\n",
    ]);
    read("AR", "en", REFUSED).tells(&[
        "      - Can get Medicaid (you can apply)\n        This would also depend on: the tier of the Independent \
         Assessment.\n",
    ]);
}

#[test]
fn dates_that_matter_are_told_with_whom_to_call_then() {
    let child = "birth_month: 2008-11\nmedicaid: yes\nenrolled: []\nbehavioral_health_need: no\n\
                 developmental_disability: no\n";
    read("AR", "en", child).tells(&[
        "  Children with Chronic Health Conditions Program\n",
        "    Dates that matter\n      - This ends between 2029-11-01 and 2029-11-30. From then on, call first: \
         Arkansas Department of Human Services, client line.\n",
    ]);
    read("AR", "es", child)
        .tells(&["    Fechas importantes\n      - Esto termina entre el 2029-11-01 y el 2029-11-30."]);
    let child = "birth_month: 2008-11\nmedicaid: yes\nenrolled: []\nspecial_health_care_need: yes\n\
                 complex_coordination_need: yes\n";
    // Whom one calls first already is not said again.
    read("MA", "en", child).tells(&[
        "  MassHealth CARES for Kids\n",
        "    Dates that matter\n      - This ends between 2029-11-01 and 2029-11-30.\n",
    ]);
}

#[test]
fn a_lead_that_ends_says_when_and_who_comes_next() {
    let child =
        "medicaid: yes\nenrolled: [cchcp]\nbehavioral_health_need: no\ndevelopmental_disability: no\n";
    let lead = "Your lead\n  Children with Chronic Health Conditions Program\n";
    for (birth, ends) in [
        ("birth_month: 2004-03", "  By the rules, this help ended in 2025-03. Ask how long it goes on."),
        ("birth_date: 2004-03-15", "  By the rules, this help ended on 2025-03-15. Ask how long it goes on."),
    ] {
        let then = " After that, call: Arkansas Department of Human Services, client line.\n";
        read("AR", "en", &format!("{child}{birth}\n")).tells(&[lead, ends, then]);
    }
    read("AR", "es", &format!("{child}birth_month: 2004-03\n")).tells(&[
        "  Según las reglas, esta ayuda terminó en 2025-03. Pregunte hasta cuándo sigue. Después llame a:",
    ]);
}

#[test]
fn an_amount_of_a_month_is_asked_and_told_as_one() {
    let ssi = |lang, lines: &[&str]| {
        let rules =
            ["screen", "--rules", "tests/programs/ssi_child", "--state", "OK", "--as-of", "2026-06-01"];
        typed(&[&rules[..], &["--lang", lang]].concat(), lines).ends_with(0)
    };
    ssi("en", &["?"; 9]).tells(&[
        "How much does your child earn by working in a month?\n",
        "  1. $1,690 a month or less\n  2. $1,691 to $2,830 a month\n",
        "What the child earns: $1,690 a month or less",
    ]);
    ssi("es", &["?"; 9]).tells(&["  1. $1,690 al mes o menos\n  2. De $1,691 a $2,830 al mes\n"]);
}

#[test]
fn a_number_with_decimals_is_typed_with_its_point() {
    let first_steps = |lang, lines: &[&str]| {
        let rules = ["screen", "--rules", "tests/programs/early_intervention", "--state", "IN"];
        let words = [&rules[..], &["--as-of", "2026-06-01", "--lang", lang]].concat();
        typed(&words, lines).ends_with(0)
    };
    // Nothing is known of the percentages: what is measured otherwise is asked.
    let unknown = ["?"; 20];
    first_steps("en", &unknown).tells(&["  a number like 1.5, from 0 to 6\n"]);
    first_steps("es", &unknown).tells(&["  un número como 1.5, de 0 a 6\n"]);
    let answers = "birth_date: 2024-03-01\ncognitive_deviations: 1.5\nphysical_deviations: 1.50\n";
    let rules = ["screen", "--rules", "tests/programs/early_intervention", "--state", "IN", "--answers", "-"];
    let told = fed(&[&rules[..], &["--as-of", "2026-06-01", "--lang", "es"]].concat(), answers).ends_with(0);
    told.tells(&["Desviaciones estándar por debajo del promedio en pensar y aprender: 1.5 o más (1.5)"]);
}
