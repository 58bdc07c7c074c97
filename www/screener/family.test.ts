// Several children, who is answering, and what is kept, against a small engine: the month of birth, then the county of the
// household, then Medicaid.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answers, Question, Result } from '../engine/contract.ts';
import { AnswersRefused } from '../engine/refusals.ts';
import { BEGINNING, Family, type FamilyKept, type Place } from './family.ts';
import type { Trail } from './trail.ts';
import type { Decider } from './visit.ts';

const ask = (fact: string, type: Question['type'], topic: string, words: string): Question => ({
  fact, type, question: `${fact} ${words}`, help: null, find_out: null, name: fact, topic, decides: [], min: null, max: null, decimals: 0, unit: null, choices: [],
});

function decider(counties = ['Pulaski', 'Polk']): Decider & { last: Answers } {
  const made = {
    last: {} as Answers,
    about: { state: 'XX', name: {}, status: {}, languages: [], contacts: [], programs: [] },
    questions: ({ lang, by }: { lang: string; by: string }) => ({
      birth_month: ask('birth_month', 'month', 'child', `${lang} ${by}`),
      county: ask('county', 'choice', 'household', `${lang} ${by}`),
      medicaid: ask('medicaid', 'yes_no', 'coverage', `${lang} ${by}`),
    }),
    screen({ answers, ...voice }: { answers: Answers; lang: string; by: string }) {
      made.last = answers;
      const { county } = answers;
      if (county !== undefined && county !== 'unknown' && !counties.includes(String(county))) throw new AnswersRefused([{ field: 'county', message: 'no such county' }], []);
      const open = (['birth_month', 'county', 'medicaid'] as const).filter((fact) => !(fact in answers));
      return { next: open[0] ? made.questions(voice)[open[0]] : null, remaining: { at_least: open.length, at_most: open.length } } as Result;
    },
  };
  return made;
}

function trail(): Trail<Place> {
  let places: Place[] = [BEGINNING];
  return {
    get page() {
      return places.at(-1)!;
    },
    get canGoBack() {
      return places.length > 1;
    },
    push: (place) => void places.push(place),
    replace: (place) => void (places[places.length - 1] = place),
    back: () => void places.pop(),
    restart: (place) => void (places = [place]),
    close: () => {},
  };
}

function family(kept?: FamilyKept, engine = decider()) {
  const made = new Family(engine, trail(), '2026-06-01', 'en', kept);
  const asked = () => (made.visit.page.name === 'question' ? made.visit.page.key : made.visit.page.name);
  return { made, engine, asked };
}

function answered() {
  const all = family();
  const { made } = all;
  made.answeredBy('parent');
  made.visit.goOn();
  made.visit.give('birth_month:month', '2012-03');
  made.visit.give('county:choice', 'Pulaski');
  made.visit.give('medicaid:yes_no', 'yes');
  return all;
}

test('who is answering sets the words of every question, and keeps place and answers', () => {
  const { made } = family();
  made.visit.goOn();
  made.visit.give('birth_month:month', '2012-03');
  made.answeredBy('self');
  assert.equal(made.visit.step('county:choice')?.question.question, 'county en self');
  made.speak('es');
  assert.equal(made.visit.step('county:choice')?.question.question, 'county es self');
  assert.equal(made.visit.answer('birth_month:month'), '2012-03');
});

test('of a second child only what is the child’s own is asked', () => {
  const { made, engine, asked } = answered();
  made.addChild(['Ana', 'Ben']);
  assert.deepEqual([made.at, made.child.name, made.children[0]!.name], [1, 'Ben', 'Ana']);
  assert.equal(asked(), 'birth_month:month');
  made.visit.give('birth_month:month', '2015-01');
  assert.equal(asked(), 'medicaid:yes_no', 'the county is known');
  made.visit.give('medicaid:yes_no', 'no');
  assert.deepEqual(engine.last, { birth_month: '2015-01', county: 'Pulaski', medicaid: 'no' });
  assert.deepEqual(made.children[0]!.visit.answer('medicaid:yes_no'), 'yes');
  assert.deepEqual(made.visit.idle, []);
});

test('what changes in the household changes for the other child too', () => {
  const { made, engine } = answered();
  made.addChild(['Ana', 'Ben']);
  made.visit.give('birth_month:month', '2015-01');
  made.visit.change('county:choice', 'check');
  made.visit.give('county:choice', 'Polk');
  made.turnTo(0);
  assert.equal(made.visit.page.name, 'results');
  assert.deepEqual(engine.last, { birth_month: '2012-03', county: 'Polk', medicaid: 'yes' });
});

test('what is kept brings everything back', () => {
  const first = answered().made;
  first.child.notes.goals.push('Sleep');
  first.addChild(['Ana', 'Ben']);
  first.visit.give('birth_month:month', '2015-01');
  const { made, asked } = family(JSON.parse(JSON.stringify(first.kept)) as FamilyKept);
  assert.equal(made.by, 'parent');
  assert.deepEqual(made.children.map(({ name }) => name), ['Ana', 'Ben']);
  assert.deepEqual(made.children[0]!.notes.goals, ['Sleep']);
  assert.equal(made.children[0]!.visit.answer('medicaid:yes_no'), 'yes');
  made.turnTo(1);
  assert.equal(asked(), 'medicaid:yes_no');
});

test('an answer that newer rules no longer take is asked for again, and no other is lost', () => {
  const { kept } = answered().made;
  const { made, asked, engine } = family(kept, decider(['Polk']));
  made.visit.goOn();
  assert.equal(asked(), 'county:choice');
  assert.deepEqual(engine.last, { birth_month: '2012-03' });
  made.visit.give('county:choice', 'Polk');
  assert.equal(asked(), 'medicaid:yes_no', 'passed again, with its answer');
  assert.equal(made.visit.answer('medicaid:yes_no'), 'yes');
  assert.deepEqual(engine.last, { birth_month: '2012-03', county: 'Polk', medicaid: 'yes' });
});

test('and so is one that only comes up again after a new answer', () => {
  const { kept } = answered().made;
  kept.children[0]!.given = kept.children[0]!.given.filter(([place]) => !place.startsWith('birth_month'));
  const { made, asked } = family(kept, decider(['Polk']));
  made.visit.goOn();
  assert.equal(asked(), 'birth_month:month');
  assert.equal(made.visit.give('birth_month:month', '2012-03'), true);
  assert.equal(asked(), 'county:choice');
  assert.equal(made.visit.give('county:choice', 'Nowhere'), false, 'what is said now is not dropped: it is refused');
  assert.equal(made.visit.give('county:choice', 'Polk'), true);
  assert.equal(made.visit.answer('medicaid:yes_no'), 'yes');
});

test('clearing leaves nothing', () => {
  const { made } = answered();
  made.addChild(['Ana', 'Ben']);
  made.clear();
  assert.equal(made.visit.page.name, 'left');
  assert.deepEqual(made.kept, { by: null, household: [], children: [{ name: '', given: [], volunteered: [], notes: { help: [], people: [], goals: [] } }] });
  assert.equal(made.begun, false);
});
