//! From the files of a rules folder to the model of one state: names looked up, texts translated, shapes checked.

use super::criteria::Criteria;
use super::figures::Parameter;
use super::from_yaml::{self, Vocabulary};
use super::implications::Implied;
use super::shared::{Narrowed, narrowed};
use super::{Criterion, Define, Model, PovertyYears};
use crate::diagnostic::{Code, Diagnostic, Severity, has_errors};
use crate::source::{FileId, Sources, Span};
use crate::syntax;
use crate::syntax::tree::{self, ContactLine, Item, Spanned, Text};
use crate::value::{StateCode, Words};
use crate::vocabulary::{
    APPLIED, Choice, Contact, Declared, ENROLLED, FactKind, Intended, Pathway, Review, Route,
};
use std::collections::{BTreeMap, BTreeSet};

/// So many mistakes of one state are told.
const MOST_FINDINGS: usize = 500;

/// The folder of what all states share.
pub const SHARED_FOLDER: &str = "us";

/// Reads the shared folder and one state's. What is returned has every error taken out of it; with errors in the list
/// it must not be used to route anybody. A state without a folder has the shared rules alone.
#[must_use]
pub fn from_folder(sources: &Sources, state: StateCode) -> (Model, Vec<Diagnostic>) {
    let (model, _, diagnostics) = read(sources, state, &state.folder(), &narrowed(sources, state));
    (model, diagnostics)
}

/// Reads all of the shared folder and nothing else, for the states of the mainland; beside the model where each statement
/// stands.
pub(super) fn shared_alone(sources: &Sources) -> (Model, Vec<Span>, Vec<Diagnostic>) {
    read(sources, StateCode::DISTRICT, "", &[])
}

fn read(
    sources: &Sources,
    state: StateCode,
    folder: &str,
    narrowed: &[Narrowed],
) -> (Model, Vec<Span>, Vec<Diagnostic>) {
    let ((mut vocabulary, mut diagnostics), parsed) = at_once(
        || {
            let mut found = Vec::new();
            let folders = [SHARED_FOLDER, folder];
            (from_yaml::vocabulary(sources, state, &folders, narrowed, &mut found), found)
        },
        || rule_files(sources, folder, narrowed),
    );
    let Parsed { mut items, unread, found } = parsed;
    diagnostics.extend(found);
    // The shared files first, whatever their names.
    items.sort_by_key(|(id, shared, _)| (!shared, *id));
    let asked = declare(&items, &mut vocabulary, &mut diagnostics);
    for part in narrowed.iter().filter(|part| part.file.path.ends_with(".care")) {
        vocabulary.names.not_read("definition", &part.left_out);
    }
    let mut builder = Builder {
        state,
        unread,
        asked,
        vocabulary,
        implied: Implied::default(),
        parameters: Vec::new(),
        own_poverty_years: Vec::new(),
        diagnostics,
        cited: Vec::new(),
        intended: Vec::new(),
        translated: BTreeSet::new(),
    };
    let model = builder.build(items);
    let statements = builder.vocabulary.statement_spans;
    let mut diagnostics = builder.diagnostics;
    diagnostics.sort_by(|a, b| a.span.cmp(&b.span).then(a.code.cmp(&b.code)));
    diagnostics.dedup();
    if diagnostics.len() > MOST_FINDINGS {
        let rest = diagnostics.split_off(MOST_FINDINGS);
        // An error that is not told is still one: rules with it are not used.
        let worst = rest.iter().find(|found| found.severity() == Severity::Error).unwrap_or(&rest[0]);
        let message = format!("there are {} more mistakes from here on; mend those above first", rest.len());
        let found = Diagnostic::new(worst.code, rest[0].span, message);
        diagnostics.push(found.help("the others are told once fewer are left"));
    }
    (model, statements, diagnostics)
}

/// The rule files of a state and the shared ones, as they are written.
#[derive(Default)]
struct Parsed {
    items: Files,
    /// Whether a part of the state's files could not be read: it may hold what would else be missing.
    unread: bool,
    found: Vec<Diagnostic>,
}

type Files = Vec<(FileId, bool, Vec<Item>)>;

fn rule_files(sources: &Sources, folder: &str, narrowed: &[Narrowed]) -> Parsed {
    let mut parsed = Parsed::default();
    for (id, file) in sources.iter().filter(|(_, file)| file.path.ends_with(".care")) {
        let shared = file.path.strip_prefix(SHARED_FOLDER).is_some_and(|rest| rest.starts_with('/'));
        let own = file.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        if shared || own {
            let file =
                narrowed.iter().find(|narrowed| narrowed.id == id).map_or(file, |narrowed| &narrowed.file);
            let (tree, found) = syntax::parse(id, &file.text);
            parsed.found.extend(found);
            parsed.unread |= own && (tree.refused || tree.items.contains(&Item::Broken(None)));
            parsed.items.push((id, shared, tree.items));
        }
    }
    parsed
}

/// Does two things side by side where there are threads, and one after the other where there are none.
#[cfg(not(target_arch = "wasm32"))]
#[expect(
    clippy::disallowed_methods,
    reason = "not in a browser; what comes of both does not depend on which ends first"
)]
fn at_once<A: Send, B>(aside: impl Fn() -> A + Sync, here: impl FnOnce() -> B) -> (A, B) {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().spawn_scoped(scope, &aside);
        let here = here();
        let aside = match thread {
            Ok(thread) => thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            Err(_) => aside(),
        };
        (aside, here)
    })
}

#[cfg(target_arch = "wasm32")]
fn at_once<A, B>(aside: impl Fn() -> A, here: impl FnOnce() -> B) -> (A, B) {
    (aside(), here())
}

/// Gives every definition, program and contact its index before anything refers to one.
fn declare(files: &Files, vocabulary: &mut Vocabulary, diagnostics: &mut Vec<Diagnostic>) -> Asked {
    let (mut defines, mut programs, mut contacts, mut parameters, mut scores) = (0, 0, 0, 0, 0);
    // What `facts.yaml` says of being enrolled is asked like what criteria say of it.
    let said = std::mem::take(&mut vocabulary.said);
    let literals = said.iter().flat_map(|said| &said.then);
    let mut enrolled: Vec<&tree::Name> = literals.filter_map(tree::enrollment).collect();
    let mut applied: Vec<&tree::Name> = Vec::new();
    for item in files.iter().flat_map(|(.., items)| items) {
        match item {
            Item::Define(define) => {
                let name = &define.name;
                if vocabulary.names.find("fact", &name.value).is_some() {
                    let message = format!("`{}` is a fact already", name.value);
                    let help = "give it another name: where this one stands, the fact is meant";
                    diagnostics.push(Diagnostic::new(Code::DuplicateName, name.span, message).help(help));
                }
                vocabulary.names.add("definition", &name.value, defines, name.span, diagnostics);
                defines += 1;
            }
            Item::Parameter(parameter) => {
                let name = &parameter.name;
                vocabulary.names.add("parameter", &name.value, parameters, name.span, diagnostics);
                parameters += 1;
            }
            Item::Score(score) => {
                let name = &score.name;
                if vocabulary.names.find("fact", &name.value).is_some() {
                    let message = format!("`{}` is a fact already", name.value);
                    let help = "give it another name: where this one stands, the fact is meant";
                    diagnostics.push(Diagnostic::new(Code::DuplicateName, name.span, message).help(help));
                }
                vocabulary.names.add("score", &name.value, scores, name.span, diagnostics);
                scores += 1;
            }
            Item::Program(program) => {
                vocabulary.names.add("program", &program.id.value, programs, program.id.span, diagnostics);
                programs += 1;
                for criterion in tree::criteria(program) {
                    tree::programs_asked(criterion, &mut enrolled, &mut applied);
                }
                tree::defined_enrollments(program, &mut enrolled);
            }
            Item::Contact(contact) => {
                vocabulary.names.add("contact", &contact.id.value, contacts, contact.id.span, diagnostics);
                contacts += 1;
            }
            // Whoever names a broken item is not to blame for it.
            Item::Broken(Some(name)) => {
                for kind in ["definition", "program", "contact", "parameter", "score"] {
                    if vocabulary.names.find(kind, name).is_none() {
                        vocabulary.names.add(
                            kind,
                            name,
                            usize::MAX,
                            Span::new(FileId(0), 0, 0),
                            &mut Vec::new(),
                        );
                    }
                }
            }
            Item::State(_)
            | Item::Route(_)
            | Item::Broken(None)
            | Item::Invariant(_)
            | Item::Intended(_)
            | Item::PovertyYear(_)
            | Item::CheckSources(_) => {}
        }
        for own in tree::own_criteria(item) {
            tree::programs_asked(own, &mut enrolled, &mut applied);
        }
    }
    let names = &vocabulary.names;
    let each = |asked: Vec<&tree::Name>| -> BTreeMap<usize, usize> {
        let programs: BTreeSet<usize> =
            asked.iter().filter_map(|name| names.find("program", &name.value)).collect();
        programs.into_iter().enumerate().map(|(element, program)| (program, element)).collect()
    };
    let asked = Asked { enrolled: each(enrolled), applied: each(applied) };
    vocabulary.said = said;
    asked
}

/// The programs that a family can be asked about, in file order: the element of each in the sets that hold them.
struct Asked {
    /// Whether the child is in it.
    enrolled: BTreeMap<usize, usize>,
    /// Whether the family has applied for it.
    applied: BTreeMap<usize, usize>,
}

impl Asked {
    fn of(&self, set: &str) -> &BTreeMap<usize, usize> {
        if set == APPLIED { &self.applied } else { &self.enrolled }
    }
}

pub(super) struct Builder {
    state: StateCode,
    pub(super) unread: bool,
    asked: Asked,
    pub(super) vocabulary: Vocabulary,
    pub(super) implied: Implied,
    pub(super) parameters: Vec<Parameter>,
    /// The poverty years that each program names, in file order.
    pub(super) own_poverty_years: Vec<PovertyYears>,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) cited: Vec<(usize, Span)>,
    /// Lines on which what is found is meant to be so.
    pub(super) intended: Vec<Intended<Criterion>>,
    translated: BTreeSet<String>,
}

impl Builder {
    fn build(&mut self, files: Files) -> Model {
        let mut model = Model {
            state: self.state,
            review: None,
            spanish_review: None,
            facts: Vec::new(),
            implications: Vec::new(),
            implied_at: Vec::new(),
            usual: Vec::new(),
            lists: Vec::new(),
            codes: Vec::new(),
            place_lists: Vec::new(),
            sources: Vec::new(),
            statements: Vec::new(),
            terms: self.vocabulary.terms.clone(),
            contacts: Vec::new(),
            defines: Vec::new(),
            scores: Vec::new(),
            guidelines: Vec::new(),
            poverty_years: Vec::new(),
            own_poverty_years: Vec::new(),
            check_sources: None,
            declared: Declared::default(),
            programs: Vec::new(),
            route: Route::default(),
            cited: Vec::new(),
        };
        self.said_of_facts();
        // What criteria only name comes before them.
        for item in files.iter().flat_map(|(.., items)| items) {
            if let Item::Parameter(parameter) = item {
                let built = self.parameter(parameter);
                self.parameters.push(built);
            }
        }
        let mut labels = BTreeMap::new();
        let mut routes: Vec<(bool, tree::Route)> = Vec::new();
        let (mut state_line, mut own_file) = (None, None);
        let mut declared: Vec<Item> = Vec::new();
        let mut shared_years = false;
        for (id, shared, items) in files {
            if !shared {
                own_file = own_file.or(Some(id));
            }
            for item in items {
                match item {
                    Item::State(line) => {
                        self.state_line(&line, shared, &mut model);
                        if !shared {
                            let mut seen = if state_line.is_some() { vec!["state"] } else { Vec::new() };
                            self.repeated(&mut seen, "state", "folder", line.span);
                            state_line = Some(line);
                        }
                    }
                    Item::Define(define) => {
                        let criterion = self.criterion(&define.criterion);
                        model.defines.push(Define { name: define.name.value, criterion });
                    }
                    Item::Contact(contact) => {
                        let built = self.contact(&contact);
                        model.contacts.push(built);
                    }
                    Item::Program(program) => {
                        let built = self.program(&program, model.programs.len(), &mut labels);
                        model.programs.push(built);
                    }
                    Item::Route(route) => routes.push((shared, route)),
                    Item::Score(score) => {
                        let built = self.score(&score);
                        model.scores.push(built);
                    }
                    Item::Invariant(invariant) => declared.push(Item::Invariant(invariant)),
                    Item::Intended(intended) => declared.push(Item::Intended(intended)),
                    Item::PovertyYear(year) => {
                        // A state's own years stand in place of the shared ones.
                        if !shared && shared_years {
                            model.poverty_years.clear();
                        }
                        shared_years = shared;
                        self.poverty_year(&year, &mut model.poverty_years);
                    }
                    Item::CheckSources(months) => model.check_sources = Some(months.value),
                    Item::Parameter(_) => {}
                    Item::Broken(_) => {}
                }
            }
        }
        if let (None, Some(file), false) = (state_line, own_file, self.unread) {
            let message = "no line says which state these rules are for";
            let help = format!("begin with `state {} \"{}\"`", self.state.code(), self.state.name().en);
            self.diagnostics.push(Diagnostic::new(Code::Missing, Span::new(file, 0, 1), message).help(help));
        }
        super::relations::circles(&model, &mut self.diagnostics);
        self.route(routes, own_file, &mut model);
        declared.iter().for_each(|item| self.declared(item, &mut model));
        model.declared.intended.append(&mut self.intended);
        super::silence::decides(&model, &mut self.diagnostics);
        if super::circles::circles(&model, &mut self.diagnostics) {
            self.scores_count_facts(&model);
            super::dates::left_empty(&model, &mut self.diagnostics);
            super::facts_only::receiving(&model, &self.vocabulary.lists, &mut self.diagnostics);
        }
        self.name_programs_asked(&labels, &model.programs);
        self.unused(&model);
        model.cited = std::mem::take(&mut self.cited);
        model.facts = std::mem::take(&mut self.vocabulary.facts);
        let implied = std::mem::take(&mut self.implied);
        model.implications = implied.implications;
        model.implied_at = implied.places;
        model.usual = implied.usual;
        model.own_poverty_years = std::mem::take(&mut self.own_poverty_years);
        model.guidelines = std::mem::take(&mut self.vocabulary.guidelines);
        model.codes = std::mem::take(&mut self.vocabulary.codes);
        model.lists = std::mem::take(&mut self.vocabulary.lists);
        model.place_lists = std::mem::take(&mut self.vocabulary.place_lists);
        model.sources = std::mem::take(&mut self.vocabulary.sources);
        model.statements = std::mem::take(&mut self.vocabulary.statements);
        model
    }

    fn state_line(&mut self, line: &tree::State, shared: bool, model: &mut Model) {
        if shared || line.code.value != self.state.code() {
            let message = format!("`{}` is not the state of this folder", line.code.value);
            let help =
                format!("the folder `{0}` is for the state {1}", self.state.folder(), self.state.code());
            self.diagnostics.push(Diagnostic::new(Code::WrongKind, line.code.span, message).help(help));
        }
        model.review = self.review(line.review.as_ref());
        model.spanish_review = self.review(line.spanish_review.as_ref());
    }

    fn review(&mut self, told: Option<&tree::Review>) -> Option<Review> {
        let (name, agency, day) = told?;
        let date = from_yaml::date(&day.value, day.span, &mut self.diagnostics)?;
        Some(Review { name: name.value.clone(), agency: agency.value.clone(), date })
    }

    fn contact(&mut self, contact: &tree::Contact) -> Contact {
        let mut built =
            Contact { id: contact.id.value.clone(), name: self.words(&contact.name), ..Contact::default() };
        let mut seen: Vec<&'static str> = Vec::new();
        for Spanned { value: line, span } in &contact.lines {
            let word = match line {
                ContactLine::Phone(_) => "phone",
                ContactLine::Hours(_) => "hours",
                ContactLine::Url(_) => "url",
                ContactLine::Source(..) => "source",
                ContactLine::ConfirmFirst => "confirm first",
            };
            if self.repeated(&mut seen, word, "contact", *span) {
                continue;
            }
            match line {
                ContactLine::Phone(text) => built.phone = text.value.clone(),
                ContactLine::Hours(text) => built.hours = self.words(text),
                ContactLine::Url(text) => built.url = text.value.clone(),
                ContactLine::Source(name, _) => built.source = self.resolve("source", name),
                ContactLine::ConfirmFirst => built.confirm = true,
            }
        }
        let named_a_source = contact.lines.iter().any(|line| matches!(line.value, ContactLine::Source(..)));
        if !contact.broken {
            if !named_a_source {
                let message = format!("the contact `{}` names no source", built.id);
                let help = "say where it is written: `source NAME`, with the source in `sources.yaml`";
                self.diagnostics.push(Diagnostic::new(Code::NoSource, contact.id.span, message).help(help));
            }
            if built.phone.is_empty() && built.url.is_empty() {
                let message = format!("the contact `{}` has neither `phone` nor `url`", built.id);
                let help = "add how families reach it: `phone \"211\"` or `url \"https://…\"`";
                self.diagnostics.push(Diagnostic::new(Code::Missing, contact.id.span, message).help(help));
            }
        }
        built
    }

    // ------------------------------------------------------------------ names, texts, what is left over

    /// The index of a name; nothing for a name that is unknown (reported) or whose item is broken (reported there).
    pub(super) fn resolve(&mut self, kind: &'static str, name: &tree::Name) -> Option<usize> {
        let found = self.vocabulary.names.resolve(&[kind], name, &mut self.diagnostics)?;
        (found.1 != usize::MAX).then_some(found.1)
    }

    pub(super) fn cite(&mut self, names: &[tree::Name]) -> Vec<usize> {
        let mut cited = Vec::new();
        for name in names {
            if let Some(statement) = self.resolve("statement", name) {
                cited.push(statement);
                self.cited.push((statement, name.span));
            }
        }
        cited
    }

    /// The element of a set of programs that stands for one of them.
    pub(super) fn element(&self, set: &str, program: usize) -> Option<usize> {
        self.asked.of(set).get(&program).copied()
    }

    /// An author's text in every language: Spanish by the state's `es.yaml`, else by the shared one.
    pub(super) fn words(&mut self, text: &Text) -> Words {
        let english = text.value.clone();
        if english.is_empty() {
            let found = Diagnostic::new(Code::Missing, text.span, "this text is empty");
            self.diagnostics.push(found.help("write the text between the quotation marks"));
        }
        let spanish = self.vocabulary.spanish.get(&english);
        if spanish.is_none_or(|spanish| spanish.text.trim().is_empty()) && !english.is_empty() {
            let message = "this text has no Spanish translation";
            let help = format!("add to `{}/es.yaml`: \"{english}\": \"…\"", self.state.folder());
            self.diagnostics.push(Diagnostic::new(Code::MissingTranslation, text.span, message).help(help));
        }
        let es = spanish.map(|spanish| spanish.text.trim().to_owned()).unwrap_or_default();
        self.translated.insert(english.clone());
        Words { en: english, es }
    }

    /// The choices of these sets are the programs that rules ask about.
    fn name_programs_asked(&mut self, labels: &BTreeMap<usize, Words>, programs: &[Pathway<Criterion>]) {
        for set in [ENROLLED, APPLIED] {
            let Some(fact) = self.vocabulary.names.find("fact", set) else { continue };
            if let FactKind::Set(choices) = &mut self.vocabulary.facts[fact].kind {
                let asked = self.asked.of(set).keys();
                *choices = asked
                    .filter_map(|program| programs.get(*program).map(|built| (program, built)))
                    .map(|(program, built)| Choice {
                        id: built.id.clone(),
                        value: None,
                        likely: None,
                        label: labels.get(program).unwrap_or(&built.name).clone(),
                    })
                    .collect();
            }
        }
    }

    fn unused(&mut self, model: &Model) {
        // What cannot be read may use what nothing else does.
        if model.programs.is_empty() || has_errors(&self.diagnostics) {
            return;
        }
        for (english, translation) in &self.vocabulary.spanish {
            if !translation.shared && !self.translated.contains(english) {
                let message = "no rule has this English text any more";
                let found = Diagnostic::new(Code::UnusedTranslation, translation.span, message);
                self.diagnostics.push(found.help("change it to the text as it stands now, or take it out"));
            }
        }
        for (index, statement) in self.vocabulary.statements.iter().enumerate() {
            if statement.not_used_because.is_empty() && self.cited.iter().all(|(cited, _)| *cited != index) {
                let message = format!("nothing cites the statement `{}`", statement.id);
                let span = self.vocabulary.statement_spans[index];
                let found = Diagnostic::new(Code::UnusedStatement, span, message);
                self.diagnostics.push(found.help("cite it, or say why not with `not_used_because`"));
            }
        }
    }
}
