// The rules are the files: a change shows at the next load, a new state needs no build, and what cannot be
// used never becomes half a result.

import assert from 'node:assert/strict';
import { cpSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { answerAll, begin, chooseState, fill, heard, merge, moved, openAndWait, press, seeResults, shownText } from './family.mjs';
import { STUDIO, WITHOUT_RULES, bundleOf, copyOfRules, engine, filesIn, glueOf, launch, openPage, rulesOf, serve } from './product.mjs';

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

/** A server on a copy of the rules that the test may change. */
async function product(t) {
  const rules = copyOfRules();
  const server = await serve(rules.folder);
  t.after(async () => {
    await server.stop();
    rules.remove();
  });
  return { folder: rules.folder, address: server.address };
}

/** The file in which a program of a state stands. */
const fileWith = (folder, text) => {
  const found = filesIn(folder).find((file) => file.endsWith('.care') && readFileSync(file, 'utf8').includes(text));
  assert.ok(found, `a rule file says ${text}`);
  return found;
};

const edit = (file, from, to) => {
  const text = readFileSync(file, 'utf8');
  assert.ok(text.includes(from), `${file} says ${from}`);
  writeFileSync(file, text.replace(from, to));
};

/** An element on a page of its own, so that a state can be named. */
async function openState(page, address, state) {
  await page.route('**/embedded.html', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><html lang="en"><title>Another page</title><meta name="viewport" content="width=device-width"><body><main><care-pathway mode="inline" state="${state}" lang="en">A link</care-pathway></main><script type="module" src="/carepath.js"></script>`,
    }),
  );
  await openAndWait(page, new URL('embedded.html', address).href);
}

test('a state copied under another name, with one number changed, routes a 22-year-old without a build', async (t) => {
  const { folder, address } = await product(t);
  cpSync(join(folder, 'ar'), join(folder, 'ok'), { recursive: true });
  for (const file of filesIn(join(folder, 'ok')).filter((each) => basename(each).startsWith('ar.'))) renameSync(file, join(dirname(file), basename(file).replace(/^ar\./, 'ok.')));
  const file = fileWith(join(folder, 'ok'), 'program cchcp');
  edit(file, 'state AR "Arkansas"', 'state OK "Oklahoma"');
  const [head, ...programs] = readFileSync(file, 'utf8').split(/(?=^program )/m);
  writeFileSync(file, head + programs.map((program) => (program.startsWith('program cchcp') ? program.replace('age under 21', 'age under 23') : program)).join(''));
  assert.ok(readFileSync(file, 'utf8').includes('age under 23'));

  const child = { birth_month: '2004-03', medicaid: 'yes', enrolled: [], diagnosis: { names: [0], complete: 'yes' }, behavioral_health_need: 'no', developmental_disability: 'no' };
  const { page, close } = await openPage(browser);
  const oklahoma = await engine(await bundleOf(address, 'OK'));
  await openAndWait(page, address);
  await chooseState(page, oklahoma);
  await begin(page);
  const given = await answerAll(page, oklahoma, child);
  await seeResults(page);
  const result = oklahoma.screen(given);
  const cchcp = result.programs.find(({ id }) => id === 'cchcp');
  assert.equal(result.lead.program, 'cchcp');
  assert.ok((await page.locator('care-pathway-screener .finding').innerText()).includes(cchcp.name));
  await close();

  const arkansas = await engine(await bundleOf(address, 'AR'));
  assert.equal(arkansas.screen(given).programs.find(({ id }) => id === 'cchcp').decision, 'ineligible');
});

test('a list of conditions that can be trusted is asked by name, searched, and never shows a code', async (t) => {
  const { folder, address } = await product(t);
  edit(join(folder, 'ar', 'lists.yaml'), 'status: illustrative', 'status: quoted');
  edit(fileWith(join(folder, 'ar'), 'program cchcp'), 'any diagnosis in', 'at least 2 diagnoses in');
  const arkansas = await engine(await bundleOf(address, 'AR'));
  const { choices } = arkansas.questions().diagnosis;
  assert.ok(choices.length >= 3);
  const child = { birth_month: '2016-03', medicaid: 'yes', enrolled: [], behavioral_health_need: 'no', developmental_disability: 'no' };
  const opened = await openPage(browser);
  const { page } = opened;
  await openAndWait(page, address);
  await chooseState(page, arkansas);
  await begin(page);
  const so = await answerAll(page, arkansas, child, { upTo: 'diagnosis' });
  const markup = await page.locator('care-pathway-screener').evaluate((element) => element.shadowRoot.innerHTML);
  for (const { id } of choices) assert.ok(!markup.includes(id), `${id} stands in the page`);

  // One condition and more to come; asked again, the first one is still there, and another is added.
  const question = arkansas.screen(so).next;
  const first = merge(so, question, await fill(page, question, { names: [0], complete: 'no' }));
  await press(page, 'continue');
  await moved(page, question.question);
  const more = await answerAll(page, arkansas, child, { from: first, upTo: 'diagnosis' });
  assert.equal(await page.locator('care-pathway-screener input[name="item"]:checked').count(), 1);
  await fill(page, question, { names: [1], complete: 'yes' });
  await press(page, 'continue');
  const given = { ...more, diagnosis: { known: [choices[0].value ?? choices[0].id, choices[1].value ?? choices[1].id], complete: 'yes' } };
  const all = await answerAll(page, arkansas, child, { from: given });
  const answers = await page.locator('care-pathway-screener .answers').innerText();
  assert.ok(answers.includes(choices[0].label) && answers.includes(choices[1].label));
  await seeResults(page);
  const result = arkansas.screen(all);
  assert.deepEqual([result.lead.program, result.lead.status], ['cchcp', 'eligible']);
  assert.match(await page.locator('care-pathway-screener .finding').innerText(), /right place/);
  await opened.close();
});

test('saving a rule file and reloading shows the change', async (t) => {
  const { folder, address } = await product(t);
  const { page, close } = await openPage(browser);
  await openState(page, address, 'AR');
  await heard(page, 'carepath-ready');
  const { phone } = (await engine(await bundleOf(address, 'AR'))).about().contacts[0];
  const shown = () => page.locator('care-pathway-screener .foot').innerText();
  assert.ok((await shown()).includes(phone));
  edit(fileWith(join(folder, 'ar'), phone), phone, '1-555-010-9999');
  await page.reload();
  await heard(page, 'carepath-ready');
  assert.ok((await shown()).includes('1-555-010-9999'));
  await close();
});

/**
 * The static list: phone numbers, no question, no result, and a page that is alive. The state's own lines and
 * programs stand in it, unless the list of states did not load either.
 */
async function assertStaticList(page, address, { state = true } = {}) {
  await heard(page, 'carepath-error');
  const text = await shownText(page);
  assert.match(text, /did not load/);
  assert.match(text, /1-877-543-7669/);
  if (state) {
    const { states } = await (await fetch(new URL('rules/index.json', address))).json();
    const arkansas = states.find((entry) => entry.state === 'AR');
    assert.ok(arkansas.contacts.length > 0 && arkansas.programs.length > 0);
    for (const { phone } of arkansas.contacts.filter((contact) => contact.phone)) assert.ok(text.includes(phone), phone);
    for (const { name } of arkansas.programs) assert.ok(text.includes(name.en), name.en);
  }
  assert.equal(await page.locator('care-pathway-screener .finding').count(), 0);
  await page.getByRole('button', { name: 'Español' }).click();
  await page.getByText('no cargaron').waitFor();
  await page.getByRole('button', { name: 'English' }).click();
}

test('a rule file with mistakes: no result, but whom to call; and all is well once it is put right', async (t) => {
  const { folder, address } = await product(t);
  const file = fileWith(join(folder, 'ar'), 'program cchcp');
  const right = readFileSync(file, 'utf8');
  const { page, close } = await openPage(browser, { expectErrors: true });
  edit(file, 'age under 21', 'age up to 21');
  await openState(page, address, 'AR');
  await assertStaticList(page, address);
  assert.deepEqual(await page.evaluate(() => window.heard.at(-1).detail), { code: 'rules-refused' });
  writeFileSync(file, right);
  await page.getByRole('button', { name: 'Try again' }).click();
  await heard(page, 'carepath-ready');
  await begin(page);
  await close();
});

const HOSTILE = {
  '100,000 nested parentheses': (text) => text.replace('age under 21', `${'('.repeat(100_000)}medicaid${')'.repeat(100_000)}`),
  '20,000 nested groups': (text) => text.replace('age under 21', `${'all of {\n'.repeat(20_000)}medicaid\n${'}\n'.repeat(20_000)}`),
};

for (const [name, spoil] of Object.entries(HOSTILE)) {
  test(`${name}: findings within a second, and the page goes on`, async (t) => {
    const { folder, address } = await product(t);
    const file = fileWith(join(folder, 'ar'), 'program cchcp');
    const right = readFileSync(file, 'utf8');
    const { page, close } = await openPage(browser, { expectErrors: true });
    writeFileSync(file, spoil(right));
    const { Draft } = await glueOf(STUDIO);
    const files = JSON.stringify(rulesOf('AR', { folder }));
    const began = performance.now();
    assert.throws(() => new Draft(files, 'AR'), (error) => {
      const { findings } = JSON.parse(error.message);
      return findings.some(({ severity, line }) => severity === 'error' && line > 0);
    });
    assert.ok(performance.now() - began < 1000, `the engine took ${performance.now() - began} ms`);
    await openState(page, address, 'AR');
    await assertStaticList(page, address);
    writeFileSync(file, right);
    await page.getByRole('button', { name: 'Try again' }).click();
    await heard(page, 'carepath-ready');
    await begin(page);
    await answerAll(page, await engine(await bundleOf(address, 'AR')), {});
    await close();
  });
}

const HOSTILE_YAML = {
  'an alias bomb': `a: &a [x,x,x,x,x,x,x,x,x,x]\n${Array.from({ length: 12 }, (_, at) => `${'bcdefghijklm'[at]}: &${'bcdefghijklm'[at]} [${Array(10).fill(`*${'abcdefghijkl'[at]}`).join(',')}]`).join('\n')}\n`,
  '400 kB of nested {a: ': '{a: '.repeat(100_000),
};

for (const [name, text] of Object.entries(HOSTILE_YAML)) {
  test(`${name} in a rule file: findings within a second, and the static list`, async (t) => {
    const { folder, address } = await product(t);
    const { page, close } = await openPage(browser, { expectErrors: true });
    const file = filesIn(join(folder, 'ar')).find((each) => basename(each) === 'lists.yaml') ?? join(folder, 'ar', 'lists.yaml');
    writeFileSync(file, text);
    const { Draft } = await glueOf(STUDIO);
    const files = JSON.stringify(rulesOf('AR', { folder }));
    const began = performance.now();
    assert.throws(() => new Draft(files, 'AR'), (error) => JSON.parse(error.message).findings.length > 0);
    assert.ok(performance.now() - began < 1000, `the engine took ${performance.now() - began} ms`);
    await openState(page, address, 'AR');
    await heard(page, 'carepath-error');
    assert.match(await shownText(page), /1-877-543-7669/);
    await close();
  });
}

test('WebAssembly does not load: the static list', async (t) => {
  const { address } = await product(t);
  const { page, close } = await openPage(browser, { expectErrors: true });
  await page.route('**/*.wasm', (route) => route.abort());
  await openState(page, address, 'AR');
  await assertStaticList(page, address);
  assert.deepEqual(await page.evaluate(() => window.heard.at(-1).detail), { code: 'not-loaded' });
  await close();
});

test('the rules do not load: the static list', async (t) => {
  const { address } = await product(t);
  const { page, close } = await openPage(browser, { expectErrors: true });
  await page.route('**/rules/AR.carepath', (route) => route.abort());
  await openState(page, address, 'AR');
  await assertStaticList(page, address);
  await close();
});

test('nothing loads but the script: the national line', async (t) => {
  const { address } = await product(t);
  const { page, close } = await openPage(browser, { expectErrors: true });
  await page.route('**/rules/*', (route) => route.abort());
  await openState(page, address, 'AR');
  await assertStaticList(page, address, { state: false });
  await close();
});

test('a state without rules: the national line, said to be national', async (t) => {
  const { address } = await product(t);
  const { page, close } = await openPage(browser, { expectErrors: true });
  await openState(page, address, WITHOUT_RULES);
  await heard(page, 'carepath-error');
  assert.deepEqual(await page.evaluate(() => window.heard.at(-1).detail), { code: 'no-rules' });
  assert.match(await shownText(page), /do not have this state yet/);
  assert.match(await shownText(page), /1-877-543-7669/);
  assert.match(await shownText(page), /whole country/);
  await close();
});

/** Before the page's own scripts: the engine's `screen` traps in its first `times` calls after the questions begin. */
function trapping(times) {
  const { Instance } = WebAssembly;
  window.instances = 0;
  window.traps = times;
  window.armed = false;
  WebAssembly.Instance = function (module, imports) {
    const { exports } = new Instance(module, imports);
    window.instances += 1;
    let torn = false;
    const guarded = Object.fromEntries(
      Object.entries(exports).map(([name, value]) => [
        name,
        typeof value !== 'function' || !name.startsWith('rules_')
          ? value
          : (...given) => {
              if (torn) throw new WebAssembly.RuntimeError('an instance that trapped was called again');
              if (name === 'rules_screen' && window.armed && window.traps > 0) {
                window.traps -= 1;
                torn = true;
                throw new WebAssembly.RuntimeError('memory access out of bounds');
              }
              return value(...given);
            },
      ]),
    );
    return { exports: guarded };
  };
}

test('WebAssembly traps in the middle: a fresh instance answers, without a request, and the family notices nothing', async (t) => {
  const { address } = await product(t);
  const { page, close } = await openPage(browser);
  await page.addInitScript(trapping, 1);
  await openState(page, address, 'AR');
  await heard(page, 'carepath-ready');
  await begin(page);
  const requests = [];
  page.on('request', (request) => requests.push(request.url()));
  await page.evaluate(() => (window.armed = true));
  await answerAll(page, await engine(await bundleOf(address, 'AR')), {});
  await seeResults(page);
  assert.equal(await page.evaluate(() => window.instances), 2);
  assert.deepEqual(requests, []);
  await close();
});

test('WebAssembly traps every time: whom to call instead, and Try again works', async (t) => {
  const { address } = await product(t);
  const { page, close } = await openPage(browser, { expectErrors: true });
  await page.addInitScript(trapping, 2);
  await openState(page, address, 'AR');
  await heard(page, 'carepath-ready');
  await begin(page);
  const arkansas = await engine(await bundleOf(address, 'AR'));
  const { next } = arkansas.screen({});
  await page.evaluate(() => (window.armed = true));
  await fill(page, next, 'unknown');
  await press(page, 'continue');
  await assertStaticList(page, address);
  await page.evaluate(() => (window.armed = false));
  await page.getByRole('button', { name: 'Try again' }).click();
  const given = merge({}, next, 'unknown');
  await page.waitForFunction((wanted) => screenerRoot().querySelector('#title')?.textContent.trim() === wanted, arkansas.screen(given).next.question);
  await answerAll(page, arkansas, {}, { from: given });
  await close();
});

test('another server’s MIME type: the engine still loads', async (t) => {
  const { address } = await product(t);
  const { page, close } = await openPage(browser);
  await page.route('**/*.wasm', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), 'content-type': 'application/octet-stream' } });
  });
  await openState(page, address, 'AR');
  await heard(page, 'carepath-ready');
  await close();
});
