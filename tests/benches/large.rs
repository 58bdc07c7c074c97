//! States that read like real ones and are as large as wanted, up to a rule file of 1 MB, with their lists, sources,
//! statements and Spanish. The same bytes on every machine.

use super::random::Dice;
use carepath::source::{SourceFile, Sources};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// So many programs come to 1 MB.
const PROGRAMS: usize = 800;
/// Programs that can lead; the others help beside them.
const LEADS: usize = 8;
const FACTS: usize = 70;
const LISTS: usize = 40;
const SOURCES: usize = 120;

const PLACES: [&str; 12] = [
    "Adair", "Beaver", "Blaine", "Caddo", "Cherokee", "Comanche", "Delaware", "Garfield", "Kay", "Latimer",
    "Osage", "Tulsa",
];
const HELPS: [&str; 10] = [
    "respite care",
    "rides to appointments",
    "hearing aids",
    "home changes",
    "special food",
    "summer camps",
    "parent groups",
    "sitter training",
    "dental care",
    "medical equipment",
];
const AYUDAS: [&str; 10] = [
    "descanso para cuidadores",
    "viajes a las citas",
    "audífonos",
    "cambios en la casa",
    "comida especial",
    "campamentos de verano",
    "grupos de padres",
    "formación de cuidadores",
    "atención dental",
    "equipo médico",
];

/// The shared rules, and Oklahoma's with 1 MB in its one rule file.
pub(crate) fn large() -> Sources {
    of(PROGRAMS)
}

/// The shared rules, and so many programs of Oklahoma's.
pub(crate) fn of(programs: usize) -> Sources {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/us");
    let mut files: Vec<SourceFile> = ["es.yaml", "facts.yaml", "sources.yaml", "terms.yaml", "us.care"]
        .into_iter()
        .map(|name| SourceFile {
            path: format!("us/{name}"),
            text: fs::read_to_string(shared.join(name)).unwrap(),
        })
        .collect();
    let mut written = Written::default();
    written.vocabulary();
    written.care.push_str(
        "# Oklahoma: what the state, its counties and its charities offer.\n\nstate OK \"Oklahoma\"\n",
    );
    let mut dice = Dice::new(5);
    for program in 0..programs {
        written.program(&mut dice, program);
    }
    written.end(programs);
    let Written { care, facts, lists, sources, statements, es } = written;
    let own = [
        ("ok.care", care),
        ("facts.yaml", facts),
        ("lists.yaml", lists),
        ("sources.yaml", sources),
        ("statements.yaml", statements),
        ("es.yaml", es),
    ];
    files.extend(own.map(|(name, text)| SourceFile { path: format!("ok/{name}"), text }));
    Sources::new(files)
}

#[derive(Default)]
struct Written {
    care: String,
    facts: String,
    lists: String,
    sources: String,
    statements: String,
    es: String,
}

impl Written {
    /// A text of the rules in quotation marks, with its Spanish in the other file.
    fn text(&mut self, english: &str, spanish: &str) -> String {
        writeln!(self.es, "\"{english}\": \"{spanish}\"").unwrap();
        format!("\"{english}\"")
    }

    /// A statement of a source, to be cited.
    fn statement(&mut self, id: &str, text: &str, source: usize) {
        let source = source % SOURCES;
        write!(
            self.statements,
            "- id: {id}\n  text: {text}\n  source: manual_{source}\n  confidence: public\n\n"
        )
        .unwrap();
    }

    fn vocabulary(&mut self) {
        for fact in 0..FACTS {
            let help = fact % HELPS.len();
            let (english, spanish) = (HELPS[help], AYUDAS[help]);
            write!(
                self.facts,
                "- id: need_{fact}\n  type: yes_no\n  topic: health\n  \
                 name: {{ en: a need number {fact} for {english}, es: una necesidad número {fact} de {spanish} }}\n  \
                 question: {{ en: Does your child need {english} because of condition {fact}?, es: ¿Necesita su hijo o hija {spanish} por la condición {fact}? }}\n  \
                 help: {{ en: A doctor or a nurse can tell you., es: Un médico o una enfermera puede decirlo. }}\n  \
                 yes: {{ en: the child needs {english}, es: su hijo o hija necesita {spanish} }}\n  \
                 no: {{ en: the child does not need {english}, es: su hijo o hija no necesita {spanish} }}\n\n"
            )
            .unwrap();
        }
        for source in 0..SOURCES {
            write!(
                self.sources,
                "- id: manual_{source}\n  title: Manual {source} of the Department of Health\n  publisher: Oklahoma State Department of Health\n  \
                 date: 2025-03-01\n  address: https://example.org/manual/{source}\n\n"
            )
            .unwrap();
        }
        let letters = ["A", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "Q"];
        for list in 0..LISTS {
            write!(
                self.lists,
                "- id: conditions_{list}\n  name: {{ en: conditions of group {list}, es: condiciones del grupo {list} }}\n  \
                 status: official\n  source: manual_{}\n  entries:\n",
                list * 3
            )
            .unwrap();
            for entry in 0..15 {
                let letter = letters[(list + entry) % letters.len()];
                let number = (list * 7 + entry * 5) % 90 + 10;
                writeln!(
                    self.lists,
                    "    - {{ code: {letter}{number}, name: {{ en: Condition {letter}{number}, es: Condición {letter}{number} }} }}"
                )
                .unwrap();
            }
        }
        for (place, county) in PLACES.into_iter().enumerate() {
            let (english, spanish) =
                (format!("{county} County office"), format!("Oficina del condado de {county}"));
            let name = self.text(&english, &spanish);
            let hours = if place == 0 {
                self.text("Monday to Friday, 8 to 5", "De lunes a viernes, de 8 a 5")
            } else {
                "\"Monday to Friday, 8 to 5\"".to_owned()
            };
            write!(
                self.care,
                "contact office_{place} {name} {{\n    phone   \"1-405-555-01{place:02}\"\n    hours   {hours}\n    source  manual_{place}\n}}\n\n"
            )
            .unwrap();
        }
    }

    fn program(&mut self, dice: &mut Dice, number: usize) {
        let (place, help) = (PLACES[number % PLACES.len()], number % HELPS.len());
        let (english, spanish) = (HELPS[help], AYUDAS[help]);
        let office = number % PLACES.len();
        let manual = number * 7 % SOURCES;
        let name = self.text(
            &format!("{place} County program {number} for {english}"),
            &format!("Programa {number} del condado de {place}: {spanish}"),
        );
        let who = self.text(
            &format!("the worker of program {number} in {place} County"),
            &format!("la persona encargada del programa {number} en el condado de {place}"),
        );
        let step = self.text(
            &format!("Call the {place} County office and ask for the form of program {number}. Have the health card ready."),
            &format!("Llame a la oficina del condado de {place} y pida el formulario del programa {number}. Tenga a mano la tarjeta de salud."),
        );
        let note = self.text(
            &format!("Program {number} has a waiting list in some months; the office can say how long it is."),
            &format!("El programa {number} tiene lista de espera en algunos meses; la oficina puede decir cuánto dura."),
        );
        let silent = self.text(
            &format!("whether families of program {number} pay a part"),
            &format!("si las familias del programa {number} pagan una parte"),
        );
        let offers =
            if number < LEADS { "care_coordination, service_plan" } else { "family_support, information" };
        let age = 3 + dice.roll(19);
        self.statement(
            &format!("age_{number}"),
            &format!(
                "Program {number} is for children under {age}; the birthday ends it. See chapter {}.",
                number % 9 + 1
            ),
            manual,
        );
        self.statement(
            &format!("need_{number}"),
            &format!("Program {number} is for families who need {english} and have no other payer for it."),
            manual + 1,
        );
        let fact = |dice: &mut Dice| {
            let shared =
                ["ssi", "foster_care", "developmental_disability", "behavioral_health_need", "pregnant"];
            match dice.roll(4) {
                0 => shared[dice.roll(shared.len())].to_owned(),
                // Programs of one kind ask about the same needs.
                _ => format!("need_{}", (help * 7 + dice.roll(7)) % FACTS),
            }
        };
        let list = (help * 4 + dice.roll(4)) % LISTS;
        let needs: Vec<String> = (0..7).map(|_| fact(dice)).collect();
        let (tier, income) = (2 + dice.roll(2), 20 + dice.roll(5) * 10);
        // Who coordinates takes children with certain conditions; who helps beside them looks at the need.
        let need = if number < LEADS {
            format!("assessment_tier at least {tier}  cites need_{number}")
        } else {
            let [a, b, c, d, e, f, g] = &needs[..] else { unreachable!() };
            format!(
                "any of {{
            {a}
            {b}
            all of {{
                {c}
                not {d}
            }}
            assessment_tier at least {tier}
            household_income at most {income},000
        }}                                cites need_{number}
        {e} or {f}
        unless {g} and medicaid"
            )
        };
        let (chapter, section, year) = (number % 9 + 1, number % 14 + 1, number % 20 + 5);
        write!(
            self.care,
            r#"
# Program {number}, as the manual of {place} County has it.
program p{number} {name} {{
    offers       {offers}
    coordinator  title_v_staff {who}
    financing    medicaid by targeted_case_management when medicaid_eligible, otherwise title_v by block_grant
    cost         not stated
    source       manual_{manual} "Chapter {chapter}, section {section}"
    contact      office_{office}
    note         {note}
    step when not received {step}
    since        20{year:02}-07-01

    eligible when all of {{
        age under {age}                   cites age_{number}
        any diagnosis in conditions_{list}
        {need}
        not stated {silent}
    }}
}}
"#
        )
        .unwrap();
    }

    fn end(&mut self, programs: usize) {
        let leads: Vec<String> = (0..LEADS.min(programs)).map(|program| format!("p{program}")).collect();
        write!(
            self.care,
            "\nroute {{\n    lead       first of {}\n    otherwise  office_0\n}}\n",
            leads.join(", ")
        )
        .unwrap();
    }
}
