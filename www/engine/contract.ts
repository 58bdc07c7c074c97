// The shapes that cross the border to WebAssembly, as the contract names them. JSON text goes in and
// comes out; these types are what that text means. Nothing here runs.

/** A sentence or name in every language offered. */
export type InEveryLanguage = Record<string, string>;

export interface Contact {
  name: string | null;
  phone: string | null;
  hours: string | null;
  url: string | null;
  /** The number was not seen on a page of the body that owns it. */
  confirm: boolean;
}

export type StateContact = Omit<Contact, 'name' | 'hours'> & { name: InEveryLanguage; hours: InEveryLanguage | null };

export interface StateProgram {
  id: string;
  name: InEveryLanguage;
  contact?: StateContact | null;
}

export interface About {
  state: string;
  name: InEveryLanguage;
  status: InEveryLanguage;
  languages: string[];
  contacts: StateContact[];
  programs: StateProgram[];
}

export type QuestionType = 'yes_no' | 'choice' | 'number' | 'range' | 'month' | 'date' | 'set' | 'codes';

/** What one fact may be answered with, before it is put under the fact's name. */
export type Answer = string | number | boolean | string[] | { [key: string]: string | number | string[] };

/** Where a number lies, both ends in. */
export type Range = { from: number; to: number };

/** An age in completed months. */
export type Months = { months: number };

/** Everything the family has said, fact by fact. */
export type Answers = Record<string, Answer>;

export interface Choice {
  id: string;
  label: string;
  /** What to write, where that is not the id: a number, a code, an age, or the range that a number lies in. */
  value?: number | string | string[] | Range | Months | null;
  /** Everyday words that find this choice in a search. */
  words?: string[] | null;
}

export interface Question {
  fact: string;
  question: string;
  help: string | null;
  find_out: string | null;
  /** A short noun for the fact. */
  name: string;
  topic: string;
  /** The names of the programs that the answer decides. */
  decides: string[];
  type: QuestionType;
  min: number | null;
  max: number | null;
  /** How many digits may stand behind the point. */
  decimals: number;
  /** Of what a number is; null where it counts nothing in particular. */
  unit: 'dollars' | 'dollars_a_month' | 'years' | 'months' | null;
  /** What can be chosen; of a set only the elements that are still open. */
  choices: Choice[];
}

export type Decision = 'eligible' | 'ineligible' | 'review' | 'undetermined';
export type Basis = 'official' | 'secondary' | 'illustrative' | 'conflicting' | 'stale';
export type WhyState = 'met' | 'not_met' | 'unknown' | 'agency_decides' | 'not_stated';

export interface Why {
  text: string;
  state: WhyState;
  answer: string | null;
  source: string | null;
  parts: Why[];
}

export interface Source {
  id: string;
  title: string;
  /** The part of it that is meant. */
  section: string | null;
  publisher: string | null;
  date: string | null;
  address: string | null;
}

export interface Review {
  by: string;
  because: string;
  contact: Partial<Contact> | null;
}

export interface Financing {
  payer: string;
  pays_for: string | null;
  mechanism: string | null;
}

/** One fact that would have to be different. */
export interface Change {
  fact: string;
  /** What stands in an answer, an element of a set, or the day from which the child is old enough. */
  to: string;
  how: 'apply' | 'enroll' | 'assess' | 'time';
  /** What would be so then, as part of a sentence: "has Medicaid". */
  text: string;
}

/** What the calendar changes. */
export interface CalendarChange {
  /** The day; the first that it can be, where the day of birth is not known. */
  on: string;
  /** The last day that it can be, where the day of birth is not known. */
  by: string | null;
  what: 'ends' | 'begins' | 'renews';
  /** The id of who leads then, or of whom to call first. */
  then: string | null;
}

/** When help that is received ends or ended, if the day is known, and the id of who leads then. */
export interface Ending {
  date: string | null;
  next: string | null;
}

/** A part of a program with a test of its own: its decision is the program's criteria and its own together. */
export interface Benefit {
  /** One of the program's own. */
  id: string;
  name: string;
  decision: Decision;
  basis: Basis;
  offers: string[];
  payer: string | null;
  financing: Financing[];
  cost_to_family: 'free' | 'may_cost' | 'not_stated';
  missing: string[];
  dont_know: string[];
  review: Review[];
  /** What it asks besides the program's criteria. */
  why: Why | null;
}

/** How a program stands to another program or body. */
export interface Relation {
  kind: 'excluded_by' | 'mandatory_into' | 'supplements' | 'within' | 'escalates_to' | 'apply_first_to' | 'payer_of_last_resort';
  /** The other's id, if it is a program. */
  program: string | null;
  name: string | null;
  /** The whole as a sentence. */
  text: string;
}

export interface Program {
  id: string;
  kind: 'program' | 'contact';
  name: string;
  in_force: boolean;
  decision: Decision;
  receiving: 'yes' | 'no' | 'unknown';
  basis: Basis;
  benefits: Benefit[];
  missing: string[];
  dont_know: string[];
  review: Review[];
  offers: string[];
  coordinator: string | null;
  payer: string | null;
  financing: Financing[];
  cost_to_family: 'free' | 'may_cost' | 'not_stated';
  contact: Partial<Contact> | null;
  sources: Source[];
  assumptions: string[];
  notes: string[];
  /** What to do and to say. */
  steps: string[];
  /** What to bring. */
  documents: string[];
  relations: Relation[];
  /** When it has to be renewed, as a sentence. */
  renewal: string | null;
  why: Why | null;
  /** The fewest changes that would make it eligible: at most three sets of at most three facts, fewest first. */
  would_change: Change[][];
  /** For each of these sets: the facts that are not known and that it would hang on as well. */
  would_also_need: string[][];
  /** What ends, begins or renews by the calendar. */
  changes: CalendarChange[];
}

export type LeadStatus = 'receiving' | 'eligible' | 'review' | 'fallback' | 'undetermined';

export interface Lead {
  status: LeadStatus;
  program: string | null;
  possible: string[];
  contact_first: string | null;
  ask_about: { program: string; question: string }[];
  ending: Ending | null;
}

export interface Remaining {
  at_least: number;
  at_most: number;
}

export interface Result {
  format: number;
  state: string;
  as_of: string;
  rules: string;
  lead: Lead;
  settled: boolean;
  open_because: ('dont_know' | 'review')[];
  alongside: string[];
  duplicates: { program: string; kind: 'received' | 'not_needed'; because: string }[];
  programs: Program[];
  next: Question | null;
  remaining: Remaining;
}

export interface Request {
  answers: Answers;
  as_of: string;
  lang: string;
  /** Who is answering: it sets the wording. */
  by: By;
}

/** A parent or guardian, the young person themselves, somebody who helps. */
export type By = 'parent' | 'self' | 'helper';

/** A file of a state's rules, its path below the rules folder. */
export interface RuleFile {
  path: string;
  text: string;
}

/** A mistake in a rule file, written for the person who wrote the file; what `carepath check` lists. */
export interface RuleMistake {
  code: string;
  severity: string;
  file: string;
  line: number;
  column: number;
  end_column: number;
  message: string;
  help: string | null;
}

export interface FieldError {
  field: string;
  message: string;
}

export type FindingKind =
  | 'gap'
  | 'overlap'
  | 'duplicate'
  | 'never_eligible'
  | 'never_leads'
  | 'changes_nothing'
  | 'contradiction'
  | 'always_true'
  | 'never_decides'
  | 'refuted'
  | 'intended_for_nothing';

/** Something about the rules as a whole. */
export interface Finding {
  kind: FindingKind;
  state: string;
  /** The ids of the programs concerned. */
  programs: string[];
  /** A sentence about the children it is about. */
  text: string;
  /** The smallest example, where it is about children. */
  child: Answers | null;
  /** The same child after something was lost or gained. */
  after: Answers | null;
  /** The day from which on it is so. */
  as_of: string;
  /** The file, below the rules folder, and the line. */
  at: string | null;
  /** Why it is meant to be so, if its author says so. */
  declared: string | null;
  /** How many children of a population it is about; only the command line counts them. */
  share: { children: number; perhaps: number; of: number } | null;
}

export interface Findings {
  findings: Finding[];
}
