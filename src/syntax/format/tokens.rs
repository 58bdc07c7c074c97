//! The words of a rule file in their order, and what stands between them.
//!
//! The grammar passes over blanks and comments. They are read here from the gaps between the words that it found, so
//! that it stays the only one that knows where a word ends.

use super::super::Rule;
use super::super::from_pairs::is_keyword;
use pest::iterators::Pair;
use std::borrow::Cow;

/// Where the values of a program's lines stand: two blanks after `coordinator`, its longest word.
const PROGRAM_COLUMN: usize = "coordinator  ".len();
/// Where the texts of steps stand that are for some families only.
const STEP_COLUMN: usize = "step when not received ".len();
/// Where the values of a benefit's lines stand.
const BENEFIT_COLUMN: usize = "financing  ".len();
/// Where the values of a contact's lines stand.
const CONTACT_COLUMN: usize = "source  ".len();
/// Where the values of the route's lines stand.
const ROUTE_COLUMN: usize = "alongside  ".len();

/// A rule file, word by word.
#[derive(Debug, Default)]
pub(super) struct Tokens<'t> {
    /// Its words.
    pub(super) words: Vec<Token<'t>>,
    /// What stands after the last one.
    pub(super) rest: Gap<'t>,
}

/// One word, text, number or mark.
#[derive(Debug)]
pub(super) struct Token<'t> {
    /// As it is written; between the words of a keyword stands one blank.
    pub(super) text: Cow<'t, str>,
    /// What the grammar takes it for.
    pub(super) rule: Rule,
    /// How it stands to the word before.
    pub(super) stand: Stand,
    /// What the author wrote between the word before and this one.
    pub(super) gap: Gap<'t>,
}

/// How a word stands to the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stand {
    /// It starts an item, or a line of a block.
    Line,
    /// It is the `}` that ends a block.
    Close,
    /// It starts what an author adds to a line.
    Remark,
    /// After `and` or `or`: the author may have begun a new line.
    Joint,
    /// In this column of its line.
    Column(usize),
    /// After one blank.
    Beside,
    /// After nothing.
    Against,
}

/// What stands between two words.
#[derive(Debug, Default)]
pub(super) struct Gap<'t> {
    /// Whether a line ends here.
    pub(super) broken: bool,
    /// The comment at the end of the line before.
    pub(super) beside: Option<&'t str>,
    /// The comments that have lines of their own, each with whether a blank line stands above it.
    pub(super) above: Vec<(bool, &'t str)>,
    /// Whether a blank line stands between all this and the word.
    pub(super) blank: bool,
}

impl<'t> Gap<'t> {
    fn new(text: &'t str) -> Self {
        let mut lines = text.split('\n').map(|line| line.trim_matches([' ', '\t'])).peekable();
        let beside = lines.next().filter(|comment| !comment.is_empty());
        let mut gap = Self { broken: lines.peek().is_some(), beside, ..Self::default() };
        while let Some(line) = lines.next() {
            if !line.is_empty() {
                gap.above.push((std::mem::take(&mut gap.blank), line));
            } else if lines.peek().is_some() {
                gap.blank = true;
            }
        }
        gap
    }

    /// Whether there is a comment in it.
    pub(super) fn has_comment(&self) -> bool {
        self.beside.is_some() || !self.above.is_empty()
    }

    /// Whether there is a blank line in it.
    pub(super) fn has_blank_line(&self) -> bool {
        self.blank || self.above.iter().any(|(blank, _)| *blank)
    }
}

/// The words of a file that the grammar has understood.
pub(super) fn read<'t>(text: &'t str, file: Pair<'t, Rule>) -> Tokens<'t> {
    let mut reader = Reader { text, at: 0, stand: Stand::Line, column: None, words: Vec::new() };
    reader.children(file);
    let rest = reader.gap(text.len());
    Tokens { words: reader.words, rest }
}

struct Reader<'t> {
    text: &'t str,
    /// Where the last word ended.
    at: usize,
    /// How the next word stands to it.
    stand: Stand,
    /// The column of the word after the next.
    column: Option<usize>,
    words: Vec<Token<'t>>,
}

impl<'t> Reader<'t> {
    fn children(&mut self, pair: Pair<'t, Rule>) {
        let parent = pair.as_rule();
        let mut in_block = parent == Rule::file;
        for child in pair.into_inner() {
            let rule = child.as_rule();
            match rule {
                Rule::EOI => return,
                Rule::close => (self.stand, in_block) = (Stand::Close, false),
                _ if in_block => (self.stand, self.column) = (Stand::Line, column(parent, rule)),
                Rule::open => in_block = true,
                Rule::cites | Rule::reading | Rule::waived | Rule::intended_line => {
                    self.stand = Stand::Remark
                }
                Rule::comma | Rule::colon | Rule::percent => self.stand = Stand::Against,
                _ => {}
            }
            self.pair(child);
            if matches!(rule, Rule::k_and | Rule::k_or) {
                self.stand = Stand::Joint;
            }
        }
    }

    fn pair(&mut self, pair: Pair<'t, Rule>) {
        let (rule, span) = (pair.as_rule(), pair.as_span());
        if rule == Rule::parentheses {
            // The grammar has no rules for the marks themselves.
            self.word("(".into(), rule, span.start(), span.start() + 1);
            self.stand = Stand::Against;
            self.children(pair);
            self.stand = Stand::Against;
            self.word(")".into(), rule, span.end() - 1, span.end());
        } else if pair.clone().into_inner().next().is_some() {
            self.children(pair);
        } else {
            let text = if is_keyword(&pair) {
                pair.as_str().split_whitespace().collect::<Vec<_>>().join(" ").into()
            } else {
                pair.as_str().into()
            };
            self.word(text, rule, span.start(), span.end());
        }
    }

    fn word(&mut self, text: Cow<'t, str>, rule: Rule, start: usize, end: usize) {
        let for_some = matches!(rule, Rule::k_when_received | Rule::k_when_not_received);
        let stand = if for_some { Stand::Beside } else { self.stand };
        let gap = self.gap(start);
        self.words.push(Token { text, rule, stand, gap });
        self.at = end;
        let column = if for_some { Some(STEP_COLUMN) } else { self.column.take() };
        self.stand = column.map_or(Stand::Beside, Stand::Column);
    }

    /// What stands between the last word and this place.
    fn gap(&self, until: usize) -> Gap<'t> {
        let mut gap = Gap::new(self.text.get(self.at..until).unwrap_or_default());
        if self.words.is_empty() {
            // Before the first word there is no line that a comment could stand beside.
            gap.above.splice(0..0, gap.beside.take().map(|comment| (false, comment)));
        }
        gap
    }
}

/// Where the value of a block's line stands, if it has a column.
fn column(block: Rule, line: Rule) -> Option<usize> {
    match (block, line) {
        // Lines that begin with more than a word are read as sentences.
        (
            Rule::program | Rule::benefit,
            Rule::eligible
            | Rule::receiving_when
            | Rule::defers_to
            | Rule::excluded_by
            | Rule::relation
            | Rule::last_payer
            | Rule::benefit
            | Rule::implies
            | Rule::usually,
        ) => None,
        (Rule::program, _) => Some(PROGRAM_COLUMN),
        (Rule::benefit, _) => Some(BENEFIT_COLUMN),
        (Rule::contact, _) => Some(CONTACT_COLUMN),
        (Rule::route, _) => Some(ROUTE_COLUMN),
        _ => None,
    }
}
