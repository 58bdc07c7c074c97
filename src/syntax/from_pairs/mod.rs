//! From what the grammar matched to the tree.
//!
//! The grammar has already judged the order of words; here a pair's children are taken in the order they stand.

mod criteria;
mod figures;
mod programs;

use super::mistake::{self, Place};
use super::tree::{
    Contact, ContactLine, Define, File, Item, Name, Review, Route, RouteLine, Spanned, State, Text,
};
use super::{MOST_MISTAKES, Rule};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};
use crate::value::{Figure, steps_of_one};
use pest::iterators::Pair;
use std::sync::LazyLock;

/// No policy speaks of more years, members or dollars than this; larger numbers are typing errors.
const LARGEST_NUMBER: i64 = 1_000_000_000;

pub(super) struct Reader<'t> {
    file: FileId,
    /// Where in the file the text begins.
    at: usize,
    text: &'t str,
    diagnostics: Vec<Diagnostic>,
    /// How many items and lines could not be read, told or not.
    broken: usize,
}

impl<'t> Reader<'t> {
    pub(super) fn new(file: FileId, text: &'t str) -> Self {
        Self::at(file, 0, text)
    }

    /// A reader of a part of a file, which begins at this byte.
    pub(super) fn at(file: FileId, at: usize, text: &'t str) -> Self {
        Self { file, at, text, diagnostics: Vec::new(), broken: 0 }
    }

    pub(super) fn report(&mut self, found: Diagnostic) {
        self.diagnostics.push(found);
    }

    pub(super) fn into_diagnostics(mut self) -> Vec<Diagnostic> {
        self.diagnostics.sort_by_key(|found| found.span);
        self.diagnostics
    }

    pub(super) fn file(&mut self, pair: Pair<'_, Rule>) -> File {
        let items = pair.into_inner().filter_map(|pair| self.item(pair)).collect();
        File { items, refused: false }
    }

    fn item(&mut self, pair: Pair<'_, Rule>) -> Option<Item> {
        match pair.as_rule() {
            Rule::state => Some(Item::State(self.state(pair))),
            Rule::define => {
                let mut words = content(pair);
                let name = self.name(&words.next()?);
                Some(Item::Define(Define { name, criterion: self.criterion(words.next()?) }))
            }
            Rule::program => Some(Item::Program(self.block(&mut content(pair), Place::Program)?)),
            Rule::contact => Some(Item::Contact(self.contact(pair)?)),
            Rule::route => {
                let span = Span { end: self.span(&pair).start + "route".len() as u32, ..self.span(&pair) };
                let (lines, broken) = self.lines(content(pair), Place::Route, Self::route_line);
                Some(Item::Route(Route { lines, broken, span }))
            }
            Rule::parameter => Some(Item::Parameter(self.parameter(pair)?)),
            Rule::score => Some(Item::Score(self.score(pair)?)),
            Rule::always | Rule::never => Some(Item::Invariant(self.invariant(pair)?)),
            Rule::intended => Some(Item::Intended(self.intended(pair)?)),
            Rule::poverty_year => Some(Item::PovertyYear(self.poverty_year(&mut content(pair))?)),
            Rule::check_sources => {
                let span = self.span(&pair);
                Some(Item::CheckSources(Spanned { value: self.months(pair.into_inner())?, span }))
            }
            Rule::broken_item => {
                self.broken_line(&pair, Place::File);
                Some(Item::Broken(mistake::declared_name(pair.as_str())))
            }
            _ => None,
        }
    }

    fn state(&mut self, pair: Pair<'_, Rule>) -> State {
        let span = self.span(&pair);
        let (mut code, mut name, mut review, mut spanish_review) = (None, None, None, None);
        for pair in content(pair) {
            match pair.as_rule() {
                Rule::state_code => code = Some(self.name(&pair)),
                Rule::text => name = Some(self.text(&pair)),
                Rule::spanish_review => spanish_review = self.review(pair),
                _ => review = self.review(pair),
            }
        }
        let nowhere = Spanned { value: String::new(), span: Span::new(self.file, 0, 0) };
        State {
            code: code.unwrap_or_else(|| nowhere.clone()),
            name: name.unwrap_or(nowhere),
            review,
            spanish_review,
            span,
        }
    }

    fn review(&mut self, pair: Pair<'_, Rule>) -> Option<Review> {
        let mut words = content(pair);
        let (name, agency, day) = (words.next()?, words.next()?, words.next()?);
        Some((self.text(&name), self.text(&agency), self.name(&day)))
    }

    fn contact(&mut self, pair: Pair<'_, Rule>) -> Option<Contact> {
        let mut words = content(pair);
        let (id, name) = (self.name(&words.next()?), self.text(&words.next()?));
        let (lines, broken) = self.lines(words, Place::Contact, Self::contact_line);
        Some(Contact { id, name, lines, broken })
    }

    /// Reads the lines of a block; says whether one of them is broken.
    fn lines<'p, T>(
        &mut self,
        pairs: impl Iterator<Item = Pair<'p, Rule>>,
        place: Place,
        read: impl Fn(&mut Self, Pair<'p, Rule>) -> Option<T>,
    ) -> (Vec<Spanned<T>>, bool) {
        let (mut lines, mut broken) = (Vec::new(), false);
        for pair in pairs {
            let span = self.span(&pair);
            if pair.as_rule() == Rule::broken_line {
                self.broken_line(&pair, place);
                broken = true;
            } else if let Some(value) = read(self, pair) {
                lines.push(Spanned { value, span });
            }
        }
        (lines, broken)
    }

    fn broken_line(&mut self, pair: &Pair<'_, Rule>, place: Place) {
        let span = self.span(pair);
        self.broken += 1;
        if self.broken <= MOST_MISTAKES {
            let broken = &self.text[span.start as usize..span.end as usize];
            self.diagnostics.push(mistake::find(self.file, span.start as usize, broken, place));
        } else if self.broken == MOST_MISTAKES + 1 {
            let message = format!(
                "from here on nothing more is told: {MOST_MISTAKES} lines before this one are not understood"
            );
            let line = mistake::first_line(span, pair.as_str());
            let found = Diagnostic::new(Code::NotUnderstood, line, message);
            self.diagnostics.push(found.help("mend those first; the rest is told then"));
        }
    }

    fn contact_line(&mut self, pair: Pair<'_, Rule>) -> Option<ContactLine> {
        let rule = pair.as_rule();
        let mut words = content(pair);
        Some(match rule {
            Rule::phone => ContactLine::Phone(self.text(&words.next()?)),
            Rule::hours => ContactLine::Hours(self.text(&words.next()?)),
            Rule::url => ContactLine::Url(self.text(&words.next()?)),
            Rule::source => {
                ContactLine::Source(self.name(&words.next()?), words.next().map(|pair| self.text(&pair)))
            }
            Rule::confirm_first => ContactLine::ConfirmFirst,
            _ => return None,
        })
    }

    fn route_line(&mut self, pair: Pair<'_, Rule>) -> Option<RouteLine> {
        let rule = pair.as_rule();
        let mut words = content(pair);
        let first = words.next()?;
        Some(match rule {
            Rule::lead => RouteLine::Lead(self.names(first), self.remarks(&mut words)),
            Rule::alongside => RouteLine::Alongside(self.names(first)),
            _ => RouteLine::Otherwise(self.name(&first)),
        })
    }

    // ------------------------------------------------------------------ words

    fn names(&self, pair: Pair<'_, Rule>) -> Vec<Name> {
        content(pair).map(|pair| self.name(&pair)).collect()
    }

    pub(super) fn name(&self, pair: &Pair<'_, Rule>) -> Name {
        Spanned { value: pair.as_str().to_owned(), span: self.span(pair) }
    }

    fn text(&self, pair: &Pair<'_, Rule>) -> Text {
        Spanned { value: pair.as_str().trim_matches('"').trim().to_owned(), span: self.span(pair) }
    }

    fn whole(&mut self, pair: &Pair<'_, Rule>) -> i64 {
        let digits: String = pair.as_str().chars().filter(char::is_ascii_digit).collect();
        digits.parse().ok().filter(|number| *number <= LARGEST_NUMBER).unwrap_or_else(|| {
            let message = format!("this number is larger than {LARGEST_NUMBER}");
            let help = "write the number as the policy has it; no bound may be larger than this";
            self.diagnostics.push(Diagnostic::new(Code::BadNumber, self.span(pair), message).help(help));
            LARGEST_NUMBER
        })
    }

    /// A number with or without decimals.
    fn figure(&mut self, pair: &Pair<'_, Rule>) -> Figure {
        let digits: String = pair.as_str().chars().filter(|c| *c != ',').collect();
        let small = |figure: &Figure| figure.steps / steps_of_one(figure.decimals) <= LARGEST_NUMBER;
        match Figure::parse(&digits).filter(small) {
            Some(figure) if pair.as_rule() == Rule::decimal => figure,
            _ => Figure::whole(self.whole(pair)),
        }
    }

    fn count(&mut self, pair: Pair<'_, Rule>) -> u32 {
        u32::try_from(self.whole(&pair)).unwrap_or(u32::MAX)
    }

    pub(super) fn span(&self, pair: &Pair<'_, Rule>) -> Span {
        let span = pair.as_span();
        // A rule ends where its last word does, not after the blanks that follow.
        let start = self.at + span.start();
        Span::new(self.file, start, start + span.as_str().trim_end().len())
    }
}

/// A pair's children without keywords and punctuation.
pub(super) fn content(pair: Pair<'_, Rule>) -> impl Iterator<Item = Pair<'_, Rule>> {
    let keeps_keywords = matches!(pair.as_rule(), Rule::cost | Rule::audience | Rule::step | Rule::renews);
    let mut first = true;
    pair.into_inner().filter(move |pair| {
        let is_first = std::mem::take(&mut first);
        let punctuation = matches!(
            pair.as_rule(),
            Rule::open | Rule::close | Rule::comma | Rule::colon | Rule::equals | Rule::percent
        );
        !punctuation && (!is_keyword(pair) || keeps_keywords && !is_first)
    })
}

/// Whether the grammar's rule is a word of the language: its name says so.
pub(super) fn is_keyword(pair: &Pair<'_, Rule>) -> bool {
    static KEYWORDS: LazyLock<Vec<bool>> =
        LazyLock::new(|| Rule::all_rules().iter().map(|rule| mistake::keyword(*rule).is_some()).collect());
    KEYWORDS.get(pair.as_rule() as usize - Rule::all_rules()[0] as usize).copied().unwrap_or_default()
}
