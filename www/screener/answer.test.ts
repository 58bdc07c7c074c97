// Joining one answer to the others in the contract's shape.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer, Choice, Question } from '../engine/contract.ts';
import { kept, shownOf, withAnswer } from './answer.ts';

const question = (fact: string) => ({ fact, choices: [] as Choice[] }) as Question;

test('a birth date refines a birth month, and both stand', () => {
  const month = withAnswer({}, question('birth_month'), '2012-03');
  assert.deepEqual(withAnswer(month, question('birth_date'), '2012-03-04'), { birth_month: '2012-03', birth_date: '2012-03-04' });
  assert.deepEqual(withAnswer(month, question('birth_date'), 'unknown'), { birth_month: '2012-03', birth_date: 'unknown' });
});

test('not knowing the exact income keeps the range', () => {
  const range = withAnswer({}, question('household_income'), { from: 30_000, to: 40_000 });
  assert.deepEqual(withAnswer(range, question('household_income'), 'unknown'), { household_income: { from: 30_000, to: 40_000, exact: 'unknown' } });
  assert.deepEqual(withAnswer(range, question('household_income'), 35_000), { household_income: 35_000 });
});

test('not knowing the day keeps the month, and not knowing the months keeps the years', () => {
  const day = { ...question('enrolled_on'), type: 'date' } as Question;
  assert.deepEqual(withAnswer({ enrolled_on: '2024-05' }, day, 'unknown'), { enrolled_on: { month: '2024-05', exact: 'unknown' } });
  assert.deepEqual(withAnswer({ enrolled_on: '2024-05' }, day, '2024-05-03'), { enrolled_on: '2024-05-03' });
  const age = { ...question('age_at'), type: 'number', unit: 'months' } as Question;
  assert.deepEqual(withAnswer({ age_at: 2 }, age, 'unknown'), { age_at: { years: 2, exact: 'unknown' } });
  assert.deepEqual(withAnswer({ age_at: 2 }, age, { months: 30 }), { age_at: { months: 30 } });
});

const set = (...ids: string[]) => ({ ...question('enrolled'), type: 'set', choices: ids.map((id) => ({ id, label: id })) }) as Question;

test('a second look at a set keeps what the first one said', () => {
  const first = withAnswer({}, set('passe', 'aco'), { passe: 'yes', aco: 'unknown' });
  assert.deepEqual(first, { enrolled: { passe: 'yes', aco: 'unknown' } });
  assert.deepEqual(withAnswer(first, set('cares'), { cares: 'no' }), { enrolled: { passe: 'yes', aco: 'unknown', cares: 'no' } });
  assert.deepEqual(withAnswer(first, set('cares', 'f2f'), 'unknown'), { enrolled: { passe: 'yes', aco: 'unknown', cares: 'unknown', f2f: 'unknown' } });
});

test('a set’s answer speaks only of what the question shows', () => {
  const all: Answer = { passe: 'yes', aco: 'no', cares: 'yes' };
  assert.deepEqual(withAnswer({}, set('passe', 'cares'), all), { enrolled: { passe: 'yes', cares: 'yes' } });
  assert.deepEqual(shownOf(set('aco'), all), { aco: 'no' });
  assert.equal(shownOf(set('f2f'), all), undefined);
  assert.equal(shownOf(set('f2f'), 'unknown'), 'unknown');
});

test('not sure of anything in a set is not knowing the fact', () => {
  assert.deepEqual(withAnswer({}, set('passe', 'aco'), 'unknown'), { enrolled: 'unknown' });
  assert.equal(kept({ passe: 'yes', aco: 'unknown' }, 'unknown', set('passe', 'aco')), 'unknown');
  assert.deepEqual(kept({ passe: 'yes', cares: 'no' }, 'unknown', set('passe', 'aco')), { passe: 'unknown', aco: 'unknown', cares: 'no' });
  assert.deepEqual(kept('unknown', { passe: 'yes', aco: 'unknown' }, set('passe', 'aco')), { passe: 'yes', aco: 'unknown' });
});

test('asked for the other conditions, nothing is lost and nothing is asked for ever', () => {
  const asked = question('diagnosis');
  const first = withAnswer({}, asked, { known: ['E84'], complete: 'no' });
  assert.deepEqual(first, { diagnosis: { known: ['E84'], complete: 'no' } });
  assert.deepEqual(withAnswer(first, asked, 'unknown'), { diagnosis: { known: ['E84'], complete: 'unknown' } });
  assert.deepEqual(withAnswer(first, asked, { known: ['E84', 'G40'], complete: 'yes' }), { diagnosis: { known: ['E84', 'G40'], complete: 'yes' } });
  assert.deepEqual(withAnswer(first, asked, { known: ['E84', 'G40'], complete: 'no' }), { diagnosis: { known: ['E84', 'G40'], complete: 'unknown' } });
});

test('an answer touches no other', () => {
  const before = { medicaid: 'yes' };
  assert.deepEqual(withAnswer(before, question('ssi'), 'no'), { medicaid: 'yes', ssi: 'no' });
  assert.deepEqual(before, { medicaid: 'yes' });
});
