// The engine's door without WebAssembly: what errors mean, and a life after a trap.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Engine } from './engine.ts';
import { asFunction } from './fresh-glue.ts';
import type { Glue, Instantiate } from './glue.ts';
import { AnswersRefused, EngineUnavailable, RulesRefused } from './refusals.ts';

/** Instances that share nothing but the script of what each call does. */
function instances(screen: (instance: number) => string, make: (instance: number) => void = () => {}): { instantiate: Instantiate; made: () => number } {
  let made = 0;
  const instantiate = () => {
    const instance = (made += 1);
    class Rules {
      constructor() {
        make(instance);
      }
      about() {
        return '{"state":"AR"}';
      }
      questions() {
        return '{}';
      }
      screen() {
        return screen(instance);
      }
      free() {}
    }
    return { Rules, initSync: () => ({}) } as unknown as Glue;
  };
  return { instantiate, made: () => made };
}

const BUNDLE = new Uint8Array();
const request = { answers: {}, as_of: '2026-06-01', lang: 'en', by: 'parent' as const };
const trap = () => {
  throw new WebAssembly.RuntimeError('memory access out of bounds');
};

test('one instance answers all calls', () => {
  const { instantiate, made } = instances(() => '{"settled":true}');
  const engine = new Engine(instantiate, BUNDLE);
  assert.equal(engine.about.state, 'AR');
  assert.equal(engine.screen(request).settled, true);
  engine.screen(request);
  assert.equal(made(), 1);
});

test('after a trap a fresh instance answers the same call', () => {
  const { instantiate, made } = instances((instance) => (instance === 1 ? trap() : '{"settled":false}'));
  const engine = new Engine(instantiate, BUNDLE);
  assert.equal(engine.screen(request).settled, false);
  assert.equal(made(), 2);
});

test('a call that always traps ends after one retry, and the next call starts afresh', () => {
  let broken = true;
  const { instantiate, made } = instances(() => (broken ? trap() : '{"settled":true}'));
  const engine = new Engine(instantiate, BUNDLE);
  assert.throws(() => engine.screen(request), EngineUnavailable);
  assert.equal(made(), 2);
  broken = false;
  assert.equal(engine.screen(request).settled, true);
  assert.equal(made(), 3);
});

test('no stack left counts as a trap', () => {
  const { instantiate } = instances((instance) => {
    if (instance === 1) throw new RangeError('Maximum call stack size exceeded');
    return '{"settled":true}';
  });
  assert.equal(new Engine(instantiate, BUNDLE).screen(request).settled, true);
});

test('a bundle that cannot be used is refused, and not tried again', () => {
  const { instantiate, made } = instances(
    () => '{}',
    () => {
      throw new Error(JSON.stringify({ errors: [{ field: 'rules', message: 'this bundle is damaged' }], conflict: [] }));
    },
  );
  assert.throws(() => new Engine(instantiate, BUNDLE), (error: unknown) => error instanceof RulesRefused && error.message === 'this bundle is damaged');
  assert.equal(made(), 1);
});

test('answers that do not fit name the facts', () => {
  const { instantiate } = instances(() => {
    throw new Error(JSON.stringify({ errors: [{ field: 'medicaid', message: 'no' }], conflict: ['medicaid', 'enrolled'] }));
  });
  const engine = new Engine(instantiate, BUNDLE);
  assert.throws(() => engine.screen(request), (error: unknown) => error instanceof AnswersRefused && error.conflict.length === 2);
});

test('the glue becomes a function whose copies share nothing', async () => {
  const glue = `let wasm = 0;
export class Rules { static next() { wasm += 1; return wasm; } }
function initSync() {}
async function __wbg_init() { return new URL('carepath_bg.wasm', import.meta.url); }
export { initSync, __wbg_init as default };
`;
  const { default: fresh } = (await import(`data:text/javascript,${encodeURIComponent(asFunction(glue))}`)) as { default: () => { Rules: { next(): number } } };
  const one = fresh();
  assert.equal(one.Rules.next(), 1);
  assert.equal(one.Rules.next(), 2);
  assert.equal(fresh().Rules.next(), 1);
});

test('glue of another shape stops the build', () => {
  assert.throws(() => asFunction("import x from 'y';\nexport class Rules {}\nfunction initSync() {}"), /import or export/);
  assert.throws(() => asFunction('export class Other {}\nfunction initSync() {}'), /class Rules/);
});
