//! How hard the words are that families read: a grade of school in English, a measure of ease in Spanish. And, in
//! [`wordings`], to whom they speak.
//!
//! English is measured by Flesch and Kincaid's grade, Spanish by Fernández Huerta's ease: formulas of sentence length and
//! syllables a word, which say nothing of a few words. So the words of one page are read together, small pages with the next
//! ones, and the names of programs are left out: nobody can choose them. Syllables are counted by rules of thumb, held to
//! words counted by hand in the tests below. (Two libraries were tried: by the points where a word may be broken, Spanish
//! words lose a third of their syllables.)

mod wordings;

pub use wordings::{parents_only, three_wordings};

use crate::diagnostic::{Code, Diagnostic};
use crate::model::SHARED_FOLDER;
use crate::program::{NodeKind, Program};
use crate::source::{FileId, SourceFile, Sources, Span};
use crate::value::{By, Lang, Words};
use crate::vocabulary::{Fact, FactKind};
use std::ops::Range;

/// On fewer words the formulas say nothing.
const ENOUGH_WORDS: usize = 100;
/// The hardest grade of school that English may have, in tenths.
const HARDEST_GRADE: i64 = 60;
/// The least ease that Spanish may have, in tenths.
const LEAST_EASE: i64 = 700;
/// The most words of a label.
const LONGEST_LABEL: usize = 12;

/// The files in which a state's words can stand: its own, and those that all states share.
type Files<'s> = Vec<(FileId, &'s SourceFile)>;

/// Pages that are hard to read, and labels that are long, whoever answers; each where its hardest sentence, or the label,
/// stands.
#[must_use]
pub fn hard_to_read(sources: &Sources, program: &Program) -> Vec<Diagnostic> {
    let names = names(program);
    let own = files(sources, program);
    let mut found: Vec<Diagnostic> = Vec::new();
    for lang in Lang::ALL {
        let names: Vec<&str> =
            names.iter().map(|name| name.get(lang)).filter(|name| !name.is_empty()).collect();
        for page in
            [questions(program), programs(program)].into_iter().flat_map(|pages| pooled(pages, lang, &names))
        {
            let others = page.others(lang, &names);
            found.extend(std::iter::once(page).chain(others).find_map(|page| too_hard(&own, &page, lang)));
        }
    }
    for label in labels(program) {
        found.extend(Lang::ALL.into_iter().find_map(|lang| too_long(&own, label.get(lang))));
    }
    found
}

fn files<'s>(sources: &'s Sources, program: &Program) -> Files<'s> {
    let folders = [program.state.folder(), SHARED_FOLDER.to_owned()].map(|folder| format!("{folder}/"));
    let own = |file: &SourceFile| folders.iter().any(|folder| file.path.starts_with(folder));
    sources.iter().filter(|(_, file)| own(file)).collect()
}

/// What nobody can choose: names of programs, of whom to call, of the coverage.
fn names(program: &Program) -> Vec<&Words> {
    let pathways = program.pathways.iter().map(|pathway| &pathway.name);
    let benefits = program.pathways.iter().flat_map(|pathway| &pathway.benefits).map(|benefit| &benefit.name);
    let contacts = program.contacts.iter().map(|contact| &contact.name);
    let coverage = program.facts.iter().filter(|fact| fact.id == "medicaid").map(|fact| &fact.name);
    let mut names: Vec<&Words> = pathways.chain(benefits).chain(contacts).chain(coverage).collect();
    // The longest first: a name can stand in another one.
    names.sort_by_key(|name| std::cmp::Reverse(name.en.len()));
    names
}

/// The words of each question.
fn questions(program: &Program) -> Vec<Vec<&Words>> {
    let pages = program.facts.iter().map(|Fact { question, help, find_out, .. }| {
        [question, help, find_out].into_iter().filter(|words| !words.is_empty()).collect()
    });
    pages.collect()
}

/// What a family reads of each program.
fn programs(program: &Program) -> Vec<Vec<&Words>> {
    let families = program.pathways.iter().filter(|pathway| !pathway.for_professionals);
    let own = families.map(|pathway| {
        let steps = pathway.steps.iter().map(|(_, words)| words);
        let pays_for = pathway.financing.iter().map(|financing| &financing.pays_for);
        let said = steps.chain(&pathway.notes).chain(&pathway.documents).chain(pays_for);
        said.chain([&pathway.coordinator_text]).filter(|words| !words.is_empty()).collect()
    });
    let criteria = program.nodes.iter().flat_map(|node| {
        let words = match &node.kind {
            NodeKind::Judgment { question, .. } => Some(question),
            NodeKind::NotStated(words) => Some(words),
            _ => None,
        };
        words.into_iter().chain(&node.reading)
    });
    let lists = program.lists.iter().map(|list| &list.note);
    own.chain([criteria.chain(lists).filter(|words| !words.is_empty()).collect()]).collect()
}

/// What is pressed: the choices of a question, the names of conditions.
fn labels(program: &Program) -> Vec<&Words> {
    let choices = program.facts.iter().flat_map(|fact| match &fact.kind {
        FactKind::Number { choices, .. } | FactKind::Choice(choices) | FactKind::Set(choices) => {
            choices.as_slice()
        }
        _ => &[],
    });
    let entries = program.lists.iter().flat_map(|list| &list.entries).map(|entry| &entry.name);
    choices.map(|choice| &choice.label).chain(entries).collect()
}

/// Words that one person reads together: sentences as they are written, and without names.
#[derive(Debug, Default)]
struct Page<'w> {
    texts: Vec<&'w str>,
    sentences: Vec<Sentence>,
    words: usize,
}

impl<'w> Page<'w> {
    fn add(&mut self, text: &'w str, by: By, lang: Lang, names: &[&str]) {
        self.texts.push(text);
        for sentence in sentences(text, by, lang, names) {
            self.words += sentence.words;
            self.sentences.push(sentence);
        }
    }

    /// The same texts as the others read them, where that makes a difference.
    fn others(&self, lang: Lang, names: &[&str]) -> Vec<Self> {
        if !self.texts.iter().any(|text| text.contains('<')) {
            return Vec::new();
        }
        let read = |by| {
            let mut page = Self::default();
            self.texts.iter().for_each(|text| page.add(text, by, lang, names));
            page
        };
        [By::Oneself, By::Helper].map(read).into()
    }
}

#[derive(Debug)]
struct Sentence {
    written: String,
    words: usize,
    syllables: usize,
}

/// Pages of enough words, the small ones together with those that follow, as a parent reads them.
fn pooled<'w>(pages: Vec<Vec<&'w Words>>, lang: Lang, names: &[&str]) -> Vec<Page<'w>> {
    let mut pooled: Vec<Page<'_>> = Vec::new();
    let mut open = Page::default();
    for texts in pages {
        for text in texts {
            open.add(text.get(lang), By::Parent, lang, names);
        }
        if open.words >= ENOUGH_WORDS {
            pooled.push(std::mem::take(&mut open));
        }
    }
    // What is left goes with the last page.
    if let Some(last) = pooled.last_mut() {
        last.words += open.words;
        last.texts.append(&mut open.texts);
        last.sentences.append(&mut open.sentences);
    }
    pooled
}

fn sentences(text: &str, by: By, lang: Lang, names: &[&str]) -> Vec<Sentence> {
    let said = by.said(text);
    let mut sentences = Vec::new();
    for sentence in split(&said) {
        // A sentence with a passage in three wordings stands so in no file; its text does.
        let written = if text.contains(sentence) { sentence } else { text };
        let mut plain = sentence.to_owned();
        for name in names {
            plain = plain.replace(name, " ");
        }
        let words: Vec<&str> = words(&plain).filter(|word| !is_short_name(word)).collect();
        if !words.is_empty() {
            let syllables = words.iter().map(|word| syllables(word, lang)).sum();
            sentences.push(Sentence { written: written.to_owned(), words: words.len(), syllables });
        }
    }
    sentences
}

/// A text without a full stop is a sentence too: a label, a heading.
fn split(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut from = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let ends = letters.peek().is_none_or(|(_, next)| next.is_whitespace());
        if matches!(letter, '.' | '?' | '!' | ':' | ';') && ends {
            parts.push(&text[from..=at]);
            from = at + letter.len_utf8();
        }
    }
    parts.push(&text[from..]);
    parts.into_iter().map(str::trim).filter(|part| words(part).next().is_some()).collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphabetic() && !matches!(letter, '\'' | '’' | '-'))
        .filter(|word| word.chars().any(char::is_alphabetic))
}

/// A name of capitals: PASSE, MDPH.
fn is_short_name(word: &str) -> bool {
    word.chars().filter(|letter| letter.is_alphabetic()).count() > 1
        && word.chars().all(|letter| !letter.is_lowercase())
}

fn syllables(word: &str, lang: Lang) -> usize {
    let word = word.to_lowercase();
    match lang {
        Lang::En => english_syllables(&word),
        Lang::Es => spanish_syllables(&word),
    }
}

/// Vowels together are one syllable, but for those that mostly are two; a last e is silent, not so in `-le`, nor in `-es` and
/// `-ed` where it is spoken.
fn english_syllables(word: &str) -> usize {
    let word: String = word.chars().filter(char::is_ascii_lowercase).collect();
    let vowel = |letter: char| matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let mut count = groups(&word, vowel);
    let apart = |(at, pair): &(usize, &str)| match (word[..*at].chars().next_back(), pair.chars().next()) {
        (None, _) => false,
        (Some(before), _) if vowel(before) => false,
        // guard, question
        (Some('g' | 'q'), Some('u')) => false,
        (_, Some('u')) => true,
        // nation, social, people, behavior
        (Some('t' | 's' | 'c' | 'g' | 'x'), _) => false,
        _ => !word[*at..].starts_with("eop") && !word[*at..].starts_with("ior"),
    };
    let pairs = ["ia", "io", "iu", "eo", "ua", "uo"];
    count += pairs.iter().flat_map(|pair| word.match_indices(pair)).filter(apart).count();
    let letters: Vec<char> = word.chars().rev().collect();
    let silent = match letters.as_slice() {
        ['e', 'l', before, ..] => vowel(*before),
        ['e', before, ..] => !vowel(*before),
        ['s', 'e', 'l', before, ..] => vowel(*before),
        ['s', 'e', before, ..] => !vowel(*before) && !matches!(before, 'c' | 's' | 'z' | 'x' | 'g' | 'h'),
        ['d', 'e', before, ..] => !vowel(*before) && !matches!(before, 't' | 'd'),
        _ => false,
    };
    count.saturating_sub(usize::from(silent)).max(1)
}

/// Two strong vowels, or a stressed weak one beside a strong one, are apart; other vowels together are one syllable.
fn spanish_syllables(word: &str) -> usize {
    let strong = |letter: char| matches!(letter, 'a' | 'e' | 'o' | 'á' | 'é' | 'í' | 'ó' | 'ú');
    let vowel = |letter: char| strong(letter) || matches!(letter, 'i' | 'u' | 'ü');
    let letters: Vec<char> = word.chars().collect();
    let (mut count, mut in_group, mut strong_ones) = (0, false, 0);
    for (at, letter) in letters.iter().enumerate() {
        let next = letters.get(at + 1);
        // Silent in que, qui, gue, gui.
        let silent = *letter == 'u'
            && at > 0
            && matches!(letters[at - 1], 'q' | 'g')
            && next.is_some_and(|next| matches!(next, 'e' | 'i' | 'é' | 'í'));
        // A y at the end is an i.
        let spoken = if *letter == 'y' && next.is_none() { 'i' } else { *letter };
        if vowel(spoken) && !silent {
            strong_ones += usize::from(strong(spoken));
            in_group = true;
        } else if in_group {
            count += strong_ones.max(1);
            (in_group, strong_ones) = (false, 0);
        }
    }
    if in_group {
        count += strong_ones.max(1);
    }
    count.max(1)
}

/// How many runs of such letters there are.
fn groups(word: &str, of: impl Fn(char) -> bool) -> usize {
    word.split(|letter| !of(letter)).filter(|group| !group.is_empty()).count()
}

/// Flesch and Kincaid's grade, in tenths: 0.39 words a sentence + 11.8 syllables a word - 15.59.
fn grade(words: usize, sentences: usize, syllables: usize) -> i64 {
    let [words, sentences, syllables] = [words, sentences, syllables].map(|count| count as i64);
    (390 * words / sentences + 11_800 * syllables / words - 15_590) / 100
}

/// Fernández Huerta's ease, in tenths: 206.84 - 60 syllables a word - 1.02 words a sentence.
fn ease(words: usize, sentences: usize, syllables: usize) -> i64 {
    let [words, sentences, syllables] = [words, sentences, syllables].map(|count| count as i64);
    (206_840 - 60_000 * syllables / words - 1_020 * words / sentences) / 100
}

fn too_hard(files: &Files<'_>, page: &Page<'_>, lang: Lang) -> Option<Diagnostic> {
    let syllables = page.sentences.iter().map(|sentence| sentence.syllables).sum();
    let (words, sentences) = (page.words, page.sentences.len());
    let tenths = |figure: i64| format!("{}.{}", figure / 10, (figure % 10).abs());
    let message = match lang {
        Lang::En => {
            let grade = grade(words, sentences, syllables);
            (grade > HARDEST_GRADE).then(|| {
                format!(
                    "this and what families read with it, {words} English words, has grade {} of school, and {} is the \
                     hardest that is meant",
                    tenths(grade),
                    tenths(HARDEST_GRADE)
                )
            })
        }
        Lang::Es => {
            let ease = ease(words, sentences, syllables);
            (ease < LEAST_EASE).then(|| {
                format!(
                    "this and what families read with it, {words} Spanish words, has an ease of {}, and {} is the least \
                     that is meant",
                    tenths(ease),
                    tenths(LEAST_EASE)
                )
            })
        }
    }?;
    // What a sentence adds to the page: of a few words, little.
    let hardness = |sentence: &Sentence| {
        let Sentence { words, syllables, .. } = *sentence;
        let excess = match lang {
            Lang::En => grade(words, 1, syllables) - HARDEST_GRADE,
            Lang::Es => LEAST_EASE - ease(words, 1, syllables),
        };
        excess * words as i64
    };
    let hardest = page.sentences.iter().max_by_key(|sentence| hardness(sentence))?;
    let help = "this sentence adds most to it: make two of it, or use shorter words";
    Some(Diagnostic::new(Code::HardToRead, place(files, &hardest.written)?, message).help(help))
}

fn too_long(files: &Files<'_>, label: &str) -> Option<Diagnostic> {
    let count = By::ALL.into_iter().map(|by| words(&by.said(label)).count()).max()?;
    (count > LONGEST_LABEL).then_some(())?;
    let message = format!("this label has {count} words, and a label has {LONGEST_LABEL} at most");
    let help = "say it shorter; what has to be explained goes into `help`";
    Some(Diagnostic::new(Code::LongLabel, place(files, label)?, message).help(help))
}

/// Where a text is written: beside translations, if it is one of English; the first file where it is written with escapes, as
/// YAML can.
fn place(files: &Files<'_>, text: &str) -> Option<Span> {
    let found = |(id, file): &(FileId, &SourceFile)| {
        let range = written(&file.text, text)?;
        Some((file.path.ends_with("/es.yaml"), Span::new(*id, range.start, range.end)))
    };
    let somewhere = || files.first().map(|(id, _)| Span::new(*id, 0, 0));
    let best = files.iter().filter_map(found).min_by_key(|(translations, _)| *translations);
    best.map(|(_, span)| span).or_else(somewhere)
}

/// Where a text stands in a file: on one line, or over several with other blanks between its words.
fn written(file: &str, text: &str) -> Option<Range<usize>> {
    if let Some(start) = file.find(text) {
        return Some(start..start + text.len());
    }
    let mut words = text.split_whitespace();
    let first = words.next()?;
    file.match_indices(first).find_map(|(start, _)| {
        let mut rest = &file[start + first.len()..];
        for word in words.clone() {
            rest = rest.trim_start().strip_prefix(word)?;
        }
        Some(start..file.len() - rest.len())
    })
}

#[cfg(test)]
mod tests {
    use super::{ease, english_syllables, grade, spanish_syllables, split, written};

    #[test]
    fn a_text_is_found_on_one_line_or_over_several() {
        let file = "help: Ask them.\nhelp: >\n  Ask the\n  doctor, é.\n";
        let found = |text| written(file, text).map(|range| &file[range]);
        assert_eq!(found("Ask them."), Some("Ask them."));
        assert_eq!(found("Ask the doctor, é."), Some("Ask the\n  doctor, é."));
        assert_eq!(found("Ask the nurse."), None);
        assert_eq!(found(""), Some(""));
    }

    fn as_counted(counted: &str, syllables: impl Fn(&str) -> usize) {
        let right = |pair: &&str| {
            pair.split_once(':').is_some_and(|(word, count)| syllables(word).to_string() == count)
        };
        let wrong: Vec<&str> = counted.split_whitespace().filter(|pair| !right(pair)).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    #[test]
    fn english_syllables_as_counted_by_hand() {
        let counted = "care:1 child:1 people:2 program:2 decide:2 answer:2 medical:3 called:1 needed:2 agency:3 yes:1 \
             sure:1 state:1 places:2 family:3 nurse:1 eligible:4 diagnosis:4 behavior:3 before:2 doctor’s:2 \
             asked:1 clinic:2 hospital:3 income:2 social:2 special:2 condition:3 able:2 little:2 question:2 \
             medicaid:3 guardian:3 situation:4 radio:3 region:2";
        as_counted(counted, english_syllables);
    }

    #[test]
    fn spanish_syllables_as_counted_by_hand() {
        let counted = "cuidado:3 niño:2 línea:3 ayuda:3 qué:1 guía:2 agencia:3 todavía:4 hijo:2 respuesta:3 y:1 muy:1 \
             enfermera:4 coordinador:5 médico:3 cuesta:2 atención:3 evaluación:4 guerra:2 paraguas:3 leer:2 \
             aéreo:4 país:2 aire:2 familia:3 ingresos:3 continúa:4 ciudad:2";
        as_counted(counted, spanish_syllables);
    }

    #[test]
    fn figures_as_worked_out_by_hand() {
        // 10 words in 2 sentences with 12 syllables: 1.95 + 14.16 - 15.59, and 206.84 - 72 - 5.1.
        assert_eq!(grade(10, 2, 12), 5);
        assert_eq!(ease(10, 2, 12), 1297);
    }

    #[test]
    fn sentences_end_where_a_reader_stops() {
        assert_eq!(
            split("Call first. Say: it is 1.5 miles! 12"),
            ["Call first.", "Say:", "it is 1.5 miles!"]
        );
    }
}
