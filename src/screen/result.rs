//! The result for one child, key by key as the contract names them; texts are in the reader's language.

use crate::value::Figure;
use serde::Serialize;

/// Everything that is concluded about one child.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Screening {
    /// The version of this shape.
    pub format: u32,
    /// The state's code.
    pub state: String,
    /// The day for which it is decided, `YYYY-MM-DD`.
    pub as_of: String,
    /// The hash of the rules' bundle: `sha256:…`.
    pub rules: String,
    /// Who leads.
    pub lead: LeadResult,
    /// Whether no answer that can still be given changes anything shown.
    pub settled: bool,
    /// Why something stays open although nothing is left to ask: `dont_know`, `review`.
    pub open_because: Vec<&'static str>,
    /// Ids of what complements the lead.
    pub alongside: Vec<String>,
    /// Programs that coordinate twice, or would.
    pub duplicates: Vec<DuplicateResult>,
    /// Every program, and every contact that the route names; those for professionals for staff alone.
    pub programs: Vec<ProgramResult>,
    /// The next question.
    pub next: Option<Question>,
    /// How many questions are left.
    pub remaining: Remaining,
}

/// Who leads.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LeadResult {
    /// `receiving`, `eligible`, `review`, `fallback` or `undetermined`.
    pub status: &'static str,
    /// The id, once every way the open answers could turn out agrees on it.
    pub program: Option<String>,
    /// Ids of who may lead, while that is open.
    pub possible: Vec<String>,
    /// The id of whom to call in any case.
    pub contact_first: Option<String>,
    /// Programs above that one which may still lead, with what to ask.
    pub ask_about: Vec<AskAbout>,
    /// When a program that is received will end.
    pub ending: Option<Ending>,
}

/// A program to ask about.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AskAbout {
    /// The id.
    pub program: String,
    /// The question to put.
    pub question: String,
}

/// What ends, and who leads then.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ending {
    /// The day, if it is known.
    pub date: Option<String>,
    /// The id of who leads then.
    pub next: Option<String>,
}

/// A program that coordinates twice, or would.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DuplicateResult {
    /// The id.
    pub program: String,
    /// `received` or `not_needed`.
    pub kind: &'static str,
    /// Why.
    pub because: String,
}

/// A program, or a contact that the route names.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProgramResult {
    /// The id.
    pub id: String,
    /// `program` or `contact`.
    pub kind: &'static str,
    /// The name.
    pub name: String,
    /// Whether it is in force on the day.
    pub in_force: bool,
    /// `eligible`, `ineligible`, `review` or `undetermined`.
    pub decision: &'static str,
    /// `yes`, `no` or `unknown`.
    pub receiving: &'static str,
    /// The weakest thing under the decision.
    pub basis: &'static str,
    /// Decisions of parts that have tests of their own.
    pub benefits: Vec<BenefitResult>,
    /// Facts that the decision still hangs on.
    pub missing: Vec<String>,
    /// Those of them that the family does not know.
    pub dont_know: Vec<String>,
    /// Judgments that an agency must make.
    pub review: Vec<ReviewResult>,
    /// What it offers.
    pub offers: Vec<String>,
    /// Who coordinates.
    pub coordinator: Option<String>,
    /// Who pays for this child.
    pub payer: Option<String>,
    /// Who pays at all, for what, how.
    pub financing: Vec<FinancingResult>,
    /// `free`, `may_cost` or `not_stated`.
    pub cost_to_family: &'static str,
    /// Whom to call.
    pub contact: Option<ContactResult>,
    /// Where it is written.
    pub sources: Vec<SourceResult>,
    /// What the verdict takes on trust.
    pub assumptions: Vec<String>,
    /// Remarks for the family.
    pub notes: Vec<String>,
    /// What to do and to say.
    pub steps: Vec<String>,
    /// What to bring.
    pub documents: Vec<String>,
    /// How it stands to other programs and bodies.
    pub relations: Vec<RelationResult>,
    /// When it has to be renewed, as a sentence.
    pub renewal: Option<String>,
    /// The criteria, explained.
    pub why: Option<WhyResult>,
    /// The fewest changes that would make it eligible: at most three sets of at most three facts, fewest first.
    pub would_change: Vec<Vec<ChangeResult>>,
    /// For each of these sets: the facts that are not known and that it would hang on as well.
    pub would_also_need: Vec<Vec<String>>,
    /// What ends, begins or renews by the calendar.
    pub changes: Vec<CalendarResult>,
}

/// A part of a program with a test of its own.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BenefitResult {
    /// The id, one of the program's own.
    pub id: String,
    /// The name.
    pub name: String,
    /// As of a program: its criteria and the benefit's together.
    pub decision: &'static str,
    /// The weakest thing under the decision.
    pub basis: &'static str,
    /// What it offers.
    pub offers: Vec<String>,
    /// Who pays for this child.
    pub payer: Option<String>,
    /// Who pays at all, for what, how.
    pub financing: Vec<FinancingResult>,
    /// `free`, `may_cost` or `not_stated`.
    pub cost_to_family: &'static str,
    /// Facts that the decision still hangs on.
    pub missing: Vec<String>,
    /// Those of them that the family does not know.
    pub dont_know: Vec<String>,
    /// Judgments that an agency must make.
    pub review: Vec<ReviewResult>,
    /// What it asks besides the program's criteria, explained.
    pub why: Option<WhyResult>,
}

/// How a program stands to another program or body.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RelationResult {
    /// `excluded_by`, `mandatory_into`, `supplements`, `within`, `escalates_to`, `apply_first_to` or
    /// `payer_of_last_resort`.
    pub kind: &'static str,
    /// The other's id, if it is a program.
    pub program: Option<String>,
    /// The other's name.
    pub name: Option<String>,
    /// The whole as a sentence.
    pub text: String,
}

/// A judgment that an agency must make.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReviewResult {
    /// Who.
    pub by: String,
    /// Of what, and why nobody else can.
    pub because: String,
    /// Whom to call.
    pub contact: Option<ContactResult>,
}

/// Who pays, for what, how.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FinancingResult {
    /// Who.
    pub payer: String,
    /// For what.
    pub pays_for: Option<String>,
    /// How.
    pub mechanism: Option<String>,
}

/// Somebody to call.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ContactResult {
    /// Who answers.
    pub name: String,
    /// The number.
    pub phone: Option<String>,
    /// When somebody answers.
    pub hours: Option<String>,
    /// A page.
    pub url: Option<String>,
    /// Whether the number should be checked before it is relied on.
    pub confirm: bool,
}

/// Where something is written.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SourceResult {
    /// The id.
    pub id: String,
    /// The title.
    pub title: String,
    /// The section that is meant.
    pub section: Option<String>,
    /// Who published it.
    pub publisher: String,
    /// Its date, as it gives it.
    pub date: Option<String>,
    /// Its address.
    pub address: String,
}

/// One criterion, explained.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WhyResult {
    /// What it asks.
    pub text: String,
    /// `met`, `not_met`, `unknown`, `agency_decides` or `not_stated`.
    pub state: &'static str,
    /// The child's own answer.
    pub answer: Option<String>,
    /// Where it is written.
    pub source: Option<String>,
    /// What it is made of.
    pub parts: Vec<WhyResult>,
    /// File and line of the rule, for staff.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
}

/// One fact that would have to be different.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChangeResult {
    /// The fact.
    pub fact: String,
    /// To what: what stands in an answer, an element of a set, or the day from which the child is old enough.
    pub to: String,
    /// `apply`, `enroll`, `assess` or `time`.
    pub how: &'static str,
    /// What would be so then, as part of a sentence: "has Medicaid".
    pub text: String,
}

/// What the calendar changes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CalendarResult {
    /// The day; the first that it can be, where the day of birth is not known.
    pub on: String,
    /// The last day that it can be, where the day of birth is not known.
    pub by: Option<String>,
    /// `ends`, `begins` or `renews`.
    pub what: &'static str,
    /// The id of who leads then, or of whom to call first.
    pub then: Option<String>,
}

/// A question to the family.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Question {
    /// The key to write in the answers.
    pub fact: String,
    /// The question.
    pub question: String,
    /// One sentence below it.
    pub help: Option<String>,
    /// How somebody who is not sure finds out.
    pub find_out: Option<String>,
    /// A short noun for the fact.
    pub name: String,
    /// The subject it belongs to.
    pub topic: String,
    /// Names of the programs it decides.
    pub decides: Vec<String>,
    /// `yes_no`, `date`, `month`, `number`, `range`, `choice`, `set` or `codes`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The least number.
    pub min: Option<Figure>,
    /// The most.
    pub max: Option<Figure>,
    /// How many digits may stand behind the point of a number.
    pub decimals: u8,
    /// Of what a number is: `dollars` (a year's), `dollars_a_month`, `years`, `months`, or nothing in particular.
    pub unit: Option<&'static str>,
    /// What can be chosen.
    pub choices: Vec<ChoiceResult>,
}

/// One thing that can be chosen.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChoiceResult {
    /// Its id.
    pub id: String,
    /// What the family reads.
    pub label: String,
    /// What to write for it, where that is not its id.
    pub value: Option<ChoiceValue>,
}

/// What to write for a choice.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum ChoiceValue {
    /// A number.
    Number(Figure),
    /// A code.
    Text(String),
    /// Where a number lies, both ends in.
    Range {
        /// The least.
        from: i64,
        /// The most.
        to: i64,
    },
    /// An age in completed months.
    Months {
        /// How many.
        months: i64,
    },
}

/// How many questions are left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Remaining {
    /// At best.
    pub at_least: usize,
    /// At most.
    pub at_most: usize,
}
