//! From the files of a rules folder to one state's compiled rules: the whole way in one call.

use crate::child::{Answer, Answers, Child};
use crate::diagnostic::{Code, Diagnostic, has_errors};
use crate::diagram::{Apart, Periods, taken_apart};
use crate::model::{self, Model};
use crate::program::{self, At, Node, NodeId, NodeKind, Program};
use crate::route::{candidates, lead, standings};
use crate::source::{Sources, Span};
use crate::value::{Date, StateCode, Truth};
use crate::vocabulary::{Declared, FactKind, Implication, Literal, WrittenCode};

/// Compiles one state. The program is there exactly if no diagnostic is an error.
///
/// A state without a folder compiles to the shared rules: no programs, and the national contact for everyone.
#[must_use]
pub fn compile(sources: &Sources, state: StateCode) -> (Option<Program>, Vec<Diagnostic>) {
    let (compiled, diagnostics) = compile_declared(sources, state);
    (compiled.map(|(program, _)| program), diagnostics)
}

/// The same, with what its author declares of all children.
#[must_use]
pub fn compile_declared(
    sources: &Sources,
    state: StateCode,
) -> (Option<(Program, Declaring)>, Vec<Diagnostic>) {
    let Compiled { program, diagnostics, .. } = compile_whole(sources, state);
    (program, diagnostics)
}

/// All that comes of the files of one state.
#[derive(Debug, Clone)]
pub struct Compiled {
    /// The rules, and what their author declares of all children; there exactly if no diagnostic is an error.
    pub program: Option<(Program, Declaring)>,
    /// Every code of every list, with its place: whoever has the list of ICD-10-CM looks them up.
    pub codes: Vec<WrittenCode>,
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
}

/// The same, with every code that a list names.
#[must_use]
pub fn compile_whole(sources: &Sources, state: StateCode) -> Compiled {
    let (mut model, diagnostics) = model::from_folder(sources, state);
    let codes = std::mem::take(&mut model.codes);
    let (program, diagnostics) = lowered(sources, model, diagnostics);
    Compiled { program, codes, diagnostics }
}

fn lowered(
    sources: &Sources,
    model: Model,
    mut diagnostics: Vec<Diagnostic>,
) -> (Option<(Program, Declaring)>, Vec<Diagnostic>) {
    if has_errors(&diagnostics) {
        return (None, diagnostics);
    }
    let implied_at = model.implied_at.clone();
    let (mut program, declared, found) = program::lower(sources, model);
    let nodes = program.nodes.split_off(program.decides());
    diagnostics.extend(found);
    if !has_errors(&diagnostics) {
        diagnostics.extend(too_tangled(&program));
    }
    if !has_errors(&diagnostics) {
        diagnostics.extend(never_so(&program, &implied_at));
    }
    let sound = !has_errors(&diagnostics);
    let declaring = sound.then(|| {
        let invariants = declared.invariants.iter().map(|invariant| invariant.span);
        let intended = declared.intended.iter().map(|intended| intended.span);
        let spans = invariants.chain(intended).chain(program.route.span);
        let line = |span: Span| At { file: span.file.0, line: sources.start(span).line };
        let places = spans.map(|span| (span, line(span))).collect();
        Declaring { declared, nodes, places }
    });
    (declaring.map(|declaring| (program, declaring)), diagnostics)
}

/// What an author declares of all children, with the nodes that say it: they stand behind those of the program.
#[derive(Debug, Clone, Default)]
pub struct Declaring {
    /// What.
    pub declared: Declared<NodeId>,
    /// The nodes.
    pub nodes: Vec<Node>,
    /// The lines on which it stands, and the one of the route.
    pub places: Vec<(Span, At)>,
}

/// Rules that could not be decided exactly for some child on some day are refused here, not when a family asks.
fn too_tangled(program: &Program) -> Option<Diagnostic> {
    let span = program.pathways.first()?.span;
    let periods = Periods::of(program);
    let message =
        periods.days_of_diagrams().into_iter().find_map(|day| tangled_on(program, &periods, day))?;
    let help = "split a criterion that many others share, or let one program defer to another";
    Some(Diagnostic::new(Code::TooTangled, span, message).help(help))
}

/// What cannot be decided exactly on a day.
fn tangled_on(program: &Program, periods: &Periods, day: Date) -> Option<String> {
    let names = |pathways: &mut dyn Iterator<Item = usize>| {
        pathways.map(|index| format!("`{}`", program.pathways[index].id)).collect::<Vec<_>>().join(", ")
    };
    let Ok(diagrams) = periods.on(program, day) else {
        let all = names(&mut (0..program.pathways.len()));
        return Some(format!(
            "the criteria of these programs hang together too much to be decided exactly: {all}"
        ));
    };
    // A child of whom nothing is known leaves the most open.
    let answers = Answers { given: vec![None; program.facts.len()] };
    let child = Child::new(program, &answers, day).ok()?;
    let mut known = diagrams.known(program, &child);
    let mut standings = standings(program, &child, &known.slots());
    // Those in force on other days of the period lead then.
    standings.iter_mut().for_each(|standing| standing.in_force = true);
    let candidates: Vec<_> =
        candidates(program, |_| true, None).iter().map(|one| (one.target, one.node)).collect();
    // Made for its size alone.
    let _ = known.open_lead(&candidates, &[]);
    if lead(program, &mut known, &standings, None).is_none() || !known.within_bound() {
        let leads = names(&mut program.route.lead.iter().copied());
        return Some(format!("who leads among these programs cannot be decided exactly: {leads}"));
    }
    None
}

/// What holds by definition must leave every premise possible: else a true answer would be refused as a contradiction.
fn never_so(program: &Program, implied_at: &[Span]) -> Vec<Diagnostic> {
    let Some(day) = Date::new(2026, 1, 1) else { return Vec::new() };
    let mut told: Vec<Literal> = Vec::new();
    let mut found = Vec::new();
    for (Implication { when, .. }, span) in program.implications.iter().zip(implied_at) {
        let mut answers = Answers { given: vec![None; program.facts.len()] };
        let answer = match (when, &program.facts[when.fact()].kind) {
            (Literal::Element(_, element), FactKind::Set(choices)) => Answer::Set(
                (0..choices.len()).map(|index| (index == *element).then_some(Truth::Yes)).collect(),
            ),
            (Literal::Choice(_, choice), _) => Answer::Choice(*choice),
            _ => Answer::YesNo(true),
        };
        answers.given[when.fact()] = Some(answer);
        if !told.contains(when) && Child::new(program, &answers, day).is_err() {
            told.push(*when);
            let message = "this can never be so: what it implies cannot hold together";
            let help =
                "something that follows from it rules out another thing that does; one of them is wrong";
            found.push(Diagnostic::new(Code::Circle, *span, message).help(help));
        }
    }
    found
}

/// Where two tests hang on the same numbers or days and are decided each by itself: what is shown stays right, and may stay
/// open longer than what is known needs it to.
#[must_use]
pub fn decided_apart(sources: &Sources, program: &Program) -> Vec<Diagnostic> {
    let days = Periods::of(program).days_of_diagrams();
    let mut places: Vec<Apart> = days.into_iter().flat_map(|day| taken_apart(program, day)).collect();
    places.sort_by_key(|apart| (apart.at.file, apart.at.line, apart.other.file, apart.other.line));
    places.dedup();
    places.iter().filter_map(|apart| told_apart(sources, program, apart)).collect()
}

fn told_apart(sources: &Sources, program: &Program, apart: &Apart) -> Option<Diagnostic> {
    let (id, file) = sources.at(&program.files[apart.at.file as usize])?;
    let line = file.text.lines().nth(apart.at.line.checked_sub(1)? as usize)?;
    let start = line.as_ptr() as usize - file.text.as_ptr() as usize;
    let indent = line.len() - line.trim_start().len();
    let span = Span::new(id, start + indent, start + line.trim_end().len());
    let names: Vec<String> =
        apart.facts.iter().map(|fact| format!("`{}`", program.facts[*fact].id)).collect();
    let what = match (names.as_slice(), apart.birth) {
        ([], _) => "the birth".to_owned(),
        (names, true) => format!("the birth and {}", names.join(", ")),
        (names, false) => names.join(", "),
    };
    let hang = if apart.at == apart.other {
        format!("two parts of this line hang on {what}")
    } else if apart.at.file == apart.other.file {
        format!("this and line {} hang on {what}", apart.other.line)
    } else {
        let other = &program.files[apart.other.file as usize];
        format!("this and line {} of `{other}` hang on {what}", apart.other.line)
    };
    let message = format!("{hang}, and each is decided by itself");
    let help = format!(
        "nothing that is shown is wrong, but it may stay open until {what} is known exactly; where one of the two can say \
         both, take the other out"
    );
    Some(Diagnostic::new(Code::DecidedApart, span, message).help(help))
}

/// Programs of which no criterion cites a statement: nobody could say which sentence of a source any of them rests on.
#[must_use]
pub fn uncited(program: &Program) -> Vec<Diagnostic> {
    let own = program.pathways.iter().filter(|pathway| {
        let benefits = pathway.benefits.iter().map(|benefit| benefit.eligible);
        let mut open: Vec<NodeId> = std::iter::once(pathway.eligible).chain(benefits).collect();
        let mut cites = false;
        while let Some(node) = open.pop() {
            let Node { kind, cites: own, .. } = program.node(node);
            cites |= !own.is_empty();
            // What another program asks, its own lines cite.
            if !matches!(kind, NodeKind::Eligible { .. } | NodeKind::Receiving { .. }) {
                open.extend(kind.parts());
            }
        }
        !cites
    });
    let told = own.map(|pathway| {
        let message = format!("no criterion of the program `{}` cites a statement", pathway.id);
        let help = "write behind a criterion which sentence of a source it rests on: `age under 21  cites manual_age`; the \
                    sentences are in `statements.yaml`";
        Diagnostic::new(Code::Uncited, pathway.span, message).help(help)
    });
    told.collect()
}

/// The states that have a folder, by code; and the folders that are no state's.
#[must_use]
pub fn states(sources: &Sources) -> (Vec<StateCode>, Vec<String>) {
    let (mut states, mut strange) = (Vec::new(), Vec::new());
    for (_, file) in sources.iter() {
        let Some((folder, _)) = file.path.split_once('/') else { continue };
        if folder == model::SHARED_FOLDER {
            continue;
        }
        match StateCode::parse(folder).filter(|state| state.folder() == folder) {
            Some(state) if !states.contains(&state) => states.push(state),
            Some(_) => {}
            None if !strange.iter().any(|known| known == folder) => strange.push(folder.to_owned()),
            None => {}
        }
    }
    states.sort_by_key(|state| state.code());
    (states, strange)
}
