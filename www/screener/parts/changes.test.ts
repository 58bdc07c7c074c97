// What can change and when, in words.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CalendarChange, Change, Ending, Program, Question, Result } from '../../engine/contract.ts';
import { wordsFor } from '../../locale/locale.ts';
import { dateText, endingText, waysText } from './changes.ts';

const change = (fact: string, text: string, how: Change['how'] = 'apply', to = 'yes'): Change => ({ fact, to, how, text });
const questions = Object.fromEntries(['county', 'ssi'].map((fact) => [fact, { name: `the ${fact}` } as Question]));

test('each way is one sentence of what would be so and how to come to it, with the names of what it would hang on besides', () => {
  const told = (language: 'en' | 'es', ...would_change: Change[][]) =>
    waysText({ would_change, would_also_need: [['county', 'ssi']] } as Partial<Program> as Program, questions, wordsFor(language, 'parent'), language);
  assert.deepEqual(
    told(
      'en',
      [change('medicaid', 'has Medicaid')],
      [change('enrolled', 'is in a PASSE', 'enroll'), change('assessment_tier', 'the tier: 2 or more', 'assess')],
      [change('medicaid', 'has Medicaid'), change('ssi', 'gets SSI'), change('birth_month', 'is 3 years old or older', 'time', '2030-03-31')],
    ),
    [
      { text: 'Has Medicaid (you can apply)', also: 'This would also depend on: the county; the ssi.' },
      { text: 'Is in a PASSE (ask how to join) and the tier: 2 or more (ask for an assessment)', also: null },
      { text: 'Has Medicaid (you can apply), gets SSI (you can apply) and is 3 years old or older (from March 31, 2030 on)', also: null },
    ],
  );
  assert.deepEqual(told('es', [change('ssi', 'recibe SSI'), change('enrolled', 'está en una PASSE', 'enroll')]), [
    { text: 'Recibe SSI (puede hacer la solicitud) y está en una PASSE (pregunte cómo entrar)', also: 'Esto depende también de: the county; the ssi.' },
  ]);
});

test('a date that matters: a day, or between two days where only the month of birth is known', () => {
  const at = (on: string, by: string | null, what: CalendarChange['what']) => (['en', 'es'] as const).map((language) => dateText({ on, by, what, then: null }, wordsFor(language, 'parent'), language));
  assert.deepEqual(at('2030-03-04', null, 'ends'), ['This ends on March 4, 2030.', 'Esto termina el 4 de marzo de 2030.']);
  assert.deepEqual(at('2030-03-04', '2030-03-04', 'renews'), ['This has to be renewed on March 4, 2030.', 'Esto se tiene que renovar el 4 de marzo de 2030.']);
  assert.deepEqual(at('2030-03-01', '2030-03-31', 'begins'), [
    'This can begin between March 1 and March 31, 2030.',
    'Esto puede empezar entre el 1 de marzo y el 31 de marzo de 2030.',
  ]);
});

test('a lead that ends: when, before or after today, and who comes next', () => {
  const told = (ending: Ending) =>
    endingText({ as_of: '2026-06-01', lead: { ending }, programs: [{ id: 'cchcp', name: 'CCHCP' }] } as unknown as Result, wordsFor('en', 'parent'), 'en');
  assert.equal(told({ date: null, next: 'cchcp' }), 'Your child no longer meets all the rules of this program. Ask how long it goes on. After that, call: CCHCP.');
  assert.equal(told({ date: '2026-06-02', next: null }), 'By the rules, this help ends on June 2, 2026.');
  assert.equal(told({ date: '2026-06-01', next: 'cchcp' }), 'By the rules, this help ended on June 1, 2026. Ask how long it goes on. After that, call: CCHCP.');
  assert.equal(told({ date: '2026-05', next: null }), 'By the rules, this help ended in May 2026. Ask how long it goes on.');
});
