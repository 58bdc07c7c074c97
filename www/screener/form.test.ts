// What a form says as an answer, for every type of question, and the way back into the form.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer, Choice, Question } from '../engine/contract.ts';
import { type Draft, type Reading, asksByName, asksByRadios, draftOf, readForm } from './form.ts';

const AS_OF = '2026-06-01';

function question(type: Question['type'], rest: Partial<Question> = {}): Question {
  return { fact: 'it', question: '?', help: null, find_out: null, name: 'it', topic: 'child', decides: [], type, min: null, max: null, decimals: 0, unit: null, choices: [], ...rest };
}

const programs = question('set', { choices: ['passe', 'aco', 'cares'].map((id) => ({ id, label: id })) });
const conditions = question('codes', {
  choices: [
    { id: 'E84', label: 'Cystic fibrosis' },
    { id: 'heart', label: 'Heart', value: ['Q20', 'Q21.0'] },
  ],
});
const incomes = question('range', {
  choices: [
    { id: 'low', label: 'Low', value: { from: 0, to: 29_999 } },
    { id: 'high', label: 'High', value: { from: 30_000, to: 60_000 } },
  ],
});

const notApplicable: Choice = { id: 'not_applicable', label: 'There was no assessment' };

function form(fields: [string, string][]): FormData {
  const data = new FormData();
  for (const [name, value] of fields) data.append(name, value);
  return data;
}

const read = (asked: Question, ...fields: [string, string][]) => readForm(asked, form(fields), AS_OF);

/** What a browser would send of a form that shows this draft. */
function shown(asked: Question, draft: Draft): FormData {
  const fields: [string, string][] = [];
  if (asksByRadios(asked)) {
    if (asksByName(asked) && draft.unknown) fields.push(['unknown', 'unknown']);
    if (draft.choice) fields.push(['answer', draft.choice]);
    return form(fields);
  }
  for (const name of ['number', 'year', 'month', 'day'] as const) fields.push([name, draft[name]]);
  for (const item of draft.items) fields.push(['item', item]);
  if (draft.none) fields.push(['none', 'none']);
  if (draft.notApplicable) fields.push(['not_applicable', 'not_applicable']);
  if (draft.unknown) fields.push(['unknown', 'unknown']);
  if (draft.complete) fields.push(['complete', draft.complete]);
  return form(fields);
}

/** Too many to lay out: opened from a list. */
const counties = question('choice', { choices: Array.from({ length: 20 }, (_, n): Choice => ({ id: `County ${n}`, label: `County ${n}` })).concat(notApplicable) });
const months = question('number', { unit: 'months', choices: [24, 25, 26].map((n): Choice => ({ id: `months_${n}`, label: `${n} months`, value: { months: n } })) });

test('every answer is read, and shown again when the family comes back', () => {
  const tier = question('number', { choices: [1, 2, 3].map((n): Choice => ({ id: `tier_${n}`, label: `Tier ${n}`, value: n })).concat(notApplicable) });
  const payer = question('choice', { choices: ['chip', 'medicaid'].map((id) => ({ id, label: id })) });
  const cases: [Question, [string, string][], Answer][] = [
    [question('yes_no'), [['answer', 'yes']], 'yes'],
    [question('yes_no'), [['answer', 'unknown']], 'unknown'],
    [payer, [['answer', 'c1']], 'medicaid'],
    [incomes, [['answer', 'c1']], { from: 30_000, to: 60_000 }],
    [tier, [['answer', 'c2']], 3],
    [tier, [['answer', 'unknown']], 'unknown'],
    [tier, [['answer', 'c3']], 'not_applicable'],
    [incomes, [['answer', 'unknown']], 'unknown'],
    [question('number', { choices: [notApplicable] }), [['number', '4']], 4],
    [question('number', { choices: [notApplicable] }), [['number', ''], ['not_applicable', 'not_applicable']], 'not_applicable'],
    [question('number', { min: 30_000, max: 60_000 }), [['number', '35,000']], 35_000],
    [question('number', { min: 1, max: 20 }), [['number', '4']], 4],
    [question('number'), [['number', '4'], ['unknown', 'unknown']], 'unknown'],
    [question('month'), [['month', '3'], ['year', '2012']], '2012-03'],
    [question('month'), [['unknown', 'unknown']], 'unknown'],
    [question('date'), [['day', '4'], ['month', '3'], ['year', '2012']], '2012-03-04'],
    [question('date'), [['day', '29'], ['month', '2'], ['year', '2012']], '2012-02-29'],
    [programs, [['item', 'c0']], { passe: 'yes', aco: 'no', cares: 'no' }],
    [programs, [['none', 'none']], { passe: 'no', aco: 'no', cares: 'no' }],
    [programs, [['unknown', 'unknown']], 'unknown'],
    [programs, [['item', 'c0'], ['unknown', 'unknown']], { passe: 'yes', aco: 'unknown', cares: 'unknown' }],
    [counties, [['answer', 'c13']], 'County 13'],
    [counties, [['answer', ''], ['not_applicable', 'not_applicable']], 'not_applicable'],
    [counties, [['answer', ''], ['unknown', 'unknown']], 'unknown'],
    [months, [['answer', 'c1']], { months: 25 }],
    [months, [['answer', 'unknown']], 'unknown'],
    [question('number', { unit: 'years', min: 0, max: 124 }), [['number', '14']], 14],
    [question('number', { decimals: 1, min: 0, max: 6 }), [['number', '1.5']], 1.5],
    [conditions, [['item', 'c0'], ['complete', 'yes']], { known: ['E84'], complete: 'yes' }],
    [conditions, [['item', 'c0'], ['item', 'c1'], ['complete', 'no']], { known: ['E84', 'Q20', 'Q21.0'], complete: 'no' }],
    [conditions, [['item', 'c1'], ['complete', 'unknown']], { known: ['Q20', 'Q21.0'], complete: 'unknown' }],
    [conditions, [['none', 'none']], { known: [], complete: 'yes' }],
    [conditions, [['unknown', 'unknown']], 'unknown'],
  ];
  for (const [asked, fields, answer] of cases) {
    assert.deepEqual(read(asked, ...fields), { answer }, `${asked.type} ${JSON.stringify(fields)}`);
    assert.deepEqual(readForm(asked, shown(asked, draftOf(asked, answer)), AS_OF), { answer }, `again: ${asked.type} ${JSON.stringify(answer)}`);
  }
});

test('a number with decimals has a point before them, and commas between thousands alone', () => {
  const score = question('number', { decimals: 1, min: 0.5, max: 2000 });
  const cases: [string, Reading][] = [
    ['3', { answer: 3 }],
    ['1,500.5', { answer: 1500.5 }],
    ['1.0', { answer: 1 }],
    ['1.500', { problem: 'too_many_decimals', at: 'number' }],
    ['1,5', { problem: 'not_a_decimal', at: 'number' }],
    ['1.', { problem: 'not_a_decimal', at: 'number' }],
    ['1.55', { problem: 'too_many_decimals', at: 'number' }],
    ['0.4', { problem: 'number_too_small', at: 'number' }],
    ['2000.1', { problem: 'number_too_large', at: 'number' }],
  ];
  for (const [typed, reading] of cases) assert.deepEqual(read(score, ['number', typed]), reading, typed);
});

test('nothing is chosen before an answer, and nothing chosen is not an answer', () => {
  const all = [question('yes_no'), incomes, question('number'), question('month'), question('date'), programs, conditions];
  for (const asked of all) {
    const reading = readForm(asked, shown(asked, draftOf(asked, undefined)), AS_OF);
    assert.equal('problem' in reading && reading.problem, 'empty', asked.type);
  }
});

test('a set that is asked again shows what was said of its own elements only', () => {
  const others = { ...programs, choices: programs.choices.slice(1) };
  assert.deepEqual(draftOf(others, { passe: 'yes', aco: 'no' }), draftOf(others, undefined));
  assert.deepEqual(draftOf(others, { passe: 'yes', aco: 'no', cares: 'no' }).none, true);
  assert.deepEqual(read(others, ['item', 'c0']), { answer: { aco: 'yes', cares: 'no' } });
});

test('a refinement opens empty: the range is no number yet', () => {
  assert.deepEqual(draftOf(question('number', { min: 30_000, max: 60_000 }), { from: 30_000, to: 60_000 }).number, '');
  const choice = draftOf(incomes, { from: 30_000, to: 60_000, exact: 'unknown' }).choice;
  assert.equal(choice, 'c1', 'the range is still the one that was chosen');
});

test('what cannot be meant is said, with the control it concerns', () => {
  const people = question('number', { min: 1, max: 20 });
  const cases: [Question, [string, string][], string, string][] = [
    [people, [['number', 'four']], 'not_a_number', 'number'],
    [people, [['number', '-4']], 'not_a_number', 'number'],
    [people, [['number', '2.5']], 'not_a_number', 'number'],
    [people, [['number', '0']], 'number_too_small', 'number'],
    [people, [['number', '21']], 'number_too_large', 'number'],
    [question('month'), [['month', ''], ['year', '2012']], 'month_incomplete', 'month'],
    [question('month'), [['month', '3'], ['year', '']], 'month_incomplete', 'year'],
    [question('month'), [['month', '3'], ['year', '12']], 'year_not_four_digits', 'year'],
    [question('month'), [['month', '7'], ['year', '2026']], 'in_the_future', 'year'],
    [question('date'), [['day', ''], ['month', '3'], ['year', '2012']], 'date_incomplete', 'day'],
    [question('date'), [['day', '30'], ['month', '2'], ['year', '2012']], 'date_impossible', 'day'],
    [question('date'), [['day', '29'], ['month', '2'], ['year', '2013']], 'date_impossible', 'day'],
    [question('date'), [['day', '2'], ['month', '6'], ['year', '2026']], 'in_the_future', 'year'],
    [conditions, [['item', 'c0']], 'is_that_all', 'complete'],
  ];
  for (const [asked, fields, problem, at] of cases) {
    assert.deepEqual(read(asked, ...fields), { problem, at }, `${asked.type} ${JSON.stringify(fields)}`);
  }
});

test('money may be written as people write it', () => {
  for (const typed of ['30000', '30,000', '$30,000', '30.000', ' 30 000 ']) {
    assert.deepEqual(read(question('number'), ['number', typed]), { answer: 30_000 }, typed);
  }
});

test('a month on the day itself is not in the future', () => {
  assert.deepEqual(read(question('month'), ['month', '6'], ['year', '2026']), { answer: '2026-06' });
  assert.deepEqual(read(question('date'), ['day', '1'], ['month', '6'], ['year', '2026']), { answer: '2026-06-01' });
});
