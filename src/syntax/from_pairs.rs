//! From what the grammar matched to the tree.
//!
//! The grammar has already judged the order of words; here a pair's children are taken in the order they stand.

use super::mistake::{self, Place};
use super::tree::{
    AgeLimit, Contact, ContactLine, Cost, Criterion, CriterionKind, Deference, Define, File, Item, Name,
    Payment, Program, ProgramLine, Quantifier, Remarks, Route, RouteLine, Spanned, State, StepFor, Text,
};
use super::{MOST_MISTAKES, Rule};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};
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
            Rule::program => Some(Item::Program(self.program(pair)?)),
            Rule::contact => Some(Item::Contact(self.contact(pair)?)),
            Rule::route => {
                let span = Span { end: self.span(&pair).start + "route".len() as u32, ..self.span(&pair) };
                let (lines, broken) = self.lines(content(pair), Place::Route, Self::route_line);
                Some(Item::Route(Route { lines, broken, span }))
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
        let (mut code, mut name, mut review) = (None, None, None);
        for pair in content(pair) {
            match pair.as_rule() {
                Rule::state_code => code = Some(self.name(&pair)),
                Rule::text => name = Some(self.text(&pair)),
                _ => {
                    let mut words = content(pair);
                    if let (Some(a), Some(b), Some(c)) = (words.next(), words.next(), words.next()) {
                        review = Some((self.text(&a), self.text(&b), self.name(&c)));
                    }
                }
            }
        }
        let nowhere = Spanned { value: String::new(), span: Span::new(self.file, 0, 0) };
        State { code: code.unwrap_or_else(|| nowhere.clone()), name: name.unwrap_or(nowhere), review, span }
    }

    fn program(&mut self, pair: Pair<'_, Rule>) -> Option<Program> {
        let mut words = content(pair);
        let (id, name) = (self.name(&words.next()?), self.text(&words.next()?));
        let (lines, broken) = self.lines(words, Place::Program, Self::program_line);
        Some(Program { id, name, lines, broken })
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
            self.diagnostics.push(Diagnostic::new(
                Code::NotUnderstood,
                mistake::first_line(span, pair.as_str()),
                message,
            ));
        }
    }

    fn program_line(&mut self, pair: Pair<'_, Rule>) -> Option<ProgramLine> {
        let rule = pair.as_rule();
        let words = &mut content(pair);
        Some(match rule {
            Rule::offers => ProgramLine::Offers(words.map(|pair| self.name(&pair)).collect()),
            Rule::coordinator => {
                ProgramLine::Coordinator(self.name(&words.next()?), words.next().map(|pair| self.text(&pair)))
            }
            Rule::financing => self.financing(words)?,
            Rule::cost => ProgramLine::Cost(match words.next()?.as_rule() {
                Rule::k_free => Cost::Free,
                Rule::k_possible => Cost::Possible,
                _ => Cost::NotStated,
            }),
            Rule::audience => ProgramLine::ForProfessionals(words.next()?.as_rule() == Rule::k_professionals),
            Rule::source => {
                ProgramLine::Source(self.name(&words.next()?), words.next().map(|pair| self.text(&pair)))
            }
            Rule::contact_line => ProgramLine::Contact(self.name(&words.next()?)),
            Rule::asked_as => ProgramLine::AskedAs(self.text(&words.next()?)),
            Rule::note => ProgramLine::Note(self.text(&words.next()?)),
            Rule::step => {
                let first = words.next()?;
                let whom = match first.as_rule() {
                    Rule::k_when_received => StepFor::Received,
                    Rule::k_when_not_received => StepFor::NotReceived,
                    _ => return Some(ProgramLine::Step(StepFor::Everyone, self.text(&first))),
                };
                ProgramLine::Step(whom, self.text(&words.next()?))
            }
            Rule::since => ProgramLine::Since(self.name(&words.next()?), self.remarks(words)),
            Rule::until => ProgramLine::Until(self.name(&words.next()?), self.remarks(words)),
            Rule::eligible => ProgramLine::Eligible(self.criterion_with_remarks(words)?),
            Rule::receiving_when => ProgramLine::Receiving(self.criterion_with_remarks(words)?),
            Rule::defers_to => {
                let target = words.next()?;
                let deference = if target.as_rule() == Rule::any_received {
                    Deference::AnyReceived(self.name(&content(target).next()?))
                } else {
                    Deference::Programs(self.names(target))
                };
                ProgramLine::DefersTo(deference, self.remarks(words))
            }
            Rule::implies | Rule::usually => return self.definition(rule, words),
            _ => return None,
        })
    }

    fn financing<'p>(&mut self, words: &mut impl Iterator<Item = Pair<'p, Rule>>) -> Option<ProgramLine> {
        let (mut payments, mut pays_for, mut when) = (Vec::new(), None, None);
        for pair in words {
            match pair.as_rule() {
                Rule::payment => {
                    let mut names = content(pair);
                    let payer = self.name(&names.next()?);
                    payments.push(Payment { payer, mechanism: names.next().map(|pair| self.name(&pair)) });
                }
                Rule::text => pays_for = Some(self.text(&pair)),
                Rule::criterion => when = Some(self.criterion(pair)),
                _ => {}
            }
        }
        let mut payments = payments.into_iter();
        let first = payments.next()?;
        Some(ProgramLine::Financing { first, pays_for, otherwise: when.zip(payments.next()) })
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

    // ------------------------------------------------------------------ criteria

    fn criterion_with_remarks<'p>(
        &mut self,
        words: &mut impl Iterator<Item = Pair<'p, Rule>>,
    ) -> Option<Criterion> {
        let criterion = self.criterion(words.next()?);
        Some(Criterion { remarks: self.remarks(words), ..criterion })
    }

    pub(super) fn remarks<'p>(&mut self, words: &mut impl Iterator<Item = Pair<'p, Rule>>) -> Remarks {
        let mut remarks = Remarks::default();
        for pair in words {
            let rule = pair.as_rule();
            let Some(inner) = content(pair).next() else { continue };
            match rule {
                Rule::cites => remarks.cites.extend(self.names(inner)),
                Rule::reading => remarks.reading = Some(self.text(&inner)),
                _ => {}
            }
        }
        remarks
    }

    fn criterion(&mut self, pair: Pair<'_, Rule>) -> Criterion {
        let span = self.span(&pair);
        let parts = pair.into_inner().filter(|pair| pair.as_rule() == Rule::conjunction);
        let parts = parts.map(|pair| self.conjunction(pair)).collect();
        joined(parts, span, CriterionKind::Or)
    }

    fn conjunction(&mut self, pair: Pair<'_, Rule>) -> Criterion {
        let span = self.span(&pair);
        let parts = pair.into_inner().filter(|pair| pair.as_rule() == Rule::negation);
        let parts = parts.map(|pair| self.negation(pair)).collect();
        joined(parts, span, CriterionKind::And)
    }

    fn negation(&mut self, pair: Pair<'_, Rule>) -> Criterion {
        let span = self.span(&pair);
        let mut negative = false;
        let mut criterion = None;
        for pair in pair.into_inner() {
            if pair.as_rule() == Rule::k_not {
                negative = !negative;
            } else {
                criterion = Some(self.test(pair));
            }
        }
        let criterion = criterion.unwrap_or_else(|| nothing(span));
        if negative { plain(CriterionKind::Not(Box::new(criterion)), span) } else { criterion }
    }

    fn test(&mut self, pair: Pair<'_, Rule>) -> Criterion {
        let span = self.span(&pair);
        let kind = match pair.as_rule() {
            Rule::group => self.group(pair),
            Rule::parentheses => {
                return pair.into_inner().next().map_or_else(|| nothing(span), |inner| self.criterion(inner));
            }
            Rule::age => self.age(pair),
            Rule::ambiguous_age => self.ambiguous_age(pair, span),
            _ => self.named_test(pair),
        };
        kind.map_or_else(|| nothing(span), |kind| plain(kind, span))
    }

    /// The tests that name a fact, a list or a program.
    fn named_test(&mut self, pair: Pair<'_, Rule>) -> Option<CriterionKind> {
        let rule = pair.as_rule();
        let mut words = pair.into_inner();
        Some(match rule {
            Rule::diagnosis => {
                let count = words.next()?;
                let at_least = match count.as_rule() {
                    Rule::k_any_diagnosis_in => 1,
                    Rule::k_no_diagnosis_in => 0,
                    _ => {
                        let span = self.span(&count);
                        let number = self.count(content(count).next()?);
                        if number == 0 {
                            let message = "every child has at least 0 of them: this test never decides";
                            let help = "write `no diagnosis in …`, or a number from 1";
                            self.diagnostics.push(Diagnostic::new(Code::BadNumber, span, message).help(help));
                        }
                        number
                    }
                };
                CriterionKind::Diagnoses { at_least, list: self.name(&words.next()?) }
            }
            Rule::enrolled => {
                let target = words.filter(|pair| !is_keyword(pair)).last()?;
                let names = match target.as_rule() {
                    Rule::name_list => self.names(target),
                    _ => vec![self.name(&target)],
                };
                CriterionKind::EnrolledIn(names)
            }
            Rule::eligible_for => CriterionKind::EligibleFor(self.name(&words.nth(1)?)),
            Rule::receiving => CriterionKind::Receiving(self.name(&words.nth(1)?)),
            Rule::decided_by => {
                let mut texts = words.filter(|pair| pair.as_rule() == Rule::text);
                CriterionKind::DecidedBy(self.text(&texts.next()?), self.text(&texts.next()?))
            }
            Rule::not_stated => CriterionKind::NotStated(self.text(&words.nth(1)?)),
            Rule::one_of => {
                let mut names = words.filter(|pair| !is_keyword(pair));
                let fact = self.name(&names.next()?);
                let target = names.next()?;
                let choices = match target.as_rule() {
                    Rule::name_list => self.names(target),
                    _ => vec![self.name(&target)],
                };
                CriterionKind::OneOf(fact, choices)
            }
            Rule::number => {
                let fact = self.name(&words.next()?);
                let bound = words.next()?;
                let rule = bound.as_rule();
                let number = self.whole(&content(bound).next()?);
                let (from, to) = match rule {
                    Rule::number_at_least => (Some(number), None),
                    Rule::number_more_than => (Some(number + 1), None),
                    Rule::number_under => (None, Some(number - 1)),
                    _ => (None, Some(number)),
                };
                CriterionKind::Number { fact, from, to }
            }
            _ => CriterionKind::Fact(self.name(&words.next()?)),
        })
    }

    fn group(&mut self, pair: Pair<'_, Rule>) -> Option<CriterionKind> {
        let mut words = content(pair);
        let quantifier = words.next()?.into_inner().next()?;
        let quantifier = match quantifier.as_rule() {
            Rule::k_all_of => Quantifier::All,
            Rule::k_any_of => Quantifier::Any,
            Rule::k_none_of => Quantifier::None,
            _ => Quantifier::AtLeast(self.count(content(quantifier).next()?)),
        };
        let (mut members, mut unless, mut broken) = (Vec::new(), Vec::new(), false);
        for pair in words {
            match pair.as_rule() {
                Rule::broken_line => {
                    self.broken_line(&pair, Place::Group);
                    broken = true;
                }
                Rule::unless => unless.extend(self.criterion_with_remarks(&mut content(pair))),
                _ => members.extend(self.criterion_with_remarks(&mut content(pair))),
            }
        }
        Some(CriterionKind::Group { quantifier, members, unless, broken })
    }

    fn age(&mut self, pair: Pair<'_, Rule>) -> Option<CriterionKind> {
        let span = self.span(&pair);
        let mut words = content(pair);
        let bound = words.next()?;
        let rule = bound.as_rule();
        let limits: Vec<_> = content(bound).map(|pair| self.age_value(pair)).collect();
        let mut limits = limits.into_iter();
        let (first, unit) = limits.next()??;
        let (from, below) = match rule {
            Rule::age_under => (None, Some(first)),
            Rule::age_through => (None, Some(after(first))),
            Rule::age_at_least => (Some(first), None),
            _ => {
                let (last, last_unit) = limits.next()??;
                // `from 3 through 20 months`: one unit at the end serves both; one at the beginning does not.
                if unit && !last_unit && first.in_months {
                    let number = last.months / 12;
                    let message = format!("`through {number}` can be read in two ways");
                    let help = format!(
                        "is that years or months? Write `through {number} years` or `through {number} months`"
                    );
                    self.diagnostics.push(Diagnostic::new(Code::Ambiguous, span, message).help(help));
                }
                let from = if !unit && last.in_months {
                    AgeLimit { months: first.months / 12, in_months: true }
                } else {
                    AgeLimit { in_months: first.in_months || last.in_months, ..first }
                };
                (Some(from), Some(after(last)))
            }
        };
        Some(CriterionKind::Age { from, below, month_end: words.next().is_some() })
    }

    /// An age, and whether its unit is written.
    fn age_value(&mut self, pair: Pair<'_, Rule>) -> Option<(AgeLimit, bool)> {
        let span = self.span(&pair);
        let mut words = pair.into_inner();
        let number = self.whole(&words.next()?);
        let unit = words.next().map(|unit| unit.as_rule());
        let in_months = unit == Some(Rule::k_months);
        let months = if in_months { number } else { number.saturating_mul(12) };
        if months > 12 * i64::from(crate::value::OLDEST_AGE_YEARS) {
            self.diagnostics.push(
                Diagnostic::new(Code::BadNumber, span, "nobody reaches this age")
                    .help("write completed years, or completed months with `months`"),
            );
        }
        let months = u32::try_from(months).unwrap_or(u32::MAX).min(1_500);
        Some((AgeLimit { months, in_months }, unit.is_some()))
    }

    /// A phrase with two meanings: the question that settles it.
    fn ambiguous_age(&mut self, pair: Pair<'_, Rule>, span: Span) -> Option<CriterionKind> {
        let phrase = pair.as_str().trim().to_owned();
        let mut vague = "between".to_owned();
        let mut limits = Vec::new();
        for pair in content(pair) {
            if pair.as_rule() == Rule::vague {
                vague = pair.as_str().to_owned();
            } else {
                limits.push((pair.as_str().trim().to_owned(), self.age_value(pair)?.0));
            }
        }
        let (written, limit) = limits.first()?;
        let upper = limits.get(1).map(|(upper, _)| upper.as_str());
        let help = match (vague.split_whitespace().next().unwrap_or_default(), upper) {
            ("over" | "above" | "older", _) => format!(
                "does a child who is {written} qualify? Write `age at least {written}` if so, `age at least {}` if not",
                after_text(*limit)
            ),
            ("between", Some(upper)) => format!(
                "does a child who has turned {upper} still qualify? `age from {written} through {upper}` has both ages in"
            ),
            ("between", None) => {
                format!("between {written} and what? `age from {written} through …` has both ages in")
            }
            _ => format!(
                "does a child who has turned {written} still qualify? Write `age under {written}` if not, `age through {written}` if so"
            ),
        };
        let message = format!("`{phrase}` can be read in two ways");
        self.diagnostics.push(Diagnostic::new(Code::Ambiguous, span, message).help(help));
        Some(CriterionKind::Age { from: None, below: None, month_end: false })
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
            self.diagnostics.push(Diagnostic::new(Code::BadNumber, self.span(pair), message));
            LARGEST_NUMBER
        })
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
    let keeps_keywords = matches!(pair.as_rule(), Rule::cost | Rule::audience | Rule::step);
    let mut first = true;
    pair.into_inner().filter(move |pair| {
        let is_first = std::mem::take(&mut first);
        let punctuation =
            matches!(pair.as_rule(), Rule::open | Rule::close | Rule::comma | Rule::colon | Rule::equals);
        !punctuation && (!is_keyword(pair) || keeps_keywords && !is_first)
    })
}

/// Whether the grammar's rule is a word of the language: its name says so.
pub(super) fn is_keyword(pair: &Pair<'_, Rule>) -> bool {
    static KEYWORDS: LazyLock<Vec<bool>> =
        LazyLock::new(|| Rule::all_rules().iter().map(|rule| mistake::keyword(*rule).is_some()).collect());
    KEYWORDS.get(pair.as_rule() as usize - Rule::all_rules()[0] as usize).copied().unwrap_or_default()
}

fn after(limit: AgeLimit) -> AgeLimit {
    AgeLimit { months: limit.months + if limit.in_months { 1 } else { 12 }, ..limit }
}

fn after_text(limit: AgeLimit) -> String {
    if limit.in_months { format!("{} months", limit.months + 1) } else { (limit.months / 12 + 1).to_string() }
}

fn joined(
    mut parts: Vec<Criterion>,
    span: Span,
    join: impl Fn(Vec<Criterion>) -> CriterionKind,
) -> Criterion {
    match parts.len() {
        1 => parts.remove(0),
        _ => plain(join(parts), span),
    }
}

fn plain(kind: CriterionKind, span: Span) -> Criterion {
    Criterion { kind, span, remarks: Remarks::default() }
}

/// What stands for a criterion that could not be read: it has no say.
fn nothing(span: Span) -> Criterion {
    plain(
        CriterionKind::Group {
            quantifier: Quantifier::All,
            members: Vec::new(),
            unless: Vec::new(),
            broken: true,
        },
        span,
    )
}
