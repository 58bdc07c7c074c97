//! From the YAML files of a rules folder to the vocabulary: lists, terms, sources, statements, translations. Facts are
//! read in `facts`.

use super::implications::Said;
use super::scope::Names;
use super::shared::Narrowed;
use super::yaml::{self, Entry, Place, WordsEntry};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, SourceFile, Sources, Span};
use crate::syntax;
use crate::value::{self, CodeEntry, Date, Region, StateCode, Words, place_key};
use crate::vocabulary::{
    CodeList, Confidence, Fact, Guideline, ListEntry, ListStatus, PlaceList, SourceDoc, Statement, Term,
    Terms, WrittenCode,
};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// All that the YAML files of the shared folder and of one state's say.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    pub(super) facts: Vec<Fact>,
    /// The facts whose choices go from least to most.
    pub(super) ordered: BTreeSet<usize>,
    /// What facts imply and what usually goes with them, not looked up yet.
    pub(super) said: Vec<Said>,
    pub(super) lists: Vec<CodeList>,
    /// Every code of every list, with its place.
    pub(super) codes: Vec<WrittenCode>,
    /// The tables of codes that lists name.
    pub(super) tables: BTreeSet<FileId>,
    /// The lists whose codes a table gives, by index.
    pub(super) from_tables: BTreeSet<usize>,
    pub(super) place_lists: Vec<PlaceList>,
    /// Where each place of each list of places stands.
    pub(super) place_spans: Vec<Vec<Span>>,
    /// The facts that tell when an age was reached, not looked up yet: of which fact, by which name, where.
    pub(super) events: Vec<(usize, String, Span)>,
    pub(super) sources: Vec<SourceDoc>,
    pub(super) statements: Vec<Statement>,
    pub(super) statement_spans: Vec<Span>,
    pub(super) terms: Terms,
    /// The poverty guidelines where the state lies, the oldest first.
    pub(super) guidelines: Vec<Guideline>,
    /// Spanish by English, with the line it stands on and whether it is the state's own.
    pub(super) spanish: BTreeMap<String, Translation>,
    pub(super) names: Names,
}

/// One line of a file of translations.
#[derive(Debug)]
pub(super) struct Translation {
    pub(super) text: String,
    pub(super) span: Span,
    pub(super) shared: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ListFile {
    id: String,
    name: WordsEntry,
    status: Option<StatusWord>,
    source: String,
    note: Option<WordsEntry>,
    entries: Option<Vec<EntryLine>>,
    #[serde(default)]
    except: Vec<String>,
    places: Option<Vec<String>>,
    file: Option<String>,
    category: Option<String>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum StatusWord {
    Official,
    Quoted,
    Illustrative,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EntryLine {
    code: String,
    name: WordsEntry,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceEntry {
    id: String,
    title: String,
    publisher: String,
    date: Option<String>,
    address: String,
    checked: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GuidelineEntry {
    year: i64,
    from: String,
    source: String,
    contiguous: Option<Dollars>,
    alaska: Option<Dollars>,
    hawaii: Option<Dollars>,
}

/// Dollars a year: for one person, and for each further one.
#[derive(Deserialize, Clone, Copy)]
#[serde(deny_unknown_fields)]
struct Dollars {
    first: i64,
    each: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StatementEntry {
    id: String,
    text: String,
    source: String,
    confidence: ConfidenceWord,
    #[serde(default)]
    conflicts_with: Vec<String>,
    not_used_because: Option<String>,
}

#[derive(Deserialize, Clone, Copy)]
enum ConfidenceWord {
    #[serde(rename = "public")]
    Public,
    #[serde(rename = "public*")]
    PublicSecondary,
    #[serde(rename = "seed")]
    Seed,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TermEntry {
    id: String,
    kind: TermKind,
    name: WordsEntry,
    #[serde(default)]
    coordinates: bool,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum TermKind {
    Offer,
    Payer,
    Mechanism,
    Coordinator,
}

/// The files that have a meaning in a folder, beside `*.care`; what others refer to comes first.
const FILES: [&str; 8] = [
    "sources.yaml",
    "poverty.yaml",
    "terms.yaml",
    "facts.yaml",
    "statements.yaml",
    "lists.yaml",
    "es.yaml",
    "scenarios.yaml",
];

/// Reads the YAML files of `folders`, the shared one first; of some of its files only a part.
pub(super) fn vocabulary(
    sources: &Sources,
    state: StateCode,
    folders: &[&str],
    narrowed: &[Narrowed],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vocabulary {
    let mut reader =
        Reader { state, sources, found: Vocabulary::default(), names: Names::default(), diagnostics };
    for (number, folder) in folders.iter().enumerate() {
        let own: Vec<(FileId, &SourceFile, &str)> = sources
            .iter()
            .filter_map(|(id, file)| Some((id, file, file.path.strip_prefix(folder)?.strip_prefix('/')?)))
            .collect();
        for name in FILES {
            if let Some((id, file, _)) = own.iter().find(|(.., file_name)| *file_name == name) {
                reader.diagnostics.extend(syntax::deceptive(*id, &file.text));
                match narrowed.iter().find(|narrowed| narrowed.id == *id) {
                    Some(narrowed) => {
                        reader.read(name, *id, &narrowed.file, number == 0);
                        match name {
                            "lists.yaml" => reader.names.not_read("list", &narrowed.left_out),
                            "statements.yaml" => reader.names.not_read("statement", &narrowed.left_out),
                            _ => {}
                        }
                    }
                    None => reader.read(name, *id, file, number == 0),
                }
            }
        }
        for (id, _, name) in own {
            let read = FILES.contains(&name) || reader.found.tables.contains(&id);
            if !read && !name.ends_with(".care") && !name.ends_with(".md") {
                let message = "nothing reads this file";
                reader.diagnostics.push(
                    Diagnostic::new(Code::UnexpectedFile, Span::new(id, 0, 0), message).help(format!(
                        "a state's folder has rules in `*.care` and {}, and tables of codes (`*.csv`) that a list names",
                        FILES.map(|file| format!("`{file}`")).join(", ")
                    )),
                );
            }
        }
    }
    reader.look_up_events();
    Vocabulary { names: reader.names, ..reader.found }
}

pub(super) struct Reader<'d> {
    state: StateCode,
    pub(super) sources: &'d Sources,
    pub(super) found: Vocabulary,
    pub(super) names: Names,
    pub(super) diagnostics: &'d mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn read(&mut self, name: &str, id: FileId, file: &SourceFile, shared: bool) {
        match name {
            "facts.yaml" => self.facts(id, file),
            "terms.yaml" => {
                for entry in yaml::entries::<TermEntry>(id, file, self.diagnostics) {
                    self.term(file, entry);
                }
            }
            "sources.yaml" => {
                for Entry { value, place } in yaml::entries::<SourceEntry>(id, file, self.diagnostics) {
                    let next = self.found.sources.len();
                    if self.names.add("source", &value.id, next, place.key(file, "id"), self.diagnostics) {
                        self.found.sources.push(SourceDoc {
                            id: value.id,
                            title: value.title,
                            publisher: value.publisher,
                            date: value.date.unwrap_or_default(),
                            address: value.address,
                            checked: value
                                .checked
                                .and_then(|day| date(&day, place.key(file, "checked"), self.diagnostics)),
                        });
                    }
                }
            }
            "poverty.yaml" => {
                for entry in yaml::entries::<GuidelineEntry>(id, file, self.diagnostics) {
                    self.guideline(file, entry);
                }
            }
            "statements.yaml" => {
                let entries = yaml::entries(id, file, self.diagnostics);
                self.statements(file, entries);
            }
            "lists.yaml" => {
                for entry in yaml::entries::<ListFile>(id, file, self.diagnostics) {
                    self.list(file, entry);
                }
            }
            "es.yaml" => {
                let texts: Option<BTreeMap<String, String>> = yaml::document(id, file, self.diagnostics);
                let places = yaml::TopKeys::of(id, file);
                for (english, text) in texts.unwrap_or_default() {
                    let span = places.line(&english);
                    self.found.spanish.insert(english, Translation { text, span, shared });
                }
            }
            // Scenarios are read by whoever runs them.
            _ => {}
        }
    }

    /// The guidelines of one year, as far as they are for where the state lies.
    fn guideline(&mut self, file: &SourceFile, Entry { value, place }: Entry<GuidelineEntry>) {
        let source = self.source(file, place, &value.source).unwrap_or_default();
        let day = date(&value.from, place.key(file, "from"), self.diagnostics);
        let amounts = [value.contiguous, value.alaska, value.hawaii];
        if amounts.iter().flatten().any(|dollars| dollars.first < 1 || dollars.each < 1) {
            let help = "write whole dollars a year: `first` for one person, `each` for every further one";
            self.push(Code::BadNumber, place.line(file), "a guideline is at least a dollar", help);
            return;
        }
        let known = self.found.guidelines.last();
        if let (Some(known), Some(day)) = (known, day)
            && (value.year <= known.year || day <= known.from)
        {
            let message = "the guidelines do not stand in the order of their years";
            let help = "put the earlier year first";
            self.push(Code::BadDate, place.key(file, "year"), message, help);
            return;
        }
        let [contiguous, alaska, hawaii] = amounts;
        let dollars = match self.state.region() {
            Some(Region::Contiguous) => contiguous,
            Some(Region::Alaska) => alaska,
            Some(Region::Hawaii) => hawaii,
            None => None,
        };
        if let (Some(Dollars { first, each }), Some(from)) = (dollars, day) {
            self.found.guidelines.push(Guideline { year: value.year, from, source, first, each });
        }
    }

    fn term(&mut self, file: &SourceFile, Entry { value, place }: Entry<TermEntry>) {
        let name = self.words(file, place, "name", Some(value.name));
        let (kind, list) = match value.kind {
            TermKind::Offer => ("offer", &mut self.found.terms.offers),
            TermKind::Payer => ("payer", &mut self.found.terms.payers),
            TermKind::Mechanism => ("mechanism", &mut self.found.terms.mechanisms),
            TermKind::Coordinator => ("coordinator", &mut self.found.terms.coordinators),
        };
        if self.names.add(kind, &value.id, list.len(), place.key(file, "id"), self.diagnostics) {
            list.push(Term { id: value.id, name, coordinates: value.coordinates });
        }
    }

    fn statements(&mut self, file: &SourceFile, entries: Vec<Entry<StatementEntry>>) {
        let mut conflicts = Vec::new();
        for Entry { value, place } in entries {
            let source = self.source(file, place, &value.source);
            let next = self.found.statements.len();
            let span = place.key(file, "id");
            if !self.names.add("statement", &value.id, next, span, self.diagnostics) {
                continue;
            }
            conflicts.push((next, place, value.conflicts_with));
            self.found.statement_spans.push(span);
            self.found.statements.push(Statement {
                id: value.id,
                text: value.text,
                source: source.unwrap_or_default(),
                confidence: match value.confidence {
                    ConfidenceWord::Public => Confidence::Public,
                    ConfidenceWord::PublicSecondary => Confidence::PublicSecondary,
                    ConfidenceWord::Seed => Confidence::Seed,
                },
                conflicts_with: Vec::new(),
                not_used_because: value.not_used_because.unwrap_or_default(),
            });
        }
        for (index, place, others) in conflicts {
            for other in others {
                match self.names.find("statement", &other) {
                    Some(other) => self.found.statements[index].conflicts_with.push(other),
                    None => {
                        let span = place.key(file, "conflicts_with");
                        let message = format!("there is no statement `{other}`");
                        let names = self.found.statements.iter().map(|statement| statement.id.as_str());
                        let own = &self.found.statements[index].id;
                        let names = names.filter(|id| id != own);
                        let found = Diagnostic::new(Code::UnknownName, span, message);
                        self.diagnostics.push(found.did_you_mean(&other, names));
                    }
                }
            }
        }
    }

    fn list(&mut self, file: &SourceFile, Entry { value, place }: Entry<ListFile>) {
        if value.places.is_some() {
            return self.place_list(file, Entry { value, place });
        }
        if let (Some(_), Some(_)) | (None, _) = (&value.file, &value.entries)
            && (value.file.is_some() || value.category.is_some())
        {
            let (key, message, help) = match value.file {
                Some(_) => (
                    "entries",
                    "a list with a `file` has no `entries`",
                    "take one of the two out, or make two lists",
                ),
                None => (
                    "category",
                    "a list without a `file` has no `category`",
                    "take `category` out, or name the table of codes that has it: `file: complex.csv`",
                ),
            };
            self.push(Code::BadYaml, place.key(file, key), message, help);
        }
        let (Some(status), true) = (value.status, value.entries.is_some() || value.file.is_some()) else {
            let (key, help) = match value.status {
                None => ("status", "add `status: official`, `status: quoted` or `status: illustrative`"),
                Some(_) => ("entries", "add its codes under `entries:`, or `places:` for a list of places"),
            };
            self.push(Code::BadYaml, place.line(file), format!("this entry has no `{key}`"), help);
            return;
        };
        let lines = value.entries.unwrap_or_default();
        let before = self.diagnostics.len();
        let source = self.source(file, place, &value.source);
        let name = self.words(file, place, "name", Some(value.name));
        let note = self.words(file, place, "note", value.note);
        let mut entries = Vec::new();
        let mut from = place.key(file, "entries").start as usize;
        for line in lines {
            let name = self.entry_words(file, place, &line.code, line.name);
            if let Some(codes) = self.codes(file, place, &line.code) {
                let span = place.code(file, from, &line.code);
                from = from.max(span.end as usize);
                self.found.codes.push(WrittenCode { codes: codes.clone(), name: name.en.clone(), span });
                entries.push(ListEntry { codes, name });
            }
        }
        if let Some(table) = &value.file {
            entries.extend(self.table(file, place, table, value.category.as_deref(), &name));
            self.found.from_tables.insert(self.found.lists.len());
        }
        let mut except = Vec::new();
        let mut from = place.key(file, "except").start as usize;
        for code in &value.except {
            if let Some(codes) = self.codes(file, place, code) {
                let span = place.code(file, from, code);
                from = from.max(span.end as usize);
                self.found.codes.push(WrittenCode { codes: codes.clone(), name: String::new(), span });
                except.push(codes);
            }
        }
        if entries.is_empty() && (value.file.is_none() || self.diagnostics.len() == before) {
            let message = format!("the list `{}` has no entry that can be used", value.id);
            let help = "add a code with its name: `- { code: E84, name: { en: …, es: … } }`";
            self.push(Code::Missing, place.key(file, "entries"), message, help);
        }
        let next = self.found.lists.len();
        if self.names.add("list", &value.id, next, place.key(file, "id"), self.diagnostics) {
            self.found.lists.push(CodeList {
                id: value.id,
                name,
                status: match status {
                    StatusWord::Official => ListStatus::Official,
                    StatusWord::Quoted => ListStatus::Quoted,
                    StatusWord::Illustrative => ListStatus::Illustrative,
                },
                source: source.unwrap_or_default(),
                note,
                entries,
                except,
            });
        }
    }

    fn place_list(&mut self, file: &SourceFile, Entry { value, place }: Entry<ListFile>) {
        let others = [
            ("status", value.status.is_some()),
            ("note", value.note.is_some()),
            ("entries", value.entries.is_some()),
            ("except", !value.except.is_empty()),
            ("file", value.file.is_some()),
            ("category", value.category.is_some()),
        ];
        for (key, _) in others.into_iter().filter(|(_, given)| *given) {
            let message = format!("a list of places has no `{key}`");
            self.push(Code::BadYaml, place.key(file, key), message, format!("take `{key}` out"));
        }
        let places = value.places.unwrap_or_default();
        let spans = self.place_names(file, place, &places);
        let source = self.source(file, place, &value.source).unwrap_or_default();
        let name = self.words(file, place, "name", Some(value.name));
        let next = self.found.place_lists.len();
        if self.names.add("list of places", &value.id, next, place.key(file, "id"), self.diagnostics) {
            self.found.place_lists.push(PlaceList { id: value.id, name, source, places });
            self.found.place_spans.push(spans);
        }
    }

    /// Where the names of places stand; none may stand twice, and there must be some.
    pub(super) fn place_names(&mut self, file: &SourceFile, entry: Place, places: &[String]) -> Vec<Span> {
        let key = entry.key(file, "places");
        if places.is_empty() {
            let help = "name them between brackets: `places: [Lee, Phillips]`";
            self.push(Code::Missing, key, "no place is named here", help);
        }
        let mut from = key.start as usize;
        let mut spans = Vec::with_capacity(places.len());
        for (index, name) in places.iter().enumerate() {
            let span = entry.words_after(file, from, name).unwrap_or(key);
            from = from.max(span.start as usize);
            if places[..index].iter().any(|other| place_key(other) == place_key(name)) {
                let message = format!("the place `{name}` stands here twice");
                self.push(Code::DuplicateName, span, message, "take one of them out");
            }
            spans.push(span);
        }
        spans
    }

    /// `E84`, or a range of categories: `Q20-Q28`.
    fn codes(&mut self, file: &SourceFile, place: Place, text: &str) -> Option<CodeEntry> {
        let entry = codes(text);
        if entry.is_none() {
            let span = place.text(file, text);
            let message = format!("`{text}` could not be an ICD-10-CM code");
            let help = "write a code such as `E84.0`, or a range of categories such as `Q20-Q28`";
            self.diagnostics.push(Diagnostic::new(Code::BadCode, span, message).help(help));
        }
        entry
    }

    fn source(&mut self, file: &SourceFile, place: Place, id: &str) -> Option<usize> {
        let found = self.names.find("source", id);
        if found.is_none() {
            let message = format!("there is no source `{id}`");
            let names = self.found.sources.iter().map(|source| source.id.as_str());
            let found = Diagnostic::new(Code::UnknownName, place.key(file, "source"), message);
            self.diagnostics.push(found.did_you_mean(id, names));
        }
        found
    }

    /// A text in every language; a missing language is an error, a missing text is not asked for here.
    pub(super) fn words(
        &mut self,
        file: &SourceFile,
        place: Place,
        key: &str,
        given: Option<WordsEntry>,
    ) -> Words {
        let Some(given) = given else { return Words::default() };
        for (language, text) in [("en", &given.en), ("es", &given.es)] {
            if text.as_ref().is_none_or(|text| text.trim().is_empty()) {
                let message = format!("`{key}` has no text in `{language}`");
                let help = format!("write both: `{key}: {{ en: \"…\", es: \"…\" }}`");
                self.push(Code::MissingTranslation, place.key(file, key), message, help);
            }
        }
        let trimmed = |text: Option<String>| text.unwrap_or_default().trim().to_owned();
        Words { en: trimmed(given.en), es: trimmed(given.es) }
    }

    /// The name of a condition in every language, reported on the line of its code.
    fn entry_words(&mut self, file: &SourceFile, place: Place, code: &str, given: WordsEntry) -> Words {
        let before = self.diagnostics.len();
        let words = self.words(file, place, "name", Some(given));
        for found in &mut self.diagnostics[before..] {
            found.span = place.text(file, code);
        }
        words
    }

    /// A mistake, and what to write instead.
    pub(super) fn push(
        &mut self,
        code: Code,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.diagnostics.push(Diagnostic::new(code, span, message).help(help));
    }
}

/// A code, or a range of categories; nothing if it could be neither.
pub(super) fn codes(text: &str) -> Option<CodeEntry> {
    let Some((from, to)) = text.split_once('-') else {
        return value::Code::parse(text).map(CodeEntry::Below);
    };
    let (from, to) = (value::Code::parse(from)?, value::Code::parse(to)?);
    let range = from.is_category() && to.is_category() && from <= to;
    range.then_some(CodeEntry::Categories(from, to))
}

/// A day written in a rule file; a day no calendar has is reported.
pub(super) fn date(text: &str, span: Span, diagnostics: &mut Vec<Diagnostic>) -> Option<Date> {
    let date = Date::parse(text);
    if date.is_none() {
        let found = Diagnostic::new(Code::BadDate, span, format!("no calendar has the day `{text}`"));
        diagnostics.push(found.help("write year, month and day: 2026-06-30"));
    }
    date
}
