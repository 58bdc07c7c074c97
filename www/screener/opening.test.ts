// A family at the first question before the engine is there: it reads, answers, waits, and goes on with the engine; where
// the engine breaks, with the next one.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { About, Question, Result } from '../engine/contract.ts';
import { AnswersRefused, EngineUnavailable } from '../engine/refusals.ts';
import { BEGINNING, Family, type Place } from './family.ts';
import { openingOf } from './opening.ts';
import type { Trail } from './trail.ts';
import type { Decider } from './visit.ts';
import { NotYet } from './walk.ts';

const ABOUT: About = { state: 'XX', name: { en: 'Xland' }, status: {}, languages: ['en', 'es'], contacts: [], programs: [] };

const ask = (fact: string, question: string, choices: string[] = []): Question => ({
  fact, type: 'choice', question, help: null, find_out: null, name: fact, topic: 'coverage', decides: ['One', 'Two'], min: null, max: null, decimals: 0, unit: null,
  choices: choices.map((id) => ({ id, label: `<your child’s|your|the child’s> ${id}`, value: null })),
});

const FIRST = { en: ask('plan', 'Which plan <does your child|do you|does the child> have?', ['a', 'b']), es: ask('plan', '¿Qué plan <tiene su hijo|tiene usted|tiene el niño>?', ['a', 'b']) };
const LISTED = { ...ABOUT, opening: { next: FIRST, remaining: { at_least: 1, at_most: 3 } } };

/** Asks for the plan, then, of those in plan `b`, the county, then the age; plan `z` is none. The calls in `breaks` find it broken. */
function engine(breaks: number[] = [], first = FIRST): Decider {
  let calls = 0;
  return {
    about: ABOUT,
    questions: () => ({}),
    screen({ answers, lang }) {
      if (breaks.includes((calls += 1))) throw new EngineUnavailable('broken');
      if (answers['plan'] === 'z') throw new AnswersRefused([{ field: 'plan', message: 'no such plan' }], []);
      const asked = { plan: first[lang as 'en'], county: ask('county', `county ${lang}`), age: ask('age', `age ${lang}`) };
      const open = (['plan', ...(answers['plan'] === 'b' ? ['county'] : []), 'age'] as const).filter((fact) => !(fact in answers));
      return { next: open[0] ? asked[open[0] as 'plan'] : null, remaining: { at_least: open.length, at_most: open.length } } as Result;
    },
  };
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

/** At the first question, with nobody there to decide. */
function opened() {
  const family = new Family(openingOf(LISTED)!, trail(), '2026-06-01', 'en');
  family.visit.show('who');
  family.answeredBy('parent');
  family.visit.goOn();
  const at = () => (family.visit.page.name === 'question' ? family.visit.page.key : family.visit.page.name);
  return { family, at, visit: family.visit };
}

test('an opening knows the state, the first question in every wording, and how many there are', () => {
  const opening = openingOf(LISTED)!;
  const said = (lang: string, by: 'parent' | 'self' | 'helper') => opening.screen({ answers: {}, as_of: '2026-06-01', lang, by });
  assert.equal(opening.about.name['en'], 'Xland');
  assert.equal(said('en', 'parent').next?.question, 'Which plan does your child have?');
  assert.equal(said('es', 'self').next?.question, '¿Qué plan tiene usted?');
  assert.deepEqual(said('en', 'helper').next?.choices, [{ id: 'a', label: 'the child’s a', value: null }, { id: 'b', label: 'the child’s b', value: null }]);
  assert.deepEqual(said('en', 'parent').next?.decides, ['One', 'Two']);
  assert.deepEqual(said('en', 'parent').remaining, { at_least: 1, at_most: 3 });
  assert.deepEqual(Object.keys(opening.questions({ lang: 'en', by: 'parent' })), ['plan']);
  assert.throws(() => opening.screen({ answers: { plan: 'a' }, as_of: '2026-06-01', lang: 'en', by: 'parent' }), NotYet);
});

test('an older list of states has no opening, and one in a single language is none', () => {
  assert.equal(openingOf(ABOUT), null);
  assert.equal(openingOf({ ...ABOUT, opening: null }), null);
  assert.equal(openingOf({ ...ABOUT, opening: { ...LISTED.opening, next: { en: FIRST.en } } }), null);
});

test('the engine takes over, and nothing moves', () => {
  const { family, visit, at } = opened();
  assert.equal(at(), 'plan:choice');
  family.decidedBy(engine());
  assert.equal(at(), 'plan:choice');
  assert.equal(visit.waits, false);
  visit.give('plan:choice', 'a');
  assert.equal(at(), 'age:choice');
});

test('an answer waits for the engine and goes on with it, given once or twice', () => {
  for (const answers of [['b'], ['b', 'b'], ['a', 'b']]) {
    const { family, visit, at } = opened();
    for (const answer of answers) assert.equal(visit.give('plan:choice', answer), true);
    assert.deepEqual([at(), visit.waits, visit.answer('plan:choice')], ['plan:choice', true, 'b']);
    family.decidedBy(engine());
    assert.deepEqual([at(), visit.waits], ['county:choice', false]);
    visit.back();
    assert.deepEqual([at(), visit.answer('plan:choice')], ['plan:choice', 'b'], 'one page back is the question');
  }
});

test('while it waits, the language and who answers can change, and Back leads away', () => {
  const { family, visit, at } = opened();
  visit.give('plan:choice', 'b');
  family.speak('es');
  family.answeredBy('self');
  assert.equal(visit.step('plan:choice')?.question.question, '¿Qué plan tiene usted?');
  assert.equal(visit.waits, true);
  visit.back();
  assert.deepEqual([at(), visit.waits], ['who', false]);
  visit.goOn();
  assert.deepEqual([at(), visit.waits], ['plan:choice', true], 'never on to a check of answers, with questions still to come');
  visit.back();
  family.decidedBy(engine());
  assert.equal(at(), 'who', 'who went back is not moved');
  visit.goOn();
  assert.equal(visit.step('county:choice')?.question.question, 'county es');
  assert.equal(at(), 'county:choice', 'the answer counts');
});

test('an answer that the engine refuses is asked for again', () => {
  const { family, visit, at } = opened();
  visit.give('plan:choice', 'z');
  family.decidedBy(engine());
  assert.deepEqual([at(), visit.answer('plan:choice'), visit.waits], ['plan:choice', undefined, false]);
});

test('where the rules ask something else first by now, that is asked, and the answer stays', () => {
  const { family, visit, at } = opened();
  visit.give('plan:choice', 'a');
  const { screen, ...rest } = engine();
  const other: Decider = { ...rest, screen: (request) => ('age' in request.answers ? screen(request) : { ...screen(request), next: ask('age', 'age') }) };
  family.decidedBy(other);
  assert.equal(at(), 'age:choice');
  visit.give('age:choice', 'c');
  assert.equal(at(), 'plan:choice', 'passed again, with its answer');
  assert.equal(visit.answer('plan:choice'), 'a');
});

test('clearing while it waits leaves nothing', () => {
  const { family, visit } = opened();
  visit.give('plan:choice', 'b');
  family.clear();
  assert.equal(family.begun, false);
  family.decidedBy(engine());
  assert.equal(family.visit.page.name, 'left');
  assert.deepEqual(family.visit.given, []);
});

test('an engine that breaks at an answer: with the next one the answer leads on', () => {
  const { family, visit, at } = opened();
  family.decidedBy(engine([2]));
  assert.throws(() => visit.give('plan:choice', 'b'), EngineUnavailable);
  assert.throws(() => family.decidedBy(engine([2])), EngineUnavailable, 'and broken again');
  assert.equal(at(), 'plan:choice');
  family.decidedBy(engine());
  assert.equal(at(), 'county:choice');
  assert.equal(visit.answer('plan:choice'), 'b');
});

test('an engine that breaks at a change of words: the next one speaks in them', () => {
  const { family, visit, at } = opened();
  family.decidedBy(engine([2]));
  family.speak('es');
  assert.throws(() => visit.step('plan:choice'), EngineUnavailable, 'it is asked when the words are drawn');
  family.decidedBy(engine());
  assert.equal(at(), 'plan:choice');
  assert.match(visit.step('plan:choice')!.question.question, /^¿/);
});
