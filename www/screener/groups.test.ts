// Where a program stands in a result.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Program, Result } from '../engine/contract.ts';
import { certainNo, grouped } from './groups.ts';

const program = (id: string, rest: Partial<Program>): Program =>
  ({ id, kind: 'program', name: id, in_force: true, decision: 'eligible', receiving: 'no', basis: 'official', benefits: [], ...rest }) as Program;

test('each program stands in one group, by what the family can do', () => {
  const result = {
    alongside: ['f2f'],
    programs: [
      program('yes', {}),
      program('maybe', { decision: 'undetermined' }),
      program('agency', { decision: 'review' }),
      program('no', { decision: 'ineligible' }),
      program('part', { decision: 'ineligible', benefits: [{ decision: 'ineligible' }, { decision: 'eligible' }] as Program['benefits'] }),
      program('has', { decision: 'ineligible', receiving: 'yes' }),
      program('over', { in_force: false }),
      program('f2f', {}),
      program('line', { kind: 'contact' }),
    ],
  } as Partial<Result> as Result;
  const ids = Object.fromEntries(Object.entries(grouped(result)).map(([name, programs]) => [name, (programs as Program[]).map(({ id }) => id)]));
  assert.deepEqual(ids, { has: ['has'], match: ['yes', 'part'], open: ['maybe'], review: ['agency'], no: ['no', 'over'], alongside: ['f2f'] });
});

test('a no is certain only on an official source', () => {
  assert.ok(certainNo(program('a', { basis: 'official' })));
  for (const basis of ['secondary', 'stale', 'conflicting', 'illustrative'] as const) assert.ok(!certainNo(program('a', { basis })), basis);
});
