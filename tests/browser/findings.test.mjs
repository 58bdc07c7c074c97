// The rules looked at as a whole: the module says what the command line says, byte for byte, in the shape of the contract.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { AS_OF, PROGRAM, RULES, STUDIO, glueOf, rulesOf } from './product.mjs';

const { Draft } = await glueOf(STUDIO);
const inBrowser = (state, more) => new Draft(JSON.stringify(rulesOf(state, { more })), state).analyze(AS_OF);

for (const state of ['AR', 'MA']) {
  test(`${state}: what is found, natively and as WebAssembly`, () => {
    const args = ['analyze', '--rules', RULES, '--state', state, '--as-of', AS_OF, '--format', 'json'];
    const native = execFileSync(PROGRAM, args, { encoding: 'utf8' }).replace(/\n$/, '');
    // The command line shows paths as its reader would write them.
    assert.equal(inBrowser(state), native.replaceAll(`"at": "${RULES}/`, '"at": "'));
    assert.ok(JSON.parse(native).findings.length > 0);
  });
}

test('a finding has the shape of the contract', () => {
  const more = '\nalways: losing medicaid_eligible never closes passe\nintended gap when not medicaid_eligible: "Both are for Medicaid."\n';
  const { findings, ...rest } = JSON.parse(inBrowser('AR', more));
  assert.deepEqual(rest, {});
  const kindOf = (value) => (value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value);
  const shapes = findings.map((finding) => Object.entries(finding).map(([key, value]) => `${key} ${kindOf(value)}`).join(', '));
  const shape = (after, declared) =>
    `kind string, state string, programs list, text string, child object, after ${after}, as_of string, at string, declared ${declared}, share null`;
  assert.deepEqual(
    findings.map(({ kind }) => kind),
    ['gap', 'gap', 'refuted'],
  );
  assert.deepEqual(shapes, [shape('null', 'string'), shape('null', 'null'), shape('object', 'null')]);
});

test('a day that is none is refused by its name', () => {
  const rules = new Draft(JSON.stringify(rulesOf('AR')), 'AR');
  assert.throws(
    () => rules.analyze('2026-02-30'),
    (error) => JSON.parse(error.message).errors[0].field === 'as_of',
  );
});
