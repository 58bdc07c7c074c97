//! From words to lines: where each line begins, and which columns its parts stand in.

use super::super::Rule;
use super::tokens::{Gap, Stand, Token, Tokens};

/// How much deeper a block's lines stand than the block.
const INDENT: usize = 4;
/// A longer line has no say in where the remarks of its neighbors stand.
const LONGEST_ALIGNED: usize = 60;

/// The text of a file in its one layout.
pub(super) fn lay_out(tokens: &Tokens<'_>) -> String {
    let mut layout = Layout::default();
    for token in &tokens.words {
        layout.add(token);
    }
    layout.comments(&tokens.rest, false);
    layout.align();
    layout.text()
}

/// One line, not yet put into columns.
#[derive(Debug, Default)]
struct Line<'t> {
    /// Whether a blank line stands above.
    blank: bool,
    indent: Indent,
    text: String,
    /// The remark on the line itself.
    remark: Option<Remark>,
    /// The comment at its end.
    comment: Option<&'t str>,
}

#[derive(Debug, Clone, Copy)]
enum Indent {
    Blanks(usize),
    /// Below the remark of this line.
    Below(usize),
}

impl Default for Indent {
    fn default() -> Self {
        Self::Blanks(0)
    }
}

impl Line<'_> {
    /// Where its text ends.
    fn end(&self) -> usize {
        let indent = if let Indent::Blanks(indent) = self.indent { indent } else { 0 };
        indent + self.text.chars().count()
    }
}

/// A remark on the line that it speaks of.
#[derive(Debug)]
struct Remark {
    text: String,
    /// Where it stands.
    column: usize,
    /// Where the remarks below it stand.
    below: usize,
}

/// What stands between a `{` and its `}`, or the whole file.
#[derive(Debug, Default)]
struct Block {
    /// The indent of its lines.
    indent: usize,
    /// Whether it has lines.
    begun: bool,
    /// Its lines with remarks since the last blank line: they share a column.
    remarked: Vec<usize>,
}

#[derive(Debug, Default)]
struct Layout<'t> {
    lines: Vec<Line<'t>>,
    /// The outermost block of all.
    file: Block,
    /// The blocks inside it that are open, the innermost last.
    open: Vec<Block>,
    /// The indent of the line that is being written.
    indent: usize,
    /// Where its remarks stand that have lines of their own.
    hang: usize,
    /// Whether it has a remark.
    has_remark: bool,
    /// The line on which its first remark stands.
    remark: Option<usize>,
    /// Whether the last word ended a block.
    closed: bool,
}

impl<'t> Layout<'t> {
    fn add(&mut self, token: &Token<'t>) {
        let gap = &token.gap;
        match token.stand {
            Stand::Line => {
                let parts =
                    [Rule::k_program, Rule::k_contact, Rule::k_route, Rule::k_parameter, Rule::k_score];
                let apart = self.open.is_empty() && (self.closed || parts.contains(&token.rule));
                self.comments(gap, apart);
                let blank = gap.blank || apart && gap.above.is_empty();
                self.begin_line(blank);
            }
            Stand::Close => {
                self.comments(gap, false);
                self.align();
                let indent = self.open.pop().map_or(0, |block| block.indent.saturating_sub(INDENT));
                self.begin(false, Indent::Blanks(indent));
                self.statement(indent);
            }
            Stand::Remark => self.begin_remark(token),
            Stand::Joint if gap.broken => self.continue_below(gap),
            _ if gap.has_comment() => self.continue_below(gap),
            Stand::Column(column) => self.pad(column),
            Stand::Beside | Stand::Joint => self.write(" "),
            Stand::Against => {}
        }
        self.write(&token.text);
        self.closed = token.rule == Rule::close;
        if token.rule == Rule::open {
            self.open.push(Block { indent: self.indent + INDENT, ..Block::default() });
        }
    }

    fn block(&mut self) -> &mut Block {
        self.open.last_mut().unwrap_or(&mut self.file)
    }

    /// A line of the innermost block.
    fn begin_line(&mut self, blank: bool) {
        let block = self.block();
        let (indent, blank) = (block.indent, blank && block.begun);
        block.begun = true;
        if blank {
            self.align();
        }
        self.begin(blank, Indent::Blanks(indent));
        self.statement(indent);
    }

    fn begin(&mut self, blank: bool, indent: Indent) {
        self.lines.push(Line { blank, indent, ..Line::default() });
    }

    /// What is written from here on is a line of its own, as far as remarks go.
    fn statement(&mut self, indent: usize) {
        (self.indent, self.hang, self.has_remark, self.remark) = (indent, indent + INDENT, false, None);
    }

    /// The comments of a gap between two lines of a block; `apart` asks for a blank line somewhere among them.
    fn comments(&mut self, gap: &Gap<'t>, apart: bool) {
        self.comment_beside(gap);
        let mut apart = apart && !gap.has_blank_line();
        for (blank, comment) in &gap.above {
            self.begin_line(*blank || std::mem::take(&mut apart));
            self.write(comment);
        }
    }

    fn comment_beside(&mut self, gap: &Gap<'t>) {
        if let (Some(comment), Some(line)) = (gap.beside, self.lines.last_mut()) {
            line.comment = Some(comment);
        }
    }

    /// The rest of a line on a line of its own, with the comments before it.
    fn continue_below(&mut self, gap: &Gap<'t>) {
        let indent = self.block().indent + INDENT;
        self.below(gap, Indent::Blanks(indent));
        self.indent = indent;
    }

    fn below(&mut self, gap: &Gap<'t>, indent: Indent) {
        self.comment_beside(gap);
        for (_, comment) in &gap.above {
            self.begin(false, indent);
            self.write(comment);
        }
        self.begin(false, indent);
    }

    fn begin_remark(&mut self, token: &Token<'t>) {
        let first = !std::mem::replace(&mut self.has_remark, true);
        let beside = first && token.rule == Rule::k_cites && !token.gap.has_comment();
        let last = self.lines.len().saturating_sub(1);
        match self.lines.last_mut() {
            Some(line) if beside => {
                line.remark = Some(Remark { text: String::new(), column: 0, below: self.hang });
                self.remark = Some(last);
                self.block().remarked.push(last);
            }
            _ => self.below(&token.gap, self.remark.map_or(Indent::Blanks(self.hang), Indent::Below)),
        }
    }

    fn write(&mut self, text: &str) {
        if let Some(line) = self.lines.last_mut() {
            line.remark.as_mut().map_or(&mut line.text, |remark| &mut remark.text).push_str(text);
        }
    }

    /// Goes on in a column; what is written so far is at most a few words.
    fn pad(&mut self, column: usize) {
        let written = self.lines.last().map_or(0, |line| line.text.chars().count());
        self.write(&" ".repeat(column.saturating_sub(written).max(1)));
        self.hang = self.indent + column;
    }

    /// Puts the remarks of the innermost block, since the last blank line, into one column.
    fn align(&mut self) {
        let indent = self.block().indent;
        let remarked = std::mem::take(&mut self.block().remarked);
        let short = |end: &usize| *end <= indent + LONGEST_ALIGNED;
        let ends = remarked.iter().filter_map(|index| self.lines.get(*index)).map(Line::end);
        let column = ends.filter(short).max().unwrap_or_default() + 2;
        for index in remarked {
            let Some(line) = self.lines.get_mut(index) else { continue };
            let end = line.end();
            let Some(remark) = &mut line.remark else { continue };
            if short(&end) {
                (remark.column, remark.below) = (column, column);
            } else {
                remark.column = end + 2;
            }
        }
    }

    fn text(&self) -> String {
        let mut text = String::new();
        for line in &self.lines {
            let indent = match line.indent {
                Indent::Blanks(indent) => indent,
                Indent::Below(index) => {
                    let remark = self.lines.get(index).and_then(|line| line.remark.as_ref());
                    remark.map_or(0, |remark| remark.below)
                }
            };
            if line.blank {
                text.push('\n');
            }
            text.extend(std::iter::repeat_n(' ', indent));
            text.push_str(&line.text);
            if let Some(remark) = &line.remark {
                text.extend(std::iter::repeat_n(' ', remark.column.saturating_sub(line.end())));
                text.push_str(&remark.text);
            }
            if let Some(comment) = line.comment {
                text.push_str("  ");
                text.push_str(comment);
            }
            text.push('\n');
        }
        text
    }
}
