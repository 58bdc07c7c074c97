// Who is on a care map, and who does the same.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';
import type { Program, Result } from '../engine/contract.ts';
import { LANGUAGES, wordsFor } from '../locale/locale.ts';
import { SETS_UP_CARE, around, same, workName } from './care-map.ts';
import type { Person } from './family.ts';

const words = wordsFor('en', 'parent');
const CARE = 'Care coordination';
const SCHOOL = 'Help with school';

const program = (id: string, rest: Partial<Program>): Program =>
  ({ id, kind: 'program', name: id, in_force: true, decision: 'eligible', receiving: 'no', basis: 'official', benefits: [], offers: [], ...rest }) as Program;

const result = (programs: Program[], { lead = {}, ...rest }: { lead?: Partial<Result['lead']> } & Partial<Omit<Result, 'lead'>> = {}): Result =>
  ({ programs, lead: { status: 'receiving', program: null, contact_first: null, ...lead }, alongside: [], duplicates: [], ...rest }) as unknown as Result;

const person = (role: string, does: string[] = [], name = ''): Person => ({ role, name, does });

test('what the child has, the lead, what matches and what may match; nothing else', () => {
  const found = result(
    [
      program('may', { decision: 'undetermined' }),
      program('match', {}),
      program('no', { decision: 'ineligible' }),
      program('agency', { decision: 'review' }),
      program('has', { receiving: 'yes' }),
      program('lead', { decision: 'review' }),
      program('spare', {}),
      program('beside', {}),
      program('line', { kind: 'contact' }),
      program('center', { kind: 'contact' }),
    ],
    { lead: { program: 'lead', contact_first: 'line' }, alongside: ['beside', 'center'], duplicates: [{ program: 'spare', kind: 'not_needed', because: '' }] },
  );
  const all = around(found, [person('school'), person('other', [], 'Grandma'), person('doctor', [], 'Dr. Lee')], words);
  assert.deepEqual(
    all.map(({ name, standing, now, first }) => [name, standing.join(', '), now, first]),
    [
      ['lead', 'Could lead, The agency decides', false, true],
      ['has', words.results.has, true, false],
      ['School', '', true, false],
      ['Grandma', '', true, false],
      ['Doctor or nurse: Dr. Lee', '', true, false],
      ['match', 'Looks like a match', false, false],
      ['beside', 'Looks like a match', false, false],
      ['may', 'May match', false, false],
    ],
  );
});

test('where nobody leads, whom to call first stands on top', () => {
  const all = around(result([program('line', { kind: 'contact' }), program('may', { decision: 'undetermined' })], { lead: { contact_first: 'line' } }), [], words);
  assert.deepEqual(all.map(({ name, standing }) => [name, standing]), [['line', ['Call first']], ['may', ['May match']]]);
});

test('who does the same: programs by the words of the result, people by what was chosen; setting up care first', () => {
  const found = result([program('a', { receiving: 'yes', offers: [SCHOOL, CARE] }), program('b', { offers: [CARE, 'Something new'] }), program('c', { offers: ['Something new'] })], { lead: { program: 'a' } });
  const shared = (people: Person[]) => same(around(found, people, words)).map(({ work, who, now }) => [work, who.map(({ name }) => name).join(), now]);
  assert.deepEqual(shared([]), [[SETS_UP_CARE, 'a,b', false], ['Something new', 'b,c', false]]);
  assert.deepEqual(shared([person('school', ['school_help']), person('doctor', [SETS_UP_CARE])]), [
    [SETS_UP_CARE, 'a,Doctor or nurse,b', false],
    ['school_help', 'a,School', true],
    ['Something new', 'b,c', false],
  ]);
});

test('where only a part of a program fits, only that part does something', () => {
  const benefits = [
    { decision: 'eligible', offers: ['Respite'] },
    { decision: 'ineligible', offers: [SCHOOL] },
  ] as Program['benefits'];
  const does = (rest: Partial<Program>) => around(result([program('a', { offers: [CARE], benefits, ...rest })]), [], words)[0]?.does;
  assert.deepEqual(does({ decision: 'ineligible' }), ['Respite']);
  assert.deepEqual(does({ decision: 'eligible' }), [SETS_UP_CARE, 'Respite']);
  assert.deepEqual(does({ decision: 'ineligible', receiving: 'yes' }), [SETS_UP_CARE, 'Respite']);
});

test('the words of the work are those of the shared rules, or a result would not be understood', () => {
  const terms = parse(readFileSync(new URL('../../rules/us/terms.yaml', import.meta.url), 'utf8')) as { id: string; kind: string; name: Record<string, string> }[];
  const offers = new Map(terms.filter(({ kind }) => kind === 'offer').map(({ id, name }) => [id, name]));
  for (const language of LANGUAGES) {
    const { map } = wordsFor(language, 'parent');
    assert.equal(Object.keys(map.works)[0], SETS_UP_CARE);
    for (const [id, name] of Object.entries(map.works)) assert.equal(name, offers.get(id)?.[language], id);
    assert.notEqual(workName(SETS_UP_CARE, wordsFor(language, 'parent')), map.works.care_coordination, 'plainer words');
  }
});
