// Finding a condition by everyday and misspelled words.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distance, find } from './search.ts';

const choices = [
  { id: '1', label: 'Cystic fibrosis', words: ['CF'] },
  { id: '2', label: 'Type 1 diabetes', words: ['sugar'] },
  { id: '3', label: 'Parálisis cerebral' },
  { id: '4', label: 'Spina bifida' },
];
const names = (search: string) => find(choices, search).map((index) => choices[index]!.id);

test('whole words, beginnings, everyday words, accents, slips', () => {
  assert.deepEqual(names(''), ['1', '2', '3', '4']);
  assert.deepEqual(names('cystic'), ['1']);
  assert.deepEqual(names('cys'), ['1']);
  assert.deepEqual(names('cf'), ['1']);
  assert.deepEqual(names('sugar'), ['2']);
  assert.deepEqual(names('paralisis'), ['3']);
  assert.deepEqual(names('CISTIC fibrosys'), ['1']);
  assert.deepEqual(names('diabetis'), ['2']);
  assert.deepEqual(names('spnia'), ['4']);
  assert.deepEqual(names('asthma'), []);
});

test('the closest name comes first', () => {
  const found = find([{ id: 'a', label: 'Heart defects' }, { id: 'b', label: 'Heart defect' }], 'heart defect');
  assert.deepEqual(found, [1, 0]);
});

test('distance counts a swap as one slip', () => {
  assert.equal(distance('spnia', 'spina'), 1);
  assert.equal(distance('kitten', 'sitting'), 3);
  assert.equal(distance('', 'ab'), 2);
});
