// A visit against a small engine of its own: Back, Change, contradictions, languages, clearing.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answers, Question, Request, Result } from '../engine/contract.ts';
import { AnswersRefused } from '../engine/refusals.ts';
import type { Trail } from './trail.ts';
import { type Decider, type Page, Visit } from './visit.ts';

/** Asks for the birth month, then Medicaid, then, of those who have it, the plan; the day of birth in one month only. */
function engine(): Decider & { requests: Request[] } {
  const requests: Request[] = [];
  const ask = (fact: string, type: Question['type'], lang: string): Question => ({
    fact, type, question: `${fact} ${lang}`, help: null, find_out: null, name: fact, topic: 'child', decides: [], min: null, max: null, choices: null,
  });
  const questions = (lang: string) => ({
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
      const { answers, lang } = request;
      if (answers['medicaid'] === 'no' && answers['plan'] === 'yes') throw new AnswersRefused([], ['medicaid', 'plan']);
      if (answers['birth_month'] === '1800-01') throw new AnswersRefused([{ field: 'birth_month', message: 'too long ago' }], []);
      const wanted = ['birth_month', ...(answers['birth_month'] === '2005-06' ? ['birth_date'] : []), 'medicaid', ...(answers['medicaid'] === 'yes' || 'plan' in answers ? ['plan'] : [])];
      const open = wanted.filter((fact) => !(fact in answers));
      const next = open[0] ? questions(lang)[open[0] as 'plan'] : null;
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
  const made = new Visit(decider, trail(), '2026-06-01', 'en');
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

test('a new birth month forgets the birth date that refined the old one', () => {
  const { visit: v, asked, last } = visit();
  v.start();
  v.give('birth_month:month', '2005-06');
  assert.equal(asked(), 'birth_date:date');
  v.give('birth_date:date', '2005-06-09');
  v.give('medicaid:yes_no', 'no');
  v.change('birth_month:month', 'check');
  v.give('birth_month:month', '2012-03');
  assert.deepEqual(last(), { birth_month: '2012-03', medicaid: 'no' });
  v.change('birth_month:month', 'check');
  v.give('birth_month:month', '2005-06');
  assert.equal(asked(), 'birth_date:date');
  assert.equal(v.answer('birth_date:date'), undefined);
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
  v.speak('es');
  assert.equal(asked(), 'medicaid:yes_no');
  assert.equal(v.step('medicaid:yes_no')?.question.question, 'medicaid es');
  assert.equal(v.answer('birth_month:month'), '2012-03');
});

test('clearing leaves nothing', () => {
  const { visit: v, last } = visit();
  v.start();
  v.give('birth_month:month', '2012-03');
  v.clear();
  assert.deepEqual(v.page, { name: 'left' });
  assert.deepEqual(v.answered, []);
  assert.deepEqual(last(), {});
});

test('an answer costs one question to the engine, not one for every answer before it', () => {
  const { visit: v, engine: decider } = visit();
  v.start();
  v.give('birth_month:month', '2012-03');
  const before = decider.requests.length;
  v.give('medicaid:yes_no', 'yes');
  assert.equal(decider.requests.length - before, 1);
});
