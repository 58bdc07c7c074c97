// A question's form: what its controls say as an answer, and an answer as what its controls show.
// Both directions stand together so that they cannot drift apart.

import type { Answer, Choice, Question } from '../engine/contract.ts';
import { NOT_APPLICABLE, UNKNOWN, chosen, codesOf, isCodes, isElementwise, written } from './answer.ts';

/** Why a form cannot be taken as it is; the words are in the locale. */
export type Problem =
  | 'empty'
  | 'not_a_number'
  | 'not_a_decimal'
  | 'too_many_decimals'
  | 'number_too_small'
  | 'number_too_large'
  | 'month_incomplete'
  | 'date_incomplete'
  | 'year_not_four_digits'
  | 'date_impossible'
  | 'in_the_future'
  | 'is_that_all';

export type Reading = { answer: Answer } | { problem: Problem; at: string };

/** Which controls a question has: what is half filled in means the same only in the same ones. */
export function formOf(key: string, { type, min, max, choices }: Question): string {
  return JSON.stringify([key, type, min, max, choices.map(({ id, value }) => [id, value])]);
}

/** What the controls show; every field is the text or the state of one control. */
export interface Draft {
  choice: string | null;
  number: string;
  year: string;
  month: string;
  day: string;
  items: string[];
  none: boolean;
  unknown: boolean;
  notApplicable: boolean;
  complete: string | null;
}

/** Radios carry the choice's place, not its id: ids may be codes, and those stay out of the page. */
export const choiceValue = (index: number): string => `c${index}`;

/** A number is written unless all it can be stands there to choose; that it does not apply is no number. */
export function asksByRadios({ type, choices }: Question): boolean {
  return type === 'yes_no' || type === 'choice' || type === 'range' || (type === 'number' && choices.some(({ id }) => id !== NOT_APPLICABLE));
}

/** A list of names longer than this is opened, not laid out. */
const MOST_RADIOS = 12;

/** Counties and the like: one of very many. */
export function asksByName({ type, choices }: Question): boolean {
  return type === 'choice' && choices.length > MOST_RADIOS;
}

/** `asOf` is the day the rules are read for: nobody is born after it. */
export function readForm(question: Question, form: FormData, asOf: string): Reading {
  if (asksByRadios(question) && !asksByName(question)) return readRadios(question, text(form, 'answer'));
  if (form.has(NOT_APPLICABLE)) return { answer: NOT_APPLICABLE };
  if (form.has('unknown') && !(question.type === 'set' && form.has('item')) && !(question.type === 'codes' && form.has('item'))) {
    return { answer: UNKNOWN };
  }
  switch (question.type) {
    case 'choice':
      return readRadios(question, text(form, 'answer'));
    case 'number':
      return readNumber(question, text(form, 'number'));
    case 'month':
      return readMonth(text(form, 'month'), text(form, 'year'), asOf);
    case 'date':
      return readDate(text(form, 'day'), text(form, 'month'), text(form, 'year'), asOf);
    case 'set':
      return readSet(question, form);
    default:
      return readCodes(question, form);
  }
}

function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
}

function readRadios(question: Question, value: string): Reading {
  if (value === '') return { problem: 'empty', at: 'answer' };
  if (value === UNKNOWN || question.type === 'yes_no') return { answer: value };
  const choice = question.choices.find((_, index) => choiceValue(index) === value);
  return choice ? { answer: written(choice) } : { problem: 'empty', at: 'answer' };
}

function readNumber(question: Question, typed: string): Reading {
  if (typed === '') return { problem: 'empty', at: 'number' };
  if (question.decimals > 0) return readDecimal(question, typed.replace(/\s/g, ''));
  const digits = typed.replace(/[$\s]/g, '').replace(/[,.](?=\d{3}(\D|$))/g, '');
  if (!/^\d{1,12}$/.test(digits)) return { problem: 'not_a_number', at: 'number' };
  return bounded(question, Number(digits));
}

/** In both languages a point stands before the decimals and commas only between thousands, as in the United States. */
function readDecimal(question: Question, typed: string): Reading {
  const [, whole, part = ''] = /^(\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.(\d+))?$/.exec(typed) ?? [];
  if (whole === undefined) return { problem: 'not_a_decimal', at: 'number' };
  if (part.length > question.decimals) return { problem: 'too_many_decimals', at: 'number' };
  return bounded(question, Number(`${whole.replaceAll(',', '')}.${part || '0'}`));
}

function bounded(question: Question, number: number): Reading {
  if (question.min !== null && number < question.min) return { problem: 'number_too_small', at: 'number' };
  if (question.max !== null && number > question.max) return { problem: 'number_too_large', at: 'number' };
  return { answer: number };
}

function readMonth(month: string, year: string, asOf: string): Reading {
  if (month === '' && year === '') return { problem: 'empty', at: 'month' };
  if (month === '') return { problem: 'month_incomplete', at: 'month' };
  if (year === '') return { problem: 'month_incomplete', at: 'year' };
  if (!/^(19|20)\d\d$/.test(year)) return { problem: 'year_not_four_digits', at: 'year' };
  const answer = `${year}-${month.padStart(2, '0')}`;
  return answer > asOf.slice(0, 7) ? { problem: 'in_the_future', at: 'year' } : { answer };
}

function readDate(day: string, month: string, year: string, asOf: string): Reading {
  if (day === '' && month === '' && year === '') return { problem: 'empty', at: 'day' };
  for (const [at, value] of Object.entries({ day, month, year })) {
    if (value === '') return { problem: 'date_incomplete', at };
  }
  if (!/^(19|20)\d\d$/.test(year)) return { problem: 'year_not_four_digits', at: 'year' };
  if (!/^\d{1,2}$/.test(day) || Number(day) < 1 || Number(day) > daysIn(Number(year), Number(month))) return { problem: 'date_impossible', at: 'day' };
  const answer = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return answer > asOf ? { problem: 'in_the_future', at: 'year' } : { answer };
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Element by element, since a list would speak of elements that this question does not show. */
function readSet(question: Question, form: FormData): Reading {
  const items = checked(question, form);
  if (items.length === 0 && !form.has('none')) return { problem: 'empty', at: 'item' };
  const other = form.has('unknown') ? UNKNOWN : 'no';
  return { answer: Object.fromEntries(question.choices.map((choice) => [choice.id, items.includes(choice) ? 'yes' : other])) };
}

function readCodes(question: Question, form: FormData): Reading {
  const known = checked(question, form).flatMap(codesOf);
  if (known.length === 0) return form.has('none') ? { answer: { known, complete: 'yes' } } : { problem: 'empty', at: 'item' };
  const complete = text(form, 'complete');
  return complete === '' ? { problem: 'is_that_all', at: 'complete' } : { answer: { known, complete } };
}

function checked(question: Question, form: FormData): Choice[] {
  const values = form.getAll('item');
  return question.choices.filter((_, index) => values.includes(choiceValue(index)));
}

/** What the controls show for an answer given before. */
export function draftOf(question: Question, answer: Answer | undefined): Draft {
  const draft: Draft = { choice: null, number: '', year: '', month: '', day: '', items: [], none: false, unknown: false, notApplicable: false, complete: null };
  if (answer === undefined) return draft;
  if (answer === UNKNOWN) return { ...draft, choice: UNKNOWN, unknown: true };
  if (question.type === 'yes_no') return { ...draft, choice: String(answer) };
  if (asksByRadios(question)) {
    const choice = chosen(question.choices, answer);
    return { ...draft, choice: choice ? choiceValue(question.choices.indexOf(choice)) : null };
  }
  if (answer === NOT_APPLICABLE) return { ...draft, notApplicable: true };
  if (question.type === 'number') return { ...draft, number: typeof answer === 'number' ? String(answer) : '' };
  if (question.type === 'month' || question.type === 'date') {
    const [year = '', month = '', day = ''] = String(answer).split('-');
    return { ...draft, year, month: String(Number(month)), day: day === '' ? '' : String(Number(day)) };
  }
  return { ...draft, ...draftOfMany(question, answer) };
}

function draftOfMany(question: Question, answer: Answer): Partial<Draft> {
  const { choices } = question;
  const places = (holds: (choice: Choice) => boolean) => choices.flatMap((choice, index) => (holds(choice) ? [choiceValue(index)] : []));
  if (isCodes(answer)) {
    return { items: places((choice) => codesOf(choice).every((code) => answer.known.includes(code))), none: answer.known.length === 0, complete: answer.known.length === 0 ? null : answer.complete };
  }
  if (!isElementwise(answer)) return {};
  return {
    items: places(({ id }) => answer[id] === 'yes'),
    none: choices.every(({ id }) => answer[id] === 'no'),
    unknown: choices.some(({ id }) => answer[id] === UNKNOWN),
  };
}
