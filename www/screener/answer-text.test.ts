// Answers shown again in the family's words: never an id, a code or a bare pair of numbers.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer, Choice, Question } from '../engine/contract.ts';
import { WORDS } from '../locale/locale.ts';
import { answerText } from './answer-text.ts';

const question = (type: Question['type'], choices: Choice[] = []) => ({ fact: 'it', type, unit: null, choices }) as Partial<Question> as Question;
const text = (asked: Question, answer: Answer, language: 'en' | 'es' = 'en') => answerText(asked, answer, WORDS[language], language);

const incomes: Question = {
  ...question('range', [
    { id: 'low', label: 'Less than $30,000', value: { from: 0, to: 29_999 } },
    { id: 'high', label: '$30,000 to $60,000', value: { from: 30_000, to: 60_000 } },
  ]),
  unit: 'dollars',
};

test('a range is the choice that was made, with what is not known of it', () => {
  assert.deepEqual(text(incomes, { from: 30_000, to: 60_000 }), ['$30,000 to $60,000']);
  assert.deepEqual(text(incomes, { to: 60_000, from: 30_000, exact: 'unknown' }), ['$30,000 to $60,000', 'not sure of the exact number']);
  assert.deepEqual(text(incomes, 35_000), ['$35,000']);
  assert.deepEqual(text(question('number'), 35_000), ['35,000']);
  assert.deepEqual(text(incomes, { from: 10, to: 2000 }), ['From $10 to $2,000']);
  assert.deepEqual(text(incomes, { from: 10, to: 2000 }, 'es'), ['De $10 a $2,000']);
  assert.deepEqual(text(incomes, 'unknown'), ['I’m not sure']);
});

test('a day, a month, years and months are told as what they are', () => {
  const day = question('month');
  assert.deepEqual(text(day, '2024-05'), ['May 2024']);
  assert.deepEqual(text(day, '2024-05-03'), ['May 3, 2024']);
  assert.deepEqual(text(day, { month: '2024-05', exact: 'unknown' }, 'es'), ['mayo de 2024', 'no sabe el día']);
  const age: Question = { ...question('number'), unit: 'years' };
  assert.deepEqual(text(age, 14), ['14 years']);
  assert.deepEqual(text(age, { years: 1, exact: 'unknown' }), ['1 year', 'not sure of the exact number']);
  assert.deepEqual(text(age, { months: 30 }), ['30 months']);
});

test('an amount of a month says so', () => {
  const earned: Question = { ...question('number'), unit: 'dollars_a_month' };
  assert.deepEqual(text(earned, 1690), ['$1,690 a month']);
  assert.deepEqual(text(earned, { from: 1000, to: 2000, exact: 'unknown' }, 'es'), ['De $1,000 a $2,000 al mes', 'no sabe el número exacto']);
});

test('what does not apply is said in the question’s own words', () => {
  const tiers = question('number', [
    { id: 'tier_1', label: 'Tier 1', value: 1 },
    { id: 'not_applicable', label: 'There was no assessment', value: null },
  ]);
  assert.deepEqual(text(tiers, 'not_applicable'), ['There was no assessment']);
  assert.deepEqual(text(tiers, 1), ['Tier 1']);
  assert.deepEqual(text(question('number'), 'not_applicable'), ['Does not apply']);
});

test('a set: what is so, and what is not sure, by name', () => {
  const programs = question('set', ['PASSE', 'ACO', 'CARES'].map((label) => ({ id: label.toLowerCase(), label })));
  assert.deepEqual(text(programs, { passe: 'yes', aco: 'no', cares: 'no' }), ['PASSE']);
  assert.deepEqual(text(programs, { passe: 'no', aco: 'no', cares: 'no' }), ['None of these']);
  assert.deepEqual(text(programs, { passe: 'yes', aco: 'unknown', cares: 'unknown' }), ['PASSE', 'not sure about the others']);
  assert.deepEqual(text(programs, { passe: 'no', aco: 'unknown', cares: 'unknown' }), ['not sure about: ACO, CARES']);
  assert.deepEqual(text(programs, { passe: 'yes', aco: 'unknown', cares: 'no' }, 'es'), ['PASSE', 'no sabe de: ACO']);
});
