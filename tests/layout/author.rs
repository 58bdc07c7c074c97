//! Random rule files: a list of words and of what may stand between them.
//!
//! Blanks are thrown anew each time a file is written, so that two writings of it differ in nothing else.

use super::dice::Dice;

/// A part of a random file.
#[derive(Debug)]
pub(crate) enum Part {
    /// Words and marks with single blanks between them; each blank may be written as several.
    Words(String),
    /// The rest of a text after its first quotation mark.
    Text(String),
    /// Blanks may stand here, or none.
    Maybe,
    /// A line may end here.
    Break(Break),
}

#[derive(Debug, Default)]
pub(crate) struct Break {
    /// Whether a line ends here: always, never, or as it comes.
    broken: Option<bool>,
    beside: Option<String>,
    /// Comments with lines of their own, and whether a blank line stands above each.
    above: Vec<(bool, String)>,
    /// Whether a blank line stands below all this; nothing where blank lines have no say.
    blank: Option<bool>,
}

/// Who writes random files.
pub(crate) struct Author {
    dice: Dice,
    parts: Vec<Part>,
    comments: usize,
}

impl Author {
    pub(crate) fn file(seed: u64) -> Vec<Part> {
        let mut author = Self { dice: Dice::new(seed), parts: Vec::new(), comments: 0 };
        author.line();
        for item in 0..author.dice.roll(6) {
            match author.dice.roll(9) {
                5 => author.block(&format!("parameter n{item} {{"), Self::parameter_line),
                6 => author.block(&format!("score s{item} \"Puntos\" {{"), Self::score_line),
                7 => {
                    let declared = [
                        "poverty year 2026 from 2026-04-01",
                        "check sources every 12 months",
                        "always: losing medicaid never opens a",
                        "never: eligible for a and ssi",
                        "intended gap when not medicaid: \"why\"",
                        "intended overlap of a, b: \"why\"",
                    ];
                    let declared = author.dice.pick(&declared);
                    author.words(declared);
                }
                0 => author.words("state OK \"Oklahoma, “ñ”\" reviewed by \"A  B\", \"C\", 2026-05-01"),
                1 => {
                    author.words(&format!("define d{item} = "));
                    author.criterion(3);
                }
                2 => author.block(&format!("contact c{item} \"Línea {item}\" {{"), Self::contact_line),
                3 => author.block("route {", Self::route_line),
                _ => author.block(&format!("program p{item} \"The # {item}\" {{"), Self::program_line),
            }
            author.line();
        }
        author.parts
    }

    fn words(&mut self, words: &str) {
        // What has an odd number stands between quotation marks.
        for (index, piece) in words.split_inclusive('"').enumerate() {
            if index % 2 == 1 {
                self.parts.push(Part::Text(piece.into()));
                continue;
            }
            for (index, piece) in piece.split(", ").enumerate() {
                if index > 0 {
                    self.parts.extend([Part::Maybe, Part::Words(",".into()), Part::Maybe]);
                }
                self.parts.push(Part::Words(piece.into()));
            }
        }
    }

    /// A `{`, its lines, and its `}`.
    fn block(&mut self, head: &str, line: fn(&mut Self)) {
        self.words(head);
        self.line();
        for _ in 0..self.dice.roll(5) {
            line(self);
            self.line();
        }
        self.words("}");
    }

    fn parameter_line(&mut self) {
        let line =
            self.dice.pick(&["from 2026-04-01: 200%", "from 2026-04-01: 36 months", "from 2026-04-01: 3"]);
        self.words(line);
        self.remarks(true);
    }

    fn score_line(&mut self) {
        let lines = [
            "add 1 for each 1,000 of household_income rounded up",
            "subtract household_size",
            "subtract 185.5% of poverty",
            "add 4 when ssi",
        ];
        let line = self.dice.pick(&lines);
        self.words(line);
        self.remarks(false);
    }

    fn contact_line(&mut self) {
        let line = self.dice.pick(&[
            "phone \"211\"",
            "hours \"9–5\"",
            "url \"https://a.b/#c\"",
            "source s",
            "confirm first",
        ]);
        self.words(line);
    }

    fn route_line(&mut self) {
        let line = self.dice.pick(&["lead first of p1, p2", "alongside c1, c2", "otherwise c3"]);
        self.words(line);
        if line.starts_with("lead") {
            self.remarks(true);
        }
    }

    fn benefit_line(&mut self) {
        match self.dice.roll(4) {
            0 => self.words("offers a, b"),
            1 => self.words("cost possible"),
            2 => self.words("financing medicaid by x for \"y\""),
            _ => {
                self.words("eligible when ");
                self.criterion(2);
                self.remarks(true);
            }
        }
    }

    fn program_line(&mut self) {
        match self.dice.roll(10) {
            0 | 1 => {
                let lines = [
                    "offers a, b",
                    "coordinator title_v \"¿quién?\"",
                    "financing medicaid by x for \"y\"",
                    "cost not stated",
                    "cost free",
                    "audience professionals",
                    "source s \"§ 4, “a”\"",
                    "contact c",
                    "asked as \"A\"",
                    "note \"two  blanks, and # no comment\"",
                    "step \"A\"",
                    "step when received \"B\"",
                    "step when not received \"C\"",
                    "document \"D\"",
                ];
                let line = self.dice.pick(&lines);
                self.words(line);
            }
            2 => {
                let line = self.dice.pick(&[
                    "since 2024-07-01",
                    "until 2024-07-01",
                    "defers to p1, p2",
                    "defers to any a received",
                    "excluded by p1, p2",
                ]);
                self.words(line);
                self.remarks(true);
            }
            3 => {
                let line = self
                    .dice
                    .pick(&["enrolled implies any of a, b is c", "enrolled usually needs include food"]);
                self.words(line);
                self.remarks(false);
            }
            8 => self.block("benefit b \"The # b\" {", Self::benefit_line),
            9 => {
                let line = self.dice.pick(&[
                    "mandatory into p1, \"another  body\"",
                    "supplements p1",
                    "within p1, p2",
                    "escalates to \"a “body”\"",
                    "apply first to p1",
                    "payer of last resort",
                    "renews every 12 months",
                    "renews every 2 years after joined",
                    "renews in the birthday month",
                    "renews at age 18 months",
                ]);
                self.words(line);
                self.remarks(false);
            }
            4 => {
                self.words("financing medicaid when ");
                self.criterion(1);
                self.parts.push(Part::Maybe);
                self.words(", otherwise title_v by b");
            }
            kind => {
                self.words(if kind == 5 { "receiving when " } else { "eligible when " });
                self.criterion(3);
                self.conditions();
            }
        }
    }

    fn group_line(&mut self) {
        if self.dice.roll(6) == 0 {
            self.words("unless ");
        }
        self.criterion(1);
        match self.dice.roll(8) {
            0 => self.words(" since 2026-01-01 until 2026-06-30"),
            1 => self.words(" until 2026-06-30"),
            _ => {}
        }
        self.conditions();
    }

    fn criterion(&mut self, depth: usize) {
        match self.dice.roll(if depth > 0 { 8 } else { 3 }) {
            0..=2 => {
                let tests = [
                    "medicaid",
                    "not not ssi",
                    "age under 21",
                    "age from 3 through 5",
                    "age under 19 until the end of the birthday month",
                    "age under age_limit on the next September 1",
                    "income at most 30,000",
                    "income at most 185.5% plus 5% of poverty rounded up for 2 people",
                    "income under limit of poverty counting 1 more when pregnant",
                    "visits at least 2 in the last 24 months",
                    "age_at_onset from 3 through 5 years",
                    "started on or after 2024-07-01",
                    "needs include at least 2 of food, housing",
                    "county in delta",
                    "county is one of \"St. Francis\", \"Doña Ana\"",
                    "coverage is one of chip, medicaid",
                    "enrolled in any of a, b",
                    "applied for a",
                    "applied for any of a, b",
                    "while funds last \"the agency\"",
                    "while places last \"the agency\"",
                    "at least 2 diagnoses in a",
                    "eligible for p",
                    "not stated \"an “age” limit\"",
                    "decided by \"the agency\": \"whether your child's care is complex enough for this\"",
                ];
                let test = self.dice.pick(&tests);
                self.words(test);
            }
            3 => {
                self.words("(");
                self.inside();
                self.criterion(depth - 1);
                self.inside();
                self.words(")");
            }
            4 | 5 => {
                self.criterion(depth - 1);
                self.words(" ");
                let joint = self.dice.pick(&["and", "or"]);
                self.words(joint);
                let broken = self.dice.roll(2) == 0;
                self.parts.push(Part::Words(" ".into()));
                self.gap(Some(broken));
                self.criterion(depth - 1);
            }
            _ => {
                let head = self.dice.pick(&["all of {", "any of {", "not none of {", "at least 2 of {"]);
                self.block(head, Self::group_line);
            }
        }
    }

    /// What can stand after a criterion.
    fn conditions(&mut self) {
        self.remarks(true);
        if self.dice.roll(6) == 0 {
            self.words(" ");
            self.gap(None);
            self.words("intended \"so # it is\"");
        }
    }

    fn remarks(&mut self, with_reading: bool) {
        for _ in 0..[0, 0, 0, 1, 1, 2, 3][self.dice.roll(7)] {
            self.words(" ");
            self.gap(None);
            let kinds = ["cites a", "cites a, b", "reading \"said ‘so’\""];
            let remark = self.dice.pick(&kinds[..if with_reading { 3 } else { 2 }]);
            self.words(remark);
        }
    }

    /// Beside the inner side of a parenthesis.
    fn inside(&mut self) {
        self.parts.push(Part::Maybe);
        self.gap(None);
        self.parts.push(Part::Maybe);
    }

    /// The end of a line, where one must be.
    fn line(&mut self) {
        self.gap(Some(true));
        let blank = self.dice.roll(4) == 0;
        if let Some(Part::Break(gap)) = self.parts.last_mut() {
            gap.blank = Some(blank);
        }
    }

    fn gap(&mut self, broken: Option<bool>) {
        let mut gap = Break { broken, ..Break::default() };
        if broken != Some(false) {
            if self.dice.roll(8) == 0 {
                gap.beside = Some(self.comment());
            }
            while self.dice.roll(6) == 0 {
                gap.above.push((self.dice.roll(2) == 0, self.comment()));
            }
        }
        self.parts.push(Part::Break(gap));
    }

    fn comment(&mut self) -> String {
        self.comments += 1;
        let text =
            self.dice.pick(&["#", "# note", "#   \"half a text", "# } and {", "#! §\tñ", "# cites # a"]);
        format!("{text} {}", self.comments)
    }
}

/// Writes a random file with blanks and line ends as they come.
pub(crate) fn write(parts: &[Part], dice: &mut Dice) -> String {
    let end = dice.pick(&["\n", "\n", "\r\n", "\r"]);
    let mut out = String::new();
    let some = |dice: &mut Dice| dice.pick(&["", "", " ", "  ", "\t", "      "]);
    for part in parts {
        match part {
            Part::Maybe => out.push_str(some(dice)),
            Part::Text(text) => out.push_str(text),
            Part::Words(words) => {
                for letter in words.chars() {
                    out.push(letter);
                    if letter == ' ' {
                        out.push_str(some(dice));
                    }
                }
            }
            Part::Break(gap) => {
                let comments = gap.beside.is_some() || !gap.above.is_empty();
                if !comments && !gap.broken.unwrap_or_else(|| dice.roll(2) == 0) {
                    continue;
                }
                out.push_str(some(dice));
                if let Some(comment) = &gap.beside {
                    out.push_str(comment);
                    out.push_str(some(dice));
                }
                out.push_str(end);
                let blank = |dice: &mut Dice, out: &mut String, wanted: Option<bool>| {
                    let lines = match wanted {
                        Some(false) => 0,
                        Some(true) => 1 + dice.roll(3),
                        None => dice.roll(2),
                    };
                    (0..lines).for_each(|_| *out += &(some(dice).to_owned() + end));
                };
                for (above, comment) in &gap.above {
                    blank(dice, &mut out, gap.blank.map(|_| *above));
                    out += &(some(dice).to_owned() + comment + some(dice) + end);
                }
                blank(dice, &mut out, gap.blank);
                out.push_str(some(dice));
            }
        }
    }
    out
}
