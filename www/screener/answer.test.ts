// Joining one answer to the others in the contract's shape.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Question } from '../engine/contract.ts';
import { withAnswer } from './answer.ts';

const question = (fact: string) => ({ fact }) as Question;

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

test('a second look at a set keeps what the first one said', () => {
  const first = withAnswer({}, question('enrolled'), { passe: 'yes', aco: 'unknown' });
  assert.deepEqual(withAnswer(first, question('enrolled'), { aco: 'no' }), { enrolled: { passe: 'yes', aco: 'no' } });
  const others = { ...question('enrolled'), choices: [{ id: 'cares', label: 'CARES' }, { id: 'aco', label: 'ACO' }] };
  assert.deepEqual(withAnswer(first, others, ['cares']), { enrolled: { passe: 'yes', cares: 'yes', aco: 'no' } });
  assert.deepEqual(withAnswer({ enrolled: { passe: 'yes' } }, others, 'unknown'), { enrolled: { passe: 'yes', cares: 'unknown', aco: 'unknown' } });
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
