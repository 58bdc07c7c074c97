// The rules looked at as a whole: the module says what the command line says, byte for byte, in the shape of the contract.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { AS_OF, PROGRAM, RULES, STATES, STUDIO, glueOf, rulesOf } from './product.mjs';

const { Draft } = await glueOf(STUDIO);
const inBrowser = (state, files = rulesOf(state)) => new Draft(JSON.stringify(files), state).analyze(AS_OF);

for (const state of STATES) {
  test(`${state}: what is found, natively and as WebAssembly`, () => {
    const args = ['analyze', '--rules', RULES, '--state', state, '--as-of', AS_OF, '--format', 'json'];
    const native = execFileSync(PROGRAM, args, { encoding: 'utf8' }).replace(/\n$/, '');
    // The command line shows paths as its reader would write them.
    assert.equal(inBrowser(state), native.replaceAll(`"at": "${RULES}/`, '"at": "'));
    assert.ok(JSON.parse(native).findings.every(({ declared }) => declared !== null));
  });
}

test('a finding has the shape of the contract', () => {
  // What is found in Arkansas is declared; children between the new limit and the old one are not.
  const files = rulesOf('AR', { more: '\nalways: losing medicaid_eligible never closes passe\n' });
  const own = files.find(({ path }) => path === 'ar/ar.care');
  assert.ok(own.text.includes('age under 21'));
  own.text = own.text.replace('age under 21', 'age under 18');
  const { findings, ...rest } = JSON.parse(inBrowser('AR', files));
  assert.deepEqual(rest, {});
  const kindOf = (value) => (value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value);
  const shapeOf = (finding) => Object.entries(finding).map(([key, value]) => `${key} ${kindOf(value)}`).join(', ');
  const shape = (after, declared) =>
    `kind string, state string, programs list, text string, child object, after ${after}, as_of string, at string, declared ${declared}, share null`;
  for (const [kind, declared, wanted] of [
    ['gap', true, shape('null', 'string')],
    ['gap', false, shape('null', 'null')],
    ['refuted', false, shape('object', 'null')],
  ]) {
    const found = findings.filter((finding) => finding.kind === kind && (finding.declared !== null) === declared);
    assert.ok(found.length > 0, `${kind}, ${declared}`);
    for (const finding of found) assert.equal(shapeOf(finding), wanted);
  }
});

test('a day that is none is refused by its name', () => {
  const rules = new Draft(JSON.stringify(rulesOf('AR')), 'AR');
  assert.throws(
    () => rules.analyze('2026-02-30'),
    (error) => JSON.parse(error.message).errors[0].field === 'as_of',
  );
});
