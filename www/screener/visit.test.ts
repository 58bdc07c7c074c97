// A visit against a small engine of its own: Back, Change, contradictions, languages, clearing.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answers, Question, Request, Result } from '../engine/contract.ts';
import { AnswersRefused } from '../engine/refusals.ts';
import { Given } from './given.ts';
import type { Trail } from './trail.ts';
import { type Decider, type Page, Visit } from './visit.ts';

const ENGLISH = { lang: 'en', by: 'parent' } as const;

/** Asks for the birth month, then Medicaid, then, of those who have it, the plan; the day of birth in one month only. */
function engine(): Decider & { requests: Request[] } {
  const requests: Request[] = [];
  const ask = (fact: string, type: Question['type'], lang: string): Question => ({
    fact, type, question: `${fact} ${lang}`, help: null, find_out: null, name: fact, topic: 'child', decides: [], min: null, max: null, decimals: 0, unit: null, choices: [],
  });
  const questions = ({ lang }: { lang: string }) => ({
    birth_month: ask('birth_month', 'month', lang),
    birth_date: ask('birth_date', 'date', lang),
    medicaid: ask('medicaid', 'yes_no', lang),
    plan: ask('plan', 'yes_no', lang),
    county: ask('county', 'choice', lang),
  });
  return {
    requests,
    about: { state: 'XX', name: {}, status: {}, languages: [], contacts: [], programs: [] },
    questions,
    screen(request) {
      requests.push(request);
      const { answers } = request;
      if (answers['medicaid'] === 'no' && answers['plan'] === 'yes') throw new AnswersRefused([], ['medicaid', 'plan']);
      if (answers['birth_month'] === '1800-01') throw new AnswersRefused([{ field: 'birth_month', message: 'too long ago' }], []);
      const wanted = ['birth_month', ...(answers['birth_month'] === '2005-06' ? ['birth_date'] : []), 'medicaid', ...(answers['medicaid'] === 'yes' || 'plan' in answers ? ['plan'] : [])];
      const open = wanted.filter((fact) => !(fact in answers));
      const next = open[0] ? questions(request)[open[0] as 'plan'] : null;
      return { next, settled: !next, remaining: { at_least: open.length, at_most: open.length } } as Result;
    },
  };
}

function trail(): Trail<Page> {
  let pages: Page[] = [{ name: 'start' }];
  return {
    get page() {
      return pages.at(-1)!;
    },
    get canGoBack() {
      return pages.length > 1;
    },
    push: (page) => void pages.push(page),
    replace: (page) => void (pages[pages.length - 1] = page),
    back: () => void pages.pop(),
    restart: (page) => void (pages = [page]),
    close: () => {},
  };
}

function visit(): { visit: Visit; engine: ReturnType<typeof engine>; last: () => Answers; asked: () => string } {
  const decider = engine();
  const made = new Visit(decider, trail(), '2026-06-01', ENGLISH, new Given([], new Map()));
  const asked = () => (made.page.name === 'question' ? made.page.key : made.page.name);
  return { visit: made, engine: decider, last: () => decider.requests.at(-1)!.answers, asked };
}

test('the engine chooses each question, and the check comes after the last', () => {
  const { visit: v, asked, last } = visit();
  assert.equal(asked(), 'start');
  v.start();
  assert.equal(asked(), 'birth_month:month');
  v.give('birth_month:month', '2012-03');
  assert.equal(asked(), 'medicaid:yes_no');
  v.give('medicaid:yes_no', 'yes');
  assert.equal(asked(), 'plan:yes_no');
  v.give('plan:yes_no', 'unknown');
  assert.equal(asked(), 'check');
  assert.deepEqual(last(), { birth_month: '2012-03', medicaid: 'yes', plan: 'unknown' });
});

test('Back keeps every answer, and Continue leads along the same way', () => {
  const { visit: v, asked } = visit();
  v.start();
  v.give('birth_month:month', '2012-03');
  v.give('medicaid:yes_no', 'yes');
  v.back();
  v.back();
  assert.equal(asked(), 'birth_month:month');
  assert.equal(v.answer('birth_month:month'), '2012-03');
  v.give('birth_month:month', '2012-03');
  assert.equal(asked(), 'medicaid:yes_no');
  assert.equal(v.answer('medicaid:yes_no'), 'yes');
});

test('a changed answer makes later ones idle, says so, and gives them back if it is changed again', () => {
  const { visit: v, asked, last } = visit();
  v.start();
  v.give('birth_month:month', '2012-03');
  v.give('medicaid:yes_no', 'yes');
  v.give('plan:yes_no', 'no');
  v.change('medicaid:yes_no', 'check');
  v.give('medicaid:yes_no', 'no');
  assert.equal(asked(), 'check');
  assert.deepEqual(last(), { birth_month: '2012-03', medicaid: 'no' });
  assert.deepEqual(v.newlyIdle.map(({ question, answer }) => [question.fact, answer]), [['plan', 'no']]);
  v.change('medicaid:yes_no', 'check');
  v.give('medicaid:yes_no', 'yes');
  assert.deepEqual(last(), { birth_month: '2012-03', medicaid: 'yes', plan: 'no' });
  assert.deepEqual(v.idle, []);
});

test('a birth date goes with the birth month that it refines, and comes back with it', () => {
  const { visit: v, asked, last } = visit();
  v.start();
  v.give('birth_month:month', '2005-06');
  assert.equal(asked(), 'birth_date:date');
  v.give('birth_date:date', '2005-06-09');
  v.give('medicaid:yes_no', 'no');
  v.change('birth_month:month', 'check');
  v.give('birth_month:month', '2012-03');
  assert.deepEqual(last(), { birth_month: '2012-03', medicaid: 'no' });
  assert.deepEqual(v.idle, [], 'it is replaced, not idle');
  v.change('birth_month:month', 'check');
  v.give('birth_month:month', '2005-06');
  assert.equal(asked(), 'check');
  assert.deepEqual(last(), { birth_month: '2005-06', birth_date: '2005-06-09', medicaid: 'no' });
});

const LOW = { from: 0, to: 29_999 };
const HIGH = { from: 30_000, to: 60_000 };

/** Asks for the income as a range, then for the exact one within `HIGH`; for two programs, then for two more. */
function refining(): Decider & { last: () => Answers } {
  let last: Answers = {};
  const question = (rest: Partial<Question>): Question => ({
    fact: 'income', type: 'range', question: 'How much?', help: null, find_out: null, name: 'income', topic: 'home', decides: [], min: null, max: null, decimals: 0, unit: null, choices: [], ...rest,
  });
  const income = question({ choices: [{ id: 'low', label: 'Low', value: LOW }, { id: 'high', label: 'High', value: HIGH }] });
  const exact = question({ type: 'number', min: HIGH.from, max: HIGH.to });
  const enrolled = (...ids: string[]) => question({ fact: 'enrolled', type: 'set', question: 'In which?', choices: ids.map((id) => ({ id, label: id.toUpperCase() })) });
  return {
    last: () => last,
    about: { state: 'XX', name: {}, status: {}, languages: [], contacts: [], programs: [] },
    questions: () => ({ income, enrolled: enrolled('a', 'b', 'c', 'd') }),
    screen({ answers }) {
      last = answers;
      const said = (answers['enrolled'] ?? {}) as Record<string, string>;
      const range = answers['income'] as { from?: number; exact?: string } | undefined;
      const open = (ids: string[]) => ids.filter((id) => answers['enrolled'] !== 'unknown' && said[id] === undefined);
      const next =
        range === undefined ? income
        : range.from === HIGH.from && range.exact === undefined ? exact
        : open(['a', 'b']).length > 0 ? enrolled(...open(['a', 'b']))
        : open(['c', 'd']).length > 0 ? enrolled(...open(['c', 'd']))
        : null;
      return { next, settled: !next, remaining: { at_least: 1, at_most: 4 } } as Result;
    },
  };
}

function refined() {
  const decider = refining();
  const v = new Visit(decider, trail(), '2026-06-01', ENGLISH, new Given([], new Map()));
  const asked = () => (v.page.name === 'question' ? v.page.key : v.page.name);
  v.start();
  return { v, asked, last: decider.last };
}

test('a range is refined by a number; not sure of it keeps the range', () => {
  const { v, asked, last } = refined();
  v.give('income:range', HIGH);
  assert.equal(asked(), 'income:number');
  assert.deepEqual(v.saidBefore(v.step('income:number')!)?.answer, HIGH);
  assert.equal(v.saidBefore(v.step('income:range')!), null);
  v.give('income:number', 'unknown');
  assert.deepEqual(last(), { income: { ...HIGH, exact: 'unknown' } });
  const [row] = v.said;
  assert.deepEqual([v.said.length, row?.key, row?.answer], [1, 'income:range', { ...HIGH, exact: 'unknown' }]);
  assert.equal(row?.question.choices.length, 2, 'the row can name the range');
  assert.equal(v.stepOf('income')?.key, 'income:number', 'Answer now leads to what is not known');
});

test('another range asks for another number, and the first range brings its number back', () => {
  const { v, asked, last } = refined();
  v.give('income:range', HIGH);
  v.give('income:number', 35_000);
  v.give('enrolled:set', 'unknown');
  assert.equal(asked(), 'check');
  v.change('income:range', 'check');
  v.give('income:range', LOW);
  assert.deepEqual(last(), { income: LOW, enrolled: 'unknown' });
  assert.deepEqual([v.idle, v.newlyIdle], [[], []]);
  v.change('income:range', 'check');
  v.give('income:range', HIGH);
  assert.deepEqual(last(), { income: 35_000, enrolled: 'unknown' });
  assert.equal(asked(), 'income:number', 'changing a range leads past its number');
  assert.equal(v.answer('income:number'), 35_000);
  v.give('income:number', 36_000);
  assert.equal(asked(), 'check');
  assert.deepEqual(last(), { income: 36_000, enrolled: 'unknown' });
});

test('a set that is asked again with what is open keeps both answers, whichever is changed', () => {
  const { v, asked, last } = refined();
  v.give('income:range', LOW);
  v.give('enrolled:set', { a: 'yes', b: 'unknown' });
  assert.equal(asked(), 'enrolled:set:2');
  assert.deepEqual(v.step('enrolled:set:2')?.question.choices.map(({ id }) => id), ['c', 'd']);
  v.give('enrolled:set:2', { c: 'no', d: 'yes' });
  const all = { a: 'yes', b: 'unknown', c: 'no', d: 'yes' };
  assert.deepEqual(last(), { income: LOW, enrolled: all });
  const row = v.said.at(-1)!;
  assert.deepEqual([row.key, row.answer, row.question.choices.map(({ id }) => id)], ['enrolled:set', all, ['a', 'b', 'c', 'd']]);
  v.back();
  v.back();
  assert.equal(asked(), 'enrolled:set');
  assert.deepEqual(v.answer('enrolled:set'), { a: 'yes', b: 'unknown' });
  v.give('enrolled:set', { a: 'no', b: 'yes' });
  assert.equal(asked(), 'enrolled:set:2');
  assert.deepEqual(v.answer('enrolled:set:2'), { c: 'no', d: 'yes' });
  v.change('enrolled:set', 'check');
  v.give('enrolled:set', 'unknown');
  assert.equal(asked(), 'enrolled:set:2', 'a change leads past the rest of the set');
  v.give('enrolled:set:2', { c: 'no', d: 'yes' });
  assert.equal(asked(), 'check');
  assert.deepEqual(last(), { income: LOW, enrolled: { a: 'unknown', b: 'unknown', c: 'no', d: 'yes' } });
});

/** Two answers that contradict each other: a plan is volunteered, then Medicaid denied. */
function contradicted() {
  const made = visit();
  const { visit: v } = made;
  v.start();
  v.give('birth_month:month', '2012-03');
  v.answerNow('plan');
  v.give('plan:yes_no', 'yes');
  assert.equal(made.asked(), 'medicaid:yes_no');
  v.give('medicaid:yes_no', 'no');
  assert.deepEqual(v.page, { name: 'conflict', facts: ['medicaid', 'plan'] });
  return made;
}

test('contradicting answers: the right one stays, the other is asked again and stands in its form', () => {
  const { visit: v, asked, last } = contradicted();
  v.settle(['medicaid', 'plan'], 'plan');
  assert.equal(asked(), 'medicaid:yes_no');
  assert.equal(v.answer('medicaid:yes_no'), 'no');
  v.give('medicaid:yes_no', 'yes');
  assert.deepEqual(last(), { plan: 'yes', birth_month: '2012-03', medicaid: 'yes' });
});

test('contradicting answers: not sure makes both unknown', () => {
  const { visit: v, asked, last } = contradicted();
  v.settle(['medicaid', 'plan'], null);
  assert.equal(asked(), 'check');
  assert.deepEqual(last(), { plan: 'unknown', birth_month: '2012-03', medicaid: 'unknown' });
});

test('an answer that the engine refuses changes nothing', () => {
  const { visit: v, asked } = visit();
  v.start();
  assert.equal(v.give('birth_month:month', '1800-01'), false);
  assert.equal(asked(), 'birth_month:month');
  assert.equal(v.answer('birth_month:month'), undefined);
});

test('another language keeps place and answers', () => {
  const { visit: v, asked } = visit();
  v.start();
  v.give('birth_month:month', '2012-03');
  v.speak({ lang: 'es', by: 'parent' });
  assert.equal(asked(), 'medicaid:yes_no');
  assert.equal(v.step('medicaid:yes_no')?.question.question, 'medicaid es');
  assert.equal(v.answer('birth_month:month'), '2012-03');
});

test('an answer costs one question to the engine, not one for every answer before it', () => {
  const { visit: v, engine: decider } = visit();
  v.start();
  v.give('birth_month:month', '2012-03');
  const before = decider.requests.length;
  v.give('medicaid:yes_no', 'yes');
  assert.equal(decider.requests.length - before, 1);
});
