// The text to copy or share: programs and whom to call, and no answer unless it is asked for.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Program, Question, Result } from '../engine/contract.ts';
import { wordsFor } from '../locale/locale.ts';
import { shareText } from './share-text.ts';
import type { View } from './view.ts';

const program = (id: string, more: Partial<Program>) =>
  ({ id, kind: 'program', name: id.toUpperCase(), in_force: true, decision: 'ineligible', receiving: 'no', basis: 'official', benefits: [], missing: [], steps: [], documents: [], contact: null, ...more }) as Partial<Program> as Program;

const PROGRAMS = [
  program('lead', { decision: 'eligible', receiving: 'yes', steps: ['Say hello.'], documents: ['The card'], contact: { name: 'LEAD', phone: '555-0101', hours: '8 to 5', url: 'https://lead.example', confirm: false } }),
  program('fits', { decision: 'eligible', contact: { name: 'Fits line', phone: '555-0102', confirm: true } }),
  program('open', { decision: 'undetermined', missing: ['ssi'] }),
  program('looked', { decision: 'review' }),
  program('not', {}),
  program('hardly', { basis: 'stale' }),
  program('beside', { kind: 'contact', contact: { name: 'BESIDE', phone: '555-0103', confirm: false } }),
];

function view(result: Partial<Result> = {}): Pick<View, 'words' | 'language' | 'help' | 'visit' | 'family'> {
  const lead = { status: 'receiving', program: 'lead', possible: [], contact_first: 'lead', ask_about: [{ program: 'open', question: 'Is there more?' }], ending: { date: '2029-03-04', next: 'fits' } };
  const said = [{ key: 'birth_month:month', question: { fact: 'birth_month', question: 'When was your child born?', type: 'month', choices: [] as Question['choices'] } as Question, answer: '2008-03' }];
  const about = { name: { en: 'Arkansas' }, status: { en: 'A draft.' } };
  return { words: wordsFor('en', 'parent'), language: 'en', help: { name: 'Client line', phone: '555-0100', confirm: true }, visit: { result: { as_of: '2026-06-01', lead, alongside: ['beside'], programs: PROGRAMS, ...result }, said, about } as unknown as View['visit'], family: { child: { notes: { help: ['food'], people: [], goals: [] } } } as unknown as View['family'] };
}

test('the lead, what to do first, the other programs by group, the day, and that it is no decision', () => {
  assert.equal(
    shareText(view(), false),
    `Who can help with a child’s care: Arkansas
Worked out for June 1, 2026. A draft.

Your child has help from LEAD. Let them lead.

Do this first: Call LEAD
555-0101
Hours: 8 to 5
https://lead.example
- Say hello.

What to bring
- The card

Ask this too
- Is there more?

Your child has this now
- LEAD: 555-0101

Looks like a match
- FITS: Fits line, 555-0102*

May match: one more fact needed
- OPEN: Client line, 555-0100*

We can’t tell from this tool
- LOOKED: Client line, 555-0100*

Help that goes along with it
- BESIDE: 555-0103

Doesn’t match today
- NOT: Client line, 555-0100*
- HARDLY: Client line, 555-0100* (Probably not: ask)

This is not a decision. It is a guide to who to call. You may still apply to any program. The agency decides.

* We could not check this with the agency. Call to confirm.`,
  );
});

test('answers, and the day that tells when the child was born, only where the family adds them', () => {
  const [without, withThem] = [shareText(view(), false), shareText(view(), true)];
  for (const told of ['When was your child born? March 2008', 'By the rules, this help ends on March 4, 2029.', 'food']) {
    assert.ok(!without.includes(told) && withThem.includes(told), told);
  }
});

test('where every number was confirmed, nothing says otherwise; where a program says no steps, what to say', () => {
  const text = shareText(view({ programs: [program('lead', { ...PROGRAMS[0], steps: [], documents: [] })], alongside: [] }), false);
  assert.doesNotMatch(text, /\*/);
  assert.match(text, /^You can say: “My child is in LEAD\./m);
  assert.doesNotMatch(text, /What to bring|Looks like a match/);
});
