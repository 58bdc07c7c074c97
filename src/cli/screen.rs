//! `carepath screen`: one child.

use super::files::{Loaded, Rules, read_answers};
use super::{Failure, Format, complain, interview, json, render, say};
use carepath::child::Raw;
use carepath::compile::compile;
use carepath::diagnostic::{Diagnostic, Severity};
use carepath::model::{guard, plain};
use carepath::screen::{
    CalendarResult, ChangeResult, Detail, ProgramResult, Refusal, Screener, Screening, WhyResult,
};
use carepath::value::{By, Date, Lang, StateCode, capital_first};
use clap::{Args, ValueEnum};
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Route one child.
#[derive(Args)]
pub(super) struct Screen {
    /// The state, by its two letters
    #[arg(long, value_name = "AR", value_parser = super::state)]
    state: StateCode,
    /// The answers, in YAML or JSON; `-` reads standard input
    #[arg(long, value_name = "FILE")]
    answers: Option<PathBuf>,
    /// The day for which to decide [default: today]
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    as_of: Option<Date>,
    #[command(flatten)]
    reader: Reader,
}

// A doc comment here would become the one of the whole command.
#[derive(Args, Clone, Copy)]
pub(super) struct Reader {
    /// The language of all texts: en or es
    #[arg(long, value_name = "LANG", default_value = "en", value_parser = super::language)]
    lang: Lang,
    /// Who answers, and so reads: parent, self (the young person) or helper
    #[arg(long, value_name = "WHO", default_value = "parent", value_parser = super::by)]
    by: By,
    /// For whom: staff see the place of every rule
    #[arg(long, value_enum, default_value = "family")]
    detail: DetailWord,
}

#[derive(Clone, Copy, ValueEnum)]
enum DetailWord {
    /// For a family
    Family,
    /// For staff
    Staff,
}

impl Screen {
    pub(super) fn run(self, rules: &Rules, format: Format) -> Result<ExitCode, Failure> {
        let screener = screener(rules, self.state)?;
        let as_of = self.as_of.unwrap_or_else(super::today);
        let answers = match &self.answers {
            Some(path) => answers(path)?,
            None if std::io::stdin().is_terminal() && std::io::stdout().is_terminal() => {
                interview::interview(&screener, as_of, self.reader.lang, self.reader.by)?
            }
            None => Raw::Map(Vec::new()),
        };
        print(&screener, &answers, as_of, self.reader, format)
    }
}

/// Prints what comes out for a child.
pub(super) fn print(
    screener: &Screener,
    answers: &Raw,
    as_of: Date,
    Reader { lang, by, detail }: Reader,
    format: Format,
) -> Result<ExitCode, Failure> {
    let result = screener.screen(answers, as_of, lang, detail.into()).map_err(refused)?;
    let text = match format {
        Format::Json => json(&result)?,
        _ => human(screener, &result, lang),
    };
    say(&by.said(&text));
    Ok(ExitCode::SUCCESS)
}

impl From<DetailWord> for Detail {
    fn from(word: DetailWord) -> Self {
        match word {
            DetailWord::Family => Self::Family,
            DetailWord::Staff => Self::Staff,
        }
    }
}

/// The answers of a file.
pub(super) fn answers(path: &Path) -> Result<Raw, Failure> {
    raw(&read_answers(path)?)
        .map_err(|why| Failure::Usage(format!("the answers in {} cannot be read: {why}", path.display())))
}

/// The compiled rules of a state; its errors are printed.
pub(super) fn screener(rules: &Rules, state: StateCode) -> Result<Screener, Failure> {
    let loaded = rules.load()?;
    let (program, diagnostics) = compile(&loaded.sources, state);
    program.map(Screener::new).ok_or_else(|| errors_told(&loaded, &diagnostics, state))
}

/// Prints the errors of a state's rules.
pub(super) fn errors_told(loaded: &Loaded, diagnostics: &[Diagnostic], state: StateCode) -> Failure {
    // What cannot be read at all is the cause of most that follows.
    for path in loaded.not_text.iter().filter(|path| path.starts_with(&format!("{}/", state.folder()))) {
        complain(&render::not_text_human(&render::shown_path(loaded, path)));
    }
    for diagnostic in diagnostics.iter().filter(|found| found.severity() == Severity::Error) {
        complain(&format!("{}\n", render::human(loaded, diagnostic)));
    }
    Failure::BrokenRules(state.code().to_owned())
}

/// Answers from YAML or JSON.
pub(super) fn raw(text: &str) -> Result<Raw, String> {
    guard(text).map_err(|(_, why)| why)?;
    // JSON is tried first where it can be; what is not JSON may still be YAML.
    if text.trim_start().starts_with('{')
        && let Ok(raw) = serde_json::from_str(text)
    {
        return Ok(raw);
    }
    // An empty file is a child about whom nothing was asked yet.
    if text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
        return Ok(Raw::Map(Vec::new()));
    }
    serde_yaml::from_str(text).map_err(|error| plain(&error.to_string()))
}

/// Why a child's answers cannot be screened, for a person.
pub(super) fn refused(refusal: Refusal) -> Failure {
    Failure::Usage(match refusal {
        Refusal::Answers(_) => format!("the answers cannot be used\n{refusal}"),
        Refusal::Conflict(_) | Refusal::TooTangled => refusal.to_string(),
    })
}

/// A text in the reader's language.
pub(super) fn word<'t>(lang: Lang, en: &'t str, es: &'t str) -> &'t str {
    match lang {
        Lang::En => en,
        Lang::Es => es,
    }
}

fn human(screener: &Screener, result: &Screening, lang: Lang) -> String {
    let w = |en: &'static str, es: &'static str| word(lang, en, es);
    let find = |id: &str| result.programs.iter().find(|program| program.id == id);
    let about = screener.about();
    let (name, status) = match lang {
        Lang::En => (&about.name.en, &about.status.en),
        Lang::Es => (&about.name.es, &about.status.es),
    };
    let mut out = vec![format!("{name}, {}. {status}", result.as_of), String::new()];
    if let Some(first) = result.lead.contact_first.as_deref().and_then(find) {
        let heading = match result.lead.status {
            "receiving" => w("Your lead", "Quien coordina"),
            "eligible" => w("Your lead: looks like a match", "Quien puede coordinar: parece que corresponde"),
            "review" => {
                w("Call first: the agency must decide", "Llame primero: la agencia tiene que decidir")
            }
            "undetermined" => {
                w("Call first: some answers are still missing", "Llame primero: todavía faltan respuestas")
            }
            _ => w(
                "We found no program here that fits today. You can still call",
                "No encontramos aquí un programa que corresponda hoy. Puede llamar de todos modos",
            ),
        };
        out.push(heading.to_owned());
        if first.kind == "program" {
            out.push(format!("  {}", first.name));
        }
        out.extend(contact_lines(first, lang));
        for (label, value) in [
            (w("Who coordinates", "Quién coordina"), &first.coordinator),
            (w("Who pays", "Quién paga"), &first.payer),
        ] {
            if let Some(value) = value {
                out.push(format!("  {label}: {value}"));
            }
        }
        out.extend(first.steps.iter().map(|step| format!("  - {step}")));
        out.extend(first.notes.iter().map(|note| format!("  {note}")));
        out.extend(ending(result, lang));
    }
    for ask in &result.lead.ask_about {
        out.push(format!("  {} {}", w("Also ask:", "Pregunte también:"), ask.question));
    }
    for duplicate in &result.duplicates {
        out.push(format!(
            "\n{}\n  {}",
            w("One coordinator is enough", "Basta con un coordinador"),
            duplicate.because
        ));
    }
    for (decision, heading) in [
        ("eligible", w("Looks like a match", "Parece que corresponde")),
        ("undetermined", w("May match: an answer is missing", "Puede corresponder: falta una respuesta")),
        ("review", w("We cannot tell; the agency decides", "No podemos saberlo; decide la agencia")),
        ("ineligible", w("Does not match today", "Hoy no corresponde")),
    ] {
        let group: Vec<&ProgramResult> = result
            .programs
            .iter()
            .filter(|program| program.decision == decision && program.kind == "program")
            .collect();
        if group.is_empty() {
            continue;
        }
        out.push(format!("\n{heading}"));
        for program in group {
            let standing = match program.receiving {
                "yes" => w(
                    " (<your child has|you have|the child has> this now)",
                    " (<su hijo o hija|usted|el niño o la niña> ya lo tiene)",
                ),
                _ if decision == "ineligible" && program.basis != "official" => {
                    w(" (probably not: ask)", " (probablemente no: pregunte)")
                }
                _ => "",
            };
            out.push(format!("  {}{standing}", program.name));
            // The lead's stand above.
            if decision != "ineligible" && result.lead.contact_first.as_deref() != Some(&program.id) {
                out.extend(contact_lines(program, lang).into_iter().map(|line| format!("  {line}")));
                out.extend(program.steps.iter().map(|step| format!("    - {step}")));
                out.extend(program.notes.iter().map(|note| format!("    {note}")));
            }
            if let Some(why) = &program.why {
                tree(why, 2, lang, &mut out);
            }
            out.extend(benefits(program, lang));
            let said = program.relations.iter().map(|relation| &relation.text).chain(&program.renewal);
            out.extend(said.map(|text| format!("    {text}")));
            out.extend(listed(w("What to bring", "Qué llevar"), &program.documents));
            out.extend(would_change(screener, program, lang));
            out.extend(dates(result, program, lang));
        }
    }
    let beside: Vec<&ProgramResult> = result
        .alongside
        .iter()
        .filter_map(|id| find(id))
        .filter(|program| program.kind == "contact")
        .collect();
    if !beside.is_empty() {
        out.push(format!("\n{}", w("Also here to help", "También puede ayudar")));
        out.extend(beside.into_iter().flat_map(|program| contact_lines(program, lang)));
    }
    if let Some(next) = &result.next {
        let left = interview::left(result.remaining, lang);
        out.push(format!("\n{} ({left}): {}", w("Next question", "Siguiente pregunta"), next.question));
    }
    out.push(format!(
        "\n{}",
        w(
            "This is not a decision. You may still apply; the agency decides.",
            "Esto no es una decisión. Puede hacer la solicitud de todos modos; la agencia decide."
        )
    ));
    out.join("\n")
}

/// Of each part with a test of its own what it comes to, what it costs, and what it still hangs on.
fn benefits(program: &ProgramResult, lang: Lang) -> Vec<String> {
    let each = program.benefits.iter().map(|benefit| {
        let decision = match benefit.decision {
            "eligible" => word(lang, "looks like a match", "parece que corresponde"),
            "ineligible" => word(lang, "does not match today", "hoy no corresponde"),
            "review" => word(lang, "the agency decides", "decide la agencia"),
            _ => word(lang, "an answer is missing", "falta una respuesta"),
        };
        let payer = benefit.payer.as_ref().filter(|_| benefit.decision != "ineligible");
        let payer = payer.map(|payer| format!(". {}: {payer}", word(lang, "Who pays", "Quién paga")));
        format!("{}: {decision}{}", benefit.name, payer.unwrap_or_default())
    });
    listed(word(lang, "Parts of this program", "Partes de este programa"), &each.collect::<Vec<_>>())
}

/// A heading and what stands below it; nothing where nothing does.
fn listed(heading: &str, items: &[String]) -> Vec<String> {
    if items.is_empty() {
        return Vec::new();
    }
    let items = items.iter().map(|item| format!("      - {item}"));
    std::iter::once(format!("    {heading}")).chain(items).collect()
}

/// When the lead ends or ended, and who comes next.
fn ending(result: &Screening, lang: Lang) -> Option<String> {
    let ending = result.lead.ending.as_ref()?;
    let mut line = match &ending.date {
        Some(date) => {
            // Where the birth is known by its month, so is this.
            let when = match (date.len() < result.as_of.len(), lang) {
                (true, Lang::En) => format!("in {date}"),
                (false, Lang::En) => format!("on {date}"),
                (true, Lang::Es) => format!("en {date}"),
                (false, Lang::Es) => format!("el {date}"),
            };
            match (*date > result.as_of, lang) {
                (true, Lang::En) => format!("  By the rules, this help ends {when}."),
                (true, Lang::Es) => format!("  Según las reglas, esta ayuda termina {when}."),
                (false, Lang::En) => {
                    format!("  By the rules, this help ended {when}. Ask how long it goes on.")
                }
                (false, Lang::Es) => {
                    format!("  Según las reglas, esta ayuda terminó {when}. Pregunte hasta cuándo sigue.")
                }
            }
        }
        None => word(
            lang,
            "  <Your child no longer meets|You no longer meet|The child no longer meets> all the rules of this program. Ask how \
             long it goes on.",
            "  <Su hijo o hija|Usted|El niño o la niña> ya no cumple todas las reglas de este programa. Pregunte hasta cuándo \
             sigue.",
        )
        .to_owned(),
    };
    if let Some(next) = ending.next.as_deref().and_then(|id| name_of(result, id)) {
        line.push_str(&format!(" {} {next}.", word(lang, "After that, call:", "Después llame a:")));
    }
    Some(line)
}

/// The fewest changes to a match, each way in one line, and what it would hang on besides.
fn would_change(screener: &Screener, program: &ProgramResult, lang: Lang) -> Vec<String> {
    if program.would_change.is_empty() {
        return Vec::new();
    }
    let program_facts = screener.program();
    let name = |id: &String| {
        let fact = program_facts.fact(id).map(|fact| program_facts.facts[fact].name.get(lang));
        fact.unwrap_or(id).to_owned()
    };
    let heading = match program.would_change.len() {
        1 => word(lang, "What would change this", "Qué cambiaría esto"),
        _ => word(
            lang,
            "What would change this: any one of these",
            "Qué cambiaría esto: basta con una de estas cosas",
        ),
    };
    let mut out = vec![format!("    {heading}")];
    for (index, changes) in program.would_change.iter().enumerate() {
        let texts: Vec<String> = changes.iter().map(|change| changed(change, lang)).collect();
        out.push(format!("      - {}", sentence(&texts, lang)));
        let also: Vec<String> = program.would_also_need.get(index).into_iter().flatten().map(name).collect();
        if !also.is_empty() {
            let label = word(lang, "This would also depend on:", "Esto depende también de:");
            out.push(format!("        {label} {}.", also.join("; ")));
        }
    }
    out
}

/// What would be so, and how a family comes to it.
fn changed(change: &ChangeResult, lang: Lang) -> String {
    let ChangeResult { text, to, how, .. } = change;
    match (*how, lang) {
        ("apply", _) => format!("{text} ({})", word(lang, "you can apply", "puede hacer la solicitud")),
        ("enroll", _) => format!("{text} ({})", word(lang, "ask how to join", "pregunte cómo entrar")),
        ("assess", _) => format!("{text} ({})", word(lang, "ask for an assessment", "pida una evaluación")),
        (_, Lang::En) => format!("{text} (from {to} on)"),
        (_, Lang::Es) => format!("{text} (desde el {to})"),
    }
}

/// Parts of a sentence as one, with a capital letter.
fn sentence(parts: &[String], lang: Lang) -> String {
    match parts {
        [most @ .., last] if !most.is_empty() => {
            capital_first(&format!("{} {} {last}", most.join(", "), word(lang, "and", "y")))
        }
        _ => capital_first(&parts.concat()),
    }
}

/// What ends, begins or renews by the calendar, and whom to call first then.
fn dates(result: &Screening, program: &ProgramResult, lang: Lang) -> Vec<String> {
    let line = |change: &CalendarResult| {
        let what = match change.what {
            "ends" => word(lang, "This ends", "Esto termina"),
            "begins" => word(lang, "This can begin", "Esto puede empezar"),
            _ => word(lang, "This has to be renewed", "Esto se tiene que renovar"),
        };
        let on = &change.on;
        let when = match (change.by.as_ref().filter(|by| *by != on), lang) {
            (None, Lang::En) => format!("on {on}"),
            (None, Lang::Es) => format!("el {on}"),
            (Some(by), Lang::En) => format!("between {on} and {by}"),
            (Some(by), Lang::Es) => format!("entre el {on} y el {by}"),
        };
        // Whom one calls first already is no news.
        let then = change.then.as_deref().filter(|id| result.lead.contact_first.as_deref() != Some(*id));
        let then = then.and_then(|id| name_of(result, id)).map_or_else(String::new, |name| {
            format!(" {} {name}.", word(lang, "From then on, call first:", "Desde ese día, llame primero a:"))
        });
        format!("{what} {when}.{then}")
    };
    // One renewal is enough to know when the next ones are.
    let mut renewed = false;
    let told = program
        .changes
        .iter()
        .filter(|change| change.what != "renews" || !std::mem::replace(&mut renewed, true));
    listed(word(lang, "Dates that matter", "Fechas importantes"), &told.map(line).collect::<Vec<_>>())
}

fn name_of<'r>(result: &'r Screening, id: &str) -> Option<&'r str> {
    result.programs.iter().find(|program| program.id == id).map(|program| program.name.as_str())
}

fn contact_lines(program: &ProgramResult, lang: Lang) -> Vec<String> {
    let Some(contact) = &program.contact else { return Vec::new() };
    let mut line = format!("  {}", contact.name);
    for part in [&contact.phone, &contact.hours, &contact.url].into_iter().flatten() {
        line.push_str(", ");
        line.push_str(part);
    }
    if contact.confirm {
        line.push_str(word(lang, " (call to confirm)", " (llame para confirmar)"));
    }
    vec![line]
}

fn tree(why: &WhyResult, depth: usize, lang: Lang, out: &mut Vec<String>) {
    let state = match why.state {
        "met" => word(lang, "yes", "sí"),
        "not_met" => word(lang, "no", "no"),
        "unknown" => word(lang, "not known", "no se sabe"),
        "agency_decides" => word(lang, "the agency decides", "decide la agencia"),
        _ => word(lang, "not stated", "no se dice"),
    };
    let mut line = format!("{}[{state}] {}", "  ".repeat(depth), why.text);
    if let Some(answer) = &why.answer {
        line.push_str(&format!(" ({answer})"));
    }
    if let Some(at) = &why.at {
        line.push_str(&format!("  {at}"));
    }
    out.push(line);
    for part in &why.parts {
        tree(part, depth + 1, lang, out);
    }
}
