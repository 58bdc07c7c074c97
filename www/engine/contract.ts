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

/** Everything the family has said, fact by fact. */
export type Answers = Record<string, Answer>;

export interface Choice {
  id: string;
  label: string;
  /** What to write instead of the id; an income range has `{from, to}`. */
  value?: Answer | null;
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
  choices: Choice[] | null;
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

export interface Program {
  id: string;
  kind: 'program' | 'contact';
  name: string;
  in_force: boolean;
  decision: Decision;
  receiving: 'yes' | 'no' | 'unknown';
  basis: Basis;
  benefits: { id: string; decision: Decision }[];
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
  /** What to do, to say, to bring. */
  steps: string[];
  why: Why | null;
  would_change: { fact: string; to: Answer }[][];
  changes: { on: string; what: 'ends' | 'begins' | 'renews'; then: string | null }[];
}

export type LeadStatus = 'receiving' | 'eligible' | 'review' | 'fallback' | 'undetermined';

export interface Lead {
  status: LeadStatus;
  program: string | null;
  possible: string[];
  contact_first: string | null;
  ask_about: { program: string; question: string }[];
  ending: { date: string | null; next: string | null } | null;
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
}

export interface RuleFile {
  path: string;
  text: string;
}

/** A remark on a rule file, written for the person who wrote the file. */
export interface Finding {
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
