// The browser decides what the command line decides, byte for byte: every scenario of every state, in both
// languages and worded for one or another of those who answer, by the very module that the pages load.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { PROGRAM, RULES, SCREENER, STUDIO, bundleOf, glueOf, launch, openPage, rulesOf, serve } from './product.mjs';

let browser, server, folder;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'carepath-answers-'));
  [browser, server] = await Promise.all([launch(), serve(RULES)]);
});

after(async () => {
  await browser?.close();
  await server?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** What `carepath screen` says; null with the exit status where it refuses the answers. */
async function native({ state, answers, as_of, lang, by }, name) {
  const file = join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify(answers));
  const args = ['screen', '--rules', RULES, '--state', state, '--answers', file, '--as-of', as_of, '--lang', lang, '--by', by, '--format', 'json'];
  try {
    return { text: (await promisify(execFile)(PROGRAM, args, { maxBuffer: 1 << 26 })).stdout.replace(/\n$/, '') };
  } catch (error) {
    return { status: error.code, said: error.stderr };
  }
}

const states = readdirSync(RULES).filter((state) => existsSync(join(RULES, state, 'scenarios.yaml')));

test('there are scenarios to compare', () => assert.ok(states.length >= 2, `states with scenarios: ${states}`));

test('the pages load the module that is compared here', async () => {
  const text = async (path) => (await fetch(new URL(path, server.address))).text();
  const [script] = (await text('')).match(/assets\/screener-[\w-]+\.js/);
  const [asset] = (await text(script)).match(/carepath_bg-[\w-]+\.wasm/);
  const served = Buffer.from(await (await fetch(new URL(`assets/${asset}`, server.address))).arrayBuffer());
  assert.ok(served.equals(readFileSync(join(SCREENER, 'carepath_bg.wasm'))));
});

for (const folderName of states) {
  const state = folderName.toUpperCase();
  test(`${state}: every scenario, natively and in the browser`, async () => {
    const scenarios = parse(readFileSync(join(RULES, folderName, 'scenarios.yaml'), 'utf8'));
    const requests = scenarios.flatMap(({ answers, as_of }, index) =>
      ['en', 'es'].map((lang, other) => ({ state, answers: answers ?? {}, as_of: String(as_of), lang, by: ['parent', 'self', 'helper'][(index + other) % 3] })),
    );
    const bundle = [...(await bundleOf(server.address, state))];

    const { page, close } = await openPage(browser);
    await page.route('**/package/*', (route) => {
      const path = join(SCREENER, new URL(route.request().url()).pathname.split('/').at(-1));
      return route.fulfill({ path, contentType: extname(path) === '.wasm' ? 'application/wasm' : 'text/javascript' });
    });
    await page.goto(server.address);
    const browsed = await page.evaluate(
      async ({ bundle, requests }) => {
        const glue = await import('/package/carepath.js');
        await glue.default();
        const rules = new glue.Rules(Uint8Array.from(bundle));
        return requests.map((request) => {
          try {
            return { text: rules.screen(JSON.stringify(request)) };
          } catch (error) {
            return { refused: JSON.parse(error.message) };
          }
        });
      },
      { bundle, requests },
    );
    await close();

    for (const [index, request] of requests.entries()) {
      const what = `${scenarios[index >> 1].name} (${request.lang})`;
      const said = await native(request, `${state}-${index}`);
      if (said.text === undefined) {
        assert.equal(said.status, 2, `${what}: ${said.said}`);
        assert.ok(browsed[index].refused, `${what}: the command line refuses, the browser does not`);
        for (const fact of browsed[index].refused.conflict) assert.ok(said.said.includes(fact), `${what}: ${fact}`);
      } else {
        assert.equal(browsed[index].text, said.text, what);
      }
    }
  });
}

test('the studio writes the bundle that the program writes, and screens with it alike', async () => {
  const { Draft, Rules } = await glueOf(STUDIO);
  for (const state of states.map((name) => name.toUpperCase())) {
    const draft = new Draft(JSON.stringify(rulesOf(state)), state);
    const bundle = await bundleOf(server.address, state);
    assert.ok(Buffer.from(bundle).equals(Buffer.from(draft.bundle())), state);
    const request = JSON.stringify({ answers: {}, as_of: '2026-06-01', lang: 'en' });
    assert.equal(draft.rules().screen(request), new Rules(bundle).screen(request));
  }
});

test('whatever JSON can hold is read as JSON.parse reads it, and what is no JSON is refused by its place', async () => {
  const { Rules } = await glueOf(SCREENER);
  const rules = new Rules(await bundleOf(server.address, 'AR'));
  const refused = (text) => {
    try {
      rules.screen(text);
    } catch (error) {
      return JSON.parse(error.message).errors[0];
    }
    throw new Error(`it was taken: ${text}`);
  };
  // An unknown fact comes back by its name, whatever letters that has.
  for (const name of ['plain', '"\\/\b\f\n\r\t', '\u0001\u001f\u007f', 'ñ ü “”', '😀 𝄞', '\ud83d\ude00', ' \u2028 ']) {
    const request = { answers: { [name]: { a: [null, true, false, -1, 0.25, 1e21, {}, []] } }, as_of: '2026-06-01', lang: 'en' };
    const escaped = JSON.stringify(request).replace(/[^\0-~]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
    for (const text of [JSON.stringify(request), JSON.stringify(request, null, '\t'), escaped]) assert.equal(refused(text).field, name);
  }
  const good = JSON.stringify({ answers: {}, as_of: '2026-06-01', lang: 'en' });
  for (let length = 0; length < good.length; length += 1) assert.match(refused(good.slice(0, length)).message, /no JSON from letter \d+ on/);
  for (const text of ['nul', '[1,]', '{,}', '{"a" 1}', '"\\x"', '"\\u12g4"', '01', '-', '.5', '1.', '1e', '-.1', '1.e3', '1-2', "{'a':1}", '{} {}', '"\n"', '1 2']) {
    assert.throws(() => JSON.parse(text));
    assert.match(refused(text).message, /no JSON from letter \d+ on/, text);
  }
  // Half a letter is none.
  assert.match(refused('"\\ud800"').message, /no JSON/);
  assert.match(refused('['.repeat(100_000)).message, /nested/);
  assert.match(refused('{"answers": {"a": 1, "a": 2}}').message, /`a` is answered twice/);
  for (const text of ['1', 'null', '[]', '{}', '{"as_of": 5}', '{"as_of": "2026-02-30"}']) assert.equal(refused(text).field, 'as_of');
  for (const by of ['child', 'Parent', '', 5, null]) assert.equal(refused(JSON.stringify({ answers: {}, as_of: '2026-06-01', lang: 'en', by })).field, 'by');
  assert.throws(() => rules.questions('en', 'child'), /"by"/);
  assert.equal(rules.questions('en'), rules.questions('en', 'parent'));
});
